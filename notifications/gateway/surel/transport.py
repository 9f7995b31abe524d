"""E-mail as a sibling of SMS: Django's e-mail backend behind the same port, from the same outbox.

An SMTP server neither de-duplicates nor tells; our reference is the Message-ID, so that mail programs show a
repeated notice once.
"""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from core.konfigurasi import kantor
from notifications.enums import Kemampuan
from notifications.gateway import GalatGerbang


class GerbangSurel:
    """Sends through EMAIL_BACKEND with EMAIL_TIMEOUT."""

    nama = "surel"
    kemampuan = Kemampuan.TIDAK

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        """Send one message. A refused recipient is permanent, an unreachable server is not."""
        nama = kantor().nama
        surat = EmailMessage(
            subject=f"{kantor().nama_pendek}: kabar permohonan Anda",
            body=f"{teks}\n\n{nama}\n{settings.SITUS}\n",
            to=[tujuan],
            headers={"Message-ID": f"<{acuan}@{settings.SITUS.split('://')[-1].split(':')[0]}>"},
        )
        try:
            surat.send()
        except smtplib.SMTPRecipientsRefused as galat:
            kode = max((k for k, _teks in galat.recipients.values()), default=0)
            raise GalatGerbang(f"alamat email ditolak: {kode}", permanen=kode >= 500) from galat
        except (smtplib.SMTPServerDisconnected, TimeoutError) as galat:
            raise GalatGerbang(f"server email putus: {type(galat).__name__}", pasti=False) from galat
        except smtplib.SMTPResponseException as galat:
            raise GalatGerbang(f"server email menjawab {galat.smtp_code}", permanen=galat.smtp_code >= 500) from galat
        except (OSError, smtplib.SMTPException) as galat:
            raise GalatGerbang(
                f"server email tidak dapat dihubungi: {type(galat).__name__}", salah_gerbang=True
            ) from galat


gerbang = GerbangSurel()

"""Files in a state that several tests of this folder start from."""

from __future__ import annotations

import pytest

from perizinan import services
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Permohonan


@pytest.fixture
def diperbaiki(berkas_di, rina):
    """A file with an open round: a document, a field and a question."""
    p = berkas_di(S.VERIFIKASI, "siup")
    butir = [
        {"uraian": "NIK di foto KTP tidak terbaca.", "syarat": "ktp", "kode_alasan": "tidak_terbaca"},
        {"uraian": "Kekayaan bersih berbeda.", "isian": "kekayaan_bersih", "kode_alasan": "beda"},
        {"uraian": "Sejak kapan usaha berjalan?", "kode_alasan": "tanya"},
    ]
    services.minta_perbaikan(p.pk, oleh=rina, butir=butir)
    return Permohonan.objects.get(pk=p.pk)

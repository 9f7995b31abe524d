"""The decision in writing: the SK that is frozen for signing, and the letter of refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.kewenangan import pejabat_berwenang
from accounts.models import Kewenangan
from core.kalender import kalender_berlaku
from core.templatetags.tampilan import tanggal
from perizinan import naskah, tenggat
from perizinan.dokumen.halaman import BelumBisa, Halaman, kop
from perizinan.dokumen.teks import isi_kalimat, teks
from perizinan.enums import JenisEfek, JenisPermohonan, JenisProduk
from perizinan.models import Dokumen, Permohonan

USAHA = "nama_usaha"


def surat_izin(dokumen: Dokumen) -> Halaman:
    """The SK as of the instant it was ordered for: what the signatory previews is what gets signed.

    Raises BelumBisa while no official is in authority; the block below the text is derived from that authority.
    """
    p = dokumen.permohonan
    isi = naskah.susun(p, dokumen.diminta_pada)
    pejabat = _pejabat(p, dokumen.diminta_pada)
    kalimat = teks()["surat_izin"]
    badan = _badan(p, isi)
    return Halaman(
        templat="dokumen/sk.html",
        judul=isi.judul,
        nomor=dokumen.nomor,
        kewenangan=pejabat,
        konteks={**badan, "elektronik": kalimat["elektronik"], "cetakan": kalimat["cetakan"]},
        data={
            "pemegang": isi.pemegang,
            "nama_usaha": badan["usaha"],
            "isi": [{"label": b.label, "nilai": b.nilai} for b in badan["baris"]],
            "ketentuan": list(isi.ketentuan),
            "dasar_hukum": list(isi.dasar_hukum),
            "mulai": isi.mulai.isoformat(),
            "akhir": isi.akhir.isoformat() if isi.akhir else None,
            "penandatangan": {"nama": pejabat.nama_tercetak, "jabatan": pejabat.sebutan},
            "menggantikan": p.izin_lama.nomor_izin if p.izin_lama else None,
        },
    )


def _badan(p: Permohonan, isi: naskah.Naskah) -> dict[str, Any]:
    """What stands between the number and the signature."""
    usaha = _nama_usaha(p, isi.pemegang)
    return {
        "isi": isi,
        "alamat_pihak": _alamat(isi.pihak.alamat, isi.pihak.kelurahan, isi.pihak.kecamatan),
        "usaha": usaha,
        "baris": [b for b in isi.baris if not (usaha and b.nilai == usaha)],
        "pembuka": teks()["pembuka"][p.versi_layanan.jenis_produk],
        "tanda": _tanda(p),
        "sebutan_lama": _sebutan_lama(p),
        "masa_berlaku": masa_berlaku(isi),
    }


def konsep_izin(dokumen: Dokumen) -> Halaman:
    """What the SK would say, made when the law may take the silence for a grant (row 29): never a permit.

    No number, no official, no code to check: nothing of it can be taken for the SK. What is still missing is
    listed as of the instant it was ordered for. Raises BelumBisa where nobody recorded the law's consequence.
    """
    p = dokumen.permohonan
    efek = p.efek_waktu.filter(jenis=JenisEfek.FIKTIF).first()
    if efek is None:
        raise BelumBisa(_("Waktu layanan berkas ini belum lewat."))
    isi = naskah.susun(p, dokumen.diminta_pada)
    kalimat = teks()["konsep_sk"]
    menunggu = p.rekomendasi.terbuka().select_related("skpd").order_by("pk")
    return Halaman(
        templat="dokumen/konsep_sk.html",
        judul=isi.judul,
        konteks={
            **_badan(p, isi),
            "cap": kalimat["cap"],
            "kalimat": isi_kalimat(
                kalimat["isi"], tenggat=tanggal(efek.jatuh_pada), dasar=efek.rinci.get("dasar") or "-"
            ),
            "kurang": [
                *naskah.variabel_kosong(p),
                *(kalimat["rekomendasi"].format(skpd=r.skpd.nama) for r in menunggu),
            ],
        },
        data={"konsep": True, "dasar": efek.rinci.get("dasar", "")},
    )


def _pejabat(permohonan: Permohonan, pada: datetime) -> Kewenangan:
    pejabat = pejabat_berwenang(permohonan.unit_penerbit_id, permohonan.jenis_izin.kode, pada)
    if pejabat is None:
        raise BelumBisa(_("Belum ada pejabat yang berwenang menandatangani layanan ini."))
    return pejabat


def _nama_usaha(permohonan: Permohonan, pemegang: str) -> str:
    """The business under the holder's name, where the form asks for it and it is not the same name."""
    nama = str(permohonan.isian.get(USAHA, "")).strip()
    return "" if nama.casefold() == pemegang.casefold() else nama


def _alamat(*bagian: str) -> str:
    """One line of address; a part that the line already names is not said twice."""
    hasil = ""
    for satu in bagian:
        if satu and satu.casefold() not in hasil.casefold():
            hasil = f"{hasil}, {satu}" if hasil else satu
    return hasil


def _tanda(permohonan: Permohonan) -> str:
    """What a repeated document says of itself across its head."""
    jenis = JenisPermohonan(permohonan.jenis_permohonan)
    return str(jenis.label) if jenis in {JenisPermohonan.DUPLIKAT, JenisPermohonan.RALAT} else ""


def _sebutan_lama(permohonan: Permohonan) -> str:
    """How the permit that the file names stands to this letter."""
    menutup = permohonan.versi_layanan.jenis_produk == JenisProduk.PENUTUPAN
    return _("Surat yang ditutup") if menutup else _("Menggantikan surat nomor")


def masa_berlaku(isi: naskah.Naskah) -> str:
    """The validity in words, one sentence."""
    if isi.akhir is not None:
        return _("%(mulai)s sampai %(akhir)s") % {"mulai": tanggal(isi.mulai), "akhir": tanggal(isi.akhir)}
    return isi.masa_berlaku or _("Sejak %(mulai)s") % {"mulai": tanggal(isi.mulai)}


def surat_penolakan(dokumen: Dokumen) -> Halaman:
    """The refusal: reason, legal basis, what was not met, and how to object (row 12, invariant i)."""
    p = dokumen.permohonan
    usul = p.catatan.filter(verba="usulkan_tolak").select_related("syarat").order_by("-riwayat_urut").first()
    if usul is None or dokumen.kewenangan is None:
        raise BelumBisa(_("Keputusan penolakan belum lengkap."))
    aturan = teks()["keberatan"]
    batas = tenggat.batas_hari_kerja(dokumen.diminta_pada, aturan["hari_kerja"], kalender_berlaku())
    hak = isi_kalimat(
        aturan["isi"],
        instansi=kop(p)["instansi"],
        batas=tanggal(batas),
        hari_kerja=aturan["hari_kerja"],
        hari_putus=aturan["hari_putus"],
    )
    return Halaman(
        templat="dokumen/surat_penolakan.html",
        judul=_("Surat Penolakan Permohonan"),
        nomor=dokumen.nomor,
        kewenangan=dokumen.kewenangan,
        konteks={"usul": usul, "hak": hak, "dasar_keberatan": aturan["dasar"], "batas_keberatan": batas},
        data={
            "dasar_hukum": usul.dasar_hukum,
            "syarat_tidak_terpenuhi": usul.syarat.kode if usul.syarat else None,
            "batas_keberatan": batas.date().isoformat(),
        },
    )

"""The SK prints whoever signs it: a Plt. who takes over the same day gets a page with their own name."""

from __future__ import annotations

from accounts.enums import JenisKewenangan, Peran
from accounts.kewenangan import beri_kewenangan, cabut_kewenangan
from accounts.models import Akun, Kewenangan, Penugasan
from perizinan import dokumen, services
from perizinan.enums import JenisDokumen, StatusDokumen
from perizinan.enums import StatusPermohonan as S


def test_naskah_dibekukan_ulang_untuk_plt_yang_mengambil_alih(berkas_di, pemeran, jam):
    p = berkas_di(S.MENUNGGU_TANDA_TANGAN, "siup")
    lama = p.dokumen.get(jenis=JenisDokumen.SK)
    dokumen.buat(lama.pk)
    lama.refresh_from_db()
    kini = jam.sekarang()
    kepala = Kewenangan.objects.get(pejabat=pemeran.kadis)
    cabut_kewenangan(kepala, kini)
    plt = pemeran.kabid_tertentu
    Penugasan.objects.create(akun=plt, peran=Peran.PENANDATANGAN, unit=kepala.unit, mulai=kini)
    wewenang = beri_kewenangan(
        pejabat=plt,
        unit=kepala.unit,
        jenis=JenisKewenangan.PLT,
        jabatan="Kepala Badan Pelayanan Perizinan Terpadu",
        nomor_sk="800/CONTOH-2/2026",
        mulai=kini,
    )
    services.tanda_tangani(p.pk, oleh=Akun.objects.get(pk=plt.pk))
    sk = p.dokumen.get(jenis=JenisDokumen.SK, status=StatusDokumen.DITANDATANGANI)
    assert sk.pk != lama.pk
    assert sk.nomor == lama.nomor
    assert sk.kewenangan == wewenang
    assert sk.sidik_naskah != lama.sidik_naskah

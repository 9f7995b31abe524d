"""Roles, kinds of units and kinds of authority (product.md, sla.md section 3)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Peran(models.TextChoices):
    """What somebody is in the portal; one person may hold several."""

    PEMOHON = "pemohon", _("Pemohon")
    KUASA = "kuasa", _("Penerima kuasa")
    LOKET = "loket", _("Petugas loket")
    BACK_OFFICE = "back_office", _("Back office")
    KABID = "kabid", _("Kepala Bidang")
    TIM_TEKNIS = "tim_teknis", _("Tim teknis")
    KOORDINATOR_TEKNIS = "koordinator_teknis", _("Koordinator tim teknis")
    BENDAHARA = "bendahara", _("Bendahara penerimaan")
    PENANDATANGAN = "penandatangan", _("Pejabat penandatangan")
    AJUDAN = "ajudan", _("Ajudan")
    PERENCANA = "perencana", _("Perencana")
    PENGADUAN = "pengaduan", _("Petugas pengaduan")
    ADMIN = "admin", _("Admin")
    AUDITOR = "auditor", _("Auditor")
    TIM_PEMBINA = "tim_pembina", _("Tim pembina")
    SISTEM = "sistem", _("Sistem")


#: Roles given by a dated assignment. `pemohon` and `kuasa` follow from data, `sistem` is nobody.
PERAN_PETUGAS = tuple(p for p in Peran if p not in {Peran.PEMOHON, Peran.KUASA, Peran.SISTEM})


class JenisUnit(models.TextChoices):
    BADAN = "badan", _("Badan")
    BIDANG = "bidang", _("Bidang")
    BAGIAN = "bagian", _("Bagian")
    SKPD = "skpd", _("SKPD")
    KECAMATAN = "kecamatan", _("Kecamatan")


class JenisKewenangan(models.TextChoices):
    """By what right somebody signs; the words stand in the signature block."""

    DEFINITIF = "definitif", _("Definitif")
    PLT = "plt", _("Pelaksana tugas (Plt.)")
    PLH = "plh", _("Pelaksana harian (Plh.)")
    ATAS_NAMA = "atas_nama", _("Atas nama (a.n.)")
    DELEGASI_CAMAT = "delegasi_camat", _("Delegasi kepada Camat")


class JenisIdentitas(models.TextChoices):
    KTP = "ktp", _("KTP")
    KTP_ASING = "ktp_asing", _("KTP orang asing / KITAS")
    PASPOR = "paspor", _("Paspor")


class JenisPemohon(models.TextChoices):
    ORANG = "orang", _("Perorangan")
    BADAN = "badan", _("Badan usaha / yayasan")


class BentukBadan(models.TextChoices):
    PT = "pt", _("PT")
    CV = "cv", _("CV")
    FIRMA = "firma", _("Firma")
    KOPERASI = "koperasi", _("Koperasi")
    YAYASAN = "yayasan", _("Yayasan")
    LAINNYA = "lainnya", _("Lainnya")

"""States, kinds and effects (domain/state_machine.csv and sla.md are the specification)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusPermohonan(models.TextChoices):
    DRAF = "draf", _("Draf")
    DIAJUKAN = "diajukan", _("Perlu diperiksa")
    PERBAIKAN_BERKAS = "perbaikan_berkas", _("Menunggu pemohon (belum register)")
    TERDAFTAR = "terdaftar", _("Terdaftar")
    VERIFIKASI = "verifikasi", _("Verifikasi")
    KAJIAN_TEKNIS = "kajian_teknis", _("Kajian teknis")
    PERBAIKAN = "perbaikan", _("Menunggu pemohon (jam berhenti)")
    PENETAPAN_RETRIBUSI = "penetapan_retribusi", _("Penetapan retribusi")
    MENUNGGU_PEMBAYARAN = "menunggu_pembayaran", _("Menunggu bayar (jam berhenti)")
    PENYUSUNAN_SK = "penyusunan_sk", _("Penyusunan SK")
    PARAF_BERJENJANG = "paraf_berjenjang", _("Paraf")
    MENUNGGU_TANDA_TANGAN = "menunggu_tanda_tangan", _("Menunggu TTE")
    USUL_TOLAK = "usul_tolak", _("Usul tolak")
    TERBIT = "terbit", _("Terbit - belum diterima pemohon")
    DISERAHKAN = "diserahkan", _("Diserahkan")
    DITOLAK = "ditolak", _("Ditolak")
    DIBATALKAN = "dibatalkan", _("Dibatalkan pemohon")
    GUGUR = "gugur", _("Gugur")


_S = StatusPermohonan
#: Invariant (a): the clock runs in these states, and only in these.
BERJALAN = frozenset(
    {
        _S.TERDAFTAR,
        _S.VERIFIKASI,
        _S.KAJIAN_TEKNIS,
        _S.PENETAPAN_RETRIBUSI,
        _S.PENYUSUNAN_SK,
        _S.PARAF_BERJENJANG,
        _S.MENUNGGU_TANDA_TANGAN,
        _S.USUL_TOLAK,
    }
)
#: Invariant (b): the clock is paused in these: the next act is the applicant's.
DIJEDA = frozenset({_S.PERBAIKAN, _S.MENUNGGU_PEMBAYARAN})
#: Invariant (d): no declared transition leaves these but `buka_kembali` (35 comes with the objection's own issue).
FINAL = frozenset({_S.DISERAHKAN, _S.DITOLAK, _S.DIBATALKAN, _S.GUGUR})
#: A lapsed file can be opened again for so many working days (row 34).
HARI_BUKA_KEMBALI = 20
#: The applicant's own limit runs in these.
MENUNGGU_PEMOHON = frozenset({_S.PERBAIKAN_BERKAS}) | DIJEDA


#: A group is named with a survey answer from its fifth answered file on; a service needs thirty invited ones too.
JAWABAN_MIN = 5
BERKAS_MIN = 30


class StatusSurvei(models.TextChoices):
    """What became of the invitation to the satisfaction survey; it never holds back a permit."""

    BELUM = "belum", _("Belum ditanya")
    DITUNDA = "ditunda", _("Lain kali")
    DIISI = "diisi", _("Sudah diisi")
    DIKESAMPINGKAN = "dikesampingkan", _("Tidak bersedia")


class StatusRekomendasi(models.TextChoices):
    DIMINTA = "diminta", _("Diminta")
    DIJADWALKAN = "dijadwalkan", _("Tinjauan dijadwalkan")
    DIPERIKSA = "diperiksa", _("BAP ada")
    DIBERIKAN = "diberikan", _("Rekomendasi masuk")
    DITARIK = "ditarik", _("Ditarik")


class StatusIzin(models.TextChoices):
    BERLAKU = "berlaku", _("Berlaku")
    DIBEKUKAN = "dibekukan", _("Dibekukan")
    KEDALUWARSA = "kedaluwarsa", _("Kedaluwarsa")
    DIGANTIKAN = "digantikan", _("Digantikan")
    DICABUT = "dicabut", _("Dicabut")
    DITUTUP = "ditutup", _("Ditutup")
    DIBATALKAN = "dibatalkan", _("Keputusan dibatalkan")


class Jam(models.TextChoices):
    """What an act does to the clock (column efek_sla)."""

    TETAP = "", _("tetap")
    MULAI = "mulai", _("mulai")
    JEDA = "jeda", _("berhenti sementara")
    LANJUT = "lanjut", _("lanjut")
    HENTI = "henti", _("selesai")


class HasilRekomendasi(models.TextChoices):
    SETUJU = "setuju", _("Setuju")
    BERSYARAT = "bersyarat", _("Setuju dengan syarat")
    TOLAK = "tolak", _("Tolak")


class JenisProduk(models.TextChoices):
    IZIN = "izin", _("Izin")
    REKOMENDASI = "rekomendasi", _("Rekomendasi")
    PENGESAHAN = "pengesahan", _("Pengesahan")
    PENUTUPAN = "penutupan", _("Penutupan")


class JenisPermohonan(models.TextChoices):
    BARU = "baru", _("Baru")
    PERPANJANGAN = "perpanjangan", _("Perpanjangan")
    PERUBAHAN = "perubahan", _("Perubahan")
    BALIK_NAMA = "balik_nama", _("Balik nama")
    PENUTUPAN = "penutupan", _("Penutupan")
    DUPLIKAT = "duplikat", _("Duplikat")
    RALAT = "ralat", _("Ralat")


class Kelompok(models.TextChoices):
    JASA_USAHA = "jasa_usaha", _("Jasa usaha")
    TERTENTU = "tertentu", _("Perizinan tertentu")
    NON_PERIZINAN = "non_perizinan", _("Non perizinan")


class StatusVersi(models.TextChoices):
    DRAF = "draf", _("Draf")
    TERBIT = "terbit", _("Terbit")


class Biaya(models.TextChoices):
    GRATIS = "-", _("Gratis (Rp0)")
    TERLAMPIR = "terlampir", _("Ada biaya")


class PosisiBayar(models.TextChoices):
    SEBELUM_DRAF = "sebelum_draf", _("Sebelum draf SK")
    SEBELUM_SERAH = "sebelum_serah", _("Sebelum penyerahan")


class KebijakanFiktif(models.TextChoices):
    MATI = "mati", _("Mati")
    PERINGATAN = "peringatan", _("Peringatan")
    SIAPKAN_DRAF = "siapkan_draf", _("Siapkan draf")


class Publikasi(models.TextChoices):
    NAMA = "nama", _("Nama pemegang")
    NAMA_USAHA = "nama_usaha", _("Nama usaha")
    ANGKA = "angka", _("Hanya angka")


class AsalSyarat(models.TextChoices):
    UNGGAH = "unggah", _("Diunggah pemohon")
    SURAT_BUATAN = "surat_buatan", _("Kami buatkan suratnya")
    IZIN_TERBITAN = "izin_terbitan", _("Izin yang pernah kami terbitkan")


class AsliSyarat(models.TextChoices):
    TIDAK = "tidak", _("Asli tidak diminta")
    TUNJUK = "tunjuk", _("Asli ditunjukkan")
    SERAHKAN = "serahkan", _("Asli diserahkan")


class TipeIsian(models.TextChoices):
    TEKS = "teks", _("Teks")
    TEKS_PANJANG = "teks_panjang", _("Teks panjang")
    PILIHAN = "pilihan", _("Pilihan")
    PILIHAN_BANYAK = "pilihan_banyak", _("Pilihan banyak")
    BILANGAN = "bilangan", _("Bilangan")
    DESIMAL = "desimal", _("Desimal")
    PERSEN = "persen", _("Persen")
    UANG = "uang", _("Rupiah")
    LUAS = "luas", _("Luas (m2)")
    TANGGAL = "tanggal", _("Tanggal")
    TELEPON = "telepon", _("Telepon")
    TITIK = "titik", _("Titik (lintang, bujur)")
    YA_TIDAK = "ya_tidak", _("Ya atau tidak")
    IDENTITAS = "identitas", _("Nomor identitas")
    NPWP = "npwp", _("NPWP")


class PengisiIsian(models.TextChoices):
    PEMOHON = "pemohon", _("Pemohon")
    PETUGAS = "petugas", _("Petugas")


class Saluran(models.TextChoices):
    DARING = "daring", _("Online")
    LOKET = "loket", _("Loket")


class PutusanSyarat(models.TextChoices):
    TERIMA = "terima", _("Diterima")
    KURANG = "kurang", _("Kurang")
    FISIK = "fisik", _("Ada fisik, dipindai nanti")


class StatusSkrd(models.TextChoices):
    BERLAKU = "berlaku", _("Menunggu pembayaran")
    LUNAS = "lunas", _("Lunas")
    NIHIL = "nihil", _("Nihil")
    BATAL = "batal", _("Dibatalkan")


class StatusNomor(models.TextChoices):
    CADANGAN = "cadangan", _("Dicadangkan")
    TERBIT = "terbit", _("Terbit")
    BATAL = "batal", _("Batal")


class JenisDokumen(models.TextChoices):
    BUKTI_PENGAJUAN = "bukti_pengajuan", _("Bukti pengajuan")
    LEMBAR_KEKURANGAN = "lembar_kekurangan", _("Daftar yang perlu dilengkapi")
    TANDA_TERIMA = "tanda_terima", _("Tanda terima berkas")
    SKRD = "skrd", _("Tagihan resmi (SKRD)")
    BAP = "bap", _("Berita acara pemeriksaan")
    SK = "sk", _("Surat izin")
    KONSEP_SK = "konsep_sk", _("Konsep surat izin (belum berlaku)")
    SURAT_PENOLAKAN = "surat_penolakan", _("Surat penolakan")
    TANDA_TERIMA_SK = "tanda_terima_sk", _("Tanda terima surat izin")
    RINCIAN_WAKTU = "rincian_waktu", _("Rincian waktu layanan")


class StatusDokumen(models.TextChoices):
    DIMINTA = "diminta", _("Sedang dibuat")
    JADI = "jadi", _("Siap")
    DITANDATANGANI = "ditandatangani", _("Ditandatangani")
    GAGAL = "gagal", _("Gagal dibuat")
    DIGANTI = "diganti", _("Diganti")


class Ukuran(models.TextChoices):
    """What the monthly summary measures (perizinan/statistik.py says of each what it counts)."""

    DIAJUKAN = "diajukan", _("Permohonan masuk")
    TERBIT = "terbit", _("Izin terbit")
    TEPAT = "tepat", _("Terbit tepat waktu")
    LEWAT = "lewat", _("Terbit melewati batas SOP")
    TEPAT_KOTOR = "tepat_kotor", _("Terbit tepat waktu, menunggu pemohon ikut dihitung")
    HARI = "hari", _("Hari kerja terpakai")
    DITOLAK = "ditolak", _("Tidak disetujui")
    GUGUR = "gugur", _("Ditutup karena batas pemohon lewat")
    DIBATALKAN = "dibatalkan", _("Dibatalkan pemohon")
    PERBAIKAN = "perbaikan", _("Permintaan perbaikan")
    SARAN = "saran", _("Rekomendasi dinas diberikan")
    SARAN_LEWAT = "saran_lewat", _("Rekomendasi dinas terlambat")
    SARAN_HARI = "saran_hari", _("Hari kerja yang dipakai dinas")
    MINTA_DINAS = "minta_dinas", _("Butir perbaikan diminta dinas")
    RETRIBUSI = "retribusi", _("Retribusi dibayar (rupiah)")


class UkuranKini(models.TextChoices):
    """What is counted from the files themselves, as of now."""

    MASUK_HARI_INI = "masuk-hari-ini", _("Permohonan masuk hari ini")
    TERBIT_HARI_INI = "terbit-hari-ini", _("Izin terbit hari ini")
    LEWAT_KINI = "lewat-kini", _("Melewati batas waktu sekarang")
    MENUNGGU_PEMOHON = "menunggu-pemohon", _("Menunggu pemohon sekarang")


class LingkupTangga(models.TextChoices):
    """What a rung of the ladder of escalation measures (perizinan/efek.py Lingkup)."""

    TAHAP = "tahap", _("Satu tahap")
    REKOMENDASI = "rekomendasi", _("Satu rekomendasi SKPD")
    BERKAS = "berkas", _("Seluruh berkas")


class JenisEfek(models.TextChoices):
    """Effects that time has (perizinan/efek.py Jenis; permits and authorities: services/masa_berlaku.py)."""

    INGAT_TAHAP = "ingat_tahap", _("Waktu tahap hampir habis")
    INGAT_BERKAS = "ingat_berkas", _("Waktu berkas hampir habis")
    INGAT_REKOMENDASI = "ingat_rekom", _("Waktu dinas hampir habis")
    LEWAT = "lewat", _("Lewat batas")
    FIKTIF = "fiktif", _("Peringatan fiktif positif")
    KONSEP_SK = "konsep_sk", _("Konsep surat izin disiapkan karena waktu lewat")
    INGAT_PEMOHON = "ingat_pemohon", _("Pemohon diingatkan")
    GUGUR = "gugur", _("Ditutup karena batas pemohon lewat")
    GUGUR_TERTAHAN = "gugur_tertahan", _("Batas pemohon lewat, pemohon belum terhubungi")
    TINJAU_BESOK = "tinjau_besok", _("Tinjauan besok")
    PERBAIKAN_AKHIR = "perbaikan_akhir", _("Perbaikan diminta pada seperlima akhir waktu")
    BELUM_DIAMBIL = "belum_diambil", _("Izin belum diambil")
    IZIN_HABIS = "izin_habis", _("Izin akan berakhir")
    IZIN_BERAKHIR = "izin_berakhir", _("Izin berakhir")
    KEWENANGAN_HABIS = "wewenang_habis", _("Kewenangan akan berakhir")

"""Which form a verb shows. A verb without an entry only asks to be confirmed."""

from __future__ import annotations

from perizinan.forms import loket, penetapan, retribusi, teknis
from perizinan.forms.dasar import FormTindakan

FORM: dict[str, type[FormTindakan]] = {
    "serahkan": loket.FormSerahkan,
    "minta_perbaikan": penetapan.FormPerbaikan,
    "usulkan_tolak": penetapan.FormUsulTolak,
    "batal_tolak": penetapan.FormAlasan,
    "buka_kembali": penetapan.FormAlasan,
    "setujui_tolak": penetapan.FormSetujuTolak,
    "koreksi_draf": penetapan.FormAlasan,
    "kembalikan_proses": penetapan.FormAlasan,
    "tanda_tangan": penetapan.FormTandaTangan,
    "batalkan": penetapan.FormBahaya,
    "isi_petugas": retribusi.FormIsianPetugas,
    "minta_persetujuan": penetapan.FormMintaPersetujuan,
    "putuskan_persetujuan": penetapan.FormPutusPersetujuan,
    "nihil": retribusi.FormNihil,
    "koreksi_skrd": retribusi.FormKoreksiSkrd,
    "catat_lunas": retribusi.FormLunas,
    "jadwalkan_tinjau": teknis.FormJadwal,
    "catat_bap": teknis.FormBap,
    "beri_rekomendasi": teknis.FormRekomendasi,
    "minta_ulang": penetapan.FormAlasan,
    "tarik": penetapan.FormAlasan,
}


def form_verba(verba: str) -> type[FormTindakan]:
    """The form class of a verb."""
    return FORM.get(verba, FormTindakan)

"""R17: what we sign is accepted by everybody's programs; every altered copy is refused with its reason."""

import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from core import waktu
from core.cetak import cetak_pdf
from core.tanda_tangan import Kredensial, SertifikatTidakSah, SifatTandaTangan, penandatangan, sertifikat
from core.tanda_tangan.lokal import PenandatanganLokal, tempel
from core.tanda_tangan.periksa import jelaskan_pdf, tanda_tangan_sah
from core.tanda_tangan.sertifikat import akar, akar_tepercaya, cabut, sertifikat_untuk, terbitkan
from tests.bench.halaman import kita
from tests.core.alat import gudang_nss, jalankan, pdfsig_menerima
from tests.core.pemalsu import MUTASI, Asli, otoritas_tiruan

KINI = datetime.now(UTC).replace(microsecond=0)
KADIS = Kredensial("196301011989031001", "Drs. Amit Riyadi, M.Si.", "Kepala Badan")
SIFAT = SifatTandaTangan(alasan="Penerbitan izin", lokasi="Bekasi", pada=KINI)


@pytest.fixture(autouse=True)
def jam() -> Iterator[None]:
    with waktu.beku(KINI):
        yield


@pytest.fixture(scope="module")
def rumah(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ca")


@pytest.fixture
def ca(settings: Any, rumah: Path) -> Path:
    """The authority that signed `asli`."""
    settings.VAR_DIR = rumah
    return rumah / "ca"


@pytest.fixture
def ca_baru(settings: Any, tmp_path: Path) -> Path:
    """An authority of this test alone."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "ca"


@pytest.fixture(scope="module")
def kertas() -> tuple[bytes, bytes]:
    lampiran = {"izin.json": b'{"nomor": "503"}'}
    return cetak_pdf(kita(), lampiran=lampiran), cetak_pdf(kita("tokenlainsekalihuruf99"), lampiran=lampiran)


@pytest.fixture
def asli(ca: Path, kertas: tuple[bytes, bytes]) -> Asli:
    isi = penandatangan().tanda_tangani(kertas[0], SIFAT, KADIS)
    return Asli(isi, kertas[0], kertas[1], SIFAT, KADIS.nama)


def test_the_bytes_that_were_previewed_stay_in_front(asli: Asli) -> None:
    assert asli.isi.startswith(asli.sebelum)
    assert len(asli.isi) - len(asli.sebelum) < 15_000


def test_pdfsig_calls_it_valid_total_and_trusted(asli: Asli, tmp_path: Path) -> None:
    gudang = gudang_nss(tmp_path / "nss", akar_tepercaya()[0])
    (tmp_path / "izin.pdf").write_bytes(asli.isi)
    laporan = jalankan("pdfsig", "-nssdir", gudang, tmp_path / "izin.pdf")
    assert pdfsig_menerima(laporan), laporan
    assert "Drs. Amit Riyadi, M.Si." in laporan
    assert "ETSI.CAdES.detached" in laporan


def test_pdfsig_does_not_trust_a_rogue_authority_of_the_same_name(asli: Asli, tmp_path: Path) -> None:
    gudang = gudang_nss(tmp_path / "nss", akar_tepercaya()[0])
    (tmp_path / "palsu.pdf").write_bytes(MUTASI["otoritas tiruan bernama sama"][0](asli))
    assert not pdfsig_menerima(jalankan("pdfsig", "-nssdir", gudang, tmp_path / "palsu.pdf"))


def test_qpdf_finds_nothing_wrong_and_fonts_stay_embedded(asli: Asli, tmp_path: Path) -> None:
    (tmp_path / "izin.pdf").write_bytes(asli.isi)
    assert "No syntax or stream encoding errors" in jalankan("qpdf", "--check", tmp_path / "izin.pdf")
    huruf = jalankan("pdffonts", tmp_path / "izin.pdf").splitlines()[2:]
    assert huruf
    assert all(satu.split()[-5] == "yes" for satu in huruf)


def _pyhanko(isi: bytes, akar_pem: bytes) -> tuple[list[Any], Any]:
    from asn1crypto import pem
    from asn1crypto import x509 as asn1_x509

    _, _, der = pem.unarmor(akar_pem)
    semua = list(PdfFileReader(io.BytesIO(isi)).embedded_signatures)
    konteks = ValidationContext(trust_roots=[asn1_x509.Certificate.load(der)], moment=KINI)
    return semua, validate_pdf_signature(semua[0], konteks)


def test_pyhanko_calls_it_certified_against_any_change(asli: Asli) -> None:
    semua, status = _pyhanko(asli.isi, akar_tepercaya()[0])
    assert len(semua) == 1
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert semua[0].docmdp_level == MDPPerm.NO_CHANGES
    assert semua[0].sig_object["/Reason"] == "Penerbitan izin"
    assert semua[0].self_reported_timestamp == KINI
    bidang = semua[0].sig_field
    assert [float(n) for n in bidang["/Rect"]] == [0, 0, 0, 0]


def test_a_genuine_file_is_sound_and_never_called_altered(asli: Asli) -> None:
    assert tanda_tangan_sah(asli.isi, akar_tepercaya())
    assert jelaskan_pdf(asli.isi, akar_tepercaya()) == "tidak_dikenal"


@pytest.mark.parametrize("nama", MUTASI)
def test_every_altered_copy_is_refused_with_its_reason(asli: Asli, nama: str) -> None:
    palsukan, alasan = MUTASI[nama]
    palsu = palsukan(asli)
    assert palsu != asli.isi
    assert jelaskan_pdf(palsu, akar_tepercaya()) in alasan


@pytest.mark.control
def test_judging_the_first_signature_alone_would_accept_two_forgeries(asli: Asli) -> None:
    """Negative control: pyHanko's own verdict on the first signature, without our rule around it."""
    diterima = []
    for nama in ("byte di belakang", "tanda tangan kedua orang lain", "satu byte isi halaman"):
        _, status = _pyhanko(MUTASI[nama][0](asli), akar_tepercaya()[0])
        if status.bottom_line:
            diterima.append(nama)
    assert "byte di belakang" in diterima
    assert "satu byte isi halaman" not in diterima


@pytest.mark.parametrize("isi", [b"", b"halo", b"\x89PNG\r\n", b"%PDF-", b"%PDF-1.7\n" + b"x" * 5000])
def test_what_is_no_pdf_is_called_so(ca: Path, isi: bytes) -> None:
    assert jelaskan_pdf(isi, akar_tepercaya()) == "bukan_pdf"


def test_no_single_altered_byte_passes_for_sound(asli: Asli) -> None:
    """A byte every 211: in text, tables of offsets, certificates, signature, padding."""
    akar_kita = akar_tepercaya()
    for letak in range(0, len(asli.isi), 211):
        palsu = asli.isi[:letak] + bytes([asli.isi[letak] ^ 0x20]) + asli.isi[letak + 1 :]
        assert not tanda_tangan_sah(palsu, akar_kita), letak


def test_an_rsa_key_signs_as_well(ca: Path, kertas: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tests.core.pemalsu.ec.generate_private_key", lambda kurva: rsa.generate_private_key(65537, 2048)
    )
    induk, pejabat = otoritas_tiruan(KINI, sendiri=False)
    isi = tempel(kertas[0], SIFAT, KADIS.nama, pejabat, induk)
    _, status = _pyhanko(isi, induk.x509.public_bytes(sertifikat.Encoding.PEM))
    assert status.bottom_line


def test_an_expired_certificate_signs_nothing(ca_baru: Path) -> None:
    terbitkan(KADIS.kunci, KADIS.nama, KADIS.jabatan, dari=KINI - timedelta(days=10), sampai=KINI)
    _ditolak("kedaluwarsa")


def test_a_certificate_that_is_not_yet_valid_signs_nothing(ca_baru: Path) -> None:
    terbitkan(KADIS.kunci, KADIS.nama, KADIS.jabatan, dari=KINI + timedelta(seconds=1))
    _ditolak("belum_berlaku")


def test_a_revoked_certificate_signs_nothing_from_then_on(ca_baru: Path) -> None:
    penandatangan().pastikan_sah(KADIS, KINI)
    cabut(sertifikat_untuk(KADIS.kunci, KADIS.nama, KADIS.jabatan))
    _ditolak("dicabut")


def test_a_damaged_key_signs_nothing(ca_baru: Path) -> None:
    berkas = sertifikat_untuk(KADIS.kunci, KADIS.nama, KADIS.jabatan).berkas
    berkas.write_text("rusak")
    _ditolak("tidak_terbaca")


def _ditolak(sebab: str) -> None:
    """Refused before the document is even looked at: these bytes are no PDF and nobody notices."""
    for tindakan in (
        lambda: penandatangan().pastikan_sah(KADIS, KINI),
        lambda: penandatangan().tanda_tangani(b"bukan PDF", SIFAT, KADIS),
    ):
        with pytest.raises(SertifikatTidakSah) as galat:
            tindakan()
        assert galat.value.sebab == sebab
        assert KADIS.nama in str(galat.value)


def test_a_certificate_made_on_first_use_also_covers_the_years_around(ca_baru: Path) -> None:
    """The demo walks through past years and imports carry old dates; the first signature may be the latest one."""
    sekarang_ini = sertifikat_untuk(KADIS.kunci, KADIS.nama, KADIS.jabatan)
    for tahun in (-4, -1, 1, 4):
        pada = KINI + timedelta(days=365 * tahun)
        assert sertifikat_untuk(KADIS.kunci, KADIS.nama, KADIS.jabatan, pada) == sekarang_ini


def test_revoking_one_official_leaves_the_others(ca_baru: Path) -> None:
    cabut(sertifikat_untuk("a", "Ibu A", "Camat"))
    cabut(sertifikat_untuk("b", "Ibu B", "Camat"))
    assert sertifikat_untuk("c", "Ibu C", "Camat")
    for nama in "ab":
        with pytest.raises(SertifikatTidakSah):
            sertifikat_untuk(nama, f"Ibu {nama.upper()}", "Camat")


def test_another_capacity_of_the_same_official_has_its_own_certificate(ca_baru: Path) -> None:
    kepala = sertifikat_untuk("a", "Ibu A", "Kepala Badan")
    plt = sertifikat_untuk("a", "Ibu A", "Plt. Kepala Badan")
    assert kepala.sidik_jari != plt.sidik_jari
    assert sertifikat_untuk("a", "Ibu A", "Kepala Badan").sidik_jari == kepala.sidik_jari


@pytest.mark.parametrize("kunci", ["", "../akar", "a/b", ".x", "a" * 81, "a\0b"])
def test_a_key_name_never_leaves_its_folder(ca_baru: Path, kunci: str) -> None:
    with pytest.raises(ValueError, match="Nama kunci"):
        sertifikat_untuk(kunci, "Ibu A", "Camat")


def test_every_file_of_the_authority_is_for_its_owner_alone(ca_baru: Path) -> None:
    cabut(sertifikat_untuk("a", "Ibu A", "Camat"))
    call_command("buat_ca", stdout=io.StringIO())
    berkas = [b for b in ca_baru.rglob("*") if b.is_file()]
    assert {b.name.partition("-")[0] for b in berkas} == {"akar.pem", "akar.crt", "akar.crl", "a"}
    assert {b.stat().st_mode & 0o777 for b in berkas} == {0o600}


def test_eight_at_once_make_one_root(ca_baru: Path) -> None:
    gerbang, hasil = threading.Barrier(8), []

    def buat() -> None:
        with waktu.beku(KINI):
            gerbang.wait()
            hasil.append(akar().sidik_jari)

    utas = [threading.Thread(target=buat) for _ in range(8)]
    for satu in utas:
        satu.start()
    for satu in utas:
        satu.join(30)
    assert len(hasil) == 8
    assert len(set(hasil)) == 1


def test_the_key_is_read_once_a_process(asli: Asli, monkeypatch: pytest.MonkeyPatch) -> None:
    def dibaca(*_: object) -> None:
        raise AssertionError("kunci dibaca lagi")

    monkeypatch.setattr(sertifikat, "load_pem_private_key", dibaca)
    assert PenandatanganLokal().tanda_tangani(asli.sebelum, SIFAT, KADIS) != asli.sebelum


def test_a_remote_secret_never_shows_when_a_credential_is_printed() -> None:
    assert "1234" not in repr(Kredensial("a", "Ibu A", "Camat", rahasia="frasa 1234"))


def test_buat_ca_twice_changes_nothing_and_tells_where_things_are(ca_baru: Path) -> None:
    keluaran = io.StringIO()
    pejabat = ("--kunci", "a", "--nama", "Ibu A", "--jabatan", "Camat")
    call_command("buat_ca", *pejabat, stdout=keluaran)
    isi = {b: b.read_bytes() for b in ca_baru.rglob("*.pem")}
    call_command("buat_ca", *pejabat, stdout=io.StringIO())
    assert {b: b.read_bytes() for b in ca_baru.rglob("*.pem")} == isi
    for kata in (str(ca_baru / "akar.pem"), str(ca_baru / "akar.crt"), "sidik jari SHA-256"):
        assert kata in keluaran.getvalue()


def test_buat_ca_renews_and_revokes_by_hand(ca_baru: Path) -> None:
    pejabat = ("--kunci", "a", "--nama", "Ibu A", "--jabatan", "Camat")
    call_command("buat_ca", *pejabat, stdout=io.StringIO())
    lama = sertifikat_untuk("a", "Ibu A", "Camat").sidik_jari
    call_command("buat_ca", *pejabat, "--perbarui", stdout=io.StringIO())
    assert sertifikat_untuk("a", "Ibu A", "Camat").sidik_jari != lama
    call_command("buat_ca", *pejabat, "--cabut", stdout=io.StringIO())
    with pytest.raises(CommandError, match="dicabut"):
        call_command("buat_ca", *pejabat, stdout=io.StringIO())
    call_command("buat_ca", *pejabat, "--perbarui", stdout=io.StringIO())
    assert sertifikat_untuk("a", "Ibu A", "Camat")


def test_buat_ca_refuses_half_an_official(ca_baru: Path) -> None:
    with pytest.raises(CommandError, match="--nama"):
        call_command("buat_ca", "--kunci", "a", stdout=io.StringIO())

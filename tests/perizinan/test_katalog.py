"""The catalogue's files: 50 services as the Renstra prints them, each of them fit to be published."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from perizinan.acuan.baca import AKAR, Acuan, GalatAcuan, LayananAcuan
from perizinan.ekspresi import nilai, periksa
from perizinan.enums import (
    StatusIzin,
    StatusPermohonan,
    StatusRekomendasi,
)
from perizinan.label import label_status, semua_label
from perizinan.tarif import hitung_tarif, periksa_tarif

NAMA_TETAP = {"pemohon", "bentuk", "dikuasakan", "jenis_permohonan"}

#: Tabel 3.2.1 of the Renstra, copied by hand: SOP number -> days, and the numbers printed "(Terlampir)".
HARI_SOP = (
    dict.fromkeys(["1", "2", "3", "4", "12", "21", "28", "29"], 5)
    | dict.fromkeys(["5", "6", "23"], 6)
    | dict.fromkeys(["7", "14", "22"], 10)
    | dict.fromkeys(["8", "9", "10", "11", "13", "25"], 14)
    | dict.fromkeys([f"24{h}" for h in "abcdefghijkl"], 14)
    | dict.fromkeys(["15", "16", "17", "18", "19"], 3)
    | {"20": 8, "26": 9, "27": 7}
)
TERLAMPIR = {"9", "12", "14", "22", "23", "29"}
TANPA_SOP = {
    "izin_minuman_keras",
    "izin_hiburan",
    "proteksi_kebakaran",
    "klinik_operasional",
    "izin_prinsip_pm",
    "imta",
}
RUMAH = {
    "luas_tanah": "90",
    "luas_bangunan": "72",
    "lantai": 1,
    "basement": False,
    "fungsi": "hunian_tunggal",
    "jenis_kegiatan": "baru",
    "kompleksitas": "sederhana",
    "permanensi": "permanen",
    "pemohon": "orang",
    "bentuk": "",
    "dikuasakan": False,
    "jenis_permohonan": "baru",
}


@pytest.fixture(scope="module")
def acuan() -> Acuan:
    return Acuan()


@pytest.fixture(scope="module")
def layanan(acuan) -> dict[str, LayananAcuan]:
    return {x.kode: x for x in acuan.layanan()}


def _diminta(layanan: LayananAcuan, isian: dict) -> list[str]:
    return [
        s["kode"]
        for s in layanan.syarat
        if isian["jenis_permohonan"] in s["jenis_permohonan"] and nilai(s["bila"], isian)
    ]


# --- the list ------------------------------------------------------------------------------------------------


def test_there_are_fifty_services_in_the_three_groups_of_the_renstra(layanan):
    kelompok = [x.jenis["kelompok"] for x in layanan.values()]
    # 3.2.1 has 11, 3.2.2 has 15, 3.2.3 has 22; andal_lalin and cabut_siup stand in the SOP table only
    assert {k: kelompok.count(k) for k in set(kelompok)} == {
        "jasa_usaha": 11,
        "tertentu": 15 + 1,
        "non_perizinan": 22 + 1,
    }
    assert layanan["andal_lalin"].jenis["kelompok"] == "tertentu"
    assert layanan["cabut_siup"].jenis["kelompok"] == "non_perizinan"


def test_every_row_of_tabel_3_2_1_has_its_days_and_its_fee(layanan):
    ada = set()
    for kode, x in layanan.items():
        nomor = x.versi.get("sop_no", "")
        if kode in TANPA_SOP:
            assert (nomor, x.versi["hari_kerja"]) == ("", None), kode
            continue
        ada.add(nomor)
        assert x.versi["hari_kerja"] == HARI_SOP[nomor], kode
        assert (x.versi["biaya"] == "terlampir") is (nomor in TERLAMPIR), kode
    assert ada == set(HARI_SOP)


def test_services_of_one_sop_number_are_filed_together(layanan):
    paket: dict[str, set[str]] = {}
    for kode, x in layanan.items():
        if x.jenis.get("paket"):
            paket.setdefault(x.jenis["paket"], set()).add(kode)
    assert paket == {
        "imb_paket": {"ippl", "rencana_tapak", "imb"},
        "toko_paket": {"iutm", "iupp"},
        "angkutan_paket": {"trayek", "sipa_angkutan"},
    }
    for anggota in paket.values():
        assert len({layanan[k].versi["sop_no"] for k in anggota}) == 1


def test_no_two_services_share_a_name_a_short_name_or_a_number_code(layanan):
    for kunci in ("nama", "nama_en", "nama_sms", "kode_nomor", "urutan"):
        isi = [x.jenis[kunci] for x in layanan.values()]
        assert len(set(isi)) == 50, kunci


def test_ambiguous_abbreviations_are_never_used_alone(layanan):
    for x in layanan.values():
        assert x.jenis["nama_sms"] not in {"IL", "IP", "IE", "IPA", "SIPA", "IUP"}
        assert x.jenis.get("singkatan") not in {"IL", "IP", "IE", "IUP"}


def test_siup_is_called_siup_and_keeps_its_printed_name(layanan):
    assert layanan["siup"].jenis["nama"] == "Surat Izin Usaha Perdagangan (SIUP)"
    assert layanan["siup"].jenis["nama_tercetak"] == "Izin Usaha Perdagangan (IUP)"


def test_every_service_says_who_needs_it_in_both_languages_and_how_people_call_it(layanan):
    for kode, x in layanan.items():
        for kunci in ("ringkas", "ringkas_en"):
            assert x.jenis[kunci].endswith("."), kode
            assert len(x.jenis[kunci]) <= 240, kode
        assert len(x.jenis["sinonim"]) >= 3, kode


def test_every_need_of_a_service_is_one_of_the_listed_needs(layanan):
    with (AKAR / "kebutuhan.csv").open(encoding="utf-8", newline="") as isi:
        daftar = {b["kebutuhan"] for b in csv.DictReader(isi)}
    assert {x.jenis["kebutuhan"] for x in layanan.values()} == daftar


def test_only_siup_and_tdp_are_one_day_service_and_graves_are_published_as_numbers(layanan):
    assert {k for k, x in layanan.items() if x.versi["ods"]} == {"siup", "tdp"}
    assert {k for k, x in layanan.items() if x.versi["publikasi"] == "angka"} == {"iptm"}


# --- requirements --------------------------------------------------------------------------------------------


def test_every_condition_parses_and_names_only_fields_of_its_form(layanan):
    for x in layanan.values():
        nama = NAMA_TETAP | {i["kode"] for i in x.isian}
        for baris in [*x.syarat, *x.isian, *x.rekomendasi]:
            periksa(baris["bila"], nama)


def test_every_kind_of_application_asks_for_something_or_says_that_it_does_not(layanan):
    for kode, x in layanan.items():
        for jenis in x.versi["jenis_permohonan"]:
            diminta = [s for s in x.syarat if jenis["kode"] in s["jenis_permohonan"]]
            assert diminta or jenis["tanpa_syarat"], (kode, jenis["kode"])


def test_a_correction_of_our_mistake_is_free_asks_for_nothing_and_takes_one_day(layanan):
    ralat = [j for x in layanan.values() for j in x.versi["jenis_permohonan"] if j["kode"] == "ralat"]
    assert len(ralat) >= 40
    assert all((j["tanpa_syarat"], j["hari"], j["biaya"]) == (True, 1, "-") for j in ralat)


def test_imb_for_a_small_private_house_asks_for_exactly_nine_things(layanan):
    assert _diminta(layanan["imb"], RUMAH) == [
        "permohonan",
        "bukti_tanah",
        "ktp",
        "pbb",
        "pernyataan_asli",
        "tetangga",
        "sanggup_perbaikan",
        "ippl",
        "gambar",
    ]


def test_imb_asks_for_more_only_where_the_building_calls_for_it(layanan):
    rumah = set(_diminta(layanan["imb"], RUMAH))

    def tambahan(**ubah) -> set[str]:
        return set(_diminta(layanan["imb"], RUMAH | ubah)) - rumah

    assert tambahan(dikuasakan=True) == {"surat_kuasa"}
    assert tambahan(pemohon="badan", bentuk="pt") == {"npwp", "akta"}
    assert tambahan(lantai=3) == {"hitung_struktur"}
    assert tambahan(lantai=3, tiang_pancang=True) == {"hitung_struktur", "jaminan"}
    assert tambahan(luas_bangunan="999.9") == {"lingkungan"}
    assert tambahan(luas_bangunan="1000") == {"lingkungan", "jaminan"}
    assert tambahan(fungsi="usaha") == {"lingkungan"}
    assert tambahan(luas_tanah="9999.99") == set()
    assert tambahan(luas_tanah="10000", lahan_dikuasai=True) == {"izin_prinsip"}
    assert tambahan(luas_tanah="10000", lahan_dikuasai=False) == {
        "izin_prinsip",
        "izin_lokasi",
        "aspek_tanah",
    }
    assert tambahan(fungsi="hunian_lain", jumlah_unit=24) == set()
    assert tambahan(fungsi="hunian_lain", jumlah_unit=25) == {"andalalin"}


def test_imb_asks_the_advice_of_distako_with_a_visit_and_of_bplh_without(layanan):
    rekomendasi = {r["skpd"]: r["tinjau"] for r in layanan["imb"].rekomendasi}
    assert rekomendasi == {"distako": True, "bplh": False}


def test_toko_obat_asks_a_person_for_nine_documents(layanan):
    assert len(_diminta(layanan["toko_obat"], RUMAH)) == 9


def test_a_renewal_asks_for_the_old_permit_and_the_identity_card(layanan):
    for kode, x in layanan.items():
        if any(j["kode"] == "perpanjangan" for j in x.versi["jenis_permohonan"]):
            diminta = _diminta(x, RUMAH | {"jenis_permohonan": "perpanjangan"})
            assert {"izin_lama", "ktp"} <= set(diminta), kode


def test_our_own_permits_are_named_by_the_service_that_issues_them(layanan):
    for kode, x in layanan.items():
        for s in x.syarat:
            if s["asal"] == "izin_terbitan":
                assert s["layanan_asal"] in layanan, (kode, s["kode"])
            if s["kode"] == "izin_lama":
                assert s["layanan_asal"] == kode


def test_an_identity_card_is_never_refused_for_its_date(layanan):
    ktp = [s for x in layanan.values() for s in x.syarat if s["kode"] == "ktp"]
    assert len(ktp) == 50
    for s in ktp:
        assert not any("berlaku" in a["kode"] or "kedaluwarsa" in a["teks"].lower() for a in s["alasan"])


def test_requirements_speak_of_photos_and_say_what_must_be_readable(layanan):
    for kode, x in layanan.items():
        for s in x.syarat:
            assert "fotokopi" not in s["nama"].lower(), (kode, s["kode"])
            assert s["petunjuk"] or s["wajib"] is False or s["cek"], (kode, s["kode"])
            assert s["alasan"], (kode, s["kode"])
            assert len({a["kode"] for a in s["alasan"]}) == len(s["alasan"])
            assert s["maks_mb"] == 10


def test_papers_that_expire_are_looked_at_again_when_the_permit_is_issued(layanan):
    dicek = {(k, s["kode"]) for k, x in layanan.items() for s in x.syarat if s["berlaku_saat_terbit"]}
    assert {("apotek", "stra_sipa"), ("iujk", "sbu"), ("trayek", "kir")} <= dicek
    assert not any(kode in {"ktp", "npwp", "pbb"} for _, kode in dicek)


def test_the_form_never_asks_again_what_the_party_form_asks(layanan):
    pihak = {"nama", "nik", "alamat", "kelurahan", "kecamatan", "hp", "email", "npwp", "akta_no", "pj", "bentuk"}
    for kode, x in layanan.items():
        assert not pihak & {i["kode"] for i in x.isian}, kode


def test_every_choice_has_options_and_what_decides_the_fee_is_filled_in_by_an_officer(layanan):
    for x in layanan.values():
        for i in x.isian:
            assert bool(i["opsi"]) is (i["tipe"] in {"pilihan", "pilihan_banyak"}), (x.kode, i["kode"])
    petugas = {i["kode"] for i in layanan["imb"].isian if i["diisi_oleh"] == "petugas"}
    assert petugas == {"risiko_kebakaran", "zonasi_gempa", "kepadatan", "waktu_penggunaan"}


def test_every_source_named_is_explained(acuan, layanan):
    for x in layanan.values():
        sumber = [x.versi["sumber"]["layanan"], *x.versi["sumber"]["isian"].values()]
        sumber += [*x.versi["sumber"]["rekomendasi"].values()]
        sumber += [s["sumber"] for s in x.syarat] + [d["sumber"] for d in x.versi["dasar_hukum"]]
        assert set(sumber) <= set(acuan.sumber), x.kode


# --- tariffs, fallback, referrals, labels ---------------------------------------------------------------------


def test_every_service_with_a_fee_has_a_tariff_whose_fields_its_form_asks(acuan, layanan):
    for t in acuan.tarif():
        nama = NAMA_TETAP | {i["kode"] for i in layanan[t["layanan"]].isian}
        assert periksa_tarif(t["rumus"], t.get("parameter", {})) <= nama, t["layanan"]
    berbiaya = {k for k, x in layanan.items() if x.versi["biaya"] == "terlampir"}
    assert berbiaya == {t["layanan"] for t in acuan.tarif() if t["berlaku_mulai"] == date(2013, 1, 1)}


@pytest.mark.parametrize(
    ("layanan_", "isian", "total"),
    [
        (
            "imb",
            RUMAH
            | {
                "luas_bangunan": "120",
                "risiko_kebakaran": "rendah",
                "zonasi_gempa": "II",
                "kepadatan": "sedang",
                "waktu_penggunaan": "tetap",
            },
            396_000,
        ),
        (
            "izin_gangguan",
            {
                "luas_ruang": "200",
                "kelas_jalan": "kolektor",
                "tingkat_gangguan": "sedang",
                "jenis_permohonan": "baru",
            },
            1_200_000,
        ),
        (
            "reklame",
            {
                "panjang": "6",
                "lebar": "4",
                "sisi": 1,
                "jumlah": 1,
                "mulai": "2026-01-01",
                "selesai": "2026-12-31",
                "kelas_jalan_reklame": "I",
            },
            43_800_000,
        ),
        ("trayek", {"kursi_sampai_8": 3, "kursi_9_15": 2, "tahun": 1}, 550_000),
        ("iptm", {"jenis_permohonan": "perpanjangan"}, 75_000),
        ("ippl", {}, 0),
    ],
)
def test_the_examples_of_the_sources_come_out_as_printed(acuan, layanan_, isian, total):
    tarif = next(t for t in acuan.tarif() if t["layanan"] == layanan_)
    assert hitung_tarif(tarif["rumus"], tarif.get("parameter", {}), isian).total == total


def test_tariffs_that_are_only_examples_say_so(acuan):
    resmi = {t["layanan"] for t in acuan.tarif() if not t["contoh"]}
    assert resmi == {"iptm"}


def test_the_fallback_limit_is_ten_days_until_the_job_creation_law_and_five_after(acuan):
    hari = {h["berlaku_mulai"]: h["hari"] for h in acuan.hari_cadangan()}
    assert hari[date(2014, 10, 17)] == 10
    assert hari[date(2020, 11, 2)] == 5
    assert max(hari) == date(2020, 11, 2)


def test_every_state_of_every_machine_has_its_words():
    mesin = {
        "permohonan": StatusPermohonan.values,
        "rekomendasi": StatusRekomendasi.values,
        "izin": StatusIzin.values,
    }
    assert set(semua_label()) == {(m, s) for m, daftar in mesin.items() for s in daftar}
    assert label_status("permohonan", "terbit").langkah == 5
    assert label_status("izin", "berlaku").langkah is None


# --- a file that is wrong is refused ---------------------------------------------------------------------------


@pytest.fixture
def salinan(tmp_path) -> Path:
    shutil.copytree(AKAR, tmp_path / "acuan")
    return tmp_path / "acuan"


@pytest.mark.parametrize(
    ("dari", "ke", "sebut"),
    [
        ('kode = "siup"', 'kode = "siupp"', "nama berkas"),
        ("ods = true", "odss = true", "odss"),
        ('"permohonan", "ktp", "npwp"', '"permohonan", "ktp", "ktp"', "npwp"),
        ('"permohonan", "ktp",', '"permohonan", "ktp", "ktp",', "dua kali"),
        ('"permohonan", "ktp",', '"permohonan", "ktp", "surat_sakti",', "nama"),
        ('"kepwal_sop_2012"', '"kepwal_sop_2021"', "kepwal_sop_2021"),
        ('[syarat.neraca]\nnama = "Neraca perusahaan"', '[syarat.neraca]\nnamaa = "Neraca"', "namaa"),
        ('kode = "siup"', "kode = siup", "siup.toml"),
    ],
)
def test_a_slip_in_a_file_is_named_not_swallowed(salinan, dari, ke, sebut):
    berkas = salinan / "layanan" / "siup.toml"
    isi = berkas.read_text(encoding="utf-8")
    assert dari in isi
    berkas.write_text(isi.replace(dari, ke, 1), encoding="utf-8")
    with pytest.raises(GalatAcuan, match=r"layanan/siup\.toml") as galat:
        Acuan(salinan).layanan()
    assert sebut in str(galat.value)

"""Command words on a line of their own: case, punctuation, typos, arguments, and what is no command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.directory import Directory, load
from mail.reply.command import StandIn, command, standin_of, target_of

CITY = Path(__file__).resolve().parent.parent / "workflows" / "kota_bogor"


@pytest.fixture(scope="module")
def directory() -> Directory:
    """The packaged example city."""
    return load(CITY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SELESAI", "SELESAI"),
        ("selesei...", "SELESAI"),
        ("**Selesai.**", "SELESAI"),
        ("slesai\nfoto ikut ya", "SELESAI"),
        ("sleesai", "SELESAI"),
        ("Siang min\nPROSES,\npipa lagi digali", "PROSES"),
        ("DIPROSES 🙏", "PROSES"),
        ("trima", "TERIMA"),
        ("DITERIMA", "TERIMA"),
        ("Tolak\nbukan aset kami", "TOLAK"),
        ("Bukan kewenangan.", "BUKAN KEWENANGAN"),
        ("bukn kewenangan", "BUKAN KEWENANGAN"),
        ("Butuh info!", "TANYA"),
        ("TANYA: sebelah mana?", "TANYA"),
        ("TUNDA - menunggu aspal", "TUNDA"),
        ("tunda s/d 20/8", "TUNDA"),
        ("Terusken DLH", "TERUSKAN"),
        ("TERUSKAN DPUPR\nini jalan kota", "TERUSKAN"),
        ("INGATKAN", "INGATKAN"),
        ("alihkan ke Kabid Jalan", "ALIHKAN"),
        ("saya tangani", "SAYA TANGANI"),
        ("TUTUP warga sudah pindah", "TUTUP"),
        ("GABUNG C-2026-000123", "GABUNG"),
        ("EKSTERNAL PLN", "EKSTERNAL"),
        ("PLH dishub.kasi.parkir -> dishub.kasi.terminal s.d. 14 Agustus", "PLH"),
    ],
)
def test_a_command_word_on_its_own_line_is_understood(text: str, name: str) -> None:
    """Case, punctuation, emoji and one typo in a long word do not hide a command."""
    found = command(text, "desk") or command(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "TERIMA KASIH",
        "terima kasih infonya",
        "sudah diterima",
        "proses pengadaan",
        "tanah",
        "tunduk",
        "tolok",
        "Selesai rapat kami cek",
        "PROSES = sedang dikerjakan",
        "tutup saja jalannya dulu ya",
        "selesai belum ya?",
        "",
    ],
)
def test_prose_is_no_command(text: str) -> None:
    """A sentence that merely contains or begins with such a word is left to the reading of prose."""
    assert command(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("sudah.", "SUDAH"), ("PUAS!!", "SUDAH"), ("BELUM", "BELUM"), ("tidak puas", "BELUM"), ("batal 🙏", "CABUT")],
)
def test_citizens_have_their_own_words(text: str, name: str) -> None:
    """A citizen's words are his alone."""
    found = command(text, "citizen")
    assert found is not None
    assert found.name == name
    assert command(text, "official") is None


@pytest.mark.parametrize("word", ["susah", "belut", "puasa", "SELESAI", "TERUSKAN DLH"])
def test_citizens_do_not_command_officials(word: str) -> None:
    """Short words carry no typo, and an official's word from a citizen is prose."""
    assert command(word, "citizen") is None


@pytest.mark.parametrize(
    ("argument", "code"),
    [
        ("DPUPR", "DPUPR"),
        ("ke dinas perhubungan ya pak", "DISHUB"),
        ("ke kel. marga jaya", "KEL-MARGAJAYA"),
        ("ke kelurahan margajya", "KEL-MARGAJAYA"),
        ("Camat Bogor Barat", "KEC-BOGORBARAT"),
        ("ke Satpol PP", "SATPOLPP"),
        ("pdam", "TIRTAPAKUAN"),
        ("PD Pasar", "PASARPAKUANJAYA"),
        ("Dinas Lingkungan Hdup", "DLH"),
        ("dishub.kasi.parkir", "dishub.kasi.parkir"),
        ("ke PLN", "PLN"),
        ("pemprov jabar", "PEMPROVJABAR"),
        ("ke entah siapa", None),
    ],
)
def test_the_office_after_teruskan_is_found(directory: Directory, argument: str, code: str | None) -> None:
    """Codes, names, popular names and places are found, with a typo in a long one."""
    assert target_of(argument.lower(), directory) == code


def test_a_stand_in_is_read_with_its_end() -> None:
    """PLH names the chair, the deputy and the last day."""
    sent = date(2026, 8, 5)
    assert standin_of("dishub.kepala -> dishub.sekretaris s.d. 14 agustus", sent) == StandIn(
        "dishub.kepala", "dishub.sekretaris", date(2026, 8, 14)
    )
    assert standin_of("dishub.kepala", sent) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PROSES Regu tambal berangkat besok pagi.", "PROSES"),
        ("TANYA nomor rumahnya berapa?", "TANYA"),
        ("BUKAN KEWENANGAN ini jalan provinsi", "BUKAN KEWENANGAN"),
        ("SELESAI sudah kami tambal tadi pagi", "SELESAI"),
        ("TERIMA kasih atas infonya", None),
        ("TERIMA KASIH", None),
        ("SELESAI RAPAT KAMI CEK", None),
        ("proses pengerjaan masih berjalan", None),
    ],
)
def test_a_word_in_capitals_may_be_followed_by_its_text(text: str, name: str | None) -> None:
    """As the letters print it: the word, then what belongs to it; a shouted sentence and thanks are no command."""
    found = command(text)
    assert (found.name if found else None) == name

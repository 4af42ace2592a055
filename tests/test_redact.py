"""What tells who wrote a text is gone after redacting it, and what tells where the trouble is stays."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.redact import Identity, gathered, redact

INDRA = Identity(("Indra Ramadhan",), ("indra.ramadhan@gmail.example",))


@pytest.mark.parametrize(
    ("text", "gone", "stays"),
    [
        ("Saya Indra Ramadhan, lampu di Jl. Merdeka mati.", ["Indra", "Ramadhan"], ["lampu di Jl. Merdeka mati"]),
        ("kata INDRA  RAMADHAN begitu", ["INDRA", "RAMADHAN"], ["begitu"]),
        ("lampu mati\n\nTerima kasih,\nIndra\nWarga RT 03\n0812-3456-7890", ["Indra", "RT 03", "0812"], ["lampu mati"]),
        ("lampu mati\n\nHormat kami,\n\nKetua RT 05\nH. Mamat Rahmat", ["Mamat", "RT 05"], ["lampu mati"]),
        ("lampu mati\nindra", ["indra"], ["lampu mati"]),
        ("terima kasih sebelumnya\nlampu mati di loji\ntolong ya", [], ["lampu mati di loji", "tolong ya"]),
        ("wa 081234567890 atau +62 812-3456-7890, 0251 8321075", ["8123", "3456", "8321075"], ["wa", "atau"]),
        ("NIK 3271012345678901, KK 3271 0123 4567 8902", ["3271", "8901", "8902"], ["NIK", "KK"]),
        ("NIP 19800512 200801 2 009", ["19800512"], ["NIP"]),
        ("balas ke indra.ramadhan@gmail.example ya", ["@", "indra"], ["balas ke"]),
        ("balas ke orang.lain@kantor.example ya", ["@", "orang.lain"], ["balas ke"]),
        (
            "saya tinggal di Jl. Loji No. 5 RT 02/RW 03 Kel. Loji, airnya mati",
            ["No. 5", "RT 02", "03"],
            ["airnya mati"],
        ),
        ("rumah saya di Jl. Loji No. 17 RT 03/05, got mampet", ["17", "03", "05"], ["got mampet"]),
        ("rumah saya di gg aut rt 3/7, got mampet di depan pasar", ["rt 3", "/7"], ["got mampet di depan pasar"]),
        ("rumah di Jl. Merdeka no 3 roboh", [], ["Jl. Merdeka no 3 roboh"]),
        (
            "Nama: Budi\nAlamat: Gg Aut 3\nNo. HP: 0812\nLokasi: Jl. Merdeka",
            ["Budi", "Aut", "0812"],
            ["Lokasi: Jl. Merdeka"],
        ),
        ("perkenalkan saya budi santoso dari Loji", ["budi", "santoso"], ["Loji"]),
        ("nama saya Budi Santoso, got mampet", ["Budi", "Santoso"], ["got mampet"]),
        ("nama saya jangan disebut", [], ["nama saya jangan disebut"]),
        ("nama saya di KTP salah", [], ["nama saya di KTP salah"]),
        ("saya Warga Loji", [], ["saya Warga Loji"]),
        ("lubang di Jl. Indra dekat pasar", [], ["Jl. Indra dekat pasar"]),
        ("tagihan Rp1.500.000 sejak 3 Agustus 2026 pukul 16.00", [], ["Rp1.500.000", "3 Agustus 2026 pukul 16.00"]),
        ("tiket C-2026-000345 belum dijawab", [], ["C-2026-000345"]),
        ("I\u200bndra bilang, hp ０８１２３４５６７８９０", ["ndra", "8123"], ["bilang"]),
    ],
)
def test_what_goes_and_what_stays(text: str, gone: list[str], stays: list[str]) -> None:
    """Names, numbers, homes and signatures go; streets of the trouble, money, dates and ticket numbers stay."""
    clean = redact(text, INDRA)
    assert [piece for piece in gone if piece in clean] == []
    assert [piece for piece in stays if piece not in clean] == []


@pytest.mark.parametrize(
    "written",
    [
        "0812/3456/7890", "0812_3456_7890", "0812–3456–7890", "0812 - 3456 - 7890", "0812,3456,7890",
        "0812 • 3456 • 7890", "(0812) 3456-7890", "+62 (812) 3456 7890", "0062 812 3456 7890", "812 3456 7890",
        "81234567890",
        "0812  3456  7890", "0812-3456-\n7890", "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol",
        "kosong delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol", "nol81234567890", "0251/8321234",
        "021-5551234", "telp 8321234", "wa.me/6281234567890", "0812-3456-7890/0812-3456-7890",
        "0812 3456 7890 0812 3456 7890", "RT 05 0812-3456-7890", "3271/0123/4567/8901", "3271_0123_4567_8901",
        "3271–0123–4567–8901", "3271  0123  4567  8901", "3271 0123 4567 8901 / 3271 0812 3456 7890",
        "327101 - 234567 - 8901", "32.71.01.234567.8901",
    ],
)  # fmt: skip
def test_numbers_go_however_they_are_written(written: str) -> None:
    """A phone or NIK by itself, unknown before: none of its groups stays, nor a word of one that is spelled out."""
    clean = redact(f"Kalau perlu {written} saja.", Identity())
    left = re.search(r"\d{3}|(?:tiga|empat|enam|tujuh|sembilan)", clean)
    assert left is None, clean
    assert clean.startswith("Kalau perlu ")
    assert clean.endswith(" saja.")


@pytest.mark.parametrize(
    "text",
    [
        "buka 08.30 - 12.00, 13.00 - 15.30", "buka 08.15–12.00 dan 13.00–15.00", "diminta Rp 8500000000",
        "Rp1.500.000, Rp2.500.000 dan Rp12.500.000", "Rp 8.150.000.000 hilang", "ada dua tiga motor jatuh, empat luka",
        "dari 12/05/2025 sampai 13/05/2026", "RT 01, 02, 03, 04, 05, 06, 07 banjir", "transfer a.n. Dedi Kusnadi",
        "nama saya diketahui dinas, tolong dinas turun", "panggil petugas segera", "lihat perda 8/2006 pasal 12",
    ],
)  # fmt: skip
def test_hours_money_and_days_stay(text: str) -> None:
    """What only looks like a number of a person is part of the matter."""
    assert redact(text, Identity()) == text


@pytest.mark.parametrize(
    "text",
    [
        "budimansukarya lapor", "Budiman_Sukarya lapor", "BudimanSukarya88 lapor", "budi.sk (at) warga (dot) contoh",
        "budi.sk at warga dot contoh", "budi.sk[at]warga[titik]contoh", "budi.sk @ warga . contoh", "IG @budi.sk",
        "lihat https://www.instagram.com/budi.sk/", "fb.com/budi.sk", "Instagram: budi_sk", "Biasa dipanggil Budi.",
        "panggil saja saya Budi, ya", "Aku Budi, warga",
    ],
)  # fmt: skip
def test_names_go_however_they_are_written(text: str) -> None:
    """Run together, with marks, in an address that is spelled out, on a social network, as a nickname."""
    clean = redact(text, Identity(("Budiman Sukarya",), ("orang@warga.contoh",))).lower()
    assert "bud" not in clean
    assert "warga" not in clean.replace(", warga", "")


def test_known_phones_and_homes_go_in_every_spelling() -> None:
    """What the city knows of the reporter is found though it is broken up otherwise."""
    known = Identity((), (), ("0812-0000-4417",), ("Jl. Loji No. 5",))
    clean = redact("hubungi 62812 0000 4417 atau (812) 00004417, jl. loji  no. 5 itu", known)
    assert "4417" not in clean
    assert "loji" not in clean


NAMES = st.lists(
    st.sampled_from(["Budi", "Suparman", "Rohayati", "Kusnadi", "Wijaya", "Ningsih", "O'Brien", "Müller"]),
    min_size=1,
    max_size=3,
)
FILL = st.lists(
    st.sampled_from(["lampu", "mati", "di", "depan", "pasar", "kata", "saya", ",", ".", "\n", "terima kasih", "Jl."]),
    max_size=8,
)
DIGITS = st.text("0123456789", min_size=8, max_size=8)


@given(names=NAMES, before=FILL, after=FILL, tail=DIGITS, case=st.sampled_from([str, str.upper, str.lower]))
@settings(max_examples=300, deadline=None)
def test_names_and_numbers_never_remain(
    names: list[str], before: list[str], after: list[str], tail: str, case: type
) -> None:
    """Wherever a known name, a mobile, a NIK or the address stands, none of it is left (a street's name excepted)."""
    full = " ".join(names)
    identity = Identity((full,), (f"{names[0].lower()}.x@mail.example",))
    text = " ".join([*before, case(full), "hp", f"0812{tail}", "nik", f"32710123{tail}", identity.addresses[0], *after])
    clean = redact(text, identity)
    for name in {*names, full}:
        left = re.search(rf"(?<!jl\. )(?<!jalan )(?<!\w){re.escape(name)}(?!\w)", clean, re.IGNORECASE)
        assert left is None or before[-1:] == ["Jl."], clean
    assert tail not in clean
    assert "@" not in clean


@given(text=st.text(max_size=300), names=NAMES)
@settings(max_examples=300, deadline=None)
def test_redacting_twice_changes_nothing(text: str, names: list[str]) -> None:
    """Any text is taken, and a redacted text stays as it is."""
    identity = Identity((" ".join(names),))
    once = redact(text, identity)
    assert redact(once, identity) == once


@pytest.mark.parametrize(
    "piece",
    ["a", "0", "0812 ", "saya ", "jl. a ", "@", "a@", "nama: ", "rt 1/2 ", "saya tinggal di ", "\n", "Terima kasih\n"],
)
def test_long_texts_cost_little(piece: str) -> None:
    """A text of two hundred kilobytes takes well under two seconds, whatever it repeats."""
    begun = perf_counter()
    redact(piece * (200_000 // len(piece)), INDRA)
    assert perf_counter() - begun < 2


def test_what_was_told_once_is_found_again() -> None:
    """Names introduced, labelled or signed above a quoted letter, phones and homes go wherever they come again."""
    told = (
        "Perkenalkan saya Budi Santoso, tinggal di Jl. Loji No. 5.\nNama: Siti Aminah\nHP: 0812-0000-4417\n\n"
        "Hormat saya,\nUjang Permadi\n\n-----Pesan Asli-----\nIsi surat kami.\n\nHormat kami,\nTim Si Badra, Kota Bogor"
    )
    known = gathered(Identity(), [told])
    clean = redact("kata Budi, Aminah dan UJANG di jl. loji no. 5, 62812 0000 4417", known)
    assert [one for one in ("Budi", "Aminah", "UJANG", "loji", "4417") if one in clean] == []


def test_a_place_in_an_address_is_no_name() -> None:
    """Where the trouble is must stay readable though the reporter's mailbox is named after it."""
    known = Identity((), ("warga.ciluar@mail.example",), places=frozenset(("ciluar",)))
    assert redact("kali di belakang pabrik Ciluar", known) == "kali di belakang pabrik Ciluar"
    assert "Ciluar" not in redact("kali di belakang pabrik Ciluar", Identity((), known.addresses))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("dari 203.0.113.70 ya", "dari [alamat IP] ya"),
        ("[2001:db8:2866:591:b0:ee4:ce24:1]", "[[alamat IP]]"),
        ("lewat 2001:db8::16 tadi", "lewat [alamat IP] tadi"),
        ("pukul 10:12:11 WIB", "pukul 10:12:11 WIB"),
        ("Rp1.200.100.100 dan bab 1.2.3", "Rp1.200.100.100 dan bab 1.2.3"),
    ],
)
def test_ip_addresses_go(text: str, clean: str) -> None:
    """IPv4 and IPv6, and neither times nor sums of money."""
    assert redact(text, Identity()) == clean

"""Danger now is urgent, a cry is not: labelled sentences, and the rules one by one."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.routing.urgency import urgent

CORPUS = Path(__file__).parents[1] / "corpus"


def rows(name: str) -> list[tuple[bool, str]]:
    """The labelled sentences of one file."""
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [(line[0] == "1", line[2:]) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("name", "least"),
    [("urgency.tsv", 280), ("urgency_later.tsv", 50), ("urgency_third.tsv", 85), ("urgency_fourth.tsv", 49)],
)
def test_the_corpus_is_read_as_labelled(name: str, least: int) -> None:
    """Of the labelled sentences at least 95 of 100 urgent ones are found, and at most 3 of 100 others called urgent."""
    labelled = rows(name)
    missed = [text for wanted, text in labelled if wanted and not urgent("laporan\n" + text)]
    false = [text for wanted, text in labelled if not wanted and urgent("laporan\n" + text)]
    assert len(labelled) >= least
    assert len(missed) <= 0.05 * sum(wanted for wanted, _ in labelled), missed
    assert len(false) <= 0.03 * sum(not wanted for wanted, _ in labelled), false


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("URGENT!!! SEGERA!!! sampah menumpuk", False),
        ("tadi pagi anak jatuh ke lubang itu", True),
        ("sejak hujan semalam tanah di RT 4 kampung kami yang di bawah terbelah dan bergeser", True),
        ("kaca dilempar orang, kening saya berdarah, orangnya masih di situ", True),
        ("parkir gratis tapi keluar tetap ditodong dua ribu", False),
        ("tahun lalu anak jatuh ke lubang itu", False),
        ("takut ada anak yang jatuh ke lubang itu", False),
        ("untung tidak ada korban, tapi pohonnya sudah miring ke atap kelas", True),
        ("tidak ada yang terjebak", False),
        ("terjebak macet dua jam", False),
        ("orang terjebak di lift", True),
        ("setiap hujan air naik selutut", False),
        ("air sudah selutut dan masih naik", True),
        ("[3/8/26 19.31] Bu Neneng: air masuk rumah\n[3/8/26 19.40] Pak Asep: nenek belum bisa keluar", True),
        ("bapak cuci darah besok pagi, loket menolak karena kartunya nonaktif", True),
        ("bapak cuci darah, mohon antreannya ditambah", False),
        ("ada kebakaran di rumah sebelah", True),
        ("kebakaran di rumah sebelah sudah padam, terima kasih", False),
        ("harga gas naik", False),
        ("bau gas menyengat", True),
        ("airnya mati bikin emosi mau meledak rasanya", False),
        ("tiga hari air mati, kepala saya rasanya mau meledak", False),
        ("saya sudah mau meledak menunggu dari pagi", False),
        ("tabung gas di dapur mau meledak, emosi semua orang", True),
        ("kompor meledak, kepala ibu saya kena", True),
        ("lansia belum makan 2 hari sendirian sakit", True),
        ("kakek tinggal sendiri, sudah dua hari tidak makan", True),
        ("kucing di pasar belum makan dua hari", False),
        ("penutup gorong2 hilang di trotoar malam gelap, dalam 2 meter depan SD", True),
        ("tutup saluran di trotoar hilang, dalamnya 30 cm", False),
        ("tutup got hilang dicuri, mohon diganti", False),
    ],
)
def test_the_rules(text: str, wanted: bool) -> None:
    """Time, fear, denial and habit decide over the same words."""
    assert urgent("laporan\n" + text).urgent is wanted


def test_reasons_are_the_words() -> None:
    """An urgent mail says which words made it so; another says none."""
    assert urgent("lapor\nbarusan ada ular kobra masuk dapur").reasons == ("ular kobra masuk dapur",)
    assert urgent("lapor\nlampu mati").reasons == ()


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_taken(text: str) -> None:
    """No text raises, and an urgent one has a reason."""
    found = urgent(text)
    assert bool(found.reasons) >= found.urgent


@pytest.mark.parametrize(
    "piece", ["jatuh ", "tadi. ", "air ", "tidak ", "a", "pohon tumbang ke ", "[3/8/26 19.31] A: x\n", "\n"]
)
def test_long_texts_cost_little(piece: str) -> None:
    """A text of a megabyte costs no more than its first pages."""
    begun = perf_counter()
    urgent(piece * (1_000_000 // len(piece)))
    assert perf_counter() - begun < 2

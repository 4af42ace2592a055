"""A mail that names no matter goes to a person, however loud or polite it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import workflows.kota_bogor
from engine.directory import load
from engine.routing import open_router
from engine.routing.keywords import UNCLEAR
from engine.routing.router import Router
from engine.routing.train import threshold

CITY = Path(next(iter(workflows.kota_bogor.__path__)))


@pytest.fixture(scope="module")
def router() -> Router:
    """The example city's router with its packaged model."""
    return open_router(load(CITY), CITY)


@pytest.mark.parametrize(
    "text",
    [
        "Mohon perhatiannya, keadaan di tempat kami sudah tidak nyaman. Kapan ada yang datang?",
        "Pak tolong segera ditindaklanjuti, sudah lama begini terus, warga resah. Terima kasih",
        "Mohon dicek ke lokasi ya min, parah banget ini",
        "Kepada Bapak Wali Kota, kami warga kecewa dengan pelayanan. Mohon perhatian.",
        "Seperti foto terlampir. Mohon ditindak.",
        "Kumaha ieu pak, tos lami teu aya nu dongkap. Punten atuh dicek",
        "Kok gak beres beres sih? kapan dibenerin?",
        "Mohon info dan solusi atas kejadian kemarin di dekat rumah saya di Bantarjati.",
        "keluhan saya sama dengan tetangga, mohon ditangani. hatur nuhun",
        "Kami keberatan dengan keputusan kemarin, mohon ditinjau ulang.",
        "Kondisinya makin parah pak, anak anak jadi takut lewat.",
        "Sudah rusak dari bulan lalu, belum ada perbaikan sampai sekarang.",
    ],
)
def test_a_text_without_a_matter_goes_to_a_person(router: Router, text: str) -> None:
    """Its confidence is far below the threshold, and the candidates are real desks all the same."""
    found = router.route_text("mohon", text)
    assert found.triage
    assert found.confidence < 0.8
    assert len(found.candidates) == 3
    assert all(one.topic or one.external for one in found.candidates)
    assert UNCLEAR not in {one.topic for one in found.candidates}


def test_what_is_a_bare_guess_names_no_topic(router: Router) -> None:
    """The desk is told that the matter is missing, and no other report is compared by a topic that was drawn by lot."""
    found = router.route_text("mohon", "Mohon dicek ke lokasi ya min, parah banget ini")
    assert (found.topic, found.unit, found.owner, found.external) == (None, None, None, None)
    assert found.reasons == ("isi surat belum menyebut masalahnya",)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Tolong pak sudah parah sekali, air PDAM mati tiga hari di Bantarjati. Kapan ada yang datang?", "AIR-MATI"),
        ("Kok gak beres beres sih? jalan berlubang depan rumah, kapan ditambal?", "JALAN-RUSAK"),
        ("min udh lapor brp kali, sampah seminggu ga diangkut di ciwaringin, bau bgt", "SAMPAH-ANGKUT"),
    ],
)
def test_the_same_tone_with_a_matter_is_routed(router: Router, text: str, topic: str) -> None:
    """Courtesy and anger around a matter send nobody to the desk."""
    found = router.route_text("mohon", text)
    assert (found.topic, found.triage) == (topic, False)


def test_the_threshold_is_where_the_mean_confidence_is_the_aim() -> None:
    """Of 0.99, 0.98 and 0.97 all are kept for 0.98; with a 0.5 more the line stays above it; hopeless ones give 1."""
    assert threshold(np.array([0.97, 0.99, 0.98]), 0.98) == 0.97
    assert threshold(np.array([0.5, 0.97, 0.99, 0.98]), 0.98) == 0.97
    assert threshold(np.array([0.5, 0.6]), 0.98) == 1.0

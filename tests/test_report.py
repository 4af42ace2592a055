"""Bounces of the world's mail systems, each with what must be read from it, and mails that only look like one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.message import Message
from engine.reading import Receipt
from mail.read import read
from mail.report import bounce, receipt
from tests.plain_reader import plain_read

CORPUS = Path(__file__).parent / "corpus" / "reports" / "bounces.txt"


def _cases() -> list[tuple[str, str, bytes]]:
    cases = []
    for block in CORPUS.read_text(encoding="utf-8").split("@@ ")[1:]:
        title, _, mail = block.partition("\n")
        name, _, expected = title.partition(" | ")
        cases.append((name.strip(), expected.strip(), mail.encode("utf-8")))
    return cases


@pytest.mark.parametrize("reader", [plain_read, read], ids=["plain", "ours"])
@pytest.mark.parametrize(
    ("name", "expected", "raw"), _cases(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_notice_is_read(name: str, expected: str, raw: bytes, reader: Callable[[bytes], Message]) -> None:
    """The failing recipients, the verdict and the code of a notice are those that its title gives."""
    found = bounce(raw, reader(raw), None)
    if expected == "none":
        assert found is None
        return
    assert found is not None
    said = "; ".join(
        f"{each.address} {'permanent' if each.permanent else 'temporary'} {each.code or '-'}" for each in found.failures
    )
    wanted = {part.strip() for part in expected.split(";")}
    assert {part.strip().removesuffix(" -") for part in said.split(";")} == {part.removesuffix(" -") for part in wanted}


RECEIPTS = {
    "displayed": ("displayed", True),
    "deleted unread": ("deleted", False),
    "denied": ("denied", False),
}


@pytest.mark.parametrize(("disposition", "displayed"), RECEIPTS.values(), ids=RECEIPTS)
def test_receipt_of_rfc_8098(disposition: str, displayed: bool) -> None:
    """A notification names who read which letter; only `displayed` means that it was seen."""
    raw = (
        "From: Lurah <lurah@kel.example>\nTo: aduan@sibadra.kotabogor.example\nSubject: Read: x\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=r\n\n--r\n"
        "Content-Type: text/plain\n\nPesan Anda telah dibaca.\n--r\nContent-Type: message/disposition-notification\n\n"
        "Reporting-UA: kel.example; Mail\nFinal-Recipient: rfc822;lurah@kel.example\n"
        "Original-Message-ID: <c1.r0@sibadra.kotabogor.example>\n"
        f"Disposition: manual-action/MDN-sent-manually; {disposition}\n"
        "--r--\n"
    ).encode()
    for reader in (plain_read, read):
        message = reader(raw)
        assert receipt(message, None) == Receipt("lurah@kel.example", "c1.r0@sibadra.kotabogor.example", displayed)
        assert bounce(raw, message, None) is None


@pytest.mark.parametrize(
    ("subject", "text", "displayed"),
    [
        (
            "Dibaca: Laporan warga",
            "Pesan Anda\n\n Kepada: Lurah\n Subjek: Laporan\n\ntelah dibaca pada 3 Agustus 2026 10:12.",
            True,
        ),
        ("Read: Laporan warga", "Your message\n\nTo: Lurah\nSubject: Laporan\n\nwas read on 8/3/2026 10:12 AM.", True),
        ("Tidak dibaca: Laporan", "Pesan Anda telah dihapus tanpa dibaca pada 3 Agustus 2026.", False),
        ("Not read: Laporan", "Your message was deleted without being read on 8/3/2026.", False),
        ("Gelesen: Laporan", "Ihre Nachricht wurde am 03.08.2026 um 10:12 gelesen.", True),
    ],
)
def test_receipt_in_words(subject: str, text: str, displayed: bool) -> None:
    """Outlook's receipts without a machine-readable part are known by subject and text together."""
    head = f"From: lurah@kel.example\nTo: aduan@x.example\nIn-Reply-To: <c1@x.example>\nSubject: {subject}\n"
    raw = f"{head}\n{text}\n".encode()
    found = receipt(plain_read(raw), None)
    assert found == Receipt("lurah@kel.example", "c1@x.example", displayed)


@pytest.mark.parametrize(
    ("subject", "text"),
    [("Read: this please", "Pak, mohon dibaca lampirannya."), ("Dibaca ya pak", "Surat saya sudah dibaca belum?")],
)
def test_person_writes_no_receipt(subject: str, text: str) -> None:
    """A person whose subject sounds like a receipt is a person."""
    raw = f"From: budi@surel.example\nTo: aduan@x.example\nSubject: {subject}\n\n{text}\n".encode()
    assert receipt(plain_read(raw), None) is None


def test_returned_message_id_is_given() -> None:
    """The Message-ID of the mail that came back is read from the attached mail, its headers, or the pasted copy."""
    by_name = {name: raw for name, _, raw in _cases()}
    pasted = by_name["qmail, user unknown (QSBMF)"]
    attached = by_name["only the returned mail names the recipient"]
    first, second = bounce(pasted, read(pasted), None), bounce(attached, read(attached), None)
    assert first is not None
    assert first.message_id == "c1.r0@sibadra.kotabogor.example"
    assert second is not None
    assert second.message_id == "s1@sibadra.kotabogor.example"

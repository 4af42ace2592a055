# ruff: noqa: E501
"""Letters: every kind renders in both forms, is valid mail, and lets nothing hostile out of its place."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from engine.letter import Letter, LetterState, Reader
from engine.message import Attachment
from engine.routing.route import Confidential
from engine.ticket import Ticket
from engine.workflow import problems
from mail.address import Addresses, ReplyTo
from mail.write import Writer, template_kinds
from tests.world import MONDAY
from workflows.complaint import COMPLAINT

ADDRESSES = Addresses(b"k" * 32, domain="sibadra.kotabogor.example")
WRITER = Writer(ADDRESSES)
HOSTILE = 'Ada "Budi"\r\nBcc: semua@kota.example\r\n\r\n<script>alert(1)</script> & sebagainya'
DATA = {
    "at": MONDAY.isoformat(), "note": "Sudah kami tambal <b>rapi</b>.", "reason": "menunggu material", "state": "accepted",
    "office": "Dinas PUPR", "holder": "Kepala Seksi Jalan", "former": "Kepala Seksi Parkir", "by": "Kepala Bidang Jalan",
    "by_office": "Dinas PUPR", "promised": "2026-08-07", "settled_by": MONDAY.isoformat(),
    "answer_by": (MONDAY + timedelta(hours=6)).isoformat(), "event": "finish", "why": "unread", "first": "C-2026-000001",
    "trail": [{"title": "Kepala Seksi Jalan", "kind": "task", "since": MONDAY.isoformat(), "seen": "", "bounced": "", "absent": ""}],
    "takes_over": False, "told": False, "missing": ["reason", "date"], "named": "DISHAB", "wanted": "postpone",
    "words": [["TERIMA", "laporan diterima", ""], ["TERUSKAN", "tugas unit lain", "unit"]],
    "candidates": [{"unit": "DISHUB", "owner": "dishub.kasi.parkir", "external": "", "name": "Dinas Perhubungan", "title": "Kasi Parkir", "reasons": ["“parkir”"]}],
    "reasons": ["“jalan berlubang” → Dinas PUPR"], "steps": [{"at": MONDAY.isoformat(), "event": "sure", "state": "forwarded"}],
    "external": "PT PLN", "contact": "Hubungi PLN 123.", "contact_email": "pln@pln.example", "earlier": [], "undo": True,
    "items": [{"number": "C-2026-000001", "subject": "Jalan", "state": "forwarded", "holder": "Kasi", "opened": MONDAY.isoformat()}],
    "title": "Kasi Jalan", "mailbox": "kasi.jalan@dpupr.kotabogor.example", "code": "5.1.1", "diagnostic": "unknown",
    "until": "2026-08-07", "deputy": "Siti", "deputy_as": "Plh",
}  # fmt: skip


def ticket(**changes: object) -> Ticket:
    """A ticket of the stories."""
    made = Ticket(
        id=1, number="C-2026-000001", workflow="complaint", rules="sibadra-2019", state="forwarded", before=None,
        holder="dpupr.kasi.jalan", owner="dpupr.kasi.jalan", rung=0, step=0, topic="JALAN-RUSAK", unit="DPUPR", place=None,
        external=None, urgent=False, confidential=Confidential.NONE, subject="Jalan berlubang di depan pasar",
        text="Jalan depan pasar berlubang.\nSudah seminggu.", citizen_name="Rina Kartika", citizen_address="rina@warga.example",
        language="id", mail=1, opened_at=MONDAY, asked_at=MONDAY, changed_at=MONDAY, closed_at=None, hops=0, disputes=0,
        joined_to=None, promised=(MONDAY + timedelta(days=4)).date(), rating=4,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def letter(kind: str, reader: Reader = Reader.OFFICIAL, **changes: object) -> Letter:
    """A letter of that kind."""
    official = reader is not Reader.CITIZEN
    made = Letter(
        id=7, ticket=1, kind=kind, reader=reader, position="dpupr.kasi.jalan" if official else None,
        address="kasi.jalan@dpupr.kotabogor.example" if official else "rina@warga.example",
        name="Kepala Seksi Pemeliharaan Jalan" if official else "Rina Kartika",
        message_id=ADDRESSES.message_id("C-2026-000001", 7, random.Random(1)), rung=0, data=dict(DATA),
        state=LetterState.QUEUED, created_at=MONDAY, not_before=MONDAY,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def parsed(raw: bytes) -> EmailMessage:
    """The mail as the standard library reads it; it must find nothing wrong."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert not part.defects
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    return message


def test_every_letter_of_the_table_has_a_template() -> None:
    """The workflow's own check finds no letter without a template."""
    assert problems(COMPLAINT, template_kinds()) == []


@pytest.mark.parametrize("kind", sorted(template_kinds()))
@pytest.mark.parametrize("reader", list(Reader))
def test_every_kind_renders(kind: str, reader: Reader) -> None:
    """Each kind gives a valid mail with a text and an HTML form, for each reader, with little data and with much."""
    for data in (
        DATA,
        {
            "state": "forwarded",
            "office": "Dinas PUPR",
            "holder": "",
            "by_office": "",
            "items": [],
            **{
                k: DATA[k]
                for k in (
                    "answer_by",
                    "title",
                    "mailbox",
                    "code",
                    "diagnostic",
                    "until",
                    "deputy",
                    "deputy_as",
                    "promised",
                    "external",
                    "contact",
                    "contact_email",
                    "first",
                    "wanted",
                    "named",
                    "takes_over",
                    "told",
                )
            },
        },
    ):
        message = parsed(WRITER.compose(letter(kind, reader, data=data), ticket()).raw)
        plain, rich = message.get_body(("plain",)), message.get_body(("html",))
        assert plain is not None
        assert rich is not None
        assert plain.get_content().startswith("Yth. ")
        assert "None" not in plain.get_content()
        assert message["Auto-Submitted"] in ("auto-replied", "auto-generated")


def test_reply_address_is_signed_for_this_mailbox() -> None:
    """The Reply-To verifies for the mailbox it was written to and for no other."""
    written = WRITER.compose(letter("task"), ticket())
    claim = ADDRESSES.parse(str(parsed(written.raw)["Reply-To"]))
    assert isinstance(claim, ReplyTo)
    assert claim.verify("kasi.jalan@dpupr.kotabogor.example")
    assert not claim.verify("kasi.parkir@dishub.kotabogor.example")


def test_hostile_text_stays_text() -> None:
    """No header is injected and no markup comes alive, wherever a stranger's words stand."""
    hostile = ticket(subject=HOSTILE, text=HOSTILE, citizen_name=HOSTILE)
    for kind in ("task", "receipt", "triage"):
        reader = Reader.CITIZEN if kind == "receipt" else Reader.OFFICIAL
        raw = WRITER.compose(letter(kind, reader, name=HOSTILE, data={**DATA, "note": HOSTILE}), hostile).raw
        message = parsed(raw)
        assert message["Bcc"] is None
        rich = message.get_body(("html",))
        assert rich is not None
        assert "<script>" not in rich.get_content()


def test_citizen_is_not_named_to_officials() -> None:
    """Neither name nor address of the reporter stands in a letter to an official."""
    for kind in sorted(template_kinds()):
        raw = WRITER.compose(letter(kind), ticket()).raw
        message = parsed(raw)
        text = "".join(part.get_content() for part in message.walk() if part.get_content_maintype() == "text") + str(
            message
        )
        assert "Kartika" not in text
        assert "rina@" not in text


def test_files_are_exact_and_inert() -> None:
    """A photo travels byte for byte; a file that could run travels as plain bytes under a safe name."""
    photo = Attachment("foto jalan.jpg", "image/jpeg", bytes(range(256)) * 50, "x")
    page = Attachment("../../etc/x\r\n.html", "text/html", b"<script>", "y")
    message = parsed(WRITER.compose(letter("task"), ticket(), files=[photo, page]).raw)
    files = list(message.iter_attachments())
    assert files[0].get_content() == photo.content
    assert (files[0].get_filename(), files[0].get_content_type()) == ("foto jalan.jpg", "image/jpeg")
    assert files[1].get_content_type() == "application/octet-stream"
    assert "/" not in str(files[1].get_filename())


def test_subject_names_ticket_and_wish() -> None:
    """Ticket number first, then what is wanted, then the matter."""
    subject = parsed(WRITER.compose(letter("reminder"), ticket()).raw)["Subject"]
    assert subject == "[C-2026-000001] Mengingatkan: Jalan berlubang di depan pasar"


def test_dates_are_indonesian() -> None:
    """Jumat, 7 Agustus 2026 pukul 16.00 WIB."""
    from mail.write.words import moment

    assert moment(datetime.fromisoformat("2026-08-07T09:00:00+00:00")) == "Jumat, 7 Agustus 2026 pukul 16.00 WIB"

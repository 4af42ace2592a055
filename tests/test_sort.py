"""What a mail is, told from whole mails: each rule of the table, and the traps between two of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import Unreadable
from engine.reading import Kind, Speaker, Status
from mail.sort import Intake, Tools, city_tools, understand
from mail.sort.identity import number_in, reply_address, speaker
from mail.sort.kinds import judge
from mail.sort.train import read_texts
from tests.plain_reader import plain_read

TO = "aduan@sibadra.kotabogor.example"
REPLY_TO = "aduan+c2026000123.1z.k3vq7m2hx5dpa4ne@sibadra.kotabogor.example"
OURS = "<c2026000123.1z.8f3k2j1h.k3vq7m2hx5dpa4ne@sibadra.kotabogor.example>"
LURAH = "lurah@kelcipaku.kotabogor.example"


@pytest.fixture(scope="module")
def tools() -> Tools:
    """The packaged city."""
    return city_tools()


def mail(text: str, *, sender: str = "Budi <budi@surel.example>", to: str = TO, head: str = "") -> bytes:
    """A plain mail."""
    fixed = f"From: {sender}\nTo: {to}\nDate: Mon, 3 Aug 2026 10:00:00 +0700\nMIME-Version: 1.0\n"
    return f"{fixed}Content-Type: text/plain; charset=utf-8\n{head}\n{text}\n".encode()


CASES: dict[str, tuple[Kind, bytes]] = {
    "complaint": (Kind.COMPLAINT, mail("Lampu jalan di depan SDN Ardio mati sejak Senin.", head="Subject: lampu\n")),
    "all in the subject": (Kind.COMPLAINT, mail("", head="Subject: AIR PAM MATI 3 HARI DI BLOK C\n")),
    "empty": (Kind.EMPTY, mail("", head="Subject: lapor\n")),
    "no subject": (Kind.EMPTY, mail("", head="Subject: (tidak ada subjek)\n")),
    "greeting only": (Kind.EMPTY, mail("Assalamualaikum wr wb, mohon bantuannya pak", head="Subject: Pengaduan\n")),
    "status by number": (
        Kind.STATUS,
        mail("Pak, C-2026-000123 sudah ditindaklanjuti belum ya?", head="Subject: tanya\n"),
    ),
    "status in a thread": (
        Kind.STATUS,
        mail("sudah sampai mana prosesnya ya?", head=f"Subject: Re: Laporan Anda\nIn-Reply-To: {OURS}\n"),
    ),
    "thanks": (Kind.THANKS, mail("Makasih pak, lampunya sudah nyala lagi. Sehat selalu.", head="Subject: makasih\n")),
    "thanks, but": (
        Kind.COMPLAINT,
        mail(
            "Terima kasih got sudah dikeruk, tapi lumpurnya ditinggal dan bau. Tolong diangkut.", head="Subject: got\n"
        ),
    ),
    "new matter in a thread": (
        Kind.COMPLAINT,
        mail(
            "Terima kasih, yang kemarin sudah beres. Sekarang saya mau melaporkan hal lain, jalan di depan kantor"
            " kelurahan kami berlubang besar dan kemarin ada yang jatuh.",
            to=REPLY_TO,
            head=f"Subject: Re: Laporan Anda\nIn-Reply-To: {OURS}\n",
        ),
    ),
    "spam": (
        Kind.SPAM,
        mail("Pinjaman dana tunai tanpa jaminan, bunga ringan, langsung cair. Hubungi WA kami.", head="Subject: KTA\n"),
    ),
    "complaint about spam": (
        Kind.COMPLAINT,
        mail("Saya diteror pinjol padahal tidak pernah pinjam. Mohon dibantu lapor ke mana.", head="Subject: pinjol\n"),
    ),
    "newsletter": (
        Kind.SPAM,
        mail("Edisi Agustus. Baca selengkapnya.", head="Subject: Buletin\nList-Unsubscribe: <https://b.example>\n"),
    ),
    "official": (Kind.REPLY, mail("siap, kami cek", sender=LURAH, to=REPLY_TO, head="Subject: Re: Laporan\n")),
    "citizen's answer": (Kind.REPLY, mail("BELUM!! tidak ada yang datang", to=REPLY_TO, head="Subject: Re: Selesai\n")),
    "absence note": (
        Kind.AUTO,
        mail(
            "Saya cuti s.d. 14 Agustus.", sender=LURAH, to=REPLY_TO, head="Subject: x\nAuto-Submitted: auto-replied\n"
        ),
    ),
    "absence by hand": (
        Kind.REPLY,
        mail("Mohon izin, saya sedang diklat sampai Jumat.", sender=LURAH, to=REPLY_TO, head="Subject: Re: x\n"),
    ),
    "bounce": (
        Kind.BOUNCE,
        mail(
            "<x@y.example>: 550 5.1.1 User unknown. Your message could not be delivered.",
            sender="MAILER-DAEMON@y.example",
            head="Subject: Undelivered Mail Returned to Sender\n",
        ),
    ),
    "receipt in words": (
        Kind.RECEIPT,
        mail("Pesan Anda telah dibaca pada 3 Agustus 2026 10:12.", sender=LURAH, head="Subject: Dibaca: Laporan\n"),
    ),
    "address told as undeliverable": (
        Kind.COMPLAINT,
        mail("email pak lurah tidak bisa saya kirimi, kotaknya penuh terus", head="Subject: email lurah\n"),
    ),
}


@pytest.mark.parametrize(("kind", "raw"), CASES.values(), ids=CASES)
def test_kind(kind: Kind, raw: bytes, tools: Tools) -> None:
    """A mail is what its name says; where the router sends it outside the city it may be external."""
    found = understand(raw, tools=tools).kind
    assert found == kind or (kind is Kind.COMPLAINT and found is Kind.EXTERNAL)


def test_attached_letter_is_something_to_act_on(tools: Tools) -> None:
    """An empty body with a PDF is a complaint with an attachment; with only a photo it is empty."""
    body = (
        "--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: {}; name={}\n"
        "Content-Transfer-Encoding: base64\n\nQUJD\n--b--"
    )
    head = f"From: a@surel.example\nTo: {TO}\nSubject: lapor\nContent-Type: multipart/mixed; boundary=b\n\n"
    letter = (head + body.format("application/pdf", "surat.pdf")).encode()
    photo = (head + body.format("image/jpeg", "IMG-20260803-WA0012.jpg")).encode()
    told = (head + body.format("image/jpeg", "lampu mati jalan ardio.jpg")).encode()
    assert understand(letter, tools=tools).kind is not Kind.EMPTY
    assert understand(photo, tools=tools).kind is Kind.EMPTY
    assert understand(told, tools=tools).kind is not Kind.EMPTY


def test_examined_as_told(tools: Tools) -> None:
    """`as_` reads a mail as an answer or routes it, whoever sent it; a bounce or a machine is never made up."""
    raw = mail("Sudah selesai dikerjakan tadi pagi.", head="Subject: kabar\n")
    assert understand(raw, tools=tools, as_=Kind.REPLY).answer is not None
    assert understand(raw, tools=tools, as_=Kind.COMPLAINT).route is not None
    for asked in (Kind.BOUNCE, Kind.AUTO):
        reading = understand(raw, tools=tools, as_=asked)
        assert reading.kind is not asked
        assert reading.bounce is None
        assert reading.automatic is None
    note = mail("Saya cuti.", sender=LURAH, head="Subject: Balasan otomatis: x\n")
    assert understand(note, tools=tools, as_=Kind.AUTO).automatic is not None


def test_machine_never_answers(tools: Tools) -> None:
    """What a machine sent carries no Answer, though it says that work will be done."""
    raw = mail(
        "Laporan diterima dan selesai.", sender=LURAH, to=REPLY_TO, head="Subject: x\nAuto-Submitted: auto-replied\n"
    )
    reading = understand(raw, tools=tools)
    assert reading.kind is Kind.AUTO
    assert reading.answer is None


def test_official_and_citizen_are_told_apart(tools: Tools) -> None:
    """A mailbox of the directory or of a unit's domain speaks for that unit; anyone else is a citizen."""
    city = tools.directory
    unit = city.positions["kelcipaku.lurah"].unit
    assert speaker(plain_read(mail("x", sender=LURAH)), city) == (Speaker.OFFICIAL, unit)
    assert speaker(plain_read(mail("x", sender="staf@kelcipaku.kotabogor.example")), city)[0] is Speaker.OFFICIAL
    assert (
        speaker(plain_read(mail("x", sender="lurah@kelcipaku.kotabogor.example.jahat.example")), city)[0]
        is Speaker.CITIZEN
    )


def test_same_word_means_another_thing_from_each(tools: Tools) -> None:
    """`sudah` confirms from a citizen and tells of finished work from an official."""
    head = f"Subject: Re: x\nIn-Reply-To: {OURS}\n"
    citizen = understand(mail("SUDAH", to=REPLY_TO, head=head), tools=tools)
    official = understand(mail("sudah selesai pak", sender=LURAH, to=REPLY_TO, head=head), tools=tools)
    assert citizen.answer is not None
    assert citizen.answer.status is Status.CONFIRMED
    assert official.answer is not None
    assert official.answer.status is Status.DONE


def test_order_to_another_unit_with_a_copy_to_us_hands_on(tools: Tools) -> None:
    """An official who writes to another unit's mailbox and copies us has forwarded the report to that unit."""
    other = tools.directory.positions["dpupr.kasi.jalan"]
    head = f"Subject: FW: Laporan\nCc: {REPLY_TO}\nIn-Reply-To: {OURS}\n"
    order = "Mohon segera ditindaklanjuti dan laporkan kepada saya dalam 2 hari."
    said = understand(mail(order, sender=LURAH, to=other.mailbox, head=head), tools=tools).answer
    assert said is not None
    assert (said.status, said.target, said.promised) == (Status.FORWARDED, other.unit, None)
    plain = understand(mail("besok kami cek", sender=LURAH, to=REPLY_TO, head=head), tools=tools).answer
    assert plain is not None
    assert plain.status is not Status.FORWARDED


@pytest.mark.parametrize(
    "head",
    [
        f"Delivered-To: {REPLY_TO}\n",
        f"X-Original-To: {REPLY_TO}\n",
        f"Received: from a by b with ESMTPS id 1 for <{REPLY_TO}>; Mon, 3 Aug 2026\n",
        f"Cc: {REPLY_TO}\n",
    ],
)
def test_reply_address_is_found_wherever_it_stands(head: str) -> None:
    """The address that only our letters carry is found in delivery headers, Received and Cc."""
    assert reply_address(plain_read(mail("x", head=head)), None, Intake()) == REPLY_TO


def test_intake_address_is_no_reply_address() -> None:
    """The open address and addresses elsewhere tell nothing."""
    assert not Intake().is_reply_address(TO)
    assert not Intake().is_reply_address("aduan+x@lain.example")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("nomor C-2026-000123 ya", "C-2026-000123"),
        ("no c-2026-12", None),
        ("C2026000123", "C-2026-000123"),
        ("C-2026-01377", "C-2026-001377"),
        ("tidak ada nomor", None),
    ],
)
def test_ticket_number_is_read(text: str, number: str | None) -> None:
    """A number is read in the forms people write it in, and not guessed from two digits."""
    assert number_in(text) == number


def test_written_texts_are_judged_as_labelled() -> None:
    """Of the texts that the model learned from at least 97 in 100 are judged as labelled: it has learned them."""
    rows = [row for row in read_texts() if row[0] != "empty"]
    right = 0
    for kind, subject, text in rows:
        message = plain_read(mail(text, head=f"Subject: {subject}\n"))
        right += judge(message, text).value == kind
    assert right / len(rows) >= 0.97


@pytest.mark.parametrize(
    "text",
    [
        "air keruh udah saya laporin ke pdam 3x ga ada hasil, di Mulyaharja",
        "Got di depan rumah saya di Jl. Ceremai mampet, sudah lapor RW ga ada kabar",
        "Pengaduan saya ke dinsos soal PKH tidak ada jawaban",
        "KTP saya sudah setahun belum jadi, gimana kabarnya?",
        "tolong tindak lanjuti laporan warga RT 3 soal banjir di Jl. Pengadilan",
        "petugas kelurahan ga pernah balas laporan saya soal KK",
        "petugas aduan di kominfo gak pernah balas laporan saya, malah saya dimarahi",
        "sy uda ngadu ke pak camat jg soal galian, ga pernah dijawab. laporan saya percuma",
        "Akta anak saya kapan selesai ya? sudah dua bulan",
        "min, sudah lapor ke polsek soal balap liar, ga ada tindak lanjutnya",
    ],
)
def test_a_report_made_elsewhere_is_a_complaint(text: str) -> None:
    """What PDAM, RT, kelurahan or a dinas did not answer, and a paper that is late, are matters for us."""
    assert judge(plain_read(mail(text, head="Subject: \n")), text) is Kind.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "laporan saya ke si badra soal got di Cipaku, sudah diteruskan ke PUPR belum?",
        "Saya sudah lapor lewat email ini soal sampah, katanya diteruskan ke dinas LH, tapi belum ada kabar",
        "C-2026-000219 itu sudah lapor kelurahan juga, kabarnya gimana?",
        "gimana laporan saya?",
    ],
)
def test_a_report_made_here_is_asked_after(text: str) -> None:
    """An office that is named on the way does not hide that the report was ours."""
    assert judge(plain_read(mail(text, head="Subject: \n")), text) is Kind.STATUS


def test_praise_is_told_from_its_doubles() -> None:
    """Thanks that turn into a matter, and scorn, are complaints; praise stays praise: at least 94 in 100 texts."""
    lines = (Path(__file__).parent / "corpus" / "kinds_praise.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    wrong = []
    lost = []
    for kind, subject, text in rows:
        said = judge(plain_read(mail(text, head=f"Subject: {subject}\n")), text).value
        wrong += [text] * (said != kind)
        lost += [text] * (said == "thanks" != kind)
    assert len(rows) >= 58
    assert len(wrong) <= 0.06 * len(rows), wrong
    assert not lost, lost


HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            [b"From: \xff\n", b"Subject: Re:\n", b"\n\n", b"In-Reply-To: <@sibadra.kotabogor.example>\n", b"To: ,,\n"]
        ),
        st.binary(max_size=80),
    ),
    max_size=20,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_any_bytes_are_sorted_or_unreadable(pieces: list[bytes]) -> None:
    """Whatever the bytes, a Reading comes out or Unreadable is raised."""
    try:
        reading = understand(b"".join(pieces), tools=_kept())
    except Unreadable:
        return
    assert reading.kind in Kind


_tools: list[Tools] = []


def _kept() -> Tools:
    if not _tools:
        _tools.append(city_tools())
    return _tools[0]


def test_a_wrong_clock_moves_no_promise() -> None:
    """A Date header far from the time of arrival is not believed; one that is near is."""
    from datetime import datetime

    from engine.calendar.working import JAKARTA
    from engine.message import Envelope
    from mail.sort import city_tools, understand

    tools = city_tools()
    to = "aduan+c2026000001.4.aaaabbbbccccdddd@sibadra.kotabogor.example"
    came = datetime(2026, 8, 5, 9, 0, tzinfo=JAKARTA)
    for header, promised in (
        ("Wed, 25 Nov 2026 09:00:00 +0700", "2026-08-06"),
        ("Tue, 4 Aug 2026 20:00:00 +0700", "2026-08-05"),
    ):
        raw = (
            f"From: kasi.jalan@dpupr.kotabogor.example\r\nTo: {to}\r\n"
            f"Subject: Re: [C-2026-000001] Jalan\r\nDate: {header}\r\n\r\nPROSES\r\nselesai besok\r\n"
        )
        reading = understand(raw.encode(), Envelope("kasi.jalan@dpupr.kotabogor.example", (to,), came), tools=tools)
        assert reading.answer is not None
        assert str(reading.answer.promised) == promised


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied\nSubject: Re: Surat",
        "Return-Path: <>\nSubject: Re: Surat",
        "Subject: Automatic reply: Surat",
    ],
)
def test_an_absence_in_english_is_no_advertisement(head: str) -> None:
    """What a machine answers is told from advertising by its marks, whatever language it speaks."""
    text = "I am out of the office until 12 August with limited access to email. For urgent matters contact Ani."
    raw = f"From: a@surel.example\nTo: aduan@sibadra.kotabogor.example\n{head}\n\n{text}\n".encode()
    assert understand(raw, tools=city_tools()).kind is Kind.AUTO


def test_a_line_to_reply_above_marks_a_desk() -> None:
    """The line is cut from the new text, and still it tells of the machine."""
    raw = (
        b"From: Support <s@surel.example>\nTo: aduan@sibadra.kotabogor.example\nSubject: Surat\n\n"
        b"##- Please type your reply above this line -##\n\nHello, we are looking at it.\n"
    )
    assert understand(raw, tools=city_tools()).automatic is not None

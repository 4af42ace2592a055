"""Letters: every kind renders in both forms and languages, is valid mail, and says what its reader needs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from engine.letter import Letter, Reader
from engine.message import Attachment
from engine.ticket import Ticket
from engine.workflow import problems
from mail.address import Addresses, ReplyTo
from mail.read import read
from mail.write import Writer, template_kinds
from mail.write.letters import MAX_FILES, City
from mail.write.render import kinds
from mail.write.sample import CITIZEN, LOOSE, NOW, SUPERIOR, TEXT, sample
from mail.write.words import moment
from workflows.complaint import COMPLAINT

ADDRESSES = Addresses(b"k" * 32, domain="sibadra.kotabogor.example")
WRITER = Writer(ADDRESSES)
KINDS = sorted(template_kinds())
ENGLISH = ("we", "you", "the", "your", "please", "report", "update", "link", "upload", "email", "e-mail", "online")
ASKING = (
    "task", "reminder", "news", "disputed", "citizen_answer", "promise_broken", "promise_soon", "settlement",
    "superior_comment", "triage", "escalation", "not_understood", "incomplete",
)  # fmt: skip
SILENT = ("handed_over", "closed_notice", "confirmed_notice", "withdrawn_notice", "copy", "not_yours", "digest")


def written(kind: str, language: str = "id", **changes: object) -> EmailMessage:
    """The sample letter of a kind, as the standard library reads it."""
    return parsed(WRITER.compose(*_given(kind, language, **changes), place="Kelurahan Sempur").raw)


def _given(kind: str, language: str = "id", **changes: object) -> tuple[Letter, Ticket | None]:
    made = sample(kind, ADDRESSES, language)
    of_ticket = {k: v for k, v in changes.items() if k in Ticket.__dataclass_fields__ and k != "state"}
    data = {**made.letter.data, **{k: v for k, v in changes.items() if k not in of_ticket}}
    ticket = replace(made.ticket, **of_ticket) if made.ticket else None  # type: ignore[arg-type]
    return replace(made.letter, data=data), ticket


def parsed(raw: bytes) -> EmailMessage:
    """The mail as the standard library reads it; it must find nothing wrong."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert not part.defects
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return message


def text_of(message: EmailMessage) -> str:
    """The text form."""
    part = message.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(message: EmailMessage) -> str:
    """The HTML form."""
    part = message.get_body(("html",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


class Words(HTMLParser):
    """What a person sees of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Links are kept; tags that stay open are remembered."""
        if tag not in ("br", "meta"):
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        """Every tag closes the last one open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """The words, styles apart."""
        if "style" not in self.open:
            self.seen.append(data)


def test_every_letter_of_the_table_has_a_template() -> None:
    """The workflow's own check finds no letter without a template."""
    assert problems(COMPLAINT, template_kinds()) == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_letter_in_both_forms(kind: str, language: str) -> None:
    """Each kind has a salutation, a closing, its number, 72 columns, no empty label, and well-formed HTML."""
    message = written(kind, language)
    text = text_of(message)
    assert text.startswith("Yth. " if language == "id" or kind not in kinds("en") else "Dear ")
    assert text.endswith("Tim Si Badra, Pemerintah Kota Bogor\n")
    assert all(len(line) <= 72 for line in text.split("\n") if "maps.example" not in line)
    assert "\n\n\n" not in text
    for wrong in ("None", "{{", "()", ": .", " ,", " .", "..", ",.", "[]"):
        assert wrong not in text.replace(TEXT, "")
    assert not re.search(r"^\w[\w ]*: *$", text.split("Isi laporan:")[0].replace("ini:", ""), re.M) or "\n    " in text
    words = Words(html_of(message))
    assert words.open == []
    flat = " ".join("".join(words.seen).split())
    assert text.split("\n")[0] in flat
    if kind not in LOOSE:
        assert "C-2026-000123" in message["Subject"]
        assert "C-2026-000123" in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("with_ticket", [True, False])
def test_every_kind_renders_with_nothing_known(kind: str, reader: Reader, with_ticket: bool) -> None:
    """No data at all, or no ticket, still gives a letter and no empty phrase."""
    made = sample(kind, ADDRESSES)
    letter = replace(made.letter, data={}, reader=reader, name="")
    ticket = sample("task", ADDRESSES).ticket if with_ticket else None
    text = text_of(parsed(WRITER.compose(letter, ticket).raw))
    assert text.startswith("Yth. ")
    for wrong in ("None", "{{", " ,", "  .", "..", " . "):
        assert wrong not in text


@pytest.mark.parametrize("kind", KINDS)
def test_indonesian_letters_hold_no_english(kind: str) -> None:
    """No English word in a letter in Indonesian, and none refuses in its subject."""
    message = written(kind)
    words = set(re.findall(r"[a-z-]+", text_of(message).replace("Kota Bogor", "").lower()))
    if kind != "bounce_report":  # quotes a mail server
        assert not words & set(ENGLISH)
    assert "ditolak" not in message["Subject"].lower()
    assert "tolak" not in message["Subject"].lower()


@pytest.mark.parametrize("kind", sorted(kinds("en")))
def test_english_letters_of_citizens_hold_no_indonesian(kind: str) -> None:
    """The English letter says so in its headers and is English but for names, quotations and the words of command."""
    message = written(kind, "en")
    assert message["Content-Language"] == "en"
    own = re.sub(r"^    .*$|Tim Si Badra.*|Matter .*|.*(Dinas|PLN).*", "", text_of(message), flags=re.M)
    assert not {"laporan", "anda", "kami", "mohon", "balas"} & set(re.findall(r"[a-z]+", own.lower()))


@pytest.mark.parametrize("kind", CITIZEN)
def test_every_citizens_kind_exists_in_english(kind: str) -> None:
    """A citizen who writes English is answered in English throughout; officials never are."""
    assert kind in kinds("en")
    assert written("task", "en")["Content-Language"] == "id"


@pytest.mark.parametrize("kind", ASKING)
def test_letters_that_ask_offer_the_words_allowed_now(kind: str) -> None:
    """Each word stands in the text and behind a button that opens an answer beginning with it."""
    letter, ticket = _given(kind)
    message = parsed(WRITER.compose(letter, ticket).raw)
    text, links = text_of(message), Words(html_of(message)).links
    offered = letter.data["words"]
    assert isinstance(offered, list)
    assert offered
    for word, _, _ in offered:
        assert word in text
        assert any(f"&body={word.replace(' ', '%20')}" in link for link in links)
    assert all(link.startswith("mailto:aduan%2Bc2026000123.") for link in links)


@pytest.mark.parametrize("kind", SILENT)
def test_letters_that_ask_nothing_have_no_buttons(kind: str) -> None:
    """What is only told has nothing to press."""
    letter, ticket = _given(kind, words=[["TERIMA", "laporan diterima", ""]])
    assert Words(html_of(parsed(WRITER.compose(letter, ticket).raw))).links == []


def test_a_superior_decides_by_button() -> None:
    """INGATKAN, ALIHKAN, SAYA TANGANI and TUTUP come first, in this order."""
    for kind in SUPERIOR[:4]:
        links = Words(html_of(written(kind, state="forwarded"))).links
        if links:
            bodies = [link.partition("&body=")[2] for link in links[:4]]
            assert bodies == ["INGATKAN%0D%0A", "ALIHKAN%20%0D%0A", "SAYA%20TANGANI%0D%0A", "TUTUP%20%0D%0A"]


def test_a_citizen_confirms_disputes_and_rates_by_button() -> None:
    """SUDAH, BELUM and the five grades."""
    links = Words(html_of(written("done"))).links
    bodies = [link.partition("&body=")[2] for link in links]
    assert bodies == ["SUDAH%0D%0A", "BELUM%0D%0A", *(f"NILAI%20{n}%0D%0A" for n in range(1, 6))]


def test_states_are_told_to_their_reader() -> None:
    """`Menunggu jawaban Anda` is for the citizen; an official reads that the reporter is waited for."""
    assert "menunggu jawaban Anda" in text_of(written("status", state="need_info"))
    letter, ticket = _given("status", state="need_info")
    text = text_of(parsed(WRITER.compose(replace(letter, reader=Reader.OFFICIAL), ticket).raw))
    assert "menunggu jawaban pelapor" in text
    assert "Anda" not in text


def test_first_sentence_of_a_task_is_what_is_asked() -> None:
    """The answer's last moment, in the city's clock."""
    lines = text_of(written("task")).split("\n")
    assert lines[0] == "Yth. Kepala Seksi Pemeliharaan Jalan dan Jembatan"
    assert lines[2] == "Mohon jawaban paling lambat Senin, 3 Agustus 2026 pukul 15.40 WIB."


@pytest.mark.parametrize(
    ("name", "salutation"),
    [
        ("Rina Kartika", "Yth. Bapak/Ibu Rina Kartika"),
        ("", "Yth. Pelapor"),
        ("rina@warga.example", "Yth. Pelapor"),
        ("0812345", "Yth. Pelapor"),
        ("  'Rina'\r\n ", "Yth. Bapak/Ibu Rina"),
        ("https://iklan.example", "Yth. Pelapor"),
    ],
)
def test_salutation_of_a_citizen(name: str, salutation: str) -> None:
    """By name where it is one, else as the reporter."""
    letter, ticket = _given("receipt")
    assert text_of(parsed(WRITER.compose(replace(letter, name=name), ticket).raw)).split("\n")[0] == salutation


@pytest.mark.parametrize(
    ("note", "reason", "told"),
    [
        ("SELESAI", "", ""),
        ("SELESAI.", "", ""),
        ("TERIMA KASIH.", "", "TERIMA KASIH."),
        ("Sudah kami tambal.", "Sudah kami tambal.", "Sudah kami tambal."),
        (
            "PROSES\nSedang digali.\nBesok ditutup.",
            "Sedang digali. Besok ditutup.",
            "Sedang digali.\n    Besok ditutup.",
        ),
        ("TUNDA 12 Agustus karena aspal habis", "12 agustus karena aspal habis", "12 agustus karena aspal habis"),
    ],
)
def test_words_of_command_are_not_quoted_to_the_citizen(note: str, reason: str, told: str) -> None:
    """The citizen reads what the office wrote, without the word that drives the engine."""
    text = text_of(written("update", note=note, reason=reason))
    if told:
        assert f"Jawaban petugas:\n\n    {told}\n" in text
    else:
        assert "Jawaban petugas" not in text


def test_letters_drawn_together_tell_the_earlier_news() -> None:
    """What waited stands below the newest; an office's words about handing over stay inside the city."""
    earlier = [
        {"at": NOW.isoformat(), "state": "accepted", "event": "accept", "by_office": "Dinas A", "note": "Akan dicek."},
        {
            "at": NOW.isoformat(),
            "state": "forwarded",
            "event": "hand_over",
            "by_office": "Dinas A",
            "note": "Bukan kami.",
        },
    ]
    text = text_of(written("update", earlier=earlier))
    assert "Akan dicek." in text
    assert "Bukan kami." not in text


def test_reply_address_is_signed_for_this_mailbox() -> None:
    """The Reply-To verifies for the mailbox it was written to and for no other."""
    claim = ADDRESSES.parse(str(written("task")["Reply-To"]))
    assert isinstance(claim, ReplyTo)
    assert claim.verify("kasi.jalan@dpupr.kotabogor.example")
    assert not claim.verify("kasi.parkir@dishub.kotabogor.example")


def test_our_own_reader_reads_the_same() -> None:
    """What the engine's reading finds in a letter of ours is what was written."""
    message = read(
        WRITER.compose(
            *_given("task", subject="Pasar “Anyar” rusak 🙏 di depan gerbang utama sejak Senin"), place=""
        ).raw
    )
    assert "Pasar “Anyar” rusak 🙏 di depan gerbang utama sejak Senin" in message.subject
    assert (message.plain or "").startswith("Yth. Kepala Seksi Pemeliharaan Jalan dan Jembatan")
    assert message.warnings == ()


def test_subject_names_ticket_and_wish() -> None:
    """Ticket number first, then what is wanted, then the matter."""
    assert written("reminder")["Subject"] == "[C-2026-000123] Mengingatkan: Jalan berlubang di depan Pasar Devris"


def test_automatic_letters_say_so() -> None:
    """RFC 3834: answers are auto-replied, others auto-generated; no Precedence; a bounce comes only where wanted."""
    for kind, value, bounces in (
        ("receipt", "auto-replied", True), ("noted", "auto-replied", False), ("task", "auto-generated", True),
    ):  # fmt: skip
        letter, ticket = _given(kind)
        made = WRITER.compose(letter, ticket)
        message = parsed(made.raw)
        assert message["Auto-Submitted"] == value
        assert message["Precedence"] is None
        assert bool(made.reverse_path) is bounces


def test_letters_of_a_thread_stand_together() -> None:
    """In-Reply-To names the last earlier letter, References all of them, each line short."""
    letter, ticket = _given("reminder")
    before = [f"c2026000123.{n}.8f3k2j1h.k3vq7m2hx5dpa4ne@sibadra.kotabogor.example" for n in range(4)]
    message = parsed(WRITER.compose(letter, ticket, previous=before).raw)
    assert message["In-Reply-To"] == f"<{before[-1]}>"
    assert str(message["References"]).split() == [f"<{one}>" for one in before]


def test_files_are_exact_and_inert() -> None:
    """A photo travels byte for byte; a file that could run travels as plain bytes under a safe name."""
    photo = Attachment("foto jalan.jpg", "image/jpeg", bytes(range(256)) * 50, "x")
    page = Attachment("../../etc/x\r\n.html", "text/html", b"<script>", "y")
    letter, ticket = _given("task")
    message = parsed(WRITER.compose(letter, ticket, files=[photo, page]).raw)
    files = list(message.iter_attachments())
    assert files[0].get_content() == photo.content
    assert (files[0].get_filename(), files[0].get_content_type()) == ("foto jalan.jpg", "image/jpeg")
    assert files[1].get_content_type() == "application/octet-stream"
    assert "/" not in str(files[1].get_filename())
    assert "Lampiran      : 2 berkas (foto jalan.jpg, 13 KB; etc_x.html, 1 KB)" in text_of(message)


def test_long_file_names_survive() -> None:
    """A name of any script and length comes back from its numbered pieces."""
    for name in ("Foto jalan rusak é ü 日本語 " * 3 + ".jpg", "日本" * 40 + ".png", "a" * 110 + ".pdf"):
        letter, ticket = _given("task")
        message = parsed(WRITER.compose(letter, ticket, files=[Attachment(name, "image/jpeg", b"x", "x")]).raw)
        assert next(message.iter_attachments()).get_filename() == name[-120:]


def test_files_beyond_the_limit_stay_and_the_letter_says_so() -> None:
    """What does not fit is counted in the letter; what fits still goes."""
    small, large = (
        Attachment("a.jpg", "image/jpeg", b"x", "a"),
        Attachment("b.jpg", "image/jpeg", b"y" * MAX_FILES, "b"),
    )
    letter, ticket = _given("task")
    message = parsed(WRITER.compose(letter, ticket, files=[small, large]).raw)
    assert len(list(message.iter_attachments())) == 1
    text = " ".join(text_of(message).split())
    assert "1 berkas (a.jpg, 1 KB); 1 berkas tidak disertakan karena melebihi batas ukuran surat (21 MB)" in text


def test_dates_are_indonesian() -> None:
    """Jumat, 7 Agustus 2026 pukul 16.00 WIB."""
    assert moment(datetime.fromisoformat("2026-08-07T09:00:00+00:00")) == "Jumat, 7 Agustus 2026 pukul 16.00 WIB"


@pytest.mark.parametrize("kind", ["receipt", "joined", "external"])
def test_who_is_in_danger_reads_first_whom_to_call(kind: str) -> None:
    """The city's own number stands before all else; a city without one names none, and who is safe reads none."""
    letter, ticket = _given(kind, urgent=True)
    for number in ("112", "919"):
        body = text_of(parsed(Writer(ADDRESSES, City(emergency_number=number)).compose(letter, ticket).raw))
        assert body.split("\n\n")[1].startswith(f"*** Bila ada yang dalam bahaya, segera telepon {number}.")
    assert "telepon" not in text_of(parsed(Writer(ADDRESSES, City(emergency_number="")).compose(letter, ticket).raw))
    assert "segera telepon" not in text_of(written(kind))

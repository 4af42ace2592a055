"""The whole engine on raw mails without a socket, and reporters made up with all that could tell who they are."""

from __future__ import annotations

import base64
import html
import io
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote

from engine.errors import Temporary
from engine.letter import Letter, LetterState, Reader
from engine.message import Envelope
from engine.ticket import Ticket
from mail.app import App
from mail.settings import check, new_key
from mail.submit.relay import Outgoing
from mail.submit.relay import Sent as Taken
from tests.test_write_secret import chunk, exif, jpeg, png
from tests.world import MONDAY

DOMAIN = "sibadra.kotabogor.example"
INTAKE = f"aduan@{DOMAIN}"


@dataclass
class MemoryRelay:
    """Takes every letter, or none while it is busy."""

    taken: list[Outgoing] = field(default_factory=list)
    busy: bool = False

    def send(self, letters: Sequence[Outgoing]) -> list[Taken | Temporary]:
        """250 to each, or 451."""
        if self.busy:
            return [Temporary("451 4.3.0 try again") for _ in letters]
        self.taken += letters
        return [Taken("250 2.0.0 Ok") for _ in letters]

    def close(self) -> None:
        """Nothing is open."""


class House:
    """An app on a fresh database; its clock is the test's, its relay keeps what it gets."""

    def __init__(self, folder: Path) -> None:
        new_key(folder / "sibadra.key")
        self.now = MONDAY
        given = {"intake": {"domain": DOMAIN, "smtp": "127.0.0.1:0"}, "watch": {"receipts": False}}
        self.app = App.open(check(given, folder / "sibadra.toml"), lambda: self.now, random.Random(5))
        self.app.store._db.execute_sql("PRAGMA synchronous = OFF")
        self.relay = MemoryRelay()
        self.app.__dict__["relay"] = self.relay

    def receive(self, raw: bytes, to: str = INTAKE, sender: str = "", peer: str = "") -> None:
        """A mail comes in and all it sets in motion goes out."""
        self.app.keep([(Envelope(sender, (to,), self.now, peer), raw)])
        self.app.settle(self.now)

    def wait(self, until: timedelta, step: timedelta = timedelta(hours=1)) -> None:
        """Time passes, with every clock struck at its hour."""
        end = self.now + until
        while self.now < end:
            self.now = min(end, self.now + step)
            self.app.settle(self.now)

    def newest(self) -> Ticket:
        """The last ticket that was opened."""
        return self.app.store.tickets(limit=1)[0]

    def ticket(self, number: int) -> Ticket:
        """A ticket by its row."""
        found = self.app.store.ticket(number)
        assert found is not None
        return found

    def last(self, ticket: Ticket, reader: Reader, address: str = "") -> Letter:
        """The newest letter that was sent to a citizen or to an office about a ticket."""
        sent = [
            one
            for one in self.app.store.letters_of(ticket.id)
            if one.state is LetterState.SENT and (one.reader is Reader.CITIZEN) == (reader is Reader.CITIZEN)
        ]
        return [one for one in sent if not address or one.address == address][-1]

    def read(self, letter: Letter) -> EmailMessage:
        """A letter as it was sent."""
        message = message_from_bytes(self.app.store.raw_letter(letter.id) or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def reply(self, letter: Letter, raw: bytes, sender: str) -> None:
        """Somebody answers a letter of ours at its own address."""
        self.now += timedelta(seconds=20)
        self.receive(raw, str(self.read(letter)["Reply-To"]), sender)

    def holder(self, ticket: Ticket) -> Letter:
        """The newest letter to whoever holds the ticket."""
        held = self.ticket(ticket.id).holder
        chair = self.app.directory.positions[held or ""]
        return self.last(ticket, Reader.OFFICIAL, chair.mailbox.lower())

    def answer(self, ticket: Ticket, text: str, files: Sequence[tuple[str, str, bytes]] = ()) -> None:
        """The holder answers with our letter quoted below."""
        letter = self.holder(ticket)
        quoted = "\n".join(f"> {line}" for line in _text(self.read(letter)).splitlines())
        body = f"{text}\n\nPada Sen, 3 Agu 2026 pukul 09.10 Si Badra <{INTAKE}> menulis:\n{quoted}\n"
        raw = mail(letter.address, letter.address, str(self.read(letter)["Reply-To"]), "Re: laporan", body, files=files)
        self.reply(letter, raw, letter.address)

    def to_offices(self) -> Iterator[tuple[Letter, bytes]]:
        """Every letter that an office got, with its bytes; those who asked for an identity apart."""
        for number in range(1, 1 + (self.app.store._quick.first('SELECT MAX("id") FROM "letter"') or (0,))[0]):
            letter = self.app.store.letter(number)
            if letter and letter.reader is not Reader.CITIZEN and letter.kind != "identity":
                yield letter, self.app.store.raw_letter(number) or b""


def mail(
    sender: str,
    address: str,
    to: str,
    subject: str,
    text: str,
    *,
    rich: str = "",
    files: Sequence[tuple[str, str, bytes]] = (),
    headers: Sequence[tuple[str, str]] = (),
    at: datetime = MONDAY,
) -> bytes:
    """A raw mail; `files` are (name, type, bytes)."""
    message = EmailMessage()
    message["From"] = f'"{sender}" <{address}>' if sender and "@" not in sender else address
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    for name, value in headers:
        message[name] = value
    message.set_content(text)
    if rich:
        message.add_alternative(rich, subtype="html")
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes(policy=policy.SMTP)


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""


@dataclass(frozen=True)
class Forms:
    """All that can be read in a mail, in lower case: its text in every form, its words, its digits without breaks."""

    text: str
    words: frozenset[str]
    digits: str


def every_form(raw: bytes) -> Forms:
    """A mail raw, decoded, without tags, without line breaks, with its links unquoted."""
    message = message_from_bytes(raw, policy=policy.default)
    pieces = [raw.decode("utf-8", "replace")]
    for part in message.walk():
        pieces += [f"{name}: {value}" for name, value in part.items()]
        pieces.append(str(part.get_filename() or ""))
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            pieces.append(content.decode("utf-8", "replace"))
            if part.get_content_maintype() != "text":
                pieces.append(content.decode("utf-16-le", "replace"))
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as inside:
                    pieces += [inside.read(one).decode("utf-8", "replace") for one in inside.namelist()]
    whole = "\n".join(pieces)
    plain = html.unescape(unquote(whole))
    bare = re.sub(r"<[^>]*>", "", plain)
    text = "\n".join([whole, plain, " ".join(bare.replace("\n> ", "\n").split())]).lower()
    digits = re.sub(r"(?<=\d)[ .()/-]{1,3}(?=\d)", "", text)
    return Forms(text, frozenset(re.findall(r"\w+", text)), digits)


@dataclass(frozen=True)
class Person:
    """A reporter and whatever tells who it is."""

    name: str
    address: str
    phone: str
    nik: str
    kk: str
    home: str
    peer: str
    message_id: str

    def found_in(self, mail: Forms) -> Iterator[str]:
        """What of the person a mail tells."""
        for part in self.name.lower().split():
            if part in mail.words:
                yield part
        local = self.address.partition("@")[0]
        for whole in (local, self.address, self.home, self.peer, self.message_id, self.name.replace(" ", "")):
            if whole.lower() in mail.text:
                yield whole
        for number in (self.phone.lstrip("0"), self.nik, self.kk):
            if number in mail.digits:
                yield number


OF_FILES = ("exif\0\0ii", "-6.5944", "%pdf", "core.xml", "+0900", "10.11.12.13")
"""What the made-up files and headers tell besides."""


NAMES = (
    "Budiman Sukarya", "Rohayati Ningsih", "Dedeh Kurniasari", "Asep Suherlan", "Ujang Permadi", "Yanti Marlina",
    "Togar Simatupang", "Made Wirawan", "Agustinus Hutapea", "Fatimah Azzahra", "Cecep Gorbachev", "Nyoman Suarjana",
    "Euis Komalasari", "Herman Wijayanto", "Lilis Sumarni", "Slamet Riyanto",
)  # fmt: skip
STREETS = ("Jl. Cendrawasih", "Gg. Mesjid", "Jl. Sawojajar", "Gang Haji Entong", "Perum Griya Asri Blok C")
MATTERS = (
    ("Pungli di kelurahan", "Petugas loket meminta uang 150 ribu untuk setiap surat keterangan usaha."),
    ("Setoran di dinas", "Bendahara memotong uang lembur kami 30 persen atas perintah kepala seksi."),
    ("Proyek trotoar", "Tebal cor di gambar 10 cm, yang dipasang hanya 6 cm, pengawas tahu semua."),
    ("Kandang ayam tetangga", "Kandang ayam di belakang musala baunya sangat menyengat setiap pagi."),
    ("Kafe bising", "Kafe di seberang masjid memutar musik keras sampai jam dua pagi setiap malam."),
    ("Pungutan sekolah", "Wali kelas mewajibkan sumbangan 850 ribu, yang belum bayar diumumkan di grup."),
)  # fmt: skip
WISHES = (
    "Mohon nama saya jangan disebut, saya takut dimusuhi tetangga.",
    "Mohon identitas saya dirahasiakan, saya pegawai di sana dan bisa dipecat.",
    "Tolong jangan kasih tahu siapa yang lapor.",
    "Hanya untuk Inspektorat, jangan sampai bocor ke dinas, ini menyangkut atasan saya.",
)


def person(rng: random.Random, number: int) -> Person:
    """A made-up reporter."""
    name = rng.choice(NAMES)
    local = rng.choice(("{0}.{1}", "{1}{0}", "{0}_{1}88", "si{0}")).format(*name.lower().split())
    digits = "".join(rng.choice("0123456789") for _ in range(8))
    return Person(
        name=name,
        address=f"{local}{number}@warga.example",
        phone=f"08{rng.choice(('12', '21', '57', '95'))}{digits}",
        nik=f"327101{rng.randrange(10**9, 10**10)}",
        kk=f"327102{rng.randrange(10**9, 10**10)}",
        home=f"{rng.choice(STREETS)} No. {rng.randrange(3, 200)}",
        peer=f"203.0.113.{rng.randrange(2, 250)}",
        message_id=f"{rng.getrandbits(60):x}.{number}@hp-{local}.example",
    )


def spelled(rng: random.Random, phone: str) -> str:
    """A phone number as people write it."""
    bare = phone[1:]
    return rng.choice(
        (phone, f"+62{bare}", f"62{bare}", f"+62 {bare[:3]}-{bare[3:7]}-{bare[7:]}",
         f"{phone[:4]}-{phone[4:8]}-{phone[8:]}", f"{phone[:4]} {phone[4:8]} {phone[8:]}",
         f"(+62) {bare}", f"0{bare[:3]}.{bare[3:7]}.{bare[7:]}")
    )  # fmt: skip


def spaced(rng: random.Random, number: str) -> str:
    """A NIK or KK as people write it."""
    return rng.choice(
        (number, " ".join(number[i : i + 4] for i in range(0, 16, 4)), f"{number[:6]}.{number[6:12]}.{number[12:]}")
    )


def told(rng: random.Random, who: Person) -> str:
    """Lines in which the reporter tells who it is."""
    first = who.name.split()[0]
    return "\n".join(
        rng.sample(
            (
                f"Perkenalkan saya {who.name}, NIK {spaced(rng, who.nik)}.",
                f"Saya tinggal di {who.home}.",
                f"Nama: {who.name}\nNo. KK: {spaced(rng, who.kk)}\nAlamat: {who.home}",
                f"Kalau perlu hubungi saya di {spelled(rng, who.phone)} atau {who.address}.",
                f"Pak RT bilang ke {first}: {first.upper()} jangan ikut campur.",
                f"Surat ini saya kirim dari {who.peer}.",
            ),
            rng.randrange(2, 5),
        )
    )


def signed(rng: random.Random, who: Person) -> str:
    """A signature."""
    lines = [who.name, rng.choice((who.home, "Warga RT 03")), spelled(rng, who.phone)]
    return f"{rng.choice(('Hormat saya,', 'Terima kasih.', 'Wassalam', '-- '))}\n" + "\n".join(lines)


def files(rng: random.Random, who: Person) -> list[tuple[str, str, bytes]]:
    """Files whose names and insides tell who made them."""
    stem = who.name.replace(" ", "_")
    author = who.name.encode()
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as made:
        made.writestr("docProps/core.xml", f"<dc:creator>{who.name}</dc:creator>")
        made.writestr("word/document.xml", f"<w:t>{who.nik}</w:t>")
    pdf = b"%PDF-1.4\n1 0 obj<</Author (" + author + b")>>endobj\ntrailer<</Info 1 0 R>>\n%%EOF"
    every = [
        (f"IMG_{stem}.jpg", "image/jpeg", jpeg(exif(), b"\xff\xfe" + bytes((0, len(author) + 2)) + author)),
        (f"{stem}.png", "image/png", png(chunk(b"tEXt", b"Author\0" + author))),
        (f"KTP {who.name}.pdf", "application/pdf", pdf),
        (f"surat-{stem}.docx", "application/octet-stream", docx.getvalue()),
        (f"{stem}.txt", "text/plain", f"{who.name} {who.nik}".encode()),
    ]
    return rng.sample(every, rng.randrange(len(every)))


def rich(text: str, who: Person) -> str:
    """The same in HTML, with a name cut by tags and written as entities."""
    first, *rest = who.name.split()
    coded = "".join(f"&#{ord(c)};" for c in first)
    lines = html.escape(text).replace("\n", "<br>\n")
    return f"<html><body><p>{lines}</p><div><b>{coded}</b> {' '.join(rest)}</div></body></html>"


def complaint(rng: random.Random, who: Person) -> bytes:
    """A confidential report that tells everything about its writer."""
    subject, matter = rng.choice(MATTERS)
    text = f"Selamat pagi.\n\n{matter}\n\n{told(rng, who)}\n\n{rng.choice(WISHES)}\n\n{signed(rng, who)}\n"
    shown = rng.choice((who.name, who.name.upper(), "", who.name.split()[0]))
    headers = [
        ("Message-ID", f"<{who.message_id}>"),
        ("X-Originating-IP", f"[{who.peer}]"),
        (
            "Received",
            f"from hp-{who.name.split()[0]} ([10.11.12.13]) by mx.warga.example; Mon, 3 Aug 2026 11:00:00 +0900",
        ),
        ("Organization", who.name),
    ]
    about = rng.choice((subject, f"{subject} dari {who.name}", f"Laporan {who.name.split()[0]}"))
    made = mail(shown, who.address, INTAKE, about, text, rich=rich(text, who) if rng.random() < 0.5 else "",
                files=files(rng, who), headers=headers)  # fmt: skip
    return made.replace(b"+0700", b"+0900", 1)


def more(rng: random.Random, who: Person, letter: EmailMessage, text: str) -> bytes:
    """The reporter's answer to our letter: tells more, and quotes our letter with its head in some program's way."""
    ours = _text(letter)
    head = ("Dari: Si Badra", "Dikirim: Senin, 3 Agustus 2026 10:12", f"Kepada: {who.name} <{who.address}>")
    block = "\n".join((*head, f"Subjek: {letter['Subject']}"))
    marked = "\n".join(f"> {line}" for line in ours.splitlines())
    first = who.name.split()[0]
    quote = rng.choice(
        (
            f"Pada Sen, 3 Agu 2026 pukul 10.12 Si Badra <{INTAKE}> menulis:\n{marked}",
            f"-----Pesan Asli-----\n{block}\n\n{ours}",
            f"{'_' * 32}\n{block}\n\n{ours}",
            f"On Mon, 3 Aug 2026 at 10:12 +0900, {who.name} <{who.address}> wrote:\n{marked}",
            marked + f"\n\nitu jawaban saya, {first}",
        )
    )
    body = f"{text}\n{told(rng, who)}\n\n{signed(rng, who)}\n\n{quote}\n"
    return mail(
        rng.choice((who.name, "")), who.address, str(letter["Reply-To"]), f"Re: {letter['Subject']}", body,
        files=files(rng, who) if rng.random() < 0.5 else (), rich=rich(body, who) if rng.random() < 0.4 else "",
        headers=[("Message-ID", f"<{rng.getrandbits(40):x}.{who.message_id}>"), ("In-Reply-To", letter["Message-ID"])],
    )  # fmt: skip


def encoded(text: str) -> bytes:
    """A text as base64 would hide it."""
    return base64.b64encode(text.encode())

"""From what a reply says to the event of the table it means, in the mouth of the one who said it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from engine.desk import matter
from engine.desk.phrases import Means, phrase, urged
from engine.desk.whom import WORDS, chair_beside_office, position_for, whom
from engine.desk.world import World
from engine.directory import find_chair, find_external, find_units
from engine.reading import Answer, Kind, Reading, Status
from engine.ticket import Role, State, Ticket, find_number

OFFICIAL = {
    Status.RECEIVED: "accept",
    Status.IN_PROGRESS: "progress",
    Status.DONE: "finish",
    Status.REJECTED: "reject",
    Status.FORWARDED: "hand_over",
    Status.NEED_INFO: "ask",
    Status.POSTPONED: "postpone",
}
CITIZEN = {
    Status.CONFIRMED: "confirm",
    Status.DISPUTED: "dispute",
    Status.WITHDRAWN: "withdraw",
    Status.INFO: "inform",
}
COMMANDS = {
    "SAYA TANGANI": "take",
    "ALIHKAN": "reassign",
    "INGATKAN": "remind",
    "TUTUP": "close",
    "GABUNG": "join",
    "PISAH": "split",
    "EKSTERNAL": "outside",
    "SAMARKAN": "veil",
    "RAHASIAKAN": "conceal",
    "LIHAT IDENTITAS": "look",
    "KELIRU": "undo",
    "MENDESAK": "urge",
    "STATUS": "status",
}
DESK = {Status.REJECTED: "reject", Status.NEED_INFO: "ask"}
UNDONE = (State.TRIAGE, State.FORWARDED, State.ACCEPTED, State.IN_PROGRESS, State.NEED_INFO, State.POSTPONED)
SETTLED = (State.CLOSED, State.REJECTED, State.EXTERNAL)
CERTAIN = 0.8
"""Confidence from which a citizen's prose ends a matter that nobody has said to be done."""
SURE = 0.7
"""Confidence from which the desk's prose is a refusal or a question, whatever offices it names."""
_SAME = frozenset(
    re.findall(
        "[a-z]+",
        """
    sama dengan dgn ini laporan nomor no duplikat dobel double ke saja aja gabung gabungkan digabung itu masalah kasus
    dari ya satu jadi kan gabungin satuin sm dg yang yg tadi kemarin barusan sebelumnya tiket aduan udah sudah ada di
    pak bu min tolong mohon dobelan dup persis
    """,
    )
)
_WHEN = frozenset(
    re.findall(
        "[a-z]+",
        """
        s d sd sampai smp hingga sampe dengan dgn ke pada di tanggal tgl hari jam pukul wib minggu pekan bulan bln tahun
        thn depan ini itu besok lusa nanti akhir awal pertengahan senin selasa rabu kamis jumat sabtu
        januari februari maret april mei juni juli agustus september oktober november desember
        jan feb mar apr jun jul agu agt ags sep sept okt nov des until mohon maaf pak bu ya dulu kami tunda ditunda
        """,
    )
)
_COURTESY = frozenset(
    re.findall(
        "[a-z]+",
        """
        yth kepada dear halo hai hi salam hormat kami saya selamat pagi siang sore malam assalamualaikum
        assalamu alaikum wassalamualaikum wassalam wassalamu wr wb wrwb warahmatullahi wabarakatuh terima kasih
        terimakasih makasih trims tks thx thanks nuhun hatur demikian mohon maaf maklum pak bu bapak ibu admin
        min tim sibadra badra si rekan ya ok oke baik siap best kind regards atas perhatian perhatiannya kerja
        sama kerjasamanya alasan
        """,
    )
)


_HAS_IT = re.compile(
    r"^\W*(?:sudah|sdh|udah|udh|telah|lagi|lg|sedang|sdg)\s+(?:di)?(?:tangani|kerja(?:kan|in)|urus|handle|proses)", re.I
)
"""An office that is said to have it already: nobody is told to take it."""
_OFFICE = re.compile(
    r"^\W*(?:(?:ke|kepada|kpd)\s+)?(?:dinas|badan|bagian|kantor|kasi|kabid|kasubag|kabag|seksi|bidang|upt|uptd|lurah|"
    r"camat|kelurahan|kecamatan|balai|perum\w*|kementerian|kemen\w+)(?:\s+[\w-]+){1,5}\W*$",
    re.IGNORECASE,
)
"""A line that can only be an office's name, though we know none by it."""
_DIGITS = re.compile(r"(?<!\d)(?:(\d{4})-?)?(\d{6})(?!\d)")


@dataclass(frozen=True, slots=True)
class Intent:
    """An event with its argument: `target` is a position id (assignments), an external code or a ticket number.

    `among` are the chairs and agencies between which the words leave the choice; `asked` that they must be chosen
    first, also where none can be offered. `urgent`, `hidden`: the desk says besides that the matter is, or that its
    reporter be hidden.
    """

    event: str
    target: str | None = None
    named: str = ""
    date: date | None = None
    reason: str = ""
    among: tuple[str, ...] = ()
    asked: bool = False
    urgent: bool = False
    hidden: bool = False


def intent(world: World, ticket: Ticket, role: Role, answer: Answer, reading: Reading) -> Intent:
    """What this answer asks of the table; "comment" (or "add" by a citizen) when no status is meant."""
    text = reading.text
    if role is Role.CITIZEN:
        # What his word can mean is decided by how the matter stands, not by his own report's being joined to it.
        main = matter.root(world.store, ticket) or ticket
        return Intent(_of_citizen(main, answer, reading, main.id != ticket.id), reason=text)
    command = COMMANDS.get(answer.command)
    if command == "reassign" and role is Role.HOLDER and not world.took_over(ticket, ticket.holder):
        return _hand_over(world, ticket, answer, text)  # a superior's word, by which the holder means TERUSKAN
    if command is not None:
        return _command(world, ticket, command, answer, text)
    if role is Role.DESK:
        return _desk(world, ticket, answer, text)
    event = OFFICIAL.get(answer.status, "comment")
    if event == "hand_over":
        said = _hand_over(world, ticket, answer, text)
        leads = role is Role.HOLDER and said.event == "hand_over" and world.leads(ticket)
        return replace(said, event="reassign") if leads else said
    if event == "reject" and answer.duty:
        event = "decline"
    reason = _reason(answer, text)
    if event == "postpone" and all(word in _WHEN for word in re.findall(r"[^\W\d_]+", reason.lower())):
        reason = ""  # when is not why
    return Intent(event, date=answer.promised, reason=reason)


def _of_citizen(ticket: Ticket, answer: Answer, reading: Reading, joined: bool) -> str:
    """What the citizen means, by the state his matter is in and what his mail is.

    Nobody's prose ends a report that was `joined` before the matter is done: he thanks for that, or wishes it.
    """
    if answer.command == "STATUS":
        return "status"
    event = CITIZEN.get(answer.status, "add")
    early = event == "confirm" and ticket.state in UNDONE
    doubted = answer.confidence < CERTAIN or (early and (joined or _courteous(reading.text)))
    if (early or event == "withdraw") and not answer.explicit and doubted:
        event = "add"
    waits = ticket.state in ("done", "need_info")
    objects = event == "dispute" and ticket.state in SETTLED
    if reading.kind is Kind.STATUS and not (waits and event != "add") and not objects:
        return "status"
    if reading.kind in (Kind.COMPLAINT, Kind.EXTERNAL) and reading.route is not None and event == "add" and not waits:
        return "new"
    if reading.kind is Kind.THANKS and event == "add":
        return "confirm" if ticket.state == "done" else "thanks"
    if answer.rating is not None and answer.rating <= 2 and event in ("add", "dispute") and _bare(reading.text):
        return "rate_low"
    if ticket.state == "need_info":
        return "inform" if event == "add" else event
    return "add" if event == "inform" else event


def _bare(text: str) -> bool:
    """Whether a rating stands without a word on what is wrong."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) <= 3 and not any(word.lower() in ("belum", "masih", "blm", "buka") for word in words)


def _reason(answer: Answer, text: str) -> str:
    """What is said beyond the bare command word; a greeting above it and a courtesy below are no reason."""
    if not answer.explicit:
        return text
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    written = (answer.evidence or answer.command).lower()
    while len(lines) > 1 and _courteous(lines[0]) and not lines[0].lower().startswith(written):
        lines.pop(0)
    # The command's own line is kept as it was written, without the word.
    words = max(1, len((answer.command or answer.evidence or "x").split()))
    said = " ".join(lines[0].split()[words:]).lstrip(":-–—,. ") if lines else ""
    told = [part for part in (said, *lines[1:]) if part]
    while told and _courteous(told[-1]):
        told.pop()
    return " ".join(told).strip()


def _courteous(line: str) -> bool:
    """Whether a line greets, thanks, or is the mould of a letter's example (`<alasan>`), and says nothing."""
    return all(word in _COURTESY for word in re.findall(r"[^\W\d_]+", line.lower())) and not re.search(r"\d", line)


def _hand_over(world: World, ticket: Ticket, answer: Answer, text: str) -> Intent:
    if answer.target in world.directory.externals:
        return Intent("decline", answer.target, answer.target or "", reason=text)
    named = answer.target or answer.argument
    if not answer.explicit:
        chair = chair_beside_office(world, answer, text) or position_for(world, ticket, answer.target)
        return Intent("hand_over", chair, named, reason=text)
    return replace(_assigned(world, ticket, "hand_over", answer), reason=_reason(answer, text))


def _assigned(world: World, ticket: Ticket, event: str, answer: Answer) -> Intent:
    """The chair that TERUSKAN or ALIHKAN names; an authority outside the city is none."""
    found = whom(world, ticket, answer, answer.argument)
    named = answer.argument or answer.target or ""
    inside = tuple(one for one in found.among if one in world.directory.positions)
    return Intent(event, None if found.outside else found.target, named, among=inside, asked=found.asked)


def _command(world: World, ticket: Ticket, event: str, answer: Answer, text: str) -> Intent:
    argument = answer.argument
    if event in ("reassign",):
        return _assigned(world, ticket, event, answer)
    if event == "outside":
        return Intent(event, answer.target or external(world, argument), argument)
    if event == "conceal":
        return Intent(event, about(world, argument, answer.target), argument, reason=_reason(answer, text))
    if event in ("join", "split"):
        return Intent(event, find_number(argument) or find_number(text) or _serial(ticket, argument), argument)
    return Intent(event, date=answer.promised, reason=_reason(answer, text))


def _desk(world: World, ticket: Ticket, answer: Answer, text: str) -> Intent:
    """The desk's answer: an office, a chair or an authority, with or without the word TERUSKAN; or a short phrase."""
    event = DESK.get(answer.status)
    if event is not None and answer.explicit:
        return Intent(event, reason=_reason(answer, text))
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    number = same_number(text)
    if number is not None and number != ticket.number:
        return Intent("join", number, first)
    urgent, line = (False, answer.argument) if answer.explicit else urged(first)
    if urgent and not line:
        return Intent("urge", reason=first)
    return replace(_directed(world, ticket, answer, event, line, text), urgent=urgent)


def _directed(world: World, ticket: Ticket, answer: Answer, event: str | None, line: str, text: str) -> Intent:
    said = None if answer.explicit else phrase(line)
    if said is not None and said.means is Means.SAME:
        return Intent("join", None, line)
    # `bukan kami` tells the desk's own mind of whose it is not: the citizen is told whose it is, and by nobody else.
    not_ours = event == "reject" and answer.duty and (said is None or said.means is not Means.REFUSE)
    event = None if not_ours else event
    choice = len(answer.offices) > 1
    asks_us = said is not None and said.means is Means.QUESTION
    if event is not None and answer.target is None and answer.confidence >= SURE and not (asks_us or choice):
        return Intent(event, reason=said.rest if said is not None and said.means == event else text)
    found = whom(world, ticket, answer, line)
    doubted = found.target is not None and not answer.explicit and ("?" in line or _HAS_IT.search(line) is not None)
    if asks_us or found.asked or doubted:
        among = found.among or ((found.target,) if found.target else ())
        return Intent("route", None, line, among=among, asked=True)
    if said is not None and (found.target is None or not answer.offices):
        return Intent(said.means.value, reason=said.rest)
    if found.target is not None:
        return Intent("outside" if found.outside else "route", found.target, line)
    if answer.status is Status.FORWARDED:
        return Intent("route", None, line)
    if not_ours or _OFFICE.match(line):
        return Intent("route", None, line, asked=True)
    return Intent(event or "comment", reason=text)


def resolve(world: World, ticket: Ticket, named: str) -> str | None:
    """The chair that a few words name: a position's id, a unit's code or its name; None when they name none or many."""
    found = whom(world, ticket, Answer(Status.COMMENT, explicit=True), named)
    return None if found.outside else found.target


def about(world: World, named: str, target: str | None = None) -> str | None:
    """The chair or office that a few words name as the one reported; `target` is the office that was understood."""
    position = next(
        (w[0].lower() for w in WORDS.finditer(named[:200]) if w[0].lower() in world.directory.positions), ""
    )
    units = [unit.code for unit in find_units(world.directory, named)] if named.strip() else []
    chair = position or find_chair(world.directory, named, units or ([target] if target else []))
    if chair or not units:
        return chair or (target if target in world.directory.units or target in world.directory.positions else None)
    return units[0]


def external(world: World, named: str) -> str | None:
    """The authority outside the city that a word names by its code or full name."""
    wanted = named.strip().casefold()
    for outside in world.directory.externals.values():
        if wanted in (outside.code.casefold(), outside.name.casefold()):
            return str(outside.code)
    return find_external(world.directory, named)


def same_number(text: str) -> str | None:
    """The number in a line such as `sama dengan C-2026-000012`, `duplikat C-...`, or a bare number."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    number = find_number(line)
    if number is None:
        return None
    rest = re.sub(r"C-?\d{4}-?\d{6}", " ", line, flags=re.IGNORECASE)
    words = re.findall(r"[a-z]+", rest.lower())
    return number if all(word in _SAME for word in words) else None


def _serial(ticket: Ticket, argument: str) -> str | None:
    """The number that is meant by its digits alone, with another prefix or none: `2026-000012`, `000012`."""
    found = _DIGITS.search(argument)
    return f"C-{found[1] or ticket.opened_at.year}-{found[2]}" if found else None

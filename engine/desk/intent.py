"""From what a reply says to the event of the table it means, in the mouth of the one who said it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from engine.desk.world import World
from engine.directory import by_mailbox, chair_beside, find_chair, find_external, find_matter, find_units, head_of
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
    "STATUS": "status",
}
DESK = {Status.REJECTED: "reject", Status.NEED_INFO: "ask"}
UNDONE = (State.TRIAGE, State.FORWARDED, State.ACCEPTED, State.IN_PROGRESS, State.NEED_INFO, State.POSTPONED)
SETTLED = (State.CLOSED, State.REJECTED, State.EXTERNAL)
CERTAIN = 0.8
"""Confidence from which a citizen's prose ends a matter that nobody has said to be done."""
SURE = 0.7
"""Confidence from which the desk's prose is a refusal or a question, whatever offices it names."""
_REFUSED = re.compile(
    r"^\W*(?:di)?tolak\b(?:[\s,.:;-]+(?:aja|saja|pak|bu|min|mas|mbak|ya|dulu|karena|krn|sebab)\b)*(.*)$", re.IGNORECASE
)
"""The desk's line that begins with its refusal; what follows is why."""
_SAME = frozenset(
    re.findall(
        "[a-z]+",
        """
    sama dengan dgn ini laporan nomor no duplikat dobel double ke saja aja gabung gabungkan digabung itu masalah kasus
    dari ya satu jadi kan
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
WORDS = re.compile(r"[A-Za-z0-9.\-]+")
_ADDRESS = re.compile(r"[^\s<>\"',;:()]+@[^\s<>\"',;:()]+")


@dataclass(frozen=True, slots=True)
class Intent:
    """An event with its argument: `target` is a position id (assignments), an external code or a ticket number."""

    event: str
    target: str | None = None
    named: str = ""
    date: date | None = None
    reason: str = ""


def intent(world: World, ticket: Ticket, role: Role, answer: Answer, reading: Reading) -> Intent:
    """What this answer asks of the table; "comment" (or "add" by a citizen) when no status is meant."""
    text = reading.text
    if role is Role.CITIZEN:
        return Intent(_of_citizen(ticket, answer, reading), reason=text)
    command = COMMANDS.get(answer.command)
    if command is not None:
        return _command(world, ticket, command, answer, text)
    if role is Role.DESK:
        return _desk(world, ticket, answer, text)
    event = OFFICIAL.get(answer.status, "comment")
    if event == "hand_over":
        return _hand_over(world, ticket, answer, text)
    if event == "reject" and answer.duty:
        event = "decline"
    reason = _reason(answer, text)
    if event == "postpone" and all(word in _WHEN for word in re.findall(r"[^\W\d_]+", reason.lower())):
        reason = ""  # when is not why
    return Intent(event, date=answer.promised, reason=reason)


def _of_citizen(ticket: Ticket, answer: Answer, reading: Reading) -> str:
    """What the citizen means, by the state his report is in and what his mail is."""
    if answer.command == "STATUS":
        return "status"
    event = CITIZEN.get(answer.status, "add")
    unasked = event == "withdraw" or (event == "confirm" and ticket.state in UNDONE)
    if unasked and not answer.explicit and answer.confidence < CERTAIN:
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
    target = _assigned(world, ticket, answer) if answer.explicit else position_for(world, ticket, answer.target)
    return Intent("hand_over", target, answer.target or answer.argument, reason=_reason(answer, text))


def _assigned(world: World, ticket: Ticket, answer: Answer) -> str | None:
    """The chair that TERUSKAN or ALIHKAN names: a mailbox or a chair before the office around it; an authority outside
    the city is none.
    """
    named = answer.argument
    address = _ADDRESS.search(named)
    if address is not None:
        found = by_mailbox(world.directory, address[0].strip(".").lower())
        return found.id if found else None
    if answer.target in world.directory.externals:
        return None
    chair = _chair_in(world, answer.target, named) or _chair_near(world, ticket, named)
    return chair or position_for(world, ticket, answer.target) or resolve(world, ticket, named)


def _chair_near(world: World, ticket: Ticket, named: str) -> str | None:
    """The chair of the holder's own office that rank and words name (`kasi jembatan`)."""
    holder = world.directory.positions.get(ticket.holder or ticket.owner or "")
    return find_chair(world.directory, named, (holder.unit,)) if holder else None


def _command(world: World, ticket: Ticket, event: str, answer: Answer, text: str) -> Intent:
    argument = answer.argument
    if event in ("reassign",):
        return Intent(event, _assigned(world, ticket, answer), argument or answer.target or "")
    if event == "outside":
        return Intent(event, answer.target or external(world, argument), argument)
    if event == "conceal":
        return Intent(event, about(world, argument, answer.target), argument, reason=_reason(answer, text))
    if event in ("join", "split"):
        return Intent(event, find_number(argument) or find_number(text), argument)
    return Intent(event, date=answer.promised, reason=_reason(answer, text))


def _desk(world: World, ticket: Ticket, answer: Answer, text: str) -> Intent:
    """The desk's answer: an office, a chair or an authority, with or without the word TERUSKAN."""
    event = DESK.get(answer.status)
    if event is not None and answer.explicit:
        return Intent(event, reason=_reason(answer, text))
    first = next((line for line in text.splitlines() if line.strip()), "")
    number = same_number(text)
    if number is not None and number != ticket.number:
        return Intent("join", number, first)
    if event is not None and answer.target is None and answer.confidence >= SURE:
        return Intent(event, reason=text)
    named = answer.target or (answer.argument if answer.explicit else first)
    if answer.target in world.directory.externals:
        return Intent("outside", answer.target, named)
    outside = external(world, named) if not answer.target else None
    if outside:
        return Intent("outside", outside, named)
    target = _chair_in(world, answer.target, first) or position_for(world, ticket, answer.target)
    target = target or resolve(world, ticket, named)
    if target is None and answer.target is None and (refused := _REFUSED.match(first)):
        return Intent("reject", reason=refused[1].strip(" ,.:;-") or _reason(answer, text))
    target = target or _by_matter(world, ticket, named)
    if target is not None or answer.status is Status.FORWARDED:
        return Intent("route", target, named)
    return Intent(event or "comment", reason=text)


def _by_matter(world: World, ticket: Ticket, named: str) -> str | None:
    """The chair of the topic that a line names and nothing else ("puskesmas sempur")."""
    topic = world.directory.topics.get(find_matter(world.directory, named) or "")
    if topic is None:
        return None
    return topic.position or position_for(world, ticket, topic.unit)


def _chair_in(world: World, unit: str | None, line: str) -> str | None:
    """The chair that the desk's line names within the unit that was understood."""
    for word in WORDS.finditer(line[:200]):
        if word[0].lower() in world.directory.positions:
            return word[0].lower()
    return find_chair(world.directory, line, (unit,)) if unit in world.directory.units else None


def resolve(world: World, ticket: Ticket, named: str) -> str | None:
    """The chair that a few words name: a position's id, a unit's code or its name; None when they name none or many."""
    for word in WORDS.finditer(named[:200]):
        position = word[0].lower()
        if position in world.directory.positions:
            return position
    words = named.strip()[:120]
    if not words:
        return None
    beside = chair_beside(world.directory, ticket.holder or ticket.owner or "", words) if "." in words else None
    if beside is not None:
        return beside
    units = [unit.code for unit in find_units(world.directory, words)]
    ending = "." + ".".join(words.lower().split())
    ids = [one for one in world.directory.positions if "." in ending[1:] and one.endswith(ending)]
    if len(ids) == 1:
        return ids[0]
    chair = find_chair(world.directory, words, units) or (find_chair(world.directory, words) if units else None)
    if chair is not None:
        return chair
    return position_for(world, ticket, units[0]) if len(units) == 1 else None


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


def position_for(world: World, ticket: Ticket, target: str | None) -> str | None:
    """The chair a unit or position code means for this matter."""
    if target is None:
        return None
    if target in world.directory.positions:
        return target
    if target not in world.directory.units:
        return None
    inside = world.owner_in(target, ticket.subject, ticket.text)
    if inside in world.directory.positions:
        return inside
    head = head_of(world.directory, target)
    return head.id if head else None


def same_number(text: str) -> str | None:
    """The number in a line such as `sama dengan C-2026-000012`, `duplikat C-...`, or a bare number."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    number = find_number(line)
    if number is None:
        return None
    rest = re.sub(r"C-?\d{4}-?\d{6}", " ", line, flags=re.IGNORECASE)
    words = re.findall(r"[a-z]+", rest.lower())
    return number if all(word in _SAME for word in words) else None

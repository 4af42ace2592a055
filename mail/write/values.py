"""What a template may say: the letter's data in words, its buttons, and nothing that an office must not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from engine.letter import Letter, Reader
from engine.routing.route import Confidential
from engine.ticket import Ticket
from mail.write import words
from mail.write.layout import CONTROL, shortened
from mail.write.tongue import Tongue

SUPERIOR = ("INGATKAN", "ALIHKAN", "SAYA TANGANI", "TUTUP")
"""What only a superior may do, in the order in which it is offered."""
STRIPPED = re.compile(r"^\W*([A-Z][A-Z ]{3,18}?)(?:\W*$|\s*[:\u2013\u2014-]\s*)")
REASONS_SHOWN = 3


class Data(dict[str, Any]):
    """A letter's data; what it does not say is empty."""

    def __missing__(self, key: str) -> str:
        return ""


class Blank:
    """Stands for the ticket of a letter that has none: everything about it is empty."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return ""


BLANK = Blank()


@dataclass(frozen=True, slots=True)
class Row:
    """A word to answer with: what the button says, the word, what follows it, why, and the mailto link."""

    label: str
    word: str
    argument: str
    note: str
    href: Markup


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: its data, the words that its reader may answer it with, and the address they go to."""

    item: Data
    words: list[Row]
    to: str


def hidden(letter: Letter, ticket: Ticket | None) -> bool:
    """Whether the letter must not tell who the reporter is."""
    shows = letter.reader is Reader.CITIZEN or letter.kind == "identity"
    return not shows and ticket is not None and ticket.hide_from_agency


def veiled(letter: Letter, ticket: Ticket, redact: Callable[[str, Ticket], str]) -> tuple[Letter, Ticket]:
    """Letter and ticket as an office may read them when the reporter wants to stay unnamed."""
    data = {key: _veiled(key, value, lambda text: redact(text, ticket)) for key, value in letter.data.items()}
    safe = replace(
        ticket,
        subject=redact(ticket.subject, ticket),
        text=redact(ticket.text, ticket),
        citizen_name="",
        citizen_address="",
    )
    return replace(letter, data=data), safe


_OURS = """
absent answer_by at bounced by_office called contact contact_email event external first former gone holder kind latest
mailbox missing model name number office opened owner position promised promised_by refused seen settled_by since state
title undo unit until wanted why words
"""
OURS = frozenset(_OURS.split())
"""What the engine says in its own words: codes, times, names of chairs and offices. All else may be the reporter's."""


def _veiled(key: str, value: Any, redact: Callable[[str], str]) -> Any:
    if key in OURS:
        return value
    if isinstance(value, str):
        return redact(value) if value else value
    if isinstance(value, Mapping):
        return {name: _veiled(name, one, redact) for name, one in value.items()}
    return [_veiled(key, one, redact) for one in value] if isinstance(value, list | tuple) else value


def mailto(reply_to: str, subject: str) -> Callable[..., Row]:
    """Makes the row of a word: its link opens an answer to this letter that begins with the word (RFC 6068)."""
    start = f"mailto:{quote(reply_to, safe='@')}?subject={quote(f'Re: {subject}')}&amp;body="

    def row(word: str, label: str = "", note: str = "", argument: str = "") -> Row:
        # What quote() gives needs no further escaping in an attribute.
        body = quote(word) + ("%20%0D%0A" if argument else "%0D%0A")
        return Row(label or word, word, argument, note, Markup(start + body))  # noqa: S704

    return row


def values(
    letter: Letter,
    ticket: Ticket | None,
    tongue: Tongue,
    link: Callable[..., Row],
    place: str,
    attached: str,
    city: str,
    lines: Sequence[Line] = (),
) -> dict[str, Any]:
    """The template's names. Strings of strangers are plain text here; the HTML form escapes them."""
    data = plain(letter.data)
    citizen = letter.reader is Reader.CITIZEN
    state = str(data["state"] or (ticket.state if ticket else ""))
    rows = [link(str(word), "", str(why), str(argument)) for word, why, argument in _list(data["words"])]
    spoken = said(data)
    return {
        "d": data,
        "t": ticket or BLANK,
        "citizen": citizen,
        "place": place,
        "city": city,
        "attached": attached,
        "about": _about(ticket, tongue, place, attached, citizen, data),
        "said": shortened(spoken, tongue.say["cut"]),
        "note": shortened(str(data["note"]), tongue.say["cut"]),
        "report": shortened(ticket.text if ticket else "", tongue.say["cut"]) or tongue.say["no_text"],
        "state": tongue.state(state, citizen=citizen),
        "state_name": state,
        "asked": _asked(tongue, data),
        "meant": tongue.worded(words.MEANT.get(str(data["event"]), "perubahan keadaan laporan")),
        "missing": " dan ".join(words.MISSING.get(one, one) for one in _list(data["missing"])),
        "rule": data["rule"] or Data(),
        "because": "; ".join(str(one) for one in _list(data["reasons"])[:REASONS_SHOWN]),
        "link": link,
        "words": rows,
        "decisions": deciding(rows),
        "answers": [row for row in rows if row.word not in SUPERIOR],
        "steps": _steps(data, tongue, citizen),
        "earlier": _earlier(data, tongue),
        "trail": _trail(data),
        "added": [
            (words.moment(one["at"]), one["note"] or tongue.say["no_text"]) for one in map(Data, _list(data["added"]))
        ],
        "went": [(words.moment(one["at"]), _gave_on(one)) for one in went(data)],
        "choices": _choices(data, link),
        "likely": _likely(data),
        "against": _against(data),
        "same": _same(data, link),
        "others": _others(data, link),
        "mine": _mine(data, tongue),
        "listed": [{"rows": _listed(line.item, tongue), "words": line.words, "to": line.to} for line in lines],
    }


LIKELY = 0.1
"""From this probability on an office is offered as the best guess; below it the mail names no matter."""


def deciding(rows: Sequence[Row]) -> list[Row]:
    """The words that only a superior has, in the order in which they are offered."""
    return sorted((row for row in rows if row.word in SUPERIOR), key=lambda row: SUPERIOR.index(row.word))


def said(data: Data) -> str:
    """What an official wrote beyond the bare word of command."""
    if data["bare"]:
        return ""
    note, reason = str(data["note"]).strip(), str(data["reason"]).strip()
    if reason:
        _, _, rest = note.partition("\n")
        # The same words, but with their line breaks.
        return rest.strip() if rest and " ".join(rest.split()) == " ".join(reason.split()) else reason
    found = STRIPPED.match(note.split("\n", 1)[0][:200])
    return note[found.end() :].strip() if found and "KASIH" not in found[1] else note


def plain(value: Any) -> Any:
    """Plain values without the control characters that a stranger's words may bring; what a mapping lacks is empty."""
    if isinstance(value, str):
        return value if value.isprintable() else CONTROL.sub(" ", value)
    if isinstance(value, Mapping):
        return Data((key, plain(one)) for key, one in value.items())
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _asked(tongue: Tongue, data: Data) -> str:
    """The one thing asked of an official."""
    until = tongue.moment(str(data["answer_by"]))
    return f"Mohon jawaban paling lambat {until}." if until else "Mohon jawaban Bapak/Ibu."


def _about(
    ticket: Ticket | None, tongue: Tongue, place: str, attached: str, citizen: bool, data: Data
) -> list[tuple[str, str]]:
    """What the letter is about, as rows."""
    say = tongue.say
    if ticket is None:
        return []
    rows = [(say["number"], ticket.number), (say["matter"], ticket.subject)]
    if not citizen:
        rows += [(say["received"], tongue.moment(ticket.opened_at)), (say["place"], place)]
        rows += [(say["limit"], tongue.day(str(data["settled_by"])))]
        rows += [("Dilaporkan", f"{data['reporters']} warga" if _number(data["reporters"]) > 1 else "")]
    return [*rows, (say["attachments"], attached)]


def _steps(data: Data, tongue: Tongue, citizen: bool) -> list[tuple[str, str]]:
    """What happened when, one line for each change."""
    told: list[tuple[str, str]] = []
    last = ""
    for step in _list(data["steps"]):
        state = str(step["state"])
        if state != last:
            text = tongue.state(state, citizen=citizen)
            told.append((tongue.moment(str(step["at"])), text[:1].upper() + text[1:]))
        last = state
    return told


ANSWERED = frozenset({"accept", "progress", "finish", "postpone", "take"})
"""Events whose words are meant for the citizen; what an office writes when it hands over is not."""


def _earlier(data: Data, tongue: Tongue) -> list[tuple[str, str]]:
    """News that waited and is told along with the newest."""
    told = []
    for one in _list(data["earlier"]):
        old = Data(one)
        text = f"{old['by_office'] or old['office']}: {tongue.state(str(old['state']), citizen=True)}".lstrip(": ")
        words_of = said(old) if old["event"] in ANSWERED else ""
        undated = f" ({tongue.say['undated']})" if words_of and old["refused"] else ""
        told.append((tongue.moment(str(old["at"])), f"{text}. {words_of}{undated}".strip()))
    return told


def went(data: Data) -> list[Data]:
    """Through whose hands the matter has gone."""
    return [Data(one) for one in _list(data["went"])]


def _gave_on(step: Data) -> str:
    """Which office gave the matter on and why, in one line."""
    by = f" (dialihkan oleh {step['by']})" if step["by"] else ""
    return f"{step['title']}{by}: {' '.join(str(step['note']).split()) or 'tanpa keterangan'}"


def _trail(data: Data) -> list[tuple[str, str]]:
    """Who left what since when, in words."""
    told = []
    for entry in _list(data["trail"]):
        step = Data(entry)
        if step["bounced"]:
            fate = "tidak dapat disampaikan ke kotak surat"
        elif step["seen"]:
            fate = f"dibuka {words.moment(step['seen'])}, belum dijawab"
        else:
            fate = "belum dibuka"
        if step["absent"]:
            fate += "; balasan otomatis: tidak di tempat"
        what = words.KINDS.get(step["kind"], step["kind"])
        told.append((words.moment(step["since"]), f"{step['title']}: {what}, {fate}"))
    return told


def _against(data: Data) -> str:
    """Whom a report complains of, by their titles; of many the first three."""
    titles = [str(one) for one in _list(data["against"])]
    return ", ".join(titles[:REASONS_SHOWN]) + (" dan lainnya" if len(titles) > REASONS_SHOWN else "")


def _choices(data: Data, link: Callable[..., Row]) -> list[Row]:
    """Buttons for the likely offices, best first; for the triage desk their numbers are answers as well."""
    choices: list[Row] = []
    word = "ALIHKAN" if data["wanted"] == "reassign" else "TERUSKAN"
    for entry in _list(data["candidates"]):
        one = Data(entry)
        why = "; ".join(str(each) for each in _list(one["reasons"])[:REASONS_SHOWN])[:160]
        if one["external"]:
            label = f"{len(choices) + 1}. {one['name']}"
            choices.append(link(f"EKSTERNAL {one['external']}", label, why or "instansi di luar kota"))
        elif one["owner"] or one["unit"]:
            label = f"{one['name']}: {one['title']}" if one["title"] else one["name"]
            choices.append(link(f"{word} {one['owner'] or one['unit']}", f"{len(choices) + 1}. {label}", why))
    return choices


def _likely(data: Data) -> bool:
    """Whether one of the offices offered is more than a guess: named by somebody, or likely by routing."""
    found = [Data(one)["probability"] for one in _list(data["candidates"])]
    return any(not isinstance(one, int | float) or one >= LIKELY for one in found)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _same(data: Data, link: Callable[..., Row]) -> list[Row]:
    """Tickets that may be about the same matter, as buttons that join, and one that says they are not."""
    found = [
        link(
            f"GABUNG {one['number']}",
            f"Sama dengan {one['number']}: {one['subject']}",
            "; ".join([*([f"pada {one['holder']}"] if one["holder"] else []), *map(str, _list(one["reasons"]))])[:200],
        )
        for one in map(Data, _list(data["same"]))
    ]
    first = next((one["name"] for one in _list(data["candidates"]) if one.get("name")), "")
    sure = found and first and data["unsure"] is False
    return [*found, link("BUKAN", "Bukan laporan yang sama", f"diteruskan ke {first}")] if sure else found


def _others(data: Data, link: Callable[..., Row]) -> list[Row]:
    """The reports that were joined, as buttons that take one out again."""
    return [link(f"PISAH {one['number']}", "", str(one["text"])) for one in map(Data, _list(data["others"]))]


def _of(tongue: Tongue, item: Data) -> Tongue:
    """The words of the workflow of a list's line."""
    return tongue.others.get(str(item["workflow"]), tongue)


def _mine(data: Data, tongue: Tongue) -> list[list[tuple[str, str]]]:
    """A citizen's own reports, newest first."""
    say = tongue.say
    return [
        [
            (say["number"], str(one["number"])),
            (say["matter"], str(one["subject"])),
            (say["received"], tongue.moment(str(one["opened"]))),
            (say["now"], _of(tongue, one).state(str(one["state"]), citizen=True)),
        ]
        for one in map(Data, _list(data["mine"]))
    ]


def _listed(item: Data, tongue: Tongue) -> list[tuple[str, str]]:
    """A line of a list as rows; a confidential matter is named by its number only."""
    trail = _trail(item)
    secret = item["confidential"] not in ("", Confidential.NONE.value)
    return [
        ("Nomor", str(item["number"])),
        ("Perihal", "(laporan rahasia)" if secret else str(item["subject"])),
        ("Keadaan", _of(tongue, item).state(str(item["state"]), citizen=False)),
        ("Pemegang", str(item["holder"])),
        ("Diterima", tongue.moment(str(item["opened"]))),
        ("Terakhir", trail[-1][1] if trail else ""),
        ("Pesan", "\n".join(str(one) for one in _list(item["notes"]))),
    ]

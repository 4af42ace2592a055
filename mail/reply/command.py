"""Command words: one table of what a person may write on a line of its own, and the reading of such a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.directory import Directory
from engine.reading import Status
from mail.reply.dates import dates
from mail.reply.fold import fold, spell
from mail.reply.names import Names, mentions, names, near


class Takes(StrEnum):
    """What may follow a command word on its line."""

    NOTHING = "nothing"
    UNIT = "unit"
    DATE = "date"
    REASON = "reason"
    NUMBER = "number"
    EXTERNAL = "external"
    STANDIN = "standin"


@dataclass(frozen=True, slots=True)
class Word:
    """A row of the table: canonical name, the words it is written with, who may use it, what it takes, its status."""

    name: str
    forms: tuple[str, ...]
    speakers: frozenset[str]
    takes: Takes
    status: Status | None = None


OFFICIAL = frozenset({"official"})
CITIZEN = frozenset({"citizen"})
DESK = frozenset({"official", "desk"})

_MINE = tuple(
    f"{who}{verb}"
    for who in ("saya ", "sy ", "biar saya ", "biar sy ", "")
    for verb in ("tangani", "yang tangani", "yg tangani", "ambil alih", "yang ambil alih", "yg ambil alih")
    if who or verb == "ambil alih"
)
TABLE: tuple[Word, ...] = (
    Word("TERIMA", ("terima", "diterima", "trima", "ditrima", "terimo"), OFFICIAL, Takes.NOTHING, Status.RECEIVED),
    Word(
        "PROSES",
        ("proses", "diproses", "prosess", "prosses", "diproses", "pross"),
        OFFICIAL,
        Takes.NOTHING,
        Status.IN_PROGRESS,
    ),
    Word(
        "SELESAI",
        ("selesai", "selesei", "slesai", "selsai", "slesei", "beres", "diselesaikan"),
        OFFICIAL,
        Takes.NOTHING,
        Status.DONE,
    ),
    Word(
        "BUKAN KEWENANGAN",
        ("bukan kewenangan", "bukan wewenang", "bkn kewenangan", "bukan kewenangan kami"),
        OFFICIAL,
        Takes.NOTHING,
        Status.REJECTED,
    ),
    Word("TOLAK", ("tolak", "ditolak", "tolk"), OFFICIAL, Takes.NOTHING, Status.REJECTED),
    Word(
        "TERUSKAN",
        ("teruskan", "diteruskan", "terusken", "truskan", "teruskn", "diteruskeun"),
        DESK,
        Takes.UNIT,
        Status.FORWARDED,
    ),
    Word(
        "TANYA",
        ("tanya", "tanyaa", "butuh info", "butuh informasi", "perlu info"),
        DESK,
        Takes.NOTHING,
        Status.NEED_INFO,
    ),
    Word("TUNDA", ("tunda", "ditunda", "tundaa"), OFFICIAL, Takes.DATE, Status.POSTPONED),
    Word("SUDAH", ("sudah", "puas", "sdh", "udah"), CITIZEN, Takes.NOTHING, Status.CONFIRMED),
    Word(
        "BELUM",
        ("belum", "tidak puas", "blm", "tdk puas", "gak puas", "ga puas", "nggak puas"),
        CITIZEN,
        Takes.NOTHING,
        Status.DISPUTED,
    ),
    Word("CABUT", ("cabut", "batal", "dicabut", "dibatalkan", "batalkan"), CITIZEN, Takes.NOTHING, Status.WITHDRAWN),
    Word("INGATKAN", ("ingatkan", "ingatkn"), DESK, Takes.NOTHING),
    Word("ALIHKAN", ("alihkan", "alihkan ke"), DESK, Takes.UNIT),
    Word("SAYA TANGANI", _MINE, DESK, Takes.NOTHING),
    Word("TUTUP", ("tutup",), DESK, Takes.REASON),
    Word("GABUNG", ("gabung", "gabungkan"), DESK, Takes.NUMBER),
    Word("PISAH", ("pisah", "pisahkan"), DESK, Takes.NUMBER),
    Word("EKSTERNAL", ("eksternal", "external"), DESK, Takes.EXTERNAL),
    Word("MENDESAK", ("mendesak",), DESK, Takes.NOTHING),
    Word("SAMARKAN", ("samarkan", "samarkan nama"), DESK, Takes.REASON),
    Word("RAHASIAKAN", ("rahasiakan",), DESK, Takes.UNIT),
    Word("LIHAT IDENTITAS", ("lihat identitas", "lihat pelapor"), DESK, Takes.REASON),
    Word("KELIRU", ("keliru", "batalkan jawaban saya"), DESK, Takes.NOTHING),
    Word("STATUS", ("status",), frozenset({"official", "desk", "citizen"}), Takes.NOTHING),
    Word("PLH", ("plh", "plt"), DESK, Takes.STANDIN),
)
"""Read top to bottom; what the workflow, the help text and the letters offer is taken from here."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as written: canonical `name`, the rest of its line as `argument` (folded), its `line` number from 0.

    `status` is the reply status it stands for, None for those of supervisors and the desk.
    """

    name: str
    argument: str
    line: int
    takes: Takes
    status: Status | None
    written: str


_EDGE = " \t.,:;!?*_#>-=\"'()[]~•🙏👍👌😊😅✅☑✔️"
_AFTER = re.compile(r"[^\w]+", re.ASCII)
_FORMS = sorted(((form, word) for word in TABLE for form in word.forms), key=lambda pair: -len(pair[0]))
_HELP = re.compile(r"^\s*\W*[A-Za-z ]{3,20}\s*(?:=|:=|->)\s")
_LINES = 200
_SOFT = re.compile(r"(?:(?:ya|yah|aja|saja|sj|langsung|dulu|deh|pak|bu|ini|terima kasih|makasih)\b[\s.,!]*)+")
"""What may soften a word that takes nothing: `saya ambil alih aja pak`."""


def command(text: str, speaker: str = "official") -> Command | None:
    """The first command on a line of its own, or None. `speaker` is official, citizen or desk.

    Case, punctuation and emoji around the word do not matter; a word of six letters or more may carry one edit.
    A word that takes nothing stands alone on its line, or in capitals before its text.
    """
    for number, line in enumerate(text.split("\n", _LINES)[:_LINES]):
        found = _line(line[:200], number, speaker)
        if found is not None:
            return found
    return None


def _line(line: str, number: int, speaker: str) -> Command | None:
    folded = fold(line).strip(_EDGE + "\n")
    if not folded:
        return None
    helps = _HELP.match(line) is not None  # "TERIMA = ..." of a quoted help text; PLH alone has an arrow of its own
    for form, word in _FORMS:
        if speaker not in word.speakers or (helps and word.takes is not Takes.STANDIN):
            continue
        rest = _rest(folded, form)
        if rest is None:
            continue
        argument = rest.strip(_EDGE)
        if not argument or _fits(word, rest, line):
            return Command(word.name, argument, number, word.takes, word.status, folded[: len(folded) - len(rest)])
    return None


def _rest(folded: str, form: str) -> str | None:
    """What follows the command word, or None when the line does not begin with it (one edit from six letters on)."""
    if folded.startswith(form) and not folded[len(form) : len(form) + 1].isalnum():
        return folded[len(form) :]
    if len(form) < 6:
        return None
    count = form.count(" ") + 1
    words = folded.split(" ", count)
    head = " ".join(words[:count])
    bare = head.strip(_EDGE)
    if len(bare) >= 5 and bare != form and near(bare, form, 1) and not _other_word(bare):
        return head[head.find(bare) + len(bare) :] + (" " + words[count] if len(words) > count else "")
    return None


# Words of their own, one letter from a command.
_OTHERS = frozenset(
    ("diterimo", "diterka", "teruskah", "selasai", "terasi", "ditanda", "ditindak", "disolek", "diproteks")
)


def _other_word(word: str) -> bool:
    return word in _OTHERS


def _fits(word: Word, rest: str, line: str) -> bool:
    """Whether a text after the word may stand on a command's line."""
    argument = rest.strip(_EDGE)
    if word.takes is Takes.UNIT:
        return len(argument) <= 120 and not argument.endswith("?")
    if word.takes in (Takes.NUMBER, Takes.EXTERNAL, Takes.STANDIN):
        return bool(re.search(r"\d|->|\w", argument)) and len(argument) <= 120
    if word.status is None and word.takes is Takes.NOTHING and _SOFT.fullmatch(argument):
        return True
    first = _AFTER.split(line.strip(), maxsplit=1)[0]
    loud = len(first) >= 4 and first.isupper()
    if word.takes is Takes.REASON:
        return loud
    if word.takes is Takes.DATE and re.match(r"(?:s\.?/?d\.?|sampai|hingga|ke|tgl|tanggal|sd|smp|until)\b", argument):
        return len(argument) <= 60
    after = rest.lstrip("*_ ")
    return loud and (bool(re.match(r"[:\-=;]|[,.!](?!\d)", after)) or _told(rest, line))


def _told(rest: str, line: str) -> bool:
    """Whether what follows a word in capitals is a text in ordinary letters: PROSES Regu berangkat besok pagi.

    A line that is shouted as a whole is prose, and so is TERIMA KASIH however it is written.
    """
    count = len(rest.split())
    tail = line.split()[-count:] if count else []
    return bool(tail) and not tail[0].isupper() and not tail[0].lower().startswith("kasih")


_TO = re.compile(r"^(?:laporan ini |ini |aja |saja )?(?:ke|kepada|k|kpd|untuk|utk)\b\s*(?:yth\.?\s*)?")


def target_of(argument: str, directory: Directory | Names) -> str | None:
    """The unit, position or external code that the argument of TERUSKAN, ALIHKAN or EKSTERNAL names, or None."""
    index = directory if isinstance(directory, Names) else names(directory)
    chair = next((word for word in argument.lower().split()[:4] if word.strip(_EDGE) in index.positions), None)
    if chair is not None:
        return chair.strip(_EDGE)
    rest = spell(_TO.sub("", argument.strip(_EDGE)))
    exact = sorted(mentions(rest, index), key=lambda m: (m.start > 24, -m.weight, m.start))
    if exact and (exact[0].weight > 1 or exact[0].start == 0):
        return exact[0].code
    loose = next(mentions(rest[:60], index, fuzzy=True), None)
    if loose is not None:
        return loose.code
    return exact[0].code if exact else None


@dataclass(frozen=True, slots=True)
class StandIn:
    """`PLH x -> y s.d. date`: who is away, who stands in (as written), until when (inclusive) if said."""

    position: str
    deputy: str
    until: date | None


_ARROW = re.compile(r"\s*(?:->|=>|→|\boleh\b|\bdiganti\b|\bke\b)\s*")
_UNTIL = re.compile(r"\b(?:s\.?/?d\.?|sampai dengan|sampai|hingga)\s")


def standin_of(argument: str, sent: date) -> StandIn | None:
    """The argument of PLH as a value, or None where it names no two chairs."""
    parts = _ARROW.split(argument, maxsplit=1)
    if len(parts) != 2:
        return None
    until = _UNTIL.search(parts[1])
    deputy = parts[1][: until.start()] if until else parts[1]
    days = dates(spell(parts[1][until.end() :]), sent, past=True) if until else []
    if not parts[0].strip(_EDGE) or not deputy.strip(_EDGE):
        return None
    return StandIn(parts[0].strip(_EDGE), deputy.strip(_EDGE), days[-1].day if days else None)

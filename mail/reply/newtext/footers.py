"""Lines that a machine or a lawyer put under a mail: footers, scanners, lists, disclaimers; no person's line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mail.reply.newtext.words import any_of, fold, table, visible

SIGNING = table("signing.toml")
LONG = 3000  # characters of a paragraph that are looked at

_LINK = re.compile(r"[<\[(]?\b(?:https?://|www\.)\S{1,1000}|<mailto:[^>]{1,200}>|\[cid:[^\]]{1,200}\]|\]\(")
_EDGE = " \t*_-–—~.!()[]<>«»\"'|•"
_OPENER = re.compile(rf"^(?:{any_of(SIGNING['openers'])})(?=\W|$|(?<=[的从從自]))")
_CLOSER = re.compile(rf"(?:{any_of(SIGNING['closers'])})$")
_DEVICES = frozenset(fold(d) for d in SIGNING["devices"])
_DEVICE = re.compile(rf"(?<![a-z])(?:{any_of(SIGNING['devices'])})(?![a-z])")
_SPOKEN = frozenset(fold(s) for s in SIGNING["spoken"])
_FOOTER = re.compile(any_of(SIGNING["footers"]))
_ITSELF = re.compile(any_of(SIGNING["itself"]))
_LEGAL = re.compile(any_of(SIGNING["legal"]))
_BANNER = re.compile(any_of(SIGNING["banners"]))
_OUTLOOK = re.compile(
    r"^\S{2,14} (?:sie sich )?outlook (?:for|untuk|pour|für|para|per|voor|til|för|na|для|pro|cho|từ)\b"
    r"|^outlook (?:voor|für)\b"
)
_SENT_MY = re.compile(r"^sent from (?:my|the|a) \S+(?: \S+){0,2}$")
_PROGRAM = re.compile(
    r"^(?:Sent|Shared) (?:from|with) (?:the )?[A-Z][\w.+-]{1,30}(?: (?:[A-Z][\w.+-]{0,30}|for|on|by|app)){0,4}$"
)
_POWERED = re.compile(r"^powered by \S+(?: \S+){0,4}$")
_FIRST_PERSON = re.compile(r"\b(?:saya|aku|sy|gue|identitas|nama saya|i am|i'm|i have|i will)\b")
_TITLE = re.compile(
    r"^\W*(?:disclaimer|confidentiality notice|legal notice|legal disclaimer|confidential|penafian|sanggahan|"
    r"aviso legal|avis de confidentialité|haftungsausschluss|avvertenza|nota de confidencialidad)\W*$"
)


def is_program(line: str) -> bool:
    """Whether the line names the program that sent the mail ("Sent from Mailbox", "Sent with Unibox <link>").

    Weaker than `is_mobile`: only the last line of a text may be judged by it.
    """
    bare = " ".join(_LINK.sub(" ", line[:1500]).split()).strip(_EDGE)
    return bool(_PROGRAM.match(bare))


def is_mobile(line: str) -> bool:
    """Whether the line is the footer of a phone or mail program ("Dikirim dari iPhone saya", "Get Outlook for iOS")."""
    if len(line) > 1500:
        return False
    bare = fold(_LINK.sub(" ", line)).strip(_EDGE)
    if not bare or len(bare) > 110:
        return False
    if _OUTLOOK.match(bare) or _POWERED.match(bare):
        return True
    if _SENT_MY.match(bare) and not _SPOKEN.intersection(bare.split()):
        return True
    if not (_OPENER.match(bare) or _CLOSER.search(bare)):
        return False
    told = bare.split()
    return len(told) <= 14 and bool(_DEVICE.search(bare)) and not _SPOKEN.intersection(w.strip(",.;") for w in told)


def is_footer(line: str) -> bool:
    """Whether one line is a footer by itself: a mobile footer, a virus scanner's line, a list's or a printer's."""
    if is_mobile(line):
        return True
    bare = fold(line[:LONG])
    return bool(_FOOTER.search(bare)) and len(bare) < 400 and not _FIRST_PERSON.search(bare)


def is_disclaimer(paragraph: Sequence[str]) -> bool:
    """Whether the paragraph is a legal notice: the message speaks of itself and of recipients, secrecy or liability."""
    bare = fold(" ".join(paragraph)[:LONG])
    if _TITLE.match(bare):
        return True
    if len(bare) < 30 or not _ITSELF.search(bare):
        return False
    found = len(set(_LEGAL.findall(bare)))
    return found >= 2 and not _FIRST_PERSON.search(bare)


def is_banner(paragraph: Sequence[str]) -> bool:
    """Whether the paragraph is a gateway's warning about outside mail."""
    bare = fold(" ".join(paragraph)[:LONG])
    return bool(_BANNER.search(bare)) and len(bare) < 700 and not _FIRST_PERSON.search(bare)


def is_drawn(line: str) -> bool:
    """Whether the line shows only drawing characters, or nothing."""
    return not visible(line).strip("-_=*~+#|—–•. ")

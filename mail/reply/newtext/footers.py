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
_CARRIER = re.compile(rf"^(?:{any_of(SIGNING['carriers'])})(?=\W|$)")
_CLOSER = re.compile(rf"(?:{any_of(SIGNING['closers'])})$")
_THING = re.compile(rf"(?<![a-z])(?:{any_of(SIGNING['things'])})(?![a-z])")
_MINE = re.compile(rf"(?:^|\s|(?<=[自从從]))(?:{any_of(SIGNING['mine'])})(?=\s|$|(?<=[的의내]))")
_DEVICE = re.compile(rf"(?<![a-z])(?:{any_of(SIGNING['devices'])}|i(?:phon|pad)\w{{0,6}})(?![a-z])")
_SPOKEN = frozenset(fold(s) for s in SIGNING["spoken"])
_FOOTER = re.compile(any_of(SIGNING["footers"]))
_ITSELF = re.compile(any_of(SIGNING["itself"]))
_LEGAL = re.compile(any_of(SIGNING["legal"]))
_SLOGAN = re.compile(any_of(SIGNING["slogans"]))
_PLEADING = frozenset(fold(word) for word in SIGNING["pleading"])
_LIST = re.compile(any_of(SIGNING["lists"]))
_SENTENCE = frozenset(fold(word) for word in SIGNING["sentence"])
_WORD = re.compile(r"[^\W\d_]+")
_BANNER = re.compile(any_of(SIGNING["banners"]))
_WARNS = re.compile(
    r"^\W*(?:\w{1,12}\W{1,3})?(?:caution|warning|attention|notice|external|extern|peringatan|perhatian|hati-hati|achtung|vorsicht|"
    r"avertissement|advertencia|aviso|attenzione|let op|waarschuwing|you don't often|this e-?mail|this message)\b"
)
_OUTLOOK = re.compile(
    r"^\S{2,14} (?:\S{2,4} ){0,2}(?:outlook|blue ?mail|yahoo mail|proton ?mail|typeapp|aquamail|mailbird|spark) "
    r"(?:for|untuk|pour|für|para|per|voor|til|för|na|для|pro|cho|từ)\b|^outlook (?:voor|für)\b"
)
_SENT_MY = re.compile(r"^sent from (?:my|the|a) \S+(?: \S+){0,2}$")
_PROGRAM = re.compile(
    r"^(?:Sent|Shared) (?:from|with|using) (?:the )?[A-Z][\w.+-]{1,30}(?: (?:[A-Z][\w.+-]{0,30}|for|on|by|app)){0,4}$"
)
_POWERED = re.compile(r"^powered by \S+(?: \S+){0,4}$")
_FIRST_PERSON = re.compile(
    r"\b(?:saya|aku|sy|gue|identitas|nama saya|to me|my|"
    r"i (?:am|was|have|had|think|will|would|can|did|do|got|guess|believe)|i'm|i've)\b"
)
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
    told = bare.split()
    if len(told) > 14 or not _SPOKEN.isdisjoint(word.strip(",.;") for word in told):
        return False
    opened = _OPENER.match(bare)
    if not (opened or _CARRIER.match(bare) or _CLOSER.search(bare)):
        return False
    return bool(_DEVICE.search(bare)) or bool(
        (opened or _CLOSER.search(bare)) and _THING.search(bare) and _MINE.search(bare)
    )


def is_footer(line: str) -> bool:
    """Whether one line is a footer by itself: a mobile footer, a scanner's line, a printer's, an office's slogan."""
    if is_mobile(line):
        return True
    bare = fold(line[:LONG])
    if len(bare) > 400 or _FIRST_PERSON.search(bare):
        return False
    return bool(_FOOTER.search(bare)) or (bool(_SLOGAN.search(bare)) and _PLEADING.isdisjoint(_WORD.findall(bare)))


def is_list(paragraph: Sequence[str]) -> bool:
    """Whether the paragraph is a mailing list's or a service's footer: its words, and a link, an address or a rule."""
    told = " ".join(paragraph)[:LONG]
    return bool(_LIST.search(fold(told))) and (bool(_LINK.search(told)) or "@" in told or is_drawn(paragraph[0]))


def speaks(bare: str) -> bool:
    """Whether the folded line holds a word that only a sentence has."""
    return any(word in _SENTENCE for word in _WORD.findall(bare))


def is_disclaimer(paragraph: Sequence[str]) -> bool:
    """Whether the paragraph is a legal notice: the message speaks of itself and of recipients, secrecy or liability."""
    bare = fold(" ".join(paragraph)[:LONG])
    if _TITLE.match(bare):
        return True
    itself = _ITSELF.search(bare)
    if itself is None or len(bare) < 30 or (len(bare) < 100 and itself.start() > 20):
        return False
    found = len(set(_LEGAL.findall(bare)))
    return found >= 2 and not _FIRST_PERSON.search(bare)


def is_banner(paragraph: Sequence[str]) -> bool:
    """Whether the paragraph is a gateway's warning about outside mail."""
    bare = fold(" ".join(paragraph)[:LONG])
    return bool(_WARNS.match(bare) and _BANNER.search(bare)) and len(bare) < 700 and not _FIRST_PERSON.search(bare)


def is_drawn(line: str) -> bool:
    """Whether the line shows only drawing characters, or nothing."""
    return not visible(line).strip("-_=*~+#|—–•. ")

"""Where a quoted mail begins in plain text: attribution lines, header blocks and dividers of the clients of the world.

Nothing here knows a client's exact sentence: shapes are matched (date, address or name, verb, colon at the end; two or
more known labels in neighbouring lines). Every pattern works on at most five lines of at most `WIDE` characters, so the
time is linear in the number of lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from mail.reply.newtext.words import LABELS, QUOTES, any_of, fold, visible

WIDE = 400  # characters of a line that are looked at; an attribution is far shorter
FAR = 4_000  # lines in which headers and signatures are looked for; beyond them only quote marks count
LONG = 700  # characters of a joined attribution
WRAPS = 5  # lines over which an attribution may be wrapped
TALL = 16  # lines of a header block, continuation lines included


class Mark(Enum):
    """What kind of line opens a quoted mail."""

    ATTRIBUTION = "attribution"
    BLOCK = "block"
    DIVIDER = "divider"
    FORWARD = "forward"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Header:
    """A quote header that takes the lines up to `end` (exclusive); `inline` if quoted text follows on its last line."""

    mark: Mark
    end: int
    inline: bool = False


_QUOTE = re.compile(r"^\s{0,3}(?:>|&gt;|[A-Z]{1,3}>\s)")
_LEAD = re.compile(r"^[\s>*_|#]*")
_ADDRESS = re.compile(r"[^\s<>\"(),;:\[\]]{1,64}@[^\s<>\"(),;:\[\]]{1,120}|<\s*[^<>\s]{1,80}\s*>|\[mailto:")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{1,2}\s?[:.h]\s?\d{2}\b|\d\s?[年月日년월일]"
    r"|\b\d{1,2}\.? (?:de |d')?[^\W\d_]{3,12}|\b[^\W\d_]{3,12}\.? \d{1,2}\b"
)
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d-\d\d-\d\d\b|[時点시时]\s?\d"
)
_DATE_FIRST = re.compile(
    r"^(?:[^\W\d_]{1,10}\.?,? )?(?:\d{1,2}[./ ]|(?:19|20)\d\d\s?[-./年년]|[^\W\d_]{3,10}\.? \d{1,2},)"
)
_STARTER = re.compile(rf"^(?:{any_of(QUOTES['starters'])})(?:\W|(?<=[在于於ב]))")
_LAST = any_of(QUOTES["verbs_last"])
# The verb at the line's end, then the colon (or the dashes of Zoho), nothing else but closing dashes.
_VERB_END = re.compile(rf"(?:^|\W|(?<=\W)|(?<=\d))(?P<verb>{_LAST})\s?(?:\(.{{1,60}}\))?\s?(?:[:：]|-{{2,}})[\s:>*-]*$")
_CJK_END = re.compile(r"(?:写道|寫道|写到|작성|さんは書きました|のメール|เขียนว่า|เขียน|님이 쓴 글)\s?[:：]\s*$")
_VERB_INLINE = re.compile(rf"\W(?P<verb>{_LAST})\s?[:：](?P<rest>.*)$")
_VERB_NAME = re.compile(rf"\W(?:{any_of(QUOTES['verbs_first'])})\s(?P<name>[^:：]{{2,160}})[:：]$")
_ADDRESS_END = re.compile(r"(?:>|\)|\]|@[\w.-]{1,120})\s?[:：]$")
_NAME_VERB = re.compile(rf"^(?P<name>\S.{{0,120}}?)\s(?:{_LAST})\s?[:：]$")
_NAME_DATE = re.compile(rf"@.{{1,160}}\W(?:{_LAST})\s.{{4,80}}[:：]$")
_VIA = re.compile(rf"^\S.{{0,60}} via .{{2,60}} (?:{any_of(QUOTES['verbs_last'])})\s?[:：]$")
_POSTED = re.compile(r"^posted by .{1,80} on \d{1,2}/\d{1,2}/\d{4}$")
_STAMPED = re.compile(r"^20\d\d-\d\d-\d\d \d{1,2}:\d\d (?:gmt|utc)[+-]\d\d:?\d\d .{2,120}[:>]$")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\d\s?[ap]\.?m\b|[時点시时]")
_QUOTING = re.compile(rf"^(?:{any_of(QUOTES['quoting'])}) .{{1,160}}[:：]$")
_IN_MESSAGE = re.compile(r"^in (?:message|article|news:?) .{3,300}\b(?:writes|wrote|said|says)[:：]?$")
_LABEL = re.compile(rf"^(?P<label>{any_of(LABELS)})\s?[*_]{{0,2}}\s?[:：]\s?(?P<value>.*)$")
_ANY_LABEL = re.compile(r"^[^\W\d][^:：]{0,24}[:：]\s?\S")
_PRONOUNS = frozenset(QUOTES["pronouns"])
_FORWARDED = any_of(QUOTES["forwarded"])
_DIVIDER = re.compile(
    rf"^(?:[-_=~—–*]{{2,}}\s?)(?:(?P<fwd>{_FORWARDED})|{any_of(QUOTES['original'])})"
    r"(?:[^-_=~—–*]{0,80}[-_=~—–*]{2,}|\s?[:：]?$)"
)
_PHRASE = re.compile(rf"^(?:{_FORWARDED}|{any_of(QUOTES['original'])})$")
_BARE = re.compile(rf"^(?:(?P<fwd>{_FORWARDED})|{any_of(QUOTES['original'])})\s?[:：]$")
_DASHED = re.compile(r"^-{2,}\s?[^-]{3,50}\s?-{2,}$")
_RULE = re.compile(r"^\s*(?:[_]{5,}|[-]{8,}|[=]{8,}|[*]{8,}|[—–]{3,})\s*$")
_ABOVE = re.compile(rf"^\W*.{{0,80}}(?:{any_of(QUOTES['reply_above'])})\W*$")
_ASKS = re.compile(
    r"^(?:please |mohon |silakan |bitte |veuillez |por favor,? )?(?:reply|respond|type|write|enter|balas|tulis|jawab|"
    r"ketik|antwort|schreib|répond|écri|respond|escrib|escrev|scriv|rispond|schrijf|svar|skriv)"
)
_GROUPWISE = re.compile(r"^>>> ?\S.{2,200}\d{1,2}[:.]\d{2}[^>]{0,12}>>>\s*$")
_HIDDEN_QUOTE = re.compile(r"^\[(?:quoted text hidden|teks kutipan disembunyikan|teks yang dikutip disembunyikan)\]$")
_ENDS_WITH_VERB = re.compile(rf"\W(?:{any_of(QUOTES['verbs_last'])})$")
_SAID_ON = re.compile(
    r"^(?P<who>\S.{1,60}?) (?:said the following|wrote|writes|menulis|schrieb|a écrit|escribió|escreveu|"
    r"ha scritto|schreef|skrev) (?:on|at|pada|am|le|el|em|il|op|den) .{4,60}[:：]$"
)
_ONE_LINE = re.compile(
    r"^(?:from|dari|von|de|da|van)\s?: ?.{3,160}? (?:sent|date|dikirim|terkirim|tanggal|gesendet|datum|envoyé|enviado|"
    r"inviato|data|verzonden)"
    r"\s?: ?.{3,80}? (?:to|kepada|ke|an|à|para|a|aan)\s?: ?.{2,}"
)


def is_quoted(line: str) -> bool:
    """Whether the line carries a quote mark (`>`, or initials before it) as RFC 3676 section 4.5 and Usenet have it."""
    return bool(_QUOTE.match(line)) and not (line.startswith(">>>") and _GROUPWISE.match(line[:WIDE]))


def is_rule(line: str) -> bool:
    """Whether the line is a drawn rule only, such as the 32 underscores of Outlook."""
    return bool(_RULE.match(line))


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text, and the same folded for matching without quote marks and emphasis (at most `WIDE` long)."""

    lines: tuple[str, ...]
    bare: tuple[str, ...]
    quoted: frozenset[int] = frozenset()  # lines known as quoted, whatever they begin with

    @classmethod
    def of(cls, lines: Sequence[str], quoted: frozenset[int] = frozenset()) -> Page:
        """A page of these lines; beyond `FAR` they are not folded, only told from blank ones."""
        near = [fold(_LEAD.sub("", line[:WIDE])).rstrip("*_ ") for line in lines[:FAR]]
        return cls(tuple(lines), (*near, *(line[:WIDE].strip() for line in lines[FAR:])), quoted)

    def blank(self, i: int) -> bool:
        """Whether line i shows nothing."""
        return not self.bare[i] and not visible(self.lines[i][:WIDE])

    def next(self, i: int, reach: int = 6) -> int:
        """The next line from i on that is not blank, looking no further than `reach`; the number of lines if none."""
        return next((k for k in range(i, min(len(self.lines), i + reach)) if not self.blank(k)), len(self.lines))

    def quote_follows(self, i: int) -> bool:
        """Whether the next line that shows something carries a quote mark."""
        k = self.next(i)
        return k < len(self.lines) and (k in self.quoted or is_quoted(self.lines[k]))


def _spoken(text: str) -> bool:
    """Whether the words before the verb are a person's sentence ("tim kami menulis:") and not a name."""
    tail = re.split(r"[,>\"]", text)[-1].split()[-4:]
    return any(w.strip(".,;") in _PRONOUNS for w in tail)


def _attributes(text: str, follows: bool) -> bool:
    """Whether one folded, joined line is an attribution; `follows`: a quoted line stands below it."""
    end = _VERB_END.search(text) or _CJK_END.search(text)
    address = _ADDRESS.search(text)
    dated = _DATE.search(text)
    if _QUOTING.match(text) and (address or follows):
        return True
    if _IN_MESSAGE.match(text) or _VIA.match(text) or _STAMPED.match(text):
        return True
    said = _SAID_ON.match(text)
    if said and _CLOCK.search(text) and not _spoken(said["who"]):
        return True
    if follows and len(text) < 300 and (address or (dated and _CLOCK.search(text))):
        return True  # whatever the language: a date or an address over quoted lines
    starts = _STARTER.match(text) or _DATE_FIRST.match(text)
    if starts and dated:
        if end:
            if address or follows:
                return True
            if _spoken(text[: end.start()]):
                return False
            return bool(_CLOCK.search(text)) or (bool(re.search(r"\b20\d\d\b", text)) and len(text) < 90)
        named = _VERB_NAME.search(text)
        if named and (address or follows or _CLOCK.search(text)):
            return True
        if address and _ADDRESS_END.search(text) and _CLOCK.search(text) and len(text) < 260:
            return True
    if address and len(text) < 300:
        if end and not re.search(r"[.!?] ", text[: address.start()]):
            return True
        if _NAME_DATE.search(text) and _DATE.search(text[address.end() :]):
            return True
    return bool(follows and len(text) < 100 and _NAME_VERB.match(text))


def _attribution(page: Page, i: int) -> Header | None:
    first = page.bare[i]
    if len(first) < 4:
        return None
    opens = _STARTER.match(first) or _DATE_FIRST.match(first)
    if not (opens or _ADDRESS.search(first) or first.endswith((":", "：", "-", "<"))):
        return None
    text = ""
    for n in range(WRAPS):
        k = i + n
        if k >= len(page.lines) or page.blank(k) or (n and not opens and n > 2):
            return None
        piece = page.bare[k]
        text = f"{text} {piece}".strip() if n else piece.lstrip("- ")
        if len(text) > LONG:
            return None
        inline = _VERB_INLINE.search(text)
        if (
            opens
            and inline
            and re.search(r"[:：]\s{2,}\S", page.lines[k][:WIDE])
            and _attributes(text[: inline.start("rest")], False)
        ):
            return Header(Mark.ATTRIBUTION, k + 1, inline=True)
        closes = (
            piece.endswith((":", "："))
            or (piece.endswith(">") and page.quote_follows(k + 1))
            or re.search(r"\w\s?-{2,}$", piece)
        )
        if closes and _attributes(text, page.quote_follows(k + 1)):
            return Header(Mark.ATTRIBUTION, k + 1)
        if n and _LABEL.match(piece):
            return None
    return None


def _label(bare: str) -> tuple[str, str] | None:
    found = _LABEL.match(bare)
    return (LABELS[found["label"]], found["value"].strip(" *_")) if found else None


def _continues(page: Page, k: int) -> int:
    """The line at which the labels go on after a long recipient list, or 0."""
    for j in range(k, min(len(page.lines), k + 8)):
        if page.blank(j):
            return 0
        if _label(page.bare[j]):
            return j
    return 0


def _block(page: Page, i: int, divided: bool, top: bool) -> int:
    """The end of a header block that starts at line i, or 0; `divided`: a divider or rule stands above it."""
    fields: dict[str, str] = {}
    k = i
    while k < min(len(page.lines), i + TALL):
        got = _label(page.bare[k])
        if got is None:
            if page.blank(k):
                after = page.next(k, 2)
                gap = after < len(page.lines) and _label(page.bare[after])
                if not (fields and gap and gap[0] not in fields and "subject" not in fields):
                    break
                k = after
                continue
            on = _continues(page, k) if fields else 0
            if not on:
                break
            k = on
            continue
        if got[0] in fields and got[0] != "other":
            break
        fields[got[0]] = got[1]
        k += 1
    told = len(fields) - ("other" in fields)
    if "from" not in fields or told < 2:
        return _unknown(page, i) if divided else 0
    address = any(_ADDRESS.search(v) for v in fields.values())
    dated = any(_DATE.search(fields.get(f, "")) for f in ("sent", "date"))
    if divided:
        return k
    if address:
        return k if told >= 3 or dated or "subject" in fields or _ADDRESS.search(fields["from"]) else 0
    if top:  # a memo's own head ("Dari: ... Kepada: ... Tanggal: ...") is text
        return 0
    timed = any(_TIME.search(fields.get(f, "")) for f in ("sent", "date"))
    sent = "sent" in fields and told >= 3
    return k if timed and (sent or {"date", "to", "subject"} <= fields.keys()) else 0


def _unknown(page: Page, i: int) -> int:
    """The end of a header block below a rule in a language that is not known: three labels, a mailbox, a time; or 0."""
    k = i
    while k < min(len(page.lines), i + TALL) and _ANY_LABEL.match(page.bare[k]):
        k += 1
    told = " ".join(page.bare[i:k])
    return k if k - i >= 3 and re.search(r"[<\[(]\S{1,80}@", page.bare[i]) and _TIME.search(told) else 0


def find(page: Page, i: int, top: bool = False) -> Header | None:
    """The quote header that starts at line i, or None. `top`: nothing of the sender's own stands above line i."""
    line, bare = page.lines[i], page.bare[i]
    if not bare and not is_rule(line):
        return None
    if line.startswith(">>>") and _GROUPWISE.match(line[:WIDE]):
        return Header(Mark.BLOCK, i + 1)
    if _HIDDEN_QUOTE.match(bare):
        return Header(Mark.ABOVE, i + 1)
    if _ABOVE.match(bare) and (not visible(line)[:1].isalpha() or _ASKS.match(bare)):
        return Header(Mark.ABOVE, i + 1)
    if is_rule(line):
        k = page.next(i + 1, 4)
        if k < len(page.lines):
            end = _block(page, k, divided=True, top=top)
            if end:
                return Header(Mark.BLOCK, end)
        return None
    divider = _DIVIDER.match(bare) or _BARE.match(bare)
    if divider or _DASHED.match(bare) or _PHRASE.match(bare):
        k = page.next(i + 1, 4)
        end = _block(page, k, divided=True, top=top) if k < len(page.lines) else 0
        if divider:
            return Header(Mark.FORWARD if divider["fwd"] else Mark.DIVIDER, end or i + 1)
        if end:
            return Header(Mark.BLOCK, end)
    end = _block(page, i, divided=False, top=top) if _LABEL.match(bare) else 0
    if end:
        return Header(Mark.BLOCK, end)
    if _POSTED.match(bare) and not top:
        return Header(Mark.ATTRIBUTION, i + 1)
    if _ONE_LINE.match(bare) and (_ADDRESS.search(bare) or _CLOCK.search(bare)):
        return Header(Mark.BLOCK, i + 1)
    return _attribution(page, i)

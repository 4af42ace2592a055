"""Where a signature begins: delimiters, official signature blocks with NIP and post, closing names, contact blocks.

Two customs meet here. In an Indonesian letter a closing name on a line of its own, titles and posts are signature;
elsewhere a name under "Cheers," is kept unless a delimiter or a block of telephone numbers and addresses marks it.
Greetings and thanks are text in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mail.reply.newtext.footers import (
    SIGNING,
    is_banner,
    is_disclaimer,
    is_drawn,
    is_footer,
    is_list,
    is_mobile,
    is_program,
    speaks,
)
from mail.reply.newtext.headers import Page
from mail.reply.newtext.words import any_of, fold, visible

TALL = 18  # lines that an undelimited signature block may take
REACH = 80  # lines from the end of a run in which a signature may begin
DELIMITED = 25  # lines below "-- " (RFC 3676 section 4.3 wants four; disclaimers make it more)

_DELIMITER = re.compile(r"^\s{0,2}(?:--|—|–|-- ?=20|- -)\s*$")
_DRAWN = re.compile(r"^\s*(?:-{3,}|_{2,}|={3,}|\*{3,}|~{3,}|[—–]{2,})\s*$")
_DASHED_NAME = re.compile(r"^\s?(?:--?|—|–|~)\s?[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){0,3}\s*$")
_NUMBER = re.compile(r"\b(?:nip|nrp|nipppk|ni pppk)\b\W{0,4}\d|\b\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}\b")
_NIP = re.compile(r"\b(?:19|20)\d{6}[ .]?(?:19|20)\d{4}[ .]?[12][ .]?\d{3}\b")  # a servant of the Indonesian state
_TOLD_NUMBER = re.compile(r"\b(?:no|wa|hp)\b[.:]{0,2}\s?(?=[\d+(])")  # words of a sentence elsewhere
_RANK = re.compile(
    r"^(?:penata|pembina|pengatur|juru|golongan)\b.{0,30}$|\((?:iv|iii|ii|i|ix|x|xi)/?[a-e]?\)|\b(?:iv|iii|ii)\s?/\s?[a-e]\b"
)
_DEGREE = re.compile(
    r",\s*(?:S\.?\s?(?:S\.?T|K\.?M|I\.?Kom|T|E|H|Sos|IP|STP|Pd|KM|Kom|Si|Hut|P|Ag|Psi|SiT|A\.?P|Farm|Kep|Gz|Ked|Pt|Hum|Ars|Tr|IK?om|KH|Pd\.?I)"
    r"|M\.?\s?(?:P\.?S\.?Sp|A\.?R\.?S|Ak|Ling|T|M|Si|H|A\.?P|Kes|Pd|Kn|Sc|K\.?M|Kom|Eng|Hum|E|A|Psi|Ak)|A\.?Md|Ph\.?D|Sp\.?|SE|SH|ST|MM|MT|SSTP|SSos)\b"
)
_ADDRESSED = frozenset(["pak", "bu", "bapak", "ibu", "kang", "teh", "bang", "mas", "mbak", "sdr", "sdri"])
_OF_RT = re.compile(r"[\s,(-]{1,4}(?:RT|Rt|rt)\b.{0,30}$")
_TITLE = frozenset(
    [
        "h",
        "hj",
        "dr",
        "drg",
        "drs",
        "dra",
        "ir",
        "kol",
        "kh",
        "r",
        "rd",
        "tb",
        "prof",
        "ust",
        "ustadz",
        "hjh",
        "raden",
        "tubagus",
    ]
)
_CONTACT = re.compile(
    r"(?:\b(?:tel|telp|telepon|phone|ph|mobile|mob|cell|fax|faks|hp|wa|whatsapp|office|direct|e-?mail|surel|skype|web|"
    r"website|twitter|tlf|tél|téléphone|telefon|telefono|teléfono|móvil|handy|mobil|gsm|m|t|f|o|w|p)\s?[.:]{1,2}\s?\S)"
    r"|^\+?[\d()][\d ().-]{7,22}$"
    r"|^\W*[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,20}){1,4}\W*$|^\W*(?:https?://|www\.)\S{3,200}\W*$"
    r"|\+\d{1,3}[ .(-]{0,2}\d[\d ().-]{6,18}"
)
_CLOSED = re.compile(r"(?:salam|wassalam\w*|kasih|nuhun|regards|hormat|makasih|trims|tks)\W*$")
_STREET = re.compile(r"^(?:jl|jln|jalan|komplek|gedung)\b.{3,90}$")
_TERSE = re.compile(
    r"^[A-Z0-9](?:[^.!?:;]{1,58}[^.!?:;,\s]|.{1,50} (?:Inc|Ltd|Co|Corp|LLC|GmbH|S\.A|B\.V|Tbk)\.?)$"
)  # a post or a firm, in any language
_COPIES = re.compile(r"^(?:tembusan|cc)\s?:?\s*$|^tembusan\b.{0,40}:$")
_ITEM = re.compile(r"^(?:\d{1,2}[.)]|[-•*])\s?\S.{0,80}$")
_CLOSING = re.compile(rf"^(?:{any_of(SIGNING['closings'])})[ ,.:]*$")
_POST = re.compile(rf"^(?:{any_of(SIGNING['posts'])})(?=[\s,.:]|$)")
_OFFICE = re.compile(rf"^(?:{any_of(SIGNING['offices'])})(?=[\s,.:]|$)")
_DATED = re.compile(r"^[a-z' ]{3,24}, \d{1,2} [a-z]{3,9} \d{4}$")  # "Bogor, 7 Agustus 2026" over an official's name
_EXCLAIMED = frozenset(fold(w) for w in SIGNING["exclaimed"])
_PLACES = frozenset(fold(w) for w in SIGNING["places"])
_INDONESIAN = frozenset(fold(w) for w in SIGNING["indonesian"])
_SHARED = frozenset(fold(w) for w in SIGNING["shared"])
_FAREWELL = re.compile(rf"\b(?:{any_of(SIGNING['farewells'])})\W*$")
_WORD = re.compile(r"[^\W\d_]+")
_NAMED = re.compile(r"^[^\W\d_][\w'`.-]*$")


def find(page: Page, new: Sequence[bool], sender: str = "") -> Iterator[int]:
    """The lines that are signature, footer or banner, of those that are `new`."""
    shown = [run for run in _runs(new) if any(not page.blank(i) for i in range(*run))]
    for start, stop in shown:
        end = stop
        taken: set[int] = set()
        yield from _mark(_banner(page, start, end), taken)
        yield from _mark((i for i in range(start, end) if is_mobile(page.lines[i])), taken)
        end = _shrink(page, start, end, taken)
        at = _delimiter(page, start, end)
        if at is not None:
            yield from _mark(range(at, end), taken)
            end = at
        for _ in range(6):
            end = _shrink(page, start, end, taken)
            found = _footer(page, start, end, alone=len(shown) == 1)
            if found is None and start == shown[-1][0]:
                found = _block(page, start, end, sender)
            if found is None:
                break
            yield from _mark(range(found, end), taken)
            end = found


def _mark(lines: Iterator[int] | range, taken: set[int]) -> Iterator[int]:
    for i in lines:
        taken.add(i)
        yield i


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for i, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            yield start, i
            start = None


def _shrink(page: Page, start: int, end: int, taken: set[int]) -> int:
    """The end of the run without blank, drawn and taken lines below."""
    while end > start and (end - 1 in taken or page.blank(end - 1)):
        end -= 1
    return end


def _paragraph(page: Page, start: int, end: int) -> int:
    """Where the last paragraph before `end` begins, looking back over `REACH` lines."""
    k = end
    while k > max(start, end - REACH) and not page.blank(k - 1):
        k -= 1
    return k


def _banner(page: Page, start: int, end: int) -> Iterator[int]:
    first = page.next(start, reach=REACH)
    k = first
    while k < min(end, first + REACH) and not page.blank(k):
        k += 1
    if k < end and is_banner(page.lines[first:k]):
        yield from range(first, k)


def _delimiter(page: Page, start: int, end: int) -> int | None:
    """The line of a signature delimiter in the run, or None."""
    start = max(start, end - REACH)
    for i in range(start, end):
        line = page.lines[i]
        if _DELIMITER.match(line):
            below = [k for k in range(i + 1, end) if not page.blank(k)]
            strict = visible(line) == "--" and line.endswith(" ")
            if len(below) <= DELIMITED and (below or i > start) and (strict or not _goes_on(page, below)):
                return i
    for i in range(start, end):
        if _DRAWN.match(page.lines[i]):
            below = [k for k in range(i + 1, end) if not page.blank(k)]
            if below and len(below) <= 10 and _signs(page, below):
                return i
    return None


def _goes_on(page: Page, below: Sequence[int]) -> bool:
    """Whether the lines under a rule are more text, not a signature with a motto: many lines, some of them prose."""
    texts = [visible(page.lines[k]) for k in below]
    prose = [t for t in texts if len(t.split()) >= 9 and not is_footer(t)]
    return len(texts) > 6 and len(prose) >= 3 and not is_disclaimer(texts)


def _signs(page: Page, below: Sequence[int]) -> bool:
    """Whether the lines under a drawn rule look like a signature or a footer and not like text that goes on."""
    texts = [visible(page.lines[k]) for k in below]
    if any(is_footer(t) for t in texts) or is_disclaimer(texts):
        return True
    if any(len(t) > 80 or speaks(page.bare[k]) for t, k in zip(texts, below, strict=True)):
        return False
    return _name_like(texts[0]) or any(_CONTACT.search(page.bare[k]) for k in below)


def _footer(page: Page, start: int, end: int, alone: bool) -> int | None:
    """Where the footers at the end of the run begin, or None; `alone`: no other run holds text."""
    if end <= start:
        return None
    last = end - 1
    first = page.next(start, reach=REACH)
    if last > first or not alone:
        line = page.lines[last]
        if is_footer(line) or is_program(line) or is_drawn(line):
            return last
    k = _paragraph(page, start, end)
    if alone and k <= first:  # nothing but one paragraph: its first line is text
        k += 1
    for at in range(k, end):
        opens = at == k or is_drawn(page.lines[at - 1]) or _opens_notice(page.bare[at])
        if opens and is_disclaimer(page.lines[at:end]):
            return at
        if (opens or is_drawn(page.lines[at])) and is_list(page.lines[at:end]):
            return at
    return None


def _opens_notice(bare: str) -> bool:
    return bool(
        re.match(
            r"\W*(?:this|the information|disclaimer|confidential|pesan|surel|email|e-mail|isi|peringatan|surat)", bare
        )
    )


def _name_like(line: str) -> bool:
    """Whether the line reads like one person's name: one to five capitalised words, degrees left out, no sentence."""
    text = _DEGREE.split(_OF_RT.sub("", visible(line)))[0].strip(" ,.()-–—~*_")
    tokens = text.split()
    if len(tokens) > 1 and tokens[0].casefold().strip(".") in _ADDRESSED:
        tokens = tokens[1:]
    if not 1 <= len(tokens) <= 5 or len(text) > 48 or tokens[0].casefold() in _PLACES:
        return False
    if len(tokens) == 1 and text.isupper():  # a command word, however it is misspelt
        return False
    return all(
        _NAMED.match(t) and (t[0].isupper() or t.casefold().strip(".") in _TITLE or t in {"bin", "binti"})
        for t in tokens
    )


def _is_titled(line: str) -> bool:
    """Whether every word is capitalised, as in a chair whatever verbs it holds (`Kepala Seksi Kerja Sama`)."""
    words = re.findall(r"[A-Za-z][\w-]*", line)
    return (
        2 <= len(words) <= 14
        and len(line) <= 90
        and line[-1:] not in ".?!:"
        and all(word[0].isupper() or word in {"dan", "atau", "pada", "untuk"} for word in words)
    )


def _is_sender(bare: str, sender: str) -> bool:
    """Whether the line holds nothing but words of the sender's display name."""
    told = set(_WORD.findall(bare)) - _TITLE
    return bool(told) and told <= set(_WORD.findall(fold(sender)))


def _may_sign_so(sender: str) -> bool:
    """Whether one word that is not in the display name may be the writer's: the mailbox is an office's, or unknown."""
    words = fold(sender).split()
    return not words or any(_POST.match(word) or _OFFICE.match(word) for word in words)


def _kind(page: Page, i: int, sender: str) -> str:
    """What a line is in a signature block: number, rank, post, name, closing, contact, copy; "" for text."""
    bare, line = page.bare[i].strip(" ,"), visible(page.lines[i])
    if len(line) > 110:
        return ""
    if _NUMBER.search(bare):
        return "number"
    if _COPIES.match(bare):
        return "copies"
    if _CLOSING.match(bare):
        return "closing"
    if bare.rstrip(".") in _EXCLAIMED:
        return ""
    if _POST.match(bare) and _is_titled(line):
        return "post"
    called = bare.partition(" ")[0].strip(".") in _ADDRESSED and not speaks(bare.partition(" ")[2])
    if _name_like(line) and (_DEGREE.search(line) or _is_sender(bare, sender) or called):
        return "self" if _is_sender(bare, sender) else "name"
    if (
        speaks(_TOLD_NUMBER.sub("", bare))
        or line[-1:] in "?!:"
        or (line[-1:] == "." and not _DEGREE.search(line) and len(line.split()) > 3)
    ):
        return "item" if _ITEM.match(bare) else ""
    if _RANK.search(bare):
        return "rank"
    if _DEGREE.search(line):
        return "name"
    if _POST.match(bare) and len(line) <= 90 and line[:1].isupper():
        return "post"
    if _POST.match(bare) and re.match(r"(?:a\.?n|u\.?b)\b", bare):
        return "post"
    if _DATED.match(bare):
        return "date"
    if _OFFICE.match(bare) and len(line) <= 90 and line[:1].isupper():
        return "office"
    if _CONTACT.search(bare) or _STREET.match(bare):
        return "contact"
    if _is_sender(bare, sender):
        return "self"
    if _name_like(line) and (" " in line or _may_sign_so(sender)):
        return "name"
    if _ITEM.match(bare):
        return "item"
    parts = re.split(r"\s[-–|/]\s|,\s|\(", line)
    if len(parts) > 1 and _name_like(parts[0]) and len(line) <= 70:
        return "name"
    return ""


def is_indonesian(page: Page, start: int, end: int) -> bool:
    """Whether the words of these lines are Indonesian (or Sundanese as Bogor writes it) more than by chance."""
    told = [w for i in range(start, min(end, start + 60)) for w in _WORD.findall(page.bare[i])]
    sure = sum(w in _INDONESIAN for w in told)
    if any(_NIP.search(page.bare[i]) for i in range(start, min(end, start + 60))):
        return True
    return sure > 0 and sure + sum(w in _SHARED for w in told) >= len(told) // 14


def _block(page: Page, start: int, end: int, sender: str) -> int | None:
    """Where an undelimited signature at the end of the run begins, or None."""
    if end <= start:
        return None
    first = page.next(start, reach=max(REACH, end - start))
    here = is_indonesian(page, start, end)
    kinds: dict[int, str] = {}
    k = end
    while k > first + 1 and len(kinds) < TALL:
        if page.blank(k - 1):
            k -= 1
            continue
        kind = _kind(page, k - 1, sender)
        if not here and _FAREWELL.search(page.bare[k - 1]):
            kind = ""
        elif not kind and not here and _TERSE.match(visible(page.lines[k - 1])):
            kind = "terse"
        if not kind:
            break
        k -= 1
        kinds[k] = kind
    if not kinds:
        return None
    if here:
        return _official(page, first, kinds)
    return _contacts(page, first, kinds)


def _official(page: Page, first: int, kinds: dict[int, str]) -> int | None:
    """The top line of an Indonesian signature among the collected lines: a closing name, or post and NIP.

    A telephone number or a street may be what a citizen was asked for: alone under a name they make no signature.
    """
    order = sorted(kinds)
    copies = next((i for i in order if kinds[i] == "copies"), None)
    for top in order:
        if kinds[top] == "copies":
            return top
        body = {kinds[i] for i in order if i >= top and (copies is None or i < copies)}
        above = page.bare[_above(page, top, first)]
        if "item" in body or above.endswith((":", " ke", " kepada", " yaitu", " oleh", " di")):
            continue
        graduate = any(_DEGREE.search(page.lines[i]) for i in order if i >= top)
        named = bool(body & {"name", "self"})
        strong = graduate or bool(body & {"number", "rank", "closing"}) or ("post" in body and named)
        closed = bool(_CLOSED.search(above))
        set_off = page.blank(top - 1) or kinds[top] in {"closing", "number", "self"}
        signed = kinds[top] in {"name", "self", "post"} and body <= {"name", "self", "post", "office"}
        manned = kinds[top] == "post" and body <= {"post", "office", "contact"}  # a chair's number, not a citizen's
        if (
            (strong and (set_off or closed or len(body) > 1))
            or (closed and named)
            or (set_off and (signed or manned) and order[-1] - top < 5)
        ):
            return top
    return None


def _above(page: Page, i: int, first: int) -> int:
    """The line that shows something above line i."""
    k = i - 1
    while k > first and page.blank(k):
        k -= 1
    return k


def _contacts(page: Page, first: int, kinds: dict[int, str]) -> int | None:
    """The top line of a block with telephone numbers and addresses, or a dashed name; a bare name is kept here."""
    order = sorted(kinds)
    last = order[-1]
    if (
        last > first
        and _DASHED_NAME.match(page.lines[last])
        and not _DASHED_NAME.match(page.lines[_above(page, last, first)])
    ):
        return last
    top = next((i for i in order if kinds[i] in {"name", "self"} and (i == order[0] or page.blank(i - 1))), None)
    contacts = sum(kinds[i] == "contact" for i in order if top is not None and i > top)
    if top is None or contacts < 2 or page.bare[_above(page, top, first)].endswith(":"):
        return None
    return top

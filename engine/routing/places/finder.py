"""Weighs the names found in a text: who is only passing, coming from there or signing, and what remains."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from engine.directory import Directory
from engine.routing.places.names import FAIR, MOST_TOKENS, STRONG, WEAK, Name, Names
from engine.routing.places.words import SHORTENED, TITLES, Words, word_set, words
from engine.routing.remembered import Remembered

THRESHOLD = 2.4
# Words right before a name that make even a common word a place.
_AT = word_set(
    """
    di d daerah wilayah sekitar kawasan lingkungan seputaran jalan gang kampung perumahan kelurahan arah dekat
    deket dkt depan dpn belakang blkg sebelah sblh samping seberang sebrang sbrg ti caket payuneun hareupeun
    tukangeun pasar kantor tanjakan turunan simpang jembatan stasiun terminal sekolah sd smp sma smk puskesmas
    warga rw rt
    """
)
_FIRM_AT = word_set(
    """
    daerah wilayah kawasan jalan gang kampung perumahan kelurahan warga sd smp puskesmas simpang tanjakan
    turunan
    """
)
_TOWARDS = word_set("menuju jurusan tujuan")
_SELF = word_set("saya sy aku gw gue abdi ane kami ktp")
_FROM = word_set("dari dr dri ti asal")
_UPTO = word_set("sampai smpe sampe smp sampei hingga nepi ke s d menuju arah ka")
_ORIGIN = word_set(
    """
    warga wrg orang org penduduk domisili berdomisili ktp asal tinggal penghuni kerja bekerja
    """
)
_NOT = word_set("bukan bkn sanes")
_LIKE = word_set("kaya kayak kyk seperti spt bagai macam ibarat")
_EVENT = word_set(
    """
    kejadian kejadiannya kejadianna lokasi lokasinya tepatnya persisnya tkp titiknya titik posisi posisinya
    letaknya alamat alamatnya tempatnya bertempat
    """
)
_ROUTE = word_set("rute trayek jurusan koridor")
_CLOSING = word_set(
    """
    salam wassalam wasalam hormat kasih terimakasih makasih trims tks nuhun thanks regards tertanda ttd demikian mksh
    """
)
_OUT = "luar kota"


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A KEL- or KEC- code or None; `reasons` are the names found; `confidence` (0 to 1) is of the answer."""

    code: str | None
    reasons: tuple[str, ...] = ()
    confidence: float = 0.0


@dataclass(slots=True)
class _Mention:
    name: Name
    start: int
    end: int
    weight: float
    role: str = ""


class Gazetteer:
    """The compiled names of one city. Immutable after it is made, so one serves all threads."""

    def __init__(self, directory: Directory) -> None:
        self._places = directory.places
        self._names = Names(directory)
        self._longest = max(map(len, self._names.by_key), default=0)
        self._keys = sorted((*self._names.by_key, *self._names.ignore))
        self._fixed = Remembered(self._fix)
        self._begins = Remembered(self._may_begin)

    def find(self, text: str) -> PlaceFound:
        """The kelurahan of the matter, its kecamatan where it spans several, or None; never raises.

        The first line counts as the subject. Streets through several kelurahan name none by themselves; a name that
        is also a common word counts only with "Jl.", "Kel." or a neighbour; directions, the writer's home and
        signatures count little. At most 12,000 characters are read.
        """
        found = words(text)
        mentions = self._mentions(found)
        if not mentions:
            return PlaceFound(None, (), 0.9)
        self._roles(found, mentions)
        route = self._route(found, mentions)
        if route is not None:
            return route
        return self._decide(mentions)

    def named(self, text: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """The names of streets, landmarks and places in a text as the city writes them, each with its places' codes.

        Names that are denied, only a direction, a route, or where the writer comes from are left out.
        """
        found = words(text)
        mentions = self._mentions(found)
        self._roles(found, mentions)
        kept = [m for m in mentions if m.role in ("", "event", "subject") and m.weight >= FAIR and not m.name.outside]
        return tuple((m.name.shown, frozenset(m.name.places)) for m in kept)

    def _mentions(self, found: Words) -> list[_Mention]:
        tokens, stops, names = found.tokens, found.stops, self._names
        mentions: list[_Mention] = []
        at = 0
        count = len(tokens)
        while at < count:
            if not self._begins[tokens[at]]:
                at += 1
                continue
            hit: tuple[Name | None, int] | None = None
            if tokens[at] not in TITLES:
                key = ""
                for end in range(at, min(at + MOST_TOKENS + 2, count)):
                    if end > at and _breaks(stops[end], tokens[end - 1]):
                        break
                    token = tokens[end]
                    if end > at and token in TITLES:
                        continue
                    key += token
                    if len(key) > self._longest:
                        break
                    if key in names.by_key:
                        hit = (names.by_key[key], end + 1)
                    elif key in names.ignore:
                        hit = (None, end + 1)
            if hit is None:
                hit = self._typo(found, at)
            if hit is None:
                at += 1
                continue
            name, end = hit
            if name is not None:
                near = at > 0 and tokens[at - 1] in _AT and not _breaks(stops[at], tokens[at - 1])
                weight = name.near if near else name.weight
                if near and tokens[at - 1] in _FIRM_AT:
                    weight = max(weight, name.near, FAIR)
                if name.office and not near:
                    weight = WEAK
                mentions.append(_Mention(name, at, end, weight))
            at = end
        return mentions

    def _may_begin(self, word: str) -> bool:
        """Whether a name, as it is or with one wrong letter, may begin with this word; most words begin none."""
        at = bisect_left(self._keys, word)
        if word not in TITLES and at < len(self._keys) and self._keys[at].startswith(word):
            return True
        return word in self._names.vocabulary or self._fixed[word] is not None

    def _typo(self, found: Words, at: int) -> tuple[Name | None, int] | None:
        """A name with one wrong letter in a word of five letters or more; the rest must fit exactly."""
        names, tokens = self._names, found.tokens
        fixed = self._fixed[tokens[at]]
        first = fixed or tokens[at]
        changed = fixed is not None
        best: tuple[Name | None, int] | None = None
        if changed and len(first) > 6 and first in names.by_key:
            best = (names.by_key[first], at + 1)
        key = first
        if not changed and first not in names.vocabulary:
            return None
        for end in range(at + 1, min(at + 4, len(tokens))):
            if _breaks(found.stops[end], tokens[end - 1]):
                break
            word = tokens[end]
            mended = None if word in names.vocabulary else self._fixed[word]
            changed = changed or mended is not None
            key += mended or word
            name = names.by_key.get(key)
            if name is not None and changed and len(key) > 6:
                best = (name, end + 1)
        return best

    def _fix(self, word: str) -> str | None:
        names = self._names
        if len(word) < 5 or len(word) > 25 or word in names.vocabulary or word.isdigit():
            return None
        found = names.typos.get(word)
        if found is None:
            for n in range(1, len(word)):
                found = names.typos.get(word[:n] + word[n + 1 :])
                if found is not None:
                    break
        # The first letter is rarely wrong, and keeping it holds "rencana" apart from "kencana".
        return found if found and found[0] == word[0] and abs(len(found) - len(word)) <= 1 else None

    def _roles(self, found: Words, mentions: list[_Mention]) -> None:
        """What each name is doing in its sentence, and what that leaves of its weight."""
        signature, subject = _signature(found), _subject(found)
        for mention in mentions:
            role, factor = _role(_before(found, mention.start, 8))
            if not role and mention.start >= signature:
                role, factor = "signature", 0.45
            elif not role and mention.start < subject:
                role, factor = "subject", 1.1
            mention.role, mention.weight = role, mention.weight * factor

    def _route(self, found: Words, mentions: list[_Mention]) -> PlaceFound | None:
        """A stretch from one place to another: their common kelurahan or kecamatan, else none."""
        live = [m for m in mentions if m.name.places and m.weight >= FAIR * 0.9 and m.role != "signature"]
        for a, b in pairwise(live):
            between = found.tokens[a.end : b.start]
            dashed = not between and found.stops[b.start] == "-"
            if not dashed and not (
                len(between) <= 4
                and any(w in _UPTO for w in between)
                and any(w in _FROM or w in _ROUTE for w in _before(found, a.start, 3))
            ):
                continue
            if a.name.places & b.name.places:
                continue
            return self._span(a, b)
        if len(live) > 2 and any(w in _ROUTE for w in found.tokens):
            codes = set.intersection(*(m.name.places for m in live))
            if not codes:
                return PlaceFound(None, ("rute melalui beberapa kelurahan",), 0.7)
        return None

    def _span(self, a: _Mention, b: _Mention) -> PlaceFound:
        kecamatan = {self._kecamatan(c) for c in a.name.places} & {self._kecamatan(c) for c in b.name.places}
        reason = f"dari “{a.name.shown}” sampai “{b.name.shown}”"
        if len(kecamatan) == 1:
            return PlaceFound(kecamatan.pop(), (reason,), 0.6)
        return PlaceFound(None, (f"{reason}: melintasi beberapa kecamatan",), 0.7)

    def _kecamatan(self, code: str) -> str:
        return self._places[code].kecamatan

    def _decide(self, mentions: list[_Mention]) -> PlaceFound:
        scores: dict[str, float] = {}
        reasons: dict[str, list[str]] = {}
        whole: dict[str, float] = {}
        seen: dict[int, float] = {}
        for mention in mentions:
            # The same name again adds nothing, but its best role counts.
            extra = mention.weight - seen.get(id(mention.name), 0.0)
            if extra <= 0:
                continue
            seen[id(mention.name)] = mention.weight
            codes = [c for c in mention.name.places if self._kecamatan(c) != c]
            share = extra if len(codes) == 1 else extra * 0.6
            for code in codes or ([_OUT] if mention.name.outside else []):
                scores[code] = scores.get(code, 0.0) + share
                reasons.setdefault(code, []).append(mention.name.shown)
            for code in mention.name.places:
                if self._kecamatan(code) == code:
                    whole[code] = whole.get(code, 0.0) + extra
        for code, score in list(scores.items()):
            if code != _OUT and score >= WEAK and whole.get(self._kecamatan(code), 0) >= STRONG:
                scores[code] = score + 2.0
        ranked = sorted(scores, key=lambda c: -scores[c])
        if not ranked or scores[ranked[0]] < THRESHOLD:
            return self._only_kecamatan(whole, mentions)
        best = scores[ranked[0]]
        tied = [c for c in ranked if scores[c] > best * 0.85]
        if len(tied) > 1:
            return self._tied(tied, whole, mentions, reasons)
        if ranked[0] == _OUT:
            return PlaceFound(None, (f"di luar kota: “{reasons[_OUT][0]}”",), 0.8)
        second = scores[ranked[1]] if len(ranked) > 1 else 0.0
        why = tuple(f"“{shown}”" for shown in dict.fromkeys(reasons[ranked[0]]))
        return PlaceFound(ranked[0], why[:4], round(min(0.97, best / (best + second + 1.5)), 2))

    def _only_kecamatan(self, whole: dict[str, float], mentions: list[_Mention]) -> PlaceFound:
        ranked = sorted(whole, key=lambda c: -whole[c])
        named = [c for c in ranked if whole[c] >= THRESHOLD]
        if len(named) == 1 or (len(named) > 1 and whole[named[0]] > whole[named[1]] * 1.5):
            shown = [m.name.shown for m in mentions if named[0] in m.name.places]
            return PlaceFound(named[0], tuple(f"“{s}”" for s in dict.fromkeys(shown))[:4], 0.7)
        return PlaceFound(None, (), 0.6)

    def _tied(
        self, tied: list[str], whole: dict[str, float], mentions: list[_Mention], reasons: dict[str, list[str]]
    ) -> PlaceFound:
        """Several kelurahan with equal claims: the first named if each has its own name, else their kecamatan."""
        why = tuple(f"“{shown}”" for code in tied for shown in dict.fromkeys(reasons.get(code, ())))
        inside = [c for c in tied if c != _OUT]
        own = {
            c: min((m.start for m in mentions if m.name.places == {c} and m.weight >= FAIR), default=-1) for c in inside
        }
        if _OUT in reasons and any(start < 0 for start in own.values()):
            return PlaceFound(None, ("di luar kota", *why[:3]), 0.6)
        if own and all(start >= 0 for start in own.values()):
            first = min(own, key=lambda c: own[c])
            return PlaceFound(first, why[:4], 0.5)
        kecamatan = {self._kecamatan(code) for code in inside}
        if len(kecamatan) == 1:
            return PlaceFound(kecamatan.pop(), why[:4], 0.6)
        listed = [c for c in kecamatan if whole.get(c, 0) >= FAIR]
        if len(listed) == 1:
            return PlaceFound(listed[0], why[:4], 0.5)
        return PlaceFound(None, why[:4], 0.5)


def _breaks(stop: str, before: str) -> bool:
    """Whether a name cannot run on over this punctuation; one full stop after a short form is no end."""
    if stop in ("", "\n", "-"):
        return False
    return not (stop in (".", ".\n") and (len(before) <= 4 or before in SHORTENED))


def _before(found: Words, at: int, count: int) -> list[str]:
    """Up to `count` tokens before a place in the same sentence."""
    start = at
    while start > 0 and at - start < count and not any(c in ".!?;\n" and c != "\n" for c in found.stops[start]):
        start -= 1
    return found.tokens[start:at]


def _role(before: list[str]) -> tuple[str, float]:
    """A name's role by the words before it in the sentence: likened, denied, a direction, a route, the very spot, home.

    A direction or the writer's home may still be the place when nothing better is named, so they keep something.
    """
    last, two, four = before[-1:], before[-2:], before[-4:]
    if any(w in _LIKE for w in last) or any(
        w in _NOT for w in (last if last and last[0] not in _AT else two[:1] + last)
    ):
        return "denied", 0.0
    if "arah" in two or any(w in _TOWARDS for w in last):
        return "direction", 0.15
    if any(w in _ROUTE for w in before):
        return "route", 0.3
    if any(w in _EVENT for w in four):
        return "event", 2.0
    if any(w in _ORIGIN for w in two) and any(w in _SELF for w in before):
        return "origin", 0.4
    if any(w in _FROM for w in two) and any(w in _SELF for w in before[-3:]):
        return "origin", 0.4
    return "", 1.0


def _subject(found: Words) -> int:
    """How many tokens stand in the first line."""
    return next((n for n, stop in enumerate(found.stops) if n and "\n" in stop), 0)


def _signature(found: Words) -> int:
    """Where the closing lines begin: after the last word of farewell, if little follows it."""
    count = len(found.tokens)
    for at in range(count - 1, max(-1, count - 30), -1):
        if found.tokens[at] in _CLOSING and "\n" in "".join(found.stops[at + 1 :]):
            return at + 1
    return count

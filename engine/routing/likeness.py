"""How alike two complaints are: topic, place, time and words, as points with reasons that a person can read.

`Traces(directory).of(...)` reads once what a complaint tells; `compare` weighs a new one against all reports of a
known matter. Points are log odds set by hand: each says how much more often it is seen in two reports of one matter
than in two of different ones. Whatever the points, a matter of the writer's own, another topic, another kelurahan or
another spot is for a person to join: what is `barred` is proposed at most.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.directory import Directory
from engine.routing.features import stem
from engine.routing.fold import fold, tokens
from engine.routing.places import Gazetteer
from engine.routing.places.words import word_set

ALONE, SPOT, AREA = "sendiri", "titik", "wilayah"
BURST = timedelta(hours=3)
MANY = 3
"""So many reports within `BURST` are an event that is going on."""
_FAINT, _ALIKE = 0.3, 0.4
"""Likeness of words below which a mail without a place is not joined, and from which it is worth asking."""
_SAME_TEXT, _FEW_WORDS = 0.7, 5
_LIMIT = 4_000
"""Characters of a text that are compared."""
_MEMBERS = 40
_COURTESY = word_set(
    """
    tolong mohon terima kasih maaf bapak ibu admin min saya kami yang dan di ke dari untuk dengan ini itu ada tidak
    sudah belum masih lagi juga sangat sekali supaya segera cepat bantu bantuan dibantu cek dicek tindak lanjut lapor
    laporan melaporkan selamat pagi siang sore malam salam hormat assalamualaikum wassalam wr wb warga rumah daerah
    jalan kelurahan kecamatan kampung gang rt rw sini situ sana kota bogor pemerintah dinas karena kalau jadi bagaimana
    kapan kenapa apa apakah bisa mau akan sampai sekarang hari jam kok ya sih dong deh nih atuh teh mah euy punten nuhun
    orang
    perumahan komplek blok nomor
    """
)
_CORNER = re.compile(
    r"\b(rw|rt|gang|gg|kampung|kp|perum|perumahan|komplek|komp|blok|cluster)\.?\s*(?:no\.?\s*)?0*([a-z0-9]+)"
)
_SLASHED = re.compile(r"\brt\.?\s*0*(\d{1,3})\s*/\s*(?:rw\.?\s*)?0*(\d{1,3})")
_LASTING = re.compile(
    r"\b(?:(?:\d+|dua|tiga|empat|lima|enam|tujuh|delapan|beberapa|ber|se)[- ]?"
    r"(?:minggu|mgg|mnggu|bulan|bln|tahun|thn|taun)(?:an)?"
    r"|(?:tiap|setiap|unggal)[- ](?:hari|malam|malem|pagi|sore|kali|hujan|minggu|bulan)"
    r"|selalu|sering|dari dulu|sejak dulu"
    r"|sudah lama|udah lama|udh lama|sdh lama|berbulan|bertahun|berminggu|menahun|langganan banjir)\b"
)
_FRESH = re.compile(
    r"\b(?:barusan|baru saja|baru aja|mendadak|tiba-tiba|ujug-ujug|semalam|semalem|hari ini"
    r"|malam ini|pagi ini|siang ini"
    r"|subuh|janari|tadi(?: pagi| siang| malam| malem| sore)?"
    r"|(?:dari|sejak|dr|sjk|ti|mulai) (?:tadi|pagi|isuk|siang|sore|jam|pukul|pkl|semalam|kemarin|kmrn|kamari|peuting)"
    r"|(?:\d+|se|sa|dua|tiga|empat) ?jam)\b"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """What one complaint tells of its matter: where (`place` code, `spots` by name and `around`, the places
    they may lie in, `corners` such as rw or gang), when
    it began (`onset`: fresh, lasting or nothing), and the words that carry it. `perhaps` are other topics that routing
    thought of.
    """

    topic: str | None
    perhaps: frozenset[str]
    place: str | None
    spots: frozenset[str]
    around: frozenset[str]
    corners: frozenset[tuple[str, str]]
    onset: str
    words: frozenset[str]
    sender: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` is 0 to 1; `barred` says why no program may join it, "" if one may; `reasons` are in Indonesian.

    `worth` says whether a person should be asked at all: a topic and an hour in common is no likeness.
    """

    score: float
    barred: str = ""
    reasons: tuple[str, ...] = ()
    worth: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    """What one side of the comparison says; `near` the same place, `apart` certainly not the same matter."""

    points: float
    bar: str = ""
    reason: str = ""
    near: bool = False
    apart: bool = False


class Traces:
    """Reads complaints of one city. Immutable, so one serves all threads."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._gazetteer = Gazetteer(directory)
        self._own = frozenset(place.name.casefold() for place in directory.places.values())

    def of(
        self,
        subject: str,
        text: str,
        topic: str | None,
        place: str | None,
        sender: str,
        at: datetime,
        perhaps: Iterable[str] = (),
    ) -> Trace:
        """The trace of a complaint; never raises, whatever was written. Reads at most 4,000 characters."""
        whole = f"{subject}\n{text}"[:_LIMIT]
        folded = fold(whole)
        onset = "lasting" if _LASTING.search(folded) else "fresh" if _FRESH.search(folded) else ""
        spots, around = self._spots(whole)
        others = frozenset(perhaps) - {topic}
        words = _words(whole)
        return Trace(topic, others, place, spots, around, _corners(folded), onset, words, sender.lower(), at)

    def _spots(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """Streets and landmarks, and the places they may lie in; a name that several places share is one only if it is
        a street.
        """
        found: set[str] = set()
        around: set[str] = set()
        for shown, places in self._gazetteer.named(text):
            name = shown.casefold()
            if name not in self._own and (len(places) == 1 or name.startswith(("jl", "jalan", "gang"))):
                found.add(name)
                around |= places
        return frozenset(found), frozenset(around)

    def reach(self, topic: str | None) -> str:
        """Whom a matter of this topic concerns; one without a topic only its writer."""
        found = self._directory.topics.get(topic or "")
        return found.reach if found else ALONE

    def compare(self, new: Trace, known: Sequence[Trace]) -> Verdict:
        """How likely `new` is one more report of the matter that `known` (at least one, oldest first) tell of."""
        known = [known[0], *known[1:][-_MEMBERS:]]
        topic = Counter(one.topic for one in known).most_common(1)[0][0]
        reach = self.reach(topic)
        again = any(new.sender and new.sender == one.sender for one in known)
        words = max(_alike(new.words, one.words) for one in known)
        place = self._place(new, known, reach)
        onset = _onset(new, known)
        sudden = reach == AREA and onset.points > 0 and _recent(new, known) > 0
        parts = [self._topic(new, known, topic, again), place, _time(new, known, reach), onset]
        parts.append(_Part(4.0 * (min(words, 0.8) - 0.25), reason=f"isi mirip {round(100 * words)} %"))
        if not place.near and words < self._faint(new, known):
            parts.append(_Part(0.0, "isi lain"))
        if again:
            parts.append(_Part(2.0, "" if words >= _ALIKE else "isi lain", "pelapor sama"))
        score = 1 / (1 + math.exp(-sum(part.points for part in parts)))
        return Verdict(
            round(score, 3),
            "; ".join(part.bar for part in parts if part.bar),
            tuple(part.reason for part in parts if part.reason),
            (place.near or self._worth(new, known, reach, words, again, sudden)) and not any(p.apart for p in parts),
        )

    def _worth(self, new: Trace, known: Sequence[Trace], reach: str, words: float, again: bool, sudden: bool) -> bool:
        """Whether words alone are enough to ask a person: short mails about any two holes are alike."""
        if again or reach == AREA:
            return words >= _ALIKE or (sudden and words >= _FAINT / 2)
        return words >= _SAME_TEXT and min(len(new.words), *(len(one.words) for one in known)) >= _FEW_WORDS

    def _faint(self, new: Trace, known: Sequence[Trace]) -> float:
        """The likeness of words that is asked of two mails that share no place."""
        if new.place and not any(one.place or one.around for one in known):
            return _FAINT / 2  # the first one who says where
        return _FAINT if _recent(new, known) < MANY else _FAINT - 0.08

    def _topic(self, new: Trace, known: Sequence[Trace], topic: str | None, again: bool) -> _Part:
        """The topic of most reports of the matter counts: one of them may be misread."""
        reach = self.reach(topic)
        if reach == ALONE and not again:
            return _Part(-1.0, "urusan pelapor sendiri", apart=True)
        if topic and new.topic == topic:
            found = self._directory.topics.get(topic)
            return _Part(1.5, reason=f"topik sama: {found.name if found else topic}")
        if topic in new.perhaps:
            # Routing wavered: where everybody around writes of one thing, this one most likely does too.
            sure = reach == AREA and _recent(new, known) >= MANY and self._place(new, known, reach).near
            return _Part(0.5, "" if sure else "topik belum pasti")
        return _Part(-1.5, "topik lain")

    def _kecamatan(self, place: str) -> str:
        found = self._directory.places.get(place)
        return found.kecamatan if found else place

    def _place(self, new: Trace, known: Sequence[Trace], reach: str) -> _Part:
        """The nearest that any report of the matter lies; a street or landmark says more than a kelurahan."""
        corner = 0.7 if any(new.corners & one.corners for one in known) else 0.0
        shared = new.spots.intersection(*[frozenset().union(*(one.spots for one in known))])
        if shared:
            return _Part(3.0 + corner, reason=f"tempat sama: {min(shared)}", near=True)
        return self._area(new, known, corner) if reach == AREA else self._spot(new, known, corner)

    def _area(self, new: Trace, known: Sequence[Trace], corner: float) -> _Part:
        """Trouble of an area: one kelurahan is near enough; what lies elsewhere is another matter."""
        places = {one.place for one in known if one.place}
        around = frozenset().union(*(one.around for one in known))
        many = _recent(new, known) >= MANY
        if new.place and new.place in places:
            return _Part(2.0 + corner, reason=f"wilayah sama: {self._called(new.place)}", near=True)
        if (new.place and new.place in around) or new.around & places or new.around & around:
            return _Part(1.2 + corner, reason="wilayah berdekatan", near=True)
        if not (new.place or new.around) or not (places or around):
            # While nobody else writes of it, two such mails may well come from two ends of the city.
            fresh = bool(new.place or places) and new.onset == "fresh" and any(one.onset == "fresh" for one in known)
            return _Part(corner, "" if fresh or many else "tempat tidak disebut")
        mine = {self._kecamatan(place) for place in (new.place, *new.around) if place}
        near = {self._kecamatan(place) for place in (*places, *around)}
        if not mine & near:
            return _Part(-4.0, "kecamatan lain", apart=True)
        if new.place in near or places & near:
            return _Part(1.0, reason="kecamatan sama", near=True)
        return _Part(-1.0, "kelurahan lain", near=many, apart=not many)

    def _spot(self, new: Trace, known: Sequence[Trace], corner: float) -> _Part:
        """A hole or a lamp: the same street or landmark, or the same kelurahan and rw."""
        places = {one.place for one in known if one.place}
        spots = any(one.spots for one in known)
        if new.spots and spots:
            return _Part(-3.0 + corner, "jalan atau patokan lain", apart=True)
        if new.place is None or not places:
            return _Part(-1.0 + corner, "tempat tidak disebut")
        if new.place in places:
            reason = f"wilayah sama: {self._called(new.place)}"
            bar = "" if corner else "titiknya belum tentu sama"
            return _Part(2.0 if corner else 0.5, bar, reason, near=True)
        return _Part(-3.0, "tempat lain", apart=True)

    def _called(self, place: str) -> str:
        found = self._directory.places.get(place)
        return found.name if found else place


def _time(new: Trace, known: Sequence[Trace], reach: str) -> _Part:
    """An area's trouble is reported within hours; a hole in the road may be reported for weeks."""
    gap = min(abs(new.at - one.at) for one in known)
    hours = gap / timedelta(hours=1)
    if reach == AREA:
        points = 1.5 if hours <= 1 else 1.0 if hours <= 3 else 0.3 if hours <= 12 else -0.5 - hours / 24
    else:
        points = 0.8 if hours <= 6 else 0.4 if hours <= 72 else 0.0
    recent = _recent(new, known)
    if reach == AREA and recent >= MANY:
        points += 1.0 if recent < 3 * MANY else 1.8
    said = f"{round(hours * 60)} menit" if hours < 2 else f"{round(hours)} jam" if hours < 48 else f"{gap.days} hari"
    return _Part(points, reason=f"selang {said}")


def _recent(new: Trace, known: Iterable[Trace]) -> int:
    return sum(abs(new.at - one.at) <= BURST for one in known)


def _onset(new: Trace, known: Iterable[Trace]) -> _Part:
    """What began today is not what has gone on for weeks."""
    others = {one.onset for one in known if one.onset}
    if not new.onset or not others:
        return _Part(0.0)
    return _Part(0.5) if new.onset in others else _Part(-2.0, "mulainya lain", apart=True)


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words over the geometric mean of both counts: 0 nothing, 1 the same."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def _words(text: str) -> frozenset[str]:
    """Stems of the words that carry the matter, and the pairs of neighbours among them."""
    kept = [stem(word) for word in tokens(text) if word not in _COURTESY and len(word) > 1]
    return frozenset(kept)


def _corners(folded: str) -> frozenset[tuple[str, str]]:
    """Small places that no table knows: rw 5, gang mawar, blok c."""
    found = {("rw", match[2]) for match in _SLASHED.finditer(folded)}
    short = {"gg": "gang", "kp": "kampung", "perum": "perumahan", "komp": "komplek"}
    for match in _CORNER.finditer(folded):
        kind = short.get(match[1], match[1])
        if kind != "rt" and (kind not in ("rw",) or match[2].isdigit()):
            found.add((kind, match[2]))
    return frozenset(found)

"""How alike two complaints are: topic, place, time and words, as points with reasons that a person can read.

`Traces(directory).of(...)` reads once what a complaint tells (see `trace`); `compare` weighs a new one against all
reports of a known matter. Points are log odds set by hand: each says how much more often it is seen in two reports of
one matter than in two of different ones. Whatever the points, a matter of the writer's own, another topic, another
kelurahan or another spot is for a person to join: what is `barred` is proposed at most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from engine.routing import onset
from engine.routing.trace import ALONE, AREA, NET, SPOT, Reader, Trace, slip

BURST = timedelta(hours=3)
MANY = 3
"""So many reports within `BURST` are an event that is going on."""
PLAIN = 2 * MANY
"""So many make it so plain that a mail of the same place which routing took for something else may belong to it."""
_FAINT, _ALIKE = 0.3, 0.4
"""Likeness of words below which a mail without a place is not joined, and from which it is worth asking."""
_COMMON, _BEST = 0.27, 5
"""Mean likeness to that many reports, the place's own words left out, from which a mail that routing could not place
belongs to a plain event: the neighbours' other troubles mostly stay below 0.2.
"""
_HARDLY = 0.18
"""The same for a mail of which routing thought that it might be of the topic."""
_MUCH = 0.4
"""The same for a mail that routing gave to a neighbouring topic of the same office."""
_SAME_TEXT, _FEW_WORDS = 0.7, 5
"""Likeness and number of words from which two mails that share no place are worth a question."""
_MEMBERS = 40


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


class Traces(Reader):
    """Reads and compares complaints of one city. Immutable, so one serves all threads."""

    def compare(self, new: Trace, known: Sequence[Trace], beside: int = 0) -> Verdict:
        """How likely `new` is one more report of the matter that `known` (at least one, oldest first) tell of.

        `beside` is how many reports of the topic came lately from the same place, whatever matter they were taken for.
        """
        known = [known[0], *known[1:][-_MEMBERS:]]
        topic = Counter(one.topic for one in known).most_common(1)[0][0]
        reach = self.reach(topic)
        if reach == NET:
            reach = AREA if _spread(new, known, beside) else SPOT
        again = any(new.sender and new.sender == one.sender for one in known)
        words = max(_alike(new.words, one.words) for one in known)
        common = sum(sorted((_alike(new.matter, one.matter) for one in known), reverse=True)[:_BEST]) / _BEST
        place = self._place(new, known, reach)
        began = _onset(new, known)
        sudden = reach == AREA and began.points > 0 and _recent(new, known) > 0
        parts = [self._topic(new, known, topic, reach, again, common), place, _time(new, known, reach), began]
        parts.append(_Part(4.0 * (min(words, 0.8) - 0.25), reason=f"isi mirip {round(100 * words)} %"))
        if not place.near and words < self._faint(new, known):
            parts.append(_Part(0.0, "isi lain"))
        if reach == SPOT and words < _FAINT / 2 and not again:
            parts.append(_Part(0.0, "isi lain"))
        if (new.single and any(one.wide for one in known)) or (new.wide and all(one.single for one in known)):
            parts.append(_Part(0.0, "satu titik atau seluruhnya"))
        if new.lost and not place.near and not self._meant(new, known):
            parts.append(_Part(0.0, "tempat tidak dikenal"))
        if again:
            parts.append(_Part(2.0, "" if words >= _ALIKE else "isi lain", "pelapor sama"))
        score = 1 / (1 + math.exp(-sum(part.points for part in parts)))
        return Verdict(
            round(score, 3),
            "; ".join(part.bar for part in parts if part.bar),
            tuple(part.reason for part in parts if part.reason),
            (place.near or self._worth(new, known, reach, words, again, sudden)) and not any(p.apart for p in parts),
        )

    def _meant(self, new: Trace, known: Sequence[Trace]) -> bool:
        """Whether a name that nobody knows is the matter's own place with a slip of the thumb."""
        names = {word for one in known for name in (self._called(one.place or ""), *one.spots) for word in name.split()}
        return any(slip(word, name.casefold()) for word in new.lost for name in names)

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

    def _topic(
        self, new: Trace, known: Sequence[Trace], topic: str | None, reach: str, again: bool, common: float
    ) -> _Part:
        """The topic of most reports of the matter counts: one of them may be misread."""
        if reach == ALONE and not again:
            return _Part(-1.0, "urusan pelapor sendiri", apart=True)
        if topic and new.topic == topic:
            found = self._directory.topics.get(topic)
            bar = "mungkin urusan pelapor sendiri" if new.own or known[0].own else ""
            if self._guessed(known[0], topic) and len(known) == 1 and common * _BEST < _ALIKE:
                bar = "topik belum pasti"
            if self._guessed(new, topic) and (common if len(known) >= PLAIN else common * _BEST) < _COMMON:
                bar = "topik belum pasti"
            return _Part(1.5, bar, f"topik sama: {found.name if found else topic}")
        recent = _recent(new, known)
        event = reach == AREA and recent >= MANY and self._place(new, known, reach).near
        if topic in new.perhaps:
            # Routing wavered: where everybody around writes of one thing, this one most likely does too.
            # A mail that it surely gave to another office by that office's own words is that office's.
            others = self.about(new, topic)
            firm = (others or new.spoken) and not new.unsure and not self._same_unit(new, topic)
            like = not firm and (topic in new.hints or (common >= _HARDLY and not others))
            sure = event and like and not (new.own or self._own_matter(new, topic))
            return _Part(0.5, "" if sure else "topik belum pasti")
        if event and recent >= PLAIN and self._fits(new, known, topic, common):
            return _Part(0.0, reason="isi seperti laporan lain di tempat ini")
        return _Part(-1.5, "topik lain")

    def _fits(self, new: Trace, known: Sequence[Trace], topic: str | None, common: float) -> bool:
        """Whether a mail that routing took for something else tells of the event that is plain at its place.

        It uses the event's words and none of the topic that routing gave it, unless it began today and that topic is
        another office's; or the office is the same and it is much like what the neighbours write; or routing was unsure
        and it is like that. What has gone on for longer, and what its writer has to pay, is another matter.
        """
        if new.own or (new.onset == onset.LASTING and all(one.onset != onset.LASTING for one in known)):
            return False
        same, said, about = self._same_unit(new, topic), topic in new.hints, self.about(new, topic)
        if same and common >= _MUCH and (said or not (new.spoken or about)):
            return True
        if said:
            other = new.spoken or (about and not same)
            return not other or (new.onset == onset.FRESH and not same and common >= _HARDLY)
        return new.unsure and new.topic not in new.hints and not about and common >= _COMMON

    def _guessed(self, one: Trace, topic: str | None) -> bool:
        """Whether routing wavered between a mail's topic and another, and its words do not settle it."""
        kin = any(self._one_unit(other, topic) for other in one.perhaps)
        return (one.unsure or kin) and topic not in one.hints

    def _own_matter(self, new: Trace, topic: str | None) -> bool:
        """A bill is not the outage, though its writer speaks of water, unless he says that there is none."""
        return topic not in new.hints and self.reach(new.topic) == ALONE and self._same_unit(new, topic)

    def _same_unit(self, new: Trace, topic: str | None) -> bool:
        return self._one_unit(new.topic, topic)

    def _one_unit(self, a: str | None, b: str | None) -> bool:
        one, two = self._directory.topics.get(a or ""), self._directory.topics.get(b or "")
        return bool(one and two and one.unit == two.unit)

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
        settled = new.place and sum(bool(one.place) for one in known) >= MANY  # a street runs on into the next one
        if (new.place and new.place in around and not settled) or new.around & places or new.around & around:
            return _Part(1.2 + corner, reason="wilayah berdekatan", near=True)
        if not (new.place or new.around) or not (places or around):
            # While nobody else writes of it, two such mails may well come from two ends of the city.
            return _Part(corner, "" if many else "tempat tidak disebut")
        mine = {self._kecamatan(place) for place in (new.place, *new.around) if place}
        near = {self._kecamatan(place) for place in (*places, *around)}
        if not mine & near:
            return _Part(-4.0, "kecamatan lain", apart=True)
        if new.place in near or (places and places <= near):
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


def _spread(new: Trace, known: Sequence[Trace], beside: int) -> bool:
    """Whether what is usually one lamp is a whole quarter: said so twice within hours, or reported by many."""
    if new.single or new.onset == onset.LASTING:
        return False
    same = [one for one in known if abs(new.at - one.at) <= BURST and not one.single and one.onset != onset.LASTING]
    return bool(same) and (max(len(same), beside) + 1 >= MANY or (new.wide and any(one.wide for one in same)))


def _onset(new: Trace, known: Sequence[Trace]) -> _Part:
    """What began today is not what has gone on for weeks."""
    told = [one.onset for one in known if one.onset]
    others = set(told)
    fresh = new.onset != onset.LASTING or _recent(new, known) < PLAIN
    if not new.onset or (new.onset not in others and fresh and len(told) * 3 <= len(known)):
        return _Part(0.0)  # what one of many says is not yet what all say
    return _Part(0.5) if new.onset in others else _Part(-2.0, "mulainya lain", apart=True)


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words over the geometric mean of both counts: 0 nothing, 1 the same."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0

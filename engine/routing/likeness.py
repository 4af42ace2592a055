"""How alike two complaints are: topic, place, time and words, as points with reasons that a person can read.

`Traces(directory).of(...)` reads once what a complaint tells (see `trace`); `compare` weighs a new one against all
reports of a known matter. Points are log odds: each says how much more often it is seen in two reports of one matter
than in two of different ones. Whatever the points, a matter of the writer's own, another spot or kelurahan, another day
and what does not tell of the event are for a person to join: what is `barred` is proposed at most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from engine.routing import onset
from engine.routing.spot import apart, beside_another
from engine.routing.stance import asks_else, opposed
from engine.routing.trace import ALONE, AREA, CROWD, LANE, NET, SPOT, Reader, Trace, slip

BURST = timedelta(hours=3)
MANY = 3
"""So many reports within `BURST` are an event that is going on."""
_FAINT, _ALIKE = 0.3, 0.4
"""Likeness of words below which a mail without a place is not joined, and from which it is worth asking."""
_SAME_TEXT, _FEW_WORDS = 0.7, 5
"""Likeness and number of words from which two mails that share no place are worth a question."""
_TOLD = {AREA: 0.3, NET: 2.2, CROWD: -0.3}
"""Points of what a mail of the event's topic tells (`_tells`) from which it is the event's, by the topic's reach."""
_DOUBTED, _DOUBTED_THERE = 2.1, 1.2
"""The same where routing was unsure of that topic, and where many write of it in that place just now."""
_ELSE, _SURELY = 1.0, 1.2
"""The same for a mail of another topic, and what is asked besides where routing was sure of that one."""
_NOWHERE = 1.5
"""What is asked besides of a mail that does not lie where the event is."""
_OUTSIDE = 0.5
"""Probability of an agency outside from which a mail of another topic is none of the event's."""
_RARE = 3.0
"""What a word tells that no topic has among its keywords."""
_OFTEN = 0.15
"""The share of an event's reports that must use a word for it to be the event's own."""
_FEW = 0.25
"""The share of an event's reports below which what they say of its beginning is not yet what it is."""
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
        reach = self._reach_now(topic, new, known, beside)
        again = any(new.sender and new.sender == one.sender for one in known)
        words = max(_alike(new.words, one.words) for one in known)
        place = self._place(new, known, reach)
        began = _onset(new, known)
        sudden = reach == AREA and began.points > 0 and _recent(new, known) > 0
        told = (
            self._event(new, known, topic, place, words)
            if reach == AREA
            else self._topic(new, known, topic, reach, again)
        )
        parts = [told, place, _time(new, known, reach), began]
        parts.append(_Part(4.0 * (min(words, 0.8) - 0.25), reason=f"isi mirip {round(100 * words)} %"))
        if not place.near and words < self._faint(new, known):
            parts.append(_Part(0.0, "isi lain"))
        if reach == SPOT and words < (_FAINT / 2 if new.spots else _FAINT) and not again:
            parts.append(_Part(0.0, "isi lain"))
        if (new.single and any(one.wide for one in known)) or (new.wide and all(one.single for one in known)):
            parts.append(_Part(0.0, "satu titik atau seluruhnya"))
        if new.lost and not place.near and not self._meant(new, known):
            parts.append(_Part(0.0, "tempat tidak dikenal"))
        if all(
            opposed(new.stance, one.stance) or (reach != AREA and asks_else(new.stance, one.stance)) for one in known
        ):
            parts.append(_Part(0.0, "minta yang lain"))
        if again:
            parts.append(_Part(2.0, "" if words >= _ALIKE else "isi lain", "pelapor sama"))
        asked = place.near or self._worth(new, known, reach, words, again, sudden)
        if reach == AREA and not told.bar and _recent(new, known) >= MANY:
            asked = True  # of an event that is going on, though nobody knows where
        score = 1 / (1 + math.exp(-sum(part.points for part in parts)))
        return Verdict(
            round(score, 3),
            "; ".join(part.bar for part in parts if part.bar),
            tuple(part.reason for part in parts if part.reason),
            asked and not any(part.apart for part in parts),
        )

    def _reach_now(self, topic: str | None, new: Trace, known: Sequence[Trace], beside: int) -> str:
        """Whom the matter concerns: what many write of at once is an area's, whatever one such report would be."""
        reach = self.reach(topic)
        if reach not in (NET, CROWD):
            return reach
        return AREA if _spread(new, known, beside) else SPOT if reach == NET else ALONE

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

    def _topic(self, new: Trace, known: Sequence[Trace], topic: str | None, reach: str, again: bool) -> _Part:
        """For what is no event the topic counts, that of most reports: one of them may be misread."""
        if reach == ALONE and not again:
            return _Part(-1.0, "urusan pelapor sendiri", apart=True)
        if topic and new.topic == topic:
            bar = "mungkin urusan pelapor sendiri" if new.own or known[0].own else ""
            doubt = self._guessed(new, topic) or (len(known) == 1 and self._guessed(known[0], topic))
            if doubt and max(_alike(new.matter, one.matter) for one in known) < _ALIKE:
                bar = "topik belum pasti"
            return _Part(1.5, bar, f"topik sama: {self._named(topic)}")
        return _Part(0.5, "topik belum pasti") if topic in new.chances else _Part(-1.5, "topik lain")

    def _event(self, new: Trace, known: Sequence[Trace], topic: str | None, place: _Part, words: float) -> _Part:
        """An event is known by what its reports say: that counts, whatever topic routing has taken a mail for.

        By another topic a mail is joined only where many write of one thing at once, and never against a sure word that
        it is an agency's outside the city.
        """
        points = self._tells(new, known, topic)
        same = topic is not None and new.topic == topic
        going_on = place.near and _recent(new, known) >= MANY
        need = _ELSE if new.unsure else _ELSE + _SURELY
        if same:
            reach = self.reach(topic)
            need = _TOLD[reach]
            if new.unsure and reach != CROWD:
                need = _DOUBTED_THERE if going_on else _DOUBTED
        need += 0.0 if place.near else _NOWHERE
        reason = f"topik sama: {self._named(new.topic or '')}" if same else ""
        bar = ""
        if new.own or all(one.own for one in known):
            bar = "mungkin urusan pelapor sendiri"
        elif same:
            plain = going_on or words >= _FAINT / 2 or (topic in new.hints and any(topic in one.hints for one in known))
            bar = "" if points >= need and plain else "isi belum tentu sama"
        elif new.chances.get("", 0.0) > _OUTSIDE and topic not in new.hints:
            bar = "kewenangan lain"
        elif new.onset in (onset.LASTING, onset.OVER, onset.COMING) and not any(
            one.onset == new.onset for one in known
        ):
            bar = "mulainya lain"
        elif going_on and points >= need:
            reason = "isi seperti laporan lain di tempat ini"
        else:
            bar = "topik belum pasti" if topic in new.chances or points >= need else "topik lain"
        return _Part(max(-1.5, min(1.5, points / 2)), bar, reason)

    def _tells(self, new: Trace, known: Sequence[Trace], topic: str | None) -> float:
        """Log odds that a mail tells of the event which `known` tell of, by its words, topics and beginning.

        The weights are those of a logistic regression over the events of `tests/outages`, rounded.
        """
        count = len(known)
        # Where many things are written under one topic, the topic and its own words do not tell the event.
        broad = self.reach(topic) == CROWD
        general = self._often.get(topic or "", frozenset()) if broad else frozenset()
        used = Counter(word for one in known for word in one.matter - general)
        mine = new.matter - general
        shares = [used[word] / count for word in mine]
        covered = sum(min(1.0, share / max(_OFTEN, 1 / count)) for share in shares) / max(1, len(mine))
        keys = sorted((used[w] / count * self._rarity.get(w, _RARE) for w in mine), reverse=True)[:2]
        topics = Counter(one.topic for one in known if one.topic)
        shared = sum(new.chances.get(code, 0.0) * reports for code, reports in topics.items()) / count
        same = topic is not None and new.topic == topic
        points = -2.7 + 5.0 * covered + 0.75 * sum(keys) * count / (count + 1)
        points += 0.6 * (topic in new.hints) - 1.1 * self.about(new, topic)
        if not broad:
            points += 3.2 * shared + 0.8 * same
        begun = Counter(one.onset for one in known if one.onset)
        today = new.onset == onset.FRESH and begun[onset.FRESH] >= _FEW * sum(begun.values())
        points += 1.1 * today - 1.2 * (len(mine) < 4)
        # The keywords of a topic that none of the reports has tell of another event.
        foreign = topic not in new.hints and bool(new.hints - topics.keys())
        wavers = new.unsure and (topic in new.chances or topic in new.hints)
        return points if same else points - 1.0 * new.spoken + 1.5 * wavers - 2.0 * foreign

    def _guessed(self, one: Trace, topic: str | None) -> bool:
        """Whether routing wavered between a mail's topic and another, and its words do not settle it."""
        kin = any(self._one_unit(other, topic) for other in one.chances if other != one.topic)
        return (one.unsure or kin) and topic not in one.hints

    def _one_unit(self, a: str | None, b: str | None) -> bool:
        one, two = self._directory.topics.get(a or ""), self._directory.topics.get(b or "")
        return bool(one and two and one.unit == two.unit)

    def _named(self, topic: str) -> str:
        found = self._directory.topics.get(topic)
        return found.name if found else topic

    def _kecamatan(self, place: str) -> str:
        found = self._directory.places.get(place)
        return found.kecamatan if found else place

    def _place(self, new: Trace, known: Sequence[Trace], reach: str) -> _Part:
        """The nearest that any report of the matter lies; a street or landmark says more than a kelurahan."""
        corner = 0.7 if any(new.corners & one.corners for one in known) else 0.0
        shared = new.spots.intersection(*[frozenset().union(*(one.spots for one in known))])
        spots = [one.spot for one in known]
        if reach != AREA and apart(new.spot, spots):
            return _Part(-3.0, "titik lain", apart=True)
        if shared and reach != AREA and beside_another(new.spot, spots) and all(map(_is_street, shared)):
            return _Part(1.0, "patokan lain", f"jalan sama: {min(shared)}", near=True)
        if shared:
            return _Part(3.0 + corner, reason=f"tempat sama: {min(shared)}", near=True)
        return self._area(new, known, corner) if reach == AREA else self._spot(new, known, corner)

    def _area(self, new: Trace, known: Sequence[Trace], corner: float) -> _Part:
        """Trouble of an area: one kelurahan is near enough; what lies elsewhere is another matter. While few write, a
        lane and the street of its name are two places.
        """
        places = {one.place for one in known if one.place}
        around = frozenset().union(*(one.around for one in known))
        many = _recent(new, known) >= MANY
        if not many and any(_namesakes(a, b) for a in new.spots for one in known for b in one.spots):
            return _Part(1.0, "gang dan jalan senama", near=True)
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


def _is_street(name: str) -> bool:
    return name.startswith(("jl", "jalan", LANE))


def _namesakes(a: str, b: str) -> bool:
    """Whether one is the lane and the other the street of the same name."""
    return a.startswith(LANE) != b.startswith(LANE) and a.partition(" ")[2] == b.partition(" ")[2]


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
    """What began today is not what has gone on for weeks, nor what is over; few words of it say nothing yet."""
    told = Counter(one.onset for one in known if one.onset)
    said, old = sum(told.values()), told[onset.LASTING] + told[onset.OVER]
    plain = said * 3 > len(known)
    bar = _Part(-2.0, "mulainya lain", apart=True)
    if new.onset == onset.OVER and not old:
        return bar
    if (new.onset == onset.COMING and not told[onset.COMING]) or (
        new.onset != onset.COMING and told[onset.COMING] == len(known)
    ):
        return bar
    if new.onset == onset.LASTING and plain and old < _FEW * said:
        return bar
    if new.onset == onset.FRESH and plain and old > (1 - _FEW) * said:
        return bar
    return _Part(0.5) if new.onset and told[new.onset] else _Part(0.0)


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words over the geometric mean of both counts: 0 nothing, 1 the same."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0

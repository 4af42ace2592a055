"""Names the desk of a complaint: the model weighs the words, the directory says who answers for them and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.directory import Directory
from engine.message import Message
from engine.routing import urgency
from engine.routing.confidential import FILE as WISHES
from engine.routing.confidential import Heard, confidential
from engine.routing.features import ruled_out
from engine.routing.fold import tokens
from engine.routing.issues import asides, follows, loose, split, without
from engine.routing.jurisdiction import Rule, load_rules
from engine.routing.keywords import EXTERNAL, UNCLEAR, Hit, compile_keywords, labelled
from engine.routing.model import Floats, Known, Model
from engine.routing.quotes import quotable
from engine.routing.route import Candidate, Confidential, Route
from engine.routing.thanked import without_thanks
from engine.routing.whereabouts import Whereabouts

MODEL = "routing.npz"
"""File name of a city's packaged model, beside its tables."""
_CANDIDATES = 3
_KEYWORD = 2.0
"""Weight of one keyword against the flat prior while there is no model."""
_UNSURE = 0.6
"""Confidence asked for while there is no model."""
_MOVED = 0.9
"""Share of a topic's probability that a rule of jurisdiction moves to the agency."""
_GUESS = 0.1
"""A desk less likely than this is no guess worth noting: the mail names no matter, and only candidates remain."""
_STILL = 0.2
"""Probability from which an agency stays in question though the name of its place is not counted for it."""
_NO_MATTER = "isi surat belum menyebut masalahnya"
_UNLISTED = "menyebut pihak yang tidak ada dalam direktori kota"
_AT_BORDER = "tempatnya di dalam kota, kata-katanya di luar"
_BY_THE_WAY = 0.85
"""The same of a piece that nothing sets apart but a dash or `juga`, and of what is left without it."""
_SURELY = 0.95
"""The same of both pieces that nothing but a loose turn sets apart."""
_FEW = 3
"""Words up to which an opening is a greeting, unless one of the lists names its matter."""
_TELLING = 6
"""Words from which the model is believed without one of the city's lists."""
_OWN_MATTER = 0.5
"""Probability from which a part of a mail counts as a matter of another desk."""


@dataclass(frozen=True, slots=True)
class Finders:
    """What else is read in the text; each is a pure function, so that each can be tried alone."""

    place: Callable[[str, Directory], str | None]
    urgent: Callable[[str], bool]
    confidential: Callable[[str], Heard]


@dataclass(frozen=True, slots=True)
class _Chair:
    """Whose matter a piece of a mail is; `worded`: one of the city's lists has a word for it."""

    desk: str
    position: str | None
    worded: bool

    def is_another(self, other: _Chair) -> bool:
        """Whether these are two chairs, and at least one is named by a word of the lists."""
        chairs = self.position and other.position and self.position != other.position
        return (self.desk != other.desk or bool(chairs)) and (self.worded or other.worded)


def nothing_found() -> Finders:
    """Finders that find nothing: no place, not urgent, nothing to keep back."""
    return Finders(lambda _text, _city: None, lambda _text: False, lambda _text: Heard(Confidential.NONE))


def all_found(danger: Model | None = None, wish: Model | None = None) -> Finders:
    """The engine's own finders of place, danger and confidentiality, with the second opinions `danger` and `wish`."""
    from engine.routing.places import find_place

    return Finders(
        place=lambda text, city: find_place(text, city).code,
        urgent=lambda text: bool(urgency.urgent(text, danger)),
        confidential=lambda text: confidential(text, wish),
    )


def open_router(directory: Directory, folder: Path, model: Model | None = None) -> Router:
    """The router of the city whose tables lie in `folder`, with its packaged model unless one is given."""
    path = folder / MODEL
    if model is None and path.exists():
        model = Model.load(path)
    # A city without a second opinion has the rules alone.
    opinions = [Model.load(folder / name) if (folder / name).exists() else None for name in (urgency.FILE, WISHES)]
    return Router(directory, model, all_found(*opinions), rules=load_rules(folder, directory))


class Router:
    """Routes one complaint at a time; holds only what never changes, so one router serves all threads."""

    def __init__(
        self,
        directory: Directory,
        model: Model | None = None,
        finders: Finders | None = None,
        threshold: float | None = None,
        rules: tuple[Rule, ...] = (),
    ) -> None:
        """`threshold` is the city's confidence (default: the model's); labels the city does not know are left out."""
        self._directory = directory
        self._model = model
        self._finders = finders or nothing_found()
        self._whereabouts = Whereabouts(directory)
        words = labelled(directory)
        self._keywords = compile_keywords(words)
        self._labels = model.labels if model else tuple(words)
        self._at = {label: i for i, label in enumerate(self._labels)}
        self._rules = tuple(
            (rule, self._at[EXTERNAL + rule.external], self._moved(rule))
            for rule in rules
            if EXTERNAL + rule.external in self._at
        )
        self._unlisted = tuple(rule for rule in rules if rule.external == UNCLEAR)
        self._beyond = frozenset(rule.external for rule in rules if rule.at_place) - {UNCLEAR}
        self._threshold = threshold if threshold is not None else model.threshold if model else _UNSURE
        desks = [self._desk(label) if label in words else "" for label in self._labels]
        self._desks = tuple(sorted(set(desks) - {""}))
        self._member = np.zeros((len(self._labels), len(self._desks)), dtype=np.float32)
        for i, desk in enumerate(desks):
            if desk:
                self._member[i, self._desks.index(desk)] = 1
        self._known: Floats = self._member.sum(axis=1)
        if UNCLEAR in self._at:
            # It belongs to no desk but takes its share, so that a text without a matter leaves every desk unsure.
            self._known[self._at[UNCLEAR]] = 1

    @property
    def version(self) -> str:
        """What decided, to be kept with each decision."""
        return self._model.version if self._model else "keywords"

    def wish(self, text: str) -> Heard:
        """What the writer of a text asks to be kept back."""
        return self._finders.confidential(text)

    def route(self, message: Message, text: str) -> Route:
        """Routes a message; `text` is the sender's new text without quotes and signature."""
        return self.route_text(message.subject, text)

    def route_text(self, subject: str, text: str) -> Route:
        """Routes a subject and a text, and each further matter in it; never raises for what a citizen wrote."""
        route = self._route(subject, text)
        return replace(route, further=tuple(self._further(route, issue) for issue in route.issues))

    def _further(self, first: Route, issue: str) -> Route:
        """The route of a further matter, with the mail's place and wishes."""
        other = self._route("", issue)
        return replace(other, place=other.place or first.place, confidential=first.confidential, issues=())

    def _route(self, subject: str, text: str) -> Route:
        whole = f"{subject}\n{text}"
        place = self._finders.place(whole, self._directory)
        matter = without_thanks(text)
        words = tokens(whole if matter == text else f"{subject}\n{matter}")
        known = self._model.read(words) if self._model else None
        chances = self._elsewhere(words, self._chances(words, known, place), place)
        parts = split(matter)
        issues: tuple[str, ...] = ()
        if len(parts) > 1:
            chances, issues = self._several(parts, chances, place)
        elif aside := asides(matter):
            chances, issues = self._by_the_way(matter, aside, chances, place)
        if not issues and len(turns := self._turns(matter, place)) > 1:
            both = self._several(turns, chances, place)
            chances, issues = both if both[1] else (chances, ())
        if issues:
            place = self._finders.place(f"{subject}\n{without(matter, issues)}", self._directory) or place
        best, confidence = self._best(chances)
        hits = self._hits(words)
        candidates = self._candidates(chances, best, place, hits, known, whole)
        first = candidates[0]
        if UNCLEAR in self._at and confidence < _GUESS:
            first = Candidate(None, None, None, None, confidence, (_NO_MATTER,))
        if self._is_unlisted(words, first.topic, place):
            confidence = min(confidence, self._threshold / 2)
            first = replace(first, reasons=(*first.reasons, _UNLISTED))
        if place is not None and first.external in self._beyond:
            confidence = min(confidence, self._threshold / 2)
            first = replace(first, reasons=(*first.reasons, _AT_BORDER))
        return Route(
            topic=first.topic,
            unit=first.unit,
            owner=first.owner,
            place=place,
            external=first.external,
            urgent=self._finders.urgent(whole),
            confidential=self._finders.confidential(whole).level,
            triage=confidence < self._threshold or (first.unit is None and first.external is None),
            confidence=confidence,
            reasons=first.reasons,
            candidates=candidates,
            issues=issues,
            model=self.version,
        )

    def _is_unlisted(self, words: list[str], topic: str | None, place: str | None) -> bool:
        """Whether an authority is named that the city's tables do not have, and the mail seems to be the city's."""
        if topic is None or not self._unlisted:
            return False
        kept = _not_denied(words)
        said = frozenset(kept)
        rules = (rule for rule in self._unlisted if rule.topics is None or topic in rule.topics)
        return any(rule.holds(kept, said, place) for rule in rules)

    def _desk(self, label: str) -> str:
        """What stands for the unit behind a label: topics of one unit share it, services by place stay their own."""
        return label if label.startswith(EXTERNAL) else self._directory.topics[label].unit or label

    def _elsewhere(self, words: list[str], chances: Floats, place: str | None) -> Floats:
        """The probabilities without the words that only say where, if these alone had made the desk.

        An agency outside for which little else speaks gives way; a desk of the city does to one that is sure.
        """
        bare = self._whereabouts.without(words, place) if self._model else words
        if bare is words or self._model is None:
            return chances
        best, _ = self._best(chances)
        other = self._chances(words, self._model.read(bare), place)
        found, sure = self._best(other)
        if self._labels[found].startswith(EXTERNAL) or self._member[best].argmax() == self._member[found].argmax():
            return chances
        if self._labels[best].startswith(EXTERNAL):
            return chances if other[best] >= _STILL else other
        return other if sure >= self._threshold else chances

    def _chances(self, words: list[str], known: Known | None, place: str | None) -> Floats:
        """Probability of each label, the rules of jurisdiction applied."""
        if self._model and known:
            logits = self._model.scores(known) * np.float32(1 / self._model.temperature)
        else:
            logits = np.zeros(len(self._labels), dtype=np.float32)
            for hit in self._hits(words):
                logits[self._at[hit.label]] += _KEYWORD * hit.weight
        powers: Floats = (np.exp(logits - logits.max()) * self._known).astype(np.float32)
        chances: Floats = (powers / (powers.sum() or 1)).astype(np.float32)
        kept = _not_denied(words)
        said = frozenset(kept)
        for rule, to, moved in self._rules:
            if rule.holds(kept, said, place):
                chances[to] += _MOVED * chances[moved].sum()
                chances[moved] *= 1 - _MOVED
        return chances

    def _moved(self, rule: Rule) -> npt.NDArray[np.intp]:
        """Where the labels stand whose probability the rule moves to its agency."""
        ours = (label for label in self._labels if not label.startswith(EXTERNAL))
        moved = [self._at[label] for label in ours if rule.topics is None or label in rule.topics]
        return np.array(moved, dtype=np.intp)

    def _several(self, parts: list[str], whole: Floats, place: str | None) -> tuple[Floats, tuple[str, ...]]:
        """The probabilities of the first matter weighed with the whole mail's, and the matters of other desks.

        What the whole says of those desks belongs to their matters: it makes the first one no less sure.
        """
        each = [self._of(part, place) for part in parts]
        desks = [int((chances @ self._member).argmax()) for chances in each]
        mixed, before = whole, int((whole @ self._member).argmax())
        if each[0].max() >= _OWN_MATTER:
            mixed = (whole + each[0]) * np.float32(0.5)
        main = int((mixed @ self._member).argmax())
        first = float((each[0] @ self._member)[desks[0]]) >= _SURELY and len(parts[0].split()) > _FEW
        if main != desks[0] and (first or self._names(parts[0], each[0], desks[0])):
            # What the whole is about is a later part: the first one that is named is the mail's own.
            main = desks[0]
        others = []
        own = np.ones(len(self._labels), dtype=np.float32)
        for part, chances, desk in zip(parts, each, desks, strict=True):
            if desk != main and float((chances @ self._member)[desk]) >= _OWN_MATTER:
                others.append(part)
                own -= self._member[:, desk]
            elif part is not parts[0] and (label := self._beside(chances, each[0])) is not None:
                others.append(part)
                own[label] = 0
        if others and mixed is not whole:
            rest = whole * own.clip(0)
            mixed = (rest / (rest.sum() or 1) + each[0]) * np.float32(0.5) if main == before else each[0]
        return mixed, tuple(others)

    def _beside(self, chances: Floats, first: Floats) -> int | None:
        """The label of a part that is another chair's of the same office, if both are sure."""
        label, one = int(chances.argmax()), int(first.argmax())
        if label == one or min(chances[label], first[one]) < _BY_THE_WAY:
            return None
        topics = [self._directory.topics.get(self._labels[at]) for at in (label, one)]
        chairs = [topic.position for topic in topics if topic is not None and topic.position]
        return label if len(set(chairs)) > 1 else None

    def _turns(self, text: str, place: str | None) -> list[str]:
        """The parts of a text between loose turns, those joined that do not surely name another chair than the one
        before; of two, one at least by a word of the lists.
        """
        turns = loose(text)
        if len(turns) < 2:
            return [text]  # as nearly every mail: nothing to weigh
        parts: list[tuple[int, int]] = []
        last: _Chair | None = None
        for begin, end in turns:
            piece = text[begin:end].strip()
            chair = self._chair(piece, place)
            if not parts or (chair is not None and last is not None and chair.is_another(last) and not follows(piece)):
                parts.append((begin, end))
            else:
                parts[-1] = (parts[-1][0], end)
            last = chair or last
        return [text[begin:end].strip() for begin, end in parts]

    def _chair(self, piece: str, place: str | None) -> _Chair | None:
        """Whose matter a piece of a text surely tells; None where it does not."""
        chances = self._of(piece, place)
        label = int(chances.argmax())
        desk = int((chances @ self._member).argmax())
        if len(piece.split()) < 2 or (chances @ self._member)[desk] < _SURELY or self._labels[label] == UNCLEAR:
            return None
        topic = self._directory.topics.get(self._labels[label])
        position = topic.position if topic is not None and chances[label] >= _SURELY else None
        return _Chair(self._desks[desk], position, self._names(piece, chances, desk))

    def _names(self, part: str, chances: Floats, desk: int) -> bool:
        """Whether a part names its desk surely and by one of the lists' words."""
        sure = float((chances @ self._member)[desk]) >= _BY_THE_WAY
        return sure and any(
            self._member[self._at[hit.label], desk] > 0 for hit in self._hits(tokens(part)) if hit.label in self._at
        )

    def _of(self, part: str, place: str | None) -> Floats:
        """The probabilities of a part of a mail by itself."""
        words = tokens(part)
        known = self._model.read(words) if self._model else None
        return self._elsewhere(words, self._chances(words, known, place), place)

    def _by_the_way(
        self, text: str, pieces: list[str], whole: Floats, place: str | None
    ) -> tuple[Floats, tuple[str, ...]]:
        """The probabilities of what is left without other desks' pieces, and these; those of the whole where not both
        the rest and a piece name their own desk plainly.
        """
        plain: list[tuple[str, int, Floats]] = []
        for piece in pieces:
            chances = self._of(piece, place)
            desks = chances @ self._member
            desk = int(desks.argmax())
            if desks[desk] >= _BY_THE_WAY and self._worded(piece, desk):
                plain.append((piece, desk, chances))
        if not plain:
            return whole, ()
        before = main = int((whole @ self._member).argmax())
        rest = without(text, [piece for piece, _, _ in plain])
        left = self._of(rest, place)
        desks = left @ self._member
        said = len(rest.split()) >= _TELLING or self._names(rest, left, int(desks.argmax()))
        story = said and desks.max() >= _BY_THE_WAY
        if story:
            main = int(desks.argmax())
        elif any(desk == main for _, desk, _ in plain):  # a list: its first point is the mail's own matter
            _, main, left = plain[0]
        else:
            return whole, ()
        others = {desk: piece for piece, desk, _ in reversed(plain) if desk != main}
        if not others:
            return whole, ()
        mixed = (whole + left) * np.float32(0.5) if story and main == before else left
        return mixed, tuple(reversed(others.values()))

    def _worded(self, piece: str, desk: int) -> bool:
        """Whether a word of the city's own lists names a matter of an office's: a few words alone make the model rash,
        and an agency outside is often spoken of by the way.
        """
        ours = (hit.label for hit in self._hits(tokens(piece)) if not hit.label.startswith(EXTERNAL))
        return any(self._member[self._at[label], desk] > 0 for label in ours if label in self._at)

    def _best(self, chances: Floats) -> tuple[int, float]:
        """The likeliest label of the likeliest desk, and the desk's probability."""
        desks = chances @ self._member
        desk = int(desks.argmax())
        return int((chances * self._member[:, desk]).argmax()), float(min(desks[desk], 1.0))

    def _hits(self, words: list[str]) -> list[Hit]:
        """Keywords of the city in the text, without those that the citizen rules out."""
        return self._keywords.find(_not_denied(words))

    def _candidates(
        self, chances: Floats, best: int, place: str | None, hits: list[Hit], known: Known | None, text: str
    ) -> tuple[Candidate, ...]:
        likely = (int(i) for i in np.argsort(-chances)[: _CANDIDATES + 2])
        order = [best, *(i for i in likely if i != best and self._labels[i] != UNCLEAR)][:_CANDIDATES]
        labels = [self._labels[i] for i in order]
        evidence = self._model.evidence(known, labels) if self._model and known else [[]] * len(labels)
        return tuple(
            self._candidate(label, float(chances[i]), place, hits, quotable(words, text))
            for i, label, words in zip(order, labels, evidence, strict=True)
        )

    def _candidate(
        self, label: str, chance: float, place: str | None, hits: list[Hit], evidence: list[str]
    ) -> Candidate:
        said = list(dict.fromkeys(hit.phrase for hit in hits if hit.label == label))[:3]
        if len(said) < 2:
            said += [word for word in evidence if word not in said][: 3 - len(said)]
        quoted = [f"“{word}”" for word in said]
        if label.startswith(EXTERNAL):
            agency = self._directory.externals[label.removeprefix(EXTERNAL)]
            return Candidate(None, None, None, agency.code, chance, (_because(quoted, None, agency.name),))
        topic = self._directory.topics[label]
        unit, owner = topic.unit, topic.position
        if topic.by_place:
            unit, owner = self._local(topic.by_place, place)
        name = self._directory.units[unit].name if unit in self._directory.units else "tempatnya belum jelas"
        where = self._directory.places[place].name if place in self._directory.places else None
        return Candidate(topic.code, unit, owner, None, chance, (_because(quoted, where, f"{name}, {topic.name}"),))

    def _local(self, by_place: str, place: str | None) -> tuple[str | None, str | None]:
        """The unit and chair of the place: lurah of a kelurahan, camat of its kecamatan; nothing without a place."""
        here = self._directory.places.get(place or "")
        if here is None:
            return None, None
        code = here.kecamatan if by_place == "kecamatan" else here.code
        level = "camat" if by_place == "kecamatan" else "lurah"
        owner = next((p.id for p in self._directory.positions.values() if p.unit == code and p.level == level), None)
        return (code, owner) if owner else (None, None)


def _not_denied(words: list[str]) -> list[str]:
    """The words without those that the citizen rules out."""
    return [word for word, denied in zip(words, ruled_out(words), strict=True) if not denied]


def _because(words: list[str], place: str | None, desk: str) -> str:
    """A reason as people read it: `“air mati” + “Bantarjati” → Perumda Tirta Pakuan, Air tidak mengalir`."""
    parts = [*words, *([f"“{place}”"] if place else [])]
    return f"{' + '.join(parts) or 'isi surat'} → {desk}"

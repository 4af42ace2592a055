"""Names the desk of a complaint: the model weighs the words, the directory says who answers for them and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.directory import Directory
from engine.message import Message
from engine.routing.features import features
from engine.routing.fold import tokens
from engine.routing.issues import split
from engine.routing.keywords import EXTERNAL, Hit, compile_keywords, labelled
from engine.routing.model import Floats, Model
from engine.routing.route import Candidate, Confidential, Route

_CANDIDATES = 3
_KEYWORD = 2.0
"""Weight of one keyword against the flat prior while there is no model."""


@dataclass(frozen=True, slots=True)
class Finders:
    """What else is read in the text; each is a pure function, so that each can be tried alone."""

    place: Callable[[str, Directory], str | None]
    urgent: Callable[[str], bool]
    confidential: Callable[[str], Confidential]


def nothing_found() -> Finders:
    """Finders that find nothing: no place, not urgent, nothing to keep back."""
    return Finders(lambda _text, _city: None, lambda _text: False, lambda _text: Confidential.NONE)


class Router:
    """Routes one complaint at a time; holds only what never changes, so one router serves all threads."""

    def __init__(
        self,
        directory: Directory,
        model: Model | None = None,
        finders: Finders | None = None,
        threshold: float | None = None,
    ) -> None:
        self._directory = directory
        self._model = model
        self._finders = finders or nothing_found()
        words = labelled(directory)
        self._keywords = compile_keywords(words)
        self._labels = model.labels if model else tuple(words)
        self._at = {label: i for i, label in enumerate(self._labels)}
        self._threshold = threshold if threshold is not None else model.threshold if model else 0.6

    @property
    def version(self) -> str:
        """What decided, to be kept with each decision."""
        return self._model.version if self._model else "keywords"

    def route(self, message: Message, text: str) -> Route:
        """Routes a message; `text` is the sender's new text without quotes and signature."""
        return self.route_text(message.subject, text)

    def route_text(self, subject: str, text: str) -> Route:
        """Routes a subject and a text; never raises for what a citizen wrote."""
        whole = f"{subject}\n{text}"
        place = self._finders.place(whole, self._directory)
        candidates, confidence = self._candidates(whole, place)
        best = candidates[0]
        parts = split(text)
        return Route(
            topic=best.topic,
            unit=best.unit,
            owner=best.owner,
            place=place,
            external=best.external,
            urgent=self._finders.urgent(whole),
            confidential=self._finders.confidential(whole),
            triage=confidence < self._threshold or (best.unit is None and best.external is None),
            confidence=confidence,
            reasons=best.reasons,
            candidates=candidates,
            issues=tuple(parts[1:]) if len(parts) > 1 else (),
            model=self.version,
        )

    def _candidates(self, text: str, place: str | None) -> tuple[tuple[Candidate, ...], float]:
        words = tokens(text)
        hits = self._keywords.find(words)
        found = features(words)
        chances = self._chances(found, hits)
        order = np.argsort(-chances)[:_CANDIDATES]
        candidates = tuple(self._candidate(self._labels[i], float(chances[i]), place, hits) for i in order)
        return candidates, candidates[0].probability

    def _chances(self, found: dict[str, float], hits: list[Hit]) -> Floats:
        if self._model:
            logits = self._model.logits(found) / np.float32(self._model.temperature)
        else:
            logits = np.zeros(len(self._labels), dtype=np.float32)
            for hit in hits:
                logits[self._at[hit.label]] += _KEYWORD * hit.weight
        powers = np.exp(logits - logits.max())
        chances: Floats = powers / powers.sum()
        return chances

    def _candidate(self, label: str, chance: float, place: str | None, hits: list[Hit]) -> Candidate:
        words = tuple(dict.fromkeys(f"“{hit.phrase}”" for hit in hits if hit.label == label))[:3]
        if label.startswith(EXTERNAL):
            agency = self._directory.externals[label.removeprefix(EXTERNAL)]
            return Candidate(None, None, None, agency.code, chance, (_because(words, None, agency.name),))
        topic = self._directory.topics[label]
        unit, owner = topic.unit, topic.position
        if topic.by_place:
            unit, owner = self._local(topic.by_place, place)
        name = self._directory.units[unit].name if unit in self._directory.units else "tempatnya belum jelas"
        where = self._directory.places[place].name if place in self._directory.places else None
        return Candidate(topic.code, unit, owner, None, chance, (_because(words, where, f"{name}, {topic.name}"),))

    def _local(self, by_place: str, place: str | None) -> tuple[str | None, str | None]:
        """The unit and chair of the place: lurah of a kelurahan, camat of its kecamatan; nothing without a place."""
        here = self._directory.places.get(place or "")
        if here is None:
            return None, None
        code = here.kecamatan if by_place == "kecamatan" else here.code
        level = "camat" if by_place == "kecamatan" else "lurah"
        owner = next((p.id for p in self._directory.positions.values() if p.unit == code and p.level == level), None)
        return (code, owner) if owner else (None, None)


def _because(words: tuple[str, ...], place: str | None, desk: str) -> str:
    """A reason as people read it: `“air mati” + “Bantarjati” → Perumda Tirta Pakuan, Air tidak mengalir`."""
    parts = [*words, *([f"“{place}”"] if place else [])]
    return f"{' + '.join(parts) or 'isi surat'} → {desk}"

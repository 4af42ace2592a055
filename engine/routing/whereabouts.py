"""Words that only say where: a kelurahan's own name, a landmark that a matter lies next to, whence the writer comes.

They say which desk of several is meant, never which matter: "Katulampa" is no weir, "dekat TPU Cipaku" no grave, and
"saya orang Cibinong" does not put a lamp there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from engine.directory import Directory
from engine.routing.fold import tokens

_BESIDE_WORDS = """dekat deket dkt depan dpn belakang blkg samping sebelah sblh seberang sebrang near behind"""
_BESIDE = frozenset(_BESIDE_WORDS.split())
_HEADS_WORDS = """kantor gardu gedung markas kampus pos gerbang pintu pagar asrama komplek"""
_HEADS = frozenset(_HEADS_WORDS.split())
"""What may stand between: "dekat gardu PLN" is where a street lamp stands."""
_TITLES = frozenset(("kelurahan", "kel", "kecamatan", "kec", "kampung", "kp", "desa"))
_IN = frozenset(("di", "d", "daerah", "wilayah", "alamat", "lokasi", ".", ",", *_BESIDE))
_PARTS = frozenset(("rt", "rw"))
_SELF = frozenset(("saya", "kami"))
_FROM = frozenset(("orang", "warga", "asal", "penduduk", "dari"))
_LEAST = 3
"""Words that must remain, a name being all that some mails say."""
Phrase = tuple[str, ...]


class Whereabouts:
    """The names of one city's kelurahan and landmarks as the router reads them. Immutable."""

    def __init__(self, directory: Directory) -> None:
        self._named: Mapping[str, tuple[Phrase, ...]] = {
            place.code: _phrases((place.name, *place.aliases))
            for place in directory.places.values()
            if place.kecamatan != place.code
        }
        self._landmarks: Mapping[str, tuple[Phrase, ...]] = {
            place.code: _phrases(place.landmarks) for place in directory.places.values()
        }
        self._theirs = frozenset(_phrases([word for a in directory.externals.values() for word in a.keywords]))
        self._theirs_by_first: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in self._theirs:
            self._theirs_by_first[phrase[0]].append(phrase)

    def without(self, words: list[str], place: str | None) -> list[str]:
        """The `words` (from `tokens`) of a matter in `place` with a pause where only the place is named."""
        said = frozenset(words)
        named = _marked(words, [phrase for phrase in self._named.get(place or "", ()) if phrase[0] in said])
        landmarks = [phrase for phrase in self._landmarks.get(place or "", ()) if phrase[0] in said]
        # "Terminal Baranangsiang" is an agency's own; it is the matter, unless something lies beside it.
        theirs = _marked(words, [phrase for phrase in landmarks if phrase in self._theirs])
        marked = named - theirs
        if not said.isdisjoint(_BESIDE):
            agencies = [phrase for word in said for phrase in self._theirs_by_first.get(word, ())]
            marked |= self._run_on(words, _marked(words, [*landmarks, *agencies], beside=True))
        # Whoever names no place of the city means his own.
        if not said.isdisjoint(_SELF) and (place is not None or ("bogor" in said and "kabupaten" not in said)):
            marked |= self._origins(words)
        for at in sorted(marked):
            if at - 1 not in marked and at and words[at - 1] in _TITLES and (at == 1 or words[at - 2] in _IN):
                marked.add(at - 1)
        marked.update(at for at, word in enumerate(words) if word in _PARTS and words[at + 1 : at + 2] == ["0"])
        if not marked or len(words) - len(marked) < _LEAST:
            return words
        return ["," if at in marked else word for at, word in enumerate(words)]

    def _run_on(self, words: Sequence[str], beside: set[int]) -> set[int]:
        """An agency's words in a row are one landmark: "dekat rel kereta"."""
        for at in sorted(beside):
            after = at + 1
            while after < len(words) and (words[after],) in self._theirs:
                beside.add(after)
                after += 1
        return beside

    def _origins(self, words: Sequence[str]) -> set[int]:
        """Where an agency's word stands for the writer's own home: "saya orang Cibinong"."""
        return {
            at
            for at, word in enumerate(words)
            if at > 1 and (word,) in self._theirs and words[at - 1] in _FROM and words[at - 2] in _SELF
        }


def _phrases(names: Sequence[str]) -> tuple[Phrase, ...]:
    """Longest first."""
    found = {tuple(tokens(name)) for name in names}
    return tuple(sorted((phrase for phrase in found if phrase), key=lambda phrase: (-len(phrase), phrase)))


def _marked(words: Sequence[str], phrases: Sequence[Phrase], beside: bool = False) -> set[int]:
    """Where the phrases stand in the words, only those `beside` which the matter lies if so asked."""
    marked: set[int] = set()
    for phrase in phrases:
        first, length = phrase[0], len(phrase)
        for at, word in enumerate(words):
            if word != first or tuple(words[at : at + length]) != phrase:
                continue
            head = 1 if at > 1 and words[at - 1] in _HEADS else 0
            if not beside or (at > head and words[at - 1 - head] in _BESIDE):
                marked.update(range(at - (head if beside else 0), at + length))
    return marked

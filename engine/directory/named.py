"""The outside agency or topic that a few words name and nothing else, as a desk writes them: `ini PLN`, `pju`."""

from __future__ import annotations

import re

from engine.directory.model import Directory
from engine.directory.said import FILLER, words_of

_LIMIT = 200
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        pt persero kantor kota bogor kabupaten cabang negeri agama balai besar loka wilayah area perum badan nasional
        pemerintah provinsi kementerian operator pengelola perusahaan umum kelas jawa barat jakarta dan dki university
        indonesia kebun raya jalan kesehatan pratama
        """,
    )
)


def find_external(directory: Directory, text: str) -> str | None:
    """The code of the outside agency that these words name and nothing else; None if none or several.

    A code, an abbreviation of the name, or its own words (`jasa marga`); courtesy and `kewenangan` around it do not
    matter. At most 200 characters are looked at.
    """
    words = [word for word in words_of(text[:_LIMIT]) if word not in FILLER]
    if not words:
        return None
    found = [agency.code for agency in directory.externals.values() if _names(agency.code, agency.name, words)]
    exact = [code for code in found if code.lower() in words]
    return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None


def find_matter(directory: Directory, text: str) -> str | None:
    """The code of the one topic whose name or keyword is all that these words say beside courtesy and a place's name.

    `puskesmas sempur` is the topic of puskesmas, wherever it lies. At most 200 characters are looked at.
    """
    words = [word for word in words_of(text[:_LIMIT]) if word not in FILLER]
    found: dict[int, set[str]] = {}
    for topic in directory.topics.values():
        for phrase in (topic.code, topic.name, *topic.keywords):
            said = words_of(phrase)
            at = next((n for n in range(len(words)) if said and words[n : n + len(said)] == said), None)
            if at is not None and _is_place(directory, words[:at] + words[at + len(said) :]):
                found.setdefault(len(said), set()).add(topic.code)
    best = found[max(found)] if found else set()
    return next(iter(best)) if len(best) == 1 else None


def _is_place(directory: Directory, words: list[str]) -> bool:
    """Whether the words, if any, all stand in one place's name, streets or landmarks."""
    left = set(words)
    return not left or any(
        left <= set(words_of(" ".join((place.name, *place.streets, *place.landmarks, *place.aliases))))
        for place in directory.places.values()
    )


def _names(code: str, name: str, words: list[str]) -> bool:
    """Whether each word belongs to the agency, and one of them to it alone."""
    short = {part.lower() for part in re.findall(r"\b[A-Z]{3,}\b", name)}
    spoken = set(words_of(name))
    own = {code.lower(), *short, *(word for word in spoken - _COMMON if len(word) > 3)}
    known = own | spoken
    return all(word in known for word in words) and any(word in own for word in words)

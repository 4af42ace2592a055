"""All names of a city's places, compiled: which kelurahan each names, how strongly, and what people make of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.directory import Directory, Place
from engine.routing.places.words import TITLES, name_tokens, word_set, words

DECISIVE, STRONG, FAIR, WEAK = 10.0, 6.0, 3.0, 1.0
MOST_TOKENS = 6

# Words that name a kelurahan, street or shop but mostly mean something else. A street "Jl. Roda" is strong; "roda" is
# nothing. Everyday words of Indonesian, so they belong to the language and not to one city's tables.
COMMON = word_set(
    """
    genteng gudang pakuan babakan curug kencana empang umi alun perintis kumbang polisi kesehatan mawar merak
    roda bata merdeka veteran pahlawan pemuda pengadilan telepon keranji bima arjuna buntar wangun salak walet
    jalak kutilang heulang kresna nakula sadewa pandawa perdana bangka riau ledeng manunggal pedati siliwangi
    sudirman pasar stasiun terminal lapangan icc kemang puncak sentul semeru sadane gunung baru raya indah
    tengah timur barat utara selatan kota bogor rumah sakit rs sambu kelor warga cincau pilar kaum lebak
    brp php muara botani sukasari neglasari pabuaran jaya permai asri sejahtera sukamaju sukamulya mekar harapan mulya
    """
)
# Landmarks that are offices: as an addressee ("Yth. Dinas Kesehatan Kota Bogor") they name no place.
_OFFICE = word_set("dinas disdukcapil dprd polresta pengadilan badan")
# Of these the ones that mean little else: after "di" or "RT" they name the kelurahan.
_PROPER = word_set("kencana pakuan")
_GENERIC = word_set(
    """
    kampung perumahan plaza kawasan simpang hotel kuliner puskesmas pasar rs rsia masjid istana balai
    """
)
_OUTSIDE = ("kabupaten", "pemerintah kota")


@dataclass(slots=True)
class Name:
    """One name in the text's form: the places it names, how strongly alone, and after a word like "Jl." or "daerah"."""

    shown: str
    places: set[str] = field(default_factory=set)
    weight: float = WEAK
    near: float = WEAK
    office: bool = False
    outside: bool = False


class Names:
    """Names by their joined tokens ("tanahbaru"), and a typo index of their words."""

    def __init__(self, directory: Directory) -> None:
        self.by_key: dict[str, Name] = {}
        self.ignore: set[str] = set()
        self._kelurahan = {code for code, place in directory.places.items() if place.kecamatan != code}
        for place in directory.places.values():
            self._place(place)
        self._firm = frozenset(self.by_key)
        for place in directory.places.values():
            self._looser(place)
        self._outside(directory)
        self._offices(directory)
        self.vocabulary: set[str] = set()
        self.typos = self._typos()

    def _add(self, tokens: list[str], shown: str, code: str, strength: tuple[float, float]) -> None:
        key = "".join(tokens)
        if len(key) < 2 or len(tokens) > MOST_TOKENS or (len(tokens) == 1 and key in _GENERIC):
            return  # "R Hotel" without its title is any hotel
        name = self.by_key.setdefault(key, Name(shown))
        name.places.add(code)
        name.weight, name.near = max(name.weight, strength[0]), max(name.near, strength[1])
        name.office = name.office or tokens[0] in _OFFICE

    def _place(self, place: Place) -> None:
        kind = "kelurahan" if place.code in self._kelurahan else "kecamatan"
        tokens = name_tokens(place.name)
        key = "".join(tokens)
        weight, near = (STRONG, STRONG) if key not in COMMON else (WEAK, FAIR if key in _PROPER else WEAK * 1.5)
        self._add([kind, *tokens], f"{kind.title()} {place.name}", place.code, (DECISIVE, DECISIVE))
        if kind == "kelurahan" or len(tokens) > 1:
            self._add(tokens, place.name, place.code, (weight, near))
        for street in place.streets:
            self._add(name_tokens(street), street, place.code, (STRONG, STRONG))
        for landmark in place.landmarks:
            for part in landmark.rstrip(")").split("("):
                parts = name_tokens(part)
                self._add(parts, part.strip(), place.code, self._strength(parts))
        for alias in place.aliases:
            parts = name_tokens(alias)
            explicit = bool(parts) and parts[0] in ("kelurahan", "kecamatan")
            strength = (DECISIVE, DECISIVE) if explicit else self._strength(parts)
            self._add(parts, alias, place.code, strength)

    @staticmethod
    def _strength(tokens: list[str]) -> tuple[float, float]:
        if all(token in COMMON for token in tokens):
            return (FAIR, STRONG) if len(tokens) > 1 else (WEAK, FAIR)
        return STRONG, STRONG

    def _looser(self, place: Place) -> None:
        """Forms that people make of a name, where they are not a name themselves."""
        for street in place.streets:
            tokens = name_tokens(street)
            if tokens[:2] == ["jalan", "raya"] and len(tokens) > 2:
                self._loose(["jalan", *tokens[2:]], street, place.code, (STRONG, STRONG))
                self._loose(tokens[2:], street, place.code, self._bare(tokens[2:]))
            elif tokens[-1] == "raya" and len(tokens) > 2:
                self._loose(tokens[:-1], street, place.code, (STRONG, STRONG))
            if tokens[0] in ("jalan", "gang") and len(tokens) > 1:
                self._loose(tokens[1:], street, place.code, self._bare(tokens[1:]))
                other = "gang" if tokens[0] == "jalan" else "jalan"
                self._loose([other, *tokens[1:]], street, place.code, (FAIR, FAIR))
        for landmark in place.landmarks:
            tokens = name_tokens(landmark)
            least = 2 if tokens[0] in COMMON else 1
            while len(tokens) > least and tokens[-1] in ("bogor", "kota") and tokens[0] not in _OFFICE:
                tokens = tokens[:-1]
            self._loose(tokens, landmark, place.code, (STRONG, STRONG))
            if len(tokens) > (2 if tokens[0] == "pasar" else 1) and tokens[0] in _GENERIC:
                self._loose(tokens[1:], landmark, place.code, self._bare(tokens[1:]))

    def _loose(self, tokens: list[str], shown: str, code: str, strength: tuple[float, float]) -> None:
        """Add a form that must not blur a real name: it is taken only where the key is new or loose already."""
        key = "".join(tokens)
        if len(key) >= 3 and key not in self._firm:
            self._add(tokens, shown, code, strength)

    @staticmethod
    def _bare(tokens: list[str]) -> tuple[float, float]:
        """A street without "Jl.": two rare words are as good as the street; one word needs "di" before it."""
        rare = [t for t in tokens if t not in COMMON and not t.isdigit()]
        if not rare:
            return WEAK, WEAK
        if len(tokens) > 1:
            return STRONG, STRONG
        return (FAIR, FAIR) if len(tokens[0]) > 5 else (WEAK, FAIR if len(tokens[0]) > 4 else WEAK)

    def _outside(self, directory: Directory) -> None:
        """Places of the neighbours: keywords of external agencies that are themselves governments of a region."""
        self.by_key["kabupaten"] = self.by_key["kab"] = Name("kabupaten", set(), FAIR, FAIR, outside=True)
        for agency in directory.externals.values():
            if not any(word in agency.name.lower() for word in _OUTSIDE):
                continue
            for keyword in agency.keywords:
                tokens = name_tokens(keyword)
                kinds = (["jalan", "raya"], ["jalan"], ["pasar"], ["rsud"], ["terminal"], ["puskesmas"])
                for form in (tokens, *([*kind, *tokens] for kind in kinds)):
                    key = "".join(form)
                    if key not in self.by_key and len(key) > 3:
                        weight = FAIR if len(form) == 1 else STRONG
                        self.by_key[key] = Name(keyword, set(), weight, STRONG, outside=True)

    def _offices(self, directory: Directory) -> None:
        """Ends of office names that hold a place's name (Tirta Pakuan, Pasar Pakuan Jaya): no place."""
        for unit in directory.units.values():
            if unit.kind in ("kelurahan", "kecamatan"):
                continue
            tokens = words(unit.name).tokens
            for start in range(len(tokens) - 1):
                key = "".join(tokens[start : start + MOST_TOKENS])
                if key not in self.by_key:
                    self.ignore.add(key)
            self.ignore.add(unit.code.lower().replace("-", ""))
        self.ignore.update(("pemerintahkota", "pemkotbogor", "kotabogor", "walikotabogor", "transpakuan"))
        self.ignore -= set(self.by_key)

    def _typos(self) -> dict[str, str]:
        """Each word of a name with one letter taken out, to the word; words that would fit two names are left out."""
        vocabulary = self.vocabulary
        for key, name in self.by_key.items():
            if not name.outside:
                vocabulary.add(key)
                vocabulary.update(name_tokens(name.shown))
        table: dict[str, str] = {}
        clash: set[str] = set()
        for word in sorted(w for w in vocabulary if 5 <= len(w) <= 24 and w not in COMMON and w not in TITLES):
            for n in range(len(word) + 1):
                form = word[:n] + word[n + 1 :]
                if table.setdefault(form, word) != word:
                    clash.add(form)
        return {form: word for form, word in table.items() if form not in clash}

"""What one complaint tells of its matter: topic, place, street, beginning and words, read once and then compared."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.directory import Directory
from engine.directory.model import Topic
from engine.routing import onset
from engine.routing.features import stem
from engine.routing.fold import STOPS, fold, tokens
from engine.routing.keywords import compile_keywords, labelled
from engine.routing.places import Gazetteer
from engine.routing.places.words import word_set
from engine.routing.spot import Spot, spot
from engine.routing.stance import Stance, stance

ALONE, CROWD, SPOT, NET, AREA = "sendiri", "ramai", "titik", "jaringan", "wilayah"
LANE, _STREETS = "gang ", ("jl.", "jl", "jalan")
_LIMIT = 4_000
"""Characters of a text that are compared."""
_FEARED = word_set("takut khawatir kuatir rawan agar supaya biar sebelum cegah mencegah potensi berpotensi sieun bisi")
_REACH = 2
"""Words after one of fear or care that tell of what has not happened."""
_TITLES, _AT = word_set("jalan gang"), (["di"], ["d"], ["dekat"], ["depan"])
_NAME = 5
"""Letters from which a name with a slip in it is still known."""
_BETWEEN = 4
"""Other words that may stand between those of a keyword."""
_COURTESY = word_set(
    """
    tolong mohon terima kasih maaf bapak ibu admin min saya kami yang dan di ke dari untuk dengan ini itu ada tidak
    sudah belum masih lagi juga sangat sekali supaya segera cepat bantu bantuan dibantu cek dicek tindak lanjut lapor
    laporan melaporkan selamat pagi siang sore malam salam hormat assalamualaikum wassalam wr wb warga rumah daerah
    jalan kelurahan kecamatan kampung gang rt rw sini situ sana kota bogor pemerintah dinas karena kalau jadi bagaimana
    kapan kenapa apa apakah bisa mau akan sampai sekarang hari jam kok ya sih dong deh nih atuh teh mah euy punten nuhun
    orang dekat deket dkt depan dpn belakang blkg sebelah samping pinggir
    perumahan komplek blok nomor
    tadi subuh janari isuk enjing kemarin barusan lagi masih sejak semua total tiba
    sebrang seberang peuntaseun payun timur barat utara selatan tengah
    """
)
_CORNER = re.compile(
    r"\b(rw|rt|gang|gg|kampung|kp|perum|perumahan|komplek|komp|blok|cluster)\.?\s*(?:no\.?\s*)?0*([a-z0-9]+)"
)
_SLASHED = re.compile(r"\brt\.?\s*0*(\d{1,3})\s*/\s*(?:rw\.?\s*)?0*(\d{1,3})")
_UNNAMED = re.compile(
    r"\b(?:di|d|daerah|wilayah|kel|kelurahan|jl|jln|perum|perumahan|komplek|komp|kp|cluster)\b\.?\s+([a-z][a-z'-]{2,})"
)
_NO_LETTER = re.compile(r"[^a-z0-9]")
_CUT = r"(?:di)?(?:putus|segel|cabut|blokir|pegat)(?:in|kan)?"
_UNPAID = r"(?:tunggak\w*|nunggak|menunggak|(?:belum|blm|telat|lupa|teu acan) (?:di)?bayar|lunas\w*)"
_MINE = r"(?:saya|sy|aku|gw|gue|kami|abdi)"
_CHARGED = re.compile(
    r"\b(?:retribusi|tagihan|tarif|denda|tunggakan|rekening|rek|iuran|biaya)\b[^.;!?\n]{0,60}?"
    r"\b(?:naik|nambah|dobel|double|dua kali|melonjak|bengkak|membengkak|mahal|salah|lunas|kena)\b"
    r"|\b(?:ngalir|mengalir|nyala|jalan)\s+(?:normal|lancar|biasa)\b(?!\s+(?:lagi|kembali|deui))"
    r"|\bair\w*\s+(?:sih|mah|tetap|tetep|masih)\s+(?:lancar|nyala|jalan|ngalir|mengalir|normal)\b"
    r"|\b(?:sudah|udah|udh|sdh|geus|tos)\s+(?:nyala|ngalir|mengalir|hidup|ngocor|lancar)\b(?![^.!?\n]{0,30}\bmati)"
    r"|\b(?:dipungut|pungutan|pungli|minta (?:uang|duit|tip|bayaran))\b"
    r"|\b(?:usul\w*|mengusulkan|pengadaan|(?:minta|mohon|butuh) (?:tambahan|penambahan|ditambah))\b"
    r"|\b(?:minta|mohon|ingin|pengen|kapan|bisakah|agar|supaya|tolong)\b[^.;!?\n]{0,30}?"
    r"\b(?:dibuat(?:kan|in)|(?:di)?sedia(?:kan|in)|dipasang(?:kan|in)?|diadakan|dibangun(?:kan)?)\b"
    r"|\b(?:ongkos|tarif|biaya|iuran)\w*\b[^.;!?\n]{0,40}?\b(?:resmi|berapa|kok jadi|sekarang jadi)\b"
    r"|\b(?:kompensasi|ganti rugi)\b|\bdiatur ulang\b"
    r"|(?<!pernah )(?<!ga )(?<!gak )(?<!tidak )(?<!tdk )(?<!ngga )(?<!nggak )\b(?:tunggakan|nunggak|menunggak)\b"
    rf"|\b{_CUT}\b[^.!?\n]{{0,60}}?\b{_UNPAID}|\b{_UNPAID}\b[^.!?\n]{{0,60}}?\b{_CUT}\b"
    r"|\bpemasangan\b[^.!?\n]{0,20}?\bbaru\b"
    r"|\bbantuan\b[^.;!?\n]{0,60}?\b(?:belum|blm|tidak|ga|gak)\b[^.;!?\n]{0,15}?\b(?:terima|cair|dapat)\b"
    r"|\b(?:nyala|ngalir|mengalir|hidup|jalan)\s+(?:tapi|tp|cuma|cuman|namun)\b"
    r"|\b(?:kena|ditagih|bayar)\b[^.;!?\n]{0,20}?\b(?:denda|dobel|double|dua kali|lebih mahal)\b"
)
"""What is wrong with a bill is its payer's matter, whatever the bill is for; so is what else he has while it runs, what
he is asked to pay, and what he wishes to have."""
_ONLY_HIM = re.compile(
    rf"\b(?:cuma|cuman|hanya|khusus|tinggal)\s+(?:di\s+)?(?:rumah|rmh|tempat|punya|imah|unit)\s*(?:nya\s+)?{_MINE}\b"
    rf"|\b(?:cuma|cuman|hanya)\s+{_MINE}\s+(?:yang|yg|nu)\b"
    rf"|\b(?:rumah |rmh |tempat |punya |imah )?{_MINE}\s+(?:saja|aja|doang|doank|sendiri|wungkul|hungkul)\s+"
    r"(?:yang|yg|nu)\b"
    r"|\b(?:tetangga|tatangga|sebelah|kanan kiri|kiri kanan|rumah lain|yang lain|yg lain)\w*\b[^.!?\n]{0,30}?"
    r"\b(?<!tidak )(?<!ga )(?<!gak )(?<!tdk )(?<!teu )(?<!belum )(?<!blm )(?<!ngga )(?<!nggak )"
    r"(?:normal|lancar|ngalir|mengalir|nyala|ngocor|hidup|hurung)\b"
    r"|\b(?:mati|padam|kering|paeh|pareum|banjir|bocor)\s+(?:sendirian|nyorangan)\b"
)
"""What a writer has and his neighbours do not have."""
_NAMED = re.compile(r"\b(?:di|d|daerah|wilayah|kel|kelurahan)\b\.?\s+([a-z]+)(\s[a-z]+)?")
_TOWARDS = re.compile(r"\bke ([A-Z][a-z'-]{2,})")
_CAPITAL = re.compile(r"(?<![.!?\n] )(?<=\w )(?<!Tirta )([A-Z][a-z]+)(\s[A-Z][a-z]+)?")
_ANYWHERE = word_set(
    """
    rumah rmh imah bumi tempat tmpt sini situ sana dieu dinya kantor kamar mandi dapur toren bak kran keran ledeng
    toilet wc masjid mesjid mushola musholla musola mushala sekolah kelas kos kosan kost kontrakan warung toko ruko
    pabrik salon klinik restoran depot usaha laundry gedung pasar taman lapangan jalan jln gang kampung kampungna
    perum perumahan komplek blok cluster rt rw kelurahan kecamatan wilayah daerah lingkungan sekitar seputar kota
    bogor kami kita saya sy aku abdi mana atas bawah depan dpn belakang samping sebelah dekat deket dkt pinggir tengah
    ujung seberang semua seluruh setiap tiap tetangga tatangga warga luar dalam antara hari pagi siang malam musim
    bulan minggu tahun media grup grop group sosmed bagian titik lokasi area ini itu tersebut mah teh yang yg sungai
    kali got selokan saluran pipa meteran meter jaringan lantai teras garasi pusat pemukiman permukiman unit tiang
    panel
    """
)
"""What may follow "di" without naming a place of the city."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What one complaint tells of its matter.

    Where: `place` code, `spots` by name and `around`, the places they may lie in, `corners` such as rw or gang; `lost`
    are the names of places which the city's tables do not know. When: `onset` is fresh, lasting, over or nothing. How
    wide: `wide` is a whole street without, `single` one lamp. `spot` is which part of a street, `stance` what is asked
    of it. What: `words` carry it, `matter` are those that neither
    name its place nor what is only feared; `chances` are the topics that routing thought of with their probabilities,
    `hints` those whose words it uses, `spoken` says that it uses its own topic's, `unsure` that routing left it to the
    desk, and `own` that it is about what the writer alone has, has to pay or wishes for.
    """

    topic: str | None
    chances: Mapping[str, float]
    hints: frozenset[str]
    spoken: bool
    unsure: bool
    own: bool
    place: str | None
    spots: frozenset[str]
    around: frozenset[str]
    corners: frozenset[tuple[str, str]]
    lost: frozenset[str]
    wide: bool
    single: bool
    onset: str
    spot: Spot
    stance: Stance
    words: frozenset[str]
    matter: frozenset[str]
    sender: str
    at: datetime


class Reader:
    """Reads complaints of one city. Immutable, so one serves all threads."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._gazetteer = Gazetteer(directory)
        self._own = frozenset(place.name.casefold() for place in directory.places.values())
        self._bare = {fold(p.name): p.code for p in directory.places.values() if p.kecamatan != p.code}
        shared = _shared(directory)
        self._keys = {t.code: _keys(t, shared) for t in directory.topics.values() if t.reach in (AREA, NET, CROWD)}
        self._keywords = compile_keywords(labelled(directory))
        self._often = {topic.code: _often(topic) for topic in directory.topics.values()}
        self._rarity = _rarity(directory)

    def of(
        self,
        subject: str,
        text: str,
        topic: str | None,
        place: str | None,
        sender: str,
        at: datetime,
        chances: Mapping[str, float] | None = None,
        unsure: bool = False,
    ) -> Trace:
        """The trace of a complaint; never raises, whatever was written. Reads at most 4,000 characters."""
        whole = f"{subject}\n{text}"[:_LIMIT]
        folded = fold(whole)
        lies = spot(folded)
        spots, around = self._spots(whole)
        unnamed = [match[1] for match in _UNNAMED.finditer(folded)]
        unnamed += [match[1].lower() for match in _TOWARDS.finditer(whole)]
        if place is None and not around:
            # A kelurahan whose name is a common word ("Gudang") is none for routing, but it is not here either.
            around = frozenset(code for name in _calls(whole, folded) if (code := self._bare.get(name)))
        said = tokens(whole)
        named = " ".join((*spots, *map(self._called, (place or "", *around)))).casefold()
        called, glued = _words(tokens(named)), _NO_LETTER.sub("", named)
        plain = _happening(said, called)
        hints = frozenset(code for code, keys in self._keys.items() if any(_says(plain, key) for key in keys))
        return Trace(
            topic=topic,
            chances=dict(chances or ({topic: 1.0} if topic else {})),
            hints=hints,
            spoken=self._spoken(said, topic, called),
            unsure=unsure or self._vague(topic) or self._misled(said, topic, called),
            own=_CHARGED.search(folded) is not None or only_him(folded),
            place=place,
            spots=frozenset(_lane(name, lies) for name in spots),
            around=around,
            corners=_corners(folded),
            lost=frozenset(unnamed) - _ANYWHERE if not (place or around) else frozenset(),
            wide=onset.wide(folded),
            single=onset.single(folded),
            onset=onset.onset(folded),
            spot=lies,
            stance=stance(folded),
            words=(words := _words(said)),
            matter=frozenset(w for w in (words - called).intersection(plain) if len(w) < 3 or w not in glued),
            sender=sender.lower(),
            at=at,
        )

    def _spoken(self, said: list[str], topic: str | None, called: frozenset[str]) -> bool:
        """Whether a text uses a keyword of its topic, that of a puskesmas next to which something lies left out."""
        hits = (_words(tokens(hit.phrase)) for hit in self._keywords.find(said) if hit.label == topic)
        return not self._vague(topic) and not all(hit <= called for hit in hits)

    def _misled(self, said: list[str], topic: str | None, called: frozenset[str]) -> bool:
        """Whether all that speaks for a topic is the name of what lies next to the trouble ("dekat terminal")."""
        hits = [_words(tokens(hit.phrase)) for hit in self._keywords.find(said) if hit.label == topic]
        return bool(hits) and all(hit <= called for hit in hits)

    def _vague(self, topic: str | None) -> bool:
        """Whether a topic is the one for whatever a kelurahan or kecamatan may be asked."""
        found = self._directory.topics.get(topic or "")
        return bool(found and found.by_place)

    def _spots(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """Streets and landmarks, and the places they may lie in; a name that several places share is one only if it is
        a street.
        """
        found: set[str] = set()
        around: set[str] = set()
        for shown, places in self._gazetteer.named(text):
            name = shown.casefold()
            if (
                name not in self._own
                and not name.startswith(("kelurahan ", "kecamatan "))
                and (len(places) == 1 or name.startswith(("jl", "jalan", "gang")))
            ):
                found.add(name)
                around |= places
        return frozenset(found), frozenset(around)

    def _called(self, place: str) -> str:
        found = self._directory.places.get(place)
        return found.name if found else place

    def about(self, new: Trace, topic: str | None) -> bool:
        """Whether a complaint speaks of what its own topic is mostly about, and `topic` is not."""
        often = self._often.get(new.topic or "", frozenset()) - self._often.get(topic or "", frozenset())
        return bool(often & new.matter)

    def reach(self, topic: str | None) -> str:
        """Whom a matter of this topic concerns; one without a topic only its writer."""
        found = self._directory.topics.get(topic or "")
        return found.reach if found else ALONE


def _lane(name: str, lies: Spot) -> str:
    """A street's name, that of the lane where only a gang of that name is meant."""
    title, _, called = name.partition(" ")
    return f"{LANE}{called}" if title in _STREETS and called.split(" ")[0] in lies.lanes else name


def only_him(folded: str) -> bool:
    """Whether a folded text says that its writer alone has the trouble ("tetangga kanan kiri nyala")."""
    return _ONLY_HIM.search(folded) is not None


def telling(text: str) -> frozenset[str]:
    """Stems of the words of a text that carry its matter; at most 4,000 characters are read."""
    return _words(tokens(text[:_LIMIT]))


def slip(word: str, name: str) -> bool:
    """Whether a word is a name with one letter too few, too many, wrong, or two swapped; the first must be right."""
    if word[:1] != name[:1] or min(len(word), len(name)) < _NAME or abs(len(word) - len(name)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    one, two = word[at:], name[at:]
    return one[1:] == two or one == two[1:] or one[1:] == two[1:] or (one[1::-1] == two[:2] and one[2:] == two[2:])


def _calls(text: str, folded: str) -> set[str]:
    """What may be a kelurahan though it is a common word: behind "di" or "daerah", or written as a name."""
    found = [(match[1], match[2] or "") for match in _NAMED.finditer(folded)]
    found += [(fold(match[1]), fold(match[2] or "")) for match in _CAPITAL.finditer(text)]
    return {name for one, two in found for name in (one, one + two)}


def _shared(directory: Directory) -> frozenset[str]:
    """Words that the names of several topics have in common ("sampah"): alone they hint at none of them."""
    count = Counter(stem(word) for topic in directory.topics.values() for word in set(fold(topic.name).split()))
    return frozenset(word for word, topics in count.items() if topics > 1)


def _keys(topic: Topic, shared: frozenset[str]) -> list[tuple[str, ...]]:
    """The stems of each of a topic's keywords; one word alone ("ngocor") only if this topic alone is called so."""
    called = {stem(word) for word in (topic.code.casefold(), *fold(topic.name).split())} - shared
    found = {tuple(stem(word) for word in tokens(phrase) if word not in STOPS) for phrase in topic.keywords}
    return sorted(key for key in found if len(key) > 1 or set(key) & called)


def _often(topic: Topic) -> frozenset[str]:
    """Stems that stand in several of a topic's keywords: what it is mostly about ("selokan")."""
    count = Counter(stem(word) for phrase in topic.keywords for word in set(tokens(phrase)) - set(STOPS))
    return frozenset(word for word, phrases in count.items() if phrases > 1)


def _rarity(directory: Directory) -> dict[str, float]:
    """How much each stem of the topics' keywords tells of a matter: little where many topics have it ("jalan")."""
    count = Counter(
        one for t in directory.topics.values() for one in {stem(w) for phrase in t.keywords for w in tokens(phrase)}
    )
    return {word: math.log(len(directory.topics) / topics) for word, topics in count.items()}


def _happening(said: Sequence[str], called: frozenset[str]) -> list[str]:
    """Stems of the words that tell of what goes on: no street's title ("Jl. Sadane"), nothing that is only feared
    ("takut banjir", "belum longsor tapi takut").
    """
    words = [word for word in said if word not in STOPS]
    kept: list[str] = []
    feared = 0
    for at, word in enumerate(words):
        if word in _FEARED:
            feared = _REACH
        elif word == "belum" and not _FEARED.isdisjoint(words[at + 2 : at + 2 + _REACH]):
            feared = 1
        elif feared:
            feared -= 1
        elif word not in _TITLES or not (words[at - 1 : at] in _AT or called & set(map(stem, words[at + 1 : at + 2]))):
            kept.append(stem(word))
    return kept


def _says(plain: Sequence[str], key: Sequence[str]) -> bool:
    """Whether the words stand near each other: two in any order, more in their own ("air di rumah mati")."""
    for at, word in enumerate(plain):
        if word == key[0]:
            rest = plain[at + 1 : at + len(key) + _BETWEEN]
            if _in_order(rest, key[1:]) or (len(key) == 2 and key[1] in plain[max(0, at - 1 - _BETWEEN) : at]):
                return True
    return False


def _in_order(words: Sequence[str], wanted: Sequence[str]) -> bool:
    left = iter(words)
    return all(word in left for word in wanted)


def _words(said: Iterable[str]) -> frozenset[str]:
    """Stems of the words that carry the matter."""
    return frozenset(stem(word) for word in said if word not in _COURTESY and len(word) > 1)


def _corners(folded: str) -> frozenset[tuple[str, str]]:
    """Small places that no table knows: rw 5, gang mawar, blok c."""
    found = {("rw", match[2]) for match in _SLASHED.finditer(folded)}
    short = {"gg": "gang", "kp": "kampung", "perum": "perumahan", "komp": "komplek"}
    for match in _CORNER.finditer(folded):
        kind = short.get(match[1], match[1])
        if kind != "rt" and (kind not in ("rw",) or match[2].isdigit()):
            found.add((kind, match[2]))
    return frozenset(found)

"""Takes out of a text what tells who the reporter is: name, e-mail, phone, NIK and KK, home address, signature.

For letters to an office when the citizen asked to stay unnamed. It errs on the side of taking out too much; what is
about the trouble (streets, landmarks, kelurahan) stays. What only a reader can know ("his neighbour") it cannot hide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

NAME, PHONE, NUMBER, ADDRESS, MAIL, HOST, ACCOUNT, SIGNATURE = (
    "[nama]",
    "[telepon]",
    "[nomor identitas]",
    "[alamat]",
    "[surel]",
    "[alamat IP]",
    "[akun]",
    "[tanda tangan]",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of the reporter: names as displayed or signed, e-mail addresses, phones, and home addresses.

    `places` are words of the city's places, in lower case: in an e-mail address they are no name.
    """

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MAIL = re.compile(
    r"[\w.+'-]{1,64}\s?(?:@|[(\[]\s?at\s?[)\]]|\bat\b(?=\s[\w-]{1,63}\s?[(\[]?dot\b))\s?"
    r"[\w-]{1,63}(?:(?:\.|\s\.\s|\s?[(\[]\s?(?:dot|titik)\s?[)\]]\s?|\sdot\s)[\w-]{1,63}){1,6}",
    re.IGNORECASE,
)
# What people put between the groups of a number, in lines that a program has wrapped too.
_GAP = r"[\s()]{0,2}[-\u2010-\u2015_/.,\u00b7\u2022|]?[\s()]{0,2}"
# No mobile begins with 080, 084 or 086; "08.30 - 12.00" are opening hours.
_PHONE = re.compile(
    rf"(?<![\d.,])(?!\d\d[.:][0-5]\d\s?[-\u2010-\u2015]\s?\d\d[.:][0-5]\d)"
    rf"(?:\(?(?:\+|00)?62|\(?0){_GAP}8{_GAP}[1-35-9](?:{_GAP}\d){{6,11}}(?!\d)"
)
# A mobile without its zero; an amount of money is none.
_BARE = re.compile(
    r"(?<![\d.,])(?<!rp)(?<!rp[. ])(?<!rp\. )8[1-35-9]\d[ -]?\d{3,4}[ -]?\d{3,5}(?![\d.,]?\d)", re.IGNORECASE
)
_LANDLINE = re.compile(
    r"(?<!\d)\(?(?:0|\+?62[ -]?)(?:21|22|24|31|2[3-9]\d)\)?[ ./-]{0,2}\d(?:[ .-]?\d){4,8}(?!\d)"
    r"|(?:(?<=telp )|(?<=tlp )|(?<=telepon )|(?<=telpon )|(?<=hp )|(?<=wa )|(?<=rumah )|(?<=hubungi ))"
    r"\d{3}[ .-]?\d{3,5}(?![.,]?\d)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan)\b[\s,.-]{0,3}){7,20}"
    r"(?<=[a-z])|\b(?:nol|kosong)[ -]?8\d{8,11}\b",
    re.IGNORECASE,
)
# NIK and KK have 16 digits, NIP 18. With other marks between them only in the groups that people write. Several may
# follow one another; the tail of one phone and the head of the next are none.
_MARK = r"(?:\s{0,2}[-\u2010-\u2015_/.,\u00b7\u2022]\s{0,2}|\s{1,3})"
_ONE = (
    rf"(?:[1-9](?:[ .-]?\d){{15}}(?:[ .-]?\d\d)?|[1-9]\d{{3}}(?:{_MARK}\d{{4}}){{3}}|"
    rf"[1-9]\d{{5}}{_MARK}\d{{6}}{_MARK}\d{{4}}|[1-9]\d{_MARK}\d\d{_MARK}\d\d{_MARK}\d{{6}}{_MARK}\d{{4}})"
)
_NUMBER = re.compile(rf"(?<!\d)(?<!\d{{4}}[ ./_-]){_ONE}(?:[\s/,;&-]{{1,3}}{_ONE}){{0,3}}(?!\d)")
# The name under which somebody is found on a social network, and the address of what stands there.
_ACCOUNT = re.compile(
    r"(?<![\w.@])@[\w.]{3,40}"
    r"|(?:https?://)?(?<![\w.])(?:www\.|m\.|web\.)?(?:facebook\.com|fb\.com|fb\.me|instagram\.com|tiktok\.com|"
    r"twitter\.com|x\.com|t\.me|wa\.me|line\.me|threads\.net|youtube\.com|youtu\.be)/[^\s,;)>\]]{1,200}",
    re.IGNORECASE,
)
_ACCOUNT_LABEL = re.compile(
    r"\b((?:ig|instagram|fb|facebook|telegram|tiktok|twitter|id line)(?: saya)?[ \t]{0,2}[:=][ \t]{0,3})"
    r"(?!\[)[\w.-]{3,40}(?: (?-i:[A-Z])[\w.-]{1,30}){0,2}",
    re.IGNORECASE,
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_HOST = re.compile(
    rf"(?<![\w.])(?:{_OCTET}\.){{3}}{_OCTET}(?!\.?\w)"
    r"|(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,7}(?::[0-9a-f]{1,4}){1,6})(?![\w:])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^([ \t>*_-]{0,6}(?:nama(?: lengkap| pelapor| saya)?|pelapor|domisili|"
    r"alamat(?: rumah| pelapor| saya| lengkap| ktp)?|"
    r"(?:(?:no|nomor|nomer)\.? ?)?(?:hp|telp|telepon|tlp|wa|whatsapp|handphone|ktp|kk|nik|kontak)|nip|e-?mail|surel|"
    r"tempat/? ?tanggal lahir|ttl|tanggal lahir|pekerjaan)[ \t]{0,10}[:=][ \t]*)(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_CAPITAL = r"(?-i:[A-Z])[\w'’-]{1,30}\.?"
_AFTER = r"(?=[,.;\n(]| \d| dari\b| warga\b| tinggal\b| umur\b| usia\b| selaku\b|$)"
# "nama saya jangan disebut" is a wish, not an introduction.
_NO_NAME = (
    "jangan|tolong|mohon|tidak|tdk|gak|ga|jgn|di|salah|ada|dan|yang|dari|boleh|supaya|agar|dirahasiakan|disamarkan|"
    "disebut|harap|minta|dihapus|dicoret|sudah|belum|warga|ibu|bapak|ulah|dikosongkan|dikosongin|cukup|biar|untuk|ke|"
    "kalau|cantumkan|diketahui|ketahuan|sampai|bocor|dibocorkan|tercantum|muncul|terungkap"
)
_SELF = re.compile(
    r"\b((?:nama saya|nama sy|nama lengkap saya|saya bernama|perkenalkan,? (?:nama )?saya|kenalkan,? saya|wasta abdi|"
    r"panggil(?: saja)? saya|panggilan saya|(?:biasa|sering|akrab|kerap) (?:di)?(?:panggil|sapa))"
    rf"(?: adalah|:)? )((?!(?:{_NO_NAME})\b)\w{{2,30}}(?:(?: {_CAPITAL}){{1,3}}|(?: \w{{2,30}}){{0,2}}{_AFTER})?)",
    re.IGNORECASE,
)
_SELF_CAPITAL = re.compile(
    rf"\b((?:[Ss]aya|[Aa]bdi|[Ss]y|[Aa]ku),? )((?!(?i:{_NO_NAME})\b){_CAPITAL}(?: {_CAPITAL}){{0,3}}){_AFTER}"
)
_PIECE = (
    r"(?:(?:jl|jln|jalan|gg|gang|kp|kampung|perum\w{0,5}|komp\w{0,6}|blok|blk|no|nomor|nmr|rt|rw|kel|kelurahan|kec|"
    r"kecamatan|lantai|kav|kavling|cluster|klaster)\b\.?[ :]?[\w.-]{1,30}(?:/\d{1,3})?"
    r"(?: (?-i:[A-Z0-9])[\w.-]{0,30}(?:/\d{1,3})?){0,4}|\d{1,3}[/.]\d{1,3})"
)
_ME = r"(?:saya|kami|sy|abdi|aku)"
_HOME = re.compile(
    rf"\b((?:{_ME}\b[^.;\n]{{0,60}}?\b(?:tinggal|berdomisili|domisili|ngontrak|ngekos|beralamat|cicing)|"
    rf"(?:rumah|alamat|kontrakan|kosan|bumi|imah)(?: rumah)? {_ME}(?:nya)?|rumahku|alamatku)"
    r"(?: ada)?(?: nya)?(?: di|:)? )"
    rf"({_PIECE}(?:[ ,/]{{1,3}}{_PIECE}){{0,9}})",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^[ \t]*(?:--+|(?:salam|wassalam\w*|wasalam\w*|hormat (?:saya|kami)|terima ?kasih|makasih|hatur nuhun|nuhun|"
    r"trims|tks|thanks|regards|best regards|ttd|tertanda|demikian|atas perhatian\w*)\b.{0,90})$",
    re.IGNORECASE,
)
_ROAD = (
    "jl",
    "jln",
    "jalan",
    "gg",
    "gang",
    "kel",
    "kelurahan",
    "kec",
    "kecamatan",
    "kp",
    "kampung",
    "perum",
    "perumahan",
)
_STREET = re.compile(rf"\b(?:{'|'.join(_ROAD)})\.? ?$", re.IGNORECASE)
# Words that stand in display names and tell nothing, and the words of our own marks.
_EMPTY = """
bapak ibu pak bpk drs dra prof haji sdr sdri kang teh mas mbak raden siti muhammad mohammad muhamad moh muh warga admin
lurah camat ketua guru dan atau dari the van der bin binti kepala nama telepon alamat surel nomor identitas tanda tangan
dihapus email mail info akun saya kami
"""
_NO_PART = frozenset(_EMPTY.split())
_ROLE = re.compile(
    r"^[ \t]*(?:ketua|sekretaris|warga|rt|rw|jl|jln|gg|alamat|hp|wa|telp|tlp|no|nik|a\.?n|an|u\.?p|\(|\[)\b",
    re.IGNORECASE,
)
_MOST_SIGNED = 8


def redact(text: str, identity: Identity) -> str:
    """The text without what tells who wrote it, a bracketed word in each place; linear in the text.

    Every e-mail address, IP address, phone (also in words), account and 16-digit number goes, whoever's it is. Name
    parts of three letters and more go wherever they stand as a word, but not in the name of a street ("Jl. Mawar" stays
    for a Mawar).
    """
    clean = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    clean = _unsigned(clean, identity)
    for address in sorted(identity.addresses, key=len, reverse=True):
        clean = _replace(clean, address, MAIL)
    clean = _ACCOUNT_LABEL.sub(rf"\1{ACCOUNT}", _ACCOUNT.sub(ACCOUNT, _MAIL.sub(MAIL, clean)))
    for home in sorted(filter(None, identity.homes), key=len, reverse=True):
        clean = _replace(clean, home, ADDRESS)
    for phone in filter(None, identity.phones):
        clean = _digits(phone).sub(PHONE, clean)
    clean = _NUMBER.sub(NUMBER, clean)
    for pattern in (_PHONE, _LANDLINE, _BARE, _SPOKEN):
        clean = pattern.sub(PHONE, clean)
    clean = _HOST.sub(HOST, clean)
    clean = _LABEL.sub(_labelled, clean)
    clean = _SELF.sub(rf"\1{NAME}", clean)
    clean = _SELF_CAPITAL.sub(rf"\1{NAME}", clean)
    clean = _HOME.sub(rf"\1{ADDRESS}", clean)
    return _names(clean, identity)


def gathered(known: Identity, texts: Iterable[str]) -> Identity:
    """What is known of the reporter, and what the reporter's own mails tell besides: names as introduced or signed,
    phones, homes. Of each text the first 20,000 characters are read.

    What was said once is then found wherever it comes again without its label. A signed name with a place
    in it is none.
    """
    names, phones, homes = list(known.names), list(known.phones), list(known.homes)
    for text in texts:
        clean = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:_GATHERED])).replace("\r", "")
        phones += [found[0] for pattern in (_PHONE, _LANDLINE) for found in pattern.finditer(clean)]
        homes += [found[2] for found in _HOME.finditer(clean)]
        names += [found[2] for pattern in (_SELF, _SELF_CAPITAL) for found in pattern.finditer(clean)]
        for found in _LABEL.finditer(clean):
            label = found[1].lower()
            if "nama" in label or ("pelapor" in label and "alamat" not in label):
                names.append(found[2][:60])
            elif "alamat" in label or "domisili" in label:
                homes.append(found[2][:120])
            elif re.search(r"hp|telp|tlp|wa|kontak|telepon|handphone", label):
                phones.append(found[2][:25])
        names += _signed(clean)
    names = [one for one in names if not set(_words(one)) & known.places or one in known.names]
    homes = [one.strip(" .,;") for one in homes if _EXACT.search(one)]
    return replace(known, names=_once(names), phones=_once(phones), homes=_once(homes))


_GATHERED = 20_000
_EXACT = re.compile(r"\d|(?:\w+\W+){3}\w")
_GREETS = frozenset(("assalamualaikum", "wassalam", "wassalamualaikum", "salam", "terima", "kasih", "hormat"))


def _signed(text: str) -> list[str]:
    """Names below each farewell (a quoted letter has its own): short lines of capitalised words that are no office."""
    lines = [line.strip() for line in text.rstrip().split("\n")]
    starts = [n + 1 for n, line in enumerate(lines) if _CLOSING.match(line[:200])]
    below = dict.fromkeys(n for start in starts for n in range(start, min(start + _MOST_SIGNED, len(lines))))
    return [
        line
        for line in (lines[n] for n in below)
        if 0 < len(words := re.findall(r"[^\W\d_]+", line)) <= 4
        and len(line) <= 60
        and not any(c.isdigit() for c in line)
        and not _ROLE.match(line)
        and all(word[0].isupper() for word in words)
        and not _GREETS & {word.lower() for word in words}
    ]


def _words(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[^\W\d_]+", text)]


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in found if one.strip()))


def _labelled(match: re.Match[str]) -> str:
    value = match[2]
    return match[0] if value.startswith("[") and value.endswith("]") else match[1] + "[dihapus]"


def _replace(text: str, known: str, mark: str) -> str:
    """Every place of a known string, whatever its case and blanks."""
    words = [re.escape(word) for word in unicodedata.normalize("NFKC", known).split()]
    return re.sub(r"\s{1,3}".join(words), mark, text, flags=re.IGNORECASE) if words else text


def _digits(phone: str) -> re.Pattern[str]:
    """A known phone however it is broken up and prefixed: 0812..., +62 812..., 812-..."""
    digits = re.sub(r"\D", "", phone)
    core = digits.removeprefix("62").lstrip("0")
    inner = r"[ .()-]{0,2}".join(core)
    return re.compile(rf"(?<!\d)(?:\+?62|0)?[ .(-]{{0,2}}{inner}(?!\d)" if len(core) > 4 else r"(?!)")


def _names(text: str, identity: Identity) -> str:
    """Without the full names and each part of them; parts of the e-mail's local part are names too."""
    for name in sorted(identity.names, key=len, reverse=True):
        if len(name.split()) > 1:
            text = _replace(text, name, NAME)
    parts = _parts(identity)
    if not parts:
        return text
    pattern = re.compile(
        rf"(?<![^\W\d_])(?<!\[)({'|'.join(map(re.escape, sorted(parts, key=len, reverse=True)))})(?![^\W\d_])(?!\])",
        re.IGNORECASE,
    )

    def instead(match: re.Match[str]) -> str:
        return match[0] if _STREET.search(text[max(0, match.start() - 16) : match.start()]) else NAME

    return pattern.sub(instead, text)


def _parts(identity: Identity) -> set[str]:
    words = {w for name in identity.names for w in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", name))}
    words |= {"".join(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", name))) for name in identity.names}
    for address in identity.addresses:
        local = re.findall(r"[^\W\d_]+", address.partition("@")[0])
        words |= {w for w in local if len(w) > 3 and w.lower() not in identity.places}
    return {w for w in words if len(w) > 2 and w.lower() not in _NO_PART and w.lower() not in _ROAD}


def _unsigned(text: str, identity: Identity) -> str:
    """Without the closing lines that sign: after the last farewell, or last lines that are the name itself."""
    lines = text.rstrip().split("\n")
    known = {part.lower() for part in _parts(identity)}
    start = next((n + 1 for n in range(len(lines) - 1, -1, -1) if _CLOSING.match(lines[n][:200])), len(lines))
    if sum(bool(line.strip()) for line in lines[start:]) > _MOST_SIGNED:
        start = len(lines)
    kept = lines[:start] + [line for line in lines[start:] if not _signs(line, known)]
    while len(kept) > 1 and _is_name(kept[-1], known):
        kept.pop()
    gone = sum(bool(line.strip()) for line in lines) - sum(bool(line.strip()) for line in kept)
    return "\n".join([*kept, SIGNATURE]) if gone else text


def _signs(line: str, known: set[str]) -> bool:
    """Whether a line after the farewell is a name, an office, an address or a number, not a sentence more."""
    words = re.findall(r"[^\W\d_]+", line)
    if len(words) > 8 or len(line) > 90 or line.strip() == SIGNATURE:
        return False
    named = bool(known & {word.lower() for word in words})
    return (
        named
        or bool(_ROLE.match(line))
        or all(word[0].isupper() for word in words)
        or sum(c.isdigit() for c in line) > 5
    )


def _is_name(line: str, known: set[str]) -> bool:
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", line)}
    return not line.strip() or (0 < len(words) <= 4 and bool(known & words))

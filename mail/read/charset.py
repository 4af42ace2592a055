"""Bytes to characters whatever the label says: an alias map, strict decoding in order of trust, never an error.

The order of trust: the declared charset where it decodes strictly, except that well-formed UTF-8 beats an 8-bit label
(text in no other 8-bit charset looks like it by chance); then the label's superset as mail programs mean it; then
UTF-8, windows-1252. What was guessed is said in the second value.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Final

_ALIASES: Final = {
    "utf8": "utf-8", "utf-8-mac": "utf-8", "utf8mb4": "utf-8", "unicode": "utf-8", "utf-8n": "utf-8",
    "unicode-1-1-utf-8": "utf-8", "x-utf-8": "utf-8", "utf_8": "utf-8", "x-unicode-2-0-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7", "unicode-2-0-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7",
    "csunicode11utf7": "utf-7", "utf7": "utf-7", "utf-7-imap": "utf-7",
    "ascii": "us-ascii", "ansi_x3.4-1968": "us-ascii", "7bit": "us-ascii", "us": "us-ascii", "iso646-us": "us-ascii",
    "8bit": "us-ascii", "unknown-8bit": "us-ascii", "x-unknown": "us-ascii", "unknown": "us-ascii",
    "default": "us-ascii", "default_charset": "us-ascii", "_autodetect": "us-ascii", "x-user-defined": "us-ascii",
    "none": "us-ascii", "null": "us-ascii", "binary": "us-ascii", "undefined": "us-ascii", "no": "us-ascii",
    "ansi": "cp1252", "x-ansi": "cp1252", "latin1": "iso-8859-1", "latin-1": "iso-8859-1", "8859-1": "iso-8859-1",
    "iso8859-1": "iso-8859-1", "iso-8859": "iso-8859-1", "iso_8859": "iso-8859-1", "l1": "iso-8859-1",
    "x-cp1252": "cp1252", "cp-1252": "cp1252", "win-1252": "cp1252", "x-windows-1252": "cp1252", "1252": "cp1252",
    "windows-latin1": "cp1252", "x-cp1251": "cp1251", "cp-1251": "cp1251", "win-1251": "cp1251", "win1251": "cp1251",
    "x-cp1250": "cp1250", "cp-1250": "cp1250", "win-1250": "cp1250", "windows-1250": "cp1250",
    "windows-874": "cp874", "x-windows-874": "cp874", "iso-8859-11": "cp874", "tis-620": "cp874",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6", "visual": "iso-8859-8", "logical": "iso-8859-8",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "mac": "mac_roman", "x-macroman": "mac_roman",
    "x-mac-ce": "mac_latin2", "x-mac-cyrillic": "mac_cyrillic", "x-mac-greek": "mac_greek",
    "x-mac-turkish": "mac_turkish", "x-mac-icelandic": "mac_iceland", "x-mac-japanese": "shift_jis",
    "koi": "koi8-r", "koi8": "koi8-r", "koi-8": "koi8-r", "koi8r": "koi8-r", "koi-8-r": "koi8-r",
    "koi8-ru": "koi8-u", "cskoi8r": "koi8-r", "dos-866": "cp866", "cp-866": "cp866", "ibm866": "cp866",
    "cp-850": "cp850", "x-cp850": "cp850", "cp-437": "cp437", "dos-862": "cp862", "dos-720": "cp720",
    "x-gbk": "gbk", "x-gb2312": "gb2312", "gb_2312-80": "gb2312", "gb2312_charset": "gb2312", "cn-gb": "gb2312",
    "chinesebig5": "big5", "x-x-big5": "big5", "x-big5": "big5", "cn-big5": "big5", "big-5": "big5",
    "chinese": "gb2312", "x-euc-cn": "gb2312", "gb-2312": "gb2312", "gb18030-2000": "gb18030",
    "x-sjis": "shift_jis", "sjis": "shift_jis", "shift-jis": "shift_jis", "x-ms-cp932": "cp932",
    "windows-31j": "cp932", "ms_kanji": "shift_jis", "cswindows31j": "cp932", "x-shift-jis": "shift_jis",
    "x-euc-jp": "euc_jp", "x-eucjp": "euc_jp", "x-euc": "euc_jp", "cp51932": "euc_jp",
    "cp50220": "iso2022_jp", "cp50221": "iso2022_jp", "jis": "iso2022_jp", "jis7": "iso2022_jp",
    "_iso-2022-jp": "iso2022_jp", "csiso2022jp": "iso2022_jp", "_iso-2022-jp$esc": "iso2022_jp",
    "ks_c_5601": "euc_kr", "ks_c_5601-1987": "euc_kr", "ks_c_5601-1989": "euc_kr", "ksc_5601": "euc_kr",
    "ksc5601": "euc_kr", "ksc-5601": "euc_kr", "korean": "euc_kr", "ks-c-5601-1987": "euc_kr", "5601": "euc_kr",
    "x-windows-949": "cp949", "windows-949": "cp949", "x-euc-kr": "euc_kr", "ks_c_5861-1992": "euc_kr",
    "x-johab": "johab", "hz": "hz", "x-viet-tcvn": "cp1258", "viscii": "cp1258",
    "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "ucs-2": "utf-16", "iso-10646-ucs-2": "utf-16",
}  # fmt: skip
_SUPERSETS: Final = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "big5hkscs": "cp950", "euc_kr": "cp949",
    "shift_jis": "cp932", "euc_jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_ext", "iso8859-8": "cp1255",
    "iso8859-2": "cp1250", "iso8859-5": "cp1251", "iso8859-7": "cp1253", "iso8859-6": "cp1256", "koi8-r": "koi8-u",
}  # fmt: skip
_WIDE: Final = frozenset({
    "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp950", "euc_kr", "cp949", "johab", "shift_jis", "cp932",
    "shift_jis_2004", "shift_jisx0213", "euc_jp", "euc_jis_2004", "euc_jisx0213",
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
})  # fmt: skip
_RECOGNISED: Final = frozenset({
    "gb2312", "gbk", "gb18030", "big5", "cp950", "euc_kr", "cp949", "shift_jis", "cp932", "euc_jp", "koi8-r", "cp1251",
})  # fmt: skip
_HIGH: Final = bytes(range(0x80, 0x100))
_SEVEN_BIT: Final = frozenset({"utf-7", "hz"})
_NOT_FOR_MAIL: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"})
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.:$+-]{0,39}")
_BEGINNING: Final = re.compile(
    r"utf-?8|windows-125\d|iso[-_ ]?8859-1?\d|iso-2022-(?:jp|kr)|gb2312|gbk|gb18030|big5|koi8-[ru]|us-ascii"
    r"|euc-(?:jp|kr)|shift[-_]jis"
)
"""A known label with other things glued to it."""
_CONTROLS: Final = re.compile(rb"[\x80-\x9f]")
_MAX_ESCAPES: Final = 100_000
_ESCAPE: Final = re.compile(rb"\x1b(\$[@B]|\$\([@BDOPQ]|\([BJIH]|\.[AF])")


@lru_cache(maxsize=512)
def known(label: str) -> str | None:
    """Python's name of the text codec that a charset label means, or None. Dangerous codecs (idna, zip) are none."""
    lower = label.lower().replace('3d"', "").replace("charset=", "")
    for pattern in (_NAME, _BEGINNING):
        found = pattern.search(lower)
        codec = _codec(found.group().rstrip(".:-")) if found else None
        if codec is not None:
            return codec
    return None


def _codec(name: str) -> str | None:
    name = _ALIASES.get(name, name)
    if name.startswith("windows-") and name[8:].isdigit():
        name = "cp" + name[8:]
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    if not codec._is_text_encoding or codec.name in _NOT_FOR_MAIL:
        return None
    return codec.name


def decode(data: bytes, label: str | None) -> tuple[str, str]:
    """`data` as characters, and what had to be guessed ("" if nothing); no character is ever an unpaired surrogate."""
    if data.isascii():
        codec = known(label) if label else None
        if codec is None or not _shifts(codec) or (codec.startswith("utf-") and codec != "utf-7" and b"\0" not in data):
            return data.decode("ascii"), ""
    return _decode_eight_bit(data, label)


def _shifts(codec: str) -> bool:
    """True where plain ASCII bytes can mean other characters."""
    return codec in _SEVEN_BIT or codec.startswith(("iso2022", "utf-16", "utf-32", "cp037", "cp500", "cp1140", "cp273"))


def _decode_eight_bit(data: bytes, label: str | None) -> tuple[str, str]:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        label = "utf-8"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")) and len(data) % 2 == 0:
        return whole(data.decode("utf-16", "replace")), ""
    codec = known(label) if label else None
    if codec == "utf-16":
        codec = "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    unknown = f"charset {_shown(label)} is unknown; " if label and codec is None else ""
    utf8 = _strict(data, "utf-8")
    if codec == "utf-8" and utf8 is not None:
        return utf8, ""
    if codec is not None and codec.startswith("iso2022_jp"):
        return _iso_2022_jp(data, utf8)
    if utf8 is not None and (codec is None or (codec not in _WIDE and not _shifts(codec))):
        return utf8, f"{unknown}text taken as UTF-8 for {_shown(label)}"
    if utf8 is not None and codec in _WIDE and not _shifts(codec) and len(utf8) - len(data.translate(None, _HIGH)) >= 6:
        return utf8, f"text taken as UTF-8 for {_shown(label)}"  # by chance once in some ten thousand texts
    if codec is not None and codec not in ("utf-8", "ascii"):
        text = _declared(data, codec)
        if text is not None:
            return whole(text), ""
        if utf8 is not None:
            return utf8, f"text taken as UTF-8 for {_shown(label)}"
        return _least_damage(data, codec, _shown(label))
    if codec != "utf-8" and (recognised := _recognised(data)) is not None:
        return recognised
    return _least_damage(data, "utf-8", unknown or _shown(label))


def _recognised(data: bytes) -> tuple[str, str] | None:
    """Text in a script that is all 8-bit and says nothing of its charset, as chardet recognises it by its letters."""
    high = len(data) - len(data.translate(None, _HIGH))
    if high < 8 or high * 5 < len(data):
        return None
    import chardet

    found = chardet.detect(data[:4096]).get("encoding")
    codec = known(found) if found else None
    if codec not in _RECOGNISED:
        return None
    text = _declared(data, codec)
    return None if text is None else (whole(text), f"no charset is named; text taken as {codec}")


def as_labelled(data: bytes, codec: str) -> str | None:
    """`data` strictly in `codec` (a name from `known`) or a superset of it, or None: for what programs label well."""
    if codec.startswith("iso2022_jp"):
        return _iso_2022_jp(data, None)[0]
    text = _declared(data, codec)
    return None if text is None else whole(text)


def _declared(data: bytes, codec: str) -> str | None:
    """Strictly in the declared codec or what it grew into; C1 controls in a Latin label mean windows-125x."""
    superset = _SUPERSETS.get(codec)
    if superset and codec in ("iso8859-1", "iso8859-9") and _CONTROLS.search(data):
        text = _strict(data, superset)
        if text is not None:
            return text
    text = _strict(data, codec)
    while text is None and superset:
        text = _strict(data, superset)
        superset = _SUPERSETS.get(superset)
    return text


def _least_damage(data: bytes, codec: str, label: str) -> tuple[str, str]:
    """Neither label nor UTF-8 fits: damaged text of that codec if most of it decodes, else windows-1252."""
    damaged = whole(data.decode(codec, "replace"))
    lost = damaged.count("\ufffd")
    kept = len(damaged) - lost - sum(map(damaged.count, ("\n", " "))) if codec in _WIDE else _foreign(damaged)
    if lost * 2 <= kept:
        return damaged, f"text damaged: {lost} characters lost in {label.strip('; ')}"
    return _windows(data), f"text taken as windows-1252 for {label.strip('; ')}"


def _foreign(text: str) -> int:
    """Characters outside ASCII other than the replacement character."""
    return len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")


def _windows(data: bytes) -> str:
    """windows-1252 with its five holes filled from Latin-1, as browsers do; every byte has a character."""
    text = _strict(data, "cp1252")
    return data.decode("latin-1").translate(_WINDOWS_FROM_LATIN) if text is None else text


_WINDOWS_FROM_LATIN: Final = {
    byte: bytes((byte,)).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _iso_2022_jp(data: bytes, utf8: str | None) -> tuple[str, str]:
    for codec in ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2"):
        text = _strict(data, codec)
        if text is not None:
            return text, ""
    if b"\x1b" not in data and utf8 is None:
        for codec in ("cp932", "euc_jp"):
            text = _strict(data, codec)
            if text is not None:
                return text, f"text taken as {codec} for iso-2022-jp"
    if b"\x1b" not in data and utf8 is not None:
        return utf8, "text taken as UTF-8 for iso-2022-jp"
    if data.count(b"\x1b") > _MAX_ESCAPES:
        return whole(data.decode("iso2022_jp_ext", "replace")), "text damaged: characters lost in iso-2022-jp"
    return _microsoft_jis(data)


def _microsoft_jis(data: bytes) -> tuple[str, str]:
    """ISO-2022-JP with the vendors' rows (cp50221), by way of the same characters' places in cp932."""
    out: list[str] = []
    mode = b"(B"
    at = 0
    for escape in [*_ESCAPE.finditer(data), None]:
        chunk = data[at : escape.start() if escape else len(data)]
        if mode.startswith(b"$"):
            out.append(_jis_pairs(chunk))
        elif mode == b"(I":
            out.append(bytes(b | 0x80 if 0x21 <= b <= 0x5F else b for b in chunk).decode("cp932", "replace"))
        else:
            out.append(chunk.decode("cp932", "replace"))
        if escape:
            mode = escape.group(1)
            at = escape.end()
    text = "".join(out)
    return text, "text damaged: characters lost in iso-2022-jp" if "\ufffd" in text else ""


def _jis_pairs(chunk: bytes) -> str:
    shifted = bytearray()
    at = 0
    while at < len(chunk):
        row = chunk[at]
        if row < 0x21 or row > 0x7E or at + 1 >= len(chunk):
            shifted.append(row)
            at += 1
            continue
        cell = chunk[at + 1]
        shifted.append(((row + 1) >> 1) + (0x70 if row < 0x5F else 0xB0))
        shifted.append(cell + (0x7E if row % 2 == 0 else 0x1F + (cell >= 0x60)) & 0xFF)
        at += 2
    return shifted.decode("cp932", "replace")


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def whole(text: str) -> str:
    """Without unpaired surrogates, which some codecs let through and no database takes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _shown(label: str | None) -> str:
    return repr(label[:40]) if label else "no charset"

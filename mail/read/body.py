"""The part tree to what people see: text in reading order, attachments, reports (after RFC 8621 section 4.1.4)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

from engine.message import Attachment, Report
from mail import html as page
from mail.read import charset, flowed, smime, split, tnef, transfer

_REPORTS: Final = frozenset({
    "message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers",
    "message/rfc822-headers", "message/global-delivery-status", "message/global-disposition-notification",
    "message/global-headers",
})  # fmt: skip
_MAILS: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_PLAIN: Final = frozenset({"text/plain", "text/enriched", "text/richtext", "text/markdown", "text/x-markdown"})
_TNEF: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_PKCS7: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_ALTERNATIVES: Final = frozenset({"text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext"})
_FILES: Final = frozenset({
    "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/csv", "text/css", "text/xml", "text/rtf",
    "text/javascript", "text/x-vcalendar", "text/tab-separated-values", "text/x-amp-html", "text/watch-html",
})  # fmt: skip
_MAX_INNER: Final = 3
_MAX_TWINS: Final = 20
_MAX_DIGEST: Final = 30
_ENRICHED_TAG: Final = re.compile(r"<(/?)([A-Za-z-]{1,40})>")
_META_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_LINE_END: Final = re.compile(r"\r{0,9}\n|\r")
_STUB: Final = re.compile(
    r"\bhtml\b|view (?:it|this|the|in)|in (?:your|a) browser|di browser|di peramban|versi web|web version",
    re.IGNORECASE,
)
_IMAGE_ONLY: Final = re.compile(r"\s*(?:\[(?:image|cid|gambar)[^\]\n]{0,200}\]\s*){1,20}\Z", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """One stretch of readable body: the same words as plain text, as HTML, or both."""

    plain: str | None = None
    html: str | None = None
    stub: bool = False


@dataclass(slots=True)
class Body:
    """All that the part tree of one mail holds for a reader."""

    blocks: list[Block] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    inner: list[bytes] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def plain(self) -> str | None:
        """The plain parts joined, or None."""
        found = [block.plain for block in self.blocks if block.plain is not None]
        return join(found) if found else None

    @property
    def html(self) -> str | None:
        """The HTML parts joined, or None."""
        found = [block.html for block in self.blocks if block.html is not None]
        return "\n".join(found) if found else None

    def text(self) -> str:
        """The whole readable text: each block's plain part, or its HTML rendered where that is missing or a stub."""
        texts: list[str] = []
        rendered: list[tuple[int, str]] = []
        for block in self.blocks:
            if block.html is None:
                texts.append(block.plain or "")
            elif block.plain is not None and not is_stub(block.plain):
                texts.append(block.plain)
            else:
                text = page.to_text(block.html)
                if not text.strip() and block.plain:
                    text = block.plain
                rendered.append((len(texts), text))
                texts.append(text)
        return join(_without_twins(texts, rendered))


def join(texts: list[str]) -> str:
    """Texts one below the other; a line end is added only where one is missing."""
    out: list[str] = []
    for text in texts:
        if not text:
            continue
        if out and not out[-1].endswith("\n"):
            out.append("\n")
        out.append(text)
    return "".join(out)


def is_stub(plain: str) -> bool:
    """True of a plain part that says nothing itself: empty, an image's mark, or "see the HTML version"."""
    bare = plain.strip()
    if not bare:
        return True
    if len(bare) > 400:
        return False
    return bool(_IMAGE_ONLY.match(bare)) or (len(bare.split()) < 40 and bool(_STUB.search(bare)))


def _without_twins(texts: list[str], rendered: list[tuple[int, str]]) -> list[str]:
    """HTML sent beside plain text as an attachment of the same words is not read twice."""
    if not rendered or not 2 <= len(texts) <= _MAX_TWINS:
        return texts
    drop = set()
    for position, text in rendered:
        folded = "".join(text.split())
        for other, plain in enumerate(texts):
            if other != position and other not in drop and folded and folded in "".join(plain.split()):
                drop.add(position)
                break
    return [text for position, text in enumerate(texts) if position not in drop]


def gather(tree: split.Tree, depth: int = 0) -> Body:
    """Everything readable in a part tree. `depth` counts the mails this one lies in."""
    reader = _Reader(tree.raw, depth)
    reader.body.blocks = reader.blocks(tree.root, "", 0)
    if not any((block.plain or block.html or "").strip() for block in reader.body.blocks):
        reader.body.blocks += reader.spare
        if reader.rtf and not reader.spare:
            reader.warn("winmail.dat holds the text as RTF, which is not read")
    reader.body.warnings[:0] = tree.warnings
    return reader.body


class _Reader:
    """One walk over a part tree, writing down what it meets."""

    def __init__(self, raw: bytes, depth: int) -> None:
        self.raw = raw
        self.depth = depth
        self.body = Body()
        self.rtf = False
        self.spare: list[Block] = []  # what winmail.dat repeats of the text; for mails that have it nowhere else

    def warn(self, text: str) -> None:
        if text and text not in self.body.warnings:
            self.body.warnings.append(text)

    def blocks(self, part: split.Part, parent: str, position: int) -> list[Block]:
        """The text blocks of a part, `position` in a multipart of type `parent` ("" for the root)."""
        if part.children:
            return self._multipart(part)
        if part.type.startswith("multipart/"):
            data = self.content(part)
            if part.encoding and b"\n--" in data:
                return self._encoded_multipart(part, data)
            return [Block(plain=self.text(part, data))]
        if part.type in _REPORTS or (parent == "multipart/report" and position and part.type in _MAILS):
            self.body.reports.append(Report(part.type, self.content(part)))
            return []
        if part.type in _MAILS:
            self._mail(part)
            return []
        if self._is_text(part, parent, position):
            return self._text_block(part, parent)
        return self._file(part, parent, position)

    def _multipart(self, part: split.Part) -> list[Block]:
        kind = part.type
        if kind == "multipart/encrypted":
            self.warn("the mail is encrypted (PGP/MIME) and cannot be read")
        elif kind == "multipart/signed":
            self.warn(f"the mail is signed ({_protocol(part)}); the signature was not verified")
        root = _root_of_related(part) if kind == "multipart/related" else 0
        found = [self.blocks(child, kind, position - root) for position, child in enumerate(part.children)]
        if kind == "multipart/alternative":
            return _alternative(found)
        return [block for blocks in found for block in blocks]

    def _encoded_multipart(self, part: split.Part, data: bytes) -> list[Block]:
        """A multipart that was itself encoded, against RFC 2045 section 6.4, read all the same."""
        self.warn("a multipart was encoded as a whole")
        header = f'Content-Type: {part.type}; boundary="{part.params.get("boundary", "")}"\n\n'.encode(
            "utf-8", "replace"
        )
        if self.depth >= _MAX_INNER:
            return []
        return self._adopt(gather(split.split(header + data), self.depth + 1))

    def _adopt(self, body: Body) -> list[Block]:
        self.body.attachments += body.attachments
        self.body.reports += body.reports
        self.body.inner += body.inner
        for warning in body.warnings:
            self.warn(warning)
        return body.blocks

    def _is_text(self, part: split.Part, parent: str, position: int) -> bool:
        if part.type not in _PLAIN and part.type != "text/html" and not self._is_other_text(part, parent):
            return False
        if part.disposition == "attachment":
            return False
        if parent == "multipart/alternative":
            return True
        if part.disposition not in ("", "inline"):
            return False
        if position == 0:
            return True
        return not file_name(part) and not (parent == "multipart/related" and part.content_id)

    def _is_other_text(self, part: split.Part, parent: str) -> bool:
        """RFC 2046 section 4.1.4: an unknown kind of text is read as plain, unless a file's kind or named."""
        if not part.type.startswith("text/") or part.type in _FILES or parent == "multipart/alternative":
            return False
        return not parent or not file_name(part)

    def _text_block(self, part: split.Part, parent: str) -> list[Block]:
        text = self.text(part, self.content(part))
        if part.type == "text/html":
            return [Block(html=text)]
        if part.type in ("text/enriched", "text/richtext"):
            return [Block(plain=_unenriched(text), stub=parent == "multipart/alternative")]
        if part.params.get("format", "").lower() == "flowed":
            text = flowed.unflow(text, part.params.get("delsp", "").lower() == "yes")
        return [Block(plain=text)]

    def content(self, part: split.Part) -> bytes:
        """The exact bytes of a leaf after its transfer encoding is undone."""
        data, warning = transfer.decode(self.raw[part.start : part.end], part.encoding)
        self.warn(warning)
        return data

    def text(self, part: split.Part, data: bytes) -> str:
        """A text part's characters with LF line ends and without NUL."""
        label = part.params.get("charset")
        if not label and part.type == "text/html" and not data.isascii():
            meta = _META_CHARSET.search(data, 0, 4000)
            label = meta.group(1).decode("ascii") if meta else None
        text, warning = charset.decode(data, label)
        self.warn(warning)
        if "\r" in text:
            text = _LINE_END.sub("\n", text)
        if "\0" in text:
            self.warn("NUL characters were left out of the text")
            text = text.replace("\0", "")
        return text.removeprefix("\ufeff")

    def _mail(self, part: split.Part) -> None:
        data = self.content(part)
        self._attach(file_name(part), part.type, data, part.disposition == "inline", part.content_id)
        if len(self.body.inner) < _MAX_DIGEST:
            self.body.inner.append(data)

    def _file(self, part: split.Part, parent: str, position: int) -> list[Block]:
        data = self.content(part)
        name = file_name(part)
        if part.type in _ALTERNATIVES and parent == "multipart/alternative":
            return []
        inline = part.disposition == "inline" or (parent == "multipart/related" and bool(part.content_id))
        if not parent and not position and not data.strip() and not name:
            return []
        self._attach(name, part.type, data, inline and part.disposition != "attachment", part.content_id)
        if part.type in _TNEF or name.lower() == "winmail.dat":
            self._tnef(data)
        if part.type in _PKCS7 and not name.lower().endswith((".p7c", ".p7z")):
            return self._pkcs7(part, data)
        return []

    def _attach(self, name: str, kind: str, data: bytes, inline: bool, content_id: str) -> None:
        digest = hashlib.sha256(data).hexdigest()
        self.body.attachments.append(Attachment(name, kind, data, digest, inline, content_id))

    def _tnef(self, data: bytes) -> None:
        opened = tnef.open_tnef(data)
        self.warn(opened.warning)
        for name, content in opened.files:
            self._attach(clean_name(name), _type_of(name), content, False, "")
        self.rtf = self.rtf or opened.rtf
        if opened.html or opened.plain:
            self.spare.append(Block(plain=opened.plain.replace("\r\n", "\n") or None, html=opened.html or None))

    def _pkcs7(self, part: split.Part, data: bytes) -> list[Block]:
        content = smime.signed_content(data)
        if content is None:
            kind = part.params.get("smime-type", "").lower()
            self.warn(
                "the mail is encrypted (S/MIME) and cannot be read" if kind != "signed-data" else "S/MIME damaged"
            )
            return []
        self.warn("the mail is signed (S/MIME); the signature was not verified")
        if self.depth >= _MAX_INNER:
            return []
        return self._adopt(gather(split.split(content), self.depth + 1))


def _alternative(found: list[list[Block]]) -> list[Block]:
    """One block of the alternatives: the first that is plain, the last that is HTML; rich text only without either."""
    plain: list[str] = []
    html: list[str] = []
    rich: list[str] = []
    for blocks in found:
        plains = [block.plain for block in blocks if block.plain is not None and not block.stub]
        htmls = [block.html for block in blocks if block.html is not None]
        rich = rich or [block.plain for block in blocks if block.plain is not None and block.stub]
        if htmls:
            html = htmls
            both = [block.plain for block in blocks if block.plain is not None and block.html is not None]
            plain = plain or both
        elif plains and (not plain or is_stub(join(plain))):
            plain = plains
    if not plain and not html:
        plain = rich
    if not plain and not html:
        return []
    return [Block(join(plain) if plain else None, "\n".join(html) if html else None)]


def _root_of_related(part: split.Part) -> int:
    """The position of the part that `start` names (RFC 2387 section 3.2), or 0."""
    start = part.params.get("start", "").strip("<> ")
    if not start:
        return 0
    return next((position for position, child in enumerate(part.children) if child.content_id == start), 0)


def _protocol(part: split.Part) -> str:
    return "S/MIME" if "pkcs7" in part.params.get("protocol", "").lower() else "PGP/MIME"


def file_name(part: split.Part) -> str:
    """The file name a part declares, by Content-Disposition before Content-Type, decoded and without a path."""
    raw = (
        part.disposition_params.get("filename") or part.params.get("name") or part.disposition_params.get("name") or ""
    )
    return clean_name(raw)


def clean_name(raw: str) -> str:
    """A name without path, control characters and surrounding blanks."""
    if not raw:
        return ""
    name = "".join(char for char in raw if char >= " " and char != "\x7f").strip()
    return name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].strip()


def _type_of(name: str) -> str:
    import mimetypes

    return mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"


def _unenriched(text: str) -> str:
    """text/enriched (RFC 1896) without its commands: one line end is a blank, of several one is taken away."""
    text = re.sub(r"(?i)<param>[^<]{0,1000}</param>", "", text)
    text = _ENRICHED_TAG.sub("", text.replace("<<", "\0")).replace("\0", "<")
    return re.sub(r"\n+", lambda match: " " if len(match.group()) == 1 else match.group()[1:], text)

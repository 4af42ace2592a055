"""Paragraphs put together again from format=flowed lines (RFC 3676)."""

from __future__ import annotations


def unflow(text: str, del_sp: bool = False) -> str:
    """Soft line ends of `text` (LF line ends) undone and space-stuffing removed; quoted lines stay as they are.

    `del_sp` is the DelSp parameter: the blank before a soft end is no part of the text. Quoted lines keep their own
    line ends because what matters of them is where they begin.
    """
    out: list[str] = []
    paragraph: list[str] = []
    for line in text.split("\n"):
        if line.startswith(">"):
            if paragraph:
                out.append("".join(paragraph))
                paragraph = []
            out.append(line)
            continue
        bare = line[1:] if line.startswith(" ") else line
        if bare.endswith(" ") and bare != "-- ":
            paragraph.append(bare[:-1] if del_sp else bare)
            continue
        if bare == "-- " and paragraph:
            out.append("".join(paragraph))
            paragraph = []
        paragraph.append(bare)
        out.append("".join(paragraph))
        paragraph = []
    if paragraph:
        out.append("".join(paragraph))
    return "\n".join(out)

"""Words as people write them around a name, and the words that say nothing of whom it names."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9]+")
FILLER = frozenset(
    re.findall(
        r"\w+",
        """
        ini itu yang yg ke kepada pada di untuk utk buat aja saja sj ya yah iya sih dong deh nih pak bu bapak bpk bp ibu
        mas mbak kak tolong tlg mohon coba silakan kayaknya kayanya sepertinya kelihatannya mungkin harusnya seharusnya
        mestinya masuk masuknya urusan urusannya bagian bagiannya tugas tugasnya ranah kewenangan wewenang kewenangannya
        punya milik teruskan diteruskan terusin arahkan diarahkan lempar oper dioper kasih serahkan sampaikan kirim
        disposisi disposisikan laporan aduan dinas kantor pihak oleh dan mah teh atuh euy eksternal external bukan kota
        bogor lebih tepat tepatnya cocok cocoknya langsung lgsg min admin siap ok oke baik dulu trims makasih terima
        terimakasih nuhun thx tks yth kpd setempat menangani menanganinya tangani ngurus urus pegang semua cukup
        lanjut lanjutkan
        """,
    )
)
_SHORT = {"jln": "jalan", "jl": "jalan"}


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, digits included, the commonest abbreviations written out."""
    return [_SHORT.get(word, word) for word in _WORD.findall(text.lower())]

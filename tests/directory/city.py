"""A small city for the directory's tests: two offices, a kelurahan and a kecamatan, written as CSV text."""

from __future__ import annotations

from pathlib import Path

UNITS = """code,name,kind,parent,domain,phone_public,note
PIMPINAN,Pimpinan Daerah,pimpinan,,kota.example,,
SETDA,Sekretariat Daerah,sekretariat,PIMPINAN,setda.kota.example,,
DISHUB,Dinas Perhubungan,dinas,SETDA,dishub.kota.example,,
DPUPR,Dinas Pekerjaan Umum dan Penataan Ruang,dinas,SETDA,dpupr.kota.example,,
KEC-TENGAH,Kecamatan Kota Tengah,kecamatan,SETDA,kectengah.kota.example,,
KEL-MAWAR,Kelurahan Mawar,kelurahan,KEC-TENGAH,kelmawar.kota.example,,
"""
POSITIONS = """id,unit,title,level,reports_to,mailbox,holder,acting,acting_from,acting_to,mandatory,phone
pimpinan.walikota,PIMPINAN,Wali Kota,walikota,,walikota@kota.example,A,,,,true,
setda.sekda,SETDA,Sekretaris Daerah,sekda,pimpinan.walikota,sekda@setda.kota.example,B,,,,true,
dishub.kepala,DISHUB,Kepala Dinas Perhubungan,kepala,setda.sekda,kepala@dishub.kota.example,C,,,,true,
dishub.kabid,DISHUB,Kepala Bidang Lalu Lintas,kabid,dishub.kepala,kabid@dishub.kota.example,D,,,,true,
dishub.kasi,DISHUB,Kepala Seksi Parkir,kasi,dishub.kabid,kasi@dishub.kota.example,E,,,,true,
dpupr.kepala,DPUPR,Kepala Dinas PUPR,kepala,setda.sekda,kepala@dpupr.kota.example,F,,,,true,
kectengah.camat,KEC-TENGAH,Camat Kota Tengah,camat,setda.sekda,camat@kectengah.kota.example,G,,,,true,
kelmawar.lurah,KEL-MAWAR,Lurah Mawar,lurah,kectengah.camat,lurah@kelmawar.kota.example,H,,,,true,
"""
TOPICS = """code,name,description,unit,position,by_place,cc,keywords,severity,days_answer
PARKIR,Parkir liar,"Parkir liar, juru parkir.",DISHUB,dishub.kasi,,DPUPR;PLN,parkir liar;jukir,biasa,3
KTP,Surat pengantar,Surat di kelurahan.,,,kelurahan,,surat pengantar,biasa,5
"""
EXTERNAL = """code,name,contact_email,contact_note,keywords
PLN,PT PLN,layanan@pln.example,Hubungi 123.,listrik padam
"""
PLACES = """code,name,kecamatan,streets,landmarks,aliases
KEC-TENGAH,Kota Tengah,KEC-TENGAH,Jl. Raya,,Tengah
KEL-MAWAR,Mawar,KEC-TENGAH,Jl. Mawar;Jl. Raya,Pasar Mawar,Kel. Mawar
"""
FILES = {"units": UNITS, "positions": POSITIONS, "topics": TOPICS, "external": EXTERNAL, "places": PLACES}


def write(folder: Path, **changed: str) -> Path:
    """Write the five files into a folder, some of them replaced, and return the folder."""
    for name, text in {**FILES, **changed}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def edit(table: str, old: str, new: str) -> str:
    """One file's text with one piece replaced; fails if the piece is not there."""
    assert old in FILES[table], old
    return FILES[table].replace(old, new, 1)

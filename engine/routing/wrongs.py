"""The words of what an official may be charged with: taking, cheating, favouring, threatening, staying away, neglect.

Expressions over plain words with one blank between them (see engine.routing.fold); Sundanese and slang beside the
formal word.
"""

from __future__ import annotations

import re

_MONEY = (
    r"(?:uang|duit|artos|acis|dana|rupiah|rp|jatah|setoran|bayaran|imbalan|fee|amplop|komisi|pungutan|upeti|"
    r"iuran|tarif|"
    r"biaya|bayar|mayar|persen|hadiah|sogokan|suap|pelicin|sejuta|juta|jutaan|seratus|ratusan|bagian|titipan|"
    r"0)(?:nya|na)?"
)
_TAKING = (
    r"(?:(?:me)?minta(?:in|i)?|memintai|(?:di)?mintai?n?|(?:me)?nagih(?:in)?|(?:me)?narik(?:in)?|tarik|"
    r"(?:me)?matok|pasang|"
    r"(?:meng|ng)?ambil(?:in)?|terima|(?:me)?nerima|narima|nampung|(?:meng)?kantongi|ngantongi(?:n)?|"
    r"menta(?:an)?|mundut|"
    r"nyuhunkeun|mewajibkan|wajibkan|mengenakan|membebankan|(?:meng|ng)?utip|mengutip|kutip|dapat|dapet|"
    r"menikmati|menjanjikan)"
)
_FEE = (
    r"(?:uang (?:rokok|kopi|lelah|damai|tutup mulut|pelicin|jasa|terima kasih|administrasi|ketok)|"
    r"setoran|upeti|pelicin|gratifikasi\w*|amplop|(?:uang|duit) \w+ masuk)"
)
_STRONG = rf"""
    {_TAKING} (?:\S+ ){{0,4}}?{_MONEY}|{_FEE}|
    (?:terima|(?:me)?nerima) (?:\S+ ){{1,4}}?dari (?:\S+ )?(?:kontraktor|pengembang|developer|rekanan|pengusaha|
    vendor|pemborong|
    penyedia|perusahaan|bandar|pemenang|calo)|
    (?:dikasih|diberi|dibayar|dijanjikan|dapet|dapat|nerima) (?:\S+ ){{0,2}}?(?:uang|duit|amplop|jatah|fee|
    bagian|imbalan|komisi)|
    (?:pakai|pake|memakai|make|menggunakan) (?:uang|duit|dana|anggaran|mobil dinas|aset)|bagi hasil|(?:kuitansi|
    kwitansi|nota) kosong|
    (?:ke|di) hotel|genit|(?:me)?megang ?megang|(?:me)?nutupi(?:n)? (?:temuan|kasus)|nutupin|hapus tunggakan|
    nodong\w*|raib|
    (?:kasih|kasi|memberi|ngasih) (?:\S+ ){{1,3}}?(?:saudara|keluarga|adik|istri|anak|teman|kroni|ponakan|
    keponakan)nya|
    (?:ngasih|kasih|memberi|membocorkan|bocorin) (?:tahu|tau|bocoran) (?:\S+ )?(?:jadwal|razia|soal)|yang bayar|
    pilih-?pilih|
    (?:nawar(?:in|kan)|menawarkan|menjanjikan|janji(?:in|kan)) (?:\S+ ){{0,6}}?(?:bayar|imbalan|0 juta|0 jt)|
    minta setor|(?:me)?nyuap\w*|(?:di|ter)?suap(?!i)\w*|penyuapan|
    (?:me)?nyogok\w*|(?:di)?sogok\w*|pungli\w*|(?:di|mem|nge)?pungli\w*|pungutan|memungut|(?:me)?mungut\w*|dipungut|
    (?:di|meng|ng|ber|ter)?korup\w*|(?:ber)?kolusi|nepotis\w*|kkn|kongkalikong|kongkalingkong|(?:ber|per)?sekongkol\w*|
    (?:ber)?main (?:mata|proyek|uang|duit|anggaran|belakang|tender|harga|data|perempuan|tangan|serong|pukul|
    curang|kayu|api|
    jabatan|sk|izin|ijin|lelang|sulap)|bermain\b(?! (?:bola|musik|bersama))|ikut main|
    mark ?up|markap|(?:di|meng)?gelembung\w*|(?:di)?fiktif\w*|
    (?:di|mem)?(?:per)?jual ?beli\w*|(?:mem)?perjualbelikan|menjual\w*|ngajual|(?:nge)?jualin?|
    jual (?:\S+ )?(?:izin|ijin|trayek|lapak|kios|mobil|motor|barang|jabatan|sk|kursi|tanah|aset|lahan|nama|data|
    beras|bantuan|raskin|obat|solar)|
    (?:me|di)?tilep|(?:me)?nilep|(?:di|meng|nge)?gelap(?:kan|in)|penggelapan|(?:ng|di)?embat|ngegarong|
    (?:makan|memakan|dimakan) (?:uang|duit|dana|hak)|bancakan|(?:men)?curi|nyuri|nyolong|maling|
    (?:di|me)?(?:ny)?sunat(?! mas+al)(?!an)\w*|(?:me)?nyunat\w*|penyunatan|
    (?:di)?peras|(?:me)?meras|meres|pemerasan|(?:di|mem|nge)?bocor(?:kan|in) (?:\S+ )?(?:nama|identitas|data|
    pelapor|soal)|(?:di)?palak\w*|malak\w*|(?:nge|di)?getok|
    (?:di|me)?(?:ny|s)?alah ?gunakan|penyalahgunaan|salah guna|(?:di|me)?(?:ny|s)?eleweng\w*|penyelewengan|
    penyimpangan|
    (?:di|me)?manipulasi\w*|(?:di|me)?(?:m|p)?alsu(?:kan|in)|pemalsuan|(?:ke)?curang\w*|(?:mem|nge)?bohong\w*|
    (?:me)?nipu|penipuan|(?:ng|meng)?akal(?:in|i)|
    (?:mem|nge|di)?bac?king\w*|(?:mem|nge|di)?beking\w*|backup|(?:me|nge)?lindungi(?! (?:warga|anak|pohon|hak|kami))|
    (?:me|nge|di)?loloskan|ngelolosin|titip (?:absen|proyek|siswa|nama)|
    (?:(?:di)?potong|(?:me|pe|nge|ge)?motong)(?:in|an|i)? (?:\S+ ){{0,3}}?(?:gaji|honor|dana|bansos|bantuan|
    uang|duit|insentif|
    upah|blt|pkh|bpnt|tunjangan|jatah|jasa|anggaran|0)|
    (?:ber)?selingkuh\w*|perselingkuhan|(?:ber)?zina\w*|mesum|(?:men)?cabul\w*|(?:di|me)?leceh\w*|pelecehan|meraba\w*|
    grepe|(?:meng|nge)?goda\w*|ngerayu|merayu|(?:di)?colek|nyolek|istri simpanan|chat mesum|
    mabuk|mabok|(?:ber)?judi|judol|narkoba|nyabu|dugem|
    (?:di|meng)?ancam\w*|ngancam\w*|ngancem\w*|(?:di|me)?teror|neror|(?:di|meng)?intimidasi\w*|nyingsieunan|nakutin|
    (?:me)?mukul\w*|(?:di)?pukul\w*|(?:me)?nampar|ditampar|(?:meng|di)?aniaya|(?:me)?nendang|gebuk|
    (?:meng|di)?usir|ngusir|(?:di)?paksa\w*|(?:me)?maksa\w*|(?:me|di)?mecat|memecat|(?:di|mem)?bully|merundung|
    tidak netral|(?:ber)?kampanye|(?:me|ber)mihak|(?:ber|me)pihak|berpihak|memihak|berat sebelah|pilih kasih|
    pilih bulu|
    diskriminasi\w*|(?:mem)?beda-?bedakan|tebang pilih|
    (?:memasukkan|masukin|memasukan|menitipkan|nitipin) (?:\S+ )?(?:anak|keponakan|ponakan|saudara|keluarga|
    menantu|adik|istri)\w*|
    (?:keluarga|saudara|kerabat|kroni|ponakan|keponakan)\w* (?:sendiri )?(?:di)?(?:masuk|utama|dahulu|duluin|
    prioritas)\w*|
    mafia|calo|percaloan|(?:(?:meng|ng)?atur|(?:meng|ng)?arah(?:kan|in)) (?:\S+ )?(?:tender|lelang|pemenang|
    proyek)|ngatur (?:\S+ )?(?:tender|lelang|pemenang|proyek)|
    terlibat|memperkaya|(?:kantong|rekening|kepentingan|keperluan|urusan) pribadi|nyalahgunakeun|
    (?:mem|nge)?bolos|mangkir|keluyuran|titip absen|bolosan
"""
_MANNER = r"""
    (?:me|di)?marah\w*|(?:mem|nge|nga|di)?bentak\w*|nyentak|(?:me|di)?maki\w*|kasar|aroga\w*|sombong|judes|jutek|galak|
    ketus|songong|jarang (?:masuk|ada|ngantor|di (?:kantor|tempat)|hadir|datang)|
    tidak pernah (?:masuk|ada|ngantor|di (?:kantor|tempat)|hadir)|tidak ada di (?:tempat|kantor)|malas|
    lalai|abai|mengabaikan|cuek|tidak peduli|acuh|tidak becus|(?:mem)?biarkan|tutup mata|
    (?:mem)?persulit|dipersulit|(?:meng|nge)?hina|rasis|menelantarkan|lepas tangan
"""


def _one(table: str) -> str:
    return re.sub(r"\n\s*", "", table.strip())


_ALL = f"{_one(_STRONG)}|{_one(_MANNER)}"
WRONG = re.compile(rf"\b(?:{_ALL})\b")
MANNER = re.compile(rf"\b(?:{_one(_MANNER)})\b")
SUFFERED = re.compile(
    r"(?:dimintai?n? .*|diancam\w*|diperas|dimarah\w*|dibentak\w*|diusir|dipukul\w*|diteror|diintimidasi\w*|ditampar|"
    r"dipalak\w*|dipaksa\w*|dihina|dibully|dianiaya|dimaki\w*|dilecehkan|dipersulit)"
)
"""What is done to somebody: of an official's own charge only where he was told and turned on the writer."""
TURN = frozenset(
    re.findall(r"\S+", "malah justru eh ternyata tapi terus lalu dia beliau ujungnya ujung-ujungnya taunya kok")
)
DENIED = re.compile(
    r"(?<!kalau )(?<!mun )(?<!jika )(?<!bila )(?<!asal )\b(?:tidak(?: pernah| mau| akan| ada)?|bukan|tanpa|"
    r"belum(?: pernah)?|anti|bebas|bersih dari|stop|berantas)"
    r"(?: \w+)?$"
)
HELPS = re.compile(
    r"\b(?:tolong|mohon|agar|supaya|menegur|menertibkan|menindak|tertibkan|tindak|tegur|memberantas|melarang|membantu|"
    r"mengimbau|memeriksa|periksa|sudah (?:saya|kami)|bahwa|mencegah|membubarkan|menangkap|mengusut|menangani|"
    r"usut|bantu|"
    r"turun)\b"
)
BLAMED = re.compile(
    r"\b(?:kelakuan|perilaku|prilaku|sikap|ulah|tindakan|oknum|arogansi|melaporkan|mengadukan|mengeluhkan|"
    r"laporkan|adukan|"
    r"(?:aduan|laporan|keluhan|pengaduan) (?:tentang|terhadap|soal|mengenai)|"
    r"(?:dugaan|kasus|skandal)(?: \w+){0,2}|(?:pelaku|dalang|otak|biang(?: kerok)?|terlapor|"
    r"aktor)(?:nya)?(?: adalah| itu| ya)?|"
    r"(?:periksa|copot|pecat|usut|selidiki|audit|tangkap|mutasi|evaluasi|sanksi|hukum|penjarakan|nonaktifkan|ganti))$"
)
_BY = r"(?:oleh|sama|dari|ku|dening|yang dilakukan(?: oleh)?|dilakukan(?: oleh)?|melibatkan|menyeret|atas nama|dengan)"
_DONE = (
    r"di(?:minta(?:i|in)?|suruh bayar|peras|sunat|potong|tilep|makan|ancam|usir|bentak|marah|palak|persulit|"
    r"jual|pungut|"
    r"patok|gelap|korupsi|selewengkan|teror|leceh|paksa|pukul|beking|backing|atur|embat|ambil|salahgunakan|"
    r"intimidasi|tarik|"
    r"kenakan|bawa kabur|cabuli|raba|gerayangi|maki|hina)\w*"
)
_GIVEN = (
    r"(?:setor\w*|nyetor|suap|menyuap|nyogok|sogok\w*|amplop|jatah|upeti|fee|uang|duit|bayar|membayar|"
    r"masuk|mengalir|ngalir)"
)
_DEEDS = (
    r"(?:pungli|pungutan liar|korupsi|kolusi|gratifikasi|suap|sogok|nepotisme|pemerasan|penyelewengan|"
    r"penyalahgunaan wewenang|"
    r"perselingkuhan|pelecehan|ancaman|intimidasi|permainan|kecurangan|setoran|kongkalikong)"
)
AGENT = re.compile(
    rf"\b(?:{_DONE}(?: \S+){{0,4}}? {_BY}|{_DONE}(?: (?:uang|duit|dana|lagi|terus|langsung|setoran|bayaran))?|"
    rf"{_DEEDS}(?: \S+){{0,4}}? {_BY}|{_DEEDS}|(?:bermain|main) (?:\S+ )?(?:dengan|sama)|"
    rf"{_GIVEN}(?: \S+){{0,4}}? (?:ke|kepada|untuk|buat|ka)(?: (?:kantong|saku|rekening|kas))?(?: pribadi)?|"
    rf"(?:masuk|mengalir) (?:kantong|saku|rekening)(?: pribadi)?)$"
)
"""What stands before an official who did it or got it: `dimintai uang sama`, `pungli oleh`, `setoran ke`."""
PRICE = re.compile(
    rf"\b(?:kalau|mun|jika|bila|kecuali|asal) (?:\S+ ){{0,2}}?(?:(?:tidak|belum) )?(?:ada |di)?(?:kasih|mere|"
    rf"masihan|bayar|beri|"
    rf"memberi|ngasih|nyetor|setor|selipkan|diselipkan|ada|mayar)\w*(?: \S+){{0,3}}? {_MONEY}\b"
)
"""What must be paid before an official does his work."""
NAMED = re.compile(rf"\b(?:{_ALL})(?: \S+){{0,4}}? (?:adalah|yaitu|ialah|nyaeta|namanya|siapa lagi kalau bukan)$")
"""`Yang minta uang adalah`: who did it follows."""

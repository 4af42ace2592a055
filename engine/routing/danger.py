"""The words of danger as tables of phrases: what harms at once, what harms if it is now, whom it hurt, and when.

The phrases are over lower-case plain words (`0` for a number) with one blank between them; see engine.routing.patterns.
"""

from __future__ import annotations

import re

from engine.routing.patterns import expand, patterns

_PARTS = {
    "NUM": expand("0|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belasan|puluhan|sejumlah|beberapa"),
    "THING": expand(
        r"""
        pohon|dahan|ranting|tiang|tembok|dinding|turap|tpt|tebing|tanggul|jembatan|atap|plafon|genteng|kanopi|
        reklame|baliho|billboard|menara|tower|rumah|bangunan|pagar|gapura|batu|beton|tanah|bronjong|tangga|
        kabel|papan|lantai|pondasi|fondasi|senderan|bronjong
        """
    ),
    "WEAPON": expand(
        r"""
        golok|pisau|celurit|clurit|parang|senjata|samurai|kayu|linggis|balok|gear|kapak|bambu|batu|sajam|
        airsoft|pistol|bensin|bedog
        """
    ),
    "ILL": expand(
        r"""
        dbd|demam berdarah|panas tinggi|demam tinggi|bintik merah|kejang|keracunan|diare|muntaber|chikungunya|
    leptospirosis|rabies|difteri|campak|kolera|
        positif
        """
    ),
    "FRAIL": expand(
        r"""
        lansia|nenek|kakek|aki|nini|bayi|balita|anak|anak-anak|janda|difabel|disabilitas|lumpuh|orang tua|odgj
        """
    ),
    "PERSON": expand(
        r"""
        orang|anak|anak-anak|warga|balita|bayi|siswa|murid|santri|ibu|bapak|nenek|kakek|lansia|korban|tetangga|
        pengendara|suami|istri|adik|kakak
        """
    ),
}

# Danger by itself, if it is said of now and not of a fear.
STRONG = patterns(
    r"""
    granat|mortir|bahan peledak|(?:batu|tanah|batang|material) <4>menggelinding|gemuruh <3>(?:masih|terdengar|tanah)
    (?:mengancam|mau|hendak|nekat|akan|ingin) <1>(?:melompat|meloncat|terjun|lompat|loncat)
    (?:saluran|aliran|jaringan|kabel|kawat) <1>(?:listrik|pln|telanjang|tegangan) <4>(?:putus|jatuh|roboh|
    melintang|rebah|
    terendam)|(?:listrik|kabel|setrum) <6>(?:di|ke) genangan
    bayi <6>(?:biru|kardus|semak|dibuang|ditinggal|ditinggalkan|tergeletak|ditaro|ditaruh)|tergeletak
    (?:air|banjir) <7>lantai (?:dua|0|atas)|(?:kami|warga|orang|keluarga) <2>di (?:atas )?(?:atap|genteng)|
    bertahan di (?:atap|loteng)|(?:dikunci|terkunci) dari luar
    (?:tertimbun|tertimpa|terperangkap|terjepit) <4>(?:galian|pondasi|reruntuhan|longsoran|mesin)
    mulut(?:nya)? <2>(?:berbusa|berbuih)|(?:busa|buih) <2>(?:dari|di) mulut|napas(?:nya)? <2>(?:satu|tinggal) satu
    remnya blong|rem blong|merintih|rintihan|mengerang|teriak kesakitan|
    (?:ngejerit|menjerit|jeritan) <3>(?:tolong|sakit|kesakitan)
    (?:dari|sejak) <3>(?:kemarin|semalam|0 hari|dua hari) <4>(?:tidak|belum) <1>(?:keluar rumah|keluar kamar|
    menjawab|nyaut)
    (?:gangguan jiwa|gangguan mental|odgj|gila|gelo|orang stres|jiwanya terganggu|mabuk) <8>(?:melempari|
    memukul|menyerang|mengamuk|
    ngamuk|mengejar|memecahkan|lempar|mukul|nyerang|ngejar|bawa|mawa|bakar)
    disiksa|disundut|(?:di|men|ng)gebug\w{0,3}|mengancam (?:akan |mau )?(?:bunuh|membunuh)|diancam (?:dibunuh|
    mau dibunuh)
    (?:mulut|bibir|muka)(?:nya)? miring|tidak bisa ngomong|kasur <2>(?:ngambang|mengambang)|(?:naik|
    naek) <1>(?:cepat|cepet)
    tinggal (?:nunggu|menunggu) (?:jatuh|jatoh|roboh|ambruk|tumbang|runtuh)|(?:ambruk|ambrol|longsor|jebol|
    roboh) <2>mengancam
    (?:anak|balita|bayi|keponakan|cucu) <8>(?:terkunci|mengunci diri|kekunci|tersangkut|nyangkut|kejepit)
    (?:ular|biawak|kobra) <4>(?:masuk|asup|keluar) (?:ke |ka )?(?:rumah|kamar|dapur|kelas|toilet|wc)|digegel|ngegel
    api di (?:gudang|rumah|kios|pasar|dapur|atap|pabrik|toko|sekolah)|api (?:gede|tinggi|mendekati|membakar)|
    kebakaran (?:pak|bu|min|ilalang)
    menjalar ke (?:rumah|kebun|atap|kios|tetangga)|wabah <2>(?:diare|muntaber|kolera|difteri|campak)
    <NUM> (?:<PERSON>) <4>(?:muntah|muntah-muntah|opname|dirawat|masuk rumah sakit|keracunan|pingsan|tersengat)
    (?:sapinggang|sadada|satuur)|angin (?:puyuh|puting beliung) (?:tadi|barusan|semalam)
    screaming for help|is on fire|gas leak|unconscious|electrocuted|drowning|trapped (?:in|inside|under)|bleeding
    (?:miring|condong|doyong) ke (?:arah )?(?:rumah|warung|jalan|atap|kabel|kios|toko|kelas|tempat|halaman|
    bangunan|tetangga|gang)
    <PERSON> <4>(?:dikunci|dikurung|disekap|ditelantarkan)|tidak (?:dikasih|diberi|dikasi) makan
    (?:lumpur|longsoran) <5>(?:masuk|menutup|nutup|tertutup|menerjang)|(?:rumah|orang) <4>(?:tertimbun|terseret)
    (?:keluar|ngeluarin|mengeluarkan|ngeluarkan|muncul) (?:asap|api)|(?:nodong|menodong|ditodong|dirampok|
    perampokan)
    (?:pakai|pake|todongkan|hunus) <1>(?:golok|pisau|celurit|clurit|parang|samurai|senjata|pistol)|air keras|
    ada bom|terkunci di dalam
    (?:ada|orang|seorang|warga|lagi|sedang|masih|kakek|nenek|ibu) <1>pingsan|percikan (?:api|listrik|bunga)|
    bunga api
    (?:kabel|tiang|trafo|gardu|panel|meteran|mcb|listrik|pln|stopkontak) <8>percikan(?:nya)?|(?:ke|ter)bakar|
    ada buaya|muncul buaya|(?:jatuh|kecebur|tercebur|kejebur) (?:ke|di|
    dari) <1>(?:sumur|
    kali|sungai|jurang|kolam|rel|septic tank|atap|lantai dua|jembatan|parit|empang|situ|danau|gorong-gorong)
    (?:mau|ingin|hendak|akan|coba|nekat) (?:terjun|loncat|lompat|gantung diri|bunuh diri)
    naik cepat|cepat <1>naik|naik terus|(?:sampai|setinggi) (?:lutut|paha|pinggang|dada|perut) <2>(?:di dalam|
    dapur|rumah|kamar)
    batuk darah|muntah darah|(?:mulut|bibir|wajah|muka)(?:nya)? <1>(?:mencong|perot|pelo|biru|membiru)|
    tidak bisa bicara
    (?:lansia|bayi|nenek|kakek|difabel) <4>(?:tidak bisa|belum bisa) (?:jalan|keluar|turun|dievakuasi|diselamatkan)
    <PERSON> <3>hilang <5>(?:terakhir|pikun|belum pulang|belum ketemu|tidak pulang)
    (?:ke|ter|nye|di)(?:setrum|setrom|strum|trum)|tersengat listrik|kena setrum|kesengat listrik|nyetrum|
    ada setrumnya
    bau gas|gas bocor|kebocoran gas|gas <3>(?:bocor|mendesis|ngebul)|tabung <3>(?:bocor|mendesis|meledak)
    terperangkap|tertimbun|ketimbun|ketiban|kejepit|terjepit|tertindih
    (?:terjebak|kejebak|kejebak|kekurung|terkurung) (?:di|banjir|api|lift|dalam|air|longsor|reruntuhan|
    kebakaran)
    (?:orang|anak|ibu|warga|nenek|kakek|bayi) (?:masih )?(?:ke|ter)jebak
    (?:belum|tidak) bisa keluar|masih (?:di|ada di) (?:dalam|dalem)|belum (?:ter|di|ke)evakuasi
    hanyut|kebawa arus|terbawa arus|terseret arus|tenggelam|kelelep|kecebur <3>(?:kali|sungai|sumur)
    (?:bawa|mawa|nyekel|pegang|megang|acungkan|mengacungkan|ngacungin|ayunin|mengayunkan|membawa|
    nenteng) <1><WEAPON>
    (?:di|ke)(?:bacok|tusuk|keroyok|sekap|aniaya|gebukin|gebuki|pukulin|pukuli|hajar|cekik|tonjok|tikam|perkosa)
    bunuh diri|mau lompat|mau loncat dari|gantung diri
    keracunan (?:massal|makanan|mbg)|keracunan
    orang gila <3>(?:mengamuk|ngamuk|bawa)|odgj <3>(?:mengamuk|ngamuk|bawa|lempar|mukul|mecahin)
    (?:rumah|kios|warung|pasar|gudang|pabrik|toko|kontrakan|mobil|motor|gardu|trafo|kabel|lapak|bengkel|
    dapur) <2>(?:kebakaran|terbakar|kebakar)
    ada kebakaran|kebakaran (?:di|rumah|lagi|besar|sekarang|hebat|lahan)|terjadi kebakaran|lagi kebakaran
    api (?:sudah|masih|makin|membesar|menjalar|berkobar|merembet|merambat|mulai|besar|kecil|dari|keluar|nyamber|
    belum)|muncul api|keluar api|percikan api|kobaran api
    meledak|ledakan
    (?:longsor|tanah|lumpur|pohon|tembok|tiang|batu|dahan|atap|plafon) <3>(?:menimpa|nimpa|menimbun|nimbun|
    nindih)
    (?:menimpa|nimpa|menimbun|nimbun) (?:rumah|orang|warga|anak|mobil|motor|atap|kabel|kelas|dapur|pengendara|
    sekolah)
    longsor <2>(?:menutup|nutup|nutupin|menutupi|kena|masuk|ke) (?:rumah|dapur|jalan|akses|kamar)
    (?:air|banjir) <5>(?:sampai|setinggi|nyampe|nepi|ka) <2>(?:jendela|atap|plafon|ranjang|colokan|stop kontak|
    stopkontak|
    leher|dada|pinggang|perut|paha|hareup|cangkeng)
    (?:air|banjir|genangan) <5>(?:sepinggang|sedada|seleher|sepaha|seperut|sedengkul)
    (?:air|banjir) <3>(?:masih|terus|makin|tambah|semakin|cepat|cepet) (?:naik|naek|tinggi|deras|meninggi)
    (?:mau|hampir|nyaris|bakal|ampir|rek|tinggal nunggu) (?:roboh|tumbang|ambruk|runtuh|rubuh|longsor|putus|
    jebol)
    (?:sudah|sedang|mulai|masih) (?:miring|condong|doyong|retak) <3>(?:rumah|kelas|atap|jalan|kabel|warga|
    sekolah|mushola|masjid|orang)
    (?:miring|condong|doyong|nyender|menggantung|ngegantung|bersandar) <2>(?:ke|di atas|ke arah|di) (?:arah |
    atas )?(?:atap|rumah|kelas|kabel|sekolah|mushola|masjid|halaman|jalan|kamar|tempat|ruang)
    akar(?:nya)? <5>(?:terangkat|keangkat|tercabut|ngangkat)|retak(?:an|annya)? <2>(?:melebar|bertambah|
    makin lebar|nambah)
    <THING> <5>(?:mau|hampir|bakal|ampir) jatuh|jatuh (?:dan |lalu )?tidak bisa (?:bangun|bergerak|berdiri)
    (?:tanggul|turap|tebing|bendung|bendungan|dam|senderan) <3>(?:jebol|ambrol|bobol)
    (?:anak|balita|cucu|adik|kakek|nenek|ibu|bapak|
    keponakan) <8>hilang (?:dari (?:rumah )?)?(?:sejak )?(?:dari )?(?:tadi|semalam|kemarin|
    pagi|siang|sore)
    (?:monyet|anjing|ular|kera) <5>(?:menggigit|gigit|ngegigit|nyerang|menyerang)
    0 (?:siswa|murid|santri|warga|anak|orang|pekerja) <4>(?:mual|muntah|pingsan|lemas|kejang|sesak|keracunan)
    ada api|(?:air|cai) <3>(?:masuk|asup) <2>rumah <4>(?:naik|naek)
    banjir bandang|air bah|galodo|(?:naik|nangkring|bertahan|mengungsi) (?:ke|di) (?:atas )?(?:atap|genteng)|
    (?:ke)?bocor(?:an)? <2>gas
    (?:sapi|kerbau|kuda|monyet|anjing|preman|pemabuk|buaya) <3>(?:mengamuk|ngamuk|nyeruduk|menyeruduk|nyerang)
    (?:di|men|me)(?:cabuli|perkosa|setubuhi|rudapaksa)|pemerkosaan|pencabulan|(?:tidak|belum) (?:bangun bangun|
    bangun|sadar|siuman|bernapas|napas)
    ambulans? <3>(?:tidak ada|tidak datang|belum datang|kosong|tidak diangkat|belum ada)
    butuh ambulan|butuh ambulans|perlu ambulan|perlu ambulans|minta ambulans?|tolong ambulans?|cari ambulans?
    (?:tawon|lebah) <6>(?:ngamuk|mengamuk|menyerang|nyerang)
    (?:di|ke|ter)sengat (?:tawon|lebah|ular|listrik)|(?:tawon|lebah) <8>(?:di|ke|ter|me|meny|ny)(?:sengat|engat|
    entup)|disengat|dientup
    ular <6>(?:masuk|di|dalam|dalem) (?:[a-z]+ )?(?:rumah|kamar|dapur|kelas|plafon|kasur|sekolah|toilet|wc|
    loteng)
    (?:di|ke)(?:gigit|patok|patuk|catok) <2>(?:ular|anjing|kobra|monyet|kera|kucing)|anjing (?:gila|rabies)
    (?:nol|0|dua|tiga|empat|lima|enam|puluhan|belasan) <PERSON> <6><ILL>
    <ILL> <4>0 <PERSON>
    (?:dbd|demam berdarah) <8>(?:meninggal|icu|kritis|dirawat|0 kasus)
    (?:meninggal|icu|kritis|dirawat) <4>(?:dbd|demam berdarah)
    lagi kejadian|lagi berlangsung|sedang berlangsung <3>(?:tawuran|keributan)|minta tolong (?:dari|terus|
    teriak)|teriak <2>(?:minta )?(?:tolong|ampun)
    (?:<FRAIL>) <6>(?:belum|tidak) (?:makan|minum) (?:(?:sudah|selama|sejak|dari) )?<NUM> hari
    (?:<FRAIL>) <6><NUM> hari <2>(?:belum|tidak) (?:makan|minum)
    (?:penutup|tutup)(?:nya)? <2>(?:gorong|gorong-gorong|got|saluran|selokan|manhole|sumur|lubang) <3>(?:hilang|
    raib|dicuri|dicolong|tidak ada|copot) <9>(?:sedalam|dalam|dalamnya|kedalaman|kedalamannya) <1>0 meter
    (?:sesak napas|sesak nafas|kejang|kejang-kejang|tidak sadar|tidak sadarkan diri|pendarahan|perdarahan|
    serangan jantung|henti napas)
    mau (?:lahiran|melahirkan)|ketuban <3>pecah|pecah ketuban|(?:mau|rek|bade|keur) (?:ngajuru|ngalahirkeun)|
    sudah (?:kontraksi|mules)
    (?:diculik|penculikan|disandera|anak hilang|balita hilang|bayi dibuang|bayi <3>ditemukan|mayat)
    """,
    _PARTS,
)
# Danger only if it is of now: some word of recency, of help at once or of what is about to fall must stand near.
MEDIUM = patterns(
    r"""
    (?:tanah|tebing|lereng|halaman|lantai) <9>(?:terbelah|merekah|bergeser|retak|longsor|amblas|ambles)
    <THING> <4>(?:tumbang|roboh|ambruk|runtuh|rubuh|jebol|putus|patah|amblas|ambles|ambrol|longsor|miring|
    condong|doyong|retak|merekah|terangkat|melintang|menjuntai|ngelewer|terkelupas|lepas|copot|jatuh|goyang|
    geser|bergeser|bergerak|anjlok|turun|menggantung|rebah)
    (?:tumbang|roboh|ambruk|runtuh|longsor|ambrol|jebol|amblas|ambles|terputus)
    (?:kabel) <3>(?:listrik|pln|terbuka|telanjang|terkelupas|putus|menjuntai|nyangkut|kebuka|ngelewer|semrawut|
    melintang|kendor)
    (?:air|banjir) <4>(?:selutut|sebetis|naik|setinggi (?:lutut|paha|pinggang|dada)|masuk (?:ke )?(?:rumah|
    ruang|kamar|dapur|dalam))
    stroke|lumpuh mendadak|pelo|kritis|koma|icu|igd|pingsan|muntah|muntah-muntah|sakit jantung|jantungnya|
    cuci darah|melahirkan|lahiran|demam tinggi|napasnya
    kebakaran|terbakar|kebakar|asap tebal|asap hitam|korsleting|konslet|bara|ngebul
    tawuran|mengamuk|berantem|keributan|dipukul|dipukulin|dibanting|ditendang|kdrt|mabuk|mabok|ancam|mengancam|
    diancam|begal|dibegal|bacok|geng motor|perkelahian|dilempar
    tawon|sarang lebah|ular|kobra|piton|sanca|buaya|biawak|anjing|monyet
    (?:lubang|galian|manhole|gorong-gorong|sumur|got|selokan) <4>(?:menganga|terbuka|kebuka|nganga|tanpa|
    tidak ada|dalam|dalem)
    arus(?:nya)? (?:deras|kenceng|kencang)|deras sekali|perahu
    demam berdarah|dbd|rabies|limbah (?:b3|medis|kimia)|bau menyengat <3>(?:sesak|pusing|mual)|bahan kimia|
    zat kimia|asap pabrik
    """,
    _PARTS,
)
VICTIM = patterns(
    r"""
    menabrak|nabrak|ketubruk|tertubruk|kelindes|terlindas|tersengat|terbakar|kesiram|tersiram|
    kena (?:punggung|pundak|dada|perut|tangan|lengan|jari|leher|pelipis|punggungnya|kepalanya|tangannya|matanya)
    jatoh|katinggang|katindih|kagencet|geubis|tigebrus|tisoledat|tijongklok|titajong|kasetrum|kacugak|katabrak|
    kasenggol|
    tulang <2>patah|tidak bisa (?:menggerakkan|digerakkan|digerakin|gerak)|
    kena (?:serpihan|kepala|muka|mata|mobil|motor|badan|kaki|orang|anak)|kesangkut|tersangkut <2>(?:leher|
    kabel)|adu banteng|kejedot
    tidak bangun|panas tinggi|demam tinggi|nyeri dada|menggigil|lumpuh
    jatuh|terjatuh|kejatuhan|terjungkal|nyungsep|nyusruk|kejungkal|kejeblos|terjeblos|terperosok|keperosok|
    kejebur|kecebur|tercebur|terpeleset|kepeleset|terpelanting|kepleset
    (?:ke|ter|di)(?:tabrak|serempet|lindas|timpa)|tabrakan|kecelakaan|celaka|laka|oleng
    luka|luka-luka|terluka|lukanya|berdarah|darah|sobek|robek|dijahit|jahitan|memar|bengkak|lecet|benjol|
    patah (?:tulang|kaki|tangan|gigi)|(?:tulang|tangan|kaki|lengan|bahu|jari|hidung|gigi)(?:nya)? (?:saya |dia |
    kirinya |kanannya |kiri |kanan )?(?:patah|retak|remuk)|gegar otak|keseleo|pingsan
    meninggal|tewas|tertimpa|ketiban|kesandung|tersandung|terjerat|kejerat|keblasuk|tersengat|disengat|digigit|
    kegores|tersayat|melepuh
    (?:masuk|dibawa|bawa|dilarikan|lari|larikan|dirujuk|diangkut) <4>(?:igd|icu|rumah sakit|rsud|klinik|
    puskesmas|ugd)
    muntah|muntah-muntah|keracunan|sesak
    """,
    _PARTS,
)
SERIOUS = patterns(
    r"""
    patah|dijahit|jahitan|gegar otak|meninggal|tewas|igd|icu|ugd|pingsan|(?:dibawa|dilarikan) <4>(?:igd|
    rumah sakit|rsud|klinik|puskesmas)|bersimbah darah|berdarah|robek|sobek|luka parah
    """,
    _PARTS,
)
# Treatment that cannot wait; urgent when it is refused and the time is near.
LIFELINE = patterns(
    r"""
    cuci darah|hemodialisa|kemo|kemoterapi|oksigen|insulin|transfusi|ventilator|inkubator|picu|nicu|
    hemodialisis|pasien <2>(?:kritis|icu|ventilator)|operasi (?:jantung|darurat|caesar|sesar)
    """,
    _PARTS,
)
REFUSED = patterns(
    r"""
    ditolak|menolak|nonaktif|non aktif|dinonaktifkan|tidak aktif|habis|kosong|tidak bisa|tidak ada|penuh|
    tidak tertolong|tanpa (?:air|listrik|oksigen|obat)|(?:air|listrik|mesin)\w{0,3} <4>(?:berhenti|padam|mati)|
    tersisa|tinggal <2>(?:jam|menit)
    """,
    _PARTS,
)
SOON = patterns(
    r"""
    besok|malam ini|hari ini|sekarang|(?:sejam|satu jam|setengah jam|0 jam|beberapa jam)|nanti malam|lusa|
    sore ini|pagi ini|segera|jam 0
    """,
    _PARTS,
)
# Danger that stays danger though it happens every day.
DEADLY = patterns(
    r"""
    (?:di|ke)(?:pukul|pukuli|pukulin|siksa|sundut|gebuk|gebukin|gebugan|aniaya|hajar|cekik|tampar|cabuli|
    perkosa)|disiksa
    (?:ke|ter|nye|di)(?:setrum|setrom|strum|trum)|nyetrum|setrumnya|percikan|bau gas|gas bocor|tersengat listrik
    """
)
# A fall told with such an injury needs no word of time: nobody writes so of long ago without saying so.
BROKEN = patterns(
    r"""
    patah (?:tulang|kaki|tangan)|(?:tulang|tangan|kaki|lengan|bahu)(?:nya)? <2>patah|dijahit|gegar otak|
    masuk igd|di igd
    dilarikan <3>(?:rumah sakit|igd|klinik|puskesmas)|bersimbah darah
    """,
    _PARTS,
)
NEARLY = patterns(
    r"""
    (?:untung|untungnya|beruntung|selamat karena) <5>(?:selamat|ketarik|ditolong|tertolong|teriak|menghindar|lompat|
    loncat|minggir|ngerem)
    (?:hampir|nyaris|ampir) (?:saja |aja )?<4>(?:jatuh|celaka|ketabrak|tertabrak|kena|masuk|mati|tewas|ketiban|
    tertimpa|kejeblos|terperosok|kecebur|kesetrum|tersengat|keserempet|terserempet|ketimpa|jadi korban|
    terpeleset|kejebur|hanyut)
    """,
    _PARTS,
)
NOW = patterns(
    r"""
    masih (?:di situ|di sana|disana|disitu|di lokasi|berkeliaran|mondar-mandir)
    <NUM> (?:menit|jam) (?:yang )?lalu|masih (?:gantung|menggantung|ngegantung|nganga|menganga|tergeletak)
    tadi|barusan|baru saja|baru aja|brusan|semalam|semalem|pagi ini|siang ini|sore ini|malam ini|hari ini|
    malam jam|subuh ini|detik ini|saat ini|sekarang
    (?:sejam|setengah jam|0 jam|0 menit|beberapa menit|beberapa jam|dua jam|satu jam) (?:yang )?lalu|sedang|
    lagi (?:kejadian|ngamuk|mengamuk|berlangsung|kebakaran|berantem|tawuran)
    (?:ini|masih|lagi) (?:di dalam|di dalem|menyala|nyala|ngamuk|mengamuk|terjebak|naik|berlangsung|terjadi|
    melintang|deras|kejebak)|belum (?:padam|surut|berhenti)|sampai (?:saya menulis|sekarang|detik ini|pagi ini|
    malam ini)|dari subuh|sejak subuh|sejak pagi|dari pagi|dari tadi
    sekarang juga|malam ini juga|hari ini juga|cepat <3>tolong|butuh (?:bantuan|evakuasi|pertolongan)|
    mohon (?:segera )?(?:dievakuasi|evakuasi)|segera evakuasi
    """,
    _PARTS,
)
PRESSING = patterns(
    r"""
    ungsikan|diungsikan|mengungsi|ngungsi|pindahkan ke <2>(?:madrasah|mushola|masjid|aula|balai|tenda)|
    suara (?:krek|retak|gemeretak)
    (?:damkar|pemadam|ambulans?|119|112|113) <4>(?:belum (?:datang|sampai|tiba)|tidak (?:datang|diangkat|ada)|
    sibuk)|sampai (?:pingsan|berdarah)
    (?:sekarang|malam ini|hari ini|pagi ini|siang ini|sore ini) juga|(?:petugas|tim|ditinjau|datang|dateng|
    dicek|difogging|bantuan|tolong) <4>(?:hari ini|malam ini|sekarang|sore ini|pagi ini)|(?:mohon|tolong|minta|
    butuh|perlu|segera|harus|bisa) <2>(?:di)?evakuasi|secepatnya|butuh pertolongan|perahu
    """,
    _PARTS,
)
FRESH = patterns(
    r"""
    <NUM> (?:menit|jam) (?:yang )?lalu
    tadi|barusan|baru saja|baru aja|brusan|semalam|semalem|pagi ini|siang ini|sore ini|malam ini|hari ini|
    detik ini|(?:sejam|jam|menit) (?:yang )?lalu
    """,
    _PARTS,
)
YESTERDAY = patterns(
    r"""
    kemarin|dua hari lalu|0 hari lalu|0 hari yang lalu|tempo hari
    """,
    _PARTS,
)
PAST = patterns(
    r"""
    tahun (?:lalu|kemarin|kemaren|sebelumnya)|bulan (?:lalu|kemarin|kemaren)|minggu (?:lalu|kemarin|kemaren)|
    pekan (?:lalu|kemarin)|0 (?:tahun|bulan|minggu|pekan) (?:yang )?lalu|(?:dua|tiga|empat|lima|
    beberapa) (?:tahun|bulan|minggu) (?:yang )?lalu
    dulu|dahulu|pernah|waktu itu|sejak tahun|pada tahun|tahun 0|zaman|jaman|bekas|pasca|pascabencana|riwayat|eks
    (?:dua|tiga|empat|lima|enam|0) (?:tahun|bulan) ini
    """,
    _PARTS,
)
CHRONIC = patterns(
    r"""
    setiap|sering|selalu|langganan|kerap|biasanya|rutin|suka (?:banjir|jatuh|ada)|kalau hujan|musim hujan|
    kadang|kadang-kadang|berkali-kali|sudah (?:0|dua|tiga|empat|lima|enam|beberapa|ber)[a-z-]* ?(?:tahun|bulan|
    minggu|taun|tahunan|bulanan)|bertahun-tahun|berbulan-bulan|tahunan|bulanan|dari dulu|(?:dua|tiga|empat|lima|
    beberapa|0) kali
    """,
    _PARTS,
)
FEAR = patterns(
    r"""
    takut(?:nya)?|khawatir|kuatir|kawatir|dikhawatirkan|mengkhawatirkan|sieun|bilih|jangan sampai|jangan nunggu|
    jangan menunggu|nanti|bisa-bisa|bisa bisa|bisa saja|bisa aja|bisa bikin|bisa mengakibatkan|bisa menyebabkan|
    kalau dibiarkan|dibiarin|kalau tidak segera|sebelum ada|sebelum|sebelom|menunggu ada|nunggu ada|harus ada|
    rawan|berpotensi|potensi|mengancam keselamatan|seandainya|kalau sampai|apakah harus|apa harus|apa nunggu|
    menghindari|mencegah|antisipasi|berisiko|resiko|risiko|membahayakan|bahaya kalau|kemungkinan|
    bukan mau|bukan berarti|ngeri|agar tidak|supaya tidak|sosialisasi|pelatihan|simulasi|
    edukasi|bagaimana kalau|misal|misalnya|andai|kalau ada|kalau terjadi|kalau sampai|kalau nanti|kalau besok|
    akibatnya bisa|dapat
    """,
    _PARTS,
)
# At the end of what stands before a phrase: the phrase is denied.
NEGATED = re.compile(
    r"(?:tidak ada|tidak sampai|belum sampai|bukan|tidak|tanpa|belum ada|nihil|belum pernah|belum|jangan|"
    r"kalau|jika|bila|apabila) (?:ada |yang |sampai |karena |soal |korban |bilang |berarti |mau |sudah |kena )*$"
)
CALM = patterns(
    r"""
    (?:apakah|apa) <2>(?:benar|betul|hoaks|hoax)|(?:benar|berita|cuma) <2>(?:atau|apa) (?:hoaks|hoax)
    bukan (?:minta )?(?:tindakan )?(?:darurat|kejadian darurat|keadaan darurat)|tidak (?:darurat|urgent|
    mendesak|buru-buru)|bukan (?:hal )?(?:yang )?(?:urgent|mendesak)|(?:sudah|telah) (?:padam|dipadamkan|surut|
    sembuh|membaik|tertangani|ditangani)|tidak minta tindakan|alhamdulillah (?:sudah )?(?:membaik|sehat|sembuh)|
    sudah pulang dan|bukan sudah mau
    """,
    _PARTS,
)
# Words of danger in other senses; taken out before anything is looked for.
NOT_DANGER = patterns(
    r"""
    (?:parkir|jukir|karcis|pungutan|iuran) <9>ditodong|ditodong <3>(?:0|uang|bayar|parkir|iuran|sumbangan)|
    (?:harga|sewa|tarif|tagihan|biaya|pajak|njop|ongkos|iuran|cabai|cabe|beras|telur|minyak|retribusi|spp|ukt|bbm|
    elpiji|gas|
    rekening|karcis|gaji|kios)(?:nya)? <5>naik(?: (?:terus|cepat|lagi))?|
    (?:kucing|burung|ayam|monyet|musang|anabul|anjing) <5>(?:naik|nangkring|di|ke) <1>(?:di |ke |atas )?(?:atap|
    genteng|pohon|plafon)|
    (?:jalan|jalur|arus|lalu lintas|simpang|pertigaan|perempatan|kendaraan|jalanan) <4>(?:kekunci|terkunci|nyangkut)|
    (?:cerobong|pabrik|knalpot|bengkel|industri|truk|bus|angkot|pembakaran|genset) <6>(?:asap hitam|asap)|
    (?:asap|ngeluarin asap|mengeluarkan asap) <2>(?:hitam )?<2>(?:dari )?(?:cerobong|pabrik|knalpot)|
    (?:meteran|meter|bak|got|selokan|saluran) <5>tertimbun|
    (?:kucing|burung|ayam|kambing|musang) <3>(?:kejebak|terjebak|kejepit|terjepit|jatuh|kecebur)|
    pipa <4>(?:jebol|pecah|bocor|putus)
    (?:mobil|motor|kendaraan|truk|air|sampah|pagar|angkot) <3>tidak bisa keluar
    (?:tempat )?sampah <1>meledak|
    pemadam kebakaran|dinas kebakaran|kereta api|jatuh tempo|jatuh cinta|jatuh sakit|jatuh pada|
    jatuhnya (?:tanggal|hari)|(?:ke|ter)jebak (?:macet|kemacetan|banjir macet)|kejebak macet|bakar sampah|
    membakar sampah|pembakaran sampah|bakar bakaran
    (?:seragam|baju|sepatu|tas|terpal|spanduk|karung|celana|kaos|uang|amplop|buku|kasur|
    bendera)(?:nya)? <2>(?:robek|sobek)|darah tinggi|golongan darah|donor darah|tekanan darah|kurang darah|
    naik darah|cuci darah rutin|air mancur
    (?:emosi|amarah|kemarahan|kesabaran)(?:nya)? <3>(?:meledak|meletus)|
    (?:kepala|otak|dada|hati)(?:nya|ku)?(?: (?:saya|kami|aku|rasanya|serasa|mau|seperti|sampai|sudah)){1,4} meledak|
    (?:saya|kami|aku|gue|gua) (?:(?:sudah|sampai|rasanya|hampir|mau) ){1,3}meledak|
    banjir (?:pesanan|job|kritik|order|informasi)|longsor pajak|meledak marah|tagihan <3>meledak|
    harga <3>(?:jatuh|meledak)|emosi meledak|patah hati|patah semangat|darurat sampah|ambruk ekonomi|
    nilai(?:nya)? jatuh|bantuan korban|bengkak tagihan|tagihan <4>bengkak|api unggun|ular naga|mengular|
    antrean <3>ular|ular tangga|tewas listrik|tumbang pohon ekonomi|putus sekolah|putus asa|putus kontrak|
    putus kerja|jatuh bangun|kemarau|obat <2>putus|air putus|internet putus|sinyal putus|nyambung putus|
    putus nyambung|aliran (?:air )?putus|jual(?:an)? (?:[a-z]+ )?ular|terowongan|mati lampu
    """,
    _PARTS,
)

"""The words of secrecy as tables of phrases: wishes, fears, insiders, wrongdoing, proof, and what only sounds so.

The phrases are over lower-case plain words with one blank between them; see engine.routing.patterns.
"""

from __future__ import annotations

from engine.routing.patterns import expand, patterns

# Words that make a name somebody else's; a gap in a phrase never runs over them.
_OTHERS = (
    "pegawainya|petugas|penerima|pejabat|pelaku|pelaksana|pasien|almarhum|ganda|penyewa|pembeli|air|pipa|atap|limbah"
)

_PARTS = {
    "NAME": expand(
        r"""
        nama|namaku|namanya|namanama|identitas|identitasnya|data|data diri|jati diri|email|alamat email|alamat|
        nomor|nomer|hp|kontak|pelapor|pelapornya|pengirim|pengirimnya|pengadu|sumbernya|sumber laporan|nami|profil|
    ngaran|wasta|jatidiri
        """
    ),
    "NOT": expand(
        r"""
        jangan|jangan sampai|tidak usah|tidak perlu|ulah|minta tidak|(?:mohon|harap|agar|supaya|
        tolong) (?:untuk )?tidak|(?:saya|kami|abdi) (?:juga |memang )?(?:tidak mau|tidak ingin|tidak berkenan|
        keberatan)|tanpa
        """
    ),
    "TELL": expand(
        r"""
        (?:sebut|sebutkan|disebut|disebutkan|disebutin|nyebut|menyebut|menyebutkan|sebutin|kasih tau|kasih tahu|
        kasi tau|kasitau|kasihtau|beritahu|beri tahu|diberitahu|diberitahukan|dikasih tau|dikasih tahu|
        dikasitau|bilang|bilangin|dibilang|bilang-bilang|bocor|bocorkan|dibocorkan|dibocorin|bocorin|ketahuan|
        dicantumkan|cantumkan|mencantumkan|dicantumin|ditulis|tulis|menulis|ditampilkan|tampilkan|
        dipublikasikan|dipublikasi|publikasikan|publish|dipublish|diekspos|dipajang|dimuat|diumumkan|disebarkan|
        sebarkan|sebar|disebar|disampaikan|dibuka|buka|diungkap|ungkap|dikasihkan|kasih|dikasih|diberikan|
        keluar|muncul|tersebar|sampai|bawa|dibawa|nyeret|diteruskan|diperlihatkan|dibagikan|diketahui|tahu|tau|
        dibejakeun|bejakeun|disebat|disebatkeun|kauninga|kaninga|cerita|cantumin|munculin|dimunculin|munculkan|
    dimunculkan|
        ditampilin|tampilin|dilihatkan|ditaruh|ditaro)(?:nya)?
        """
    ),
    # Ways of telling that need no "name" to be about the writer; "sampai" and "keluar" say too many other things.
    "SAY": expand(
        r"""
        (?:sebut|sebutkan|disebut|disebutkan|disebutin|nyebut|menyebut|menyebutkan|sebutin|kasih tau|kasih tahu|
        kasi tau|kasitau|kasihtau|beritahu|beri tahu|diberitahu|diberitahukan|dikasih tau|dikasih tahu|bilang|
        bilangin|dibilang|bocor|bocorkan|dibocorkan|dibocorin|bocorin|dicantumkan|cantumkan|mencantumkan|
        diekspos|dipublikasikan|diungkap|ungkap|bejakeun|dibejakeun|disebat|laporkeun|cantumin|munculin|
    dimunculin|
        munculkan|dimunculkan|ngomong)(?:nya)?
        """
    ),
    "HIDE": expand(
        r"""
        dirahasiakan|rahasiakan|dirahasiain|rahasiain|merahasiakan|disamarkan|samarkan|disamarin|disembunyikan|
        sembunyikan|dilindungi|lindungi|dijaga|dikosongin|dikosongkan|kosongkan|aman|diinisialkan|inisial|
        anonim|anonimkan|dianonimkan|ditutup|ditutupi|disensor|dikaburkan|diblur|disimpan|rahasia|diamankan|
        dirusiahkeun|skip|diskip|dijamin
        """
    ),
}

REPORTING = patterns(r"(?:nge|me|di)?lapor\w*|pelapor\w*|ngadu|mengadu|nama saya|namaku|identitas")

# The wish that the name be kept back, in a sentence about the writer.
NAME_WISH = patterns(
    r"""
    <NAME> <5><HIDE>
    <HIDE> <3><NAME>
    <NAME> <5><NOT> <4><TELL>
    <NOT> <3><TELL> <4><NAME>
    <NOT> <2><SAY> <6>(?:saya|sayanya|abdinya|siapa|sumber|sumbernya|kami|abdi|pelapor|pengadu|dari siapa|
    yang lapor|yang melapor|laporan ini|datangnya|yang ngadu|yang ngelapor|yang bilang)
    <NOT> <4>(?:namaku|nama (?:saya|kami|aku|abdi|pelapor|anak saya)|identitas (?:saya|kami|
    pelapor)) ?(?!<3>(?:daftar|dtks|kk|ktp|data))
    (?:namaku|nama (?:saya|kami|aku|abdi|pelapor|anak saya)) <3>(?:jangan|tidak usah|ulah|
    tidak perlu)\b(?! <1>(?:dicoret|dihapus|salah|hilang|ketinggalan|dobel))
    <NOT> <3>(?:bawa|sebut|libatkan|melibatkan|seret|menyeret|sangkutkan|mention|tag|singgung) <1>(?:nama|saya|
    kami|aku|abdi)
    siapa (?:yang )?(?:lapor|melapor|ngelapor|ngelaporin|ngadu|mengadu|melaporkan|laporin|pelapor|pelapornya)|
    saya pelapornya|saya (?:sebagai )?pelapornya|pelapornya saya
    (?:nama|email|akun|nomor) (?:samaran|alias|palsu|bukan asli)|(?:sengaja|maaf|
    mohon maaf) <3>tidak <2>(?:tulis|menulis|menyebut|menyebutkan|sebut|mencantumkan|cantumkan) <1>nama|
    nama <2>tidak <1>(?:saya |kami )?(?:tulis|sebut|cantumkan|sebutkan)
    perlindungan <2>(?:pelapor|saksi|saya|identitas)|(?:ini|ya|mohon|tolong|sangat|harap) rahasia\b(?! umum)|
    rahasia (?:ya|min|pak|bu)\b|
    tanpa (?:sepengetahuan|diketahui)|diam diam saja|off the record|warga tanpa nama
    (?:saya|kami) <1>tidak <1>(?:mau|ingin|berani) (?:terlibat|kelihatan|ketahuan|diketahui|disebut|dikenal|
    tampil|muncul)
    (?:cukup|tulis|bilang|sebut|atas nama|anggap|dari) <2>(?:warga saja|warga aja|warga sekitar|dari warga|
    hamba allah|seorang warga|masyarakat saja|warga doang|warga we|warga gitu)
    (?:cukup (?:ditulis |tulis |disebut |sebut )?|(?:ditulis|tulis|sebut|bilang|anggap|sebutkan) saja |
    (?:sebut|tulis|ditulis|bilang) aja )<2>(?:warga|orang tua|orangtua|wali murid|wali siswa|pedagang|
    masyarakat|pengguna|
    pelanggan|seorang|pelapor|penumpang|pembeli|pengunjung|pengendara|penghuni|ibu rumah tangga)
    (?:memilih|sengaja|terpaksa) <2>tidak <2>(?:menyebut|menyebutkan|mencantumkan|menulis|sebut|tulis|pakai)
    (?:tidak|jangan|teu) <1>(?:boleh|kenging|meunang) <3>(?:tahu|tau|terang|apal|nyaho|diketahui|
    ketahuan) <2>(?:siapa|
    saha|saya|kami|dari)
    tong (?:di|nga|nge)?(?:beja|sebut|bebeja|omong|laporkeun)\w{0,5}|ulah (?:di)?(?:beja|sebat|sebut)\w{0,5}
    <NOT> <3><TELL> <4>(?:email|nomor|surel|hp|alamat) (?:saya|kami|aku|abdi)
    hamba allah|(?:no|nomor) name|noname
    (?:secara|sebagai|mohon|minta|lapor|melapor|tolong) anonim|anonim (?:saja|aja|ya|
    dulu|pak|min)|^anonim$|(?:lapor|melapor|warga) <4>tanpa nama|tidak mau disebut|tidak mau namanya|incognito
    (?:mohon|tolong|minta|harap|agar|supaya) <4><NAME> <4>tidak <3><TELL>|nama <2>dihapus <2>dari <1>(?:laporan|
    surat|aduan|email)
    (?:lapor|melapor|ngelapor|pelapor|pelapornya|laporan ini) <5>(?:jangan|tidak) <2>(?:ketahuan|diketahui|
    dibocorin|dibocorkan|disebut|disebutkan|kesebut|tahu|tau)
    (?:supaya|biar|agar|asal|yang penting) <3>(?:tidak|jangan) (?:sampai )?(?:ketahuan|diketahui|ada yang tahu|
    ada yang tau|tahu|tau) <3>(?:siapa|saya|yang lapor|pelapor|kalau saya)?
    jangan <6>(?:tahu|tau|ketahuan|diketahui) <4>(?:saya|siapa|pelapor|lapor)
    mohon (?:untuk )?(?:di)?rahasia(?:kan)?(?: ya| saja| pak| bu)?$|(?:tolong|mohon|
    minta) <2>(?:di)?rahasia(?:kan|in)|rahasiakan (?:saya|kami|ya|pak|bu|abdi)|ulah bocor dari (?:saya|abdi|
    sayanya|abdinya)
    <NOT> <2>(?:di)?(?:kaitkan|kaitkeun|hubungkan|hubung-hubungkan|sangkutpautkan) <3>(?:saya|kami|nama|abdi|keluarga)
    (?:laporan|aduan|pengaduan|surat) <2>(?:tanpa|tidak <1>(?:memuat|mencantumkan|menampilkan|membawa|
    pakai)) <1>(?:nama|
    identitas)|(?:jangan|tidak usah) <1>(?:ada|pakai) <1>(?:nama|identitas)(?: saya| kami)?$
    (?:tidak|jangan) <2>(?:ada )?<1>(?:yang )?(?:tahu|tau|diketahui|mengetahui|terang|apal) <3>(?:laporan|aduan|surat|
    info|
    informasi|kabar)\w{0,3} <2>(?:dari|berasal dari|datang dari) <1>(?:saya|kami|dalam|abdi)
    jangan <3>(?:tahu|tau|diketahui) <2>(?:dari mana|asal|sumber|asalnya|sumbernya)|jangan <6>curiga <3>(?:saya|kami|
    anak)
    <NAME> <9>(?:ke|kepada) <2>jangan$|(?:jawab|bilang|katakan|sebut) <2>(?:temuan|inisiatif) <1>petugas
    <NAME> <9>(?:hanya|cukup|khusus) <2>(?:untuk|di|buat|pada|sampai) <2>(?:admin|tim|bapak|ibu|operator|sibadra|
    pengelola)
    (?:cukup|hanya) <4>(?:tahu|tau|mengetahui) <2>(?:siapa (?:saya|pelapor|kami)|nama saya|identitas)
    keep <2>(?:my name|me|my identity|this|identity) <3>(?:private|secret|confidential|anonymous|out)|(?:do not|dont|
    not|
    never|without) <2>(?:mention|mentioning|reveal|revealing|disclose|disclosing|publish|share|sharing|giving|using|
    use) <1>(?:my|our) (?:name|identity|details)|(?:stay|remain|be|keep me|report this|reporting) anonymous(?:ly)?|
    anonymously|without my name|my name <2>(?:private|secret|confidential)
    (?:email|surel|akun|nomor|nama) <6>(?:supaya|agar|biar) <1>tidak (?:dikenali|dilacak|ketahuan|kelihatan)
    (?<!bapak )(?<!ibu )(?:tahu|tau|terang|nyaho) <1>(?:kalau |bahwa )?(?:saya|kami|abdi) <1>(?:yang |nu |
    sebagai )?(?:lapor|melapor|
    ngelapor|
    ngadu|mengadu|melaporkan|pelapor|laporin|ngelaporin|bilang)
    tidak berani <2>(?:terangterangan|terang terangan|terbuka|muncul|tampil)|(?:buka|membuka|dibuka|bocorkan|
    ungkap) <2>(?:siapa saya|jati diri|siapa yang)
    (?:bila|kalau|jika|begitu|andai|seandainya|apabila) <3>(?:nama|identitas|jati diri|laporan|saya) <3>(?:terungkap|
    terbongkar|ketahuan|diketahui|bocor|terbuka)
    minta dirahasiakan|harap dirahasiakan|mohon kerahasiaan|^(?:sangat )?rahasia$|kerahasiaan (?:identitas|pelapor|
    nama|data|saya)|
    privasi (?:saya|pelapor)|jaga (?:nama|identitas|kerahasiaan|privasi)
    (?:ingin|mau|tetap|minta) <1>anonim\b
    (?:stay|remain|be|keep me|report|reporting) <1>(?:anonymous|anonymously|unnamed)|anonymous please
    (?:keep|treat|hold) <2>(?:name|identity|details|contact) <3>(?:confidential|secret|private|anonymous|hidden)
    (?:not|dont|don t|never) <2>(?:mention|reveal|disclose|share|publish|tell|use|give|show) <3>(?:my|our) <1>(?:name|
    identity|details|email|address|contact)
    (?:withhold|hide|protect|conceal) <1>(?:my|our) <1>(?:name|identity)
    """,
    _PARTS,
    _OTHERS,
)
# A fear that shows the name must be kept back even where nothing is asked.
FEAR = patterns(
    r"""
    takut(?:nya)? <3>(?:dimusuhin|dimusuhi|dikucilkan|dikucilin|diapa-apain|diapain|diapa|dibalas|balas dendam|
    dendam|dilabrak|diusir|ketahuan|anak saya yang kena|dijauhi|dipecat|dimutasi)
    takut <1>(?:anak|cucu|keluarga) (?:saya|kami) <2>(?:diintimidasi|dibully|dipersulit|dikeluarkan|dimusuhi|ditekan|
    diancam|dibalas|dibedakan|dibedain|dipojokkan|disudutkan)
    (?:tidak enak|tidak enakan|segan|sungkan|era|isin) <3>(?:sama|ke|dengan|ka) <3>(?:tetangga|tatangga|pak rt|
    bapak rt|rt|rw|lurah|orangnya|yang punya|pemilik|saudara|guru|ketua)|tidak enak tetangga
    kalau (?:sampai )?(?:ketahuan|ketauan) <6>(?:saya|bisa|diusir|dipecat|habis|repot|berabe|gawat|pindah)|
    kalau <5>(?:tahu|tau|nyaho|apal) <3>(?:saya|kami|abdi|siapa|dari saya) <2>(?:yang )?(?:lapor|ngelapor|
    melapor|ngadu|
    mengadu|bilang|ngomong|komplain|laporkan)
    kalau (?:sampai )?bocor <2>(?:saya|nama|identitas)
    (?:saya|kami) (?:bisa|nanti|pasti|akan) (?:dipecat|dimutasi|diberhentikan|diusir|dimusuhi|dihabisi|dikeluarkan|
    dipindah|dipindahkan|dikucilkan)
    (?:nanti|bisa|pasti|takut|langsung) <1>(?:saya )?dipecat|kontrak (?:saya )?<2>(?:tidak diperpanjang|diputus|
    tidak lanjut)
    """,
    _PARTS,
    _OTHERS,
)
# Fears that people have of many things; they count where reporting or a name is spoken of.
SOFT_FEAR = patterns(
    r"""
    takut(?:nya)? <4>(?:diteror|diancam|didatangi|didatengin|dipersulit|digosipin|diintimidasi|disindir|dibenci|
    diomongin|dimarahin|kenapa-kenapa|orangnya|pemiliknya|digebukin|digebuki|dihajar|dipukuli)|ngeri <2>orangnya
    """,
    _PARTS,
    _OTHERS,
)

# Kept from getting out, of whatever it is said (a pipe leaks too); counts for an insider who tells of wrongdoing.
SOFT_WISH = patterns(
    r"""
    (?:jangan|jangan sampai|agar tidak|supaya tidak|mohon tidak) <1>(?:bocor|ketahuan|tersebar|diketahui|tahu|
    tau)
    (?:nanti|bisa|pasti|langsung|takut) <2>(?:dipecat|dimutasi|diberhentikan|dipersulit|dipindah|dipindahkan)
    (?:jangan|jangan sampai) <5>(?:tahu|tau|mendengar|mengetahui)|(?:lindungi|amankan) <1>(?:saya|kami|pelapor)|
    tidak <1>(?:ada )?<1>(?:yang )?(?:boleh )?(?:tahu|tau|mengetahui)|(?:mohon|minta|tolong) <2>perlindungan
    """,
    _PARTS,
    _OTHERS,
)

# The writer stands inside the office, firm or project that the report is about.
INSIDER = patterns(
    r"""
    (?:saya|abdi|kami) <1>(?:adalah |selaku |sebagai |hanya |cuma |seorang |salah satu |juga )?<1>(?:pegawai|
    asn|pns|staf|staff|honorer|tenaga honorer|tenaga kontrak|karyawan|karyawati|bidan|perawat|guru|bendahara|
    operator|sopir|supir|petugas|mandor|pelaksana|outsourcing|thl|pppk|juru parkir|jukir|sekretaris|panitia|
    konsultan|subkontraktor|pemborong|penyedia|vendor|rekanan|magang|anggota|satpol|satpam|kasir|kolektor|
    pengawas|tukang|kernet|kepala|hrd|bawahan|bawahannya|admin|teknisi|dosen|dokter|pendamping|kader|
    verifikator|surveyor|
    juru bayar|pokja|pejabat)
    (?:saya|kami|abdi) <2>(?:para |salah seorang )?(?:tenaga \w{4,12}|juru \w{4,12}|mandornya|sopirnya|operatornya|
    bendahara \w{4,12}|salah seorang (?:guru|pegawai|staf|karyawan|petugas|anggota))
    (?:sebagai|selaku) <1>(?:bendahara|staf|pegawai|bawahan|guru|petugas|operator|panitia|anggota|tenaga|pengawas|
    pelaksana|sekretaris|kasir|juru|perawat|bidan|honorer|asn|pns|sopir)|saya <2>(?:salah satunya|termasuk)|(?:masih|
    sedang) (?:kerja|bekerja|dinas|mengajar|
    bertugas) <2>(?:sana|situ|sini)
    (?:pegawai|staf|karyawan|honorer|asn|pns|bidan|petugas) <4>(?:di sini|sini)|rekan kerjanya|teman sekantor|
    (?:bidang|tim|bagian|seksi|regu|instansi|proyek|sekolah) (?:saya|kami)
    (?:saya|kami) (?:kerja|bekerja|dinas|tugas|bertugas|ngantor|mengabdi) <2>(?:di|pada|untuk|sebagai)
    saya <3>(?:di|pada|dari) (?:salah satu )?(?:dinas|badan|uptd|upt|bagian|rsud|perumda|kantor|inspektorat|
    kelurahan|kecamatan|puskesmas)|orang dalam|dari dalam kantor|laporan dari dalam|atasan (?:saya|kami|
    langsung)|pimpinan (?:saya|kami)|kepala (?:dinas|seksi|bidang|puskesmas|sekolah) (?:saya|kami)|bos (?:saya|
    kami)|rekan kerja|teman kantor|kantor (?:saya|kami)|kontrak saya|dinas (?:saya|kami)|
    kami (?:yang )?di loket|kami disuruh|saya disuruh <3>(?:tanda tangan|mark|setor|bikin|buat)|
    menyangkut atasan|hrd di|bawahan(?:nya)?|tempat saya (?:kerja|bekerja|mengajar|tugas|bertugas)|
    mantan (?:pegawai|staf|honorer|karyawan)|proyek (?:saya|kami)|saya pegang rompi|
    memegang rompi
    """,
    _PARTS,
    _OTHERS,
)
# Wrongdoing in office, beyond a nuisance.
WRONG = patterns(
    r"""
    pungli|pungutan liar|setoran|setor|suap|menyuap|disuap|sogok|nyogok|disogok|korupsi|dikorupsi|korup|mark up|
    markup|markap|fiktif|difiktifkan|gratifikasi|penyelewengan|diselewengkan|menyelewengkan|penyimpangan|penyalahgunaan|
    kolusi|nepotisme|jual beli jabatan|jabatan dijual|amplop|uang pelicin|pelicin|fee proyek|fee|
    potongan <3>(?:gaji|honor|insentif|jasa)|dipotong|pemotongan|dipotongin|honor <4>(?:disunat|dipotong)|
    disunat|nyunat|menyunat|(?:solar|bensin|data|obat|aset|meter|barang|jabatan|bantuan|
    kunci jawaban)(?:nya)? <3>(?:dijual|diperjualbelikan|ditilep)|dipatok <2>harga|(?:harga|tarif)nya dipatok|
    dijual keluar|menjual (?:data|solar|obat|aset|jabatan|barang)|diperjualbelikan|uang map|
    kuitansi <2>(?:palsu|kosong|fiktif)|kwitansi <2>(?:palsu|kosong|fiktif)|spj fiktif|sppd fiktif|
    laporan palsu|manipulasi|dimanipulasi|pemalsuan|dipalsukan|kembalikan tunai|volume <4>(?:ditambah|
    dikurangi)|oknum|penggelapan|digelapkan|ditilep|nilep|dimakan|mengambil setoran|jatah|titipan|
    pengaturan (?:lelang|tender|pemenang)|tender <3>diatur|lelang <3>diatur|diatur pemenang|kong ?kalikong|spek|
    spesifikasi|diameter|tidak sesuai (?:gambar|rab|spek|kontrak)|kas bidang|dipecah <3>paket|
    dimenangkan <5>(?:milik|punya|saudara|ipar)|perusahaan <2>(?:milik|punya) <1>(?:ipar|saudara|anak|istri|
    keluarga|adik|kakak)|tanpa kuitansi|
    (?:memotong|motong|menyunat|menilep|memalsukan|memakai|memakan) <3>(?:uang|honor|gaji|jasa|insentif|lembur|
    dana|anggaran|
    bantuan|upah|iuran|bukti|kuitansi|laporan|absen)|dana <4>(?:pribadi|dipakai)|dipakai <3>pribadi|
    (?:palsu|dipalsu)|palsunya|(?:campuran|semen|besi|takaran|timbangan|ketebalan|tebal|
    volume)(?:nya)? <3>(?:dikurangi|kurang|
    dikurangin|disetel|diatur)|tidak <1>(?:disetor|disetorkan)|pemenang(?:nya)? <2>(?:diatur|ditentukan|
    ditunjuk)|
    absen <2>(?:lalu|terus|kemudian) <1>(?:pergi|pulang|keluar|menghilang)|
    hampir setiap hari <3>(?:absen|tidak masuk|pergi|pulang|bolos)|titip absen|absen(?:nya)? <2>(?:dititip|
    dititipkan|diwakilkan|fiktif)|jarang masuk|sering (?:mangkir|bolos|
    absen)|
    (?:sisa|sisanya|selisih|selisihnya|sebagian|setengah|separuh)\b <3>(?:diambil|masuk|dikantongi|dinikmati)|
    (?:masuk|dikantongi|mengalir) <2>(?:kantong|kantung|saku|rekening pribadi)|(?:kursi|bangku|kuota|jatah|surat|
    buku uji|
    sertifikat|nilai|stiker)\w{0,3} <3>(?:dijual|diperjualbelikan|keluar tanpa)|(?:dibagi|dibagikan) <3>(?:keluarga|
    kerabat|saudara)|nota palsu|tidak <2>dibayar penuh|(?:setengah|separuh|kurang) <2>dari <3>(?:gambar|rab|spek|
    kontrak)|
    tidak pernah <1>(?:kami |saya )?(?:diterima|terima|dibayarkan)|kasih uang|
    (?:menyerahkan|mengembalikan|serahkan|kembalikan) <3>(?:sebagian|setengah|separuh|persen|gaji|honor)
    memasukkan <3>(?:keluarga|saudara)|gaji <4>di bawah|di bawah (?:umk|umr|upah)|disuruh <2>(?:setor|
    tanda tangan|bohong)|
    (?:minta|dimintai|meminta) <1>(?:jatah|persen|bagian|fee|setoran)|
    tanda tangan (?:jumlah )?penuh|ada harganya|pelecehan|melecehkan
    """,
    _PARTS,
    _OTHERS,
)
# The report itself shall be kept from somebody, or go to the inspectorate alone.
ONLY = patterns(
    r"""
    (?:hanya|cuma|khusus|langsung) <2>(?:untuk|ke|kepada|buat) <2>(?:inspektorat|inspektur|irban|wali kota|
    walikota|bapak wali kota)|(?:untuk|kepada|ke) (?:inspektorat|inspektur|irban) (?:saja|aja|langsung)|
    whistle ?blower|whistle ?blowing|wbs|(?:hanya|cuma|cukup|khusus) <3>(?:inspektorat|inspektur|irban|wali kota|
    walikota) <2>(?:baca|membaca|tahu|tau|menerima|buka|membuka|mengetahui)
    (?:<NOT>|(?:mohon|tolong|minta|harap|agar|supaya) <4>tidak) <2>(?:sampai )?<2>(?:bocor|dilempar|dioper|
    dishare|dibagi|diserahkan|disposisi|didisposisikan|diteruskan|dikirim|disampaikan|dibalas|ditembuskan|
    diforward|dilimpahkan|masuk|jatuh|kirim|teruskan|sampai|lewat) <2>(?:ke|kepada|pada|oleh|dari|
    ka) <2>(?:dinas|kantor|lurah|kelurahan|camat|kecamatan|kepala|pimpinan|atasan|bidang|dishub|pupr|dpupr|dlh|
    sekolah|puskesmas|kontraktor|pelaksana|bendahara|kadis|satpol|rsud|yang bersangkutan|unit|instansi|opd|
    direksi|pihak|perumda|bos)
    (?:surat|laporan|email|aduan) ini <3>(?:rahasia|sangat rahasia|bersifat rahasia|hanya untuk)
    laporan rahasia|surat rahasia|sangat rahasia|bersifat rahasia|(?<!name )(?<!identity )(?<!details )confidential|
    top secret
    """,
    _PARTS,
    _OTHERS,
)
# The name, not the report, is to be kept from an office; the same words as above, about something else.
NAME_KEPT = patterns(
    r"""
    <NAME> <3>(?:<NOT>|tidak) <2>(?:sampai )?<2>(?:dikirim|disampaikan|diteruskan|diberikan|kirim|teruskan|sampai|
    bocor|masuk|
    jatuh) <2>(?:ke|kepada|pada|oleh|ka)
    """,
    _PARTS,
    _OTHERS,
)
# Asked for in so many words; needs no other sign.
EXPLICIT = patterns(
    r"""
    (?:laporan|surat) (?:sangat )?rahasia|whistle ?blower|whistle ?blowing
    (?:hanya|khusus|cuma) (?:untuk|kepada|ke) <1>(?:inspektorat|inspektur|irban)
    (?:untuk|kepada) (?:inspektorat|inspektur|irban) saja
    """
)
# Proof in hand, offered in confidence.
PROOF = patterns(
    r"""
    (?:saya|kami) <4>(?:punya|pegang|simpan|menyimpan|memegang|ada|memiliki|mempunyai) <3>(?:bukti|rekaman|foto|
    salinan|dokumen|kuitansi|kwitansi|catatan|screenshot|video|fotokopi|potret)|(?:foto|bukti|rekaman|salinan|
    dokumen|kuitansi|kwitansi|catatan)(?:nya)? <5>(?:ada di saya|ada pada saya|saya simpan|bisa saya serahkan|
    saya pegang|saya punya)
    ada (?:bukti|rekaman|salinan|fotokopi|slip|tangkapan layar)(?:nya)?|(?:slip|daftar|tangkapan layar|chat|
    berkas)\w{0,3} <4>(?:ada di saya|ada pada saya|di saya|saya simpan|saya pegang)
    """,
    _PARTS,
    _OTHERS,
)
# Sounds like secrecy and is none.
NONE = patterns(
    r"""
    rahasia umum|bukan rahasia|rahasia lagi|sudah jadi rahasia|(?:boleh|silakan|silahkan|monggo|mangga|bersedia|
    tidak apa-apa|tidak apa|tidak masalah|tidak keberatan|gapapa) <4>(?:sebut|disebut|disebutkan|cantumkan|
    dicantumkan|dihubungi|tulis|ditulis|dipublikasikan|dipakai) <3>(?:nama|nomor|identitas|saya)?|(?:nama|nomor|
    identitas) <3>(?:boleh|silakan|silahkan|bisa) <2>(?:dihubungi|disebut|disebutkan|dicantumkan|ditulis|
    dipakai|ditampilkan)|saya tidak takut|tidak perlu dirahasiakan|tidak usah dirahasiakan|
    tidak ada yang (?:saya |perlu )?(?:di)?rahasiakan|surat kaleng|(?:siapa <5>)(?:tidak|bukan) (?:penting|
    masalah)
    """,
    _PARTS,
    _OTHERS,
)
DISCLAIMER = patterns(
    r"""
    (?:pesan|email|surel|surat elektronik|dokumen|e-mail|message|lampiran\w*) <9>(?:rahasia|confidential|
    privileged)|penerima yang dimaksud|intended recipient|bukan penerima|hapus (?:pesan|email|surel) ini
    """,
    _PARTS,
    _OTHERS,
)
# Somebody else's data or secret, not the writer's.
OTHER = patterns(
    r"""
    (?:nama|data|identitas|nik|foto) (?:penerima|pasien|anak didik|siswa|korban|almarhum|pejabat|petugas|
    warga) |rahasia (?:perusahaan|negara|dagang|dapur|medis|jabatan)|kata sandi|password|pin
    """,
    _PARTS,
    _OTHERS,
)
# A wish in any order of words: the sentence speaks of the source, asks, and tells of hiding or of being known.
SOURCE = patterns(
    r"""
    (?:nama|namanama|identitas|data|nomor|nomer|email|surel|hp|kontak|alamat|jati diri) <1>(?:diri )?(?:anak )?(?:saya|
    kami|abdi|pelapor)|identitas|jati diri|(?:si )?pelapor(?:nya)?|pengadu|pengirim(?:nya)?|
    sumber(?:nya)? <1>(?:laporan|
    info|informasi)|siapa (?:saya|kami|yang)|(?:saya|kami) (?:yang )?(?:lapor|melapor|ngelapor|ngadu|mengadu|melaporkan|
    mengadukan|ngomong)|(?:saya|kami) <1>sebagai pelapor|(?:laporan|aduan|pengaduan|surat) ini <2>dari (?:saya|kami|
    siapa|dalam)
    """
)
ASKING = patterns(
    r"""
    terancam|takut|kalau|demi|jangan(?:lah)?|jangan sampai|ulah|tidak usah|tidak perlu|mohon|tolong|minta|harap|agar|
    supaya|biar|semoga|
    tidak (?:mau|ingin|berkenan|bersedia|rela|siap|nyaman)|cukup|keberatan
    """
)
KNOWN = patterns(
    r"""
    (?:di|ter|me|men|mem|meny)?(?:sembunyi|nyembunyi|rahasia|samar|nyamar|lindung|sensor|kabur)(?:kan|i|in)|
    perlindungan|
    tutupi|ditutupi|tanpa nama|anonim
    (?:jangan|ulah|tidak|bukan|tanpa) <4>(?:di|ter|me|men|mem|meny|ke|nge|mar|diper)?(?:sebut|buka|bocor|ungkap|bongkar|
    kenal|tampil|cantum|muncul|lacak|ekspos|tahu|tau|beber|umbar|singgung|nyinggung|nyebut|kait|seret|nyeret|edar|sebar|
    publikasi)(?:kan|i|in|nya|an)?|(?:jangan|ulah|tidak) <4>(?:diketahui|ketahuan|beredar|mengetahui)|
    (?:jangan|ulah) <4>sampai
    (?:kalau|bila|apabila|jika) <3>(?:beredar|tersebar|terbuka|terungkap|bocor)
    """,
    never="jangan",
)
# Entries in registers, which are missing, wrong or struck out; nobody hides there.
RECORDS = patterns(
    r"""
    (?:dtks|dtsen|kk|ktp|nik|akta|sertifikat|sertipikat|rekening|penerima|sppt|njop|aplikasi|sistem|ijazah|rapor|
    dapodik|
    daftar|terdaftar|undangan|antrean|loket|sekdes|pbb|stnk|paspor|bpjs|kis|bansos|pkh|formulir|web|situs)
    """
)

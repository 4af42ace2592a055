"""The table of cues: patterns over one spelled clause of an official's prose, dates masked."""

from __future__ import annotations

# Verb roots by what the office does with them; matched after di-, ter-, me-, ke-, -in, -kan.
WORK = (
    "perbaik|baik|benah|benar|betul|tambal|aspal|hotmix|cor|pasang|angkut|angkat|bersih|keruk|kuras|"
    "gali|sedot|potong|pangkas|"
    "tebang|ganti|semprot|fogging|abate|bongkar|segel|tertib|tindak|sita|amankan|roboh|tutup|buka|"
    "evakuasi|padam|tangkap|jangkau|"
    "cetak|terbit|kirim|serah|bagi|salur|hapus|koreksi|reset|sambung|las|rakit|setel|atur|kosong|"
    "rapi|rata|urug|uruk|timbun|bronjong|"
    "normalisasi|flushing|vaksin|obat|rawat|antar|mediasi|selesai|tuntas|tangan|kerja|laksana|atasi|"
    "tata|pindah|geser|tarik|derek|"
    "gembok|gembos|balik|bayar|cair|rekam|update|perbarui|mutakhir|input|daftar|aktif|bantu|suntik|"
    "bubar|halau|copot|turun|lepas|"
    "cabut|tanam|siram|sapu|buang|kembali|distribusi|lakukan|rehab|bangun|renovasi|layani|fasilitasi|"
    "proses|beri|ikat|cat|"
    "nyala|hidup|mati|bereskan|singkir|sterilisasi|periksa|musnah|sosialisasi|bina|beres"
)
LOOK = (
    "cek|survei|survey|tinjau|lihat|liat|pelajari|telaah|klarifikasi|kroscek|verifikasi|identifikasi|"
    "datang|kunjung|ukur|pantau|"
    "telusur|konfirmasi|koordinasi|inspeksi|sidak|sampling|asesmen|assessment|bahas|rapat|tengok|"
    "croscek|crosscheck|kaji|"
    "tindak ?lanjut|follow|survai|observasi"
)
PAPER = (
    "usul|anggar|lelang|tender|jadwal|agenda|program|rencana|surat|ajukan|aju|masuk(?:an|"
    "kan)? (?:ke )?(?:dalam )?(?:dpa|rkpd|renja|rka|"
    "daftar|usulan|musrenbang|paket|prioritas|list)|catat|disposisi|data"
)

_WORKED = (
    rf"(?:(?:di|ter|me|men|meng|meny|mem|ng|n|ny|m|ke)?(?:{WORK})(?:i|kan|in|kn|an)?|(?:kami|saya|kita|"
    rf"di)[ -](?:{WORK})(?:i|kan|in|kn)?)"
)
_LOOKED = rf"(?:(?:di|me|men|meng|meny|mem|ng|n|ny|m|ter)?(?:{LOOK})(?:i|kan|in|kn|an)?)"
_GOOD = (
    r"(?:menyala|nyala|hidup|normal|lancar|bersih|beres|selesai|rampung|kelar|tuntas|clear|klir|aman|"
    r"kering|surut|kondusif|pulih|"
    r"terang|rapi|mulus|rata|hijau|terbit|jadi|aktif|berfungsi|terpasang|teratasi|tertangani|"
    r"terangkut|terpotong|terlayani|tersambung|"
    r"tertutup|terbuka|bening|jernih|ngocor|ngalir|mengalir|steril|tertib|sembuh|padam|finish|finis|"
    r"rebes|done|oke|ok|sesuai|sehat|"
    r"selamat|ketemu|bubar|hilang|bisa (?:di)?(?:lewat|lalu|pakai|pake|gunakan|guna|ambil|akses|isi|"
    r"tempati|fungsi|tutup|buka|cetak)\w*|"
    r"bisa (?:login|masuk|dipakai|beroperasi|menikmati|lewat|keluar|buka))"
)
_TROUBLE = (
    r"(?:kendala|masalah|genangan|kebocoran|keluhan|tumpukan|antrean|antrian|bau|sampah|gangguan|"
    r"hambatan|aktivitas|kegiatan|lapak|"
    r"parkir liar|pedagang|pkl|jentik|sisa|bocor|berbau|tergenang|macet|menumpuk|numpuk|gelap|padam|"
    r"mati|banjir|rembes|rusak|bermasalah|"
    r"timbulan|tumpahan|lubang|pungutan|bising|berisik|mampet|tersumbat|meluap|goyang|bolong)"
)
_DONE_PAST = r"(?:sudah|telah|tadi|kemarin|barusan|baru saja|sempat|berhasil|semalam|udah)"
_MATERIAL = (
    r"(?:material|bahan|barang|alat|suku ?cadang|sparepart|spare part|onderdil|stok|blangko|blanko|"
    r"unit|kiriman|pengiriman|aspal|hotmix|"
    r"lampu|pipa|tiang|kabel|vaksin|obat|excavator|beko|backhoe|alat berat|crane|mobil|truk|armada|"
    r"kendaraan|anggaran|dana|dpa|pencairan|"
    r"cair|apbd|abt|perubahan|pagu|lelang|tender|pengadaan|kontrak|penyedia|pemenang|pemborong|spk|"
    r"cuaca|hujan|kemarau|air surut|surut|reda|"
    r"banjir|penetapan|persetujuan|pengesahan|disahkan|giliran|antrean|antrian|musrenbang|"
    r"tahun (?:depan|anggaran)|e-?katalog|ekatalog|"
    r"hibah|bantuan|kuota|jadwal|serah terima|pembebasan|putusan|tenaga|personil|personel|tukang)"
)

# name, pattern over one spelled clause
TABLE: tuple[tuple[str, str], ...] = (
    # --- what is finished
    (
        "good",
        rf"(?:{_DONE_PAST}|kembali|kini|sekarang|alhamdulillah|semua(?:nya)?|pekerjaan|100 ?%|"
        rf"hasilnya)\b[^,]{{0,60}}\b{_GOOD}\b",
    ),
    ("good_again", rf"\b{_GOOD} (?:kembali|lagi|semua|total|100)\b"),
    (
        "worked",
        rf"\b{_DONE_PAST}\b(?: (?:kami|saya|kita|tim|petugas|anggota|semua|langsung|di|pada|bisa|juga|"
        rf"kembali|mulai|siang|pagi|sore|malam|kami|turun|selesai|dapat|berhasil|hari|ini|dan|oleh|bersama|"
        rf"secara|ikut))*\s{_WORKED}\b",
    ),
    ("worked_after", rf"\b{_WORKED}\b[^,]{{0,40}}\b(?:tadi|kemarin|barusan|semalam|pagi tadi|sudah)\b"),
    ("finished_word", r"\b(?:selesai|beres|rampung|kelar|tuntas|clear|klir|done|finish|finis|rebes|closed)\b"),
    (
        "no_trouble",
        rf"\b(?:tidakada|tidak|nihil|bebas|tanpa|hilang)\b(?: (?:lagi|ada|ditemukan|terjadi|terdapat|"
        rf"kelihatan|terlihat|nampak|didapati))*\s{_TROUBLE}\w*",
    ),
    (
        "photo",
        r"\b(?:foto|dokumentasi|dok|bukti|lampiran|video|evidence)\w*\b[^,]{0,25}\b(?:terlampir|nyusul|"
        r"menyusul|kami lampirkan|ikut|ada|berikut|dibawah|di bawah|di atas)\b|\bterlampir\b",
    ),
    (
        "collect",
        r"\b(?:silakan|silahkan|mangga|sok|bisa|dapat|tinggal|sudah bisa)\s(?:di)?(?:ambil|dicek|dipakai|"
        r"digunakan|dilewati|diunduh|download|cek|ditengok)\w*|\bbilih bade dicek",
    ),
    (
        "past_verb",
        rf"\b{_DONE_PAST}\b(?: (?!akan|mau|tidak|belum|ada|di |ke )[a-z0-9]+){{0,3}}? (?:di|ter|me|ber|"
        rf"pe)(?!(?:{LOOK}|{PAPER}|terima|sampai|terus|laku))[a-z]{{4,}}\b",
    ),
    (
        "now_so",
        rf"\b(?:sekarang|saat ini|kini|per (?:hari ini|pagi ini|tanggal|jam)|sejak (?:tadi|kemarin|semalam|"
        rf"minggu|senin|selasa|rabu|kamis|jumat|sabtu|tanggal)|mulai tadi|kondisi|lokasi|"
        rf"keadaan)\b[^,]{{0,30}}\b(?:{_GOOD}|sudah|tidak|kembali|bersih)\b",
    ),
    (
        "stopped",
        r"\b(?:berhenti|hilang|kosong|habis|lepas|plong|loss|lega|kering|reda|bubar|senang|puas|menerima|"
        r"berfungsi|terima kasihnya)\b",
    ),
    # --- what is under way
    (
        "doing",
        rf"\b(?:sedang|tengah|masih|lagi|terus|sambil|mulai|dalam (?:proses|tahap|pengerjaan)|saat ini|"
        rf"sekarang|on ?(?:the )?progress|hari ini)\b[^,]{{0,40}}\b(?:{_WORKED}|perbaikan|pengerjaan|"
        rf"pekerjaan|penanganan|pembersihan|pengurasan|penggalian|pemasangan|pengerukan|penambalan|"
        rf"pengecoran|penyambungan|penertiban|evakuasi|jalan|berjalan|berlangsung|progres|pencarian|"
        rf"pengangkutan|penyedotan|pemeriksaan|penyelidikan|penelusuran|uji|diuji|mediasi|asesmen|"
        rf"pendampingan)\b",
    ),
    (
        "being_looked",
        rf"\b(?:sedang|tengah|lagi|saat ini|masih)\b[^,]{{0,30}}\b(?:{_LOOKED}|verifikasi|pemadanan|"
        rf"padankan|dipadankan|pendataan|meminta keterangan|dimintai|pendalaman|didalami|dicari|mencari|"
        rf"hitung|dihitung)\b",
    ),
    (
        "going",
        r"\b(?:meluncur|berangkat|merapat|otw|menuju (?:lokasi|ke)|sampai di lokasi|turun ke (?:lokasi|"
        r"lapangan)|terjun|diterjunkan|diturunkan|dikerahkan|stand ?by|standby)\b",
    ),
    (
        "on_site",
        r"\b(?:tim|petugas|anggota|regu|personil|personel|kru|crew|pekerja|tukang|pasukan|trc|alat|"
        r"teknisi|mandor|satgas|armada|truk|kami|orang)\b[^,]{0,40}\b(?:di ?lokasi|di ?lapangan|"
        r"di ?tempat|jalan|turun|tiba|sampai|kerja|bekerja|mulai)\b",
    ),
    (
        "partly",
        r"\b(?:\d{1,2} ?(?:%|persen)|setengah(?:nya)?|sebagian|separuh|tahap (?:satu|pertama|1|i)|"
        r"baru (?:setengah|sebagian|\d)|tinggal|sisa(?:nya)?|kurang|hampir)\b",
    ),
    (
        "for_now",
        r"\b(?:sementara|darurat|seadanya|dulu biar|biar aman dulu|penanganan awal|langkah awal|"
        r"pertolongan pertama|tahap awal)\b",
    ),
    (
        "to_follow",
        r"\b(?:menyusul|nyusul|lanjut|dilanjut\w*|kami lanjutkan|diteruskan besok|permanen(?:nya)?|"
        r"berikutnya|tahap (?:dua|kedua|2|ii)|tahap selanjutnya)\b",
    ),
    ("begin", r"\b(?:mulai|dimulai|start|memulai|digelar|dilaksanakan)\b"),
    (
        "warned",
        r"\b(?:teguran|peringatan|sp ?-?[123]|panggilan|dipanggil|panggil|ditegur|tegur|" r"surat pernyataan)\b",
    ),
    (
        "not_finished",
        r"\b(?:belum|tidak|blm)\b[^,]{0,25}\b(?:selesai|beres|rampung|kelar|tuntas|100|semua(?:nya)?|"
        r"sempurna|final)\b",
    ),
    ("process", r"\b(?:di)?proses(?:kan)?\b|\bon ?(?:the )?progress\b|\bprogres\b"),
    # --- what is to come
    (
        "will_work",
        rf"\b(?:akan|mau|bakal|segera|nanti|rencana(?:nya)?|direncanakan|target(?:nya)?|ditargetkan|"
        rf"insyaallah|besok|lusa|siap|mulai|jadwal(?:nya)?|dijadwalkan|diupayakan|diusahakan|kami upayakan|"
        rf"giliran|kebagian|baru|bisa|dapat)\b[^,]{{0,50}}\b{_WORKED}\b",
    ),
    (
        "will_look",
        rf"\b(?:akan|mau|bakal|segera|nanti|rencana(?:nya)?|direncanakan|insyaallah|besok|lusa|siap|"
        rf"dijadwalkan|diagendakan|agendakan|tugaskan|minta|sekalian|langsung|coba|dulu|mohon waktu|izin|"
        rf"dahulu|kami|saya|tim|kita)\b[^,]{{0,60}}\b{_LOOKED}\b",
    ),
    (
        "look_first",
        rf"\b{_LOOKED}\b[^,]{{0,40}}\b(?:dulu|dahulu|lebih lanjut|segera|besok|nanti|lokasi|lapangan|" rf"lalu)\b",
    ),
    ("looked", rf"\b{_DONE_PAST}\b[^,]{{0,30}}\b{_LOOKED}\b"),
    (
        "got_it",
        r"\b(?:laporan|aduan|keluhan|pengaduan|surat|disposisi|pesan|email|e-mail|"
        r"informasi)\w*\b[^,]{0,40}\b(?:terima|diterima|catat|dicatat|tampung|baca|masuk|pelajari|monitor|"
        r"register|diregister)\b|\b(?:kami|saya|sudah|telah) (?:terima|catat|monitor|tampung)\b|"
        r"\b(?:diterima|siap laksanakan|siap 86|siap ndan|siap tindak|laksanakan|monitor|noted|copy|"
        r"dicatat|rojer|roger|kami catat)\b",
    ),
    ("ready", r"^(?:siap|baik|oke|ok|86|muhun|mangga|sip|iya|inggih|dimengerti)\b"),
    ("eighty_six", r"\b(?:86|8-6|delapan enam)\b"),
    (
        "wait_time",
        r"\b(?:mohon waktu|minta waktu|beri waktu|kasih waktu|mohon ditunggu|mohon tunggu|tunggu kabar|"
        r"mohon bersabar|mohon sabar|sabar)\b",
    ),
    (
        "told_staff",
        r"\b(?:disposisi\w*|tugaskan|perintahkan|instruksikan|minta (?:staf|kasi|seksi|petugas|tim|"
        r"anggota|mantri|sanitarian|danru)|teruskan ke (?:staf|petugas|tim|anggota|lapangan|teknisi|seksi|"
        r"mandor|regu|bidang))\b",
    ),
    (
        "schedule_look",
        r"\b(?:jadwal\w*|dijadwalkan|agenda\w*|diagendakan)\b[^,]{0,40}\b(?:survei|survey|tinjau\w*|"
        r"peninjauan|pengecekan|cek|kunjungan|monitoring|pemeriksaan|verifikasi)\b",
    ),
    (
        "visit",
        r"\b(?:saya|kami|tim|petugas|anggota|kita|kasi\w*|beliau|staf|pengawas|lurah|regu|"
        r"sy)\b[^,]{0,40}\b(?:ke (?:lokasi|sana|situ|rumah|lapangan|tkp|rt|rw|gang|kantor|sekolah|tempat|"
        r"titik)|datang\w*|mendatangi|kesana|kesitu|mampir|keliling|tengok|menengok|nyamperin|samperin|"
        r"lewat (?:sana|situ)|temui|menemui|panggil|mengamati|amati|tanya\w*|kunjung\w*|bertemu|turun)\b",
    ),
    (
        "visit_day",
        r"<(?:day|today)>[^,]{0,50}\b(?:cek|dicek|ngecek|mengecek|lihat|liat|melihat|tinjau|meninjau|"
        r"survei|survey|ke lokasi|ke sana|kesana|ke situ|tengok|datang|mampir|kunjung\w*|periksa|kroscek|"
        r"pantau|amati|temui|panggil|tanya\w*|klarifikasi|verifikasi|ukur|rapat\w*|bahas|mediasi|"
        r"cari tahu|kabari|jawab|pastikan)\b|\b(?:cek|dicek|ngecek|mengecek|lihat|liat|tinjau|meninjau|"
        r"survei|survey|pemeriksaan|peninjauan|pengecekan|kunjungan|klarifikasi|verifikasi|pengukuran|"
        r"pengambilan (?:sampel|contoh)|mengambil (?:contoh|sampel)|inspeksi|sidak|rapat|jawaban|kabar|"
        r"tanggapan)\b[^,]{0,50}<(?:day|today)>",
    ),
    (
        "work_day",
        rf"<(?:day|today)>[^,]{{0,40}}\b(?:{_WORKED}|{_GOOD}|lanjut|dilanjut\w*)\b|\b(?:{_WORKED}|{_GOOD}|"
        rf"pengerjaan|pengaspalan|perbaikan|pemasangan|pengecoran|target\w*|lanjut|diteruskan|"
        rf"hasil\w*)\b[^,]{{0,40}}<(?:day|today)>",
    ),
    ("only_day", r"<day>[^,]{0,12}\bbaru\b|\bbaru\b[^,]{0,20}<day>|\bpaling cepat\b|\b(?:sampai|hingga) <day>"),
    # --- waiting
    ("wait_any", r"\b(?:menunggu|nunggu|menanti|tunggu|antre|antri|menanti)\b(?! (?:kabar|sebentar|ya|ya bapak))"),
    (
        "idle",
        r"\b(?:libur|cuti bersama|sakit|isoman|mogok|pecah|kalibrasi|dikalibrasi|dipinjam|dipake|dipakai|"
        r"ditarik|terserap|dialihkan|dicoret|sengketa|terbatas|pulang kampung|maintenance|bengkel|"
        r"gagal lelang|dihentikan|hentikan|penuh|bentrok)\b",
    ),
    (
        "wait",
        r"\b(?:menunggu|tunggu|nunggu|antre|antri|inden|indent|terkendala|terhambat|kehabisan|"
        r"keterbatasan|terbatas(?:nya)?|dipinjam|dipakai|dipake|macet di|tertahan|kosong|habis|rusak|"
        r"turun mesin|mogok|kurang|belum (?:datang|turun|cair|ada|keluar|tersedia|disahkan|ketok|"
        r"dateng))\b",
    ),
    (
        "wait_thing",
        rf"\b(?:menunggu|tunggu|nunggu|nungguin|setelah|begitu|kalau|jika|apabila|bila|sesudah|sampai|"
        rf"terkendala|karena|soal|masalah|kendala)\b[^,]{{0,40}}\b{_MATERIAL}\w*",
    ),
    (
        "lacking",
        rf"\b{_MATERIAL}\w*\b[^,]{{0,40}}\b(?:habis|kosong|belum|rusak|terbatas|dipakai|dipake|inden|"
        rf"indent|tidak ?ada|tidak cukup|kurang|mogok|masih|antre|telat|terlambat|penuh|lagi)\b",
    ),
    (
        "budget",
        r"\b(?:anggar\w*|dianggarkan|apbd\w*|dpa|rka|rkpd|renja|musrenbang\w*|pagu|abt|dipa|"
        r"tahun anggaran|ta 20\d\d|anggaran perubahan|prioritas 20\d\d|perubahan anggaran|usulkan|"
        r"diusulkan|usulan|pengusulan)\b",
    ),
    ("tender", r"\b(?:lelang|tender|lpse|pengadaan|penyedia|kontrak|e-?katalog|spk|pbj|pemenang|pemilihan)\b"),
    ("next_year", r"\b(?:tahun (?:depan|anggaran|20(?:2[7-9]|3\d))|2027|2028|triwulan|tw|semester)\b"),
    ("weather", r"\b(?:cuaca|hujan|banjir|debit|musim|angin|reda|kemarau|air pasang|surut)\b"),
    (
        "put_off",
        r"\b(?:tunda|ditunda|menunda|tertunda|penundaan|undur|diundur|mundur|geser(?:an)?|digeser|"
        r"reschedule|dijadwal ulang|jadwal ulang|pending|dipending|ditangguhkan|tangguhkan|molor)\b",
    ),
    (
        "cannot_yet",
        r"\bbelum\b(?: (?:dapat|bisa|sempat|mampu|memungkinkan|sanggup|boleh|tersedia|ada|dianggarkan|"
        r"masuk|waktunya|saatnya|kebagian|giliran))\b|\bbelum\b[^,]{0,20}\b(?:dilaksanakan|dikerjakan|"
        r"ditangani|diperbaiki|direalisasi\w*|terealisasi|diganti|dibangun|dicetak|berani)\b",
    ),
    ("only_then", r"\bbaru (?:bisa|dapat|akan|kita|kami|mulai|dikerjakan|dipasang|ada|turun|jalan|geser|datang)\b"),
    # --- asking
    (
        "ask",
        r"\b(?:mohon|minta|tolong|boleh|bisa|kiranya|silakan|harap|butuh|perlu|memerlukan|membutuhkan|"
        r"dibutuhkan|diperlukan|kirim(?:kan)?|sebutkan|lengkapi|melengkapi|sampaikan|share|shareloc|dapat|"
        r"ditanyakan|tanyakan|sertakan|lampirkan)\b[^,]{0,60}\b(?:informasi|lokasi|alamat|foto|nomor|nama|"
        r"nik|kk|ktp|data|patokan|titik|koordinat|shareloc|share|kontak|hp|telepon|wa|rt|rw|detail|detil|"
        r"jelas|lengkap|video|bukti|kronologi|surat|sertifikat|dokumen|berkas|plat|identitas|struk|scan|"
        r"tangkapan|screenshot|map|maps|blok|jam berapa|keterangan|fotokopi|salinan|ancer-ancer)\w*",
    ),
    (
        "ask_where",
        r"\b(?:di ?mana|dimana|yang mana|sebelah mana|sisi mana|arah mana|mananya|patokan\w*|ancer-ancer|"
        r"titiknya|posisinya|kapan|sejak kapan|jam berapa|berapa|siapa|brp|apa nama|nama(?:nya)? (?:siapa|"
        r"apa)|rt berapa|rt/rw|rt / rw|nomor berapa|blok berapa|warna apa)\b",
    ),
    (
        "ask_do",
        r"\b(?:mohon|tolong|harap|kiranya|minta|silakan|boleh|bisa|perlu|agar)\b[^.]{0,40}\b(?:(?:di|me|"
        r"men|meng|mem)?(?:sebut|jelas|susul|koreksi|foto|pasti|tanya|lengkap|kirim|lampir|info|rinci|"
        r"konfirmasi|perjelas|share|videokan|baca|periksa|cantum|sertakan|beri)\w*|koordinat|titik|link|"
        r"maps|denah|kejelasan|keterangan|tambahan|ancer\w*|patokan\w*)\b",
    ),
    ("what_is", r"\b(?:apa|apakah|mana|siapa|berapa|brp|kapan|sabaraha|persisnya|tepatnya|maksudnya|dimaksud)\b"),
    (
        "not_found",
        r"\b(?:tidak|belum)\b[^.]{0,15}\b(?:ketemu|nemu|menemukan|ditemukan|nyambung|aktif|kebuka|terbuka|"
        r"kelihatan|ada data|sebut|disebut\w*|ditulis|jelas|lengkap|terima|tahu|dapat kami (?:cek|"
        r"telusuri|temukan|verifikasi)|bisa kami (?:cek|lacak|telusuri)|bisa (?:mengecek|cek|lacak|"
        r"menentukan))\b|\b(?:buram|kepotong|terpotong|bingung|keliru|kurang jelas|data kurang)\b",
    ),
    (
        "missing",
        r"\b(?:kurang (?:jelas|lengkap|detail|detil|spesifik)|tidak (?:jelas|ketemu|menemukan|ditemukan|"
        r"lengkap|terlihat|kelihatan|terbaca|disebut\w*|mencantumkan|tercantum|ada (?:foto|alamat|nomor|"
        r"lokasi|data))|belum (?:jelas|lengkap|ketemu|menemukan|dapat (?:memastikan|menelusuri)|"
        r"disebut\w*|mencantumkan|tahu)|gelap|buram|blur|tanpa (?:nik|nomor|alamat|foto|data)|"
        r"namanya mirip)\b",
    ),
    ("reporter", r"\b(?:pelapor|pemohon|yang bersangkutan|ybs|pengadu|kakak|ibu|bapak)\b"),
    # --- refusing and handing over
    (
        "refuse",
        r"\b(?:tidak (?:dapat|bisa|mungkin|boleh|berwenang|memenuhi|diperbolehkan|diperkenankan|"
        r"dibenarkan|dikabulkan|disetujui|kami kabulkan|akan)|ditolak|tolak|menolak|tidak kabul\w*|"
        r"keberatan|melanggar|bertentangan|tidak punya (?:kewenangan|wewenang|hak)|"
        r"tidak memiliki (?:kewenangan|wewenang)|mustahil|belum memenuhi)\b",
    ),
    (
        "not_granted",
        r"\b(?:tidak|belum|bukan)\b[^,]{0,25}\b(?:kabulkan|dikabulkan|penuhi|dipenuhi|memenuhi|setujui|"
        r"disetujui|layani|terbitkan|diterbitkan|diberikan|berikan|izinkan|diizinkan|diproses|proses|"
        r"tebang|menebang|masuk|intervensi|ikut campur|perkenankan|rekomendasikan|direkomendasikan)\b",
    ),
    (
        "not_ours",
        r"\b(?:bukan|di ?luar|tidak (?:termasuk|masuk|ada)|tidakada)\b[^,]{0,30}\b(?:kewenangan|wewenang|"
        r"ranah|tupoksi|tugas|bagian|urusan|tanggung jawab|domain|aset|milik|wilayah|bidang|porsi|gawean|"
        r"kerjaan|kapasitas|lingkup|dinas kami|kami)\w*|\bsalah (?:alamat|kirim|kamar|tujuan|sambung|"
        r"disposisi|orang|server)\b",
    ),
    (
        "we_do_not",
        r"\b(?:tidak|tak)\b (?:kami |saya |akan |dapat |bisa |mungkin |perlu |boleh )*(?:di|me|men|meng|"
        r"mem|ber|per)?[a-z]{3,}(?:kan|i|in)\b",
    ),
    (
        "no_ground",
        r"\b(?:tidakada|tidak punya|tanpa|tidak berdasar|bukan)\b[^,]{0,20}\b(?:program|dasar|alasan|"
        r"anggaran|wewenang|hak|kewajiban|lahan|aturan|unsur|kuasa|daya|bukti)\w*|\b(?:melarang|dilarang|"
        r"terlarang|ilegal|menyalahi|inkrah|pribadi|hak milik|privat|swasta|belum diserahkan|kadaluarsa|"
        r"kedaluwarsa|hanya (?:untuk|boleh|khusus)|khusus|syarat(?:nya)? (?:kurang|tidak)|tidak (?:masuk|"
        r"memenuhi|termasuk|genap|terbukti|menyalahi|melanggar)|maklum|mohon pengertian|berizin|"
        r"izin(?:nya)? lengkap|izinnya sah|sesuai (?:aturan|ketentuan|papan))\b",
    ),
    (
        "private",
        r"\b(?:milik|lahan|tanah|aset|pekarangan|halaman|bangunan|jalan)\b[^,]{0,30}\b(?:pribadi|"
        r"perorangan|pengembang|developer|swasta|perusahaan|warga|ahli waris|perseorangan|yayasan)\b|"
        r"\bbelum (?:di)?serah ?(?:kan|terima\w*)",
    ),
    (
        "no_breach",
        r"\btidak(?:ada)?\b[^,]{0,30}\b(?:pelanggaran|terbukti|penyimpangan|pungutan|pungli|indikasi|"
        r"unsur|berdasar|benar adanya)\b",
    ),
    (
        "rule",
        r"\b(?:perda|perwali|permen\w*|peraturan|aturan|ketentuan|syarat|persyaratan|undang-undang|pasal|"
        r"juknis|sop|zonasi|prosedur|kriteria|regulasi|kuota)\b",
    ),
    (
        "hand_on",
        r"\b(?:(?:di|me|kami |sudah |telah )?(?:teruskan|limpahkan|alihkan|pindahkan|oper|forward|lempar|"
        r"serahkan|sampaikan|koordinasikan|belokkan)\w*|diteruskeun|terusin|diterusin|penerusan|"
        r"pelimpahan|dioper)\b[^,]{0,30}\b(?:ke|kepada|pada)\b",
    ),
    (
        "go_to",
        r"\b(?:silakan|silahkan|mangga|sok|mohon|harap|baiknya|sebaiknya|harusnya|seharusnya|mestinya|"
        r"kudunya|langsung|coba|lebih tepat|tepatnya)\b[^,]{0,40}\b(?:ke|kepada|hubungi|menghubungi|"
        r"kontak|lapor|melapor|tanya|ditujukan)\b",
    ),
    (
        "order",
        r"^(?:agar|mohon agar|harap|tolong|segera|untuk|kepada)\b[^,]{0,60}\b(?:menindaklanjuti|"
        r"tindaklanjuti|segera|menangani|ditindaklanjuti|laporkan|melaporkan|cek|menyelesaikan|mengecek|"
        r"turun|koordinasi\w*)\b",
    ),
    (
        "ours",
        r"\b(?:ini|itu|memang|betul|benar|masih|adalah|jadi)\b[^,]{0,30}\b(?:kewenangan|ranah|tupoksi|"
        r"tugas|bagian|urusan|aset|wilayah|tanggung jawab)\w* (?:kami|kita|saya)\b|\bmemang (?:aset |"
        r"tugas |bagian |urusan |kewenangan |ranah |wilayah )?(?:kami|kita)\b",
    ),
    (
        "help_anyway",
        r"\b(?:tapi|namun|walau\w*|meski\w*|tetap|kasihan)\b[^,]{0,50}\b(?:bantu|tetap|kerjakan|tangani|"
        r"kami ikat|turun|bersihkan)\b|\bkami bantu\b",
    ),
    # --- comment
    ("thanks", r"\bterimakasih\b|\bhatur terimakasih\b"),
    (
        "advice",
        r"\b(?:arahan|petunjuk|saran|pertimbangan|instruksi) ?(?:bapak|ibu|pimpinan|selanjutnya|"
        r"lebih lanjut|nya)?\b",
    ),
    (
        "copy_only",
        r"\b(?:tembusan|fyi|untuk diketahui|sekedar|sekadar|sebagai informasi|untuk menjadi maklum|cc|"
        r"hanya informasi|info saja)\b",
    ),
    ("same_one", r"\b(?:bukan (?:ya|pak|bapak|bu|ibu|min)?|ya|kan|atau|apa)\b ?\?$"),
    ("why_me", r"\b(?:kok|kenapa)\b[^,]{0,30}\b(?:ke saya|saya|ke kami|kami|masuk)\b|\bbuat saya\b|\buntuk saya\b"),
    (
        "away",
        r"\b(?:cuti|diklat|dinas luar|izin sakit|rawat inap|umrah|umroh|haji|bimtek|pelatihan|"
        r"di luar kota|pensiun|pindah tugas|mutasi|tidak menjabat|pejabat baru|sakit)\b",
    ),
    (
        "ticket",
        r"\b(?:nomor (?:tiket|laporan|register)|tiket(?:nya)?|link|aplikasi|sistem|format|" r"lampiran(?:nya)?|akun)\b",
    ),
    (
        "inside",
        r"\b(?:tombol|link|aplikasi|akun|password|email|e-mail|balas|membalas|dibalas|jawab lewat|format|"
        r"deadline|batas waktu|duplikat|dobel|double|staf saya|staf|kabid|kadis|kadin|sekdis|pimpinan|"
        r"atasan|camat|rakor|notulen|nota dinas|pic|admin|reply|spam|draf|grup|viral|wartawan|hoaks|"
        r"anonim|pelapor ini|warga sana|warga yang sama|orang yang sama|laporan (?:yang )?(?:sama|dulu|"
        r"lama|sebelumnya|kemarin|duplikat|ini sama)|sama dengan|nomor (?:tiket|laporan)|nomor laporannya|"
        r"surat tugas|mantan|curhat|dilantik|akses)\b",
    ),
    (
        "ask_us",
        r"\b(?:apakah|apa|bolehkah|haruskah|bagaimana|siapa|kapan|kenapa|perlu|boleh|bukankah|kok|"
        r"sebaiknya|mending)\b[^.]{0,30}\b(?:kami|kita|saya|deadline|jawab\w*|koordinir|bedanya|tombol|"
        r"kewenangan siapa|ditujukan)\b",
    ),
    (
        "system",
        r"\b(?:tidak bisa (?:dibuka|membuka)|tidak terbuka|tidak kebuka|error|kosong|tidak terbaca|dobel|"
        r"ganda|double)\b",
    ),
)

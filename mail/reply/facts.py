"""The facts of an official's answer that weigh in pairs: begun, blocked, finished, to be looked at, refused, asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SUDAH = r"(?:sudah|telah|tadi|kemarin|barusan|baru saja|semalam|hari ini|pagi ini|sejak [a-z0-9]+)"
_DO = (
    r"(?:di|me|men|meng|mem|meny|ter|ke|n|ny|ng|m)?(?:kerja|gali|perbaik|baik|bersih|pasang|angkut|"
    r"angkat|potong|pangkas|tebang|keruk|kuras|"
    r"sedot|tambal|bongkar|ganti|las|cor|cat|servis|urus|tangan|proses|cetak|salur|bagi|suntik|"
    r"semprot|tata|tertib|evakuasi|dampingi|rawat|"
    r"analisis|uji|periksa|selidik|telusur|mediasi|observasi|padan|hitung|rakit|susun|jangkau|cari|"
    r"bangun|rehab|sidang|panggil|tegur|latih|bantu|ukur)"
    r"[a-z]*"
)
_LOOK = (
    r"(?:cek|dicek|ngecek|mengecek|kroscek|survei|survey|disurvei|tinjau|meninjau|ditinjau|lihat|"
    r"melihat|dilihat|liat|ningali|ningal|tengok|menengok|periksa|diperiksa|"
    r"memeriksa|pantau|memantau|dipantau|verifikasi|memverifikasi|klarifikasi|mengklarifikasi|"
    r"pelajari|dipelajari|mempelajari|kaji|dikaji|mengkaji|"
    r"telusuri|menelusuri|ditelusuri|pastikan|memastikan\w*|dipastikan|amati|mengamati|data|mendata|"
    r"menyisir|bahas|dibahas|membahas|rapat\w*|dirapatkan|"
    r"tanya|tanyakan|bertanya|ditanya|menanyakan|temui|menemui|bertemu|panggil|memanggil|dipanggil|"
    r"undang|mengundang|datangi|mendatangi|datang|kunjung\w*|berkunjung|"
    r"mampir|keliling|nyamperin|ke sana|kesana|ke situ|ke lokasi|ke lapangan|ka lokasi|ka lapangan|"
    r"koordinasikan|teliti|meneliti|kumpulkan|mengumpulkan|ukur|mengukur|uji|menguji|mencatat|"
    r"mengambil (?:contoh|sampel)|telp|telepon|hubungi)"
)
_LOOKING = (
    r"(?:pengecekan|peninjauan|pemeriksaan|survei|survey|verifikasi|klarifikasi|kunjungan|inspeksi|"
    r"sidak|penelusuran|penelitian|penilaian|pengukuran|pengujian|"
    r"penyelidikan|pembahasan|observasi|monitoring|mediasi|audit|pendataan|pengambilan (?:sampel|"
    r"contoh)|jawaban|tanggapan|kabar|hasilnya|hasil cek|rapat)"
)

# name, pattern over a spelled sentence with its dates masked
TABLE: tuple[tuple[str, str], ...] = (
    (
        "begun",
        rf"\b(?:sedang|tengah|lagi|masih|terus|sekarang|saat ini|nuju|ayeuna)\b[^.,;]{{0,30}}\b{_DO}\b|"
        rf"\b{_SUDAH}\b[^.,;]{{0,25}}\b(?:mulai|dimulai|berjalan|jalan|meluncur|turun|bergerak|digarap|"
        rf"di lokasi|dikerjakan|diamankan|dampingi|tangani|ditangani)\b|\b(?:meluncur|otw|di lokasi|di tkp|"
        rf"on progress|masih berlangsung|sedang berlangsung|dalam (?:proses|pengerjaan|penanganan|"
        rf"pelaksanaan|perjalanan)|tahap (?:satu|pertama|1|awal)|bertahap|sebagian|separuh|setengah\w*|"
        rf"sepertiga\w*|\d+ ?(?:%|persen)|\d+ dari \d+|sisanya|tinggal|hampir selesai|belum (?:selesai|"
        rf"beres|kelar|rampung|tuntas|bisa dikatakan)|masih kurang|progres\w*|dilanjut\w*|lanjut|"
        rf"diteruskan|kami lanjut)\b",
    ),
    (
        "blocked",
        r"\b(?:menunggu|nunggu|menanti|tunggu (?:cuaca|air|material|barang|giliran|dana)|inden|indent|"
        r"dipesan|pesan dari|harus pesan|kosong|habis|terbatas|antre|antri|antrean|giliran|mogok|rusak|"
        r"gagal lelang|lelang|tender\w*|ditender|pengadaan|e-?katalog|penyedia|blangko|blanko|terserap|"
        r"dicoret|kalah prioritas|sengketa|dipinjam|dipakai|dipake|ditarik|full|bentrok|sakit|libur|cuti|"
        r"hajatan|belum (?:dapat|bisa) (?:kami )?(?:di)?[a-z]+|belum (?:turun|cair|datang|dikirim|keluar|"
        r"disahkan|ada anggaran\w*|ada dana\w*|ketok|tersedia)|tidakada anggaran\w*|stop dulu|hentikan|"
        r"dihentikan|hujan (?:terus|mulu|tiap)|musim hujan|cuaca|reda|surut|kering)\b",
    ),
    (
        "put_off",
        r"\b(?:tunda|ditunda|tertunda|menunda|diundur|undur|mundur|geser|digeser|kami geser|pending|"
        r"dipending|ditangguhkan|reschedule|dijadwal\w* ulang|jadwal ulang|refocusing|molor)\b",
    ),
    (
        "money",
        r"\b(?:anggaran\w*|dianggarkan|anggarkan|apbd|dpa|dana|dananya|pagu|abt|perubahan|musrenbang\w*|"
        r"usulkan|diusulkan|usulan|mengusulkan|rkpd|prioritas|investasi|hibah|csr|investor|tahun (?:depan|"
        r"berikutnya|anggaran|ini)|2027|2028|realokasi|triwulan|semester|kuota)\b",
    ),
    (
        "only_then",
        r"\b(?:baru (?:bisa|dapat|akan|mulai|ada|datang|balik|jalan|masuk|dibuka|di\w+|kita|kami|habis|"
        r"bulan|<day>)|<day>[a-z ]{0,12} baru|setelah itu|habis itu|begitu [a-z]+|paling cepat|"
        r"setelah [a-z]+ (?:datang|selesai|terbit|cair|turun)|kalau [a-z]+ (?:datang|cair|surut|kering))\b",
    ),
    (
        "acting",
        r"\b(?:sedang|tengah|nuju)\b (?:kami |kita |saya )?(?!dipakai|dipinjam|diklat|dinas|di |cuti|"
        r"sakit|rapat)(?:me|di|ber|pe|ny|ng)[a-z]{3,}",
    ),
    (
        "we_did",
        r"\b(?:sudah|telah|barusan|tadi|kemarin)\b (?:[a-z]+ )?(?:kami|kita|saya) (?!teruskan|sampaikan|"
        r"surat|usul|jadwal|agenda|hubungi|disposisi|limpahkan|alihkan|lapor|tegur|panggil|terima|baca|"
        r"catat|cek|survei|lihat|tinjau|pelajari|ajukan|minta|tanya|jelaskan|kirim|anggarkan|data|dengar|"
        r"tahu|datangi|temui|telusuri|perintahkan|tugaskan|rapat|bahas|sarankan|arahkan|koordinasi|"
        r"ke )[a-z]{4,}",
    ),
    (
        "without",
        r"\btanpa\b[^.;?]{0,60}\b(?:tidak|belum|susah|sulit)\b|\b(?:tidak|belum|susah|"
        r"sulit)\b[^.;?]{0,60}\b(?:tanpa|sebelum ada|kalau cuma|karena (?:nomor|alamat|data|titik))\b",
    ),
    (
        "finished",
        rf"\b(?:{_SUDAH}|akhirnya|alhamdulillah|semua\w*|berhasil)\b[^.;?]{{0,60}}\b(?:selesai|beres|"
        rf"rampung|tuntas|kelar|clear|normal|lancar|bersih|nyala|menyala|terang|terpasang|berfungsi|kering|"
        rf"surut|aktif|terbit|jadi|ditutup|diserahkan|diangkut|ditebang|diganti|diperbaiki|ditambal|"
        rf"dibongkar|ditertibkan|dikembalikan|dikoreksi|dievakuasi|dipasang|dipangkas|dicat|dikeruk|"
        rf"dilaksanakan|aman|rapi|steril|disambung|tersambung|diterima|menerima|dirujuk|ditangani|"
        rf"tertangani|teratasi|diterbitkan|terkirim|diselesaikan|terlayani|dipotong|dibersihkan|kosong|"
        rf"sepakat|lega|bubar|padam|dibuka|beroperasi|kembali|disegel|disita|ditilang|hilang)\b",
    ),
    (
        "not_more",
        r"\b(?:tidakada|tidak|nihil)\b[^.,;]{0,20}\b(?:lagi|keluhan|kendala|masalah|tersisa|genangan|"
        r"korban|laporan|ditemukan jentik)\b",
    ),
    (
        "close",
        r"\b(?:laporan (?:dapat|bisa|boleh|mohon)? ?(?:ditutup|diselesaikan)|ditutup saja|"
        r"dinyatakan selesai|anggap (?:permasalahan )?selesai|dianggap selesai|silakan (?:dicek|dipakai|"
        r"diambil|diunduh|dicoba|dilewati|diambil|login)|bisa (?:diambil|diunduh|dipakai|dilewati|"
        r"digunakan|dilalui|dipindai)|mangga (?:dicobian|bilih)|status:? selesai|foto (?:terlampir|"
        r"before)|dokumentasi terlampir|berita acara)\b",
    ),
    (
        "look_ahead",
        rf"\b(?:akan|segera|nanti|mau|bakal|siap|izin|coba|langsung|dulu|dahulu|kami|saya|tim|petugas\w*|"
        rf"kita|abdi|agendakan|diagendakan|jadwalkan|dijadwalkan|tugaskan|minta|<day>|"
        rf"<today>)\b[^.;?]{{0,45}}\b{_LOOK}\b|\b{_LOOKING}\b[^.;?]{{0,50}}(?:<day>|<today>|\b(?:akan|kami|"
        rf"dilaksanakan|dilakukan|dijadwalkan|diagendakan|agendakan|jadwalkan|rencanakan|direncanakan)\b)",
    ),
    (
        "look_dated",
        rf"<(?:day|today)>[^.;?]{{0,50}}\b{_LOOK}\b|\b{_LOOK}\b[^.;?]{{0,40}}<(?:day|today)>|"
        rf"\b{_LOOKING}\b[^.;?]{{0,60}}<(?:day|today)>|<(?:day|today)>[^.;?]{{0,40}}\b{_LOOKING}\b",
    ),
    (
        "work_dated",
        rf"<(?:day|today)>[^.;?]{{0,40}}\b(?:selesai|beres|rampung|tuntas|kelar|normal|nyala|dipasang|"
        rf"pasang|dicor|cor|aspal|diaspal|overlay|ditambal|dibongkar|bongkar|segel|lanjut\w*|dilanjut\w*|"
        rf"diteruskan|dibuka|kebuka|terbit|dicetak|cetak|{_DO})\b|\b(?:selesai|beres|rampung|tuntas|"
        rf"target\w*|ditargetkan|pemasangan|pengaspalan|hotmix|pengecoran|pembongkaran|pekerjaan|"
        rf"pengerjaan|perbaikan|eksekusi|sisanya|diganti|dilanjut\w*|lanjut)\b[^.;?]{{0,40}}<(?:day|today)>",
    ),
    (
        "find_out",
        r"\b(?:memastikan\w*|menentukan|ditentukan|ditangtoskeun|menyimpulkan|diputuskan|tergantung|"
        r"kondisi\w*|duduk perkara\w*|kebenaran\w*|benar tidaknya|bener enggaknya|masalahnya (?:di mana|"
        r"dimana)|biar tahu|biar jelas|liat dulu|lihat dulu|cek dulu|dicek dulu|pelajari|kaji|keterangan|"
        r"penjelasan|sebelum (?:ambil|memberi|bisa|menyimpulkan)|hasilnya kami|baru nanti|kalau (?:benar|"
        r"memang|terbukti|perlu|positif)|bila terbukti|ada jawaban|kasih kabar)\b",
    ),
    (
        "received",
        r"\b(?:laporan\w*|aduan\w*|keluhan\w*|pengaduan\w*|usulan\w*|surat\w*|"
        r"masukan\w*)\b[^.;?]{0,50}\b(?:terima|diterima|catat|dicatat|katampi|baca|dibaca|register|"
        r"teregister|diregister|tampung|masuk|monitor|disposisikan|diteliti)\b|^(?:siap|baik|oke|ok|noted|"
        r"copy|roger|86|diterima|dicatat|monitor|laksanakan|mangga)\b|\b(?:menjadi perhatian|"
        r"ditindaklanjuti|tindaklanjuti|tindak lanjuti|dimonitor|mohon waktu|segera kami)\b",
    ),
    (
        "refused",
        r"\b(?:tidak|tak|bukan)\b[^.,;?]{0,22}\b(?:kabulkan|dikabulkan|penuhi|dipenuhi|memenuhi|setujui|"
        r"disetujui|diterima|izinkan|diizinkan|mengizinkan|dilanjutkan|dilaksanakan|diberikan|terbitkan|"
        r"diterbitkan|dilayani|melayani|layani|berhak|berwenang|boleh|mungkin|memungkinkan|terbukti|"
        r"ditindaklanjuti|tindak lanjuti|diperbolehkan|dibenarkan|dapat|bisa|kuasa|perlu penindakan|"
        r"diperlukan|punya|memiliki|masuk kriteria|termasuk|ada dasar|ada pelanggaran|bertanggung|"
        r"menjadi tanggung|direkomendasikan|rekomendasikan|tertibkan|tangani|maksa|memaksa|mau)\b|"
        r"\b(?:ditolak|tolak|menolak|kami kembalikan|dikembalikan|melanggar|bertentangan|dilarang|"
        r"melarang|tetap (?:berlaku|tidak|ditagih\w*)|dipertahankan|mohon (?:maaf|pengertian|memahami)|"
        r"belum memenuhi|kami (?:hanya|cuma) fasilitator|hanya sampai)\b|\btidakada (?:dasar|pelanggaran|"
        r"program\w*|alasan|unsur|tindakan|yang dilanggar|urusan)\b",
    ),
    (
        "not_ours",
        r"\b(?:bukan|di ?luar|tidak (?:termasuk|masuk))\b[^.,;?]{0,25}\b(?:kewenangan|wewenang|ranah|"
        r"tupoksi|tugas|bagian|urusan|tanggung jawab|aset|milik|wilayah|bidang)\w*\b|\b(?:salah (?:alamat|"
        r"kirim|kamar|disposisi)|bukan (?:kami|kita|di kami)|hak milik|milik (?:pribadi|perorangan|badan|"
        r"swasta|pengembang|developer)|pribadi|privat|tanah orang|punya orang|"
        r"belum (?:pernah )?diserahkan)\b",
    ),
    (
        "ours",
        r"\b(?:memang|betul|benar|masih|ternyata)\b[^.,;?]{0,15}\b(?:aset|wilayah|tugas|kewenangan|ranah|"
        r"bagian|urusan|tanggung jawab)\w* (?:kami|kita)\b|\btidak (?:perlu|usah|jadi) (?:dialihkan|"
        r"diteruskan|dioper|ditunda)\b",
    ),
    (
        "anyway",
        r"\b(?:tapi|tetapi|tetap|karena urgent|demi|kasihan|walau\w*|meski\w*|"
        r"namun)\b[^.;?]{0,50}\b(?:kami|kita|tim|anggota)\b[^.;?]{0,25}\b(?:bantu|turun\w*|bersihkan|"
        r"kerjakan|tangani|ikat|tutup|menutup|pasang|angkut)\b",
    ),
    (
        "ask_reporter",
        r"\b(?:mohon|minta|tolong|boleh|kiranya|butuh|perlu|memerlukan|membutuhkan|harap|silakan|"
        r"bisa)\b[^.;]{0,70}\b(?:alamat|lokasi|foto\w*|difoto\w*|nomor|nama|nik|kk|ktp|data|patokan\w*|"
        r"titik|koordinat|shareloc|kontak|hp|video\w*|bukti|kronologi\w*|surat (?:kuasa|dokter|rt|"
        r"pengantar)|dokumen|berkas|plat\w*|struk|kuitansi|kwitansi|rincian|rinci|denah|link maps|"
        r"ancer-ancer|nisn|nop|lengkapi|dilengkapi|melengkapi|menyebutkan|disebutkan|sebutkan|"
        r"menyampaikan|menyertakan|lampirkan|melampirkan|disusulkan|susulkan|pelapor)\b",
    ),
    (
        "ask_fact",
        r"\b(?:di ?mana|dimana|yang mana|sebelah mana|sisi mana|arah mana|mananya|berapa|sabaraha|kapan|"
        r"siapa|jam berapa|apa ya|nama\w* (?:apa|siapa)|warna apa|blok|rt|rw|patokan\w*|ukuran\w*|"
        r"depan atau|kiri atau|atau [a-z]+ ya|atau [a-z]+ \?)[^.;]{0,40}(?:\?|\bya\b|$)",
    ),
    (
        "cannot_find",
        r"\b(?:tidak|belum|gak|susah|kesulitan|tanpa)\b[^.;?]{0,25}\b(?:ketemu|kapendak|nemu|menemukan|"
        r"ditemukan|tercantum|mencantumkan|disebut\w*|menyebut|sebut|jelas|lengkap|memuat|kebuka|"
        r"kelihatan|dihubungi|nyambung|aktif|telusuri|menelusuri|melacak|lacak|verifikasi|memverifikasi|"
        r"nik|nomor|tanggal|bukti|alamat)\b|\b(?:kurang (?:jelas|lengkap)|buram|kepotong|bingung|"
        r"hanya menyebut|cuma tulis|data kurang|rumah (?:selalu )?(?:kosong|terkunci)|beda lokasi)\b",
    ),
    (
        "ask_boss",
        r"\b(?:arahan|petunjuk|petunjuknya|bimbingan|pertimbangan bapak|ikut arahan)\b|\b(?:apakah|apa|"
        r"haruskah|bolehkah|siapa|bagaimana|kenapa|kapan)\b[^.;]{0,40}\b(?:kami|saya|kita|dijawab|"
        r"deadline|tombol|format\w*|bedanya|menjawab|koordinir)\b",
    ),
    (
        "office_talk",
        r"\b(?:email|e-mail|link|aplikasi|sistem\w*|tombol|akun|password|lampiran\w*|surat balasan|"
        r"tembusan|ditembuskan|cc|fyi|duplikat|dobel|isi(?:nya)? sama|laporan (?:yang )?(?:sama|dulu)|"
        r"yang (?:dulu|minggu lalu|kemarin|tadi)|nomor (?:tiket|laporan)\w*|kabid|kadis|sekdis|pimpinan|"
        r"rakor|notulen|nota dinas|staf saya|seksi saya|medsos|facebook|viral|lapor dan|pelapor adalah|"
        r"pelapor ini|orang ini|warga sana|telaahan|menjabat|dipindah|pindah tugas|mutasi|dilantik|diklat|"
        r"umrah|cuti|sakit pak|izin sakit|dinas luar|mohon doa\w*|salam|selamat (?:tahun|idul|hari))\b",
    ),
    ("thanks", r"\bterimakasih\b"),
    ("for_now", r"\b(?:sementara|darurat|biar aman|penanganan awal|pembatas|garis pengaman|papan peringatan)\b"),
    (
        "warned",
        r"\b(?:teguran|ditegur|menegur|sp ?-?[123]|peringatan (?:ke)?(?:satu|dua|kesatu|kedua|1|2|"
        r"pertama)|panggilan (?:ke)?(?:satu|dua|kedua|pertama)|bap|berita acara pemeriksaan)\b",
    ),
    ("staff", r"\b(?:disposisi\w*|tugaskan|perintahkan|instruksikan|arahkan)\b"),
)

_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in TABLE)
_NEVER = re.compile(
    r"\b(?:belum|tidak|hampir|setelah|kalau|jika|apabila|bila|sebelum|target\w*|ditargetkan|akan|"
    r"insyaallah|nanti|supaya|agar|begitu)\b[^.,;]{0,18}$"
)


def facts(masked: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Each fact with the last sentence that holds it and the words; finishing counts only if it is past."""
    found: dict[str, tuple[int, str]] = {}
    for number, sentence in enumerate(masked[:60]):
        text = sentence[:600]
        for name, pattern in _COMPILED:
            match = pattern.search(text)
            if match is None or (name == "finished" and _NEVER.search(text[: match.end() - 4])):
                continue
            found[name] = (number, match[0])
    return found


def of_facts(found: dict[str, tuple[int, str]], sentences: int) -> dict[str, float]:
    """Features: each fact, each pair of facts, each absence, and the fact of the last sentences."""
    names = sorted(found)
    features = {f"s:{name}": 1.0 for name in names}
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            features[f"p:{first}&{second}"] = 0.6
    last = max((number for number, _ in found.values()), default=0)
    if sentences > 1:
        for name in names:
            if found[name][0] == last:
                features[f"e:{name}"] = 0.6
    if len(names) == 1:
        features[f"o:{names[0]}"] = 0.7
    if not names:
        features["o:none"] = 1.0
    return features

"""The facts of an official's answer that weigh in pairs: begun, blocked, finished, to be looked at, refused, asked."""

# ruff: noqa: E501  (a row of a table stays on one line)

from __future__ import annotations

import re
from collections.abc import Sequence

_SUDAH = r"(?:sudah|telah|tadi|kemarin|barusan|baru saja|semalam|hari ini|pagi ini|sejak [a-z0-9]+)"
_DO = (
    r"(?:di|me|men|meng|mem|meny|ter|ke|n|ny|ng|m)?(?:kerja|gali|perbaik|baik|bersih|pasang|angkut|angkat|potong|pangkas|tebang|keruk|kuras|"
    r"sedot|tambal|bongkar|ganti|las|cor|cat|servis|urus|tangan|proses|cetak|salur|bagi|suntik|semprot|tata|tertib|evakuasi|dampingi|rawat|"
    r"analisis|uji|periksa|selidik|telusur|mediasi|observasi|padan|hitung|rakit|susun|jangkau|cari|bangun|rehab|sidang|panggil|tegur|latih|bantu|ukur)"
    r"[a-z]*"
)
_LOOK = (
    r"(?:cek|dicek|ngecek|mengecek|kroscek|survei|survey|disurvei|tinjau|meninjau|ditinjau|lihat|melihat|dilihat|liat|ningali|ningal|tengok|menengok|periksa|diperiksa|"
    r"memeriksa|pantau|memantau|dipantau|verifikasi|memverifikasi|klarifikasi|mengklarifikasi|pelajari|dipelajari|mempelajari|kaji|dikaji|mengkaji|"
    r"telusuri|menelusuri|ditelusuri|pastikan|memastikan\w*|dipastikan|amati|mengamati|data|mendata|menyisir|bahas|dibahas|membahas|rapat\w*|dirapatkan|"
    r"tanya|tanyakan|bertanya|ditanya|menanyakan|temui|menemui|bertemu|panggil|memanggil|dipanggil|undang|mengundang|datangi|mendatangi|datang|kunjung\w*|berkunjung|"
    r"mampir|keliling|nyamperin|ke sana|kesana|ke situ|ke lokasi|ke lapangan|ka lokasi|ka lapangan|koordinasikan|teliti|meneliti|kumpulkan|mengumpulkan|ukur|mengukur|uji|menguji|mencatat|"
    r"mengambil (?:contoh|sampel)|telp|telepon|hubungi)"
)
_LOOKING = (
    r"(?:pengecekan|peninjauan|pemeriksaan|survei|survey|verifikasi|klarifikasi|kunjungan|inspeksi|sidak|penelusuran|penelitian|penilaian|pengukuran|pengujian|"
    r"penyelidikan|pembahasan|observasi|monitoring|mediasi|audit|pendataan|pengambilan (?:sampel|contoh)|jawaban|tanggapan|kabar|hasilnya|hasil cek|rapat)"
)

# name, pattern over a spelled sentence with its dates masked
TABLE: tuple[tuple[str, str], ...] = (
    ("begun", rf"\b(?:sedang|tengah|lagi|masih|terus|sekarang|saat ini|nuju|ayeuna)\b[^.,;]{{0,30}}\b{_DO}\b|\b{_SUDAH}\b[^.,;]{{0,25}}\b(?:mulai|dimulai|berjalan|jalan|meluncur|turun|bergerak|digarap|di lokasi|dikerjakan|diamankan|dampingi|tangani|ditangani)\b|\b(?:meluncur|otw|di lokasi|di tkp|on progress|masih berlangsung|sedang berlangsung|dalam (?:proses|pengerjaan|penanganan|pelaksanaan|perjalanan)|tahap (?:satu|pertama|1|awal)|bertahap|sebagian|separuh|setengah\w*|sepertiga\w*|\d+ ?(?:%|persen)|\d+ dari \d+|sisanya|tinggal|hampir selesai|belum (?:selesai|beres|kelar|rampung|tuntas|bisa dikatakan)|masih kurang|progres\w*|dilanjut\w*|lanjut|diteruskan|kami lanjut)\b"),
    ("blocked", r"\b(?:menunggu|nunggu|menanti|tunggu (?:cuaca|air|material|barang|giliran|dana)|inden|indent|dipesan|pesan dari|harus pesan|kosong|habis|terbatas|antre|antri|antrean|giliran|mogok|rusak|gagal lelang|lelang|tender\w*|ditender|pengadaan|e-?katalog|penyedia|blangko|blanko|terserap|dicoret|kalah prioritas|sengketa|dipinjam|dipakai|dipake|ditarik|full|bentrok|sakit|libur|cuti|hajatan|belum (?:dapat|bisa) (?:kami )?(?:di)?[a-z]+|belum (?:turun|cair|datang|dikirim|keluar|disahkan|ada anggaran\w*|ada dana\w*|ketok|tersedia)|tidakada anggaran\w*|stop dulu|hentikan|dihentikan|hujan (?:terus|mulu|tiap)|musim hujan|cuaca|reda|surut|kering)\b"),
    ("put_off", r"\b(?:tunda|ditunda|tertunda|menunda|diundur|undur|mundur|geser|digeser|kami geser|pending|dipending|ditangguhkan|reschedule|dijadwal\w* ulang|jadwal ulang|refocusing|molor)\b"),
    ("money", r"\b(?:anggaran\w*|dianggarkan|anggarkan|apbd|dpa|dana|dananya|pagu|abt|perubahan|musrenbang\w*|usulkan|diusulkan|usulan|mengusulkan|rkpd|prioritas|investasi|hibah|csr|investor|tahun (?:depan|berikutnya|anggaran|ini)|2027|2028|realokasi|triwulan|semester|kuota)\b"),
    ("only_then", r"\b(?:baru (?:bisa|dapat|akan|mulai|ada|datang|balik|jalan|masuk|dibuka|di\w+|kita|kami|habis|bulan|<day>)|<day>[a-z ]{0,12} baru|setelah itu|habis itu|begitu [a-z]+|paling cepat|setelah [a-z]+ (?:datang|selesai|terbit|cair|turun)|kalau [a-z]+ (?:datang|cair|surut|kering))\b"),
    ("finished", rf"\b(?:{_SUDAH}|akhirnya|alhamdulillah|semua\w*|berhasil)\b[^.;?]{{0,60}}\b(?:selesai|beres|rampung|tuntas|kelar|clear|normal|lancar|bersih|nyala|menyala|terang|terpasang|berfungsi|kering|surut|aktif|terbit|jadi|ditutup|diserahkan|diangkut|ditebang|diganti|diperbaiki|ditambal|dibongkar|ditertibkan|dikembalikan|dikoreksi|dievakuasi|dipasang|dipangkas|dicat|dikeruk|dilaksanakan|aman|rapi|steril|disambung|tersambung|diterima|menerima|dirujuk|dipotong|dibersihkan|kosong|sepakat|lega|bubar|padam|dibuka|beroperasi|kembali|disegel|disita|ditilang|hilang)\b"),
    ("not_more", r"\b(?:tidakada|tidak|nihil)\b[^.,;]{0,20}\b(?:lagi|keluhan|kendala|masalah|tersisa|genangan|korban|laporan|ditemukan jentik)\b"),
    ("close", r"\b(?:laporan (?:dapat|bisa|boleh|mohon)? ?(?:ditutup|diselesaikan)|ditutup saja|dinyatakan selesai|anggap (?:permasalahan )?selesai|dianggap selesai|silakan (?:dicek|dipakai|diambil|diunduh|dicoba|dilewati|diambil|login)|bisa (?:diambil|diunduh|dipakai|dilewati|digunakan|dilalui|dipindai)|mangga (?:dicobian|bilih)|status:? selesai|foto (?:terlampir|before)|dokumentasi terlampir|berita acara)\b"),
    ("look_ahead", rf"\b(?:akan|segera|nanti|mau|bakal|siap|izin|coba|langsung|dulu|dahulu|kami|saya|tim|petugas\w*|kita|abdi|agendakan|diagendakan|jadwalkan|dijadwalkan|tugaskan|minta|<day>|<today>)\b[^.;?]{{0,45}}\b{_LOOK}\b|\b{_LOOKING}\b[^.;?]{{0,50}}(?:<day>|<today>|\b(?:akan|kami|dilaksanakan|dilakukan|dijadwalkan|diagendakan|agendakan|jadwalkan|rencanakan|direncanakan)\b)"),
    ("look_dated", rf"<(?:day|today)>[^.;?]{{0,50}}\b{_LOOK}\b|\b{_LOOK}\b[^.;?]{{0,40}}<(?:day|today)>|\b{_LOOKING}\b[^.;?]{{0,60}}<(?:day|today)>|<(?:day|today)>[^.;?]{{0,40}}\b{_LOOKING}\b"),
    ("work_dated", rf"<(?:day|today)>[^.;?]{{0,40}}\b(?:selesai|beres|rampung|tuntas|kelar|normal|nyala|dipasang|pasang|dicor|cor|aspal|diaspal|overlay|ditambal|dibongkar|bongkar|segel|lanjut\w*|dilanjut\w*|diteruskan|dibuka|kebuka|terbit|dicetak|cetak|{_DO})\b|\b(?:selesai|beres|rampung|tuntas|target\w*|ditargetkan|pemasangan|pengaspalan|hotmix|pengecoran|pembongkaran|pekerjaan|pengerjaan|perbaikan|eksekusi|sisanya|diganti|dilanjut\w*|lanjut)\b[^.;?]{{0,40}}<(?:day|today)>"),
    ("find_out", r"\b(?:memastikan\w*|menentukan|ditentukan|ditangtoskeun|menyimpulkan|diputuskan|tergantung|kondisi\w*|duduk perkara\w*|kebenaran\w*|benar tidaknya|bener enggaknya|masalahnya (?:di mana|dimana)|biar tahu|biar jelas|liat dulu|lihat dulu|cek dulu|dicek dulu|pelajari|kaji|keterangan|penjelasan|sebelum (?:ambil|memberi|bisa|menyimpulkan)|hasilnya kami|baru nanti|kalau (?:benar|memang|terbukti|perlu|positif)|bila terbukti|ada jawaban|kasih kabar)\b"),
    ("received", r"\b(?:laporan\w*|aduan\w*|keluhan\w*|pengaduan\w*|usulan\w*|surat\w*|masukan\w*)\b[^.;?]{0,50}\b(?:terima|diterima|catat|dicatat|katampi|baca|dibaca|register|teregister|diregister|tampung|masuk|monitor|disposisikan|diteliti)\b|^(?:siap|baik|oke|ok|noted|copy|roger|86|diterima|dicatat|monitor|laksanakan|mangga)\b|\b(?:menjadi perhatian|ditindaklanjuti|tindaklanjuti|tindak lanjuti|dimonitor|mohon waktu|segera kami)\b"),
    ("refused", r"\b(?:tidak|tak|bukan)\b[^.,;?]{0,22}\b(?:kabulkan|dikabulkan|penuhi|dipenuhi|memenuhi|setujui|disetujui|diterima|izinkan|diizinkan|mengizinkan|dilanjutkan|dilaksanakan|diberikan|terbitkan|diterbitkan|dilayani|melayani|layani|berhak|berwenang|boleh|mungkin|memungkinkan|terbukti|ditindaklanjuti|tindak lanjuti|diperbolehkan|dibenarkan|dapat|bisa|kuasa|perlu penindakan|diperlukan|punya|memiliki|masuk kriteria|termasuk|ada dasar|ada pelanggaran|bertanggung|menjadi tanggung|direkomendasikan|rekomendasikan|tertibkan|tangani|maksa|memaksa|mau)\b|\b(?:ditolak|tolak|menolak|kami kembalikan|dikembalikan|melanggar|bertentangan|dilarang|melarang|tetap (?:berlaku|tidak|ditagih\w*)|dipertahankan|mohon (?:maaf|pengertian|memahami)|belum memenuhi|kami (?:hanya|cuma) fasilitator|hanya sampai)\b|\btidakada (?:dasar|pelanggaran|program\w*|alasan|unsur|tindakan|yang dilanggar|urusan)\b"),
    ("not_ours", r"\b(?:bukan|di ?luar|tidak (?:termasuk|masuk))\b[^.,;?]{0,25}\b(?:kewenangan|wewenang|ranah|tupoksi|tugas|bagian|urusan|tanggung jawab|aset|milik|wilayah|bidang)\w*\b|\b(?:salah (?:alamat|kirim|kamar|disposisi)|bukan (?:kami|kita|di kami)|hak milik|milik (?:pribadi|perorangan|badan|swasta|pengembang|developer)|pribadi|privat|tanah orang|punya orang|belum (?:pernah )?diserahkan)\b"),
    ("ours", r"\b(?:memang|betul|benar|masih|ternyata)\b[^.,;?]{0,15}\b(?:aset|wilayah|tugas|kewenangan|ranah|bagian|urusan|tanggung jawab)\w* (?:kami|kita)\b|\btidak (?:perlu|usah|jadi) (?:dialihkan|diteruskan|dioper|ditunda)\b"),
    ("anyway", r"\b(?:tapi|tetapi|tetap|karena urgent|demi|kasihan|walau\w*|meski\w*|namun)\b[^.;?]{0,50}\b(?:kami|kita|tim|anggota)\b[^.;?]{0,25}\b(?:bantu|turun\w*|bersihkan|kerjakan|tangani|ikat|tutup|menutup|pasang|angkut)\b"),
    ("ask_reporter", r"\b(?:mohon|minta|tolong|boleh|kiranya|butuh|perlu|memerlukan|membutuhkan|harap|silakan|bisa)\b[^.;]{0,70}\b(?:alamat|lokasi|foto\w*|difoto\w*|nomor|nama|nik|kk|ktp|data|patokan\w*|titik|koordinat|shareloc|kontak|hp|video\w*|bukti|kronologi\w*|surat (?:kuasa|dokter|rt|pengantar)|dokumen|berkas|plat\w*|struk|kuitansi|kwitansi|rincian|rinci|denah|link maps|ancer-ancer|nisn|nop|lengkapi|dilengkapi|melengkapi|menyebutkan|disebutkan|sebutkan|menyampaikan|menyertakan|lampirkan|melampirkan|disusulkan|susulkan|pelapor)\b"),
    ("ask_fact", r"\b(?:di ?mana|dimana|yang mana|sebelah mana|sisi mana|arah mana|mananya|berapa|sabaraha|kapan|siapa|jam berapa|apa ya|nama\w* (?:apa|siapa)|warna apa|blok|rt|rw|patokan\w*|ukuran\w*|depan atau|kiri atau|atau [a-z]+ ya|atau [a-z]+ \?)[^.;]{0,40}(?:\?|\bya\b|$)"),
    ("cannot_find", r"\b(?:tidak|belum|gak|susah|kesulitan|tanpa)\b[^.;?]{0,25}\b(?:ketemu|kapendak|nemu|menemukan|ditemukan|tercantum|mencantumkan|disebut\w*|menyebut|sebut|jelas|lengkap|memuat|kebuka|kelihatan|dihubungi|nyambung|aktif|telusuri|menelusuri|melacak|lacak|verifikasi|memverifikasi|nik|nomor|tanggal|bukti|alamat)\b|\b(?:kurang (?:jelas|lengkap)|buram|kepotong|bingung|hanya menyebut|cuma tulis|data kurang|rumah (?:selalu )?(?:kosong|terkunci)|beda lokasi)\b"),
    ("ask_boss", r"\b(?:arahan|petunjuk|petunjuknya|bimbingan|pertimbangan bapak|ikut arahan)\b|\b(?:apakah|apa|haruskah|bolehkah|siapa|bagaimana|kenapa|kapan)\b[^.;]{0,40}\b(?:kami|saya|kita|dijawab|deadline|tombol|format\w*|bedanya|menjawab|koordinir)\b"),
    ("office_talk", r"\b(?:email|e-mail|link|aplikasi|sistem\w*|tombol|akun|password|lampiran\w*|surat balasan|tembusan|ditembuskan|cc|fyi|duplikat|dobel|isi(?:nya)? sama|laporan (?:yang )?(?:sama|dulu)|yang (?:dulu|minggu lalu|kemarin|tadi)|nomor (?:tiket|laporan)\w*|kabid|kadis|sekdis|pimpinan|rakor|notulen|nota dinas|staf saya|seksi saya|medsos|facebook|viral|lapor dan|pelapor adalah|pelapor ini|orang ini|warga sana|telaahan|menjabat|dipindah|pindah tugas|mutasi|dilantik|diklat|umrah|cuti|sakit pak|izin sakit|dinas luar|mohon doa\w*|salam|selamat (?:tahun|idul|hari))\b"),
    ("thanks", r"\bterimakasih\b"),
    ("for_now", r"\b(?:sementara|darurat|biar aman|penanganan awal|pembatas|garis pengaman|papan peringatan)\b"),
    ("warned", r"\b(?:teguran|ditegur|menegur|sp ?-?[123]|peringatan (?:ke)?(?:satu|dua|kesatu|kedua|1|2|pertama)|panggilan (?:ke)?(?:satu|dua|kedua|pertama)|bap|berita acara pemeriksaan)\b"),
    ("staff", r"\b(?:disposisi\w*|tugaskan|perintahkan|instruksikan|arahkan)\b"),
)  # fmt: skip

_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in TABLE)
_NEVER = re.compile(
    r"\b(?:belum|tidak|hampir|setelah|kalau|jika|apabila|bila|sebelum|target\w*|ditargetkan|akan|insyaallah|nanti|supaya|agar|begitu)\b[^.,;]{0,18}$"
)


def facts(masked: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Each fact with the number of the last sentence that holds it and the words; finishing counts only if it is past."""
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

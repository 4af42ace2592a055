"""Cues of an official's prose, a table: what a clause says (work done, work to come, waiting, asking, refusing)."""

# ruff: noqa: E501  (a row of a table stays on one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mail.reply.fold import clauses

# Verb roots by what the office does with them; matched after di-, ter-, me-, ke-, -in, -kan.
WORK = (
    "perbaik|baik|benah|benar|betul|tambal|aspal|hotmix|cor|pasang|angkut|angkat|bersih|keruk|kuras|gali|sedot|potong|pangkas|"
    "tebang|ganti|semprot|fogging|abate|bongkar|segel|tertib|tindak|sita|amankan|roboh|tutup|buka|evakuasi|padam|tangkap|jangkau|"
    "cetak|terbit|kirim|serah|bagi|salur|hapus|koreksi|reset|sambung|las|rakit|setel|atur|kosong|rapi|rata|urug|uruk|timbun|bronjong|"
    "normalisasi|flushing|vaksin|obat|rawat|antar|mediasi|selesai|tuntas|tangan|kerja|laksana|atasi|tata|pindah|geser|tarik|derek|"
    "gembok|gembos|balik|bayar|cair|rekam|update|perbarui|mutakhir|input|daftar|aktif|bantu|suntik|bubar|halau|copot|turun|lepas|"
    "cabut|tanam|siram|sapu|buang|kembali|distribusi|lakukan|rehab|bangun|renovasi|layani|fasilitasi|proses|beri|ikat|cat|"
    "nyala|hidup|mati|bereskan|singkir|sterilisasi|periksa|musnah|sosialisasi|bina|beres"
)
LOOK = (
    "cek|survei|survey|tinjau|lihat|liat|pelajari|telaah|klarifikasi|kroscek|verifikasi|identifikasi|datang|kunjung|ukur|pantau|"
    "telusur|konfirmasi|koordinasi|inspeksi|sidak|sampling|asesmen|assessment|bahas|rapat|tengok|croscek|crosscheck|kaji|"
    "tindak ?lanjut|follow|survai|observasi"
)
PAPER = (
    "usul|anggar|lelang|tender|jadwal|agenda|program|rencana|surat|ajukan|aju|masuk(?:an|kan)? (?:ke )?(?:dalam )?(?:dpa|rkpd|renja|rka|"
    "daftar|usulan|musrenbang|paket|prioritas|list)|catat|disposisi|data"
)

_WORKED = rf"(?:(?:di|ter|me|men|meng|meny|mem|ng|n|ny|m|ke)?(?:{WORK})(?:i|kan|in|kn|an)?|(?:kami|saya|kita|di)[ -](?:{WORK})(?:i|kan|in|kn)?)"
_LOOKED = rf"(?:(?:di|me|men|meng|meny|mem|ng|n|ny|m|ter)?(?:{LOOK})(?:i|kan|in|kn|an)?)"
_GOOD = (
    r"(?:menyala|nyala|hidup|normal|lancar|bersih|beres|selesai|rampung|kelar|tuntas|clear|klir|aman|kering|surut|kondusif|pulih|"
    r"terang|rapi|mulus|rata|hijau|terbit|jadi|aktif|berfungsi|terpasang|teratasi|tertangani|terangkut|terpotong|terlayani|tersambung|"
    r"tertutup|terbuka|bening|jernih|ngocor|ngalir|mengalir|steril|tertib|sembuh|padam|finish|finis|rebes|done|oke|ok|sesuai|sehat|"
    r"selamat|ketemu|bubar|hilang|bisa (?:di)?(?:lewat|lalu|pakai|pake|gunakan|guna|ambil|akses|isi|tempati|fungsi|tutup|buka|cetak)\w*|"
    r"bisa (?:login|masuk|dipakai|beroperasi|menikmati|lewat|keluar|buka))"
)
_TROUBLE = (
    r"(?:kendala|masalah|genangan|kebocoran|keluhan|tumpukan|antrean|antrian|bau|sampah|gangguan|hambatan|aktivitas|kegiatan|lapak|"
    r"parkir liar|pedagang|pkl|jentik|sisa|bocor|berbau|tergenang|macet|menumpuk|numpuk|gelap|padam|mati|banjir|rembes|rusak|bermasalah|"
    r"timbulan|tumpahan|lubang|pungutan|bising|berisik|mampet|tersumbat|meluap|goyang|bolong)"
)
_DONE_PAST = r"(?:sudah|telah|tadi|kemarin|barusan|baru saja|sempat|berhasil|semalam|udah)"
_MATERIAL = (
    r"(?:material|bahan|barang|alat|suku ?cadang|sparepart|spare part|onderdil|stok|blangko|blanko|unit|kiriman|pengiriman|aspal|hotmix|"
    r"lampu|pipa|tiang|kabel|vaksin|obat|excavator|beko|backhoe|alat berat|crane|mobil|truk|armada|kendaraan|anggaran|dana|dpa|pencairan|"
    r"cair|apbd|abt|perubahan|pagu|lelang|tender|pengadaan|kontrak|penyedia|pemenang|pemborong|spk|cuaca|hujan|kemarau|air surut|surut|reda|"
    r"banjir|penetapan|persetujuan|pengesahan|disahkan|giliran|antrean|antrian|musrenbang|tahun (?:depan|anggaran)|e-?katalog|ekatalog|"
    r"hibah|bantuan|kuota|jadwal|serah terima|pembebasan|putusan|tenaga|personil|personel|tukang)"
)

# name, pattern over one spelled clause
TABLE: tuple[tuple[str, str], ...] = (
    # --- what is finished
    ("good", rf"(?:{_DONE_PAST}|kembali|kini|sekarang|alhamdulillah|semua(?:nya)?|pekerjaan|100 ?%|hasilnya)\b[^,]{{0,60}}\b{_GOOD}\b"),
    ("good_again", rf"\b{_GOOD} (?:kembali|lagi|semua|total|100)\b"),
    ("worked", rf"\b{_DONE_PAST}\b(?: (?:kami|saya|kita|tim|petugas|anggota|semua|langsung|di|pada|bisa|juga|kembali|mulai|siang|pagi|sore|malam|kami|turun|selesai|dapat|berhasil|hari|ini|dan|oleh|bersama|secara|ikut))*\s{_WORKED}\b"),
    ("worked_after", rf"\b{_WORKED}\b[^,]{{0,40}}\b(?:tadi|kemarin|barusan|semalam|pagi tadi|sudah)\b"),
    ("finished_word", r"\b(?:selesai|beres|rampung|kelar|tuntas|clear|klir|done|finish|finis|rebes|closed)\b"),
    ("no_trouble", rf"\b(?:tidakada|tidak|nihil|bebas|tanpa|hilang)\b(?: (?:lagi|ada|ditemukan|terjadi|terdapat|kelihatan|terlihat|nampak|didapati))*\s{_TROUBLE}\w*"),
    ("photo", r"\b(?:foto|dokumentasi|dok|bukti|lampiran|video|evidence)\w*\b[^,]{0,25}\b(?:terlampir|nyusul|menyusul|kami lampirkan|ikut|ada|berikut|dibawah|di bawah|di atas)\b|\bterlampir\b"),
    ("collect", r"\b(?:silakan|silahkan|mangga|sok|bisa|dapat|tinggal|sudah bisa)\s(?:di)?(?:ambil|dicek|dipakai|digunakan|dilewati|diunduh|download|cek|ditengok)\w*|\bbilih bade dicek"),
    ("past_verb", rf"\b{_DONE_PAST}\b(?: (?!akan|mau|tidak|belum|ada|di |ke )[a-z0-9]+){{0,3}}? (?:di|ter|me|ber|pe)(?!(?:{LOOK}|{PAPER}|terima|sampai|terus|laku))[a-z]{{4,}}\b"),
    ("now_so", rf"\b(?:sekarang|saat ini|kini|per (?:hari ini|pagi ini|tanggal|jam)|sejak (?:tadi|kemarin|semalam|minggu|senin|selasa|rabu|kamis|jumat|sabtu|tanggal)|mulai tadi|kondisi|lokasi|keadaan)\b[^,]{{0,30}}\b(?:{_GOOD}|sudah|tidak|kembali|bersih)\b"),
    ("stopped", r"\b(?:berhenti|hilang|kosong|habis|lepas|plong|loss|lega|kering|reda|bubar|senang|puas|menerima|berfungsi|terima kasihnya)\b"),
    # --- what is under way
    ("doing", rf"\b(?:sedang|tengah|masih|lagi|terus|sambil|mulai|dalam (?:proses|tahap|pengerjaan)|saat ini|sekarang|on ?(?:the )?progress|hari ini)\b[^,]{{0,40}}\b(?:{_WORKED}|perbaikan|pengerjaan|pekerjaan|penanganan|pembersihan|pengurasan|penggalian|pemasangan|pengerukan|penambalan|pengecoran|penyambungan|penertiban|evakuasi|jalan|berjalan|berlangsung|progres|pencarian|pengangkutan|penyedotan|pemeriksaan|penyelidikan|penelusuran|uji|diuji|mediasi|asesmen|pendampingan)\b"),
    ("being_looked", rf"\b(?:sedang|tengah|lagi|saat ini|masih)\b[^,]{{0,30}}\b(?:{_LOOKED}|verifikasi|pemadanan|padankan|dipadankan|pendataan|meminta keterangan|dimintai|pendalaman|didalami|dicari|mencari|hitung|dihitung)\b"),
    ("going", r"\b(?:meluncur|berangkat|merapat|otw|menuju (?:lokasi|ke)|sampai di lokasi|turun ke (?:lokasi|lapangan)|terjun|diterjunkan|diturunkan|dikerahkan|stand ?by|standby)\b"),
    ("on_site", r"\b(?:tim|petugas|anggota|regu|personil|personel|kru|crew|pekerja|tukang|pasukan|trc|alat|teknisi|mandor|satgas|armada|truk|kami|orang)\b[^,]{0,40}\b(?:di ?lokasi|di ?lapangan|di ?tempat|jalan|turun|tiba|sampai|kerja|bekerja|mulai)\b"),
    ("partly", r"\b(?:\d{1,2} ?(?:%|persen)|setengah(?:nya)?|sebagian|separuh|tahap (?:satu|pertama|1|i)|baru (?:setengah|sebagian|\d)|tinggal|sisa(?:nya)?|kurang|hampir)\b"),
    ("for_now", r"\b(?:sementara|darurat|seadanya|dulu biar|biar aman dulu|penanganan awal|langkah awal|pertolongan pertama|tahap awal)\b"),
    ("to_follow", r"\b(?:menyusul|nyusul|lanjut|dilanjut\w*|kami lanjutkan|diteruskan besok|permanen(?:nya)?|berikutnya|tahap (?:dua|kedua|2|ii)|tahap selanjutnya)\b"),
    ("begin", r"\b(?:mulai|dimulai|start|memulai|digelar|dilaksanakan)\b"),
    ("warned", r"\b(?:teguran|peringatan|sp ?-?[123]|panggilan|dipanggil|panggil|ditegur|tegur|surat pernyataan)\b"),
    ("not_finished", r"\b(?:belum|tidak|blm)\b[^,]{0,25}\b(?:selesai|beres|rampung|kelar|tuntas|100|semua(?:nya)?|sempurna|final)\b"),
    ("process", r"\b(?:di)?proses(?:kan)?\b|\bon ?(?:the )?progress\b|\bprogres\b"),
    # --- what is to come
    ("will_work", rf"\b(?:akan|mau|bakal|segera|nanti|rencana(?:nya)?|direncanakan|target(?:nya)?|ditargetkan|insyaallah|besok|lusa|siap|mulai|jadwal(?:nya)?|dijadwalkan|diupayakan|diusahakan|kami upayakan|giliran|kebagian|baru|bisa|dapat)\b[^,]{{0,50}}\b{_WORKED}\b"),
    ("will_look", rf"\b(?:akan|mau|bakal|segera|nanti|rencana(?:nya)?|direncanakan|insyaallah|besok|lusa|siap|dijadwalkan|diagendakan|agendakan|tugaskan|minta|sekalian|langsung|coba|dulu|mohon waktu|izin|dahulu|kami|saya|tim|kita)\b[^,]{{0,60}}\b{_LOOKED}\b"),
    ("look_first", rf"\b{_LOOKED}\b[^,]{{0,40}}\b(?:dulu|dahulu|lebih lanjut|segera|besok|nanti|lokasi|lapangan|lalu)\b"),
    ("looked", rf"\b{_DONE_PAST}\b[^,]{{0,30}}\b{_LOOKED}\b"),
    ("got_it", r"\b(?:laporan|aduan|keluhan|pengaduan|surat|disposisi|pesan|email|e-mail|informasi)\w*\b[^,]{0,40}\b(?:terima|diterima|catat|dicatat|tampung|baca|masuk|pelajari|monitor|register|diregister)\b|\b(?:kami|saya|sudah|telah) (?:terima|catat|monitor|tampung)\b|\b(?:diterima|siap laksanakan|siap 86|siap ndan|siap tindak|laksanakan|monitor|noted|copy|dicatat|rojer|roger|kami catat)\b"),
    ("ready", r"^(?:siap|baik|oke|ok|86|muhun|mangga|sip|iya|inggih|dimengerti)\b"),
    ("eighty_six", r"\b(?:86|8-6|delapan enam)\b"),
    ("wait_time", r"\b(?:mohon waktu|minta waktu|beri waktu|kasih waktu|mohon ditunggu|mohon tunggu|tunggu kabar|mohon bersabar|mohon sabar|sabar)\b"),
    ("told_staff", r"\b(?:disposisi\w*|tugaskan|perintahkan|instruksikan|minta (?:staf|kasi|seksi|petugas|tim|anggota|mantri|sanitarian|danru)|teruskan ke (?:staf|petugas|tim|anggota|lapangan|teknisi|seksi|mandor|regu|bidang))\b"),
    ("schedule_look", r"\b(?:jadwal\w*|dijadwalkan|agenda\w*|diagendakan)\b[^,]{0,40}\b(?:survei|survey|tinjau\w*|peninjauan|pengecekan|cek|kunjungan|monitoring|pemeriksaan|verifikasi)\b"),
    ("visit", r"\b(?:saya|kami|tim|petugas|anggota|kita|kasi\w*|beliau|staf|pengawas|lurah|regu|sy)\b[^,]{0,40}\b(?:ke (?:lokasi|sana|situ|rumah|lapangan|tkp|rt|rw|gang|kantor|sekolah|tempat|titik)|datang\w*|mendatangi|kesana|kesitu|mampir|keliling|tengok|menengok|nyamperin|samperin|lewat (?:sana|situ)|temui|menemui|panggil|mengamati|amati|tanya\w*|kunjung\w*|bertemu|turun)\b"),
    ("visit_day", r"<(?:day|today)>[^,]{0,50}\b(?:cek|dicek|ngecek|mengecek|lihat|liat|melihat|tinjau|meninjau|survei|survey|ke lokasi|ke sana|kesana|ke situ|tengok|datang|mampir|kunjung\w*|periksa|kroscek|pantau|amati|temui|panggil|tanya\w*|klarifikasi|verifikasi|ukur|rapat\w*|bahas|mediasi|cari tahu|kabari|jawab|pastikan)\b|\b(?:cek|dicek|ngecek|mengecek|lihat|liat|tinjau|meninjau|survei|survey|pemeriksaan|peninjauan|pengecekan|kunjungan|klarifikasi|verifikasi|pengukuran|pengambilan (?:sampel|contoh)|mengambil (?:contoh|sampel)|inspeksi|sidak|rapat|jawaban|kabar|tanggapan)\b[^,]{0,50}<(?:day|today)>"),
    ("work_day", rf"<(?:day|today)>[^,]{{0,40}}\b(?:{_WORKED}|{_GOOD}|lanjut|dilanjut\w*)\b|\b(?:{_WORKED}|{_GOOD}|pengerjaan|pengaspalan|perbaikan|pemasangan|pengecoran|target\w*|lanjut|diteruskan|hasil\w*)\b[^,]{{0,40}}<(?:day|today)>"),
    ("only_day", r"<day>[^,]{0,12}\bbaru\b|\bbaru\b[^,]{0,20}<day>|\bpaling cepat\b|\b(?:sampai|hingga) <day>"),
    # --- waiting
    ("wait_any", r"\b(?:menunggu|nunggu|menanti|tunggu|antre|antri|menanti)\b(?! (?:kabar|sebentar|ya|ya bapak))"),
    ("idle", r"\b(?:libur|cuti bersama|sakit|isoman|mogok|pecah|kalibrasi|dikalibrasi|dipinjam|dipake|dipakai|ditarik|terserap|dialihkan|dicoret|sengketa|terbatas|pulang kampung|maintenance|bengkel|gagal lelang|dihentikan|hentikan|penuh|bentrok)\b"),
    ("wait", r"\b(?:menunggu|tunggu|nunggu|antre|antri|inden|indent|terkendala|terhambat|kehabisan|keterbatasan|terbatas(?:nya)?|dipinjam|dipakai|dipake|macet di|tertahan|kosong|habis|rusak|turun mesin|mogok|kurang|belum (?:datang|turun|cair|ada|keluar|tersedia|disahkan|ketok|dateng))\b"),
    ("wait_thing", rf"\b(?:menunggu|tunggu|nunggu|nungguin|setelah|begitu|kalau|jika|apabila|bila|sesudah|sampai|terkendala|karena|soal|masalah|kendala)\b[^,]{{0,40}}\b{_MATERIAL}\w*"),
    ("lacking", rf"\b{_MATERIAL}\w*\b[^,]{{0,40}}\b(?:habis|kosong|belum|rusak|terbatas|dipakai|dipake|inden|indent|tidak ?ada|tidak cukup|kurang|mogok|masih|antre|telat|terlambat|penuh|lagi)\b"),
    ("budget", r"\b(?:anggar\w*|dianggarkan|apbd\w*|dpa|rka|rkpd|renja|musrenbang\w*|pagu|abt|dipa|tahun anggaran|ta 20\d\d|anggaran perubahan|prioritas 20\d\d|perubahan anggaran|usulkan|diusulkan|usulan|pengusulan)\b"),
    ("tender", r"\b(?:lelang|tender|lpse|pengadaan|penyedia|kontrak|e-?katalog|spk|pbj|pemenang|pemilihan)\b"),
    ("next_year", r"\b(?:tahun (?:depan|anggaran|20(?:2[7-9]|3\d))|2027|2028|triwulan|tw|semester)\b"),
    ("weather", r"\b(?:cuaca|hujan|banjir|debit|musim|angin|reda|kemarau|air pasang|surut)\b"),
    ("put_off", r"\b(?:tunda|ditunda|menunda|tertunda|penundaan|undur|diundur|mundur|geser(?:an)?|digeser|reschedule|dijadwal ulang|jadwal ulang|pending|dipending|ditangguhkan|tangguhkan|molor)\b"),
    ("cannot_yet", r"\bbelum\b(?: (?:dapat|bisa|sempat|mampu|memungkinkan|sanggup|boleh|tersedia|ada|dianggarkan|masuk|waktunya|saatnya|kebagian|giliran))\b|\bbelum\b[^,]{0,20}\b(?:dilaksanakan|dikerjakan|ditangani|diperbaiki|direalisasi\w*|terealisasi|diganti|dibangun|dicetak|berani)\b"),
    ("only_then", r"\bbaru (?:bisa|dapat|akan|kita|kami|mulai|dikerjakan|dipasang|ada|turun|jalan|geser|datang)\b"),
    # --- asking
    ("ask", r"\b(?:mohon|minta|tolong|boleh|bisa|kiranya|silakan|harap|butuh|perlu|memerlukan|membutuhkan|dibutuhkan|diperlukan|kirim(?:kan)?|sebutkan|lengkapi|melengkapi|sampaikan|share|shareloc|dapat|ditanyakan|tanyakan|sertakan|lampirkan)\b[^,]{0,60}\b(?:informasi|lokasi|alamat|foto|nomor|nama|nik|kk|ktp|data|patokan|titik|koordinat|shareloc|share|kontak|hp|telepon|wa|rt|rw|detail|detil|jelas|lengkap|video|bukti|kronologi|surat|sertifikat|dokumen|berkas|plat|identitas|struk|scan|tangkapan|screenshot|map|maps|blok|jam berapa|keterangan|fotokopi|salinan|ancer-ancer)\w*"),
    ("ask_where", r"\b(?:di ?mana|dimana|yang mana|sebelah mana|sisi mana|arah mana|mananya|patokan\w*|ancer-ancer|titiknya|posisinya|kapan|sejak kapan|jam berapa|berapa|siapa|brp|apa nama|nama(?:nya)? (?:siapa|apa)|rt berapa|rt/rw|rt / rw|nomor berapa|blok berapa|warna apa)\b"),
    ("ask_do", r"\b(?:mohon|tolong|harap|kiranya|minta|silakan|boleh|bisa|perlu|agar)\b[^.]{0,40}\b(?:(?:di|me|men|meng|mem)?(?:sebut|jelas|susul|koreksi|foto|pasti|tanya|lengkap|kirim|lampir|info|rinci|konfirmasi|perjelas|share|videokan|baca|periksa|cantum|sertakan|beri)\w*|koordinat|titik|link|maps|denah|kejelasan|keterangan|tambahan|ancer\w*|patokan\w*)\b"),
    ("what_is", r"\b(?:apa|apakah|mana|siapa|berapa|brp|kapan|sabaraha|persisnya|tepatnya|maksudnya|dimaksud)\b"),
    ("not_found", r"\b(?:tidak|belum)\b[^.]{0,15}\b(?:ketemu|nemu|menemukan|ditemukan|nyambung|aktif|kebuka|terbuka|kelihatan|ada data|sebut|disebut\w*|ditulis|jelas|lengkap|terima|tahu|dapat kami (?:cek|telusuri|temukan|verifikasi)|bisa kami (?:cek|lacak|telusuri)|bisa (?:mengecek|cek|lacak|menentukan))\b|\b(?:buram|kepotong|terpotong|bingung|keliru|kurang jelas|data kurang)\b"),
    ("missing", r"\b(?:kurang (?:jelas|lengkap|detail|detil|spesifik)|tidak (?:jelas|ketemu|menemukan|ditemukan|lengkap|terlihat|kelihatan|terbaca|disebut\w*|mencantumkan|tercantum|ada (?:foto|alamat|nomor|lokasi|data))|belum (?:jelas|lengkap|ketemu|menemukan|dapat (?:memastikan|menelusuri)|disebut\w*|mencantumkan|tahu)|gelap|buram|blur|tanpa (?:nik|nomor|alamat|foto|data)|namanya mirip)\b"),
    ("reporter", r"\b(?:pelapor|pemohon|yang bersangkutan|ybs|pengadu|kakak|ibu|bapak)\b"),
    # --- refusing and handing over
    ("refuse", r"\b(?:tidak (?:dapat|bisa|mungkin|boleh|berwenang|memenuhi|diperbolehkan|diperkenankan|dibenarkan|dikabulkan|disetujui|kami kabulkan|akan)|ditolak|tolak|menolak|tidak kabul\w*|keberatan|melanggar|bertentangan|tidak punya (?:kewenangan|wewenang|hak)|tidak memiliki (?:kewenangan|wewenang)|mustahil|belum memenuhi)\b"),
    ("not_granted", r"\b(?:tidak|belum|bukan)\b[^,]{0,25}\b(?:kabulkan|dikabulkan|penuhi|dipenuhi|memenuhi|setujui|disetujui|layani|terbitkan|diterbitkan|diberikan|berikan|izinkan|diizinkan|diproses|proses|tebang|menebang|masuk|intervensi|ikut campur|perkenankan|rekomendasikan|direkomendasikan)\b"),
    ("not_ours", r"\b(?:bukan|di ?luar|tidak (?:termasuk|masuk|ada)|tidakada)\b[^,]{0,30}\b(?:kewenangan|wewenang|ranah|tupoksi|tugas|bagian|urusan|tanggung jawab|domain|aset|milik|wilayah|bidang|porsi|gawean|kerjaan|kapasitas|lingkup|dinas kami|kami)\w*|\bsalah (?:alamat|kirim|kamar|tujuan|sambung|disposisi|orang|server)\b"),
    ("we_do_not", r"\b(?:tidak|tak)\b (?:kami |saya |akan |dapat |bisa |mungkin |perlu |boleh )*(?:di|me|men|meng|mem|ber|per)?[a-z]{3,}(?:kan|i|in)\b"),
    ("no_ground", r"\b(?:tidakada|tidak punya|tanpa|tidak berdasar|bukan)\b[^,]{0,20}\b(?:program|dasar|alasan|anggaran|wewenang|hak|kewajiban|lahan|aturan|unsur|kuasa|daya|bukti)\w*|\b(?:melarang|dilarang|terlarang|ilegal|menyalahi|inkrah|pribadi|hak milik|privat|swasta|belum diserahkan|kadaluarsa|kedaluwarsa|hanya (?:untuk|boleh|khusus)|khusus|syarat(?:nya)? (?:kurang|tidak)|tidak (?:masuk|memenuhi|termasuk|genap|terbukti|menyalahi|melanggar)|maklum|mohon pengertian|berizin|izin(?:nya)? lengkap|izinnya sah|sesuai (?:aturan|ketentuan|papan))\b"),
    ("private", r"\b(?:milik|lahan|tanah|aset|pekarangan|halaman|bangunan|jalan)\b[^,]{0,30}\b(?:pribadi|perorangan|pengembang|developer|swasta|perusahaan|warga|ahli waris|perseorangan|yayasan)\b|\bbelum (?:di)?serah ?(?:kan|terima\w*)"),
    ("no_breach", r"\btidak(?:ada)?\b[^,]{0,30}\b(?:pelanggaran|terbukti|penyimpangan|pungutan|pungli|indikasi|unsur|berdasar|benar adanya)\b"),
    ("rule", r"\b(?:perda|perwali|permen\w*|peraturan|aturan|ketentuan|syarat|persyaratan|undang-undang|pasal|juknis|sop|zonasi|prosedur|kriteria|regulasi|kuota)\b"),
    ("hand_on", r"\b(?:(?:di|me|kami |sudah |telah )?(?:teruskan|limpahkan|alihkan|pindahkan|oper|forward|lempar|serahkan|sampaikan|koordinasikan|belokkan)\w*|diteruskeun|terusin|diterusin|penerusan|pelimpahan|dioper)\b[^,]{0,30}\b(?:ke|kepada|pada)\b"),
    ("go_to", r"\b(?:silakan|silahkan|mangga|sok|mohon|harap|baiknya|sebaiknya|harusnya|seharusnya|mestinya|kudunya|langsung|coba|lebih tepat|tepatnya)\b[^,]{0,40}\b(?:ke|kepada|hubungi|menghubungi|kontak|lapor|melapor|tanya|ditujukan)\b"),
    ("order", r"^(?:agar|mohon agar|harap|tolong|segera|untuk|kepada)\b[^,]{0,60}\b(?:menindaklanjuti|tindaklanjuti|segera|menangani|ditindaklanjuti|laporkan|melaporkan|cek|menyelesaikan|mengecek|turun|koordinasi\w*)\b"),
    ("ours", r"\b(?:ini|itu|memang|betul|benar|masih|adalah|jadi)\b[^,]{0,30}\b(?:kewenangan|ranah|tupoksi|tugas|bagian|urusan|aset|wilayah|tanggung jawab)\w* (?:kami|kita|saya)\b|\bmemang (?:aset |tugas |bagian |urusan |kewenangan |ranah |wilayah )?(?:kami|kita)\b"),
    ("help_anyway", r"\b(?:tapi|namun|walau\w*|meski\w*|tetap|kasihan)\b[^,]{0,50}\b(?:bantu|tetap|kerjakan|tangani|kami ikat|turun|bersihkan)\b|\bkami bantu\b"),
    # --- comment
    ("thanks", r"\bterimakasih\b|\bhatur terimakasih\b"),
    ("advice", r"\b(?:arahan|petunjuk|saran|pertimbangan|instruksi) ?(?:bapak|ibu|pimpinan|selanjutnya|lebih lanjut|nya)?\b"),
    ("copy_only", r"\b(?:tembusan|fyi|untuk diketahui|sekedar|sekadar|sebagai informasi|untuk menjadi maklum|cc|hanya informasi|info saja)\b"),
    ("same_one", r"\b(?:bukan (?:ya|pak|bapak|bu|ibu|min)?|ya|kan|atau|apa)\b ?\?$"),
    ("why_me", r"\b(?:kok|kenapa)\b[^,]{0,30}\b(?:ke saya|saya|ke kami|kami|masuk)\b|\bbuat saya\b|\buntuk saya\b"),
    ("away", r"\b(?:cuti|diklat|dinas luar|izin sakit|rawat inap|umrah|umroh|haji|bimtek|pelatihan|di luar kota|pensiun|pindah tugas|mutasi|tidak menjabat|pejabat baru|sakit)\b"),
    ("ticket", r"\b(?:nomor (?:tiket|laporan|register)|tiket(?:nya)?|link|aplikasi|sistem|format|lampiran(?:nya)?|akun)\b"),
    ("inside", r"\b(?:tombol|link|aplikasi|akun|password|email|e-mail|balas|membalas|dibalas|jawab lewat|format|deadline|batas waktu|duplikat|dobel|double|staf saya|staf|kabid|kadis|kadin|sekdis|pimpinan|atasan|camat|rakor|notulen|nota dinas|pic|admin|reply|spam|draf|grup|viral|wartawan|hoaks|anonim|pelapor ini|warga sana|warga yang sama|orang yang sama|laporan (?:yang )?(?:sama|dulu|lama|sebelumnya|kemarin|duplikat|ini sama)|sama dengan|nomor (?:tiket|laporan)|nomor laporannya|surat tugas|mantan|curhat|dilantik|akses)\b"),
    ("ask_us", r"\b(?:apakah|apa|bolehkah|haruskah|bagaimana|siapa|kapan|kenapa|perlu|boleh|bukankah|kok|sebaiknya|mending)\b[^.]{0,30}\b(?:kami|kita|saya|deadline|jawab\w*|koordinir|bedanya|tombol|kewenangan siapa|ditujukan)\b"),
    ("system", r"\b(?:tidak bisa (?:dibuka|membuka)|tidak terbuka|tidak kebuka|error|kosong|tidak terbaca|dobel|ganda|double)\b"),
)  # fmt: skip

COMPILED = tuple((name, re.compile(pattern)) for name, pattern in TABLE)

_CONDITION = re.compile(
    r"^(?:kalau|jika|apabila|bila|bilamana|setelah|begitu|sebelum|sesudah|supaya|agar|selama|asal|andai|ketika|saat akan|untuk)\b"
)
_AHEAD = re.compile(
    r"<day>|\b(?:akan|nanti|segera|rencana\w*|direncanakan|target\w*|ditargetkan|insyaallah|mau|besok|lusa|minggu depan|bulan depan|menyusul|"
    r"estimasi|perkiraan|paling lambat|selambatnya|selambat-lambatnya|diharapkan|semoga|mudah-mudahan|diusahakan|diupayakan|harapan)\b"
)
_ASKS = re.compile(
    r"\?$|\b(?:apa|siapa|berapa|brp|kapan|dimana|di mana|yang mana|sebelah mana|mananya|sabaraha|bagaimana)(?: (?:ya|bapak|ibu|min|kak|bang|namanya|nya|itu))*$"
    r"|\b(?:tidak|bukan|atau [a-z]+|mana|kah|apa) (?:ya|bapak|ibu|min|kak)$|^(?:apakah|apa|bagaimana|berapa|siapa|kapan|dimana|di mana|bisakah|bolehkah) \w+ \w+"
    r"|\b(?:nya|mana|apa) (?:apa|mana|berapa) ya\b|\batau [a-z]+(?: [a-z]+)?(?: ya)?$"
)
_NEGATED = re.compile(r"\b(?:belum|tidak|bukan|tanpa|jangan|tidakada)\b")
_BY_THEM = re.compile(r"\b(?:katanya|kata|dikira|konon|menurut warga|info warga)\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue found: its name with the clause's tense (`worked+ahead`), the sentence's number and the words."""

    name: str
    tense: str
    sentence: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues of a text, its sentences, and how many of them ask."""

    found: tuple[Cue, ...]
    sentences: tuple[str, ...]
    questions: int


def tense(clause: str) -> str:
    """What the clause's frame makes of its verb: `if` (condition), `asked`, `not`, `ahead` or `plain`."""
    if clause.endswith("?") or _BY_THEM.search(clause):
        return "asked"
    if _CONDITION.match(clause):
        return "if"
    if _AHEAD.search(clause):
        return "ahead"
    if _NEGATED.search(clause):
        return "not"
    return "plain"


def cues(masked: Sequence[str]) -> Cues:
    """The cues in spelled sentences (own dates masked), clause by clause; at most 60 sentences of 600 characters."""
    found: list[Cue] = []
    kept = tuple(sentence[:600] for sentence in masked[:60])
    for number, sentence in enumerate(kept):
        asks = bool(_ASKS.search(sentence))
        for clause in clauses(sentence)[:30]:
            frame = "asked" if asks else tense(clause)
            for name, pattern in COMPILED:
                match = pattern.search(clause)
                if match:
                    found.append(Cue(name, frame, number, match[0]))
    return Cues(tuple(found), kept, sum(bool(_ASKS.search(sentence)) for sentence in kept))

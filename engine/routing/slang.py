"""How citizens of Bogor spell: one table from what is typed to the plain word, Sundanese and misspellings included.

Only words that have one meaning in a complaint stand here; `saat`, `tukang` or `mangga` mean two things and are left
as they are for the model to weigh.
"""

from __future__ import annotations

_TABLE = """
tidak: gk ga gak g ngga nggak enggak engga kagak kaga tdk tak ndak teu henteu
belum: blm blom belom blum acan encan
jangan: jgn jangn jng jngn
tidak usah: gausah gusah gosah gakusah nggausah tausah
tidak mau: gamau gakmau ogah nggamau embung
tidak bisa: gabisa gbs gabs gakbisa gabisa2
tidak pernah: gapernah gpernah
tidak jelas: gajelas
tidak tahu: gatau gtau gaktau
bilang: blg blang
sudah: udh udah dah sdh sudh uda udeh geus ges atos parantos
masih: msh masi
lagi: lg lgi
tadi: td
yang: yg yng yank nu
dengan: dgn dg dngn
untuk: utk utuk buat bwt untk
dari: dr dri ti
pada: pd
karena: krn krna karna soalnya
kalau: klo kl kalo klw klau lamun
sebelum: sblm sblum
setelah: stlh stelah sesudah
supaya: spy biar agar
tapi: tp tpi tetapi
jadi: jd jdi
atau: atw ato
saya: sy sya aku gw gue ane abdi
kami: kt kmi kita urang
bapak: bpk pak
ibu: bu
mereka: mrk
orang: org orng jelema
warga: wrg warge
tolong: tlg tlong tolng tulung
mohon: mhn mohn
terima kasih: mksh makasi makasih trims tks tq thx trimakasih nuhun terimakasih
maaf: mf maap
bagaimana: gmn gimana kumaha gmana
kenapa: knp napa kunaon
kapan: kpn iraha
di mana: dmn dmana
apa: ap naon
sekali: bgt banget bngt bngeet pisan
hari: hr poe dinten
malam: mlm malem peuting wengi
pagi: isuk pgi
sore: sonten
jam: jm
bulan: bln sasih
minggu: mgg mnggu
kemarin: kmrn kemaren kamari kmaren
sekarang: skrg skrng ayeuna skarang
besok: bsk enjing
setiap: unggal tiap stiap
jalan: jl jln jal jaln jaaln
gang: gg gng
kelurahan: kel klurahan
kecamatan: kec kcamatan
kampung: kp kmpung
perumahan: perum prm prumahan
komplek: komp kompleks
blok: blk
nomor: no nmr nomer nomr
depan: dpn payuneun hareupeun
belakang: blkg blkng tukangeun
sebelah: sblh sbelah gigireun
seberang: sebrang sbrg sbrang peuntaseun
dekat: dkt deket caket deukeut
perempatan: prapatan prempatan
di sini: didieu disini
air: aer cai
pdam: pam ledeng
lampu: lampuu lmpu
selokan: solokan slokan
gorong-gorong: gorong2
rusak: ruksak rusk butut
lubang: lobang lubag liang legok lobng
berlubang: bolong
mati: pareum paeh
gelap: poek poekeun
hancur: ancur ancurr
banjir: caah kacaahan banjr
longsor: urug lngsor
sampah: runtah smph sampa sampha
buang: miceun
bau: bauu hangseur
keruh: kiruh butek butak
macet: mcet
bising: gandeng garandeng
jatuh: ragrag labuh
roboh: rubuh rungkad ambruk rungkat
jembatan: sasak jmbatan
sungai: walungan sunge
pohon: tangkal pohn tatangkalan
ular: oray
rumah: imah rmh bumi
sekolah: skul sklh skolah sakola
puskesmas: puskes
rumah sakit: rs
motor: mtr
mobil: mbl
kendaraan: kndaraan
anak: ank budak
anak-anak: barudak
istri: pamajikan bini
suami: salaki
penyakit: panyakit
nyamuk: reungit
api: seuneu
kebakaran: kahuruan
asap: haseup asep
hujan: ujan hujn
licin: leueur
kotor: kotr
bocor: bocr bocorr
mampet: mampat sumbat tersumbat kesumbat
pemerintah kota: pemkot pemkotbogor
dinas perhubungan: dishub
petugas: ptugas
tidak ada: gada gaada gkada
mengalir: ngalir ngocor mangalir
dimintai: dimintain dipenta
uang: duit artos duwit
bayar: byr mayar
mahal: mahl
lama: lila lami lma
rokok: roko udud
merokok: ngerokok ngaroko ngudud
mengamuk: ngamuk
parkir: parkr
jualan: dagang icalan
bukan: bkn bukn sanes dudu
ada: aya
di: dina
tiang: tihang
genteng: kenteng
atap: hateup
ikan: lauk
ayam: hayam
obat: ubar
makanan: dahareun kadaharan
sakit: gering
terang: caang
menyala: hurung nyala idup hidup
menggantung: ngagantung ngagantungan
pecah: peupeus
ganti: gentos digentos
hilang: leungit ilang
debu: kebul
beras: beas
kerja: gawe damel
beli: meuli mesen meser
nenek: nini
tidur: sare
masjid: masigit mesjid msjid
musala: mushola mushalla musholla mushollah langgar
polisi: pulisi
kereta: kareta
rusa: uncal
sma negeri: sman sman1
smk negeri: smkn
smp negeri: smpn
sd negeri: sdn
madrasah aliyah: aliyah
guru: gru
sertifikat: sertipikat srtfikat
akta: akte
ambulans: ambulan ambulance ambulas
stasiun: stasion
telantar: terlantar
izin: ijin
provinsi: propinsi
apotek: apotik
kualitas: kwalitas
antre: antri ngantri ngantre
antrean: antrian
semua: smua sadayana kabeh sakabeh
banyak: byk bnyk loba seueur
kurang: krg kirang
dapat: dpt dapet
bisa: bs bsa tiasa
terus: trus trs
juga: jg jga
masuk: msk asup lebet
kelas: kls
pulang: plg mulang uih
barang: brg
punya: pny pnya boga gaduh
harus: hrs kudu kedah
lewat: lwt liwat ngaliwat
tahun: thn taun
beberapa: bbrp
datang: dtg dateng dtng sumping dugi
tempat: tmpt tmpat
keluarga: klrg kluarga kulawarga
dalam: dlm dalem jero
kasih: kasi masihan mere maparin
dibuat: dibikin dijieun
buat: bikin bikinin nyieun
melihat: liat ngeliat ningali nempo
kelihatan: keliatan katingali katempo
diperbaiki: dibenerin didandanan didangdosan disaean dilereskeun dibetulin diomean
memperbaiki: benerin dandanan ngadandanan betulin ngomean
dibersihkan: dibersihin diberesihan
diangkut: diambilin
bertanya: nanya nanyain naros
makan: tuang dahar
minum: nginum
ingin: pengen pingin pgn hoyong hayang
kecil: leutik alit
besar: gede ageung
takut: sieun
jelek: goreng awon
susah: hese sesah
sendiri: nyalira sorangan ndiri
meninggal: maot pupus ngantunkeun
orang tua: ortu
kakek: aki engkong
tetangga: tatangga
kepala sekolah: kepsek
surat: srt serat
dokter: dktr
listrik: listrk
pedagang: pdagang
penjual: pnjual
operasi: oprasi
fasilitas: pasilitas
aktif: aktip
november: nopember
perundungan: bully bullying
dirundung: dibully dibuli
"""


def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.strip().splitlines():
        plain, _, typed = line.partition(":")
        target = tuple(plain.split())
        for word in typed.split():
            found.setdefault(word, target)
    return found


PLAIN: dict[str, tuple[str, ...]] = _table()
"""Typed word to plain words; one word may become two (`makasih` is `terima kasih`)."""

_IDLE = """
yang di ke dari dan atau untuk dengan pada ini itu tersebut adalah ialah akan oleh sebagai karena kalau jika
bila jadi tapi supaya agar maka lalu kemudian lagi juga pun saja aja sih kok dong deh ya yah nih tuh kan kah
lah teh mah atuh euy wae bae ge da geura sok keun lo loh oh eh hai halo hallo saya kami bapak ibu mereka dia
ia beliau nya anda kang kak gan bro sis min mimin admin yth kepada tempat perihal lampiran nomor hormat salam
selamat pagi siang sore assalamualaikum ass assalamu alaikum warahmatullahi wabarakatuh wr wb wassalam
wassalamualaikum sampurasun punten hapunten mangga terima kasih maaf mohon tolong minta demikian perhatian
perhatiannya atas kerjasamanya sudah masih sedang telah pernah sempat bisa dapat boleh mau ingin sangat sekali
lebih sama seperti kaya kayak secara serta hanya cuma sampai hingga sejak saat ketika waktu setiap tiap para
semua segera secepatnya ditindaklanjuti tindak lanjut laporan lapor melaporkan menyampaikan sampaikan bersama
perkenalkan nama warga bantuannya kiranya foto terlampir dikirim ponsel bagaimana kenapa mengapa kapan apakah
apa mana siapa the a an and or of to in on at is are was were be been it its this that these those i we you he
she they my our your his her their me us for from with by as but if so not no do does did has have had will
would can could should there here when where what which who how why please dear sir madam hello hi regards
kind best thank very much just also about into out up down over after before because since until some any all
more most than then now today yesterday
"""

IDLE: frozenset[str] = frozenset(_IDLE.split())
"""Words that say nothing of the matter; alone they are no feature, in a pair they may be."""

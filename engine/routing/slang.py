"""How citizens of Bogor spell: one table from what is typed to the plain word, Sundanese and misspellings included.

Only words that have one meaning in a complaint stand here; `saat`, `tukang` or `mangga` mean two things and are left
as they are for the model to weigh.
"""

from __future__ import annotations

_TABLE = """
tidak: gk ga gak g ngga nggak enggak engga kagak kaga tdk tak ndak teu henteu
belum: blm blom belom blum acan encan
jangan: jgn jangn jng
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

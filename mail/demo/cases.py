"""The demo's script: which mail a citizen sends when, and how the people answer what the engine writes to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does `after` the step before: opens the newest letter to him and, if `says` is not empty, answers.

    `who` is holder, citizen or desk.
    """

    who: str
    after: timedelta
    says: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A citizen's mail, `at` after the start, and what follows. `mailbox` says if the owner's bounces or is away."""

    file: str
    at: timedelta
    acts: tuple[Act, ...] = ()
    mailbox: str = ""
    story: str = ""

    @property
    def raw(self) -> bytes:
        """The mail as it is sent, its lines ended as RFC 5321 wants them."""
        lines = files("mail.demo").joinpath("mails", self.file).read_bytes().splitlines()
        return b"\r\n".join(lines) + b"\r\n"


CASES = (
    Case(
        "147.eml", 5 * MINUTE, story="answered, done, confirmed",
        acts=(
            Act("holder", 35 * MINUTE),
            Act("holder", 10 * MINUTE, "TERIMA\nTim kebocoran kami kirim siang ini."),
            Act("holder", 5 * HOUR, "SELESAI\nPipa sudah diganti, aspal kami tutup kembali. Terima kasih."),
            Act("citizen", 2 * HOUR, "sudah pak, airnya tidak keluar lagi. hatur nuhun. 5"),
        ),
    ),
    Case(
        "069.eml", 12 * MINUTE, story="in progress, with a date",
        acts=(Act("holder", HOUR, "Tim sudah di lokasi, papan lantai sedang kami ganti. Selesai hari Jumat."),),
    ),
    Case("031.eml", 20 * MINUTE, story="never opened: climbs to the top"),
    Case("kurang-jelas.eml", 25 * MINUTE, story="unclear: the desk decides by mail",
         acts=(
             Act("desk", 6 * MINUTE, "TERUSKAN DLH"),
             Act("holder", 3 * HOUR, "PROSES\nBesok pagi petugas kami ke lokasi."),
         )),
    Case("tolong-ditinjau.eml", 30 * HOUR, story="unclear: still waits for the desk"),
    Case("004.eml", 31 * MINUTE, mailbox="bounces", story="the owner's mailbox bounces: climbs at once",
         acts=(Act("superior", 2 * HOUR, "Mohon maaf kotak surat Kasi kami penuh. Regu PJU meluncur malam ini."),)),
    Case("045.eml", 40 * MINUTE, mailbox="away", story="out of office: stops no clock"),
    Case("036.eml", 50 * MINUTE, story="another authority's matter"),
    Case("016.eml", 55 * MINUTE, story="asks how a report stands that is not known"),
    Case("035.eml", 65 * MINUTE, story="the office asks, the citizen answers",
         acts=(
             Act("holder", 90 * MINUTE, "TANYA\nLapak yang mana, Pak? Sisi toko atau sisi pasar?"),
             Act("citizen", 3 * HOUR, "sisi toko pak, dari depan nomor 12 sampai pojok"),
             Act("holder", HOUR, "Siap, besok pagi kami tertibkan bersama kecamatan."),
         )),
    Case("066.eml", 75 * MINUTE, story="another office's task: it moves",
         acts=(Act("holder", 80 * MINUTE, "TERUSKAN SATPOLPP\nItu di halaman minimarket, bukan parkir tepi jalan."),)),
    Case("048.eml", 85 * MINUTE, story="put off, with a reason and a date",
         acts=(Act("holder", 2 * HOUR, "TUNDA\nMenunggu pengukuran ulang petugas, tanggal 14 Agustus."),)),
    Case("039.eml", 95 * MINUTE, story="danger to life: at once",
         acts=(
             Act("holder", 12 * MINUTE, "Regu sudah di lokasi, pohon sedang kami amankan."),
             Act("holder", 3 * HOUR, "SELESAI\nPohon sudah ditebang dan diangkut, atap kelas aman."),
         )),
    Case("030.eml", 100 * MINUTE, story="advertising: no answer"),
    Case("005.eml", 110 * MINUTE, story="thanks"),
)  # fmt: skip
LENGTH = timedelta(hours=54)

"""In whatever words an official is charged, he is found; who is greeted, asked or quoted is charged by nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.desk.charged import above, beside, charged, doubtful
from engine.directory import barred
from engine.event import Commanded
from engine.reading import Status
from engine.routing.route import Confidential
from tests.post import CITIZEN, Town, words
from tests.world import DIRECTORY, City, route

IRBAN = "irban.khusus@inspektorat.kotabogor.example"

CHARGED = [
    ("kectanahsareal.camat", "Camat Tanah Sareal terima gratifikasi pengembang, saya ASN di kecamatan itu"),
    ("inspektorat.irban.khusus", "inspektur pembantu khusus terima suap, tolong rahasiakan"),
    ("inspektorat.kepala", "Inspektur Daerah terima suap"),
    ("inspektorat.irban.2", "Irban 2 minta uang ke lurah waktu pemeriksaan"),
    ("dishub.kasi.parkir", "Kasi Parkir Dishub jual beli SK juru parkir, jangan sebut nama saya"),
    ("dishub.sekretaris", "Sekretaris Dishub jual beli SK juru parkir, identitas saya jangan dibocorkan"),
    ("rsud.direktur", "Direktur RSUD kolusi pengadaan alkes, saya dokter di situ"),
    ("kelbubulak.kasi.ekbang", "Kasi ekbang kelurahan Bubulak sunat dana RT, plis jgn disebut"),
    ("dishub.kabid.lalin", "Kabid Lalin Dishub main mata dengan bengkel, mohon nama saya disamarkan"),
    ("kelempang.kasi.pem", "Mohon identitas dirahasiakan. Kasi Pemerintahan kelurahan Empang minta uang 200rb"),
    ("kelbubulak.lurah", "Lurah Bubulak minta jatah 10 persen dari dana RW"),
    ("kecbogorutara.camat", "pak camat bogor utara ikut kampanye caleg pakai mobil dinas"),
    ("kecbogortimur.camat", "Camat Bogor Timur menerima mobil dari kontraktor"),
    ("kelloji.kasi.pem", "Kasi pem kel. Loji mempersulit AJB kalau tidak dikasih amplop"),
    ("dishub.kepala", "Kadishub kongkalikong sama pengelola parkir"),
    ("dishub.kepala", "Kepala Dinas Perhubungan memasukkan keponakannya jadi honorer tanpa tes"),
    ("dishub.kasi.terminal", "kasi terminal dishub malakin sopir angkot tiap pagi"),
    ("dpupr.kasi.drainase", "proyek got fiktif, kasi drainase DPUPR yang bermain"),
    ("dlh.kauptd.tpa", "kepala uptd tpa galuga bekingi pemulung liar, setor tiap minggu"),
    ("disdik.kepala", "Kadisdik jual beli kursi SMP negeri"),
    ("rsud.wadir.umum", "Wadir umum RSUD motong jasa pelayanan nakes"),
    ("tirtapakuan.dirut", "Direktur utama Tirta Pakuan main proyek pipa dengan adiknya"),
    ("pasarpakuanjaya.kaunit.merdeka", "Kepala unit pasar Merdeka jual lapak dua kali ke orang beda"),
    ("satpolpp.kepala", "Kasatpol PP melindungi tempat karaoke ilegal"),
    ("setda.sekda", "Sekda terima suap mutasi jabatan"),
    ("setda.asisten.2", "Asisten 2 menerima titipan proyek"),
    ("kelcipaku.lurah", "Saya dimintai 300 ribu sama Lurah Cipaku waktu urus waris"),
    ("kelcurug.lurah", "waktu urus surat tanah kami diperas oleh lurah Curug"),
    ("kecbogorselatan.camat", "setoran parkir malam mengalir ke camat Bogor Selatan"),
    ("kelmenteng.lurah", "ada pungli di Menteng, pelakunya lurah Menteng sendiri"),
    ("kelsempur.lurah", "Lurah Sempur bolos kerja terus, seminggu cuma sekali nongol"),
    ("kelsukasari.lurah", "lurah sukasari melecehkan ibu kader"),
    ("kelpasirjaya.lurah", "lurah pasirjaya menta duit ka warga nu rek nyieun surat"),
    ("kelharjasari.lurah", "Mun teu mere amplop, lurah Harjasari moal nandatanganan"),
    ("kelpakuan.lurah", "Tolong periksa Lurah Pakuan, dana posyandu tidak sampai"),
    ("kelsemplak.lurah", "Saya ketemu lurah Semplak di kantor. Beliau minta uang rokok."),
    ("kelloji.lurah", "Saya lapor ke lurah Loji malah diancam"),
]


@pytest.mark.parametrize(("chair", "text"), CHARGED)
def test_the_charged_is_found(chair: str, text: str) -> None:
    """He and nobody else, whether he does it, has it done to others, or gets what is given."""
    assert charged(DIRECTORY, text, route(None))[0] == (chair,)


@pytest.mark.parametrize(
    "text",
    [
        "Yth. Bapak Camat Tanah Sareal, mohon perbaikan jalan di depan kantor",
        "mohon Pak Lurah Bubulak turun ke RT 3, got mampet",
        "Terima kasih pak camat Bogor Utara sudah membantu warga yang diperas preman",
        "Kasi parkir dishub tolong tertibkan jukir liar yang minta 10 ribu",
        "Saya sudah lapor ke kasi trantib kecamatan Bogor Barat, preman masih minta uang",
        "Di depan kantor camat Bogor Timur ada preman minta uang parkir",
        "Pak lurah, RT saya minta uang 200 ribu untuk surat pengantar",
        "Lurah Semplak hebat, berantas pungli di kelurahan",
        "Kepala sekolah SDN 2 minta uang seragam 500 ribu",
        "Sekretaris RW minta iuran 50 ribu",
        "Mohon Kadishub menindak jukir yang memeras pengunjung",
        "Lurah Loji mengadakan sunatan massal kemarin",
        "Bu lurah Loji dimintai uang oleh preman pasar",
        "Lurah Curug tidak pernah minta uang, salut",
        "Kasi tau dong kapan air nyala, duit saya habis beli galon",
        "kepala saya pusing karena tetangga marah-marah minta uang",
        "Warga diancam preman, mohon lurah Cipaku menengahi",
        "PNS itu kampanye untuk calon wali kota.",
    ],
)
@pytest.mark.parametrize("topic", ["KELURAHAN", "PUNGLI"])
def test_who_is_spoken_to_is_not_charged(text: str, topic: str) -> None:
    """Greeted, asked for help, thanked, told, wronged himself, or a place: also where the topic is wrongdoing."""
    assert charged(DIRECTORY, text, route(None, topic))[0] == ()


def test_whoever_a_report_of_wrongdoing_names() -> None:
    """By its topic or its wish for secrecy a report is of wrongdoing: no verb is needed; the quoted is not meant."""
    text = "Lurah Kencana nyabut bansos ibu saya"
    assert charged(DIRECTORY, text, route(None))[0] == ()
    assert charged(DIRECTORY, text, route(None, "PUNGLI"))[0] == ("kelkencana.lurah",)
    assert charged(DIRECTORY, text, route(None, confidential=Confidential.ANONYMOUS))[0] == ("kelkencana.lurah",)
    for said in ("Menurut Lurah Kencana itu wajib", "Lurah Kencana menyarankan lapor ke sini"):
        assert charged(DIRECTORY, said, route(None, "PUNGLI"))[0] == ()
    assert doubtful(DIRECTORY, text, None) == ("kelkencana.lurah",)
    assert doubtful(DIRECTORY, "Tiga puluh kepala keluarga minta air", None) == ()


def test_a_deputy_bars_his_office_and_a_colleague_examines_nobody() -> None:
    """A sekretaris speaks for his head: all of the office but the head are barred."""
    for chair, is_barred in (("dishub.kasi.parkir", True), ("dishub.kepala", False), ("dpupr.kepala", False)):
        assert barred(DIRECTORY, ["dishub.sekretaris"], "INSPEKTORAT", chair) is is_barred
    assert beside(DIRECTORY, ("dishub.kabid.lalin",), "dishub.kasi.pengaturan")
    assert not beside(DIRECTORY, ("dishub.kabid.lalin",), "dishub.kepala")
    superior = above(DIRECTORY, ("inspektorat.kepala",))
    assert superior is not None
    assert superior.id == "setda.sekda"


@pytest.mark.parametrize(
    ("text", "reported", "holder"),
    [
        (CHARGED[0][1], "kectanahsareal.camat", "diskominfo.kasi.aduan"),
        (CHARGED[1][1], "inspektorat.irban.khusus", "inspektorat.kepala"),
        (CHARGED[2][1], "inspektorat.kepala", "setda.sekda"),
        (CHARGED[5][1], "dishub.sekretaris", "diskominfo.kasi.aduan"),
        (CHARGED[6][1], "rsud.direktur", "inspektorat.irban.2"),
        (CHARGED[8][1], "dishub.kabid.lalin", "diskominfo.kasi.aduan"),
        (CHARGED[9][1], "kelempang.kasi.pem", "inspektorat.irban.khusus"),
        ("Kepala Dinas Kominfo main anggaran wifi publik", "diskominfo.kepala", "inspektorat.irban.khusus"),
    ],
)
def test_where_it_goes(tmp_path: Path, text: str, reported: str, holder: str) -> None:
    """To the inspectorate, above it where it is meant itself, else to the desk; no letter to him or his."""
    town = Town(tmp_path)
    town.send(CITIZEN, text)
    ticket = town.tickets()[0]
    assert reported in ticket.reported
    assert ticket.holder == holder
    guard = "INSPEKTORAT"
    for letter in town.app.store.letters_of(ticket.id):
        assert letter.position is None or not barred(DIRECTORY, [reported], guard, letter.position)
    town.app.close()


def test_in_doubt_the_desk_reads_it_first(tmp_path: Path) -> None:
    """What a lurah by name is told to have done, in words nobody knows, goes to the desk, which may give it him."""
    town = Town(tmp_path)
    town.send(
        CITIZEN, "Gara-gara saya protes di kelurahan, lurah Bubulak nyabut surat domisili saya", "Kelurahan Bubulak"
    )
    ticket = town.tickets()[0]
    assert (ticket.state, ticket.reported) == ("triage", ())
    desk = "kasi.aduan@diskominfo.kotabogor.example"
    assert "Laporan ini mengadukan Lurah Bubulak" in " ".join(words(town.find(desk, ticket.number)).split())
    town.app.close()


def test_the_inspectorate_cannot_give_it_to_him(tmp_path: Path) -> None:
    """`TERUSKAN` by whoever holds it: a plain refusal, also where nobody had noted whom the report is about."""
    town = Town(tmp_path)
    town.send(CITIZEN, CHARGED[9][1])
    ticket = town.app.store.change(town.tickets()[0], reported=())
    task = town.find(IRBAN, ticket.number)
    town.reply(IRBAN, task, "TERUSKAN kelempang.kasi.pem")
    after = town.tickets()[0]
    assert (after.holder, after.reported) == ("inspektorat.irban.khusus", ("kelempang.kasi.pem",))
    assert "tidak dapat diserahkan kepadanya" in " ".join(words(town.inbox(IRBAN)[-1]).split())
    assert "kasi.pem@kelempang.kotabogor.example" not in town.post.boxes
    town.reply(IRBAN, task, "TERUSKAN kelempang.lurah")
    assert town.tickets()[0].holder == "kelempang.lurah"
    town.app.close()


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Monday 3 August 2026, nine o'clock."""
    return City.new(tmp_path / "city.db")


def test_secret_or_later_told_it_is_refused(city: City) -> None:
    """A secret report says so as plainly; what its reporter wrote later counts as the report does."""
    text = "Kadis Perhubungan minta setoran parkir."
    ticket = city.complain(text, route=route("dishub.kasi.parkir", confidential=Confidential.SECRET))
    city.store.change(ticket, reported=())
    task = city.letters(ticket, "task")[0]
    after = city.answer(ticket, Status.FORWARDED, "TERUSKAN", letter=task, target="dishub.kasi.parkir")
    assert after.holder == "inspektorat.irban.khusus"
    assert city.letters(ticket)[-1].kind == "not_allowed"
    assert city.letters(ticket)[-1].data["against"] == ["Kepala Dinas Perhubungan"]


def test_a_joined_report_is_read_as_well(city: City) -> None:
    """GABUNG to what the charged holds is refused; what hangs on a report that charges somebody passes him by too."""
    main = city.complain("Parkir liar di Suryakencana.", route=route("dishub.kasi.parkir", "PARKIR"))
    text = "Kasi parkir dishub minta setoran tiap malam."
    other = city.complain(text, sender="budi@warga.example", route=route("dishub.kasi.parkir", "PARKIR"))
    with pytest.raises(Exception, match=r"the report is about dishub\.kasi\.parkir"):
        city.desk.handle(Commanded(city.now, other.id, f"GABUNG {main.number}", "petugas"))
    free = city.complain("Jalan rusak.", sender="ani@warga.example", route=route(None))
    city.desk.handle(Commanded(city.now, other.id, f"GABUNG {free.number}", "petugas"))
    assert city.ticket(free).reported == ("dishub.kasi.parkir",)
    with pytest.raises(Exception, match="the report is about"):
        city.desk.handle(Commanded(city.now, free.id, "TERUSKAN dishub.kasi.parkir", "petugas"))


def test_a_copy_is_refused_as_well(city: City) -> None:
    """TEMBUSAN to the charged tells him nothing, though nobody had noted whom the report is about."""
    ticket = city.complain("Kasi parkir dishub minta setoran tiap malam.", route=route("dpupr.kasi.jalan"))
    city.store.change(ticket, reported=())
    task = city.letters(ticket, "task")[0]
    text = "TERUSKAN dpupr.kasi.drainase\nTEMBUSAN dishub.kasi.parkir"
    city.answer(
        ticket, Status.FORWARDED, text, letter=task, target="dpupr.kasi.drainase", copies=("dishub.kasi.parkir",)
    )
    assert all(letter.position != "dishub.kasi.parkir" for letter in city.letters(ticket))

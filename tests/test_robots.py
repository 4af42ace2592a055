"""Machines and people: signs in headers, subjects and words, and the facts an absence note holds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.message import Envelope
from mail.robots import answers, automatic, newsletter
from tests.plain_reader import plain_read

MOMENT = datetime(2026, 8, 3, 3, 0, tzinfo=UTC)
PLAIN = "From: Budi <budi@dinas.example>\nTo: aduan@sibadra.kotabogor.example\nDate: Mon, 3 Aug 2026 10:00:00 +0700\n"

ROBOTS = {
    "RFC 3834": "Auto-Submitted: auto-replied (vacation)\n\nSedang diklat.",
    "RFC 3834, generated": "Auto-Submitted: auto-generated\n\nIsi.",
    "X-Autoreply": "X-Autoreply: yes\n\nIsi.",
    "X-Autorespond": "X-Autorespond: kasi@dinas.example\n\nIsi.",
    "vacation of old": "Precedence: junk\nSubject: away from my mail\n\nI will not be reading my mail for a while.",
    "auto_reply": "Precedence: auto_reply\n\nIsi.",
    "null path": "Return-Path: <>\n\nPesan Anda sudah masuk.",
    "Exchange rules": "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n\nIsi.",
    "Exchange 2003": "Subject: Out of Office AutoReply: Laporan\n\nI am away.",
    "Indonesian Outlook": "Subject: Balasan otomatis: Laporan warga\n\nSaya cuti.",
    "German": "Subject: Abwesenheitsnotiz: Laporan\n\nIch bin im Urlaub.",
    "French": "Subject: Réponse automatique : Laporan\n\nJe suis absent.",
    "Spanish": "Subject: Respuesta automática: Laporan\n\nEstoy de vacaciones.",
    "Dutch": "Subject: Automatisch antwoord: Laporan\n\nIk ben afwezig.",
    "Russian": "Subject: Автоответ: Laporan\n\nЯ в отпуске.",
    "Chinese": "Subject: 自动回复: Laporan\n\n我不在办公室。",
    "Japanese": "Subject: 自動応答: Laporan\n\n不在です。",
    "Lotus": "Subject: AUTO: Budi Santosa is out of the office (returning 12/08/2026)\n\nI am out until 12/08/2026.",
    "subject and text agree": "Subject: Out of Office\n\nThank you for your email, I am on leave until Friday.",
    "desk, by words": "Subject: [Tiket #8812] Pesan Anda telah kami terima\n\n"
    "Terima kasih telah menghubungi kami. Nomor tiket: 8812.",
    "says so": "Subject: Info\n\nTerima kasih.\n\nIni adalah balasan otomatis, mohon tidak membalas.",
    "says so, English": "Subject: Info\n\nThis is an automated message, please do not reply.",
    "takes no answer": "From: Layanan <no-reply@toko.example>\nSubject: Pesanan\n\nPesanan dikirim.",
    "absence in an answer": "Subject: Tidak di kantor: x\nIn-Reply-To: <a@b>\n\nSaya sedang dinas luar s.d. 6 Agustus.",
    "cron": "From: root@host.example\nSubject: Cron <root@host> /bin/hitung\n\nselesai",
    "old vacation": "Subject: Away from my mail Re: hai\n\nI will not be reading my mail for a while.",
    "receipt of a desk": "Subject: Tanda terima pengaduan #2231\n\nTerima kasih telah menghubungi kami.",
    "newsletter": "List-Unsubscribe: <https://berita.example/u>\nSubject: Edisi 4\n\nBaca.",
    "bulk": "Precedence: bulk\nSubject: Edisi 4\n\nBaca.",
    "says so further on": "Subject: Re: Surat\n\nPesan Anda sudah kami terima. Ini adalah balasan otomatis.",
    "away, in answer": "Subject: Sedang dinas luar: Re: Surat\n\nTerima kasih atas email Anda, saya sedang dinas luar.",
    "Zendesk line": "Subject: Laporan\n\n##- Please type your reply above this line -##\n\nHello.",
}

PEOPLE = {
    "plain": "Subject: Lampu mati\n\nLampu jalan mati sejak Senin.",
    "asks for silence only": "X-Auto-Response-Suppress: All\nSubject: Re: Laporan\n\nSaya sedang diklat sampai Jumat.",
    "Auto-Submitted: no": "Auto-Submitted: no\nSubject: Laporan\n\nJalan rusak.",
    "asks about a machine": "Subject: Re: Surat\n\nSaya dapat balasan. Ini adalah email otomatis ya?",
    "named Robot": "From: Robot Nugraha <robot.nugraha@warga.example>\nSubject: Undangan\n\nKami undang rapat RT.",
    "absence by hand": "Subject: Re: [C-2026-000001] Jalan\nIn-Reply-To: <a@b>\n\n"
    "Mohon izin, saya sedang cuti sampai tanggal 9.",
    "tells of a leave": "Subject: Out of office next week\n\nHi all, I will be out of office next week, call Budi.",
    "asks for leave": "Subject: cuti\n\nPak, saya mohon izin cuti tanggal 5 sampai 7 Agustus.",
    "asks after a ticket": "Subject: Ticket #123 masih rusak\n\nTiket saya, nomor tiket: 123, belum ditangani.",
    "forwards a machine": "Subject: Fwd: Balasan otomatis: hai\n\nIni jawaban dinas, begini terus. Bagaimana?",
    "answers a machine": "Subject: Re: Automatic reply: hai\n\nOk, selamat berlibur.",
    "sends by a form": "X-Mailer: PHPMailer 5.2\nSubject: lapor\n\nSaya lapor lampu mati.",
    "through a list": "Precedence: list\nList-Post: <mailto:rw@grup.example>\n"
    "List-Unsubscribe: <mailto:x@grup.example>\n\nSampah.",
    "through an old list": "Precedence: bulk\nSender: owner-rw05@grup.example\n\nSampah menumpuk.",
    "list with a null path": "Return-Path: <>\nMailing-List: contact rw-help@grup.example\n\nSampah.",
    "cites a machine": 'Subject: PDAM diam\n\nSaya cuma dapat "ini adalah balasan otomatis, mohon tidak membalas".',
    "ticket number in an answer": "Subject: Re: [#8812] Pesan Anda kami terima\n\nNomor tiket: 8812, bagaimana?",
    "answers an absence": "Subject: Re: Out of Office\n\nBaik, saya tunggu sampai Bapak kembali.",
    "mail order in the text": "Subject: Penipuan\n\nSaya dapat email dari no-reply@toko.example, apakah resmi?",
    "empty From": "From:\nSubject: Lapor\n\nJalan rusak di gang.",
    "complains of no answer": "Subject: keluhan\n\nTerima kasih telah menghubungi kami, begitu terus. Mampet.",
}


def _mail(rest: str) -> bytes:
    head = "\n".join(line for line in PLAIN.split("\n") if not (line.startswith("From") and rest.startswith("From")))
    return (head + rest).encode("utf-8")


def _raw(rest: str) -> bytes:
    """Headers may hold raw UTF-8 here, as careless programs send it."""
    return _mail(rest)


@pytest.mark.parametrize("rest", ROBOTS.values(), ids=ROBOTS)
def test_machine_is_recognised(rest: str) -> None:
    """Each of these signs is enough to call the mail a machine's."""
    message = plain_read(_raw(rest))
    assert automatic(message, None, message.text) is not None


@pytest.mark.parametrize("rest", PEOPLE.values(), ids=PEOPLE)
def test_person_is_left_a_person(rest: str) -> None:
    """No person is taken for a machine."""
    message = plain_read(_raw(rest))
    assert automatic(message, None, message.text) is None


def test_envelope_decides_on_the_null_path() -> None:
    """The null reverse-path of the SMTP dialogue counts, and a Return-Path header cannot fake it."""
    message = plain_read(_raw("Subject: x\n\nisi"))
    assert automatic(message, Envelope("", ("aduan@sibadra.kotabogor.example",), MOMENT), "isi") is not None
    forged = plain_read(_raw("Return-Path: <>\nSubject: x\n\nisi"))
    assert automatic(forged, Envelope("budi@dinas.example", (), MOMENT), "isi") is None


FACTS = {
    "sampai dengan": (
        "Saya cuti tahunan s.d. 14 Agustus 2026 dan kembali bertugas Selasa, 18 Agustus 2026.",
        (date(2026, 8, 14), date(2026, 8, 18), None, None, False),
    ),
    "range with deputy": (
        "Saya mengikuti Diklat tanggal 9 s.d. 20 Agustus. Tugas sehari-hari dilaksanakan oleh Plh. Kepala Bidang SDA,"
        " Sdri. Maya Setiawati (maya@dinas.example).",
        (date(2026, 8, 20), None, "maya@dinas.example", "Plh", False),
    ),
    "deputy without address": (
        "Sedang umrah sampai 10/8/2026, diwakili oleh Bapak Asep Sunandar.",
        (date(2026, 8, 10), None, "Asep Sunandar", None, False),
    ),
    "Plt by name of the chair": (
        "Tidak di tempat. Surat ditujukan kepada Plt. Lurah, Sekretaris Kelurahan.",
        (None, None, "Sekretaris Kelurahan", "Plt", False),
    ),
    "whom to turn to": (
        "Saya sedang cuti sampai 14 Agustus 2026. Untuk keperluan mendesak hubungi Kepala Seksi Pemeliharaan Jembatan"
        " di kasi.jembatan@dinas.example.",
        (date(2026, 8, 14), None, "kasi.jembatan@dinas.example", None, False),
    ),
    "a telephone is nobody": (
        "Sedang tidak di tempat sampai 14 Agustus 2026, untuk hal mendesak hubungi kantor kami di 0251-123456.",
        (date(2026, 8, 14), None, None, None, False),
    ),
    "for good": (
        "Terhitung 1 Agustus 2026 saya sudah tidak menjabat; silakan ke pejabat baru, lurah@kel.example.",
        (None, None, "lurah@kel.example", None, True),
    ),
    "English": (
        "I am on annual leave from 22 June to 3 August 2026 and will be back in the office on Monday, 4 August 2026.",
        (date(2026, 8, 3), date(2026, 8, 4), None, None, False),
    ),
    "month first, next year": (
        "I will be out of the office until January 4.",
        (date(2027, 1, 4), None, None, None, False),
    ),
    "a day that does not exist": ("Saya cuti sampai 31 Februari 2026.", (None, None, None, None, False)),
}


@pytest.mark.parametrize(("text", "wanted"), FACTS.values(), ids=FACTS)
def test_absence_note_gives_facts(
    text: str, wanted: tuple[date | None, date | None, str | None, str | None, bool]
) -> None:
    """Until, back, deputy, kind of deputy and for good are read from the note."""
    message = plain_read(_raw(f"Auto-Submitted: auto-replied\nSubject: Balasan otomatis: x\n\n{text}"))
    noted = automatic(message, None, text)
    assert noted is not None
    assert noted.absence
    assert (noted.until, noted.back, noted.deputy, noted.deputy_as, noted.for_good) == wanted


def test_acknowledgement_is_no_absence() -> None:
    """A desk's confirmation answers us but tells of nobody's absence."""
    message = plain_read(_raw("Auto-Submitted: auto-replied\nSubject: Tiket #1\n\nPesan Anda telah kami terima."))
    noted = automatic(message, None, message.text)
    assert noted is not None
    assert not noted.absence
    assert answers(message, None, message.text)


def test_newsletter_answers_nobody() -> None:
    """Mail to many is a machine's but no answer to us."""
    message = plain_read(_raw("List-Unsubscribe: <https://b.example/u>\nPrecedence: bulk\nSubject: Promo\n\nDiskon."))
    assert newsletter(message)
    assert not answers(message, None, message.text)

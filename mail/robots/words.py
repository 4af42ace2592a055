"""What robots say about themselves, in the languages that reach a city's mailbox: tables of phrases, nothing else."""

from __future__ import annotations

import re

# Prefixes that mail programs put before the subject they answer; no person begins a subject so.
SURE_SUBJECT = re.compile(
    r"^(?:cron <|away from my mail\b|automatic (?:reply|response|answer)|automated (?:reply|response|message)"
    r"|auto(?:matic)?[ -]?(?:reply"
    r"|response|respons|respond(?:er)?|answer|responder)"
    r"\s{0,3}[:：\]-]|\[auto(?:reply|[ -]reply|matic|[ -]?response)?\]|out of office (?:autoreply|auto-reply"
    r"|automatic|message|response|reply|notification|re:)|out of (?:the )?office\s{0,3}[:-]\s{0,3}(?:re|fw"
    r"|fwd)\s?:"
    r"|auto: .{1,80}(?:out of|away|absent|on leave|vacation)|balasan otomatis|jawaban otomatis"
    r"|respon(?:s)? otomatis|pesan otomatis|tanggapan otomatis|(?:re: )?autoreply|vacation (?:reply|message"
    r"|response)\b"
    r"|abwesenheitsnotiz|abwesenheitsmeldung|automatische (?:antwort|rückantwort|abwesenheit)"
    r"|automatische e-mail-antwort|r[ée]ponse automatique|r[ée]ponse d'absence|absence du bureau"
    r"|absent\(?e?\)? du bureau|message d'absence"
    r"|respuesta autom[aá]tica|contestaci[oó]n autom[aá]tica|fuera de (?:la )?oficina\s?:|resposta autom[aá]tica"
    r"|aus[eê]ncia tempor|risposta automatica|fuori (?:sede|ufficio)\s?:|automatisch(?:e)? (?:antwoord"
    r"|beantwoord)|afwezigheids"
    r"|automaattinen vastaus|poissaoloilmoitus|autosvar|automatiskt? svar|fraværsmelding|automatick[aá] odpov"
    r"|odpowied[zź] automatyczna|automatyczna odpowied|automatikus v[aá]lasz|r[aă]spuns automat|автоответ"
    r"|автоматический ответ|автовідповідь"
    r"|otomatik (?:yan[ıi]t|cevap)|ofis d[ıi][şs][ıi]nda"
    r"|tr[aả] l[oờ]i t[uự] đ[oộ]ng|自动(?:回复|答复)|自動(?:回覆|回復|応答"
    r"|返信)|자동 ?(?:회신|응답)|ตอบกลับอัตโนมัติ|رد تلقائي)",
    re.I,
)
# A person may write these too; so they count together with another sign only.
ABSENT_SUBJECT = re.compile(
    r"^(?:auto\s?:\s{0,3})?(?:out of (?:the )?office|ooo\b|oof\b|away from|i(?:'| a)m (?:away"
    r"|out)|on (?:leave|vacation|holiday)|vacation\b|absence|absent\b|annual leave|cuti\b|sedang cuti"
    r"|di ?luar kantor|tidak di (?:kantor|tempat)|(?:(?:saya )?sedang )?(?:dinas luar|diklat|tugas luar)|urlaub|abwesen"
    r"|nicht im b[uü]ro|cong[ée]s|fuera de|vacaciones|f[ée]rias|ausente|fuori (?:sede|ufficio)|ferie|afwezig"
    r"|vakantie|отпуск|休假|不在|不在のお知らせ)|\b(?:is|will be) (?:out of|away from) (?:the |my )?office"
    r"|\(returning \d",
    re.I,
)
AUTO_SUBJECT = re.compile(r"^auto\s?:", re.I)
TICKET_SUBJECT = re.compile(
    r"\[?(?:ticket|tiket|case|kasus|request|permintaan|issue|incident|inquiry|ref|no\.? ?tiket|sr|req"
    r"|inc)\s?(?:id|number|nomor|diterima|received|no\.?)?\s?[:#]{1,3}\s?[a-z]{0,6}-?\d{2,}|\[#[a-z0-9-]{3,30}\]"
    r"|\(#\d{3,}\)"
    r"|(?:pesan|email|permintaan|laporan|tiket|aduan|surat) (?:anda )?(?:telah|sudah"
    r"|berhasil)?\s?(?:kami )?(?:di)?terima|kami (?:telah|sudah) menerima|(?:we(?:'ve| have)? received"
    r"|received your|thank(?:s| you) for (?:contacting|your (?:e-?mail|message|enquiry|inquiry|request))"
    r"|your (?:request|ticket|e-?mail|message|enquiry|inquiry|case) (?:has been|was|is|#))"
    r"|tanda terima|bukti (?:penerimaan|lapor)|konfirmasi (?:penerimaan|laporan|pengaduan)|terima kasih (?:telah"
    r"|sudah|atas) (?:menghubungi|email|pesan|surel)|acknowledg|eingangsbest"
    r"|accus[ée] de r[ée]ception|acuse de recibo",
    re.I,
)

# Said by the machine about its own mail. Matched at the beginning of a line, so that a person who cites it is none.
SELF = re.compile(
    r"(?m)^[\s*#_>\[(-]{0,10}(?:(?:n\.?b\.?|note|catatan|ps|please note|perhatian|penting|important|hello|hi|halo"
    r"|dear [^,\n]{1,40}),?[:.!-]?\s{1,3})?(?:this (?:is|e-?mail is|message is) an? (?:auto(?:mated|matic"
    r"|matically|-?generated|-?reply|-?response)|computer|system)[- ]?(?:generated|reply|response|message|e-?mail"
    r"|notification|mail|acknowledg|send|sent)?"
    r"|this (?:e-?mail|message|mail|notification|reply|response) (?:was|is|has been) (?:an? )?(?:sent |generated "
    r"|created |produced )?(?:auto|by (?:a|an|the) (?:auto|robot|system|machine|computer))|(?:please )?(?:do not"
    r"|don't) (?:reply|respond)\b(?: directly)? ?(?:to this|as)?|automat(?:ed|ic|ically) (?:generated|reply"
    r"|response|message|e-?mail|acknowledg)"
    r"|you (?:have |are )?(?:receiv(?:ed|ing)) this (?:auto|e-?mail because)|(?:replies to this|this) (?:e-?mail"
    r"|mailbox|address|inbox) (?:is|are) (?:not|un)\s?(?:being )?(?:monitored|read|checked)"
    r"|#{1,3}\s?-{0,3}\s?please (?:type|enter|write) your reply above"
    r"|ini adalah (?:e-?mail|surel|pesan|balasan|jawaban|surat|respons?|tanggapan"
    r"|notifikasi)\s?(?:\S{1,20}\s)?(?:secara )?(?:yang (?:di\S{1,15} )?(?:secara )?)?otomatis|(?:e-?mail|surel"
    r"|pesan|balasan|surat|jawaban|notifikasi) (?:ini )?(?:ini |adalah |merupakan |di(?:kirim|hasilkan|buat"
    r"|kirimkan) )(?:\S{1,20} ){0,4}?(?:secara )?otomatis"
    r"|(?:mohon|harap|dimohon|tolong|jangan)\s?(?:untuk |agar )?(?:tidak |jangan )?(?:me)?(?:m)?balas (?:e-?mail"
    r"|surel|pesan|surat|alamat|ke alamat) ini|(?:mohon|harap)[^.\n]{0,30} balas di atas garis|(?:balasan|pesan"
    r"|jawaban) otomatis\b"
    r"|dies(?:e|es|er)? (?:ist eine |e-?mail |nachricht |mail )(?:automati|wurde automati|ist eine automati"
    r"|wird automati)|(?:bitte )?antworten sie (?:bitte )?nicht auf|automatisch (?:erstellt|generiert|erzeugt"
    r"|versendet)|ceci est (?:un|une) (?:message|r[ée]ponse|courriel|e-?mail) automatique|(?:ce|cet) (?:message"
    r"|courriel|e-?mail|mail) (?:a [ée]t[ée] |est )(?:envoy[ée] |g[ée]n[ée]r[ée] )?automatique"
    r"|merci de ne pas r[ée]pondre|ne pas r[ée]pondre [àa] ce|este (?:es un |é um |é uma |e-?mail |correo "
    r"|mensaje |mensagem )(?:\S{1,20} ){0,4}?autom[aá]tic|esta (?:es una |é uma "
    r"|mensagem )(?:\S{1,20} ){0,3}?autom[aá]tic|(?:por favor,? )?no responda|(?:por favor,? )?n[aã]o responda"
    r"|quest[ao] (?:[eè] un |messaggio |e-?mail |mail |risposta )(?:\S{1,20} ){0,4}?automatic"
    r"|(?:si prega di )?non rispondere"
    r"|dit is een automati|это (?:автоматическ|письмо (?:сформировано|отправлено|создано) автоматич)"
    r"|пожалуйста, не отвечайте|to (?:jest|wiadomość) (?:automatyczn"
    r"|została wygenerowana)|本(?:邮件|郵件|メール)は?(?:由系统"
    r"|自動|为系统)|这是(?:一封)?(?:系统)?自动|此(?:邮件|郵件)(?:由|为|為)?系[统統]自[动動]"
    r"|このメールは(?:システム)?(?:より|から)?自動|请勿(?:直接)?回复"
    r"|請勿(?:直接)?回覆)",
    re.I,
)

# The same as a sentence of its own further on; whoever asks about it or goes on in the sentence is a person.
SELF_LATER = re.compile(
    r"[.!] {1,2}(?:ini (?:adalah |merupakan )?(?:e-?mail|surel|pesan|balasan|jawaban) otomatis"
    r"|(?:e-?mail|surel|pesan|balasan|jawaban) ini (?:dikirim|dibuat|dihasilkan) (?:secara )?otomatis(?: oleh sistem)?"
    r"|this is an auto(?:mated|matic) (?:e-?mail|message|reply|response)"
    r"|this (?:e-?mail|message|reply|response) (?:was|is) (?:sent|generated) automatically)(?:[.!]|\s*$)",
    re.I | re.M,
)
REPLY_LINE = re.compile(
    r"\s{0,20}[#=*>-]{1,20} {0,3}-{0,3} {0,3}(?:please |mohon |silakan )?(?:type|enter|write|reply|tulis|ketik|balas)"
    r"[^\n]{1,60}(?:above|di ?atas) (?:this |the )?(?:line|garis|baris)",
    re.I,
)

# A desk's machine confirming that something came in.
RECEIVED = re.compile(
    r"(?:pesan|e-?mail|surel|laporan|permintaan|pengaduan|keluhan|tiket|surat|pertanyaan|aduan) (?:bapak/ibu "
    r"|anda |saudara )(?:\(?#?[\w-]{1,30}\)? )?(?:telah|sudah|berhasil)\s?(?:kami )?(?:di)?(?:terima|catat"
    r"|tercatat|daftar|masuk)|terima kasih (?:telah|sudah) (?:menghubungi|mengirim|menyampaikan)|nomor (?:tiket"
    r"|laporan|registrasi|permintaan|referensi) anda"
    r"|(?:dalam|maksimal|paling lambat) (?:waktu )?\d\s?x\s?24 jam|di luar jam (?:kerja|operasional|layanan)"
    r"|pesan anda sangat (?:berarti|penting)|we(?:'ve| have)? received your (?:e-?mail|message|request|enquiry"
    r"|inquiry|ticket|mail)|your (?:e-?mail|message|request|enquiry|inquiry|ticket"
    r"|submission) (?:\(?#?[\w-]{1,30}\)? )?(?:has been|was) (?:received|logged|created|registered|assigned)"
    r"|thank you for (?:contacting|reaching out|writing to)"
    r"|ticket (?:number|id|#|has been)|(?:a |new )?(?:support )?ticket (?:has been|was) (?:created|opened)|(?:we"
    r"|someone|our team|a member) (?:will|aim to|shall) (?:respond|reply|get back|answer|be in touch"
    r"|contact you) (?:to (?:you|your) )?(?:\S{1,20} ){0,4}?(?:within|as soon|shortly)|ihre (?:anfrage|e-?mail"
    r"|nachricht) (?:ist|wurde|haben wir)|nous avons bien re[cç]u|hemos recibido su|recebemos (?:a )?sua"
    r"|abbiamo ricevuto",
    re.I,
)

# Absence: what a note says when somebody is away.
ABSENT = re.compile(
    r"\bcuti\b|dinas luar|perjalanan dinas|tugas (?:luar|belajar)|\bdiklat\b|pelatihan|\bbimtek\b|umrah|umroh"
    r"|ibadah haji|(?:sedang|lagi) sakit|dirawat|tidak (?:sedang )?(?:berada )?(?:ada )?di (?:kantor|tempat)"
    r"|di ?luar (?:kantor|kota|negeri)|(?:sedang )?rawat inap|akses (?:e-?mail|surel|internet) terbatas"
    r"|tidak (?:dapat |bisa )?(?:membuka|membaca|mengakses|memeriksa) (?:e-?mail|surel)"
    r"|masa persiapan pensiun|(?:telah|sudah|memasuki) (?:masa )?(?:pensiun|purna)|(?:tidak lagi|sudah tidak"
    r"|tidak) (?:lagi )?(?:menjabat|bertugas|bekerja|berdinas)|dimutasi|pindah tugas|melahirkan|out of (?:the "
    r"|my )?office|out of (?:town|the country)|(?:on|taking) (?:\S{1,12} )?(?:leave|vacation|holiday|sabbatical)"
    r"|away (?:from|until|on|for|till)|(?:currently|presently) (?:out|away|on|unavailable|travel)|(?:am|be"
    r"|is) (?:out|away) (?:until|till|from|on|of)"
    r"|limited access|no access to (?:my )?(?:e-?mail|mail)|(?:not|un)able to (?:read|check|respond|access)"
    r"|will (?:be back|return|respond|reply|get back|answer)|(?:be )?back (?:in|on|at|from|to)"
    r"|return(?:ing)? (?:on|to)|no longer (?:with|work|employed|at)|(?:has|have) left (?:the )?(?:company|organi)"
    r"|retired|maternity|traveling|travelling|business trip|abwesend|nicht im (?:b[uü]ro|hause?)|urlaub|au(?:ß"
    r"|ss)er haus|wieder (?:erreichbar|im)|absent|en cong[ée]|vacances|de retour|fuera de (?:la )?oficina"
    r"|vacaciones|de f[ée]rias|ausente|estarei|fuori (?:sede|ufficio)|in ferie|assente"
    r"|afwezig|niet aanwezig|met vakantie|poissa|lomalla|ferie|отпуск"
    r"|отсутств|вернусь|休暇|不在|休假|外出|出差|휴가"
    r"|부재|nieobecn|urlopie|dovolen|szabads[aá]g",
    re.I,
)
# An absence note speaks of the mail that it answers; a person who tells of a leave does not.
ANSWERS = re.compile(
    r"thank(?:s| you) for (?:your|the) (?:e-?mail|message|mail)|your (?:e-?mail|message|mail) (?:will|is|has|may)"
    r"|(?:read|reply|respond|answer|get back to)\s(?:to )?(?:you|your|all|my)\b[^.]{0,60}(?:return|back)"
    r"|(?:up)?on my return|(?:for|in case of|if) (?:it is |an? )?(?:urgent|emergency|immediate)"
    r"|urgent (?:matters|cases|issues|assistance)|terima kasih atas (?:e-?mail|surel|pesan|surat)"
    r"|(?:e-?mail|surel|pesan|surat) (?:anda|bapak|ibu|saudara)|(?:hal|keperluan|urusan)(?: yang)? (?:mendesak|urgen)"
    r"|tidak (?:dapat |bisa )?(?:membuka|membaca|memeriksa|membalas) (?:e-?mail|surel|pesan)"
    r"|(?:ihre|deine) (?:e-?mail|nachricht)|in dringenden|votre (?:message|mail|courriel)|en cas d'urgence"
    r"|su (?:mensaje|correo)|sua mensagem|suo messaggio",
    re.I,
)
# The person does not come back to this post.
FOR_GOOD = re.compile(
    r"(?:tidak lagi|sudah tidak|tidak) (?:lagi )?(?:menjabat|bertugas|bekerja|berdinas)|(?:telah|sudah"
    r"|memasuki) (?:masa )?(?:pensiun|purna ?(?:tugas|bakti))|masa persiapan pensiun|\bdimutasi|pindah tugas"
    r"|mutasi ke|no longer (?:with|work|employed|at\b|monitor)|left (?:the )?(?:company|organi[sz]ation|agency"
    r"|office)|have retired|has retired|nicht mehr (?:bei|für|im unternehmen)|ne (?:travaille|fais) plus"
    r"|ya no trabaja|n[aã]o trabalh\w+ mais|non lavor\w+ più|больше не работа",
    re.I,
)

# Who writes: local parts of machines.
MACHINE_LOCAL = re.compile(
    r"^robot$|^(?:.{0,40}[-_.+])?(?:no-?_?reply|do-?_?not-?_?reply|donotreply|dont-?reply|noreply\d{0,3}|no[._]reply"
    r"|nao-?responda|ne-?pas-?repondre|no-?responder|keine-?antwort|jangan-?(?:di)?balas|tidak-?dibalas"
    r"|auto-?(?:reply|respon\w{0,6}|mail\w{0,3}|confirm|notif\w{0,10}|responder)|automated|automailer"
    r"|mailer-?daemon|mail-?daemon|bounces?|mailrobot|vacation)(?:[-_.+=].{0,60})?$",
    re.I,
)
BULK_LOCAL = re.compile(
    r"^(?:.{0,30}[-_.+])?(?:notif(?:y|ication|ications|ikasi|ier)?|alerts?|newsletters?|news|buletin|bulletin"
    r"|mailing|mailings|mailer|promo|promosi|promotions?|marketing|campaigns?|updates?|info-?blast|digest|cron"
    r"|daemon|nagios|zabbix|jenkins|monitoring|billing|invoice|tagihan|receipts?|orders?|service|system|sistem"
    r"|security-?noreply|account|accounts|member|members|root|www-data|apache|wordpress|nobody|postmaster"
    r"|webmaster)(?:[-_.+=].{0,60})?$",
    re.I,
)
MACHINE_MAILER = re.compile(
    r"vacation|auto-?(?:reply|respon)|mailbot|procmail|\bsieve\b|swift ?mailer|phpmailer|sendgrid|mailchimp"
    r"|mailgun|amazon ?ses|sendinblue|campaign|newsletter|nodemailer|zendesk|freshdesk|otrs|request tracker"
    r"|\bjira\b|confluence|bugzilla|redmine|mantis|trac\b|symphony|salesforce|eloqua|silverpop|aweber"
    r"|constant ?contact|mailman|listserv|cron|nagios|drupal|wordpress|\bphp\b|zuzana|perl|python|\bjava ?mail"
    r"|postie|lyris|strongmail|streamsend|phplist|dada ?mail|acymailing|dotmailer|exacttarget",
    re.I,
)

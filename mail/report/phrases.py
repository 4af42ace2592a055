"""The words by which mail systems all over the world announce a failed or delayed delivery, as tables.

Matched against folded text (lower case, white space single), by plain search: a row more costs nothing but a row.
"""

from __future__ import annotations

import re

# Display names and local parts of mail systems.
SYSTEM_NAME = re.compile(
    r"mail(?:er)?[\s_.-]?daemon|mail delivery|mail system|mail administrator|postmaster|delivery (?:sub)?system"
    r"|post ?office"
    r"|system administrator|mail(?:er)? (?:server|agent|service|transport|subsystem|gateway|robot|router)"
    r"|internet mail|mdaemon"
    r"|microsoft (?:exchange|outlook)$|exchange (?:server|system)|delivery (?:status|agent|service|notification)"
    r"|smtp (?:server|service)"
    r"|administrador del sistema|administrateur syst|systemadministrator|subsistem pengiriman|sistem pengiriman"
    r"|mailserver|postmeister"
    r"|undeliver|mail delivery failure|returned mail|e-?mail (?:system|server)|email delivery|mailadmin|lotus"
    r"|groupwise|mail admin"
)
SYSTEM_LOCAL = re.compile(
    r"^(?:mailer[-_.]?daemon|mail[-_.]?daemon|post-?master|postmaster[-_+.].*|mdaemon|daemon|post[-_.]?office"
    r"|mail[-_.]?system"
    r"|mail[-_.]?delivery|smtpd?|mailer|mail-?admin|mailadministrator|system|admin(?:istrator)?|bounces?"
    r"|mail-?server|e-?mail"
    r"|microsoftexchange[0-9a-f]*|noreply|no-reply|dsn|mta|notification|notify|smtp[-_.]?service|delivery)$"
)

SUBJECT = re.compile(
    r"^(?:\[[^\]]{1,40}\]\s{0,3}|\*{1,5}\s{0,3})?(?:"
    r"undeliver(?:ed|able)|postmaster notify|returned (?:mail|e-?mail|message)|(?:mail|e-?mail|message|delivery"
    r"|nondelivery"
    r"|non-delivery)\W{0,3}"
    r"(?:delivery\s?)?(?:system\s)?(?:fail|error|status|notification|problem|report|undeliver|could not"
    r"|not deliver|returned|rejected"
    r"|was not|warning|delay|is delayed|has been delayed|non remis|unzustellbar)|failure (?:notice|delivery"
    r"|notification)|failed (?:mail|delivery)"
    r"|delivery (?:status|failure|report|notification|has failed|problem|unsuccessful|failed|incomplete|delayed"
    r"|attempt|to the)"
    r"|warning: (?:could not|message|e-?mail|mail|your|\S{1,60} still)|could ?n[o']t (?:be )?(?:deliver|send)"
    r"|unable to deliver|rejected mail"
    r"|rejected:|bounced? (?:mail|message)|automatically rejected|non[- ]?(?:delivery|remis|recapit)|ndn:|ndr:"
    r"|not delivered|mail not|mail could not"
    r"|your (?:message|e-?mail|mail) (?:to|could|was|has|cannot|couldn)|message (?:from|you sent"
    r"|to \S{1,80}) (?:blocked|blocked|rejected|undeliver)"
    r"|problem(?:s)? (?:with|delivering)|permanent (?:delivery )?(?:failure|error)|user unknown|mail system error"
    r"|unzustellbar|nicht zugestellt"
    r"|fehler(?:hafte)? (?:bei der |beim )?(?:zustell|versand)|zustell\w{0,12} (?:fehlgeschlagen|fehler)"
    r"|nachricht nicht|nicht zustellbar|onbestelbaar"
    r"|non remis|echec|échec|retour de courrier|remise (?:impossible|retard)|message non|courrier non"
    r"|no se (?:puede|pudo|ha podido) entregar|no se puede"
    r"|error de entrega|mensaje (?:no|devuelto|rechaz)|correo (?:no|devuelto)|no entregado|no se entreg"
    r"|falha (?:na|de|ao) |n[aã]o (?:foi )?entreg"
    r"|mensagem (?:n[aã]o|devolv)|devolvid|non recapitabil|mancato recapito|impossibile (?:recapit|consegn"
    r"|inviare)|messaggio non|mancata consegna"
    r"|niet (?:bezorgd|afgeleverd)|kan niet|nie (?:dostarczono|mo[żz]na)|niedostarcz|nedoru[čc]|недоставлен"
    r"|не доставлен|ошибка доставки|недоставка|сообщение не"
    r"|退信|系统退信|来自\S{0,40}的退信|无法(?:投递|送达|传递)|投递失败|未送达|無法(?:傳遞|投遞)|配信(?:不能"
    r"|エラー|失敗)|配信に失敗|送信(?:エラー|失敗|できません)"
    r"|メール(?:送信エラー|が配信)|エラーメール"
    r"|tidak terkirim|(?:pesan|email|surel|surat)\w{0,4} (?:anda )?(?:tidak|gagal|belum) (?:dapat "
    r"|bisa )?(?:di)?(?:kirim|terkirim|sampai|antar)|gagal (?:di)?(?:kirim|antar|terkirim)"
    r"|pengiriman (?:\S{1,20} ){0,2}(?:gagal|tertunda|ditunda)|kegagalan pengiriman|(?:pemberitahuan|notifikasi"
    r"|laporan)\s(?:status\s)?(?:pengiriman|kegagalan)|tertunda:|dikembalikan:|iletilemedi|teslim edilemedi"
    r"|gesperrt|obeställ|leverans|kunne ikke leveres|ikke leveret|ei voitu toimittaa"
    r")"
)

# In the notice proper. The first group is a mail system's own voice and hardly anyone else's.
FAILURE = re.compile(
    r"(?:could|can)\s?(?:not|n't) be (?:delivered|reached|sent)|(?:was|were|has|have|is|are)\s?(?:not|n't"
    r"|un)\s?(?:been\s)?(?:able to be\s|successfully\s)?(?:deliver|transmitt)"
    r"|(?:unable|not able|wasn't able|weren't able|failed|impossible) to (?:deliver|send|transmit|forward|relay)"
    r"|couldn't be (?:delivered|found|reached)|couldn't deliver"
    r"|problems? (?:it )?(?:encountered |occurred )?(?:while|when) (?:trying to )?(?:deliver|send)"
    r"|(?:not|un)known at this (?:site|address|host)|did not reach|undeliver(?:able|ed)|non-?deliver|deliver(?:y"
    r"|ies)\s(?:\S{1,80}\s){0,6}?(?:fail|was aborted"
    r"|has been (?:delayed|suspended)|error|is (?:being )?delayed|problem|unsuccessful|incomplete|impossible)"
    r"|fail(?:ed|ure)\s(?:\S{1,40}\s){0,3}?(?:deliver|recipient|address)|(?:permanent|fatal|transient"
    r"|delivery)\s(?:\S{1,20}\s)?(?:fatal\s)?(?:error|failure)s?|returned (?:to sender|mail|message)"
    r"|mail delivery (?:software|system|subsystem|program)|mail system at|user(?:s)? (?:is |are )?(?:unknown"
    r"|not known|not found|doesn't|does not|not listed)|unknown (?:user|recipient|address|host)|no such (?:user"
    r"|recipient|mailbox|address|person)"
    r"|(?:recipient|address|addressee)(?:es|s)?\s(?:\S{1,80}\s)?(?:rejected|failed|not found|invalid|unknown"
    r"|does not exist|doesn't exist|were not)|rejected (?:by|your|the|it)|(?:was"
    r"|been) (?:automatically )?rejected|transcript of session|mailbox\s(?:\S{1,80}\s)?(?:is |was )?(?:full"
    r"|unavailable|not found|disabled|exceed|over)"
    r"|over quota|quota exceed|exceeded (?:the |its |their )?(?:quota|storage)|(?:following|intended) recipient"
    r"|invalid final delivery userid|message (?:has been|was) (?:rejected|blocked|refused|bounced|returned)"
    r"|(?:e-?mail|mail|message)\s(?:\S{1,40}\s){0,3}?(?:bounced|blocked)"
    r"|will (?:be retried|keep trying|continue to try|retry)|still (?:being )?(?:retry|trying|undelivered"
    r"|not delivered)|(?:has|have) not (?:yet )?been delivered|host (?:unknown|not found)|address (?:not found"
    r"|couldn't be found|error)"
    r"|(?:nicht|konnte nicht) (?:zugestellt|ausgeliefert|übermittelt|zustellbar)"
    r"|zustell\w{0,10} (?:fehlgeschlagen|nicht möglich)|unzustellbar|fehlgeschlagen|empfänger (?:unbekannt|nicht)"
    r"|pas pu [êe]tre (?:remis|d[ée]livr|distribu|envoy)|n'a (?:pas )?pu|non remis|[ée]chec de (?:la )?(?:remise"
    r"|distribution)|destinataire (?:inconnu|introuvable)"
    r"|no (?:se )?(?:pudo|ha podido|puede|fue posible)\s(?:\S{1,20}\s)?(?:ser )?(?:entreg|enviar|ser entregado)"
    r"|error(?:es)? (?:en la|de) entrega|no entregado|n[aã]o (?:p[oô]de|foi poss[ií]vel|foi"
    r"|pode)\s(?:\S{1,20}\s)?(?:ser )?(?:entreg|enviar)|falha (?:na|de) entrega|non (?:[eè] stato|è possibile"
    r"|può essere|[eè] possibile|recapit)\S{0,9}\s?(?:\S{1,20}\s)?(?:recapit|consegn|inviat|stato)"
    r"|impossibile (?:recapit|consegn)|niet (?:worden )?(?:bezorgd|afgeleverd)|kon niet worden|nie (?:może|można"
    r"|mogła|udało|została) (?:\S{1,20}\s)?(?:być\s)?(?:dostarcz|doręcz)|не (?:может быть|было|удалось|доставлен)"
    r"|доставить\s|не доставлен|недоставлен"
    r"|无法(?:投递|送达|传递|发送)|投递失败|未能送达|退回|退信|收件人|無法|配信(?:でき|不能|エラー|失敗)"
    r"|送信(?:でき|エラー)|届きません|お届け|見つかりません"
    r"|tidak (?:dapat |bisa |berhasil )?(?:ter|di)(?:kirim|sampaikan|antar)|(?:pengiriman"
    r"|kirim)\s(?:\S{1,30}\s){0,6}?(?:gagal|tertunda|ditunda|bermasalah)|gagal (?:di|ter)?(?:kirim|antar)"
    r"|alamat (?:email |surel )?(?:\S{1,80}\s)?tidak (?:dapat )?(?:ditemukan|dikenal|valid|ada)|(?:kotak"
    r"|inbox)\s(?:\S{1,20}\s){0,3}?penuh|belum (?:dapat )?(?:ter|di)kirim|penerima (?:\S{1,80}\s)?(?:tidak"
    r"|menolak|penuh)|pesan (?:\S{1,20}\s)?(?:diblokir|ditolak)"
)

# Good news in the same dress (RFC 3464 section 2.3.3): no failure.
SUCCESS = re.compile(
    r"successful(?:ly)? (?:mail |message )?deliver|(?:was|been|is) (?:successfully )?(?:delivered"
    r"|relayed)(?! (?:to the following|because))|^(?:relayed|delivered|expanded|terkirim|relayed \(relay\)):"
    r"|\((?:relay|success|expanded)\)"
    r"|delivery (?:status notification )?\(?(?:success|relay)|berhasil (?:di|ter)?(?:kirim|antar)"
    r"|delivery to these recipients or groups is complete"
)

# Delays: nothing has failed yet.
DELAY = re.compile(
    r"\(delay(?:ed)?\)|^(?:delayed|tertunda|verzögert|retard\S*):|(?:has|have|is|was"
    r"|been) (?:being )?(?:temporarily )?delayed|delayed (?:mail|\d)|still (?:trying|being retried)"
    r"|will (?:be retried|keep trying|continue (?:to )?try|retry|try again)"
    r"|warning (?:message )?only|not yet been delivered|do(?:n't| not) need to re-?send|no(?:t)? (?:action is"
    r"|need to) re(?:quired|send)|could not be delivered for|could not send message for"
    r"|has not (?:yet )?been delivered|masih (?:akan )?(?:dicoba|mencoba)|belum (?:dapat |bisa )?terkirim"
    r"|akan (?:terus )?mencoba|noch nicht|sera retent|se seguir|continuar"
)

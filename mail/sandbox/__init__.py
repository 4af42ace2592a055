"""A whole mail estate in one process for trying things out: relay, mailboxes, IMAP.

    with Estate(folder, {"kasi@kota.test": "rahasia"}, intake=deliver, intake_domain="lapor.kota.test") as estate:
        smtplib.SMTP("127.0.0.1", estate.smtp_port).sendmail(...)
        Person(estate, "kasi@kota.test").inbox()

Everything lies in Maildirs below the folder and survives a restart; nothing listens beyond 127.0.0.1.
"""

from mail.sandbox.estate import Estate, Intake
from mail.sandbox.person import Mail, Person

__all__ = ["Estate", "Intake", "Mail", "Person"]

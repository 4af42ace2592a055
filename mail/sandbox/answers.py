"""What mail systems write by themselves: delivery status notifications (RFC 3464) and absence notes (RFC 3834)."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, make_msgid


def bounce(raw: bytes, recipient: str, reverse_path: str, *, host: str, reason: str, at: datetime) -> bytes:
    """A permanent failure for one recipient, to the reverse-path, with the mail's header returned.

    `reason` is the SMTP reply such as `550 5.2.2 Mailbox full`; its enhanced code becomes Status (RFC 3463).
    """
    words = reason.split()
    status = words[1] if len(words) > 1 and words[1][:2] in ("4.", "5.") else "5.0.0"
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"] = f"Mail Delivery System <MAILER-DAEMON@{host}>"
    report["To"] = reverse_path
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Date"] = format_datetime(at)
    report["Message-ID"] = make_msgid(domain=host)
    report["Auto-Submitted"] = "auto-replied"
    said = (
        f"This is the mail system at host {host}.\n\nYour message could not be delivered.\n\n<{recipient}>: {reason}\n"
    )
    report.attach(MIMEText(said, "plain", "us-ascii" if said.isascii() else "utf-8"))
    per_message, per_recipient = Message(), Message()
    per_message["Reporting-MTA"] = f"dns; {host}"
    per_message["Arrival-Date"] = format_datetime(at)
    per_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    per_recipient["Action"] = "failed"
    per_recipient["Status"] = status
    per_recipient["Diagnostic-Code"] = f"smtp; {reason}"
    machine = MIMENonMultipart("message", "delivery-status")
    machine.set_payload([per_message, per_recipient])
    report.attach(machine)
    header = raw.partition(b"\r\n\r\n")[0][:20_000]
    report.attach(MIMEMessage(message_from_bytes(header + b"\r\n\r\n", policy=policy.compat32)))
    return report.as_bytes()


def absence(raw: bytes, owner: str, reverse_path: str, *, note: str, host: str, at: datetime) -> bytes:
    """An absence note from `owner`; `note` is its text, whose first line may be `Subject: ...`."""
    original = message_from_bytes(raw.partition(b"\r\n\r\n")[0][:20_000] + b"\r\n\r\n", policy=policy.compat32)
    reply = EmailMessage(policy=policy.SMTP)
    first, _, rest = note.partition("\n")
    subject = first.removeprefix("Subject:").strip() if first.startswith("Subject:") else "Balasan otomatis"
    reply["From"], reply["To"], reply["Subject"] = owner, reverse_path, subject
    reply["Date"] = format_datetime(at)
    reply["Message-ID"] = make_msgid(domain=host)
    reply["Auto-Submitted"] = "auto-replied"
    answered = str(original.get("Message-ID", "")).strip()
    if answered.isascii() and answered.startswith("<") and answered.endswith(">") and len(answered) < 250:
        reply["In-Reply-To"] = reply["References"] = answered
    reply.set_content(rest.strip() if first.startswith("Subject:") else note)
    return reply.as_bytes()

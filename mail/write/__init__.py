"""Letter + Ticket -> the bytes of a mail: both forms rendered from one template, signed addresses, guarded headers."""

from mail.write.letters import CARRIES, WHOLE, City, Writer, Written, template_kinds

__all__ = ["CARRIES", "WHOLE", "City", "Writer", "Written", "template_kinds"]

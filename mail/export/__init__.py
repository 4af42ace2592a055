"""One ticket's proof for a stranger: raw mails, letters as sent, what was observed, a timeline, the chain to verify."""

from mail.export.bundle import CannotExport, check_target, export
from mail.export.case import Case

__all__ = ["CannotExport", "Case", "check_target", "export"]

"""Accept, store, say 250: the SMTP (RFC 5321) and LMTP (RFC 2033) doors for incoming mail.

Nothing is parsed here. A mail is taken as bytes with its envelope, all mails that came together are handed to `keep` at
once, and only when `keep` has returned do their 250s go out.
"""

from mail.receive.dialogue import Limits
from mail.receive.intake import Intake, Listen

__all__ = ["Intake", "Limits", "Listen"]

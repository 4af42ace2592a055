"""A real Cyrus: its proxy authentication lets us in, letters are found and seen, and nothing is changed."""

from __future__ import annotations

import pytest

from mail.imap import Login, Refused, WayIn, account_for, connect
from tests.cyrus import PASSWORD, PROXY, Cyrus, needs_cyrus
from tests.test_watch import Watched, raw, wanted

KASI, LURAH = "kasi@kota.test", "lurah@kota.test"
pytestmark = [pytest.mark.real, pytest.mark.soak, needs_cyrus]


def test_proxy_authentication_and_a_letter_opened() -> None:
    """SASL PLAIN as proxy for a mailbox: delivered, unchanged, seen, moved, expunged; a wrong password is refused."""
    with Cyrus([KASI, LURAH]) as cyrus:
        way = WayIn("127.0.0.1", cyrus.port, "none", Login.AUTHZID, user=PROXY[0], secret=PROXY[1])
        for n in (1, 2, 3):
            cyrus.deliver(KASI, raw(n))
        box, letters = Watched(account_for(KASI, way)), wanted(1, 2, 3)
        assert {f[1] for f in box.look(letters)} == {"delivered"}
        assert box.look(letters) == []
        assert box.last is not None
        assert box.last.unchanged
        with cyrus.login(KASI, PASSWORD) as owner:
            owner.select()
            flags = owner.fetch("1:*", "(FLAGS)")[1]
            assert not any(b"Seen" in one for one in flags if isinstance(one, bytes))
            owner.fetch("2", "(BODY[])")
        assert box.look(letters) == [(2, "seen", "INBOX", None)]
        with cyrus.login(KASI, PASSWORD) as owner:
            owner.create("Arsip")
            owner.select()
            owner._simple_command("MOVE", "1", "Arsip")
            owner.store("2", "+FLAGS", "\\Deleted")
            owner.expunge()
        assert sorted(box.look(letters)) == [(1, "moved", "Arsip", None), (3, "expunged", "INBOX", None)]
        assert Watched(account_for(LURAH, way)).look(letters) == []
        with pytest.raises(Refused):
            connect(account_for(KASI, WayIn("127.0.0.1", cyrus.port, "none", Login.AUTHZID, user=PROXY[0], secret="x")))

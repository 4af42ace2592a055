"""Whom to believe: what our own relay wrote, and nothing that came in with the mail."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.trust import MethodResult, Trust, Verdict, authenticated, header_fields, parse

RELAY = "mx.kota.example"
SENDER = "kasi@dinas.kota.example"
OURS = f"Authentication-Results: {RELAY}; "
HOP = "Received: from luar.example by mx.kota.example; Mon, 2 Mar 2026 08:00:00 +0700\r\n"
REST = "From: Kasi <kasi@dinas.kota.example>\r\nSubject: Balasan\r\n\r\nisi\r\n"
GOOD = "dkim=pass header.d=kota.example; spf=pass smtp.mailfrom=kasi@dinas.kota.example; "
GOOD += "dmarc=pass (p=reject) header.from=dinas.kota.example"


def judged(head: str, **more: int) -> Trust:
    """The trust in the sender of a mail that begins with these fields."""
    return authenticated((head + REST).encode(), RELAY, SENDER, **more)


@pytest.mark.parametrize("head", [OURS + GOOD + "\r\n" + HOP, HOP + OURS + GOOD + "\r\n" + HOP])
def test_what_our_relay_wrote_counts(head: str) -> None:
    """Above or below our own Received field, all three methods are read."""
    trust = judged(head)
    assert trust == Trust("dinas.kota.example", True, Verdict.PASS, Verdict.PASS, Verdict.PASS)
    assert trust.authentic
    assert not trust.forged


@pytest.mark.parametrize(
    "head",
    [
        HOP,
        HOP + HOP + OURS + GOOD + "\r\n",
        HOP + f"Authentication-Results: mx.jahat.example; {GOOD}\r\n",
        HOP + f"Authentication-Results: {RELAY}.jahat.example; {GOOD}\r\n",
        HOP + f"Authentication-Results: jahat.example ({RELAY}); {GOOD}\r\n",
        HOP + f"X-Authentication-Results: {RELAY}; {GOOD}\r\n",
        HOP + f"ARC-Authentication-Results: i=1; {RELAY}; {GOOD}\r\n",
        HOP + f"Authentication-Results: {RELAY} 2; {GOOD}\r\n",
        HOP + f'Authentication-Results: {RELAY}; {GOOD} "\r\n',
        HOP + f"Authentication-Results: {RELAY}; {GOOD} (\r\n",
        "",
    ],
)
def test_what_others_wrote_does_not(head: str) -> None:
    """Another's name, a field below a foreign hop, a broken one, an unknown version: as if nothing were there."""
    trust = judged(head)
    assert trust == Trust("dinas.kota.example")
    assert not trust.authentic


@pytest.mark.parametrize("between", ["", "X-Lain: 1\r\n", HOP])
def test_a_forged_field_below_ours_is_not_read(between: str) -> None:
    """The topmost field in our name says none; one that came in with the mail changes nothing, however near."""
    trust = judged(HOP + OURS + "dkim=none; spf=none\r\n" + between + OURS + GOOD + "\r\n")
    assert trust.checked
    assert not trust.authentic
    assert trust.dmarc is Verdict.UNKNOWN


def test_a_relay_that_writes_a_field_for_each_method() -> None:
    """Where the setting says so, fields one directly under the other count, and no more than it says."""
    head = HOP + OURS + "dkim=pass header.d=kota.example\r\n" + OURS + "spf=fail smtp.mailfrom=dinas.kota.example\r\n"
    trust = judged(head + OURS + GOOD + "\r\n", fields=2)
    assert (trust.dkim, trust.spf, trust.dmarc) == (Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN)
    apart = HOP + OURS + "dkim=none\r\nX-Lain: 1\r\n" + OURS + GOOD + "\r\n"
    assert not judged(apart, fields=2).authentic


def test_more_hops_of_our_own() -> None:
    """With two hosts of our own in the way, a field below the second Received is still ours."""
    head = HOP + HOP + OURS + GOOD + "\r\n" + HOP
    assert not judged(head).checked
    assert judged(head, hops=2).authentic


@pytest.mark.parametrize(
    ("results", "dkim", "spf", "dmarc"),
    [
        ("none", "unknown", "unknown", "unknown"),
        ("dkim=pass header.d=jahat.example", "unknown", "unknown", "unknown"),
        ("dkim=pass header.d=example", "unknown", "unknown", "unknown"),
        ("dkim=pass header.d=ota.example", "unknown", "unknown", "unknown"),
        ("dkim=pass header.i=@dinas.kota.example", "pass", "unknown", "unknown"),
        ("dkim=fail header.d=kota.example; dkim=pass header.d=jahat.example", "fail", "unknown", "unknown"),
        ("dkim=fail header.d=kota.example; dkim=pass header.d=kota.example", "pass", "unknown", "unknown"),
        ("dkim=pass header.d=kota.example header.d=jahat.example", "unknown", "unknown", "unknown"),
        ("dkim=temperror header.d=kota.example", "unknown", "unknown", "unknown"),
        ("spf=pass smtp.mailfrom=dinas.kota.example", "unknown", "pass", "unknown"),
        ("spf=pass smtp.helo=dinas.kota.example", "unknown", "unknown", "unknown"),
        ("spf=softfail smtp.mailfrom=kota.example", "unknown", "unknown", "unknown"),
        ("SPF = Pass smtp . x smtp.mailfrom = x@KOTA.example", "unknown", "pass", "unknown"),
        ("spf=pass smtp.mailfrom=prvs=12ab=x@kota.example", "unknown", "pass", "unknown"),
        ("dmarc=pass header.from=jahat.example", "unknown", "unknown", "unknown"),
        ("dmarc=pass", "unknown", "unknown", "unknown"),
        ("dmarc=fail header.from=dinas.kota.example", "unknown", "unknown", "fail"),
        (
            "dmarc=fail header.from=dinas.kota.example; dmarc=pass header.from=dinas.kota.example",
            *["unknown"] * 2,
            "fail",
        ),
        ("dmarc/1=pass(komentar)header.from=dinas.kota.example", "unknown", "unknown", "pass"),
        ("dmarc/2=pass header.from=dinas.kota.example", "unknown", "unknown", "unknown"),
        ("x (dmarc=pass header.from=dinas.kota.example; dkim=pass) ; spf=none", "unknown", "unknown", "unknown"),
        ('spf=none smtp.mailfrom="a; dmarc=pass header.from=dinas.kota.example"@x.example', *["unknown"] * 3),
        ('spf=none smtp.mailfrom="a\\"; dmarc=pass header.from=dinas.kota.example;\\""@x.example', *["unknown"] * 3),
        ("spf=none (a \\) ; dmarc=pass header.from=dinas.kota.example;) smtp.mailfrom=x", *["unknown"] * 3),
        (
            "spf=none smtp.mailfrom==?utf-8?q?x=3Bdmarc=3Dpass_header=2Efrom=3Ddinas=2Ekota=2Eexample?=",
            *["unknown"] * 3,
        ),
    ],
)
def test_each_method_counts_only_for_the_from_domain(results: str, dkim: str, spf: str, dmarc: str) -> None:
    """Another domain's pass, a suffix of the name, comments, quoted strings and encoded words prove nothing."""
    trust = judged(HOP + OURS + results + "\r\n")
    assert trust.checked
    assert (trust.dkim, trust.spf, trust.dmarc) == (dkim, spf, dmarc)


def test_a_failed_dmarc_outweighs_a_signature() -> None:
    """Where the relay says the domain disowns the mail, an aligned pass of one method does not save it."""
    results = "dkim=pass header.d=kota.example; dmarc=fail header.from=dinas.kota.example"
    trust = judged(HOP + OURS + results + "\r\n")
    assert trust.forged
    assert not trust.authentic


def test_folded_fields_of_real_relays() -> None:
    """Folding, comments within values and capitals, as Postfix with milters and big providers write them."""
    value = (
        "MX.Kota.Example 1;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=Kota.Example\r\n"
        " header.i=@kota.example header.a=rsa-sha256 header.s=s1 header.b=abc123=;\r\n\tdmarc=pass"
        " (policy=none; (nested)) header.from=Dinas.Kota.Example"
    )
    trust = judged(HOP + "authentication-results:" + value + "\r\n")
    assert (trust.dkim, trust.dmarc) == (Verdict.PASS, Verdict.PASS)


def test_parsed_values() -> None:
    """The grammar's parts come apart as they were written."""
    assert parse('x.example; iprev=pass policy.iprev=192.0.2.1; auth=pass smtp.auth="a b"@c reason="d;e"') == (
        "x.example",
        [
            MethodResult("iprev", "pass", {"policy.iprev": "192.0.2.1"}),
            MethodResult("auth", "pass", {"smtp.auth": "a b@c"}),
        ],
    )


def test_fields_are_read_to_the_first_line_that_is_none() -> None:
    """Names and unfolded values in order; the body and what follows a malformed line are no header."""
    assert header_fields(b"A: 1\r\n 2\r\nb:3\n\nc: 4\n") == [("a", "1 2"), ("b", "3")]
    assert header_fields(b"A: 1\r\nini bukan field\r\nAuthentication-Results: x\r\n\r\n") == [("a", "1")]
    assert header_fields(b"") == []
    assert header_fields(b"\r\nA: 1\r\n") == []


@given(st.binary(max_size=300), st.text(max_size=200))
def test_anything_may_come_in(raw: bytes, results: str) -> None:
    """No bytes raise, and nothing without our name at its front is trusted."""
    assert not authenticated(raw, RELAY, SENDER).authentic
    authenticated((OURS + results + "\r\n" + REST).encode("utf-8", "replace"), RELAY, SENDER)
    parse(results)


@pytest.mark.parametrize("piece", ["(", "\\", '"', "=", ";", "a=b ", "(\\", "\r\n ", "A: b\r\n", ":"])
def test_a_megabyte_of_anything_is_quick(piece: str) -> None:
    """A million characters of what nests, escapes or repeats take well under a second."""
    begun = time.perf_counter()
    judged(OURS + piece * (1_000_000 // len(piece)) + "\r\n")
    parse(RELAY + ";" + piece * (16_000 // len(piece)))
    assert time.perf_counter() - begun < 1.0

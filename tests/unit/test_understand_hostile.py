"""Mail that lies, or that no mail program would write: it takes no time, breaks nothing, and leaves clean values."""

from __future__ import annotations

import base64
import time
from datetime import date

import pytest
from answers_corpus import DEVELOPMENT, load_watched
from msgspec.structs import fields

from followup_mail.facts.clean import clean_line, clean_message_id
from followup_mail.incoming.understand import may_be_theirs, understand
from followup_mail.incoming.understood import Understanding, Understood

WATCHED, TODAY = load_watched(DEVELOPMENT)
HEAD = (
    b"From: Tom Berg <tom.berg@brightwater.example>\nTo: robin.falk@mail.example\n"
    b"Subject: Re: Thank you for Tuesday, Tom\nDate: Wed, 2 Dec 2026 09:14:22 +0000\n"
    b"Message-ID: <x1@brightwater.example>\nIn-Reply-To: <fm.1001.a7c2@mail.example>\n"
)
SECONDS = 5.0
"""Of a processor, far more than any of them takes; one that is not bounded takes minutes."""


def nested(depth: int) -> bytes:
    """Return a mail whose parts stand in each other."""
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(depth)
    )
    return HEAD + parts + b"Content-Type: text/plain\n\nYes\n"


def nested_mails(depth: int) -> bytes:
    """Return a mail that holds a mail, and so on."""
    return HEAD + b"Content-Type: message/rfc822\n\n" * depth + b"Subject: x\n\nYes\n"


BIDI = base64.b64encode("Tom\u202e\u2066 <x@y.example>\r\nBcc: all@x.example".encode()).decode()
MAILS = {
    "nested": nested(1_000),
    "nested mails": nested_mails(1_000),
    "long line": HEAD + b"\n" + b"a" * 20_000_000,
    "long line of html": HEAD + b"Content-Type: text/html\n\n" + b"<div " * 3_000_000,
    "long line of quotes": HEAD + b"\n" + b"> " * 5_000_000,
    "long header": HEAD + b"X-Long: " + b"b" * 20_000_000 + b"\n\nYes\n",
    "many headers": HEAD + b"X-A: b\n" * 300_000 + b"\nYes\n",
    "many references": HEAD + b"References: " + b"<a@b.example> " * 300_000 + b"\n\nYes\n",
    "brackets": HEAD.replace(b"Tom Berg <", b"(" * 100_000) + b"\nYes\n",
    "subject of brackets": HEAD.replace(b"Subject: Re:", b"Subject: " + b"[(<{" * 20_000) + b"\nYes\n",
    "encoded subject": HEAD.replace(b"Re: Thank", b"=?utf-8?b?" + BIDI.encode() + b"?= " * 400) + b"\nYes\n",
    "zero bytes": HEAD.replace(b"Thank", b"Th\0ank") + b"\nY\0es, I\0 agree\n",
    "charset": HEAD + b"Content-Type: text/plain; charset=idna\n\nYes\n",
    "unknown charset": HEAD + b"Content-Type: text/plain; charset=\"\xff\xfe\"\n\nJa, gerne \xe4\xf6\n",
    "broken base64": HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n====A\n",
    "wrong encoding": HEAD
    + b"Content-Type: multipart/mixed; boundary=x\nContent-Transfer-Encoding: base64\n\n--x\n\nYes\n",
    "no boundary": HEAD + b"Content-Type: multipart/mixed\n\nYes\n",
    "no body": HEAD,
    "only zeros": b"\0" * 1_000_000,
    "nothing": b"",
    "noise": bytes(range(256)) * 4_000,
    "date": HEAD.replace(b"2 Dec 2026", b"2 Dec 99999999999") + b"\nYes\n",
    "zone": HEAD.replace(b"+0000", b"+9999") + b"\nYes\n",
    "calendar": HEAD + b"Content-Type: text/calendar; method=\"\n\n" + b"METHOD:" * 500_000,
    "report": HEAD + b"Content-Type: multipart/report; boundary=r\n\n--r\nContent-Type: message/delivery-status\n\n"
    + b"Final-Recipient: rfc822; tom.berg@brightwater.example\nAction: failed\n\n" * 60_000 + b"\n--r--\n",
    "report of addresses": HEAD.replace(b"From: Tom Berg <tom.berg@", b"From: <mailer-daemon@")
    + b"\n" + b"a.b-c+d=e." * 1_000_000 + b"@brightwater.example",
    "absence of days": HEAD + b"Auto-Submitted: auto-replied\n\nI am out until " + b"12/11 - " * 400_000,
    "absence of months": HEAD + b"Auto-Submitted: auto-replied\n\n" + b"back 7 to 11 december " * 200_000,
    "injection": HEAD.replace(b"<x1@", b"<x1\r\nBcc: evil@") + b"\nYes\n",
}  # fmt: skip


@pytest.mark.parametrize("name", MAILS)
def test_hostile_mail_is_read_in_bounded_time(name: str) -> None:
    """Nested a thousand times, lines of 20 MB, broken charsets: no traceback, a few seconds at most, clean values."""
    begun = time.process_time()
    found = understand(MAILS[name], WATCHED, TODAY)
    head = MAILS[name].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    may_be_theirs(head, WATCHED)
    assert time.process_time() - begun < SECONDS
    if found is not None:
        assert_clean(found)


def assert_clean(found: Understood) -> None:
    """Each text is one clean line, and each id is one."""
    for field in fields(found):
        value = getattr(found, field.name)
        for text in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
            assert clean_line(text, 500) == text
    for one in (found.message_id, *found.references, *found.returned):
        assert not one or clean_message_id(one) == one
    assert len(found.first_line) <= 200
    assert len(found.subject) <= 200


def test_a_mail_nested_beyond_reason_is_still_an_answer() -> None:
    """Its headers tell whose it is: a person's answer is not missed because its body cannot be read."""
    found = understand(nested(1_000), WATCHED, TODAY)
    assert found is not None
    assert found.understanding is Understanding.ANSWER
    assert found.applications == ("brightwater",)


@pytest.mark.parametrize(
    "sender",
    [
        b'"tom.berg@brightwater.example" <x@evil.example>',
        b"=?utf-8?q?tom=2Eberg=40brightwater=2Eexample?= <x@evil.example>",
        b"=?utf-8?q?Tom_Berg_=3Ctom=2Eberg=40brightwater=2Eexample=3E=2C?= <x@evil.example>",
        b"tom.berg@brightwater.example.evil.example",
        b"x@evilbrightwater.example",
    ],
)
def test_a_name_is_no_address(sender: bytes) -> None:
    """What stands in front of the address, or looks like a domain, makes nobody one of them."""
    mail = (
        b"From: "
        + sender
        + b"\nTo: robin.falk@mail.example\nSubject: Hello\nDate: Wed, 2 Dec 2026 09:14:22 +0000\n\nHi\n"
    )
    assert understand(mail, WATCHED, TODAY) is None
    assert may_be_theirs(mail.partition(b"\n\n")[0], WATCHED) == ""


def test_an_encoded_subject_cannot_steer_a_terminal() -> None:
    """Line breaks and bidi controls that an encoded word decodes to are gone from all that is kept."""
    found = understand(MAILS["encoded subject"], WATCHED, date(2026, 12, 7))
    assert found is not None
    assert_clean(found)
    assert "\u202e" not in found.subject

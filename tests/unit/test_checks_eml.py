"""A mail from elsewhere is read, whatever it holds, or refused in a sentence; quickly in any case."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.checks import check_mail, parse_eml, with_facts
from followup_mail.checks.samples import sample_facts
from followup_mail.errors import FollowupError
from followup_mail.message.draft import Mailbox

HEAD = b"From: Sam Rivera <sam@rivera.example>\r\nTo: Dr. Catherine Okafor <catherine.okafor@northwind.example>\r\n"


def test_plain_mail() -> None:
    """Subject, text, both ends and the moment are read; encoded words and folding are undone."""
    context = parse_eml(
        b'From: "Rivera, Sam" <sam@rivera.example>\r\nTo: =?utf-8?q?J=C3=BCrgen?= <j@y.example>, b@c.example\r\n'
        b"Subject: =?utf-8?b?VGhhbmsgeW91?=\r\n and more\r\nDate: Wed, 18 Nov 2026 09:00:00 -0600\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nDear J\xfcrgen,\r\nthank you.\r\n"
    )
    assert context.subject == "Thank you and more"
    assert context.text == "Dear Jürgen,\nthank you.\n"
    assert context.sender == Mailbox("Rivera, Sam", "sam@rivera.example")
    assert context.recipient == Mailbox("Jürgen", "j@y.example")
    assert context.sends_at == datetime(2026, 11, 18, 15, tzinfo=UTC)


LETTER = (
    HEAD + b"Subject: Thank you\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear J\xc3\xbcrgen,\r\nthanks.\r\n"
)
PLIST = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict/></plist>\n'


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + LETTER,
        b"\r\n\n" + LETTER,
        LETTER.decode().encode("utf-16"),
        LETTER.decode().encode("utf-16-le"),
        LETTER.decode().encode("utf-16-be"),
        LETTER.replace(b"utf-8", b"iso-8859-1").decode().encode("utf-16"),
        b"From sam@rivera.example Wed Nov 18 09:00:00 2026\n" + LETTER,
        b"%d\n" % len(LETTER) + LETTER + PLIST,
        b"1         \r\n" + LETTER + PLIST.replace(b"\n", b"\r\n"),
        LETTER.replace(b"\r\n", b"\n"),
        LETTER.replace(b"\r\n", b"\r"),
        LETTER.replace(b"\r\n", b"\r\r\n"),
    ],
    ids=["BOM", "blank", "UTF-16", "LE", "BE", "wrong set", "mbox", "emlx", "emlx CRLF", "LF", "CR", "CRCRLF"],
)
def test_a_mail_may_be_saved_in_any_usual_way(content: bytes) -> None:
    """By any mail program, on any system; what the program notes around it is no part of the mail."""
    assert parse_eml(content) == parse_eml(LETTER)


def test_raw_headers_are_read_as_encoded_ones() -> None:
    """RFC 6532: UTF-8 in a header, or the old set of the West; in the name of a file too."""
    part = (
        '--b\nContent-Type: application/pdf; name="Lebenslauf Jörg.pdf"\nContent-Disposition: attachment\n\nA\n--b--\n'
    )
    head = (
        "From: Jörg <a@x.example>\nTo: Zoë <z@x.example>\nSubject: Grüße\nContent-Type: multipart/mixed; boundary=b\n"
    )
    for charset in ("utf-8", "cp1252"):
        context = parse_eml(f"{head}\n\n{part}".encode(charset))
        assert (context.sender.name, context.recipient.name, context.subject) == ("Jörg", "Zoë", "Grüße")
        assert context.enclosures[0] == "Lebenslauf Jörg.pdf"


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        ("=?UTF-8?B?R3LDvMOfZ?= from Sam", "Grüß from Sam"),
        ("=?x-none?q?=FF?= Thank you", "Thank you"),
        ("=?utf-8?b?!!!?= Thank you", "Thank you"),
        ("Thank =?utf-8?q?you", "Thank =?utf-8?q?you"),
    ],
)
def test_half_a_subject_is_read(raw: str, subject: str) -> None:
    """What can be read stays, as in the other reader of saved mail."""
    assert parse_eml(HEAD + f"Subject: {raw}\r\n\r\nx".encode()).subject == subject


def test_an_outlook_file_is_recognised() -> None:
    """With the sentence that `rejected --message` says."""
    with pytest.raises(FollowupError, match=r"mine.msg is an Outlook \.msg file\."):
        parse_eml(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "mine.msg")


def test_an_address_shown_as_a_name_is_none() -> None:
    """Where a mail program knows no name it repeats the address; nobody is called so."""
    context = parse_eml(b"From: a@b.example\r\nTo: \"'c@d.example'\" <c@d.example>\r\n\r\nx")
    assert context.recipient == Mailbox("", "c@d.example")


def test_html_mail_without_plain_text() -> None:
    """The words of an HTML mail are read as they are shown: no scripts, no styles, paragraphs apart."""
    context = parse_eml(
        HEAD + b"Content-Type: text/html\r\n\r\n<html><head><title>t</title><style>p{}</style></head><body>"
        b"<p>Dear Ada,</p><p>thank&nbsp;you.<br>Sam</p><script>x()</script></body>"
    )
    assert context.text == "Dear Ada,\n\nthank you.\nSam"


def test_attachments_are_named() -> None:
    """An attachment counts as attached, with its name; an attached mail is not read as the mail itself."""
    context = parse_eml(
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        b"I have attached my plan.\r\n--b\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="=?utf-8?q?r=C3=A9sum=C3=A9.pdf?="\r\n\r\nAAAA\r\n'
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text\r\n--b--\r\n"
    )
    assert context.enclosures[0] == "résumé.pdf"
    assert "inner text" not in context.text
    assert "nothing-attached" not in {one.name for one in check_mail(context)}


def test_facts_find_the_recipient_and_zone() -> None:
    """With facts, the recipient is known and the moment is the recipient's."""
    context = parse_eml(
        HEAD + b"Date: Wed, 18 Nov 2026 04:00:00 +0000\r\n\r\nDear Marcus,\r\n\r\nthank you.\r\n\r\nSam"
    )
    known = with_facts(context, sample_facts())
    assert known.person is not None
    assert known.person.name == "Dr. Catherine Okafor"
    assert known.sends_at is not None
    assert known.sends_at.hour == 22
    assert {"wrong-recipient", "night-sending"} <= {one.name for one in check_mail(known)}


def test_header_cannot_smuggle_another() -> None:
    """A line break inside an encoded subject stays inside the subject."""
    context = parse_eml(b"From: a@b.example\r\nSubject: =?utf-8?q?a=0D=0ABcc=3Ax=40y?=\r\n\r\nx")
    assert context.subject == "a Bcc:x@y"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"^their\.eml is empty\.$"),
        (b"\n\n\n", r"^their\.eml is empty\.$"),
        (b"\xef\xbb\xbf\r\n", r"^their\.eml is empty\.$"),
        (b"hello\nworld", "not an email"),
        (b"\xff\xfe\x00" * 1000, "not an email"),
    ],
)
def test_no_mail_is_refused(content: bytes, said: str) -> None:
    """What has no headers is no mail; a file without anything in it is called empty."""
    with pytest.raises(FollowupError, match=said):
        parse_eml(content, "their.eml")


def _nested(depth: int) -> bytes:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"From: a@b.example\r\n" + parts + b"Content-Type: text/plain\r\n\r\nhi"


@pytest.mark.parametrize(
    "content",
    [
        _nested(3000),
        b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" * 3000,
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nhi\r\n" * 50_000,
        b"X: y\r\n" * 200_000 + b"\r\nx",
        b"From: a@b.example\r\n\r\n" + b"x" * (30 * 1024 * 1024),
    ],
    ids=["deep", "mail in mail", "many parts", "long headers", "large"],
)
def test_monsters_are_refused(content: bytes) -> None:
    """A mail that is too deep, too long or too large is refused before it costs time."""
    began = time.process_time()
    with pytest.raises(FollowupError):
        parse_eml(content)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "content",
    [
        _nested(45),
        HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 30_000 + b"\r\n\r\nx",
        HEAD + b"Content-Type: text/plain; charset=bogus-8\r\n\r\nhi",
        HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a" * 100_000 + b"-zzzz" * 1000,
        HEAD + b"Content-Type: text/plain; charset=zip\r\n\r\nhi",
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n!!!!not base64====",
        HEAD + b"Date: Wed, 99 Foo 99999 99:99:99 +9999\r\n\r\nx",
        HEAD + b"Content-Disposition: attachment; filename*0*=bad''%ff%fe; filename*2=x\r\n\r\nx",
        HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000 + b"<" * 50_000 + b"<!--" * 20_000,
    ],
    ids=["deep", "subject", "charset", "punycode", "codec", "base64", "date", "filename", "html"],
)
def test_broken_mails_are_read_as_far_as_they_go(content: bytes) -> None:
    """What is broken in one place is read in the others, and can be checked."""
    began = time.process_time()
    check_mail(parse_eml(content))
    assert time.process_time() - began < 3


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tail: bytes) -> None:
    """No bytes whatever make it fail otherwise."""
    try:
        context = parse_eml(b"From: a@b.example\r\n" + tail)
    except FollowupError:
        return
    assert "\r" not in context.text
    assert context.subject.isprintable()


def test_brackets_without_end_are_nobody() -> None:
    """``check`` ended with a mistake of its own."""
    content = f"From: me@x.example\nTo: {'(' * 3_000}\nSubject: Hello\n\nHi\n".encode()
    assert parse_eml(content).recipient.email == ""

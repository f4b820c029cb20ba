"""Their message, saved as a file: what an answer needs is found, and nothing in it is trusted."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.errors import FactsError
from followup_mail.incoming.forwarded import Forward
from followup_mail.incoming.reply import Received, parse_received, read_received

PLAIN = b"""\
From: Priya Raman <priya@lumen.example>
To: jordan@example.com
Subject: Your application
Message-ID: <1@lumen.example>
References: <a@example.com> <b@lumen.example>
In-Reply-To: <b@lumen.example>
Date: Mon, 23 Nov 2026 10:52:00 -0600

Dear Jordan,
From: nobody <nobody@body.example>
"""


def read(*lines: str | bytes) -> Received:
    """Read a message with these header lines."""
    raw = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return parse_received(raw + b"\n\nbody\n", "their.eml")


def test_everything_that_an_answer_needs_is_read() -> None:
    """Address, subject, id, references, day."""
    assert parse_received(PLAIN, "x") == Received(
        "priya@lumen.example",
        "Your application",
        "<1@lumen.example>",
        ("<a@example.com>", "<b@lumen.example>"),
        date(2026, 11, 23),
    )


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + PLAIN,
        b"From priya@lumen.example Mon Nov 23 10:52:00 2026\n" + PLAIN,
        b"\n\n" + PLAIN,
        b"1234      \n" + PLAIN,
        PLAIN.decode().encode("utf-16"),
        PLAIN.decode().encode("utf-16-le"),
        PLAIN.decode().encode("utf-16-be"),
        PLAIN.replace(b"\n", b"\r"),
        PLAIN.replace(b"\n", b"\r\r\n"),
        b"\xef\xbb\xbf\r\n\r\n" + PLAIN.replace(b"\n", b"\r\n"),
        b"\n812\n" + PLAIN + b'<?xml version="1.0"?>\n<plist version="1.0"></plist>\n',
        PLAIN.replace(b"\n\n", b"\nContent-Type: text/html\n\n<html>").replace(b"body.example", b"x"),
    ],
    ids=[
        "CRLF",
        "BOM",
        "mbox",
        "blank lines",
        "Apple Mail",
        "UTF-16",
        "LE",
        "BE",
        "CR",
        "CRCRLF",
        "BOM and blank",
        "emlx",
        "HTML only",
    ],
)
def test_a_message_may_be_saved_in_any_usual_way(content: bytes) -> None:
    """By any mail program, on any system."""
    assert parse_received(content, "x") == parse_received(PLAIN, "x")


@pytest.mark.parametrize(
    "content",
    [
        b"just a text\nof two lines\n",
        b"<html><body>Dear Jordan</body></html>",
        b"%PDF-1.7\n1 0 obj",
        b"\x00" * 999,
    ],
)
def test_what_is_no_message_is_refused(content: bytes) -> None:
    """A page, a document, a text: the error says what to save instead."""
    with pytest.raises(FactsError, match="does not look like a mail message") as caught:
        parse_received(content, "their.eml")
    assert ".eml" in caught.value.fix


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_called_so(content: bytes) -> None:
    """Whatever went wrong while saving: nothing is in it."""
    with pytest.raises(FactsError, match=r"^their\.eml is empty\.$"):
        parse_received(content, "their.eml")


def test_an_outlook_file_is_recognised() -> None:
    """Its own format cannot be read; how to save the other is said."""
    with pytest.raises(FactsError, match=r"Outlook \.msg"):
        parse_received(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "their.msg")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["From: me@example.com", "Subject: Fwd: No", "Content-Type: message/rfc822"], "was forwarded"),
        (["From: mailer-daemon@x.example", "Content-Type: multipart/report; boundary=b"], "is a report"),
    ],
)
def test_a_message_that_only_holds_theirs_is_refused(lines: list[str], said: str) -> None:
    """Forwarded, or returned as undeliverable: sender and id would be the wrong ones."""
    with pytest.raises(FactsError, match=said):
        read(*lines)


def test_a_message_forwarded_as_an_attachment_is_noticed() -> None:
    """Who passed it on, and who wrote it; a message with a file attached is read."""
    content = b"From: me@example.com\nSubject: FW: No\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    forward = parse_received(content + b"Content-Type: message/rfc822\n\n" + PLAIN, "x").forward
    assert forward == Forward(("me@example.com",), ("priya@lumen.example",), is_attached=True)
    assert parse_received(content + b"Content-Type: application/pdf\n\n", "x").sender == "me@example.com"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("priya@lumen.example", "priya@lumen.example"),
        ("<priya@lumen.example> (Priya)", "priya@lumen.example"),
        ('"Raman, Priya" <priya@lumen.example>', "priya@lumen.example"),
        ('"eve@evil.example" <priya@lumen.example>', "priya@lumen.example"),
        ('"<eve@evil.example>" <priya@lumen.example>', "priya@lumen.example"),
        ("=?utf-8?q?=3Ceve=40evil=2Eexample=3E?= <priya@lumen.example>", "priya@lumen.example"),
        ("=?utf-8?q?a=0D=0ABcc=3Aeve=40evil=2Eexample?= <priya@lumen.example>", "priya@lumen.example"),
        ("=?x-none?q?=FF?= <priya@lumen.example>", "priya@lumen.example"),
        ("Priya <priya@lumen.example>, Tom <tom@lumen.example>", "priya@lumen.example"),
        ("Priya Raman <priya@müller.example>", "priya@müller.example"),
        ("undisclosed-recipients:;", ""),
        ("priya@", ""),
        ("", ""),
    ],
)
def test_the_address_is_the_one_in_the_field(value: str, address: str) -> None:
    """A display name, encoded or not, never becomes one; what is no address is left out."""
    assert read(f"From: {value}", "Subject: x").sender == address


def test_the_answer_goes_where_they_want_it() -> None:
    """Reply-To before From; a broken one does not hide the sender."""
    assert read("From: a@x.example", "Reply-To: Jobs <reply+1@ats.example>").sender == "reply+1@ats.example"
    assert read("From: a@x.example", "Reply-To: nobody").sender == "a@x.example"


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?= aus =?iso-8859-1?q?K=F6ln?=", "Grüße aus Köln"),
        ("=?utf-8?b?w4ljbGFpcg==?=", "Éclair"),
        ("folded\n over lines", "folded over lines"),
        ("=?utf-8?q?a=0D=0ABcc=3A_eve=40evil=2Eexample?=", "a Bcc: eve@evil.example"),
        ("=?x-none?q?=FF?=", ""),
        ("=?utf-8?b?!!!?=", ""),
        ("=?utf-8?q?=E2=80=AEevil?=", ""),
        ("=?utf-8?q?=FF=FE?=", "\ufffd\ufffd"),
        ("=?UTF-8?B?R3LDvMOfZ?= from Lumen", "Grüß from Lumen"),
        ("=?x-none?q?=FF?= Your application", "Your application"),
        ("Your =?x-none?q?application?= here", "Your application here"),
        ("=?utf-8?b?!!!?= Your application", "Your application"),
        ("=?utf-8?q?=E2=80=AEevil?= Your application", "Your application"),
        ("=?utf-8?q?=00?= Your application", "Your application"),
        ("=?utf-8*en?q?Your?= application", "Your application"),
        ("=?utf-8?b?w6k?= =?utf-8?b?w6k?=", "éé"),
        ("=?utf-8?b?R3I=?=\n =?utf-8?b?w7zDn2U=?=", "Grüße"),
        ("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?Gr=C3=BC?= =?iso-8859-1?q?=DFe?=", "Grüße"),
        ("=?iso-8859-8-i?b?+ezl7Q==?=", "שלום"),
        ("=?gb2312?b?xPq6ww==?= Lumen", "您好 Lumen"),
        ("=?utf-8?q?Your application", "=?utf-8?q?Your application"),
        ("Grüße", "Grüße"),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_subject_is_read_or_left_out(value: str, subject: str) -> None:
    """Encoded words are read, line breaks in them fold, what hides or cannot be read is left out."""
    assert read(f"Subject: {value}", "From: a@x.example").subject == subject


def test_a_subject_in_raw_latin_1_is_read() -> None:
    """Old programs write it so, against the standard."""
    assert read(b"Subject: Gr\xfc\xdfe", "From: a@x.example").subject == "Grüße"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("<1@x.example>", "<1@x.example>"),
        ("\n <1@x.example>", "<1@x.example>"),
        ("<1@x.example> (added by relay)", "<1@x.example>"),
        ("<1 2@x.example>", ""),
        ("<abc123>", "<abc123>"),
        ("<abc 123>", ""),
        ("abc123", ""),
        ("1@x.example", "<1@x.example>"),
        ("<1@x.example", "<1@x.example>"),
        ("< 1@x.example >", "<1@x.example>"),
        ("(made by a relay) 1@x.example (in an hour)", "<1@x.example>"),
        ("<1.a\n b@x.example>", "<1.ab@x.example>"),
        ("=?utf-8?q?=3C1=40x=2Eexample=3E?=", "<1@x.example>"),
        ("Message from priya@lumen.example of Monday", ""),
        ("<a\tb@x>", ""),
        ("<é@x.example>", ""),
        ("<" + "1" * 600 + "@x.example>", ""),
    ],
)
def test_a_message_id_is_one_or_none(value: str, found: str) -> None:
    """What could not stand in a header of ours is left out."""
    assert read(f"Message-ID: {value}", "From: a@x.example").message_id == found


def test_a_long_thread_keeps_its_beginning_and_its_end() -> None:
    """The first id names the thread, the last ones place the answer."""
    ids = [f"<{n}@x.example>" for n in range(500)]
    references = read("From: a@x.example", f"References: {' '.join(ids)}").references
    assert len(references) == 50
    assert (references[0], references[-1]) == (ids[0], ids[-1])


@pytest.mark.parametrize(
    "value",
    [
        "<1@x.example> <2@x.example>",
        "<1@x.example>\n <2@x.example>",
        "<1@x.example><2@x.example>",
        "<1@x.example>, <2@x.example>",
        "1@x.example 2@x.example",
        "1@x.example\n\t<2@x.example>",
        "<1@x.example> (the first) <2@x.example> (the second)",
        "<1@x.\n example> <2@x.example>",
    ],
)
def test_references_are_read_as_programs_write_them(value: str) -> None:
    """Folded, in one line, with comments, with commas, without brackets: the thread is the same."""
    found = read("From: a@x.example", "Message-ID: 3@x.example", f"References: {value}")
    assert (found.references, found.notes) == (("<1@x.example>", "<2@x.example>"), ())


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        ([], "no Message-ID that can be used"),
        (["Message-ID: <no id>"], "no Message-ID that can be used"),
        (["Message-ID: <1@x.example>", "References: <no id> <2@x.example>"], "One id in the References"),
        (["Message-ID: <1@x.example>", "References: <é@x> <no id>"], "2 ids in the References"),
    ],
)
def test_what_is_lost_of_a_thread_is_said(lines: list[str], note: str) -> None:
    """An answer that cannot stay where it belongs is not passed over in silence."""
    assert note in read("From: a@x.example", *lines).notes[0]


def test_without_references_the_answered_message_is_the_thread() -> None:
    """RFC 5322 section 3.6.4."""
    assert read("From: a@x.example", "In-Reply-To: <1@x.example>").references == ("<1@x.example>",)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("Mon, 23 Nov 2026 23:59:00 -0600", date(2026, 11, 23)),
        ("yesterday", None),
        ("", None),
        ("Mon, 99 Nov 2026 10:00:00 +0000", None),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("Mon, 1 Jan 9999 00:00:00 +0000", None),
        ("23 Nov 2026 10:00:00 +9999999999", None),
    ],
)
def test_a_day_is_theirs_or_unknown(value: str, day: date | None) -> None:
    """A date that the facts would refuse is left out."""
    assert read("From: a@x.example", f"Date: {value}").on == day


MARKS = [
    *(
        "FW",
        "Fwd",
        "WG",
        "TR",
        "Tr ",
        "RV",
        "ENC",
        "Doorst",
        "VS",
        "VB",
        "VL",
        "PD",
        "FS",
        "I",
        "İLT",
        "ΠΡΘ",
        "转发",
        "轉寄",
    ),
    *(
        "전달",
        "פרק",
        "転送",
        "Továbbítás",
        "FW[2]",
        "[EXTERN] WG",
        "[External] Fwd",
        "EXTERNAL: FW",
        "[Fwd",
        *("(EXT) tr", "External email - FW", "CAUTION: FW", "⚠ WG", "Пересылка"),
    ),
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_forward_is_noticed_in_every_language(mark: str) -> None:
    """By the message that is attached, or by the mark in the subject where that one cannot be read."""

    def content(subject: str, kind: str) -> bytes:
        heading = f"From: Sam <sam@x.example>\nSubject: {subject}\nContent-Type: multipart/mixed; boundary=b\n\n"
        return f"{heading}--b\nContent-Type: {kind}\n\n".encode() + PLAIN + b"\n--b--\n"

    theirs = Forward(("sam@x.example",), ("priya@lumen.example",), is_attached=True)
    unread = Forward(("sam@x.example",), (), is_attached=True)
    for kind in ("message/rfc822", 'application/octet-stream; name="No.eml"'):
        assert parse_received(content(f"{mark}: Your application", kind), "x").forward == theirs
        assert parse_received(content(f"Re: {mark}: Your application", kind), "x").forward == theirs
    outlook = "application/vnd.ms-outlook\n\nits own format"
    assert parse_received(content(f"{mark}: Your application", outlook), "x").forward == unread
    assert parse_received(content(f"Re: {mark}: Yours", outlook), "x").forward is None
    assert parse_received(content(f"{mark}: Your application", "text/plain"), "x").sender == "sam@x.example"


HEADING = "From: Priya Raman <priya@lumen.example>\nDate: Mon, Nov 23, 2026\nSubject: Your application\n\nNo."


@pytest.mark.parametrize(
    ("subject", "text", "of"),
    [
        ("Fwd: Your application", f"see below\n\n---------- Forwarded message ---------\n{HEADING}", True),
        ("Your application", f"see below\n\n---------- Forwarded message ---------\n{HEADING}", True),
        ("Your application", f"Begin forwarded message:\n\n{HEADING}", True),
        ("WG: Ihre Bewerbung", f"-------- Weitergeleitete Nachricht --------\n{HEADING.replace('From', 'Von')}", True),
        ("FW: Your application", f"-----Original Message-----\n{HEADING}", True),
        ("FW: Your application", f"Sorry!\n\n{HEADING}", True),
        ("Fwd: x", "---------- Forwarded message ---------\n*From:* *Priya*\n<priya@lumen.example>", False),
        ("Fwd: x", "---------- Forwarded message ---------\n*From:*\nPriya <priya@lumen.example>", True),
        ("RE: Your application", f"We decided.\n\n-----Original Message-----\n{HEADING}", False),
        ("Your application", f"We decided.\n\n{HEADING}", False),
        ("Your application", f"No.\n\n{HEADING}\n\n---------- Forwarded message ---------\n{HEADING}", False),
        ("Re: x", "No.\n\n> ---------- Forwarded message ---------\n> From: priya@lumen.example", False),
        ("Your application", "Your forwarded message: thank you for it.\nFrom: now on, write to us.", False),
    ],
)
def test_a_forward_in_the_text_is_noticed(subject: str, text: str, of: bool) -> None:
    """Below the mark of a forward, or below any heading where the subject says forward; what is quoted is none."""
    raw = f"From: Sam <sam@x.example>\nSubject: {subject}\n\n{text}\n"
    wanted = Forward(("sam@x.example",), ("priya@lumen.example",), is_attached=False) if of else None
    assert parse_received(raw.encode(), "x").forward == wanted


def test_the_answer_goes_to_an_address_that_is_read() -> None:
    """A Reply-To that nobody reads does not hide the person who wrote, nor the other way round."""
    assert read("From: priya@x.example", "Reply-To: no-reply@x.example").sender == "priya@x.example"
    assert read("From: no-reply@x.example", "Reply-To: priya@x.example").sender == "priya@x.example"
    assert read("From: no-reply@x.example").sender == "no-reply@x.example"


def test_the_first_of_doubled_fields_counts() -> None:
    """A second Subject or From further down does not replace the one that mail programs show."""
    found = read("From: a@x.example", "Subject: first", "From: eve@evil.example", "Subject: second")
    assert (found.sender, found.subject) == ("a@x.example", "first")


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: " + b"x" * 2_000_000,
        b"A: b\n" * 400_000 + b"From: a@x.example\n\n",
        b"From: " + b"<" * 1_000_000 + b"\nSubject: x\n\n",
        b"Subject: " + b"=?utf-8?q?a?= " * 100_000,
        b"From: a@x.example\nReferences: " + b"<" * 1_000_000,
        b"From: " + b"a," * 500_000 + b"\nSubject: x\n\n",
        b"From: " + b"(" * 500_000 + b"\nSubject: x\n\n",
        b"From: " + b'"' + b"\\" * 500_001 + b"\nSubject: x\n\n",
        b"Subject: x\n" + b" y\n" * 500_000,
    ],
    ids=["subject", "fields", "brackets", "words", "ids", "addresses", "comments", "quotes", "folds"],
)
def test_a_huge_heading_takes_no_time(content: bytes) -> None:
    """Read in a moment, or refused; never a hang."""
    began = time.process_time()
    with suppress(FactsError):
        parse_received(content, "x")
    assert time.process_time() - began < 2


@given(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from([b"From: ", b"Subject: ", b"Message-ID: ", b"Date: ", b"\n", b"=?", b"<", b"\0"]), max_size=8
    ),
)
def test_no_bytes_break_the_reader(noise: bytes, marks: list[bytes]) -> None:
    """Whatever a file holds, it is read or refused, and what is read is one line without anything hidden."""
    try:
        found = parse_received(
            b"From: a@x.example\n" + b"".join(mark + noise[n::3] for n, mark in enumerate(marks)), "x"
        )
    except FactsError:
        return
    for text in (found.sender, found.subject, found.message_id, *found.references):
        assert "\n" not in text
        assert "\r" not in text
        assert "\0" not in text


@pytest.mark.parametrize("kind", ["missing", "folder", "fifo", "device"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    """A path that leads to no file, or to one that never ends."""
    path = {"folder": tmp_path, "device": Path("/dev/zero")}.get(kind, tmp_path / "their.eml")
    if kind == "fifo":
        os.mkfifo(path)
    with pytest.raises(FactsError) as caught:
        read_received(path)
    assert str(path) in caught.value.sentence


def test_a_file_is_read_as_its_bytes(tmp_path: Path) -> None:
    """The same as from memory."""
    path = tmp_path / "their.eml"
    path.write_bytes(PLAIN + b"x" * 1_000_000)
    assert read_received(path) == parse_received(PLAIN, "x")

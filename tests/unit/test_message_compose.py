"""The finished message and its envelope: always the same, about nothing but the draft."""

from __future__ import annotations

import hashlib
import socket
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from changing import replace
from message_samples import PLAIN, attach, read_back

from followup_mail.message.compose import compose
from followup_mail.message.date_header import with_date
from followup_mail.message.draft import Draft, Mailbox, Sender, Thread

AT = datetime(2026, 12, 8, 8, 30, 17, 999_999, tzinfo=ZoneInfo("America/Chicago"))


def from_address(address: str, **more: object) -> Draft:
    return replace(PLAIN, sender=Sender(Mailbox("Sam Okafor", address), **more))  # type: ignore[arg-type]


def test_the_whole_message() -> None:
    """A plain thank-you is the message that a careful mail program would have written."""
    seed = compose(PLAIN).message_id.removeprefix("<").partition("@")[0]
    boundary = read_back(compose(PLAIN)).get_boundary()
    assert compose(PLAIN).content.decode().split("\r\n") == [
        "From: Sam Okafor <sam@example.com>",
        "To: Priya Raman <priya@acme.example>",
        "Subject: Thank you for Tuesday",
        f"Message-ID: <{seed}@example.com>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative;",
        f' boundary="{boundary}"',
        "",
        f"--{boundary}",
        "Content-Type: text/plain; charset=us-ascii; format=flowed",
        "Content-Transfer-Encoding: 7bit",
        "",
        *PLAIN.text.split("\n"),
        f"--{boundary}",
        "Content-Type: text/html; charset=us-ascii",
        "Content-Transfer-Encoding: 7bit",
        "",
        *PLAIN.html.split("\n"),
        f"--{boundary}--",
        "",
    ]


def test_the_same_draft_gives_the_same_bytes() -> None:
    """What was previewed is what is sent: composing twice gives one message."""
    assert compose(PLAIN) == compose(replace(PLAIN))
    assert compose(PLAIN).sha256 == hashlib.sha256(compose(PLAIN).content).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAIN, step=replace(PLAIN.step, nth=2)),
        replace(PLAIN, sender=Sender(Mailbox("Sam", "sam@example.com"))),
        replace(PLAIN, to=Mailbox("Priya Raman", "p@acme.example")),
        replace(PLAIN, subject="Thank you"),
        replace(PLAIN, text="Thank you"),
        replace(PLAIN, thread=Thread("<a@b>", "Hello")),
        replace(PLAIN, attachments=(attach("cv.pdf"),)),
        replace(PLAIN, attachments=(attach("cv.pdf", b"other"),)),
    ],
)
def test_another_draft_has_another_id(other: Draft) -> None:
    """Any difference in what is said, to whom, for which step, gives another Message-ID."""
    assert compose(other).message_id != compose(PLAIN).message_id


def test_fields_do_not_run_together() -> None:
    """Two drafts whose fields hold the same letters, cut elsewhere, have different ids."""
    one = replace(PLAIN, subject="ab", text="c", html="")
    other = replace(PLAIN, subject="a", text="bc", html="")
    assert compose(one).message_id != compose(other).message_id


def test_nothing_about_the_machine() -> None:
    """The message names no program, no version and no machine, and its id is on the sender's domain."""
    mail = compose(from_address("sam@Müller.example"))
    assert mail.message_id.endswith("@xn--mller-kva.example>")
    for told in (b"X-Mailer", b"User-Agent", b"Received", b"Python", b"followup", socket.gethostname().encode()):
        assert told not in mail.content


def test_a_copy_to_oneself_is_in_the_envelope_only() -> None:
    """The recipient comes first; the sender's copy is in no header, and there is only one when both are the same."""
    mail = compose(from_address("sam@example.com", bcc_self=True))
    assert mail.rcpt_to == ("priya@acme.example", "sam@example.com")
    assert b"Bcc" not in mail.content
    assert mail.content.count(b"sam@example.com") == 1
    to_self = replace(from_address("sam@Example.com", bcc_self=True), to=Mailbox("", "sam@example.com"))
    assert compose(to_self).rcpt_to == ("sam@example.com",)


def test_a_domain_beyond_ascii_needs_nothing_special() -> None:
    """An internationalised domain goes out in its ASCII form, in header and envelope, to any server."""
    mail = compose(replace(PLAIN, to=Mailbox("Jürgen", "post@bücher.example")))
    assert mail.rcpt_to == ("post@xn--bcher-kva.example",)
    assert not mail.smtputf8
    assert mail.content.isascii()


@pytest.mark.parametrize("where", ["to", "from", "reply_to"])
def test_a_local_part_beyond_ascii_needs_smtputf8(where: str) -> None:
    """Such an address goes out as it is, and the envelope says that the server must be able to take it."""
    drafts = {
        "to": replace(PLAIN, to=Mailbox("José", "josé@example.com")),
        "from": from_address("josé@example.com"),
        "reply_to": from_address("sam@example.com", reply_to="josé@example.com"),
    }
    mail = compose(drafts[where])
    assert mail.smtputf8
    assert "josé@example.com" in mail.content.partition(b"\r\n\r\n")[0].decode()


def test_an_answer_is_threaded() -> None:
    """An answer names what it answers and all that came before, and says "Re:" once."""
    thread = Thread("<3@acme.example>", "AW: Re: Your application", ("<1@acme.example>", "<2@example.com>"))
    mail = compose(replace(PLAIN, subject="RE: AW: Your application", thread=thread))
    read = read_back(mail)
    assert read["In-Reply-To"] == "<3@acme.example>"
    assert read["References"] == "<1@acme.example> <2@example.com> <3@acme.example>"
    assert read["Subject"] == mail.subject == "Re: Your application"
    assert mail.references == ("<1@acme.example>", "<2@example.com>", "<3@acme.example>")


def test_a_mail_that_answers_nothing_keeps_its_subject() -> None:
    """Without a thread there are no threading fields, and the subject stays as it was written."""
    read = read_back(compose(replace(PLAIN, subject="SV: a system, vs: another")))
    assert read["Subject"] == "SV: a system, vs: another"
    assert "In-Reply-To" not in read
    assert "References" not in read


def test_text_alone_is_one_part() -> None:
    """Without HTML the message is plain text and nothing around it."""
    read = read_back(compose(replace(PLAIN, html="")))
    assert read.get_content_type() == "text/plain"


def test_the_date_goes_on_top() -> None:
    """The date of sending is in the zone of the moment given, and the rest is untouched."""
    dated = with_date(compose(PLAIN).content, AT)
    assert dated == b"Date: Tue, 08 Dec 2026 08:30:17 -0600\r\n" + compose(PLAIN).content


def test_a_date_is_set_once_and_never_guessed() -> None:
    """A naive moment and a message that has its date are errors of the program, and said so."""
    with pytest.raises(ValueError, match="time zone"):
        with_date(compose(PLAIN).content, AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="already"):
        with_date(with_date(compose(PLAIN).content, AT), datetime.now(UTC))


def test_a_date_in_the_text_is_only_text() -> None:
    """A line of the body that looks like a Date field does not count as one."""
    content = compose(replace(PLAIN, text="Date: tomorrow\n", html="")).content
    assert with_date(content, AT).endswith(b"\r\nDate: tomorrow\r\n")

"""What the labels of the corpus cannot say: why a mail is read, what is kept of it, days and threads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from answers_corpus import DEVELOPMENT, load_watched

from followup_mail.incoming.tenor import Tenor
from followup_mail.incoming.understand import may_be_theirs, understand
from followup_mail.incoming.understood import Understanding
from followup_mail.incoming.watched import Watched

WATCHED, TODAY = load_watched(DEVELOPMENT)
TOM = "Tom Berg <tom.berg@brightwater.example>"


def mail(sender: str = TOM, subject: str = "Hello", text: str = "Yes.", headers: str = "") -> bytes:
    """Return a mail to the user."""
    return f"From: {sender}\nTo: robin.falk@mail.example\nSubject: {subject}\n{headers}\n{text}\n".encode()


def test_all_of_an_answer_is_told() -> None:
    """Who, when by UTC, the thread, the first line without the greeting, and the sentence that says no."""
    headers = (
        "Date: Wed, 2 Dec 2026 09:14:22 +0100\nMessage-ID: <a@b.example>\nIn-Reply-To: <fm.1001.a7c2@mail.example>\n"
    )
    text = "Hi Robin,\n\nThank you for coming in. We have decided to go with somebody else.\n\nBest,\nTom"
    found = understand(mail(subject="Re: Thank you for Tuesday, Tom", text=text, headers=headers), WATCHED, TODAY)
    assert found is not None
    assert found.understanding is Understanding.ANSWER
    assert (found.sender, found.name) == ("tom.berg@brightwater.example", "Tom Berg")
    assert found.sent_at == datetime(2026, 12, 2, 8, 14, 22, tzinfo=UTC)
    assert (found.message_id, found.references) == ("<a@b.example>", ("<fm.1001.a7c2@mail.example>",))
    assert found.first_line == "Thank you for coming in. We have decided to go with somebody else."
    assert (found.tenor, found.sentence) == (Tenor.NO, "We have decided to go with somebody else.")
    assert found.why == 'it goes on your mail "Thank you for Tuesday, Tom"'


@pytest.mark.parametrize(
    ("sender", "subject", "why"),
    [
        (TOM, "Hello", "Tom Berg wrote it"),
        ("Tom Berg <tom@gmail.com>", "Hello", "Tom Berg wrote it from another address"),
        ("Mina <mina@brightwater.example>", "Hello", "it comes from brightwater.example"),
        ("Castlebrook Robotics <no-reply@greenhouse-mail.io>", "Hello", "it names Castlebrook Robotics"),
        ("Mail Delivery System <mailer-daemon@mail.example>", "Hello", "a mail server reports about a mail"),
        ("Tom <tom@gmail.com>", "Brightwater Analytics", ""),
        ("Jo <jo@falk.example>", "Brightwater Analytics", ""),
    ],
)
def test_why_a_body_is_read(sender: str, subject: str, why: str) -> None:
    """A known person, their domain, a system that names the company, a report; never a friend, never the family."""
    assert may_be_theirs(mail(sender, subject).partition(b"\n\n")[0], WATCHED) == why


def test_a_mail_without_a_date_is_of_today() -> None:
    """A mail program that leaves out the date does not make an answer one of long ago."""
    assert understand(mail(), WATCHED, TODAY) is not None
    assert may_be_theirs(mail(), WATCHED) != ""
    assert understand(mail(), WATCHED, date(2026, 1, 1)) is None


def test_nothing_is_looked_for_without_applications() -> None:
    """An empty home reads nobody's mail, whatever it is."""
    nobody = Watched(applications=(), own=WATCHED.own)
    assert may_be_theirs(mail(), nobody) == ""
    assert understand(mail(), nobody, TODAY) is None


def test_a_report_without_an_address_counts_by_its_id() -> None:
    """Some servers name only the mail: its id is enough where no other address contradicts it."""
    text = "Your message could not be delivered.\n\nMessage-ID: <fm.1001.a7c2@mail.example>"
    found = understand(mail("mailer-daemon@mail.example", "Undelivered mail", text), WATCHED, TODAY)
    assert found is not None
    assert found.understanding is Understanding.RETURNED
    assert found.returned == ("<fm.1001.a7c2@mail.example>",)


def test_an_ended_application_alone_is_answered() -> None:
    """A person of nothing but ended applications still belongs to those."""
    ended = replace(WATCHED, applications=tuple(replace(one, is_open=False) for one in WATCHED.applications))
    found = understand(mail(), ended, TODAY)
    assert found is not None
    assert found.applications == ("brightwater",)

"""What the labels of the corpus cannot say: why a mail is read, what is kept of it, days and threads."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from answers_corpus import DEVELOPMENT, load_watched
from changing import replace

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


@pytest.mark.parametrize(
    "said",
    [
        "I have left the company.",
        "I am no longer with Brightwater.",
        "Ich bin nicht mehr bei Brightwater tätig.",
        "J'ai quitté la société.",
        "Ya no trabajo en Brightwater.",
    ],
)
def test_who_has_left_does_not_come_back(said: str) -> None:
    """The line that is shown says that they have left, and no day of a return is made of other days in it."""
    text = f"Hello,\n\nthank you for your message.\n{said} Please write to hr@brightwater.example from 14 December."
    found = understand(mail(text=text, headers="Auto-Submitted: auto-replied\n"), WATCHED, TODAY)
    assert found is not None
    assert found.understanding is Understanding.AUTOMATIC
    assert found.first_line.endswith(said)
    assert found.back_on is None


def in_thread(text: str) -> Understanding | None:
    """Return what a person's mail without any mark of a machine is understood as."""
    headers = "Date: Mon, 7 Dec 2026 09:00:00 +0000\nIn-Reply-To: <fm.1001.a7c2@mail.example>\n"
    found = understand(mail(subject="Re: Thank you for Tuesday, Tom", text=text, headers=headers), WATCHED, TODAY)
    return found.understanding if found else None


@pytest.mark.parametrize(
    "text",
    [
        "I was out of the office last week, apologies. Let's talk Thursday.",
        "We're on vacation from the 24th, so let's do it before then.",
        "Tom is on vacation this week. I can help you in the meantime.",
        "Unfortunately I'm on holiday until the 20th. Could Katrin call you instead?",
        "Got it, thanks.",
        "Received, thank you!",
        "Thank you for your email. I will discuss it with the team and get back to you next week.",
        "Thanks for your message, Robin. I'm away at a conference but will look at it on Monday.",
        "ok",
        "Danke!",
        "Merci, bien reçu. Je reviens vers vous lundi.",
        "Ik ben er maandag weer. Zullen we dan bellen?",
        "I'm on parental leave from next month so Katrin will be your new contact.",
        "Sorry for the automatic reply you got. The decision is postponed to January.",
        "Could you please resend the attachment? It could not be delivered.",
        "Sie hatten mir eine automatische Antwort geschickt - ist alles in Ordnung?",
        "Ich bin ab Montag wieder im Büro, dann rufe ich Sie an.",
        "Wir sind bis 6. Januar im Betriebsurlaub, danach melden wir uns mit einer Entscheidung.",
    ],
)  # fmt: skip
def test_words_of_absence_do_not_hide_an_answer(text: str) -> None:
    """People write about their holidays too, and short answers look like receipts."""
    assert in_thread(text) is Understanding.ANSWER


@pytest.mark.parametrize(
    "text",
    [
        ("I am currently out of the office with no access to email, returning on 14 December. If you need "
         "immediate assistance please contact the front desk at 555 0142."),
        ("Thank you for your email. I am out of the office until 11 December. I will respond to your email "
         "as soon as possible upon my return. For urgent HR matters, contact hr@brightwater.example. "
         "Wishing you a great day!"),
        ("Ich bin derzeit nicht im Büro und kehre am 14.12.2026 zurück. Bitte wenden Sie sich an meine "
         "Kollegin Frau Vogel. Vielen Dank für Ihr Verständnis."),
        ("Bonjour, je suis absent jusqu'au 11 décembre. Pour toute urgence, contactez Mme Vogel au 01 02 "
         "03 04 05. Bien cordialement"),
        "Hola: Estoy fuera de la oficina hasta el 11 de diciembre. Responderé a su mensaje a mi regreso. Saludos",
        "Hallo, ik ben afwezig tot 14 december. Uw bericht wordt niet doorgestuurd. Met vriendelijke groet",
        "Buongiorno, sono in ferie fino all'11 dicembre. Risponderò al mio rientro. Cordiali saluti",
        ("Hi there! I'm OOO and away from my desk until Dec 14. Your email is important to me and I'll "
         "reply when I'm back."),
    ],
)  # fmt: skip
def test_a_note_of_absence_is_known_by_its_words_alone(text: str) -> None:
    """Some programs send such a note without any header that says so."""
    assert in_thread(text) is Understanding.AUTOMATIC


@pytest.mark.parametrize(
    ("sender", "subject", "text", "said"),
    [
        (
            "postmaster@brightwater.example",
            "Undeliverable: Thank you",
            ("Your message to tom.berg@brightwater.example couldn't be delivered.\n\ntom.berg wasn't found "
             "at brightwater.example."),
            "couldn't be delivered",
        ),
        (
            "Microsoft Outlook <postmaster@outlook.com>",
            "Message not delivered: Thank you",
            ("Your message couldn't be delivered to:\n\ntom.berg@brightwater.example\n\nReason: the "
             "recipient's mailbox is full."),
            "couldn't be delivered",
        ),
        (
            "Mail Delivery System <mailer-daemon@amavis.example>",
            "BANNED contents from you",
            ("Our content checker stopped your mail to tom.berg@brightwater.example. Delivery of the email "
             "was stopped!"),
            "stopped",
        ),
        (
            "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            "Delivery Status Notification (Failure)",
            ("** Message blocked **\n\nYour message to tom.berg@brightwater.example has been blocked. See "
             "technical details below for more information.\n\nThe response was:\n\nMessage rejected. See "
             "https://support.google.com/mail/answer/69585"),
            "Message blocked",
        ),
        (
            "MAILER-DAEMON <>",
            "Returned mail: User unknown",
            ("   ----- The following addresses had permanent fatal errors "
             "-----\n<tom.berg@brightwater.example>\n\n   ----- Transcript of session follows -----\n550 "
             "<tom.berg@brightwater.example>... User unknown"),
            "User unknown",
        ),
        (
            "System Administrator <postmaster@brightwater.example>",
            "Undeliverable: Thank you",
            ("Your message\n\n  To:      tom.berg@brightwater.example\n  Subject: Thank you\n  Sent:    "
             "Tue, 1 Dec 2026\n\ndid not reach the following recipient(s):\n\ntom.berg@brightwater.example "
             "on Tue, 1 Dec 2026\n    The recipient name is not recognized"),
            "not recognized",
        ),
        (
            "Mail Administrator <postmaster@t-online.de>",
            "Mail System Error - Returned Mail",
            ("This Message was undeliverable due to the following reason:\n\nYour message was not "
             "delivered because the destination computer refused to accept it.\n\nHost brightwater.example "
             "said: 554 Denied\nThe following recipients did not receive this message:\n\n     "
             "<tom.berg@brightwater.example>"),
            "554 Denied",
        ),
        (
            "mailer-daemon@icloud.com",
            "Undelivered Mail Returned to Sender",
            "<tom.berg@brightwater.example>: user does not exist",
            "does not exist",
        ),
        (
            "Mail Delivery System <MAILER-DAEMON@web.de>",
            "Mail delivery failed: returning message to sender",
            ("This message was created automatically by mail delivery "
             "software.\n\ntom.berg@brightwater.example:\nExplanation: host mx.brightwater.example said: "
             "550 5.7.1 Service unavailable; client host blocked"),
            "550 5.7.1",
        ),
        (
            "Mail Delivery System <MAILER-DAEMON@proton.me>",
            "Undelivered Mail Returned to Sender",
            ("This is the mail system at host mail.proton.me.\n\n<tom.berg@brightwater.example>: connect "
             "to mx.brightwater.example: Connection timed out"),
            "timed out",
        ),
        (
            "Postmaster <postmaster@libero.it>",
            "Mancato recapito: Thank you",
            "Il messaggio non è stato recapitato a tom.berg@brightwater.example: 550 utente sconosciuto",
            "550 utente",
        ),
        (
            "Postmaster <postmaster@terra.es>",
            "No se puede entregar: Thank you",
            "No se pudo entregar su mensaje a tom.berg@brightwater.example. 550 5.1.1 Usuario desconocido",
            "550 5.1.1",
        ),
        (
            "Postmaster <postmaster@kpn.example>",
            "Onbestelbaar: Thank you",
            "Uw bericht aan tom.berg@brightwater.example kon niet worden afgeleverd. 550 5.1.1 onbekend",
            "550 5.1.1",
        ),
        (
            "noreply@zoho.example",
            "Delivery Failure Notification",
            ("This is a system generated message. Your mail to <tom.berg@brightwater.example> has failed: "
             "553 relaying disallowed"),
            "553",
        ),
    ],
)  # fmt: skip
def test_a_report_without_parts_is_read(sender: str, subject: str, text: str, said: str) -> None:
    """Exchange, Outlook.com, Gmail, Sendmail, Postfix and providers in six languages, in plain text."""
    found = understand(mail(sender, subject, text), WATCHED, TODAY)
    assert found is not None
    assert found.understanding is Understanding.RETURNED
    assert found.returned_to == ("tom.berg@brightwater.example",)
    assert said in found.first_line

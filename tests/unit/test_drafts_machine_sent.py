"""Reports and automatic replies are refused in every form; what people and tracking systems write is taken."""

from __future__ import annotations

import pytest

from followup_mail.errors import FactsError
from followup_mail.incoming.reply import Received, parse_received

SENDER = "From: Priya Raman <priya@lumen.example>"
NO = "Dear Jordan,\n\nwe have decided to go on with another candidate for the position.\n\nPriya"


def read(*lines: str, text: str = NO) -> Received:
    """Read a mail with these header lines, from a person unless a line says otherwise."""
    sender = [] if any(line.startswith("From:") for line in lines) else [SENDER]
    return parse_received("\n".join([*sender, *lines, "Message-ID: <1@x.example>", "", text, ""]).encode(), "their.eml")


@pytest.mark.parametrize(
    "lines",
    [
        ["Content-Type: multipart/report; report-type=delivery-status; boundary=b"],
        ['Content-Type: MULTIPART/REPORT; report-type="disposition-notification"; boundary="b"'],
        ["Content-Type: multipart/report; report-type=feedback-report; boundary=b"],
        ["Content-Type: message/delivery-status"],
        ["X-Failed-Recipients: priya@lumen.example"],
        ["Subject: Mail delivery failed: returning message to sender"],
        ["Subject: Warning: message 1abc-DEF delayed 24 hours"],
        ["Subject: failure notice"],
        ["Subject: Undelivered Mail Returned to Sender"],
        ["Subject: Returned mail: see transcript for details"],
        ["Subject: Delivery Status Notification (Failure)"],
        ["Subject: Undeliverable: Thank you for Tuesday"],
        ["Subject: [EXTERN] Undeliverable: Thank you"],
        ["Subject: Unzustellbar: Vielen Dank"],
        ["Subject: Undeliverable mail to priya@lumen.example"],
        ["Subject: Mail konnte nicht zugestellt werden"],
        ["Subject: Warning: could not send message for past 4 hours"],
        ["Subject: Delivery failure (priya@lumen.example)"],
        ["Subject: Undelivered parcels project: your application", "From: mailer-daemon@mx.example"],
        ["Subject: Non remis : Merci"],
        ["Subject: No se puede entregar: Gracias"],
        ["Subject: =?utf-8?b?6YWN5L+h5LiN6IO9?=: Thank you"],
        ["From: MAILER-DAEMON@mx.example"],
        ["From: Mailer_Daemon@mx.example"],
        ["From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>"],
        ["From: postmaster@lumen.example"],
        ["From: post_master@lumen.example"],
        ["From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615@lumen.example>"],
        ["From: Mail Delivery System <>"],
        ["Return-Path: <MAILER-DAEMON>"],
    ],
    ids=lambda lines: lines[0],
)
def test_a_report_by_its_headers_is_no_answer(lines: list[str]) -> None:
    """By its type, a header, its sender or its subject, in whatever language the server writes."""
    with pytest.raises(FactsError, match="is a report about a mail of yours, not an answer"):
        read(*lines)


@pytest.mark.parametrize(
    "text",
    [
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message.",
        "This message was created automatically by mail delivery software.",
        "This is the mail system at host mx.example.\n\nI'm sorry",
        "This is the Postfix program at host mx.example.",
        "   ----- The original message was received at Mon, 23 Nov 2026",
        "Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.",
        "Delivery has failed to these recipients or groups:\n\npriya",
        "Sorry, we were unable to deliver your message to the following address.",
        "** Address not found **\n\nYour message wasn't delivered to priya@lumen.example",
    ],
)
def test_a_report_by_its_text_is_no_answer(text: str) -> None:
    """Old servers send a plain mail: how the text begins gives it away, also when it is encoded."""
    with pytest.raises(FactsError, match="is a report"):
        read("Subject: Thank you", text=text)


def test_a_report_inside_of_another_mail_is_no_answer() -> None:
    """A gateway may pack the delivery status into a plain multipart."""
    body = "--b\nContent-Type: text/plain\n\nsee below\n--b\nContent-Type: message/delivery-status\n\nAction: failed"
    with pytest.raises(FactsError, match="is a report"):
        read("Subject: x", "Content-Type: multipart/mixed; boundary=b", text=body)


@pytest.mark.parametrize(
    "lines",
    [
        ["Auto-Submitted: auto-replied"],
        ["Auto-Submitted: auto-replied (vacation)"],
        ["Auto-Submitted: (made by a machine) Auto-Replied; owner-email=priya@lumen.example"],
        ["auto-submitted:\n auto-notified; owner-email=priya@lumen.example"],
        ["Auto-Submitted: auto-generated", "In-Reply-To: <mine@example.com>"],
        ["Auto-Submitted: auto-generated", "Subject: Re: Thank you"],
        ["X-Autoreply: yes"],
        ["X-Autorespond: Thank you"],
        ["X-Auto-Reply-From: x", "Precedence: auto_reply"],
        ["Precedence: Auto-Reply"],
        ["X-POST-MessageClass: 9; Autoresponder"],
        ["X-Autogenerated: Reply"],
        ["Delivered-To: Autoresponder"],
        ["Return-Path: <>"],
        ["Subject: Automatic reply: Thank you for Tuesday"],
        ["Subject: [External] Automatic reply: Thank you"],
        ["Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A?= Merci"],
        ["Subject: Automatische Antwort: Vielen Dank"],
        ["Subject: Abwesenheitsnotiz"],
        ["Subject: Respuesta automática: Gracias"],
        ["Subject: Automatisch antwoord: Bedankt"],
        ["Subject: Autosvar: Tack"],
        ["Subject: 自动答复: 谢谢"],
        ["Subject: Out of Office: Thank you"],
        ["Subject: 【自動返信】Thank you"],
        ["Subject: [Automatic reply] Thank you"],
        ["Subject: AUTO: Priya Raman is out of the office (returning 12/07/2026)"],
        ["Subject: Priya Raman is out of the office."],
        ["Subject: Out of office"],
        ["Subject: Re: Out of office"],
        ["Subject: Out of Office AutoReply: Thank you"],
        ["Subject: Out of office until 7 December"],
        ["Subject: Out of office - Priya Raman"],
        ["Subject: Absence du bureau : Merci"],
        ["Subject: Nieobecność: Dziękuję"],
        ["Subject: Out of office support engineer: your application", "Auto-Submitted: auto-replied"],
    ],
    ids=lambda lines: lines[-1],
)
def test_an_automatic_reply_is_no_answer(lines: list[str]) -> None:
    """By RFC 3834, by the headers of vacation programs, or by the subject that mail programs give it."""
    with pytest.raises(FactsError, match="is an automatic reply, not an answer") as caught:
        read(*lines)
    assert caught.value.fix.startswith("Nothing was recorded. If they did answer, save that message")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Auto-Submitted: auto-generated"], "I am out of the office until 7 December."),
        (["Auto-Submitted: auto-generated"], "Thank you for your mail. We will get back to you."),
        (["Auto-Submitted: auto-generated"], "About an application: I am on parental leave, ask Tom."),
        (["Subject: Re: Thank you"], "Ich bin bis zum 7. Dezember nicht im Büro."),
        (["X-Auto-Response-Suppress: All"], "I'm currently out of the office."),
    ],
)
def test_an_automatic_reply_is_known_by_its_text(lines: list[str], text: str) -> None:
    """A machine wrote it, and it says that somebody is away, or nothing about the application."""
    with pytest.raises(FactsError, match="is an automatic reply"):
        read(*lines, text=text)


@pytest.mark.parametrize(
    "lines",
    [
        ["X-Auto-Response-Suppress: All"],
        ["X-Auto-Response-Suppress: DR, OOF, AutoReply", "Subject: RE: Thank you"],
        ["Precedence: bulk", "List-Unsubscribe: <mailto:x@ats.example>"],
        ["Precedence: list"],
        ["Auto-Submitted: no"],
        ["Auto-Submitted: No (a person wrote this)"],
        ["Auto-Submitted:"],
        ["X-Autoreply: no"],
        ["Auto-Submitted: auto-generated", "Subject: Your application", "Precedence: bulk"],
        ["Auto-Submitted: auto-generated", "Subject: Update", "From: Lumen <no-reply@ats.example>"],
        ["Return-Path: <priya@lumen.example>"],
        ["Subject: RE: Automatic reply: Thank you"],
        ["Subject: Delivery manager: your application"],
        ["Subject: Auto industry role: our decision"],
        ["Subject: Out of office support engineer: your application"],
        ["Subject: [EXT] Absence management analyst: your application"],
        ["Subject: Undelivered parcels project: your application"],
        ["Subject: Mail delivery system engineer: your application"],
        ["Subject: Message status service: our decision"],
        ["Subject: Returned mail team: your application"],
    ],
    ids=lambda lines: lines[0],
)
def test_what_a_person_or_a_tracking_system_writes_is_an_answer(lines: list[str]) -> None:
    """Exchange and tracking systems put signs of machines on real answers; those alone refuse nothing."""
    assert read(*lines).message_id == "<1@x.example>"


def test_a_person_may_quote_a_report() -> None:
    """What they quote is not what they say."""
    text = "Sorry about that.\n\n> Delivery has failed to these recipients:\n> priya@lumen.example\n"
    assert read("Subject: Re: Thank you", text=text).sender == "priya@lumen.example"


def test_a_person_who_is_away_may_still_answer() -> None:
    """It speaks of the application, and no header says that a machine wrote it."""
    text = "Hi Jordan,\nI am out of the office, but wanted you to know: the position went to another candidate."
    assert read("Subject: Re: Thank you", text=text).sender == "priya@lumen.example"

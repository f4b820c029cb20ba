"""What servers' refusals mean: the tables that ``reply_outcome`` looks into, by how far the conversation got.

Codes are those of RFC 5321 section 4.2.3 and RFC 3463, and what large providers make of them. What is said about the
sender is in ``sender_refusals``, since it may come at any point; here is what is about the login, the recipient and the
mail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.delivery import advice
from followup_mail.delivery.replies import Reply
from followup_mail.delivery.reply_code import Meaning, any_of
from followup_mail.delivery.sender_refusals import find_refused_sender
from followup_mail.outbox.attempt import Phase

_FIRST: Final = (
    # Greylisting speaks of client hosts and sender addresses as well, and means neither.
    Meaning("4..", advice.GREYLISTED, words=r"gr[ea]y[ -]?list"),
    Meaning("556", advice.NO_DOMAIN),
    # Exchange Online: mails an hour to one recipient.
    Meaning("5..", advice.TOO_MANY, enhanced=r"5\.2\.12[12]"),
)
_AT_LOGIN: Final = (
    Meaning("5..", advice.MICROSOFT, enhanced=r"5\.7\.139", pauses=True),
    Meaning("5..", advice.MICROSOFT, words="basic authentication|smtpclientauthentication", pauses=True),
    Meaning("53[45]", advice.GMAIL, enhanced=r"5\.7\.(9|14)", pauses=True),
    Meaning("53[45]", advice.GMAIL, words=r"gsmtp|google\.com|application-specific", pauses=True),
    Meaning("535", advice.TOO_OFTEN, words="too many", pauses=True),
)
_AT_LOGIN_ELSE: Final = (
    # 163.com where SMTP is switched off; Brevo before the account is approved.
    Meaning(
        "5..",
        advice.BLOCKED,
        words="no permission|(user|account) (is )?(suspended|disabled|locked|blocked)",
        pauses=True,
    ),
    Meaning("534", advice.STRONGER, pauses=True),
    Meaning("535", advice.WRONG, pauses=True),
    Meaning("53[08]", advice.ENCRYPT, words="starttls|encrypt|tls|ssl", pauses=True),
    Meaning("5..", advice.OTHER_LOGIN, pauses=True),
    Meaning("454", advice.LOGIN_LATER),
)
# A login that is missing is asked for at any later point.
_LOGIN_MISSING: Final = (
    Meaning("5..", advice.ENCRYPT, words="without ssl|without tls|must issue a starttls", pauses=True),
    Meaning("5..", advice.LOG_IN, enhanced=r"5\.7\.57", pauses=True),
    Meaning(
        "5..",
        advice.LOG_IN,
        words=any_of(
            "not logged in|smtp auth(entication)? is required|unauthenticated senders",
            "client (was )?not authenticated",
        ),
        pauses=True,
    ),
)
# "Never" by the code and "not now" by the words, but for a mailbox that is full or missing: there they are manners.
_NOT_NOW: Final = (
    Meaning(
        "5..",
        advice.LATER,
        enhanced=r"(5\.[034567]\.\d+)?",
        words=r"\b(try|retry|resend)( \S+){0,3} (later|after)\b|temporarily",
        later=True,
    ),
)
_OF_SENDER: Final = (
    Meaning("5..", advice.TOO_LARGE, enhanced=r"5\.(3\.4|2\.3)"),
    Meaning("552", advice.TOO_LARGE),
    # Before a recipient is named, a suspended user can only be one's own.
    Meaning("5..", advice.BLOCKED, words="suspended|disabled|blocked|locked|deactivated", pauses=True),
    Meaning("5[05][0134]", advice.NOT_YOUR_FROM, pauses=True),
)
_OF_RECIPIENT: Final = (
    Meaning("[45]5[0-9]", advice.NO_RELAY, words="relay(?!=)", pauses=True),
    Meaning("551", advice.MOVED),
    Meaning("55[0-9]", advice.NO_MAILBOX, enhanced=r"5\.1\.[016]"),
    Meaning("55[0-9]", advice.NO_DOMAIN, enhanced=r"5\.(1\.2|1\.10|4\.4)"),
    Meaning("5..", advice.BAD_ADDRESS, enhanced=r"5\.1\.3"),
    Meaning("55[0-9]", advice.FULL, enhanced=r"5\.2\.[12]"),
    Meaning("55[0-9]", advice.UNWANTED, enhanced=r"5\.7\..*"),
    Meaning("550", advice.UNKNOWN),
    Meaning("552", advice.FULL),
    Meaning("553", advice.BAD_ADDRESS),
    Meaning("554", advice.UNWANTED),
)
_NO_RECIPIENT: Final = any_of(
    "no valid recipients|recipient address(es)? rejected|invalid recipient|recipient unavailable|rejected by recipient",
    "no such user|user unknown|mailbox (not found|unavailable)|invalid mailbox|mailbox is disabled",
)
_OF_MESSAGE: Final = (
    Meaning("55[0-9]", advice.NO_MAILBOX, enhanced=r"5\.1\.[016]"),
    # The recipient is looked up only now by servers that hand the mail on while they take it.
    Meaning("55[0-9]", advice.UNKNOWN, words=_NO_RECIPIENT),
    Meaning("[45]5[0-9]", advice.NO_RELAY, words="relay(?!=)", pauses=True),
    Meaning("552", advice.ATTACHMENT, enhanced=r"5\.7\.0"),
    Meaning("55[0-9]", advice.ATTACHMENT, words=r"\bvirus\b"),
    Meaning("55[0-9]", advice.TOO_LARGE, enhanced=r"5\.(3\.4|2\.3)"),
    Meaning("55[0-9]", advice.FULL, enhanced=r"5\.2\.[12]"),
    Meaning("551", advice.MOVED),
    Meaning("552", advice.LARGE_OR_FULL),
    Meaning("55[0-9]", advice.MALFORMED, enhanced=r"5\.6\..*|5\.7\.512"),
    Meaning("55[0-4]", advice.SPAM),
)
_AT_PHASE: Final = {
    Phase.CONNECT: (Meaning("5..", advice.NOT_FROM_HERE, pauses=True),),
    Phase.LOGIN: _AT_LOGIN_ELSE,
    Phase.MAIL: _OF_SENDER,
    Phase.RCPT: _OF_RECIPIENT,
    Phase.DATA: _OF_MESSAGE,
    Phase.BODY: _OF_MESSAGE,
    Phase.ANSWER: _OF_MESSAGE,
}
_LAST: Final = (
    Meaning("53[08]", advice.ENCRYPT, words="starttls|encrypt|tls|ssl", pauses=True),
    Meaning("530", advice.LOG_IN, pauses=True),
    Meaning("50[0-4]|521|555", advice.NOT_SMTP, pauses=True),
    Meaning("5..", advice.FOR_GOOD),
    Meaning("421", advice.CLOSING),
    Meaning("4..", advice.GREYLISTED, enhanced=r"4\.7\.1"),
    Meaning("450", advice.BUSY),
    Meaning("451", advice.ITS_FAULT),
    Meaning("452", advice.NO_ROOM),
    Meaning("4..", advice.LATER),
)


def find_meaning(reply: Reply, phase: Phase) -> Meaning:
    """Return the first row, from the particular to the general, that a refusal (4xx or 5xx) fits."""
    return next(_fitting(reply, phase))


def _fitting(reply: Reply, phase: Phase) -> Iterator[Meaning]:
    before = _AT_LOGIN if phase is Phase.LOGIN else _LOGIN_MISSING
    yield from (row for row in (*_FIRST, *before) if row.fits(reply))
    if sender := find_refused_sender(reply):
        yield sender
    after = () if phase in {Phase.CONNECT, Phase.LOGIN} else _NOT_NOW
    yield from (row for row in (*after, *_AT_PHASE.get(phase, ()), *_LAST) if row.fits(reply))

"""What a server's reply means for an attempt: rules about the login, the recipient and the mail, by phase.

Codes are those of RFC 5321 section 4.2.3 and RFC 3463, and what large providers make of them. Refusals of the sender
are in ``sender_refusals``, since they may come at any point.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.delivery import advice
from followup_mail.delivery.replies import Reply, ReplyRule, any_of
from followup_mail.delivery.sender_refusals import find_refused_sender
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

_FIRST: Final = (
    # Greylisting speaks of client hosts and sender addresses as well, and means neither.
    ReplyRule("4..", advice.GREYLISTED, words=r"gr[ea]y[ -]?list"),
    ReplyRule("556", advice.NO_DOMAIN),
    # Exchange Online: mails an hour to one recipient.
    ReplyRule("5..", advice.TOO_MANY, enhanced=r"5\.2\.12[12]"),
)
_AT_LOGIN: Final = (
    ReplyRule("5..", advice.MICROSOFT, enhanced=r"5\.7\.139", pauses=True),
    ReplyRule("5..", advice.MICROSOFT, words="basic authentication|smtpclientauthentication", pauses=True),
    ReplyRule("53[45]", advice.GMAIL, enhanced=r"5\.7\.(9|14)", pauses=True),
    ReplyRule("53[45]", advice.GMAIL, words=r"gsmtp|google\.com|application-specific", pauses=True),
    ReplyRule("535", advice.TOO_OFTEN, words="too many", pauses=True),
)
_AT_LOGIN_ELSE: Final = (
    # 163.com where SMTP is switched off; Brevo before the account is approved.
    ReplyRule(
        "5..",
        advice.BLOCKED,
        words="no permission|(user|account) (is )?(suspended|disabled|locked|blocked)",
        pauses=True,
    ),
    ReplyRule("534", advice.STRONGER, pauses=True),
    ReplyRule("535", advice.WRONG, pauses=True),
    ReplyRule("53[08]", advice.ENCRYPT, words="starttls|encrypt|tls|ssl", pauses=True),
    ReplyRule("5..", advice.OTHER_LOGIN, pauses=True),
    ReplyRule("454", advice.LOGIN_LATER),
)
# A server may ask for a missing login at any later point.
_LOGIN_MISSING: Final = (
    ReplyRule("5..", advice.ENCRYPT, words="without ssl|without tls|must issue a starttls", pauses=True),
    ReplyRule("5..", advice.LOG_IN, enhanced=r"5\.7\.57", pauses=True),
    ReplyRule(
        "5..",
        advice.LOG_IN,
        words=any_of(
            "not logged in|smtp auth(entication)? is required|unauthenticated senders",
            "client (was )?not authenticated",
        ),
        pauses=True,
    ),
)
# "Never" by the code and "not now" by the words. About a full or missing mailbox, "later" is only politeness.
_NOT_NOW: Final = (
    ReplyRule(
        "5..",
        advice.LATER,
        enhanced=r"(5\.[034567]\.\d+)?",
        words=r"\b(try|retry|resend)( \S+){0,3} (later|after)\b|temporarily",
        later=True,
    ),
)
_OF_SENDER: Final = (
    ReplyRule("5..", advice.TOO_LARGE, enhanced=r"5\.(3\.4|2\.3)"),
    ReplyRule("552", advice.TOO_LARGE),
    # Before a recipient is named, a suspended user can only be the account's own.
    ReplyRule("5..", advice.BLOCKED, words="suspended|disabled|blocked|locked|deactivated", pauses=True),
    ReplyRule("5[05][0134]", advice.NOT_YOUR_FROM, pauses=True),
)
_OF_RECIPIENT: Final = (
    ReplyRule("[45]5[0-9]", advice.NO_RELAY, words="relay(?!=)", pauses=True),
    ReplyRule("551", advice.MOVED),
    ReplyRule("55[0-9]", advice.NO_MAILBOX, enhanced=r"5\.1\.[016]"),
    ReplyRule("55[0-9]", advice.NO_DOMAIN, enhanced=r"5\.(1\.2|1\.10|4\.4)"),
    ReplyRule("5..", advice.BAD_ADDRESS, enhanced=r"5\.1\.3"),
    ReplyRule("55[0-9]", advice.FULL, enhanced=r"5\.2\.[12]"),
    ReplyRule("55[0-9]", advice.UNWANTED, enhanced=r"5\.7\..*"),
    ReplyRule("550", advice.UNKNOWN),
    ReplyRule("552", advice.FULL),
    ReplyRule("553", advice.BAD_ADDRESS),
    ReplyRule("554", advice.UNWANTED),
)
_NO_RECIPIENT: Final = any_of(
    "no valid recipients|recipient address(es)? rejected|invalid recipient|recipient unavailable|rejected by recipient",
    "no such user|user unknown|mailbox (not found|unavailable)|invalid mailbox|mailbox is disabled",
)
_OF_MESSAGE: Final = (
    ReplyRule("55[0-9]", advice.NO_MAILBOX, enhanced=r"5\.1\.[016]"),
    # A server that passes the mail on while receiving it looks the recipient up only now.
    ReplyRule("55[0-9]", advice.UNKNOWN, words=_NO_RECIPIENT),
    ReplyRule("[45]5[0-9]", advice.NO_RELAY, words="relay(?!=)", pauses=True),
    ReplyRule("552", advice.ATTACHMENT, enhanced=r"5\.7\.0"),
    ReplyRule("55[0-9]", advice.ATTACHMENT, words=r"\bvirus\b"),
    ReplyRule("55[0-9]", advice.TOO_LARGE, enhanced=r"5\.(3\.4|2\.3)"),
    ReplyRule("55[0-9]", advice.FULL, enhanced=r"5\.2\.[12]"),
    ReplyRule("551", advice.MOVED),
    ReplyRule("552", advice.LARGE_OR_FULL),
    ReplyRule("55[0-9]", advice.MALFORMED, enhanced=r"5\.6\..*|5\.7\.512"),
    ReplyRule("55[0-4]", advice.SPAM),
)
_AT_PHASE: Final = {
    Phase.CONNECT: (ReplyRule("5..", advice.NOT_FROM_HERE, pauses=True),),
    Phase.LOGIN: _AT_LOGIN_ELSE,
    Phase.MAIL: _OF_SENDER,
    Phase.RCPT: _OF_RECIPIENT,
    Phase.DATA: _OF_MESSAGE,
    Phase.BODY: _OF_MESSAGE,
    Phase.ANSWER: _OF_MESSAGE,
}
_LAST: Final = (
    ReplyRule("53[08]", advice.ENCRYPT, words="starttls|encrypt|tls|ssl", pauses=True),
    ReplyRule("530", advice.LOG_IN, pauses=True),
    ReplyRule("50[0-4]|521|555", advice.NOT_SMTP, pauses=True),
    ReplyRule("5..", advice.FOR_GOOD),
    ReplyRule("421", advice.CLOSING),
    ReplyRule("4..", advice.GREYLISTED, enhanced=r"4\.7\.1"),
    ReplyRule("450", advice.BUSY),
    ReplyRule("451", advice.ITS_FAULT),
    ReplyRule("452", advice.NO_ROOM),
    ReplyRule("4..", advice.LATER),
)


def interpret_reply(reply: Reply, phase: Phase) -> AttemptResult:
    """Return what a final reply (2xx, 4xx, 5xx) means in this phase.

    The verdict follows the first digit of the code (4: later, 5: never; RFC 5321 section 4.2.1), except where a rule
    knows that a provider says "never" and means "not today".
    """
    if 200 <= reply.code <= 299:
        return AttemptResult(Verdict.ACCEPTED, phase, said=reply.said, code=reply.code, enhanced=reply.enhanced)
    rule = next(_matching_rules(reply, phase))
    is_temporary = reply.code < 500 or rule.later
    return AttemptResult(
        Verdict.DEFERRED if is_temporary else Verdict.REFUSED,
        phase,
        said=reply.said,
        code=reply.code,
        enhanced=reply.enhanced,
        fix=rule.fix,
        pauses_account=rule.pauses,
    )


def _matching_rules(reply: Reply, phase: Phase) -> Iterator[ReplyRule]:
    """Yield every rule that matches a refusal (4xx or 5xx), the most specific first. There is always one."""
    before = _AT_LOGIN if phase is Phase.LOGIN else _LOGIN_MISSING
    yield from (rule for rule in (*_FIRST, *before) if rule.matches(reply))
    if sender := find_refused_sender(reply):
        yield sender
    after = () if phase in {Phase.CONNECT, Phase.LOGIN} else _NOT_NOW
    yield from (rule for rule in (*after, *_AT_PHASE.get(phase, ()), *_LAST) if rule.matches(reply))

"""What a server's reply means for an attempt, by the rules of ``refusals.toml`` and by how far the dialogue got."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.delivery.replies import Reply
from followup_mail.delivery.reply_rules import RULES, ReplyRule, expand
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.regex import regex

_READ: Final = 1_000
"""Characters of a reply that are read for rules about the sender; what matters is said at the start."""
_ABOUT_RECIPIENT: Final = regex(expand("<about_recipient>"), re.IGNORECASE)
_AT_PHASE: Final = {
    Phase.CONNECT: RULES["connect"],
    Phase.LOGIN: RULES["login"],
    Phase.MAIL: RULES["mail"],
    Phase.RCPT: RULES["recipient"],
    Phase.DATA: RULES["message"],
    Phase.BODY: RULES["message"],
    Phase.ANSWER: RULES["message"],
}


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
    before = RULES["login_first"] if phase is Phase.LOGIN else RULES["login_missing"]
    yield from (rule for rule in (*RULES["first"], *before) if rule.matches(reply))
    yield from _rules_about_sender(reply)
    after = () if phase in {Phase.CONNECT, Phase.LOGIN} else RULES["not_now"]
    yield from (rule for rule in (*after, *_AT_PHASE.get(phase, ()), *RULES["last"]) if rule.matches(reply))


def _rules_about_sender(reply: Reply) -> Iterator[ReplyRule]:
    """Yield the rules about the sender that match: not this address, not this account, not today, not from here.

    Such refusals come at any point of the dialogue. Postfix holds back its objections to the sender until RCPT
    (smtpd_delay_reject), Exchange and the services for bulk mail until the dot, and most use codes that mean a missing
    mailbox or spam elsewhere. So the words decide, and the enhanced code only where a provider gives it one meaning.
    """
    shortened = Reply(reply.code, reply.text[:_READ])
    if not _ABOUT_RECIPIENT.search(shortened.text):
        yield from (rule for rule in RULES["sender"] if rule.matches(shortened))

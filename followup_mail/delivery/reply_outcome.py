"""From a server's answer to the outcome of an attempt: a pure decision.

The verdict follows the first digit of the code (4: later, 5: never; RFC 5321 section 4.2.1), but for the few rows of
``reply_codes`` where a provider says "never" and means "not today".
"""

from __future__ import annotations

from followup_mail.delivery.replies import Reply
from followup_mail.delivery.reply_codes import find_meaning
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict


def judge(reply: Reply, phase: Phase) -> AttemptResult:
    """Return the outcome that a final reply (2xx, 4xx, 5xx) means in this phase."""
    if 200 <= reply.code <= 299:
        return AttemptResult(Verdict.ACCEPTED, phase, said=reply.said, code=reply.code, enhanced=reply.enhanced)
    meaning = find_meaning(reply, phase)
    is_temporary = reply.code < 500 or meaning.later
    return AttemptResult(
        Verdict.DEFERRED if is_temporary else Verdict.REFUSED,
        phase,
        said=reply.said,
        code=reply.code,
        enhanced=reply.enhanced,
        fix=meaning.fix,
        pauses_account=meaning.pauses,
    )

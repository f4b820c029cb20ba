"""FM301: a mail that could have been written before the interview."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.step import Kind
from followup_mail.drafts.checks.looking import in_body
from followup_mail.drafts.checks.parties import known_names
from followup_mail.drafts.checks.reading import Reading, Span
from followup_mail.drafts.checks.rule import ERROR, Rule, Spot
from followup_mail.drafts.checks.sample import Sample
from followup_mail.drafts.checks.stock import is_stock, stem

ENOUGH = 4
"""Different words that no stock phrase has; a note about one conversation has a dozen."""
_KINDS = frozenset({Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY})


def _look(reading: Reading) -> Iterable[Spot]:
    if len(reading.core_words) < 12:
        return
    names = known_names(reading.letter)
    own = {stem(word.plain) for word in reading.core_words if not is_stock(word.plain) and word.plain not in names}
    if len(own) < ENOUGH:
        end = reading.sentences[0].end if reading.sentences else reading.core.end
        start = reading.sentences[0].start if reading.sentences else reading.core.start
        yield in_body(
            reading,
            Span(start, end),
            "Nothing in this mail comes from your conversation; it could have been written before you met.",
        )


RULE = Rule(
    code="FM301",
    name="generic",
    severity=ERROR,
    looks_for="No topic, remark or detail of the conversation: only what any note says.",
    why="G0, G3: name something from the meeting. It shows listening, and reminds a busy interviewer who this was.",
    fix="Add one thing that you talked about with this person; the facts hold them in `discussed` and `convinced`.",
    bad=Sample(
        "Thank you for taking the time to meet with me about the Data Engineer position. I enjoyed learning more about "
        "the role and the company. I am very excited about this opportunity and believe that my skills and experience "
        "are a great match. I look forward to hearing from you.",
        kind=Kind.THANK_YOU,
    ),
    good=Sample(
        "Thank you for taking the time to meet with me. How each of your teams owns its pipelines, alarms and all, is "
        "what I have been looking for since the freight company.",
        kind=Kind.THANK_YOU,
    ),
    look=_look,
    kinds=_KINDS,
)

"""FM206: a day on which there was no interview."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from followup_mail.checks.day_mentions import DAY_WORDS, DayNamed, days_named, days_of, interviews_with_recipient
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose, words_of
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample

_TALK = (
    r"(?:conversations?|interviews?|meetings?|talks?|chats?|calls?|discussions?|visits?|sessions?|time|tour|hour|day)"
)
# What says that the day is the day of the interview. It must stand shortly before the day, or directly after it.
_BEFORE = re.compile(
    rf"\b(?:(?:met|spoke|spoken|talked|interviewed|visited)\b|(?:our|the|your|my)\s+(?:\w+\s+){{0,2}}{_TALK}\b|"
    rf"(?:meeting|speaking|talking|sitting|chatting|interviewing)\b|(?:thank you|thanks)(?:\s+\w+){{0,2}}\s+for\b|"
    r"(?:to|and)\s+(?:meet|talk|speak|interview)\b|interview\b)"
)
_AFTER = re.compile(
    rf"(?:'s|s')\s+(?:\w+\s+){{0,2}}{_TALK}\b|"
    r"(?:\s+(?:morning|afternoon|evening))?,?\s+(?:you|we)\s+"
    r"(?:showed|told|met|spoke|talked|asked|explained|walked|discussed)\b"
)
# What says that it is some other day: still to come, or the day of something else.
_OTHERWISE = re.compile(
    r"\b(?:by|until|till|before|next|from|since|decide\w*|decision|hear|start\w*|again on|offer\w* to|if|would|could|"
    r"can|will|available|free|second|another|further|follow\w*|applied|application|wrote|sent|read|every|each|on-call|per|"
    r"mentioned|said|told|named|promised|expect\w*|and on|coming|deadline|due|ship\w*|releas\w*|"
    r"letter|e?-?mail|message|news|reply|answer)\b"
)
# Good Friday is no day of an interview.
_FEAST = re.compile(r"\b(?:good|black|ash|easter|palm|shrove|cyber|maundy|whit|casual|super)\s\Z")
_NEAR = 60


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    interviews = interviews_with_recipient(mail.context)
    if not interviews or not (mail.subject.has_any(DAY_WORDS) or mail.body.has_any(DAY_WORDS)):
        return
    right = days_of(interviews, mail.context)
    days = (interview.start for interview in interviews)
    said = " and ".join(sorted({f"{day:%A}, {day.day} {day:%B}" for day in days}))
    message = f"'{{words}}' is not the day of the interview, which was {said}."
    for span in _find(mail, mail.subject, mail.whole_subject, right):
        yield in_subject(mail, span, message)
    for sentence in mail.sentences:
        for span in _find(mail, mail.body, sentence, right):
            yield in_body(mail, span, message)


def _find(mail: ParsedMail, prose: Prose, within: TextSpan, right: frozenset[date]) -> Iterable[TextSpan]:
    sent_on = mail.context.sends_at.date() if mail.context.sends_at else None
    days = (named for named in days_named(prose, within) if not _FEAST.search(prose.plain[: named.span.start][-12:]))
    wrong = (named for named in days if not any(named.may_be(day, sent_on) for day in right))
    found = [named.span for named in wrong if _is_interview_day(prose.plain, within, named)]
    # The interview with somebody else may have been on another day.
    return found if found and not _names_others(mail, prose, within) else ()


def _is_interview_day(plain: str, within: TextSpan, named: DayNamed) -> bool:
    before = plain[max(within.start, named.span.start - _NEAR) : named.span.start]
    if _AFTER.match(plain, named.span.end) and not _OTHERWISE.search(before):
        return True
    cues = list(_BEFORE.finditer(before))
    return (
        bool(cues)
        and not _OTHERWISE.search(before, cues[-1].end())
        and not re.search(r"[;:]", before[cues[-1].end() :])
    )


def _names_others(mail: ParsedMail, prose: Prose, within: TextSpan) -> bool:
    text = prose.plain[within.start : within.end]
    words = {word.removesuffix("'s") for word in words_of(text)}
    # "Iwasawa-san" names Iwasawa.
    return not mail.known.others.keys().isdisjoint(words | {word.partition("-")[0] for word in words})


RULE = Rule(
    code="FM206",
    name="wrong-day",
    severity=ERROR,
    looks_for="'our conversation on Monday', 'meeting me yesterday', when that was not the day.",
    why="It looks careless, and where many were interviewed it makes the reader think of another candidate.",
    fix="Write the day of the interview, or leave the day out.",
    bad=Sample("Thank you for our conversation on Monday about moving the nightly jobs."),
    good=Sample(
        "Thank you for our conversation on Tuesday. You hoped to decide by Friday; on Monday I could meet Marcus."
    ),
    inspect=_inspect,
)

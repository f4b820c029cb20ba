"""FM206: a day on which there was no interview."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from followup_mail.checks.day_mentions import DAY_WORDS, DayNamed, days_named, days_of, interviews_with_recipient
from followup_mail.checks.interview_cues import Cue, cue_for, is_by_wire
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose, words_of
from followup_mail.checks.rule import ERROR, REJECTIONS, THANKS, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.facts.application import Interview

_DAYS_READ = 20
"""Days of a sentence that are looked at; a sentence has two."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    interviews = interviews_with_recipient(mail.context)
    if not interviews or not (mail.subject.has_any(DAY_WORDS) or mail.body.has_any(DAY_WORDS)):
        return
    days = (interview.start for interview in interviews)
    said = " and ".join(sorted({f"{day:%A}, {day.day} {day:%B}" for day in days}))
    message = f"'{{words}}' is not the day of the interview, which was {said}."
    for span in _find(mail, mail.subject, mail.whole_subject, interviews):
        yield in_subject(mail, span, message)
    for sentence in mail.sentences:
        for span in _find(mail, mail.body, sentence, interviews):
            yield in_body(mail, span, message)


def _find(mail: ParsedMail, prose: Prose, within: TextSpan, interviews: tuple[Interview, ...]) -> Iterable[TextSpan]:
    named = list(islice(days_named(prose, within), _DAYS_READ))
    others = _with_others(mail, prose, within) if named else None
    if others is None:
        return
    sent_on = mail.context.sends_at.date() if mail.context.sends_at else None
    # An inquiry is about the application: the interview that it names may be one with somebody else.
    every = mail.context.facts.interviews if mail.context.facts and mail.context.kind not in THANKS else ()
    right = days_of((*interviews, *others, *every), mail.context)
    sentence = prose.plain[slice(*within)]
    for day in named:
        if any(day.may_be(known, sent_on) for known in right):
            continue
        cue = cue_for(prose.plain, within, day.span)
        if _is_of_interview(cue, day, mail, max(right), sentence):
            yield day.span


def _is_of_interview(cue: Cue, named: DayNamed, mail: ParsedMail, last: date, sentence: str) -> bool:
    """Return whether a day is meant to be that of the interview, by what ties it there and by the kind of mail.

    In a thank-you nothing else is thanked for. Later on there was a call or a letter, perhaps on that very day.
    """
    context = mail.context
    if cue in {Cue.NONE, Cue.MET}:
        return cue is Cue.MET
    if context.kind in THANKS or context.kind is None:
        return True
    if cue is Cue.THANKED:
        return False
    sent_on = context.sends_at.date() if context.sends_at else None
    may_be_later = context.kind in REJECTIONS or is_by_wire(sentence)
    return not (may_be_later and named.is_since(last, sent_on))


def _with_others(mail: ParsedMail, prose: Prose, within: TextSpan) -> tuple[Interview, ...] | None:
    """Return the interviews with other people whom a sentence names: those may have been on another day.

    None where somebody is named who was in no interview: nobody knows on which day they spoke.
    """
    words = {word.removesuffix("'s") for word in words_of(prose.plain[within.start : within.end])}
    # "Iwasawa-san" names Iwasawa.
    words |= {word.partition("-")[0] for word in words}
    names = {mail.known.others[word] for word in words & mail.known.others.keys()}
    every = mail.context.facts.interviews if mail.context.facts and names else ()
    met = {person.name for interview in every for person in interview.people}
    if not names <= met:
        return None
    return tuple(item for item in every if not names.isdisjoint({person.name for person in item.people}))


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

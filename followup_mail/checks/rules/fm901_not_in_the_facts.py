"""What a writing model says and was not told: a name, a figure, a day, a quotation, a promise, a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from followup_mail.checks.context import Briefing
from followup_mail.checks.figure_support import Beside, Support, rough_counts, support, telling_words
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.rule import ERROR, WARNING, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.checks.stated_claims import unknown_claims
from followup_mail.checks.stated_days import all_days, days_ahead, unknown_days, unknown_hours
from followup_mail.checks.stated_figures import (
    WAYS_OF_SPEAKING,
    is_share,
    numbered_otherwise,
    phone_numbers,
    stated_figures,
)
from followup_mail.checks.stated_names import unknown_names
from followup_mail.checks.stated_promises import unknown_promises
from followup_mail.checks.stated_quotations import unknown_quotations

_REACH = 100
_SURE = {Support.NONE, Support.OTHER_UNIT}


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    briefing = mail.context.briefing
    if briefing is None:
        return
    finders = (_names, _quotations, _days, _figures, _promises, _claims)
    spots = [spot for find in finders for spot in find(mail, briefing)]
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: spot.severity is WARNING):  # an error is not hidden by a doubt around it
        if not any(spot.place is other.place and spot.start < other.end and other.start < spot.end for other in kept):
            kept.append(spot)
    yield from kept


def _names(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    message = "No fact has the name '{words}'."
    for name in unknown_names(mail.body, mail.core, mail.known, briefing):
        yield _as_sure(in_body(mail, name.span, message), name.is_sure)
    for name in unknown_names(mail.subject, mail.whole_subject, mail.known, briefing):
        if name.is_sure:
            yield in_subject(mail, name.span, message)


def _quotations(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    for quotation in unknown_quotations(mail.body, mail.core, briefing):
        yield _as_sure(
            in_body(mail, quotation.span, "Nobody said '{words}', as far as the facts go."), quotation.is_sure
        )


def _days(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    message = "No fact has the day '{words}'."
    for span in unknown_days(mail.body, mail.core, briefing):
        yield in_body(mail, span, message)
    yield from (in_subject(mail, span, message) for span in unknown_days(mail.subject, mail.whole_subject, briefing))
    for span in unknown_hours(mail.body, mail.core, briefing):
        yield in_body(mail, span, "No fact has the hour '{words}'.")
    for span in days_ahead(mail.body, mail.core, briefing):
        yield _as_sure(in_body(mail, span, "No fact says that something is to be '{words}'."), is_sure=False)


def _figures(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    aside = list(all_days(mail.body, mail.core))
    for span, is_known in phone_numbers(mail.body.plain, *mail.core, briefing):
        aside.append(span)
        if not is_known:
            yield in_body(mail, span, "No fact has the number '{words}'.")
    for sentence in mail.sentences:
        yield from _figures_in(mail, sentence, briefing, aside)


def _figures_in(mail: ParsedMail, sentence: TextSpan, briefing: Briefing, aside: list[TextSpan]) -> Iterator[Spot]:
    text = mail.body.plain
    for figure in stated_figures(text, *sentence):
        if figure.values <= {1.0} or (figure.is_worded and figure.next_word in WAYS_OF_SPEAKING):
            continue
        if any(span.start <= figure.span.start < span.end for span in aside):
            continue
        if is_share(text, figure):
            continue
        start = max(mail.core.start, sentence.start - _REACH)
        words = [(word, abs(start + at - figure.span.start)) for word, at in telling_words(text[start : sentence.end])]
        values = frozenset(value for near in stated_figures(text, start, sentence.end) for value in near.values)
        how = support(figure, Beside(words, values), briefing)
        message = "No fact has the figure '{words}' so: " + how.value + "."
        if how is not Support.FULL:
            yield _as_sure(in_body(mail, figure.span, message), how in _SURE)
    for span in numbered_otherwise(text, *sentence, briefing):
        yield in_body(mail, span, "The facts have another number than '{words}'.")
    for span, is_sure in rough_counts(text, *sentence, briefing):
        yield _as_sure(in_body(mail, span, "No fact says '{words}'."), is_sure)


def _promises(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    for promise in unknown_promises(mail, briefing):
        yield _as_sure(in_body(mail, promise.span, "No fact has this promise: '{words}'."), promise.is_sure)


def _claims(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    for claim in unknown_claims(mail, briefing):
        yield _as_sure(in_body(mail, claim.span, claim.message), claim.is_sure)


def _as_sure(spot: Spot, is_sure: bool) -> Spot:
    return spot if is_sure else replace(spot, severity=WARNING)


_FACTS = (
    "Dr. Catherine Okafor", "Head of Data", "Sam Rivera", "Northwind Labs", "Data Engineer", "Tuesday 17 November",
    "moving the nightly jobs to streaming", "each team owns its pipelines",
    "I ran a similar move from nightly batches to streaming at a freight company, 2 yrs, 40 jobs",
)  # fmt: skip

RULE = Rule(
    code="FM901",
    name="not-in-the-facts",
    severity=ERROR,
    looks_for="A name, a figure, a day, a quotation, a promise or a claim that the writing model was not told.",
    why="What a model invents is believed, and it is the candidate who has to answer for it.",
    fix="Leave it out, or say only what a fact says.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs. At Brightline Cargo I moved 60 of them to streaming.",
        given="The facts say: 40 jobs, at a freight company.",
        changes={"briefing": Briefing(_FACTS)},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. At a freight company I moved 40 of them to streaming, and it "
        "took us two years.",
        given="The facts say so.",
        changes={"briefing": Briefing(_FACTS)},
    ),
    inspect=_inspect,
)

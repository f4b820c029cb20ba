"""Everything in a mail that its briefing does not have, as spots: an error where that is sure, else a warning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from followup_mail.checks.context import Briefing
from followup_mail.checks.figure_support import Beside, Support, rough_counts, support, words_with_places
from followup_mail.checks.finding import MailPart
from followup_mail.checks.own_sentences_in_mail import sentences_of_the_user
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import words_of
from followup_mail.checks.rule import REJECTIONS, WARNING, Spot, in_body, in_subject
from followup_mail.checks.stated_claims import unknown_claims
from followup_mail.checks.stated_days import all_days, days_ahead, unknown_days, unknown_hours
from followup_mail.checks.stated_figures import (
    WAYS_OF_SPEAKING,
    StatedFigure,
    idioms,
    is_share,
    numbered_otherwise,
    phone_numbers,
    stated_figures,
)
from followup_mail.checks.stated_names import unknown_names
from followup_mail.checks.stated_promises import unknown_promises
from followup_mail.checks.stated_quotations import unknown_quotations
from followup_mail.regex import regex

_REACH: Final = 100
"""How many characters before its sentence may still say what a figure is a figure of."""
_TWO: Final = {1.0, 2.0}
_SMALL: Final = 30
"""Figures up to this one may be one's own in an offer: "I could show you in ten minutes"."""
_OFFER: Final = regex(
    r"\?|\b(?:if (?:you|it|that)|happy to|glad to|could (?:send|show|talk|call|walk|explain|come|bring)|whenever)\b"
)
_CURRENCY: Final = regex(
    r"[$\u20ac\u00a3\u00a5\u20b9]|\b(?:dollars?|euros?|bucks|quid|rupees?|francs?|salary|wages?)\b"
)
_SURE: Final = {Support.NONE, Support.OTHER_UNIT}


def find_invented(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    """Yield what the facts of a briefing do not have: names, quotations, days, figures, promises and claims."""
    finders = (_names, _quotations, _days, _figures, _money, _promises, _claims, _doubts)
    own = sentences_of_the_user(mail)
    spots = [spot for find in finders for spot in find(mail, briefing) if not _is_within(spot, own)]
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: spot.severity is WARNING):  # an error is not hidden by a doubt around it
        if not any(spot.place is other.place and spot.start < other.end and other.start < spot.end for other in kept):
            kept.append(spot)
    yield from kept


def _is_within(spot: Spot, spans: list[TextSpan]) -> bool:
    """Return whether what was found stands in a sentence that the user typed for this mail."""
    return spot.place is MailPart.BODY and any(span.start <= spot.start and spot.end <= span.end for span in spans)


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
    decision = mail.context.facts.said.decision_by if mail.context.facts else None
    dated = [decision] if decision else []
    for span in unknown_days(mail.body, mail.core, briefing, dated):
        yield in_body(mail, span, message)
    for span in unknown_days(mail.subject, mail.whole_subject, briefing, dated):
        yield in_subject(mail, span, message)
    for span in unknown_hours(mail.body, mail.core, briefing):
        yield in_body(mail, span, "No fact has the hour '{words}'.")
    for span in days_ahead(mail.body, mail.core, briefing):
        yield _as_sure(in_body(mail, span, "No fact says that something is to be '{words}'."), is_sure=False)


def _figures(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    aside = [*all_days(mail.body, mail.core), *idioms(mail.body.plain, *mail.core)]
    for span, is_known in phone_numbers(mail.body.plain, *mail.core, briefing):
        aside.append(span)
        if not is_known:
            yield in_body(mail, span, "No fact has the number '{words}'.")
    for sentence in mail.sentences:
        yield from _figures_in(mail, sentence, briefing, aside)


def _figures_in(mail: ParsedMail, sentence: TextSpan, briefing: Briefing, aside: list[TextSpan]) -> Iterator[Spot]:
    text = mail.body.plain
    judged = [
        (figure, _judge(mail, figure, sentence, briefing))
        for figure in stated_figures(text, *sentence)
        if _counts(text, figure) and not any(span.start <= figure.span.start < span.end for span in aside)
    ]
    for figure, how in judged:
        if how is Support.NONE and max(figure.values) <= _SMALL and _OFFER.search(text, *sentence):
            continue  # "Happy to take ten minutes for it."
        if how is not Support.FULL:
            message = "No fact has '{words}' in this sense: " + how.value + "."
            yield _as_sure(in_body(mail, figure.span, message), how in _SURE)
    for span in numbered_otherwise(text, *sentence, briefing):
        yield in_body(mail, span, "The facts have another number than '{words}'.")
    for span, is_sure in rough_counts(text, *sentence, briefing):
        yield _as_sure(in_body(mail, span, "No fact says '{words}'."), is_sure)


def _counts(text: str, figure: StatedFigure) -> bool:
    """Return whether a figure says how many, and is no way of speaking."""
    is_spoken = figure.values <= {1.0} or (figure.is_worded and figure.next_word in WAYS_OF_SPEAKING)
    is_spoken |= figure.values <= _TWO and figure.is_worded and figure.next_word == "of"  # "two of your questions"
    return not is_spoken and not is_share(text, figure)


def _judge(mail: ParsedMail, figure: StatedFigure, sentence: TextSpan, briefing: Briefing) -> Support:
    """Return how the facts support a figure, seen with what its sentence says and the end of the one before it."""
    text, start = mail.body.plain, max(mail.core.start, sentence.start - _REACH)
    words = [(word, abs(start + at - figure.span.start)) for word, at in words_with_places(text[start : sentence.end])]
    values = frozenset(value for near in stated_figures(text, start, sentence.end) for value in near.values)
    return support(figure, Beside(words, values), briefing)


def _money(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    """Find money that no fact speaks of: "I would work for one dollar" has no figure that could be compared."""
    told = "\n".join(briefing.facts).lower()
    for match in _CURRENCY.finditer(mail.body.plain, *mail.core):
        if match[0].rstrip("s") not in told:
            yield in_body(mail, TextSpan(*match.span()), "No fact speaks of money as '{words}'.")


def _promises(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    """Find promises to the reader. After a no, what one will do differently from now on is not one."""
    for promise in unknown_promises(mail, briefing):
        if mail.context.kind in REJECTIONS and "you" not in words_of(mail.plain(promise.span)):
            continue
        yield _as_sure(in_body(mail, promise.span, "No fact has this promise: '{words}'."), promise.is_sure)


def _claims(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    for claim in unknown_claims(mail, briefing):
        yield _as_sure(in_body(mail, claim.span, f"{claim.message.rstrip('.')}: '{{words}}'."), claim.is_sure)


def _doubts(mail: ParsedMail, briefing: Briefing) -> Iterator[Spot]:
    for words in briefing.doubts:
        start = mail.body.written.find(words)
        if start >= 0:
            spot = in_body(mail, TextSpan(start, start + len(words)), "The model itself finds no fact for '{words}'.")
            yield _as_sure(spot, is_sure=False)


def _as_sure(spot: Spot, is_sure: bool) -> Spot:
    return spot if is_sure else replace(spot, severity=WARNING)

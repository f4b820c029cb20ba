"""FM102: a missing value, written out by a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.program_output import find_garbled, find_missing_values
from followup_mail.checks.prose import Prose
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.checks.spoken_labels import is_in_facts, is_spoken_of
from followup_mail.regex import regex

# "A single #N/A held up the month": a thing that one can count.
_ONE_OF_MANY = regex(r"\b(?:a|an|one|single|another|every|each|stray|two|three|many|no)\s+\Z")
_VALUES = regex(r"\b(?:null|none|undefined|nan|nil|n/a|nat)\b")
_SEVERAL = 3
_NEAR = 80
_FINDERS: tuple[tuple[Callable[[Prose], Iterator[TextSpan]], str], ...] = (
    (find_missing_values, "'{words}' stands in for a missing fact."),
    (find_garbled, "'{words}' is what a program made of your words."),
)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for find, message in _FINDERS:
        for show, prose in ((in_subject, mail.subject), (in_body, mail.body)):
            yield from (show(mail, span, message) for span in find(prose) if _is_left_over(mail, prose, span))


def _is_left_over(mail: ParsedMail, prose: Prose, span: TextSpan) -> bool:
    """Return whether a value is a leftover: a company may be called None Such, and NULL may have been talked about."""
    words = prose.written[span.start : span.end]
    is_name = words.strip("(),<>[]").lower() in mail.known.words
    around = prose.plain[max(0, span.start - _NEAR) : span.end + _NEAR]
    if len({*_VALUES.findall(around)}) >= _SEVERAL:
        return False  # "null, None, undefined, N/A: four names for one thing" is about them.
    is_one_of_many = bool(_ONE_OF_MANY.search(prose.plain[max(0, span.start - 20) : span.start]))
    return not (is_name or is_one_of_many or is_in_facts(words, mail.known) or is_spoken_of(prose, span))


RULE = Rule(
    code="FM102",
    name="none-value",
    severity=ERROR,
    looks_for="'None', 'nan', '#N/A', 'Invalid Date', '<object at 0x...>', '&nbsp;' where a name or a topic belongs.",
    why="It shows that a program filled in a form and nobody read the result.",
    fix="Add the missing fact, or delete the sentence.",
    bad=Sample(text="Dear None,\n\nThank you for the conversation about None.\n\nBest regards,\nSam Rivera"),
    good=Sample(
        "None of the other teams I met lets each group own its pipelines, and none moved its nightly jobs to streaming "
        "so calmly."
    ),
    inspect=_inspect,
)

"""FM302: the same note to two people of one panel."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.context import Companion
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.checks.text_overlap import alike_sentences, copied_sentence, longest_shared, shared_words

TOO_MUCH = 0.5
"""The share of words in runs of five that another note has too, greeting and signature aside."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if len(mail.core_words) < 15:
        return
    found = ((_shared(mail, companion.text), companion) for companion in mail.context.companions)
    shared, other = max(found, key=lambda pair: sum(pair[0]), default=((), Companion("", "")))
    share = sum(shared) / len(mail.core_words)
    to = f"the note to {other.name}" if other.name else "another note to this panel"
    if share >= TOO_MUCH:
        message = f"{share:.0%} of this is also in {to}, such as: '{{words}}'."
        yield in_body(mail, longest_shared(mail, shared), message)
        return
    person = mail.context.person
    for companion in mail.context.companions:
        copied = copied_sentence(mail, shared_words(mail, companion.text), person.moment if person else "")
        if copied:
            note = f"The note to {companion.name}" if companion.name else "Another note to this panel"
            yield in_body(mail, copied, f"{note} has the same sentence: '{{words}}'.")
            return


def _shared(mail: ParsedMail, other: str) -> tuple[bool, ...]:
    """Return for each word of the core whether another note has it too: in a run of words, or a sentence reworded."""
    shared = list(shared_words(mail, other))
    for span in alike_sentences(mail, other):
        inside = mail.words_in(span)
        shared[inside] = [True] * len(shared[inside])
    return tuple(shared)


_OTHER = """Dear Marcus,

Thank you for the talk about the on-call rota. How you let each team own its pipelines is what I have been looking for,
and I would bring what I learned from moving a freight company from batch to streaming.

Best regards,
Sam Rivera"""

RULE = Rule(
    code="FM302",
    name="panel-sameness",
    severity=ERROR,
    looks_for="Half of the text, or a long sentence of its own kind, is also in the note to another of the panel.",
    why="Interviewers put their notes side by side. G0 and G4 want everyone thanked, each one personally.",
    fix="Mention something that only this person told you, or choose another wording with `--wording`.",
    fix_saved="Mention something that only this person told you.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs. How you let each team own its pipelines is what I have been "
        "looking for, and I would bring what I learned from moving a freight company from batch to streaming.",
        given="Marcus gets: 'Thank you for the talk about the on-call rota. How you let each team own ...' and so on.",
        changes={"companions": (Companion("Marcus Lindqvist", _OTHER),)},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. Your plan to move them one team at a time is the reason why I "
        "would trust it: we tried all at once, and slept badly for a month.",
        given="Marcus gets another note.",
        changes={"companions": (Companion("Marcus Lindqvist", _OTHER),)},
    ),
    inspect=_inspect,
)

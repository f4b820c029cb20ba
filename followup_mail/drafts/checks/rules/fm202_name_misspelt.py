"""FM202: the recipient's name, nearly right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.drafts.checks.looking import in_body, in_subject
from followup_mail.drafts.checks.naming import Likeness, is_near, name_words
from followup_mail.drafts.checks.parties import known_words, likeness, recipient_names
from followup_mail.drafts.checks.prose import Prose
from followup_mail.drafts.checks.reading import Reading, Span
from followup_mail.drafts.checks.rule import ERROR, Rule, Spot
from followup_mail.drafts.checks.sample import Sample

_CAPITALISED = re.compile(r"\b[^\W\d_a-z][\w'’-]{2,30}\w")
_TITLED = re.compile(r"\b(?:mr|mrs|ms|mx|dr|prof|professor)\.?[ ]$")


def _look(reading: Reading) -> Iterable[Spot]:
    names = recipient_names(reading.letter)
    if not names:
        return
    for span in _in_greeting(reading, names):
        yield in_body(reading, span, f"'{{words}}' is not how {_right(reading)} is spelt.")
    known = known_words(reading.letter)
    for span in _in_text(reading.body, reading.core, names, known):
        yield in_body(reading, span, f"'{{words}}' is not how {_right(reading)} is spelt.")
    for span in _in_text(reading.subject, Span(0, len(reading.subject.plain)), names, known):
        yield in_subject(reading, span, f"'{{words}}' is not how {_right(reading)} is spelt.")


def _in_greeting(reading: Reading, names: tuple[str, ...]) -> Iterable[Span]:
    wanted = set(name_words(reading.plain(reading.greeted)))
    for word in reading.body.words:
        in_greeting = reading.greeted.start <= word.start and word.end <= reading.greeted.end
        if in_greeting and word.plain in wanted and likeness(word.plain, names) is Likeness.NEAR:
            yield Span(word.start, word.end)


def _in_text(prose: Prose, within: Span, names: tuple[str, ...], known: frozenset[str]) -> Iterable[Span]:
    """Yield capitalised words that are nearly a name of four letters or more, and no name or topic of their own."""
    for match in _CAPITALISED.finditer(prose.written, *within):
        word = prose.plain[match.start() : match.end()].removesuffix("'s")
        if word in known or likeness(word, names) is not Likeness.NEAR:
            continue
        titled = _TITLED.search(prose.plain, max(0, match.start() - 12), match.start())
        if titled or any(_surely(word, name) for name in names):
            yield Span(match.start(), match.start() + len(word))


def _surely(word: str, name: str) -> bool:
    """Tell whether a word in running text is a slip for ``name``: both long, and alike in all but a letter or two."""
    return min(len(word), len(name)) >= 5 and is_near(word, name) and (word[0] == name[0] or word[2:] == name[2:])


def _right(reading: Reading) -> str:
    letter = reading.letter
    return letter.person.name if letter.person else letter.recipient.name


RULE = Rule(
    code="FM202",
    name="name-misspelt",
    severity=ERROR,
    looks_for="The recipient's name with a letter or two wrong: Katherine for Catherine, Jon for John.",
    why="People see their own name first, and a slip in it before anything else.",
    fix="Write the name as the recipient writes it.",
    bad=Sample(
        text="Dear Dr. Okafer,\n\nThank you for the talk about moving the nightly jobs.\n\nBest regards,\nSam Rivera",
    ),
    good=Sample(
        text="Dear Dr. Cathy Okafor,\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera",
        given="A usual short form is taken as meant.",
    ),
    look=_look,
)

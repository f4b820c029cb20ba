"""FM819: names of others and of the company, nearly right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.drafts.checks.looking import in_body, in_subject
from followup_mail.drafts.checks.naming import Likeness, compare, is_near, name_words
from followup_mail.drafts.checks.parties import company_words, known_words, other_people, recipient_names
from followup_mail.drafts.checks.prose import Prose
from followup_mail.drafts.checks.reading import Reading, Span
from followup_mail.drafts.checks.rule import WARNING, Rule, Spot
from followup_mail.drafts.checks.sample import Sample

_CAPITALISED = re.compile(r"\b[^\W\d_a-z][\w'’-]{2,30}\w")


def _look(reading: Reading) -> Iterable[Spot]:
    if reading.letter.facts is None:
        return
    names = _names(reading)
    for span, right in _find(reading.subject, Span(0, len(reading.subject.plain)), reading, names):
        yield in_subject(reading, span, f"'{{words}}' is probably '{right}'.")
    for span, right in _find(reading.body, Span(0, reading.closing.start), reading, names):
        yield in_body(reading, span, f"'{{words}}' is probably '{right}'.")


def _names(reading: Reading) -> dict[str, str]:
    """Return the words of names, in lower case, with the name that each is part of."""
    letter = reading.letter
    facts = letter.facts
    known = dict.fromkeys(company_words(facts.company), facts.company) if facts else {}
    for person in other_people(letter):
        known |= dict.fromkeys(name_words(person.name), person.name)
    whose = letter.person.name if letter.person else letter.recipient.name
    return known | dict.fromkeys(recipient_names(letter), whose)


def _find(prose: Prose, within: Span, reading: Reading, names: dict[str, str]) -> Iterable[tuple[Span, str]]:
    own = set(recipient_names(reading.letter))
    known = known_words(reading.letter)
    for match in _CAPITALISED.finditer(prose.written, *within):
        word = prose.plain[match.start() : match.end()].removesuffix("'s")
        if word in names or (word in known and not _has_accent_twin(word, names)):
            continue
        for name, right in names.items():
            if _is_slip(word, name, of_recipient=name in own):
                yield Span(match.start(), match.start() + len(word)), right
                break


def _is_slip(word: str, name: str, *, of_recipient: bool) -> bool:
    """Tell whether a word is a name without its accents or, for others than the recipient (FM202), nearly a name."""
    if compare(word, name) is Likeness.ACCENT:
        return word.isascii() and not name.isascii()
    if word.rstrip("s") == name.rstrip("s"):
        return False
    return not of_recipient and min(len(word), len(name)) >= 5 and word[0] == name[0] and is_near(word, name)


def _has_accent_twin(word: str, names: dict[str, str]) -> bool:
    return any(compare(word, name) is Likeness.ACCENT for name in names)


RULE = Rule(
    code="FM819",
    name="name-spelling",
    severity=WARNING,
    looks_for="The company's or a colleague's name with a letter wrong; any name without its accents.",
    why="G0, G4: getting names right shows attention, and getting them wrong is what is remembered.",
    fix="Write the name as the facts have it.",
    bad=Sample("Marcus Lindquist told me that Nortwind Labs moved the nightly jobs in a week."),
    good=Sample("Marcus Lindqvist told me that Northwind Labs moved the nightly jobs in a week."),
    look=_look,
)

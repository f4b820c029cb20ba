"""FM103: a greeting without a name in it."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.name_match import TITLES
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.prose import words_of
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.facts.name_case import is_listed
from followup_mail.regex import regex

# "Good morning," and "Hello," can stand alone; "Dear," cannot.
_STANDS_ALONE = regex(r"(?:hi|hello|hey|hiya|greetings|good\s+\w+|morning|afternoon|evening)\Z")

_GAP = regex(r"\s[,:;!.]\s*\Z")
"""A space before the mark is where a name should have been: "Hi ,"."""
_MARKS = " ,:;!.\u2014\u2013-"
_JOINS = {"and", "or"}
_ALONE = {"sir", "madam", "professor", "doctor", "judge"}
"""Titles that people are greeted by without a name."""
_FUNCTION_WORDS = {"the", "and", "from", "of", "with", "for", "our", "your", "this", "that", "who"}
"""What was taken for a name where somebody wrote more than a name: "Dear The," to "The Deputy"."""
_SUFFIXES = {"Jr", "Jr.", "II", "III", "IV", "PhD", "Ph.D.", "MBA", "RN", "Esq", "Esq."}


def _is_fragment(greeted: str) -> bool:
    """Return whether nothing but a particle or a suffix follows "Dear": "van der", "Jr."."""
    words = greeted.split()
    is_particle = all(word.islower() and is_listed(word, "particles") for word in words)
    return bool(words) and (is_particle or all(word in _SUFFIXES for word in words))


def _is_no_name(words: tuple[str, ...], mail: ParsedMail) -> bool:
    """Return whether the greeting names somebody "The"; at the end of a name such a word may be a given name."""
    is_given = words == words_of(mail.known.full_name)[-1:]
    return bool(words) and not is_given and all(word in _FUNCTION_WORDS for word in words)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if mail.greeting.end == mail.greeting.start:
        return
    after = mail.plain(mail.greeted)
    words = words_of(after)
    if _is_no_name(words, mail):
        yield in_body(mail, mail.greeting, "The greeting '{words}' has no name.")
        return
    if words and words == words_of(mail.known.greeting_name):
        return  # "Dear Judge," where the facts say so
    only_titles = bool(words) and all(word in TITLES | _JOINS for word in words) and not _ALONE & set(words)
    only_titles |= _is_fragment(mail.written(mail.greeted))
    greeting = mail.plain(mail.greeting)
    stands_alone = _STANDS_ALONE.match(greeting.rstrip(_MARKS)) and not _GAP.search(greeting)
    nothing = not after.strip(_MARKS) and not stands_alone
    if only_titles or nothing:
        yield in_body(mail, mail.greeting, "The greeting '{words}' has no name.")


RULE = Rule(
    code="FM103",
    name="empty-greeting",
    severity=ERROR,
    looks_for="'Dear ,' and 'Dear Dr. ,': a greeting whose name is missing.",
    why="Everybody reads the first line, and this one says that the mail was meant for anyone.",
    fix="Write the name after the greeting; in the facts it is `name` or `address_as`.",
    bad=Sample(text="Dear ,\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera"),
    good=Sample(
        text="Good morning,\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera",
        given="A greeting of the day can stand alone.",
    ),
    inspect=_inspect,
)

"""FM203: somebody with a title greeted without it."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.known_names import closest_likeness
from followup_mail.checks.name_match import TITLES, TITLES_OF_TRADES, Likeness, academic_titles, name_words
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.prose import word_set, words_of
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.facts.application import Person
from followup_mail.facts.name_case import NAME_WORDS
from followup_mail.facts.name_parts import split_name
from followup_mail.facts.names import formal_name
from followup_mail.regex import regex

_WRITTEN = {"dr": "Dr.", "prof": "Prof."}
_CIVIL = frozenset(NAME_WORDS["civil_titles"])
_HONORIFICS = frozenset(NAME_WORDS["honorifics"])
_EVERY = TITLES | TITLES_OF_TRADES
_LIGHT = word_set("nurse coach officer staff principal")
"""Titles before a name that nobody misses in a greeting."""
# Offices whose holders are greeted with them, also where the facts have the office only as a job title.
_OFFICE = regex(
    r"(?:(?:presiding|senior|chief|associate|deputy|district|county|circuit|the|hon\.?)\s+)*"
    r"(?P<office>judge|rabbi|imam|bishop|archbishop|ambassador|senator|colonel|admiral|brigadier|"
    r"(?<=chief\s)justice|(?<=associate\s)justice)(?=\s*(?:$|[,;(]|of\b|emerit|\bret))"
)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    greeted = mail.plain(mail.greeted)
    names = [word for word in name_words(greeted) if word not in TITLES_OF_TRADES or word in mail.known.recipient]
    if all(closest_likeness(word, mail.known.recipient) is Likeness.OTHER for word in names):
        return
    title, right = _missing_academic(mail, greeted), mail.known.greeting_name
    if not title:
        title, right = _missing_other(mail, greeted)
    if title:
        yield in_body(mail, mail.greeted, f"'{{words}}' leaves out '{title}'.", f"Write '{right}'.")


def _missing_academic(mail: ParsedMail, greeted: str) -> str:
    expected = academic_titles(mail.known.greeting_name)
    missing = expected - academic_titles(greeted)
    # "Professor" alone does for "Prof. Dr."
    if not missing or ("prof" in expected and "prof" not in missing):
        return ""
    return _WRITTEN["prof" if "prof" in missing else "dr"]


def _missing_other(mail: ParsedMail, greeted: str) -> tuple[str, str]:
    """Return another title that the greeting leaves out, and what to write; both empty when it leaves out none."""
    step = mail.context.step
    reader = (step.via if step else None) or mail.context.person
    has = _EVERY.intersection(word.partition("-")[2] or word for word in words_of(greeted))
    if reader is None or has - _CIVIL:
        return "", ""
    asked, own = reader.address_as, [title for title in split_name(reader.name).titles if _is_strong(title)]
    if asked:
        return (asked.split()[0], asked) if _leaves_out(greeted, asked, has) else ("", "")
    if own:
        return own[0], mail.known.greeting_name
    return _missing_office(reader)


def _leaves_out(greeted: str, asked: str, has: frozenset[str]) -> bool:
    """Return whether a greeting drops more of what somebody wants to be called ("Ms. Berg", "Tanaka-san") than a name.

    Who is to be called "Anna" is "Anna"; the full name alone is as polite as "Ms. Berg".
    """
    first, last = words_of(asked)[:1], words_of(asked)[-1:]
    if last and last[0].rpartition("-")[2] in _HONORIFICS:
        return not any(word.rpartition("-")[2] in _HONORIFICS for word in words_of(greeted)) and not has
    if len(asked.split()) < 2:
        return False
    is_civil = bool(first) and first[0] in _CIVIL
    return _is_strong(asked.split(maxsplit=1)[0]) or (is_civil and not has and len(name_words(greeted)) < 2)


def _missing_office(reader: Person) -> tuple[str, str]:
    found = _OFFICE.match(reader.title.casefold())
    if not found:
        return "", ""
    office = found["office"].capitalize()
    return office, formal_name(f"{office} {split_name(reader.name).full}")


def _is_strong(title: str) -> bool:
    words = words_of(title)
    return bool(words) and words[0] in TITLES_OF_TRADES and words[0] not in _CIVIL | _LIGHT


RULE = Rule(
    code="FM203",
    name="title-dropped",
    severity=ERROR,
    looks_for="A title left out of the greeting, when the facts have it: Dr., Professor, Judge, Rabbi, Captain, Sir.",
    why="In many countries and professions leaving it out is impolite, and nobody minds the title.",
    fix="Add the title, or set `address_as` in the facts to the name that you were asked to use.",
    bad=Sample(
        text="Dear Catherine,\n\nThank you for the talk about moving the nightly jobs.\n\nBest regards,\nSam Rivera",
    ),
    good=Sample("Thank you for the talk about moving the nightly jobs to streaming."),
    inspect=_inspect,
)

"""Proof-reading of what people type: capitals, names, articles, agreement, splices, spelling. Offered, never silent.

A correction is made only where it is sure. What is merely doubtful is said, with nothing to take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from followup_mail.language.agreement import correct_agreement
from followup_mail.language.bare_nouns import find_bare_nouns
from followup_mail.language.bare_objects import find_bare_objects
from followup_mail.language.capitals import correct_capitals
from followup_mail.language.corrections import Correction
from followup_mail.language.counted_subjects import correct_counted_subjects
from followup_mail.language.indefinite_articles import correct_a_and_an
from followup_mail.language.known_words import Known
from followup_mail.language.missing_commas import find_missing_commas
from followup_mail.language.missing_joints import find_missing_joints
from followup_mail.language.note_words import is_code
from followup_mail.language.run_ons import find_run_ons
from followup_mail.language.scraps import find_scraps
from followup_mail.language.slip_patterns import find_patterns
from followup_mail.language.spelling import correct_spelling
from followup_mail.language.splices import split_splices
from followup_mail.language.subjects_and_verbs import correct_subjects
from followup_mail.language.verb_pairs import correct_verb_pairs
from followup_mail.language.verbless_clauses import find_verbless_clauses
from followup_mail.language.word_tables import read_table
from followup_mail.regex import regex

_MOST_NAMED: Final = 5
_PLACE_BEFORE: Final = regex(r"\b(?:at|in|on|to|from|of) (?-i:[a-z]+) \Z")


def proofread(sentence: str, known: Known) -> tuple[Correction, ...]:
    """Return what to correct in a sentence or a whole mail, in the order of the text; none overlaps another.

    The country that is known chooses the spelling; words of the facts are never corrected.
    """
    found: list[Correction] = []
    for correction in _corrections(sentence, known):
        if not any(correction.start < other.end and other.start < correction.end for other in found):
            found.append(correction)
    return tuple(sorted(found, key=lambda correction: correction.start))


def _corrections(text: str, known: Known) -> Iterator[Correction]:
    yield from slips_in(text, known)
    yield from correct_capitals(text, known)
    yield from correct_spelling(text, known)
    yield from _loose(text, known)
    yield from find_scraps(text)


def slips_in(text: str, known: Known) -> Iterator[Correction]:
    """Yield what to correct in words and grammar, without the dictionary, which takes a second to load."""
    yield from find_patterns(text, known)
    yield from _words(text, known)
    yield from correct_agreement(text, known)
    yield from correct_subjects(text)
    yield from correct_verb_pairs(text)
    yield from split_splices(text)
    yield from correct_a_and_an(text)
    yield from correct_counted_subjects(text)
    yield from find_bare_nouns(text)
    yield from find_bare_objects(text)
    yield from find_missing_commas(text)
    yield from find_missing_joints(text)
    yield from find_verbless_clauses(text)
    yield from find_run_ons(text)


def _loose(text: str, known: Known) -> Iterator[Correction]:
    for pattern, why in _compiled("loose_words")["loose"]:
        for found in pattern.finditer(text):
            if found[0] == "&" and _is_theirs(text, found, known):
                continue
            yield Correction(found.start(), found.end(), found[0], "", _naming(_whole_words(text, found), why))


def _whole_words(text: str, found: re.Match[str]) -> str:
    """Return what was found with the words that it begins and ends in: a pattern may look at a first letter only."""
    start, end = found.span()
    while start and found[0][:1].isalpha() and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and found[0][-1:].isalpha() and text[end].isalpha():
        end += 1
    return text[start:end]


def _naming(found: str, why: str) -> str:
    """Return a remark with the words that it is about, where they are few and not in it already."""
    words = found.strip(" .,;:!?")
    if "{words}" in why:
        return why.replace("{words}", words)
    is_short = bool(re.search(r"[^\W\d_]", words)) and len(words.split()) <= _MOST_NAMED
    return f"*{words}*: {why}" if is_short and f"*{words.lower()}" not in why.lower() else why


def _is_theirs(text: str, found: re.Match[str], known: Known) -> bool:
    """Return whether the facts join the same two words by the sign: *Tern & Tallow*, *click & collect*."""
    before, after = text[: found.start()].split(), text[found.end() :].split()
    if not (before and after):
        return False
    phrase = f"{before[-1]} & {after[0]}".strip(".,")
    is_name = before[-1][0].isupper() and after[0][0].isupper()
    return any(phrase.lower() in given.lower() for given in (*known.names, known.company)) or (
        is_name and any(phrase in given for given in known.notes)
    )


def _words(text: str, known: Known) -> Iterator[Correction]:
    words: dict[str, str] = read_table("proofread")["words"]
    for found in re.finditer(r"(?<![\w'’./])\d?[A-Za-z]+(?:\d[a-z]?)?(?:['’/][A-Za-z]*)?(?![\w'’])", text):
        right = words.get(found[0].lower())
        if right and right != found[0] and not _is_code_here(text, found):
            # Also where the notes have the same word: notes are short, a mail is written out.
            end = found.end() + (text[found.end() :][:1] == "." and f"{found[0].lower()}." in words)
            shown = right[0].upper() + right[1:] if found[0][0].isupper() and found[0][1:].islower() else right
            wrong = text[found.start() : end]
            yield Correction(found.start(), end, wrong, shown, f"write *{right}*, not *{wrong}*")


def _is_code_here(text: str, found: re.Match[str]) -> bool:
    """Return whether a word names a place, and is not a short form: "at gate B4" is not "at gate before"."""
    return is_code(found[0]) and _PLACE_BEFORE.search(text, max(0, found.start() - 40), found.start()) is not None


@cache
def _compiled(name: str) -> dict[str, Sequence[tuple[re.Pattern[str], str]]]:
    table = read_table(name)
    return {key: [(re.compile(find, re.IGNORECASE), why) for find, why in rows.items()] for key, rows in table.items()}

"""Spelling by harper, on a short lead: one letter more or less, or two in the wrong order, never a word of the facts.

Without the lead it turns "recert" into "recent", and "smth opens" into "smith opens": a wrong word that reads well does
more harm than a typo. So a word is proposed only when nearly sure; else the word is asked about.

The dictionary takes a second to load, so ``prepare_spelling`` can begin with that while somebody reads the first
question; where the package is missing, nothing is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from threading import Lock, Thread
from typing import Any, Final

from followup_mail.language.compounds import noun_halves
from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import Known
from followup_mail.language.word_tables import read_list
from followup_mail.regex import regex

_DIALECTS: Final = {"US": 0, "CA": 3, "AU": 2, "NZ": 2, "IN": 4}
_BRITISH: Final = 1
_SHORTEST: Final = 3
_SHORTEST_SURE: Final = 5
"""Shorter words have too many neighbours; the usual typos among them have a table."""
_LONG: Final = 6
_BEGUN: Final = 5
_MOST_LEFT_OUT: Final = 2
_LETTERS_FIRST: Final = regex(r"[a-z]{3,}\d?[a-z]*", re.IGNORECASE)
_lock = Lock()


def prepare_spelling(country: str) -> None:
    """Begin to load the dictionary, and return at once."""
    Thread(target=_linter, args=(_DIALECTS.get(country.upper(), _BRITISH),), daemon=True).start()


def correct_spelling(text: str, known: Known) -> Iterator[Correction]:
    """Yield the words that are misspelt, each with its one sure spelling; without it, where it looks like a typo."""
    linter = _linter(_DIALECTS.get(known.country.upper(), _BRITISH))
    if linter is None:
        return
    with _lock:
        lints = linter.lint(text)
    for lint in lints:
        wrong = lint.problem_text
        if lint.lint_kind not in {"Spelling", "Typo"} or not _is_word_to_check(wrong, text, lint.span.start, known):
            continue
        if next(noun_halves(wrong), None):
            continue
        suggested = [found.replacement_text for found in lint.suggestions]
        if _is_of_facts(wrong, known):
            # Notes are typed in a hurry, too, and have the words of a trade: only what is sure is said of them.
            if right := _sure_in_notes(wrong, suggested):
                why = f"the notes have *{wrong}*, too: write *{right}*, unless your trade spells it so"
                yield Correction(lint.span.start, lint.span.end, wrong, right, why)
        elif right := _nearest(wrong, suggested):
            yield Correction(lint.span.start, lint.span.end, wrong, right, f"write *{right}*, not *{wrong}*")
        elif lint.lint_kind == "Spelling" and (not _may_be_proposed(wrong) or _one_edit_away(wrong, suggested)):
            why = f"is *{wrong}* a word? Write it out in full"
            yield Correction(lint.span.start, lint.span.end, wrong, "", why)


def is_word(word: str, country: str) -> bool:
    """Return whether the dictionary has a word in small letters; True where there is no dictionary."""
    linter = _linter(_DIALECTS.get(country.upper(), _BRITISH))
    if linter is None:
        return True
    with _lock:
        return not any(lint.lint_kind == "Spelling" for lint in linter.lint(word.lower()))


def is_near(wrong: str, right: str) -> bool:
    """Return whether two words differ by one letter more or less, or by two neighbours in the wrong order."""
    one, other = wrong.lower(), right.lower()
    if one == other or one[0] != other[0]:
        return False
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    if len(one) == len(other):
        differ = [at for at in range(len(one)) if one[at] != other[at]]
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and one[differ[0]] == other[differ[1]]
            and one[differ[1]] == other[differ[0]]
        )
    return False


def _is_word_to_check(word: str, text: str, start: int, known: Known) -> bool:
    """Return whether a word may be corrected: plain small letters, and no word that the facts have with a capital."""
    is_start = start == 0 or text[max(start - 2, 0) : start].endswith((". ", "? ", "! "))
    bare = word.lower()
    is_part = text[max(start - 1, 0) : start] in {"-", "'", "’"} or text[start + len(word) :][:1] == "-"
    is_plain = not is_part and _LETTERS_FIRST.fullmatch(word) and (word.islower() or (is_start and word[1:].islower()))
    stems = {bare, re.sub("['’]?s['’]?$", "", bare)}
    is_known = bool(stems & (known.vocabulary - known.typed_small) or stems & read_list("own_words"))
    return bool(is_plain) and len(word) >= _SHORTEST and not is_known


def _is_of_facts(word: str, known: Known) -> bool:
    return bool({word.lower(), re.sub("['’]?s?['’]?$", "", word.lower())} & known.vocabulary)


def _sure_in_notes(word: str, suggested: list[str]) -> str:
    """Return what a word of the notes is a typo of; nothing for a word of a trade, or of the other English."""
    right = _nearest(word, suggested)
    # "Magnesian" ends otherwise than "magnesia" because it is another word.
    is_inside = right.isalpha() and word[-1:] == right[-1:]
    is_typo = is_inside and (is_near(word, right) or _leaves_out(word, right))
    return right if is_typo and spellings_of(word.lower()) else ""


def _nearest(wrong: str, suggested: list[str]) -> str:
    """Return the one suggestion that is nearly sure; nothing when another is as near, since it would be a guess."""
    if not _may_be_proposed(wrong):
        # Of a word of four letters only one kind of typo is sure: one letter that should be there twice.
        doubled = [right for right in suggested if right.islower() and re.sub(r"(.)\1", r"\1", right) == wrong.lower()]
        return doubled[0] if len(wrong) == _SHORTEST_SURE - 1 and len(doubled) == 1 else ""
    if named := next((right for right in suggested if right == wrong.capitalize()), ""):
        return named
    one_edit = _one_edit_away(wrong, suggested)
    longer = [right for right in one_edit if len(right) > len(wrong)]
    sure = [right for right in one_edit if _swaps(wrong, right) or (right in longer and _doubles(wrong, right))]
    if not sure and len(one_edit) == 1 and (longer or _drops_safely(wrong, one_edit[0])):
        sure = one_edit
    elif not sure and len(wrong) >= _LONG and longer == suggested[:1]:
        # Of a long word a letter was left out: likelier than one in place of another.
        sure = longer
    elif not sure and len(one_edit) == 1 and len(wrong) > _LONG:
        sure = one_edit
    elif not sure and not one_edit and len(wrong) > _LONG:
        sure = [right for right in suggested if _leaves_out(wrong, right)]
    sure = [right for right in sure if right.islower()]
    if len(sure) != 1:
        return ""
    return sure[0].capitalize() if wrong[0].isupper() else sure[0]


def _may_be_proposed(word: str) -> bool:
    """Return whether a word is long enough for a proposal, and spelt with a vowel and without a figure."""
    return len(word) >= _SHORTEST_SURE and word.isalpha() and bool(re.search("[aeiouy]", word.lower()))


def _one_edit_away(wrong: str, suggested: list[str]) -> list[str]:
    return [right for right in suggested if " " not in right and (is_near(wrong, right) or _replaces(wrong, right))]


def _drops_safely(wrong: str, right: str) -> bool:
    """Return whether the letter too many is a doubled letter, or the *u* of British spelling."""
    return _doubles(wrong, right) or wrong.lower().replace("our", "or", 1) == right.lower()


def _replaces(wrong: str, right: str) -> bool:
    """Return whether one letter stands in place of another: *grabe* and *grade*."""
    pairs = zip(wrong.lower(), right.lower(), strict=False)
    return len(wrong) == len(right) and sum(first != second for first, second in pairs) == 1


def _leaves_out(wrong: str, right: str) -> bool:
    """Return whether letters in the middle of a long word were left out: *convential* and *conventional*."""
    letters = iter(right.lower())
    is_begun = right[:_BEGUN] == wrong[:_BEGUN] and right[-2:] == wrong[-2:]
    return is_begun and len(right) - len(wrong) <= _MOST_LEFT_OUT and all(letter in letters for letter in wrong)


def _swaps(wrong: str, right: str) -> bool:
    return len(wrong) == len(right) and is_near(wrong, right)


def _doubles(wrong: str, right: str) -> bool:
    return abs(len(wrong) - len(right)) == 1 and sorted(set(wrong.lower())) == sorted(set(right.lower()))


@cache
def _linter(dialect: int) -> Any:
    """Return the checker of a dialect; None where the package cannot be had."""
    with _lock:
        return _load(dialect)


@cache
def _load(dialect: int) -> Any:
    try:
        from harper import Dialect, Linter
    except ImportError:
        return None
    return Linter(Dialect(dialect))


@cache
def spellings_of(word: str) -> tuple[str, ...]:
    """Return what to write for a word that neither British nor American English has; empty for a word.

    The second dictionary is loaded only for a word that the first does not have.
    """
    found: tuple[str, ...] = ()
    for dialect in (_BRITISH, _DIALECTS["US"]):
        linter = _linter(dialect)
        if linter is None:
            return ()
        with _lock:
            lints = [lint for lint in linter.lint(word) if lint.lint_kind == "Spelling"]
        if not lints:
            return ()
        found += tuple(each.replacement_text for lint in lints for each in lint.suggestions)
    return tuple(dict.fromkeys(found))

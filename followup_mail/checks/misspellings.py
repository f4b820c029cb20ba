"""Words of a mail that are misspelt, each with its spelling.

Three sieves, the cheapest first: words that stand in any mail or in the facts; the table of usual slips; the dictionary
of harper, in British and American English. A word that no dictionary has may be a trade's own, so it counts only when
it looks like an ordinary word with a typical slip: two letters in the wrong order, one doubled or left out, a wrong
vowel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Word, read_words, words_of
from followup_mail.checks.stock_words import is_stock, ordinary_words
from followup_mail.regex import regex

_ALLOWED: Final = frozenset(read_words("grammar_slips")["short_forms_allowed"].split())
_SHORTEST: Final = 5
_LONG: Final = 6
_DOUBLED: Final = regex(r"(.)\1+")
_VOWELS: Final = regex(r"[aeiouy]+")
_INSIDE: Final = regex(r"[\w'’@/\\.#&-]")


class Misspelling(NamedTuple):
    """A word as written, and as it should be."""

    span: TextSpan
    right: str


def find_misspellings(mail: ParsedMail) -> Iterator[Misspelling]:
    """Yield the misspelt words of what is said between greeting and closing."""
    strange = [word for word in mail.core_words if not _is_common(word.plain) and word.plain.isalpha()]
    strange = [word for word in strange if _is_plain(mail, word)]
    known = _vocabulary(mail) if strange else frozenset()
    strange = [word for word in strange if word.plain not in known]
    slips = _usual_slips() if strange else {}
    unsure = []
    for word in strange:
        if right := slips.get(word.plain, ""):
            yield Misspelling(TextSpan(word.start, word.end), right)
        elif len(word.plain) >= _SHORTEST and word.plain.isascii():
            unsure.append(word)
    places = {word.start for word in unsure}
    for word in unsure:
        right = spelling_of(word.plain)
        if right and not _is_foreign(mail, word, places):
            yield Misspelling(TextSpan(word.start, word.end), right)


def spelling_of(word: str) -> str:
    """Return the ordinary word that a word is a slip of; empty when it is a word, or nobody can tell."""
    if not any(_is_typical(word, right) for right in _ordinary_like(word)):
        return ""  # The dictionary takes a second to load; most strange words are like nothing ordinary.
    from followup_mail.language.spelling import spellings_of

    found = [right for right in spellings_of(word) if right in ordinary_words() and _is_typical(word, right)]
    return found[0] if found else ""


def _is_plain(mail: ParsedMail, word: Word) -> bool:
    """Return whether a word is in small letters and no part of a longer one, a name, a code or a quotation."""
    written, plain = mail.body.written, mail.body.plain
    if not written[word.start : word.end].islower():
        return False
    before, after = written[max(0, word.start - 1) : word.start], written[word.end : word.end + 2]
    if _INSIDE.match(before) or (after and after[0] != "." and _INSIDE.match(after)) or re.match(r"\.\w", after):
        return False
    line = plain[max(plain.rfind("\n", 0, word.start), word.start - 200) + 1 : word.start]
    return not mail.body.is_quoted(word.start) and not re.search(r"(?<!\w)'[^']{0,60}\Z", line)


def _is_common(word: str) -> bool:
    return word in ordinary_words() or (is_stock(word) and word not in _usual_slips())


def _is_foreign(mail: ParsedMail, word: Word, strange: set[int]) -> bool:
    """Return whether the words beside it are strange too: a phrase of another language."""
    at = mail.words_in(TextSpan(word.start, word.end)).start
    beside = [mail.core_words[place] for place in (at - 1, at + 1) if 0 <= place < len(mail.core_words)]
    return any(near.start in strange or not near.plain.isascii() for near in beside)


def _vocabulary(mail: ParsedMail) -> frozenset[str]:
    """Return the words of the facts, the people and the advert: none of them is a mistake."""
    context, known = mail.context, mail.known
    texts = [*known.fact_texts, context.sender.name, context.recipient.name, *context.other_companies, context.advert]
    texts += [context.subject] if context.facts is None else [context.facts.notes, context.facts.outcome.reason]
    words = {word for text in texts for word in words_of(text)}
    return frozenset(
        {*words, *known.words, *(word + "s" for word in words), *(word.removesuffix("s") for word in words)}
    )


@cache
def _by_sound() -> dict[str, list[str]]:
    """Return the ordinary words by their consonants."""
    found: dict[str, list[str]] = {}
    for word in ordinary_words():
        if len(word) >= _SHORTEST - 1:
            found.setdefault(_consonants(word), []).append(word)
    return found


def _ordinary_like(word: str) -> list[str]:
    """Return the ordinary words with the same consonants, or with two of them the other way round, or one missing."""
    bones = _consonants(word)
    near = {bones}
    near |= {bones[:at] + bones[at + 1] + bones[at] + bones[at + 2 :] for at in range(len(bones) - 1)}
    near |= {bones[:at] + bones[at + 1 :] for at in range(1, len(bones))}
    if len(word) >= _LONG:
        near |= {bones[:at] + letter + bones[at:] for at in range(1, len(bones) + 1) for letter in "bcdfghklmnprstvwx"}
    return [found for like in near for found in _by_sound().get(like, ())]


@cache
def _usual_slips() -> dict[str, str]:
    from followup_mail.language.word_tables import read_table

    words: dict[str, str] = read_table("proofread")["words"]
    return {wrong: right for wrong, right in words.items() if wrong.isalpha() and wrong not in _ALLOWED}


def _consonants(word: str) -> str:
    return word[0] + _VOWELS.sub("", _DOUBLED.sub(r"\1", word[1:]))


def _is_typical(wrong: str, right: str) -> bool:
    """Return whether a word is another with a typical slip of the hand or the ear."""
    if wrong == right or wrong[0] != right[0] or abs(len(wrong) - len(right)) > 2:
        return False
    if {wrong, right} & {right + "s", wrong + "s"} or right + "r" == wrong or right + "er" == wrong:
        return False
    if _DOUBLED.sub(r"\1", wrong) == _DOUBLED.sub(r"\1", right) or _is_swapped(wrong, right):
        return True
    if len(wrong) < _LONG:
        return False
    is_by_ear = _consonants(wrong) == _consonants(right) and wrong[-2:] == right[-2:]
    short, long = sorted((wrong, right), key=len)
    is_one_left_out = len(wrong) < len(right) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(1, len(long) - 1)
    )
    return is_by_ear or (is_one_left_out and (len(wrong) > _LONG or is_stock(right)))


def _is_swapped(wrong: str, right: str) -> bool:
    """Return whether two neighbours stand in the wrong order."""
    if len(wrong) != len(right):
        return False
    differ = [at for at, (first, second) in enumerate(zip(wrong, right, strict=True)) if first != second]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and wrong[differ[0]] == right[differ[1]]
        and wrong[differ[1]] == right[differ[0]]
    )

"""Noun phrases of words that nobody knows: whether they may be one, and with which articles they are said.

``noun_phrases`` takes only what it knows. Here a word that is not known is taken for a noun, since the note says that
two people talked about it; what makes a sentence of it, a verb or a state, is what is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.known_words import LISTS
from followup_mail.language.lexicon import NOUN_CLASSES, NUMBERS, WordClass, classes_of, word_list
from followup_mail.language.note_articles import DETERMINERS, articles_filled_in
from followup_mail.language.note_words import is_name, is_number
from followup_mail.language.noun_phrases import is_plural, number_in_words
from followup_mail.language.verb_forms import as_base, as_past, as_third
from followup_mail.regex import regex

_NO_OPENING: Final = frozenset(
    "no not all some any each every this these those own another less fewer same only too much more many few several "
    "so very enough just almost nearly last next".split()
)
_NOT_LAST: Final = frozenset(
    "down up off out away over through back again still yet already now too first last later weekly daily "
    "vs v per etc only alone each mostly mainly usually maybe probably really partly also anyway".split()
)
_SEASONS: Final = frozenset("spring summer autumn fall winter".split())
_STATES_OF_THINGS: Final = frozenset("due overdue offline pending".split())
_COMPARED: Final = frozenset("worst worse best better most least".split())
_STATES: Final = ("less", "ful", "ous", "able", "ible", "ish")
"""How words end that say how something is, where nobody knows them."""
_UNCOUNTED: Final = ("s", "ing", "ity", "ness", "ism", "ship", "ance", "ence", "ment", "tion", "sion")
"""How things end that one does not count, or that are many, where nobody knows them."""
_A_MEASURE: Final = regex(r"^(?:\d{1,4}|[a-z]+)-\w+$")


def may_be_thing(words: Sequence[str]) -> bool:
    """Return whether words can be a noun phrase: no verb of a sentence is in them, and no state behind a noun."""
    small = [word.lower() for word in words]
    if small[0] in _NO_OPENING or small[-1] in _NOT_LAST or not _COMPARED.isdisjoint(small):
        return False
    is_deed = small[0].endswith("ed") and bool(set(small[1:2]) & DETERMINERS or is_number("".join(words[1:2])))
    if is_deed or not _may_open(words[0], classes_of(words[0])) or not _is_noun(_head(words)):
        return False
    has_article = len(words) > 1 and WordClass.DETERMINER in classes_of(words[-2])
    if not (has_article or _may_close(words[-1])) or (small[-1] in _SEASONS and len(words) > 1 and _is_noun(words[-2])):
        return False
    return not any(_is_verb_or_state(words, at) for at in range(1, len(words)))


def _may_close(word: str) -> bool:
    classes = classes_of(word)
    opens = {WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.DETERMINER, WordClass.ADJECTIVE}
    return not classes & opens or bool(classes & NOUN_CLASSES)


def ends_before(word: str) -> bool:
    """Return whether a noun phrase is over before a word: it is a verb and nothing else, a number, or *not*."""
    classes = classes_of(word)
    verbs = {WordClass.VERB_S, WordClass.PAST, WordClass.BASE, WordClass.AUXILIARY}
    is_verb = bool(classes & verbs) and not classes & {*NOUN_CLASSES, WordClass.ADJECTIVE}
    return is_verb or word.lower() in LISTS["auxiliaries"] or is_number(word) or word.lower() in {"not", "due", "never"}


def says_little(words: Sequence[str]) -> bool:
    """Return whether a phrase names nothing that only this talk had: "the case", "four guys", "312 keys"."""
    bare = [word.lower() for word in words if WordClass.DETERMINER not in classes_of(word) and not is_number(word)]
    is_short = len([word for word in bare if word not in word_list("numbers")]) == 1
    if is_short and len(words) > 1 and words[0].lower() in {"a", "an"}:
        return True
    is_broad = not {bare[-1], bare[-1].removesuffix("s")}.isdisjoint(_broad()) if bare else True
    return (is_short and is_broad) or (words[0].isdigit() and int(words[0]) > len(NUMBERS))


def _broad() -> frozenset[str]:
    return word_list("vague") | word_list("people") | word_list("roles") | word_list("units") | word_list("months")


def _may_open(word: str, classes: frozenset[WordClass]) -> bool:
    if WordClass.VERB_S in classes and not classes & NOUN_CLASSES:
        return False
    if classes & {*NOUN_CLASSES, WordClass.ADJECTIVE, WordClass.ING, WordClass.DETERMINER}:
        return True
    if word.endswith("ed") and WordClass.PARTICIPLE in classes:
        return True  # "controlled drug log"; an object with its article is refused like any other
    return not classes or is_name(word) or is_number(word) or word.lower() in word_list("numbers")


def _head(words: Sequence[str]) -> str:
    """Return the last word before a preposition or a joint: what the phrase is about."""
    closing = {WordClass.PREPOSITION, WordClass.CONJUNCTION}
    end = next((at for at, word in enumerate(words) if at and classes_of(word) & closing), len(words))
    return words[end - 1]


def _is_noun(word: str) -> bool:
    """Return whether a word can be what is talked about: an unknown word can, unless it says how something is."""
    classes = classes_of(word)
    if is_number(word) or word.lower() in word_list("numbers"):
        return False
    if classes:
        return bool(classes & {*NOUN_CLASSES, WordClass.ING}) or is_name(word) or not classes & _NO_NOUNS
    return not word.endswith(_STATES)


_NO_NOUNS: Final = frozenset(
    {
        *(WordClass.ADJECTIVE, WordClass.ADVERB, WordClass.PREPOSITION, WordClass.DETERMINER, WordClass.PRONOUN),
        *(WordClass.VERB_S, WordClass.PAST, WordClass.PARTICIPLE, WordClass.AUXILIARY, WordClass.CONJUNCTION),
    }
)


def _is_verb_or_state(words: Sequence[str], at: int) -> bool:
    word, before = words[at].lower(), words[at - 1]
    classes, earlier = classes_of(word), classes_of(before)
    after = words[at + 1] if at + 1 < len(words) else ""
    is_closed = not after or bool(classes_of(after) & {WordClass.PREPOSITION, WordClass.CONJUNCTION})
    if word in LISTS["auxiliaries"] or "'" in word.removesuffix("'s").removesuffix("s'"):
        return True
    if is_number(word) or word in word_list("numbers"):
        # "Food waste 11 percent", "NICU 22 beds"; not "dock 7", nor "the ISO 15189 audit".
        return bool(after) and _is_noun(before) and (not is_name(before) or is_plural(after))
    if earlier & _LEADS_ON or is_number(before) or before.lower() in word_list("numbers"):
        return False
    if classes & {WordClass.PREPOSITION, WordClass.CONJUNCTION}:
        return word in _NOT_LAST and after.lower() != "of"
    if word in word_list("loose") | _STATES_OF_THINGS or (word in _NOT_LAST and after.lower() != "of"):
        return True
    return _can_be_its_verb(words, at, is_closed=is_closed) or _can_be_its_state(word, before, is_closed=is_closed)


_LEADS_ON: Final = frozenset({WordClass.DETERMINER, WordClass.POSSESSIVE, WordClass.PREPOSITION, WordClass.CONJUNCTION})


def _can_be_its_verb(words: Sequence[str], at: int, *, is_closed: bool) -> bool:
    word, before = words[at].lower(), words[at - 1]
    classes, is_last = classes_of(word), at + 1 == len(words)
    is_noun = not classes or bool(classes & NOUN_CLASSES)
    if _happened_then(words[at : at + 3]):
        return True
    if WordClass.VERB_S in classes:
        return not (WordClass.PLURAL in classes and is_closed)
    if is_plural(before) and before.lower() not in word_list("modifier_plurals") and not is_name(before):
        # "Milestones slip by a day", "phone-ins scare producers": behind many things stands what they do.
        may_end = not (WordClass.BASE in classes or as_base(word))
        return not (is_last and may_end) and WordClass.ING not in classes and not is_name(words[at])
    if WordClass.DETERMINER in classes_of(words[0]) and is_noun:
        return False
    if classes & {WordClass.PAST, WordClass.PARTICIPLE} and not is_noun:
        return True
    return WordClass.BASE in classes and not is_noun and WordClass.ADJECTIVE not in classes


def _happened_then(words: Sequence[str]) -> bool:
    """Return whether what follows a word makes it a verb: "retired in October", "stands at 44%"."""
    if len(words) < 3 or words[1] not in {"in", "on", "at", "by"}:
        return False
    classes, when = classes_of(words[0]), words[2].lower()
    is_date = when in word_list("months") | word_list("days") or is_number(when)
    is_verb = as_past(words[0]) is not None or as_third(words[0]) is not None
    return is_date and (is_verb or bool(classes & {WordClass.PAST, WordClass.PARTICIPLE, WordClass.VERB_S}))


def _can_be_its_state(word: str, before: str, *, is_closed: bool) -> bool:
    """Return whether a word says how something is, behind it: "first floor restless", "Mondays busy"."""
    classes, earlier = classes_of(word), classes_of(before)
    says_how = (WordClass.ADJECTIVE in classes and not classes & NOUN_CLASSES) or (
        not classes and word.endswith(_STATES)
    )
    return says_how and is_closed and bool(earlier & NOUN_CLASSES or not earlier)


def with_articles(words: Sequence[str]) -> tuple[str, ...]:
    """Return a noun phrase with its articles; both know what it is, so that it is *the*."""
    said = [*words]
    is_named = _is_code(said) or is_name(said[0]) or (len(said) > 1 and is_name(said[1]))
    if said[0] != said[0].lower() and classes_of(said[0].lower()) and not is_named:
        said[0] = said[0].lower()
    opening = classes_of(said[0])
    if is_number(said[0]) or said[0].lower() in word_list("numbers"):
        said = ["the", number_in_words(said[0]), *said[1:]]
    elif not opening & {WordClass.DETERMINER, WordClass.POSSESSIVE} and _needs_the(said):
        said = ["the", *said]
    return _filled_in(said)


def _filled_in(said: Sequence[str]) -> tuple[str, ...]:
    """Return a phrase with the articles that notes leave out inside it: none before a name, or "in plain language"."""
    kept: list[str] = []
    for word in articles_filled_in(said, is_own=False) or said:
        at = len(kept)
        is_filled_in = word == "the" and not (at < len(said) and said[at] == "the")
        if is_filled_in and (_is_named(said[at:]) or _is_kind(said, at)):
            continue
        kept.append(word)
        if is_filled_in:
            said = [*said[:at], "the", *said[at:]]
    return tuple(kept)


def _is_named(words: Sequence[str]) -> bool:
    """Return whether a name follows, or a thing with its number: "Mill Lane", "chapter two"."""
    return bool(words) and (is_name(words[0]) or (len(words) > 1 and (is_number(words[1]) or words[1] in NUMBERS)))


def _is_kind(words: Sequence[str], at: int) -> bool:
    """Return whether a kind is meant, not a certain thing: "in plain language", "in print"."""
    return words[at - 1] == "in" and (WordClass.ADJECTIVE in classes_of(words[at]) or at + 1 == len(words))


def _is_code(words: Sequence[str]) -> bool:
    """Return whether a name goes on in a number: "Year 9", "Part 139"."""
    return len(words) > 1 and is_number(words[1])


def _needs_the(words: Sequence[str]) -> bool:
    """Return whether a phrase without an article is about one thing that both know."""
    first, head = words[0], _head(words)
    if len(words) > 1 and WordClass.DETERMINER in classes_of(words[1]):
        return False  # "Null the cat"
    is_measured = bool(_A_MEASURE.match(first)) and is_number(first.split("-")[0]) and not is_plural(head)
    if len(words) > 1 and (is_measured or first.lower() in word_list("with_the")):
        return True
    is_done = first == head and first.lower().endswith("ing") and WordClass.ING in classes_of(first)
    if is_done and words[1:2] == ["of"]:
        return True  # "the closing of the patio"
    return not (is_done or is_plural(head) or is_name(head)) and is_counted(head)


def is_counted(noun: str) -> bool:
    """Return whether a noun is of what one counts; of those that nobody knows, by how it ends."""
    classes = classes_of(noun)
    return WordClass.COUNT in classes and WordClass.MASS not in classes if classes else not noun.endswith(_UNCOUNTED)

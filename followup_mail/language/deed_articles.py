"""The articles of what somebody did, where a note leaves them out: "ran the generator hut of a mine".

Whoever writes one article mostly writes them all, so a note that has one stays as it is written; only "ran hut of a
mine" gets the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.loose_phrases import is_counted
from followup_mail.language.note_articles import DETERMINERS, NUMBER_WORDS, needs_no_article
from followup_mail.language.note_words import is_name, is_number
from followup_mail.language.noun_phrases import is_plural

_ARTICLES: Final = frozenset({"a", "an", "the"})
_NEW: Final = frozenset({"", "with", "into", "as", "without", "for", "of", "and", "plus", "per"})
"""Behind these a thing is new to the reader."""
_UNTOUCHED: Final = frozenset({"by", "to", "than", "instead", "until", "till", "since"})
"""Behind these a thing often has no article: "by ferry", "from desk to door", "to cup"."""
_BREAKS: Final = frozenset(
    {WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.PRONOUN, WordClass.AUXILIARY, WordClass.ADVERB}
)
_ORDINALS: Final = frozenset("first second third fourth last-minute same only main whole".split())
_FORMER: Final = frozenset({"last", "old", "previous", "former", "current"})
_SEASONS: Final = frozenset("spring summer autumn fall winter monsoon ramadan lent harvest christmas".split())


def fill_articles(words: Sequence[str], *, opens_with_object: bool = True) -> tuple[str, ...]:
    """Return what follows a verb with an article before each thing that lacks it."""
    if not _ARTICLES.isdisjoint(words):
        size = next((at for at, word in enumerate(words) if _ends_phrase(word.lower())), len(words))
        is_owned = opens_with_object and "".join(words[size : size + 1]) == "of" and size > 0
        return ("the", *words) if is_owned and _lacks_article(words[:size], is_of=True) else tuple(words)
    return tuple(_filled(words, opens_with_object=opens_with_object))


def _filled(words: Sequence[str], *, opens_with_object: bool) -> Iterator[str]:
    led, start = "" if opens_with_object else "by", 0
    for at in range(len(words) + 1):
        word = words[at].lower() if at < len(words) else ""
        if word and not _ends_phrase(word):
            continue
        phrase = words[start:at]
        yield from _with_article(phrase, led, following=word)
        if word:
            yield words[at]
        led, start = word, at + 1


def _ends_phrase(word: str) -> bool:
    classes = classes_of(word)
    return bool(classes & _BREAKS) and not classes & NOUN_CLASSES and word not in _ORDINALS


def _with_article(phrase: Sequence[str], led: str, *, following: str) -> Sequence[str]:
    is_former = bool(phrase) and phrase[0].lower() in _FORMER and led in {"at", "in", "for", "with", "on"}
    if not phrase or led in _UNTOUCHED or (not is_former and not _lacks_article(phrase, is_of=following == "of")):
        return phrase
    if phrase[0].lower() in _FORMER and phrase[-1].lower() not in word_list("time_nouns"):
        return ("my", *phrase)
    is_place = phrase[-1].lower() in word_list("places")
    is_certain = phrase[0].lower() in _ORDINALS or following == "of" or (led not in _NEW and not is_place)
    return ("the" if is_certain else a_or_an(phrase[0]), *phrase)


def _lacks_article(phrase: Sequence[str], *, is_of: bool) -> bool:
    first, head = phrase[0], phrase[-1]
    is_determined = is_number(first) or WordClass.DETERMINER in classes_of(first)
    is_determined = is_determined or first.lower() in DETERMINERS | NUMBER_WORDS or first.endswith(("'s", "s'"))
    if is_determined or WordClass.POSSESSIVE in classes_of(first) or any(map(is_number, phrase)):
        return False
    is_open = is_plural(head) or is_name(head) or head.lower() in word_list("days") | _SEASONS
    is_bare = needs_no_article(head) and len(phrase) == 1
    is_one = first.lower() in _ORDINALS or is_counted(head) or is_of
    return is_one and not (is_open or is_bare)

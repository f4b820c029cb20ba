"""A noun that lacks its article after a preposition: "in bad month", "from other hotel"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import LISTS
from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_articles import can_be_in_noun, needs_no_article
from followup_mail.language.note_words import is_code
from followup_mail.language.stretches import stretches
from followup_mail.regex import regex

_PREPOSITIONS: Final = frozenset({"in", "at", "on", "with", "through", "from", "for", "of"})
_ORDINALS: Final = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth final".split())
_RANKED: Final = frozenset("class grade year form gear place position sight hand person stage term base".split())
_PARTICLE: Final = regex(r"-(?:up|off|out|in|down|over|back|by)$")
"""Behind a preposition these are hours of the day as well: "at pick-up", "after hand-over"."""
_GOING_ON: Final = frozenset({WordClass.BASE, WordClass.COUNT, WordClass.MASS, WordClass.PLURAL, WordClass.VERB_S})
"""What may be the head of the phrase, further on: "for variable speed pumps"."""
_SMALL_WORDS: Final = LISTS["relatives"] | LISTS["adverbs"] | LISTS["auxiliaries"]
_OF_A_NAME: Final = frozenset({"position", "role", "job", "post", "title", "work", "kind", "sort", "type"})


def find_bare_nouns(text: str) -> Iterator[Correction]:
    """Yield each place where *a* or *the* is missing for sure; nobody but the writer knows which."""
    for words, _ in stretches(text):
        for place, word in enumerate(words[:-1]):
            if (
                word[0].lower() in _PREPOSITIONS
                and not _names_a_post(words, place)
                and (end := _bare_from(words, place + 1))
            ):
                start, stop = words[place + 1].start(), words[end].end()
                bare = text[start:stop]
                yield Correction(start, stop, bare, "", f"*a* or *the* is missing before *{bare}*")


def _is_rank(phrase: list[str]) -> bool:
    """Return whether a place in a row is named, which needs no article: "in third class", "in second gear"."""
    return len(phrase) > 1 and phrase[-2].lower() in _ORDINALS and phrase[-1] in _RANKED


def _names_a_post(words: list[re.Match[str]], place: int) -> bool:
    """Return whether "of" follows a post or a kind: "the position of law researcher", "the kind of team I like"."""
    return place > 0 and words[place - 1][0].lower() in _OF_A_NAME


def _bare_from(words: list[re.Match[str]], start: int) -> int:
    """Return the place of the noun that ends a bare noun phrase; 0 when it is none, or may be right as it is."""
    end = start
    if (
        start + 1 < len(words)
        and classes_of(words[start][0]) == {WordClass.BASE}
        and words[start + 1][0] in word_list("single_places")
    ):
        end += 1  # "in spray booth"
    while end < len(words) and can_be_in_noun(words[end][0]):
        end += 1
    is_behind = end == len(words) or classes_of(words[end][0]) & {WordClass.PREPOSITION, WordClass.CONJUNCTION}
    while is_behind and end > start + 1 and not classes_of(words[end - 1][0]) - {WordClass.ADVERB, WordClass.ADJECTIVE}:
        end -= 1  # "in shop window overnight"
    phrase = [word[0] for word in words[start:end]]
    follows = words[end][0] if end < len(words) else ""
    if (
        not phrase
        or not all(
            classes_of(word) or (phrase[-1] in word_list("single_places") and _is_strange(word)) for word in phrase
        )
        or follows[:1].isdigit()
        or is_code(follows)
        or (follows.isalpha() and follows not in _SMALL_WORDS and classes_of(follows) <= _GOING_ON)
        or follows in {"and", "or", "to"}
        or phrase[0].lower() == "own"
        or _PARTICLE.search(phrase[-1])
        or _is_rank(phrase)
        or (phrase[-1] in word_list("bare_workplaces") and all(word.islower() for word in phrase))
    ):
        return 0
    head = phrase[-1]
    is_bare = classes_of(head) == {WordClass.COUNT} and head == head.lower() and head not in word_list("in_phrases")
    return end - 1 if is_bare and not needs_no_article(head) else 0


def _is_strange(word: str) -> bool:
    """Return whether a word that the grammar does not know can only say which thing is meant: "in spray booth"."""
    return (
        word.isalpha() and word.islower() and not word.endswith(("s", "ly", "ed", "ing")) and word not in _SMALL_WORDS
    )

"""How much of a text another text has too: runs of the same words, and sentences about the same thing."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan, parse_text
from followup_mail.checks.prose import words_of
from followup_mail.checks.stock_words import is_stock, stem

RUN: Final = 5
"""Words in a row that two texts hardly share by chance."""
LOOKED_AT: Final = 100
"""Sentences that are compared; a follow-up has ten."""
SENTENCE_FROM: Final = 6
ALIKE: Final = 0.6
"""The share of its words, or of what it is about, from which a sentence is another one reworded."""
ALIKE_FROM: Final = 3
COPIED_FROM: Final = 12
"""Words of a sentence that nobody writes twice without copying it."""


def shared_words(mail: ParsedMail, other: str, run: int = RUN) -> tuple[bool, ...]:
    """Return for each word of the core whether it lies in a run of words that ``other`` has too."""
    runs = _runs(other, mail.context.sender.name, run)
    words = [word.plain for word in mail.core_words]
    shared = [False] * len(words)
    for at in range(len(words) - run + 1):
        if tuple(words[at : at + run]) in runs:
            shared[at : at + run] = [True] * run
    return tuple(shared)


def longest_shared(mail: ParsedMail, shared: tuple[bool, ...]) -> TextSpan:
    """Return the longest sentence that is shared for the most part; else the longest stretch that is."""
    best = TextSpan(0, 0)
    for sentence in mail.sentences:
        inside = shared[mail.words_in(sentence)]
        if inside and sum(inside) >= 0.7 * len(inside) and sentence.end - sentence.start > best.end - best.start:
            best = sentence
    return best if best.end else _longest_stretch(mail, shared)


def alike_sentences(mail: ParsedMail, other: str) -> list[TextSpan]:
    """Return the sentences of the core that another text has too, in nearly the same words or in another order."""
    others, names = sentences_of(other)[:LOOKED_AT], names_of(mail)
    found = []
    for span in mail.sentences[:LOOKED_AT]:
        words, about = frozenset(words_of(mail.plain(span))), content(mail.plain(span)) - names
        if len(words) >= SENTENCE_FROM and any(_is_alike(words, about, *sentence) for sentence in others):
            found.append(span)
    return found


def copied_sentence(mail: ParsedMail, shared: tuple[bool, ...], typed: str = "") -> TextSpan | None:
    """Return a sentence of its own kind that another text has word for word; None when there is none.

    It is long, or ``typed`` has it: nobody types the same for two people by chance.
    """
    names, own = names_of(mail), " ".join(words_of(typed))
    for span in mail.sentences:
        inside = shared[mail.words_in(span)]
        if not all(inside):
            continue
        if len(inside) >= SENTENCE_FROM and " ".join(words_of(mail.plain(span))) in own:
            return span
        if len(inside) >= COPIED_FROM and len(content(mail.plain(span)) - names) >= ALIKE_FROM:
            return span
    return None


def names_of(mail: ParsedMail) -> frozenset[str]:
    """Return the stems of the names that every note of a panel has: company, position, people."""
    return frozenset(stem(word) for word in mail.known.names)


def _is_alike(
    words: frozenset[str], about: frozenset[str], other_words: frozenset[str], other_about: frozenset[str]
) -> bool:
    both = len(words & other_words) / len(words | other_words)
    return both >= ALIKE or (len(about) >= ALIKE_FROM and both >= ALIKE / 2 and coverage(about, other_about) >= ALIKE)


def content(text: str) -> frozenset[str]:
    """Return the stems of the words of ``text`` that say what it is about."""
    return frozenset(stem(word) for word in words_of(text) if not is_stock(word))


def coverage(wanted: frozenset[str], there: frozenset[str]) -> float:
    """Return how much of ``wanted`` is in ``there``: 0 to 1."""
    return len(wanted & there) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=512)
def sentences_of(text: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return, for each sentence of an earlier text, all its words and the stems of what it is about."""
    mail = parse_text(text)
    said = (mail.plain(sentence) for sentence in mail.sentences)
    return tuple((frozenset(words_of(sentence)), content(sentence)) for sentence in said)


@lru_cache(maxsize=256)
def _runs(text: str, sender: str, run: int) -> frozenset[tuple[str, ...]]:
    words = [word.plain for word in parse_text(text, sender).core_words]
    return frozenset(tuple(words[at : at + run]) for at in range(len(words) - run + 1))


def _longest_stretch(mail: ParsedMail, shared: tuple[bool, ...]) -> TextSpan:
    best, start = TextSpan(0, 0), -1
    for at, same in enumerate((*shared, False)):
        if same and start < 0:
            start = at
        elif not same and start >= 0:
            found = TextSpan(mail.core_words[start].start, mail.core_words[at - 1].end)
            best = max(best, found, key=lambda span: span.end - span.start)
            start = -1
    return best

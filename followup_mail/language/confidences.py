"""What of a talk is nobody else's business: what was said in confidence, and anybody's illness, treatment or sorrow.

The request to keep something stands beside it, not in it: "my husband starts chemo ... I don't want it around". So the
sentences around a request are as private as the request, and so is the answer that it gets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from followup_mail.language.word_tables import any_of
from followup_mail.regex import regex

_OF_A_TURN: Final = 6
"""So many sentences before and after a request are about what it means, if the same person says them."""
_OF_NOBODY: Final = 2
"""The same where a text does not say who speaks."""
_OF_AN_ANSWER: Final = 3
_ANSWER_WORDS: Final = 8
"""What answers something private is short; a longer sentence is about something else."""
_FILLER_WORDS: Final = 4
"""A sentence of so few words beside a request is not what the request means: "Okay. Look." """
_REQUEST_WORDS: Final = 12
"""A request of more words says itself what it means."""


_HASTY: Final = regex(r"\b(?:(do|did|does|wo|ca|would|should|is|has|have|was|must|could)nt|im)\b")
"""Short forms as they are typed in a hurry."""


class Said(NamedTuple):
    """One sentence of a talk."""

    label: str
    """Who said it; empty where nobody knows."""
    text: str


def find_confided(said: Sequence[Said]) -> frozenset[int]:
    """Return the places, from 0 on, of the sentences that are nobody else's business."""
    turns = _Turns(said)
    return frozenset(at for place in range(len(said)) for at in _around(said, turns, place))


def asks_for_silence(text: str) -> bool:
    """Return whether a sentence asks that what is said around it stays where it is, or promises that."""
    return bool(_pattern("asked").search(_plain(text)))


def is_bare_request(note: str) -> bool:
    """Return whether a note is nothing but the request to tell nobody, about the note before it."""
    plain = _plain(note)
    rest = _pattern("asked").sub(" ", plain)
    return rest != plain and all(len(word) <= 3 for word in rest.split())


def is_about_health(text: str) -> bool:
    """Return whether a sentence is about somebody's illness, treatment, loss or family trouble; not about such work."""
    plain = _plain(text)
    if _pattern("own_health").search(plain):
        return True
    if _pattern("family").search(plain):
        return bool(_pattern("health").search(plain))
    return bool(_pattern("somebody").search(plain) and _pattern("undergone").search(plain))


def is_of_family(text: str) -> bool:
    """Return whether a note is about somebody's own illness or that of their family, and surely not about work."""
    plain = _plain(text)
    of_family = _pattern("family").search(plain) and _pattern("health").search(plain)
    return bool(of_family or _pattern("own_health").search(plain))


def is_aside(text: str) -> bool:
    """Return whether a sentence is nothing that its speaker would like to see noted."""
    return bool(_pattern("aside").search(_plain(text)))


def takes_back(text: str) -> bool:
    """Return whether a sentence asks for what was said before it not to be noted."""
    return bool(_pattern("taken_back").search(_plain(text)))


def _around(said: Sequence[Said], turns: _Turns, place: int) -> Iterator[int]:
    """Yield what one sentence makes private: nothing, itself, or itself and what is said around it."""
    text = said[place].text
    if _pattern("begins").search(_plain(text)):
        yield from (at for at in turns.near(place, 1) if at >= place)
        yield from turns.answer(place, _ANSWER_WORDS)
    elif asks_for_silence(text):
        yield from turns.near(place, _OF_A_TURN)
        yield from turns.beside(place)
    elif is_about_health(text):
        yield from turns.near(place, 1)
        yield from turns.answer(place, _ANSWER_WORDS)
    elif takes_back(text):
        yield from {max(place - 1, 0), *(at for at in turns.near(place, 1) if at <= place)}


class _Turns:
    """Who speaks how long."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._said = said
        self._turn: list[int] = []
        for at, line in enumerate(said):
            is_new = not at or line.label != said[at - 1].label
            self._turn.append((self._turn[-1] + 1 if is_new else self._turn[-1]) if at else 0)

    def near(self, place: int, far: int) -> list[int]:
        """Return the sentences of the same turn that are at most so far away."""
        far = far if self._said[place].label else min(far, _OF_NOBODY)
        near = range(max(place - far, 0), min(place + far + 1, len(self._said)))
        return [at for at in near if self._turn[at] == self._turn[place]]

    def answer(self, place: int, words: int = 1_000) -> list[int]:
        """Return the first sentences of the next turn, up to the first of more than so many words."""
        answer = self._of(self._turn[place] + 1)[:_OF_AN_ANSWER]
        return list(takewhile(lambda at: len(self._said[at].text.split()) <= words, answer))

    def beside(self, place: int) -> list[int]:
        """Return the answer, and the turns around where a request is in no turn with what it means."""
        number = self._turn[place]
        others = [at for at in self._of(number) if at != place]
        answer = self.answer(place, _ANSWER_WORDS)
        if self._has_matter(others, _FILLER_WORDS) or self._has_matter([place], _REQUEST_WORDS):
            return answer
        around = [part for near in (number - 2, number - 1) for part in self._of(near)[-_OF_A_TURN:]]
        return [*around, *self._of(number + 1)[:_OF_AN_ANSWER], *self._of(number + 2)[:_OF_A_TURN]]

    def _of(self, number: int) -> list[int]:
        return [at for at, turn in enumerate(self._turn) if turn == number]

    def _has_matter(self, places: Sequence[int], words: int) -> bool:
        return any(len(self._said[at].text.split()) > words for at in places)


def _plain(text: str) -> str:
    plain = text.lower().replace("\u2019", "'")
    return _HASTY.sub(lambda found: f"{found[1]}n't" if found[1] else "i'm", plain)


def _pattern(group: str) -> re.Pattern[str]:
    return any_of("confidences", group)

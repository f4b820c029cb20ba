"""Names of people stay on this machine: what goes to a writing model has stand-ins for them, and gets them back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from followup_mail.facts.application import Application, Person, is_same_person
from followup_mail.facts.name_parts import is_title, split_name
from followup_mail.facts.people import name_together
from followup_mail.language.lexicon import classes_of

READER: Final = "[reader]"
CANDIDATE: Final = "[candidate]"
REMOVED: Final = "[left out]"
"""The stand-in for an address or a number."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_TOKEN: Final = re.compile(r"\[(?:reader|candidate|colleague \d+)\]")
_REPEATED: Final = re.compile(r"(\[(?:reader|candidate|colleague \d+)\])(?:[\s.-]+\1)+")
_BEFORE_TOKEN: Final = re.compile(r"(\S+)\s+(?=\[)")
_ADDRESS: Final = re.compile(
    r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|example)(?:/\S*)?\b"
    r"|(?<![\w.,/-])\+?\(?\d[\d\s()./-]{6,}\d(?![\w%])"
)
_DATES: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}\s?[-/]\s?\d{2,4}")
_SHORTEST: Final = 2
_SHORTEST_SECRET: Final = 4


@dataclass(frozen=True, slots=True)
class _Name:
    token: str
    words: frozenset[str]
    """The words of the name as they are compared."""
    called: str
    """How the mail calls this person."""


@dataclass(frozen=True)
class StandIns:
    """The names that are kept back from a writing model, with a stand-in for each."""

    reader: Person
    colleagues: tuple[Person, ...]
    """The other people of the application, in the order of the facts."""
    candidate: str
    public: tuple[str, ...] = ()
    """What the model is given in any case, such as the employer's name: a name in it is not a secret."""
    secrets: tuple[str, ...] = ()
    """Passwords and addresses of the settings, which go nowhere wherever they stand."""

    def hide(self, text: str) -> str:
        """Return a text without names, addresses, phone numbers and secrets."""
        for secret in self.secrets:
            text = text.replace(secret, REMOVED)
        text = _ADDRESS.sub(lambda found: found[0] if _DATES.fullmatch(found[0].strip()) else REMOVED, text)
        hidden = _WORD.sub(lambda found: self._token_of(found[0]) or found[0], text)
        return _REPEATED.sub(r"\1", _BEFORE_TOKEN.sub(_without_title, hidden))

    def show(self, text: str) -> str:
        """Return a text of the model's with the names as this mail calls people."""
        called = {name.token: name.called for name in self._names}
        return _TOKEN.sub(lambda found: called.get(found[0], found[0]), text)

    def called(self) -> tuple[str, ...]:
        """Return how the mail calls everybody, in the order of the stand-ins."""
        return tuple(name.called for name in self._names)

    def token(self, person: Person) -> str:
        """Return the stand-in for a person; empty for somebody unknown."""
        if is_same_person(person, self.reader):
            return READER
        found = (number for number, other in enumerate(self.colleagues, 1) if is_same_person(other, person))
        return next((_colleague(number) for number in found), "")

    def _token_of(self, word: str) -> str:
        """Return the stand-in for a word; empty for a word that is not a name."""
        folded = _fold(word)
        if folded in self._public:
            return ""
        found = next((name.token for name in self._names if folded in name.words), "")
        # "will" and "may" are names of people only where they are written like names.
        return found if word[0].isupper() or not classes_of(word) else ""

    @cached_property
    def _public(self) -> frozenset[str]:
        return frozenset(_fold(word) for text in self.public for word in _WORD.findall(text))

    @cached_property
    def _names(self) -> tuple[_Name, ...]:
        people = [(_colleague(number), person) for number, person in enumerate(self.colleagues, 1)]
        # "Thanks to Helena and Dmitri Oyelaran" reads as a list of slots.
        together = name_together(self.colleagues)
        alike = together if len(together) == len(self.colleagues) else [person.name for person in self.colleagues]
        others = [
            _Name(token, _words_of(person), called) for (token, person), called in zip(people, alike, strict=True)
        ]
        reader = _Name(READER, _words_of(self.reader), self.reader.greeting_name)
        return (reader, *others, _Name(CANDIDATE, _words_of_name(self.candidate), self.candidate))


def make_stand_ins(application: Application, reader: Person, candidate: str, secrets: Sequence[str]) -> StandIns:
    """Return the stand-ins for a mail to ``reader``; ``secrets`` shorter than four characters are not looked for."""
    colleagues = tuple(person for person in application.everyone() if not is_same_person(person, reader))
    known = tuple(secret for secret in secrets if len(secret) >= _SHORTEST_SECRET)
    public = (application.company, application.role)
    return StandIns(reader, colleagues, candidate, public, known)


def _colleague(number: int) -> str:
    return f"[colleague {number}]"


def _words_of(person: Person) -> frozenset[str]:
    return _words_of_name(person.name) | _words_of_name(person.address_as)


def _words_of_name(name: str) -> frozenset[str]:
    parts = split_name(name)
    given = (word for part in (*parts.given, *parts.family, parts.nickname) for word in _WORD.findall(part))
    return frozenset(_fold(word) for word in given if len(word) >= _SHORTEST)


def _without_title(found: re.Match[str]) -> str:
    return "" if is_title(found[1].lstrip("(\"'")) else found[0]


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()

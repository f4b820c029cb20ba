"""Names of people stay on this machine: what goes to a writing model has stand-ins for them, and gets them back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from msgspec import Struct

from followup_mail.facts.application import Application, Person, is_same_person
from followup_mail.facts.name_parts import is_title
from followup_mail.facts.people import name_together
from followup_mail.language.addresses import find_addresses
from followup_mail.regex import regex
from followup_mail.writing_model.spelt_names import NAME_WORD, replace_names, spellings_of, words_in

READER: Final = "[reader]"
CANDIDATE: Final = "[candidate]"
REMOVED: Final = "[left out]"
"""The stand-in for an address or a number."""

_TOKEN: Final = regex(r"\[(?:reader|candidate|colleague \d+)\]")
_REPEATED: Final = regex(r"(\[(?:reader|candidate|colleague \d+)\])(?:[\s.-]+\1)+")
_TOKEN_OR_WORD: Final = regex(rf"\[(?:reader|candidate|left out|colleague \d+)\]|{NAME_WORD}")
_BEFORE_TOKEN: Final = regex(r"(\S+)\s+(?=\[)")
_SHORTEST_SECRET: Final = 4
_LONGEST_TITLE: Final = 20
_ROUNDS: Final = 8
"""What is left when something is taken out may read like an address or a name again."""


class _Name(Struct, frozen=True):
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
        for _ in range(_ROUNDS):
            hidden = self._hide_names(self._hide_addresses(text))
            if hidden == text:
                break
            text = hidden
        return text

    def _hide_addresses(self, text: str) -> str:
        """Return a text without addresses and phone numbers; an employer may be called like an address."""
        kept = [name.casefold() for name in self.public]
        for start, end in reversed(find_addresses(text)):
            if not any(text[start:end].casefold() in name for name in kept):
                text = f"{text[:start]}{REMOVED}{text[end:]}"
        return text

    def _hide_names(self, text: str) -> str:
        def replaced(found: re.Match[str]) -> str:
            word = found[0]
            if word.startswith("["):
                return word
            before = text[max(0, found.start() - _LONGEST_TITLE) : found.start()].split()
            return replace_names(word, self._token_of, after_title=bool(before) and is_title(before[-1]))

        hidden = _TOKEN_OR_WORD.sub(replaced, text)
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

    def _token_of(self, folded: str) -> str:
        """Return the stand-in for a word in its folded form; empty for a word that is not a name."""
        return "" if folded in self._public else self._tokens.get(folded, "")

    @cached_property
    def _public(self) -> frozenset[str]:
        return frozenset(word for text in self.public for word in words_in(text))

    @cached_property
    def _tokens(self) -> dict[str, str]:
        return {word: name.token for name in reversed(self._names) for word in name.words}

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
        return (reader, *others, _Name(CANDIDATE, spellings_of(self.candidate), self.candidate))


def make_stand_ins(application: Application, reader: Person, candidate: str, secrets: Sequence[str]) -> StandIns:
    """Return the stand-ins for a mail to ``reader``; ``secrets`` shorter than four characters are not looked for."""
    colleagues = tuple(person for person in application.everyone() if not is_same_person(person, reader))
    known = tuple(secret for secret in secrets if len(secret) >= _SHORTEST_SECRET)
    public = (application.company, application.role)
    return StandIns(reader, colleagues, candidate, public, known)


def _colleague(number: int) -> str:
    return f"[colleague {number}]"


def _words_of(person: Person) -> frozenset[str]:
    return spellings_of(person.name) | spellings_of(person.address_as)


def _without_title(found: re.Match[str]) -> str:
    return "" if is_title(found[1].lstrip("(\"'")) else found[0]

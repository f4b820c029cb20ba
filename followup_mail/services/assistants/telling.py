"""What an assistant may be told, and in which form: no addresses, no numbers, nothing unseen, and data marked as data.

Everything that is told goes through ``Veil``, wherever it comes from: it leaves out what a tool forgot to.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from followup_mail.errors import FollowupError
from followup_mail.facts.unfit_values import is_invisible
from followup_mail.language.addresses import find_addresses
from followup_mail.language.fit_to_tell import is_fit_to_tell, keep_fit
from followup_mail.workspace import Workspace

LEFT_OUT: Final = "[left out]"
"""What stands for an address or a number."""
_JOINERS: Final = frozenset("\u200c\u200d")
"""Names in several scripts need them."""
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors: they are not seen, and any text can be written in them."""
_ROUNDS: Final = 4
_MOST: Final = 20_000
"""Characters of one text; facts and mails are far shorter."""


class Told(Struct, frozen=True):
    """An answer to an assistant."""

    quoted: dict[str, Any]
    """What the user and others wrote, and how things stand: data, never instructions. Plain values."""
    says: tuple[str, ...] = ()
    """What followup-mail itself says about it, in sentences."""


class Veil(Struct, frozen=True):
    """What keeps back addresses, numbers, unseen characters and the places of this machine."""

    home: Path
    kept: frozenset[str] = frozenset()
    """What looks like an address and is none, in small letters: the name of an employer."""

    @classmethod
    def of(cls, workspace: Workspace) -> Veil:
        """Return the one for a home; names of employers stay, even one that is called like its web address."""
        try:
            applications, _ = workspace.facts.load_all()
        except FollowupError:
            applications = []
        names = (name.casefold() for one in applications for name in (one.company, one.role))
        return cls(workspace.home, frozenset(names))

    def cover(self, value: Any) -> Any:
        """Return a value with all texts in it covered, as plain JSON has it; what says nothing is left out."""
        if isinstance(value, Mapping):
            covered = ((str(key), self.cover(inner)) for key, inner in value.items())
            return {key: inner for key, inner in covered if inner not in ("", None, [], {})}
        if isinstance(value, bool | int | float) or value is None:
            return value
        if isinstance(value, Iterable) and not isinstance(value, str):
            return [self.cover(inner) for inner in value]
        return self.cover_text(_as_text(value))

    def cover_text(self, text: str) -> str:
        """Return a text without what may not be told."""
        text = self._without_places(without_unseen(text[:_MOST]))
        for _ in range(_ROUNDS):  # what is left when something is taken out may read like a number again
            covered = self._without_addresses(text)
            if covered == text:
                break
            text = covered
        return text

    def _without_places(self, text: str) -> str:
        for place, word in ((self.home, "the home folder"), (Path.home(), "~")):
            if len(str(place)) > 1:
                text = text.replace(str(place), word)
        return text

    def _without_addresses(self, text: str) -> str:
        for start, end in reversed(find_addresses(text)):
            if not any(text[start:end].casefold() in name for name in self.kept):
                text = f"{text[:start]}{LEFT_OUT}{text[end:]}"
        return text


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value) if isinstance(value, Enum) else str(value)


def without_unseen(text: str) -> str:
    """Return a text without characters that are not seen and can carry another text; line breaks stay."""
    return "".join(_shown(letter) for letter in text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(letter: str) -> str:
    if letter in {"\n", " "} or letter.isalnum():
        return letter
    if any(ord(letter) in selectors for selectors in _SELECTORS):
        return ""
    if unicodedata.category(letter) == "Cf":
        return letter if letter in _JOINERS else ""
    return " " if is_invisible(letter) else letter


class Notes(Struct):
    """Passes on what is fit to tell, and counts what is not."""

    kept_back: int = 0

    def tell(self, text: str, *, is_private: bool = False) -> str:
        """Return a note, or nothing for one that is kept back: also for one that is private by what stands beside."""
        if text and (is_private or not is_fit_to_tell(text)):
            self.kept_back += 1
            return ""
        return text

    def tell_each(self, texts: Iterable[str]) -> list[str]:
        """Return the notes that are fit to tell."""
        notes = [text for text in texts if text]
        told = keep_fit(notes)
        self.kept_back += len(notes) - len(told)
        return told

    def say(self) -> tuple[str, ...]:
        """Say how many were kept back."""
        if not self.kept_back:
            return ()
        many = self.kept_back > 1
        return (f"{self.kept_back} note{'s are' if many else ' is'} kept back: private, or not for a mail.",)

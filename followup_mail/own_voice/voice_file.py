"""The file of a voice, ``voice.toml`` in the home folder: for people to read and to change, read with care.

One table for each mail, with what it shows. The lines above them are the user's, and stay as they are.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import msgspec

from followup_mail.errors import FactsFileError, Problem, SettingsError
from followup_mail.facts.file_text import read_facts
from followup_mail.own_voice.closings import known_closing
from followup_mail.own_voice.manner import Manner, Named
from followup_mail.own_voice.voice import OwnWord, Voice, voice_of
from followup_mail.regex import regex

NAME: Final = "voice.toml"
MOST: Final = 12
"""Mails that are kept; a voice does not get surer by more."""
_HEAD: Final = """\
# How you write, as followup-mail understood it from mails of yours. Of the mails themselves nothing is kept.
# `followup-mail voice show` says what it means, `followup-mail voice remove` deletes it.
#
# What you write here yourself, without the #, goes before what was understood:
# register = "neutral"         # formal, neutral or friendly
# greeting = "Hello"           # Dear, Hello or Hi
# closing = "Kind regards"
# thanks = "Thanks"            # or Thank you
# contractions = true          # true: I'd; false: I would
# words = 80                   # of a mail, without greeting and signature
"""
_FIX: Final = "Correct it, or begin again: followup-mail voice remove"
_WANTED: Final = {
    "str": "a text in quotation marks",
    "bool": "true or false",
    "int": "a whole number of 0 or more",
    "array": "[[mails]]",
    "object": "a table",
}
_THANKS: Final = frozenset({"", "Thanks", "Thank you"})
_AT: Final = regex(r" - at `\$(?P<path>[^`]*)`$")


class KeptVoice(OwnWord, frozen=True, forbid_unknown_fields=True):
    """What the file holds."""

    mails: tuple[Manner, ...] = ()

    @property
    def voice(self) -> Voice:
        return voice_of(self.mails, self)


def read_voice(home: Path) -> KeptVoice | None:
    """Return the voice of a home folder; None where there is none. Raises ``SettingsError`` for a broken file."""
    path = home / NAME
    try:
        kept = msgspec.convert(tomllib.loads(read_facts(path)), KeptVoice)
    except FileNotFoundError:
        return None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}.", fix=_FIX) from None
    except FactsFileError as error:
        raise SettingsError(_say_unreadable(error.problems[0]), fix=_FIX) from None
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path}: {_say_wrong(str(error))}.", fix=_FIX) from None
    return _checked(kept, path)


def read_voice_of(home: Path) -> Voice | None:
    """Return how the user of a home folder writes, as ``read_voice`` reads it; None where that is not known."""
    kept = read_voice(home)
    return kept.voice if kept else None


def with_mail(text: str, mail: Manner) -> str:
    """Return the text of the file with one mail more; ``text`` is empty where there is no file yet."""
    said = [f"{name} = {_say(value)}" for name, value in msgspec.to_builtins(mail).items() if value not in ("", 0)]
    return "\n".join([(text or _HEAD).rstrip("\n"), "", "[[mails]]", *said, ""])


def _say(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _checked(kept: KeptVoice, path: Path) -> KeptVoice:
    """Refuse what was written by hand and cannot be used."""
    wrong = ""
    if kept.greeting and kept.greeting.casefold() not in {"dear", "hello", "hi"}:
        wrong = f'greeting = "{kept.greeting}" is none of Dear, Hello and Hi'
    elif kept.closing and not known_closing(kept.closing):
        wrong = f'closing = "{kept.closing}" is not a known closing, such as Kind regards'
    elif strange := next(iter({kept.thanks, *(mail.thanks for mail in kept.mails)} - _THANKS), ""):
        wrong = f'thanks = "{strange}" is neither Thanks nor Thank you'
    if wrong:
        raise SettingsError(f"{path}: {wrong}.", fix=_FIX)
    return kept


def _say_unreadable(problem: Problem) -> str:
    return f"{problem.file} {problem.wrong}."


def _say_wrong(said: str) -> str:
    """Return what msgspec says of a value as people say it, the key first."""
    at = _AT.search(said)
    what = _AT.sub("", said).replace("`", "'")
    if unknown := what.partition("unknown field ")[2]:
        return f"there is no key {unknown}"
    wanted = next((plain for kind, plain in _WANTED.items() if f"xpected '{kind}" in what), "")
    if "enum" in what:
        wanted = "formal, neutral or friendly" if at and at["path"] == ".register" else " or ".join(Named)
    return f"{at['path'].lstrip('.') if at else 'it'}: {f'write {wanted}' if wanted else what}"

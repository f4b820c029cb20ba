"""The slips that people make in a ``.env``, each in a sentence that shows no text of theirs: it may be a password."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from followup_mail.settings.table import PREFIX

_WORD: Final = re.compile(r"(?i)foll?ow[ _-]?up[ _-]?([a-z_-]*)")
"""The name of a setting of ours, however it is spelt; what follows the prefix is in the group."""
_SHORT: Final = (PREFIX, f"{PREFIX}SMTP_")
"""What people leave out."""
_OPENING: Final = "“„‟«‹‚‛＂"
_CLOSING: Final = "”»›＂"
_ANY_QUOTE: Final = f"{_OPENING}{_CLOSING}‘’'\""
_LOOKS_LIKE: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТХУѴаеѕіјорсхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTXYVaesijopcxyABEZHIKMNOPTYX"
)
"""Letters that are typed by mistake, or by a keyboard of another language."""
_SECOND: Final = re.compile(rf"\b{PREFIX}[A-Z_]+\s*=")


def find_key_slip(key: str, known: Sequence[str], *, alone: bool = False, shown: str = "this") -> str:
    """Return what is wrong with a key that is no setting; nothing when it belongs to another program.

    ``alone``: in a file that is for us alone, a key that only lacks our prefix is meant for us too. ``shown`` is how
    the sentence calls the key.
    """
    plain = unicodedata.normalize("NFKC", key).translate(_LOOKS_LIKE)
    named = _WORD.search(plain)
    if named:
        meant = _name_meant(named)
        near = [meant] if meant in known else difflib.get_close_matches(meant, known, n=1)
        if meant in known and not re.fullmatch(r"[\w-]+", key):
            return _say_form(meant)
        return f"{shown} is not a setting" + (f"; did you mean {near[0]}?" if near else "")
    upper = plain.upper()
    near = [prefix + upper for prefix in _SHORT if prefix + upper in known and alone]
    if upper.startswith(("SMTP_", "IMAP_")):
        near += difflib.get_close_matches(PREFIX + upper, known, n=1)
    return f"{shown} is not a setting; did you mean {near[0]}?" if near else ""


def find_smuggled(text: str) -> str:
    """Return what is wrong with a value of another program's that holds a setting of ours."""
    held = _SECOND.search(text)
    return _say_form(held[0].rstrip("= \t")) if held else ""


def find_value_slip(key: str, text: str, *, is_secret: bool) -> str:
    """Return what is wrong with a value whatever the setting is for; nothing when it may be meant."""
    return next((said for wrong, said in _VALUE_SLIPS if wrong(text.strip(), is_secret)), "").replace("{}", key)


def find_cut(line: str) -> bool:
    """Tell whether a value without quotation marks holds " #": what follows is taken for a comment."""
    value = line.partition("=")[2].strip()
    return not value.startswith(("'", '"')) and re.search(r"\s#", value) is not None


def explain_line(line: str, known: Sequence[str]) -> str:
    """Return what is wrong with a line that is not of the form KEY=value."""
    named = _WORD.search(line)
    meant = _name_meant(named) if named else ""
    return _say_form(meant) if meant in known else 'not of the form KEY=value; a comment begins with "#"'


def say_cut(key: str) -> str:
    """Return what is wrong with a secret that holds " #"."""
    return f'{key} holds a space and "#", and what follows would be left out; put the whole value in single quotes'


def _name_meant(named: re.Match[str]) -> str:
    return PREFIX + named[1].upper().strip("_-").replace("-", "_")


def _say_form(name: str) -> str:
    return f"this line can't be read; write {name}=value"


def _is_quoted(value: str, _: bool) -> bool:
    first, last = value[:1], value[-1:]
    both = len(value) > 1 and first in _ANY_QUOTE and last in _ANY_QUOTE
    return first in tuple(_OPENING) or last in tuple(_CLOSING) or (both and not (first + last).isascii())


_VALUE_SLIPS: Final[tuple[tuple[Callable[[str, bool], bool], str], ...]] = (
    (_is_quoted, "{} stands in typographic quotation marks. Use straight ones, or none"),
    (lambda value, _: "\n" in value or "\r" in value, "{} runs over several lines; is a quotation mark missing?"),
    (lambda value, _: value.startswith(("> ", "= ")), "{} has more than one sign before its value; write {}=value"),
    (lambda value, _: _SECOND.search(value) is not None, "{} is followed by a second setting; write one on each line"),
    (
        lambda value, is_secret: not is_secret and ("${" in value or "$(" in value),
        "{} holds a variable or a command, and none is filled in here; write the value itself",
    ),
)

"""The slips that people make in a ``.env``, each in a sentence that shows no value: it may be a password."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Final

from followup_mail.settings.table import PREFIX

_WORD: Final = re.compile(r"(?i)follow[_-]?up[_-][a-z_-]+")
"""The name of a setting of ours, however it is spelt."""
_TYPOGRAPHIC: Final = "“”„‟‘’‚‛«»‹›"
_FOREIGN: Final = ("SMTP_", "IMAP_")
"""How our own names begin when somebody left out the prefix."""


def find_key_slip(key: str, known: Sequence[str]) -> str:
    """Return what is wrong with a key that is no setting; nothing when it belongs to another program."""
    named = _WORD.search(key)
    if named is None and not key.upper().startswith(_FOREIGN):
        return ""
    plain = (named[0] if named else PREFIX + key).upper().replace("-", "_").replace("FOLLOW_UP", "FOLLOWUP")
    if named and plain in known and not re.fullmatch(r"[\w-]+", key):
        return _say_form(plain)
    near = [plain] if plain in known else difflib.get_close_matches(plain, known, n=1)
    return f"{_printable(key)} is not a setting" + (f"; did you mean {near[0]}?" if near else "")


def find_value_slip(key: str, text: str) -> str:
    """Return what is wrong with a value whatever the setting is for; nothing when it may be meant."""
    value = text.strip()
    if len(value) > 1 and (value[0] in _TYPOGRAPHIC and value[-1] in _TYPOGRAPHIC):
        return f"{key} stands in typographic quotation marks. Use straight ones, or none"
    if "\n" in value or "\r" in value:
        return f"{key} runs over several lines; is a quotation mark missing?"
    return ""


def explain_line(line: str, known: Sequence[str]) -> str:
    """Return what is wrong with a line that is not of the form KEY=value."""
    named = _WORD.search(line)
    plain = named[0].upper() if named else ""
    return _say_form(plain) if plain in known else 'not of the form KEY=value; a remark begins with "#"'


def _say_form(name: str) -> str:
    return f"{name} is set in a form that is not understood here; write {name}=value"


def _printable(key: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in key)[:60].strip()

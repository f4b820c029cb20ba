"""Explain mistakes in a ``.env``. No sentence shows the user's text: it may be a password."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from followup_mail.regex import regex
from followup_mail.settings.table import PREFIX

_ANY_SPELLING: Final = regex(r"(?i)foll?ow[ _-]?up[ _-]?([a-z_-]*)")
"""Our prefix, however it is spelled; the group is what follows it."""
_PLAIN: Final = regex(r"[A-Za-z0-9@._+/: -]*")
"""Values in which none of the patterns finds anything."""
_SECOND_SETTING: Final = regex(rf"\b{PREFIX}[A-Z_]+\s*=")


def explain_unknown_key(key: str, known: Sequence[str], *, only_ours: bool = False, shown: str = "this") -> str:
    """Return what is wrong with a key that is not a setting; empty when it belongs to another program.

    In a file that holds nothing but our settings (``only_ours``), a key that only lacks our prefix is ours too.
    ``shown`` is what the sentence calls the key.
    """
    latin = unicodedata.normalize("NFKC", key).translate(_look_alikes())
    if spelled := _ANY_SPELLING.search(latin):
        meant = _setting_meant(spelled)
        if meant in known and not re.fullmatch(r"[\w-]+", key):
            return _show_form(meant)
        near = [meant] if meant in known else _nearest(meant, known)
        return f"{shown} is not a setting" + (f"; did you mean {near[0]}?" if near else "")
    upper = latin.upper()
    near = [name for name in (PREFIX + upper, f"{PREFIX}SMTP_{upper}") if name in known and only_ours]
    if upper.startswith(("SMTP_", "IMAP_")):
        near += _nearest(PREFIX + upper, known)
    return f"{shown} is not a setting; did you mean {near[0]}?" if near else ""


def explain_hidden_setting(text: str) -> str:
    """Return what is wrong with another program's value that contains one of our settings; else empty."""
    found = _SECOND_SETTING.search(text)
    return _show_form(found[0].rstrip("= \t")) if found else ""


def explain_value(key: str, text: str, *, is_secret: bool) -> str:
    """Return what is wrong with a value, whatever the setting is for; empty when it may be right."""
    if _PLAIN.fullmatch(text):
        return ""  # without having had to read the patterns
    for mistake in _data()["values"]:
        allowed = is_secret and mistake.get("allowed_in_secrets", False)
        if not allowed and re.search(mistake["pattern"], text.strip(), re.DOTALL):
            return str(mistake["says"]).replace("KEY", key)
    return ""


def explain_line(line: str, known: Sequence[str]) -> str:
    """Return what is wrong with a line that does not have the form KEY=value."""
    spelled = _ANY_SPELLING.search(line)
    meant = _setting_meant(spelled) if spelled else ""
    return _show_form(meant) if meant in known else 'not of the form KEY=value; a comment begins with "#"'


def is_cut_short(line: str) -> bool:
    """Return whether an unquoted value contains " #", after which the rest would be read as a comment."""
    value = line.partition("=")[2].strip()
    return not value.startswith(("'", '"')) and re.search(r"\s#", value) is not None


def _setting_meant(spelled: re.Match[str]) -> str:
    return PREFIX + spelled[1].upper().strip("_-").replace("-", "_")


def _show_form(name: str) -> str:
    return f"this line can't be read; write {name}=value"


@cache
def _data() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads(Path(__file__).with_name("env_mistakes.toml").read_text("utf-8"))


@cache
def _look_alikes() -> dict[int, int]:
    letters = _data()["look_alikes"]
    return str.maketrans(letters["written"], letters["latin"])


def _nearest(name: str, known: Sequence[str]) -> list[str]:
    import difflib

    return difflib.get_close_matches(name, known, n=1)

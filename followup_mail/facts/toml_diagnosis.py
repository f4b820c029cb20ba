"""What is wrong with a line that is not TOML, in words for somebody who does not know TOML."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from followup_mail.facts.moments import DAY_FORM, MOMENT_FORM
from followup_mail.facts.statements import BROKEN_HEADER, KEY_VALUE, TOO_DEEP
from followup_mail.facts.unfit_values import is_invisible, name_of, quoted

Diagnosis = tuple[str, str]
"""What is wrong, and what would be right."""


def diagnose(text: str, error: str) -> Diagnosis:
    """Return what is wrong with the statement ``text``, which tomllib refused with ``error``."""
    if error == TOO_DEEP:
        return "is nested too deeply to be read", "a facts file needs four levels"
    for character in text:
        if character not in "\n\t" and is_invisible(character):
            return f"contains {name_of(character)}", "leave it out"
    line = text.strip()
    if not line:
        return "is not TOML", "look for a table or key that is there twice"
    if line.startswith("["):
        return _diagnose_header(line)
    matched = KEY_VALUE.match(line)
    if not matched:
        return _diagnose_key(line)
    key, value = matched[1], matched[2]
    bare = re.sub(r"\s+#.*", "", value, flags=re.DOTALL) if value[:1] not in {'"', "'", "[", "{"} else value
    return _diagnose_value(key, bare.strip(), error)


def _diagnose_header(line: str) -> Diagnosis:
    named = BROKEN_HEADER.match(line)
    header = named[1] if named else "said"
    form = f"[[{header}]]" if "[[" in line or "]]" in line else f"[{header}]"
    return f"{quoted(line)} is not the name of a table", f"write {form}, alone on its line"


def _diagnose_key(line: str) -> Diagnosis:
    key, equals, _ = line.partition("=")
    if equals and not key.strip():
        return "has no key before the =", 'write the key, as in company = "Acme"'
    if equals:
        return f"{quoted(key.strip())} is not a key", 'a key is a single word, as in company = "Acme"'
    name, colon, value = line.partition(":")
    if colon and re.fullmatch(r"[A-Za-z_]+", name):
        bare = value.strip().strip('"')
        is_simple = bare and len(bare) <= 60 and bare.isprintable() and not set(bare) & set('"\\')
        return f"{quoted(line)} has a colon", f'write {name} = "{bare}"' if is_simple else f"write {name} = ..."
    return f"{quoted(line)} is not a fact", 'write key = "value", or begin a comment with #'


def _diagnose_value(key: str, bare: str, error: str) -> Diagnosis:
    parts = {"value": quoted(bare), "bare": bare, "number": bare.lstrip("0") or "1", "key": key, "quote": bare[:1]}
    forms = {"day_form": DAY_FORM, "moment_form": MOMENT_FORM}
    for mistake in _mistakes():
        fits = re.fullmatch(mistake["value"], bare, re.DOTALL | re.IGNORECASE) and re.search(
            mistake.get("error", ""), error
        )
        if fits and re.fullmatch(mistake.get("key", ".*"), key, re.DOTALL):
            return mistake["wrong"].format(**parts), mistake["right"].format(**parts, **forms)
    return "cannot be read", ""


@cache
def _mistakes() -> list[dict[str, Any]]:
    data = tomllib.loads(Path(__file__).with_name("toml_mistakes.toml").read_text("utf-8"))
    return list(data["mistakes"])

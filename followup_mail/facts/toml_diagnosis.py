"""What is wrong with a line that is not TOML, in words for somebody who never heard of TOML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from followup_mail.facts.moments import DAY_FORM, MOMENT_FORM
from followup_mail.facts.statements import BROKEN_HEADER, KEY_VALUE, TOO_DEEP, is_unfinished
from followup_mail.facts.unfit_values import is_invisible, name_of, quoted

Diagnosis = tuple[str, str]
"""What is wrong, and what would be right."""

_DATE_LIKE: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T,].*)?")
_NO_SECONDS: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?", re.ASCII | re.IGNORECASE)
_FLAGS: Final = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}


def diagnose(text: str, error: str) -> Diagnosis:
    """Say what is wrong with the statement ``text``, which tomllib refused with ``error``."""
    if error == TOO_DEEP:
        return "is nested too deeply to be read", "a facts file needs four levels"
    for character in text:
        if character not in "\n\t" and is_invisible(character):
            return f"holds {name_of(character)}", "leave it out"
    line = text.strip()
    if not line:
        return "is not TOML", "look for a table or key that is there twice"
    if line.startswith("["):
        named = BROKEN_HEADER.match(line)
        header = named[1] if named else "said"
        form = f"[[{header}]]" if "[[" in line or "]]" in line else f"[{header}]"
        return f"{quoted(line)} is not the name of a table", f"write {form}, alone on its line"
    matched = KEY_VALUE.match(line)
    if not matched:
        return _diagnose_key(line)
    key, value = matched[1], matched[2]
    bare = re.sub(r"\s+#.*", "", value, flags=re.DOTALL) if value[:1] not in {'"', "'", "[", "{"} else value
    return next((verdict for rule in _RULES for verdict in rule(key, bare.strip(), error)), ("cannot be read", ""))


def _diagnose_key(line: str) -> Diagnosis:
    key, equals, _ = line.partition("=")
    if equals and not key.strip():
        return "has no key before the =", 'write one, as in company = "Acme"'
    if equals:
        return f"{quoted(key.strip())} is not a key", 'a key is one plain word, as in company = "Acme"'
    name, colon, value = line.partition(":")
    if colon and re.fullmatch(r"[A-Za-z_]+", name):
        shown = _shown(value.strip().strip('"'))
        return f"{quoted(line)} has a colon", f"write {name} = {shown or '...'}"
    return f"{quoted(line)} is not a fact", 'write key = "value", or begin a remark with #'


def _find_missing(_key: str, value: str, _error: str) -> Iterator[Diagnosis]:
    if not value or value.startswith("#"):
        yield "has no value", "write one after the =, or remove the line"


def _find_curly_quotes(_key: str, value: str, _error: str) -> Iterator[Diagnosis]:
    if value[0] in "“”„‟«»‘’‚":
        yield "stands in typographic quotation marks", 'use straight ones: "..."'


def _find_dates(key: str, value: str, _error: str) -> Iterator[Diagnosis]:
    if _NO_SECONDS.fullmatch(value):
        yield f"{quoted(value)} needs quotation marks", f'write {key} = "{value}"'
    elif re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ].*)?", value):
        missing, form = (
            ("on the calendar and the clock", MOMENT_FORM) if ":" in value else ("in the calendar", DAY_FORM)
        )
        yield f"{quoted(value)} is not {missing}", form
    elif _DATE_LIKE.fullmatch(value):
        with_time = ":" in value or key in {"start", "end"}
        yield f"{quoted(value)} is not a {'moment' if with_time else 'day'}", MOMENT_FORM if with_time else DAY_FORM


def _find_flags(_key: str, value: str, _error: str) -> Iterator[Diagnosis]:
    flag = _FLAGS.get(value.lower())
    if flag:
        yield (
            f"{quoted(value)} is neither true nor false",
            f"write {flag}, in small letters and without quotation marks",
        )


def _find_lists(_key: str, value: str, error: str) -> Iterator[Diagnosis]:
    if value[0] in "[{":
        closing, kind = ("]", "list") if value[0] == "[" else ("}", "table")
        if is_unfinished(error) or error.startswith("Unclosed"):
            yield f"opens a {kind} that is not closed", f"end it with {closing}, and put a comma between its items"
        elif value[0] == "[":
            yield "is a list with an item that cannot be read", 'write each item in quotation marks: ["...", "..."]'
        else:
            yield "is a table that cannot be read", 'write { key = "value", other = "value" } on one line'


def _find_quotes(_key: str, value: str, error: str) -> Iterator[Diagnosis]:
    if value[0] not in "\"'":
        return
    if value.startswith(('"""', "'''")) and is_unfinished(error):
        yield "opens a text that is not closed", f"end it with {value[:3]}"
    elif "scalar value" in error:
        yield "holds half a character", "leave the \\u escape out"
    elif "Expected newline" in error:
        yield (
            "goes on after its closing quotation mark",
            'put the text in "..." and write \\" for a quotation mark in it',
        )
    elif is_unfinished(error) or "Illegal character '\\n'" in error:
        yield "has no closing quotation mark", f"end the text with {value[0]}"
    elif "\\" in value:
        yield "holds a \\ that means nothing in double quotation marks", "write '...' around it, or \\\\ for each \\"


def _find_bare_words(key: str, value: str, error: str) -> Iterator[Diagnosis]:
    if error.startswith("Exceeds the limit"):
        yield "is a number of too many digits", "write it in quotation marks if it is a text"
    right = f"write {key} = {_shown(value)}" if _shown(value) else "write it in quotation marks"
    yield f"{quoted(value)} needs quotation marks", right


def _shown(value: str) -> str:
    """Return a value as it should stand in the file, when it is simple enough to be copied from a message."""
    is_simple = value and len(value) <= 60 and value.isprintable() and not set(value) & set('"\\')
    return f'"{value}"' if is_simple else ""


_RULES: Final[tuple[Callable[[str, str, str], Iterator[Diagnosis]], ...]] = (
    _find_missing,
    _find_curly_quotes,
    _find_dates,
    _find_flags,
    _find_lists,
    _find_quotes,
    _find_bare_words,
)

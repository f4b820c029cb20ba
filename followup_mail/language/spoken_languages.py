"""Languages that somebody speaks, listed in a note, and lists in general."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import classes_of, word_list, word_table
from followup_mail.language.note_words import Part
from followup_mail.regex import regex

_QUANTITIES: Final = {"small": "a little ", "little": "a little ", "basic": "basic ", "some": "some "}
LANGUAGE_LEVEL: Final = regex(r"^(?:[ABC][12]|N[1-5])$")


def listed(items: Sequence[str]) -> str:
    """Return a list in words."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def items_of(parts: Sequence[Part]) -> list[tuple[str, ...]]:
    """Return the items of a list that is parted by commas, slashes, plus signs or "and"."""
    items: list[tuple[str, ...]] = []
    for part in parts:
        item: list[str] = []
        for word in " ".join(part.words).replace("/", " / ").split():
            if word in {"and", "/"}:
                items.append(tuple(item))
                item = []
            else:
                item.append(word)
        items.append(tuple(item))
    return items


def spoken_languages(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "Punjabi, Hindi, English", "German B2", "N3 Japanese" and "pt/en/de"."""
    if any(part.mark not in {"", ","} for part in parts):
        return ()
    if parts[0].words[:1] in {("speak",), ("speaks",)} and len(parts[0].words) > 1:
        parts = (Part("", parts[0].words[1:]), *parts[1:])
    items = items_of(parts)
    codes = word_table("language_codes")
    if len(items) > 1 and all(len(item) == 1 and item[0].lower() in codes for item in items):
        return ("speak", listed([codes[item[0].lower()] for item in items]))
    is_list = any(_language(item) for item in items) and len(items) > 1
    spoken = [_language(item, is_list=is_list) for item in items]
    if not items or not all(spoken):
        return ()
    plain, other = [text for text in spoken if " " not in text], [text for text in spoken if " " in text]
    if not plain or not other:
        return ("speak", listed(plain or other))
    return ("speak", f"{listed(plain)}{',' if len(plain) > 1 else ''}", "and", listed(other))


def _language(item: tuple[str, ...], *, is_list: bool = False) -> str:
    """Return a language with its level; in a list with a known language, any other name is a language too."""
    words = [word for word in item if not LANGUAGE_LEVEL.match(word.upper())]
    levels = [word.upper() for word in item if LANGUAGE_LEVEL.match(word.upper())]
    quantity = _QUANTITIES.get(words[0] if words else "", "")
    words = words[1:] if quantity else words
    if len(words) != 1 or len(levels) > 1 or (levels and quantity):
        return ""
    if words[0].lower() not in word_list("languages"):
        return f"{quantity}{words[0]}" if is_list and not levels and _may_be_a_language(words[0]) else ""
    name = words[0].capitalize() if words[0].lower() not in {"bsl", "asl"} else words[0].upper()
    return f"{quantity}{name}" + (f" at {levels[0]} level" if levels else "")


def _may_be_a_language(word: str) -> bool:
    letters = word.removeprefix("isi").removeprefix("se")
    is_proper = letters[:1].isupper() and letters[1:].islower() and len(word) > 4
    return is_proper and word not in word_table("tools").values() and not classes_of(word)

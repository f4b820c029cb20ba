"""Short names in brackets, which tell the reader what exactly a thing is: "(SBF See)", "(class C)", "(SBAR)"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.note_words import Part, is_name
from followup_mail.regex import regex

_KINDS: Final = frozenset({"class", "level", "grade", "category", "group", "type", "part", "stage"})
_LONGEST: Final = 3
_IN_BRACKETS: Final = regex(
    r"(?<=[\w.'-]) \((?:(?:class|level|grade|category|group|type|part|stage) )?"
    r"[A-Z0-9][\w/-]*(?: [A-Z0-9][\w/-]*){0,2}\)"
)


def short_name(part: Part) -> str:
    """Return what is written in brackets, with them, where it is a name, a class or an abbreviation."""
    words = part.words
    if part.mark != "(" or not 1 <= len(words) <= _LONGEST:
        return ""
    is_class = len(words) == 2 and words[0].lower() in _KINDS and len(words[1]) <= 3
    is_named = (
        is_name(words[0])
        and all(is_name(word) or word.isdigit() for word in words)
        and any(letter.isupper() for letter in words[0])
    )
    return f"({' '.join(words)})" if is_class or is_named else ""


def without_short_names(text: str) -> str:
    """Return a sentence without its short names in brackets: they do not show that it was a note."""
    return _IN_BRACKETS.sub("", text)


def lift_short_name(parts: Sequence[Part]) -> tuple[Sequence[Part], str, str]:
    """Return parts without the short name behind the first, that name, and the word that it stands behind."""
    said = short_name(parts[1]) if len(parts) > 1 else ""
    if not said:
        return parts, "", ""
    following = (
        [Part("," if parts[2].mark.startswith(")") else parts[2].mark, parts[2].words)] if len(parts) > 2 else []
    )
    glued = len(parts) > 2 and parts[2].mark == ")"
    first = Part("", (*parts[0].words, *parts[2].words)) if glued else parts[0]
    return (first, *([] if glued else following), *parts[3:]), said, parts[0].words[-1]


def put_short_name(sentence: str, name: str, behind: str) -> str:
    """Return a sentence with a short name behind the word that it belongs to; nothing where that word is not in it."""
    before, word, after = sentence.partition(f" {behind}") if name else (sentence, "", "")
    is_whole = not after or not after[0].isalnum()
    return f"{before}{word} {name}{after}" if name and word and is_whole and after.find(f" {behind}") < 0 else sentence

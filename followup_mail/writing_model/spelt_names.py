"""A known name in a text, however it is spelt there: with "s", without its apostrophe, glued, in look-alike letters."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from followup_mail.facts.name_parts import split_name
from followup_mail.language.lexicon import classes_of
from followup_mail.regex import regex

_DATA: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["letters"]
_LETTERS: Final = str.maketrans(_DATA["written"], _DATA["latin"])
_LETTER: Final = r"(?:[^\W\d_]|[\u24b6-\u24e9])[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*"
_APOSTROPHE: Final = r"['\u2019\u02bc`\u00b4]"
NAME_WORD: Final = rf"(?:{_LETTER})+(?:{_APOSTROPHE}(?:{_LETTER})+)*"
"""A pattern for one word, an apostrophe inside it included."""
_WORD: Final = regex(NAME_WORD)
_PIECES: Final = regex(rf"({_APOSTROPHE})")
_SHORTEST: Final = 2
_SHORTEST_PIECE: Final = 3
_SHORTEST_GLUED: Final = 4

Find = Callable[[str], str]
"""What finds the stand-in for a word in its folded form; empty for a word that is not a name."""


def spellings_of(name: str) -> frozenset[str]:
    """Return the words of a name as they are compared, and its names in one word: "priyaraman", "praman"."""
    parts = split_name(name)
    given = [fold(word) for part in (*parts.given, parts.nickname) for word in _WORD.findall(part)]
    family = [fold(word) for part in parts.family for word in _WORD.findall(part)]
    pieces = [fold(piece) for part in (*parts.given, *parts.family) for piece in re.split(_APOSTROPHE, part)]
    glued = [first + last for name_ in given for last in family for first in (name_, name_[:1])]
    glued += [last + first for first in given for last in family]
    words = [word for word in (*given, *family) if len(word) >= _SHORTEST]
    pieces = [word for piece in pieces for word in _WORD.findall(piece) if len(word) >= _SHORTEST_PIECE]
    return frozenset((*words, *pieces, *(word for word in glued if len(word) >= _SHORTEST_GLUED)))


def fold(word: str) -> str:
    """Return a word as names are compared: without marks, apostrophes and capitals, in Latin letters if it looks so."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(filter(str.isalpha, plain)).casefold().translate(_LETTERS)


def words_in(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return [fold(word) for word in _WORD.findall(text)]


def replace_names(word: str, find: Find, *, after_title: bool = False) -> str:
    """Return a word with the stand-in for the name that it is or holds; the word itself if it has none."""
    pieces = _PIECES.split(word)
    if len(pieces) > 1 and fold(pieces[-1]) == "s":
        return replace_names("".join(pieces[:-2]), find, after_title=after_title) + "".join(pieces[-2:])
    if found := _stand_in(word, find, is_name=after_title):
        return found
    if len(pieces) > 1:
        return "".join(replace_names(piece, find) if _WORD.fullmatch(piece) else piece for piece in pieces)
    humps = list(_humps(word))
    return "".join(_of_hump(hump, find) for hump in humps) if len(humps) > 1 else word


def _stand_in(word: str, find: Find, *, is_name: bool) -> str:
    """Return the stand-in for a name, with the "s" that is written behind it; empty for any other word."""
    folded = fold(word)
    # "will" and "may" are names of people only where they are written like names.
    is_name = is_name or word[0] != word[0].lower()
    if (found := find(folded)) and (is_name or not classes_of(folded)):
        return found
    return _of_ending(folded, find, is_name=is_name)


def _of_ending(folded: str, find: Find, *, is_name: bool) -> str:
    """Return the stand-in for a name with "s" behind it."""
    for ending in ("s", "es") if is_name else ("s",):  # "marshes" are in no name
        stem = folded.removesuffix(ending)
        if stem == folded or len(stem) < _SHORTEST_PIECE or not (found := find(stem)):
            continue
        # "Thi" is a name, and "This" is not its plural; "Wills" may be that of "Will", "wills" is not.
        is_word, is_stem_a_word = bool(classes_of(folded)), bool(classes_of(stem))
        if (is_name and (is_stem_a_word or not is_word)) or not (is_word or is_stem_a_word):
            return found + ending
    return ""


def _of_hump(hump: str, find: Find) -> str:
    return (_stand_in(hump, find, is_name=False) if len(hump) >= _SHORTEST_PIECE else "") or hump


def _humps(word: str) -> Iterator[str]:
    """Yield the parts of a word that is written in camel case: "RamanTeam", "ERaman"."""
    start = 0
    for at in range(1, len(word)):
        is_start = word[at].isupper() and (word[at - 1].islower() or word[at + 1 : at + 2].islower())
        if is_start:
            yield word[start:at]
            start = at
    yield word[start:]

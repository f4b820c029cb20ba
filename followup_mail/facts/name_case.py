"""The letters of a name: what is an initial, what is written in capitals, and how such a word is written in a mail."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import WordLists

NAME_WORDS: Final = WordLists(Path(__file__).with_name("name_words.toml"))
# Letters that decomposition (NFKD) leaves as they are.
PLAIN_LETTERS: Final = str.maketrans(dict(zip("øłđæœþðı", ("o", "l", "d", "ae", "oe", "th", "d", "i"), strict=True)))


@cache
def chinese_and_korean() -> frozenset[str]:
    """Return Chinese and Korean family names, without accents."""
    return NAME_WORDS["chinese_and_korean_surnames"] | NAME_WORDS["other_chinese_surnames"]


@cache
def surnames_in_front() -> frozenset[str]:
    """Return family names, without accents, of countries where they stand before the given name."""
    further = (NAME_WORDS[f"{language}_surnames"] for language in ("vietnamese", "japanese", "hungarian"))
    return chinese_and_korean().union(*further)


def is_listed(word: str, words: str) -> bool:
    """Return whether a word, without its full stops, is in a list of ``name_words.toml``."""
    return key_of(word) in NAME_WORDS[words]


def key_of(word: str) -> str:
    """Return a word as the lists of ``name_words.toml`` have it."""
    return word.replace(".", "").replace("’", "'").strip().casefold()


def plain_key(word: str) -> str:
    """Return a word without accents, as the lists of family names have it."""
    decomposed = unicodedata.normalize("NFKD", key_of(word).translate(PLAIN_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def is_initial(word: str) -> bool:
    """Return whether a word is an initial or several ("J.", "J.R.", "JR", "PK"), or an abbreviated name ("Md.")."""
    if not word.isascii():
        return re.fullmatch(r"(?:\w\.-?)+", word) is not None
    if re.fullmatch(r"(?:\w\.-?)+\w?|\w", word) or is_listed(word, "abbreviated_names"):
        return True
    is_bare = re.fullmatch(r"[A-Z]{2,3}", word) is not None and not re.search("[AEIOUY]", word)
    return (is_bare and key_of(word) not in surnames_in_front()) or (word.endswith(".") and word[0].isupper())


def is_shouted(word: str) -> bool:
    """Return whether a word is written in capitals, and is no initial."""
    return word.isupper() and sum(map(str.isalpha, word)) > 1 and not is_initial(word)


def in_name_case(words: list[str]) -> list[str]:
    """Return words in capitals, or all without one, as a name is written: "ANNA VAN DER BERG", "priya raman"."""
    are_small = not any(letter.isupper() for word in words for letter in word)
    last = len(words) - 1
    return [_cased(word, are_small, at == last) for at, word in enumerate(words)]


def _cased(word: str, are_small: bool, is_last: bool) -> str:
    if (
        not is_last
        and is_listed(word, "particles" if are_small else "particles_made_small")
        and (are_small or is_shouted(word))
    ):
        return word.lower()
    if not (are_small or is_shouted(word)):
        return word
    cased = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"\bMc([a-z])(?=[a-z]{2})", lambda part: f"Mc{part[1].upper()}", cased)

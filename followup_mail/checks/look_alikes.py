"""Find letters that look like those of another script: "lumen" with a Cyrillic "е".

Unicode Technical Standard 39 (section 5.2) calls a word of several scripts suspicious, unless its language is
written so (Japanese, Korean, Chinese with Latin). A word all of whose letters look Latin (section 4.1) is suspicious
among Latin words. A word of one script is not: почта@пример.рф is an address like any other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from followup_mail.cadence.wording import say_list
from followup_mail.regex import regex

_SCRIPTS: Final = frozenset(
    """
    LATIN CYRILLIC GREEK ARMENIAN COPTIC CHEROKEE GEORGIAN LISU GLAGOLITIC GOTHIC DESERET OSAGE RUNIC TIFINAGH VAI
    CARIAN LYCIAN LYDIAN BAMUM CANADIAN
    """.split()
)
"""Scripts with letters that look like those of another script here, by the first word of their names in Unicode."""
_LOOK_LATIN: Final = frozenset("асԁеһіїёјӏорԛѕԝхуѵүкԍαονρικυχγηωτϲϳօսցհոզյլⲟⲣⲥⲓⲕꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓨꓪꓫꓬꓮꓰꓲꓳꓴ")
"""Letters, in lower case and without marks, that a reader takes for Latin letters."""
_WORDS: Final = regex(r"[^\W\d_]+")


def strange_letters(address: str) -> list[str]:
    """Return what is strange about the letters of an address, each as a part of a sentence; nothing for most."""
    if address.isascii() and "xn--" not in address.casefold():
        return []
    local, _, domain = address.rpartition("@")
    labels = [_decoded(label) for label in domain.split(".")]
    return [
        *_said(local, others=labels),
        *(said for at, label in enumerate(labels) for said in _said(label, others=[*labels[:at], *labels[at + 1 :]])),
    ]


def _decoded(label: str) -> str:
    """Return a label as people read it: the U-label of an A-label (RFC 5890)."""
    if not label.casefold().startswith("xn--"):
        return label
    import idna  # only for such a label

    try:
        return idna.ulabel(label.casefold())
    except (idna.IDNAError, UnicodeError):
        return label


def _said(label: str, others: list[str]) -> Iterator[str]:
    among_latin = {script for other in others for letter in other if (script := script_of(letter))} == {"LATIN"}
    strange: dict[str, list[str]] = {}
    for word in _WORDS.findall(unicodedata.normalize("NFC", label)):
        for letter in _strange_in(word, among_latin=among_latin):
            found = strange.setdefault(script_of(letter), [])
            if letter not in found:
                found.append(letter)
    for script, letters in strange.items():
        named = say_list([f'the "{letter}"' for letter in letters])
        yield f'{named} in "{label}" {_are(script.capitalize(), len(letters))} ({_codes(letters)})'


def _are(script: str, count: int) -> str:
    article = "an" if script[0] in "AO" else "a"
    return f"are {script} letters" if count > 1 else f"is {article} {script} letter"


def _codes(letters: list[str]) -> str:
    return ", ".join(f"U+{ord(letter):04X}" for letter in letters)


def _strange_in(word: str, *, among_latin: bool) -> list[str]:
    """Return the letters that are of another script than most of a word, or all of them when they only look Latin."""
    scripts = [script for letter in word if (script := script_of(letter))]
    kinds = dict.fromkeys(scripts)
    if len(kinds) > 1:
        usual = max(kinds, key=lambda script: (scripts.count(script), script == "LATIN"))
        return [letter for letter in word if script_of(letter) not in {"", usual}]
    looks_latin = "LATIN" not in kinds and all(_plain(letter) in _LOOK_LATIN for letter in word)
    return list(word) if kinds and among_latin and looks_latin else []


@lru_cache(maxsize=1024)
def script_of(letter: str) -> str:
    """Return the script of a letter that may look like one of another script; nothing for all others."""
    first = unicodedata.name(_plain(letter), "").partition(" ")[0]
    return first if first in _SCRIPTS and letter.isalpha() else ""


def _plain(letter: str) -> str:
    """Return a letter in lower case, without its marks and in its usual form: full-width and bold letters are Latin."""
    return unicodedata.normalize("NFKD", letter.lower())[:1]

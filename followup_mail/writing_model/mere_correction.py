"""Whether a sentence that a writing model gives back only corrects: the same words in the same order, no claim more.

Little words may come and go. All others have to be there, in their order, each as it was, in another form of itself, or
spelt as it should be. So nothing can be added, left out, turned round, or made stronger.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Final

from followup_mail.checks.figures import NUMBER_STEMS
from followup_mail.checks.prose import one_form
from followup_mail.checks.stock_words import GRAMMAR, stem
from followup_mail.language.known_words import Known
from followup_mail.language.proofread import proofread
from followup_mail.language.spelling import is_near, is_word
from followup_mail.language.verb_forms import as_base, as_participle, as_past, bases_of
from followup_mail.language.word_tables import read_table
from followup_mail.regex import regex
from followup_mail.writing_model.json_answer import plain_characters

LONGEST: Final = 1.3
"""A correction is at most so many times as long as what it corrects."""
_LISTS: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("little_words.toml").read_text("utf-8"))
_FREE, _PASSIVE, _ALWAYS_FREE, _EXACT, _PAST, _BEFORE_BASE = (
    frozenset(str(_LISTS[name]).split())
    for name in ("free", "passive", "always_free", "exact", "past", "before_a_base")
)
_ALIKE: Final = tuple(frozenset(line.split()) for line in _LISTS["alike"])
_SHORT: Final[dict[str, str]] = _LISTS["short"]
_TOKEN: Final = regex(r"\[[^\]]*\]|\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:'[^\W\d_]+)*'?")
_STAND_IN: Final = regex(r"\[[^\]]*\]")
_QUOTATION: Final = regex(r'"[^"]*"?')
_ARTICLES: Final = frozenset({"a", "an"})
_SIGNS: Final = frozenset(" .,'-")
_RESPELT: Final = 0.8
_SHORTEST_RESPELT: Final = 4
_SHORTEST_ROOT: Final = 3


def is_mere_correction(old: str, new: str, known: Known) -> bool:
    """Return whether ``new`` differs from ``old`` and only corrects it; both have stand-ins for names."""
    old, new = one_form(old), one_form(new)
    if new == old or len(new) > LONGEST * len(old) or not _keeps_signs(old, new):
        return False
    if _QUOTATION.findall(old) != _QUOTATION.findall(new):
        return False
    before, after = _weighty(old), _weighty(new)
    if len(before) != len(after) or _brings_to_the_present(old, new) or _counts_more(old, new):
        return False
    if not all(_is_same(was, now, known) for was, now in zip(before, after, strict=True)):
        return False
    return len(proofread(new, known)) <= len(proofread(old, known))


def _keeps_signs(old: str, new: str) -> bool:
    """Return whether a correction has no sign or foreign letter that was not there: no markup, no link, no address."""
    strange = {sign for sign in new if not (sign.isascii() and sign.isalnum()) and sign not in _SIGNS}
    return strange <= set(old) and not re.search(r"\w\.\w", new.replace(old, "")) and new.count("?") == old.count("?")


def _brings_to_the_present(old: str, new: str) -> bool:
    """Return whether what was so would be so now: "I had a licence", "I ran the shop"."""
    were, are = (sum(word in _PAST for word in _words(text)) for text in (old, new))
    return are < were or _count_past(new) < _count_past(old)


def _counts_more(old: str, new: str) -> bool:
    """Return whether a single thing would be several: "I trained a nurse", "I trained nurses"."""
    single, still = ([word for word, _ in groupby(_words(text)) if word in _ARTICLES] for text in (old, new))
    return len(still) < len(single)


def _count_past(text: str) -> int:
    """Return how many verbs tell of what was; a form that is past and present alike, or not alone, is none."""
    words = list(_words(text))
    bare = (word for word, former in zip(words, ("", *words), strict=False) if former not in _BEFORE_BASE)
    return sum(bool(as_past(word)) and not as_base(word) and word not in _PAST for word in bare)


def _weighty(text: str) -> list[str]:
    """Return the words of a text that a correction must keep, in order, written out and in small letters."""
    words = list(_words(text))
    kept = [word for word, following in pairwise((*words, "")) if not _may_go(word, following)]
    return [word for word, _ in groupby(kept)]


def _words(text: str) -> Iterator[str]:
    for found in _TOKEN.findall(text):
        word = found.lower().rstrip("'")
        yield from _SHORT.get(word, word).split() if not word.startswith("[") else (word,)


def _may_go(word: str, following: str) -> bool:
    if word not in _FREE:
        return False
    if following[:1].isdigit() or stem(following) in NUMBER_STEMS:
        return word in _ALWAYS_FREE
    return not (word in _PASSIVE and _is_done(following))


def _is_done(word: str) -> bool:
    """Return whether a word may be a participle: after *was*, somebody else did it."""
    return bool(as_participle(word) or as_past(word)) or word.endswith("ed")


def _is_same(was: str, now: str, known: Known) -> bool:
    if was == now or any({was, now} <= pair for pair in _ALIKE):
        return True
    if not (was.isascii() and now.isascii() and _is_plain(was) and _is_plain(now)):
        return False
    if was in GRAMMAR and now in GRAMMAR:
        return bool(bases_of(was) & bases_of(now))
    return _is_form(was, now) or _is_respelling(was, now, known)


def is_form_of(was: str, now: str) -> bool:
    """Return whether two words are the same, or forms of it; both in small letters. Figures have no other form."""
    if was == now:
        return True
    return was.isascii() and now.isascii() and _is_plain(was) and _is_plain(now) and _is_form(was, now)


def _is_plain(word: str) -> bool:
    """Return whether a word may have another form at all: no stand-in, no figure in digits or words, no day."""
    return word[0].isalpha() and stem(word) not in NUMBER_STEMS and word not in _EXACT


def _is_form(was: str, now: str) -> bool:
    mine, other = _roots(was), _roots(now)
    return not mine.isdisjoint(other) or any(bases_of(root) & bases_of(like) for root in mine for like in other)


def _roots(word: str) -> set[str]:
    """Return what a word may be a form of: *ies*, *ed* and the like taken off, not *er*, which is somebody."""
    found = {word}
    for ending, instead in (("'s", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
                            ("ing", "e"), ("ied", "y")):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
            found.add(word.removesuffix(ending) + instead)
    return found


def _is_respelling(was: str, now: str, known: Known) -> bool:
    """Return whether a word is another one misspelt: itself it is none, and the facts do not have it."""
    usual: dict[str, str] = read_table("proofread")["words"]
    if usual.get(was, "").lower() == now:
        return True
    if len(was) < _SHORTEST_RESPELT or was in known.vocabulary or was in GRAMMAR or _is_any_word(was):
        return False
    if not (now in known.vocabulary or now in GRAMMAR or _is_any_word(now)):
        return False
    return is_near(was, now) or (was[0] == now[0] and SequenceMatcher(None, was, now).ratio() >= _RESPELT)


def _is_any_word(word: str) -> bool:
    return is_word(word, "US") or is_word(word, "GB")


def plain_correction(old: str, answered: object) -> str:
    """Return an answered sentence on one line, with plain signs; what was typed where it is not a text."""
    return " ".join(plain_characters(answered).split()) if isinstance(answered, str) else old


def put_back(typed: str, hidden: str, corrected: str) -> str:
    """Return a correction with the names as they were typed; empty where that is not sure.

    ``hidden`` is what was typed with stand-ins; ``corrected`` has the same stand-ins in the same order.
    """
    parts = _STAND_IN.split(hidden)
    found = re.fullmatch("(.+?)".join(map(re.escape, parts)), typed)
    kept = _STAND_IN.split(corrected)
    if found is None or len(kept) != len(parts):
        return ""
    return "".join(part + name for part, name in zip(kept, (*found.groups(), ""), strict=True))

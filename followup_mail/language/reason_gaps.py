"""The words that a note on a rejection puts into the gaps of a reason: what somebody did, a thing, a span of time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.lexicon import WordClass, classes_of, word_list, word_table
from followup_mail.language.note_clauses import somebody_clause
from followup_mail.language.note_words import is_name, is_number
from followup_mail.language.noun_phrases import number_in_words, read_noun_phrase
from followup_mail.regex import regex

_LONGEST: Final = 12
_TO_THEM: Final = {"their": "your", "our": "your", "them": "you", "us": "you"}
_FIGURES: Final = dict(zip("two three four five six seven eight nine".split(), "23456789", strict=True))
_THERE: Final = frozenset({"been", "works", "worked", "working", "employed"})
_HOLDS: Final = regex(r"\b(?:has|had|have|got|with|using) (?:\w+ )?their\b")
_TRAILING: Final = frozenset({"already", "too", "yet", "though", "lol", "now"})
_JOINS: Final = frozenset({"in", "of", "with", "for", "at", "on", "to", "and", "from"})
_PAST: Final = regex(r"\b(?:was|were|wanted|needed|required|preferred)\b")


def fill(gap: str, words: str) -> str:
    """Return the words of a note as they go into a gap; empty when they cannot be made to fit for sure."""
    return _GAPS.get(gap, _as_it_is)(words)


def _as_it_is(words: str) -> str:
    return words.lower() if words.isascii() and words[:1].islower() else words


def _does(words: str) -> str:
    """Read what somebody did or can do; what is theirs is the reader's: "knows their system" is "knows your system"."""
    said = [word for word in words.split() if word not in _TRAILING or word == "already"]
    if not said or _HOLDS.search(words) or len(said) > _LONGEST:
        return ""
    if said[-1] == "already" and "already" not in said[:-1] and said[0] not in {"is", "was", "can", "could", "been"}:
        said = ["already", *said[:-1]]
    before = said.pop() if said[-1] == "before" else ""
    clause = _clause(_to_reader(said)) if said else ""
    return f"{clause} {before}".rstrip() if clause else ""


def _to_reader(words: Sequence[str]) -> list[str]:
    turned = [_TO_THEM.get(word, _FIGURES.get(word, word)) for word in words]
    there = next((at for at, word in enumerate(turned) if word == "there" and turned[at - 1] in _THERE), 0)
    turned[there : there + 1] = ["with", "you"] if there else turned[there : there + 1]
    if turned[:1] == ["been"] or turned[:2] == ["already", "been"]:
        turned = ["has", *turned]
    return turned


def _clause(words: list[str]) -> str:
    if words[0] in {"can", "could"}:
        return _able(words)
    if tool := re.fullmatch(r"(?:already )?(?:has|had) (\S+)(?: already)?", " ".join(words)):
        return f"has worked with {_name(tool[1])}" if tool[1].lower() in word_table("tools") else ""
    if "been" in words[1:3] and words[0] == "has":
        return " ".join(number_in_words(word) for word in words) if _is_plain(words) else ""
    done = next((at for at in (1, 2) if at < len(words) and WordClass.PARTICIPLE in classes_of(words[at])), 0)
    if words[0] in {"has", "had"} and done and len(words) > done + 1:
        rest = _rest(words[done + 1 :])
        return " ".join((*words[: done + 1], rest)) if rest else ""
    return somebody_clause(" ".join(words))


def _rest(words: Sequence[str]) -> str:
    """Return what follows a verb, where every noun has its article and every word is known."""
    return somebody_clause(" ".join(("knew", *words))).removeprefix("knew ")


def _able(words: Sequence[str]) -> str:
    """Read "can argue with caretakers in Hungarian", which needs its verb and every word known."""
    verb = words[1] if len(words) > 2 else ""
    if WordClass.BASE not in classes_of(verb) or not _is_plain(words):
        return ""
    said = _rest(words[2:])
    return f"{words[0]} {verb} {said}" if said else ""


def _is_plain(words: Sequence[str]) -> bool:
    last = words[-1]
    return all(
        classes_of(word) or is_name(word) or is_number(word) or word.endswith(("ing", "s", "ed")) for word in words
    ) and not (classes_of(last) & {WordClass.CONJUNCTION, WordClass.DETERMINER, WordClass.POSSESSIVE} or last in _JOINS)


def _thing(words: str, article: str = "a") -> str:
    """Read "ALS certificate" as "an ALS certificate", with what is joined to it; every part must be a noun phrase."""
    left = [word for word in words.split() if word not in _TRAILING]
    said: list[str] = []
    while left:
        phrase = read_noun_phrase(left, article)
        if phrase is None or "own" in phrase.words:
            return ""
        said += phrase.words
        left = left[phrase.size :]
        if left:
            if left[0] not in _JOINS or len(left) == 1:
                return ""
            joined = left.pop(0)
            said.append(joined)
            article = article if joined == "and" else ""
    spoken = [_TO_THEM.get(word, word) for word in said]
    return " ".join(spoken) if spoken and not _OTHERS & set(spoken) else ""


def _paper(words: str) -> str:
    """Read "work permit" as "a work permit": a licence or the like, with a word before it that says which."""
    said = [word for word in words.split() if word not in {"a", "an"}]
    if any(not (classes_of(word) or is_name(word)) for word in said[:-1]) or said[0] in _OTHERS:
        return ""
    return " ".join((a_or_an(said[0]), *said))


_MORE_OF: Final = frozenset(
    "experience years practice training knowledge hours qualifications background seniority time".split()
)


def _more(words: str) -> str:
    more = _thing(words.removeprefix("more "), "")
    # "More trade books" is short for something; more experience, years and practice are not.
    return f"more {more}" if more and not _MORE_OF.isdisjoint(more.split()) else ""


def _many(words: str) -> str:
    return _thing(words, "")


def _amount(words: str) -> str:
    found = re.fullmatch(r"(at least |minimum )?(\d+)(\+?) (more )?years?", words)
    if not found:
        return ""
    number = number_in_words(found[2])
    least = "at least " if found[1] or found[3] else ""
    return f"{least}{number} {found[4] or ''}{'year' if found[2] == '1' else 'years'}"


def _field(words: str) -> str:
    joined, _, rest = words.partition(" ")
    thing = _thing(rest, "")
    return f"{joined} {thing}" if thing else ""


def _name(words: str) -> str:
    if words.lower() in word_table("tools"):
        return word_table("tools")[words.lower()]
    return words if is_name(words) else ""


def _tense(words: str) -> str:
    return "needed" if _PAST.search(words) else "need"


def _time(word: str) -> str:
    return word.capitalize() if word.lower() in word_list("months") else word


_OTHERS: Final = frozenset({"my", "his", "her", "our", "i", "I", "me"})
_GAPS: Final[Mapping[str, Callable[[str], str]]] = {
    "does": _does,
    "thing": _thing,
    "paper": _paper,
    "more": _more,
    "many": _many,
    "amount": _amount,
    "field": _field,
    "name": _name,
    "tense": _tense,
    "language": str.capitalize,
    "level": str.upper,
    "time": lambda words: words if words[:1].isdigit() or " " in words else _time(words),
}

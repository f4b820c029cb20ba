"""Notice the reader in the third person: to them the mail says *you* and *your*."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.language.beginnings import Shape
from followup_mail.language.known_words import LISTS, WORD, Known, words_of
from followup_mail.language.shapes import Misfit
from followup_mail.language.verb_forms import as_base, as_third

_PRONOUNS: Final = {
    "he": "you",
    "she": "you",
    "him": "you",
    "his": "your",
    "himself": "yourself",
    "herself": "yourself",
    "hers": "yours",
}
# A capital amid small letters names somebody else; a day or a month names nobody.
_CAPITAL_INSIDE: Final = re.compile(
    r"(?<=[a-z,;] )(?!I\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber)[A-Z][a-z]+"
)
_PERSON_ENDINGS: Final = ("er", "or", "ist", "ian", "eur", "man", "woman", "person", "ess")
_NOT_PERSONS: Final = frozenset(
    {"over", "after", "never", "under", "other", "later", "rather", "for", "or", "together", "paper", "number", "order"}
    | {
        "whether",
        "ever",
        "her",
        "further",
        "better",
        "earlier",
        "faster",
        "longer",
        "either",
        "however",
        "water",
        "floor",
    }
    | {
        "offer",
        "matter",
        "letter",
        "answer",
        "door",
        "error",
        "per",
        "trailer",
        "register",
        "consider",
        "remember",
        "list",
    }
    | {"computer", "winter", "summer", "quarter", "corner", "center", "indoor", "major", "minor", "labor", "behavior"}
)


def find_third_person(shape: Shape, text: str, known: Known, earlier: str) -> Misfit | None:
    """Return what to write instead of *he*, *her* or the reader's name; None while it may be about somebody else."""
    if shape is Shape.WORDS or (shape is Shape.CLAUSE and not known.reader):
        return None
    words = words_of(text)
    for at, word in enumerate(words):
        if word in known.reader_names:
            name = next((found for found in WORD.findall(text) if found.lower().startswith(word)), word)
            return Misfit(f"the mail is to {name}: write *you*, not the name", is_late=True)
        is_theirs = word in _PRONOUNS or word == "her"
        if is_theirs and not _names_somebody(words_of(earlier), words, at, known) and not _CAPITAL_INSIDE.search(text):
            right = _PRONOUNS.get(word) or _instead_of_her(words, at)
            return Misfit(f"the mail is to this person: write *{right}*, not *{word}*", _put(text, word, right))
    return None


def _instead_of_her(words: list[str], at: int) -> str:
    """Return *your* where something follows that can be hers, else *you*."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    is_object = not follows or follows in LISTS["prepositions"] | LISTS["relatives"] | LISTS["determiners"] | {"to"}
    return "you" if is_object or follows in LISTS["adverbs"] else "your"


def _put(text: str, wrong: str, right: str) -> str:
    """Return the text with one pronoun replaced, and the verb after it in the form that *you* needs."""
    match = re.search(rf"(?i)(?<!\w){wrong}(?!\w)(\s+\w+)?", text)
    if match is None:
        return ""
    follows = (match[1] or "").strip().lower()
    verb = as_third(follows)
    if right == "you" and wrong in {"he", "she"}:
        changed = {"is": "are", "was": "were"}.get(follows) or (verb.base if verb and not as_base(follows) else "")
        after = f" {changed}" if changed else match[1] or ""
    else:
        after = match[1] or ""
    return text[: match.start()] + right + after + text[match.end() :]


def _names_somebody(earlier: list[str], words: list[str], at: int, known: Known) -> bool:
    """Tell whether a person is mentioned whom *he* or *her* may mean: somebody before it, or another name anywhere."""
    others = {word.lower() for name in known.names for word in WORD.findall(name)} - known.reader_names
    before = [*earlier, *words[:at]]
    return any(word in others for word in words) or any(
        word in LISTS["persons"] or (word.endswith(_PERSON_ENDINGS) and word not in _NOT_PERSONS) for word in before
    )

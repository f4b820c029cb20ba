"""Notice the reader in the third person: to them the mail says *you* and *your*."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.language.beginnings import Shape
from followup_mail.language.known_words import LISTS, WORD, Known, words_of
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of
from followup_mail.language.shapes import Misfit
from followup_mail.language.verb_forms import as_base, as_third
from followup_mail.regex import regex

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
_CAPITAL_INSIDE: Final = regex(
    r"(?<=[a-z,;] )(?!I\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber)[A-Z][a-z]+"
)
_PERSON_ENDINGS: Final = ("er", "or", "ist", "ian", "eur", "man", "woman", "person", "ess")
_ANYBODY: Final = frozenset({"nobody", "everybody", "everyone", "anybody", "anyone", "whoever", "each"})
_GOES_ON: Final = regex(r"(\b(?:and|but|then) )([a-z]+s)\b")
_LETTING: Final = frozenset({"let", "lets", "make", "made", "help", "helped", "watch", "watched", "hear", "heard"})
_AFTER_YOU: Final = {
    "is": "are", "was": "were", "isn't": "aren't", "wasn't": "weren't", "doesn't": "don't", "hasn't": "haven't",
}  # fmt: skip


def find_third_person(shape: Shape, text: str, known: Known, earlier: str) -> Misfit | None:
    """Return what to write instead of *he*, *her* or the reader's name; None while it may be about somebody else."""
    if shape is Shape.WORDS:
        return None
    words = words_of(text)
    for at, word in enumerate(words):
        if word in known.reader_names:
            name = next((found for found in WORD.findall(text) if found.lower().startswith(word)), word)
            return Misfit(f"the mail is to {name}: write *you*, not the name", is_late=True)
        is_theirs = word in _PRONOUNS or word == "her"
        if word in {"his", "her"} and _ANYBODY & {*words_of(earlier), *words[:at]}:
            continue  # "nobody opened a valve on his own"
        if is_theirs and not _names_somebody(words_of(earlier), words[:at], known) and not _has_name(text, word):
            right = _PRONOUNS.get(word) or _instead_of_her(words, at)
            # Without a reader, the sentence is for several people, and none of them may be *you*.
            # Whom the reader lets do something is somebody else, and "her sentence" is theirs.
            is_let = at > 0 and words[at - 1] in _LETTING
            is_another = shape is Shape.YOU and (is_let or (right == "you" and _is_object_of_you(words, at)))
            is_sure = known.reader and not is_another
            instead = _put(text, word, right) if is_sure else ""
            return Misfit(f"who is *{word}*? If it is the reader, write *{right}*", instead)
    return None


def _is_object_of_you(words: list[str], at: int) -> bool:
    """Return whether *him* is what *you* do something to, and so cannot be the reader: "you let him finish"."""
    others = LISTS["relatives"] | LISTS["subjects"] | {"by", "like", "than"}
    return words[at] in {"him", "her"} and not any(word in others for word in words[:at])


def _has_name(text: str, pronoun: str) -> bool:
    """Return whether a word with a capital stands before the pronoun: the name of somebody else."""
    before = re.split(rf"(?i)(?<!\w){pronoun}(?!\w)", text, maxsplit=1)[0]
    first = re.match(r"[A-Z][a-z]+(?= )", before)
    is_name = (
        first is not None and not classes_of(first[0]) and not any(first[0].lower() in LISTS[key] for key in LISTS)
    )
    return is_name or bool(_CAPITAL_INSIDE.search(before))


def _instead_of_her(words: list[str], at: int) -> str:
    """Return *your* where something follows that can be hers, else *you*."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    is_object = not follows or follows in LISTS["prepositions"] | LISTS["relatives"] | LISTS["determiners"] | {"to"}
    return "you" if is_object or follows in LISTS["adverbs"] else "your"


def _put(text: str, wrong: str, right: str) -> str:
    """Return the text with one pronoun replaced, and the verb after it in the form that *you* needs."""
    match = re.search(rf"(?i)(?<!\w){wrong}(?!\w)", text)
    if match is None:
        return ""
    after = text[match.end() :]
    if right == "you" and wrong in {"he", "she"}:
        after = _agreeing(after)
    return text[: match.start()] + right + after


def _agreeing(after: str) -> str:
    """Return what followed *he* as it follows *you*: *always stays* is *always stay*."""
    for found in re.finditer(r"[\w'’]+", after):
        word = found[0].lower().replace("’", "'")
        if word in LISTS["adverbs"]:
            continue
        verb = as_third(word)
        right = _AFTER_YOU.get(word) or (verb.base if verb and not as_base(word) else found[0])
        return after[: found.start()] + right + _GOES_ON.sub(_agree_too, after[found.end() :])
    return after


def _agree_too(found: re.Match[str]) -> str:
    """Return the verb behind *and* in the form that *you* needs: "she trusts them and stops"."""
    verb = as_third(found[2])
    return f"{found[1]}{verb.base}" if verb and not classes_of(found[2]) & NOUN_CLASSES else found[0]


def _names_somebody(earlier: list[str], words: list[str], known: Known) -> bool:
    """Return whether a person is mentioned before it whom *he* or *her* may mean."""
    others = {word.lower() for name in known.names for word in WORD.findall(name)} - known.reader_names
    before = (word.removesuffix("'s") for word in (*earlier, *words))
    return any(word in others or _may_be_person(word) for word in before)


def _may_be_person(word: str) -> bool:
    if word in LISTS["not_persons"]:
        return False
    is_comparative = WordClass.COUNT not in classes_of(word) and WordClass.ADJECTIVE in (
        classes_of(word.removesuffix("er")) | classes_of(word.removesuffix("r"))
    )
    return word in LISTS["persons"] | LISTS["kin"] or (word.endswith(_PERSON_ENDINGS) and not is_comparative)

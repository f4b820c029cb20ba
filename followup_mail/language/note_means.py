"""How something was done, from the last parts of a note: "(new racks, daily check)"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_words import Part, is_number
from followup_mail.language.noun_phrases import read_noun_phrase

_PLACES: Final = frozenset({"at", "in", "on", "by", "for", "per"})
_OFTEN: Final = frozenset({"once", "twice"})
_MARKS: Final = frozenset({",", "(", "-", "–", "—"})
_NO_MEANS: Final = frozenset(
    "result results time times effort luck patience success praise thanks award prize help cost costs".split()
)


def means_of(parts: Sequence[Part]) -> str:
    """Return ", with a scan at the bin"; nothing unless every part names a thing or two that somebody used."""
    if not parts or len(parts) > 2 or any(part.mark not in _MARKS for part in parts):
        return ""
    things = [thing for part in parts for thing in _split(part.words)]
    said = [_thing(words) for words in things]
    # Of "(cull log twice a day and order to it)" the last is left out, as it names nothing.
    said = said[:1] if said[0] and len(parts) == 1 and not all(said) else said
    if not all(said) or len(said) > 2:
        return ""
    return f", with {' and '.join(said)}"


def _split(words: Sequence[str]) -> list[Sequence[str]]:
    at = words.index("and") if "and" in words else len(words)
    return [words[:at], *([words[at + 1 :]] if at < len(words) else [])]


def _thing(words: Sequence[str]) -> str:
    """Return "a scan at the bin", "new racks" or "a cull log twice a day"; nothing for anything else."""
    phrase = read_noun_phrase(words, "a") if words and not is_number(words[0]) else None
    if phrase is None or not _is_means(words[: phrase.size], phrase.head):
        return ""
    rest = words[phrase.size :]
    place = read_noun_phrase(rest[1:], "the") if len(rest) > 1 and rest[0] in _PLACES else None
    if place and not is_number(rest[1]):
        said, rest = (*phrase.words, rest[0], *place.words), rest[1 + place.size :]
    else:
        said = phrase.words
    if not rest:
        return " ".join(said)
    is_rate = len(rest) == 3 and rest[0] in _OFTEN and rest[1] in {"a", "an", "per"}
    return " ".join((*said, *rest)) if is_rate else ""


def _is_means(words: Sequence[str], head: str) -> bool:
    """Return whether a noun phrase can be what somebody used: each word known, no person, no time and no verb first."""
    one = head.lower().removesuffix("s")
    is_other = one in word_list("people") | word_list("roles") | word_list("units") | word_list("time_nouns")
    is_known = all(classes_of(word) & {*NOUN_CLASSES, WordClass.ADJECTIVE} for word in words)
    begins_well = not classes_of(words[0]) & {WordClass.PAST, WordClass.PARTICIPLE, WordClass.POSSESSIVE}
    return is_known and begins_well and not is_other and head not in _NO_MEANS

"""Sentences that candidates wrote of themselves in their notes: "At Msunduzi I put the clerks at one table"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from followup_mail.language.note_words import Part, plain_text
from followup_mail.language.verb_forms import as_participle
from followup_mail.language.written_out import (
    SUBJECTS,
    can_be_said,
    first_parts,
    has_verb_behind_thing,
    is_written_out,
    with_tails,
)
from followup_mail.regex import regex

_LONGEST: Final = 28
_FORGOT: Final = regex(
    r"(?i)^(?:i )?(?:forgot to (?:say|mention|tell (?:him|her|them))|(?:did not|didn't|never) (?:say|mention|said|told "
    r"(?:him|her|them))|should have (?:said|mentioned))(?: that)? (?=\S+ \S+ )"
)
_HAVE_SINCE: Final = regex(r"\bI have (?=(?:an?|the|my)\b(?! had)[^,]* since (?:19|20)\d\d)")


@lru_cache(maxsize=256)
def whole_of_mine(text: str) -> str:
    """Return a note of the candidate's that is a whole sentence: "At Msunduzi I put the clerks at one table."."""
    stripped = _FORGOT.sub("", plain_text(text))
    parts = first_parts(stripped)
    words = parts[0].words if parts else ()
    if len(words) > 1 and words[0].lower() == "have" and as_participle(words[1]):
        words = ("I", "have", *words[1:])
    is_mine = bool({"I", "we", "We"} & {*words[:5]} or {"my", "our", "My", "Our"} & {*words[:2]})
    has_me = is_mine or bool(_FORGOT.match(plain_text(text)) and has_verb_behind_thing(words))
    if not has_me or not is_written_out(words) or SUBJECTS & {word.lower() for word in words}:
        return ""
    said = next((said for said in _with_results(words, parts[1:]) if len(said) <= _LONGEST), ())
    if not said or any(word.lower() in {"you", "your"} for word in said) or not all(map(can_be_said, said)):
        return ""
    text = had_since(" ".join(said)).removesuffix(" too")
    return f"{text[0].upper()}{text[1:]}."


def had_since(sentence: str) -> str:
    """Return "I have had the licence since 2019" for "I have the licence since 2019"."""
    return _HAVE_SINCE.sub("I have had ", sentence)


def _with_results(words: Sequence[str], later: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    """Yield a sentence of the candidate's with what came of it behind a semicolon, and without."""
    following = later[0].words if later and later[0].mark == ";" else ()
    if following and has_verb_behind_thing(following):
        yield (*words[:-1], f"{words[-1]},", "and", *following)
    if later and later[0].mark == ":" and not has_verb_behind_thing(following or later[0].words):
        listed = ", ".join(" ".join(part.words) for part in later)
        yield (*words[:-1], f"{words[-1]}:", *listed.split())
    yield from with_tails(words, later)

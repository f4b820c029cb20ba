"""What a note is, and what can safely be made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from msgspec import Struct

from followup_mail.language.finished_notes import finished_sentence, finished_topic
from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_clauses import own_clause
from followup_mail.language.note_results import own_point
from followup_mail.language.note_topics import note_topic
from followup_mail.language.note_words import Part, is_number, is_shouted, parts_of, plain_text
from followup_mail.language.own_figures import own_figure
from followup_mail.language.own_sentences import own_sentence
from followup_mail.language.own_whole_sentences import had_since, whole_of_mine
from followup_mail.language.private_notes import is_private, is_sore, is_tactless, is_trivial
from followup_mail.language.quotations import quotation, rule_of_theirs
from followup_mail.language.reader_sentences import reader_sentence, thanks
from followup_mail.language.reader_targets import target
from followup_mail.language.short_names import without_short_names
from followup_mail.language.told_clauses import told_clause, told_topic
from followup_mail.language.told_deeds import told_deed
from followup_mail.language.told_standing import told_standing
from followup_mail.language.whole_sentences import whole_of_reader
from followup_mail.language.wishes import wish, wish_in
from followup_mail.regex import regex

_TOO_LONG: Final = 300


class NoteShape(StrEnum):
    """What a note is, as far as somebody asks: why it is in no mail, or that it says what the reader wants."""

    PRIVATE = "private"
    TACTLESS = "tactless"
    TRIVIAL = "trivial"
    WANTS = "wants"
    OTHER = "other"


class Note(Struct, frozen=True):
    """A note and what it gives; an empty text where nothing is sure.

    ``yours`` of a bare past verb holds only where the note is about the reader, ``mine`` only where it is about the
    candidate: "knew three of our team by name" does not say who did.
    """

    shape: NoteShape
    topic: str = ""
    quotation: str = ""
    mine: str = ""
    yours: str = ""
    clause: str = ""
    """What it says of the other side, as it follows "You told me that": "the court reports eat your Fridays"."""
    thanks_for: str = ""
    is_trivial: bool = False

    @property
    def is_private(self) -> bool:
        """True where a note is for no mail: it is private, or it would hurt."""
        return self.shape in {NoteShape.PRIVATE, NoteShape.TACTLESS}


def read_note(text: str, names: Sequence[str] = (), *, is_own: bool = False) -> Note:
    """Return what a note is and what can be made of it; ``names`` are names whose capitals are known.

    ``is_own`` tells that it is about the candidate's own work: then a figure on no-shows hurts nobody, and what was
    done is not logistics because a bus or a contract is in it.
    """
    plain = plain_text(text[:_TOO_LONG])
    parts = parts_of(plain, names)
    spelt = f"{plain} ; {' '.join(word for part in parts for word in part.words)}"
    told = (told_deed(plain) or told_standing(plain)) if is_own else ""
    is_deed = is_own and (_tells_a_deed(parts) or bool(told))
    if is_private(spelt) or is_tactless(_OWN_FIGURE.sub("", spelt) if is_deed else spelt):
        shape = NoteShape.PRIVATE if is_private(spelt) else NoteShape.TACTLESS
        return Note(shape, is_trivial=is_trivial(spelt))
    shape = _shape(plain, parts)
    if len(text) > _TOO_LONG or is_shouted(plain) or not parts:
        return Note(shape, is_trivial=is_trivial(spelt))
    whole = whole_of_mine(plain) if is_own else ""
    mine = "" if '"' in plain else _clean(finished_sentence(plain) or whole) or _fit(own_sentence(parts))
    if is_own and '"' not in plain:
        mine = mine or _fit(own_figure(parts))
        mine = mine or ("" if own_clause(plain) else _clean(told))
    mine = had_since(mine)
    if is_deed:
        return _built(plain, parts, shape, mine)
    if is_trivial(spelt) or is_sore(spelt):
        if is_trivial(spelt):
            return Note(NoteShape.TRIVIAL, is_trivial=True)
        return Note(shape, mine=mine)
    return _built(plain, parts, shape, mine)


_OWN_FIGURE: Final = regex(r"\bno-?shows?\b")


def _tells_a_deed(parts: Sequence[Part]) -> bool:
    """Return whether a note says what somebody did, with a figure, or for how many years."""
    first = parts[0].words if parts else ()
    has_figure = any(character.isdigit() for part in parts for word in part.words for character in word)
    is_deed = any(
        WordClass.PAST in classes_of(part.words[0]) and len(part.words) > 1 and part.words[0] not in word_list("given")
        for part in parts
    )
    return has_figure and (is_deed or (len(first) > 2 and is_number(first[0]) and first[1] == "years"))


def is_said(text: str, said: str) -> bool:
    """Return whether a mail says what a note says, as it was jotted or in the words that a mail makes of it."""
    if not said:
        return False
    known = _folded(said)
    return any(way in known for way in _ways_to_say(text))


@lru_cache(maxsize=256)  # each note is looked for in each mail
def _ways_to_say(text: str) -> tuple[str, ...]:
    """Return a note as jotted and in the words that a mail makes of it, folded."""
    note = read_note(text, is_own=True)
    ways = (text, note.mine or own_clause(text), own_point(text, note.mine), note.topic)
    return tuple(_folded(way).rstrip(".") for way in ways if way)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _built(plain: str, parts: Sequence[Part], shape: NoteShape, mine: str) -> Note:
    has_quotation = '"' in plain
    whole = whole_of_reader(plain)
    return Note(
        shape=shape,
        topic="" if has_quotation else _fit_phrase(_topic(plain, parts)),
        quotation=quotation(plain) or rule_of_theirs(parts),
        mine=mine,
        yours=""
        if has_quotation
        else _fit_for_reader(reader_sentence(parts)) or _clean(f"Y{whole.deed[1:]}." if whole.deed else ""),
        clause=("" if has_quotation else _fit_for_reader(told_clause(parts))) or _clean(whole.clause),
        thanks_for="" if has_quotation else _fit_phrase(thanks(parts)),
    )


def _topic(plain: str, parts: Sequence[Part]) -> str:
    first = parts[0].words
    is_activity = WordClass.ING in classes_of(first[0]) and len(parts) > 1 and parts[1].mark in {",", "-", "("}
    activity = finished_topic(" ".join(first)) if is_activity else ""
    return finished_topic(plain) or note_topic(parts) or activity or told_topic(parts)


_RAW: Final = regex(
    r"->|[\[\](){}<>=@+*_\"#|\\~;/]|(?<![A-Z])&|&(?![A-Z])|\b[wW]/|(?:^|\s)['’]|\b[xX]\d|\d[xX]\b|\s[-–—]\s|\.\.|\s,|\b(?:i|im|ive)\b"
)
_THIRD_PERSON: Final = regex(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
_FIRST_PERSON: Final = regex(r"\b(?:I|me|my|mine|we|our|us)\b")
_SOMEBODY_S: Final = regex(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Christmas|Easter)[A-Z][a-z]+'s\b")
"""Of somebody by name: that may be the reader, to whom a mail says "your"."""
_ENDS_LOOSE: Final = regex(
    r"\b(?:the|a|an|my|your|and|or|of|for|with|at|from|to|than|that|who|as|into|between)[.]?$", re.IGNORECASE
)


def _clean(text: str) -> str:
    """Return a sentence, or nothing if any sign of the note is left in it."""
    return (
        "" if _RAW.search(without_short_names(text)) or _THIRD_PERSON.search(text) or len(text.split()) > 26 else text
    )


def _fit(text: str) -> str:
    """Return a sentence that was built, or nothing if a sign of the note is left in it or it ends loosely."""
    return "" if _ENDS_LOOSE.search(text) else _clean(text)


def _fit_for_reader(text: str) -> str:
    return "" if re.search(r"\b(?:I|[mM]e|[mM]y)\b", text) or _SOMEBODY_S.search(text) else _fit(text)


def _fit_phrase(text: str) -> str:
    """Return a phrase, or nothing if it speaks of the candidate or ends loosely."""
    without_me = text.replace(" me ", " ", 1) if " me " in text else text
    return "" if _FIRST_PERSON.search(without_me) or not _fit(text) else text


def _shape(plain: str, parts: Sequence[Part]) -> NoteShape:
    return NoteShape.WANTS if parts and plain.count('"') < 2 and _is_wish(parts) else NoteShape.OTHER


def _is_wish(parts: Sequence[Part]) -> bool:
    wanting = {("he", "wants"), ("she", "wants"), ("they", "want")}
    if any(part.words[0] == "wants" or part.words[:2] in wanting for part in parts):
        return True
    is_named = not {"wants", "needs"}.isdisjoint(parts[0].words[:2])
    return bool((is_named and wish(parts)) or target(parts) or wish_in(parts))

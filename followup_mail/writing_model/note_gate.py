"""Whether a note keeps to the sentence that it comes from: no figure, no name, no turned sense that was not said.

Whoever makes notes of a conversation leaves much out, and should. What nobody may do is add. The comparison is of
words, so it finds what is new, not what was put together to mean something else: the sentence is shown with the note.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from followup_mail.checks.figures import NUMBER_STEMS, figures, value_of_words
from followup_mail.checks.prose import normal, one_form, word_set, words_of
from followup_mail.checks.stock_words import GRAMMAR, stem
from followup_mail.language.lexicon import classes_of
from followup_mail.language.verb_forms import as_past
from followup_mail.regex import regex
from followup_mail.writing_model.mere_correction import is_form_of

_DIGITS: Final = regex(r"\d+(?:[.,]\d+)*")
_WORD: Final = regex(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FIGURE_OR_WORD: Final = regex(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_CLAUSE_END: Final = regex(r"[.,;:!?()\u2013\u2014]+\s|\s-+\s|\b(?:but|although|though|while|whereas|and|so|because)\b")
_NEGATIONS: Final = word_set(
    "no not never none nobody nothing neither nor without hardly barely rarely seldom cannot unable refuse refused "
    "deny denied avoid stop stopped lack lacks unlike"
)
_ANYBODY: Final = word_set(
    "they them their theirs he him his she her hers team everybody everyone somebody people himself herself themselves"
)
_FIRST_PERSON: Final = word_set("i i'm i've i'd i'll we we're we've we'd we'll my mine our ours me us myself ourselves")

_BEFORE_DEED: Final = 3
"""So many words before a verb, at most, is whoever did it: "I then quietly moved"."""
_BEHIND: Final = 4
"""So many words behind a figure, at most, is what it counts: "two long, dull days"."""
_TO_SWAP: Final = 2


def find_added(note: str, said: str, names: Collection[str] = ()) -> str:
    """Return what makes a note say something else than its sentence; empty where nothing does.

    ``names`` are those of the people it may name all the same: whoever it is about, and whoever said it.
    """
    note, said = one_form(note), one_form(said)
    known = {word for name in names for word in words_of(name)}
    if new := sorted(_figures_in(note) - _figures_in(said)):
        return f"the figure {new[0]} is not in its sentence"
    if name := next((word for word in _names_in(note) if not _is_said(normal(word), said, known)), ""):
        return f"the name {name} is not in its sentence"
    if _is_negative(note) != _is_negative(_clauses_of(note, said)):
        return "its sentence says the opposite" if _is_negative(note) else "its sentence has a 'not' that is gone"
    return ""


def find_strange(note: str, said: str, names: Collection[str] = ()) -> tuple[str, ...]:
    """Return the words of a note that its sentence has in no form; little words aside."""
    note, said = one_form(note), one_form(said)
    known = {word for name in names for word in words_of(name)}
    return tuple(word for word in _weighty(note) if not _is_said(word, said, known))


def find_moved_figure(note: str, said: str) -> str:
    """Return a figure that a note has before another word than its sentence has it; empty for none.

    Of "ninety services, and two of them page us" a note "two services" has figures and words that were said, and lies.
    """
    words, spoken = (_FIGURE_OR_WORD.findall(normal(text)) for text in (note, said))
    places = [(at, value) for at, word in enumerate(spoken) if (value := _value_of(word))]
    if len({value for _, value in places}) < _TO_SWAP:
        return ""
    for at, word in enumerate(words):
        counted = next((behind for behind in words[at + 1 :] if _weighty(behind)), "")
        if not (value := _value_of(word)) or not counted or _value_of(counted) or not _is_said(counted, said, set()):
            continue
        said_behind = (" ".join(spoken[place + 1 : place + 1 + _BEHIND]) for place, other in places if other == value)
        if not any(_is_said(counted, those, set()) for those in said_behind):
            return str(word)
    return ""


def takes_over_deeds(note: str, said: str) -> bool:
    """Return whether a note leaves out who did it, of a sentence in which somebody tells of themselves.

    Of "I moved it to streaming" a note "moved it to streaming" would be taken for something that the candidate did.
    """
    theirs, words = (_words(normal(text)) for text in (said, note))
    is_of_themselves = not _FIRST_PERSON.isdisjoint(theirs) and _ANYBODY.isdisjoint(words)
    return is_of_themselves and bool(words) and bool(as_past(words[0]) or words[0].endswith("ed"))


def tells_of_oneself(note: str, said: str) -> bool:
    """Return whether the deed that a note begins with, if any, is the speaker's own in the sentence.

    Of "the cleaner found the leak", which I said, a note "found the leak" would make it my deed.
    """
    words, spoken = (_words(normal(text)) for text in (note, said))
    if not words or not (as_past(words[0]) or words[0].endswith("ed")):
        return True
    places = (at for at, word in enumerate(spoken) if word == words[0])
    return any(not _FIRST_PERSON.isdisjoint(spoken[max(0, at - _BEFORE_DEED) : at]) for at in places)


def speaks_as_them(note: str) -> bool:
    """Return whether a note says "I" or "we", outside quotation marks: nobody would know who that is."""
    bare = re.sub(r'"[^"]*"', " ", one_form(note))
    return not _FIRST_PERSON.isdisjoint(_words(normal(bare)))


def _figures_in(text: str) -> frozenset[str]:
    plain = normal(text)
    spelt = (value_of_words(word) for word in _words(plain) if stem(word) in NUMBER_STEMS and word != "one")
    digits = (re.sub(r"\D", "", found) for found in _DIGITS.findall(text))
    return frozenset({*digits, *map(str, figures(plain)), *(str(value) for value in spelt if value)})


def _value_of(word: str) -> str:
    """Return the value of a figure in digits or letters; empty for another word, and for "one"."""
    if word[0].isdigit():
        return re.sub(r"\D", "", word)
    value = value_of_words(word) if stem(word) in NUMBER_STEMS and word != "one" else None
    return str(value) if value else ""


def _names_in(note: str) -> list[str]:
    """Return the capitalised words that no English sentence asks for."""
    words = [(found[0], found.start()) for found in _WORD.finditer(note)]
    return [
        word
        for word, at in words
        if word[0].isupper() and not _FIRST_PERSON & {normal(word)} and not _opens(note, at, word)
    ]


def _opens(note: str, at: int, word: str) -> bool:
    """Return whether a word has its capital because a sentence begins with it."""
    begins = not note[:at].strip(" \"'(") or note[:at].rstrip(" \"'(")[-1:] in set(".!?:")
    return begins and (normal(word) in GRAMMAR or bool(classes_of(normal(word))))


def _is_said(word: str, said: str, known: Collection[str]) -> bool:
    word = word.removesuffix("'s")
    return word in known or any(is_form_of(other.removesuffix("'s"), word) for other in _words(normal(said)))


def _weighty(text: str) -> list[str]:
    return [word for word in _words(normal(text)) if word not in GRAMMAR and word not in _ANYBODY and len(word) > 1]


def _is_negative(text: str) -> bool:
    return any(word in _NEGATIONS or word.endswith("n't") for word in _words(normal(text)))


def _clauses_of(note: str, said: str) -> str:
    """Return the clauses of a sentence that a note takes its words from; all of it where that is not clear."""
    weighty = _weighty(note)
    clauses = _CLAUSE_END.split(said)
    taken = [clause for clause in clauses if any(_is_said(word, clause, ()) for word in weighty)]
    return ". ".join(taken) if taken else said


def _words(text: str) -> list[str]:
    return _WORD.findall(text)

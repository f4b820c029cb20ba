"""What a person should know of a proposed note beside the sentence that it is said to come from.

Whose sentence it is, and whether the note says it: a note that speaks as the candidate, a figure that went elsewhere, a
word or a day of its own. Nothing of that is refused here, for a good note may be in other words; it is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from followup_mail.checks.day_mentions import MONTHS
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.facts.addressees import is_meant
from followup_mail.facts.application import Application
from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.transcript_passage import Passage, words_of_speech
from followup_mail.incoming.transcript_search import is_label_of
from followup_mail.proposals.proposal import ProposedChange
from followup_mail.services.adding.debrief_options import TOPICS
from followup_mail.services.typed.change_table import SAID, say_option
from followup_mail.writing_model.note_gate import (
    find_added,
    find_moved_figure,
    find_strange,
    speaks_as_them,
    takes_over_deeds,
    tells_of_oneself,
)

_OF_THEM: Final = frozenset(map(say_option, SAID))
"""Options for what they said; it is nothing that the candidate said."""
_OF_CANDIDATE: Final = frozenset({"fit", "not-mentioned", "promised", "promise-says"})
_DAYS: Final = frozenset({"decision-by", "not-before"})
_TO_BE_SAID: Final = frozenset({"address", "phone", "channel"})
"""Options whose value is a word or a number that whoever gave it has said."""
NOTES: Final = frozenset({*TOPICS, *_OF_CANDIDATE, "quote", "note"})
"""Options whose value is a text; the others hold a day, a name, a word of a list."""
_MOST_NAMED: Final = 4


def doubts_about(application: Application, change: ProposedChange, passage: Passage) -> Iterator[str]:
    """Yield what is to be looked at twice, in sentences; nothing where the note is what its sentence says."""
    who, said = _about(application, change)
    yield from _whose(application, change, passage, who, said)
    if change.option in NOTES:
        known = (who, passage.label, application.company, application.role)
        if added := find_added(said, passage.text, known):
            yield f"The note {quoted(said)} says more than its sentence: {added}."
        elif figure := find_moved_figure(said, passage.text):
            yield f"The note {quoted(said)} has the figure {figure} with another word than its sentence has it."
        elif own := _own_words(change, said, passage, known):
            yield f"The note {quoted(said)} says more than its sentence, which has {own}."
        elif _is_misleading(passage, said):
            yield f"The note {quoted(said)} would be taken for your own deed; in its sentence it is somebody else's."
    elif not _stands_there(change, passage):
        yield f"--{change.option} {quoted(change.value)} does not stand in the sentence that it is to come from."


def _whose(application: Application, change: ProposedChange, passage: Passage, who: str, said: str) -> Iterator[str]:
    by = "you" if passage.is_own else passage.label
    names = [person.name for person in application.everyone()]
    is_theirs = bool(who) and bool(passage.label) and is_label_of(passage.label, who)
    if who and by and not (passage.is_own or is_theirs):
        yield f"The note on {who} comes from a sentence of {quoted(by)}: {quoted(said)}."
    elif is_theirs and not passage.is_own and speaks_as_them(said):
        yield f"What you are to say of yourself comes from a sentence of {quoted(by)}: {quoted(said)}."
    if change.option in _OF_THEM and passage.is_own:
        yield f"What they are to have said is a sentence of your own: {quoted(said)}."
    elif change.option in _OF_THEM and by and not any(is_label_of(by, name) for name in names):
        yield f"What they are to have said is a sentence of {quoted(by)}, whom the facts do not know: {quoted(said)}."
    if change.option in _OF_CANDIDATE and passage.label and not passage.is_own:
        yield f"The note on you comes from a sentence of {quoted(passage.label)}: {quoted(said)}."


def _own_words(change: ProposedChange, said: str, passage: Passage, known: tuple[str, ...]) -> str:
    """Return what a sentence has not of a note, as the end of a sentence of ours; empty for nothing."""
    if change.option == "not-mentioned":  # nobody said it: that is what it is about
        return ""
    strange = find_strange(said, passage.text, known)
    if not strange:
        return ""
    if not set(words_of_speech(said)) - {word for one in strange for word in words_of_speech(one)}:
        return "none of its words"
    return "not " + ", ".join(map(quoted, strange[:_MOST_NAMED]))


def _is_misleading(passage: Passage, said: str) -> bool:
    if passage.is_own:
        return not tells_of_oneself(said, passage.text)
    return bool(passage.label) and takes_over_deeds(said, passage.text)


def _stands_there(change: ProposedChange, passage: Passage) -> bool:
    spoken = words_of_speech(passage.text)
    if change.option in _TO_BE_SAID:
        value = change.value.partition(":")[2] or change.value
        return f" {' '.join(words_of_speech(value))} " in f" {' '.join(spoken)} "
    if change.option not in _DAYS or set(words_of_speech(change.value)) <= set(spoken):
        return True
    try:
        day = date.fromisoformat(change.value.strip())
    except ValueError:
        return False
    return _names(day, spoken)


def _names(day: date, spoken: list[str]) -> bool:
    """Return whether a sentence has the weekday or the number of a day, and no other month; "may" is also a verb."""
    months = {at for at, month in enumerate(MONTHS, 1) if {month, month[:3]} & set(spoken) and month != "may"}
    is_named = WEEKDAYS[day.weekday()] in spoken or any(word.rstrip("sthndr") == str(day.day) for word in spoken)
    return is_named and (not months or day.month in months)


def _about(application: Application, change: ProposedChange) -> tuple[str, str]:
    """Return the name of whom a note is about, empty for nobody, and the note itself."""
    if change.option not in TOPICS:
        return "", change.value
    names = [person.name for person in application.everyone()]
    who, colon, said = change.value.partition(":")
    meant = [name for name in names if colon and is_meant(who, name)]
    if len(meant) == 1:
        return meant[0], said.strip()
    return (names[0], change.value) if len(names) == 1 else ("", change.value)

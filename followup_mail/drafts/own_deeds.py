"""What the candidate has done, for each person of a panel another deed: first where it answers what somebody said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from followup_mail.drafts.material import NOT_THIS, plain, problem_for, read_for_mail
from followup_mail.facts.application import Application, Person
from followup_mail.language.finished_notes import finished_sentence
from followup_mail.language.same_subject import shares_subject
from followup_mail.regex import regex

_YEARS: Final = regex(r"I have (.+\b(?:years|months) of\b.+)\.$")
_STATE: Final = regex(r"I (?:am|hold|own|speak)\b|I have (?:an?|my|the)\b")
"""What somebody has or is: it says something only to whoever asked for it, and the rest stands in the CV."""
_BARE_CHANGE: Final = regex(
    r"^(?P<what>[a-z]{4,}) (?P<before>\d+(?:\.\d+)?) ?(?P<arrow>->|→|to) ?(?P<after>\d+(?:\.\d+)?)(?![\d.%])"
)
_SAID_TOO: Final = 10
"""What it counts that the mail can name what a sentence answers: more than any number of words shared."""
_DONE_MORE_THAN_YEARS: Final = 3
"""What it counts that something was done, and not only for how long."""


class Proof(Struct, frozen=True):
    """A sentence about the candidate, and the note of this person's that it has something to do with, if any."""

    sentence: str
    answers: str = ""

    @property
    def experience(self) -> str:
        """How long the candidate has done what, as a thing; empty for any other sentence."""
        return _experience(self.sentence)


def proof_for(application: Application, people: Sequence[Person], person: Person, read: str) -> Proof | None:
    """Return what the candidate can show this person.

    Everybody of ``people`` gets another one, first those that answer something they said, until there are no more.
    What answers nothing has to be a deed, or say how long: a wording turns to it in so many words.
    """
    said = [note for met in people for note in met.discussed]
    notes = [note for note in read_for_mail(_in_their_unit(application.fit, said), is_own=True) if note.mine]
    telling = [note.mine for note in notes if not note.mine.startswith("I speak ")]
    written = {finished_sentence(note) for note in application.fit}
    states = {said for said in telling if _STATE.match(said) and not _experience(said) and said not in written}
    theirs = _share_out(telling, states, people).get(person.key, "")
    if not theirs or plain(theirs).rstrip(".") in plain(read):
        return None
    return Proof(theirs, problem_for(theirs, person))


def _in_their_unit(notes: Iterable[str], said: Iterable[str]) -> Iterator[str]:
    """Yield notes with the per cent that only the other side's figure has: "mispicks 1.4 -> 0.4" of their "1.8%"."""
    told = " ; ".join(said).lower()
    for note in notes:
        found = _BARE_CHANGE.match(note)
        is_share = found and re.search(rf"\b{found['what']} (?:at |of |is )?\d+(?:\.\d+)? ?%", told)
        yield _BARE_CHANGE.sub(r"\g<what> \g<before>% \g<arrow> \g<after>%", note) if is_share else note


def _experience(sentence: str) -> str:
    """Return "seven years of warehouse experience" from a sentence that says no more than that."""
    found = _YEARS.match(sentence)
    return found[1] if found else ""


def _share_out(sentences: Sequence[str], states: Iterable[str], people: Sequence[Person]) -> dict[str, str]:
    """Return a sentence for each person, by key: where it answers what somebody said, then in turn, deeds first.

    A state is given only to somebody whom it answers in so many words.
    """
    left, given = list(sentences), dict[str, str]()
    for person in people:
        fitting = [said for said in left if said not in states or problem_for(said, person)]
        best = max(fitting, key=lambda sentence: _answers(sentence, person), default="")
        if best and _answers(best, person):
            given[person.key] = best
            left.remove(best)
    left = sorted((said for said in left if said not in states), key=lambda said: bool(_experience(said)))
    for person in people:
        if person.key not in given and left:
            given[person.key] = left.pop(0)
    return given


def _answers(sentence: str, person: Person) -> int:
    """Return how much a sentence has to do with what somebody said: most where the mail can say what they said."""
    said = (note.partition(NOT_THIS)[0] for note in (*person.discussed, person.convinced))
    shared = max((shares_subject(sentence, note) for note in said), default=0)
    if not problem_for(sentence, person):
        return shared
    return shared + _SAID_TOO + _DONE_MORE_THAN_YEARS * (not _experience(sentence))

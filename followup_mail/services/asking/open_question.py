"""One question, with everything that is needed to ask it and to keep the answer."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from followup_mail.facts.rewrite_listed import Place
from followup_mail.facts.said_readings import says_nothing
from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.language.beginnings import OWN_WORDS, Beginning, Shape
from followup_mail.language.known_words import Known
from followup_mail.language.rejection_words import names_no_reason
from followup_mail.services.asking.question_starts import Start


class OpenQuestion(Struct, frozen=True):
    """One question, with everything that is needed to ask it and to keep the answer."""

    key: str
    asks: str
    wants: str
    about: str
    """Whom or what it is about, as a heading: *Dale Krug*."""
    known: Known
    goes_into: str = ""
    """The mail that the answer stands in, and its reader: *Thank-you to Dale Krug*."""
    table: str = ""
    """The plain table that the answer goes to; empty for the top of the file."""
    place: Place = ()
    """The table of a list that the answer goes to, such as one person."""
    beginnings: tuple[Beginning, ...] = ()
    """Empty: the answer is a choice, or a note."""
    choices: tuple[tuple[str, str], ...] = ()
    """Values to choose from, each with its words."""
    find_starts: Callable[[], tuple[Start, ...]] = tuple
    """Called once somebody is shown the question: reading notes closely takes a dictionary."""
    find_deeds: Callable[[], tuple[str, ...]] = tuple
    endings: tuple[str, ...] = ()
    """What can be taken for the optional gap at the end."""
    current: str = ""
    is_right: bool = False
    """True for an answer so far of which its writer said that it is right as it is."""
    reminders: tuple[str, ...] = ()
    """Notes on them, as they were jotted."""
    own_notes: tuple[str, ...] = ()
    """Notes on the candidate."""
    nudge: str = ""
    told: tuple[str, ...] = ()
    """What the candidate tells of themselves in the thank-yous: an answer that says it again is remarked on."""
    asked_by: str = ""
    """The writing model that asks; its answer is one more note."""

    from_text: tuple[TranscriptLine, ...] = ()
    """Sentences of a transcript that fit: shown, and taken only by the user."""
    option: str = ""
    """The option of `change` that keeps the answer, where that is how it is kept."""

    @property
    def starts(self) -> tuple[Start, ...]:
        """Sentences to take, whole or with a gap still to fill: the notes begin them."""
        return self.find_starts()

    @property
    def deeds(self) -> tuple[str, ...]:
        """What the candidate did, as it follows *I*."""
        return self.find_deeds()

    @property
    def ready(self) -> tuple[str, ...]:
        """Whole sentences to take."""
        return tuple(start.sentence for start in self.starts if start.beginning is OWN_WORDS)

    @property
    def takes_several(self) -> bool:
        """Return whether more than one answer can be kept."""
        return self.option not in {"", "quote", "decision_by"}

    def keeps(self, answer: str) -> bool:
        """Return whether an answer is kept: a word for nothing only where it tells something, as of their reason."""
        return bool(self.choices) or self.key == "reason" or not says_nothing(answer)

    def makes_moot(self, other: OpenQuestion) -> bool:
        """Return whether this one, asked before, leaves nothing to ask there: without a reason, none is granted."""
        return (self.key, other.key) == ("reason", "understood") and (not self.current or names_no_reason(self.current))


def words_for_gap(question: OpenQuestion, beginning: Beginning, number: int) -> tuple[str, ...]:
    """Return the words that can be taken for one gap: a deed of the candidate's, or an ending for the last."""
    gap = beginning.gaps[number]
    if gap.optional and number == len(beginning.gaps) - 1:
        # They are written for the first beginning, and go on from others that end alike.
        fits = any(first.gaps and first.gaps[-1].shape is gap.shape for first in question.beginnings[:1])
        return question.endings if fits else ()
    return question.deeds if gap.shape is Shape.DID else ()

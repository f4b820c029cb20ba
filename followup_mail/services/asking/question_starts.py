"""Sentences that an application's notes begin, to take with one key instead of typing.

What is sure comes first, then what a note only probably says: nothing goes anywhere unless somebody takes it, so more
is offered here than a mail would say on its own. What the proof-reader would remark on is not offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice
from typing import Final

from msgspec import Struct

from followup_mail.drafts.material import say_liked
from followup_mail.language.answers import complete
from followup_mail.language.beginnings import OPEN_GAP, OWN_WORDS, Asking, Beginning, Shape
from followup_mail.language.known_words import Known
from followup_mail.language.lexicon import classes_of
from followup_mail.language.liked_notes import is_habit
from followup_mail.language.likely_notes import Reading, likely_readings
from followup_mail.language.note_results import own_point
from followup_mail.language.note_words import plain_text
from followup_mail.language.notes import NoteShape, read_note
from followup_mail.language.rejection_words import read_rejection
from followup_mail.language.same_subject import says_same
from followup_mail.regex import regex

_MOST: Final = 4
_AGAIN_AND_AGAIN: Final = regex(r"(?i)\b(?:himself|herself|every|always|never)\b")
_MOST_DEEDS: Final = 6


class Start(Struct, frozen=True):
    """A beginning with words in its first gaps."""

    beginning: Beginning
    words: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """How it reads so far, without what may still follow."""
        return self.beginning.fill(self.words)

    @property
    def is_whole(self) -> bool:
        """Whether nothing can follow."""
        return len(self.words) == len(self.beginning.gaps)

    @property
    def shown(self) -> str:
        """How it looks in a list: an ellipsis says that it goes on."""
        return self.sentence if self.is_whole else f"{self.sentence.partition(OPEN_GAP)[0].rstrip()} {OPEN_GAP}"


def whole(sentence: str) -> Start:
    """Return a sentence to take as it is."""
    return Start(OWN_WORDS, (sentence,))


def start_moment(asking: Asking, convinced: str, notes: Sequence[str], known: Known) -> tuple[Start, ...]:
    """Return what the candidate can thank for: what convinced them, and of other notes only what is sure.

    Not everything that was talked about was liked: "the port closed for 41 hours".
    """
    liked = [*_liked(convinced, known)] if convinced else []
    # What they do is liked only where it is a habit of theirs: "gets the numbers on Friday" may be their trouble.
    readings = ((note, reading) for note in notes for reading in _thanked(note, known))
    told = (reading for note, reading in readings if reading[0] is not Shape.YOU or _is_habit(note))
    return _offered(asking, ([reading] for reading in (*liked, *told)), known)


def words_of_deeds(own: Sequence[str], known: Known) -> tuple[str, ...]:
    """Return what the candidate did, each as it follows *I*."""
    deeds = dict.fromkeys(words for shape, words in _deeds(own, known) if shape is Shape.DID)
    return tuple(islice((deed for deed in deeds if _is_sound(whole(f"I {deed}."), known)), _MOST_DEEDS))


def start_problem(asking: Asking, notes: Sequence[str], known: Known) -> tuple[Start, ...]:
    """Return what the reader wants, then what they told, as the problem that an answer begins with."""
    problems = [reading for note in notes for reading in _problems(note, known)]
    return _offered(asking, ([reading] for reading in sorted(problems, key=_is_no_wish)), known)


def start_point(asking: Asking, own: Sequence[str], known: Known, told: Sequence[str] = ()) -> tuple[Start, ...]:
    """Return what the candidate did not get to say, each note as a whole sentence; not what ``told`` says already."""
    return untold(_offered(asking, ([deed] for deed in _deeds(own, known)), known), told)


def start_also(asking: Asking, own: Sequence[str], known: Known, told: Sequence[str] = ()) -> tuple[Start, ...]:
    """Return what else the candidate did not get to say: notes that can follow *I also*; not what ``told`` says."""
    deeds = (reading for reading in _deeds(own, known) if reading[0] is Shape.DID)
    return untold(_offered(asking, ([deed] for deed in deeds), known), told)


def untold(starts: Iterable[Start], told: Sequence[str]) -> tuple[Start, ...]:
    """Return what no sentence that is told already says."""
    return tuple(start for start in starts if not any(_is_in(start, said) for said in told))


def _is_in(start: Start, said: str) -> bool:
    """Return whether a sentence says what a start begins with, however it goes on there."""
    ways = (start.sentence, " ".join(start.words))
    return start.words[0].rstrip(".") in said or any(says_same(way, said) for way in ways)


def start_name(what: str, known: Known) -> tuple[Start, ...]:
    """Return what a promised file may be called."""
    first, *_ = what.split() or ("",)
    words = what[:1].lower() + what[1:] if classes_of(first) and not first.isupper() else what
    named = (whole(f"I have attached {article} {words}.") for article in ("the", "my")) if words else ()
    return tuple(start for start in named if _is_sound(start, known))


def start_reason(reason: str, known: Known) -> tuple[Start, ...]:
    """Return the reason for a rejection, granted in one sentence."""
    said = read_rejection(reason, known.names).reason
    if not said:
        return ()
    return (whole(f"I can see why {said}." if said.startswith("you chose") else f"I understand that {said}."),)


def _offered(asking: Asking, given: Iterable[Sequence[Reading]], known: Known) -> tuple[Start, ...]:
    starts = (start for readings in given if (start := _start(asking, readings)) and _is_sound(start, known))
    first: dict[str, Start] = {}
    for start in starts:
        first.setdefault(start.sentence, start)
        if len(first) == _MOST:
            break
    return tuple(first.values())


def _start(asking: Asking, readings: Sequence[Reading]) -> Start | None:
    shapes, words = [shape for shape, _ in readings], tuple(said for _, said in readings)
    if shapes == [Shape.SENTENCE]:
        return whole(words[0])
    fitting = (beginning for beginning in (*asking.beginnings, *asking.started) if _fits(beginning, shapes))
    beginning = next(fitting, None)
    return Start(beginning, words) if beginning else None


def _fits(beginning: Beginning, shapes: Sequence[Shape]) -> bool:
    return [gap.shape for gap in beginning.gaps[: len(shapes)]] == list(shapes)


def _is_sound(start: Start, known: Known) -> bool:
    return not complete(start.beginning, start.words, known).remarks


def _is_no_wish(reading: Reading) -> bool:
    return reading[0] is not Shape.WANTED


def _liked(text: str, known: Known) -> Iterator[Reading]:
    """Yield what convinced the candidate."""
    note = read_note(text, known.names)
    liked = say_liked(note, text)
    is_yours = liked.startswith("you ")
    sure = [
        *_present((Shape.YOU, _behind(liked, "you ")), (Shape.CLAUSE, "" if is_yours else liked)),
        *_present((Shape.WORDS, note.quotation.rstrip("."))),
    ]
    yield from sure or _likely(text, known, {Shape.YOU, Shape.CLAUSE})
    yield from _thanked(text, known)


def _is_habit(note: str) -> bool:
    return is_habit(plain_text(note)) or bool(_AGAIN_AND_AGAIN.search(note))


def _thanked(text: str, known: Known) -> Iterator[Reading]:
    note = read_note(text, known.names)
    is_wish = note.shape is NoteShape.WANTS
    yield from _present((Shape.WORDS, note.quotation.rstrip(".")), (Shape.ING, note.thanks_for))
    yield from _present((Shape.YOU, "" if is_wish else _behind(note.yours, "You ")))
    yield from _present((Shape.ING, f"telling me about {note.topic}" if note.topic else ""))


def _problems(text: str, known: Known) -> Iterator[Reading]:
    """Yield what the reader wants, else what they told, else what they told about."""
    note = read_note(text, known.names)
    wanted = _behind(note.yours, "You want ")
    sure = [*_present((Shape.WANTED, wanted), (Shape.CLAUSE, "" if wanted else note.clause))]
    yield from (
        sure
        or [*_likely(text, known, {Shape.WANTED, Shape.CLAUSE, Shape.THING})]
        or _present((Shape.THING, note.topic))
    )


def _deeds(own: Sequence[str], known: Known) -> Iterator[Reading]:
    for text in own:
        note = read_note(text, known.names, is_own=True)
        sure = [*_deed(own_point(text, note.mine) or note.mine)]
        yield from sure or likely_readings(text, known.names, is_own=True)


def _deed(sentence: str) -> Iterator[Reading]:
    if sentence.startswith("I "):
        yield Shape.DID, _behind(sentence, "I ")
    elif sentence:
        yield Shape.SENTENCE, sentence


def _likely(text: str, known: Known, shapes: Set[Shape]) -> Iterator[Reading]:
    yield from (reading for reading in likely_readings(text, known.names) if reading[0] in shapes)


def _present(*readings: Reading) -> Iterator[Reading]:
    yield from (reading for reading in readings if reading[1])


def _behind(sentence: str, before: str) -> str:
    return sentence.removeprefix(before).rstrip(".") if sentence.startswith(before) else ""

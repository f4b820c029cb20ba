"""What a mail to one person can be made of: the sentences that the user wrote, and what the notes can become.

A note is never pasted. ``language.notes`` makes a sentence or a noun phrase of it where that is safe; what it cannot
make is left out here, and with it the whole sentence of the wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from msgspec.structs import replace

from followup_mail.drafts.own_words import mark
from followup_mail.facts.application import Application, Person, is_same_person
from followup_mail.language.finished_notes import finished_sentence
from followup_mail.language.known_words import Known
from followup_mail.language.liked_notes import is_habit, liked_clause, liked_way
from followup_mail.language.note_clauses import own_clause
from followup_mail.language.note_results import own_point
from followup_mail.language.note_words import is_one_part, plain_text
from followup_mail.language.notes import Note, NoteShape, is_said, read_note
from followup_mail.language.noun_phrases import is_plural
from followup_mail.language.private_notes import is_private, is_secret, is_tactless, tactful
from followup_mail.language.same_subject import shares_subject
from followup_mail.language.sound_notes import reads_well, sound_note
from followup_mail.language.spoken_topics import is_plain, spoken_topics
from followup_mail.language.whole_sentences import whole_liked, whole_of_reader
from followup_mail.regex import regex

_SUBJECT_PART: Final = 40
"""So many characters of a subject a topic may take: a phone shows about fifty."""

_TOLD_ABOUT: Final = regex(r"You (?:told me|spoke|talked) about (.+?)(?:, .*)?\.?$", re.IGNORECASE | re.DOTALL)
_SPEAKS: Final = regex(r"\b(?:I|me|my|we|our|us|you|he|she|they|that|which|who|because|so|not?)\b", re.IGNORECASE)
_NOBODY: Final = Known()
"""The proof-reader asks for names; what is built here holds none that it could doubt."""

NOT_THIS: Final = ", not "
"""What follows is not meant: "someone who can talk to finance, not just to Spark" is not about Spark."""
WANTS_TOLD: Final = "telling me that "
_TELLING: Final = 3
"""Words that a reason, or a topic come back to, has at least: "I appreciated leadership" says nothing."""
_SORE: Final = regex(
    r"(?i)\b(?:fail|mis[st]|miss|lost|loss|los[et]|late|delay|short|sick|leav|quit|turnover|complain|accident|incident"
    r"|outage|problem|trouble|issue|bug|fault|error|broken|gap|backlog|overdue|waste|scrap|debt|cut|fir(?:ed|ing)|death"
    r"|conflict|strike|audit find|injur|no-show|churn|open post|vacanc|headache|chaos|wait(?:ing )?list|drop.?out)\w*"
)
_TROUBLE: Final = regex(r"\bha(?:s|ve) been \w+ since\b|^[\d.]+% of\b")
"""How things stand on the other side is nothing to like: "half the hives have been weak since the wet spring"."""
_MEASURED: Final = regex(r"(?i)\b(?:rate|ratio|share)s?\b.*\d ?%")
"""A rate with its figure is there because it is too high, or too low."""
_LOOKED_FOR: Final = regex(r"You want (?:.+ )?(?:who|where)\b")


def told_by(person: Person, read: str = "") -> dict[str, object]:
    """Return what the notes on one person can become, by the names that templates use.

    ``read`` is all that this person was sent: a point is made once.
    """
    discussed, convinced = [*read_for_mail(person.discussed)], next(read_for_mail([person.convinced]), None)
    notes = [*discussed, *([convinced] if convinced else [])]
    topics = pleasant_topics(person)
    liked = liked_of(person, convinced)
    if not (liked or (convinced and (convinced.topic or convinced.quotation))):
        liked = _way_of_working(discussed)
    thanked = first_unread((note.thanks_for for note in notes), read)
    if thanked and thanked.partition(" ")[2] in liked:
        liked = ""
    quoted = first_unread((note.quotation for note in notes), read).rstrip(".")
    if not (thanked or liked or topics or quoted or (convinced and convinced.topic)):
        thanked = first_unread([_what_they_want(discussed)], read)
    every = spoken_topics(_pleasant(person))
    spoken = [topic for topic in every if topic.casefold() not in plain(read)]
    return {
        "topics": topics,
        "spoken": spoken,
        # What they have read of is what both remember.
        "our_talk": next((topic for topic in (*spoken, *every) if is_plain(topic)), ""),
        # A later note comes back to the conversation, so a topic may be named again; a reason may not.
        "topic": first_unread(topics, read) or next(iter(topics), ""),
        "you_did": mark(first_unread([liked], read)),
        "convinced": first_unread(
            [liked_way(person.convinced) or say_reason(convinced.topic or _thing_liked(person))], read
        )
        if convinced
        else "",
        "thanks_for": mark(thanked),
        "your_words": mark(quoted),
        "topic_in_subject": _for_subject(topics or spoken, person),
    }


def points_for(application: Application, read: str) -> Iterator[Note]:
    """Yield the points worth a second note that can be said and that this person has not read."""
    for text in application.not_mentioned:
        for note in read_for_mail([text], is_own=True):
            # Without what came of it a point is thin: then the person is asked for it.
            if (point := own_point(text, note.mine)) and not is_said(text, read):
                yield replace(note, mine=point)


def first_unread(said: Iterable[str], read: str) -> str:
    """Return the first of some sentences or phrases that is not in what this person has read."""
    known = plain(read)
    return next((words for words in said if words and plain(words).rstrip(".") not in known), "")


def read_for_mail(notes: Iterable[str], *, is_own: bool = False) -> Iterator[Note]:
    """Yield the notes that may go into a mail, with what of each is sound; ``is_own`` as in ``read_note``."""
    read = (_read_for_mail(text, is_own) for text in notes if text)
    return (note for note in read if note)


@lru_cache(maxsize=256)  # a mail asks for each note some fifteen times, and reading them was most of writing it
def _read_for_mail(text: str, is_own: bool) -> Note | None:
    text = tactful(text)
    note = read_note(text, is_own=is_own)
    if note.is_private or note.is_trivial:
        return None
    clause = "" if note.mine else own_clause(text)
    read = replace(note, mine=f"{clause}.") if clause else note
    return sound_note(read, _NOBODY, is_whole=bool(finished_sentence(text)) or is_one_part(text))


def problem_for(sentence: str, person: Person) -> str:
    """Return what they told, as a sentence to them, that a sentence about the candidate has to do with."""
    told = (_problem(note) for note in read_for_mail(person.discussed))
    return next((problem for problem in told if shares_subject(sentence, problem.partition(NOT_THIS)[0])), "")


def _problem(note: Note) -> str:
    """Return what they want, or what they told the candidate, as a sentence to them."""
    if note.yours and note.shape is NoteShape.WANTS:
        return note.yours
    return f"You told me that {note.clause}." if note.clause else ""


def _for_subject(topics: Sequence[str], person: Person) -> str:
    """Return a topic that fits into a subject and that the mail is about."""
    written = " ".join((person.moment, person.link))
    near = (topic for topic in topics if len(topic) <= _SUBJECT_PART)
    return next((topic for topic in near if not written.strip() or shares_subject(topic, written)), "")


def problem_for_subject(problem: str) -> str:
    """Return what they told about, as a subject can name it; empty when it is long or more than a thing."""
    found = _TOLD_ABOUT.match(problem.strip())
    thing = " ".join(found[1].split()) if found else ""
    return "" if len(thing) > _SUBJECT_PART or _SPEAKS.search(thing) else thing


def pleasant_topics(person: Person) -> list[str]:
    """Return what can be named in passing: nothing of which the note says that something went wrong with it.

    "fume hood broken since oct" has the harmless topic "the fume hood", which nobody there was glad to tell about.
    """
    return [note.topic for note in read_for_mail(_pleasant(person)) if note.topic]


def _pleasant(person: Person) -> list[str]:
    return [note for note in person.discussed if not (_SORE.search(note) or _MEASURED.search(note))]


def topic_answered(sentence: str, person: Person) -> str:
    """Return what they told about that a sentence about the candidate has to do with."""
    return next((topic for topic in pleasant_topics(person) if shares_subject(sentence, topic)), "")


def liked_of(person: Person, convinced: Note | None) -> str:
    """Return what the candidate liked about this person, as it follows "I liked that"; ``convinced`` is what of that
    note may go into a mail.
    """
    return say_liked(convinced, person.convinced) if convinced else _habit_of(person)


def liked_in_short(person: Person) -> str:
    """Return what the candidate liked about this person, where a note says it in a few words: no whole sentence."""
    liked = liked_of(person, next(read_for_mail([person.convinced]), None))
    whole = {whole_liked(person.convinced), whole_of_reader(person.convinced).deed}
    return "" if liked in whole else liked


def say_liked(note: Note, text: str) -> str:
    """Return what convinced the candidate, as it follows "I liked that": "you visit every customer yourself"."""
    liked = f"y{note.yours[1:].rstrip('.')}" if note.yours.startswith("You ") else liked_clause(text)
    liked = (
        liked
        or whole_liked(text)
        or ("" if "you" in text.lower().split() or _TROUBLE.search(note.clause) else note.clause)
    )
    return liked if liked and reads_well(f"I liked that {liked}.", _NOBODY) else ""


def _habit_of(person: Person) -> str:
    """Return what they do again and again, as it follows "I liked that": it is not trivial for holding a lunch."""
    text = plain_text(person.convinced)
    if is_private(text) or is_tactless(text) or is_secret(text):
        return ""
    liked = (liked_clause(text) if is_habit(text) else "") or whole_liked(text) or whole_of_reader(text).deed
    return liked if liked and reads_well(f"I liked that {liked}.", _NOBODY) else ""


def _thing_liked(person: Person) -> str:
    """Return what convinced the candidate, where that is a thing with words that the grammar does not know."""
    thing = next(iter(spoken_topics([person.convinced])), "")
    return thing if len(thing.split()) > _TELLING else ""


def _what_they_want(discussed: Iterable[Note]) -> str:
    """Return what they want as it follows "Thank you for", where there is nothing warmer to thank for."""
    wants = next((note.yours for note in discussed if note.shape is NoteShape.WANTS and note.yours), "")
    return f"{WANTS_TOLD}y{wants[1:].rstrip('.')}" if wants else ""


def _way_of_working(discussed: Iterable[Note]) -> str:
    """Return what they look for in people, as it follows "I liked that"; a target in figures is a problem instead."""
    wanted = (note.yours for note in discussed if note.shape is NoteShape.WANTS and _LOOKED_FOR.match(note.yours))
    return next((f"y{said[1:].rstrip('.')}" for said in wanted), "")


def say_reason(topic: str) -> str:
    """Return a topic that can follow "What I liked best is": nothing for what is many."""
    if len(topic.split()) < _TELLING:
        return ""
    return "" if any(is_plural(word) for word in topic.split(" in ", maxsplit=1)[0].split()[-1:]) else topic


def plain(text: str) -> str:
    """Return a text as it is compared: small letters, single blanks."""
    return " ".join(text.casefold().split())


def people_of(application: Application, round_: int) -> list[Person]:
    """Return the people met in a round, each once, in the order of the file."""
    interviews = (interview.people for interview in application.interviews if interview.round == round_)
    people: list[Person] = []
    for person in chain.from_iterable(interviews):
        if not any(is_same_person(person, other) for other in people):
            people.append(person)
    return people

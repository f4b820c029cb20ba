"""Notes from the kept transcript by the user's own writing model: one proposal, which a person decides about.

The model gets the sentences with stand-ins for names, and without what is private or gives orders. Whatever it answers,
each note that is proposed has a sentence that stands in the transcript.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from followup_mail.errors import NotFoundError, OptionsError, RefusedError
from followup_mail.facts.application import Application, Person
from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.incoming.transcript_passage import Passage, words_of_speech
from followup_mail.incoming.transcript_search import is_label_of
from followup_mail.proposals.proposal import MOST_CHANGES, ProposedChange, ProposedFacts
from followup_mail.services.proposals.note_from_sentence import as_change
from followup_mail.services.proposals.plan_proposal import plan_facts
from followup_mail.services.proposals.propose import FactsProposed, propose_facts
from followup_mail.services.proposals.propose_from_transcript import is_fit_to_note
from followup_mail.services.typed.kept_text import find_private, kept_lines
from followup_mail.services.writing.model_privacy import hide_from_model
from followup_mail.workspace import Workspace
from followup_mail.writing_model.model_notes import ModelNote, read_notes
from followup_mail.writing_model.stand_ins import CANDIDATE, StandIns

_PIECE: Final = 9_000
"""Characters of what is asked about at once: a small model reads no more with care."""
_MOST_PIECES: Final = 12
"""Two hours of talk."""
_MOST_NOTES: Final = 20
"""The facts file takes no more of them for one person."""
_SOMEBODY: Final = "somebody else"

Numbered = tuple[int, TranscriptLine]
Ask = Callable[[dict[str, Any]], dict[str, object]]
"""Asks the model about one piece. Raises ``WritingModelError`` and ``SettingsError``."""


class Transcript(Struct, frozen=True):
    """What is kept of an application, as it goes to a model."""

    application: Application
    stand_ins: StandIns
    lines: tuple[TranscriptLine, ...]
    pieces: tuple[tuple[Numbered, ...], ...]
    """What may be told, in pieces, each sentence with its number from 1 on."""
    kept_back: int
    """How many sentences are private or give orders."""
    unread: int
    """How many are too many."""


class NotesProposed(Struct, frozen=True):
    """What came of it."""

    proposed: FactsProposed | None
    """None where there is nothing to note."""
    dropped: int
    """How many notes of the model's did not keep to their sentence."""


def open_transcript(workspace: Workspace, slug: str) -> Transcript:
    """Return the transcript of an application. Raises ``NotFoundError`` where none is kept, or nobody was met."""
    application = workspace.facts.load(slug)
    lines = kept_lines(workspace, slug)
    people = application.everyone()
    if not lines:
        fix = f"Keep one: followup-mail change {slug} --notes FILE"
        raise NotFoundError(f"No transcript is kept for {slug}.", fix=fix)
    if not people:
        fix = f'Write somebody down: followup-mail change {slug} --person "NAME"'
        raise NotFoundError(f"The facts of {slug} know nobody whom a note could be about.", fix=fix)
    told = list(_fit_to_tell(lines))
    pieces = list(_in_pieces(told))
    unread = sum(map(len, pieces[_MOST_PIECES:]))
    stand_ins = hide_from_model(workspace, application, people[0])
    return Transcript(application, stand_ins, lines, tuple(pieces[:_MOST_PIECES]), len(lines) - len(told), unread)


def propose_notes(workspace: Workspace, transcript: Transcript, ask: Ask, by: str) -> NotesProposed:
    """Ask about each piece, and keep what passes as one proposal by ``by``.

    Raises what ``ask`` raises, and ``RefusedError`` while too many proposals wait.
    """
    noted, dropped = list[ProposedChange](), 0
    for piece in transcript.pieces:
        for note in read_notes(ask(what_is_asked(transcript, piece))):
            change = _take(transcript, note, {number for number, _ in piece})
            noted += [change] if change else []
            dropped += change is None
    fresh = _carried_out(workspace, transcript.application, _fresh(transcript.application, noted))
    if not fresh:
        return NotesProposed(None, dropped)
    why = f"From the transcript that is kept: {len(fresh)} of {len(transcript.lines)} sentences noted."
    facts = ProposedFacts(tuple(fresh))
    return NotesProposed(propose_facts(workspace, transcript.application.slug, facts, by, why), dropped)


def what_is_asked(transcript: Transcript, piece: Sequence[Numbered]) -> dict[str, Any]:
    """Return what the model gets of one piece: JSON, with stand-ins for names."""
    application, hide = transcript.application, transcript.stand_ins.hide
    people = {transcript.stand_ins.token(person): hide(_describe(person)) for person in application.everyone()}
    said = [{"number": number, "who": _who(transcript, line), "said": hide(line.text)} for number, line in piece]
    return {"people": people, "job": application.role, "employer": application.company, "sentences": said}


def _fit_to_tell(lines: Sequence[TranscriptLine]) -> Iterator[Numbered]:
    """Yield the sentences that may be told, with their numbers; none that is private by what stands beside it."""
    private = find_private(lines)
    for number, line in enumerate(lines, 1):
        if number - 1 not in private and is_fit_to_note(line.label, line.text):
            yield number, line


def _in_pieces(lines: Iterable[Numbered]) -> Iterator[tuple[Numbered, ...]]:
    piece, size = list[Numbered](), 0
    for number, line in lines:
        if piece and size + len(line.text) > _PIECE:
            yield tuple(piece)
            piece, size = [], 0
        piece.append((number, line))
        size += len(line.text)
    if piece:
        yield tuple(piece)


def _describe(person: Person) -> str:
    return ", ".join(filter(None, (person.title, str(person.role).replace("_", " "))))


def _who(transcript: Transcript, line: TranscriptLine) -> str:
    """Return the stand-in for whoever said a sentence: no label leaves as it is written."""
    if line.is_own:
        return CANDIDATE
    speaker = _speaker(transcript.application, line.label)
    return transcript.stand_ins.token(speaker) if speaker else _SOMEBODY if line.label else ""


def _speaker(application: Application, label: str) -> Person | None:
    return next((one for one in application.everyone() if label and is_label_of(label, one.name)), None)


def _take(transcript: Transcript, note: ModelNote, asked: set[int]) -> ProposedChange | None:
    """Return the change that a note comes to; None for one whose sentences were not asked about, or that is unfit."""
    if not asked.issuperset(note.sentences):
        return None
    lines = [transcript.lines[number - 1] for number in note.sentences]
    if len({(line.label, line.is_own) for line in lines}) > 1:
        return None
    passage = Passage(" ".join(line.text for line in lines), lines[0].label, lines[0].is_own)
    people = {transcript.stand_ins.token(person): person for person in transcript.application.everyone()}
    person = people.get(note.about) if note.what in {"discussed", "convinced"} else None
    return as_change(transcript.application, note, passage, person, transcript.stand_ins.show)


def _fresh(application: Application, noted: Iterable[ProposedChange]) -> Iterator[ProposedChange]:
    """Yield what the facts do not say yet, each once, and no more than they take."""
    seen = {_key(f"{one.name}: {note}") for one in application.everyone() for note in (*one.discussed, one.convinced)}
    seen |= {_key(note) for note in (*application.fit, *(promise.what for promise in application.promised))}
    said_once = {"quote"} if application.said.quote else set()
    said_once |= {f"convinced {one.name}" for one in application.everyone() if one.convinced}
    count = {one.name: len(one.discussed) for one in application.everyone()}
    for change in noted:
        name = change.value.partition(":")[0]
        once = "quote" if change.option == "quote" else f"convinced {name}" if change.option == "convinced" else ""
        if _key(change.value) in seen or once in said_once or count.get(name, 0) >= _MOST_NOTES:
            continue
        seen.add(_key(change.value))
        said_once |= {once} if once else set()
        count[name] = count.get(name, 0) + (change.option == "discussed")
        yield change


def _key(note: str) -> str:
    return " ".join(words_of_speech(note))


def _carried_out(
    workspace: Workspace, application: Application, changes: Iterable[ProposedChange]
) -> list[ProposedChange]:
    """Return the changes that can be carried out: one that the facts do not take costs no other its place."""
    taken: list[ProposedChange] = []
    for change in changes:
        if len(taken) == MOST_CHANGES:
            break
        try:
            planned = plan_facts(workspace, application.slug, ProposedFacts((change,)), workspace.now())
        except (OptionsError, RefusedError):
            continue
        taken += [change] if planned.differences else []
    return taken

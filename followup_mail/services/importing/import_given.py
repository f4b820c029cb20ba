"""Files and pasted texts as a page is given them: told apart, and their open points settled as far as was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from followup_mail.errors import FactsError
from followup_mail.facts.pasted_people import PastedPerson, read_people
from followup_mail.facts.said_readings import AmbiguousError
from followup_mail.incoming.given_file import tell_kind
from followup_mail.incoming.transcript_file import decode_transcript
from followup_mail.services.adding.told_people import own_marks
from followup_mail.services.importing.import_case import Case
from followup_mail.services.importing.import_files import read_contents
from followup_mail.services.importing.import_points import OpenPoint, open_points
from followup_mail.services.typed.put_reading import put_reading
from followup_mail.workspace import Workspace

Given = tuple[str, bytes]
"""The name of a file, and what is in it."""


class Sorted(Struct, frozen=True):
    """What was given, by what can be done with it."""

    files: tuple[Given, ...] = ()
    """Invitations, mails and cards."""
    words: tuple[tuple[str, str], ...] = ()
    """Plain texts, each with its name: notes, a transcript, a signature."""
    problems: tuple[FactsError, ...] = ()


class Unsettled(Struct, frozen=True):
    """An open point that has no answer yet, or none that can be read."""

    point: OpenPoint
    text: str = ""
    problem: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    """What the answer may mean: in full, and written so that it has no other meaning."""


def sort_given(workspace: Workspace, given: Sequence[Given]) -> Sorted:
    """Tell apart what was given; what cannot be used is among the problems."""
    files, words, problems = list[Given](), list[tuple[str, str]](), list[FactsError]()
    for name, content in given:
        try:
            tell_kind(content, name)
        except FactsError as error:
            try:
                words.append((name, decode_transcript(content, name)))
            except FactsError:
                problems.append(error)
            continue
        try:
            read_contents(workspace, [(name, content)])
            files.append((name, content))
        except FactsError as error:
            problems.append(error)
    return Sorted(tuple(files), tuple(words), tuple(problems))


def settle(workspace: Workspace, case: Case, typed: Mapping[str, str]) -> tuple[Case, tuple[Unsettled, ...]]:
    """Return the case with every answer that can be read, and what is still open.

    ``typed``: answers by the keys of the points; an empty one takes what is proposed. Raises ``RefusedError`` as
    ``open_points`` does.
    """
    tried: dict[str, Unsettled] = {}
    while point := next((one for one in open_points(workspace, case) if one.key in typed.keys() - tried.keys()), None):
        answer = _read(point, typed[point.key].strip() or point.proposal)
        if isinstance(answer, Unsettled):
            tried[point.key] = answer
        else:
            case = case.answered(point.key, answer)
    rest = open_points(workspace, case)
    return case, tuple(tried.get(point.key) or Unsettled(point, point.proposal) for point in rest)


def _read(point: OpenPoint, text: str) -> str | Unsettled:
    if not text:
        return Unsettled(point, problem="This answer is needed")
    try:
        meant = point.read(text)
    except AmbiguousError as error:
        readings = tuple((one.said, put_reading(text, error, one.written)) for one in error.readings)
        return Unsettled(point, text, readings=readings)
    except ValueError as error:
        return Unsettled(point, text, str(error))
    return meant if isinstance(meant, str) else text


def people_in(workspace: Workspace, text: str) -> tuple[PastedPerson, ...]:
    """Return the people whom a pasted text names; nobody where it is something else."""
    try:
        return read_people(text, own=own_marks(workspace)).people
    except ValueError:
        return ()

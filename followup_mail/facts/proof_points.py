"""Your proof points, kept once for all applications: one note a line in ``proof-points.txt`` in the home folder.

Each application takes those that its role and its conversations have to do with, behind its own ``fit``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from followup_mail.errors import FactsFileError, Problem
from followup_mail.facts.application import Application
from followup_mail.facts.clean import clean_passage
from followup_mail.facts.file_text import read_facts
from followup_mail.facts.overlap import shares_subject
from followup_mail.facts.unfit_values import UnfitError

FILE: Final = "proof-points.txt"
_MOST_FIT: Final = 6
"""So many reasons an application has at most, once proof points are added."""
_MOST_POINTS: Final = 200


def read_proof_points(home: Path) -> tuple[str, ...]:
    """Return the notes of the file, without comments; nothing when there is no file.

    Raises ``FactsFileError`` with every line that cannot be used.
    """
    path = home / FILE
    try:
        lines = read_facts(path).splitlines()
    except FileNotFoundError:
        return ()
    points: list[str] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        try:
            point = clean_passage(line.partition("#")[0] if line.lstrip().startswith("#") else line)
        except UnfitError as error:
            problems.append(Problem(path, number, "", error.wrong, error.right))
            continue
        points += [point] if point else []
    if len(points) > _MOST_POINTS:
        problems.append(Problem(path, 0, "", f"holds {len(points):,} lines", f"{_MOST_POINTS} is the limit"))
    if problems:
        raise FactsFileError(problems, fix="Correct the file; nothing was written or sent.")
    return tuple(points)


def with_proof_points(application: Application, points: tuple[str, ...]) -> Application:
    """Return the application with the proof points that it needs, the most fitting first, behind its own reasons.

    An application without reasons of its own takes the first ones of the file when none of them fits in particular.
    """
    known = {note.casefold() for note in application.fit}
    new = [point for point in points if point.casefold() not in known]
    needs = (application.role, *_told(application))
    ranked = sorted(new, key=lambda point: -max(shares_subject(point, need) for need in needs))
    fitting = [point for point in ranked if any(shares_subject(point, need) for need in needs)]
    chosen = fitting or ([] if application.fit else new)
    if not chosen:
        return application
    return application.copy_with(fit=(*application.fit, *chosen)[: max(_MOST_FIT, len(application.fit))])


def _told(application: Application) -> tuple[str, ...]:
    people = [*application.contacts, *(person for interview in application.interviews for person in interview.people)]
    return tuple(note for person in people for note in (*person.discussed, person.convinced) if note)

"""How things stand for each candidate on the list; one whose home folder is broken hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from followup_mail.background.heartbeat import Heartbeat, read_heartbeat
from followup_mail.cadence.step import StepState
from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import State
from followup_mail.services.overview.today import Today, look_at_today
from followup_mail.services.overview.urgent_first import Headline, list_headlines
from followup_mail.settings.candidates import Candidate
from followup_mail.workspace import Workspace

_MARKS: Final = (
    *("broken", "stopped", "unclear", "failed", "today", "due", "missed", "answer", "held", "draft"),
    *("waits", "late", "soon", "lacks", "folder", "ended"),
)
"""The words for how headlines stand, the most urgent first."""
_FAILED: Final = frozenset({State.FAILED, State.UNCLEAR, State.MISSED})
_DUE: Final = frozenset({StepState.DUE, StepState.MISSED})

Open = Callable[[Path], Workspace]
"""Opens the workspace of a home folder."""


class CandidateDay(Struct, frozen=True):
    """What there is to do for one candidate."""

    candidate: Candidate
    headlines: tuple[Headline, ...] = ()
    """The most urgent first."""
    today: Today | None = None
    """None where it cannot be found out."""
    waits: int = 0
    """How many mails are queued."""
    failed: int = 0
    """How many mails failed, were missed, or may have been sent."""
    last_run: Heartbeat | None = None
    """The last run of the service for this home."""
    broken: str = ""
    """Why nothing can be said, in a sentence."""

    @property
    def due(self) -> int:
        """How many steps are due, or were missed."""
        return sum(one.step.state in _DUE for one in self.today.due) if self.today else 0


def look_at_all(candidates: Iterable[Candidate], open_home: Open) -> tuple[CandidateDay, ...]:
    """Return how each candidate's things stand, in the order of the list."""
    return tuple(_look_at(candidate, open_home) for candidate in candidates)


def urgent_candidates_first(days: Iterable[CandidateDay]) -> list[CandidateDay]:
    """Return the candidates for whom there is something to do; whose first headline is most urgent comes first."""
    return sorted((day for day in days if day.broken or day.headlines), key=_rank)


def _rank(day: CandidateDay) -> int:
    mark = "broken" if day.broken else day.headlines[0].mark
    return _MARKS.index(mark) if mark in _MARKS else len(_MARKS)


def _look_at(candidate: Candidate, open_home: Open) -> CandidateDay:
    if not candidate.home.is_dir():
        return CandidateDay(candidate, broken=f"The home folder is gone: {candidate.home}")
    try:
        with closing(open_home(candidate.home)) as workspace:
            return _look_into(candidate, workspace)
    except FollowupError as error:
        return CandidateDay(candidate, broken=error.sentence)
    except OSError as error:
        return CandidateDay(candidate, broken=f"{error.filename or candidate.home}: {error.strerror or error}")


def _look_into(candidate: Candidate, workspace: Workspace) -> CandidateDay:
    today = look_at_today(workspace)
    beat = read_heartbeat(workspace.log_folder)
    return CandidateDay(
        candidate,
        list_headlines(workspace, today),
        today,
        waits=len(workspace.store.entries(states={State.QUEUED})),
        failed=len(workspace.store.entries(states=_FAILED)),
        last_run=beat if beat and beat.is_run else None,
    )


def candidates_json(days: Iterable[CandidateDay]) -> list[dict[str, Any]]:
    """Return the list of candidates with what is due, waits and failed; ``null`` for what cannot be found out."""
    return [
        {
            **_named(day),
            "due": None if day.broken else day.due,
            "waits": None if day.broken else day.waits,
            "failed": None if day.broken else day.failed,
            "last_run": day.last_run and {"started_at": day.last_run.started_at, "said": day.last_run.said},
        }
        for day in days
    ]


def all_today_json(days: Iterable[CandidateDay]) -> list[dict[str, Any]]:
    """Return what ``today --json`` tells, for each candidate."""
    return list(_todays(days))


def _todays(days: Iterable[CandidateDay]) -> Iterator[dict[str, Any]]:
    from followup_mail.services.as_json.json_overviews import today_json

    for day in days:
        yield {**_named(day), "today": today_json(day.today) if day.today else None}


def _named(day: CandidateDay) -> dict[str, Any]:
    return {"candidate": day.candidate.name, "home": day.candidate.home, "error": day.broken or None}

"""The applications by where they stand: those that go on, those that have ended, those that are archived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

from followup_mail.cadence.set_aside import say_set_aside
from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import Entry
from followup_mail.services.context.ended import is_finished
from followup_mail.services.overview.application_list import ApplicationLine, list_applications
from followup_mail.services.overview.undecided import find_undecided
from followup_mail.workspace import Workspace


class Tab(StrEnum):
    """Which applications are shown."""

    OPEN = "open"
    """Not archived, and not ended or with something left to do."""
    ALL = "all"
    ENDED = "ended"
    """Ended, and not archived."""
    ARCHIVED = "archived"


class TabbedList(Struct, frozen=True):
    """The applications of one tab, what needs the user first, then by the day of the next step."""

    lines: tuple[ApplicationLine, ...]
    counts: Mapping[Tab, int]
    """How many each tab has; of a search, how many it finds there."""
    undecided: Mapping[str, tuple[Entry, ...]]
    """By short name, the mails that need a decision."""
    broken: tuple[FollowupError, ...]


def list_tab(workspace: Workspace, tab: Tab, words: Sequence[str] = ()) -> TabbedList:
    """Return the applications of a tab that all words fit; files that cannot be read hide no other."""
    listed = list_applications(workspace, words, every=True)
    undecided: dict[str, tuple[Entry, ...]] = {}
    for entry in find_undecided(workspace):
        undecided[entry.step.application] = (*undecided.get(entry.step.application, ()), entry)
    waiting = frozenset(undecided)
    by_tab = {one: [line for line in listed.lines if _is_in(line, one, waiting)] for one in Tab}
    lines = sorted(by_tab[tab], key=lambda line: (not line.needs_user, soonest(line)))
    counts = {one: len(found) for one, found in by_tab.items()}
    return TabbedList(tuple(lines), counts, undecided, listed.broken)


def soonest(line: ApplicationLine) -> datetime:
    """Return the day of the next step, as far as there is one and the application is not set aside."""
    step = line.next_step
    if step is None or step.moment is None or say_set_aside(line.application, line.context.now.date()):
        return datetime.max.replace(tzinfo=UTC)
    return step.moment


def _is_in(line: ApplicationLine, tab: Tab, waiting: frozenset[str]) -> bool:
    application = line.application
    if tab is Tab.ALL:
        return True
    if tab is Tab.ARCHIVED or application.archived:
        return tab is Tab.ARCHIVED and application.archived
    is_end = application.outcome.status.is_end
    return is_end if tab is Tab.ENDED else not (is_end and is_finished(line.context, waiting))

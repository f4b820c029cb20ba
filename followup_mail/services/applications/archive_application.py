"""Archive applications: out of sight, and nothing is sent or proposed for them. All of it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from followup_mail.cadence.set_aside import ARCHIVED
from followup_mail.cadence.wording import say_list
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.entry import OPEN, WAITS, Entry, State
from followup_mail.services.context.application_context import ApplicationContext, open_all
from followup_mail.services.context.ended import is_finished
from followup_mail.workspace import Workspace

_IN_DOUBT: Final = frozenset({State.SENDING, State.UNCLEAR})


class Archived(Struct, frozen=True):
    """One application that was archived."""

    slug: str
    cancelled: tuple[Entry, ...]


class EndedArchived(Struct, frozen=True):
    """What comes, or would come, of archiving all that have ended."""

    slugs: tuple[str, ...]
    """The short names of those that are archived."""
    left: tuple[str, ...]
    """The short names of those that have ended, and still have something to do or to decide."""
    broken: tuple[FollowupError, ...]


def find_waiting(workspace: Workspace, slug: str) -> tuple[Entry, ...]:
    """Return the mails that would be cancelled. Raises ``NotFoundError``, and ``RefusedError`` for one in doubt."""
    application = workspace.facts.load(slug)
    entries = workspace.store.entries(application=application.slug, states=OPEN)
    if in_doubt := next((entry for entry in entries if entry.state in _IN_DOUBT), None):
        raise RefusedError(
            f"{in_doubt.label} of {slug} is {in_doubt.state}; nothing was archived.",
            fix=f"See `followup-mail outbox show {in_doubt.id}` first.",
        )
    return tuple(entry for entry in entries if entry.state in WAITS)


def archive_application(workspace: Workspace, slug: str, *, cancel: bool) -> Archived:
    """Archive it. Raises ``RefusedError`` while mails wait that are not to be cancelled."""
    waiting = find_waiting(workspace, slug)
    if waiting and not cancel:
        labels = say_list([entry.label for entry in waiting])
        raise RefusedError(
            f"{labels} {'waits' if len(waiting) == 1 else 'wait'} in the outbox for {slug}; nothing was archived.",
            fix=f"To cancel {'it' if len(waiting) == 1 else 'them'} as well: followup-mail archive {slug} --yes",
        )
    done = workspace.store.cancel_all(slug, workspace.now(), ARCHIVED)
    workspace.facts.change(slug, {"archived": True})
    return Archived(slug, done.cancelled)


def bring_back(workspace: Workspace, slug: str) -> None:
    """Show an application again that was archived. Raises ``RefusedError`` for one that was not."""
    if not workspace.facts.load(slug).archived:
        raise RefusedError(f"The application {slug} is not archived.", fix="See which are: followup-mail list archived")
    workspace.facts.change(slug, {"archived": None})


def find_ended(workspace: Workspace, contexts: Sequence[ApplicationContext] | None = None) -> EndedArchived:
    """Return what ``archive_ended`` would do; ``contexts`` were opened before by whoever needs them anyway."""
    broken: Sequence[FollowupError] = ()
    if contexts is None:
        contexts, broken = open_all(workspace)
    waiting = frozenset(entry.step.application for entry in workspace.store.entries(states=OPEN))
    ended = [context for context in contexts if _is_over(context)]
    slugs = tuple(context.application.slug for context in ended if is_finished(context, waiting))
    left = (context.application.slug for context in ended if context.application.slug not in slugs)
    return EndedArchived(slugs, tuple(left), tuple(broken))


def archive_ended(workspace: Workspace) -> EndedArchived:
    """Archive every application that has ended and has nothing left to do."""
    found = find_ended(workspace)
    for slug in found.slugs:
        archive_application(workspace, slug, cancel=False)
    return found


def _is_over(context: ApplicationContext) -> bool:
    return context.application.outcome.status.is_end and not context.application.archived

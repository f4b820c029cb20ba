"""Pause an application, or all of them: nothing is sent or proposed until it is resumed. Facts first, then the outbox.

The facts decide: the check before sending asks them, so that a program that ends between the two has stopped the mails
all the same. To pause all means each one, in its own file, so that each can be read, resumed and undone by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from msgspec import Struct

from followup_mail.cadence.set_aside import ARCHIVED, PAUSED
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.outbox.entry import OPEN, OPEN_IN_EDITOR, Entry, State
from followup_mail.services.context.application_context import open_all
from followup_mail.services.context.ended import is_finished
from followup_mail.services.context.whose_words import is_ours_alone
from followup_mail.services.queueing.release_resumed import release_resumed
from followup_mail.workspace import Workspace

_LEAVES: Final = frozenset({State.DRAFT, State.QUEUED, State.SENDING})


class Paused(Struct, frozen=True):
    """One application that was paused."""

    slug: str
    until: date | None
    """The day on which it goes on by itself; None: when the user resumes it."""
    held: tuple[Entry, ...]
    """What waits in the outbox."""
    too_late: tuple[Entry, ...]
    """Those of them whose last sensible moment passes before that day."""
    stranded: tuple[Entry, ...] = ()
    """Those that go on from one of these, and cannot leave without it."""


class ManyResumed(Struct, frozen=True):
    """What was resumed with ``--all``."""

    slugs: tuple[str, ...]
    entries: tuple[Entry, ...]
    past: tuple[Entry, ...]
    """Those of them whose last sensible moment passed meanwhile."""
    broken: tuple[FollowupError, ...]


def pause_application(workspace: Workspace, slug: str, until: date | None) -> Paused:
    """Pause one. Raises ``RefusedError`` for one that is archived."""
    application = workspace.facts.load(slug)
    if application.archived:
        raise RefusedError(f"The application {slug} is {ARCHIVED}: nothing is sent for it anyway.")
    return _pause(workspace, application, until)


def pause_all(workspace: Workspace, until: date | None) -> tuple[tuple[Paused, ...], tuple[FollowupError, ...]]:
    """Pause every application that goes on; return also why others cannot be read: no mail leaves for those.

    One that is paused for longer already stays so: what the user stopped must not go on by itself on an earlier day.
    """
    applications, broken = workspace.facts.load_all()
    finished = _find_finished(workspace)
    concerned = [one for one in applications if not one.archived and one.slug not in finished]
    concerned = [one for one in concerned if not _is_paused_longer(one, until)]
    return tuple(_pause(workspace, application, until) for application in concerned), tuple(broken)


def _is_paused_longer(application: Application, until: date | None) -> bool:
    if until is None:
        return False
    paused_until = application.paused_until
    return application.paused or (paused_until is not None and paused_until > until)


def _find_finished(workspace: Workspace) -> frozenset[str]:
    """Return the short names of applications that have ended and have nothing left to do."""
    contexts, _ = open_all(workspace)
    waiting = frozenset(entry.step.application for entry in workspace.store.entries(states=OPEN))
    return frozenset(context.application.slug for context in contexts if is_finished(context, waiting))


def resume_all(workspace: Workspace) -> ManyResumed:
    """Go on with every application that is paused. One that waits for an answer to a reply still does."""
    applications, broken = workspace.facts.load_all()
    paused = [application.slug for application in applications if application.paused or application.paused_until]
    for slug in paused:
        workspace.facts.change(slug, {"paused": None, "paused_until": None})
    entries = release_resumed(workspace)
    return ManyResumed(tuple(paused), entries, find_past(entries), tuple(broken))


def find_past(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries whose last sensible moment passed while they were held: they do not leave by themselves."""
    return tuple(entry for entry in entries if entry.state is State.MISSED)


def _pause(workspace: Workspace, application: Application, until: date | None) -> Paused:
    slug = application.slug
    workspace.facts.change(slug, {"paused": None if until else True, "paused_until": until})
    held = tuple(_hold(workspace, slug))
    too_late = tuple(_too_late(held, until))
    stuck = (entry for entry in _find_stranded(held, too_late) if not is_ours_alone(workspace, entry))
    return Paused(slug, until, held, too_late, tuple(stuck))


def _hold(workspace: Workspace, slug: str) -> Iterator[Entry]:
    """Hold whatever could leave; what failed or is unclear leaves by nothing but the user's word."""
    for entry in workspace.store.entries(application=slug, states=_LEAVES):
        if entry.held == PAUSED:
            yield entry
        elif entry.held in {"", OPEN_IN_EDITOR}:
            with suppress(RefusedError):  # it has left in this moment
                yield workspace.store.hold_entry(entry.id, workspace.now(), PAUSED)


def _too_late(held: tuple[Entry, ...], until: date | None) -> Iterator[Entry]:
    for entry in held:
        last_at = entry.timing.last_at
        if until and last_at and last_at.date() < until:
            yield entry


def _find_stranded(held: tuple[Entry, ...], lost: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the mails that go on from one that will be missed, and those that go on from these."""
    gone = {entry.message.message_id for entry in lost}
    found: list[Entry] = []
    for entry in sorted(held, key=lambda entry: entry.ready_at):
        follows = entry.step.kind.traits.continues_thread and entry.message.references[-1:]
        if follows and follows[0] in gone and entry.message.message_id not in gone:
            gone.add(entry.message.message_id)
            found.append(entry)
    return tuple(found)

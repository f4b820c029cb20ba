"""Mails that are held for an application that was paused or archived, and is not any more: they go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from followup_mail.errors import FollowupError, OutboxError, RefusedError
from followup_mail.outbox.entry import OPEN, Entry
from followup_mail.workspace import Workspace


def release_resumed(workspace: Workspace) -> tuple[Entry, ...]:
    """Let everything go on whose facts say so again: the day of a pause has come, or the user took it out of the file.

    The mark in the outbox only follows the facts; the check before sending asks the facts themselves. An outbox that
    cannot be read now is told by whoever sends from it or shows it.
    """
    released: list[Entry] = []
    with suppress(OutboxError):
        released.extend(_release(workspace) if workspace.has_store else ())
    return tuple(released)


def _release(workspace: Workspace) -> Iterator[Entry]:
    held = workspace.store.entries(states=OPEN, held=True)
    if not held:
        return
    from followup_mail.cadence.set_aside import is_held_aside

    aside = [entry for entry in held if is_held_aside(entry.held)]
    going = {slug for slug in {entry.step.application for entry in aside} if _goes_on(workspace, slug)}
    for entry in aside:
        if entry.step.application in going:
            with suppress(RefusedError):  # another process was quicker, or this one only reads
                yield workspace.store.release(entry.id, workspace.now())


def _goes_on(workspace: Workspace, slug: str) -> bool:
    from followup_mail.cadence.set_aside import say_set_aside

    try:
        return not say_set_aside(workspace.facts.load(slug), workspace.now().date())
    except FollowupError:
        return False

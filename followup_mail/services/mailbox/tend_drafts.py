"""What a run does about drafts in mailboxes: put there what is not there yet, and see what became of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from followup_mail.delivery.dispatch import Result
from followup_mail.outbox.entry import State
from followup_mail.services.mailbox.notice_drafts import notice_drafts
from followup_mail.services.mailbox.put_in_drafts import complete_drafts
from followup_mail.workspace import Workspace

EVERY: Final = timedelta(minutes=5)
"""How often a run that watches looks into the mailboxes."""


def tend_drafts(workspace: Workspace, note: Callable[[str], object]) -> Iterator[Result]:
    """Yield what was put there, and what turned out to be sent or deleted there.

    ``note`` gets why a mailbox could not be read: that stops no mail.
    """
    yield from (Result(entry) for entry in complete_drafts(workspace) if entry.in_drafts)
    found = notice_drafts(workspace)
    done = {State.SENT, State.CANCELLED}
    yield from (Result(one.entry) for one in found.noticed if one.entry.state in done)
    for error in found.errors:
        note(f"drafts not looked at: {error.sentence}")


class DraftsTended:
    """Tends drafts now and then, for a run that watches."""

    def __init__(self, workspace: Workspace, report: Callable[[Result], object], note: Callable[[str], object]) -> None:
        self._workspace, self._report, self._note = workspace, report, note
        self._last: datetime | None = None

    def now_and_then(self) -> None:
        """Tend them if the last time was a while ago."""
        now = self._workspace.now()
        if self._last is not None and self._last <= now < self._last + EVERY:
            return
        self._last = now
        for result in tend_drafts(self._workspace, self._note):
            self._report(result)

"""What the buttons of an entry do. Each form carries the version it was made from; what was typed is shown again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from starlette.responses import Response

from followup_mail.checks.show_findings import FindingsError
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.damaged_rows import DamagedRowError
from followup_mail.outbox.entry import Entry
from followup_mail.services.context.departures import as_it_leaves
from followup_mail.services.mailbox.notice_drafts import notice_drafts
from followup_mail.services.mailbox.put_in_drafts import put_in_drafts
from followup_mail.services.queueing import change_entry
from followup_mail.services.queueing.change_entry import EntryChange
from followup_mail.services.queueing.editor_holds import let_go_on
from followup_mail.services.queueing.outbox_list import filled_store
from followup_mail.services.sending.find_in_mailbox import find_out
from followup_mail.services.writing.early import EarlyError
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Post
from followup_mail.web.frame.shown import entry_version, facts_version
from followup_mail.web.views.outbox.entry import show_again
from followup_mail.workspace import Workspace


def require_same(asked: Asked, workspace: Workspace, number: int) -> None:
    """Raise ``ChangedError`` unless the form was made from the entry as it is now."""
    try:
        entry = filled_store(workspace).get(number)
    except DamagedRowError as error:
        asked.require_shown(facts_version(error.damaged.sentence))
        return
    asked.require_shown(entry_version(entry), entry_version(as_it_leaves(workspace, entry)))


def _change(asked: Asked, what: str, do: Callable[[Workspace, int], EntryChange], said: str) -> Response:
    """Do something to the entry as one step; where it is refused, show it as it is, with the reason."""
    number = asked.number
    try:
        with asked.open(what) as workspace:
            require_same(asked, workspace, number)
            change = do(workspace, number)
            at = change.entry.ready_at.astimezone(workspace.own_zone) if isinstance(change.entry, Entry) else None
    except FollowupError as error:
        return _refused(asked, number, error)
    return asked.go(f"/outbox/{number}", f"outbox.{said}", change=change, at=at)


def _refused(asked: Asked, number: int, error: FollowupError) -> Response:
    status = 409 if isinstance(error, RefusedError) else 422
    given: dict[str, Any] = {"error": error}
    if isinstance(error, EarlyError):
        given["early"] = True
    if isinstance(error, FindingsError):
        given["findings"] = error.findings
    return show_again(asked, number, status, **given)


def approve(asked: Asked) -> Response:
    """Put a draft into the queue."""
    return _change(asked, f"outbox approve {asked.number}", change_entry.approve, "approved")


def cancel(asked: Asked) -> Response:
    """Take it out for good."""
    return _change(asked, f"outbox cancel {asked.number}", change_entry.cancel, "cancelled")


def retry(asked: Asked) -> Response:
    """Put it back into the queue."""
    return _change(asked, f"outbox retry {asked.number}", change_entry.retry, "queued_again")


def reschedule(asked: Asked) -> Response:
    """Give it another moment, in words or from the calendar."""
    form = asked.form
    at = form.get("at").strip() or form.get("picked").replace("T", " ")
    ignore = form.all("ignore")

    def move(workspace: Workspace, number: int) -> EntryChange:
        if not at:
            raise RefusedError(asked.filler.sentence("no_moment"), fix=asked.filler.sentence("no_moment_fix"))
        return change_entry.reschedule(workspace, number, at, ignore, form.get("early").strip())

    return _change(asked, f'outbox reschedule {asked.number} --at "{at}"', move, "moved")


def resolve(asked: Asked) -> Response:
    """Say what became of it."""
    was_sent = asked.form.get("what") == "sent"
    what = f"outbox resolve {asked.number} --{'sent' if was_sent else 'resend'}"
    return _change(asked, what, lambda at, number: change_entry.resolve(at, number, was_sent=was_sent), "resolved")


def look(asked: Asked) -> Response:
    """Look for it in the Sent folder; where it is not there, show what that means."""
    number = asked.number
    try:
        with asked.open(f"outbox resolve {number} --look") as workspace:
            require_same(asked, workspace, number)
            found = find_out(workspace, number)
    except FollowupError as error:
        return _refused(asked, number, error)
    if found.sighting and found.sighting.found_at:
        return asked.go(f"/outbox/{number}", "outbox.found", seen=found.sighting)
    return show_again(asked, number, seen=found.sighting)


def look_at_draft(asked: Asked) -> Response:
    """Look what became of it in the mailbox."""
    number = asked.number
    try:
        with asked.open() as workspace:
            found = notice_drafts(workspace, number)
    except FollowupError as error:
        return _refused(asked, number, error)
    if found.errors:
        return _refused(asked, number, found.errors[0])
    return asked.go(f"/outbox/{number}", "outbox.draft_seen", noticed=found.noticed)


def put_there(asked: Asked) -> Response:
    """Put it into the Drafts folder of the mailbox."""

    def put(workspace: Workspace, number: int) -> EntryChange:
        return EntryChange(put_in_drafts(workspace, (number,))[0])

    return _change(asked, f"outbox to-drafts {asked.number}", put, "put_in_drafts")


def go_on(asked: Asked) -> Response:
    """Let it go on that an editor left held. No step: it would only be held by nobody again."""

    def free(workspace: Workspace, number: int) -> EntryChange:
        entry = filled_store(workspace).get(number)
        return EntryChange(as_it_leaves(workspace, let_go_on(workspace, entry) or entry))

    return _change(asked, "", free, "goes_on")


ROUTES: Final = (
    Post("/outbox/{id:int}/approve", approve),
    Post("/outbox/{id:int}/cancel", cancel),
    Post("/outbox/{id:int}/reschedule", reschedule),
    Post("/outbox/{id:int}/retry", retry),
    Post("/outbox/{id:int}/resolve", resolve),
    Post("/outbox/{id:int}/look", look),
    Post("/outbox/{id:int}/look-at-draft", look_at_draft),
    Post("/outbox/{id:int}/to-drafts", put_there),
    Post("/outbox/{id:int}/go-on", go_on),
)

"""What became of mails that were let go a moment ago: when they leave, and the way back while it is open."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from starlette.responses import Response

from followup_mail.outbox.entry import WAITS, Entry, State
from followup_mail.services.queueing.grace import GRACE
from followup_mail.services.sending.queue_shown import look_after, take_back
from followup_mail.web.drawing.read_mail import Leaving
from followup_mail.web.frame.asked import Asked, read_number
from followup_mail.workspace import Workspace


class Gone(Struct, frozen=True):
    """A mail that was let go."""

    entry: Entry
    leaving: Leaving
    seconds: int
    """Until it may leave; 0 when it may."""
    is_soon: bool
    """Whether it leaves within the minutes for which somebody watches."""
    can_be_taken_back: bool


def show_done(asked: Asked) -> Response:
    """Show the mails whose numbers the address names."""
    with asked.open() as workspace:
        gone = _look(workspace, asked.query.all("mail"))
        slug, kind = asked.path["slug"], asked.path["kind"]
        watched = any(way.is_soon for way in gone)
        return asked.page("writing/done.html", gone=gone, slug=slug, kind=kind, is_watched=watched)


def take_mails_back(asked: Asked) -> Response:
    """Cancel those that have not left, and say which have."""
    with asked.open("outbox cancel") as workspace:
        numbers = asked.form.all("mail")
        taken, late = take_back(workspace, _numbers(numbers))
        names = [entry.message.to.name or entry.message.to.email for entry in taken]
    address = asked.address.partition("?")[0].rpartition("/")[0]
    query = "&".join(f"mail={number}" for number in _numbers(numbers))
    return asked.go(f"{address}/done?{query}", "writing.taken_back", can_undo=False, names=names, late=late)


def _look(workspace: Workspace, numbers: Sequence[str]) -> tuple[Gone, ...]:
    now = workspace.now()
    found = []
    for entry in look_after(workspace, _numbers(numbers)):
        seconds = max(0, round((entry.ready_at - now).total_seconds()))
        waits = entry.state in {State.QUEUED, State.SENDING} and not entry.held
        found.append(
            Gone(
                entry,
                Leaving.make(entry.ready_at, entry.timing, workspace.own_zone),
                seconds,
                waits and seconds <= 5 * GRACE.total_seconds(),
                entry.state in WAITS and not entry.in_drafts,
            )
        )
    return tuple(found)


def _numbers(texts: Sequence[str]) -> list[int]:
    return [number for text in texts[:100] if (number := read_number(text))]

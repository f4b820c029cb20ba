"""The inbox as a whole: what came, when each mailbox was looked at, and a look now."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from starlette.responses import Response

from followup_mail.errors import RefusedError
from followup_mail.outbox.seen_mail import SeenMail, SeenState
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.mailbox.inbox_list import forget_seen, read_inbox
from followup_mail.services.mailbox.look_in_mailbox import look_everywhere
from followup_mail.services.mailbox.try_looking import try_looking
from followup_mail.services.undo.undo_step import say_age
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.inbox.told import tell
from followup_mail.workspace import Workspace

_LATELY: Final = timedelta(days=14)


def show_inbox(asked: Asked) -> Response:
    """Show what asks for a decision, then what came lately; with ``all`` everything."""
    every = bool(asked.query.get("all"))
    with asked.open() as workspace:
        inbox = read_inbox(workspace)
        others = [seen for seen in inbox.seen if seen not in inbox.open and (every or _is_shown(workspace, seen))]
        return asked.page(
            "inbox/list.html",
            asking=[tell(workspace, seen, inbox.seen) for seen in inbox.open],
            others=[tell(workspace, seen, inbox.seen) for seen in others],
            hidden=len(inbox.seen) - len(inbox.open) - len(others),
            every=every,
            looks=[(look, say_age(look.looked_at, workspace.now()) if look.looked_at else "") for look in inbox.looks],
            has_mailbox=any(way.has_mailbox for way in every_account(workspace)),
            count=len(inbox.seen),
        )


def _is_shown(workspace: Workspace, seen: SeenMail) -> bool:
    return seen.state is not SeenState.DISMISSED and seen.seen_at >= workspace.now() - _LATELY


def look_now(asked: Asked) -> Response:
    """Look into every mailbox, and say what it brought."""
    with asked.open() as workspace:
        looks = look_everywhere(workspace)
    return asked.go("/inbox", "inbox.looked", looks=looks)


def show_trial(asked: Asked) -> Response:
    """Show which mails a look would read, and why. Nothing is kept."""
    with asked.open() as workspace:
        return asked.page("inbox/trial.html", trial=try_looking(workspace))


def forget_all(asked: Asked) -> Response:
    """Delete what is kept of every mail."""
    say = asked.filler.sentence
    with asked.open("inbox forget --all") as workspace:
        if not asked.form.get("sure"):
            raise RefusedError(say("not_sure"), fix=say("not_sure_fix"))
        numbers = [seen.id for seen in read_inbox(workspace).seen]
        asked.require_shown(str(len(numbers)))
        forget_seen(workspace, numbers)
    return asked.go("/inbox", "inbox.forgotten", count=len(numbers))


ROUTES: Final = (
    Get("/inbox", show_inbox),
    Post("/inbox/look", look_now),
    Post("/inbox/try", show_trial),
    Post("/inbox/forget", forget_all),
)

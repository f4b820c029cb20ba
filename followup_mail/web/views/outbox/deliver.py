"""The outbox as a whole: the list, what is due now, whether it is sound, and a copy of everything."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.delivery.dispatch import Result
from followup_mail.services.context.mail_accounts import explain_unfit
from followup_mail.services.queueing.outbox_groups import group_entries
from followup_mail.services.queueing.outbox_list import find_remaining
from followup_mail.services.queueing.stranded import explain_stranded
from followup_mail.services.queueing.verify import verify_outbox
from followup_mail.services.sending.paused_accounts import list_pauses, say_pause
from followup_mail.services.sending.run_due import run_once
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post


def show_outbox(asked: Asked) -> Response:
    """Show what needs the user first, then what leaves when; with ``all`` what has left."""
    application, every = asked.query.get("app"), bool(asked.query.get("all"))
    with asked.open() as workspace:
        groups = group_entries(workspace, application, every=every)
        return asked.page(
            "outbox/list.html",
            groups=groups,
            application=application,
            every=every,
            own_zone=workspace.own_zone,
            leaves_machine=workspace.leaves_machine,
            pauses=[say_pause(pause, workspace) for pause in list_pauses(workspace)] if workspace.has_store else [],
        )


def deliver_now(asked: Asked) -> Response:
    """Deliver what is due, and tell what became of each."""
    found: list[Result] = []
    with asked.open("run") as workspace:
        run_once(workspace, found.append, may_notify=False)
        unfit = explain_unfit(workspace) or explain_stranded(workspace)
        left = find_remaining(workspace)
        next_at = left.next_at.astimezone(workspace.own_zone) if left.next_at else None
        return asked.go(
            "/outbox", "outbox.delivered", results=found, unfit=unfit, next_at=next_at, own_zone=workspace.own_zone
        )


def show_soundness(asked: Asked) -> Response:
    """Look for damage."""
    with asked.open() as workspace:
        return asked.page("outbox/sound.html", problems=verify_outbox(workspace) if workspace.has_store else ())


def hand_out_copy(asked: Asked) -> Response:
    """Hand out everything as an archive."""
    from followup_mail.services.queueing.export_outbox import zip_outbox

    with asked.open() as workspace:
        content = zip_outbox(workspace)
    headers = {"content-disposition": 'attachment; filename="outbox.zip"'}
    return Response(content, headers=headers, media_type="application/zip")


ROUTES: Final = (
    Get("/outbox", show_outbox),
    Post("/outbox/run", deliver_now),
    Get("/outbox/sound", show_soundness),
    Get("/outbox/outbox.zip", hand_out_copy),
)

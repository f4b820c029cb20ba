"""One mail that was seen: what is kept of it, what it really is, and forgetting it."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.errors import FollowupError, RefusedError
from followup_mail.facts.said_readings import Side
from followup_mail.incoming.understood import Understanding
from followup_mail.services.mailbox.correct_seen import correct_seen, read_understanding
from followup_mail.services.mailbox.inbox_list import find_seen, forget_seen, read_inbox
from followup_mail.services.typed.said_options import read_day_option
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.inbox.told import seen_version, tell


def show(asked: Asked) -> Response:
    """Show one mail."""
    return show_again(asked, asked.number)


def show_again(asked: Asked, number: int, status: int = 200, error: FollowupError | None = None) -> Response:
    """Show a mail as it is understood now, perhaps with the reason why a form was refused."""
    with asked.open() as workspace:
        seen = find_seen(workspace, number)
        told = tell(workspace, seen, read_inbox(workspace).seen)
        applications = workspace.facts.slugs()
    chosen = asked.form.get("application") or (seen.mail.applications[0] if len(seen.mail.applications) == 1 else "")
    return asked.page(
        "inbox/seen.html",
        status,
        told=told,
        error=error,
        applications=sorted(applications),
        kinds=tuple(Understanding),
        chosen=chosen,
        kind=asked.form.get("what"),
    )


def correct(asked: Asked) -> Response:
    """Say what a mail really is; what followed from the mistake is taken back."""
    number, form = asked.number, asked.form
    what, slug, back = form.get("what"), form.get("application"), form.get("back_on").strip()
    command = f"inbox correct m{number}" + (f" --as {what.partition(' ')[0]}" if what else "")
    try:
        with asked.open(command) as workspace:
            was = find_seen(workspace, number)
            asked.require_shown(seen_version(was))
            slug = "" if was.mail.applications == (slug,) else slug
            if not (what or slug or back):
                say = asked.filler.sentence
                raise RefusedError(say("nothing_corrected"), fix=say("nothing_corrected_fix"))
            day = read_day_option(workspace, "--back-on", back, Side.COMING) if back else None
            correct_seen(workspace, number, read_understanding(what) if what else None, slug, day)
    except FollowupError as error:
        return show_again(asked, number, 409, error)
    return asked.go(f"/inbox/{number}", "inbox.corrected")


def forget(asked: Asked) -> Response:
    """Delete what is kept of it."""
    number = asked.number
    try:
        with asked.open(f"inbox forget m{number}") as workspace:
            asked.require_shown(seen_version(find_seen(workspace, number)))
            forget_seen(workspace, [number])
    except RefusedError as error:
        return show_again(asked, number, 409, error)
    return asked.go("/inbox", "inbox.forgotten", count=1)


ROUTES: Final = (
    Get("/inbox/{id:int}", show),
    Post("/inbox/{id:int}/correct", correct),
    Post("/inbox/{id:int}/forget", forget),
)

"""The mails that answers went into, shown whole at the end of the questions: a sentence is judged where it stands."""

from __future__ import annotations

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.views import show_mail
from followup_mail.errors import FollowupError
from followup_mail.services.prepare import prepare
from followup_mail.services.request import Request
from followup_mail.workspace import Workspace


def show_as_it_stands(workspace: Workspace, slug: str, kind: Kind, to: str = "") -> None:
    """Show each mail of a kind as it would leave now; what stands in the way is said, and is no error here."""
    try:
        batch = prepare(workspace, Request(slug, kind, (to,) if to else (), even_taken=True))
    except FollowupError as error:
        screen.note(f"The mail cannot be shown yet: {error.sentence}")
        return
    screen.out()
    show_mail.show_all(batch.prepared, workspace.own_zone)
    screen.out()

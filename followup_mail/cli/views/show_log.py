"""What was done by hand, recorded and told."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.outbox.entry import State
from followup_mail.services.log_contact import Done, log_touch
from followup_mail.workspace import Workspace


def log_and_show(workspace: Workspace, done: Done, json: bool) -> None:
    """Record something the user did, and say what it was taken for."""
    touch = log_touch(workspace, done)
    if json:
        screen.emit_json(touch)
        return
    how = touch.channel.traits.label if touch.reached else f"{touch.channel.traits.label} that reached nobody"
    screen.out(f"Recorded: {how} to {touch.step.person or 'them'}, as {touch.step.kind} of round {touch.step.round}.")
    for entry in workspace.store.entries(application=touch.step.application, states={State.QUEUED, State.DRAFT}):
        if touch.reached and entry.step == touch.step:
            screen.note(screen.doubtful(f"{entry.label} was {entry.state} for the same and does not leave any more."))
            screen.note(f"`followup-mail outbox cancel {entry.id}` lets it go.")
    screen.note(f"`followup-mail plan {touch.step.application}` shows what comes next.")

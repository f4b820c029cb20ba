"""What was done by hand, recorded and told."""

from __future__ import annotations

from followup_mail.cadence.step import Step
from followup_mail.cadence.wording import say_list
from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.choices import pick
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.by_hand.logged_step import take_first
from followup_mail.services.proposals.proposal_words import say_name
from followup_mail.workspace import Workspace


def log_and_show(workspace: Workspace, done: Done, json: bool) -> None:
    """Record something the user did, and say what it was taken for."""
    choose = _ask_which if screen.is_interactive() and not json else take_first
    logged = log_touch(workspace, done, choose)
    touch = logged.touch
    if json:
        screen.emit_json(touch)
        return
    how = touch.channel.traits.label if touch.reached else f"{touch.channel.traits.label} that reached nobody"
    what = touch.step.kind.traits.in_sentence
    name = say_name(workspace, touch.step.application, touch.step.person) if touch.step.person else "them"
    screen.out(f"Recorded: {how} to {name}, as the {what}{_say_round(touch.step.round)}.")
    if logged.others and choose is take_first:
        kinds = say_list([step.kind.traits.in_sentence for step in logged.others], "or")
        again = f"followup-mail log {touch.step.application} {done.channel} --kind {logged.others[0].kind}"
        screen.note(f"It could have been the {kinds} as well. If so: `followup-mail undo`, then `{again}`.")
    for entry in logged.superseded:
        screen.note(screen.doubtful(f"{entry.label} was {entry.state} for the same and does not leave any more."))
        screen.note(f"`followup-mail outbox cancel {entry.id}` takes it out of the queue.")
    screen.note(f"`followup-mail plan {touch.step.application}` shows what comes next.")


def _say_round(number: int) -> str:
    return f" of round {number}" if number else ", before any interview"


def _ask_which(steps: tuple[Step, ...]) -> Step:
    """Ask what it was for; Enter means the first."""
    screen.note("What was it?")
    chosen = pick((step.kind.traits.in_sentence for step in steps), "Number (Enter takes the first): ")
    return steps[chosen or 0]

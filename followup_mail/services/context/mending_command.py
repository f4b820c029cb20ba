"""What to type about a follow-up that lacks a fact, so that it can be written: without the program's name."""

from __future__ import annotations

from typing import Final

from followup_mail.cadence.step import Step, StepState
from followup_mail.cadence.wording import say_list
from followup_mail.facts.application import Application
from followup_mail.language.promises import in_option, option_to_keep, option_to_name, promises_to, promises_to_nobody

_OPTIONS: Final = {"email": ("address", "ADDRESS"), "phone": ("phone", "NUMBER")}
"""For each field by which somebody is reached: the option of ``change`` that fills it, and what to write for it."""


def mending_command(step: Step) -> str:
    """Return the command that fills in the first fact that is missing."""
    slug, field = step.id.application, step.channel.traits.address_field
    if step.person is None:
        return f'change {slug} --contact "NAME <ADDRESS>"'
    if field and not getattr(step.via or step.person, field):
        option, value = _OPTIONS.get(field, ("", ""))
        return f'change {slug} --{option} "{step.person.key}: {value}"' if option else f"edit {slug}"
    return f"ask {slug}"


def lacks_now(step: Step) -> bool:
    """Return whether a fact is missing by now: what an interview will bring is not, before it is over."""
    return bool(step.needs) and step.state is not StepState.UPCOMING


def find_open_promise(application: Application, step: Step) -> tuple[str, str]:
    """Return what a thank-you lacks to keep a promise, in a phrase, and what to type about it; FM605 stops it so long.

    Empty where it lacks nothing, or where its time has not come.
    """
    due = step.state in {StepState.DUE, StepState.MISSED}
    if step.person is None or step.needs or not due or not step.kind.traits.thanks_for_interview:
        return "", ""
    change = f"change {application.slug}"
    for kept in promises_to(application, step.person):
        if kept.is_open:
            return (
                f'it needs the file that you promised, "{in_option(kept.promise)}"',
                f"{change} {option_to_keep(kept.promise)}",
            )
    for promise in promises_to_nobody(application):
        return f'it needs whom you promised "{in_option(promise)}"', f"{change} {option_to_name(promise)}"
    return "", ""


def say_needs(step: Step) -> str:
    """Return the facts that are missing, in a phrase."""
    return f"it needs {say_list(step.needs)}"

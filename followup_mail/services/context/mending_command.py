"""What to type about a follow-up that lacks a fact, so that it can be written: without the program's name."""

from __future__ import annotations

from typing import Final

from followup_mail.cadence.step import Step, StepState
from followup_mail.cadence.wording import say_list

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


def say_needs(step: Step) -> str:
    """Return the facts that are missing, in a phrase."""
    return f"it needs {say_list(step.needs)}"

"""What to type when a step lacks a fact: the question for it, or the option of ``change``."""

from __future__ import annotations

from followup_mail.cadence.step import Step
from followup_mail.facts.channels import Channel


def fill_in_command(step: Step) -> str:
    """Return the command that takes what a blocked step needs, without the program's name."""
    slug = step.id.application
    if step.person is None:
        return f'change {slug} --person "NAME <ADDRESS>; TITLE"'
    missing = step.channel.traits.address_missing
    if not missing or f"{missing} {step.person.name}" not in step.needs:
        return f"ask {slug}"
    if step.channel is Channel.EMAIL:
        return f'change {slug} --address "{step.person.key}: THEIR ADDRESS"'
    return f"edit {slug}"

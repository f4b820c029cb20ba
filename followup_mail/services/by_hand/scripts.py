"""What to say on the phone, print or post for a step that is not a mail."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from followup_mail.cadence.requested_step import Wish, make_step
from followup_mail.cadence.step import Kind, Step, StepState
from followup_mail.cadence.wording import say_list
from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.day_wording import say_date
from followup_mail.drafts.write_script import Script, write_script
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.application import Person
from followup_mail.facts.channels import CARD, Channel
from followup_mail.services.by_hand.log_contact import read_channel
from followup_mail.services.context.application_context import ApplicationContext, open_application, place_of
from followup_mail.services.context.mail_accounts import of_application
from followup_mail.services.context.request import find_members
from followup_mail.services.typed.user_files import write_user_file
from followup_mail.workspace import Workspace

_AHEAD = frozenset({StepState.DUE, StepState.UPCOMING, StepState.MISSED})
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>@page{{size:auto;margin:25mm}}body{{font:12pt/1.5 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em}}
address{{font-style:normal;white-space:pre-line;margin:0 0 2em}}p{{white-space:pre-line;margin:0 0 1em}}
p:last-of-type{{margin-top:4em}}
@media print{{body{{margin:0;padding:0}}}}</style></head>
<body>{head}{paragraphs}</body></html>
"""
_HEAD = """<address>{sender}</address><address>{recipient}</address><p>{day}</p>
"""


class ScriptChoice(NamedTuple):
    """Which script is wanted; the plan decides about whatever is empty."""

    to: str = ""
    channel: str = ""
    form: str = ""
    """Another form of the same text: "card"."""


def choose_script(context: ApplicationContext, to: str, channel: str) -> Step:
    """Return the next step that is a call, a letter or a message; or, with a channel named, such a step made for it."""
    member = next(iter(find_members(context.application, (to,) if to else ())), None)
    wanted = read_channel(channel) if channel else None
    fitting = [
        step
        for step in context.plan.steps
        if not step.channel.traits.is_sent and step.state in _AHEAD
        if member is None or step.id.person == member.handle
        if wanted in (None, step.channel)
    ]
    if fitting:
        return fitting[0]
    if wanted is None or not wanted.traits.script:
        raise NotFoundError(
            f"The plan of {context.application.slug} has nothing ahead that needs a script.",
            fix=f"Name the channel: --channel {say_list(Channel.words(scripted=True), 'or')}.",
        )
    wish = Wish(Kind(wanted.traits.usual_kind), member.handle if member else "", wanted)
    return make_step(context.planning, wish)


class WrittenScript(Struct, frozen=True):
    """What to say or to print for one step."""

    step: Step
    words: Script

    @property
    def number(self) -> str:
        """The number to call, or nothing."""
        return number_to_call(self.words)


def make_script(workspace: Workspace, slug: str, choice: ScriptChoice) -> WrittenScript:
    """Write the script of the next step that is not a mail, or of the channel and person named."""
    context = open_application(workspace, slug)
    step = choose_script(context, choice.to, choice.channel)
    return WrittenScript(step, script_for(workspace, context, step, choice.form))


def save_letter(workspace: Workspace, slug: str, choice: ScriptChoice, path: Path) -> None:
    """Write a letter as a page to print. Raises ``RefusedError`` when the step is no letter."""
    context = open_application(workspace, slug)
    page = letter_page(workspace, context, choose_script(context, choice.to, choice.channel), choice.form)
    write_user_file(path, page.encode())


def script_for(workspace: Workspace, context: ApplicationContext, step: Step, form: str = "") -> Script:
    """Write the script of one step. Raises ``TemplateError`` when a fact is missing."""
    moment = step.moment or context.now
    assignment = Assignment(
        context.application, step, context.history, moment, wording=form, defaults=context.planning.defaults
    )
    return write_script(of_application(workspace, context.application).writer, assignment)


def letter_page(workspace: Workspace, context: ApplicationContext, step: Step, form: str = "") -> str:
    """Return a page to print: both addresses, the day, the letter with room to sign it, everything escaped.

    A card has neither addresses nor day. Raises ``RefusedError`` when the step is no letter.
    """
    script = script_for(workspace, context, step, form)
    if not step.channel.traits.is_printed:
        raise RefusedError("Only a letter can be written as a page to print.", fix="Add --channel letter.")
    texts = script.parts[0].text.split("\n\n")
    return _PAGE.format(
        title=escape(f"{CARD.capitalize() if form == CARD else 'Letter'} to {script.person.name}"),
        head="" if form == CARD else _letter_head(workspace, context, step, script.person),
        paragraphs="\n".join(f"<p>{escape(text)}</p>" for text in texts),
    )


def _letter_head(workspace: Workspace, context: ApplicationContext, step: Step, person: Person) -> str:
    sender = of_application(workspace, context.application).sender
    moment = step.moment or context.now
    return _HEAD.format(
        sender=escape("\n".join(one for one in (sender.mailbox.name, sender.phone, sender.mailbox.email) if one)),
        recipient=escape("\n".join((person.name, person.title, context.application.company, *person.postal_address))),
        day=escape(say_date(moment.date(), place_of(workspace, context.application, person).country)),
    )


def number_to_call(script: Script) -> str:
    """Return the number of a call, or nothing."""
    return script.person.phone or "" if script.channel.traits.is_call else ""

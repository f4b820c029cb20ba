"""What to say on the phone, print or post for a step that is not a mail."""

from __future__ import annotations

from html import escape

from followup_mail.cadence.requested_step import Wish, make_step
from followup_mail.cadence.step import Kind, Step, StepState
from followup_mail.cadence.wording import say_list
from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.day_wording import say_date
from followup_mail.drafts.write_script import Script, write_script
from followup_mail.errors import NotFoundError
from followup_mail.facts.channels import Channel
from followup_mail.services.application_context import ApplicationContext
from followup_mail.services.log_contact import read_channel
from followup_mail.services.request import find_members
from followup_mail.workspace import Workspace

_AHEAD = frozenset({StepState.DUE, StepState.UPCOMING, StepState.MISSED})
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>@page{{size:auto;margin:25mm}}body{{font:12pt/1.5 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em}}
address{{font-style:normal;white-space:pre-line;margin:0 0 2em}}p{{white-space:pre-line;margin:0 0 1em}}
p:last-of-type{{margin-top:4em}}
@media print{{body{{margin:0;padding:0}}}}</style></head>
<body><address>{sender}</address><address>{recipient}</address><p>{day}</p>
{paragraphs}</body></html>
"""


def choose_script(workspace: Workspace, case: ApplicationContext, to: str, channel: str) -> Step:
    """Return the next step that is a call, a letter or a message; or, with a channel named, such a step made for it."""
    member = next(iter(find_members(case.application, (to,) if to else ())), None)
    wanted = read_channel(channel) if channel else None
    fitting = [
        step
        for step in case.plan.steps
        if not step.channel.traits.is_sent and step.state in _AHEAD
        if member is None or step.id.person == member.handle
        if wanted in (None, step.channel)
    ]
    if fitting:
        return fitting[0]
    if wanted is None or not wanted.traits.script:
        raise NotFoundError(
            f"The plan of {case.application.slug} has nothing ahead that needs a script.",
            fix=f"Name the channel: --channel {say_list(Channel.words(scripted=True), 'or')}.",
        )
    opens, closes = workspace.settings.office_hours
    wish = Wish(Kind(wanted.traits.usual_kind), member.handle if member else "", wanted, opens, closes)
    return make_step(case.application, case.cadence, case.history, case.now, wish)


def script_for(workspace: Workspace, case: ApplicationContext, step: Step) -> Script:
    """Write the script of one step. Raises ``TemplateError`` when a fact is missing."""
    moment = step.moment or case.now
    return write_script(workspace.writer, Assignment(case.application, step, case.history, moment))


def letter_page(workspace: Workspace, case: ApplicationContext, step: Step) -> str:
    """Return a page to print: both addresses, the day, the letter with room to sign it, everything escaped."""
    script = script_for(workspace, case, step)
    person = script.person
    sender = workspace.sender
    moment = step.moment or case.now
    texts = script.parts[0].text.split("\n\n")
    return _PAGE.format(
        title=escape(f"Letter to {person.name}"),
        sender=escape("\n".join(one for one in (sender.mailbox.name, sender.phone, sender.mailbox.email) if one)),
        recipient=escape("\n".join((person.name, person.title, case.application.company, *person.postal_address))),
        day=escape(say_date(moment.date(), person.country or case.application.country)),
        paragraphs="\n".join(f"<p>{escape(text)}</p>" for text in texts),
    )


def number_to_call(script: Script) -> str:
    """Return the number of a call, or nothing."""
    return script.person.phone or "" if script.channel.traits.is_call else ""

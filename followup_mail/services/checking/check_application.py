"""The checks of a whole application over time: what waits, and what is still to be written.

Each mail is judged as if those before it had been sent, so that a reason which stands in three of them is found while
it can still be changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from followup_mail.cadence.step import Kind, StepState, Touch
from followup_mail.checks import Rule, choose_rules
from followup_mail.errors import FollowupError, OutboxError
from followup_mail.services.checking.check_waiting import entry_context, waiting_entries
from followup_mail.services.checking.repeats import say_once
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.context.mail_accounts import of_entry
from followup_mail.services.context.request import Request
from followup_mail.services.writing.check_inputs import read_background
from followup_mail.services.writing.checked import Checked, CheckedMail, check_one
from followup_mail.services.writing.prepare import prepare_in
from followup_mail.services.writing.prepared import Batch, Prepared
from followup_mail.workspace import Workspace


def check_application(workspace: Workspace, slug: str, rules: Sequence[Rule]) -> Checked:
    """Check every mail that waits or that the plan has still to write, and say why some cannot be checked."""
    try:
        context = open_application(workspace, slug)
    except OutboxError:
        raise
    except FollowupError as error:
        return Checked((), (error.sentence,))
    mails, not_checked = _check_waiting(workspace, context, rules), list[str]()
    for kind in _kinds_to_write(context):
        try:
            batch = prepare_in(workspace, context, Request(slug, kind))
        except FollowupError as error:
            not_checked.append(f"{slug}, {kind.traits.in_sentence}: {error.sentence}")
            continue
        mails += _take_batch(batch, kind, slug, rules)
        context = _after(context, (_touch(prepared) for prepared in batch.prepared))
    return Checked(say_once(mails), tuple(not_checked))


def _check_waiting(workspace: Workspace, context: ApplicationContext, rules: Sequence[Rule]) -> list[CheckedMail]:
    """Check the mails in the outbox, without the rules that the user left out when they were queued."""
    slug = context.application.slug
    background = read_background(workspace, context)
    found = []
    done = {touch.step for touch in context.history.touches if touch.reached}
    for entry in waiting_entries(workspace, slug):
        if entry.step in done:  # Done by hand since: it does not leave any more.
            continue
        sender = of_entry(workspace, entry).sender.mailbox
        name = f"{slug}, {entry.step.kind} to {entry.message.to.name} ({entry.label}, {entry.state})"
        heeded = {rule.code for rule in choose_rules(ignored_before=entry.ignored_rules)}
        chosen = tuple(rule for rule in rules if rule.code in heeded)
        found.append(check_one(name, entry_context(context, background, sender, entry), chosen))
    return found


def _take_batch(batch: Batch, kind: Kind, slug: str, rules: Sequence[Rule]) -> list[CheckedMail]:
    """Return the drafts with what the chosen rules found when they were prepared."""
    codes = {rule.code for rule in rules}
    return [
        CheckedMail(
            f"{slug}, {kind} to {mail.written.draft.to.name}",
            mail.context,
            tuple(finding for finding in mail.findings if finding.code in codes),
        )
        for mail in batch.prepared
    ]


def _kinds_to_write(context: ApplicationContext) -> Iterable[Kind]:
    """Return the kinds of mail that the plan has still to write, in its order."""
    open_states = {StepState.DUE, StepState.UPCOMING}
    steps = (step for step in context.plan.steps if step.channel.traits.is_sent and step.state in open_states)
    return dict.fromkeys(step.kind for step in steps)


def _touch(prepared: Prepared) -> Touch:
    written = prepared.written
    return Touch(written.step.id, written.step.channel, written.timing.due_at, text=written.draft.text)


def _after(context: ApplicationContext, touches: Iterable[Touch]) -> ApplicationContext:
    """Return the application as if mails had been sent; its plan stays as it is."""
    history = replace(context.history, touches=(*context.history.touches, *touches))
    return replace(context, planning=replace(context.planning, history=history))

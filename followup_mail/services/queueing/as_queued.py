"""Mails of a request as they wait in the outbox: a step that is queued is shown as it will leave, not written anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.entry_state import WAITS, State
from followup_mail.checks import check_mail, choose_rules
from followup_mail.drafts.html_layout import lay_out
from followup_mail.outbox.entry import Entry
from followup_mail.services.checking.check_waiting import entry_context
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.departures import as_it_leaves, as_they_leave
from followup_mail.services.context.mail_accounts import of_entry
from followup_mail.services.context.why_then import say_why_now, why_of
from followup_mail.services.writing.check_inputs import read_background
from followup_mail.services.writing.early import without_early
from followup_mail.services.writing.prepared import Prepared
from followup_mail.workspace import Workspace

_READY: Final = WAITS | {State.SENDING, State.UNCLEAR, State.IN_FOLDER}


def take_queued(workspace: Workspace, prepared: Sequence[Prepared]) -> tuple[tuple[Prepared, ...], tuple[Entry, ...]]:
    """Return the mails, those that wait as they wait, and the entries of these."""
    if not prepared or not workspace.has_store:
        return tuple(prepared), ()
    slug = prepared[0].written.draft.step.application
    waiting = {entry.step: entry for entry in workspace.store.entries(application=slug, states=_READY)}
    found = [waiting.get(mail.written.draft.step) for mail in prepared]
    pairs = zip(prepared, found, strict=True)
    mails = [_as_queued(workspace, mail, entry) if entry else mail for mail, entry in pairs]
    return tuple(mails), as_they_leave(workspace, (entry for entry in found if entry))


def _as_queued(workspace: Workspace, prepared: Prepared, entry: Entry) -> Prepared:
    mail, leaving = entry.message, as_it_leaves(workspace, entry)
    draft = replace(
        prepared.written.draft,
        to=mail.to,
        subject=mail.subject,
        text=mail.text,
        html=lay_out(workspace.writer.render, mail.subject, mail.text),
        wording=mail.wording,
        own_words=(),
    )
    timing = replace(entry.timing, due_at=leaving.ready_at).at_place()
    context = open_application(workspace, entry.step.application)
    around = entry_context(
        context, read_background(workspace, context), of_entry(workspace, entry).sender.mailbox, entry
    )
    findings = check_mail(around, choose_rules(ignored_before=entry.ignored_rules))
    if leaving.stays:  # what does not leave does not leave too early
        findings = without_early(findings)
    stays = f"{leaving.stays.rstrip('.')}. {leaving.fix}".rstrip() if leaving.stays else ""
    planned = context.plan.step(entry.step)
    why = (say_why_now(planned, entry, leaving.ready_at) if planned else "") or why_of(entry)
    written = replace(
        prepared.written, draft=draft, timing=timing, why=why, stays=stays, unwritable=None, model_use=None
    )
    message = replace(mail, content=workspace.store.content(entry.id))
    return Prepared(written, message, around, findings)

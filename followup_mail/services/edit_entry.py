"""Change what is queued: another moment, other words. And take everything out into files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from followup_mail.cadence.step import StepState
from followup_mail.cadence.when import parse_when
from followup_mail.checks import CheckContext, Enclosure, Finding, check_mail, choose_rules, refuse_errors, with_facts
from followup_mail.drafts.html_layout import lay_out
from followup_mail.errors import RefusedError
from followup_mail.message.compose import compose, renew_id
from followup_mail.message.draft import Draft, Thread
from followup_mail.outbox.base_store import Exported
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import NEWER_ZONES, Entry, Rewording, find_clock
from followup_mail.outbox.transitions import Cause
from followup_mail.services.application_context import open_case
from followup_mail.services.attachable import read_promised
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace

_GRACE = timedelta(days=2)


def reschedule_entry(workspace: Workspace, entry_id: int, at: str, ignore: Sequence[str] = ()) -> Entry:
    """Give an entry a moment in the WHEN grammar, in the recipient's zone.

    Raises ``RefusedError`` when a check finds an error at that moment, e.g. that it is before a day they named.
    """
    entry = workspace.store.get(entry_id)
    now = workspace.now()
    clock = find_clock(entry.timing.place.zone)
    if clock is None:
        raise RefusedError(
            f"{entry.label} goes to the time zone {entry.timing.place.zone}, which this machine does not know.",
            fix=f"{NEWER_ZONES} Or cancel it, and write it again.",
        )
    moment = parse_when(at, now, clock, workspace.own_zone)
    last_at = max(entry.timing.last_at, moment + _GRACE) if entry.timing.last_at else None
    timing = replace(entry.timing, due_at=moment, last_at=last_at, insisted=True)
    moved = replace(entry, timing=timing)
    message, ignored = entry.message, (*entry.ignored_rules, *ignore)
    refuse_errors(check_words(workspace, moved, message.subject, message.text, ignored))
    return workspace.store.reschedule(entry_id, timing, now)


def reword_entry(workspace: Workspace, entry: Entry, subject: str, text: str, ignore: Sequence[str]) -> Entry:
    """Replace subject and text of an entry; checked again, composed again, its place in the thread kept.

    Raises ``RefusedError`` when a check finds an error, when the entry was changed or sent meanwhile, or when it was
    written from another address than the one that is set: other words would leave as somebody else.
    """
    own = workspace.sender.mailbox.email
    if own.lower() != entry.message.mail_from.lower():
        raise RefusedError(
            f"{entry.label} was written from {entry.message.mail_from}, and {variable('email')} is {own} now.",
            fix=f"Set it back, or cancel {entry.label} and write it again.",
        )
    findings = check_words(workspace, entry, subject, text, (*entry.ignored_rules, *ignore))
    refuse_errors(findings)
    old = entry.message
    thread = Thread(old.references[-1], subject, old.references[:-1]) if old.references else None
    html = lay_out(workspace.writer.render, subject, text)
    files = tuple(read_promised(workspace, file.path) for file in old.attached)
    draft = Draft(entry.step, workspace.sender, old.to, subject, text, html, old.wording, thread, files)
    message = compose(draft, _choose_id(workspace, entry))
    # Of a file that changed since, the old hash stays, so that the check before sending stops the mail.
    message = replace(message, attached=old.attached)
    ignored = tuple(dict.fromkeys((*entry.ignored_rules, *ignore)))
    return workspace.store.edit(entry.id, Rewording(message, entry.content_sha256, ignored), workspace.now())


def _choose_id(workspace: Workspace, entry: Entry) -> str:
    """Return the Message-ID for other words of an entry: its own, as later notes go on from it, while nobody saw it."""
    if any(move.cause is Cause.INTENDED for move in workspace.store.transitions(entry.id)):
        return renew_id(entry.message.message_id, entry.content_sha256)
    return entry.message.message_id


def check_words(
    workspace: Workspace, entry: Entry, subject: str, text: str, ignore: Sequence[str]
) -> tuple[Finding, ...]:
    """Check an entry, perhaps with other words, against the facts as they are now."""
    case = open_case(workspace, entry.step.application)
    step = next((one for one in case.plan.steps if one.id == entry.step), None)
    letter = CheckContext(
        subject,
        text,
        entry.step.kind,
        workspace.sender.mailbox,
        entry.message.to,
        step=replace(step, state=StepState.UPCOMING) if step else None,
        sends_at=entry.timing.due_at,
        enclosures=tuple(Enclosure(file.path.name) for file in entry.message.attached),
        own_addresses=workspace.own_addresses,
        employer_domains=workspace.settings.employer_domains,
    )
    return check_mail(with_facts(letter, case.application), choose_rules(ignore=ignore))


def export_outbox(workspace: Workspace, folder: str) -> tuple[tuple[Exported, ...], Path]:
    """Write every entry into a new folder: ``entries.json`` and one ``.eml`` each. Returns them, and the folder.

    Of a damaged outbox whatever can still be read is written.
    """
    path = Path(folder).expanduser().absolute()
    if path.exists():
        raise RefusedError(f"{path} is there already.", fix="Name a folder that does not exist yet.")
    exported = tuple(workspace.store.export()) if workspace.has_store else ()
    path.mkdir(mode=0o700, parents=True)
    for one in exported:
        if one.content:
            (path / f"{one.entry.id:06}.eml").write_bytes(one.content)
    listed = [{**_as_kept(one.entry), "moves": [asdict(move) for move in one.transitions]} for one in exported]
    (path / "entries.json").write_text(json.dumps(listed, indent=2, default=_plain) + "\n", "utf-8")
    return exported, path


def _as_kept(entry: Entry | Damaged) -> dict[str, Any]:
    """Return an entry as it is exported; of a damaged one the row as it lies in the database."""
    if isinstance(entry, Entry):
        kept = asdict(entry)
        kept["mail"] = kept.pop("message")
        del kept["mail"]["content"], kept["handed_at"]
        return kept
    return {"id": entry.id, "damaged": entry.column, "row": entry.row}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)

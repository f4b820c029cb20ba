"""Values as dictionaries, the same for ``--json`` of the command line and for a page: names and shapes are a promise.

Only shapes are made here. Give ``to_plain`` to ``json.dumps`` as its ``default``, for moments, paths and small values.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from followup_mail.background.heartbeat import Heartbeat
    from followup_mail.background.scheduler import Installed
    from followup_mail.cadence.step import Plan, Step
    from followup_mail.delivery.dispatch import Result
    from followup_mail.drafts.template_folders import Wording
    from followup_mail.facts.terms import Status
    from followup_mail.outbox.damaged_rows import Damaged
    from followup_mail.outbox.entry import Entry
    from followup_mail.services.accounts.list_settings import SettingRow
    from followup_mail.services.accounts.service_status import HomeService, ServiceStatus
    from followup_mail.services.answers.answer_rejection import Rejection
    from followup_mail.services.answers.record_outcome import OutcomeChanges
    from followup_mail.services.by_hand.scripts import WrittenScript
    from followup_mail.services.queueing.enqueue import Queued
    from followup_mail.services.queueing.outbox_list import EntryDetail
    from followup_mail.services.sending.find_in_mailbox import FoundOut
    from followup_mail.services.writing.checked import Checked
    from followup_mail.services.writing.prepared import Prepared


def to_plain(value: Any) -> Any:
    """Return what ``json`` writes for a value that it does not know: moments as ISO 8601 with offset, paths as text."""
    from datetime import date, datetime
    from enum import Enum
    from pathlib import Path

    from msgspec import Struct

    from followup_mail.nested_dict import nested_dict

    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Struct):
        return nested_dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry of the outbox, without its text."""
    return {
        "id": entry.id,
        "state": entry.state,
        "account": entry.account,
        "held": entry.held,
        "stays": entry.stays or None,
        "needs_you": entry.needs_user,
        "application": entry.step.application,
        "kind": entry.step.kind,
        "step": str(entry.step),
        "to": {"name": entry.message.to.name, "email": entry.message.to.email},
        "subject": entry.message.subject,
        "due_at": entry.timing.due_at,
        "next_at": None if entry.stays else entry.ready_at,
        "last_at": entry.timing.last_at,
        "time_zone": entry.timing.place.zone,
        "attempts": entry.attempts,
        "reason": entry.reason,
        "fix": entry.fix,
        "message_id": entry.message.message_id,
        "wording": entry.message.wording,
        "ignored_rules": entry.ignored_rules,
        "created_at": entry.created_at,
        "sent_at": entry.sent_at,
        "was_sent_at": entry.was_sent_at,
        "filed_at": entry.filed_at,
        "sha256": entry.content_sha256,
    }


def changed_entry_json(entry: Entry | Damaged) -> dict[str, Any]:
    """Return an entry after a change; of a damaged one only what is known."""
    from followup_mail.outbox.damaged_rows import Damaged
    from followup_mail.outbox.entry import State

    if isinstance(entry, Damaged):
        return {"id": entry.id, "state": State.CANCELLED, "damaged": entry.column}
    return entry_json(entry)


def entry_detail_json(detail: EntryDetail) -> dict[str, Any]:
    """Return an entry with its text and its history."""
    return {**entry_json(detail.entry), "text": detail.entry.message.text, "history": list(detail.moves)}


def entries_json(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return several entries."""
    return [entry_json(entry) for entry in entries]


def queued_json(queued: Queued) -> dict[str, Any]:
    """Return what was queued, and who was left out."""
    sentences = {"left_out": list(queued.left_out), "not_by_model": list(queued.not_by_model)}
    return {"queued": entries_json(queued.entries), **sentences}


def results_json(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Return what became of the entries of a run."""
    return [{**entry_json(result.entry), "outcome": result.attempt, "copy": result.copy} for result in results]


def found_out_json(found: FoundOut) -> dict[str, Any]:
    """Return what a look into the mailbox brought."""
    return {"entry": entry_json(found.entry), "seen": found.sighting}


def prepared_json(prepared: Prepared) -> dict[str, Any]:
    """Return a mail that is written and checked."""
    written, draft, mail = prepared.written, prepared.written.draft, prepared.message
    return {
        "application": draft.step.application,
        "kind": written.step.kind,
        "step": str(draft.step),
        "person": written.step.person.name if written.step.person else None,
        "to": {"name": draft.to.name, "email": draft.to.email},
        "via": written.step.via.name if written.step.via else None,
        "subject": mail.subject,
        "text": draft.text,
        "html": draft.html,
        "wording": draft.wording,
        "model": draft.model or None,
        "why_no_model": (written.model_use.why_not or None) if written.model_use else None,
        "due_at": written.timing.due_at,
        "time_zone": written.timing.place.zone,
        "last_at": written.timing.last_at,
        "reason": written.why,
        "message_id": mail.message_id,
        "in_reply_to": draft.thread.message_id if draft.thread else None,
        "attachments": [{"file": str(file.path), "sha256": file.sha256} for file in draft.attachments],
        "sha256": mail.sha256,
        "findings": list(prepared.findings),
    }


def checked_json(checked: Checked) -> dict[str, Any]:
    """Return what the rules found, mail by mail."""
    return {
        "checked": [{"mail": m.name, "kind": m.context.kind, "findings": list(m.findings)} for m in checked.mails],
        "not_checked": list(checked.not_checked),
    }


def plan_json(plan: Plan) -> dict[str, Any]:
    """Return a plan."""
    return {
        "application": plan.application,
        "cadence": plan.cadence,
        "notes": plan.notes,
        "steps": [step_json(step) for step in plan.steps],
    }


def step_json(step: Step) -> dict[str, Any]:
    """Return a step of a plan."""
    return {
        "id": str(step.id),
        "kind": step.kind,
        "round": step.id.round,
        "channel": step.way,
        "person": step.person.name if step.person else None,
        "via": step.via.name if step.via else None,
        "state": step.state,
        "entry_state": step.entry_state or None,
        "stays": step.stays or None,
        # Reckoned from the facts of today, they are not those that something done had at its time.
        "due_at": None if step.state == "done" else step.due_at,
        "last_at": None if step.state == "done" else step.last_at,
        "at": step.at,
        "reason": step.reason,
        "note": step.note,
        "needs": step.needs,
        "promise": step.promise,
        "objection": step.objection,
        "objections": step.objections,
    }


def outcome_json(status: Status, changes: OutcomeChanges) -> dict[str, Any]:
    """Return what recording an outcome did."""
    return {
        "status": status,
        "cancelled": entries_json(changes.cancelled),
        "held": entries_json(changes.held),
        "too_late": entries_json((*changes.under_way, *changes.unclear)),
        "notes": list(changes.notes),
    }


def rejection_json(status: Status, rejection: Rejection) -> dict[str, Any]:
    """Return what recording a rejection did, with the drafted answers or the reason why there are none."""
    recorded = outcome_json(status, rejection.changes)
    if before := rejection.before:
        kept = [before.entry.id] if before.entry else []
        return {**recorded, "drafts": [], "entries": kept, "why_not": before.sentence}
    why_not = rejection.why_no_draft.sentence if rejection.why_no_draft else None
    drafts = [] if why_not else [prepared_json(mail) for mail in rejection.prepared]
    entries = [] if why_not else [entry.id for entry in rejection.entries]
    return {**recorded, "drafts": drafts, "entries": entries, "why_not": why_not}


def script_json(script: WrittenScript) -> dict[str, Any]:
    """Return what to say or to print."""
    return {
        "step": str(script.step.id),
        "channel": script.step.channel,
        "to": script.words.person.name,
        "call": script.number or None,
        "parts": [{"heading": part.heading, "text": part.text} for part in script.words.parts],
    }


def wordings_json(wordings: Iterable[Wording]) -> list[dict[str, Any]]:
    """Return the wordings that mails are written from."""
    return [
        {"kind": w.kind, "name": w.name, "own": w.own, "file": str(w.path), **({"shared": True} if w.shared else {})}
        for w in wordings
    ]


def tried_wordings_json(tried: Iterable[tuple[Wording, list[str]]]) -> list[dict[str, Any]]:
    """Return the wordings with what is wrong with each."""
    return [{"wording": w.full_name, "own": w.own, "problems": problems} for w, problems in tried]


def settings_json(rows: Iterable[SettingRow]) -> list[dict[str, Any]]:
    """Return the settings, without secrets."""
    return [{"key": row.key, "value": row.value, "set_in": row.set_in} for row in rows]


def service_json(status: ServiceStatus) -> dict[str, Any]:
    """Return how the service stands."""
    return {
        "installed": bool(status.installed),
        "well": status.is_well,
        "services": [_installed_json(installed) for installed in status.installed],
        "of_other_homes": [_installed_json(installed) for installed in status.others],
        "last_run": _beat_json(status.last_run),
        "next_run_at": status.next_at,
        "wrong": status.wrong,
        "remarks": status.remarks,
    }


def services_json(services: Iterable[HomeService]) -> list[dict[str, Any]]:
    """Return the services of all home folders."""
    return [
        {**_installed_json(one.installed), "last_run": _beat_json(one.last_run), "wrong": one.wrong} for one in services
    ]


def _beat_json(last: Heartbeat | None) -> dict[str, Any] | None:
    if last is None:
        return None
    return {"started_at": last.started_at, "ended_at": last.ended_at, "said": last.said}


def _installed_json(installed: Installed) -> dict[str, Any]:
    service = installed.service
    return {
        "kind": installed.kind,
        "name": installed.name,
        "files": installed.files,
        "active": installed.is_active,
        "every_minutes": service and service.every,
        "executable": service and service.executable,
        "home": service and service.home,
        "command": service and service.words,
    }

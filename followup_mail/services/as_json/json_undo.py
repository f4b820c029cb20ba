"""Steps as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from followup_mail.services.undo.undo_step import StepBack
from followup_mail.undo.operation import Operation


def steps_json(steps: Sequence[Operation]) -> list[dict[str, Any]]:
    """Return the last steps."""
    return [_operation_json(step) for step in steps]


def step_json(step: StepBack) -> dict[str, Any]:
    """Return what taking a step back did."""
    return {
        **_operation_json(step.operation),
        "again": step.again,
        "facts": [
            {"application": file.path.stem, "changes": file.facts_changed, "changed_since": file.was_changed}
            for file in step.files
            if file.is_facts
        ],
        "entries": [
            {
                "id": back.was.id,
                "from": str(back.was.state),
                "to": str((back.change.after if back.change else back.was).state),
                "stays_because": back.why_not,
            }
            for back in step.entries
        ],
        "proposals": [int(file.path.stem) for file in step.files if file.is_proposal and file.path.stem.isdecimal()],
        "kept": step.kept,
    }


def _operation_json(step: Operation) -> dict[str, Any]:
    return {
        "step": step.number,
        "command": step.command,
        "at": step.at,
        "applications": step.applications,
        "undone_at": step.undone_at,
    }

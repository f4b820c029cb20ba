"""The ledger of exports as a JSON file, read strictly.

A ledger that was only partly read would restart the numbers of an event, and calendars would silently ignore it from
then on. So a damaged ledger is refused as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from msgspec.structs import fields

from followup_mail.calendar.revisions import ExportRecord, Ledger
from followup_mail.errors import RefusedError

_VERSION: Final = 1
_NAMES: Final = frozenset(field.name for field in fields(ExportRecord))
# RFC 5545 section 3.3.8: a 32-bit integer; nobody changes an event that often.
_HIGHEST_SEQUENCE: Final = 2**31 - 2


def write_ledger(ledger: Ledger) -> str:
    """Return the ledger as text. The same ledger always gives the same text."""
    events = {uid: _as_json(record) for uid, record in ledger.records.items()}
    return json.dumps({"version": _VERSION, "events": events}, indent=1, sort_keys=True) + "\n"


def parse_ledger(text: str, path: Path) -> Ledger:
    """Return the ledger in ``text``. Raises ``RefusedError`` for anything that ``write_ledger`` did not write."""
    try:
        given = json.loads(text, object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise refuse(path, f"line {line} was changed" if line else "it is not JSON") from None
    if not isinstance(given, dict) or not isinstance(given.get("events"), dict):
        raise refuse(path, "it contains no events")
    if given.get("version") != _VERSION or isinstance(given.get("version"), bool):
        raise refuse(path, "it was written by another version of followup-mail")
    try:
        return Ledger({uid: _read_record(uid, record) for uid, record in given["events"].items()})
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise refuse(path, str(error)) from None


def refuse(path: Path, why: str) -> RefusedError:
    """Return the error for a ledger that cannot be trusted."""
    return RefusedError(
        f"{path}, which remembers what was exported to calendars, is damaged: {why}.",
        fix="No calendar was written. Restore the file from a backup. Without one: delete it, delete the imported "
        "follow-ups in your calendar, and export again.",
    )


def _as_json(record: ExportRecord) -> dict[str, object]:
    values = {name: getattr(record, name) for name in _NAMES}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _read_record(uid: str, given: Any) -> ExportRecord:
    where = f"the event {uid[:60]}"
    if not isinstance(given, dict) or given.keys() != _NAMES:
        raise ValueError(f"{where} is not complete")
    sequence = given["sequence"]
    if type(sequence) is not int or not 0 <= sequence <= _HIGHEST_SEQUENCE:
        raise ValueError(f"{where} has no number of changes")
    if not all(isinstance(value, str) for name, value in given.items() if name != "sequence"):
        raise ValueError(f"{where} contains something other than text")
    if not re.fullmatch("[0-9a-f]{64}", given["fingerprint"]):
        raise ValueError(f"{where} has no fingerprint")
    moments = {name: _read_moment(given[name], where) for name in _NAMES if name.endswith("_at")}
    return ExportRecord(**{**given, **moments})


def _read_moment(text: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"{where} has an impossible date")
    return moment.astimezone(UTC)


def _without_duplicates(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    """Refuse a duplicate key: nobody knows which of two numbers is right."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key appears twice")
    return found

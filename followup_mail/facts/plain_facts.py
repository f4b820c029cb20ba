"""Facts as dictionaries: as they could be given again, and as ``--json`` shows them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from followup_mail.facts.fact import Fact


def as_tables(fact: Fact) -> dict[str, Any]:
    """Return every field of a fact, tables as dictionaries; ``Fact.read`` takes it back."""
    return {name: _as_tables(getattr(fact, name)) for name in fact.fields}


def _as_tables(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_as_tables(item) for item in value)
    return as_tables(value) if isinstance(value, Fact) else value


def as_json(fact: Fact) -> dict[str, Any]:
    """Return every field of a fact as JSON has it: moments, days and spans of time in the forms of ISO 8601."""
    return {name: _as_json(getattr(fact, name)) for name in fact.fields}


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    if isinstance(value, Fact):
        return as_json(value)
    if isinstance(value, timedelta):
        return _write_span(value)
    if isinstance(value, datetime):
        written = value.isoformat()
        return f"{written[:-6]}Z" if written.endswith("+00:00") else written
    return value.isoformat() if isinstance(value, date) else value


def _write_span(span: timedelta) -> str:
    """Return a span, which is never less than nothing, in years of 365 days, days, hours, minutes and seconds."""
    years, days = divmod(span.days, 365)
    minutes, seconds = divmod(span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    second = f"{seconds}.{span.microseconds:06d}".rstrip("0") if span.microseconds else str(seconds)
    day = "".join(f"{count}{unit}" for count, unit in ((years, "Y"), (days, "D")) if count)
    clock = "".join(f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M")) if count)
    clock += f"{second}S" if second != "0" else ""
    return f"P{day}{'T' if clock else ''}{clock}"

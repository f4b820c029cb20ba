"""What a change of facts comes to, in short lines: ``decision_by: Fri 4 Dec -> Fri 11 Dec``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from followup_mail.cadence.wording import say_day
from followup_mail.facts.alignment import align, is_table_list, label_of
from followup_mail.services.changing.facts_draft import say_start

_NOTHING = "not set"
_NAMES = {"contacts": "contact", "interviews": "interview", "people": "person met", "promised": "promise"}


def find_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], prefix: str = "", year: int | None = None
) -> Iterator[str]:
    """Yield a line for each fact that is another one, in the order of the file.

    A day has its year where that is another than ``year``: that of the latest interview.
    """
    year = year or _latest_year(before, after)
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old in (None, [], {}) and new in (None, [], {}):
            continue
        if is_table_list(old) or is_table_list(new):
            yield from _in_tables(key, old or [], new or [], prefix, year)
        elif isinstance(old, Mapping) or isinstance(new, Mapping):
            yield from find_differences(old or {}, new or {}, prefix, year)
        elif isinstance(old, list) or isinstance(new, list) or _has_lines(old) or _has_lines(new):
            old, new = (each.splitlines() if isinstance(each, str) else each for each in (old, new))
            yield from (f"{prefix}{key}: - {item}" for item in old or [] if item not in (new or []))
            yield from (f"{prefix}{key}: + {item}" for item in new or [] if item not in (old or []))
        elif old != new:
            yield f"{prefix}{key}: {_say_change(old, new, year)}"


def say_difference(line: str) -> str:
    """Return a line of ``find_differences`` without the spelling of the file: "time zone: America/Chicago"."""
    head, colon, rest = line.rpartition(": ") if " -> " in line else line.partition(": ")
    return f"{head.replace('_', ' ')}{colon}{rest.removeprefix(f'{_NOTHING} -> ')}"


def _has_lines(value: object) -> bool:
    return isinstance(value, str) and "\n" in value.strip()


def _latest_year(*documents: Mapping[str, Any]) -> int | None:
    """Return the year of the latest interview; None where there is none."""
    tables: Iterator[Any] = (document.get("interviews") for document in documents)
    starts = (str(each.get("start"))[:4] for table in tables if is_table_list(table) for each in table)
    return max((int(year) for year in starts if year.isascii() and year.isdigit()), default=None)


def _in_tables(key: str, before: list[Any], after: list[Any], prefix: str, year: int | None) -> Iterator[str]:
    for old, new in align(before, after):
        if old is not None and new is not None:
            yield from find_differences(before[old], after[new], f"{_say_label(key, before[old])}: ", year)
        elif old is not None:
            yield f"{prefix}- {_NAMES.get(key, key)}: {_say_table(key, before[old])}"
        elif new is not None:
            yield f"{prefix}+ {_NAMES.get(key, key)}: {_say_table(key, after[new])}"


def _say_label(key: str, table: Mapping[str, Any]) -> str:
    return f"interview of {say_start(dict(table))}" if key == "interviews" else label_of(table)


def _say_table(key: str, table: Mapping[str, Any]) -> str:
    """Return everything that a new or removed entry says, in one line."""
    head = say_start(dict(table)) if key == "interviews" else label_of(table)
    told = [
        f"{name} {say_fact(value)}" if isinstance(value, int) else say_fact(value)
        for name, value in table.items()
        if name not in {"name", "what", "start", "people"} and value not in ([], "", "interviewer")
    ]
    people = [f"{label_of(person)}" for person in table.get("people", ())]
    return ", ".join([head, *told, *([f"with {', '.join(people)}"] if people else [])])


def _say_change(old: Any, new: Any, year: int | None) -> str:
    years = {each.year for each in (old, new) if isinstance(each, date)}
    has_year = bool(years) and (len(years) > 1 or (year is not None and years != {year}))
    return f"{say_fact(old, has_year=has_year)} -> {say_fact(new, has_year=has_year)}"


def say_fact(value: Any, *, has_year: bool = False) -> str:
    """Return a value of the file as people read it: a day with its weekday."""
    if value in (None, ""):
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date) and not isinstance(value, datetime):
        return say_day(value, 0 if has_year else value.year)
    if isinstance(value, list):
        return "; ".join(map(say_fact, value))
    return str(value)

"""How the parts of an entry are kept in columns: steps, timings, outcomes, lists, and moments as text that sorts.

What reads them raises one of ``damaged_rows.UNREADABLE`` when a column holds something else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, time
from functools import lru_cache
from typing import Any, Final, TypeAlias

from msgspec.structs import asdict

from followup_mail.cadence.step import Kind, StepId
from followup_mail.facts.names import is_slug
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.entry import Place, Timing, in_zone
from followup_mail.outbox.moments import to_moment, to_text

Columns = dict[str, str | int | bytes | None]
"""What is written."""

Row = Mapping[str, Any]
"""What is read."""

FoundRow: TypeAlias = Row | sqlite3.Row
"""The same as a database hands it out; SQLite's rows are no mappings."""


def to_moment_or_none(text: str | None) -> datetime | None:
    """Return the moment of a column that may be empty."""
    return None if text is None else to_moment(text)


def to_text_or_none(moment: datetime | None) -> str | None:
    """Return a moment as text; None stays None."""
    return None if moment is None else to_text(moment)


OF_STEP: Final = " AND ".join(f"{name} = :{name}" for name in ("application", "kind", "round", "person", "nth"))
"""What finds the rows of a step, given ``columns_of_step``."""


def columns_of_step(step: StepId) -> Columns:
    """Return the columns that identify a step, in the tables of entries and touches alike."""
    return {
        "application": step.application,
        "kind": str(step.kind),
        "round": step.round,
        "person": step.person,
        "nth": step.nth,
    }


def to_step(row: FoundRow) -> StepId:
    """Return the step that a row of entries or touches names."""
    return StepId(row["application"], Kind(row["kind"]), row["round"], row["person"], row["nth"])


def columns_of_timing(timing: Timing) -> Columns:
    """Return the columns of a timing."""
    place = timing.place
    return {
        "due_at": to_text(timing.due_at),
        "last_at": to_text_or_none(timing.last_at),
        "place": json.dumps(
            [place.zone, place.country, place.region, place.opens.isoformat(), place.closes.isoformat()]
        ),
        "insisted": int(timing.insisted),
    }


@lru_cache(maxsize=256)
def to_place(text: str) -> Place:
    """Return the place that ``columns_of_timing`` wrote."""
    zone, country, region, opens, closes = to_list(text)
    if not all(isinstance(name, str) for name in (zone, country, region)):
        raise ValueError("not a place")
    return Place(zone, country, region, time.fromisoformat(opens), time.fromisoformat(closes))


def to_timing(row: Row) -> Timing:
    """Return the timing of a row of entries."""
    place = to_place(row["place"])
    return Timing(
        due_at=in_zone(to_moment(row["due_at"]), place.zone),
        last_at=None if row["last_at"] is None else in_zone(to_moment(row["last_at"]), place.zone),
        place=place,
        insisted=bool(row["insisted"]),
    )


def outcome_to_text(outcome: AttemptResult | None) -> str | None:
    """Return an outcome as JSON."""
    if outcome is None:
        return None
    return json.dumps(asdict(outcome))


def to_outcome(text: str | None) -> AttemptResult | None:
    """Return the outcome that ``outcome_to_text`` wrote."""
    if text is None:
        return None
    found = json.loads(text)
    found["verdict"], found["phase"] = Verdict(found["verdict"]), Phase(found["phase"])
    found["refused"] = tuple((address, words) for address, words in found["refused"])
    return AttemptResult(**found)


def to_texts(text: str) -> tuple[str, ...]:
    """Return a list of texts that is kept as JSON."""
    found = () if text == "[]" else tuple(to_list(text))
    if not all(isinstance(text, str) for text in found):
        raise ValueError("not a list of texts")
    return found


def to_slug(text: str) -> str:
    """Return the name of an application, if it is one."""
    if not is_slug(text):
        raise ValueError("not the name of an application")
    return text


def to_list(text: str) -> list[Any]:
    """Return a list that is kept as JSON."""
    found = json.loads(text)
    if not isinstance(found, list):
        raise ValueError("not a list")
    return found

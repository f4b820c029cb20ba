"""The memory of exports as text: read back as it was, or refused as a whole."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from calendar_samples import HOSTILE, MONDAY, event

from followup_mail.calendar.ledger import parse_ledger, write_ledger
from followup_mail.calendar.revisions import Export, Ledger, revise
from followup_mail.errors import ExitCode, RefusedError

PLACE = Path("home/calendar.json")
EVENTS = tuple(
    event(uid=f"{n}@x.invalid", title=text, start_at=MONDAY + timedelta(hours=n)) for n, text in enumerate(HOSTILE)
)
LEDGER = revise(Export(EVENTS, MONDAY), Ledger())[1]


def changed(**changes: Any) -> str:
    """The text of a ledger with one event, some of its values changed; ``...`` removes one."""
    _, one = revise(Export((event(),), MONDAY), Ledger())
    given = json.loads(write_ledger(one))
    (record,) = given["events"].values()
    record.update(changes)
    for name in [name for name, value in changes.items() if value is ...]:
        del record[name]
    return json.dumps(given)


def test_a_ledger_is_read_back_as_it_was() -> None:
    """Writing and reading change nothing, and the same ledger gives the same text."""
    assert parse_ledger(write_ledger(LEDGER), PLACE) == LEDGER
    assert write_ledger(parse_ledger(write_ledger(LEDGER), PLACE)) == write_ledger(LEDGER)


def test_a_ledger_cut_anywhere_is_refused() -> None:
    """No beginning of the file passes for the whole."""
    whole = write_ledger(LEDGER).rstrip()
    for end in range(0, len(whole), 97):
        with pytest.raises(RefusedError):
            parse_ledger(whole[:end], PLACE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1"),
        ("[]", "no events"),
        ("{}", "no events"),
        ('{"version": 1, "events": []}', "no events"),
        ('{"version": 2, "events": {}}', "another version"),
        ('{"version": true, "events": {}}', "another version"),
        ('{"version": 1, "events": {}, "events": {}}', "JSON"),
        ('{"version": 1, "events": {"a": 1}}', "the event a is not complete"),
        ("[" * 100_000, "JSON"),
        ('{"version": 1, "events": {"a": ' + "9" * 5_000 + "}}", "JSON"),
        (changed(sequence=-1), "number of changes"),
        (changed(sequence=2**31), "number of changes"),
        (changed(sequence=True), "number of changes"),
        (changed(sequence="1"), "number of changes"),
        (changed(sequence=1.0), "number of changes"),
        (changed(sequence=...), "not complete"),
        (changed(more="x"), "not complete"),
        (changed(title=None), "something other than text"),
        (changed(fingerprint="f"), "fingerprint"),
        (changed(start_at="soon"), "an impossible date"),
        (changed(start_at="2026-11-23T09:00:00"), "an impossible date"),
        (changed(start_at="0001-01-01T00:00:00+14:00"), "damaged"),
    ],
)
def test_a_damaged_ledger_is_refused_with_what_to_do(text: str, why: str) -> None:
    """One sentence says which file and what is wrong, one what to do; nothing is numbered anew."""
    with pytest.raises(RefusedError, match=why) as caught:
        parse_ledger(text, PLACE)
    assert str(PLACE) in caught.value.sentence
    assert "backup" in caught.value.fix
    assert caught.value.exit_code == ExitCode.REFUSED
    assert len(caught.value.sentence) < 300

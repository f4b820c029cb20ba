"""What ``undo --list`` says of a step: which facts, and of whom; never what stands in them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.cli.commands import places
from followup_mail.services.undo.undo_files import FileBack
from followup_mail.services.undo.undo_summary import name_changed
from followup_mail.undo.operation import FileChange, Operation

FACTS = """company = "Lumen Freight"
fit = ["Airflow"]
[said]
decision_by = 2026-12-04
[[interviews]]
start = 2026-11-05T14:00:00
[[interviews.people]]
name = "Priya Raman"
email = "priya@lumen.example"
"""


def _changed(before: str | None, after: str | None) -> tuple[str, ...]:
    contents = (text.encode() if text is not None else None for text in (before, after))
    change = FileChange("applications/lumen.toml", "lumen", *contents)
    return name_changed(Operation(1, "change lumen", datetime(2026, 11, 6, tzinfo=UTC), (change,)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026-12-04", "2026-12-11", ("decision_by",)),
        ("priya@lumen", "p.raman@lumen", ("Priya Raman: email",)),
        ('["Airflow"]', '["Airflow", "a secret"]', ("fit",)),
        ('"Priya Raman"', '"Priya Raman-Shah"', ("Priya Raman: name",)),
        ("[[interviews]]", '[[promised]]\nwhat = "a secret"\n[[interviews]]', ("+ promise",)),
        (
            "[said]",
            'notes = "a secret"\nquote = "x"\nrole = "y"\nregion = "z"\n[said]',
            ("notes", "quote", "role", "1 more"),
        ),
    ],
)
def test_facts_are_named_and_not_told(old: str, new: str, said: tuple[str, ...]) -> None:
    """The keys that changed stand there, with the name of whoever they are about, and none of the words."""
    assert _changed(FACTS, FACTS.replace(old, new)) == said


def test_a_file_comes_and_goes() -> None:
    """Facts that are new, or gone, are said to be; a file that is no facts is only named."""
    assert (_changed(None, FACTS), _changed(FACTS, None)) == (("written",), ("deleted",))
    assert _changed(FACTS, "no facts") == ("the file",)


def test_a_command_that_takes_something_back_is_named_so() -> None:
    """`archive lumen --undo` is no archiving; other options stay unnamed."""
    typed = []
    for line in (["archive", "lumen", "--undo", "--yes"], ["archive", "lumen", "--yes"]):
        places.name_command(line)
        typed.append(places.open_to_examine()[0].command)
    places.name_command([])
    assert typed == ["archive lumen --undo", "archive lumen"]


def test_what_is_on_or_off_is_said_in_english(tmp_path: Path) -> None:
    """A flag of the facts is yes or no, not what a programming language calls it."""
    change = FileChange("applications/lumen.toml", "lumen", FACTS.encode(), f"archived = true\n{FACTS}".encode())
    back = FileBack(tmp_path / "lumen.toml", change, None)
    assert back.facts_changed == ("archived: (nothing) -> yes",)
    assert back.facts_told == ("archived: yes",)


def test_what_goes_back_is_said_as_people_read_it(tmp_path: Path) -> None:
    """A day with its weekday, somebody by name; no place in the file, and no key as the file spells it."""
    after = FACTS.replace("2026-12-04", "2026-12-11").replace("[said]", '[[contacts]]\nname = "Ada Love"\n[said]')
    change = FileChange("applications/lumen.toml", "lumen", FACTS.encode(), after.encode())
    told = FileBack(tmp_path / "lumen.toml", change, None).facts_told
    assert set(told) == {"decision by: Fri 4 Dec -> Fri 11 Dec", "+ contact: Ada Love"}

"""The page about own methods: every key is on it, and every example can be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import followup_mail
from followup_mail.cadence.cadence_files import find_cadence
from followup_mail.cadence.cadence_table import LIMIT_KEYS, STEP_KEYS, TOP_KEYS

PAGE = (Path(followup_mail.__file__).parents[1] / "docs" / "own-cadences.md").read_text("utf-8")
SECTIONS = {"top": TOP_KEYS, "limit": LIMIT_KEYS, "steps": STEP_KEYS}
ROW = re.compile(r"^\| `(\w+)` \|.*\| `([^`]+)` \|$", re.MULTILINE)
STEP = {
    "kind": "status_inquiry",
    "channel": "email",
    "audience": "one person",
    "anchor": "interview",
    "offset": "1 week",
}


def rows(section: str) -> list[tuple[str, str]]:
    """The keys of a table of the page, each with its example."""
    return ROW.findall(PAGE.split(f"<!-- keys: {section} -->")[1].split("## ")[0])


def write_step(**changes: str) -> str:
    """A step in TOML, with lines of its own for some keys."""
    lines = {key: f'{key} = "{value}"' for key, value in STEP.items()} | changes
    return "\n".join(["[[steps]]", *lines.values()])


def step_with(key: str, line: str) -> str:
    """A step in which an example makes sense: each has the kind and channel that it is for."""
    fitting = {
        "within": {
            "kind": 'kind = "thank_you"',
            "audience": 'audience = "everyone met"',
            "offset": 'offset = "2 hours"',
        },
        "otherwise": {"channel": 'channel = "phone"'},
        "repeat": {"channel": 'channel = "phone"'},
    }
    return write_step(**fitting.get(key, {}), **{key: line})


@pytest.mark.parametrize("section", SECTIONS)
def test_every_key_is_on_the_page(section: str) -> None:
    """Each key that a file may have is explained, and no other."""
    assert sorted(key for key, _ in rows(section)) == sorted({*SECTIONS[section]} - {"limit", "steps"})


@pytest.mark.parametrize(("section", "key", "line"), [(name, *row) for name in SECTIONS for row in rows(name)])
def test_every_example_can_be_used(section: str, key: str, line: str, tmp_path: Path) -> None:
    """A file with the example is read without a problem, and the key is the one that the row is about."""
    texts = {
        "top": f"{line}\n" + ("" if key == "title" else 'title = "x"\n') + write_step(),
        "limit": f'title = "x"\n[limit]\n{line}\n{write_step()}',
        "steps": f'title = "x"\n{step_with(key, line)}',
    }
    (tmp_path / "mine.toml").write_text(texts[section], "utf-8")
    assert line.startswith(f"{key} = ")
    assert find_cadence("mine", tmp_path).own


def test_the_first_file_can_be_used(tmp_path: Path) -> None:
    """The whole file at the beginning of the page is a method."""
    (block,) = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    (tmp_path / "patient.toml").write_text(block, "utf-8")
    patient = find_cadence("patient", tmp_path)
    assert (patient.title, str(patient.interval), patient.limit.contacts, len(patient.steps)) == (
        "Patient",
        "three weeks",
        2,
        2,
    )

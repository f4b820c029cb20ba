"""The JSON Schema: what an editor is told agrees with what the program takes."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from followup_mail.errors import FactsFileError
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.debrief import Answers, MetPerson, write_facts
from followup_mail.facts.error_sentences import TABLES
from followup_mail.facts.schema import facts_schema

TOP = 'company = "Acme"\nrole = "Engineer"\ntime_zone = "Europe/Berlin"\n'


def is_valid(text: str) -> bool:
    """Tell what an editor says: days and moments of TOML are text to a JSON Schema."""
    document: Any = json.loads(json.dumps(tomllib.loads(text), default=str))
    return bool(jsonschema.Draft202012Validator(facts_schema()).is_valid(document))


def is_taken(text: str) -> bool:
    try:
        parse_application(text, Path("x.toml"), "x")
    except FactsFileError:
        return False
    return True


def test_it_is_a_schema():
    """The schema is sound itself, and names its draft and itself."""
    schema = facts_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"].startswith("https://")


def test_every_field_is_described():
    """An editor can explain each field it completes."""
    schema = facts_schema()
    tables = [schema, *(schema["$defs"][table.__name__] for table in TABLES.values())]
    for table in tables:
        for key, field in table["properties"].items():
            assert field.get("description"), key


def test_what_toml_does_not_have_is_not_in_it():
    """TOML has no null, and the file no slug."""
    text = json.dumps(facts_schema())
    assert "null" not in text
    assert '"slug"' not in text


@pytest.mark.parametrize(
    "text",
    [
        TOP,
        'company = "A"\nrole = "R"\n',
        TOP + 'applied = 2026-11-02\nfit = "one"\nnot_mentioned = ["a", "b"]\n',
        TOP + '[[interviews]]\nstart = 2026-11-18T14:30:00\nduration = "45 min"\n',
        TOP + '[[interviews]]\nstart = 2026-11-18 14:30:00+01:00\nend = "2026-11-18 15:00"\n',
        'company = "A"\nrole = "R"\n[[interviews]]\ntime_zone = "UTC"\nstart = "2026-11-18 14:30"\nduration = "1h"\n',
        TOP + '[said]\ninterval = "2 Weeks"\ncalls = true\ndecision_by = "2026-12-04"\n',
        TOP + '[outcome]\nstatus = "rejected"\nmessage_id = "<a@b>"\nreferences = ["<c@d>"]\n',
        write_facts(
            Answers(
                company="A",
                role="R",
                time_zone="UTC",
                applied=date(2026, 11, 2),
                start=datetime(2026, 11, 18, 14, 30),  # noqa: DTZ001
                duration=timedelta(minutes=45),
                people=(MetPerson(name="Ann", email="a@example.com", discussed=("tea",)),),
                promised=("the case study",),
            )
        ),
    ],
)
def test_files_that_are_right(text):
    """What the program takes, the schema takes."""
    assert is_taken(text)
    assert is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        'company = "A"\n',
        TOP + 'rol = "x"\n',
        TOP + 'slug = "x"\n',
        TOP + 'applied = "18/11/2026"\n',
        TOP + 'said = "x"\n',
        TOP + '[said]\ncalls = "no"\n',
        TOP + '[said]\ninterval = "some"\n',
        TOP + '[said]\nchannel = "fax"\n',
        TOP + "[[interviews]]\nstart = 2026-11-18T14:30:00\n",
        TOP + '[[interviews]]\nduration = "1 h"\n',
        TOP + '[[interviews]]\nstart = 2026-11-18\nduration = "1 h"\n',
        TOP + '[interviews]\nstart = 2026-11-18T14:30:00\nduration = "1 h"\n',
        TOP + '[[contacts]]\nname = ""\n',
        TOP + '[[contacts]]\nname = "A"\nemail = "A <a@example.com>"\n',
        'company = "A"\nrole = "R"\n[[interviews]]\nstart = "2026-11-18 14:30"\nduration = "1h"\n',
    ],
)
def test_files_that_are_wrong(text):
    """What the schema refuses, the program refuses."""
    assert not is_valid(text)
    assert not is_taken(text)

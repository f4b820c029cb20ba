"""Facts files made to do harm: nothing gets through, nothing breaks, nothing takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_mail.errors import FactsFileError
from followup_mail.facts.application_file import PROBLEM_LIMIT, parse_application
from followup_mail.facts.unfit_values import is_invisible

TOP = 'company = "A"\nrole = "R"\ntime_zone = "Europe/Berlin"\n'
SAMPLE = f"""{TOP}applied = 2026-11-02
fit = [
  "one",
]

[said]
calls = false
quote = '''
soon'''

[[interviews]]
start = "2026-11-18 14:30"
duration = "1 h"

[[interviews.people]]
name = "Ann Lee"
email = "ann@example.com"
"""


def parse_or_refuse(text: str) -> None:
    """Parse, and look at the problems: bounded in number and length, lines in the file, nothing unprintable."""
    try:
        parse_application(text, Path("x.toml"), "x")
    except FactsFileError as error:
        problems = error.problems
    else:
        return
    assert 0 < len(problems) <= PROBLEM_LIMIT + 1
    for problem in problems:
        assert problem.wrong
        assert 0 <= problem.line <= text.count("\n") + 1
        assert len(str(problem)) < 1_000
        assert not any(is_invisible(one) for one in str(problem))


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_parsed_or_refused(text):
    """No text raises anything but a list of problems."""
    parse_or_refuse(text)


@settings(max_examples=80)
@given(st.data())
def test_any_slip_in_a_good_file_is_parsed_or_refused(data):
    """A file with pieces cut out, doubled or replaced is still read to its end."""
    text = SAMPLE
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        piece = data.draw(
            st.sampled_from(["", text[start:end] * 2, "[", "]", "{", '"', "'''", "\n", "=", ".", "#", "\\", "é"])
        )
        text = text[:start] + piece + text[end:]
    parse_or_refuse(text)


FIELDS = ("company", "role", "cadence", "region", "country", "time_zone", "advert", "notes", "fit", "not_mentioned")


@settings(max_examples=25)
@pytest.mark.parametrize("field", FIELDS)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_field_lets_anything_invisible_through(field, text):
    """Whatever stands in a field, the finished value holds no control, override or line break (notes: their own)."""
    escaped = "".join(f"\\U{ord(one):08x}" for one in text)
    others = "".join(line + "\n" for line in TOP.splitlines() if not line.startswith(field))
    try:
        known = parse_application(f'{field} = "{escaped}"\n{others}', Path("x.toml"), "x")
    except FactsFileError:
        return
    value = getattr(known, field)
    for one in value if isinstance(value, str) else "".join(value):
        assert not is_invisible(one) or (field == "notes" and one in "\n\t")


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 200_000,
        "[" * 200_000,
        "x = " + "{a=" * 60_000,
        TOP + "fit = " + "[" * 300 + "]" * 300,
        ".".join(["a"] * 120_000) + " = 1",
        "[" + ".".join(["a"] * 120_000) + "]",
        "x = {" + ".".join(["a"] * 100_000) + " = 1}",
        ".".join(['"a"'] * 60_000) + " = 1",
        "a" * 200_000,
        "a" * 200_000 + " = 1",
        'company = "' + "a" * 200_000 + '"',
        '"' + "\\" * 200_000,
        '"' * 200_000,
        "a" + " " * 200_000,
        "=" * 200_000,
        "x = [\n" + "[],\n" * 12_000,
        "\n".join(f"k{number} = [" for number in range(4_000)),
        "\n".join(f'k{number} = """' for number in range(4_000)),
        "\n".join(f"k{number} = {number}" for number in range(4_000)),
        "[[interviews]]\n" * 4_000,
        "[[interviews]]\n" + "[[interviews.people]]\n" * 3_000,
        TOP + "[[contacts]]\nname = 'P'\n" * 2_000,
        "[said]\n" * 5_000,
        "#\n" * 40_000,
    ],
    ids=range(24),
)
def test_files_made_to_take_long_do_not(text):
    """Nesting, endless keys, open lists and thousands of tables are refused within seconds, not minutes."""
    began = time.process_time()
    parse_or_refuse(text)
    assert (
        time.process_time() - began < 5
    )  # a fraction of that on an idle machine; minutes, or all memory, if unguarded


@pytest.mark.parametrize(
    "dates",
    [
        "applied = 0001-01-01",
        "applied = 9999-12-31",
        "[said]\ndecision_by = 9999-12-31",
        '[[interviews]]\nstart = 9999-12-31T23:59:59\nduration = "1 h"',
        "[[interviews]]\nstart = 0001-01-01T00:00:00-23:59\nend = 0001-01-01T01:00:00+23:59",
        '[[interviews]]\nstart = 2100-12-31T23:59:59-12:00\nduration = "24 h"\ntime_zone = "Pacific/Kiritimati"',
        '[[interviews]]\nstart = 14:30:00\nduration = "1 h"',
        "[[interviews]]\nstart = nan\nend = inf",
    ],
)
def test_dates_at_the_ends_of_time(dates):
    """No date makes arithmetic overflow."""
    parse_or_refuse(TOP + dates)

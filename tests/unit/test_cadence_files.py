"""Cadence files: the presets, the user's own, and what is said about a bad one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import PRESETS as NAMES

from followup_mail.cadence.cadence_files import PRESETS, find_cadence, load_cadence, name_cadences
from followup_mail.cadence.cadence_table import read_cadence, say_choices
from followup_mail.cadence.method import Calls
from followup_mail.cadence.offset import Offset, Unit
from followup_mail.cadence.step import Kind
from followup_mail.errors import CadenceError, NotFoundError
from followup_mail.facts.channels import Channel

MINE = """
title = "Mine"
interval = "10 days"

[limit]
contacts = 2

[[steps]]
kind = "thank_you"
channel = "email"
audience = "everyone met"
anchor = "interview"
offset = "3 hours"
"""


def test_presets_are_there() -> None:
    """The five published methods and the default come along."""
    assert name_cadences() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_presets_say_where_they_come_from(name: str) -> None:
    """Each preset names its source, says what it is like, and says of each step what to say."""
    cadence = find_cadence(name)
    assert cadence.name == name
    assert cadence.title
    assert len(cadence.source) > 10
    assert len(cadence.about) > 40
    assert all(step.say for step in cadence.steps)
    assert not cadence.own


@pytest.mark.parametrize("name", NAMES)
def test_presets_leave_nothing_unsaid(name: str) -> None:
    """A preset writes out interval, limit, calls and every deadline: a reader need not know the defaults."""
    text = (PRESETS / f"{name}.toml").read_text("utf-8")
    cadence = find_cadence(name)
    assert all(key in text for key in ("\ninterval =", "\nafter_decision =", "\ncalls =", "\n[limit]"))
    assert all(step.deadline for step in cadence.steps)


def test_own_file(tmp_path: Path) -> None:
    """A file in the user's folder is a cadence, under the file's name."""
    (tmp_path / "mine.toml").write_text(MINE, "utf-8")
    cadence = find_cadence("mine", tmp_path)
    assert (cadence.title, cadence.interval, cadence.limit.contacts) == ("Mine", Offset(10, Unit.DAY), 2)
    assert cadence.own
    assert name_cadences(tmp_path) == ("mine", *NAMES)


def test_own_file_goes_first(tmp_path: Path) -> None:
    """The user's own file of a preset's name replaces the preset."""
    (tmp_path / "balanced.toml").write_text(MINE, "utf-8")
    assert find_cadence("balanced", tmp_path).title == "Mine"
    assert name_cadences(tmp_path).count("balanced") == 1
    assert find_cadence("balanced").title == "Balanced"


def test_own_file_at_once(tmp_path: Path) -> None:
    """A file that comes, changes or goes between two questions counts at once."""
    assert not find_cadence("balanced", tmp_path).own
    (tmp_path / "balanced.toml").write_text(MINE, "utf-8")
    assert find_cadence("balanced", tmp_path).steps[0].offset == Offset(3, Unit.HOUR)
    (tmp_path / "balanced.toml").write_text(MINE.replace("3 hours", "4 hours"), "utf-8")
    assert find_cadence("balanced", tmp_path).steps[0].offset == Offset(4, Unit.HOUR)
    (tmp_path / "balanced.toml").unlink()
    assert not find_cadence("balanced", tmp_path).own


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path) -> None:
    """Nobody is told that there is no file of their own, when nobody could look."""
    tmp_path.chmod(0o300)
    with pytest.raises(CadenceError):
        find_cadence("balanced", tmp_path)
    tmp_path.chmod(0o700)


def test_one_bad_file_spares_the_others(tmp_path: Path) -> None:
    """A broken file is no trouble for those who ask for another cadence."""
    (tmp_path / "broken.toml").write_text("title = ", "utf-8")
    assert find_cadence("balanced", tmp_path).title == "Balanced"


@pytest.mark.parametrize(
    ("name", "near"), [("balansed", "balanced"), ("rule of three", "rule-of-three"), ("weekly", "weekly-calls")]
)
def test_unknown_name(name: str, near: str) -> None:
    """An unknown name is answered with the nearest one and with all there are."""
    with pytest.raises(NotFoundError, match=f"no cadence '{name}'") as raised:
        find_cadence(name)
    assert f"Did you mean {near}?" in raised.value.fix
    assert "timeline" in raised.value.fix


@pytest.mark.parametrize("name", ["../balanced", "/etc/passwd", "", "balanced.toml", "x" * 10_000])
def test_names_are_not_paths(name: str, tmp_path: Path) -> None:
    """A name never leads out of the two folders."""
    with pytest.raises(NotFoundError):
        find_cadence(name, tmp_path)


def test_folder_not_there(tmp_path: Path) -> None:
    """Without a folder of one's own, the presets remain."""
    assert name_cadences(tmp_path / "nowhere") == NAMES


BAD = """
title = 5
intervall = "2 weeks"
interval = "2 fortnights"
calls = "sometimes"

[limit]
contacts = 99

[[steps]]
kind = "thank_yuo"
channel = "email"
audience = "everyone met"
anchor = "interview"
offset = "2 hours"

[[steps]]
kind = "status_inquiry"
channel = "fax"
audience = "one person"
anchor = "interview"
offset = "1 week"
strict = "yes"
needs = ["fit", "luck"]
"""


def test_all_problems_at_once(tmp_path: Path) -> None:
    """A bad file is refused with every problem: the line, the key as written, and what would be right."""
    path = tmp_path / "bad.toml"
    path.write_text(BAD, "utf-8")
    with pytest.raises(CadenceError) as raised:
        load_cadence(path)
    found = {(one.line, one.field): f"{one.wrong}. {one.right}" for one in raised.value.problems}
    assert found == {
        (2, "title"): "must be text. Put it in quotes",
        (3, "intervall"): "is not a key of a cadence. Did you mean interval?",
        (4, "interval"): '\'2 fortnights\' is not a span. Write "2 hours", "1 week" or "2 working days"',
        (5, "calls"): "'sometimes' is not known here. Write one of \"only if calls are welcome\", "
        '"unless they said no calls"',
        (8, "limit.contacts"): "must be a number from 1 to 6. ",
        (11, "steps[1].kind"): "'thank_yuo' is not known here. Did you mean \"thank_you\"?",
        (19, "steps[2].channel"): f"'fax' is not known here. Write one of {say_choices(Channel)}",
        (23, "steps[2].strict"): "must be true or false. Write it without quotes",
        (24, "steps[2].needs"): '\'luck\' is not known here. Write one of "conversation", "convinced", "fit", '
        '"not mentioned"',
    }
    assert "Fix bad.toml" in raised.value.fix


@pytest.mark.parametrize(
    ("step", "field", "words"),
    [
        ('kind = "thank_you"\nanchor = "decision"', "anchor", "cannot count from 'decision'"),
        ('kind = "thank_you"\naudience = "one person"', "audience", "is for 'everyone met'"),
        ('kind = "status_inquiry"\naudience = "everyone met"', "audience", "is for 'one person'"),
        ('kind = "status_inquiry"\nanchor = "decision"\nwindow = "1 hour"', "window", "ends before"),
        ('kind = "additional_detail"\nrepeat = true', "repeat", "only a status_inquiry by phone"),
        ('kind = "application_check"\nanchor = "interview"', "anchor", "cannot count from 'interview'"),
        ('kind = "status_inquiry"\noffset = ""', "offset", "is not a span"),
    ],
)
def test_steps_that_make_no_sense(step: str, field: str, words: str) -> None:
    """A step whose parts do not go together is refused: it would have no date, or reach the wrong people."""
    given_keys = dict(line.split(" = ", 1) for line in step.split("\n"))
    defaults = {"channel": '"email"', "audience": '"one person"', "anchor": '"interview"', "offset": '"1 week"'}
    if given_keys["kind"] == '"thank_you"':
        defaults["audience"] = '"everyone met"'
    document = {
        "title": "x",
        "steps": [
            {
                key: value == "true" if value in ("true", "false") else value.strip('"')
                for key, value in {**defaults, **given_keys}.items()
            }
        ],
    }
    _, wrong = read_cadence(document, "x", own=True)
    assert any(one.where[-1] == field and words in one.wrong for one in wrong), wrong


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "title: is missing"),
        (b"title = 'x'", "steps: is missing"),
        (b"title = 'x'\nsteps = []", "must be steps"),
        (b"title = 'x'\nsteps = 3", "must be steps"),
        (b"title = 'x'\n[[steps]]", "steps[1].kind: is missing"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"title = 'a\x00b'", "bad.toml:1"),
        (b"[limit\n", "bad.toml:1"),
        (b"x" * 300_000, "larger than 256 KB"),
        (b"a = " + b"[" * 5000, "bad.toml"),
        (b"title = '\xe2\x80\xae'\n[[steps]]", "invisible character"),
    ],
)
def test_hostile_files(content: bytes, words: str, tmp_path: Path) -> None:
    """Whatever stands in a file, the answer is a sentence with the place, never a crash."""
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(CadenceError) as raised:
        load_cadence(path)
    assert words in str(raised.value)


def test_folder_of_a_files_name(tmp_path: Path) -> None:
    """A folder that is called like a cadence is no cadence, and is said to be a folder."""
    (tmp_path / "odd.toml").mkdir()
    with pytest.raises(CadenceError, match="is a folder"):
        find_cadence("odd", tmp_path)


def test_rejection_needs_no_step(tmp_path: Path) -> None:
    """A cadence of one's own need not mention rejections: every cadence thanks for one."""
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    assert not load_cadence(path).steps_of(Kind.REJECTION_THANKS)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["title", "interval", "calls", "limit", "steps", "ask", "after_thanks"]) | st.text(max_size=10)
STEP_KEYS = st.sampled_from(["kind", "channel", "audience", "anchor", "offset", "window", "when", "repeat", "needs"])
STEPS = st.lists(st.dictionaries(STEP_KEYS, VALUES | st.sampled_from(list(Kind)), max_size=6), max_size=3)


@given(st.dictionaries(KEYS, VALUES, max_size=6), STEPS)
def test_any_document(document: dict[str, object], steps: list[dict[str, object]]) -> None:
    """Whatever TOML can hold is read, or named as wrong with its place."""
    cadence, wrong = read_cadence({**document, "steps": steps}, "x", own=True)
    assert wrong or (cadence.title and cadence.steps)
    assert all(one.wrong and one.where for one in wrong)


def test_calls_default() -> None:
    """Without a word on calls, a cadence calls unless they refused."""
    cadence, _ = read_cadence({"title": "x"}, "x", own=True)
    assert cadence.calls is Calls.UNLESS_REFUSED


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("next-day", Kind.STATUS_INQUIRY, "five to seven days after the interview"),
        ("weekly-calls", Kind.THANK_YOU, "straight after the interview"),
        ("balanced", Kind.THANK_YOU, "two hours after the interview"),
        ("balanced", Kind.STATUS_INQUIRY, "two working days after the day they named, if a decision date is known"),
        ("balanced", Kind.ADDITIONAL_DETAIL, "an interval after the one before, if a decision date is known"),
        ("balanced", Kind.APPLICATION_CHECK, "one working day after you applied"),
        ("timeline", Kind.REJECTION_THANKS, "one working day after their answer"),
    ],
)
def test_timing_in_words(name: str, kind: Kind, words: str) -> None:
    """Each step of a cadence says in words when it comes."""
    assert find_cadence(name).steps_of(kind)[0].timing == words

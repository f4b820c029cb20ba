"""The pages of ``followup-mail help``: they fit, and what they tell somebody to type exists."""

from __future__ import annotations

import re
import shlex

import pytest
from typer.testing import CliRunner

from followup_mail.cli.commands.help_command import TOPICS, name_topics
from followup_mail.cli.program import make_program
from followup_mail.cli.reference import list_commands
from followup_mail.settings.table import setting_rows, variable

PAGES = {name: (TOPICS / f"{name}.txt").read_text("utf-8") for name in name_topics()}


def _say(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(make_program(), ["help", *words], prog_name="followup-mail")
    return done.exit_code, done.output


def test_the_topics_are_there() -> None:
    """The three pages that somebody needs who begins."""
    assert set(PAGES) >= {"getting-started", "passwords", "scheduling"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_window(name: str) -> None:
    """No line is wider than 72 columns, and no tab or trailing space shifts it."""
    lines = PAGES[name].split("\n")
    assert max(map(len, lines)) <= 72
    assert [line for line in lines if line != line.rstrip() or "\t" in line] == []
    assert PAGES[name].isascii()


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_tells_to_type_exists(name: str) -> None:
    """Every command with its options, every topic and every setting that a page names is there."""
    commands = list_commands()
    for line in re.findall(r"^ +(followup-mail .*)$", PAGES[name], re.MULTILINE):
        words = shlex.split(line)
        paths = [path for count in (3, 2) if (path := " ".join(words[:count])) in commands]
        assert paths, line
        options = {option for param in commands[paths[0]].params for option in param.opts}
        assert {word for word in words if word.startswith("--")} <= options, line
        if words[1] == "help":
            assert words[2] in {*PAGES, *(path.split()[1] for path in commands)}
    running = re.findall(r"followup-mail\s+([a-z]+)", PAGES[name])
    assert [word for word in running if f"followup-mail {word}" not in commands] == []
    known = {variable(row.name) for row in setting_rows()}
    assert set(re.findall(r"\bFOLLOWUP_[A-Z_]+", PAGES[name])) <= known


def test_help_alone_lists_the_topics() -> None:
    """Each topic with its title."""
    code, shown = _say()
    assert code == 0
    assert all(f"followup-mail help {name}" in shown for name in PAGES)
    assert max(map(len, shown.split("\n"))) <= 100


@pytest.mark.parametrize("words", [("getting-started",), ("getting", "started"), ("Getting-Started",)])
def test_a_topic_is_found_as_people_write_it(words: tuple[str, ...]) -> None:
    """With a hyphen or a space, in capitals or not."""
    assert _say(*words) == (0, PAGES["getting-started"])


@pytest.mark.parametrize("words", [("queue",), ("outbox", "list"), ("outbox",)])
def test_help_of_a_command_is_its_help(words: tuple[str, ...]) -> None:
    """``help COMMAND`` says what ``COMMAND --help`` says."""
    done = CliRunner().invoke(make_program(), [*words, "--help"], prog_name="followup-mail")
    assert _say(*words) == (0, done.output)


def test_an_unknown_topic_is_refused_with_those_there_are() -> None:
    """The exit code is that of a wrong command line."""
    code, shown = _say("nonsense")
    assert code == 2
    assert "getting-started" in " ".join(shown.split())

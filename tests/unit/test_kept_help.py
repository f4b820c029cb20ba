"""The help texts that are kept say, byte for byte, what typer would print."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from followup_mail.cli.app import run
from followup_mail.cli.commands.help_command import name_topics
from followup_mail.cli.kept_help import PLACE, find_help, is_made_by_installed
from followup_mail.cli.reference import list_commands

PATHS = [[], *(path.split()[1:] for path in list_commands())]


made_with_this_typer = pytest.mark.skipif(
    not is_made_by_installed(Path(PLACE).read_text("utf-8")), reason="the texts were made with another version of typer"
)


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, whatever the tests are run from."""
    for name in ("_FOLLOWUP_MAIL_COMPLETE", "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@made_with_this_typer
@pytest.mark.parametrize("words", PATHS, ids=" ".join)
def test_kept_help_is_what_typer_prints(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text of every command, asked for in any way, is that of typer on a wide screen and on one of 80 columns."""
    for columns in ("80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        kept = find_help([*words, "--help"])
        assert run([*words, "--help"]) == 0
        assert capsys.readouterr() == (kept, "")
        assert find_help([*words, "-h"]) == kept
        if words:
            assert find_help(["help", *words]) == kept


@made_with_this_typer
def test_no_arguments_ask_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a word the program prints its help, and ends with 0."""
    assert run([]) == 0
    assert capsys.readouterr() == (find_help([]), "")


def test_kept_texts_can_be_printed_anywhere() -> None:
    """They hold no character that some terminal cannot show, and no folder or setting of whoever made them."""
    with open(PLACE, encoding="utf-8") as file:  # noqa: PTH123  # as it is read
        texts = file.read()
    assert texts.isascii()
    assert texts.count("\f") == len(PATHS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["help"],
        ["help", "queue", "--help"],
        ["help", "nonsense"],
        ["help", "--"],
        ["nonsense", "--help"],
        ["queue"],
        ["queue", "--json", "--help"],
        ["queue", "acme", "--help"],
        ["--home", "x", "--help"],
        ["--help", "queue"],
        ["", "--help"],
        ["outbox", "--help", "list"],
        ["outbox list", "--help"],
    ],
    ids=" ".join,
)
def test_other_command_lines_are_left_to_typer(arguments: list[str]) -> None:
    """Only the plain ways to ask for the help of a command are answered from what is kept."""
    assert find_help(arguments) is None


@pytest.mark.parametrize(
    ("name", "value"), [("COLUMNS", "79"), ("COLUMNS", "1"), ("_FOLLOWUP_MAIL_COMPLETE", "complete_bash")]
)
def test_narrow_screens_and_completion_are_left_to_typer(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a narrow screen the lines break elsewhere, and a shell that completes a line wants no help."""
    monkeypatch.setenv(name, value)
    assert find_help(["--help"]) is None


def test_no_topic_is_named_like_a_command() -> None:
    """``help`` says what a topic says before it looks for a command."""
    assert not {"-".join(words) for words in PATHS} & set(name_topics())


@pytest.mark.parametrize("version", ["0.1.0", "0.29.22", "", "../x"])
def test_another_version_of_typer_answers_itself(version: str) -> None:
    """It may put things in another way than the one that the texts were made with."""
    assert not is_made_by_installed(f"typer {version}\n\f\nUsage")
    assert is_made_by_installed(f"typer {typer.__version__}\n\f\nUsage")

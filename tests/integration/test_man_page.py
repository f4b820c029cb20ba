"""The man page: no formatter complains, it names every command, and it goes into what is built."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import followup_mail
from followup_mail.cli.reference import list_commands

ROOT = Path(followup_mail.__file__).parents[1]
PAGE = ROOT / "man" / "followup-mail.1"


@pytest.mark.parametrize(
    "command",
    [("mandoc", "-T", "lint"), ("groff", "-ww", "-man", "-K", "utf8", "-T", "utf8", "-z")],
    ids=lambda command: command[0],
)
def test_no_formatter_complains(command: tuple[str, ...]) -> None:
    """Neither of the two formatters that systems come with warns of anything."""
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([*command, PAGE], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")


def test_every_command_is_on_the_page() -> None:
    """Each command has a heading of its own."""
    text = PAGE.read_text("utf-8").replace("\\-", "-")
    commands = [path for path, command in list_commands().items() if not getattr(command, "commands", {})]
    assert [path for path in commands if f'.SS "{path}' not in text] == []


def test_it_is_installed_and_shipped() -> None:
    """The wheel puts it where man looks, and the source archive has it."""
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["shared-data"]["man/followup-mail.1"] == "share/man/man1/followup-mail.1"
    assert "/man" in targets["sdist"]["include"]

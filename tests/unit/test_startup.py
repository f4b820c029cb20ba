"""What the first second feels like: nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Each of these costs tens of milliseconds, and none is needed to print a help text.
HEAVY = {
    "pydantic",
    "jinja2",
    "yagmail",
    "smtplib",
    "icalendar",
    "holidays",
    "tomlkit",
    "email_validator",
    "sqlite3",
    "rich",
    "platformdirs",
    "dotenv",
    "tzlocal",
    "importlib.metadata",
}


def _imported_by(arguments: list[str]) -> set[str]:
    program = (
        "import sys; sys.argv[1:] = sys.argv[1:]; from followup_mail.__main__ import main; code = main();"
        "print('\\n'.join(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["queue", "--help"], ["outbox", "--help"]])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    """Neither the version nor any help text imports a heavy package."""
    assert _imported_by(arguments) & HEAVY == set()


def test_version_imports_almost_nothing() -> None:
    """The version is answered before typer is imported."""
    assert "typer" not in _imported_by(["--version"])

"""What the first second feels like: nothing heavy is imported before it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from followup_mail.cli.kept_help import PLACE, is_made_by_installed

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
    "vobject",
}


# Who reads a date, a list or the queue needs no facts checked, nothing planned, nothing written, nothing sent.
CHECKING_FACTS = {"email_validator", "followup_mail.facts.application"}
PLANNING = {"holidays", "followup_mail.cadence.plan"}
WRITING = {"jinja2", "followup_mail.checks", "followup_mail.message.compose", "followup_mail.drafts.write_draft"}
SENDING = {"yagmail", "smtplib", "ssl", "followup_mail.delivery.transport"}
EXPORTING = {"icalendar", "followup_mail.calendar", "tomlkit", "keyring", "rich"}
ASKING = {"prompt_toolkit", "harper", "followup_mail.language.answers", "httpx", "followup_mail.writing_model.chat"}
# What is rarely needed to look at the queue, or to find that nothing is due.
RARE = {
    "difflib",
    "html",
    "importlib.resources",
    "followup_mail.incoming.tenor",
    "followup_mail.message.attachments",
}
AFTERNOON = datetime.now(UTC) - timedelta(hours=2)
FACTS = f"""
company = "Acme"
role = "Engineer"
time_zone = "Europe/Berlin"
country = "DE"

[[interviews]]
start = {AFTERNOON:%Y-%m-%dT%H:%M:00Z}
duration = "45 min"

[[interviews.people]]
name = "Ada Lovelace"
email = "ada@acme.example"
discussed = "the way to streaming"
convinced = "the calm with which you told of the outage"
"""


def _imported_by(arguments: list[str], environment: dict[str, str] | None = None) -> set[str]:
    program = (
        "import sys; sys.argv[1:] = sys.argv[1:]; from followup_mail.__main__ import main; code = main();"
        "print('\\n'.join(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return set(done.stderr.splitlines())


def _imported_by_python() -> set[str]:
    """Return what Python brings before a program begins; it differs from one distribution to the next."""
    bare = [sys.executable, "-c", "import sys; print(*sys.modules)"]
    return set(subprocess.run(bare, capture_output=True, text=True, check=True).stdout.split())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a home with one application and one mail that is queued for the day after tomorrow."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "applications").mkdir()
    (folder / "applications" / "acme.toml").write_text(FACTS, "utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("FOLLOWUP_")}
    given = {"FOLLOWUP_HOME": str(folder), "FOLLOWUP_NAME": "Jordan Example", "FOLLOWUP_EMAIL": "jordan@example.com"}
    environment = {**kept, **given}
    _imported_by(["queue", "acme", "thank_you", "--at", "in 2 days 11:00"], environment)
    assert (folder / "outbox.sqlite3").exists()
    return environment


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["queue", "--help"], ["outbox", "--help"], ["help"], ["help", "queue"]]
)
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    """Neither the version nor any help text imports a heavy package."""
    assert _imported_by(arguments) & (HEAVY | ASKING) == set()


@pytest.mark.parametrize(
    "arguments", [["--version"], [], ["--help"], ["queue", "-h"], ["outbox", "list", "--help"], ["help", "queue"]]
)
def test_version_and_help_import_almost_nothing(arguments: list[str]) -> None:
    """The version and the help of any command are answered with nothing but what Python brings and two modules."""
    if arguments != ["--version"] and not is_made_by_installed(Path(PLACE).read_text("utf-8")):
        pytest.skip("the texts were made with another version of typer")
    more = _imported_by(arguments, {**os.environ, "COLUMNS": "80"}) - _imported_by_python()
    assert {one.partition(".")[0] for one in more} <= {"followup_mail", "encodings", "gc"}
    assert len(more) < 8


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["settings"], CHECKING_FACTS | PLANNING | WRITING | SENDING | EXPORTING | {"sqlite3"}),
        (["templates", "list"], CHECKING_FACTS | PLANNING | WRITING | SENDING | EXPORTING | {"sqlite3"}),
        (["outbox", "list"], CHECKING_FACTS | PLANNING | WRITING | SENDING | EXPORTING | RARE | {"typer", "hashlib"}),
        (["outbox", "show", "1"], CHECKING_FACTS | PLANNING | WRITING | SENDING | EXPORTING),
        (["run"], CHECKING_FACTS | PLANNING | WRITING | SENDING | EXPORTING | RARE | {"typer"}),
        (["show", "acme"], PLANNING | WRITING | SENDING | EXPORTING | {"sqlite3", "email_validator", "typer"}),
        (["plan", "acme"], WRITING | SENDING | EXPORTING | {"typer"}),
        (["list"], WRITING | SENDING | EXPORTING | {"typer"}),
        (["today"], WRITING | SENDING | EXPORTING | {"typer"}),
        (["preview", "acme", "thank_you"], SENDING | EXPORTING),
    ],
)
@pytest.mark.xdist_group("startup")  # one worker, one home
def test_a_command_imports_only_what_it_uses(home: dict[str, str], arguments: list[str], unwanted: set[str]) -> None:
    """A command of every day leaves out the parts of the road that it does not go."""
    assert _imported_by(arguments, home) & (unwanted | ASKING) == set()


@pytest.mark.parametrize(
    ("arguments", "most"), [(["outbox", "list"], 280), (["run"], 320), (["settings"], 225)], ids=str
)
@pytest.mark.xdist_group("startup")
def test_a_command_imports_few_modules(home: dict[str, str], arguments: list[str], most: int) -> None:
    """The number of modules, those of the standard library included, stays near what it is: each costs its time."""
    assert len(_imported_by(arguments, home) - _imported_by_python()) <= most


@pytest.mark.parametrize(("word", "other"), [("show", "sending_commands"), ("cadence", "facts_commands")])
@pytest.mark.xdist_group("startup")
def test_a_command_brings_no_other(home: dict[str, str], word: str, other: str) -> None:
    """Only the module of the command that is asked for is imported, also behind the options before it."""
    words = ["--env-file", str(home["FOLLOWUP_HOME"]) + "/few.env", word, *({"show": ["acme"]}.get(word, ["list"]))]
    (Path(home["FOLLOWUP_HOME"]) / "few.env").write_text("FOLLOWUP_NAME=Jordan Example\n", "utf-8")
    assert f"followup_mail.cli.commands.{other}" not in _imported_by(words, home)


def test_holidays_are_imported_late() -> None:
    """Looking at cadences imports nothing of the slow package that knows the holidays."""
    code = (
        "import sys, followup_mail.cadence.plan, followup_mail.cadence.cadence_files as files; "
        "files.find_cadence('balanced'); sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.xdist_group("startup")
def test_holidays_are_asked_once(home: dict[str, str], tmp_path: Path) -> None:
    """What one command has learnt about a country's holidays, the next ones know without the package."""
    environment = {**home, "XDG_CACHE_HOME": str(tmp_path)}
    _imported_by(["plan", "acme"], environment)
    for arguments in (["plan", "acme"], ["today"], ["list"], ["plan", "acme", "--json"]):
        assert "holidays" not in _imported_by(arguments, environment)


@pytest.mark.parametrize(
    "line", ["followup-mail preview ", "followup-mail preview acme ", "followup-mail preview acme thank_you --to "]
)
@pytest.mark.xdist_group("startup")
def test_completion_imports_nothing_heavy(home: dict[str, str], line: str) -> None:
    """Somebody has pressed Tab and waits: only names of files and a bare facts file are read."""
    given = {
        "_FOLLOWUP_MAIL_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
    }
    program = (
        "import sys; from followup_mail.__main__ import main\n"
        "try: main()\nfinally: print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env={**home, **given}
    )
    assert set(done.stderr.splitlines()) & (HEAVY | ASKING | PLANNING | WRITING | SENDING) == set()
    assert done.stdout.split()

"""What belongs to one candidate never reaches another: every source of settings of one is tried against the other."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from servers import Sink, serve

from followup_mail.cli.app import run
from followup_mail.settings.candidates import FILE, Candidate, read_candidates
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.password import find_password

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders as on POSIX")

YESTERDAY = datetime.now(UTC) - timedelta(days=1)
FACTS = f"""
company = "Acme"
role = "Engineer"
time_zone = "UTC"
country = "US"

[[interviews]]
start = {YESTERDAY:%Y-%m-%dT%H:%M:00Z}
duration = "45 min"

[[interviews.people]]
name = "Ada Lovelace"
email = "ada@acme.example"
discussed = "the way to streaming"
"""


class Two:
    """Two candidates, each with a home, an account at a server of their own, and one interview."""

    def __init__(self, folder: Path, ports: dict[str, int]) -> None:
        self.folder = folder
        self.accounts = {
            name: {
                "FOLLOWUP_NAME": f"{name.title()} Example",
                "FOLLOWUP_EMAIL": f"{name}@example.com",
                "FOLLOWUP_SMTP_HOST": "127.0.0.1",
                "FOLLOWUP_SMTP_PORT": str(port),
                "FOLLOWUP_SMTP_SECURITY": "plain",
                "FOLLOWUP_SMTP_AUTH": "none",
                "FOLLOWUP_TIME_ZONE": "UTC",
            }
            for name, port in ports.items()
        }
        for name in ports:
            assert run(["candidate", "add", name, str(self.home(name))]) == 0
            (self.home(name) / "applications").mkdir(mode=0o700)
            (self.home(name) / "applications" / "acme.toml").write_text(FACTS)
            self.write_account(name)

    def home(self, name: str) -> Path:
        return self.folder / name

    def write_account(self, name: str, folder: Path | None = None) -> Path:
        path = (folder or self.home(name)) / ".env"
        path.write_text("".join(f"{key}={value}\n" for key, value in self.accounts[name].items()))
        path.chmod(0o600)
        return path

    def files(self, name: str) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.home(name).rglob("*") if path.is_file()}


@pytest.fixture
def sinks() -> dict[str, Sink]:
    return {"anna": Sink(), "bo": Sink()}


@pytest.fixture
def two(tmp_path: Path, sinks: dict[str, Sink], monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    for key in [key for key in os.environ if key.startswith(("FOLLOWUP_", "XDG_"))]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with serve(sinks["anna"]) as anna, serve(sinks["bo"]) as bo:
        yield Two(tmp_path, {"anna": anna, "bo": bo})


def _send(*places: str) -> int:
    return run([*places, "send", "acme", "thank_you", "--yes", "--ignore", "FM301"])


def _mix(way: str, two: Two, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put what is Anna's in the way of a command for Bo; return how the command says that it is for Bo."""
    choose = ["--candidate", "bo"]
    match way:
        case "environment" | "environment, by home" | "environment, by variable":
            for key, value in two.accounts["anna"].items():
                monkeypatch.setenv(key, value)
        case "env-file":
            return ["--env-file", str(two.home("anna") / ".env"), *choose]
        case "copied env-file":
            return ["--env-file", str(two.write_account("anna", two.folder)), *choose]
        case "working folder":
            monkeypatch.chdir(two.home("anna"))
        case "home variable":
            monkeypatch.setenv("FOLLOWUP_HOME", str(two.home("anna")))
    if way == "environment, by home":
        return ["--home", str(two.home("bo"))]
    if way == "environment, by variable":
        monkeypatch.setenv("FOLLOWUP_HOME", str(two.home("bo")))
        return []
    return choose


WAYS = [
    *("environment", "environment, by home", "environment, by variable"),
    *("env-file", "copied env-file", "working folder", "home variable"),
]


@pytest.mark.parametrize("has_account", [True, False])
@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_anna_is_used_for_bo(
    way: str, has_account: bool, two: Two, sinks: dict[str, Sink], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bo's mail leaves from Bo's account or not at all, and Anna's home stays as it is, byte for byte."""
    if not has_account:
        (two.home("bo") / ".env").write_text("FOLLOWUP_TIME_ZONE=UTC\n")
    if way == "copied env-file" and not has_account:
        pytest.skip("a file outside every home, which the user names for a candidate without an account, is Bo's")
    before = two.files("anna")
    places = _mix(way, two, monkeypatch)
    before.update({path: content for path, content in two.files("anna").items() if path not in before})
    code = _send(*places)
    assert sinks["anna"].received == []
    assert two.files("anna") == before
    left = sinks["bo"].received
    assert bool(left) == (code == 0)
    assert all(mail.mail_from == "bo@example.com" and b"Anna" not in mail.content for mail in left)
    if has_account and "env-file" not in way:
        assert code == 0


def test_home_and_candidate_at_once_are_refused(two: Two, capsys: pytest.CaptureFixture[str]) -> None:
    """Two places for one command are refused in a sentence."""
    assert _send("--home", str(two.home("anna")), "--candidate", "bo") == 2
    assert "--candidate and --home both name a home folder" in capsys.readouterr().err


def test_what_is_left_out_is_said(
    two: Two, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence names the variables of the environment that are not used, and no value of them."""
    del two
    monkeypatch.setenv("FOLLOWUP_EMAIL", "adviser@office.example")
    run(["--candidate", "bo", "list"])
    said = capsys.readouterr().err
    assert "FOLLOWUP_EMAIL" in said
    assert "not used for bo" in said
    assert "adviser@office.example" not in said


def test_a_shared_keyring_service_is_asked_for_the_own_account(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same keyring service in both homes, each account name gets its own password."""
    passwords = {("office", "anna@example.com"): "a-secret", ("office", "bo@example.com"): "b-secret"}
    fake = SimpleNamespace(get_password=lambda service, account: passwords.get((service, account)), errors=None)
    monkeypatch.setitem(__import__("sys").modules, "keyring", fake)
    for name, letter in (("anna", "a"), ("bo", "b")):
        with two.write_account(name).open("a") as file:
            file.write("FOLLOWUP_SMTP_AUTH=password\nFOLLOWUP_SMTP_KEYRING=office\n")
        path = two.home(name) / ".env"
        path.write_text(path.read_text().replace("FOLLOWUP_SMTP_AUTH=none\n", ""))
        loaded = load_settings(two.accounts["anna"], two.home(name), None, read_candidates())
        assert find_password(loaded.settings, loaded.settings.email)() == f"{letter}-secret"


def test_undo_outbox_and_previews_stay_at_home(two: Two, sinks: dict[str, Sink]) -> None:
    """What is queued, shown and undone for one candidate leaves the other's folder as it is."""
    before = two.files("anna")
    bo = ["--candidate", "bo"]
    assert run([*bo, "preview", "acme", "thank_you"]) == 0
    assert run([*bo, "queue", "acme", "thank_you", "--at", "in 2 days 11:00", "--ignore", "FM301"]) == 0
    assert (two.home("bo") / "outbox.sqlite3").exists()
    assert run(["--candidate", "anna", "run"]) == 0
    assert run(["--candidate", "anna", "outbox", "cancel", "1"]) == 9
    assert run(["--candidate", "anna", "undo", "--yes"]) != 0
    assert run([*bo, "undo", "--yes"]) == 0
    assert {path: text for path, text in two.files("anna").items() if "/log/" not in path} == before
    assert (sinks["anna"].received, sinks["bo"].received) == ([], [])


def test_one_broken_home_hides_no_other(two: Two, capsys: pytest.CaptureFixture[str]) -> None:
    """The list and the day of all candidates tell of a broken home, and of the others as ever."""
    (two.home("anna") / ".env").write_text("FOLLOWUP_EMAIL=nonsense\n")
    run(["candidate", "add", "cleo", str(two.folder / "cleo")])
    (two.folder / "cleo").rmdir()
    capsys.readouterr()
    assert run(["candidates", "--json"]) == 0
    anna, bo, cleo = json.loads(capsys.readouterr().out)
    assert "FOLLOWUP_EMAIL" in anna["error"]
    assert (bo["waits"], bo["failed"], bo["error"]) == (0, 0, None)
    assert "gone" in cleo["error"]
    assert run(["today", "--all-candidates"]) == 0
    said = capsys.readouterr().out
    assert "        followup-mail --candidate bo " in said
    assert "followup-mail --candidate anna doctor" in said
    assert run(["today", "--all-candidates", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)[1]["today"]
    assert len([*found["due"], *found["soon"]]) == 1


@pytest.mark.parametrize("place", [["--candidate", "bo"], ["--home", "elsewhere"], ["--env-file", "mine.env"]])
def test_one_home_beside_all_candidates_is_refused(
    two: Two, capsys: pytest.CaptureFixture[str], place: list[str]
) -> None:
    """A home folder or settings that would not be used are not passed over in silence."""
    assert run([*place, "today", "--all-candidates"]) == 2
    assert "Leave them out, or leave out --all-candidates." in capsys.readouterr().err
    assert two.folder.is_dir()


def test_the_list_is_private_and_removing_deletes_nothing(two: Two, capsys: pytest.CaptureFixture[str]) -> None:
    """The list is for the user alone; who is taken off it keeps every file."""
    path = two.folder / ".config" / "followup-mail" / FILE
    assert path.stat().st_mode & 0o777 == 0o600
    before = two.files("bo")
    assert run(["candidate", "remove", "BO"]) == 0
    assert "Nothing was deleted" in capsys.readouterr().out
    assert two.files("bo") == before
    assert read_candidates() == (Candidate("anna", two.home("anna")),)
    assert run(["--candidate", "bo", "list"]) == 9
    assert "There are: anna" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["-x", "a/b", "a\\b", "x" * 61, "anna", "ANNA"])
def test_names_that_cannot_be_are_refused(name: str, two: Two) -> None:
    """A name that looks like an option or a path, or that somebody has, is refused."""
    assert run(["candidate", "add", "--", name, str(two.folder / "new")]) == 8
    assert not (two.folder / "new").exists()


@pytest.mark.parametrize("folder", ["anna", "anna/inside", "."])
def test_folders_that_reach_into_another_are_refused(folder: str, two: Two) -> None:
    """A folder that is, contains or lies in another candidate's home is refused."""
    assert run(["candidate", "add", "cleo", str(two.folder / folder)]) == 8


def test_a_spoilt_list_is_told(two: Two, capsys: pytest.CaptureFixture[str]) -> None:
    """A list that cannot be read stops with a sentence: without it nobody knows whose home is whose."""
    path = two.folder / ".config" / "followup-mail" / FILE
    for text in ("{", "[]", '{"anna": "relative"}', '{"anna": 1}'):
        path.write_text(text)
        assert run(["candidates"]) == 4
        assert str(path) in capsys.readouterr().err
    path.write_text("{}")
    path.chmod(0o666)
    assert run(["--home", str(two.home("bo")), "list"]) == 4

"""A writing model in ``settings`` and ``doctor``: what leaves the machine, and whether it is there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer, fails, lists

from followup_mail.cli.commands.setup_commands import settings
from followup_mail.services.accounts.setup_look import SetupCheck
from followup_mail.services.health.doctor import check_setup
from followup_mail.settings.load_settings import load_settings
from followup_mail.workspace import Workspace
from followup_mail.writing_model.chat import ask

KEY = "sk-Secret7890abcdefXYZ"


@pytest.fixture(autouse=True)
def no_wordings(monkeypatch: pytest.MonkeyPatch) -> None:
    """To render every wording takes a second, and has no part in this."""
    monkeypatch.setattr("followup_mail.services.health.look_at_files.try_wordings", lambda _: [])


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as running:
        yield running


def workspace_of(home: Path, **given: str) -> Workspace:
    return Workspace(load_settings({f"FOLLOWUP_{name.upper()}": value for name, value in given.items()}, home))


def look(workspace: Workspace) -> SetupCheck:
    (found,) = [check for check in check_setup(workspace) if check.what == "writing model"]
    return found


def show(monkeypatch: pytest.MonkeyPatch, workspace: Workspace, *, as_json: bool = False) -> None:
    monkeypatch.setattr("followup_mail.cli.commands.setup_commands.open_workspace", lambda: workspace)
    settings(json=as_json)


def test_no_writing_model_is_no_fault(tmp_path: Path) -> None:
    """Not to have a writing model is all right, and told."""
    found = look(workspace_of(tmp_path))
    assert (found.ok, found.doubtful, found.fix) == (True, False, "")
    assert "none is set" in found.said


def test_a_model_that_is_there_is_ready(tmp_path: Path, server: ModelServer) -> None:
    """A server that lists the model is all right; nothing but the list was asked for."""
    server.plays = (lists("other", "tiny"),)
    found = look(workspace_of(tmp_path, writer_url=server.url, writer_model="tiny", writer_key=KEY))
    assert (found.ok, found.said) == (True, f"'tiny' is ready at 127.0.0.1:{server.port}")
    assert [(asked.method, asked.path, asked.body) for asked in server.asked] == [("GET", "/v1/models", b"")]


def test_a_model_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, server: ModelServer) -> None:
    """A name that the server does not know is a fault; the names that it knows are shown, cleaned and not too many."""
    server.plays = (lists("llama3.2:latest", "bad\x1b[31m name", *(f"m{number}" for number in range(50))),)
    found = look(workspace_of(tmp_path, writer_url=server.url, writer_model="lama"))
    assert not found.ok
    assert "doesn't list the model 'lama'" in found.said
    assert "llama3.2:latest, bad [31m name, m0" in found.fix
    assert "m30" not in found.fix


def test_a_server_that_is_away_is_told_with_what_to_do(tmp_path: Path) -> None:
    """A server that is not there is a fault with a fix, and the look goes on."""
    workspace = workspace_of(tmp_path, writer_url="http://127.0.0.1:1/v1", writer_model="tiny")
    found = look(workspace)
    assert not found.ok
    assert "can't be reached" in found.said
    assert found.fix


def test_a_refused_key_is_told_without_it(tmp_path: Path, server: ModelServer) -> None:
    """A wrong key is a fault, and is not shown."""
    server.plays = (fails(401, f"bad key {KEY}"),)
    found = look(workspace_of(tmp_path, writer_url=server.url, writer_model="tiny", writer_key=KEY))
    assert not found.ok
    assert "refused the key" in found.said
    assert KEY not in found.said + found.fix


def test_half_a_writing_model_is_a_fault(tmp_path: Path) -> None:
    """A model without its address is told by ``doctor``, with what to set."""
    found = look(workspace_of(tmp_path, writer_model="tiny"))
    assert not found.ok
    assert "FOLLOWUP_WRITER_URL" in found.fix


def test_nothing_else_of_the_settings_is_on_the_wire(tmp_path: Path, server: ModelServer) -> None:
    """Of all settings, only the key and the name of the model go to the model's server."""
    own = {
        "name": "Jordan Example",
        "email": "jordan@example.com",
        "phone": "+1 312 555 0142",
        "smtp_host": "smtp.example.com",
        "smtp_password": "hunter2-hunter2",
        "imap_password": "hunter3-hunter3",
    }
    workspace = workspace_of(tmp_path, writer_url=server.url, writer_model="tiny", writer_key=KEY, **own)
    endpoint = workspace.writing_model
    assert endpoint is not None
    ask(endpoint, [{"role": "user", "content": "Write."}], {})
    (asked,) = server.asked
    wire = asked.wire.decode()
    assert KEY in asked.headers["authorization"]
    assert [text for text in (*own.values(), "jordan", "Jordan", str(tmp_path)) if text in wire] == []


@pytest.mark.skipif(os.name == "nt", reason="the commands are those of POSIX")
def test_the_key_of_a_command_is_sent(tmp_path: Path, server: ModelServer) -> None:
    """The first line that the command prints is the key."""
    server.plays = (lists("tiny"),)
    command = f"echo {KEY}"
    assert look(workspace_of(tmp_path, writer_url=server.url, writer_model="tiny", writer_key_command=command)).ok
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.skipif(os.name == "nt", reason="the commands are those of POSIX")
def test_a_command_without_a_key_is_told(tmp_path: Path, server: ModelServer) -> None:
    """A command that fails is a fault with the name of its setting, and nobody is asked."""
    workspace = workspace_of(tmp_path, writer_url=server.url, writer_model="tiny", writer_key_command="false")
    found = look(workspace)
    assert (found.ok, found.said) == (False, "FOLLOWUP_WRITER_KEY_COMMAND gave no key (exit code 1).")
    assert server.asked == []


def test_settings_say_below_the_table_what_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line names the host and what never goes there; the key is nowhere, and nobody was asked."""
    show(monkeypatch, workspace_of(tmp_path, writer_url="https://w.example/v1", writer_model="m", writer_key=KEY))
    shown = capsys.readouterr().out
    assert "w.example" in shown.splitlines()[-1]
    assert "never e-mail addresses" in shown.splitlines()[-1]
    assert KEY not in shown


def test_settings_without_a_writing_model_are_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a writing model nothing is said about what leaves."""
    show(monkeypatch, workspace_of(tmp_path))
    assert "leaves this machine" not in capsys.readouterr().out.splitlines()[-1]


def test_settings_show_all_although_the_writing_model_is_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a writing model is told below the table."""
    show(monkeypatch, workspace_of(tmp_path, writer_model="m"))
    shown = capsys.readouterr()
    assert "FOLLOWUP_NOTIFY" in shown.out
    assert "FOLLOWUP_WRITER_MODEL is set, but not FOLLOWUP_WRITER_URL" in shown.err


def test_settings_as_json_stay_a_list_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON has the rows and no key."""
    show(
        monkeypatch,
        workspace_of(tmp_path, writer_url="https://w.example", writer_model="m", writer_key=KEY),
        as_json=True,
    )
    shown = capsys.readouterr().out
    rows = {row["key"]: row["value"] for row in json.loads(shown)}
    assert (rows["FOLLOWUP_WRITER_MODEL"], rows["FOLLOWUP_WRITER_KEY"]) == ("m", "(hidden)")
    assert KEY not in shown

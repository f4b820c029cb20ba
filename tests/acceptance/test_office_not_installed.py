"""What belongs to an office says what is missing where its packages are not installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from followup_mail.cli.commands.office_commands import register

CHILD = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
for name in ("psycopg", "psycopg_pool", "cryptography", "procrastinate", "prometheus_client"):
    sys.modules[name] = None
from followup_mail.__main__ import main
said = {}
for words in json.load(sys.stdin):
    out, err, sys.argv = io.StringIO(), io.StringIO(), ["followup-mail", *words]
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main()
        except SystemExit as ended:
            code = ended.code
    said[" ".join(words)] = [code, out.getvalue() + err.getvalue()]
json.dump(said, sys.__stdout__)
"""
ARGUMENTS = {
    "add": ["ann"],
    "audit": ["ann"],
    "delete": ["ann", "--yes"],
    "export": ["ann", "ann-again"],
    "get": ["ann", "applications/x.toml"],
    "import": ["home"],
    "put": ["ann", "applications/x.toml", "x.toml"],
    "restored": ["--nothing-lost"],
    "set": ["ann", "FOLLOWUP_TIME_ZONE=Asia/Kolkata"],
    "share": ["x.txt"],
    "unshare": ["thank_you/x"],
}


def office_words() -> list[str]:
    """Return the commands of ``office``, so that a new one is tried too."""
    app = typer.Typer()
    register(app)
    group = app.registered_groups[0].typer_instance
    assert group
    return [command.name or command.callback.__name__ for command in group.registered_commands if command.callback]


def test_each_command_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of an office, ``worker``, ``doctor`` and a candidate's name: one sentence with what to install."""
    monkeypatch.setenv("FOLLOWUP_DATABASE_URL", "postgresql://app@127.0.0.1:9/office")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "home").mkdir()
    for name in ("x.toml", "x.txt"):
        (tmp_path / name).write_text("x")
    wanted = [["office", word, *ARGUMENTS.get(word, [])] for word in office_words()]
    assert len(wanted) > 10
    wanted += [["worker"], ["doctor"], ["--candidate", "ann", "today"], ["--candidate", "ann", "doctor"]]
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    said = json.loads(done.stdout)
    assert len(said) == len(wanted)
    for words, (code, text) in said.items():
        assert (code, "pip install 'followup-mail[office]'" in text) == (4, True), (words, text)

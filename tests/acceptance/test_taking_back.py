"""``undo``, as a person uses it: a rejection of the wrong application, second thoughts, a forgotten employer."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desk import COMMAND, Desk

_COMING = (datetime.now(UTC).date() + timedelta(days=ahead) for ahead in range(1, 6))
MIDWEEK = next(day for day in _COMING if day.weekday() in {1, 2, 3})
"""A working day to come, by its date: "tue" would be two days on a Tuesday."""
THANKS = ("queue", "lumen", "thank_you", "--at", f"{MIDWEEK} 9:00")


def _mails(desk: Desk) -> dict[int, str]:
    return {entry["id"]: entry["state"] for entry in desk.json("outbox", "list", "--all")}


def _facts(desk: Desk) -> bytes:
    return (desk.home / "applications" / "lumen.toml").read_bytes()


def _outbox(desk: Desk) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in entry.items() if key != "moves"}
        for entry in json.loads(_exported(desk)["entries"])
    ]


def _exported(desk: Desk) -> dict[str, bytes]:
    folder = desk.folder / f"copy-{len(list(desk.folder.glob('copy-*')))}"
    desk.say("outbox", "export", str(folder))
    return {path.stem: path.read_bytes() for path in folder.iterdir()}


def test_a_rejection_of_the_wrong_application_is_taken_back_whole(interviewed: Desk) -> None:
    """Facts as they were, byte for byte; cancelled mails queued again with moment, words and Message-ID; no answer."""
    interviewed.say(*THANKS)
    facts, mails = _facts(interviewed), _outbox(interviewed)
    interviewed.say("rejected", "lumen")
    assert _mails(interviewed) == {1: "cancelled", 2: "cancelled", 3: "cancelled", 4: "draft"}
    asked = interviewed.run("undo")
    assert asked.returncode == 8
    assert "status: rejected -> waiting" in asked.stdout
    assert "#1 to Dr. Priya Raman is queued again" in asked.stdout
    assert _mails(interviewed)[1] == "cancelled"
    interviewed.say("undo", "--yes")
    assert _facts(interviewed) == facts
    assert _mails(interviewed) == {1: "queued", 2: "queued", 3: "queued", 4: "cancelled"}
    assert _outbox(interviewed)[:3] == mails
    history = interviewed.say("outbox", "show", "1", "--history")
    assert re.search(r"cancelled\s+queued\s+restored\s+undo of rejected lumen", history)


def test_each_undo_goes_one_step_further_back(interviewed: Desk) -> None:
    """A second ``undo`` takes back the step before; ``--redo`` does again what was taken back last."""
    interviewed.say(*THANKS)
    interviewed.say("outbox", "cancel", "2")
    interviewed.say("outcome", "lumen", "replied")
    steps = [step["command"] for step in interviewed.json("undo", "--list")]
    assert steps[:3] == ["outcome lumen replied", "outbox cancel 2", "queue lumen thank_you"]
    assert [entry["held"] for entry in interviewed.json("outbox", "list")] != ["", ""]
    assert interviewed.json("undo", "--yes")["facts"][0]["changes"][0] == "outcome.status: replied -> waiting"
    interviewed.say("undo", "--yes")
    assert _mails(interviewed)[2] == "queued"
    interviewed.say("undo", "--redo", "--yes")
    assert _mails(interviewed)[2] == "cancelled"
    interviewed.say("undo", "--yes")
    interviewed.say("undo", "--yes")
    assert set(_mails(interviewed).values()) == {"cancelled"}


def test_what_was_sent_stays_sent(interviewed: Desk) -> None:
    """A mail that left is not called back; that is said, and the step before it can be named by its number."""
    interviewed.say("outcome", "lumen", "replied")
    interviewed.say("resume", "lumen")
    interviewed.say("send", "lumen", "thank_you", "--to", "tom", "--yes")
    interviewed.say("outbox", "resolve", "1", "--sent")
    refused = interviewed.run("undo", "--yes")
    assert refused.returncode == 8
    assert "#1 to Tom Okafor stays sent, as you said" in refused.stdout
    assert "`resume lumen`, can be taken back" in refused.stderr
    step = next(step for step in interviewed.json("undo", "--list") if step["command"] == "resume lumen")
    interviewed.say("undo", str(step["step"]), "--yes")
    assert "replied" in interviewed.say("show", "lumen")


def test_what_was_typed_since_is_not_lost(interviewed: Desk) -> None:
    """Facts that were changed by hand since are not put back unless told so, and then a copy of them stays."""
    interviewed.say("outcome", "lumen", "offer")
    assert 'status = "offer"' in _facts(interviewed).decode()
    path = interviewed.home / "applications" / "lumen.toml"
    typed = path.read_text().replace('status = "offer"', 'status = "offer"  # typed since')
    path.write_text(typed)
    refused = interviewed.run("undo", "--yes")
    assert refused.returncode == 8
    assert '+status = "offer"  # typed since' in refused.stderr
    assert path.read_text() == typed
    interviewed.say("undo", "--yes", "--force")
    assert 'status = "offer"' not in path.read_text()
    (kept,) = (interviewed.home / "undo").glob("lumen.kept-*")
    assert kept.read_text() == typed


def test_what_was_typed_on_other_lines_stays(interviewed: Desk) -> None:
    """Only the step's own facts go back where the hand changed others; doing it again keeps them as well."""
    path = interviewed.home / "applications" / "lumen.toml"
    interviewed.say("change", "lumen", "--company", "Lumen Freight Two")
    path.write_text(path.read_text().replace('role = "Data Engineer"', 'role = "Staff Engineer"  # typed'))
    typed = path.read_text()
    assert "typed" in typed
    said = interviewed.say("undo", "--yes")
    assert "stay as they are now" in said
    assert path.read_text() == typed.replace("Lumen Freight Two", "Lumen Freight")
    interviewed.say("undo", "--redo", "--yes")
    assert path.read_text() == typed


def test_what_was_forgotten_comes_back_whole(interviewed: Desk) -> None:
    """Within a day ``forget`` is taken back: facts, mails with bytes and history, contacts, copies, calendar, pages."""
    interviewed.say("send", "lumen", "thank_you", "--to", "tom", "--yes")
    interviewed.say("queue", "lumen", "thank_you", "--to", "priya")
    interviewed.say("log", "lumen", "call", "--to", "elena")
    interviewed.say("calendar", "lumen", "mine.ics")
    interviewed.say("preview", "lumen", "thank_you", "--to", "elena", "--open")
    before, mails = _files(interviewed), _exported(interviewed)
    said = interviewed.say("forget", "lumen", "--yes")
    assert "followup-mail undo" in said
    assert "forget lumen --now" in said
    assert interviewed.json("list")["applications"] == []
    assert interviewed.json("outbox", "list", "--all") == []
    assert interviewed.json("run") == []
    assert b"Priya" not in b"".join(content for path, content in _files(interviewed).items() if path.parts[0] != "undo")
    interviewed.say("undo", "--yes")
    assert _files(interviewed) == before
    assert _exported(interviewed) == mails


def _files(desk: Desk) -> dict[Path, bytes]:
    """Every file of the home that tells of an application, but for the outbox, which is compared by its export."""
    kept = (path for path in sorted(desk.home.rglob("*")) if path.is_file() and path.suffix != ".lock")
    names = {path.relative_to(desk.home): path for path in kept}
    apart = {"undo", "log"}
    return {
        name: path.read_bytes()
        for name, path in names.items()
        if name.parts[0] not in apart and not name.name.startswith((".lock", "outbox.sqlite3", ".told"))
    }


def _held(desk: Desk) -> bytes:
    """Every byte of the home, with the files that steps hold."""
    held = b"".join(path.read_bytes() for path in desk.home.rglob("*") if path.is_file())
    return held + b"".join(map(b64decode, re.findall(rb'"base64": "([^"]+)"', held)))


@pytest.mark.parametrize("late", [False, True])
def test_what_was_put_aside_goes(interviewed: Desk, late: bool) -> None:
    """``forget --now`` erases it at once, and after a day the next command does; steps about it go as well."""
    interviewed.say(*THANKS)
    interviewed.say("forget", "lumen", "--yes")
    if late:
        (aside,) = (
            path for path in (interviewed.home / "undo").glob("*.json") if b'"forgets": "lumen"' in path.read_bytes()
        )
        over = datetime.now(UTC) - timedelta(minutes=1)
        aside.rename(aside.with_name(f"{aside.name[:6]}.{over:%Y%m%dT%H%M%SZ}.json"))
        interviewed.say("list")
    else:
        interviewed.say("forget", "lumen", "--now", "--yes")
    assert b"Priya" not in _held(interviewed)
    assert b"Raman" not in _held(interviewed)
    assert interviewed.run("undo", "--yes").returncode != 0


@pytest.mark.parametrize(
    "steps",
    [
        [("change", "lumen", "--rename", "freight")],
        [("change", "lumen", "--rename", "freight"), ("undo", "--yes"), ("change", "lumen", "--rename", "freight")],
        [("change", "lumen", "--rename", "other"), ("change", "other", "--rename", "freight")],
        [
            ("add", "freight", "--company", "Lumen Freight", "--role", "Data Engineer"),
            ("merge", "lumen", "freight", "--prefer", "lumen", "--yes"),
        ],
    ],
)
def test_what_had_another_name_before_goes(interviewed: Desk, steps: list[tuple[str, ...]]) -> None:
    """``forget --now`` erases what steps hold under every name that an application had; none brings it back."""
    interviewed.say(*THANKS)
    for step in steps:
        interviewed.say(*step)
    interviewed.say("forget", "freight", "--now", "--yes")
    assert b"Priya" not in _held(interviewed)
    assert interviewed.run("undo", "--yes").returncode != 0


def test_the_next_command_completes_an_interrupted_undo(interviewed: Desk) -> None:
    """What a program that died had begun to take back is completed before anything else is done, and that is said."""
    interviewed.say(*THANKS)
    interviewed.say("rejected", "lumen")
    number = interviewed.json("undo", "--list")[0]["step"]
    under_way = interviewed.home / "undo" / ".under-way"
    under_way.write_text(json.dumps({"number": number, "again": False}))
    said = interviewed.run("list").stderr
    assert "An interrupted undo of `rejected lumen` was completed." in said
    assert not under_way.exists()
    assert _mails(interviewed) == {1: "queued", 2: "queued", 3: "queued", 4: "cancelled"}
    assert "interrupted" not in interviewed.run("list").stderr


def test_steps_are_private(interviewed: Desk) -> None:
    """What a step changed is for its owner's eyes only, and options, which may be private, are not part of its name."""
    interviewed.say("rejected", "lumen", "--reason", "they said I was too quiet")
    for path in (interviewed.home / "undo", *(interviewed.home / "undo").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert interviewed.json("undo", "--list")[0]["command"] == "rejected lumen"


def test_nothing_leaves_within_a_minute_of_queue(interviewed: Desk) -> None:
    """A mail queued for now leaves in a minute; until then ``undo`` takes it back, and that is said."""
    done = interviewed.run("queue", "lumen", "thank_you", "--to", "tom", "--at", "now")
    assert re.search(r"#1 leaves at \d\d:\d\d, not before; `followup-mail undo` takes that back", done.stderr)
    assert interviewed.json("run") == []
    interviewed.say("undo", "--yes")
    assert _mails(interviewed) == {1: "cancelled"}


@pytest.mark.skipif(os.name == "nt", reason="signals as on POSIX")
def test_ctrl_c_takes_back_what_waits(interviewed: Desk) -> None:
    """``send --wait`` says when the mail leaves, and Ctrl-C in that minute cancels it: nothing was sent."""
    with subprocess.Popen(
        [COMMAND, "send", "lumen", "thank_you", "--to", "tom", "--wait", "--yes"],
        cwd=interviewed.folder,
        env={**interviewed.environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as waiting:
        try:
            assert waiting.stderr is not None
            assert any("Ctrl-C takes that back" in line for line in waiting.stderr)
            waiting.send_signal(signal.SIGINT)
            rest = waiting.stderr.read()
            assert waiting.wait(20) == 130
        finally:
            waiting.kill()
    assert "Taken back: #1. Nothing was sent." in rest
    assert _mails(interviewed) == {1: "cancelled"}
    steps = [step["command"] for step in interviewed.json("undo", "--list")]
    assert not any(command.startswith("send") for command in steps), "there is nothing left of it to take back"


def test_what_another_command_takes_back_is_not_waited_for(interviewed: Desk) -> None:
    """``send --wait`` ends at once, with the code of a refusal, when its mail is cancelled from another terminal."""
    with subprocess.Popen(
        [COMMAND, "send", "lumen", "thank_you", "--to", "tom", "--wait", "--yes"],
        cwd=interviewed.folder,
        env={**interviewed.environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as waiting:
        try:
            assert waiting.stderr is not None
            assert any("Ctrl-C takes that back" in line for line in waiting.stderr)
            interviewed.say("outbox", "cancel", "1")
            rest = waiting.stderr.read()
            assert waiting.wait(20) == 8
        finally:
            waiting.kill()
    assert "Taken back by another command before it left: #1. Not sent." in rest

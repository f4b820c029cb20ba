"""A mail leaves by the account it was written for, or waits and says so; no working folder decides about that."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk
from servers import FaultyServer

SENT = "queued as"


@pytest.fixture
def server() -> FaultyServer:
    """A mail server that takes whatever comes."""
    return FaultyServer({})


@pytest.fixture
def account(interviewed: Desk, server: FaultyServer) -> Iterator[Path]:
    """The home's ``.env``, as somebody with a mail server has it; nothing about it is in the environment."""
    for key in ("FOLLOWUP_NAME", "FOLLOWUP_EMAIL"):
        del interviewed.environment[key]
    with server.running() as port:
        path = interviewed.home / ".env"
        path.write_text(
            "FOLLOWUP_NAME=Jordan Example\nFOLLOWUP_EMAIL=jordan@example.com\nFOLLOWUP_SMTP_HOST=127.0.0.1\n"
            f"FOLLOWUP_SMTP_PORT={port}\nFOLLOWUP_SMTP_SECURITY=plain\nFOLLOWUP_SMTP_AUTH=none\n"
        )
        path.chmod(0o600)
        yield path


COMMANDS = [("doctor",), ("run",), ("send", "lumen", "thank_you", "--yes")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("account")
def test_a_folder_runs_nothing_and_redirects_nothing(interviewed: Desk, command: tuple[str, ...]) -> None:
    """In a folder whose ``.env`` names a server and a command for the password, neither is used."""
    thief = FaultyServer({})
    with thief.running() as port:
        (interviewed.folder / ".env").write_text(
            f"FOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PORT={port}\nFOLLOWUP_SMTP_SECURITY=plain\n"
            "FOLLOWUP_NAME=Mallory\nFOLLOWUP_EMAIL=mallory@example.com\n"
            "FOLLOWUP_SMTP_PASSWORD_COMMAND=\"sh -c 'touch mark; echo x'\"\n"
        )
        done = interviewed.run(*command)
    assert "Mallory" not in done.stdout
    assert thief.connections == 0
    assert not (interviewed.folder / "mark").exists()


@pytest.mark.usefixtures("account")
def test_a_file_that_is_not_read_is_named(interviewed: Desk) -> None:
    """Who wonders why the .env beside them does nothing is told by ``settings`` and ``doctor``."""
    (interviewed.folder / ".env").write_text("FOLLOWUP_PHONE=+1 312 555 0100\n")
    assert f"{interviewed.folder / '.env'} is not read" in interviewed.run("settings").stderr
    assert "is not read" in " ".join(interviewed.run("doctor").stdout.split())


def test_a_home_in_somebody_elses_folder_keeps_its_account(
    interviewed: Desk, account: Path, server: FaultyServer
) -> None:
    """With Anna's account in the environment, a mail from Bob's home does not leave as Anna."""
    anna = FaultyServer({})
    with anna.running() as port:
        outside = {"FOLLOWUP_EMAIL": "anna@example.com", "FOLLOWUP_SMTP_HOST": "127.0.0.1"}
        done = interviewed.run(
            *("--home", str(account.parent), "send", "lumen", "thank_you", "--yes"),
            FOLLOWUP_SMTP_PORT=str(port),
            FOLLOWUP_SMTP_AUTH="none",
            FOLLOWUP_SMTP_SECURITY="plain",
            **outside,
        )
    assert done.returncode == 4
    assert "anna@example.com" in done.stderr
    assert server.took == anna.took == []


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _make_dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("/nowhere/at/all")


def _make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


LOST: dict[str, tuple[Callable[[Path], object], int]] = {
    "gone": (Path.unlink, 4),
    "without a server": (lambda path: path.write_text("FOLLOWUP_EMAIL=jordan@example.com\n"), 4),
    "another account": (
        lambda path: path.write_text("FOLLOWUP_EMAIL=anna@example.com\nFOLLOWUP_SMTP_HOST=127.0.0.1\n"),
        4,
    ),
    "empty": (lambda path: path.write_text(""), 4),
    "a folder": (_make_folder, 4),
    "a link to nothing": (_make_dangling, 4),
    "a pipe": (_make_pipe, 4),
}


@pytest.mark.parametrize("lost", LOST)
def test_without_its_account_a_mail_waits(interviewed: Desk, account: Path, server: FaultyServer, lost: str) -> None:
    """Its settings are lost when it is due: it is not called done, a run ends with 4, and it leaves later."""
    interviewed.queue_for_now("lumen", "thank_you", "--to", "tom")
    kept = account.read_text()
    damage, code = LOST[lost]
    damage(account)
    done = interviewed.run("run")
    assert done.returncode == code
    assert server.took == []
    assert not (interviewed.home / "delivered").exists()
    if account.is_dir():
        account.rmdir()
    else:
        account.unlink(missing_ok=True)
    account.write_text(kept)
    assert interviewed.json("outbox", "show", "1")["state"] == "queued"
    assert [one["state"] for one in interviewed.json("run")] == ["sent"]
    assert len(server.took) == 1


def test_today_names_what_waits_for_its_account(interviewed: Desk, account: Path) -> None:
    """``today`` says which mails wait and what to set, and ``outbox list`` does not hide them."""
    interviewed.say("queue", "lumen", "thank_you", "--to", "tom", "--at", "+2h")
    account.write_text("FOLLOWUP_NAME=Jordan Example\nFOLLOWUP_EMAIL=jordan@example.com\n")
    told = " ".join(interviewed.run("today").stdout.split())
    assert "#1 to Tom Okafor leaves from jordan@example.com, and no mail server is set here" in told
    assert "FOLLOWUP_SMTP_HOST" in told
    assert interviewed.json("today")["stranded"][0]["id"] == 1
    assert "no mail server is set here" in " ".join(interviewed.run("outbox", "list").stderr.split())
    assert "#1 leaves from jordan@example.com" in " ".join(interviewed.run("doctor").stdout.split())
    refused = interviewed.run("outbox", "retry", "1")
    assert refused.returncode == 8
    assert "FOLLOWUP_SMTP_HOST" in refused.stderr


def test_a_password_that_is_missing_is_no_success(interviewed: Desk, account: Path, server: FaultyServer) -> None:
    """A mail that is due and does not leave for want of a password ends a run with 7, and waits."""
    account.write_text(account.read_text().replace("AUTH=none", "AUTH=password"))
    interviewed.queue_for_now("lumen", "thank_you", "--to", "tom")
    done = interviewed.run("run")
    assert done.returncode == 7
    assert "no password" in done.stdout + done.stderr
    assert interviewed.json("outbox", "show", "1")["state"] == "queued"
    assert server.took == []


def test_what_went_into_the_folder_can_be_sent_later(interviewed: Desk, account: Path, server: FaultyServer) -> None:
    """Written without a server it lies in the folder, never called sent; with one set, ``retry`` sends it, once."""
    with_server = account.read_text()
    account.write_text("FOLLOWUP_NAME=Jordan Example\nFOLLOWUP_EMAIL=jordan@example.com\n")
    interviewed.say("send", "lumen", "thank_you", "--to", "tom", "--yes")
    interviewed.queue_for_now("lumen", "thank_you", "--to", "priya")
    assert interviewed.run("outbox", "retry", "1").returncode == 8
    account.write_text(with_server)
    told = interviewed.run("today")
    assert "outbox retry 1" in told.stdout
    assert "outbox retry 2" in told.stdout
    assert interviewed.run("run").returncode == 4
    assert server.took == []
    (note,) = interviewed.json("preview", "lumen", "additional_detail", "--to", "tom")
    assert note["in_reply_to"] is None
    interviewed.say("outbox", "retry", "1")
    interviewed.say("outbox", "retry", "2")
    assert interviewed.json("run") == []  # a minute to take that back, as for a mail that is queued
    interviewed.let_the_minute_pass()
    # Two of one panel: the second has its turn minutes later.
    assert [(entry["id"], entry["state"]) for entry in interviewed.json("run")] == [(1, "sent"), (2, "queued")]
    assert len(server.took) == 1
    assert interviewed.json("run") == []
    (note,) = interviewed.json("preview", "lumen", "additional_detail", "--to", "tom")
    assert note["in_reply_to"] == interviewed.json("outbox", "show", "1")["message_id"]


def test_the_log_does_not_call_the_folder_sent(interviewed: Desk) -> None:
    """Neither ``run`` nor its log says "sent" of what did not leave."""
    interviewed.queue_for_now("lumen", "thank_you", "--to", "tom")
    said = interviewed.run("run")
    log = (interviewed.home / "log" / "followup-mail.log").read_text()
    assert "put into the folder" in said.stdout
    assert "in folder" in log
    assert not re.search(r"(?<!nothing was )\bsent\b", said.stdout + log)


def test_every_note_is_threaded_once(interviewed: Desk, account: Path) -> None:
    """The second note answers the thank-you that was sent, with exactly one Re:."""
    assert account.is_file()
    interviewed.say("send", "lumen", "thank_you", "--yes")
    (note,) = interviewed.json("preview", "lumen", "additional_detail")
    sent = {entry["message_id"]: entry for entry in interviewed.json("outbox", "list", "--all")}
    assert note["subject"] == f"Re: {sent[note['in_reply_to']]['subject']}"


def test_one_damaged_entry_blocks_nothing(interviewed: Desk, account: Path, server: FaultyServer) -> None:
    """A row that something else wrote is named by its number, and everything else goes on."""
    assert account.is_file()
    interviewed.say("queue", "lumen", "thank_you", "--at", "now")
    connection = sqlite3.connect(interviewed.home / "outbox.sqlite3")
    connection.execute("UPDATE entries SET place = '{}' WHERE id = 1")
    connection.commit()
    connection.close()
    for command in (["list"], ["today"], ["outbox", "list"], ["plan", "lumen"]):
        done = interviewed.run(*command)
        assert done.returncode == 0
        assert "mistake of its own" not in done.stderr
    assert "#1 for lumen is damaged" in interviewed.run("outbox", "list").stderr
    assert "#1 for lumen is damaged" in interviewed.run("today").stderr
    interviewed.say("outbox", "reschedule", "2", "--at", "now")
    assert [entry["id"] for entry in interviewed.json("run")] == [2]
    assert len(server.took) == 1
    assert interviewed.run("outbox", "verify").returncode == 6
    assert interviewed.run("outbox", "show", "1").returncode == 6
    interviewed.say("outbox", "export", "copy")
    assert '"damaged": "place"' in (interviewed.folder / "copy" / "entries.json").read_text()
    assert (interviewed.folder / "copy" / "000001.eml").stat().st_size
    interviewed.say("rejected", "lumen")
    assert "is cancelled" in interviewed.say("outbox", "cancel", "1")
    assert "damaged" not in interviewed.run("today").stderr

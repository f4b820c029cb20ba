"""Several accounts in one home: each application's mails leave by its own, and by no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from desk import Desk
from servers import FaultyServer


class TwoAccounts:
    """A home with the accounts main and work, each with a server, and an application of each."""

    def __init__(self, desk: Desk, main: FaultyServer, work: FaultyServer) -> None:
        self.desk, self.main, self.work = desk, main, work
        self.file = desk.home / "accounts" / "work.env"

    def queue_both(self) -> None:
        self.desk.queue_for_now("lumen", "thank_you", "--to", "tom")
        self.desk.queue_for_now("corrib", "thank_you", "--to", "tom")


@pytest.fixture
def two(interviewed: Desk) -> Iterator[TwoAccounts]:
    for key in ("FOLLOWUP_NAME", "FOLLOWUP_EMAIL"):
        del interviewed.environment[key]
    main, work = FaultyServer({}), FaultyServer({})
    with ExitStack() as stack:
        ports = [stack.enter_context(server.running()) for server in (main, work)]
        path = interviewed.home / ".env"
        path.write_text(f"FOLLOWUP_NAME=Jordan Example\nFOLLOWUP_EMAIL=jordan@example.com\n{_server(ports[0])}")
        path.chmod(0o600)
        interviewed.say(
            *("account", "add", "work", "--address", "jordan@work.example", "--smtp-host", "127.0.0.1"),
            *("--smtp-port", str(ports[1]), "--smtp-security", "plain", "--smtp-auth", "none"),
        )
        _copy_application(interviewed.home / "applications")
        interviewed.say("change", "corrib", "--account", "work")
        yield TwoAccounts(interviewed, main, work)


def _server(port: int) -> str:
    return (
        f"FOLLOWUP_SMTP_HOST=127.0.0.1\nFOLLOWUP_SMTP_PORT={port}\n"
        "FOLLOWUP_SMTP_SECURITY=plain\nFOLLOWUP_SMTP_AUTH=none\n"
    )


def _copy_application(folder: Path) -> None:
    text = (folder / "lumen.toml").read_text()
    text = re.sub(r'(?m)^company = ".*"', 'company = "Corrib Workshop"', text)
    (folder / "corrib.toml").write_text(text.replace("@", "@corrib."))


def test_each_leaves_by_its_own_server(two: TwoAccounts) -> None:
    """One run delivers the mail of each application by its own server, from its own address."""
    two.queue_both()
    assert two.desk.run("run").returncode == 0
    assert len(two.main.took) == len(two.work.took) == 1
    assert "From: Jordan Example <jordan@example.com>" in str(two.main.took[0])
    assert "From: Jordan Example <jordan@work.example>" in str(two.work.took[0])
    ids = [entry["message_id"] for entry in two.desk.json("outbox", "list", "--all")]
    assert sorted(one.rpartition("@")[2].rstrip(">") for one in ids) == ["example.com", "work.example"]


def test_a_broken_account_stops_no_other(two: TwoAccounts) -> None:
    """With a mistake in one account's file, the others deliver; the mistake is told, and its mail waits."""
    two.queue_both()
    kept = two.file.read_text()
    two.file.write_text(kept + "FOLLOWUP_COUNTRY=US\n")
    done = two.desk.run("run")
    assert done.returncode == 4
    assert "FOLLOWUP_COUNTRY is not a setting of an account" in done.stderr
    assert (len(two.main.took), len(two.work.took)) == (1, 0)
    two.file.write_text(kept)
    assert [one["state"] for one in two.desk.json("run")] == ["sent"]
    assert (len(two.main.took), len(two.work.took)) == (1, 1)


def test_a_refused_login_stops_no_other(two: TwoAccounts) -> None:
    """An account without its password rests; the other one delivers."""
    two.queue_both()
    path = two.desk.home / ".env"
    path.write_text(path.read_text().replace("AUTH=none", "AUTH=password"))
    assert two.desk.run("run").returncode == 7
    assert (len(two.main.took), len(two.work.took)) == (0, 1)


def test_an_entry_never_changes_its_account(two: TwoAccounts) -> None:
    """Another default, and another name of the file, do not change by which server a queued mail leaves."""
    two.queue_both()
    two.desk.say("account", "use", "work")
    two.file.rename(two.file.with_name("other.env"))
    two.desk.run("run")
    assert (len(two.main.took), len(two.work.took)) == (1, 1)
    assert "jordan@work.example" in str(two.work.took[0])


def test_without_its_account_a_mail_waits(two: TwoAccounts) -> None:
    """An account with mails in the queue is only removed on demand; then they wait, and leave by no other."""
    two.queue_both()
    assert two.desk.run("account", "remove", "work").returncode == 8
    assert "#2" in two.desk.run("account", "remove", "work", "--yes").stderr
    assert two.desk.run("run").returncode == 4
    assert (len(two.main.took), len(two.work.took)) == (1, 0)


def test_two_accounts_of_one_address_are_refused(two: TwoAccounts) -> None:
    """A second account with the address of another is not added."""
    done = two.desk.run("account", "add", "twin", "--address", "jordan@example.com", "--smtp-host", "mail.example")
    assert done.returncode == 4
    assert "another account has the address" in done.stderr
    assert not (two.desk.home / "accounts" / "twin.env").exists()


def test_the_accounts_are_listed_and_checked(two: TwoAccounts) -> None:
    """``account list`` names every account with its server, and ``account check`` logs in at each."""
    rows = two.desk.json("account", "list")
    assert [(row["name"], row["address"], row["is_default"]) for row in rows] == [
        ("main", "jordan@example.com", True),
        ("work", "jordan@work.example", False),
    ]
    assert two.file.stat().st_mode & 0o777 == 0o600
    assert two.desk.say("account", "check").count("logged in") == 2

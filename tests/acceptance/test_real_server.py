"""Over a real SMTP server with STARTTLS and a login: what is sent arrives, and what is refused is told."""

from __future__ import annotations

import email
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path

import pytest
import trustme
from desk import COMMAND, Desk
from seen_samples import make_report
from servers import PASSWORD, USER, Sink, check_password, serve, server_context

from followup_mail.outbox.entry import Entry
from followup_mail.outbox.seen_mail import NewSeen
from followup_mail.outbox.sqlite import SqliteStore


@pytest.fixture
def sink() -> Sink:
    """What the server took."""
    return Sink()


@pytest.fixture
def sending(interviewed: Desk, sink: Sink, tmp_path: Path) -> Iterator[Desk]:
    """Somebody whose settings name a server that wants STARTTLS and a password."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = server_context(authority.issue_cert("localhost", "127.0.0.1"))
    options = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with serve(sink, authenticator=check_password, **options) as port:
        interviewed.environment |= {
            "FOLLOWUP_SMTP_HOST": "127.0.0.1",
            "FOLLOWUP_SMTP_PORT": str(port),
            "FOLLOWUP_SMTP_CA_FILE": str(tmp_path / "ca.pem"),
            "FOLLOWUP_SMTP_USER": USER,
            "FOLLOWUP_SMTP_PASSWORD": PASSWORD,
        }
        yield interviewed


def test_doctor_logs_in_and_sends_nothing(sending: Desk, sink: Sink) -> None:
    """``doctor`` proves the login without sending."""
    assert "logged in" in sending.say("doctor")
    assert sink.received == []


def test_three_people_get_one_mail_each(sending: Desk, sink: Sink) -> None:
    """Of a thank-you to three people the first arrives now, with one recipient; the others have their turns four and
    eight minutes later, which is said, and a second run sends nothing before."""
    said = sending.say("send", "lumen", "thank_you", "--yes")
    assert [tuple(mail.rcpt_to) for mail in sink.received] == [("priya@lumen.example",)]
    assert said.count("\nwaits #") == 2
    waiting = sending.json("outbox", "list")
    assert [(entry["to"]["name"], entry["state"]) for entry in waiting] == [
        ("Tom Okafor", "queued"),
        ("Elena Petrova", "queued"),
    ]
    first, second = (datetime.fromisoformat(entry["next_at"]) for entry in waiting)
    assert second - first == timedelta(minutes=4)
    assert sending.json("run") == []
    assert len(sink.received) == 1
    first = email.message_from_bytes(sink.received[0].content, policy=policy.default)
    assert first["Date"]
    assert first.get_body(("plain",)).get_content().startswith("Dear ")


def test_one_refusal_does_not_stop_the_others(sending: Desk, sink: Sink) -> None:
    """A recipient whom the server refuses fails with its words; the others keep their turns; nothing is tried again by
    itself."""
    sink.refused["priya@lumen.example"] = "550 5.1.1 No such user"
    done = sending.run("send", "lumen", "thank_you", "--yes")
    assert done.returncode == 7
    assert sink.received == []
    entries = sending.json("outbox", "list")
    assert [entry["state"] for entry in entries] == ["failed", "queued", "queued"]
    assert "No such user" in entries[0]["reason"]
    assert "outbox retry" in sending.say("today")


@pytest.mark.parametrize("delivers", [True, False])
def test_what_is_due_leaves_while_the_page_is_open(sending: Desk, sink: Sink, delivers: bool) -> None:
    """A page that is open delivers what falls due, once, and ends well; with ``--no-deliver`` it sends nothing."""
    sending.queue_for_now("lumen", "thank_you", "--to", "tom")
    options = [] if delivers else ["--no-deliver"]
    with subprocess.Popen(
        [COMMAND, "open", "--no-browser", *options],
        cwd=sending.folder, env=sending.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as page:  # fmt: skip
        try:
            assert page.stdout is not None
            assert page.stdout.readline().startswith("http://")
            assert sink.took.wait(30 if delivers else 0) is delivers
            page.send_signal(signal.SIGTERM)
            assert page.wait(20) == 0
        finally:
            page.kill()
    assert [mail.rcpt_to for mail in sink.received] == [("tom@lumen.example",)] * delivers
    assert len(sending.json("outbox", "list")) == (not delivers)


def test_wrong_password_is_told_and_never_shown(sending: Desk, sink: Sink) -> None:
    """A refused login fails with what to do, and no output holds the password."""
    sending.environment["FOLLOWUP_SMTP_PASSWORD"] = "wrong-secret-5"
    done = sending.run("send", "lumen", "thank_you", "--to", "tom", "--yes")
    shown = done.stdout + done.stderr + sending.say("settings") + sending.run("doctor").stdout
    assert done.returncode == 7
    assert "wrong-secret-5" not in shown
    assert sink.received == []


def test_unknown_certificate_sends_nothing(sending: Desk, sink: Sink) -> None:
    """A server whose certificate nobody vouches for gets neither password nor mail."""
    del sending.environment["FOLLOWUP_SMTP_CA_FILE"]
    sending.run("send", "lumen", "thank_you", "--to", "tom", "--yes")
    assert sink.received == []


def test_password_from_a_command(sending: Desk, sink: Sink) -> None:
    """The password may come from a command."""
    del sending.environment["FOLLOWUP_SMTP_PASSWORD"]
    sending.environment["FOLLOWUP_SMTP_PASSWORD_COMMAND"] = f"'{sys.executable}' -c \"print('{PASSWORD}')\""
    sending.say("send", "lumen", "thank_you", "--to", "tom", "--yes")
    assert len(sink.received) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals as on POSIX")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_watch_ends_cleanly(sending: Desk, sink: Sink, ending: signal.Signals) -> None:
    """``run --watch`` delivers what is due, and ends with exit code 0 on a signal to end."""
    sending.queue_for_now("lumen", "thank_you", "--to", "tom")
    with subprocess.Popen(
        [COMMAND, "run", "--watch"],
        cwd=sending.folder,
        env={**sending.environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as watching:
        try:
            assert watching.stdout is not None
            assert watching.stdout.readline().startswith("sent")
            watching.send_signal(ending)
            assert watching.wait(20) == 0
        finally:
            watching.kill()
    assert len(sink.received) == 1


def test_a_mail_that_came_back_is_written_anew(sending: Desk, sink: Sink) -> None:
    """A report says that nobody is there: it is told, not sent again as it is, and leaves anew to the corrected
    address."""
    sending.say("send", "lumen", "thank_you", "--to", "tom", "--yes")
    store = SqliteStore(sending.home / "outbox.sqlite3")
    store.keep_seen([report_about(store.get(1))], None, datetime.now(UTC))
    store.close()
    today = sending.say("today")
    assert "it came back: 550 5.1.1 no such user" in " ".join(today.split())
    refused = sending.run("outbox", "retry", "1")
    assert refused.returncode != 0
    assert "came back from tom@lumen.example" in refused.stderr
    change, send = re.findall(r"`followup-mail (.*?)`", " ".join(refused.stderr.split()))
    sending.say(*shlex.split(change.replace("ADDRESS", "okafor@lumen.example")))
    sending.say(*shlex.split(send), "--yes")
    first, second = sink.received
    assert [first.rcpt_to, second.rcpt_to] == [("tom@lumen.example",), ("okafor@lumen.example",)]
    ids = {email.message_from_bytes(mail.content)["Message-ID"] for mail in (first, second)}
    assert len(ids) == 2
    assert [entry["state"] for entry in sending.json("outbox", "list", "--all")] == ["cancelled", "sent"]


def report_about(entry: Entry) -> NewSeen:
    """Return the report that a mail came back, as a look at the mailbox understands it."""
    return make_report(returned=(entry.message.message_id,), returned_to=(entry.message.to.email,))

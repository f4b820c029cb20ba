"""From a fresh home to a tested account: by options and in the dialogue, over real servers with TLS."""

from __future__ import annotations

import email
import json
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from pathlib import Path

import pytest
import trustme
from desk import Desk
from mailboxes import as_user, keep_mailbox
from servers import PASSWORD, USER, Sink, check_password, serve, server_context

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals as on POSIX")


@dataclass
class Provider:
    """A mail server and a mailbox, as an address at a college would have them."""

    sink: Sink
    smtp: int
    imap: int

    @property
    def options(self) -> tuple[str, ...]:
        smtp = ("--smtp-host", "localhost", "--smtp-port", str(self.smtp))
        return (*smtp, "--imap-host", "localhost", "--imap-port", str(self.imap))


@pytest.fixture
def provider(stranger: Desk, tmp_path: Path) -> Iterator[Provider]:
    """Real servers with STARTTLS and TLS, whose certificate the stranger's system trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    stranger.environment["SSL_CERT_FILE"] = str(tmp_path / "ca.pem")
    context = server_context(authority.issue_cert("localhost", "127.0.0.1"))
    options = {"tls_context": context, "require_starttls": True, "auth_required": True}
    sink = Sink()
    with serve(sink, authenticator=check_password, **options) as smtp, keep_mailbox(context) as imap:
        with as_user(imap, tmp_path / "ca.pem") as client:
            client.create_folder("Sent")
        yield Provider(sink, smtp, imap)


def _who() -> tuple[str, ...]:
    return ("--name", "Jordan Example", "--address", USER)


def test_by_options_to_a_delivered_test_mail(stranger: Desk, provider: Provider) -> None:
    """One command sets name, account and mailbox, logs in to both, saves for the user alone, and sends a test."""
    done = stranger.run(
        "setup", *_who(), *provider.options, "--password-stdin", "--test-mail", "--json", typed=f"{PASSWORD}\n"
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["login"]["smtp"]["ok"], said["login"]["imap"]["ok"]) == (True, True)
    assert said["test_mail"]["state"] == "accepted"
    assert PASSWORD not in done.stdout + done.stderr
    mail = email.message_from_bytes(provider.sink.received[0].content, policy=policy.default)
    assert provider.sink.received[0].rcpt_to == (USER,)
    assert mail["Subject"].startswith("[Test] ")
    assert mail["Date"]
    assert stat.S_IMODE((stranger.home / ".env").stat().st_mode) == 0o600
    assert "logged in" in stranger.run("doctor").stdout


def test_an_own_certificate_is_named_and_given(stranger: Desk, provider: Provider, tmp_path: Path) -> None:
    """An untrusted certificate says what to type; that works as it stands, in an empty home, and then all the rest."""
    del stranger.environment["SSL_CERT_FILE"]
    command = ("setup", *_who(), *provider.options, "--password-stdin")
    refused = stranger.run(*command, typed=f"{PASSWORD}\n")
    assert (refused.returncode, "followup-mail setup --ca-file FILE" in refused.stderr) == (7, True)
    stranger.say("setup", "--ca-file", str(tmp_path / "ca.pem"))
    assert stranger.run(*command, typed=f"{PASSWORD}\n").returncode == 0
    added = stranger.run(
        *("account", "add", "work", "--address", "pat@example.com", *provider.options, "--smtp-user", USER),
        *("--imap-user", USER, "--imap-security", "tls", "--ca-file", str(tmp_path / "ca.pem"), "--password-stdin"),
        typed=f"{PASSWORD}\n",
    )
    assert added.returncode == 0, added.stderr
    assert "ok  work, mailbox: logged in" in stranger.say("account", "check", "work")


def test_a_failing_login_saves_nothing(stranger: Desk, provider: Provider) -> None:
    """A wrong password is told in a sentence, nothing is written, and the password is not shown."""
    done = stranger.run("setup", *_who(), *provider.options, "--password-stdin", typed="wrong-secret-5\n")
    assert done.returncode == 7
    assert "nothing was saved" in done.stderr
    assert "--no-login" in done.stderr
    assert "wrong-secret-5" not in done.stdout + done.stderr
    assert not (stranger.home / ".env").exists()


def test_run_again_it_changes_one_thing(stranger: Desk, provider: Provider) -> None:
    """A second run with one option changes that line; comments and all other lines stay."""
    path = stranger.home / ".env"
    stranger.home.mkdir(mode=0o700)
    path.write_text("# mine\nFOLLOWUP_PHONE='+1 312 555 0142'\nOTHER=1\n", "utf-8")
    stranger.run("setup", *_who(), *provider.options, "--password-stdin", typed=f"{PASSWORD}\n")
    before = path.read_text("utf-8")
    assert before.startswith("# mine\nFOLLOWUP_PHONE='+1 312 555 0142'\nOTHER=1\n")
    stranger.say("setup", "--name", "Jo Example")
    assert path.read_text("utf-8") == before.replace("Jordan Example", "Jo Example")
    stranger.say("setup", "--no-imap")
    assert "IMAP" not in path.read_text("utf-8")


def test_a_password_never_goes_to_another_server(stranger: Desk, provider: Provider) -> None:
    """Another server or another address needs its own password: the one that is set is not tried there."""
    stranger.run("setup", *_who(), *provider.options, "--password-stdin", typed=f"{PASSWORD}\n")
    before = (stranger.home / ".env").read_text("utf-8")
    for options in (("--smtp-host", "127.0.0.1"), ("--address", "jo@example.com", *provider.options)):
        done = stranger.run("setup", *options)
        assert done.returncode == 4, done.stderr
        assert "There is no password" in done.stderr
    assert (stranger.home / ".env").read_text("utf-8") == before


def test_a_command_may_print_the_password(stranger: Desk, provider: Provider) -> None:
    """With a command for the password, the file holds the command and no password."""
    command = f"'{sys.executable}' -c \"print('{PASSWORD}')\""
    stranger.say("setup", *_who(), *provider.options, "--password-command", command)
    written = (stranger.home / ".env").read_text("utf-8")
    assert "FOLLOWUP_SMTP_PASSWORD_COMMAND=" in written
    assert "FOLLOWUP_SMTP_PASSWORD=" not in written


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 2, "There is no terminal to ask on"),
        (("--json",), 2, "There is no terminal to ask on"),
        (("--provider", "nonsense"), 9, "No mail provider 'nonsense'"),
        (("--address", "jordan@college.example", "--name", "Jordan"), 4, "--smtp-host HOST"),
        (("--address", "jordan@gmail.com", "--name", "Jordan"), 4, "--password-stdin"),
        (("--name", "Jordan", "--smtp-port", "5"), 2, "go with --smtp-host"),
        (("--name", "Jordan", "--keep", "drawer"), 2, "'drawer' is not one of"),
        (("--address", "nonsense"), 4, "is not an e-mail address"),
    ],
)
def test_what_cannot_be_set_is_refused(stranger: Desk, options: tuple[str, ...], code: int, said: str) -> None:
    """In a pipe nothing is asked and nothing hangs: what is missing or wrong is said, and nothing is written."""
    done = stranger.run("setup", *options)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert not (stranger.home / ".env").exists()


def test_where_no_password_works_it_leads_to_the_sign_in(stranger: Desk) -> None:
    """Without a login to try, the account is saved for the browser's sign-in, and the next command is named."""
    first = stranger.run("setup", "--address", "jordan@hotmail.co.uk", "--name", "Jordan")
    assert (first.returncode, "setup --client-id ID" in first.stderr) == (0, True), first.stderr
    second = stranger.run("setup", "--client-id", "b7e1")
    assert (second.returncode, "followup-mail account login" in second.stderr) == (0, True), second.stderr
    written = (stranger.home / ".env").read_text("utf-8")
    assert all(
        line in written.splitlines()
        for line in ("FOLLOWUP_SMTP_AUTH=oauth", "FOLLOWUP_OAUTH_PROVIDER=microsoft", "FOLLOWUP_OAUTH_CLIENT_ID=b7e1")
    )


def test_an_account_in_the_environment_is_left_alone(desk: Desk) -> None:
    """Where the environment sets the account, a file would contradict it: that is said, and nothing is written."""
    done = desk.run("setup", "--name", "Jo")
    assert done.returncode == 4
    assert "FOLLOWUP_EMAIL, FOLLOWUP_NAME are set in the environment" in done.stderr
    assert not (desk.home / ".env").exists()


def test_in_the_dialogue_to_a_delivered_test_mail(stranger: Desk, provider: Provider) -> None:
    """A wrong password may be typed again, ``<`` goes back, nothing is saved before the login, no secret is shown."""
    from pseudo_terminal import start_on_terminal

    one = start_on_terminal(stranger, ("setup",), 80, {"TERM": "dumb"})
    for words, typed in (
        ("Your name", "Jordan\n"),
        ("e-mail address", "<\n"),
        ("so far: Jordan;", "Jordan Example\n"),
        ("Jordan Example Your e-mail address", f"{USER}\n"),
        ("server for sending", f"localhost:{provider.smtp}\n"),
        ("account name there", "\n"),
        ("Your password (not shown", "wrong-secret-5\n"),
        ("server for reading", f"localhost:{provider.imap} tls\n"),
    ):
        one.wait_for(words)
        one.type(typed)
    one.wait_for("What now:")
    assert not (stranger.home / ".env").exists()
    one.type("again\n")
    one.wait_for("(Enter: again) again Your password (not shown")
    one.type(f"{PASSWORD}\n")
    one.wait_for("Send a test mail")
    one.type("\n")
    one.wait_for("every few minutes?")
    one.type("\n")
    assert one.end() == 0
    assert len(provider.sink.received) == 1
    assert [secret for secret in (PASSWORD, "wrong-secret-5") if secret.encode() in one.received] == []
    assert PASSWORD in (stranger.home / ".env").read_text("utf-8")


def test_the_dialogue_knows_a_provider_and_ends_cleanly(stranger: Desk) -> None:
    """It names the provider and the page for the app password; Ctrl-C ends it, and nothing is written."""
    from pseudo_terminal import start_on_terminal

    one = start_on_terminal(stranger, ("setup",), 80, {})
    for words, typed in (
        ("Your name", "Jordan Example\r"),
        ("e-mail address", "jordan.example@gmail.com\r"),
        ("Open that page", "\r"),
    ):
        one.wait_for(words)
        one.type(typed)
    one.wait_for("Your app password")
    assert "https://myaccount.google.com/apppasswords" in one.shown
    one.type("\x03")
    assert one.end() == 130
    assert not (stranger.home / ".env").exists()


def test_a_first_day_is_told_of_setup(desk: Desk) -> None:
    """Where no mail server is set, ``today`` and what saves into the folder name the command that sets one."""
    desk.say("add", "acme", "--company", "Acme", "--role", "Engineer")
    done = desk.run("today")
    assert "followup-mail setup" in done.stdout + done.stderr

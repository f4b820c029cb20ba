"""The pages about account, settings and service: from a fresh home to a tested account, and what stops a mail."""

from __future__ import annotations

import os
import re
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from authorization_server import AuthorizationServer, browse
from mailboxes import as_user, keep_mailbox
from page_client import SETTINGS, PageClient, Seen
from servers import PASSWORD, USER, Sink, check_password, serve

from followup_mail.services.accounts import recognise_provider, setup_account, setup_form
from followup_mail.services.accounts.recognise_provider import KnownBy, Recognised
from followup_mail.services.health import doctor
from followup_mail.sign_in import token_store
from followup_mail.web.views.settings import account


@dataclass
class Provider:
    """A mail server and a mailbox whose certificate nobody trusts unless it is given."""

    sink: Sink
    smtp: int
    imap: int
    certificate: bytes


@pytest.fixture
def provider(ca_file: Path, good_tls: object) -> Iterator[Provider]:
    """Real servers, by STARTTLS and TLS."""
    options = {"tls_context": good_tls, "require_starttls": True, "auth_required": True}
    sink = Sink()
    with (
        serve(sink, authenticator=check_password, **options) as smtp,
        keep_mailbox(good_tls) as imap,  # type: ignore[arg-type]
    ):
        with as_user(imap, ca_file) as client:
            client.create_folder("Sent")
        yield Provider(sink, smtp, imap, ca_file.read_bytes())


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bare_surroundings: None) -> None:
    """No keyring, no DNS, a configuration folder of its own, and no look that tries every wording."""
    monkeypatch.setattr(doctor, "LOOKS", tuple(look for look in doctor.LOOKS if look.what != "templates"))
    monkeypatch.setattr(setup_account, "find_keyring", lambda: "")
    for module in (setup_form, account):
        monkeypatch.setattr(module, "recognise", lambda *_: Recognised(KnownBy.NOTHING))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[PageClient]:
    """Somebody who has entered the page of a home with a name and an address, and no account."""
    with PageClient(tmp_path / "home") as reader:
        yield reader.enter()


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[PageClient]:
    """Somebody whose home is empty."""
    with PageClient(tmp_path / "home", settings="") as reader:
        yield reader.enter()


def _fill_account(reader: PageClient, provider: Provider, password: str = PASSWORD, **changed: str) -> Seen:
    page = reader.get("/setup/account?by=hand")
    fields = {"address": USER, "host": "localhost", "port": str(provider.smtp), "password": password}
    mailbox = {"imap_host": "localhost", "imap_port": str(provider.imap), "imap_security": "tls"}
    files = [("certificate", ("ca.pem", provider.certificate))]
    return reader.send(page, "/setup/account", files, **{**fields, **mailbox, **changed})


def test_from_a_fresh_home_to_a_tested_account(newcomer: PageClient, provider: Provider) -> None:
    """Name, account, certificate and mailbox are set step by step, both logins are tried, and the test mail arrives."""
    page = newcomer.get("/setup")
    assert "Four short steps" in page.words
    you = newcomer.get("/setup/you")
    seen = newcomer.send(you, "/setup/you", name="Jordan Example", email=USER, time_zone="America/Chicago")
    assert seen.address.startswith("/setup/account")
    assert _fill_account(newcomer, provider).address.startswith("/setup?said=")
    page = newcomer.get("/setup")
    assert "It is checked" in page.words
    assert provider.sink.received == []
    assert "The login works." in newcomer.send(page, "/setup/try").words
    sent = newcomer.send(page, "/setup/test")
    assert "The test mail is sent" in sent.words
    assert [mail.rcpt_to for mail in provider.sink.received] == [(USER,)]
    env = newcomer.home / ".env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600 or os.name == "nt"
    assert "FOLLOWUP_TIME_ZONE=America/Chicago" in env.read_text("utf-8")


def test_a_wrong_password_saves_nothing_and_is_shown_nowhere(reader: PageClient, provider: Provider) -> None:
    """The page says why the login failed, keeps the rest that was typed, and does not give the password back."""
    before = (reader.home / ".env").read_text("utf-8")
    seen = _fill_account(reader, provider, "wrong-secret-9")
    assert seen.status == 422
    assert "The login failed" in seen.words
    assert "wrong-secret-9" not in seen.text
    assert seen.fields("/setup/account")["port"] == [str(provider.smtp)]
    assert (reader.home / ".env").read_text("utf-8") == before


def test_what_does_not_log_in_can_be_saved_all_the_same(reader: PageClient, provider: Provider) -> None:
    """After a failed try, a second button saves without trying."""
    seen = _fill_account(reader, provider, "wrong-secret-9")
    saved = reader.send(seen, "/setup/account", password="another-secret-9", anyway="yes")
    assert saved.address.startswith("/setup?said=")
    assert "another-secret-9" in (reader.home / ".env").read_text("utf-8")


def test_no_page_shows_the_password(reader: PageClient, provider: Provider, capfd: pytest.CaptureFixture[str]) -> None:
    """Once it is saved, no page about settings has it, no header, and nothing that is printed or logged."""
    told = [_fill_account(reader, provider)]
    for path in ("/setup", "/setup/you", "/setup/account", "/setup/mailbox", "/settings", "/accounts", "/doctor"):
        told.append(reader.get(path))
    told += [reader.get("/doctor?look=now"), reader.send(reader.get("/setup"), "/setup/try")]
    printed = "".join(capfd.readouterr())
    logs = "".join(file.read_text("utf-8") for file in (reader.home / "log").glob("*"))
    for text in (*(seen.text for seen in told), *(str(seen.headers) for seen in told), printed, logs):
        assert PASSWORD not in text


def test_an_empty_password_keeps_the_one_of_the_same_account_only(reader: PageClient, provider: Provider) -> None:
    """Whoever changes the server has to type the password: it never goes to another one."""
    _fill_account(reader, provider)
    page = reader.get("/setup/account")
    assert "keep the one that is set" in page.words
    other = reader.send(page, "/setup/account", host="127.0.0.1", password="")
    assert other.status == 422
    assert "Type it." in other.words
    assert reader.send(page, "/setup/account", password="").address.startswith("/setup?said=")


def test_an_old_tab_does_not_undo_what_was_set_since(reader: PageClient) -> None:
    """A form made from other settings than there are now saves nothing, and says so."""
    old = reader.get("/setup/you")
    with (reader.home / ".env").open("a", encoding="utf-8") as file:
        file.write("FOLLOWUP_PHONE=+1 312 555 0142\n")
    seen = reader.send(old, "/setup/you", name="Somebody Else")
    assert seen.status == 409
    assert "Somebody Else" not in (reader.home / ".env").read_text("utf-8")


def test_settings_of_the_environment_are_not_changed(reader: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set in another place is shown with that place, and setup says that it does not change it."""
    monkeypatch.setenv("FOLLOWUP_NAME", "Env Name")
    assert "Set in another place" in reader.get("/settings").words
    seen = reader.send(reader.get("/setup/you"), "/setup/you", name="New Name")
    assert "which setup does not change" in seen.words


def test_one_setting_is_changed_and_a_default_is_not_written(reader: PageClient) -> None:
    """Saving the form writes what differs, and leaves every other line and comment as it was."""
    env = reader.home / ".env"
    env.write_text(f"# mine\n{env.read_text('utf-8')}", "utf-8")
    seen = reader.send(reader.get("/settings"), "/settings", phone="+1 312 555 0142", to_drafts="yes")
    assert "Saved." in seen.words
    added = "FOLLOWUP_PHONE=+1 312 555 0142\nFOLLOWUP_TO_DRAFTS=yes\n"
    assert env.read_text("utf-8").replace("'", "") == f"# mine\n{SETTINGS}{added}"


def test_a_wrong_value_is_told_beside_its_field(reader: PageClient) -> None:
    """Nothing is saved, and everything typed is still there."""
    before = (reader.home / ".env").read_text("utf-8")
    page = reader.get("/settings")
    seen = reader.send(page, "/settings", office_hours="late", per_day="many", links="https://example.com")
    assert seen.status == 422
    assert 'id="w-office_hours"' in seen.text
    assert 'id="w-per_day"' in seen.text
    assert seen.fields("/settings")["links"] == ["https://example.com"]
    assert (reader.home / ".env").read_text("utf-8") == before


def test_broken_settings_lead_to_where_they_are_mended(reader: PageClient) -> None:
    """Every page says what is wrong and leads to settings and doctor; the value can be mended there."""
    env = reader.home / ".env"
    env.write_text(f"{SETTINGS}FOLLOWUP_PER_DAY=many\n", "utf-8")
    for path in ("/", "/accounts", "/methods"):
        seen = reader.get(path)
        assert seen.status == 503
        assert 'href="/doctor"' in seen.text
        assert 'href="/settings"' in seen.text
    assert reader.get("/doctor").status == 200
    assert "FOLLOWUP_PER_DAY" in reader.get("/doctor?look=now").words
    assert "FOLLOWUP_PER_DAY" in reader.get("/setup").words
    page = reader.get("/settings")
    assert page.fields("/settings")["per_day"] == ["many"]
    assert "Saved." in reader.send(page, "/settings", per_day="100").words
    assert reader.get("/").status == 200


def test_doctor_shows_every_look_with_its_remedy(reader: PageClient) -> None:
    """The page is there at once; each look follows, and what helps is a link."""
    assert "Look now" in reader.get("/doctor").text
    seen = reader.get("/doctor?look=now")
    for what in ("program", "settings", "outbox", "mail server", "service"):
        assert f"<strong>{what}</strong>" in seen.text
    assert 'href="/setup"' in seen.text
    assert "nothing leaves this machine yet" in seen.words
    assert seen.text.rstrip().endswith("</html>")


def test_a_strange_certificate_is_refused(reader: PageClient, provider: Provider) -> None:
    """A file that is no certificate is told beside its field, and nothing is written."""
    page = reader.get("/setup/account?by=hand")
    files = [("certificate", ("ca.pem", b"hello"))]
    seen = reader.send(page, "/setup/account", files, address=USER, host="localhost", password="x")
    assert "This is no certificate" in seen.words
    assert list(reader.home.glob("*.pem")) == []


def test_the_mailbox_is_set_and_taken_away_alone(reader: PageClient, provider: Provider) -> None:
    """The mailbox page tries it, saves it, and takes it away again; the account stays."""
    _fill_account(reader, provider, imap_host="")
    page = reader.get("/setup/mailbox")
    server = {"imap_host": "localhost", "imap_port": str(provider.imap), "imap_security": "tls"}
    assert "can be read" in reader.send(page, "/setup/mailbox", **server).words
    assert "FOLLOWUP_IMAP_HOST=localhost" in (reader.home / ".env").read_text("utf-8")
    fields = {**reader.get("/setup/mailbox").fields("/setup/mailbox"), "wanted": ""}
    assert "no longer checked" in reader.post("/setup/mailbox", fields).words
    assert "FOLLOWUP_IMAP_HOST" not in (reader.home / ".env").read_text("utf-8")


def test_a_known_provider_says_what_works_there(reader: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """For its addresses no server is asked for; its steps, its page and the right word for the password are shown."""
    monkeypatch.setattr(account, "recognise", recognise_provider.recognise)
    seen = reader.get("/setup/account?address=jordan@gmail.com")
    assert "smtp.gmail.com:587" in seen.words
    assert "Your app password" in seen.words
    assert 'target="_blank" rel="noopener noreferrer"' in seen.text
    assert "host" not in seen.fields("/setup/account")


def test_signing_in_goes_on_while_the_page_is_loaded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider's page is linked, and the same address says later that the sign-in is done; no token is shown."""
    monkeypatch.setattr(token_store, "_give_keyring", lambda *_: False)
    monkeypatch.setenv("BROWSER", "none-is-started")
    with AuthorizationServer().running() as provider:
        texts = {**provider.settings, "FOLLOWUP_SMTP_HOST": "127.0.0.1", "FOLLOWUP_SMTP_PORT": "9"}
        lines = "".join(f"{key}='{value}'\n" for key, value in texts.items())
        with PageClient(tmp_path / "home", settings=SETTINGS + lines) as reader:
            page = reader.enter().get("/setup/sign-in")
            begun = reader.send(page, "/setup/sign-in", way="browser")
            address = unescape(
                re.findall(r'href="(http://[^"]+authorize[^"]*|http://[^"]+/auth\?[^"]*)"', begun.text)[0]
            )
            assert "Open the page of your provider" in reader.get("/setup/sign-in").words
            browse(address)
            next(thread for thread in threading.enumerate() if thread.name == "sign-in").join(20)
            seen = reader.get("/setup/sign-in")
            assert "Signed in as jordan@example.com" in seen.words
            assert not any(token in seen.text for token in provider.accepted | provider.refreshable)


def test_a_wrong_port_is_said_beside_the_port(reader: PageClient) -> None:
    """What is wrong with a port stands at the field of the port, for sending and for reading."""
    page = reader.get("/setup/account?by=hand")
    typed = {"host": "localhost", "port": "abc", "imap_host": "localhost", "imap_port": "99999", "password": "x"}
    seen = reader.send(page, "/setup/account", **typed)
    assert re.findall(r'class="wrong" id="w-([a-z_]+)"', seen.text) == ["port", "imap_port"]

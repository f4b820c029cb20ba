"""Signing in by OAuth 2.0, against a provider and mail servers that are real as far as the protocol goes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from authorization_server import CLIENT_SECRET, AuthorizationServer, browse
from changing import replace
from servers import Sink, serve

from followup_mail.delivery.bearer import bearer_text
from followup_mail.delivery.smtp_account import Account
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.errors import SettingsError, SignInError, SignInUnreachableError
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.services.accounts.account_sign_in import SignedIn, Ways, sign_in, sign_out
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.mail_accounts import sending_account
from followup_mail.settings.sign_in_account import sign_in_access
from followup_mail.sign_in import access, token_endpoint, token_store
from followup_mail.sign_in.browser_sign_in import sign_in_by_browser
from followup_mail.sign_in.device_sign_in import Waiting, sign_in_by_device
from followup_mail.sign_in.loopback import listening
from followup_mail.sign_in.provider import Provider, known_provider
from followup_mail.workspace import Workspace

ADDRESS = "jordan@example.com"


class _TokenChecker(Sink):
    """A mail server that accepts the tokens of a provider only."""

    def __init__(self, provider: AuthorizationServer) -> None:
        super().__init__()
        self.provider = provider
        self.refused_logins = 0

    async def _auth(self, server: Any, args: list[str], method: str) -> AuthResult:
        import base64

        text = base64.b64decode(args[1]).decode()
        for token in self.provider.accepted:
            if text == bearer_text(method, ADDRESS, token):
                return AuthResult(success=True)
        self.refused_logins += 1
        reason = base64.b64encode(b'{"status":"invalid_token"}').decode()
        await server.push(f"334 {reason}")
        answer = (await server._reader.readline()).strip()
        assert answer == (b"" if method == "XOAUTH2" else b"AQ==")
        return AuthResult(success=False, handled=False)


class TokenSink(_TokenChecker):
    """It knows the method of Google and Microsoft."""

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:  # noqa: N802
        return await self._auth(server, args, "XOAUTH2")


class BearerSink(_TokenChecker):
    """It knows the standard's method only."""

    async def auth_OAUTHBEARER(self, server: Any, args: list[str]) -> AuthResult:  # noqa: N802
        return await self._auth(server, args, "OAUTHBEARER")


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_store, "_give_keyring", lambda *_: False)


@pytest.fixture
def provider() -> Iterator[AuthorizationServer]:
    with AuthorizationServer().running() as server:
        yield server


def house(provider: AuthorizationServer, home: Path, **more: str) -> Workspace:
    home.chmod(0o700)
    given = {"FOLLOWUP_EMAIL": ADDRESS, "FOLLOWUP_NAME": "Jordan", **provider.settings, **more}
    return Workspace(load_settings(given, home))


def log_in(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, **more: Any) -> SignedIn:
    monkeypatch.setenv("BROWSER", "none-is-started")
    return sign_in(workspace, Ways(browse, lambda _place, _code: None, **more))


def account_at(workspace: Workspace, port: int) -> Account:
    settings = replace(workspace.settings, smtp_host="127.0.0.1", smtp_port=port, smtp_security="plain")
    return sending_account(settings)  # type: ignore[arg-type]


def try_login(account: Account) -> AttemptResult:
    transport = SmtpTransport(account)
    try:
        return transport.check_login()
    finally:
        transport.close()


def test_browser_brings_tokens_that_only_the_user_can_read(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser brings a code, PKCE proves whose it is, and the tokens are in a 0600 file in a 0700 folder."""
    workspace = house(provider, tmp_path)
    assert log_in(workspace, monkeypatch) == SignedIn(ADDRESS, "file", None)
    path = tmp_path / "tokens" / f"{ADDRESS}.json"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert CLIENT_SECRET not in path.read_text()
    assert sign_in_access(workspace.settings).token() in provider.accepted


def test_a_no_keeps_what_was_there(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who refuses on the provider's page is told so, and the earlier sign-in stays."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    token = sign_in_access(workspace.settings).token()
    provider.says_no = True
    with pytest.raises(SignInError, match="did not agree"):
        log_in(workspace, monkeypatch)
    assert sign_in_access(workspace.settings).token() == token


def test_foreign_answers_are_not_taken() -> None:
    """A request with another state changes nothing, and after the time given nobody is waited for."""
    with listening("right") as server:
        browse(f"http://127.0.0.1:{server.port}/?code=stolen&state=wrong")
        with pytest.raises(SignInError, match="Nobody signed in"):
            server.wait(0.3)
        browse(f"http://127.0.0.1:{server.port}/?code=own&state=right")
        assert "code=own" in server.wait(5)


def test_a_code_of_a_device_waits_as_told(provider: AuthorizationServer, tmp_path: Path) -> None:
    """The code is asked for until it was typed; slow_down makes each wait five seconds longer."""
    provider.device_answers = ["authorization_pending", "slow_down", "authorization_pending"]
    client = sign_in_access(house(provider, tmp_path).settings).store.client
    slept: list[float] = []
    shown: list[str] = []
    tokens = sign_in_by_device(client, lambda *what: shown.extend(what), Waiting(slept.append, lambda: 0.0))
    assert tokens.access in provider.accepted
    assert (slept, shown[1]) == ([5, 5, 10, 10], "WDJB-MJHT")


@pytest.mark.parametrize(("answer", "says"), [("expired_token", "code expired"), ("access_denied", "did not agree")])
def test_a_code_that_nobody_typed(provider: AuthorizationServer, tmp_path: Path, answer: str, says: str) -> None:
    """A code whose time is up, or that was refused, ends the waiting with a sentence."""
    provider.device_answers = [answer]
    client = sign_in_access(house(provider, tmp_path).settings).store.client
    with pytest.raises(SignInError, match=says):
        sign_in_by_device(client, lambda *_: None, Waiting(lambda _: None, lambda: 0.0))


@pytest.mark.parametrize(("kind", "method"), [(TokenSink, "XOAUTH2"), (BearerSink, "OAUTHBEARER")])
def test_an_expired_token_is_renewed_in_the_middle(
    provider: AuthorizationServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[_TokenChecker],
    method: str,
) -> None:
    """A token that the server refuses, whatever our clock says, is renewed once and the login tried again."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    sink = kind(provider)
    with serve(sink, auth_require_tls=False, auth_exclude_mechanism=["LOGIN", "PLAIN"]) as port:
        account = account_at(workspace, port)
        assert try_login(account).verdict is Verdict.ACCEPTED, method
        provider.expire()
        assert try_login(account).verdict is Verdict.ACCEPTED
    assert (sink.refused_logins, provider.count("refresh_token")) == (1, 1)


def test_a_server_that_takes_no_token(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second refusal is the last: the account rests, the mail stays queued, and no token is in what is said."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    sink = TokenSink(AuthorizationServer())
    with serve(sink, auth_require_tls=False) as port:
        result = try_login(account_at(workspace, port))
    assert (result.verdict, result.pauses_account, sink.refused_logins) == (Verdict.DEFERRED, True, 2)
    assert "followup-mail account login" in result.fix
    assert "access-token" not in result.said


def test_withdrawn_consent_is_asked_about_once(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After invalid_grant the user is told to sign in again, and the provider is not asked a second time."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    provider.withdraw()
    with serve(TokenSink(provider), auth_require_tls=False) as port:
        account = account_at(workspace, port)
        first, second = try_login(account), try_login(account)
    for result in (first, second):
        assert (result.verdict, result.phase, result.pauses_account) == (Verdict.DEFERRED, Phase.LOGIN, True)
        assert result.fix == "Sign in again: followup-mail account login"
    assert provider.count("refresh_token") == 1


def test_without_a_network_it_is_tried_later(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sign-in server that is out of order counts as no network: deferred, without using up a try."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    provider.expire()
    provider.outage = 503
    with serve(TokenSink(provider), auth_require_tls=False) as port:
        result = try_login(account_at(workspace, port))
    assert (result.verdict, result.phase, result.code) == (Verdict.DEFERRED, Phase.CONNECT, None)
    provider.outage = 0
    assert sign_in_access(workspace.settings).renewed("") in provider.refreshable | provider.accepted | {
        sign_in_access(workspace.settings).token()
    }


def test_a_clock_that_is_wrong(provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock years ahead or behind costs a renewal each time, and never the sign-in."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    own = sign_in_access(workspace.settings)
    for seconds in (4e9, 0.0):
        wrong = replace(own, clock=lambda seconds=seconds: seconds)
        assert wrong.token() in provider.accepted


def test_many_at_once_renew_once(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever finds a token refused at the same time as others gets the one renewal; no rotated token is used twice."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    refused = sign_in_access(workspace.settings).token()
    provider.expire()
    ready = threading.Barrier(6)

    def renew() -> str:
        own = sign_in_access(workspace.settings)
        ready.wait(5)
        return own.renewed(refused)

    with ThreadPoolExecutor(6) as pool:
        tokens = {future.result() for future in [pool.submit(renew) for _ in range(6)]}
    assert (tokens, provider.count("refresh_token")) == (provider.accepted, 1)


def test_ctrl_c_in_a_renewal_keeps_the_sign_in(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who presses Ctrl-C when the provider has just answered has the new tokens on disk all the same."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    refused = sign_in_access(workspace.settings).token()
    provider.expire()

    def ask_and_be_interrupted(*what: Any) -> Any:
        answer = token_endpoint.ask_for_tokens(*what)
        signal.raise_signal(signal.SIGINT)
        return answer

    monkeypatch.setattr(access, "ask_for_tokens", ask_and_be_interrupted)
    with pytest.raises(KeyboardInterrupt):
        sign_in_access(workspace.settings).renewed(refused)
    assert sign_in_access(workspace.settings).token() in provider.accepted
    assert provider.count("refresh_token") == 1


def test_signing_out_revokes_and_deletes(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After signing out no token is good any more, none is kept, and a second time says that nobody is signed in."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    assert sign_out(workspace) == (ADDRESS, True)
    assert not provider.refreshable
    assert list((tmp_path / "tokens").glob("*.json")) == []
    with pytest.raises(SignInError, match="Nobody is signed in"):
        sign_out(workspace)


def test_tokens_stay_with_their_provider(
    provider: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refresh token never goes to a token address that the settings name later."""
    workspace = house(provider, tmp_path)
    log_in(workspace, monkeypatch)
    with AuthorizationServer().running() as other:
        moved = house(other, tmp_path)
        with pytest.raises(SignInError, match="another provider"):
            sign_in_access(moved.settings).renewed("")
        assert other.asked == []


def test_addresses_must_be_encrypted() -> None:
    """A token address without https is refused, but for this machine."""
    with pytest.raises(SettingsError, match="not encrypted"):
        Provider("custom", "https://login.example/auth", "http://login.example/token")
    assert Provider("custom", "http://127.0.0.1:1/auth", "http://localhost:1/token").host == "localhost"


@pytest.mark.parametrize("name", ["google", "microsoft"])
def test_known_providers_are_whole(name: str) -> None:
    """What is known of a provider makes a sign-in, with every address encrypted."""
    assert known_provider(name).scopes
    assert known_provider(name).token_url.startswith("https://")


def test_google_gives_no_device_code(tmp_path: Path) -> None:
    """Where a provider has no device codes, the browser is named instead."""
    given = {
        "FOLLOWUP_EMAIL": ADDRESS,
        "FOLLOWUP_SMTP_AUTH": "oauth",
        "FOLLOWUP_OAUTH_PROVIDER": "google",
        "FOLLOWUP_OAUTH_CLIENT_ID": "x",
    }
    client = sign_in_access(load_settings(given, tmp_path).settings).store.client
    with pytest.raises(SignInError, match="no device codes"):
        sign_in_by_device(client, lambda *_: None)


def test_a_sign_in_server_that_is_not_there(provider: AuthorizationServer, tmp_path: Path) -> None:
    """No connection is a sentence of its own, without the code in it."""
    client = sign_in_access(house(provider, tmp_path).settings).store.client
    gone = replace(client, provider=replace(client.provider, token_url="http://127.0.0.1:1/token"))
    with pytest.raises(SignInUnreachableError, match=r"127\.0\.0\.1 cannot be reached") as caught:
        sign_in_by_browser(gone, browse)
    assert "code-" not in caught.value.sentence


def test_a_wrong_client_secret_is_not_said(provider: AuthorizationServer, tmp_path: Path) -> None:
    """invalid_client names the two settings, and never the secret."""
    workspace = house(provider, tmp_path, FOLLOWUP_OAUTH_CLIENT_SECRET="wr0ng-secret")
    with pytest.raises(SettingsError, match="invalid_client") as caught:
        sign_in_by_browser(sign_in_access(workspace.settings).store.client, browse)
    assert "FOLLOWUP_OAUTH_CLIENT_SECRET" in caught.value.fix
    assert "wr0ng" not in caught.value.sentence + caught.value.fix

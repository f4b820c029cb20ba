"""Sign the account in at its provider, and out again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from msgspec import Struct

from followup_mail.errors import SignInError
from followup_mail.outbox.attempt import AttemptResult, Verdict
from followup_mail.services.sending.paused_accounts import end_rest
from followup_mail.settings.sign_in_account import sign_in_access
from followup_mail.sign_in.client import Client
from followup_mail.sign_in.tokens import Tokens
from followup_mail.workspace import Workspace


class Ways(Struct, frozen=True):
    """How a person signs in, and how they are told what to do."""

    show_page: Callable[[str], None]
    """Gets the address of the page to open."""
    show_code: Callable[[str, str], None]
    """Gets the address of the page, and the code to type there."""
    by_device: bool = False
    port: int = 0
    """Where the browser comes back to; 0 is a free one."""
    in_file: bool = False


class SignedIn(Struct, frozen=True):
    """What came of it."""

    address: str
    place: str
    """``keyring`` or ``file``: where the tokens are."""
    login: AttemptResult | None
    """What the mail server said to a login with them; None where no server is set."""
    queued_again: int = 0
    """How many mails can go that waited for this."""

    @property
    def works(self) -> bool:
        return self.login is None or self.login.verdict is Verdict.ACCEPTED


def sign_in(workspace: Workspace, ways: Ways) -> SignedIn:
    """Sign in, keep the tokens, and try them at the mail server.

    Raises ``SettingsError`` when no sign-in is set, and ``SignInError`` when it failed; then the old tokens stay.
    """
    store = sign_in_access(workspace.settings).store
    tokens = _ask(store.client, ways)
    if not tokens.refresh:
        raise SignInError(
            f"{store.client.provider.host} gave a token for an hour, and none to renew it with; nothing was kept.",
            fix="Allow followup-mail to work while you are away. For a custom provider add offline_access to "
            "FOLLOWUP_OAUTH_SCOPES.",
        )
    with store.alone():
        place = store.write(tokens, use_keyring=not (ways.in_file or workspace.in_office))
    if not workspace.leaves_machine:
        return SignedIn(store.client.address, place, None)
    login = workspace.check_login()
    again = end_rest(workspace) if login.verdict is Verdict.ACCEPTED and workspace.has_store else ()
    return SignedIn(store.client.address, place, login, len(again))


def sign_out(workspace: Workspace) -> tuple[str, bool]:
    """Revoke the tokens where the provider can, and delete them; return the address, and whether they were revoked.

    They are deleted even without a network. Raises ``SignInError`` when nobody is signed in.
    """
    from followup_mail.sign_in.revoke import revoke

    store = sign_in_access(workspace.settings).store
    with store.alone():
        if not store.path.exists():
            store.read()  # says that nobody is signed in
        try:
            revoked = revoke(store.client, store.read())
        except SignInError:
            revoked = False  # what cannot be read, is another provider's or cannot be said without a network
        store.delete()
    return store.client.address, revoked


def has_browser() -> bool:
    """Return whether a page can be opened here: not over ssh, and on Linux not without a desktop."""
    if os.environ.get("BROWSER"):
        return True
    if os.environ.get("SSH_CONNECTION"):
        return False
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _ask(client: Client, ways: Ways) -> Tokens:
    if ways.by_device or (not has_browser() and client.provider.device_url):
        from followup_mail.sign_in.device_sign_in import sign_in_by_device

        return sign_in_by_device(client, ways.show_code)
    from followup_mail.sign_in.browser_sign_in import sign_in_by_browser

    return sign_in_by_browser(client, ways.show_page, ways.port)

"""The sign-in that the settings describe."""

from __future__ import annotations

from typing import Final

from followup_mail.delivery.smtp_account import Auth
from followup_mail.errors import SettingsError
from followup_mail.settings.table import Settings, variable
from followup_mail.sign_in.access import Access
from followup_mail.sign_in.client import Client
from followup_mail.sign_in.provider import Provider, known_provider
from followup_mail.sign_in.token_store import TokenStore

_WHERE: Final = "docs/oauth.md says how to get a client id in ten steps."


def sign_in_access(given: Settings) -> Access:
    """Return what gives the account's tokens. Raises ``SettingsError`` when a part is not set."""
    assert given.home is not None, "loaded settings have a home"
    return Access(TokenStore(given.home, sign_in_client(given)))


def sign_in_client(given: Settings) -> Client:
    """Return the client that signs in for the account. Raises ``SettingsError`` when a part is not set."""
    if given.smtp_auth is not Auth.OAUTH:
        raise SettingsError(
            f"{variable('smtp_auth')} is {given.smtp_auth}, so nobody signs in by OAuth.",
            fix=f"Set {variable('smtp_auth')}=oauth, {variable('oauth_provider')} and {variable('oauth_client_id')}. "
            f"{_WHERE}",
        )
    needed = ["email", "oauth_provider", "oauth_client_id"]
    if given.oauth_provider == "custom":
        needed += ["oauth_auth_url", "oauth_token_url", "oauth_scopes"]
    missing = [variable(name) for name in needed if not getattr(given, name)]
    if missing:
        raise SettingsError(f"{variable('smtp_auth')} is oauth, but {', '.join(missing)} must be set too.", fix=_WHERE)
    return Client(
        _provider(given),
        given.oauth_client_id,
        given.smtp_user or given.email,
        given.oauth_client_secret.reveal,
        with_mailbox=bool(given.imap_host and not given.imap_password),
    )


def _provider(given: Settings) -> Provider:
    own = [row for row in ("auth_url", "token_url", "device_url", "revoke_url") if getattr(given, f"oauth_{row}")]
    if given.oauth_provider == "custom":
        urls = {row: getattr(given, f"oauth_{row}") for row in own}
        return Provider("custom", **urls, scopes=tuple(given.oauth_scopes.split()))
    if own or given.oauth_scopes:
        name = variable(f"oauth_{own[0]}" if own else "oauth_scopes")
        raise SettingsError(
            f"{name} is only for {variable('oauth_provider')}=custom.",
            fix=f"Remove it, or set {variable('oauth_provider')}=custom and all addresses.",
        )
    return known_provider(given.oauth_provider)

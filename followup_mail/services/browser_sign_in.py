"""What is said and set where a provider takes no password, only sign-in by OAuth 2.0 in the browser.

The one place that knows whether this program can sign in like that by itself.
"""

from __future__ import annotations

from typing import Final

from followup_mail.delivery.smtp_account import Auth

_OWN_AUTH: Final = "oauth"
_OWN_COMMAND: Final = "followup-mail account login"


def browser_auth() -> str:
    """Return the value of FOLLOWUP_SMTP_AUTH for sign-in in the browser; empty where this version has none."""
    return _OWN_AUTH if _OWN_AUTH in [str(one) for one in Auth] else ""


def say_next_command(name: str) -> str:
    """Return what to do next about a provider that takes no password, in sentences."""
    if browser_auth():
        return f"{name} takes no password, only sign-in in the browser. Next: {_OWN_COMMAND}"
    return (
        f"{name} takes no password, only sign-in by OAuth, and for that this version needs a command that prints an "
        "access token: followup-mail setup --password-command COMMAND"
    )

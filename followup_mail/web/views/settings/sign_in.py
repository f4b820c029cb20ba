"""Signing in at a provider that takes no password: it goes on in a thread, and a page says how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Final

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.accounts.account_sign_in import SignedIn, Ways, sign_in
from followup_mail.services.accounts.setup_state import look_at_account
from followup_mail.services.context.mail_accounts import choose_default
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.desk import Desk
from followup_mail.web.frame.routes import Get, Post

_KEY: Final = "sign-in"
_SECONDS: Final = 10.0
"""How long a form waits for the provider's page or code to be known."""


@dataclass
class Signing:
    """One try to sign in."""

    page: str = ""
    """The provider's page, to be opened by the user."""
    code: str = ""
    """What is to be typed there; empty where nothing is."""
    outcome: SignedIn | None = None
    error: FollowupError | None = None
    is_over: bool = False
    _moved: Event = field(default_factory=Event)

    def begin(self, desk: Desk, by_device: bool) -> None:
        """Sign in, in a thread of its own; return when there is something to show."""
        Thread(target=self._go_on, args=(desk, by_device), name="sign-in", daemon=True).start()
        self._moved.wait(_SECONDS)

    def _go_on(self, desk: Desk, by_device: bool) -> None:
        try:
            with desk.open() as workspace:
                self.outcome = sign_in(choose_default(workspace), Ways(self._show_page, self._show_code, by_device))
            desk.settings_changed()
        except FollowupError as error:
            self.error = error
        except OSError as error:
            self.error = FollowupError(f"{error.strerror or error}.")
        finally:
            self.is_over = True
            self._moved.set()

    def _show_page(self, page: str) -> None:
        self.page = page
        self._moved.set()

    def _show_code(self, page: str, code: str) -> None:
        self.page, self.code = page, code
        self._moved.set()


def show_sign_in(asked: Asked) -> Response:
    """Show how to sign in, or how far it is. Can be loaded again as often as one likes."""
    with asked.open() as workspace:
        own = choose_default(workspace).settings
        return asked.page(
            "settings/sign_in.html",
            signing=asked.visit.begun.get(_KEY),
            is_oauth=look_at_account(own).kept == "oauth",
            address=own.email,
            client_id=own.oauth_client_id,
        )


def begin_sign_in(asked: Asked) -> Response:
    """Begin, unless it goes on already."""
    now: Signing | None = asked.visit.begun.get(_KEY)
    if now is None or now.is_over:
        now = asked.visit.begun[_KEY] = Signing()
        now.begin(asked.desk, asked.form.get("way") == "device")
    return asked.go("/setup/sign-in")


ROUTES: Final = (Get("/setup/sign-in", show_sign_in), Post("/setup/sign-in", begin_sign_in))

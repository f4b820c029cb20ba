"""Pages about the account, the settings, the service, wordings and methods; what can stop a mail."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.settings import (
    account,
    accounts,
    calendar,
    candidates,
    checking,
    doctor,
    files,
    methods,
    own_settings,
    service,
    setup,
    sign_in,
    voice,
    wordings,
)

ROUTES: Final[tuple[Get | Post, ...]] = (
    *setup.ROUTES,
    *account.ROUTES,
    *sign_in.ROUTES,
    *own_settings.ROUTES,
    *accounts.ROUTES,
    *doctor.ROUTES,
    *service.ROUTES,
    *methods.ROUTES,
    *wordings.ROUTES,
    *voice.ROUTES,
    *checking.ROUTES,
    *files.ROUTES,
    *calendar.ROUTES,
    *candidates.ROUTES,
)

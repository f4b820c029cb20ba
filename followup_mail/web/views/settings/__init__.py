"""Pages about the account, the settings, the service, wordings and methods; what can stop a mail."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.settings import account, doctor, own_settings, service, setup, sign_in

ROUTES: Final[tuple[Get | Post, ...]] = (
    *setup.ROUTES,
    *account.ROUTES,
    *sign_in.ROUTES,
    *own_settings.ROUTES,
    *doctor.ROUTES,
    *service.ROUTES,
)

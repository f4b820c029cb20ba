"""Methods: published and the user's own, each with its source and its steps in words."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.services.context.usable_methods import find_methods
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get


def show_methods(asked: Asked) -> Response:
    """Show every method; a broken file hides no other."""
    with asked.open() as workspace:
        methods, broken = find_methods(workspace)
        return asked.page("settings/methods.html", methods=methods, broken=broken, usual=workspace.settings.cadence)


def show_method(asked: Asked) -> Response:
    """Show one in full."""
    with asked.open() as workspace:
        method = workspace.cadence(asked.path["name"])
        return asked.page("settings/method.html", method=method, usual=workspace.settings.cadence)


ROUTES: Final = (Get("/methods", show_methods), Get("/methods/{name}", show_method))

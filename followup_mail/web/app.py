"""All addresses of the page, and the application that answers them behind the gate."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from followup_mail.web.frame.asked import Asked, Form
from followup_mail.web.frame.desk import Desk
from followup_mail.web.frame.fill import Filler
from followup_mail.web.frame.gate import Address, Gate
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.visits import Visit, Visits
from followup_mail.web.views import (
    applications,
    debrief,
    deciding,
    entering,
    facts,
    inbox,
    outbox,
    proposals,
    settings,
    statistics,
    today,
    writing,
)

VIEWS: Final[tuple[Get | Post, ...]] = (
    *today.ROUTES,
    *applications.ROUTES,
    *deciding.ROUTES,
    *debrief.ROUTES,
    *facts.ROUTES,
    *writing.ROUTES,
    *outbox.ROUTES,
    *inbox.ROUTES,
    *proposals.ROUTES,
    *settings.ROUTES,
    *statistics.ROUTES,
)
_STATIC: Final = Path(__file__).parent / "static"
_STATUS: Final = {"host": 421, "origin": 403, "stranger": 403}


@dataclass(frozen=True)
class Site:
    """The page of one home: what answers, and who may enter."""

    desk: Desk
    address: Address
    secret: str
    """By which another ``followup-mail open`` is let in."""
    visits: Visits = field(default_factory=Visits)
    filler: Filler = field(default_factory=Filler)

    def gate(self, end: entering.End) -> Gate:
        """Return the application as a server runs it; ``end`` ends that server."""
        routes: list[BaseRoute] = [view.route(self.desk, self.filler) for view in VIEWS]
        routes += entering.routes(self.desk, self.visits, self.filler, (self.secret, end))
        routes += [Mount("/static", StaticFiles(directory=_STATIC))]
        inside = Starlette(routes=routes, exception_handlers={HTTPException: self._miss})
        return Gate(inside, self.address, self.visits, self._refuse)

    def _refuse(self, scope: Scope, why: str) -> Response:
        asked = self._as_stranger(Request(scope))
        return HTMLResponse(self.filler.fill("turned_away.html", asked, {"why": why}), _STATUS[why])

    async def _miss(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        asked = self._as_stranger(request)
        return HTMLResponse(self.filler.fill("turned_away.html", asked, {"why": f"status_{status}"}), status)

    def _as_stranger(self, request: Request) -> Asked:
        visit = Visit("")
        language = request.headers.get("accept-language", "")
        return Asked(self.desk, visit, self.filler, request.url.path, {}, Form(), language=language)

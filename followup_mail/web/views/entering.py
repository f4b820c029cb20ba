"""Coming in by the first address, being found by a second ``followup-mail open``, and ending the page."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from followup_mail.web.frame.asked import Asked, Form, read_fields
from followup_mail.web.frame.desk import Desk
from followup_mail.web.frame.fill import Filler
from followup_mail.web.frame.gate import cookie_name
from followup_mail.web.frame.visits import Visit, Visits

End: TypeAlias = Callable[[], object]


def _is_ours(address: str) -> bool:
    """Return whether an address leads to a page of ours and nowhere else. Browsers leave tabs and line ends
    out of an address and read ``\\`` as ``/``, so that ``/<tab>/evil.example`` is another site (WHATWG URL, 4.4)."""
    return address.startswith("/") and address.isprintable() and not address[1:].startswith(("/", "\\"))


def routes(desk: Desk, visits: Visits, filler: Filler, doors: tuple[str, End]) -> list[BaseRoute]:
    """Return the addresses; ``doors``: the secret by which another program is let in, and what ends the server."""
    secret, end = doors

    async def enter(request: Request) -> Response:
        visit = visits.enter(request.query_params.get("ticket", ""), request.state.visit)
        if visit is None:
            asked = Asked(desk, Visit(""), filler, "/enter", {}, Form())
            return HTMLResponse(filler.fill("turned_away.html", asked, {"why": "used"}), 403)
        to = request.query_params.get("to", "/")
        # A page that leads on, not a redirect: after a redirect that another program or page began, browsers hold a
        # cookie back that is for this site only (SameSite=Strict).
        place = to if _is_ours(to) else "/"
        asked = Asked(desk, visit, filler, "/enter", {}, Form())
        answer = HTMLResponse(filler.fill("entered.html", asked, {"to": place}))
        name = cookie_name(request.state.address.port)
        answer.set_cookie(name, visit.number, httponly=True, samesite="strict", path="/")
        return answer

    async def hand_out_ticket(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {secret}".encode()):
            return JSONResponse({}, 403)
        return JSONResponse({"ticket": visits.make_ticket()})

    async def stop(request: Request) -> Response:
        async with request.form() as found:
            form = Form(read_fields(found.multi_items()))
        visit: Visit = request.state.visit
        asked = Asked(desk, visit, filler, "/stop", {}, Form(), form)
        if not visit.owns(form.get("form_word")):
            return asked.page("turned_away.html", 403, why="origin")
        end()
        return asked.page("ended.html")

    return [
        Route("/enter", enter, methods=["GET"]),
        Route("/ticket", hand_out_ticket, methods=["POST"]),
        Route("/stop", stop, methods=["POST"]),
    ]

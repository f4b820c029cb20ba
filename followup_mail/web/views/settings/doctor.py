"""Can everything be sent? One look after the other, each shown as soon as it is done, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Final

from starlette.responses import Response, StreamingResponse

from followup_mail.errors import SettingsError
from followup_mail.services.accounts.setup_look import SetupCheck
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.health.doctor import LOOKS, check_setup
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get

_HERE: Final = "<!-- findings -->"


def show_doctor(asked: Asked) -> Response:
    """Show what would be looked at; with ``look``, look. Works with settings that cannot be read."""
    if asked.query.get("look"):
        return StreamingResponse(_answer(asked), media_type="text/html; charset=utf-8")
    error: SettingsError | None
    with asked.desk.open_to_examine() as (_, error):
        return asked.page("settings/doctor.html", looks=LOOKS, is_looking=False, rows="", unreadable=error)


def _answer(asked: Asked) -> Iterator[str]:
    """Return the page in parts: the top, a row for each look, the rest."""
    values = {"said": None, "looks": LOOKS, "is_looking": True, "rows": _HERE, "unreadable": None}
    before, _, after = asked.filler.fill("settings/doctor.html", asked, values).partition(_HERE)
    yield before
    found: list[SetupCheck] = []
    for check in _look(asked):
        found.append(check)
        yield asked.filler.fill("settings/doctor_row.html", asked, {"check": check})
    with asked.desk.open_to_examine() as (workspace, _):
        leaves = any(way.leaves_machine for way in every_account(workspace))
    yield asked.filler.fill("settings/doctor_end.html", asked, {"found": found, "leaves_machine": leaves})
    yield after


def _look(asked: Asked) -> Iterator[SetupCheck]:
    """Yield what is found. The looks run in one thread of their own: the outbox belongs to whoever opened it."""
    found: SimpleQueue[SetupCheck | None] = SimpleQueue()

    def work() -> None:
        try:
            with asked.desk.open_to_examine() as (workspace, unreadable):
                for check in check_setup(workspace, unreadable):
                    found.put(check)
        finally:
            found.put(None)

    Thread(target=work, name="doctor", daemon=True).start()
    while (check := found.get()) is not None:
        yield check


ROUTES: Final = (Get("/doctor", show_doctor),)

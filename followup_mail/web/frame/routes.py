"""An address and the view that answers it: reads what was asked, in the form's own words, and turns errors into pages.

Views are plain functions that may take their time; each runs in a thread of its own.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from followup_mail.errors import (
    DeliveryError,
    FollowupError,
    MailboxError,
    NotFoundError,
    RefusedError,
    SettingsError,
)
from followup_mail.web.frame.asked import Asked, Form, GivenFile, read_fields
from followup_mail.web.frame.desk import Desk
from followup_mail.web.frame.fill import Filler
from followup_mail.web.frame.pressed_twice import PRESSED

View: TypeAlias = Callable[[Asked], Response]
_MOST_FILES: Final = 20
_MOST_FIELDS: Final = 2_000
_MOST_OF_A_FIELD: Final = 2_000_000
_TOO_MUCH: Final = ("Too many", "Part exceeded", "Field exceeded")
"""How starlette begins to say that one of these limits is passed."""
_STATUS: Final[tuple[tuple[type[FollowupError], int], ...]] = (
    (NotFoundError, 404),
    (RefusedError, 409),
    (SettingsError, 503),
    (DeliveryError, 502),
    (MailboxError, 502),
)


class _Number(IntegerConvertor):
    """The number of a mail. Python reads no number of 5000 digits, and SQLite none of 20: there is no such page."""

    regex = "[0-9]{1,15}"


register_url_convertor("int", _Number())


class Get(Struct, frozen=True):
    """A page to be looked at. Its view changes nothing."""

    path: str
    view: View

    def route(self, desk: Desk, filler: Filler) -> Route:
        async def answer(request: Request) -> Response:
            return await _call(self.view, _read(request, desk, filler, Form()))

        return Route(self.path, answer, methods=["GET"])


class Post(Struct, frozen=True):
    """A form to be taken. Its view is only called for a form of this browser's own."""

    path: str
    view: View

    def route(self, desk: Desk, filler: Filler) -> Route:
        async def answer(request: Request) -> Response:
            form = await _read_form(request)
            asked = _read(request, desk, filler, form)
            if not asked.visit.owns(form.get("form_word")):
                return asked.page("turned_away.html", 403, why="origin")
            return await PRESSED.answer(asked, lambda asked: _call(self.view, asked))

        return Route(self.path, answer, methods=["POST"])


async def _call(view: View, asked: Asked) -> Response:
    try:
        return await run_in_threadpool(view, asked)
    except FollowupError as error:
        status = next((number for kind, number in _STATUS if isinstance(error, kind)), 422)
        return await run_in_threadpool(asked.refuse, error, status)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        plain = FollowupError(f"{where}{error.strerror or error}.", fix=asked.filler.sentence("stays_done"))
        return await run_in_threadpool(asked.refuse, plain, 500)
    except Exception as error:
        # A mistake of the program: own up to it, without showing its insides.
        if os.environ.get("FOLLOWUP_TRACEBACK"):
            traceback.print_exception(error)
        return asked.page("turned_away.html", 500, why="own_mistake", error=type(error).__name__)


def _read(request: Request, desk: Desk, filler: Filler, form: Form) -> Asked:
    query = Form(read_fields(request.query_params.multi_items()))
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    language = request.headers.get("accept-language", "")
    return Asked(desk, request.state.visit, filler, address, dict(request.path_params), query, form, language)


async def _read_form(request: Request) -> Form:
    """Read a form and its files. Raises starlette's ``HTTPException`` for what cannot be read, or is too much."""
    try:
        async with request.form(
            max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_MOST_OF_A_FIELD
        ) as found:
            items: list[tuple[str, Any]] = found.multi_items()
            files: dict[str, tuple[GivenFile, ...]] = {}
            for name, value in items:
                if isinstance(value, UploadFile) and value.filename:
                    given = GivenFile.make(value.filename, await value.read())
                    files[name] = (*files.get(name, ()), given)
            return Form(read_fields(items), files)
    except HTTPException as error:
        # Whoever chose too many files, or pasted a book, must learn that; what is broken says nothing to anybody.
        raise HTTPException(413 if error.detail.startswith(_TOO_MUCH) else error.status_code) from error
    except (ValueError, AssertionError) as error:
        raise HTTPException(400) from error

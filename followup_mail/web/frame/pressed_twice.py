"""A form that comes twice at once, such as by a double click: it is taken once, and both get the answer.

What comes after the answer is recognised by the version that the form carries; while the first is under way, nothing
has changed yet, and both would pass.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeAlias

from starlette.responses import Response

from followup_mail.web.frame.asked import Asked

Take: TypeAlias = Callable[[Asked], Coroutine[Any, Any, Response]]


class PressedTwice:
    """The forms that are under way; used in the thread of the server alone."""

    def __init__(self) -> None:
        self._under_way: dict[bytes, asyncio.Task[Response]] = {}

    async def answer(self, asked: Asked, take: Take) -> Response:
        """Return what ``take`` answers to a form, or to the same form that came a moment before."""
        key = _fingerprint_of(asked)
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(take(asked))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        # A browser that goes away does not take the form back.
        return await asyncio.shield(task)


def _fingerprint_of(asked: Asked) -> bytes:
    """Return what identifies a form: its address and everything in it, the token of the visit included."""
    found = hashlib.sha256(repr((asked.address, list(asked.form.fields.items()))).encode(errors="surrogatepass"))
    for name, files in asked.form.files.items():
        for file in files:
            content = hashlib.sha256(file.content).digest()
            found.update(repr((name, file.name, content)).encode(errors="surrogatepass"))
    return found.digest()


PRESSED: Final = PressedTwice()
"""Those of this program; each carries the word of a visit, so that no two pages share any."""

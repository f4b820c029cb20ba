"""Up to three tries of a request, with waits between them, within one limit of time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from followup_mail.writing_model.error_sentences import ErrorSentences, is_final
from followup_mail.writing_model.exchange import BadReplyError, Reply, TooLateError, WireRequest, exchange

USUAL_WAITS: Final = (0.5, 2.0)
"""Seconds before the second try and before the third."""
_BUSY: Final = frozenset({429, 502, 503, 504})
"""Replies after which another try may do better."""


class Tries:
    """What is left of the time and of the tries. A second request with the same object shares both."""

    def __init__(
        self,
        errors: ErrorSentences,
        sleep: Callable[[float], None],
        now: Callable[[], float],
        waits: Sequence[float] = USUAL_WAITS,
    ) -> None:
        self._errors = errors
        self._sleep, self._now = sleep, now
        self._end = now() + errors.endpoint.timeout
        self._waits = iter(waits)

    def send(self, request: WireRequest) -> Reply:
        """Return the reply to the request, whatever its status.

        Raises ``WritingModelError`` where there is none, and ``SettingsError`` as ``exchange`` does.
        """
        import httpx

        while True:
            try:
                reply = exchange(request, self._left())
            except (TooLateError, httpx.ReadTimeout, httpx.WriteTimeout):
                raise self._errors.too_late() from None
            except BadReplyError as error:
                raise self._errors.bad_reply(str(error)) from None
            except (httpx.TransportError, httpx.InvalidURL, OSError, UnicodeError) as error:
                if is_final(error) or not self._wait():
                    raise self._errors.unreachable(error) from None
            else:
                if reply.status not in _BUSY or not self._wait(read_seconds(reply.headers.get("retry-after", ""))):
                    return reply

    def _left(self) -> float:
        if (left := self._end - self._now()) > 0:
            return left
        raise TooLateError

    def _wait(self, asked_for: float = 0.0) -> bool:
        """Wait before another try, at least as long as the server asked for; False where there is none left."""
        usual = next(self._waits, None)
        if usual is None or (wait := max(usual, asked_for)) >= self._end - self._now():
            return False
        self._sleep(wait)
        return True


def read_seconds(text: str) -> float:
    """Return the seconds of a ``Retry-After`` header; 0 for a date, or for anything else."""
    return float(text) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text.strip()) else 0.0

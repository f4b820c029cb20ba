"""Makes text from a server safe to keep and to show: one printable line, without secrets.

A server may send anything, on purpose or not: control sequences for the terminal, ten thousand lines, or the password
it was just given. Nothing from a server is stored or shown before it went through here.
"""

from __future__ import annotations

import base64
import re
import urllib.parse
from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.outbox.attempt import AttemptResult

SAID_LIMIT: Final = 500
"""Characters of a server's answer that are kept."""
_HIDDEN: Final = "(hidden)"
_WITHHELD: Final = "The server's answer contained the password or token and is not shown."


def one_line(text: str) -> str:
    """Replace everything that is not printable by spaces, and runs of spaces by one."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())


class Redactor(Struct, frozen=True):
    """Removes secrets from text. Its ``repr`` does not show them."""

    _forms: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Redactor()"

    def text(self, words: str) -> str:
        """Return one line of at most 500 characters that contains none of the secrets."""
        line = one_line(words)
        for form in self._forms:
            # Every word contains a secret of a letter or two; gaps in the words would give it away.
            edge = r"\b" if len(form) < 4 and form.isalnum() else ""
            line = re.sub(edge + re.escape(form) + edge, _HIDDEN, line)
        # A secret may come back broken over two lines, or in capitals.
        squeezed = _squeeze(line)
        if any(len(_squeeze(form)) >= 4 and _squeeze(form) in squeezed for form in self._forms):
            line = _WITHHELD
        return line if len(line) <= SAID_LIMIT else line[: SAID_LIMIT - 1] + "…"

    def result(self, result: AttemptResult) -> AttemptResult:
        """Return the result with all text from the server made safe."""
        return replace(
            result,
            said=self.text(result.said),
            queue_id=self.text(result.queue_id),
            refused=tuple((address, self.text(words)) for address, words in result.refused),
        )


def make_redactor(secrets: Iterable[str]) -> Redactor:
    """Make a ``Redactor`` that knows each secret as it is, in base64 and percent-encoded, longest first."""
    forms: set[str] = set()
    for secret in secrets:
        raw = secret.encode("utf-8", errors="surrogatepass")
        coded = base64.b64encode(raw).decode("ascii")
        forms |= {secret, one_line(secret), coded, coded.rstrip("="), urllib.parse.quote(raw, safe="")}
    return Redactor(tuple(sorted(forms - {""}, key=len, reverse=True)))


def _squeeze(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isprintable() and not letter.isspace())

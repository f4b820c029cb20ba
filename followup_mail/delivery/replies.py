"""A server's words, made fit to be kept: one printable line, without secrets.

A server may say anything, on purpose or not: control sequences for the terminal, ten thousand lines, or the password
it was just given. Nothing that it says is stored or shown before it went through here.
"""

from __future__ import annotations

import base64
import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from followup_mail.outbox.attempt import AttemptResult

SAID_LIMIT: Final = 500
"""Characters kept of what was said."""
_HIDDEN: Final = "(hidden)"
_WITHHELD: Final = "The server's answer held the password or token and is not shown."
_ENHANCED: Final = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?=\s|$)")

# What follows the queue id differs by server: Postfix, Exim, Gmail, Exchange, Amazon SES, qmail, Sendmail.
_QUEUE_IDS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bqueued as (?P<id>[\w.:@+-]+)",
        r"\bid=(?P<id>[\w.:@+-]+)",
        r"<(?P<id>[^<>\s]+)> \[InternalId=",
        r"^2\.0\.0 OK +(?P<id>\d+ [\w.-]+) - gsmtp",
        r"\bqp (?P<id>\d+)",
        r"^(?:2\.0\.0 )?ok:? (?P<id>[\w.-]{12,})$",
        r"^(?:2\.0\.0 )?(?P<id>[\w.-]{8,}) message accepted",
    )
)


@dataclass(frozen=True, slots=True)
class Reply:
    """One complete reply of a server (RFC 5321 section 4.2), its lines joined. Not yet cleared of secrets."""

    code: int
    text: str

    @property
    def enhanced(self) -> str:
        """The enhanced status code at its beginning, e.g. ``5.7.9`` (RFC 3463), or nothing."""
        match = _ENHANCED.match(self.text)
        # RFC 2034 section 4: the class digit always equals the first digit of the reply code.
        return match[0] if match and match[1] == str(self.code)[0] else ""

    @property
    def said(self) -> str:
        """The code and the words, as people search for them."""
        return f"{self.code} {self.text}".strip()

    @property
    def queue_id(self) -> str:
        """The id that the server gave a message it took, where it names one."""
        found = (match for pattern in _QUEUE_IDS if (match := pattern.search(self.text)))
        return next((match["id"][:100] for match in found), "")


def read_reply(code: int, raw: bytes | str) -> Reply:
    """Make a reply of the bytes after the code. An enhanced code repeated on each line is kept once."""
    text = raw if isinstance(raw, str) else raw.decode("utf-8", errors="replace")
    first, *rest = text.split("\n")
    opening = _ENHANCED.match(first)
    again = re.compile(rf"{re.escape(opening[0])}\s+") if opening else None
    more = (again.sub("", line, count=1) if again and again.match(line) else line for line in rest)
    return Reply(code, one_line(" ".join([first, *more])))


def one_line(text: str) -> str:
    """Replace whatever is not printable by spaces, and runs of spaces by one."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Redactor:
    """Takes secrets out of words. Its own representation tells nothing."""

    _forms: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Hush()"

    def text(self, words: str) -> str:
        """Return one line of at most 500 characters that holds none of the secrets."""
        line = one_line(words)
        for form in self._forms:
            # A secret of a letter or two is in every word; hidden there, the gaps would tell it.
            edge = r"\b" if len(form) < 4 and form.isalnum() else ""
            line = re.sub(edge + re.escape(form) + edge, _HIDDEN, line)
        # A secret may come back broken over two lines, or in capitals.
        squeezed = _squeeze(line)
        if any(len(_squeeze(form)) >= 4 and _squeeze(form) in squeezed for form in self._forms):
            line = _WITHHELD
        return line if len(line) <= SAID_LIMIT else line[: SAID_LIMIT - 1] + "…"

    def outcome(self, outcome: AttemptResult) -> AttemptResult:
        """Return the outcome with every word of the server's made fit to be kept."""
        return replace(
            outcome,
            said=self.text(outcome.said),
            queue_id=self.text(outcome.queue_id),
            refused=tuple((address, self.text(words)) for address, words in outcome.refused),
        )


def hush(secrets: Iterable[str]) -> Redactor:
    """Make a ``Redactor`` that knows each secret as it is, in base64 and percent-encoded, longest first."""
    forms: set[str] = set()
    for secret in secrets:
        raw = secret.encode("utf-8", errors="surrogatepass")
        coded = base64.b64encode(raw).decode("ascii")
        forms |= {secret, one_line(secret), coded, coded.rstrip("="), urllib.parse.quote(raw, safe="")}
    return Redactor(tuple(sorted(forms - {""}, key=len, reverse=True)))


def _squeeze(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isprintable() and not letter.isspace())

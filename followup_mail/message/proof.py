"""The last look at a finished message: read back by other code than wrote it, it must say what the draft says.

Three looks: at the lines, at the header fields, and at the parts as a mail program finds them. The reader is the
standard library's older parser (``compat32`` with ``decode_header``). The newer one, ``email.policy.default``, was
measured to be ten times slower, and reads a space between two encoded words of a name that is not in the message.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import Parser
from email.policy import compat32
from email.utils import collapse_rfc2231_value, getaddresses
from typing import Final

from followup_mail.errors import RefusedError
from followup_mail.message.body_parts import tidy_html, wire_media_type
from followup_mail.message.draft import Attachment, Draft, Mailbox
from followup_mail.message.flowed import tidy_text, unflow
from followup_mail.message.heading import Heading
from followup_mail.regex import regex

_LINE_LIMIT: Final = 998
"""Octets of a line without its CRLF (RFC 5322 section 2.1.1)."""
_FOLD: Final = regex(r"\r\n(?=[ \t])")
_BOUNDARY: Final = regex(r'\r\n boundary="=_[am](?P<hash>[0-9a-f]{32})"\r\n')
_ZEROS: Final = "0" * 32
_CONTENT_FIELDS: Final = {"Content-Type", "Content-Transfer-Encoding"}


def prove(content: bytes, heading: Heading, draft: Draft) -> None:
    """Read a finished message back. Raises ``RefusedError`` when it does not say exactly what was meant."""
    try:
        wrong = next(_differences(content, heading, draft), "")
    except (ValueError, LookupError, MessageError) as error:
        wrong = f"it cannot be read ({type(error).__name__})"
    if wrong:
        raise RefusedError(
            f"The mail to {heading.recipient.email} did not survive being read back: {wrong}.",
            fix="Nothing was queued or sent. Write that part in simpler characters, and please report this.",
        )


def _differences(content: bytes, heading: Heading, draft: Draft) -> Iterator[str]:
    yield from _look_at_lines(content, heading)
    text = content.decode()
    yield from _look_at_fields(text.partition("\r\n\r\n")[0], heading)
    message = Parser(policy=compat32).parsestr(_with_one_boundary(text))
    yield from _look_at_heading(message, heading)
    yield from _look_at_parts(message, draft)


def _with_one_boundary(text: str) -> str:
    """Return a message with zeros for the hash in its boundaries, to be read instead of it.

    The parser compiles a regular expression for each boundary that it has not seen, which takes a third of the time of
    a message. With another name for its boundaries a message has the same parts: if their hash stands nowhere but in
    them, and the zeros nowhere at all. Otherwise it is read as it is.
    """
    found = _BOUNDARY.search(text)
    if found is None or _ZEROS in text:
        return text
    number = found["hash"]
    named = sum(text.count(f'\r\n boundary="=_{one}{number}"\r\n') for one in "am")
    delimiters = sum(text.count(f"\r\n--=_{one}{number}") for one in "am")
    return text.replace(number, _ZEROS) if text.count(number) == named + delimiters else text


def _look_at_lines(content: bytes, heading: Heading) -> Iterator[str]:
    """Only canonical line ends: a server that takes a bare LF for one could be made to see a second mail."""
    ends = content.count(b"\r\n")
    if content.count(b"\r") != ends or content.count(b"\n") != ends or not content.endswith(b"\r\n"):
        yield "a line does not end in CRLF"
    if b"\0" in content:
        yield "it holds a NUL"
    if max(map(len, content.split(b"\r\n"))) > _LINE_LIMIT:
        yield f"a line is longer than {_LINE_LIMIT} bytes"
    ascii_from = content.index(b"\r\n\r\n") if heading.needs_smtputf8 else 0
    if not content[ascii_from:].isascii():
        yield "it is not plain ASCII on the wire"


def _look_at_fields(block: str, heading: Heading) -> Iterator[str]:
    """Check which header fields there are, each once and in order, and those that are never encoded, literally."""
    fields = [line.partition(": ") for line in _FOLD.sub("", block).split("\r\n")]
    literal = {
        "Reply-To": heading.reply_to,
        "Message-ID": heading.message_id,
        "In-Reply-To": "".join(heading.references[-1:]),
        "References": " ".join(heading.references),
        "MIME-Version": "1.0",
    }
    wanted = ["From", "To", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References", "MIME-Version"]
    wanted = [name for name in wanted if literal.get(name, "always")]
    if [name for name, _, _ in fields if name not in _CONTENT_FIELDS] != wanted:
        yield "its header fields are not the ones that were written"
    for name, _, value in fields:
        if name in literal and value.strip(" ") != literal[name]:
            yield f"its {name} reads differently"


def _look_at_heading(message: Message, heading: Heading) -> Iterator[str]:
    for name, mailbox in (("From", heading.sender), ("To", heading.recipient)):
        if [_read_mailbox(pair) for pair in getaddresses([_unfold(message, name)])] != [mailbox]:
            yield f"its {name} names somebody else"
    if heading.reply_to and getaddresses([_unfold(message, "Reply-To")]) != [("", heading.reply_to)]:
        yield "its Reply-To names somebody else"
    if _decode(_unfold(message, "Subject")) != heading.subject:
        yield "its subject reads differently"


def _look_at_parts(message: Message, draft: Draft) -> Iterator[str]:
    leaves = [part for part in message.walk() if not part.is_multipart()]
    if any(part.defects for part in message.walk()) or [part.get_content_type() for part in message.walk()] != [
        *(["multipart/mixed"] if draft.attachments else []),
        *(["multipart/alternative", "text/plain", "text/html"] if draft.html.strip() else ["text/plain"]),
        *map(wire_media_type, draft.attachments),
    ]:
        yield "its parts are not the ones that were written"
        return
    if unflow(_read_text(leaves[0])) != tidy_text(draft.text):
        yield "its text reads differently"
    if draft.html.strip() and _read_text(leaves[1]) != tidy_html(draft.html):
        yield "its HTML reads differently"
    attached = leaves[-len(draft.attachments) :] if draft.attachments else []
    for part, attachment in zip(attached, draft.attachments, strict=True):
        if not _is_attached(part, attachment):
            yield f"the attachment {attachment.filename} reads differently"


def _unfold(message: Message, name: str) -> str:
    return _FOLD.sub("", str(message[name])).strip()


def _decode(text: str) -> str:
    pieces = decode_header(text)
    return "".join(piece if isinstance(piece, str) else piece.decode(charset or "ascii") for piece, charset in pieces)


def _read_mailbox(pair: tuple[str, str]) -> Mailbox:
    return Mailbox(_decode(pair[0]), pair[1])


def _read_text(part: Message) -> str:
    octets = part.get_payload(decode=True)
    assert isinstance(octets, bytes)
    return octets.decode(part.get_content_charset("ascii")).replace("\r\n", "\n")


def _is_attached(part: Message, attachment: Attachment) -> bool:
    filename = part.get_param("filename", header="Content-Disposition")
    return (
        part.get_content_disposition() == "attachment"
        and filename is not None
        and collapse_rfc2231_value(filename) == attachment.filename
        and part.get_payload(decode=True) == attachment.content
    )

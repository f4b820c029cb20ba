"""Checks a mail before connecting, and writes its addresses and bytes as SMTP needs them.

Servers disagree about where a message ends when it contains a lone CR or LF (SMTP smuggling, CVE-2023-51764), so only
canonical lines are sent (RFC 5321 section 2.3.8). Other bytes are refused, not repaired: what was previewed is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.regex import regex

if TYPE_CHECKING:
    from followup_mail.delivery.smtp_connection import SmtpConnection

LINE_LIMIT: Final = 998
"""Bytes in a line without its CRLF (RFC 5322 section 2.1.1)."""
_LONE_BREAK: Final = regex(rb"\r(?!\n)|(?<!\r)\n")
_ADDRESS: Final = regex(r"[^\s<>\"\\,;:@]+@[^\s<>\"\\,;@]+")
_REPORT: Final = "Write the mail again. If that does not help, this is a bug in followup-mail: please report it."


def check_message(message: Message) -> AttemptResult | None:
    """Return why this message can never be sent, or None when it can."""
    if not message.rcpt_to:
        return _refused(Phase.CONNECT, "The mail has no recipient", "Give the person an e-mail address.")
    for address in (message.mail_from, *message.rcpt_to):
        if problem := _address_problem(address, message.smtputf8):
            return _refused(Phase.CONNECT, problem, "Correct the address and write the mail again.")
    problem = _content_problem(message.content)
    return _refused(Phase.CONNECT, problem, _REPORT) if problem else None


def check_server_takes(connection: SmtpConnection, message: Message) -> AttemptResult | None:
    """Return why this server cannot take this message, by what it offered in answer to EHLO; None when it can."""
    if message.smtputf8 and not connection.has_extn("smtputf8"):
        said = "The server accepts no addresses with letters outside ASCII (it offers no SMTPUTF8)"
        return _refused(Phase.MAIL, said, "Use an ASCII address for this person, or another mail server.")
    if not message.content.isascii() and not connection.has_extn("8bitmime"):
        said = "The server accepts 7-bit mail only (it offers no 8BITMIME)"
        return _refused(Phase.MAIL, said, "Use another mail server.")
    limit = size_limit(connection)
    if limit and len(message.content) > limit:
        said = f"The mail has {len(message.content)} bytes, and the server accepts at most {limit}"
        return _refused(Phase.MAIL, said, "Make the attachments smaller, or link to them.")
    return None


def mail_command(connection: SmtpConnection, message: Message) -> bytes:
    """Return the MAIL command with the parameters that this server understands (RFC 1870, 6152, 6531)."""
    words = [b"MAIL FROM:<%b>" % wire_address(message.mail_from, message.smtputf8)]
    if connection.has_extn("size"):
        words.append(b"SIZE=%d" % len(message.content))
    if connection.has_extn("8bitmime") and not message.content.isascii():
        words.append(b"BODY=8BITMIME")
    if message.smtputf8:
        words.append(b"SMTPUTF8")
    return b" ".join(words)


def wire_address(address: str, smtputf8: bool) -> bytes:
    """Return an address as it stands in a command; without SMTPUTF8 its domain in ASCII form (RFC 5890)."""
    if smtputf8 or address.isascii():
        return address.encode("utf-8")
    import idna

    local, _, domain = address.rpartition("@")
    return local.encode("ascii") + b"@" + idna.encode(domain, uts46=True)


def stuff_dots(content: bytes) -> bytes:
    """Double each dot at the start of a line (RFC 5321 section 4.5.2)."""
    stuffed = content.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if content.startswith(b".") else stuffed


def size_limit(connection: SmtpConnection) -> int:
    """Return the largest message that the server accepts, in bytes; 0 when it does not say (RFC 1870 section 4)."""
    said = str(connection.esmtp_features.get("size", "")).strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def _address_problem(address: str, smtputf8: bool) -> str:
    if not _ADDRESS.fullmatch(address) or not address.isprintable() or len(address.encode("utf-8", "replace")) > 320:
        return f"{address!r} cannot be used as an address"
    if address.isascii() or smtputf8:
        return ""
    try:
        wire_address(address, smtputf8=False)
    except (UnicodeError, ValueError):  # idna's errors are UnicodeErrors
        return f"{address!r} contains letters outside ASCII, and the mail was not written for that (SMTPUTF8)"
    return ""


def _content_problem(content: bytes) -> str:
    if not content.endswith(b"\r\n"):
        return "The mail does not end with a line break (CRLF)"
    # Counting first is twenty times as fast as the regular expression, and nearly always enough.
    breaks = content.count(b"\r\n")
    if (content.count(b"\r"), content.count(b"\n")) != (breaks, breaks) and (lone := _LONE_BREAK.search(content)):
        line = content.count(b"\n", 0, lone.start()) + 1
        return f"Line {line} of the mail contains a lone CR or LF"
    if b"\0" in content:
        return "The mail contains a NUL byte"
    if _has_long_line(content):
        return f"The mail has a line of more than {LINE_LIMIT} bytes"
    return ""


def _has_long_line(content: bytes) -> bool:
    start = 0
    while start < len(content):
        end = content.rfind(b"\r\n", start, start + LINE_LIMIT + 2)
        if end < 0:
            return True
        start = end + 2
    return False


def _refused(phase: Phase, said: str, fix: str) -> AttemptResult:
    return AttemptResult(Verdict.REFUSED, phase, said=said, fix=fix)

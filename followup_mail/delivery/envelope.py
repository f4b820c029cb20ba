"""Looks at a message before anyone is called, and puts its addresses and bytes into the form that goes over the wire.

Servers disagree about where a message ends when it holds a lone CR or LF (SMTP smuggling, CVE-2023-51764 and its
kin), so only canonical lines leave (RFC 5321 section 2.3.8). Such bytes are refused, not mended: what was previewed
is what is sent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

if TYPE_CHECKING:
    from followup_mail.delivery.smtp_link import SmtpLink

LINE_LIMIT: Final = 998
"""Bytes in a line without its CRLF (RFC 5322 section 2.1.1)."""
_LONE_BREAK: Final = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_ADDRESS: Final = re.compile(r"[^\s<>\"\\,;:@]+@[^\s<>\"\\,;@]+")
_TELL_US: Final = "Write the mail anew; if that does not help, this is a fault of the program: please report it."


def check_message(message: Message) -> AttemptResult | None:
    """Return why this message can never be sent, or None when it can."""
    if not message.rcpt_to:
        return _unfit(Phase.CONNECT, "The mail has no recipient", "Give the person an e-mail address.")
    for address in (message.mail_from, *message.rcpt_to):
        if problem := _address_problem(address, message.smtputf8):
            return _unfit(Phase.CONNECT, problem, "Correct the address and write the mail anew.")
    problem = _content_problem(message.content)
    return _unfit(Phase.CONNECT, problem, _TELL_US) if problem else None


def check_offer(link: SmtpLink, message: Message) -> AttemptResult | None:
    """Return why this server cannot take this message, by what it offered in answer to EHLO; None when it can."""
    if message.smtputf8 and not link.has_extn("smtputf8"):
        return _unfit(
            Phase.MAIL,
            "The server does not take addresses with letters outside ASCII (it offers no SMTPUTF8)",
            "Use an ASCII address for this person, or another server to send with.",
        )
    if not message.content.isascii() and not link.has_extn("8bitmime"):
        return _unfit(
            Phase.MAIL, "The server takes 7-bit mail only (it offers no 8BITMIME)", "Use another server to send with."
        )
    limit = size_limit(link)
    if limit and len(message.content) > limit:
        return _unfit(
            Phase.MAIL,
            f"The mail has {len(message.content)} bytes, and the server takes at most {limit}",
            "Make the attachments smaller, or link to them.",
        )
    return None


def mail_command(link: SmtpLink, message: Message) -> bytes:
    """Return the MAIL command with the parameters that this server understands (RFC 1870, 6152, 6531)."""
    words = [b"MAIL FROM:<%b>" % wire_address(message.mail_from, message.smtputf8)]
    if link.has_extn("size"):
        words.append(b"SIZE=%d" % len(message.content))
    if link.has_extn("8bitmime") and not message.content.isascii():
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
    """Double each dot at the beginning of a line (RFC 5321 section 4.5.2)."""
    stuffed = content.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if content.startswith(b".") else stuffed


def size_limit(link: SmtpLink) -> int:
    """Return the largest message that the server takes, in bytes; 0 when it does not say (RFC 1870 section 4)."""
    said = str(link.esmtp_features.get("size", "")).strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def _address_problem(address: str, smtputf8: bool) -> str:
    if not _ADDRESS.fullmatch(address) or not address.isprintable() or len(address.encode("utf-8", "replace")) > 320:
        return f"{address!r} cannot be used as an address"
    if address.isascii() or smtputf8:
        return ""
    try:
        wire_address(address, smtputf8=False)
    except (UnicodeError, ValueError):  # idna's errors are UnicodeErrors
        return f"{address!r} holds letters outside ASCII, and the mail was not written for that (SMTPUTF8)"
    return ""


def _content_problem(content: bytes) -> str:
    if not content.endswith(b"\r\n"):
        return "The mail does not end with a line break (CRLF)"
    # Counting first: it is twenty times as fast as the expression, and nearly always enough.
    breaks = content.count(b"\r\n")
    if (content.count(b"\r"), content.count(b"\n")) != (breaks, breaks) and (lone := _LONE_BREAK.search(content)):
        line = content.count(b"\n", 0, lone.start()) + 1
        return f"Line {line} of the mail holds a lone CR or LF"
    if b"\0" in content:
        return "The mail holds a NUL byte"
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


def _unfit(phase: Phase, said: str, fix: str) -> AttemptResult:
    return AttemptResult(Verdict.REFUSED, phase, said=said, fix=fix)

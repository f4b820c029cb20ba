"""The body of a message: MIME parts as bytes with canonical CRLF (RFC 2045, 2046, 2183, 2231).

Text comes first, then the HTML that was made from it; a mixed part goes around both only when files are attached.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64encode
from typing import Final
from urllib.parse import quote

from followup_mail.message.draft import Attachment, Draft
from followup_mail.message.flowed import flow, tidy_text
from followup_mail.regex import regex

_CRLF: Final = b"\r\n"
_LINE_LIMIT: Final = 78
_BASE64_LINE: Final = 76
_PLAIN_FILENAME: Final = regex(r"[A-Za-z0-9_(][A-Za-z0-9 ._()+-]{0,58}")
# Servers that store mail in one file put a ">" before such a line.
_STORED_FROM: Final = regex(rb"^From ", re.MULTILINE)


def write_body(draft: Draft, boundary: str) -> bytes:
    """Return the header fields of the content and the body itself, for a draft that passed the gate.

    ``boundary`` is unique to this draft; nothing in the parts can be mistaken for it, as it is made from their hash.
    """
    text = _text_part("plain", flow(tidy_text(draft.text)), "; format=flowed")
    content = text
    if draft.html.strip():
        content = _multipart("alternative", f"=_a{boundary}", [text, _text_part("html", tidy_html(draft.html))])
    if draft.attachments:
        content = _multipart("mixed", f"=_m{boundary}", [content, *map(_attached_part, draft.attachments)])
    return content


def tidy_html(html: str) -> str:
    """Return HTML with exactly one line break at its end."""
    return html.rstrip("\n") + "\n"


def wire_media_type(attachment: Attachment) -> str:
    """Return the media type as sent: a message or multipart may not be in base64 (RFC 2046 section 5), so is a file."""
    composite = attachment.media_type.lower().startswith(("message/", "multipart/"))
    return "application/octet-stream" if composite else attachment.media_type.lower()


def _text_part(subtype: str, text: str, parameters: str = "") -> bytes:
    charset = "us-ascii" if text.isascii() else "utf-8"
    content = text.encode().replace(b"\n", _CRLF)
    encoding = "7bit"
    if not _is_seven_bit(content):
        content, encoding = _quote_printable(content), "quoted-printable"
    fields = f"Content-Type: text/{subtype}; charset={charset}{parameters}\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return fields.encode() + _CRLF + content


def _is_seven_bit(content: bytes) -> bool:
    return (
        content.isascii()
        and max(map(len, content.split(_CRLF))) <= _LINE_LIMIT
        and not _STORED_FROM.search(content)
        and b"\t\r" not in content
    )


def _quote_printable(content: bytes) -> bytes:
    """Encode lines of text (RFC 2045 section 6.7). A "From" that an encoded line break left in front is hidden too."""
    return _STORED_FROM.sub(b"=46rom ", binascii.b2a_qp(content, quotetabs=False, istext=True))


def _attached_part(attachment: Attachment) -> bytes:
    encoded = b64encode(attachment.content)
    lines = [encoded[start : start + _BASE64_LINE] for start in range(0, len(encoded), _BASE64_LINE)]
    disposition = ";\r\n ".join(["attachment", *_filename_parameters(attachment.filename)])
    fields = (
        f"Content-Type: {wire_media_type(attachment)}\r\n"
        f"Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: {disposition}\r\n"
    )
    return fields.encode() + _CRLF + _CRLF.join([*lines, b""])


def _filename_parameters(filename: str) -> list[str]:
    """Write a file name quoted where it is short and plain, else percent-encoded in numbered pieces (RFC 2231)."""
    if _PLAIN_FILENAME.fullmatch(filename):
        return [f'filename="{filename}"']
    room = _BASE64_LINE - len(" filename*99*=;")
    pieces = [""]
    for letter in (quote(character, safe="") for character in filename):
        if len(pieces[-1]) + len(letter) > room - (0 if len(pieces) > 1 else len("utf-8''")):
            pieces.append("")
        pieces[-1] += letter
    pieces[0] = f"utf-8''{pieces[0]}"
    if len(pieces) == 1:
        return [f"filename*={pieces[0]}"]
    return [f"filename*{number}*={piece}" for number, piece in enumerate(pieces)]


def _multipart(subtype: str, boundary: str, parts: list[bytes]) -> bytes:
    fields = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n'.encode()
    delimiter = f"--{boundary}".encode()
    return fields + b"".join(_CRLF + delimiter + _CRLF + part for part in parts) + _CRLF + delimiter + b"--" + _CRLF

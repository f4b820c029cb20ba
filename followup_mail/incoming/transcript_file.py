"""The bytes of a transcript turned into text: UTF-8, or UTF-16 as Windows programs save it."""

from __future__ import annotations

import codecs
from typing import Final

from followup_mail.errors import FactsError

SIZE_LIMIT: Final = 2 * 1024 * 1024
_OTHERS: Final = {b"PK\x03\x04": "a Word file or an archive", b"%PDF": "a PDF", b"{\\rtf": "an RTF file"}
_SAVE: Final = "Save it as plain text, or copy the text and give it with --notes - ."


def decode_transcript(content: bytes, name: str) -> str:
    """Return the text of a file. ``name`` is what errors call it. Raises ``FactsError``."""
    if len(content) > SIZE_LIMIT:
        raise FactsError(f"{name} is larger than 2 MB.", fix="Leave out what is not about the interview.")
    if other := next((said for mark, said in _OTHERS.items() if content.startswith(mark)), ""):
        raise FactsError(f"{name} is {other}, not text.", fix=_SAVE)
    try:
        text = content.decode(_encoding_of(content))
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise FactsError(f"{name} is empty.", fix="Name another file.")
    if "\0" in text:
        raise FactsError(f"{name} is not text.", fix=_SAVE)
    return text


def _encoding_of(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = content[:200]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > len(head) // 4 else "utf-8"

"""Header fields as bytes on the wire want them: folded, encoded, and never more than one field.

Our own, because the standard library's policies damage headers: they lose spaces in long non-ASCII subjects, merge
recipients at an encoded comma, take the quotes off long display names, encode long ids, and turn a subject that holds
an encoded word with a line break into a second header (CVE-2024-6923). What is written here is small enough to be
checked against other parsers by property tests.

Callers pass text without controls and with single spaces (``gate``); every function returns whole lines with CRLF.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from followup_mail.regex import regex

ENCODED_WORD_LIMIT: Final = 75
"""RFC 2047 section 2."""
_LINE_LIMIT: Final = 76
"""RFC 2047 section 2 for lines with encoded words; inside the 78 that RFC 5322 section 2.1.1 asks of all lines."""
_WORD_FRAME: Final = len("=?utf-8?q??=")

_ATOM: Final = regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
_VISIBLE: Final = regex(r"[!-~]+")
# The strictest set, for encoded words in a display name (RFC 2047 section 5, rule 3), used everywhere.
_AS_IS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")


def tidy_line(text: str) -> str:
    """Return a line with single spaces only: folding keeps a space, but parsers disagree about two."""
    return re.sub(" +", " ", text).strip(" ")


def write_text(name: str, text: str) -> str:
    """Write an unstructured field such as Subject. Words that need it are encoded, the others stay readable."""
    return _fold(name, _text_tokens(text, room=_LINE_LIMIT - len(name) - 2))


def write_mailbox(name: str, display_name: str, address: str) -> str:
    """Write an address field with exactly one mailbox. ``address`` comes from ``address_syntax.wire_address``."""
    if not display_name:
        return _fold(name, [address])
    return _fold(name, [*_phrase_tokens(display_name, room=_LINE_LIMIT - len(name) - 2), f"<{address}>"])


def write_ids(name: str, ids: Sequence[str]) -> str:
    """Write Message-ID, In-Reply-To or References. An id is never encoded nor broken: that would break the thread."""
    return _fold(name, ids)


def encode_words(text: str, room: int) -> list[str]:
    """Return ``text`` as RFC 2047 encoded words; ``room`` is what the first one may fill.

    Quoted-printable when one word then holds it all, or when it is shorter; else base64. A character is never split
    over two words (section 5, rule 3 there).
    """
    first = min(room, ENCODED_WORD_LIMIT) - _WORD_FRAME
    later = ENCODED_WORD_LIMIT - _WORD_FRAME
    quoted = [_quote(character) for character in text]
    length = sum(map(len, quoted))
    if length <= first or length <= -(-len(text.encode()) // 3) * 4:
        spans = _spans(map(len, quoted), first, later)
        return [f"=?utf-8?q?{''.join(quoted[start:end])}?=" for start, end in spans]
    spans = _spans((len(character.encode()) for character in text), first // 4 * 3, later // 4 * 3)
    return [f"=?utf-8?b?{b64encode(text[start:end].encode()).decode('ascii')}?=" for start, end in spans]


def _quote(character: str) -> str:
    if character in _AS_IS:
        return character
    return "_" if character == " " else "".join(f"={octet:02X}" for octet in character.encode())


def _spans(costs: Iterable[int], first: int, later: int) -> list[tuple[int, int]]:
    """Cut a row of costs into spans that each stay within their room. Returns (start, end) pairs."""
    cuts, spent, room, position = [0], 0, first, 0
    for position, cost in enumerate(costs):
        if spent + cost > room and spent:
            cuts.append(position)
            spent, room = 0, later
        spent += cost
    return list(pairwise([*cuts, position + 1]))


def _text_tokens(text: str, room: int) -> list[str]:
    """Split a text into plain words and one run of encoded words, from the first word that needs it to the last.

    One run, because the space between two encoded words vanishes when they are decoded (RFC 2047 section 6.2).
    """
    words = text.split(" ")
    odd = [place for place, word in enumerate(words) if not _is_plain(word)]
    if not odd:
        return words
    start, end = odd[0], odd[-1] + 1
    run = encode_words(" ".join(words[start:end]), ENCODED_WORD_LIMIT if start else room)
    return [*words[:start], *run, *words[end:]]


def _is_plain(word: str) -> bool:
    return _VISIBLE.fullmatch(word) is not None and "=?" not in word and len(word) < ENCODED_WORD_LIMIT


def _phrase_tokens(name: str, room: int) -> list[str]:
    """Write a display name as atoms, else as one quoted string where it fits on a line, else as encoded words.

    A literal ``=?`` is always encoded, although it could be quoted: common parsers decode inside quotes too.
    """
    words = name.split(" ")
    if all(_ATOM.fullmatch(word) and _is_plain(word) for word in words):
        return words
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if name.isascii() and "=?" not in name and len(quoted) <= room:
        return [quoted]
    return encode_words(name, room)


def _fold(name: str, tokens: Sequence[str]) -> str:
    """Put tokens, joined by single spaces, on lines of at most 76 characters; a longer token gets its own line."""
    lines, line = [], f"{name}:"
    for token in tokens:
        fits = len(line) + 1 + len(token) <= _LINE_LIMIT
        # Folding straight after the name only helps a token that then fits.
        if fits or (line == f"{name}:" and 1 + len(token) > _LINE_LIMIT):
            line = f"{line} {token}"
        else:
            lines.append(line)
            line = f" {token}"
    return "\r\n".join([*lines, line, ""])

"""The text of an invitation without what a conference service adds to it: links, dial-in numbers, legal notices.

Google puts its part between lines of ``-::~:~::-``, Teams between lines of underscores, Zoom at the end. The phrases
are in ``conference_text.toml``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import read_phrases
from followup_mail.incoming.html_text import text_of_html
from followup_mail.regex import regex

_PHRASES: Final = read_phrases(Path(__file__).with_suffix(".toml"))
_GOOGLE: Final = regex(r"-(?:::~|:~)[:~]{5,}")
_RULE: Final = regex(r"[_\-=*~\u2500\u2501\u2022.]{8,}\Z")
_TAG: Final = regex(r"(?i)<(?:br|p|div|a|b|i|u|ul|li|span|html|body|table)\b[^>]{0,500}>")
_LINK: Final = regex(r"(?i)\bhttps?://|\bwww\.|<mailto:|\btel:")
_DIAL: Final = regex(r"\A[+(]?\d[\d\s()+,*#.-]{6,}(?:\s?[A-Z]{2}\b.*|\s?\(.*\)|#)?\Z")
_LIMIT: Final = 20_000


def own_words(text: str) -> str:
    """Return what somebody wrote into an invitation, in lines; empty where only a service wrote."""
    text = text[:_LIMIT]
    if _TAG.search(text):
        text = text_of_html(text)
    text = text.replace("\r\n", "\n").replace("\u00a0", " ")
    lines = _without_blocks([line.strip() for line in text.split("\n")])
    words = "\n".join(line for line in lines if not _is_of_service(line))
    return re.sub(r"\n{3,}", "\n\n", words).strip()


def names_conference(text: str) -> bool:
    """Return whether a text has the link of a conference."""
    low = text.casefold()
    return any(host in low for host in _PHRASES["hosts"])


def is_video_place(place: str) -> bool:
    """Return whether a place is a conference: by its link, or by the name of the service."""
    return names_conference(place) or any(word in place.casefold() for word in _PHRASES["video_places"])


def _without_blocks(lines: list[str]) -> list[str]:
    """Leave out what stands between two lines drawn by a service, or from one to the end."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if any(phrase in line.casefold() for phrase in _PHRASES["rest"]):
            return kept
        is_google = bool(_GOOGLE.match(line))
        if not is_google and not _RULE.match(line):
            kept.append(line)
            at += 1
            continue
        ends = (end for end in range(at + 1, len(lines)) if (_GOOGLE if is_google else _RULE).match(lines[end]))
        end = next(ends, len(lines))
        # A line that somebody drew between two parts of their own is no block of a service.
        block = lines[at + 1 : end]
        if is_google or any(_is_of_service(below) for below in block):
            at = end + 1
        else:
            at += 1
    return kept


def _is_of_service(line: str) -> bool:
    low = line.casefold()
    return bool(
        _LINK.search(line)
        or _DIAL.match(line)
        or names_conference(line)
        or any(phrase in low for phrase in _PHRASES["lines"])
    )

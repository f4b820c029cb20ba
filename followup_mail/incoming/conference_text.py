"""The text of an invitation without what a conference service adds to it: links, dial-in numbers, legal notices.

Google puts its part between lines of ``-::~:~::-``, Teams between two long lines of underscores with a shorter one
between, Zoom at the end. In any language such a part is known by these lines and by its links and numbers; the phrases
are in ``conference_text.toml``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import read_phrases
from followup_mail.incoming.html_text import text_of_html
from followup_mail.incoming.letter_parts import is_greeting
from followup_mail.regex import regex

_PHRASES: Final = read_phrases(Path(__file__).with_suffix(".toml"))
_GOOGLE: Final = regex(r"-(?:::~|:~)[:~]{5,}")
_RULE: Final = regex(r"[_\-=*~\u2500\u2501\u2022.]{8,}\Z")
_TAG: Final = regex(r"(?i)<(?:br|p|div|a|b|i|u|ul|li|span|html|body|table)\b[^>]{0,500}>")
_LINK: Final = regex(r"(?i)\bhttps?://|\bwww\.|<mailto:|\btel:")
_DIAL: Final = regex(r"\A[+(]?\d[\d\s()+,*#.-]{6,}(?:\s?[A-Z]{2}\b.*|\s?\(.*\)|#)?\Z")
_NUMBER: Final = regex(r"(?:\d[\s().-]{0,2}){8}")
"""A telephone number or the number of a conference, with a label or without."""
_ZOOM: Final = regex(
    r"\bzoom[- ]?(?:meeting|vergadering|möte|møte)\b|\b(?:réunion|reuni[óã]o?n?|riunione|spotkanie)\b.{0,30}\bzoom\b"
)
_SENTENCE: Final = regex(r"(?:\S+\s+){2,}\S+[.!]\Z")
_HEADING_WORDS: Final = 6
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
        if names_conference(line):
            kept = _without_heading(kept)
            at = _end_of_links(lines, at)
            continue
        is_google = bool(_GOOGLE.match(line))
        if not is_google and not _RULE.match(line):
            kept.append(line)
            at += 1
            continue
        end = _end_of_google(lines, at) if is_google else _end_below_rule(lines, at)
        # A line that somebody drew between two parts of their own is no block of a service.
        at = end or at + 1
    return kept


def _end_of_google(lines: list[str], first: int) -> int:
    return next((at + 1 for at in range(first + 1, len(lines)) if _GOOGLE.match(lines[at])), len(lines))


def _end_below_rule(lines: list[str], first: int) -> int:
    """Return where the part of a service ends that begins with a drawn line; 0 where it is none."""
    rules = [at for at in range(first + 1, len(lines)) if _RULE.match(lines[at])]
    block = lines[first + 1 : rules[0] if rules else len(lines)]
    if not any(_is_of_service(below) for below in block):
        return 0
    # The one in the middle is shorter.
    closing = next(
        (at for at in rules if lines[at][0] == lines[first][0] and len(lines[at]) >= len(lines[first])), None
    )
    return _end_of_links(lines, rules[-1] if rules else first) if closing is None else closing + 1


def _end_of_links(lines: list[str], first: int) -> int:
    """Return where somebody writes again below the link of a conference: a greeting, or a sentence above no number."""
    for at in range(first + 1, len(lines)):
        below = next((line for line in lines[at + 1 :] if line), "")
        if is_greeting(lines[at]) or (_SENTENCE.match(lines[at]) and not any(map(_is_dial, (lines[at], below)))):
            return at
    return len(lines)


def _is_dial(line: str) -> bool:
    return bool(_NUMBER.search(line)) or _is_of_service(line)


def _without_heading(kept: list[str]) -> list[str]:
    """Return the lines above the link of a conference without what the service writes over it."""
    above = kept[-1] if kept else ""
    is_alone = len(kept) < 2 or not kept[-2]
    is_label = is_alone or above.endswith(":") or any(word in above.casefold() for word in _PHRASES["video_places"])
    if above and is_label and not _SENTENCE.match(above) and len(above.split()) <= _HEADING_WORDS:
        kept = kept[:-1]
    said = next((at for at in range(len(kept) - 1, -1, -1) if kept[at]), -1)
    return kept[:said] if said >= 0 and _ZOOM.search(kept[said].casefold()) else kept


def _is_of_service(line: str) -> bool:
    low = line.casefold()
    return bool(
        _LINK.search(line)
        or _DIAL.match(line)
        or names_conference(line)
        or any(phrase in low for phrase in _PHRASES["lines"])
    )

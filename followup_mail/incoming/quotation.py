"""Where the writer's own words end and what the mail quotes begins.

There is no standard for it: each mail program marks an answer in its own way. Four marks are known: lines that begin
with ``>``; a heading of From, Sent, To and Subject; a line such as "-----Original Message-----"; and an attribution
such as "On ..., X wrote:", which may be folded. Before ``>`` lines only the mark and these lines are quoted, so that
an answer below or between them is still read; below any other mark everything is, down to the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from followup_mail.facts.quotation_words import ANNOUNCED, FRAMED, OPENERS, SPEAKERS, WROTE
from followup_mail.incoming.quotation_heading import heading_at, is_rule
from followup_mail.regex import regex

_LINE_LIMIT: Final = 400
"""Characters of a line that are looked at; marks are far shorter."""
_FOLDED: Final = 4
"""Lines that an attribution may be folded over."""
_QUOTE_LINE: Final = regex(r"[^\S\n]*>")
_DASHES: Final = r"[-_=*~\u2010-\u2015\u2500\u2501]"
_FRAME: Final = regex(rf"{_DASHES}{{2,}}\s*(?P<words>[^\W\d_].{{1,60}}?)\s*(?:{_DASHES}{{2,}}|:|\Z)")
_EDGE: Final = regex(rf"\A{_DASHES}{{1,5}}\s*")
_FRAME_END: Final = regex(rf"(?<=[^\W\d_])\s+{_DASHES}{{3,}}\Z")
_ADDRESS: Final = regex(r"[^\s<>()@]@[^\s<>()@]+\.[^\s<>()@]")
_CLOCK: Final = regex(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)|(?<!\d)\d{1,2}\s?[ap]\.?m\b|\d{1,2}[時点시]", re.IGNORECASE)
_YEAR: Final = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_WROTE: Final = regex(rf"(?<![^\W\d_])(?:{WROTE})(?![^\W\d_])|写道|寫道|書きました|のメール|작성", re.IGNORECASE)
_TELLS: Final = regex(r"[\d@:\uff1a]")
_ENDS_A_SENTENCE: Final = regex(r"[.!?][\"')]?\Z")


class _Mark(NamedTuple):
    """Lines that stand above what is quoted, from ``first`` up to, but without, ``end``."""

    first: int
    end: int
    is_sure: bool = True
    """False when they are a mark only where ``>`` lines follow."""


def own_words(text: str) -> str:
    """Return what the writer of a mail wrote, without what is quoted, trailing space and gaps of many lines."""
    kept = "\n".join(line.rstrip() for line in blank_quotes(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def blank_quotes(text: str) -> str:
    """Return ``text`` with everything that it quotes from another mail turned to spaces; every offset stays."""
    lines = text.split("\n")
    quoted = [_QUOTE_LINE.match(line) is not None for line in lines]
    looked_at = [line[:_LINE_LIMIT].strip() for line in lines]
    cut = _mark_quoted(looked_at, quoted)
    kept = (" " * len(line) if is_quoted else line for line, is_quoted in zip(lines[:cut], quoted[:cut], strict=True))
    return "\n".join((*kept, *(" " * len(line) for line in lines[cut:])))


def _mark_quoted(lines: Sequence[str], quoted: list[bool]) -> int:
    """Add the marks above ``>`` lines to those quoted, and return the line from which on everything is."""
    said = False
    at = 0
    while at < len(lines):
        mark = _mark_at(lines, at) if lines[at] and not quoted[at] else None
        if mark is None:
            said = said or bool(lines[at] and not quoted[at] and not is_rule(lines[at]))
            at += 1
            continue
        below = next((one for one in range(mark.end, len(lines)) if lines[one]), len(lines))
        if below < len(lines) and quoted[below]:
            quoted[at : mark.end] = [True] * (mark.end - at)
        elif mark.is_sure and said:  # with nothing above it, it would hide the whole mail from the checks
            return _above(lines, at)
        at = mark.end
    return len(lines)


def _above(lines: Sequence[str], first: int) -> int:
    """Return where a mark begins with the line drawn above it, as Outlook draws one."""
    above = next((at for at in range(first - 1, -1, -1) if lines[at]), -1)
    return above if above >= 0 and is_rule(lines[above]) else first


def _mark_at(lines: Sequence[str], at: int) -> _Mark | None:
    """Return the mark that begins in a line; None when there is none."""
    if _announces(lines[at]):
        return _Mark(at, at + 1)
    if end := heading_at(lines, at):
        return _Mark(at, end)
    return _attribution_at(lines, at)


def _announces(line: str) -> bool:
    """Return whether a line is "-----Original Message-----" or "Begin forwarded message:" in some language."""
    if line[-1] in ":\uff1a":
        return line[:-1].strip().replace(",", "").casefold() in ANNOUNCED
    frame = _FRAME.match(line)
    words = frame["words"].casefold().split() if frame else []
    return any(" ".join(words[:end]) in FRAMED for end in range(1, min(len(words), 5) + 1))


def _attribution_at(lines: Sequence[str], at: int) -> _Mark | None:
    """Return the attribution that begins in a line: as far as its colon, over at most four lines."""
    first = _EDGE.sub("", lines[at])
    opens = any(" ".join(first.casefold().split()[:end]).rstrip(",") in OPENERS for end in (1, 2))
    starts = opens or at == 0 or not lines[at - 1] or is_rule(lines[at - 1])
    if not _TELLS.search(first) and not (opens and "<" in "".join(lines[at + 1 : at + 2])):
        return None
    words = ""
    for end in range(at, min(at + _FOLDED, len(lines))):
        # Zoho ends with dashes: "---- On ..., X wrote ----".
        line = _FRAME_END.sub(":", lines[end] if end > at else first)
        if not line or (end > at and not starts):
            return None
        words = f"{words} {line}".strip()
        if line[-1] in ":\uff1a":
            return _judge(words, _Mark(at, end + 1))
        if _ENDS_A_SENTENCE.search(line) and not lines[min(end + 1, len(lines) - 1)].startswith("<"):
            return None
    return None


def _judge(words: str, mark: _Mark) -> _Mark | None:
    """Return the mark when its words are those of a program: who wrote, and when or from which address."""
    verbs = list(_WROTE.finditer(words))
    address, clock, year = (bool(one.search(words)) for one in (_ADDRESS, _CLOCK, _YEAR))
    if not verbs:
        is_mail_program = address and (clock or year) and re.search(r"[>)\]]\s?[:\uff1a]\Z", words)
        return mark if is_mail_program else None
    if _speaks(words, verbs[-1]):
        return mark._replace(is_sure=False)
    return mark._replace(is_sure=address or (clock and year) or (year and words[0].isdigit()))


def _speaks(words: str, verb: re.Match[str]) -> bool:
    """Return whether the one who wrote is "you" or "she": then it is a sentence of the user's own."""
    before, after = words[: verb.start()].split()[-1:], words[verb.end() :].strip(" :\uff1a").split()[:1]
    return bool(SPEAKERS & {*before, *after})

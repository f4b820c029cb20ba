"""A transcript or jotted notes, taken apart into sentences, each with whoever said it or whom it stands under.

Read are WebVTT and SubRip files, what Zoom, Teams and Otter save as text, lines like "[00:03:12] Priya: ...", and plain
notes with bullets below a name. What is none of these is read as sentences that nobody said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from followup_mail.regex import regex

_TIME: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMED: Final = regex(rf"[\[(]?{_TIME}[\])]?(?:\s*(?:-->|-|\u2013)\s*[\[(]?{_TIME}[\])]?)?[ \t]*(?:[-\u2013|][ \t]+)?")
_TIMING: Final = regex(rf"\s*{_TIME}\s*-->")
_NAME: Final = r"[^\W\d_][^\d:<>\[\]\t]{0,58}?"
_HEADED: Final = regex(rf"(?P<name>{_NAME})(?:\s+|\s*[\[(]){_TIME}\s*(?:[ap]m)?[\])]?", re.IGNORECASE)
_LABELLED: Final = regex(rf"(?P<name>{_NAME})\s*(?:[\[(]{_TIME}[\])])?\s*:(?:\s+(?P<text>.*)|$)", re.IGNORECASE)
_VOICE: Final = regex(r"<v(?:\.[\w.-]+)?\s+(?P<name>[^>]{1,80})>")
_TAG: Final = regex(r"</?[a-z][^>]{0,80}>", re.IGNORECASE)
_CHAT: Final = regex(r"From (?P<name>.+?) to .+", re.IGNORECASE)
"""How the chat of Zoom names who wrote, behind the time."""
_BULLET: Final = regex(r"(?:[-*+\u2022\u2023\u25e6\u2013\u00b7]|\d{1,2}[.)])[ \t]+")
_SKIPPED: Final = regex(r"WEBVTT.*|NOTE\b.*|STYLE|Kind:.*|Language:.*|\d+|[0-9a-f-]{16,}(?:/[\d-]+)?|-{3,}|={3,}")
_END: Final = regex(r"(?<=[.!?\u2026])[\"'\u201d)]?\s+")
_NO_END: Final = regex(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|approx)|\be\.g|\bi\.e)\.$")
_WHOLE: Final = regex(r"[.!?\u2026][\"'\u201d)]?$")
_FIRST_PERSON: Final = regex(r"\b(?:I|we|my|our|us|me|mine|ours)\b", re.IGNORECASE)
_PROMISED: Final = regex(
    r"\b(?:send|share|forward|e-?mail|mail)\s+(?:(?:you|them|him|her|over|along)\s+)*(?P<what>[^.!?;]+)", re.IGNORECASE
)
_NO_HEAD: Final = 1_000
"""Deeper than any line is indented."""
_NAME_WORDS: Final = 5
_LONGEST: Final = 300


class TranscriptLine(Struct, frozen=True):
    """One sentence, or one note."""

    label: str
    """Who said it, or the heading that it stands under, as written; empty when there is none."""
    text: str
    is_own: bool = False
    """Whether the candidate said it."""

    @property
    def as_note(self) -> str:
        """The sentence as a note on somebody: what another one says of themselves is quoted.

        Unquoted, "I moved it to streaming" would be taken for something that the candidate did.
        """
        is_quoted = bool(self.label) and not self.is_own and _FIRST_PERSON.search(self.text)
        return f'"{self.text.replace(chr(34), chr(39))}"' if is_quoted else self.text

    @property
    def as_promise(self) -> str:
        """What a sentence promises to send, as one would name it: "the write-up" of "I'll send you the write-up."."""
        found = _PROMISED.search(self.text)
        return found["what"] if found else self.text


def read_transcript(text: str) -> tuple[TranscriptLine, ...]:
    """Return the sentences of a text, in order. Never fails: any text is notes."""
    return tuple(line for label, said in _runs(text) for line in _sentences(label, said))


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield what one person says in one go, and each bullet, with its label."""
    label, run, head = "", list[str](), _NO_HEAD
    has_cues = "-->" in text  # a sentence goes on from one cue to the next, over the empty line between them
    is_timed = has_cues or any(_has_time(line.strip()) for line in text.splitlines())
    for raw in text.splitlines():
        line = raw.strip().removeprefix("\ufeff")
        if _SKIPPED.fullmatch(line) or _TIMING.match(line):
            continue
        depth = len(raw) - len(raw.lstrip())
        # Below a line with a time and a name, what stands further in is its, even where it begins like a label.
        found, said, is_note = (None, line, False) if depth > head else _read_line(line)
        if found is not None:
            head = depth if _has_time(line) else _NO_HEAD
        # In jotted notes a line without a name, behind a whole sentence, is whoever jotted it.
        if found is None and not is_timed and label and run and _WHOLE.search(run[-1]):
            found = ""
        is_other = found is not None and found != label
        if is_other or is_note or not (line or has_cues):
            yield label, " ".join(run)
            run = []
        label = label if found is None else found
        if is_note:
            yield label, said
        else:
            run += [said] if said else []
    yield label, " ".join(run)


def _has_time(line: str) -> bool:
    return bool(_TIMED.match(line) or _HEADED.fullmatch(line))


def _read_line(line: str) -> tuple[str | None, str, bool]:
    """Return the label of a line, None where it has none; what is said; and whether it is a note of its own."""
    if voice := _VOICE.search(line):
        return voice["name"].strip(), _TAG.sub("", line).strip(), False
    line = _TAG.sub("", line)
    if headed := _HEADED.fullmatch(line):
        return headed["name"].strip(" ,-"), "", False
    bullet = _BULLET.match(line)
    rest = line[bullet.end() :] if bullet else line
    timed = _TIMED.match(rest)
    rest = rest[timed.end() :] if timed else rest
    labelled = _LABELLED.fullmatch(rest)
    chat = _CHAT.fullmatch(labelled["name"].strip()) if labelled and timed else None
    if labelled and (name := (chat or labelled)["name"].strip()) and len(name.split()) <= _NAME_WORDS:
        return name, (labelled["text"] or "").strip(), bool(bullet)
    return None, rest.strip(), bool(bullet)


def _sentences(label: str, said: str) -> Iterator[TranscriptLine]:
    begun = ""
    for part in _END.split(said):
        begun = f"{begun} {part}".strip()
        if not _NO_END.search(begun):
            yield from _cut(label, begun)
            begun = ""
    yield from _cut(label, begun)


def _cut(label: str, sentence: str) -> Iterator[TranscriptLine]:
    """Yield a sentence; one without end, as a machine writes it, in pieces that can be read."""
    while len(sentence) > _LONGEST:
        at = sentence.rfind(" ", 0, _LONGEST)
        at = at if at > 0 else _LONGEST
        yield TranscriptLine(label, sentence[:at].strip())
        sentence = sentence[at:].strip()
    if sentence:
        yield TranscriptLine(label, sentence)

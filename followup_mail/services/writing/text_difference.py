"""What differs between two texts, sentence by sentence."""

from __future__ import annotations

import difflib
from typing import Final

from followup_mail.regex import regex

_END: Final = regex(r"(?<=[.?!])\s+")


def differing_sentences(before: str, after: str) -> list[str]:
    """Return the sentences that went, each after ``- ``, and those that came, each after ``+ ``, in their order."""
    old, new = split_sentences(before), split_sentences(after)
    lines: list[str] = []
    for tag, begin, end, new_begin, new_end in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            lines += [f"- {sentence}" for sentence in old[begin:end]]
            lines += [f"+ {sentence}" for sentence in new[new_begin:new_end]]
    return lines


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, in their order; none goes over a line end."""
    return [sentence for line in text.split("\n") for sentence in _END.split(line.strip()) if sentence]


def differing_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines that differ, each with ``-`` as it was or ``+`` as it is, and the line around them with a blank.

    Between two places that differ stands ``("…", "")``.
    """
    old, new = before.split("\n"), after.split("\n")
    lines: list[tuple[str, str]] = []
    for group in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(1):
        lines += [("…", "")] if lines else []
        for tag, begin, end, new_begin, new_end in group:
            lines += [(" " if tag == "equal" else "-", line) for line in old[begin:end]]
            lines += [("+", line) for line in new[new_begin:new_end] if tag != "equal"]
    return lines

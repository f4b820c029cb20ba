"""The text of a mail on the screen, with the words of the user underlined; without colour, with a margin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_mail.cli.terminal import screen
from followup_mail.drafts.own_moves import mark_own, own_sentences
from followup_mail.message.draft import Draft

_INDENT, _MARGIN = "  ", "\u2502 "


def show_text(draft: Draft) -> None:
    """Print the text. In a pipe nothing is marked: it is somebody's to copy."""
    wrapped = "\n".join(screen.wrap(line, _INDENT) if line else "" for line in draft.text.rstrip("\n").split("\n"))
    spans = _find(wrapped, draft) if screen.is_read() else []
    for start, line in _lines(wrapped):
        here = [(max(a - start, len(_INDENT)), min(b - start, len(line))) for a, b in spans]
        screen.out(_styled(line, [(a, b) for a, b in here if a < b]))
    if not screen.is_read():
        return
    claims = () if draft.model else tuple(own_sentences(mark_own(draft.text, draft.own_words)))
    if spans or claims:
        screen.out()
    if spans:
        screen.out(screen.dim(f"{_INDENT}{_say_marked(draft)}"), _INDENT)
    for sentence, move in claims:
        screen.out(screen.dim(f'{_INDENT}Our wording says for you ({move}): "{sentence}"'), _INDENT)
    if claims:
        named = ", ".join(f'"{move}"' for move in dict.fromkeys(move for _, move in claims))
        how = f"followup-mail edit {draft.step.application}, there leave_out = [{named}]"
        screen.out(screen.dim(f"{_INDENT}What you would not say is left out with: {how}"), _INDENT)


def _say_marked(draft: Draft) -> str:
    """Say what the marks mean. What a model wrote is said to be its own in the envelope."""
    how = "Underlined" if screen.has_colour() else f"Lines with {_MARGIN.strip()}"
    if draft.model:
        return f"{how}: your words."
    return f"{how}: your words, or what we made of your notes. Everything else is our wording."


def _find(wrapped: str, draft: Draft) -> list[tuple[int, int]]:
    """Return where the words of the user stand in the text as it is broken into lines."""
    found, start = [], 0
    for a, b in draft.own_words:
        pattern = r"\s+".join(map(re.escape, draft.text[a:b].split()))
        if match := re.compile(pattern).search(wrapped, start):
            start = match.end()
            found.append(match.span())
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _styled(line: str, spans: list[tuple[int, int]]) -> str:
    if not screen.has_colour():
        return _MARGIN + line[len(_MARGIN) :] if spans else line
    for a, b in reversed(spans):
        line = line[:a] + screen.underlined(line[a:b]) + line[b:]
    return line

"""The plain surface of a sentence: spaces, quotation marks and the mark at its end."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.language.beginnings import OPEN_GAP, Shape
from followup_mail.regex import regex

_QUOTES: Final = "\"'“”„‘’«»"
_SPACES: Final = regex(r"\s+")
_MARKS: Final = regex(r"([.!?,;:])(?:\s*[.!?,;:])+")
_ARROWS: Final = regex(r"\s*(?:[-=]+>|→|⇒|➔|⟶)\s*")
_ARROW_OF_FIGURES: Final = regex(r"(?<=[\d%])\s*(?:[-=]+>|→|⇒|➔|⟶)\s*(?=[\d.])")
_CONTROLS: Final = regex(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def tidy(text: str, shape: Shape) -> str:
    """Return what was typed without the marks that the sentence around it brings."""
    text = _SPACES.sub(" ", _CONTROLS.sub(" ", text)).strip()
    if shape is Shape.WORDS:
        return text.strip(f"{_QUOTES} ").replace('"', "'").rstrip(".,;: ")
    text = _ARROW_OF_FIGURES.sub(" to ", text)
    if shape is Shape.SENTENCE:
        return text
    return text.strip(" ,;:").rstrip(".!?,;: ").lstrip(".!?… ")


def tidy_sentence(text: str) -> str:
    """Return a sentence with a capital, one mark at its end, single spaces and no arrows."""
    text = _ARROWS.sub(" to ", text)
    text = _SPACES.sub(" ", text).strip()
    text = re.sub(r" ([.!?,;:])(?=\s|$)", r"\1", text)
    text = _MARKS.sub(_one_mark, text)
    text = text.lstrip(".!?,;: ")
    text = re.sub(r'^["“]?[^\W\d_]', lambda found: found[0].upper(), text)
    text = text.rstrip(",;: ")
    return text if not text or text.endswith((".", "!", "?", OPEN_GAP, '"', "”")) else f"{text}."


def _one_mark(found: re.Match[str]) -> str:
    """Return the strongest of several marks in a row."""
    marks = found[0]
    return next((mark for mark in "?!.:;" if mark in marks), ",")

"""Tens of thousands of characters made to be slow are checked by all rules in the time of a breath."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable

import pytest
from changing import replace

from followup_mail.cadence.step import Kind
from followup_mail.checks import Companion, check_mail
from followup_mail.checks.samples import Sample

# An idle core needs a tenth of this for a hundred thousand characters; a quadratic rule needs ten times as much.
SECONDS = 5.0
SIZES = [pytest.param(40_000, id="forty thousand"), pytest.param(100_000, id="a hundred", marks=pytest.mark.long)]


def _draw(alphabet: str, size: int) -> str:
    dice = random.Random(7)
    return "".join(dice.choice(alphabet) for _ in range(size))


PATTERNS: dict[str, Callable[[int], str]] = {
    "full stops": lambda size: "." * size + "x",
    "spaces": lambda size: " " * size + "x",
    "lines": lambda size: "\n" * size + "x",
    "brackets": lambda size: "[{<" * (size // 3),
    "quotes": lambda size: "\"'" * (size // 2),
    "marks": lambda size: "a!?" * (size // 3),
    "commas": lambda size: ", " * (size // 2),
    "gaps": lambda size: "a  b" * (size // 4),
    "hyphens": lambda size: "a-" * (size // 2),
    "days": lambda size: "our meeting on Monday " * (size // 22),
    "positions": lambda size: "for the a b c d e f " * (size // 20),
    "phrases": lambda size: "if i don't hear just find attached " * (size // 35),
    "sentences": lambda size: "As promised, here is the feedback. " * (size // 35),
    "greetings": lambda size: "Dear Katherine, " * (size // 16),
    "replies": lambda size: ("on " + "a" * 60 + "\n") * (size // 64),
    "headings": lambda size: "From: A\n" * (size // 8),
    "labels": lambda size: "a b c d: e@f.g <\n" * (size // 17),
    "attributions": lambda size: "On 1 Jan 2026 at 17:00 Ada\n<a@b.example>\nwrote\n" * (size // 48),
    "rules": lambda size: "_____\nFrom:\n\n" * (size // 13),
    "growing letters": lambda size: "İ" * size,
    "names": lambda size: re.sub(r"(.{5})", r"C\1 ", _draw("abcdefgh", size * 5 // 7)),
    "noise": lambda size: _draw("abc .,!?\n'\"-[]{}<>ABC", size),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PATTERNS)
def test_hostile_text_is_checked_quickly(name: str, size: int) -> None:
    """No rule takes more than linear time, whatever the text, the subject and the notes beside it."""
    text = PATTERNS[name](size)
    context = replace(
        Sample("x", kind=Kind.STATUS_INQUIRY).context(),
        text=text,
        subject=text[: size // 5],
        companions=(Companion("Marcus", text[: size // 5]),),
        said_before=(text[: size // 5],),
        advert=text[: size // 5],
    )
    began = time.process_time()
    found = check_mail(context)
    assert time.process_time() - began < SECONDS * size / 100_000
    assert len(found) < 400

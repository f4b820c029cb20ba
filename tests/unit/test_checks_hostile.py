"""A hundred thousand characters made to be slow are checked by all rules in the time of a breath."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from followup_mail.cadence.step import Kind
from followup_mail.checks import Companion, check_mail
from followup_mail.checks.samples import Sample

SIZE = 100_000
# An idle core needs a tenth of this; a quadratic rule needs ten times as much.
SECONDS = 3.0
_DICE = random.Random(7)
_NAMES = " ".join("C" + "".join(_DICE.choice("abcdefgh") for _ in range(5)) for _ in range(SIZE // 7))
_NOISE = "".join(_DICE.choice("abc .,!?\n'\"-[]{}<>ABC") for _ in range(SIZE))
PATTERNS = {
    "full stops": "." * SIZE + "x",
    "spaces": " " * SIZE + "x",
    "lines": "\n" * SIZE + "x",
    "brackets": "[{<" * (SIZE // 3),
    "quotes": "\"'" * (SIZE // 2),
    "marks": "a!?" * (SIZE // 3),
    "commas": ", " * (SIZE // 2),
    "gaps": "a  b" * (SIZE // 4),
    "hyphens": "a-" * (SIZE // 2),
    "days": "our meeting on Monday " * (SIZE // 22),
    "positions": "for the a b c d e f " * (SIZE // 20),
    "phrases": "if i don't hear just find attached " * (SIZE // 35),
    "sentences": "As promised, here is the feedback. " * (SIZE // 35),
    "greetings": "Dear Katherine, " * (SIZE // 16),
    "replies": ("on " + "a" * 60 + "\n") * (SIZE // 64),
    "headings": "From: A\n" * (SIZE // 8),
    "labels": "a b c d: e@f.g <\n" * (SIZE // 17),
    "attributions": "On 1 Jan 2026 at 17:00 Ada\n<a@b.example>\nwrote\n" * (SIZE // 48),
    "rules": "_____\nFrom:\n\n" * (SIZE // 13),
    "growing letters": "İ" * SIZE,
    "names": _NAMES,
    "noise": _NOISE,
}


@pytest.mark.parametrize("name", PATTERNS)
def test_hostile_text_is_checked_quickly(name: str) -> None:
    """No rule takes more than linear time, whatever the text, the subject and the notes beside it."""
    text = PATTERNS[name]
    context = replace(
        Sample("x", kind=Kind.STATUS_INQUIRY).context(),
        text=text,
        subject=text[:20_000],
        companions=(Companion("Marcus", text[:20_000]),),
        said_before=(text[:20_000],),
        advert=text[:20_000],
    )
    began = time.process_time()
    found = check_mail(context)
    assert time.process_time() - began < SECONDS
    assert len(found) < 400

"""The names that templates can use: for each fact what it is, and how to supply it when it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ENV: Final = "in .env or the environment."

FACTS: Final[Mapping[str, tuple[str, str]]] = {
    "addressee": ("how to address the recipient", "Give the person a `name`, or `address_as`, in the facts file."),
    "full_name": ("the recipient's full name", "Give the person a `name` in the facts file."),
    "company": ("the company's name", 'Add company = "..." to the facts file.'),
    "role": ("the position", 'Add role = "..." to the facts file.'),
    "topic": (
        "what you discussed with this person",
        'Add discussed = ["..."] under the person in the facts file; it reads on from "our conversation about".',
    ),
    "topics": (
        "all that you discussed with this person",
        'Add discussed = ["..."] under the person in the facts file.',
    ),
    "convinced": (
        "what from this person convinced you",
        'Add convinced = "..." under the person; it reads on from "what stayed with me was".',
    ),
    "fit": ("one reason why you fit", 'Add fit = ["..."] to the facts file: a clause such as "I have run two moves".'),
    "detail": (
        "one point that you did not get to mention",
        'Add not_mentioned = ["..."] to the facts file: a clause such as "I also write the on-call handbook".',
    ),
    "when_we_met": (
        "the day of the interview with this person",
        "Add the person to an interview, with its `start`, in the facts file.",
    ),
    "when_we_met_short": (
        "the day of the interview with this person",
        "Add the person to an interview, with its `start`, in the facts file.",
    ),
    "when_interviewed": (
        "the day of the latest interview, whoever was there",
        "Add the interview with its `start` to the facts file.",
    ),
    "interviewers": ("whom you spoke with in the interview", "Add the people under the interview in the facts file."),
    "colleague": (
        "somebody else whom you spoke with in the interview",
        'Add the person under the interview, with discussed = ["..."], in the facts file.',
    ),
    "colleague_topic": (
        "what you discussed with that colleague",
        'Add discussed = ["..."] under somebody of the interview in the facts file.',
    ),
    "decision_day": ("the day by which they decide", "Add decision_by = 2026-12-04 under [said] in the facts file."),
    "wait_until": (
        "the first day on which a follow-up is welcome",
        "Add not_before = 2026-12-01 under [said] in the facts file.",
    ),
    "quote": ("their own words about the next steps", 'Add quote = "..." under [said] in the facts file.'),
    "applied_day": ("the day you applied", "Add applied = 2026-11-02 to the facts file."),
    "promised": ("what you promised to send", "Add [[promised]] with `what` to the facts file."),
    "attached": ("the promised files that are attached", "Add `file` under [[promised]] in the facts file."),
    "my_name": ("your name", f"Set FOLLOWUP_NAME {_ENV}"),
    "my_phone": ("your phone number", f"Set FOLLOWUP_PHONE {_ENV}"),
    "signature": ("your name and what stands under it", f"Set FOLLOWUP_NAME {_ENV}"),
}
"""A template that passes a note on has two more: ``note``, and ``about``, as its cover does."""

"""The stages of the road, as headings of the help."""

from typing import Final

START: Final = "Start here"
FACTS: Final = "Facts: what happened"
PLAN: Final = "Plan: what is due, and why"
DRAFTS: Final = "Drafts: what to say"
OUTBOX: Final = "Outbox: what is queued, and what became of it"
DELIVERY: Final = "Delivery: out into the world"
ANSWERS: Final = "Answers: what they said"

STAGES: Final = (START, FACTS, PLAN, DRAFTS, OUTBOX, DELIVERY, ANSWERS)

"""What a process that lives long keeps between two questions: facts whose files have not changed, plans that hold."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import datetime

from followup_mail.cadence.kept_plans import KeptPlans
from followup_mail.facts.kept_facts import KeptFacts


class Kept:
    """Both of them. Threads may share it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """``clock`` is the one by which files get their times, whatever the workspace's own shows."""
        self.facts = KeptFacts(clock)
        self.plans: KeptPlans | None = KeptPlans()

    def without_plans(self) -> Kept:
        """Return the same facts, and no plans: for whoever changes something, and plans for that alone."""
        kept = copy(self)
        kept.plans = None
        return kept

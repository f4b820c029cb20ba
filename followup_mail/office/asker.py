"""Who asks the office's database, and for whom: every statement about a candidate is run for an asker."""

from __future__ import annotations

from msgspec import Struct


class Asker(Struct, frozen=True):
    """Somebody, or a worker, at work for one candidate."""

    candidate: int
    """The number of the candidate whose rows these are; the first wall is that every statement names it."""
    name: str
    """The candidate's name, for sentences."""
    actor: str
    """Who does it, for the audit trail: a person, or a worker's name."""

    @property
    def lock_key(self) -> int:
        """The second key of the candidate's advisory locks, of 32 bits: two that share it wait for each other, no
        more."""
        return (self.candidate + 2**31) % 2**32 - 2**31

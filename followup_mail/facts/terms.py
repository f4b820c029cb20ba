"""The fixed terms of facts: status, format, role. For modules that need no more than these.

``application`` checks what comes in and imports all its gates for that, which a short command can do without.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What came of an application so far."""

    WAITING = "waiting"
    REPLIED = "replied"
    REJECTED = "rejected"
    OFFER = "offer"
    WITHDRAWN = "withdrawn"

    @property
    def is_end(self) -> bool:
        """Return whether nothing more is followed up after this; a reply only holds what is queued."""
        return self in {Status.REJECTED, Status.OFFER, Status.WITHDRAWN}


class Format(StrEnum):
    """How an interview was held."""

    VIDEO = "video"
    PHONE = "phone"
    ONSITE = "onsite"


class Role(StrEnum):
    """What somebody is in the hiring process, as far as it decides who is written to."""

    INTERVIEWER = "interviewer"
    HIRING_MANAGER = "hiring manager"
    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"


class OwnMove(StrEnum):
    """What sentences of the wordings say on the candidate's behalf, and the candidate may not want to say."""

    INTEREST = "interest"
    ANSWERS = "answers"


class Tone(StrEnum):
    """How somebody is written to."""

    FORMAL = "formal"
    NEUTRAL = "neutral"
    FRIENDLY = "friendly"


class Told(StrEnum):
    """How a rejection was told."""

    CALLED = "called"
    WROTE = "wrote"
    IN_PERSON = "in person"
    FORM_LETTER = "form letter"

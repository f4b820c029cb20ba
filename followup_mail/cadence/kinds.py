"""Every kind of follow-up, one row each: its names, when it makes sense, what it may do, how its wordings are tried.

A new kind that only the user asks for is a row here and its wordings in ``templates/KIND/``. No other module asks for
one kind by name, except those that propose steps of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Self

from msgspec import Struct

from followup_mail.cadence.offset import Offset, Unit
from followup_mail.facts.terms import Status


class Audience(StrEnum):
    """Who a step is for."""

    EVERYONE_MET = "everyone met"
    """Each person of the round, one message each."""
    ONE_PERSON = "one person"
    """The recruiter, else the hiring manager, else the coordinator, else whoever told the next steps, else the first
    interviewer."""
    WHOEVER_WROTE = "whoever wrote"
    """The person whose message is answered."""


class Anchor(StrEnum):
    """What a step counts from."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    """The end of the interview."""
    DECISION = "decision"
    """The day by which they said they decide."""
    PREVIOUS = "previous"
    """The follow-up before it: when it was planned, or when it happened if that was later."""
    REJECTION = "rejection"


class SampleCase(StrEnum):
    """The sample facts that a wording is tried on; ``services.writing.template_check`` has them."""

    RICH = "rich"
    NOTES = "notes"
    """With notes, and no sentence of the user's."""
    BARE = "bare"
    """Without optional facts."""
    UNMET = "unmet"
    """To somebody who was not in the interview."""
    BEFORE = "before"
    """Before any interview."""
    APPLIED = "applied"
    """Before any interview, with all that is known about the application."""


_IN_CHAIN: Final = (Anchor.INTERVIEW, Anchor.DECISION, Anchor.PREVIOUS)


class KindTraits(Struct, frozen=True, kw_only=True):
    """All that depends on the kind. What has a default has that of a mail which only the user asks for."""

    in_sentence: str
    """After "your" or "the": "your second note of Fri 4 Dec"."""
    in_heading: str
    in_calendar: str
    cover_phrase: str = "a short note"
    """What somebody is asked to pass on, when the person has no address."""
    deadline: Offset
    """How long after its date it still makes sense, unless the cadence says otherwise."""
    counts: bool
    """True when it counts as a contact, of which there is a limit for each person."""
    presses: bool
    """True when it presses for an answer: bound by the days and the channel that they named."""
    asks: bool
    """True when it asks a question: the rules about questions look at it."""
    outcomes: frozenset[Status] = frozenset({Status.WAITING})
    """The outcomes of the application with which it may be sent."""
    anchors: tuple[Anchor, ...] = ()
    """What a cadence can count it from; empty when no cadence can plan it."""
    audience: Audience = Audience.ONE_PERSON
    in_chain: bool = False
    """True for a link of the chain after an interview: each is dated from the one before it, and kept away from it."""
    can_be_series: bool = False
    """True when a cadence may repeat it by phone until somebody is reached."""
    thanks_for_interview: bool = False
    """True when it has no sense without an interview that is over, and looks back on it."""
    waits_for_interview: bool = True
    """False when it may be sent although an interview with the person lies ahead."""
    answered_by_interview: bool = False
    """True when an invitation answers it."""
    carries_promised_files: bool = False
    """True when the files that were promised in the interview are attached."""
    continues_thread: bool = False
    """True when it is sent as a reply to the mail before it to the same person."""
    can_be_continued: bool = False
    """True when a later mail may be sent as a reply to it."""
    not_for_rules: frozenset[str] = frozenset()
    """The codes of check rules that do not look at it, because what they find belongs in such a mail."""
    samples: tuple[SampleCase, ...] = (
        SampleCase.RICH,
        SampleCase.NOTES,
        SampleCase.BARE,
        SampleCase.UNMET,
        SampleCase.BEFORE,
    )
    """The sample facts on which each of its wordings must work."""

    @property
    def answers_rejection(self) -> bool:
        """True when it answers their rejection, in its thread, and makes no sense without it."""
        return self.outcomes == {Status.REJECTED}


class Kind(StrEnum):
    """What a follow-up is for. Any kind may be a mail, a call, a letter or a message. Plans list them in this order."""

    traits: KindTraits

    def __new__(cls, value: str, traits: KindTraits | None = None) -> Self:
        """Make one member of a row. (A call with the value alone finds a member; it does not come here.)"""
        if traits is None:
            raise TypeError(f"the kind {value} needs its traits")
        member = str.__new__(cls, value)
        member._value_ = value
        member.traits = traits
        return member

    THANK_YOU = (
        "thank_you",
        KindTraits(
            in_sentence="thank-you",
            in_heading="Thank-you",
            in_calendar="thank-you",
            cover_phrase="a short word of thanks",
            deadline=Offset(3, Unit.WORKING_DAY),
            counts=True,
            presses=False,
            asks=False,
            anchors=(Anchor.INTERVIEW,),
            audience=Audience.EVERYONE_MET,
            thanks_for_interview=True,
            carries_promised_files=True,
            can_be_continued=True,
            samples=(SampleCase.RICH, SampleCase.NOTES, SampleCase.BARE),
        ),
    )
    ADDITIONAL_DETAIL = (
        "additional_detail",
        KindTraits(
            in_sentence="second note",
            in_heading="Second note",
            in_calendar="second note",
            deadline=Offset(2, Unit.WEEK),
            counts=True,
            presses=True,
            asks=False,
            anchors=_IN_CHAIN,
            in_chain=True,
            continues_thread=True,
            can_be_continued=True,
            samples=(SampleCase.RICH, SampleCase.NOTES, SampleCase.BARE, SampleCase.UNMET),
        ),
    )
    STATUS_INQUIRY = (
        "status_inquiry",
        KindTraits(
            in_sentence="status inquiry",
            in_heading="Status inquiry",
            in_calendar="status inquiry",
            cover_phrase="a short question",
            deadline=Offset(2, Unit.WEEK),
            counts=True,
            presses=True,
            asks=True,
            anchors=_IN_CHAIN,
            in_chain=True,
            can_be_series=True,
            continues_thread=True,
            can_be_continued=True,
            # One question needs no recital of the conversation.
            not_for_rules=frozenset({"FM301"}),
        ),
    )
    REJECTION_THANKS = (
        "rejection_thanks",
        KindTraits(
            in_sentence="thanks for their answer",
            in_heading="Answer to a rejection",
            in_calendar="answer to the rejection",
            deadline=Offset(1, Unit.WEEK),
            counts=False,
            presses=False,
            asks=False,
            outcomes=frozenset({Status.REJECTED}),
            anchors=(Anchor.REJECTION,),
            audience=Audience.WHOEVER_WROTE,
            waits_for_interview=False,
            # It remembers what they were thanked for: that presses nobody, and tells who writes.
            not_for_rules=frozenset({"FM303"}),
        ),
    )
    APPLICATION_CHECK = (
        "application_check",
        KindTraits(
            in_sentence="application check",
            in_heading="Application check",
            in_calendar="application check",
            deadline=Offset(1, Unit.WEEK),
            counts=False,
            presses=True,
            asks=True,
            anchors=(Anchor.APPLICATION,),
            answered_by_interview=True,
            samples=(SampleCase.APPLIED, SampleCase.BEFORE),
        ),
    )

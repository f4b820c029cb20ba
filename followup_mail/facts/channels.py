"""Every way to reach somebody, one row each: its names, the address it needs, how it is used, what its script holds.

A new channel is a row here and its scripts in ``templates/``. No other module asks for one channel by name.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final, Self

from msgspec import Struct

LINKEDIN_LIMIT: Final = 300
"""How many characters LinkedIn takes in the note that goes with an invitation."""

CARD: Final = "card"
"""The form of a letter that has no addresses above it."""


class ScriptPart(Struct, frozen=True):
    """One part of a script: its heading, and the folder of templates that it is written from."""

    heading: str
    folder: str
    only: str = ""
    """The one template in the folder, which serves every kind; empty: the folder has one template for each kind."""
    limit: int = 0
    """How many characters it may have; 0 for any number."""
    limit_set_by: str = ""
    """Who sets that limit."""


class ChannelTraits(Struct, frozen=True, kw_only=True):
    """All that depends on the channel."""

    label: str
    """In headings and tables."""
    by: str
    """In a sentence: "by phone"."""
    words: tuple[str, ...]
    """What the user may type for it in ``log`` and ``script --channel``; the first one is what the program writes."""
    event_title: str
    """In a calendar, before the person's name: "Letter to"."""
    event_category: str
    event_length: timedelta = timedelta(minutes=15)
    """How much time a calendar keeps free for it."""
    address_field: str = ""
    """The field of ``Person`` without which nobody can be reached this way; empty when none is needed."""
    address_missing: str = ""
    """What is missing then, before the person's name: "a phone number for"."""
    address_label: str = ""
    is_sent: bool = False
    """True when this program sends it; otherwise the user does it, with a script."""
    is_call: bool = False
    """True when it rings: only where calls are welcome, with an alarm in the calendar, at a busy time."""
    is_printed: bool = False
    """True when its script can be written as a page to print."""
    is_passed_on: bool = False
    """True when somebody else of theirs can pass it on to a person without an address."""
    keeps_office_hours: bool = True
    """False when only the day has to be a working day."""
    usual_kind: str = "thank_you"
    """The ``Kind`` that it most likely was or will be, when neither the plan nor the user names one."""
    script: tuple[ScriptPart, ...] = ()


class Channel(StrEnum):
    """How somebody is reached."""

    traits: ChannelTraits

    def __new__(cls, value: str, traits: ChannelTraits | None = None) -> Self:
        """Make one member of a row. (A call with the value alone finds a member; it does not come here.)"""
        if traits is None:
            raise TypeError(f"the channel {value} needs its traits")
        member = str.__new__(cls, value)
        member._value_ = value
        member.traits = traits
        return member

    @property
    def word(self) -> str:
        """What the user types for it in ``log`` and ``script --channel``."""
        return self.traits.words[0]

    @classmethod
    def words(cls, *, scripted: bool = False) -> tuple[str, ...]:
        """Return the word of each channel, or of those with a script: first what the user does, then what we send."""
        channels = (channel for channel in cls if channel.traits.script or not scripted)
        return tuple(channel.word for channel in sorted(channels, key=lambda channel: channel.traits.is_sent))

    EMAIL = (
        "email",
        ChannelTraits(
            label="mail",
            by="by e-mail",
            words=("email", "mail"),
            event_title="Mail to",
            event_category="Mail",
            address_field="email",
            address_missing="an e-mail address for",
            address_label="E-mail",
            is_sent=True,
            is_passed_on=True,
        ),
    )
    PHONE = (
        "phone",
        ChannelTraits(
            label="call",
            by="by phone",
            words=("call", "phone"),
            event_title="Call",
            event_category="Call",
            address_field="phone",
            address_missing="a phone number for",
            address_label="Phone",
            is_call=True,
            usual_kind="status_inquiry",
            script=(
                ScriptPart("If somebody else answers", "gatekeeper", only="plain"),
                ScriptPart("When you reach them", "call_script"),
                ScriptPart("On voicemail", "voicemail"),
            ),
        ),
    )
    POST = (
        "post",
        ChannelTraits(
            label="letter",
            by="by letter",
            words=("letter", "post"),
            event_title="Letter to",
            event_category="Letter",
            event_length=timedelta(minutes=30),
            address_field="postal_address",
            address_missing="a postal address for",
            address_label="Address",
            is_printed=True,
            is_passed_on=True,
            keeps_office_hours=False,
            script=(ScriptPart("The letter", "letter"),),
        ),
    )
    LINKEDIN = (
        "linkedin",
        ChannelTraits(
            label="LinkedIn",
            by="through LinkedIn",
            words=("linkedin", "message"),
            event_title="LinkedIn message to",
            event_category="LinkedIn",
            address_field="linkedin",
            address_missing="the LinkedIn profile of",
            address_label="Profile",
            script=(ScriptPart("The message", "linkedin", limit=LINKEDIN_LIMIT, limit_set_by="LinkedIn"),),
        ),
    )

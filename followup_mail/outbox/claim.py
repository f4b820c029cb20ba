"""What a worker gets when it asks for the next mail to send, and what may keep it from sending a mail it has."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.retry import Pause


class Claim(Struct, frozen=True):
    """An entry that a worker took in order to send it: its message has its bytes, checked against their hash."""

    entry: Entry


class Withheld(Struct, frozen=True):
    """An entry that was due but must not go now; ``entry`` is as the check before sending left it."""

    entry: Entry


class AccountPaused(Struct, frozen=True):
    """An account that must wait before it sends more."""

    pause: Pause


class LeaseLostError(RefusedError):
    """The claim is not ours any more: somebody else took the entry over, or it is settled. Nothing may be sent."""


class StoppedError(RefusedError):
    """The entry was cancelled or held after it was claimed, in time: nothing was sent, and nothing may be."""

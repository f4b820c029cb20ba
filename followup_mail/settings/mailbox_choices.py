"""What a user can choose about the mailbox."""

from __future__ import annotations

from enum import StrEnum


class WhenUnread(StrEnum):
    """What follow-ups do while the mailbox cannot be read, so that nobody knows whether there is an answer."""

    WAIT = "wait"
    SEND = "send"

"""What a user can choose about the mailbox."""

from __future__ import annotations

from enum import StrEnum


class WhenUnread(StrEnum):
    """What follow-ups do while the mailbox cannot be read: there may be an answer in it."""

    WAIT = "wait"
    SEND = "send"

"""What a letter can say: values only, for whoever keeps or shows what was read by ``tenor``."""

from __future__ import annotations

from enum import StrEnum


class Tenor(StrEnum):
    """What a letter says, as the words after "It reads like"."""

    NO = "a no"
    OFFER = "an offer"
    INVITATION = "an invitation"
    AUTOMATIC = "an automatic reply"
    DELAY = "news that nothing is decided yet"
    RECEIPT = "a receipt of your application"
    NEWSLETTER = "a newsletter"
    UNKNOWN = "something that no phrase tells"

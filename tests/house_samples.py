"""Houses to test whole roads with."""

from __future__ import annotations

from dataclasses import replace

from outbox_samples import Script

from followup_mail.wiring import House


def give_account(house: House, email: str = "") -> House:
    """Return the house with a mail server set, perhaps for another address, and a transport that plays the server."""
    settings = replace(house.settings, smtp_host="mail.example", email=email or house.settings.email)
    sending = House(replace(house.loaded, settings=settings), house.clock)
    sending.__dict__["transport"] = Script()
    return sending

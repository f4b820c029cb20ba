"""Cancel a mail, and say what came first when it was just being sent."""

from __future__ import annotations

import time
from collections.abc import Callable

from followup_mail.errors import RefusedError
from followup_mail.outbox.damage import Damaged, DamagedRowError
from followup_mail.outbox.entry import Entry, State
from followup_mail.wiring import House


def cancel_entry(house: House, entry_id: int, sleep: Callable[[float], object] = time.sleep) -> Entry | Damaged:
    """Cancel one entry. While it is being sent, wait until it is known which came first.

    One that is damaged can be cancelled too. Raises ``RefusedError`` when the mail was quicker, or cannot be cancelled
    for another reason.
    """
    try:
        was = house.store.get(entry_id).state
    except DamagedRowError:
        return house.store.discard(entry_id, house.now())
    try:
        return house.store.cancel(entry_id, house.now())
    except RefusedError:
        if was not in {State.QUEUED, State.SENDING}:
            raise
    from followup_mail.road.deliver import wait_for_others

    entry = wait_for_others(house, (entry_id,), sleep)[0]
    return entry if entry.state is State.CANCELLED else house.store.cancel(entry_id, house.now())

"""A delivery: what one account of one candidate has due, for half a minute at most."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from followup_mail.delivery.dispatch import Result
from followup_mail.errors import NotFoundError, OutboxError
from followup_mail.services.office.deliver_account import deliver_for_account, find_way, has_more_due
from followup_mail.services.queueing.abandoned import free_abandoned
from followup_mail.worker.desk import Bound, Desk
from followup_mail.worker.engine import DELIVER, RECOVER, lock_of, way_of
from followup_mail.worker.sign_in_lock import BusyError

_AT_ONCE: Final = timedelta()
_NEXT_TURN: Final = timedelta(seconds=5)
"""After another job of a candidate who signs in at a provider (``sign_in_lock``)."""
_SOON: Final = timedelta(minutes=1)
"""After a delivery that found nothing: the sweep sees something that cannot be claimed."""
_LATER: Final = timedelta(minutes=5)
"""After a delivery that could not begin: the candidate has to do something."""


def deliver(desk: Desk, candidate: int, way: str) -> timedelta | None:
    """Deliver what an account has due; return after which time to go on with it. None: when the sweep finds something.

    ``way`` is the account as jobs call it (``engine.way_of``).
    """
    try:
        with desk.under_way.alone(lock_of(DELIVER, candidate, way)) as is_alone:
            return _deliver(desk, candidate, way) if is_alone else _SOON
    except NotFoundError:
        return None  # deleted since
    except BusyError:
        return _NEXT_TURN
    except Exception as error:
        # Whatever it is, it is this candidate's: the others go on.
        desk.log.tell_error(error, candidate, DELIVER)
        return _SOON if isinstance(error, OutboxError) else _LATER


def _deliver(desk: Desk, candidate: int, way: str) -> timedelta | None:
    done, bound = 0, Bound(desk.stop)
    with desk.open(candidate) as workspace:
        account = find_way(workspace, lambda address: way_of(address) == way)
        if account is None:
            desk.log.write("account not set", "warning", candidate=candidate, job=DELIVER)
            return _LATER
        for result in deliver_for_account(account, desk.name, bound):
            desk.note(candidate, result)
            done += 1
        more = has_more_due(account)
    if more:
        return _AT_ONCE if done else _SOON
    return None


def recover(desk: Desk, candidate: int) -> None:
    """Free what workers that are gone had in their hands for a candidate; what can go then is found by the sweep."""
    try:
        with desk.open(candidate) as workspace:
            for entry in free_abandoned(workspace):
                desk.note(candidate, Result(entry))
    except (NotFoundError, BusyError):
        return  # the next sweep sees what is left
    except OutboxError as error:
        desk.log.tell_error(error, candidate, RECOVER)

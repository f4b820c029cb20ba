"""Carry out a round for a candidate, and write down when it is due next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from followup_mail.errors import NotFoundError
from followup_mail.office.asker import Asker
from followup_mail.worker import round_jobs
from followup_mail.worker.desk import Desk
from followup_mail.worker.engine import LOOK, PLAN, REFRESH
from followup_mail.worker.round_jobs import Done
from followup_mail.worker.sign_in_lock import BusyError
from followup_mail.workspace import Workspace

ROUNDS: Final[Mapping[str, Callable[[Workspace], Done]]] = {
    LOOK: round_jobs.look,
    REFRESH: round_jobs.refresh_tokens,
    PLAN: round_jobs.plan,
}
_FAILED: Final = {LOOK: "mailbox not read", REFRESH: "sign-in not renewed"}


def make_round(desk: Desk, job: str, candidate: int) -> bool:
    """Do the round; tell whether it was completed. If it breaks off, it comes again when ``take_rounds`` said."""
    if desk.stop.is_set():
        return False
    try:
        with desk.open(candidate) as workspace:
            done = ROUNDS[job](workspace)
        write_down(desk, job, candidate, done)
    except NotFoundError:
        return True  # deleted since
    except BusyError:
        return False  # it comes again
    except Exception as error:
        # Whatever it is, it is this candidate's: the others go on.
        desk.log.tell_error(error, candidate, job)
        return False
    for result in done.results:
        desk.note(candidate, result)
    if done.failed:
        desk.log.write(_FAILED[job], "warning", candidate=candidate, accounts=done.failed)
    return True


def write_down(desk: Desk, job: str, candidate: int, done: Done) -> None:
    """Write when what is to be done next, and what the plan found. Raises ``OutboxError``."""
    now, database = desk.clock(), desk.make_database()
    with database.writing(Asker(candidate, str(candidate), desk.name)):
        for kind, next_at in done.next_at.items():
            database.link.execute(
                "INSERT INTO rounds (candidate, job, next_at) VALUES (%s, %s, %s) "
                "ON CONFLICT (candidate, job) DO UPDATE SET next_at = excluded.next_at",
                (candidate, kind, next_at),
            )
        database.link.execute("UPDATE rounds SET done_at = %s WHERE candidate = %s AND job = %s", (now, candidate, job))
        if numbers := done.numbers:
            database.link.execute(
                "UPDATE rounds SET steps_due = %s, steps_soon = %s, to_decide = %s WHERE candidate = %s AND job = %s",
                (numbers.steps_due, numbers.steps_soon, numbers.to_decide, candidate, job),
            )

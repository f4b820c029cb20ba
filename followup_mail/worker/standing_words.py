"""How the office stands, in sentences: the first says all that somebody in a hurry needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec.structs import asdict

from followup_mail.worker.standing import Resting, Standing

_START: Final = "Start one: followup-mail worker"


def is_well(standing: Standing) -> bool:
    """Return whether nothing keeps mails from leaving in time."""
    return not (standing.late or standing.jobs_stalled or standing.doubt) and bool(
        standing.at_work or not standing.waiting
    )


def say_standing(standing: Standing) -> str:
    """Say in a sentence or two how things stand, and what to do."""
    if standing.doubt:
        return f"Nothing is sent: {standing.doubt}. Clear that up: followup-mail office restored --since MOMENT"
    return _say_pace(standing)


def _say_pace(standing: Standing) -> str:
    at_work = len(standing.at_work)
    if standing.late and not at_work:
        return f"{_mails(standing.late)} late: {say_last_seen(standing)}. {_START}"
    if standing.late:
        return (
            f"{_mails(standing.late)} late, by up to {say_span(standing.lateness)}, though {_workers(at_work)} at "
            "work. Start more (followup-mail worker), and look at what they write."
        )
    if not at_work and standing.waiting:
        return f"Nothing is late yet, but {_mails(standing.waiting, 'wait')} and {say_last_seen(standing)}. {_START}"
    if standing.jobs_stalled:
        return (
            f"{standing.jobs_stalled} {'job' if standing.jobs_stalled == 1 else 'jobs'} of a worker that gives no sign "
            "of life: another takes them up within a minute."
        )
    if not at_work:
        return f"Nothing waits, and {say_last_seen(standing)}."
    waits = f"{_mails(standing.waiting, 'wait')}, none is late" if standing.waiting else "nothing waits"
    return f"Everything is fine: {_workers(at_work)} at work, {waits}.{_say_unclear(standing)}"


def say_details(standing: Standing) -> Iterator[tuple[str, str]]:
    """Yield what is counted, and how it stands."""
    yield "candidates", f"{standing.candidates:,}"
    yield "waiting", f"{standing.waiting:,}"
    yield "ready", _say_ready(standing)
    yield "being sent", f"{standing.sending:,}"
    yield "held", f"{standing.held:,}"
    yield "unclear", f"{standing.unclear:,}"
    yield "failed today", f"{standing.failed_today:,} (since midnight, UTC)"
    if standing.no_account:
        yield "no account", f"{standing.no_account:,} queued while no mail server was set: no worker sends them"
    yield "due by the plans", f"{standing.steps_due:,} steps, {standing.steps_soon:,} more within days"
    yield "to decide", f"{standing.to_decide:,}"
    yield "jobs", _say_jobs(standing)
    if standing.standbys:
        yield "standbys", _say_standbys(standing)


def say_resting(resting: Resting, now: datetime) -> str:
    """Say which account rests, how long, and why."""
    why = f"its server answered {resting.answer}" if resting.answer else "its server could not be used"
    until = f"for another {say_span(resting.until_at - now)}" if resting.until_at else "until its owner has settled it"
    waits = f"; {_mails(resting.waiting, 'wait')}" if resting.waiting else ""
    domain = resting.domain or "an account"
    return f"candidate {resting.candidate}, {domain}: rests {until}, since {why}{waits}"


def say_last_seen(standing: Standing) -> str:
    """Say for how long no worker was seen, or when the last one ended in order."""
    last = standing.last_seen
    if last is None:
        return "no worker was ever seen"
    span = say_span(standing.at - last.seen_at)
    return f"the last worker ended {span} ago" if last.has_ended else f"no worker was seen for {span}"


def say_span(span: timedelta) -> str:
    """Say a length of time in its largest unit, rounded down."""
    seconds = max(0, int(span.total_seconds()))
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def standing_json(standing: Standing) -> dict[str, Any]:
    """Return it for scripts, with the sentence."""
    names = {worker.name for worker in standing.at_work}
    return {
        "well": is_well(standing),
        "sentence": say_standing(standing),
        **asdict(standing),
        "oldest_ready_seconds": standing.lateness.total_seconds(),
        "resting": [asdict(account) for account in standing.resting],
        "workers": [
            {"name": worker.name, "seen_at": worker.seen_at, "at_work": worker.name in names}
            for worker in standing.workers
        ],
    }


def _mails(count: int, verb: str = "") -> str:
    one = count == 1
    said = f"{verb}{'s' if one else ''}" if verb else "is" if one else "are"
    return f"{count:,} {'mail' if one else 'mails'} {said}"


def _say_unclear(standing: Standing) -> str:
    if not standing.unclear:
        return ""
    whose, them = ("its candidate says", "it") if standing.unclear == 1 else ("their candidates say", "them")
    return f" {_mails(standing.unclear)} unclear: {whose} what became of {them} (outbox resolve)."


def _workers(count: int) -> str:
    return "1 worker is" if count == 1 else f"{count} workers are"


def _say_ready(standing: Standing) -> str:
    if not standing.ready:
        return "0"
    return f"{standing.ready:,}, the oldest for {say_span(standing.lateness)}"


def _say_standbys(standing: Standing) -> str:
    count = f"{standing.standbys:,}"
    if standing.may_forget:
        return f"{count}, none waited for: after a failover a mail may leave twice (synchronous_standby_names is empty)"
    return f"{count}, waited for"


def _say_jobs(standing: Standing) -> str:
    said = f"{standing.jobs_waiting:,} wait, {standing.jobs_under_way:,} under way"
    failed = f", {standing.jobs_failed:,} failed" if standing.jobs_failed else ""
    stalled = f", {standing.jobs_stalled:,} stalled" if standing.jobs_stalled else ""
    return said + failed + stalled

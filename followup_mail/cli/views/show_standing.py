"""How the office stands, on the screen and as JSON."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.office_settings import name_actor
from followup_mail.worker.standing import Standing
from followup_mail.worker.standing_words import (
    is_well,
    say_details,
    say_resting,
    say_span,
    say_standing,
    standing_json,
)
from followup_mail.worker.start import look_at_office

_MOST = 20
_MOST_GONE = 3


def show_standing(loaded: Loaded, as_json: bool) -> bool:
    """Print it; tell whether all is well."""
    standing = look_at_office(loaded, name_actor(loaded.settings))
    if as_json:
        screen.emit_json(standing_json(standing))
        return is_well(standing)
    screen.out(screen.good(say_standing(standing)) if is_well(standing) else screen.bad(say_standing(standing)))
    screen.out()
    for what, said in say_details(standing):
        screen.out(f"{what + ':':<18}{said}")
    _show_workers(standing)
    _show_resting(standing)
    return is_well(standing)


def _show_workers(standing: Standing) -> None:
    """Show who is at work, and of those who were the last few: each start of a worker is another worker."""
    at_work = {worker.name for worker in standing.at_work}
    gone = [worker for worker in standing.workers if worker.name not in at_work]
    for worker in (*standing.at_work[:_MOST], *gone[:_MOST_GONE]):
        how = "at work" if worker.name in at_work else "ended" if worker.has_ended else "gave no sign since"
        seen = say_span(standing.at - worker.seen_at)
        screen.out(f"{'worker:':<18}{worker.name.rpartition(':')[0]}: {how}, seen {seen} ago")
    _show_more("worker", len(standing.at_work[_MOST:]) + len(gone[_MOST_GONE:]))


def _show_resting(standing: Standing) -> None:
    for account in standing.resting[:_MOST]:
        screen.out(f"{'resting:':<18}{say_resting(account, standing.at)}")
    _show_more("resting", len(standing.resting[_MOST:]))


def _show_more(what: str, number: int) -> None:
    if number:
        screen.out(f"{what + ':':<18}and {number} more; see --json")

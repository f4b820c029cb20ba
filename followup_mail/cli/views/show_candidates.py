"""The candidates on the screen: the list of them, and what is most urgent for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from followup_mail.cadence.wording import say_list
from followup_mail.cli.terminal import screen
from followup_mail.services.office.all_candidates import (
    CandidateDay,
    all_today_json,
    candidates_json,
    look_at_all,
    urgent_candidates_first,
)
from followup_mail.settings.candidates import Candidate, add_candidate, quote_name, read_candidates, remove_candidate
from followup_mail.workspace import Workspace

_PROMPT: Final = 2
"""Lines of a screen that its next prompt takes, with the one that was typed."""
_NONE: Final = "There are no candidates on the list."


def add_and_show(name: str, folder: Path | None) -> None:
    """Put a candidate on the list, and say what comes next."""
    added = add_candidate(name, folder)
    screen.out(f"{added.name} is on the list; the home folder is {added.home}.")
    if not (added.home / ".env").exists():
        screen.note(f"Write the account into {added.home / '.env'}: `followup-mail settings --example` prints one.")
    screen.note(f"Then: followup-mail {_choose(added)} add")


def remove_and_show(name: str) -> None:
    """Take a candidate off the list, and say what stays."""
    gone = remove_candidate(name)
    screen.out(f"{gone.name} is off the list. Nothing was deleted: facts, mails and settings stay in {gone.home}.")
    screen.note(
        "What is queued there stays queued, and a service goes on. To end it: "
        f"followup-mail --home {quote_name(str(gone.home))} service remove"
    )


def list_candidates(json: bool) -> None:
    """Print a row for each candidate, then what is broken."""
    days = _look()
    if json:
        screen.emit_json(candidates_json(days))
        return
    if not days:
        _say_none()
        return
    columns = ("Candidate", "Due", "Waits", "Failed", "Service last ran", "Home folder")
    screen.table(columns, [_row(day) for day in days])
    for day in days:
        if day.broken:
            screen.note(screen.bad(f"{day.candidate.name}: {day.broken}"))


def show_all_today(json: bool, *, every: bool) -> None:
    """Print the most urgent of each candidate, whose is most urgent first; as much as fits on the screen."""
    days = _look()
    if json:
        screen.emit_json(all_today_json(days))
        return
    if not days:
        _say_none()
        return
    urgent = urgent_candidates_first(days)
    quiet = [day.candidate.name for day in days if day not in urgent]
    room = 0 if every or not screen.is_read() else screen.height() - _PROMPT - 1 - bool(quiet)
    shown = _show_days(urgent, room)
    if shown < len(urgent):
        left = len(urgent) - shown
        screen.out(
            screen.strong(f"and {left} more {'candidate' if left == 1 else 'candidates'}: followup-mail candidates")
        )
    if quiet:
        screen.out(screen.cut(f"Nothing to do for {say_list(quiet)}."))


def _show_days(urgent: Sequence[CandidateDay], room: int) -> int:
    """Print what fits into so many lines, everything when that is 0; return for how many candidates."""
    each = max(1, room // max(1, len(urgent)) // 2 - 1) if room else 0
    for shown, day in enumerate(urgent):
        with screen.keeping_back() as kept:
            _show_day(day, each)
        lines = screen.count_lines(kept)
        if room and shown and lines > room:
            return shown
        room = room and max(1, room - lines)
        screen.let_out(kept)
    return len(urgent)


def _show_day(day: CandidateDay, limit: int) -> None:
    more = len(day.headlines) - limit if limit else 0
    tail = f"  ({more} more: followup-mail {_choose(day.candidate)} today)" if more > 0 else ""
    screen.out(screen.strong(screen.cut(day.candidate.name, tail)))
    if day.broken:
        screen.out(screen.bad(screen.cut(f"broken  {day.broken.partition(chr(10))[0]}")))
        screen.out(f"{' ' * 8}followup-mail {_choose(day.candidate)} doctor")
    for headline in day.headlines[: limit or None]:
        screen.out(screen.cut(f"{headline.mark:<8}{headline.text}", headline.tail))
        screen.out(f"{' ' * 8}followup-mail {_choose(day.candidate)} {headline.command}")


def _look() -> tuple[CandidateDay, ...]:
    return look_at_all(read_candidates(), Workspace.from_surroundings)


def _row(day: CandidateDay) -> tuple[str, ...]:
    counts = ("?", "?", "?") if day.broken else (str(day.due), str(day.waits), str(day.failed))
    ran = f"{day.last_run.started_at.astimezone():%a %d %b, %H:%M}" if day.last_run else "never"
    return (day.candidate.name, *counts, "?" if day.broken else ran, str(day.candidate.home))


def _choose(candidate: Candidate) -> str:
    return f"--candidate {quote_name(candidate.name)}"


def _say_none() -> None:
    screen.out(_NONE)
    screen.note("Put one there: followup-mail candidate add NAME")

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
    at_work = {one.name for one in standing.at_work}
    for one in standing.workers[:_MOST]:
        how = "at work" if one.name in at_work else "ended" if one.has_ended else "gave no sign since"
        screen.out(
            f"{'worker:':<18}{one.name.rpartition(':')[0]}: {how}, seen {say_span(standing.at - one.seen_at)} ago"
        )


def _show_resting(standing: Standing) -> None:
    for one in standing.resting[:_MOST]:
        screen.out(f"{'resting:':<18}{say_resting(one, standing.at)}")
    if (more := len(standing.resting) - _MOST) > 0:
        screen.out(f"{'resting:':<18}and {more} more; see --json")

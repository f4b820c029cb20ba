"""Shows what was taken into an office, and out of it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

import typer

from followup_mail.cli.terminal import screen
from followup_mail.errors import FollowupError
from followup_mail.settings.candidates import quote_name
from followup_mail.settings.load_settings import Loaded


def import_and_show(loaded: Loaded, homes: Sequence[Path], name: str, as_json: bool) -> None:
    """Take homes into the office one by one; one that cannot be taken does not hold up the next."""
    from followup_mail.services.office.office_import import import_home

    done, code = [], 0
    for home in homes:
        try:
            found = import_home(loaded, home, name)
        except FollowupError as error:
            screen.note(error.sentence)
            screen.advise(error.fix)
            code = code or int(error.exit_code)
            continue
        done.append({"home": str(home), **{key: getattr(found, key) for key in found.__struct_fields__}})
        if not as_json:
            counted = (found.applications, "application"), (found.entries, "mail"), (found.files, "file")
            counts = ", ".join(_count(number, what) for number, what in counted)
            screen.out(f"{home} is in the office as {found.name}: {counts}.")
        for doubt in found.doubts:
            screen.note(screen.doubtful(f"{found.name}: {doubt}"))
    if as_json:
        screen.emit_json(done)
    elif done:
        screen.note("Nothing is sent from these folders any more. If one has a service, remove that:")
        screen.note("followup-mail --home FOLDER service remove, where FOLLOWUP_DATABASE_URL is not set")
    if code:
        raise typer.Exit(code)


def export_and_show(loaded: Loaded, wish: tuple[str, Path, bool], as_json: bool) -> None:
    """Write a candidate into a folder, and say who sends now."""
    from followup_mail.services.office.office_export import export_candidate

    candidate, folder, move = wish
    done = export_candidate(loaded, candidate, folder, move=move)
    if as_json:
        screen.emit_json({key: getattr(done, key) for key in done.__struct_fields__})
        return
    screen.out(f"{done.folder} now holds everything of {done.name}: {_count(done.entries, 'mail')}.")
    if done.moved:
        screen.note(f"The office sends nothing for {done.name} any more. Mails that wait leave from the folder, with:")
        screen.note(f"followup-mail --home {shlex.quote(str(done.folder))} run, where FOLLOWUP_DATABASE_URL is not set")
    else:
        screen.note("It is a copy: nothing is sent from it. The office goes on, with:")
        screen.note(f"followup-mail --candidate {quote_name(done.name)} today")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"

"""Shows what was done to an office, and who its candidates are."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.settings.candidates import quote_name
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.office_settings import require_packages


def migrate_and_show(loaded: Loaded) -> None:
    """Bring the database up to date, and say what was done."""
    from followup_mail.services.office.office_setup import migrate_office

    done = migrate_office(loaded)
    for name in done.applied:
        screen.out(f"Made: {name}")
    screen.out(f"The office's database is of version {done.version}, the newest that this program knows.")
    if done.role:
        screen.out(f"{done.role} has the rights that the program needs.")
    else:
        screen.note("FOLLOWUP_DATABASE_URL names no other role, so nobody was given rights.")
        screen.note("Name one there that is not the owner, and run this again.")
    if not loaded.settings.office_key:
        screen.note("FOLLOWUP_OFFICE_KEY is not set. Make a key with: followup-mail office new-key")
        screen.note("Then run this again: the database believes only who has that key.")


def show_new_key() -> None:
    """Print a new key, and what to do with it."""
    require_packages()
    from followup_mail.office.sealing import new_key

    screen.out_whole(new_key())
    screen.note(
        "Put it into FOLLOWUP_OFFICE_KEY of each machine of the office, and keep a copy apart from the database."
    )


def add_and_show(loaded: Loaded, name: str) -> None:
    """Add a candidate, and say how to go on."""
    from followup_mail.services.office.office_setup import add_to_office

    added = add_to_office(loaded, name)
    screen.out(f"{added.name} is candidate {added.candidate} of the office.")
    name = quote_name(added.name)
    screen.note(
        f"Next: followup-mail office set {name} FOLLOWUP_TIME_ZONE=America/Chicago, with the zone they live in;"
    )
    screen.note(f"then: followup-mail --candidate {name} setup")


def list_and_show(loaded: Loaded, as_json: bool) -> None:
    """List the candidates."""
    from followup_mail.services.office.office_setup import list_office

    found = list_office(loaded)
    if as_json:
        screen.emit_json([{"number": one.candidate, "name": one.name} for one in found])
        return
    count = 0
    for one in found:
        count += 1
        screen.out(f"{one.candidate:>6}  {one.name}")
    if not count:
        screen.note("There is no candidate yet. Add one with: followup-mail office add NAME")

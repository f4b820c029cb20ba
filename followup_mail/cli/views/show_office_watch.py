"""Shows who did what in an office, what was deleted, and how far the change of a key has come."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.settings.load_settings import Loaded


def audit_and_show(loaded: Loaded, name: str, entry: int | None, as_json: bool) -> None:
    """Print the audit trail of a candidate, or of one entry."""
    from followup_mail.services.office.office_audit import audit_candidate, deeds_json, say_deed, zone_of_office

    deeds, zone = audit_candidate(loaded, name, entry), zone_of_office(loaded)
    if as_json:
        screen.emit_json(deeds_json(deeds, zone))
        return
    for deed in deeds:
        screen.out_whole(say_deed(deed, zone))
    if not deeds:
        screen.note(f"Nothing was done for {name} yet.")


def delete_and_show(loaded: Loaded, name: str, sure: bool) -> None:
    """Delete a candidate, and say what stays."""
    from followup_mail.services.office.office_deletion import delete_from_office

    gone = delete_from_office(loaded, name, sure=sure)
    mails = "1 mail" if gone.entries == 1 else f"{gone.entries} mails"
    screen.out(f"{gone.name} is deleted, with {mails} and everything else.")
    screen.note(f"What stays: that candidate {gone.number} was deleted, when, and checksums of the mails that left.")
    screen.note("Backups made before still hold everything until they are thrown away, and so do exported folders.")
    screen.note("On the server's disk PostgreSQL overwrites it with its next VACUUM.")


def reseal_and_show(loaded: Loaded) -> None:
    """Seal everything again, and say what was done."""
    from followup_mail.services.office.office_resealing import reseal_office

    files = closed = 0
    for asker, resealed in reseal_office(loaded):
        files += resealed.done
        for path in resealed.closed:
            closed += 1
            screen.note(screen.bad(f"{asker.name}: no key opens {path}; it stays as it is."))
    screen.out(f"{files} {'file' if files == 1 else 'files'} sealed again; all others were sealed with this key.")
    if closed:
        screen.note("Give the keys that they were sealed with too, behind the others and a comma, and run it again.")
    else:
        screen.note("Now take the old key out of FOLLOWUP_OFFICE_KEY on every machine, and run `office migrate` again.")

"""Looks of ``doctor`` at the outbox: the version of its database, and whether it is sound."""

from __future__ import annotations

from followup_mail.outbox.migrate import compare_versions
from followup_mail.services.accounts.setup_look import Examined, SetupCheck, fault, fine, warning
from followup_mail.services.overview.undecided import find_undecided
from followup_mail.services.queueing.stranded import find_stranded
from followup_mail.services.queueing.verify import verify_outbox


def look_at_database(examined: Examined) -> SetupCheck:
    """Look whether this program knows the version of the database."""
    if not examined.workspace.has_store:
        return fine("database", "not there yet; the first queued mail makes it")
    path = examined.workspace.store_path
    if not path.stat().st_size:
        return fault("database", f"{path} is empty: something has emptied it", "See what is said of the outbox below.")
    version, known = compare_versions(path)
    if version > known:
        said = f"version {version}, written by a newer followup-mail; this one knows {known}"
        return fault("database", said, "Update followup-mail: pip install --upgrade followup-mail")
    if version < known:
        return fine("database", f"version {version}; this program makes it {known}, and keeps a copy")
    return fine("database", f"version {version}, the newest that this program knows")


def look_at_outbox(examined: Examined) -> SetupCheck:
    """Look whether the outbox is sound, and whether something in it cannot leave or waits for the user."""
    workspace = examined.workspace
    if not workspace.has_store:
        return fine("outbox", "empty")
    if problems := verify_outbox(workspace):
        return fault("outbox", "; ".join(problems), "Make a copy of the file before anything else.")
    if stranded := find_stranded(workspace):
        said = "; ".join(f"{one.entry.label} {one.why}" for one in stranded)
        return warning("outbox", f"sound, but {said}", stranded[0].fix)
    needs = len(find_undecided(workspace))
    needing = "1 entry needs you" if needs == 1 else f"{needs} entries need you"
    return fine("outbox", f"sound; {needing}, see `followup-mail outbox list`" if needs else "sound")

"""A candidate's settings come from their own home folder: nothing of the environment is mixed in.

An adviser for several people may have an account of their own in the environment. Used for a candidate, it would
send that candidate's mails from the wrong address, or under the wrong name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from followup_mail.settings.candidates import Candidate, is_same_folder, whose_home
from followup_mail.settings.source import ENVIRONMENT, Source
from followup_mail.settings.table import variable

_HOME: Final = variable("home")
OFFICE_ROWS: Final = (
    "database_url",
    "database_owner_url",
    "office_key",
    "actor",
    "office_per_domain",
    "office_per_address",
)
"""Settings that are the office's, and never a candidate's."""


def leave_out_environment(outer: Source, candidate: Candidate) -> tuple[Source, str]:
    """Return the environment without its settings, and a sentence about those that are not used; empty without any."""
    keys = sorted(key for key in outer.found if key != _HOME)
    if not keys:
        return Source(ENVIRONMENT), ""
    said = (
        f"{', '.join(keys)} in your environment {'is' if len(keys) == 1 else 'are'} not used for {candidate.name}: "
        f"a candidate's settings come only from {candidate.home / '.env'}, or from a file named with --env-file."
    )
    return Source(ENVIRONMENT), said


def leave_out_office(inner: Source, candidate: Candidate) -> tuple[Source, str]:
    """Return a candidate's own ``.env`` without what is the office's to set, and a sentence about that."""
    office = {variable(row) for row in OFFICE_ROWS}
    stray = sorted(office & inner.found.keys())
    if not stray:
        return inner, ""
    left = {key: raw for key, raw in inner.found.items() if key not in office}
    said = f"{', '.join(stray)} in {inner.name} is not used for {candidate.name}: it is a setting of the office."
    return replace(inner, found=left), said


def find_foreign(named: Source, candidate: Candidate, candidates: Sequence[Candidate]) -> Iterator[str]:
    """Yield why a file that the user named does not go with a candidate: it belongs to somebody else's home folder."""
    if not named.path:
        return
    for folder in named.path.resolve().parents:
        owner = whose_home(folder, candidates)
        if owner and owner != candidate:
            yield f"{named.name} lies in the home folder of {owner.name}; it is not used for {candidate.name}"
    if (text := named.text("home")) and not is_same_folder(Path(text).expanduser(), candidate.home):
        yield (
            f"{named.found[_HOME].place}: {_HOME} names a home folder that is not that of {candidate.name}. Remove it"
        )

"""A mark for all that every plan of a home depends on beside facts, outbox and clock.

The program, the packages and zone data that it uses, the user's place, methods and proof points. Once anything of it is
another one, nothing counts that was found out before.
"""

from __future__ import annotations

import os
import sys
import zoneinfo
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from followup_mail import __version__
from followup_mail.facts.file_text import read_facts
from followup_mail.facts.kept_facts import stamp_of
from followup_mail.workspace import Workspace

_PROGRAM: Final = Path(__file__).parents[2]
_ROOMS: Final = ("facts", "cadence", "language", "message", "outbox", "services")
"""Whose code and tables plans are made by."""
_ZONE_DATA: Final = ("tzdata.zi", "+VERSION", "zone.tab", "zone1970.tab")
"""Files that every release of the zone data replaces."""


def mark_surroundings(workspace: Workspace, points: tuple[str, ...]) -> str:
    """Return the mark; ``points`` are the user's proof points.

    Raises ``SettingsError`` when the user's own zone is not known, ``FactsFileError`` for a method that cannot be read.
    """
    folders = filter(None, (workspace.home / "cadences", workspace.shared_folder("cadences")))
    own = [(path.name, read_facts(path)) for folder in folders for path in sorted(folder.glob("*.toml"))]
    place = workspace.planning_defaults
    given = (__version__, sys.version, str(workspace.facts.folder.absolute()), repr(place), workspace.settings.cadence)
    found = (given, own, points, *_stamp_program(), *_stamp_packages(), *_stamp_zones(place.zone))
    return sha256(repr(found).encode(errors="backslashreplace")).hexdigest()


def _stamp_program() -> Iterator[tuple[object, ...]]:
    """Yield what tells this program from one with other code, of the same version or not."""
    for room in _ROOMS:
        for folder, names, files in os.walk(_PROGRAM / room):
            names[:] = sorted(name for name in names if name != "__pycache__")
            yield from ((folder, name, stamp_of(Path(folder, name))) for name in sorted(files))


def _stamp_packages() -> Iterator[tuple[object, ...]]:
    """Yield when something was last installed or removed: each version has a folder of its own beside the package."""
    places = (place for place in sys.path if place.endswith(("site-packages", "dist-packages")))
    yield from ((place, stamp_of(Path(place))) for place in places)


def _stamp_zones(own: str) -> Iterator[tuple[object, ...]]:
    for folder in zoneinfo.TZPATH:
        yield from ((folder, name, stamp_of(Path(folder, name))) for name in (*_ZONE_DATA, own))

"""Which home folder an installed service is for, and what the service of a home is called."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from followup_mail.background.scheduler import Installed
from followup_mail.background.service_definition import NAME, SchedulerKind, name_service
from followup_mail.settings.candidates import is_same_folder
from followup_mail.settings.load_settings import default_home


def serves(one: Installed, home: Path) -> bool:
    """Return whether what is installed is for this home; what cannot be read any more is told by its name."""
    if one.service is None:
        return one.name == _usual_name(home)
    return is_same_folder(Path(one.service.home), home)


def choose_name(home: Path, kind: SchedulerKind, installed: Iterable[Installed]) -> str:
    """Return what the service of a home is to be called.

    One that is there already keeps its name, so that it is replaced in place, also when an older version of the program
    installed it. A name that another home has is not taken.
    """
    here = [one for one in installed if one.kind is kind]
    ours = next((one.name for one in here if serves(one, home)), "")
    if ours:
        return ours
    usual = _usual_name(home)
    return name_service(home) if any(one.name == usual for one in here) else usual


def say_whose(one: Installed) -> str:
    """Return which home an installed service is for, as sentences call it."""
    return one.service.home if one.service else f"a home folder that cannot be read any more ({one.name})"


def _usual_name(home: Path) -> str:
    return NAME if home == default_home() else name_service(home)

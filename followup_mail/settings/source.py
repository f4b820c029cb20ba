"""One place that settings stand in: the environment, a file that the user names, or the home folder's ``.env``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from followup_mail.settings.env_mistakes import find_key_slip, find_smuggled, find_value_slip
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import PREFIX, setting_fields, variable

TRACEBACK: Final = f"{PREFIX}TRACEBACK"
"""Set in the environment, it makes a mistake of the program's own show where it is. For reports; not a setting."""
ENVIRONMENT: Final = "environment"
SECRETS: Final = frozenset(variable(row.name) for row in setting_fields() if isinstance(row.default, Secret))
MAY_HOLD_DOLLARS: Final = SECRETS | {variable("smtp_password_command")}


@dataclass(frozen=True, slots=True)
class Found:
    """The text of one setting and where it stood."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Source:
    """What one place says."""

    name: str
    """How sentences call it: ``environment``, or the path of a file."""
    found: Mapping[str, Found] = field(default_factory=dict)
    """By variable. Empty texts are left out: they set nothing."""
    problems: tuple[str, ...] = ()
    """What was not understood, each with its place. Values are in none of them."""
    path: Path | None = None
    """The file, when it is one and is there."""

    def text(self, name: str) -> str:
        """Return the text of a setting; empty when it is not set here."""
        given = self.found.get(variable(name))
        return given.text if given else ""


def collect(
    name: str, lines: Mapping[str, Found], problems: list[str], path: Path | None = None, *, alone: bool = False
) -> Source:
    """Make a source of what was found: unknown keys and values that cannot be meant become problems.

    ``alone``: the file is for us alone (``find_key_slip``).
    """
    known = [variable(row.name) for row in setting_fields()]
    ours: dict[str, Found] = {}
    for key, given in lines.items():
        if key in known:
            slip = find_value_slip(key, given.text, is_secret=key in MAY_HOLD_DOLLARS)
        else:
            # A variable of the environment has no line to be found by, so it is named.
            shown = "this" if path else key
            slip = find_key_slip(key, known, alone=alone, shown=shown) or find_smuggled(given.text)
        if slip:
            problems.append(f"{given.place}: {slip}")
        elif key in known and given.text.strip():
            ours[key] = given
    return Source(name, ours, tuple(problems), path)


def read_environment(environment: Mapping[str, str]) -> Source:
    """Return what the environment sets. A variable that only looks like ours is a problem, not passed over."""
    ours = {
        key: Found(text, ENVIRONMENT)
        for key, text in environment.items()
        if key.upper().startswith(PREFIX) and key != TRACEBACK
    }
    return collect(ENVIRONMENT, ours, [])

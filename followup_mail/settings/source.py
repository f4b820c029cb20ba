"""A place that settings come from: the environment, a file that the user names, or the home folder's ``.env``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from followup_mail.settings.env_mistakes import explain_hidden_setting, explain_unknown_key, explain_value
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import PREFIX, setting_rows, variable

TRACEBACK: Final = f"{PREFIX}TRACEBACK"
"""Set in the environment, it shows where the program itself failed. For bug reports; not a setting."""
ENVIRONMENT: Final = "environment"
KNOWN: Final = tuple(variable(row.name) for row in setting_rows())
SECRETS: Final = frozenset(variable(row.name) for row in setting_rows() if isinstance(row.default, Secret))
COMMANDS: Final = frozenset({variable("smtp_password_command"), variable("writer_key_command")})
"""Settings with a command that prints a secret. Never shown: somebody may have written the secret itself there."""


class RawSetting(Struct, frozen=True):
    """The text of a setting and where it was found: ``environment``, or file and line."""

    text: str
    place: str


class Source(Struct, frozen=True):
    """What one place sets. ``name`` is ``environment`` or the path of a file, as sentences call it."""

    name: str
    found: Mapping[str, RawSetting] = field(default_factory=dict)
    """By variable. Empty texts are left out: they set nothing."""
    problems: tuple[str, ...] = ()
    """What could not be understood, with its place and without its value."""
    path: Path | None = None
    """The file, when there is a file."""

    def text(self, name: str) -> str:
        """Return the text of a setting; empty when it is not set here."""
        raw = self.found.get(variable(name))
        return raw.text if raw else ""


def collect(
    name: str,
    lines: Mapping[str, RawSetting],
    problems: list[str],
    path: Path | None = None,
    *,
    only_ours: bool = False,
) -> Source:
    """Return the source that ``lines`` make; unknown keys and values that cannot be right become problems."""
    ours: dict[str, RawSetting] = {}
    for key, raw in lines.items():
        if key in KNOWN:
            wrong = explain_value(key, raw.text, is_secret=key in SECRETS | COMMANDS)
        else:
            # An environment variable has no line number to find it by, so the sentence names it.
            shown = "this" if path else key
            wrong = explain_unknown_key(key, KNOWN, only_ours=only_ours, shown=shown)
            wrong = wrong or explain_hidden_setting(raw.text)
        if wrong:
            problems.append(f"{raw.place}: {wrong}")
        elif key in KNOWN and raw.text.strip():
            ours[key] = raw
    return Source(name, ours, tuple(problems), path)


def read_environment(environment: Mapping[str, str]) -> Source:
    """Return what the environment sets. A variable that almost has the name of a setting is a problem."""
    ours = {
        key: RawSetting(text, ENVIRONMENT)
        for key, text in environment.items()
        if key.upper().startswith(PREFIX) and key != TRACEBACK
    }
    return collect(ENVIRONMENT, ours, [])

"""Read the settings: the environment first, then one ``.env``, the working folder's or else the home folder's.

A ``.env`` in the working folder that sets nothing of ours belongs to some other program and is passed over.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import PREFIX, Settings, setting_fields, variable

TRACEBACK: Final = f"{PREFIX}TRACEBACK"
"""Set in the environment, it makes a mistake of the program's own show where it is. For reports; not a setting."""

_SECRETS: Final = frozenset(variable(row.name) for row in setting_fields() if isinstance(row.default, Secret))


@dataclass(frozen=True, slots=True)
class Found:
    """The text of one setting and where it stood."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, the folder they hold for, and where each that was set came from."""

    settings: Settings
    home: Path
    places: Mapping[str, str]
    secret_file: Path | None = None
    """The ``.env`` that was read, when a secret stands in it."""


def load_settings(environment: Mapping[str, str], folder: Path) -> Loaded:
    """Return the settings that hold for a command started in ``folder``.

    Raises ``SettingsError`` with every problem at once, each naming its key and file. Values of secrets are in
    no message.
    """
    outer = {key: Found(text, "environment") for key, text in environment.items() if key.startswith(PREFIX)}
    beside = _read_env_file(folder / ".env")
    home = _find_home({**beside, **outer})
    path = (folder if beside else home) / ".env"
    inner = beside or _read_env_file(path)
    found = {**inner, **outer}
    problems = _unknown(found)
    values: dict[str, object] = {}
    for row in setting_fields():
        given = found.get(variable(row.name))
        if given is None or not given.text.strip():
            continue
        try:
            values[row.name] = row.metadata["read"](given.text.strip())
        except ValueError as error:
            problems.append(f"{given.place}: {variable(row.name)}: {error}")
    if problems:
        raise SettingsError("\n".join(problems), fix="Every setting is explained in .env.example and by `settings`.")
    places = {row.name: found[variable(row.name)].place for row in setting_fields() if row.name in values}
    secret_file = path if any(inner[key].text.strip() for key in _SECRETS & inner.keys()) else None
    # The readers made the types right.
    return Loaded(Settings(**values), home, places, secret_file)  # type: ignore[arg-type]


def _find_home(found: Mapping[str, Found]) -> Path:
    given = found.get(variable("home"))
    if given and given.text.strip():
        return Path(given.text.strip()).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("followup-mail", appauthor=False)


def _read_env_file(path: Path) -> dict[str, Found]:
    """Return what a ``.env`` sets for us; nothing when there is no such file."""
    if not path.is_file():
        return {}
    from dotenv.parser import parse_stream

    try:
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: cannot be read: {error}", fix="Save it as UTF-8 text that you may read."
        ) from None
    found: dict[str, Found] = {}
    broken: list[str] = []
    for binding in bindings:
        line = binding.original.line + len(binding.original.string) - len(binding.original.string.lstrip("\n"))
        if binding.error:
            broken.append(f"{path}:{line}: not of the form KEY=value")
        elif binding.key and binding.key.startswith(PREFIX):
            found[binding.key] = Found(binding.value or "", f"{path}:{line}")
    if found and broken:
        raise SettingsError(
            "\n".join(broken), fix='Write one KEY=value per line; quote a value that holds spaces or "#".'
        )
    return found


def _unknown(found: Mapping[str, Found]) -> list[str]:
    known = [variable(row.name) for row in setting_fields()]
    problems = []
    for key, given in found.items():
        if key not in known and key != TRACEBACK:
            near = difflib.get_close_matches(key, known, n=1)
            problems.append(f"{given.place}: {key} is not a setting" + (f"; did you mean {near[0]}?" if near else ""))
    return problems

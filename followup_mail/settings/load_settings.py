"""Put the settings together: the file that the user names, the environment, and the home folder's ``.env``.

The first of these that sets something counts, except for the account, which comes from one of them whole
(``one_account``). The working folder is never looked into: it may be anybody's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.settings.env_file import read_env_file
from followup_mail.settings.file_trust import refuse_untrusted
from followup_mail.settings.one_account import ACCOUNT, choose_account
from followup_mail.settings.source import SECRETS, Found, Source, read_environment
from followup_mail.settings.table import Settings, setting_fields, variable

_QUOTED: Final = re.compile(r"(['\"])(.+?)\1")
_PLACE: Final = re.compile(r":(\d+): ")
_FIX: Final = "`followup-mail settings --example` explains every setting."
_EMPTY: Final = '{} sets nothing of followup-mail. In the example file, remove the "# " before each line that you need.'
HOME_OPTION: Final = "--home"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, the folder they hold for, and where each that was set came from."""

    settings: Settings
    home: Path
    places: Mapping[str, str]
    secret_files: tuple[Path, ...] = ()
    """The files that were read and hold a secret."""
    files: tuple[Path, ...] = ()
    """All files of settings that were read."""
    remarks: tuple[str, ...] = ()
    """What the user should know although nothing is wrong, in sentences."""


def load_settings(environment: Mapping[str, str], home: Path | None = None, env_file: Path | None = None) -> Loaded:
    """Return the settings for ``home``, or for the home that ``env_file`` or the environment names.

    ``env_file`` is a file that the user named; it goes before the environment, and that before the home's ``.env``.

    Raises ``SettingsError`` with every problem at once, each naming its key and place, and when a file cannot be read
    or is not the user's own. Values of secrets are in no message.
    """
    outer = read_environment(environment)
    named = read_env_file(env_file, named=True) if env_file else None
    folder, place = _find_home(home, [one for one in (named, outer) if one])
    inner = read_env_file(folder / ".env")
    if inner.path and named and named.path and named.path.samefile(inner.path):
        named = None  # the home's own file, named: it is what it is
    refuse_untrusted(folder, env_file)
    sources = [one for one in (named, outer, inner) if one]
    account, problems, remarks = choose_account(sources, named.path if named else None)
    found = _merge(sources, account)
    said = [*(problem for one in sources for problem in one.problems), *_misplaced_home(inner, folder)]
    values = _read_values(found, said)
    if said or problems:
        raise SettingsError("\n".join([*sorted(said, key=_in_order), *problems]), fix=_FIX)
    places = {row.name: found[variable(row.name)].place for row in setting_fields() if row.name in values}
    if place:
        places["home"] = place
    return Loaded(
        Settings(**{**values, "home": folder}),  # type: ignore[arg-type]  # the readers made the types right
        folder,
        places,
        tuple(one.path for one in sources if one.path and SECRETS & one.found.keys()),
        tuple(one.path for one in sources if one.path),
        (*remarks, *(_EMPTY.format(one.name) for one in sources if one.path and not one.found)),
    )


def _find_home(given: Path | None, sources: Sequence[Source]) -> tuple[Path, str]:
    """Return the home folder and where it was named; the place is empty for the usual one."""
    if given:
        return _as_folder(given.expanduser().absolute()), HOME_OPTION
    for source in sources:
        # A relative one is a problem that its reader tells.
        if text := source.text("home"):
            return _as_folder(Path(text).expanduser().absolute()), source.found[variable("home")].place
    from platformdirs import user_data_path

    return user_data_path("followup-mail", appauthor=False), ""


def _as_folder(home: Path) -> Path:
    if home.exists() and not home.is_dir():
        raise SettingsError(f"The home folder {home} is not a folder.", fix="Name a folder; it is made when needed.")
    return home


def _merge(sources: Sequence[Source], account: Source | None) -> dict[str, Found]:
    """Return the first text found for each setting; those of the account from the one place it comes from."""
    found: dict[str, Found] = {}
    for source in reversed(sources):
        found |= {key: one for key, one in source.found.items() if key not in ACCOUNT or source is account}
    return found


def _misplaced_home(inner: Source, folder: Path) -> list[str]:
    text = inner.text("home")
    if not text or os.path.realpath(Path(text).expanduser()) == os.path.realpath(folder):
        return []
    key = variable("home")
    return [f"{inner.found[key].place}: {key} names another home than the one that this file lies in. Remove the line"]


def _read_values(found: Mapping[str, Found], problems: list[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for row in setting_fields():
        given = found.get(variable(row.name))
        if given is None:
            continue
        try:
            values[row.name] = row.metadata["read"](given.text.strip())
        except ValueError as error:
            problems.append(f"{given.place}: {variable(row.name)}: {_without_value(str(error), given.text)}")
    return values


def _without_value(sentence: str, value: str) -> str:
    """Return what a reader says, without the value: whatever stands in a wrong place may be a password."""

    def hide(found: re.Match[str]) -> str:
        inner = found[2].removesuffix("...").removesuffix("…")
        return "this" if inner.casefold() in value.casefold() else found[0]

    return _QUOTED.sub(hide, sentence)


def _in_order(problem: str) -> tuple[str, int]:
    place = _PLACE.search(problem)
    return (problem[: place.start()], int(place[1])) if place else ("", 0)

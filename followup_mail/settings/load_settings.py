"""Combine the settings of the file that the user names, the environment, and the home folder's ``.env``.

The first of these that sets something takes precedence, except that an account or a writing model comes from one place
as a whole (``whole_sets``), and that a candidate's settings never come from the environment (``own_settings``). The
working folder is never searched: anybody may have put files there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.errors import SettingsError
from followup_mail.regex import regex
from followup_mail.settings.candidates import Candidate, whose_home
from followup_mail.settings.env_file import read_env_file
from followup_mail.settings.file_trust import refuse_untrusted
from followup_mail.settings.own_settings import find_foreign, leave_out_environment, leave_out_office
from followup_mail.settings.source import SECRETS, RawSetting, Source, read_environment
from followup_mail.settings.table import Settings, setting_rows, variable
from followup_mail.settings.whole_sets import ACCOUNT, SETS, Chosen, WholeSet, choose_source

_QUOTED: Final = regex(r"(['\"])(.+?)\1")
_PLACE: Final = regex(r":(\d+): ")
_FIX: Final = "`followup-mail settings --example` explains every setting."
_EMPTY: Final = '{} sets nothing of followup-mail. In the example file, remove the "# " before each line that you need.'
_HOME: Final = variable("home")
_ACCOUNT: Final = variable("account")
HOME_OPTION: Final = "--home"


class Loaded(Struct, frozen=True):
    """The settings, the home folder they are for, and where each setting came from."""

    settings: Settings
    home: Path
    places: Mapping[str, str]
    secret_files: tuple[Path, ...] = ()
    """The files that were read and contain a secret."""
    files: tuple[Path, ...] = ()
    """All settings files that were read."""
    remarks: tuple[str, ...] = ()
    """What the user should know although nothing is wrong, in sentences."""
    overridden: tuple[tuple[str, str, str], ...] = ()
    """What one place sets and another sets too: the variable, the place that is not used, the place that is."""
    cache: Path | None = None
    """The folder for what can be made again at any time; None: nothing of that kind is kept."""


def load_settings(
    environment: Mapping[str, str],
    home: Path | None = None,
    env_file: Path | None = None,
    candidates: Sequence[Candidate] = (),
) -> Loaded:
    """Return the settings for ``home``, or for the home folder that ``env_file`` or the environment names.

    ``env_file`` is a file that the user named: it overrides the environment, and that overrides the home's ``.env``.
    Where the home is that of one of the ``candidates``, the environment sets nothing but which home it is.

    Raises ``SettingsError`` with all problems, each with its key and place, and when a file cannot be read or others
    can change it. No message contains the value of a secret.
    """
    outer = read_environment(environment)
    named = read_env_file(env_file, named=True) if env_file else None
    folder, home_place = _find_home(home, [source for source in (named, outer) if source])
    inner = read_env_file(folder / ".env")
    if inner.path and named and named.path and named.path.samefile(inner.path):
        named = None  # the user named the home's own file, which keeps its rank
    refuse_untrusted(folder, env_file)
    candidate = whose_home(folder, candidates)
    outer, unused = leave_out_environment(outer, candidate) if candidate else (outer, "")
    inner, stray = leave_out_office(inner, candidate) if candidate else (inner, "")
    foreign = find_foreign(named, candidate, candidates) if named and candidate else ()
    sources = [source for source in (named, outer, inner) if source]
    # Not even a file that the user names may replace a candidate's account by that of another person.
    asked_for = named.path if named and not candidate else None
    chosen = {whole: choose_source(whole, sources, asked_for) for whole in SETS}
    found = _merge(sources, chosen)
    remarks = _leave_out_default(found, sources, chosen[ACCOUNT])
    problems = [
        *foreign,
        *(problem for source in sources for problem in source.problems),
        *_misplaced_home(inner, folder),
    ]
    values = explain_values(found, problems)
    conflicts = [problem for choice in chosen.values() for problem in choice.problems]
    if problems or conflicts:
        raise SettingsError("\n".join([*sorted(problems, key=_file_and_line), *conflicts]), fix=_FIX)
    places = {name: found[variable(name)].place for name in values}
    if home_place:
        places["home"] = home_place
    files = [source for source in sources if source.path]
    return Loaded(
        Settings(**{**values, "home": folder}),  # type: ignore[arg-type]  # the readers made the types right
        folder,
        places,
        tuple(source.path for source in files if source.path and SECRETS & source.found.keys()),
        tuple(source.path for source in files if source.path),
        _list_remarks([unused, stray], chosen, remarks, files),
        tuple(_find_overridden(sources, found)),
        _find_cache(),
    )


def _list_remarks(
    unused: Sequence[str], chosen: Mapping[WholeSet, Chosen], own: Sequence[str], files: Sequence[Source]
) -> tuple[str, ...]:
    return (
        *filter(None, unused),
        *(remark for choice in chosen.values() for remark in choice.remarks),
        *own,
        *(_EMPTY.format(source.name) for source in files if not source.found),
    )


def defaults_for(environment: Mapping[str, str], home: Path | None = None) -> Loaded:
    """Return the default settings for the home folder that would be used, reading no file.

    For a look at the rest of an installation whose settings cannot be read.
    """
    text = environment.get(_HOME, "").strip()
    try:
        folder, _ = _find_home(home, [read_environment(environment)])
    except SettingsError:  # what is named is not a folder
        folder = (home or Path(text)).absolute()
    return Loaded(Settings(home=folder), folder, {})


def _find_home(given: Path | None, sources: Sequence[Source]) -> tuple[Path, str]:
    """Return the home folder and where it was named; no place for the default folder."""
    if given:
        return _as_folder(given), HOME_OPTION
    for source in sources:
        # Reading the value reports a relative path later.
        if text := source.text("home"):
            return _as_folder(Path(text)), source.found[_HOME].place
    return default_home(), ""


def default_home() -> Path:
    """Return the home folder of who names none: the user data folder of the system."""
    from platformdirs import user_data_path

    return user_data_path("followup-mail", appauthor=False)


def _find_cache() -> Path | None:
    """Return the folder in which the system keeps such things for its user; None where it cannot be found."""
    from platformdirs import user_cache_path

    found = user_cache_path("followup-mail", appauthor=False)
    return found if found.is_absolute() else None


def _as_folder(path: Path) -> Path:
    try:
        home = path.expanduser().absolute()
    except RuntimeError:  # ~somebody whom this computer does not know
        raise SettingsError(f"The home folder {path} cannot be found.", fix="Write it in full.") from None
    if home.exists() and not home.is_dir():
        raise SettingsError(f"The home folder {home} is not a folder.", fix="Name a folder; it is made when needed.")
    return home


def _merge(sources: Sequence[Source], chosen: Mapping[WholeSet, Chosen]) -> dict[str, RawSetting]:
    """Return the first text found for each setting; those of a whole set come from the place chosen for it."""
    found: dict[str, RawSetting] = {}
    for source in reversed(sources):
        unused = {key for whole, choice in chosen.items() if choice.source is not source for key in whole.keys}
        found |= {key: raw for key, raw in source.found.items() if key not in unused}
    return found


def _leave_out_default(found: dict[str, RawSetting], sources: Sequence[Source], chosen: Chosen) -> list[str]:
    """Leave out the name of the default account where an account itself comes from a place of higher precedence."""
    named = found.get(_ACCOUNT)
    places = [source for source in sources if named and source.found.get(_ACCOUNT) is named]
    if named is None or chosen.source is None or sources.index(chosen.source) >= sources.index(places[0]):
        return []
    del found[_ACCOUNT]
    return [f"{_ACCOUNT} in {places[0].name} is not used: the account in {chosen.source.name} is."]


def _find_overridden(sources: Sequence[Source], found: Mapping[str, RawSetting]) -> Iterator[tuple[str, str, str]]:
    for source in sources:
        for key, raw in source.found.items():
            if key != _HOME and key in found and found[key].place != raw.place:
                yield key, raw.place, found[key].place


def _misplaced_home(inner: Source, folder: Path) -> list[str]:
    text = inner.text("home")
    if not text or os.path.realpath(Path(text).expanduser()) == os.path.realpath(folder):
        return []
    return [f"{inner.found[_HOME].place}: {_HOME} names a home folder that is not the folder of this file. Remove it"]


def explain_values(found: Mapping[str, RawSetting], problems: list[str]) -> dict[str, object]:
    """Return the values by the names of the table, and add what cannot be read to ``problems``, each with its place."""
    values: dict[str, object] = {}
    for row in setting_rows():
        key = variable(row.name)
        if key in found:
            try:
                values[row.name] = row.read(found[key].text.strip())
            except ValueError as error:
                problems.append(f"{found[key].place}: {key}: {_without_value(str(error), found[key].text)}")
    return values


def _without_value(sentence: str, value: str) -> str:
    """Return a reader's sentence without the value: a text in the wrong place may be a password."""

    def hide(found: re.Match[str]) -> str:
        inner = found[2].removesuffix("...").removesuffix("…")
        return "this" if inner.casefold() in value.casefold() else found[0]

    return _QUOTED.sub(hide, sentence)


def _file_and_line(problem: str) -> tuple[str, int]:
    place = _PLACE.search(problem)
    return (problem[: place.start()], int(place[1])) if place else ("", 0)

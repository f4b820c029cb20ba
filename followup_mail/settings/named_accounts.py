"""Further accounts: a file ``accounts/NAME.env`` in the home folder for each, with one whole set of settings.

Nothing of a set is taken from another place, so a password never reaches a server that another file names. A file that
is not fit for use is reported, and the other accounts go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import SettingsError
from followup_mail.regex import regex
from followup_mail.settings.env_file import read_env_file
from followup_mail.settings.file_trust import refuse_untrusted
from followup_mail.settings.load_settings import Loaded, explain_values
from followup_mail.settings.source import SECRETS, Source
from followup_mail.settings.table import setting_rows, variable
from followup_mail.settings.whole_sets import ACCOUNT

MAIN: Final = "main"
"""What the account of ``.env``, the environment or ``--env-file`` is called."""
FOLDER_NAME: Final = "accounts"
ALSO: Final = tuple(variable(name) for name in ("name", "reply_to", "per_minute", "per_day", "domain_gap"))
"""What an account may set besides its set. But for ``REPLY_TO``, what it does not set is as elsewhere."""
_NAME: Final = regex(r"[a-z0-9][a-z0-9-]{0,31}")
_NEEDED: Final = (variable("email"), variable("smtp_host"))
_DEFAULTS: Final = {row.name: row.default for row in setting_rows()}


class NamedAccounts(Struct, frozen=True):
    """What the files of a home say."""

    usable: Mapping[str, Loaded]
    """The settings with each account in place of the main one, by its name."""
    broken: Mapping[str, SettingsError]
    """What is wrong with the others, by the name of their file without its ending."""


def explain_name(name: str) -> str:
    """Return why an account cannot be called so, as part of a sentence; empty when it can."""
    if name == MAIN:
        return f"'{MAIN}' is the account of .env, the environment or --env-file"
    if not _NAME.fullmatch(name):
        return "the name of an account has small letters, digits and hyphens, 32 at most"
    return ""


def account_path(home: Path, name: str) -> Path:
    """Return where the settings of an account are."""
    return home / FOLDER_NAME / f"{name}.env"


def load_named(main: Loaded) -> NamedAccounts:
    """Read all of them. Two accounts of one address are reported and not used: a mail would not know its way."""
    usable: dict[str, Loaded] = {}
    broken: dict[str, SettingsError] = {}
    try:
        names = sorted(path.stem for path in (main.home / FOLDER_NAME).iterdir() if _is_account(path))
    except (FileNotFoundError, NotADirectoryError):
        names = []
    except OSError as error:
        place = main.home / FOLDER_NAME
        failed = SettingsError(f"{place} cannot be read: {error.strerror}.", fix="Make it readable for yourself.")
        return NamedAccounts({}, {FOLDER_NAME: failed})
    for name in names:
        try:
            usable[name] = _load(main, name)
        except SettingsError as error:
            broken[name] = error
    doubles = _find_doubles(main, usable)
    single = {name: loaded for name, loaded in usable.items() if name not in doubles}
    return NamedAccounts(single, broken | doubles)


def _is_account(path: Path) -> bool:
    return path.name.endswith(".env") and not path.name.startswith(".")


def _load(main: Loaded, name: str) -> Loaded:
    path = account_path(main.home, name)
    if wrong := explain_name(name):
        raise SettingsError(f"{path}: {wrong}.", fix="Give the file another name.")
    refuse_untrusted(main.home, path)
    source = read_env_file(path)
    problems = [*source.problems, *_find_unfit(source, path)]
    values = explain_values(source.found, problems)
    if problems:
        raise SettingsError("\n".join(problems), fix=f"Correct {path}; `followup-mail account list` looks again.")
    unset = {row for row in _DEFAULTS if variable(row) in ACCOUNT.keys} | {"reply_to"}
    settings = replace(main.settings, **{**{row: _DEFAULTS[row] for row in unset}, **values})
    places = {row: place for row, place in main.places.items() if row not in unset}
    places |= {row: source.found[variable(row)].place for row in values}
    secret = (path,) if SECRETS & source.found.keys() else ()
    return replace(main, settings=settings, places=places, secret_files=secret, files=(path,), remarks=())


def _find_unfit(source: Source, path: Path) -> list[str]:
    allowed = {*ACCOUNT.keys, *ALSO}
    unfit = [
        f"{raw.place}: {key} is not a setting of an account" for key, raw in source.found.items() if key not in allowed
    ]
    missing = [key for key in _NEEDED if key not in source.found]
    return [*unfit, *(f"{path}: {key} is missing: an account needs it in its own file" for key in missing)]


def _find_doubles(main: Loaded, usable: Mapping[str, Loaded]) -> dict[str, SettingsError]:
    holders: dict[str, list[str]] = {}
    for name, loaded in usable.items():
        holders.setdefault(loaded.settings.email.lower(), []).append(name)
    if shared := holders.get(main.settings.email.lower()):
        shared.append(MAIN)
    return {
        name: SettingsError(
            f"{account_path(main.home, name)}: another account has the address {email} too: "
            f"{', '.join(other for other in names if other != name)}.",
            fix="Keep one of them: a mail leaves by the account of its address.",
        )
        for email, names in holders.items()
        if len(names) > 1
        for name in names
        if name != MAIN
    }

"""The settings of an office, and those of a candidate whose home folder is in its database.

What is the office's is never taken from a candidate's own ``.env``: whoever can write that file would choose the
database, or the name in the office's records. And nothing else of the office's environment reaches a candidate.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from followup_mail.errors import SettingsError
from followup_mail.settings.candidates import quote_name, read_candidates
from followup_mail.settings.load_settings import Loaded, default_home, load_settings
from followup_mail.settings.own_settings import OFFICE_ROWS
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings, setting_rows, variable

if TYPE_CHECKING:
    from followup_mail.office.candidate_home import OfficeAccess
    from followup_mail.office.database import Links

DATABASE_URL: Final = variable("database_url")
_LONGEST_ACTOR: Final = 100


def require_packages() -> None:
    """Raise ``SettingsError`` where the packages that an office needs are not installed."""
    from importlib.util import find_spec

    needed = ("psycopg", "psycopg_pool", "cryptography", "procrastinate", "prometheus_client")
    if missing := [name for name in needed if find_spec(name) is None]:
        listed = " and ".join(filter(None, (", ".join(missing[:-1]), missing[-1])))
        raise SettingsError(
            f"An office needs {listed}, and {'it is' if len(missing) == 1 else 'they are'} not installed.",
            fix="Type: pip install 'followup-mail[office]'",
        )


def make_access(loaded: Loaded, actor: str = "", links: Links | None = None) -> OfficeAccess:
    """Return how to get into the office's database, as ``actor`` or the person at work. Raises ``SettingsError``."""
    require_packages()
    from followup_mail.office.candidate_home import OfficeAccess

    own = loaded.settings
    return OfficeAccess(own.database_url.reveal(), own.office_key.reveal(), actor or name_actor(own), links)


def refuse_without_candidate(loaded: Loaded) -> None:
    """Raise ``SettingsError`` where the office's database is set: a home folder of this machine is not meant then."""
    if loaded.settings.database_url:
        raise SettingsError(
            f"{DATABASE_URL} is set, so everything is in the office's database: say whose.",
            fix="Put --candidate NAME before the command; `followup-mail office candidates` lists them.",
        )


def explain_no_zone(name: str) -> SettingsError:
    """Return the error for a candidate without a time zone: that of the machine at hand would be a guess."""
    return SettingsError(
        f"No time zone is set for {name}, and the machines of an office may be in any.",
        fix=f"Set it: followup-mail office set {quote_name(name)} {variable('time_zone')}=America/Chicago",
    )


def find_office(environment: Mapping[str, str], env_file: Path | None) -> Loaded | None:
    """Return the settings of the office, where its database is set; None where everything is on this machine.

    Raises ``SettingsError``, but only where a database seems to be set.
    """
    places = (env_file, Path(environment.get(variable("home"), "") or default_home()) / ".env")
    if not environment.get(DATABASE_URL) and not any(map(_names_database, places)):
        return None
    loaded = load_settings(environment, None, env_file, read_candidates())
    return loaded if loaded.settings.database_url else None


def _names_database(path: Path | None) -> bool:
    try:
        return path is not None and DATABASE_URL.encode() in path.read_bytes()
    except OSError:
        return False


def load_own(office: Loaded, home: Path, name: str) -> Loaded:
    """Return the settings of a candidate from ``home``, a copy of their home folder. Raises ``SettingsError``."""
    loaded = load_settings({}, home)
    stray = [variable(row) for row in OFFICE_ROWS if row in loaded.places]
    said = f"{', '.join(stray)} in the .env of {name} is not used: it is a setting of the office."
    moved = _moved_certificate(loaded.settings, home)
    own = replace(loaded.settings, **_of_office(office.settings), **moved, may_ask_machine=False)
    remarks = (*loaded.remarks, *([said] if stray else []))
    return replace(loaded, settings=own, remarks=remarks, cache=None)


def _of_office(settings: Settings) -> dict[str, Any]:
    """Return what a candidate's use cases may know of the office; not how to get into its database."""
    defaults = {row.name: row.default for row in setting_rows() if row.name in OFFICE_ROWS}
    return {name: new if isinstance(new, Secret) else getattr(settings, name) for name, new in defaults.items()}


def _moved_certificate(settings: Settings, home: Path) -> dict[str, Any]:
    """Return the place of a certificate that ``setup`` has put into the home folder, wherever that lies now."""
    given = settings.smtp_ca_file
    here = given and home / given.name
    return {"smtp_ca_file": here} if given and here and here.is_file() and not given.is_file() else {}


def name_actor(settings: Settings) -> str:
    """Return who is at work, for the office's records: as set, else the login name and the machine."""
    import getpass
    import platform

    if settings.actor:
        return settings.actor[:_LONGEST_ACTOR]
    try:
        login = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user's number, as in some containers
        login = "somebody"
    return f"{login}@{platform.node() or 'some machine'}"[:_LONGEST_ACTOR]

"""The time zone of this machine. What is not certain is an error: a guess would send mail at the wrong hour.

Sources in this order: the variable TZ, ``/etc/localtime`` (which sets the clock of the machine), and then tzlocal,
which knows other systems and older files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from followup_mail.errors import SettingsError
from followup_mail.facts.unfit_values import quoted
from followup_mail.facts.zone_and_country import is_zone
from followup_mail.facts.zone_names import bare_name, guess_zone, read_meanings, zone_of_rule, zone_of_windows
from followup_mail.facts.zone_rules import last_rule, read_rule, rule_of_file

_LOCALTIME: Final = Path("/etc/localtime")
_HOUR: Final = 3600


def find_own_zone(environment: Mapping[str, str], localtime: Path = _LOCALTIME) -> ZoneInfo:
    """Return the zone of this machine. Raises ``SettingsError`` when it is not certain."""
    given = environment.get("TZ", "").strip()
    if given:
        name = _read_variable(given)
    elif sys.platform != "win32" and os.path.lexists(localtime):
        name = _read_localtime(localtime)
    else:
        name = _ask_tzlocal()
    return ZoneInfo(name)


def _read_variable(given: str) -> str:
    """Return the zone that TZ means: a name, a file, a name that Windows uses, or a rule."""
    if is_zone(bare_name(given)):
        return bare_name(given)
    path = Path(given.removeprefix(":"))
    found = _read_localtime(path) if path.is_absolute() else zone_of_windows(given) or _zone_of_rule(given)
    if not found:
        rule = read_rule(given)
        is_ambiguous = rule is not None and rule.is_ambiguous
        wrong = "Unix counts the other way round" if is_ambiguous else "is not a time zone"
        raise _unknown(f"the variable TZ holds {quoted(given)}, which {wrong}", guess_zone(given))
    return found


def _read_localtime(path: Path) -> str:
    """Return the zone of a file of the time zone database: by the name that it links to, else by its contents."""
    for target in (_link_target(path), os.path.realpath(path)):
        if is_zone(bare_name(target)):
            return bare_name(target)
    try:
        # Reading a device or a pipe would never end.
        content = path.read_bytes() if path.is_file() or not path.exists() else b""
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise _unknown(f"{path}, the time zone of this machine, cannot be read ({reason})") from None
    found = _zone_of_contents(content)
    if not found:
        raise _unknown(f"{path} does not name the time zone of this machine")
    return found


def _link_target(path: Path) -> str:
    """Return where a link leads, even when nothing is there: the path may contain the name of a zone."""
    try:
        return os.path.normpath(path.parent / path.readlink())
    except OSError:
        return ""


def _zone_of_contents(content: bytes) -> str:
    """Return a zone with the same clocks as a file of the database; the zone that the system names, if it fits."""
    rule = rule_of_file(content)
    if rule is None:
        return ""
    try:
        named = _ask_tzlocal()
    except SettingsError:
        return zone_of_rule(rule)
    last = last_rule(named)
    return named if last and last.clocks == rule.clocks else zone_of_rule(rule)


def _zone_of_rule(given: str) -> str:
    """Return the zone of a rule such as ``EST5EDT,M3.2.0,M11.1.0``; empty where the rule is not complete."""
    rule = read_rule(given)
    if rule is None or rule.is_ambiguous or not rule.clocks.is_complete:
        return ""
    found = zone_of_rule(rule)
    hours, rest = divmod(rule.clocks.offset, _HOUR)
    if rule.clocks.summer_offset is not None or rest or found == read_meanings("zones").get(rule.names[0]):
        return found
    # Like POSIX, the names below Etc count hours west of UTC as positive.
    name = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return name if is_zone(name) else found


def _ask_tzlocal() -> str:
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name() or ""
    except (LookupError, ValueError, OSError):
        name = ""
    if not is_zone(name):
        raise _unknown("the time zone of this machine cannot be determined")
    return name


def _unknown(wrong: str, meant: str = "") -> SettingsError:
    return SettingsError(
        f"{wrong[:1].upper()}{wrong[1:]}, so no hour can be worked out.",
        fix=f"Set FOLLOWUP_TIME_ZONE to your zone, {'probably' if meant else 'like'} {meant or 'Europe/Berlin'}.",
    )

"""The time zone of this machine. What cannot be told for certain is asked for: a guess would send mail at a wrong hour.

Looked at in this order: the variable TZ, ``/etc/localtime`` (which decides what the clock of the machine shows), and
then what tzlocal knows of other systems and older files.
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

_LOCALTIME: Final = Path("/etc/localtime")
_HOUR: Final = 3600


def find_own_zone(environment: Mapping[str, str], localtime: Path = _LOCALTIME) -> ZoneInfo:
    """Return the zone of this machine. Raises ``SettingsError`` where it has none that is known for certain."""
    given = environment.get("TZ", "").strip()
    if given:
        name = _read_variable(given)
    elif sys.platform != "win32" and os.path.lexists(localtime):
        name = _read_localtime(localtime)
    else:
        name = _ask_tzlocal()
    return ZoneInfo(name)


def _read_variable(given: str) -> str:
    """Return the zone that TZ means: its name, a file, the name that Windows gives it, or a rule for its clocks."""
    from followup_mail.facts.zone_names import bare_name, guess_zone, zone_of_windows
    from followup_mail.facts.zone_rules import read_rule

    path = Path(given.removeprefix(":"))
    if is_zone(bare_name(given)):
        return bare_name(given)
    found = _read_localtime(path) if path.is_absolute() else zone_of_windows(given) or _zone_of_rule(given)
    if not found:
        rule = read_rule(given)
        is_unclear = rule is not None and rule.is_turned_round
        wrong = "Unix and people read the other way round" if is_unclear else "is not a time zone"
        raise _unknown(f"the variable TZ holds {quoted(given)}, which {wrong}", guess_zone(given))
    return found


def _read_localtime(path: Path) -> str:
    """Return the zone of a file of the time zone database, by the name that it is a link to, else by its contents."""
    from followup_mail.facts.zone_names import bare_name

    for target in (_link_of(path), os.path.realpath(path)):
        if is_zone(bare_name(target)):
            return bare_name(target)
    try:
        # A device or a pipe would be read for ever.
        content = path.read_bytes() if path.is_file() or not path.exists() else b""
    except OSError as error:
        reason = (error.strerror or "it is out of reach").lower()
        raise _unknown(f"{path}, the time zone of this machine, cannot be read ({reason})") from None
    found = _zone_of_contents(content)
    if not found:
        raise _unknown(f"{path} does not tell the time zone of this machine")
    return found


def _link_of(path: Path) -> str:
    """Return where a link leads, also when nothing is there; the name of a zone may be told by it all the same."""
    try:
        return os.path.normpath(path.parent / path.readlink())
    except OSError:
        return ""


def _zone_of_contents(content: bytes) -> str:
    """Return a zone whose clocks go as a file of the database says; the one that the system names, where it does."""
    from followup_mail.facts.zone_names import zone_of_rule
    from followup_mail.facts.zone_rules import last_rule, rule_of_file

    rule = rule_of_file(content)
    if rule is None:
        return ""
    try:
        named = _ask_tzlocal()
    except SettingsError:
        named = ""
    its = last_rule(named) if named else None
    return named if its and its.clocks == rule.clocks else zone_of_rule(rule)


def _zone_of_rule(given: str) -> str:
    """Return a zone whose clocks go by a rule such as ``EST5EDT,M3.2.0,M11.1.0``; empty where the rule is not whole."""
    from followup_mail.facts.zone_names import MEANT, zone_of_rule
    from followup_mail.facts.zone_rules import read_rule

    rule = read_rule(given)
    if rule is None or rule.is_turned_round or not rule.clocks.is_whole:
        return ""
    found = zone_of_rule(rule)
    hours, rest = divmod(rule.clocks.offset, _HOUR)
    if not rule.clocks.is_fixed or rest or found == MEANT.get(rule.names[0]):
        return found
    # Etc counts west of UTC as more, as POSIX does.
    name = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return name if is_zone(name) else found


def _ask_tzlocal() -> str:
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name() or ""
    except (LookupError, ValueError, OSError):
        name = ""
    if not is_zone(name):
        raise _unknown("the time zone of this machine cannot be told")
    return name


def _unknown(wrong: str, meant: str = "") -> SettingsError:
    example = meant or "Europe/Berlin"
    return SettingsError(
        f"{wrong[:1].upper()}{wrong[1:]}, so no hour can be worked out.",
        fix=f"Set FOLLOWUP_TIME_ZONE to your zone, {'probably' if meant else 'like'} {example}.",
    )

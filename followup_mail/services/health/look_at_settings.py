"""Looks of ``doctor`` at the settings, where they come from, and at the program that reads them."""

from __future__ import annotations

import platform
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec

from followup_mail import __version__
from followup_mail.delivery.smtp_account import Auth
from followup_mail.regex import regex
from followup_mail.services.accounts.setup_look import Examined, SetupCheck, fault, fine, warning
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.settings.exposure import find_exposed, say_exposed, say_how_to_close
from followup_mail.settings.source import ENVIRONMENT
from followup_mail.settings.stray_env import say_stray
from followup_mail.settings.table import Settings, variable
from followup_mail.workspace import Workspace

_LINE = regex(r":\d+$")


def look_at_program(examined: Examined) -> SetupCheck:
    """Look at the versions, and whether the extras are installed that the settings need."""
    said = f"followup-mail {__version__} on Python {platform.python_version()}, {platform.system() or sys.platform}"
    missing = dict(_find_missing(examined.workspace.settings))
    if not missing:
        return fine("program", said)
    extras = ",".join(sorted(set(missing.values())))
    why = " and ".join(f"{name} needs the extra '{extra}'" for name, extra in missing.items())
    return fault("program", f"{said}; {why}, which is not installed", f"Type: pip install 'followup-mail[{extras}]'")


def _find_missing(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each setting that needs a package that is not there, with the extra that brings it."""
    uses_keyring = {
        "smtp_keyring": not settings.smtp_password and not settings.smtp_password_command,
        "writer_keyring": not settings.writer_key and not settings.writer_key_command,
    }
    for name, is_used in uses_keyring.items():
        if getattr(settings, name) and is_used and find_spec("keyring") is None:
            yield variable(name), "keyring"
    if settings.writer_url and find_spec("httpx") is None:
        yield variable("writer_url"), "writer"
    if settings.smtp_auth is Auth.OAUTH and find_spec("oauthlib") is None:
        yield f"{variable('smtp_auth')}=oauth", "oauth"


def look_at_settings(examined: Examined) -> SetupCheck:
    """Look where the settings come from, what is overridden, and whether others can read a password."""
    if examined.unreadable:
        return fault("settings", examined.unreadable.sentence, examined.unreadable.fix)
    workspace = examined.workspace
    _ = workspace.own_zone  # without it nothing below can be worked out
    if broken := (workspace.base or workspace).named_accounts.broken.values():
        fixes = dict.fromkeys(one.fix for one in broken)
        return fault("settings", "\n".join(one.sentence for one in broken), "\n".join(fixes))
    said = _say_places(workspace)
    exposed = next(filter(None, (find_exposed(way.loaded) for way in every_account(workspace))), None)
    if exposed:
        return warning("settings", f"{said}; {say_exposed(exposed)}", say_how_to_close(exposed))
    if remarks := [*workspace.loaded.remarks, *filter(None, [say_stray(workspace.home)])]:
        return warning(
            "settings", " ".join((f"{said}.", *remarks)), "`followup-mail settings` shows where each is set."
        )
    return fine("settings", said)


def _say_places(workspace: Workspace) -> str:
    """Return how many settings come from where, and which of them is set in two places."""
    loaded = workspace.loaded
    places = Counter(_call(_LINE.sub("", place)) for name, place in loaded.places.items() if name != "home")
    from_where = ", ".join(f"{count} in {place}" for place, count in places.items())
    said = f"{places.total()} set" + (f" ({from_where})" if from_where else "")
    twice = [
        f"{key} in {_call(unused)} is not used, because {_call(used)} sets it too"
        for key, unused, used in loaded.overridden
    ]
    return "; ".join((said, *twice))


def _call(place: str) -> str:
    return f"the {ENVIRONMENT}" if place == ENVIRONMENT else place


def look_at_sender(examined: Examined) -> SetupCheck:
    """Look whether name and address are set."""
    mailbox = examined.workspace.sender.mailbox
    return fine("you", f"{mailbox.name} <{mailbox.email}>")

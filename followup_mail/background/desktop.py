"""Desktop notifications with ``notify-send``, ``osascript`` or PowerShell.

The text never becomes part of a program: AppleScript gets it as arguments, PowerShell as variables. Markup and escapes
in it are shown as they are.
"""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from followup_mail.background.changes import Command, CommandResult
from followup_mail.background.service_definition import Machine
from followup_mail.background.system_programs import run_program
from followup_mail.errors import ServiceError

TIMEOUT: Final = 10.0
"""Seconds to wait for the desktop."""
_LONGEST_TEXT: Final = 400
_APPLESCRIPT: Final = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
# The text becomes text nodes of the toast's XML. A toast must name a program in the start menu, such as PowerShell.
_POWERSHELL: Final = r"""
$ErrorActionPreference = 'Stop'
$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$kind = [Windows.UI.Notifications.ToastTemplateType]::ToastText02
$xml = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent($kind)
$places = $xml.GetElementsByTagName('text')
$null = $places.Item(0).AppendChild($xml.CreateTextNode($env:FOLLOWUP_TOAST_TITLE))
$null = $places.Item(1).AppendChild($xml.CreateTextNode($env:FOLLOWUP_TOAST_TEXT))
$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'
$toast = [Windows.UI.Notifications.ToastNotification]::new($xml)
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($app).Show($toast)
"""


def find_bus(machine: Machine) -> str:
    """Return the D-Bus address of the user's desktop, where a scheduler started us without naming it; else empty."""
    if machine.platform in {"darwin", "win32"} or machine.names_bus:
        return ""
    socket = Path(f"/run/user/{machine.uid}/bus")
    return f"unix:path={socket}" if socket.exists() else ""


def notification_command(platform: str, title: str, text: str) -> Command:
    """Return the command that shows a notification on a platform (as ``sys.platform``)."""
    title, text = _shorten(title), _shorten(text)
    if platform == "darwin":
        script = [word for line in _APPLESCRIPT for word in ("-e", line)]
        return Command(("osascript", *script, title, text))
    if platform == "win32":
        code = base64.b64encode(_POWERSHELL.encode("utf-16-le")).decode("ascii")
        words = ("powershell.exe", "-NoProfile", "-NonInteractive", "-EncodedCommand", code)
        variables = (("FOLLOWUP_TOAST_TITLE", title), ("FOLLOWUP_TOAST_TEXT", text))
        return Command(words, environment=variables)
    # The Desktop Notifications Specification allows markup in the text, and notify-send interprets backslashes.
    shown = escape(text, quote=False).replace("\\", "\\\\")
    return Command(("notify-send", "--app-name=followup-mail", "--", title, shown))


def show_on_desktop(
    platform: str, title: str, text: str, bus: str = "", run: Callable[..., CommandResult] = run_program
) -> bool:
    """Show a notification; return whether that worked. Never raises, and takes ten seconds at most.

    ``bus`` is the address of the user's D-Bus session: a program that cron starts is not told it.
    """
    command = notification_command(platform, title, text)
    if bus:
        command = replace(command, environment=(*command.environment, ("DBUS_SESSION_BUS_ADDRESS", bus)))
    if shutil.which(command.words[0]) is None:
        return False
    try:
        return run(command, timeout=TIMEOUT).code == 0
    except ServiceError:
        return False


def _shorten(text: str) -> str:
    """Make text printable and short: some desktops refuse long text. Line ends are kept."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)[:_LONGEST_TEXT]

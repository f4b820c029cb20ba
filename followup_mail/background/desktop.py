"""A word on the desktop: with ``notify-send``, ``osascript`` or PowerShell, whichever the machine has.

The words never become part of a program: AppleScript gets them as arguments, PowerShell as variables. What a desktop
would read as markup or as an escape is written so that it is shown as it is.
"""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Final

from followup_mail.background.changes import Command, CommandResult
from followup_mail.background.system_programs import run_tool
from followup_mail.errors import ServiceError

LONGEST: Final = 10.0
"""Seconds to wait for the desktop."""
_MOST: Final = 400
_APPLESCRIPT: Final = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
# Words become text nodes of the toast's XML. A toast must name a program that the start menu knows; PowerShell is one.
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


def say_by(platform: str, title: str, text: str) -> Command:
    """Return the command that shows a title and a text on a platform (as ``sys.platform``)."""
    title, text = _fit(title), _fit(text)
    if platform == "darwin":
        script = [word for line in _APPLESCRIPT for word in ("-e", line)]
        return Command(("osascript", *script, title, text))
    if platform == "win32":
        code = base64.b64encode(_POWERSHELL.encode("utf-16-le")).decode("ascii")
        words = ("powershell.exe", "-NoProfile", "-NonInteractive", "-EncodedCommand", code)
        given = (("FOLLOWUP_TOAST_TITLE", title), ("FOLLOWUP_TOAST_TEXT", text))
        return Command(words, environment=given)
    # The text may hold markup by the Desktop Notifications Specification, and notify-send undoes backslashes in it.
    shown = escape(text, quote=False).replace("\\", "\\\\")
    return Command(("notify-send", "--app-name=followup-mail", "--", title, shown))


def show_on_desktop(
    platform: str, title: str, text: str, bus: str = "", run: Callable[..., CommandResult] = run_tool
) -> bool:
    """Show it, and tell whether that worked. Never raises, and takes ten seconds at most.

    ``bus`` is the address of the user's D-Bus session, for who was started by cron and knows of none.
    """
    command = say_by(platform, title, text)
    if bus:
        command = replace(command, environment=(*command.environment, ("DBUS_SESSION_BUS_ADDRESS", bus)))
    if shutil.which(command.words[0]) is None:
        return False
    try:
        return run(command, longest=LONGEST).code == 0
    except ServiceError:
        return False


def _fit(text: str) -> str:
    """A desktop shows little, and some refuse what is long. Line ends are kept."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text)[:_MOST]

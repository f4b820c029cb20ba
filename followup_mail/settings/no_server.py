"""What becomes of mails while no mail server is set."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.settings.table import variable

_SET: Final = "To set one: followup-mail setup"


def say_folder(home: Path, *, in_office: bool) -> str:
    """Say loudly that nothing goes out."""
    said = f"No mail server is set ({variable('smtp_host')}): nothing leaves this machine."
    if in_office:
        return f"No mail server is set ({variable('smtp_host')}): nothing is sent. Mails wait until one is. {_SET}"
    return f"{said} Mails go into the folder {home / 'delivered'}. {_SET}"


def refuse_office_folder(in_office: bool) -> None:
    """Raise ``SettingsError`` for a candidate of an office: no folder of theirs on a machine would stay."""
    if in_office:
        raise SettingsError(
            f"No mail server is set ({variable('smtp_host')}), so nothing was delivered.",
            fix="Set one: followup-mail --candidate NAME setup",
        )

"""What becomes of mails of an office while no mail server is set: they wait."""

from __future__ import annotations

from followup_mail.errors import SettingsError
from followup_mail.settings.table import variable


def say_waits() -> str:
    """Say that nothing goes out for a candidate of an office."""
    said = f"No mail server is set ({variable('smtp_host')}): nothing is sent. Mails wait until it is."
    return f"{said} To set it: followup-mail setup"


def refuse_office_folder(in_office: bool) -> None:
    """Raise ``SettingsError`` for a candidate of an office: no folder of theirs on a machine would stay."""
    if in_office:
        raise SettingsError(
            f"No mail server is set ({variable('smtp_host')}), so nothing was delivered.",
            fix="Set it: followup-mail --candidate NAME setup",
        )

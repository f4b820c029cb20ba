"""The text of ``.env.example``, made from the table so that it stays complete."""

from __future__ import annotations

from textwrap import wrap

from followup_mail.settings.table import setting_rows, variable

_HEAD = """\
# Settings of followup-mail. Put this file into the home folder, under the name .env
# (`followup-mail settings` prints where that is). Remove the "# " before each line that you need, and fill it in:
# name and address for a preview, the server for sending. Nobody but you may be able to change the file.
# Environment variables override this file, except for what belongs together: the account (address, server, user and
# password) must all be in the same place, and so must the writing model. A .env in the folder where you work is not
# read.
"""


def env_example() -> str:
    """Return the file: each setting commented out, with its meaning above it."""
    parts = [_HEAD]
    for row in setting_rows():
        meaning = "\n".join(f"# {line}" for line in wrap(row.help, 100))
        value = row.example or _as_text(row.default)
        parts.append(f"{meaning}\n# {variable(row.name)}={value}\n")
    return "\n".join(parts)


def _as_text(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return str(default) if isinstance(default, str | int) and default else ""

"""The text of ``.env.example``, made from the table so that it cannot fall behind."""

from __future__ import annotations

from textwrap import wrap

from followup_mail.settings.table import setting_fields, variable

_HEAD = """\
# Settings of followup-mail. Copy this file to .env, beside where you work or in the home folder
# (`followup-mail settings` prints where that is), take away the "# " before each line that you need, and fill it in.
# What stands in the environment wins over this file. Name and address are needed for a preview, the server for sending.
"""


def env_example() -> str:
    """Return the file, each setting commented out with its meaning above it."""
    parts = [_HEAD]
    for row in setting_fields():
        meaning = "\n".join(f"# {line}" for line in wrap(row.metadata["help"], 100))
        value = row.metadata["example"] or _written(row.default)
        parts.append(f"{meaning}\n# {variable(row.name)}={value}\n")
    return "\n".join(parts)


def _written(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return str(default) if isinstance(default, str | int) and default else ""

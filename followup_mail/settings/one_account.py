"""An account is one set: address, server, user and password come from one place whole.

A password that goes to a server named elsewhere is a password given away; an address without its server is mail that
silently does not leave. So parts from two places are refused, and a whole account is replaced only by a whole one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from followup_mail.settings.source import Source
from followup_mail.settings.table import setting_fields, variable

ACCOUNT: Final = frozenset(
    variable(row.name) for row in setting_fields() if row.name == "email" or row.name.startswith(("smtp_", "imap_"))
)
"""The settings that belong to one account, the mailbox of it among them."""
_EMAIL: Final = variable("email")
_HOST: Final = variable("smtp_host")


def choose_account(sources: Sequence[Source], named: Path | None) -> tuple[Source | None, list[str], list[str]]:
    """Return the source whose account counts, what is wrong about the choice, and what is left out because of it.

    ``sources`` stand in the order in which they count. An account in the file that the user ``named`` may be another
    person's: it was meant. One in the environment may not.
    """
    having = [one for one in sources if ACCOUNT & one.found.keys()]
    if not having:
        return None, [], []
    first, *others = having
    problems = [problem for other in others if (problem := _weigh(first, other, named))]
    remarks = [f"The account in {other.name} is not used: the one in {_say(first)} is." for other in others]
    return first, problems, [] if problems else remarks


def _weigh(first: Source, other: Source, named: Path | None) -> str:
    """Return why the account of ``first`` cannot simply take the place of another one."""
    if _EMAIL not in first.found or (_HOST in other.found and _HOST not in first.found):
        parts, whole = _list(first), _list(other)
        return (
            f"An account is one set and must stand in one place whole: {parts} in {_say(first)}, "
            f"but {whole} in {_say(other)}. Move them together."
        )
    mine, theirs = first.text("email"), other.text("email")
    if theirs and mine.casefold() != theirs.casefold() and not _is(first, named):
        return (
            f"Two accounts are set: {mine} in {_say(first)}, {theirs} in {_say(other)}. "
            "Remove one, or name the file that is meant with --env-file."
        )
    return ""


def _is(source: Source, named: Path | None) -> bool:
    return named is not None and source.path == named


def _list(source: Source) -> str:
    keys = sorted(ACCOUNT & source.found.keys())
    return ", ".join(keys[:3]) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")


def _say(source: Source) -> str:
    return source.name if source.path else f"the {source.name}"

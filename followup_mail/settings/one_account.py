"""An account is one set: address, server, user and password come from the same place.

A password sent to a server that another file names is a password given away; an address without its server is mail
that silently stays behind. So parts from two places are refused, and only a whole account replaces another.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from followup_mail.settings.source import KNOWN, Source
from followup_mail.settings.table import PREFIX, variable

_EMAIL: Final = variable("email")
_HOST: Final = variable("smtp_host")
_PREFIXES: Final = (f"{PREFIX}SMTP_", f"{PREFIX}IMAP_")
ACCOUNT: Final = frozenset(key for key in KNOWN if key == _EMAIL or key.startswith(_PREFIXES))
"""The settings that make up an account, with its mailbox."""


def choose_account(sources: Sequence[Source], named: Path | None) -> tuple[Source | None, list[str], list[str]]:
    """Return the source whose account is used, what is wrong with that choice, and which accounts are not used.

    ``sources`` come in order of precedence. An account in the file that the user ``named`` may belong to another
    person: they asked for it. An account in the environment may not.
    """
    having = [source for source in sources if ACCOUNT & source.found.keys()]
    if not having:
        return None, [], []
    first, *others = having
    problems = [problem for other in others if (problem := _explain_conflict(first, other, named))]
    remarks = [f"The account in {other.name} is not used: the account in {_call(first)} is." for other in others]
    return first, problems, [] if problems else remarks


def _explain_conflict(first: Source, other: Source, named: Path | None) -> str:
    """Return why the account of ``first`` cannot simply replace the account of ``other``."""
    if _EMAIL not in first.found or (_HOST in other.found and _HOST not in first.found):
        return (
            f"The settings of an account must all be in the same place: {_list_keys(first)} in {_call(first)}, "
            f"but {_list_keys(other)} in {_call(other)}. Move them together."
        )
    mine, theirs = first.text("email"), other.text("email")
    if theirs and mine.casefold() != theirs.casefold() and (named is None or first.path != named):
        return (
            f"Two accounts are set: {mine} in {_call(first)}, {theirs} in {_call(other)}. "
            "Remove one, or name the file to use with --env-file."
        )
    return ""


def _list_keys(source: Source) -> str:
    keys = sorted(ACCOUNT & source.found.keys())
    return ", ".join(keys[:3]) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")


def _call(source: Source) -> str:
    return source.name if source.path else f"the {source.name}"

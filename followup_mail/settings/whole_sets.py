"""Settings that belong together come from the same place: the mail account, and the writing model.

A password sent to a server that another file names is a password given away, and so is the key of a writing model; an
address without its server is mail that silently stays behind. So parts from two places are refused, and only a whole
set replaces another.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.settings.source import KNOWN, Source
from followup_mail.settings.table import PREFIX, variable


class WholeSet(Struct, frozen=True):
    """Settings that are used together or not at all."""

    name: str
    """As sentences call it, in the singular."""
    keys: frozenset[str]
    """The variables that make it up."""
    needed: tuple[str, ...]
    """Without one of these variables it is only a part, which never replaces a set in another place."""
    kept: tuple[str, ...] = ()
    """Variables that a set must have before it replaces a set with them."""
    owner: str = ""
    """The variable that says whose it is: a set of another owner is used only from a file that the user named."""


ACCOUNT: Final = WholeSet(
    "account",
    frozenset(
        key
        for key in KNOWN
        if key == variable("email") or key.startswith((f"{PREFIX}SMTP_", f"{PREFIX}IMAP_", f"{PREFIX}OAUTH_"))
    ),
    needed=(variable("email"),),
    kept=(variable("smtp_host"),),
    owner=variable("email"),
)
"""The mail account, with its mailbox and its sign-in."""
WRITING_MODEL: Final = WholeSet(
    "writing model",
    frozenset(key for key in KNOWN if key.startswith(f"{PREFIX}WRITER_")),
    needed=(variable("writer_url"), variable("writer_model")),
)
"""The address of the writing model, with its key. It has no owner: its place says who chose it."""
SETS: Final = (ACCOUNT, WRITING_MODEL)


class Chosen(Struct, frozen=True):
    """Which place a set is taken from."""

    source: Source | None = None
    """None when it is set nowhere."""
    problems: tuple[str, ...] = ()
    """Why the choice cannot be made, in sentences."""
    remarks: tuple[str, ...] = ()
    """Which places are not used, in sentences."""


def choose_source(whole: WholeSet, sources: Sequence[Source], named: Path | None) -> Chosen:
    """Return the source whose set is used; ``sources`` come in order of precedence.

    A set in the file that the user ``named`` may belong to another person: they asked for it. A set in the environment
    may not.
    """
    having = [source for source in sources if whole.keys & source.found.keys()]
    if not having:
        return Chosen()
    first, *others = having
    problems = tuple(problem for other in others if (problem := _explain_conflict(whole, first, other, named)))
    remarks = tuple(
        f"The {whole.name} in {other.name} is not used: the {whole.name} in {_call(first)} is." for other in others
    )
    return Chosen(first, problems, () if problems else remarks)


def _explain_conflict(whole: WholeSet, first: Source, other: Source, named: Path | None) -> str:
    """Return why the set of ``first`` cannot simply replace the set of ``other``."""
    is_part = any(key not in first.found for key in whole.needed)
    if is_part or any(key in other.found and key not in first.found for key in whole.kept):
        article = "an" if whole.name[0] in "aeiou" else "a"
        return (
            f"The settings of {article} {whole.name} must all be in the same place: "
            f"{_list_keys(whole, first)} in {_call(first)}, but {_list_keys(whole, other)} in {_call(other)}. "
            "Move them together."
        )
    mine, theirs = (source.found[whole.owner].text if whole.owner in source.found else "" for source in (first, other))
    if theirs and mine.casefold() != theirs.casefold() and (named is None or first.path != named):
        return (
            f"Two {whole.name}s are set: {mine} in {_call(first)}, {theirs} in {_call(other)}. "
            "Remove one, or name the file to use with --env-file."
        )
    return ""


def _list_keys(whole: WholeSet, source: Source) -> str:
    keys = sorted(whole.keys & source.found.keys())
    return ", ".join(keys[:3]) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")


def _call(source: Source) -> str:
    return source.name if source.path else f"the {source.name}"

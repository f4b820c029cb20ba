"""Whose names were put right since, as the operations on record tell it: whoever has another address by now, too."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import suppress

from followup_mail.facts.names import slugify
from followup_mail.services.context.people_compared import Table, find_renames, list_people
from followup_mail.undo.operation import FileChange
from followup_mail.workspace import Workspace


def read_put_right(workspace: Workspace, slug: str) -> dict[str, str]:
    """Return the handle of today by each former one, for those whose names recorded changes of the facts put right.

    One who stands where another stood is the same person if the names share a word, or if they share an address.
    """
    now_called: dict[str, str] = {}
    for change in _list_changes(workspace, slug):
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # a file that nobody could read then
            before, after = (tomllib.loads((content or b"").decode("utf-8-sig")) for content in _sides(change))
            for old, new in _find_same(before, after):
                now_called = {former: new if now == old else now for former, now in now_called.items()} | {old: new}
    return now_called


def _list_changes(workspace: Workspace, slug: str) -> Iterator[FileChange]:
    for operation in workspace.journal.operations():
        if operation.undone_at is None:
            yield from (one for one in operation.files if one.is_facts and one.application == slug)


def _sides(change: FileChange) -> tuple[bytes | None, bytes | None]:
    return change.before, change.after


def _find_same(before: Table, after: Table) -> Iterator[tuple[str, str]]:
    was, now = list_people(before), list_people(after)
    for new, name in find_renames(before, after).items():
        old = slugify(name)
        addresses = ({one.casefold() for one in known.emails} for known in (was[old], now[new]))
        if {*old.split("-")} & {*new.split("-")} or set.intersection(*addresses):
            yield old, new

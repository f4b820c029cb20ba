"""Which names an application had: what is on record under them is about it, too."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from followup_mail.undo.operation import Operation


def find_names(operations: Sequence[Operation], application: str, before: float = inf) -> dict[str, float]:
    """Return every name of an application, each with the number of the first operation that it is not meant by.

    ``operations`` are in the order of their numbers. Those from ``before`` on are not looked at.
    """
    names = {application: before}
    for operation in reversed(operations):
        for name, until in tuple(names.items()):
            if operation.number < until:
                ends = min(until, _end_of_names(operation, operations))
                names |= {former: max(ends, names.get(former, 0)) for former in operation.former_names(name)}
    return names


def _end_of_names(renaming: Operation, operations: Sequence[Operation]) -> float:
    """Return the number of the first operation that finds the former names of a renaming free."""
    if renaming.undone_at is None:
        return renaming.number + 1
    return min((later.number for later in operations if later.at > renaming.undone_at), default=inf)

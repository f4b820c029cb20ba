"""Gates: how one value of a fact comes in, whatever its type, and what an editor is told of it (JSON Schema).

Nothing is converted that a reader of the file would not expect: text is not taken for a flag, a number not for a text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final, get_args

from followup_mail.facts.unfit_values import Finding, UnfitFactsError

Read = Callable[[Any], Any]
"""Turns a raw value into a fact. Raises ``UnfitError`` for the value, ``UnfitFactsError`` for parts of it."""

# White space as Unicode has it (White_Space); Python's own strip takes four control characters for it too.
_SPACE: Final = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


class Gate:
    """How a value is read, and its JSON Schema.

    ``parts`` are the tables and choices that the schema refers to; with ``or_none``, None is a value too.
    """

    __slots__ = ("or_none", "parts", "read", "schema")

    def __init__(
        self, read: Read, schema: dict[str, Any], parts: tuple[type, ...] = (), *, or_none: bool = False
    ) -> None:
        self.read = read
        self.schema = schema
        self.parts = parts
        self.or_none = or_none


def text(clean: Callable[[str], object] = str, **schema: object) -> Gate:
    """Return the gate of a text, trimmed before it is cleaned."""

    def read(given: Any) -> object:
        if not isinstance(given, str):
            raise UnfitFactsError([Finding((), "shape", given)])
        return clean(given.strip(_SPACE))

    return Gate(read, {"type": "string", **schema})


def whole_number(least: int, most: int) -> Gate:
    """Return the gate of a whole number."""

    def read(given: Any) -> int:
        if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= most:
            raise UnfitFactsError([Finding((), "number", given)])
        return given

    return Gate(read, {"type": "integer", "minimum": least, "maximum": most})


def flag() -> Gate:
    """Return the gate of true or false."""

    def read(given: Any) -> bool:
        if not isinstance(given, bool):
            raise UnfitFactsError([Finding((), "shape", given)])
        return given

    return Gate(read, {"type": "boolean"})


def several(one: Gate, most: int, *, drop_empty: bool = False, bare: bool = False) -> Gate:
    """Return the gate of a list.

    ``drop_empty`` drops empty items: to a template, a list with an empty text in it would look as if there were
    something. ``bare`` takes one text for a list of one: ``fit = "..."`` is what people write when there is one reason.
    """

    def read(given: Any) -> tuple[Any, ...]:
        items: Any = (given,) if bare and isinstance(given, str) else given
        if not isinstance(items, list | tuple):
            raise UnfitFactsError([Finding((), "shape", given)])
        found = _read_each(one.read, items, most)
        return tuple(item for item in found if item) if drop_empty else found

    schema: dict[str, Any] = {"type": "array", "items": one.schema, "maxItems": most}
    return Gate(read, {"anyOf": [schema, one.schema]} if bare else schema, one.parts)


def _read_each(read: Read, items: Sequence[Any], most: int) -> tuple[Any, ...]:
    """Return each item as it was read.

    Raises ``UnfitFactsError`` for all that cannot be read, or only for their number when too many can.
    """
    values: list[Any] = []
    findings: list[Finding] = []
    for place, item in enumerate(items):
        try:
            values.append(read(item))
        except ValueError as error:
            findings += placed(error, place, item)
        if len(values) > most:
            raise UnfitFactsError([Finding((), "entries", items, allowed=(str(most),))])
    if findings:
        raise UnfitFactsError(findings)
    return tuple(values)


def placed(error: ValueError, place: str | int, given: object) -> list[Finding]:
    """Return what an error of a gate finds wrong with the value ``given`` at ``place``."""
    if isinstance(error, UnfitFactsError):
        return [found.below(place) for found in error.findings]
    return [Finding((place,), "value", given, reason=error)]


def gate_of(kind: Any) -> Gate:
    """Return the gate for the type of a field: it carries one, is a choice or a table, or one of these or None."""
    for found in getattr(kind, "__metadata__", ()):
        if isinstance(found, Gate):
            return found
    if isinstance(kind, type):
        return _choice(kind) if issubclass(kind, StrEnum) else _table(kind)
    (inner,) = (part for part in get_args(kind) if part is not type(None))
    gate = gate_of(inner)
    read = gate.read
    return Gate(lambda given: None if given is None else read(given), gate.schema, gate.parts, or_none=True)


def _choice(kind: type[StrEnum]) -> Gate:
    words = {str(one): one for one in kind}

    def read(given: Any) -> StrEnum:
        found = words.get(given) if isinstance(given, str) else None
        if found is None:
            raise UnfitFactsError([Finding((), "choice", given, allowed=tuple(words))])
        return found

    return Gate(read, {"$ref": f"#/$defs/{kind.__name__}"}, (kind,))


def _table(kind: Any) -> Gate:
    return Gate(kind.read, {"$ref": f"#/$defs/{kind.__name__}"}, (kind,))

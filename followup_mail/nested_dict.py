"""A value as dicts and lists, through all its parts: for JSON, and for templates."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


def nested_dict(value: Struct) -> dict[str, Any]:
    """Return the fields of a value by name; values within it become dicts too, everything else stays as it is."""
    return {name: _nested(getattr(value, name)) for name in value.__struct_fields__}


def _nested(part: Any) -> Any:
    match part:
        case Struct():
            return nested_dict(part)
        case tuple() if hasattr(part, "_fields"):
            return type(part)(*map(_nested, part))
        case tuple() | list():
            return type(part)(map(_nested, part))
        case dict():
            return {key: _nested(one) for key, one in part.items()}
        case _:
            return part

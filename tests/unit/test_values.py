"""What values are made of: a mistake here is one that neither mypy nor the class itself would notice."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pkgutil import walk_packages

from msgspec import Struct

import followup_mail
from followup_mail.nested_dict import nested_dict


class _Part(Struct, frozen=True):
    names: tuple[str, ...] = ()


class _Whole(Struct, frozen=True):
    part: _Part
    several: tuple[_Part, ...]
    by_name: dict[str, _Part]
    when: object = None


def test_no_field_of_a_struct_is_described_for_a_dataclass() -> None:
    """``dataclasses.field`` in a Struct would be the default value itself, and mypy takes either."""
    found = {
        f"{value.__module__}.{value.__qualname__}"
        for module in walk_packages(followup_mail.__path__, "followup_mail.")
        if not module.name.endswith("__main__")
        for value in vars(import_module(module.name)).values()
        if isinstance(value, type)
        and issubclass(value, Struct)
        and any(isinstance(default, dataclasses.Field) for default in value.__struct_defaults__)
    }
    assert found == set()


def test_a_value_becomes_dicts_all_the_way_down() -> None:
    """Values within a value, in a tuple or in a dict, become dicts too; everything else stays as it is."""
    part = _Part(("Ann",))
    assert nested_dict(_Whole(part, (part, _Part()), {"one": part})) == {
        "part": {"names": ("Ann",)},
        "several": ({"names": ("Ann",)}, {"names": ()}),
        "by_name": {"one": {"names": ("Ann",)}},
        "when": None,
    }

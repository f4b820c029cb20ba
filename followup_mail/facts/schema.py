"""The JSON Schema of a facts file, made from the model, so that an editor can complete and check it.

It describes what a user may write, not the finished value: no slug, ``duration`` or ``end``, a time zone once at the
top. An editor's TOML plug-in (e.g. Taplo) finds it by a first line ``#:schema facts.schema.json``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from enum import StrEnum
from inspect import cleandoc, getdoc, getsource
from itertools import pairwise
from typing import Any, Final

from followup_mail.facts.application import Application
from followup_mail.facts.error_sentences import TABLES
from followup_mail.facts.fact import Fact

SCHEMA_ID: Final = "https://followup-mail.example/schemas/facts-1.json"
"""A name, not an address to fetch (RFC 2606)."""
_EXPLAINED: Final = (Application, *TABLES.values())
"""The tables whose fields an editor can explain; [unsaid] is not among them yet."""


def facts_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a facts file."""
    parts: dict[str, type] = {}
    _collect(Application, parts)
    schema = _table(Application)
    del schema["properties"]["slug"]
    schema["required"].remove("slug")
    definitions = {name: _definition(part) for name, part in sorted(parts.items())}
    interview = definitions["Interview"]
    # The zone may stand at the top instead, and a value has an end however it was given.
    interview["required"] = ["start"]
    interview["anyOf"] = [{"required": ["duration"]}, {"required": ["end"]}]
    has_zone = {"required": ["time_zone"]}
    each_has_zone = {"properties": {"interviews": {"items": has_zone}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "$defs": definitions,
        **schema,
        "title": "Facts about one application (followup-mail)",
        "description": "What you know about one application: who you met, what was said, what came of it.",
        "anyOf": [has_zone, each_has_zone],
    }


def _collect(fact: type[Fact], parts: dict[str, type]) -> None:
    """Add the tables and choices that a fact refers to."""
    for gate in fact.fields.values():
        for part in gate.parts:
            if part.__name__ not in parts:
                parts[part.__name__] = part
                if issubclass(part, Fact):
                    _collect(part, parts)


def _definition(part: type) -> dict[str, Any]:
    if issubclass(part, Fact):
        return _table(part)
    assert issubclass(part, StrEnum)
    return {"description": getdoc(part), "enum": [str(one) for one in part], "type": "string"}


def _table(fact: type[Fact]) -> dict[str, Any]:
    """Return the schema of a table. What stands below each field is its description."""
    meanings = _meanings(fact) if fact in _EXPLAINED else {}
    schema: dict[str, Any] = {
        "additionalProperties": False,
        "description": getdoc(fact),
        "properties": {name: _field(fact, name, meanings) for name in fact.fields},
        "required": [name for name in fact.fields if fact.is_required(name)],
    }
    if not schema["required"]:
        del schema["required"]
    return {**schema, "type": "object"}


def _field(fact: type[Fact], name: str, meanings: Mapping[str, str]) -> dict[str, Any]:
    """Return the schema of a field, its keys sorted; what a field that may be left empty has besides comes last."""
    gate, default = fact.fields[name], fact.default_of(name)
    besides: dict[str, Any] = {"default": default} if default and not isinstance(default, Fact) else {}
    if name in meanings:
        besides["description"] = meanings[name]
    return {**_sorted(gate.schema), **besides} if gate.or_none else _sorted({**gate.schema, **besides})


def _sorted(node: Any) -> Any:
    if isinstance(node, list):
        return [_sorted(item) for item in node]
    return {key: _sorted(value) for key, value in sorted(node.items())} if isinstance(node, dict) else node


def _meanings(fact: type[Fact]) -> dict[str, str]:
    (definition,) = ast.parse(getsource(fact)).body
    assert isinstance(definition, ast.ClassDef)
    return {
        line.target.id: cleandoc(ast.literal_eval(below.value))
        for line, below in pairwise(definition.body)
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and isinstance(below, ast.Expr)
    }

"""The JSON Schema of a facts file, made from the model, so that an editor can complete and check it.

It describes what a user may write, not the finished value: no slug, ``duration`` or ``end``, a time zone once at the
top. An editor's TOML plug-in (e.g. Taplo) finds it by a first line ``#:schema facts.schema.json``.
"""

from __future__ import annotations

import ast
from inspect import cleandoc, getsource
from itertools import pairwise
from typing import Any, Final

from followup_mail.facts.application import Application, Interview, Outcome, Person, Promise, Word
from followup_mail.facts.fields import Fact

SCHEMA_ID: Final = "https://followup-mail.example/schemas/facts-1.json"
"""A name, not an address to fetch (RFC 2606)."""


def facts_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a facts file."""
    schema: dict[str, Any] = Application.model_json_schema()
    _add_meanings(schema, Application)
    for part in (Interview, Outcome, Person, Promise, Word):
        _add_meanings(schema["$defs"][part.__name__], part)
    schema = _plain(schema)
    del schema["properties"]["slug"]
    schema["required"] = [key for key in schema["required"] if key != "slug"]
    interview = schema["$defs"]["Interview"]
    # The zone may stand at the top instead, and a value has an end however it was given.
    interview["required"] = ["start"]
    interview["anyOf"] = [{"required": ["duration"]}, {"required": ["end"]}]
    has_zone = {"required": ["time_zone"]}
    each_has_zone = {"properties": {"interviews": {"items": has_zone}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **schema,
        "title": "Facts about one application (followup-mail)",
        "description": "What you know about one application: who you met, what was said, what came of it.",
        "anyOf": [has_zone, each_has_zone],
    }


def _add_meanings(schema: dict[str, Any], fact: type[Fact]) -> None:
    """Put what stands below each field of a fact into its place in the schema."""
    (definition,) = ast.parse(getsource(fact)).body
    assert isinstance(definition, ast.ClassDef)
    fields = schema["properties"]
    for line, below in pairwise(definition.body):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and isinstance(below, ast.Expr):
            meaning = {"description": cleandoc(ast.literal_eval(below.value))}
            fields[line.target.id] = dict(sorted({**fields[line.target.id], **meaning}.items()))  # as pydantic sorts


def _plain(node: Any) -> Any:
    """Drop what TOML does not have (null) and what only the program needs (titles, defaults of None)."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    choices = node.get("anyOf", [])
    kept = [choice for choice in choices if choice != {"type": "null"}]
    if len(kept) < len(choices):
        rest = {key: value for key, value in node.items() if key != "anyOf"}
        node = {**(kept[0] if len(kept) == 1 else {"anyOf": kept}), **rest}
    return {key: _part(key, value) for key, value in node.items() if not _is_noise(key, value)}


def _part(key: str, value: Any) -> Any:
    """Clean one part of a schema. Under ``properties`` and ``$defs``, keys are names, even "title"."""
    if key in {"properties", "$defs"}:
        return {name: _plain(inner) for name, inner in value.items()}
    return _plain(value)


def _is_noise(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and (not value or isinstance(value, dict)))

"""A facts file made to say something else, by the smallest changes: what stays the same keeps its lines and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from followup_mail.facts.alignment import align, is_table_list
from followup_mail.facts.rewrite import rewrite
from followup_mail.facts.rewrite_listed import Place, rewrite_listed
from followup_mail.facts.rewrite_lists import add_listed, remove_listed
from followup_mail.facts.statements import read_toml


def rewrite_to(text: str, wanted: Mapping[str, Any]) -> str:
    """Return ``text``, a file without mistakes, changed so that it holds ``wanted``.

    Raises ``ValueError`` when that is not possible without touching anything else.
    """
    before, _ = read_toml(text)
    if before is None:
        raise ValueError("the file is not TOML")
    plain = {key: _plain_change(before.get(key), wanted.get(key)) for key in _plain_keys(before, wanted)}
    text = rewrite(text, plain)
    for key in _list_keys(before, wanted):
        text = _rewrite_list(text, (key,), before.get(key) or [], wanted.get(key) or [])
    if _without_empty(read_toml(text)[0]) != _without_empty(wanted):
        raise ValueError("the file is written in a way that cannot be changed safely")
    return text


def _rewrite_list(text: str, place: Place, before: list[Any], after: list[Any]) -> str:
    """Change what is in both, then take out from the last to the first, then add from the first to the last."""
    pairs = list(align(before, after))
    for old, new in pairs:
        if old is not None and new is not None:
            text = _rewrite_table(text, (*place, old), before[old], after[new])
    for old, new in reversed(pairs):
        if new is None and old is not None:
            text = remove_listed(text, (*place, old))
    for old, new in pairs:
        if old is None and new is not None:
            text = add_listed(text, (*place, new), after[new])
    return text


def _rewrite_table(text: str, place: Place, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    changes = {key: after.get(key) for key in _plain_keys(before, after) if after.get(key) != before.get(key)}
    if changes:
        text = rewrite_listed(text, place, changes)
    for key in _list_keys(before, after):
        text = _rewrite_list(text, (*place, key), before.get(key) or [], after.get(key) or [])
    return text


def _plain_change(old: Any, new: Any) -> Any:
    """Return the change of a key; of a table, that of each of its keys."""
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        return {key: (new or {}).get(key) for key in {**(old or {}), **(new or {})}}
    return new


def _plain_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    lists = _list_keys(before, after)
    return [key for key in {**before, **after} if key not in lists]


def _list_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [key for key in {**before, **after} if is_table_list(before.get(key)) or is_table_list(after.get(key))]


def _without_empty(value: Any) -> Any:
    """Return a value without empty lists and tables: a list goes with its last table, or stays as ``[]``."""
    if isinstance(value, Mapping):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ([], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value

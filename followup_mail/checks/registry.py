"""Find all rules in ``rules/``, name a rule by its code or name, choose rules as other linters do."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from followup_mail.checks import rules
from followup_mail.checks.phrase_rule import read_phrase_rule
from followup_mail.checks.rule import Rule
from followup_mail.errors import NotFoundError

_IMPLIES: Final = {"FM501": "FM506"}
"""Ignoring the first implies ignoring the second: who ignores the day that they named ignores the plan's day, too."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in order of its code."""
    names = (module.name for module in pkgutil.iter_modules(rules.__path__))
    modules = (importlib.import_module(f"{rules.__name__}.{name}") for name in names)
    files = (path for folder in rules.__path__ for path in Path(folder).glob("*.toml"))
    found = (*(module.RULE for module in modules), *(read_phrase_rule(path) for path in files))
    return tuple(sorted(found, key=lambda rule: rule.code))


def rule_named(code_or_name: str) -> Rule:
    """Return the rule of a code or name, in any case. Raises ``NotFoundError``, which names the nearest rule."""
    wanted = code_or_name.strip()
    found = next((rule for rule in all_rules() if wanted.casefold() in {rule.code.casefold(), rule.name}), None)
    if found is None:
        raise _unknown(wanted)
    return found


def choose_rules(
    select: Iterable[str] = (), ignore: Iterable[str] = (), ignored_before: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """Return the rules that ``--select`` names (all when it names none) without those that ``--ignore`` names.

    Each item is a code, the beginning of codes (``FM8``), a name, or ``errors``, ``warnings``, ``all``; several may be
    joined by commas. Raises ``NotFoundError`` for an item that names nothing. ``ignored_before`` is what was ignored
    when a mail was queued, perhaps by an earlier version: what names nothing by now counts for nothing there.
    """
    wanted = {rule.code for item in _items(select) for rule in _meant_by(item)} or {rule.code for rule in all_rules()}
    unwanted = {rule.code for item in _items(ignore) for rule in _meant_by(item)}
    unwanted |= {rule.code for item in _items(ignored_before) for rule in _still_meant_by(item)}
    unwanted |= {less for more, less in _IMPLIES.items() if more in unwanted}
    return tuple(rule for rule in all_rules() if rule.code in wanted - unwanted)


def _items(given: Iterable[str]) -> list[str]:
    return [item.strip() for text in given for item in text.split(",") if item.strip()]


def _meant_by(item: str) -> Sequence[Rule]:
    groups = {"all": "", "errors": "error", "warnings": "warning"}
    if item.casefold() in groups:
        return [rule for rule in all_rules() if rule.severity.startswith(groups[item.casefold()])]
    begun = [rule for rule in all_rules() if item[:2].casefold() == "fm" and rule.code.startswith(item.upper())]
    return begun or [rule_named(item)]


def _still_meant_by(item: str) -> Sequence[Rule]:
    try:
        return _meant_by(item)
    except NotFoundError:
        return ()


def _unknown(wanted: str) -> NotFoundError:
    known = [word for rule in all_rules() for word in (rule.name, rule.code)]
    near = difflib.get_close_matches(wanted.casefold()[:60], [word.casefold() for word in known], n=1)
    guess = next((f" Did you mean {word}?" for word in known if near and word.casefold() == near[0]), "")
    return NotFoundError(
        f"There is no rule '{wanted[:60]}'.{guess}", fix="`followup-mail check --explain all` lists every rule."
    )

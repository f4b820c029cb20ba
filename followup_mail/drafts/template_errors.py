"""What went wrong in a template, in one sentence: the template, the line, the fact that is missing, how to supply it.

Whatever a template made jinja2 say is shortened and made printable: it ends on a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from followup_mail.drafts.template_names import FACTS
from followup_mail.errors import TemplateError

_SAID_LIMIT: Final = 200


def explain(
    error: BaseException, template: str, facts: Mapping[str, object] | None = None, *, is_ours: bool = False
) -> TemplateError:
    """Turn whatever rendering raised into one error; of a template that ships, a missing fact has no place in it."""
    if isinstance(error, TemplateError):
        return error
    place = _place(error, template)
    if isinstance(error, SecurityError):
        return TemplateError(
            f"{place}: reaches for internals ({_said(error)}).", fix="A template may use facts, filters, if, for, set."
        )
    if isinstance(error, UndefinedError):
        return _explain_missing(_said(error), "" if is_ours else place, facts or {})
    if isinstance(error, RecursionError | MemoryError):
        return TemplateError(
            f"{place}: uses more memory than a template is allowed to.", fix="Look for a loop or nesting in it."
        )
    if isinstance(error, TemplateNotFound):
        return TemplateError(f"{place}: there is no template '{_said(error)}'.", fix="Correct the name in the include.")
    kind = "is not a valid template" if isinstance(error, JinjaError) else "failed"
    return TemplateError(f"{place}: {kind}: {_said(error)}.", fix="Fix that line.")


def how_to_supply(name: str) -> tuple[str, str]:
    """Return what a fact is and how to supply it; for a name that is no fact, nothing and the names there are."""
    return FACTS.get(name, ("", f"The facts a template can use: {', '.join(sorted(FACTS))}."))


def _explain_missing(said: str, place: str, facts: Mapping[str, object]) -> TemplateError:
    found = re.fullmatch(r"'([^']+)' is undefined", said)
    name = found[1] if found else ""
    meaning, fix = how_to_supply(name)
    if not meaning:
        return TemplateError(f"{place}: {said}.".removeprefix(": "), fix=fix)
    whose = f" for {facts['full_name']}" if facts.get("full_name") else ""
    if not place:
        return TemplateError(f"A fact is missing{whose}: {meaning}.", fix=fix)
    return TemplateError(f"{place}: needs `{name}` ({meaning}), which is not known{whose}.", fix=fix)


def _place(error: BaseException, template: str) -> str:
    """Return the template and line where it happened; that of an included one when it happened there."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or template}:{error.lineno}"
    place, trace = template, error.__traceback__
    while trace is not None:
        # For each frame of a template jinja2 puts one in its place that has the template's own file and line.
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            place = f"{'/'.join(Path(trace.tb_frame.f_code.co_filename).parts[-2:])}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _said(error: BaseException) -> str:
    text = str(error).rstrip(".") or type(error).__name__
    printable = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text[: _SAID_LIMIT + 1])
    return f"{printable[:_SAID_LIMIT]} ..." if len(text) > _SAID_LIMIT else printable

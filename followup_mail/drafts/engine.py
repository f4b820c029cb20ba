"""The template engine: jinja2 in its sandbox, strict about what is missing, with the few filters that prose needs.

Facts go in as values and come out as text; they are never parsed as templates. Autoescape is on for HTML only.
The sandbox keeps a template from internals; time and memory are bounded in ``bounded``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NoReturn

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from followup_mail.drafts import filters
from followup_mail.errors import TemplateError

_OUTPUT_LIMIT: Final = 200_000
_SOURCE_LIMIT: Final = 100_000
# Functions of jinja2 that a mail does not need and that make work without end cheap to ask for.
_NOT_FOR_MAILS: Final = ("range", "lipsum", "cycler", "joiner", "namespace")


class MissingFact(StrictUndefined):
    """A fact that is not there: false when asked for, an error when written."""

    def __bool__(self) -> bool:  # type: ignore[override]  # "if fact" is how a template asks
        return False


class _TagLines(Extension):
    """Let a line of nothing but tags leave no line behind, while a tag that ends a line of prose keeps its break."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "\n".join(_keep_break(line) for line in source.split("\n"))

    def parse(self, parser: Parser) -> NoReturn:
        raise NotImplementedError  # no tags of its own


def render(folders: Sequence[Path], template: str, facts: Mapping[str, object]) -> str:
    """Render one template file. Raises ``TemplateError`` naming the template, the line and the missing fact."""
    try:
        return _checked_size(_environment(tuple(folders)).get_template(template).render(**facts), template)
    except Exception as error:
        raise explain(error, template) from None


def explain(error: BaseException, template: str) -> TemplateError:
    """Turn whatever rendering raised into one sentence."""
    if isinstance(error, TemplateError):
        return error
    place = f"{template}:{_line_of(error, template)}" if _line_of(error, template) else template
    if isinstance(error, UndefinedError):
        return _explain_missing(str(error), place)
    if isinstance(error, SecurityError):
        return TemplateError(
            f"{place}: reaches for internals ({error}).", fix="A template may use facts, if, for, set."
        )
    if isinstance(error, RecursionError | MemoryError):
        return TemplateError(f"{place}: needs more memory than a mail may.", fix="Look for a loop or nesting in it.")
    if isinstance(error, UnicodeDecodeError | OSError):
        return TemplateError(f"{place}: cannot be read: {error}", fix="Save it as UTF-8 text.")
    kind = "is not a valid template" if isinstance(error, JinjaError) else "failed"
    return TemplateError(f"{place}: {kind}: {str(error).rstrip('.') or type(error).__name__}.", fix="Mend that line.")


def used_facts(folders: Sequence[Path], template: str) -> frozenset[str]:
    """Return the names of the facts that a template mentions."""
    from jinja2 import meta

    environment = _environment(tuple(folders))
    try:
        loader = environment.loader
        assert loader is not None
        source = loader.get_source(environment, template)[0]
        tree: nodes.Template = environment.parse(source, template)
    except Exception as error:
        raise explain(error, template) from None
    return frozenset(meta.find_undeclared_variables(tree))


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders], encoding="utf-8-sig"),
        undefined=MissingFact,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
        extensions=[_TagLines],
    )
    for name in _NOT_FOR_MAILS:
        environment.globals.pop(name, None)
    environment.filters.update(filters.FILTERS)
    return environment


def _keep_break(line: str) -> str:
    stripped = line.rstrip()
    if not stripped.endswith("%}") or re.fullmatch(r"(\s*\{%((?!%\}).)*%\})+", stripped):
        return line
    return re.sub(r"[+-]?%\}$", "+%}", stripped) if not stripped.endswith("-%}") else line


def _checked_size(text: str, template: str) -> str:
    if len(text) > _OUTPUT_LIMIT:
        raise TemplateError(f"{template}: renders to {len(text):,} characters.", fix="A mail has a few hundred words.")
    return text


def _line_of(error: BaseException, template: str) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.replace("\\", "/").endswith(template):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _explain_missing(said: str, place: str) -> TemplateError:
    from followup_mail.drafts.context import how_to_supply

    found = re.search(r"'([^']+)' is undefined", said)
    name = found[1] if found else ""
    meaning, fix = how_to_supply(name)
    sentence = f"{place}: needs {meaning}, which the facts do not hold." if meaning else f"{place}: {said}."
    return TemplateError(sentence, fix=fix)

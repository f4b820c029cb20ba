"""The template engine: jinja2 in its sandbox, strict about what is missing, with the few filters that prose needs.

Facts go in as values and come out as text; they are never parsed as templates. Autoescape is on for HTML only.
The sandbox keeps a template from internals; it bounds neither time nor memory, so this process renders only what
ships with the program. The user's own templates go through ``render_process``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import StrictUndefined, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from followup_mail.drafts.filters import FILTERS
from followup_mail.drafts.tag_lines import TagLines
from followup_mail.drafts.template_errors import explain
from followup_mail.drafts.template_files import FolderLoader
from followup_mail.errors import TemplateError

_OUTPUT_LIMIT: Final = 100_000
# Functions of jinja2 that a mail does not need and that make work without end cheap to ask for.
_NOT_FOR_MAILS: Final = ("range", "lipsum", "cycler", "joiner", "namespace")


class MissingFact(StrictUndefined):
    """A fact that is not there: false when asked for, an error when written."""

    def __bool__(self) -> bool:  # type: ignore[override]  # "if fact" is how a template asks
        return False


def render(folders: Sequence[Path], template: str, facts: Mapping[str, object], *, is_ours: bool = False) -> str:
    """Render one template file. Raises ``TemplateError`` naming the template, the line and the missing fact.

    Of a template that ships only the fact is named: nobody is to mend that.
    """
    try:
        text = _environment(tuple(folders)).get_template(template).render(**facts)
    except Exception as error:
        raise explain(error, template, facts, is_ours=is_ours) from None
    if len(text) > _OUTPUT_LIMIT:
        raise TemplateError(f"{template}: renders to {len(text):,} characters.", fix="A mail has a few hundred words.")
    return text


def used_facts(folders: Sequence[Path], template: str) -> list[str]:
    """Return the names of the facts that a template mentions, in alphabetical order. Raises ``TemplateError``."""
    environment = _environment(tuple(folders))
    try:
        source = FolderLoader(folders).get_source(environment, template)[0]
        return sorted(meta.find_undeclared_variables(environment.parse(source, template)))
    except Exception as error:
        raise explain(error, template) from None


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FolderLoader(folders),
        undefined=MissingFact,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[TagLines],
    )
    for name in _NOT_FOR_MAILS:
        environment.globals.pop(name, None)
    environment.filters.update(FILTERS)
    return environment

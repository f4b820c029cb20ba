"""What proposed changes come to against the facts as they are now; nothing is written.

Words such as "friday" mean what they meant on the day of the proposal, whenever a person decides about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as dataclass_replace
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import OptionsError, RefusedError
from followup_mail.facts.debrief import write_facts
from followup_mail.facts.names import is_slug
from followup_mail.facts.unfit_values import quoted
from followup_mail.proposals.proposal import ProposedFacts
from followup_mail.services.adding.add_application import suggest_name
from followup_mail.services.adding.debrief_options import read_options
from followup_mail.services.changing.change_application import plan_change_of, read_unwritten
from followup_mail.services.changing.fact_differences import find_differences
from followup_mail.services.changing.facts_draft import FactsDraft
from followup_mail.services.proposals.discreet_draft import DiscreetDraft
from followup_mail.services.proposals.proposable import as_options
from followup_mail.workspace import Workspace


class PlannedFacts(Struct, frozen=True):
    """What a proposal of facts comes to."""

    application: str
    """Its short name, also where it would be added."""
    text: str
    """The facts file as it is; empty for an application that would be added."""
    changed: str
    """As it would be."""
    differences: tuple[str, ...]
    """A line for each fact."""
    before: dict[str, Any]
    """The tables of the file as it is."""
    after: dict[str, Any]
    """As they would be."""
    told: tuple[str, ...] = ()
    """What was guessed, in sentences."""


def plan_facts(
    workspace: Workspace, application: str, facts: ProposedFacts, at: datetime, *, even_written: bool = False
) -> PlannedFacts:
    """Return what changes of ``at`` come to. They are clean (``proposable.clean_changes``).

    With ``even_written`` an application to be added may be there, if its file is exactly what would be written.
    Raises ``OptionsError`` with every change that cannot be carried out, or with what would be wrong in the facts then;
    ``NotFoundError``, ``RefusedError`` for an application that is there already, ``FactsFileError`` for facts that are
    wrong now.
    """
    then = dataclass_replace(workspace, clock=lambda: at)
    told: list[str] = []
    given = as_options(facts.changes)
    if facts.is_new:
        planned = _plan_new(then, application, given, told.append, even_written=even_written)
    else:
        then.facts.load(application)
        draft = DiscreetDraft(then.facts.text(application))
        change = plan_change_of(then, application, draft, given, told.append)
        planned = _compare(application, change.text, change.changed)
    return replace(planned, told=tuple(told))


def _plan_new(
    workspace: Workspace, application: str, given: dict[str, Any], tell: Callable[[str], object], *, even_written: bool
) -> PlannedFacts:
    answers = read_options(workspace, given, tell)
    slug = application or suggest_name(workspace, answers.company, answers.role)
    if not is_slug(slug):
        raise OptionsError(f"{quoted(slug)} cannot name an application.", fix='Write it like "northwind-analytics".')
    text = write_facts(answers)
    read_unwritten(workspace.facts.path(slug), slug, text)
    is_there = slug in workspace.facts.slugs()
    if is_there and even_written and workspace.facts.text(slug) == text:
        return _compare(slug, text, text)
    if is_there:
        raise RefusedError(
            f"There is an application {slug} already.", fix="Propose changes of it, or give the new one another name."
        )
    return _compare(slug, "", text)


def _compare(slug: str, text: str, changed: str) -> PlannedFacts:
    before, after = FactsDraft(text).before, FactsDraft(changed).before
    return PlannedFacts(slug, text, changed, tuple(find_differences(before, after)), before, after)

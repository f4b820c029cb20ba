"""What proposed changes come to against the facts as they are now; nothing is written.

Words such as "friday" mean what they meant on the day of the proposal, whenever a person decides about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as dataclass_replace
from datetime import datetime
from typing import Any

from msgspec import Struct

from followup_mail.errors import OptionsError, RefusedError
from followup_mail.facts.debrief import write_facts
from followup_mail.facts.names import is_slug
from followup_mail.facts.unfit_values import quoted
from followup_mail.proposals.proposal import ProposedFacts
from followup_mail.services.add_application import suggest_name
from followup_mail.services.change_application import plan_change, read_unwritten
from followup_mail.services.debrief_options import read_options
from followup_mail.services.fact_differences import find_differences
from followup_mail.services.facts_draft import FactsDraft
from followup_mail.services.proposable import as_options
from followup_mail.workspace import Workspace


class PlannedFacts(Struct, frozen=True):
    """What a proposal of facts comes to."""

    application: str
    """Its short name, also of one that would be added."""
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


def plan_facts(workspace: Workspace, application: str, facts: ProposedFacts, at: datetime) -> PlannedFacts:
    """Return what changes of ``at`` come to. They are clean (``proposable.clean_changes``).

    Raises ``OptionsError`` with every change that cannot be carried out, or with what would be wrong in the facts then;
    ``NotFoundError``, ``RefusedError`` for an application that is there already, ``FactsFileError`` for facts that are
    wrong now.
    """
    then = dataclass_replace(workspace, clock=lambda: at)
    told: list[str] = []
    planned = (_plan_new if facts.is_new else _plan_change)(then, application, as_options(facts.changes), told.append)
    return PlannedFacts(*planned, tuple(told))


Plan = tuple[str, str, str, tuple[str, ...], dict[str, Any], dict[str, Any]]


def _plan_change(workspace: Workspace, application: str, given: dict[str, Any], tell: Callable[[str], object]) -> Plan:
    change = plan_change(workspace, application, given, tell)
    before, after = FactsDraft(change.text).before, FactsDraft(change.changed).before
    return application, change.text, change.changed, change.differences, before, after


def _plan_new(workspace: Workspace, application: str, given: dict[str, Any], tell: Callable[[str], object]) -> Plan:
    answers = read_options(workspace, given, tell)
    slug = application or suggest_name(workspace, answers.company, answers.role)
    _refuse_name(workspace, slug)
    text = write_facts(answers)
    read_unwritten(workspace.facts.path(slug), slug, text)
    after = FactsDraft(text).before
    return slug, "", text, tuple(find_differences({}, after)), {}, after


def _refuse_name(workspace: Workspace, slug: str) -> None:
    if not is_slug(slug):
        raise OptionsError(f"{quoted(slug)} cannot name an application.", fix='Write it like "northwind-analytics".')
    if slug in workspace.facts.slugs():
        raise RefusedError(
            f"There is an application {slug} already.", fix="Propose changes of it, or give the new one another name."
        )

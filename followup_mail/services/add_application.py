"""Write down a new application: from the answers of a debrief, or from a facts file made elsewhere."""

from __future__ import annotations

import tomllib
from pathlib import Path

from msgspec import Struct

from followup_mail.errors import FactsError, NotFoundError, RefusedError
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.debrief import Answers, suggest_slug, write_facts
from followup_mail.facts.names import slugify
from followup_mail.workspace import Workspace


class Added(Struct, frozen=True):
    """A new facts file."""

    application: str
    file: Path


def add_debrief(workspace: Workspace, answers: Answers, slug: str = "") -> Added:
    """Write the answers into a facts file, named after company and role when ``slug`` is empty. Never overwrites.

    Raises ``RefusedError`` when there is such an application, or one for the same position and no ``slug``, and
    ``FactsFileError`` when the answers do not fit together.
    """
    return _create(workspace, slug or suggest_name(workspace, answers.company, answers.role), write_facts(answers))


def add_file(workspace: Workspace, text: str, source: Path, slug: str = "") -> Added:
    """Take the text of a facts file over. ``source`` is what errors call it. Raises as ``add_debrief`` does."""
    name = slug or suggest_name(workspace, *_peek(text))
    application = parse_application(text, source, name)
    if application.cadence:
        _require_cadence(workspace, application.cadence, source)
    return _create(workspace, name, text)


def _require_cadence(workspace: Workspace, name: str, source: Path) -> None:
    """Raise ``FactsError`` where there is no such method: it would stop what is done for all of them."""
    try:
        workspace.cadence(name)
    except NotFoundError as error:
        raise FactsError(f"{source}: cadence: {error.sentence}", fix=error.fix) from None


def _create(workspace: Workspace, slug: str, text: str) -> Added:
    return Added(slug, workspace.facts.create(slug, text))


def find_twin(workspace: Workspace, company: str, role: str) -> str:
    """Return the short name of the application under way for this company and role; empty when there is none."""
    wanted = slugify(company), slugify(role)
    known = (one for one in workspace.facts.load_all()[0] if not one.outcome.status.is_end)
    return next((one.slug for one in known if (slugify(one.company), slugify(one.role)) == wanted), "")


def refuse_twin(workspace: Workspace, company: str, role: str) -> None:
    """Raise ``RefusedError`` when there is an application under way for this company and role."""
    if twin := find_twin(workspace, company, role):
        raise RefusedError(
            f"There is an application for {role} at {company} already: {twin}.",
            fix=f"Add to it with `followup-mail change {twin} --start ... --person ...`. If this is another "
            "one, give it a short name of its own: `followup-mail add NAME ...`. "
            f"`followup-mail merge NAME {twin}` puts the two together later.",
        )


def suggest_name(workspace: Workspace, company: str, role: str) -> str:
    """Return a short name for a new application that is not taken. Raises as ``refuse_twin`` does."""
    refuse_twin(workspace, company, role)
    return free_name(workspace, company, role)


def free_name(workspace: Workspace, company: str, role: str) -> str:
    """Return a short name that is not taken, also for a second application for the same role."""
    return suggest_slug(company, role, workspace.facts.slugs())


def _peek(text: str) -> tuple[str, str]:
    """Return company and role of a facts file that may yet be wrong, to name it by."""
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return "application", ""
    return str(found.get("company", "application")), str(found.get("role", ""))

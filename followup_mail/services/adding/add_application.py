"""Write down a new application: from the answers of a debrief, or from a facts file made elsewhere."""

from __future__ import annotations

import tomllib
from pathlib import Path

from msgspec import Struct

from followup_mail.errors import FactsError, NotFoundError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.debrief import Answers, suggest_slug, write_facts
from followup_mail.facts.facts_folder import require_slug
from followup_mail.facts.names import slugify
from followup_mail.workspace import Workspace


class Added(Struct, frozen=True):
    """A new facts file."""

    application: str
    file: Path


def add_debrief(workspace: Workspace, answers: Answers, slug: str = "", *, beside: bool = False) -> Added:
    """Write the answers into a facts file, named after company and role when ``slug`` is empty. Never overwrites.

    Raises ``RefusedError`` when there is such an application, or one for the same position that it does not stand
    ``beside`` and no ``slug``, and ``FactsFileError`` when the answers do not fit together.
    """
    name = slug or _suggest(workspace, answers.company, answers.role, beside=beside)
    return _create(workspace, name, write_facts(answers))


def add_file(workspace: Workspace, text: str, source: Path, slug: str = "", *, beside: bool = False) -> Added:
    """Take the text of a facts file over. ``source`` is what errors call it. Raises as ``add_debrief`` does."""
    name = slug or _suggest(workspace, *_peek(text), beside=beside)
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


def find_twin(workspace: Workspace, company: str, role: str) -> Application | None:
    """Return the application for this company and role that has not ended, the archived one last; None without any."""
    wanted = slugify(company), slugify(role)
    known = (one for one in workspace.facts.load_all()[0] if not one.outcome.status.is_end)
    same = [one for one in known if (slugify(one.company), slugify(one.role)) == wanted]
    return min(same, key=lambda one: one.archived, default=None)


def refuse_twin(workspace: Workspace, company: str, role: str) -> None:
    """Raise ``RefusedError`` when there is an application for this company and role that has not ended."""
    twin = find_twin(workspace, company, role)
    if twin and twin.archived:
        raise RefusedError(
            f"There is an archived application for {role} at {company}: {twin.slug}.",
            fix="If you apply again, write a new one beside it: the same command with --beside. If the old one goes "
            f"on, take it out of the archive with `followup-mail archive {twin.slug} --undo`, then add the new round "
            f"with `followup-mail change {twin.slug} --start ... --person ...`.",
        )
    if twin:
        raise RefusedError(
            f"There is an application for {role} at {company} already: {twin.slug}.",
            fix=f"Add to it with `followup-mail change {twin.slug} --start ... --person ...`. If this is another "
            "one, give it a short name of its own: `followup-mail add NAME ...`. "
            f"`followup-mail merge NAME {twin.slug}` puts the two together later.",
        )


def _suggest(workspace: Workspace, company: str, role: str, *, beside: bool) -> str:
    return (free_name if beside else suggest_name)(workspace, company, role)


def require_free_name(workspace: Workspace, slug: str) -> None:
    """Raise ``FactsError`` or ``RefusedError`` for a short name that no new application can have, before it is told."""
    require_slug(slug)
    if slug in workspace.facts.slugs():
        raise RefusedError(
            f"There is an application {slug} already.",
            fix=f"Change it with `followup-mail change {slug}` or `followup-mail edit {slug}`, or choose another name.",
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

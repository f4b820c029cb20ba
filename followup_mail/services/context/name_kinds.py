"""Which kinds of mail there are to write, said where somebody left the kind out."""

from __future__ import annotations

from typing import NoReturn

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import LeftOutError
from followup_mail.services.context.application_context import open_application
from followup_mail.workspace import Workspace


def refuse_without_kind(workspace: Workspace, slug: str, command: str, *, planned: bool = False) -> NoReturn:
    """Raise ``LeftOutError`` with the kinds that the plan of an application has; with all where none is named.

    With ``planned`` no kind is needed, only the application.

    Raises ``NotFoundError`` for an application that there is not.
    """
    if not slug:
        there = ", ".join(workspace.facts.slugs()) or "none yet; `followup-mail add` writes one down"
        if planned:
            raise LeftOutError(
                f"Say for which application: followup-mail {command} APP --planned", fix=f"Applications: {there}."
            )
        raise LeftOutError(
            f"Say for which application, and what: followup-mail {command} APP KIND",
            fix=f"Applications: {there}. Kinds: {', '.join(Kind)}.",
        )
    steps = list(dict.fromkeys(step.kind for step in open_application(workspace, slug).plan.steps))
    said = f"The plan has: {', '.join(steps)}." if steps else "The plan has nothing yet."
    others = [kind for kind in Kind if kind not in steps]
    example = f"e.g. followup-mail {command} {slug} {(steps or others)[0]}"
    raise LeftOutError(f"Say what to write for {slug}. {said}", fix=f"{example}; other kinds: {', '.join(others)}.")

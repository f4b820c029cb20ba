"""A letter of theirs: asked about where something does not seem to fit, then recorded, wherever it came from."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from followup_mail.facts.terms import Status
from followup_mail.services.answers.record_letter import Came, record_no, record_other
from followup_mail.services.answers.settle_letter import SettledLetter
from followup_mail.services.writing.who_writes import note_shown
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import facts_version
from followup_mail.workspace import Workspace


def is_open(asked: Asked, settled: SettledLetter) -> bool:
    """Return whether something about a letter has to be confirmed that the form does not confirm."""
    return settled.has_to_ask and asked.form.get("sure") != _version(settled)


def chosen(asked: Asked) -> int:
    """Return which of those who can be answered was chosen; the first where none was."""
    return 1 if asked.form.get("whom") == "1" else 0


def ask_about(asked: Asked, workspace: Workspace, status: Status, settled: SettledLetter, **more: Any) -> Response:
    """Show a letter with what does not seem to fit, to be confirmed.

    ``more``: ``version`` that the form was made from; ``others``, the versions of the applications that it may
    belong to; ``kept``, the letter to be sent along; or ``seen``, the mail of the inbox that it is.
    """
    return asked.page(
        "deciding/letter.html",
        application=workspace.facts.load(settled.slug),
        status_chosen=status,
        settled=settled,
        sure=_version(settled),
        letter=settled.taken.letter,
        **{"others": {}, "kept": "", "seen": None, **more},
    )


def record_and_go(asked: Asked, workspace: Workspace, came: Came, status: Status) -> Response:
    """Record it, and lead to what came of it."""
    slug, told = came.slug, list[str]()
    if status is not Status.REJECTED:
        changes = record_other(workspace, came, status, told.append)
        return asked.go(
            f"/applications/{slug}", "deciding.answered", slug=slug, status=status, changes=changes, told=told
        )
    rejection = record_no(workspace, came, told.append)
    note_shown(workspace, rejection.prepared)
    entries = rejection.entries or ((rejection.before.entry,) if rejection.before and rejection.before.entry else ())
    to = f"/outbox/{entries[0].id}" if entries else f"/applications/{slug}"
    return asked.go(to, "deciding.rejected", rejection=rejection, told=list(dict.fromkeys(told)), slug=slug)


def _version(settled: SettledLetter) -> str:
    """Return the version of what has to be confirmed."""
    return facts_version(repr((settled.doubts, [(person.name, person.email) for person in settled.choices])))

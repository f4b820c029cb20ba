"""The mails that answers went into, whole, as they stand now; and leaving out what we say in somebody's name."""

from __future__ import annotations

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.asking.ask_questions import next_mail
from followup_mail.services.asking.own_claims import find_claims, take_out
from followup_mail.services.context.request import Request, read_kind
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.prepared import Prepared
from followup_mail.web.frame.asked import Asked, Form
from followup_mail.web.frame.shown import facts_version
from followup_mail.web.views.facts.after_change import go_on
from followup_mail.workspace import Workspace


def show_mails(asked: Asked) -> Response:
    """Show each mail of a kind; what prevents it is said."""
    with asked.open() as workspace:
        application = workspace.facts.load(asked.path["slug"])
        prepared: tuple[Prepared, ...] = ()
        error: FollowupError | None = None
        try:
            prepared = _prepare(workspace, application.slug, asked.query)
        except FollowupError as wrong:
            error = wrong
        return asked.page(
            "facts/mails.html", application=application, prepared=prepared, claims=find_claims(prepared), error=error,
            kind=asked.query.get("kind"), to=asked.query.get("to"),
            version=facts_version(workspace.facts.text(application.slug)),
        )  # fmt: skip


def leave_out(asked: Asked) -> Response:
    """Leave out from all mails of an application what one sentence of ours says."""
    slug = asked.path["slug"]
    with asked.open(f"ask {slug}") as workspace:
        before = workspace.facts.load(slug)
        asked.require_shown(facts_version(workspace.facts.text(slug)))
        for claim in find_claims(_prepare(workspace, slug, asked.form)):
            if claim.move == asked.form.get("move"):
                take_out(workspace, slug, claim)
        now = workspace.facts.load(slug)
        return go_on(asked, workspace, now, before, f"/applications/{slug}/questions", differences=())


def _prepare(workspace: Workspace, slug: str, form: Form) -> tuple[Prepared, ...]:
    wanted, to = form.get("kind"), form.get("to")
    kind = read_kind(wanted) if wanted else next_mail(workspace.facts.load(slug))
    return prepare(workspace, Request(slug, kind, (to,) if to else (), even_taken=True)).prepared

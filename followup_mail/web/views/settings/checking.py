"""Check a mail that was written elsewhere, or all that is due or queued; what a rule looks for."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from followup_mail.cadence.kinds import Kind
from followup_mail.checks import choose_rules, explain, rule_named, summary
from followup_mail.errors import FollowupError
from followup_mail.services.checking.check_mails import check_all, check_given
from followup_mail.services.checking.check_saved_mail import make_eml
from followup_mail.services.context.request import read_kind
from followup_mail.services.writing.checked import Checked
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.workspace import Workspace

_FIELDS: Final = ("to", "subject", "text", "application", "kind")


def show_check(asked: Asked) -> Response:
    """Show the form."""
    with asked.open() as workspace:
        return _page(asked, workspace, {name: asked.query.get(name) for name in _FIELDS})


def check_it(asked: Asked) -> Response:
    """Show what is found in the mail, above the form as it was filled."""
    with asked.open() as workspace:
        typed = {name: asked.form.get(name) for name in _FIELDS}
        files = asked.form.files.get("file", ())
        if not (files or typed["text"].strip()):
            return _page(asked, workspace, typed, lacks_mail=True)
        try:
            kind = read_kind(typed["kind"]) if typed["kind"] else None
            made = (make_eml(workspace, typed["to"], typed["subject"], typed["text"]), typed["subject"])
            mail = (files[0].content, files[0].name) if files else made
            checked = check_given(workspace, mail, typed["application"], choose_rules((), ()), kind)
        except FollowupError as error:
            return _page(asked, workspace, typed, error=error)
        return _page(asked, workspace, typed, checked=checked)


def check_everything(asked: Asked) -> Response:
    """Show what is found in every mail that is due or queued."""
    with asked.open() as workspace:
        return _page(asked, workspace, dict.fromkeys(_FIELDS, ""), checked=check_all(workspace, choose_rules((), ())))


def show_rule(asked: Asked) -> Response:
    """Show what one rule looks for, why, and with which examples."""
    rule = rule_named(asked.path["code"])
    return asked.page("settings/rule.html", rule=rule, text=explain(asked.path["code"]))


def _page(asked: Asked, workspace: Workspace, typed: dict[str, str], **found: Any) -> Response:
    checked: Checked | None = found.get("checked")
    return asked.page(
        "settings/check.html",
        422 if found and not checked else 200,
        typed=typed,
        applications=workspace.facts.slugs(),
        kinds=[(str(kind), kind.traits.in_heading) for kind in Kind],
        summaries={mail.name: summary(mail.findings) for mail in checked.mails} if checked else {},
        **{"checked": None, "error": None, "lacks_mail": False, **found},
    )


ROUTES: Final = (
    Get("/check", show_check),
    Post("/check", check_it),
    Post("/check/all", check_everything),
    Get("/check/rules/{code}", show_rule),
)

"""Change what is written down, in forms: each field says what is wrong with it, and two windows undo nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from followup_mail.errors import FollowupError, OptionsError, RefusedError
from followup_mail.facts.channels import Channel
from followup_mail.facts.terms import Format, Role
from followup_mail.services.changing.change_application import apply_change
from followup_mail.services.changing.change_by_fields import FieldProblem, plan_fields
from followup_mail.services.changing.fact_fields import list_interviews, list_people, list_promises, read_fields
from followup_mail.services.changing.facts_draft import FactsDraft
from followup_mail.services.context.mail_accounts import account_names
from followup_mail.services.context.usable_methods import method_names
from followup_mail.web.frame.asked import Asked, Form
from followup_mail.web.views.facts.after_change import go_on
from followup_mail.workspace import Workspace


@dataclass(frozen=True)
class Typed:
    """What a form holds beside the facts of now."""

    values: Mapping[str, str] = field(default_factory=dict)
    """What was typed and is not in the facts."""
    problems: Mapping[str, FieldProblem] = field(default_factory=dict)
    meanwhile: Mapping[str, str] = field(default_factory=dict)
    """What other fields hold by now that were typed in here too."""
    lost: tuple[str, ...] = ()
    """What was typed about somebody who is not in the facts any more."""
    error: FollowupError | None = None


def show_change(asked: Asked) -> Response:
    """Show the forms with the facts of now."""
    with asked.open() as workspace:
        return _page(asked, workspace, Typed(), 200)


def save_change(asked: Asked) -> Response:
    """Write what was typed, all of it or nothing; what others changed meanwhile stays."""
    slug = asked.path["slug"]
    with asked.open(f"change {slug}") as workspace:
        before = workspace.facts.load(slug)
        text, wanted = workspace.facts.text(slug), _read_typed(asked.form)
        typed = _settle(text, asked.form.get("shown"), wanted)
        if typed.meanwhile or typed.lost:
            return _page(asked, workspace, typed, 409)
        try:
            planned = plan_fields(workspace, slug, text, typed.values)
            if planned.change is None:
                return _page(asked, workspace, Typed(typed.values, planned.problems), 422)
            apply_change(workspace, planned.change)
        except (OptionsError, RefusedError) as error:
            return _page(asked, workspace, Typed(typed.values, error=error), 422)
        to = f"/applications/{slug}/change"
        if not planned.change.differences:
            return asked.go(to, "facts.unchanged")
        now = workspace.facts.load(slug)
        return go_on(asked, workspace, now, before, to, differences=planned.change.differences)


def _read_typed(form: Form) -> dict[str, str]:
    """Return what the fields hold; a reading that was chosen stands in place of what could mean several days."""
    typed = {name: form.get(name) for name in form.fields if name not in {"form_word", "shown", "reading"}}
    name, _, written = form.get("reading").partition("=")
    return {**typed, name: written} if name in typed else typed


def _settle(text: str, shown: str, typed: Mapping[str, str]) -> Typed:
    """Return what was changed here since the form was made from ``shown``, beside what was changed elsewhere."""
    now, base = read_fields(text), _read_shown(shown, text)
    mine = {name: value for name, value in typed.items() if value.strip() != base.get(name, "").strip()}
    known = {*base, *(name for part in _parts(FactsDraft(shown or text)) for name in (f"{part}/remove",))}
    there = {f"{part}/remove" for part in _parts(FactsDraft(text))} | now.keys()
    lost = tuple(value for name, value in mine.items() if name in known and name not in there)
    clash = {
        name: now[name] for name, value in mine.items() if name in now and now[name] not in {base.get(name, ""), value}
    }
    return Typed({name: value for name, value in mine.items() if name in there or name not in known}, {}, clash, lost)


def _read_shown(shown: str, text: str) -> dict[str, str]:
    try:
        return read_fields(shown or text)
    except FollowupError:
        return read_fields(text)


def _parts(draft: FactsDraft) -> Iterator[str]:
    for part in (*list_interviews(draft), *list_people(draft), *list_promises(draft)):
        yield part.name


def _page(asked: Asked, workspace: Workspace, typed: Typed, status: int) -> Response:
    application = workspace.facts.load(asked.path["slug"])
    text = workspace.facts.text(application.slug)
    draft = FactsDraft(text)
    choices: dict[str, Any] = {
        "formats": tuple(Format), "channels": tuple(Channel), "roles": tuple(Role),
        "methods": method_names(workspace), "accounts": account_names(workspace),
    }  # fmt: skip
    return asked.page(
        "facts/change.html", status, application=application, text=text, typed=typed, choices=choices,
        values={**read_fields(text), **typed.values},
        interviews=list_interviews(draft), people=list_people(draft), promises=list_promises(draft),
    )  # fmt: skip

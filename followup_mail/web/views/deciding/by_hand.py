"""What the user did by hand, written down; and what to say or print for it."""

from __future__ import annotations

from starlette.responses import Response

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.roster import Member, list_members
from followup_mail.cadence.step import Step
from followup_mail.errors import FollowupError, WhenError
from followup_mail.facts.channels import CARD, Channel
from followup_mail.services.applications.forget import find_kept
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.by_hand.scripts import ScriptChoice, choose_script, letter_page, make_script
from followup_mail.services.context.application_context import open_application
from followup_mail.services.typed.said_options import read_moment_option
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import ChangedError, facts_version
from followup_mail.web.views.deciding.acting import name_of
from followup_mail.workspace import Workspace


class SeveralStepsError(FollowupError):
    """What was done could have been several steps of the plan."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        super().__init__("")
        self.steps = steps


def show_log(asked: Asked) -> Response:
    """Ask what was done, to whom, when, and what was said."""
    with asked.open() as workspace:
        return _log_page(asked, workspace)


def log(asked: Asked) -> Response:
    """Write it down; where it could have been several steps of the plan, ask which."""
    slug, form = asked.path["slug"], asked.form

    def choose(steps: tuple[Step, ...]) -> Step:
        meant = next((step for step in steps if str(step.id) == form.get("step")), None)
        if meant is None:
            raise SeveralStepsError(steps)
        return meant

    with asked.open(f"log {slug}") as workspace:
        field = ""
        try:
            asked.require_shown(_log_version(workspace, slug))
            if form.get("at").strip():
                field = "at"
                read_moment_option(workspace, name_of(asked, "the_moment"), form.get("at"))
                field = ""
            done = Done(
                slug,
                form.get("channel"),
                form.get("to"),
                form.get("kind"),
                form.get("at").strip(),
                not form.get("nobody"),
                form.get("said"),
            )
            logged = log_touch(workspace, done, choose)
        except SeveralStepsError as several:
            return _log_page(asked, workspace, steps=several.steps)
        except ChangedError as error:
            return _log_page(asked, workspace, 409, error=error)
        except FollowupError as error:
            # A moment that is still to come is only refused when it is written down.
            field = field or ("at" if isinstance(error, WhenError) else "")
            return _log_page(asked, workspace, 422, error=None if field else error, wrong={field: error})
        at = logged.touch.at.astimezone(workspace.own_zone)
        person = next(
            (member.person.name for member in _members(workspace, slug) if member.handle == logged.touch.step.person),
            "",
        )
        return asked.go(f"/applications/{slug}", "deciding.logged", logged=logged, at=at, person=person)


def _log_page(asked: Asked, workspace: Workspace, status: int = 200, **more: object) -> Response:
    application = workspace.facts.load(asked.path["slug"])
    values = {"error": None, "wrong": {}, "steps": (), **more}
    given = asked.form if asked.form.fields else asked.query
    channels = sorted(Channel, key=lambda channel: channel.traits.is_sent)
    return asked.page(
        "deciding/log.html",
        status,
        application=application,
        members=list_members(application),
        channels=channels,
        kinds=tuple(Kind),
        given=given,
        version=_log_version(workspace, application.slug),
        **values,
    )


def _members(workspace: Workspace, slug: str) -> tuple[Member, ...]:
    return list_members(workspace.facts.load(slug))


def _log_version(workspace: Workspace, slug: str) -> str:
    """Return the version of facts and contacts: so that the same form sent twice is not written down twice."""
    kept = find_kept(workspace, slug)
    return facts_version(f"{kept.text}{kept.touches!r}")


def show_script(asked: Asked) -> Response:
    """Show what to say or print for the next step that is not a mail, or for the person and the way chosen."""
    with asked.open() as workspace:
        application = workspace.facts.load(asked.path["slug"])
        choice = ScriptChoice(asked.query.get("to"), asked.query.get("channel"), asked.query.get("form"))
        script, error = None, None
        try:
            script = make_script(workspace, application.slug, choice)
        except FollowupError as why_not:
            error = why_not
        return asked.page(
            "deciding/script.html",
            application=application,
            members=list_members(application),
            channels=[channel for channel in Channel if channel.traits.script],
            choice=choice,
            script=script,
            error=error,
            card=CARD,
        )


def load_letter(asked: Asked) -> Response:
    """Give the letter as a page of its own, to keep and to print."""
    with asked.open() as workspace:
        context = open_application(workspace, asked.path["slug"])
        printed = next((channel.word for channel in Channel if channel.traits.is_printed), "")
        step = choose_script(context, asked.query.get("to"), asked.query.get("channel") or printed)
        page = letter_page(workspace, context, step, asked.query.get("form"))
        name = f"letter-{context.application.slug}.html"
        return Response(page, media_type="text/html", headers={"Content-Disposition": f'attachment; filename="{name}"'})

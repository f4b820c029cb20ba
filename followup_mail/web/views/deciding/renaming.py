"""Changes of the application as a whole: another method, another short name, put together with another, deleted."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.applications.forget import (
    Kept,
    find_forgettable,
    find_kept,
    forget_application,
    forget_at_once,
)
from followup_mail.services.applications.merge_applications import apply_merge, plan_merge
from followup_mail.services.applications.merge_facts import Clash
from followup_mail.services.applications.rename_application import rename_application
from followup_mail.services.changing.change_application import apply_change, plan_change
from followup_mail.services.context.usable_methods import find_methods
from followup_mail.undo.journal import FORGOTTEN_KEPT_FOR
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import entries_version, facts_version
from followup_mail.web.views.deciding.acting import decide
from followup_mail.web.views.deciding.undoing import find_outdated_quietly
from followup_mail.workspace import Workspace


def show_methods(asked: Asked) -> Response:
    """Show the methods to follow up by, to choose another method."""
    with asked.open() as workspace:
        application = workspace.facts.load(asked.path["slug"])
        usable, broken = find_methods(workspace)
        return asked.page(
            "deciding/method.html",
            application=application,
            version=facts_version(workspace.facts.text(application.slug)),
            methods=usable,
            broken=broken,
            current=application.cadence or workspace.settings.cadence,
        )


def choose_method(asked: Asked) -> Response:
    """Follow the application up by another method."""

    def act(workspace: Workspace, slug: str) -> Response:
        before = workspace.facts.load(slug)
        name = asked.form.get("cadence")
        apply_change(workspace, plan_change(workspace, slug, {"cadence": name}, lambda _: None))
        method = workspace.cadence_of(workspace.facts.load(slug))
        outdated = find_outdated_quietly(workspace, slug, before)
        return asked.go(f"/applications/{slug}#plan", "deciding.method_chosen", method=method, outdated=outdated)

    return decide(asked, "change", act)


def rename(asked: Asked) -> Response:
    """Give the application another short name."""

    def act(workspace: Workspace, slug: str) -> Response:
        new = asked.form.get("new_name").strip()
        rename_application(workspace, slug, new)
        return asked.go(f"/applications/{new}", "deciding.renamed", was=slug, new=new)

    return decide(asked, "change", act, "new_name")


@dataclass
class _Settling:
    """What the form says about each fact that two applications know differently."""

    asked: Asked
    clashes: list[tuple[str, Clash, str]] = field(default_factory=list)
    """The name of the field, what differs, and what was chosen."""

    def settle(self, clash: Clash) -> bool:
        """Return whether ours holds; while it is not chosen it does, and the page asks."""
        name = f"holds-{facts_version(f'{clash.fact}{clash.theirs}')[:8]}"
        chosen = self.asked.form.get(name)
        self.clashes.append((name, clash, chosen))
        return chosen != "theirs"

    @property
    def is_settled(self) -> bool:
        return all(chosen in {"ours", "theirs"} for _, _, chosen in self.clashes)


def show_merge(asked: Asked) -> Response:
    """Ask which application this one becomes part of; with ``into``, show what comes of it."""
    with asked.open() as workspace:
        return _merge_page(asked, workspace, asked.query.get("into"))


def merge(asked: Asked) -> Response:
    """Put two applications together, once everything that differs is decided on the page that showed it."""
    slug, into = asked.path["slug"], asked.form.get("into")
    with asked.open(f"merge {slug} {into}") as workspace:
        settling = _Settling(asked)
        if not into:
            return _merge_page(asked, workspace, into, 422)
        try:
            merging = plan_merge(workspace, slug, into, settling.settle)
            if asked.form.get("shown") != _merge_version(workspace, slug, into):
                return _merge_page(asked, workspace, into, 409 if "shown" in asked.form else 200, is_changed=True)
            if not settling.is_settled or not asked.form.get("sure"):
                return _merge_page(asked, workspace, into, 422)
            before = workspace.facts.load(into)
            done = apply_merge(workspace, merging)
        except FollowupError as error:
            return _merge_page(asked, workspace, "", 422, error=error)
        outdated = find_outdated_quietly(workspace, into, before)
        return asked.go(f"/applications/{into}", "deciding.merged", lines=done, outdated=outdated)


def _merge_page(asked: Asked, workspace: Workspace, into: str, status: int = 200, **more: object) -> Response:
    application = workspace.facts.load(asked.path["slug"])
    settling, merging, version = _Settling(asked), None, ""
    values: dict[str, object] = {"error": None, "is_changed": False, **more}
    if into:
        try:
            merging = plan_merge(workspace, application.slug, into, settling.settle)
            version = _merge_version(workspace, application.slug, into)
        except FollowupError as error:
            values["error"], status = error, 422
    others = [other for other in workspace.facts.load_all()[0] if other.slug != application.slug]
    return asked.page(
        "deciding/merge.html",
        status,
        application=application,
        others=sorted(others, key=lambda other: (other.company != application.company, other.slug)),
        into=into,
        merging=merging,
        clashes=settling.clashes,
        version=version,
        **values,
    )


def _merge_version(workspace: Workspace, slug: str, into: str) -> str:
    return _kept_version(find_kept(workspace, slug), find_kept(workspace, into))


def _kept_version(*kept: Kept) -> str:
    return facts_version(
        "\n".join(f"{record.text}{entries_version(record.entries)}{record.touches!r}" for record in kept)
    )


def show_forget(asked: Asked) -> Response:
    """Say what would be deleted, and ask."""
    with asked.open() as workspace:
        return _forget_page(asked, workspace)


def forget(asked: Asked) -> Response:
    """Delete everything about the application; for a day it can be taken back, or never when that was ticked."""
    for_good = " --now" if asked.form.get("for_good") else ""
    with asked.open(f"forget {asked.path['slug']}{for_good}") as workspace:
        slug = find_forgettable(workspace, asked.path["slug"])
        if asked.form.get("shown") != _kept_version(find_kept(workspace, slug)):
            return _forget_page(asked, workspace, 409)
        if asked.form.get("for_good"):
            forget_at_once(workspace, slug)
            return asked.go("/applications", "deciding.erased", slug=slug)
        forget_application(workspace, slug)
        return asked.go("/applications", "deciding.forgotten", slug=slug, until=workspace.now() + FORGOTTEN_KEPT_FOR)


def _forget_page(asked: Asked, workspace: Workspace, status: int = 200) -> Response:
    slug = find_forgettable(workspace, asked.path["slug"])
    kept = find_kept(workspace, slug)
    version = _kept_version(kept)
    return asked.page("deciding/forget.html", status, slug=slug, kept=kept, version=version, is_changed=status != 200)

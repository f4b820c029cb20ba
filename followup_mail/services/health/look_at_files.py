"""Looks of ``doctor`` at what the user wrote: facts, cadences and templates."""

from __future__ import annotations

from collections.abc import Callable

from followup_mail.cadence.days_off import name_application, region_gap
from followup_mail.errors import FollowupError
from followup_mail.services.accounts.setup_look import Examined, SetupCheck, fault, fine
from followup_mail.services.context.application_context import ApplicationContext, open_all, place_of
from followup_mail.services.writing.template_check import try_wordings
from followup_mail.workspace import Workspace


def look_at_facts(examined: Examined) -> SetupCheck:
    """Look whether every application can be read and planned, and whether a plan lacks a region."""
    contexts, broken = open_all(examined.workspace)
    if broken:
        return fault("facts", "\n".join(error.sentence for error in broken), "Fix these files.")
    gaps = _regions_missing(examined.workspace, contexts)
    fix = "".join(f"{gap}. " for gap in gaps).rstrip()
    return SetupCheck("facts", ok=True, said=f"{len(contexts)} can be read", fix=fix, doubtful=bool(gaps))


def _regions_missing(workspace: Workspace, contexts: list[ApplicationContext]) -> tuple[str, ...]:
    """Return what the open plans say about a missing region, each sentence with the applications that it is about."""
    found: dict[str, list[str]] = {}
    for context in contexts:
        everybody = (None, *context.application.everyone())
        places = [place_of(workspace, context.application, person) for person in everybody]
        gaps = dict.fromkeys(region_gap(place.country, place.region, context.now.year) for place in places)
        for gap in gaps:
            if gap and f"{name_application(gap, context.application.slug)}." in context.plan.notes:
                found.setdefault(gap, []).append(context.application.slug)
    return tuple(
        name_application(gap, slugs[0]) if len(slugs) == 1 else f"{gap} ({', '.join(slugs)})"
        for gap, slugs in found.items()
    )


def look_at_cadences(examined: Examined) -> SetupCheck:
    """Look whether every cadence can be read, the user's own and the one that is set above all."""
    workspace = examined.workspace
    names = workspace.cadence_names()
    broken = [error for name in names if (error := _try(lambda name=name: workspace.cadence(name)))]  # type: ignore[misc]
    chosen = workspace.settings.cadence
    if chosen not in names and (unknown := _try(lambda: workspace.cadence(chosen))):
        unknown.sentence = f"FOLLOWUP_CADENCE: {unknown.sentence}"
        broken.append(unknown)
    if broken:
        return fault("cadences", "\n".join(error.sentence for error in broken), broken[0].fix)
    own = workspace.home / "cadences"
    count = len(list(own.glob("*.toml"))) if own.is_dir() else 0
    return fine("cadences", f"{len(names)} can be read, {count} of them your own; {chosen} is the default")


def _try(read: Callable[[], object]) -> FollowupError | None:
    try:
        read()
    except FollowupError as error:
        return error
    return None


def look_at_templates(examined: Examined) -> SetupCheck:
    """Render every wording on sample facts."""
    problems = [problem for _, found in try_wordings(examined.workspace.template_folders) for problem in found]
    if problems:
        return fault("templates", "; ".join(problems), "See `followup-mail templates check`.")
    return fine("templates", "every wording renders")

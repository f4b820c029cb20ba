"""Check whether everything is in place to send, without sending anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from followup_mail.cadence.days_off import region_gap
from followup_mail.delivery.redaction import one_line
from followup_mail.errors import FollowupError, OutboxError, SettingsError
from followup_mail.outbox.attempt import Verdict
from followup_mail.services.application_context import ApplicationContext, open_all, place_of
from followup_mail.services.mail_accounts import every_account
from followup_mail.services.paused_accounts import end_rest, list_pauses, say_until
from followup_mail.services.service_status import ServiceStatus, check_service, say_last_run
from followup_mail.services.stranded import find_stranded
from followup_mail.services.template_check import try_wordings
from followup_mail.services.today import find_undecided
from followup_mail.services.verify import verify_outbox
from followup_mail.settings.exposure import find_exposed, say_exposed, say_how_to_close
from followup_mail.settings.stray_env import say_stray
from followup_mail.workspace import Workspace

_MODELS_SHOWN = 8
_MODELS_WIDTH = 400
"""Letters of their names that are shown at most."""


@dataclass(frozen=True, slots=True)
class SetupCheck:
    """One thing that was checked."""

    what: str
    ok: bool
    said: str
    fix: str = ""
    doubtful: bool = False
    """True when nothing is out of place, and something about it should be looked at all the same."""


def check_setup(workspace: Workspace) -> Iterator[SetupCheck]:
    """Check one thing after the other; a fault in one does not hide the next."""
    checks: dict[str, Callable[[Workspace], SetupCheck]] = {
        "home": lambda one: SetupCheck("home", ok=True, said=str(one.home)),
        "settings": _settings,
        "you": lambda one: SetupCheck("you", ok=True, said=f"{one.sender.mailbox.name} <{one.sender.mailbox.email}>"),
        "facts": _facts,
        "templates": _templates,
        "outbox": _outbox,
        "mail server": _server,
        "mailbox": _mailbox,
        "writing model": _writing_model,
        "service": _service,
    }
    others = [way for way in every_account(workspace) if way is not workspace and way.leaves_machine]
    checks |= {f"account {way.account_name}": _for_other(way) for way in others}
    told: set[str] = set()
    for what, check in checks.items():
        try:
            yield check(workspace)
        except FollowupError as error:
            if isinstance(error, SettingsError) and error.sentence in told:
                yield SetupCheck(what, ok=False, said="cannot be checked before that")
            else:
                yield SetupCheck(what, ok=False, said=error.sentence, fix=error.fix)
            told.add(error.sentence)


def _for_other(way: Workspace) -> Callable[[Workspace], SetupCheck]:
    """Return the check of the mail server of an account that is not the default one."""
    return lambda _: replace(_server(way), what=f"account {way.account_name}")


def _settings(workspace: Workspace) -> SetupCheck:
    _ = workspace.own_zone  # without it nothing below can be worked out
    broken = (workspace.base or workspace).named_accounts.broken.values()
    if broken:
        said, fix = "\n".join(one.sentence for one in broken), "\n".join(dict.fromkeys(one.fix for one in broken))
        return SetupCheck("settings", ok=False, said=said, fix=fix)
    exposed = next(filter(None, (find_exposed(way.loaded) for way in every_account(workspace))), None)
    if exposed:
        return SetupCheck("settings", ok=True, said=say_exposed(exposed), fix=say_how_to_close(exposed), doubtful=True)
    remarks = [*workspace.loaded.remarks, say_stray(workspace.home)]
    said = " ".join(filter(None, (f"{len(workspace.loaded.places)} set", *remarks)))
    return SetupCheck("settings", ok=True, said=said, doubtful=any(remarks))


def _facts(workspace: Workspace) -> SetupCheck:
    contexts, broken = open_all(workspace)
    if broken:
        return SetupCheck("facts", ok=False, said="\n".join(error.sentence for error in broken), fix="Fix these files.")
    gaps = _regions_missing(workspace, contexts)
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
            if gap and f"{gap}." in context.plan.notes:
                found.setdefault(gap, []).append(context.application.slug)
    return tuple(f"{gap} ({', '.join(slugs)})" for gap, slugs in found.items())


def _templates(workspace: Workspace) -> SetupCheck:
    problems = [problem for _, found in try_wordings(workspace.template_folders) for problem in found]
    if problems:
        return SetupCheck("templates", ok=False, said="; ".join(problems), fix="See `followup-mail templates check`.")
    return SetupCheck("templates", ok=True, said="every wording renders")


def _outbox(workspace: Workspace) -> SetupCheck:
    if not workspace.has_store:
        return SetupCheck("outbox", ok=True, said="empty")
    if problems := verify_outbox(workspace):
        return SetupCheck(
            "outbox", ok=False, said="; ".join(problems), fix="Make a copy of the file before anything else."
        )
    if stranded := find_stranded(workspace):
        said = "; ".join(f"{one.entry.label} {one.why}" for one in stranded)
        return SetupCheck("outbox", ok=True, said=f"sound, but {said}", fix=stranded[0].fix, doubtful=True)
    needs = len(find_undecided(workspace))
    needing = "1 entry needs you" if needs == 1 else f"{needs} entries need you"
    said = f"sound; {needing}, see `followup-mail outbox list`" if needs else "sound"
    return SetupCheck("outbox", ok=True, said=said)


def _server(workspace: Workspace) -> SetupCheck:
    if not workspace.leaves_machine:
        return SetupCheck("mail server", ok=True, said=workspace.say_folder())
    outcome = workspace.check_login()
    where = f"{workspace.account.host}:{workspace.account.port} ({workspace.account.security})"
    if outcome.verdict is Verdict.ACCEPTED:
        return SetupCheck("mail server", ok=True, said=f"{where}: logged in{_take_up(workspace)}")
    return SetupCheck("mail server", ok=False, said=f"{where}: {outcome.said}", fix=outcome.fix)


def _take_up(workspace: Workspace) -> str:
    """Take the account up again and return what to add about it. Trouble with the outbox was told by its own look."""
    try:
        again = "".join(f"; {entry.label} is queued again" for entry in end_rest(workspace))
        rests = "".join(
            f"; nothing is sent {say_until(pause, workspace)} all the same" for pause in list_pauses(workspace)
        )
        return again + rests
    except OutboxError:
        return "; whether the account rests can't be seen in the outbox"


def _mailbox(workspace: Workspace) -> SetupCheck:
    if not workspace.has_mailbox:
        return SetupCheck("mailbox", ok=True, said="none is set, so an unclear mail is for you to look up")
    return SetupCheck(
        "mailbox", ok=True, said=f"logged in; sent mails lie in the folder '{workspace.name_sent_folder()}'"
    )


def _writing_model(workspace: Workspace) -> SetupCheck:
    """Ask for the list of models: no mail is written, and nothing of the user's is sent but the key."""
    endpoint = workspace.writing_model
    if endpoint is None:
        return SetupCheck("writing model", ok=True, said="none is set, so the program's own wordings are used")
    from followup_mail.writing_model.chat import knows_model, list_models

    listed = list_models(endpoint)
    if knows_model(endpoint, listed):
        return SetupCheck("writing model", ok=True, said=f"'{endpoint.model}' is ready at {endpoint.place}")
    said = f"{endpoint.place} answers, but doesn't list the model '{endpoint.model}'"
    shown = one_line(", ".join(listed[:_MODELS_SHOWN]))[:_MODELS_WIDTH] or "none is there yet, so add it first"
    return SetupCheck(
        "writing model", ok=False, said=said, fix=f"Set FOLLOWUP_WRITER_MODEL to a model that it lists: {shown}"
    )


def _service(workspace: Workspace) -> SetupCheck:
    status = check_service(workspace)
    if not status.installed:
        return _no_service(workspace, status)
    one = status.installed[0]
    often = f", every {one.service.every} min" if one.service else ""
    said = f"installed with {one.kind}{often}; last run {say_last_run(status.last_run, workspace.own_zone)}"
    trouble = (*status.wrong, *status.remarks)
    fix = f"See `followup-mail service status`; what the runs did is in {workspace.log_folder}." if trouble else ""
    return SetupCheck("service", not status.wrong, "\n".join((said, *trouble)), fix, doubtful=bool(trouble))


def _no_service(workspace: Workspace, status: ServiceStatus) -> SetupCheck:
    """Not to have one is a choice; it should be a known one."""
    homes = ", ".join(one.service.home for one in status.others if one.service)
    there = f"not installed for this home folder, but for {homes}" if homes else "not installed"
    if not workspace.leaves_machine:
        # To install it would be refused: in the background nobody would see that mails go into a folder.
        return SetupCheck("service", ok=True, said=f"{there}; it is for mails that leave this machine")
    said = f"{there}: mails leave only when you start `followup-mail run` by hand"
    fix = "`followup-mail service install` has the system start it every few minutes."
    return SetupCheck("service", ok=True, said=said, fix=fix, doubtful=bool(homes))

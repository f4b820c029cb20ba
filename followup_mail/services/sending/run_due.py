"""Deliver what is due, with a record of it in the log: once, for as long as somebody watches, or for the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain
from threading import Event
from typing import Final, TypeAlias

from followup_mail.delivery.dispatch import Result, Stop
from followup_mail.errors import OutboxError, SettingsError
from followup_mail.outbox.entry import State
from followup_mail.services.context.mail_accounts import every_account, explain_unfit
from followup_mail.services.mailbox.tend_drafts import DraftsTended, tend_drafts
from followup_mail.services.queueing.stranded import explain_stranded
from followup_mail.services.sending.deliver import deliver_always, deliver_once
from followup_mail.services.sending.run_log import SERVICE, recorded
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace

Tell: TypeAlias = Callable[[Result], object]
"""Called with what became of each entry, as it comes. What it raises ends the run."""

_BAD: Final = frozenset({State.FAILED, State.UNCLEAR, State.MISSED})


def run_once(
    workspace: Workspace, tell: Tell, *, limit: int | None = None, stop: Stop | None = None, may_notify: bool = True
) -> tuple[Result, ...]:
    """Deliver what is due now, at most ``limit`` mails.

    ``may_notify`` is False when the user reads along, so that nothing needs to be said on their desktop.
    """
    with recorded(workspace, "run", may_tell=may_notify) as record:
        results = chain(tend_drafts(workspace, record.write), deliver_once(workspace, limit, stop=stop))
        return follow(record.follow(results), tell)


def watch(workspace: Workspace, tell: Callable[[Result | OutboxError], object], stop: Event | None = None) -> None:
    """Deliver whatever falls due until a signal to end, or for a page until ``stop`` is set.

    The mail in hand is finished first.
    """
    with recorded(workspace, "page" if stop else "run --watch") as record:

        def report(result: Result | OutboxError) -> None:
            record.note(result)
            tell(result)

        drafts = DraftsTended(workspace, report, record.write)

        def pausing() -> None:
            with suppress(OutboxError):  # the next delivery tells it
                drafts.now_and_then()
            record.tell()

        deliver_always(workspace, report, pausing, stop)


def run_for_service(workspace: Workspace, limit: int | None = None, stop: Stop | None = None) -> tuple[Result, ...]:
    """Deliver what is due for the service: nobody reads along, so all of it is in the log.

    Raises ``SettingsError`` without a mail server, as nobody would read that the mails went into a folder, and when
    mails that are due wait for an account that is not set.
    """
    with recorded(workspace, SERVICE) as record:
        ways = [way for way in every_account(workspace) if way.leaves_machine]
        if not ways and not explain_unfit(workspace):
            raise SettingsError(
                f"No mail server is set ({variable('smtp_host')}), so nothing was delivered.",
                fix=f"Put it into {workspace.home / '.env'}.",
            )
        tended = tend_drafts(workspace, record.write)
        results = tuple(record.follow(chain(tended, deliver_once(workspace, limit, stop=stop))))
        if wrong := explain_unfit(workspace) or explain_stranded(workspace):
            raise wrong
    return results


def follow(results: Iterable[Result], tell: Tell) -> tuple[Result, ...]:
    """Carry a delivery out, tell each result as it comes, and return them all."""
    found = []
    for result in results:
        tell(result)
        found.append(result)
    return tuple(found)


def has_failed(results: Iterable[Result]) -> bool:
    """Return whether a mail was not delivered for a reason that needs the user."""
    return any(result.entry.state in _BAD or _lacks_password(result) for result in results)


def _lacks_password(result: Result) -> bool:
    """Return whether an attempt ended before the server was asked anything: the user has to correct that."""
    outcome = result.attempt
    return outcome is not None and outcome.pauses_account and outcome.code is None

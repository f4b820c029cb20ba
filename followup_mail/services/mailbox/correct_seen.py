"""Correct how a mail was understood: what followed from the mistake is taken back, in the outbox and in the facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec.structs import replace

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.terms import Status
from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox.seen_mail import SeenMail, SeenState
from followup_mail.services.mailbox.record_seen import record_answer
from followup_mail.workspace import Workspace

_NO_ANSWER: Final = {"status": str(Status.WAITING)} | dict.fromkeys(
    ("on", "by", "subject", "message_id", "references", "told")
)


def read_understanding(text: str) -> Understanding:
    """Return what is meant by ``answer``, ``automatic reply``, ``returned``, ``by hand`` or ``nothing``.

    Raises ``NotFoundError``.
    """
    wanted = " ".join(text.replace("-", " ").replace("_", " ").lower().split())
    found = next((one for one in Understanding if wanted in {str(one), str(one).split()[0]}), None)
    if found is None:
        raise NotFoundError(f"A mail cannot be '{text}'.", fix=f"It can be: {', '.join(Understanding)}.")
    return found


def correct_seen(
    workspace: Workspace, number: int, what: Understanding | None, slug: str, back_on: date | None
) -> SeenMail:
    """Say what a mail is, and which application it belongs to; what is not given stays as it was understood.

    Raises ``NotFoundError``, and ``RefusedError`` when that says nothing new, or names no application for an answer.
    """
    seen = workspace.store.get_seen(number)
    mail = _as_meant(workspace, seen, what, slug, back_on)
    if mail == seen.mail and seen.state is not SeenState.DISMISSED:
        fix = f"followup-mail inbox show {seen.label}"
        raise RefusedError(f"{seen.label} is understood like this already.", fix=fix)
    corrected = workspace.store.correct_seen(number, mail, workspace.now())
    _take_back(workspace, seen, mail)
    if mail.understanding is Understanding.ANSWER and len(mail.applications) == 1:
        record_answer(workspace, mail.applications[0], mail, by_user=True)
    _count_anew(workspace, seen, mail)
    if len(mail.applications) < 2 or mail.understanding is not Understanding.ANSWER:
        state = SeenState.DISMISSED if mail.understanding is Understanding.NOTHING else SeenState.RECORDED
        corrected = workspace.store.settle_seen(corrected.id, state, workspace.now())
    return corrected


def _count_anew(workspace: Workspace, seen: SeenMail, mail: Understood) -> None:
    """Count a mail as a contact that is one by hand after all; strike the contact that is none."""
    by_hand = {
        change: one.applications[:1] if one.understanding is Understanding.BY_HAND else ()
        for change, one in (("before", seen.mail), ("now", mail))
    }
    if by_hand["before"] == by_hand["now"]:
        return
    from followup_mail.services.mailbox.count_by_hand import count_by_hand, strike_by_hand

    for slug in by_hand["before"]:
        strike_by_hand(workspace, slug, seen.mail, seen.came_at)
    for slug in by_hand["now"]:
        count_by_hand(workspace, slug, mail, seen.came_at)


def _as_meant(
    workspace: Workspace, seen: SeenMail, what: Understanding | None, slug: str, back_on: date | None
) -> Understood:
    understanding = what or (Understanding.AUTOMATIC if back_on else seen.mail.understanding)
    applications = (workspace.facts.load(slug).slug,) if slug else seen.mail.applications
    if understanding is Understanding.ANSWER and len(applications) != 1:
        some = ", ".join(applications)
        raise RefusedError(
            f"Which application does {seen.label} answer?",
            fix=f"Add --application with one of: {some}." if some else "Add --application APP.",
        )
    if understanding is Understanding.RETURNED and not seen.mail.returned:
        raise RefusedError(
            f"{seen.label} names none of your mails, so none can have come back by it.",
            fix="If one did, correct its address: followup-mail change APP --address, and send it again.",
        )
    tenor, sentence, invites = seen.mail.tenor, seen.mail.sentence, seen.mail.has_invitation
    if what is Understanding.ANSWER and seen.mail.understanding is Understanding.ANSWER:
        # An answer, and not the no, the offer or the invitation that it was taken for.
        tenor, sentence, invites = Tenor.UNKNOWN, "", False
    back = back_on or (seen.mail.back_on if understanding is Understanding.AUTOMATIC else None)
    meant = replace(seen.mail, understanding=understanding, applications=applications, back_on=back)
    return replace(meant, tenor=tenor, sentence=sentence, has_invitation=invites)


def _take_back(workspace: Workspace, seen: SeenMail, mail: Understood) -> None:
    """Let the facts of an application go on waiting that has no answer after all."""
    if seen.mail.understanding is not Understanding.ANSWER:
        return
    kept = mail.applications if mail.understanding is Understanding.ANSWER else ()

    def changes(application: Application) -> Mapping[str, object]:
        known = application.outcome
        theirs = known.message_id == seen.mail.message_id if seen.mail.message_id else known.by == seen.mail.sender
        return {"outcome": _NO_ANSWER} if known.status is Status.REPLIED and theirs else {}

    for slug in seen.mail.applications:
        if slug not in kept:
            workspace.facts.change(slug, changes)

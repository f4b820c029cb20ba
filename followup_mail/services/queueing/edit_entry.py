"""Change what is queued: another moment, other words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from followup_mail.cadence.when import parse_when
from followup_mail.cadence.worktime import Place
from followup_mail.checks import Finding, check_mail, choose_rules, refuse_errors
from followup_mail.drafts.html_layout import lay_out
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.message.compose import compose, renew_id
from followup_mail.message.draft import Draft, Thread
from followup_mail.outbox.entry import NEWER_ZONES, Entry, Rewording, Timing, find_clock
from followup_mail.outbox.transitions import Cause
from followup_mail.services.checking.check_waiting import entry_context
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.context.mail_accounts import of_entry
from followup_mail.services.context.put_right import read_put_right
from followup_mail.services.context.renamed_people import find_renamed, under_new_name, with_renamed
from followup_mail.services.context.sending_rules import find_place
from followup_mail.services.typed.attachable import read_promised
from followup_mail.services.writing.check_inputs import read_background
from followup_mail.services.writing.early import refuse_findings, say_chosen, without_early
from followup_mail.services.writing.prepare import GRACE_OF_CHOSEN
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace


def reschedule_entry(
    workspace: Workspace, entry_id: int, at: str, ignore: Sequence[str] = (), early: str = ""
) -> Entry:
    """Give an entry a moment in the WHEN grammar, in the recipient's zone; ``early``: why before the plan's day.

    Raises ``RefusedError`` when a check finds an error at that moment, e.g. that it is before a day they named.
    """
    entry = workspace.store.get(entry_id)
    now = workspace.now()
    place = place_now(workspace, entry)
    clock = find_clock(place.zone)
    if clock is None:
        raise RefusedError(
            f"{entry.label} goes to the time zone {place.zone}, which this machine does not know.",
            fix=f"{NEWER_ZONES} Or cancel it, and write it again.",
        )
    moment = parse_when(at, now, clock, workspace.own_zone)
    last_at = max(entry.timing.last_at, moment + GRACE_OF_CHOSEN) if entry.timing.last_at else None
    timing = Timing(moment, last_at, place, insisted=True)
    moved = replace(entry, timing=timing)
    message = entry.message
    findings = check_words(workspace, moved, message.subject, message.text, ignore)
    refuse_findings(without_early(findings) if early else findings, f"{entry.label} to {message.to.name}")
    rules = [finding.code for finding in findings if finding.by_choice]
    step = open_application(workspace, entry.step.application).plan.step(entry.step) if rules else None
    why = say_chosen(early, step, moment) if rules else ""
    return workspace.store.reschedule(entry_id, timing, now, (*ignore, *rules), why)


def place_now(workspace: Workspace, entry: Entry) -> Place:
    """Return where the recipient works by the facts of today; as it was queued where they cannot say."""
    try:
        application = workspace.facts.load(entry.step.application)
    except FollowupError:
        return entry.timing.place
    return find_place(application, entry.message.to.email, workspace.planning_defaults)


def reword_entry(workspace: Workspace, entry: Entry, subject: str, text: str, ignore: Sequence[str]) -> Entry:
    """Replace subject and text of an entry; checked again, composed again, its place in the thread kept.

    Raises ``RefusedError`` when a check finds an error, when the entry was changed or sent meanwhile, or when it was
    written from another address than the one that is set: other words would leave as somebody else.
    """
    workspace = of_entry(workspace, entry)
    own = workspace.sender.mailbox.email
    if own.lower() != entry.message.mail_from.lower():
        raise RefusedError(
            f"{entry.label} was written from {entry.message.mail_from}, and {variable('email')} is {own} now.",
            fix=f"Set it back, or cancel {entry.label} and write it again.",
        )
    # Its moment stays as it is: what speaks against that is no matter of the words.
    refuse_errors(without_early(check_words(workspace, entry, subject, text, (*ignore, "FM507"))))
    return workspace.store.edit(entry.id, word_for(workspace, entry, subject, text, ignore), workspace.now())


def word_for(workspace: Workspace, entry: Entry, subject: str, text: str, ignore: Sequence[str] = ()) -> Rewording:
    """Return an entry with these words, to its reader under the name of today."""
    workspace = of_entry(workspace, entry)
    _, entry = _open_as_named_now(workspace, entry)
    old = entry.message
    thread = Thread(old.references[-1], subject, old.references[:-1]) if old.references else None
    html = lay_out(workspace.writer.render, subject, text)
    files = tuple(read_promised(workspace, file.path) for file in old.attached)
    draft = Draft(entry.step, workspace.sender, old.to, subject, text, html, old.wording, thread, files)
    message = compose(draft, choose_id(workspace, entry))
    # Of a file that changed since, the old hash stays, so that the check before sending stops the mail.
    message = replace(message, attached=old.attached)
    ignored = tuple(dict.fromkeys((*entry.ignored_rules, *ignore)))
    return Rewording(message, entry.content_sha256, ignored, entry.step)


def _open_as_named_now(workspace: Workspace, entry: Entry) -> tuple[ApplicationContext, Entry]:
    """Return its application, and the entry with the name of today, should its reader have been renamed.

    Under the former name it would not leave.
    """
    slug = entry.step.application
    context = open_application(workspace, slug)
    entries = workspace.store.entries(application=slug)
    renamed = find_renamed(context.planning, entries, put_right=lambda: read_put_right(workspace, slug))
    planning = with_renamed(context.planning, renamed)
    return replace(context, planning=planning), under_new_name(planning, entry, renamed)


def choose_id(workspace: Workspace, entry: Entry) -> str:
    """Return the Message-ID for other words of an entry: its own, as later notes go on from it, while nobody saw it."""
    if any(move.cause is Cause.INTENDED for move in workspace.store.transitions(entry.id)):
        return renew_id(entry.message.message_id, entry.content_sha256)
    return entry.message.message_id


def check_words(
    workspace: Workspace, entry: Entry, subject: str, text: str, ignore: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Check an entry, perhaps with other words, against the facts as they are now.

    ``ignore`` are rules to leave out besides those that are left out of this entry already.
    """
    context, entry = _open_as_named_now(workspace, entry)
    sender = of_entry(workspace, entry).sender.mailbox
    background = read_background(workspace, context)
    around = entry_context(context, background, sender, entry)
    others = background.other_companies.named_in(subject, text)
    rules = choose_rules(ignore=ignore, ignored_before=entry.ignored_rules)
    return check_mail(replace(around, subject=subject, text=text, other_companies=others), rules)

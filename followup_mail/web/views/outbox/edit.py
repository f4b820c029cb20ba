"""Change subject and text of a mail that waits: it is held while the page is open, so that it cannot leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.responses import JSONResponse, Response

from followup_mail.checks import Finding
from followup_mail.checks.show_findings import FindingsError
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.services.context.departures import as_it_leaves
from followup_mail.services.queueing.edit_entry import check_words, reword_entry
from followup_mail.services.queueing.outbox_groups import name_companies
from followup_mail.services.queueing.outbox_list import filled_store
from followup_mail.services.writing.text_difference import differing_sentences
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.outbox.entry import show_again
from followup_mail.web.views.outbox.open_edits import AFTER_CLOSING, EDITS


@dataclass(frozen=True)
class _Typed:
    """What the form holds."""

    mark: str
    subject: str
    text: str
    was: str
    """The ``content_sha256`` that the user has seen."""
    ignore: tuple[str, ...] = ()


def begin(asked: Asked) -> Response:
    """Hold the mail and open the form. Where another page has it, say so; that page's place can be taken."""
    number = asked.number
    try:
        with asked.open() as workspace:
            other = EDITS.find(workspace, filled_store(workspace).get(number))
        if other and asked.form.get("instead_of") != other:
            raise RefusedError(asked.filler.sentence("open_elsewhere"), fix=asked.filler.sentence("open_elsewhere_fix"))
        mark = EDITS.begin(asked.desk, number, other)
    except FollowupError as error:
        return show_again(asked, number, 409, error=error)
    return asked.go(f"/outbox/{number}/edit?mark={mark}")


def show(asked: Asked) -> Response:
    """Show the form of a page that holds the mail; without such a hold lead back to the mail."""
    number, mark = asked.number, asked.query.get("mark")
    with asked.open() as workspace:
        entry = filled_store(workspace).get(number)
    if not EDITS.is_open(mark, number):
        return asked.go(f"/outbox/{number}", "outbox.not_open")
    typed = _Typed(mark, entry.message.subject, entry.message.text, entry.content_sha256)
    return _form(asked, entry, typed)


def _form(
    asked: Asked,
    entry: Entry,
    typed: _Typed,
    error: FollowupError | None = None,
    findings: tuple[Finding, ...] | None = None,
) -> Response:
    """Show the form with what was typed. ``findings`` is None where nothing was checked."""
    changed = typed.was != entry.content_sha256
    with asked.open() as workspace:
        company = name_companies(workspace, [entry])[entry.step.application]
        open_in = EDITS.find(workspace, filled_store(workspace).get(entry.id))
    return asked.page(
        "outbox/edit.html",
        409 if error else 200,
        entry=entry,
        company=company,
        typed=typed,
        error=error,
        findings=findings,
        changed=changed,
        differences=differing_sentences(typed.text, entry.message.text) if changed else (),
        open_in=open_in,
    )


def save(asked: Asked) -> Response:
    """Use what was typed, or only check it; where it cannot be used, show it again with the reason."""
    number, form = asked.number, asked.form
    typed = _Typed(
        form.get("mark"),
        " ".join(form.get("subject").split()),
        form.get("text").strip("\n") + "\n",
        form.get("was"),
        form.all("ignore"),
    )
    with asked.open() as workspace:
        entry = filled_store(workspace).get(number)
        other = EDITS.find(workspace, entry)
        if form.get("do") == "check":
            found = check_words(workspace, entry, typed.subject, typed.text, typed.ignore)
            return _form(asked, entry, typed, findings=found)
    if problem := _find_problem(asked, entry, typed, other):
        return _form(asked, entry, typed, problem)
    try:
        with asked.open(f"outbox edit {number}") as workspace:
            done = as_it_leaves(workspace, reword_entry(workspace, entry, typed.subject, typed.text, typed.ignore))
            at = done.ready_at.astimezone(workspace.own_zone)
    except FindingsError as error:
        return _form(asked, entry, typed, error, error.findings)
    except FollowupError as error:
        with asked.open() as workspace:
            entry = filled_store(workspace).get(number)
        return _form(asked, entry, typed, error)
    for mark in {typed.mark, other} - {""}:
        EDITS.end(asked.desk, mark)
    return asked.go(f"/outbox/{number}", "outbox.saved", entry=done, at=at)


def _find_problem(asked: Asked, entry: Entry, typed: _Typed, other: str) -> FollowupError | None:
    """Return why the words are not to be used as they stand, before anything is asked of the outbox."""
    say = asked.filler.sentence
    if not typed.subject or not typed.text.strip():
        return RefusedError(say("nothing_typed"))
    if typed.was != entry.content_sha256:
        return RefusedError(say("words_changed"), fix=say("words_changed_fix"))
    if other and other != typed.mark and not asked.form.get("take_over"):
        return RefusedError(say("open_elsewhere"), fix=say("taken_over_fix"))
    return None


def stop(asked: Asked) -> Response:
    """Leave the mail as it is, and let it go on."""
    number, mark = asked.number, asked.form.get("mark")
    if EDITS.is_open(mark, number):
        EDITS.end(asked.desk, mark)
    return asked.go(f"/outbox/{number}", "outbox.edit_stopped")


def take_sign(asked: Asked) -> Response:
    """Take the sign of life that an open page gives, or its last sign."""
    number, mark = asked.number, asked.form.get("mark")
    is_last = bool(asked.form.get("last"))
    is_held = EDITS.give_sign(mark, number, AFTER_CLOSING) if is_last else EDITS.give_sign(mark, number)
    return JSONResponse({"held": is_held})


ROUTES: Final = (
    Post("/outbox/{id:int}/edit", begin),
    Get("/outbox/{id:int}/edit", show),
    Post("/outbox/{id:int}/edit/save", save),
    Post("/outbox/{id:int}/edit/stop", stop),
    Post("/outbox/{id:int}/edit/sign", take_sign),
)

"""From a step and the facts to a draft: pick the wording, render it, lay it out, put it into its thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from zlib import crc32

from followup_mail.cadence.step import History, Kind, Step, Touch
from followup_mail.drafts.context import Occasion, facts_for
from followup_mail.drafts.draft import Attachment, Draft, Mailbox, Sender, Thread
from followup_mail.drafts.engine import render
from followup_mail.drafts.filters import in_words
from followup_mail.drafts.layout import lay_out
from followup_mail.drafts.places import TemplateFolders, Wording
from followup_mail.errors import FactsError, TemplateError
from followup_mail.facts.model import Application, Channel, Person, is_same_person

Render = Callable[[Sequence[Path], str, Mapping[str, object]], str]

# Kinds that go on where an earlier note to the same person left off, in its thread.
_GOES_ON: Final = frozenset({Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY})


@dataclass(frozen=True, slots=True)
class Writer:
    """What writing needs besides the step: who writes, the templates, and who renders the user's own."""

    sender: Sender
    folders: TemplateFolders
    render_own: Render = field(default=render)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One draft to write."""

    application: Application
    step: Step
    history: History
    sending_at: datetime
    wording: str = ""
    """A wording by name; empty to have one picked."""
    attachments: tuple[Attachment, ...] = ()


def write_draft(writer: Writer, assignment: Assignment) -> Draft:
    """Write one mail. The same assignment always gives the same draft.

    Raises ``FactsError`` when there is nobody to write to, ``TemplateError`` when a fact is missing or a template
    is broken.
    """
    person, to = _recipient(assignment)
    wording = pick_wording(writer.folders, assignment, person)
    facts = gather_facts(writer, assignment, person)
    subject, text = _split(render_wording(writer, wording, facts), wording)
    if assignment.step.via:
        cover = {**facts, "addressee": assignment.step.via.greeting_name, "note": text}
        text = tidy(render(writer.folders.search_path(), "pass_on/cover.txt", cover))
    thread = find_thread(assignment)
    subject = f"Re: {bare_subject(thread.subject)}" if thread and thread.subject else subject
    html = lay_out(writer.folders.search_path(), subject, text)
    return Draft(
        assignment.step.id, writer.sender, to, subject, text, html, wording.full_name, thread, assignment.attachments
    )


def pick_wording(folders: TemplateFolders, assignment: Assignment, person: Person) -> Wording:
    """Return the wording asked for, or one picked so that neighbours on a panel get different ones."""
    kind = assignment.step.kind
    if assignment.wording:
        return folders.wording(kind, assignment.wording)
    wordings = folders.wordings(kind)
    if not wordings:
        raise TemplateError(f"There is no template for {kind}.", fix=f"Add one: `templates copy {kind}`.")
    in_order = sorted(wordings, key=lambda wording: not wording.own)
    start = 0 if in_order[0].own else crc32(assignment.application.slug.encode()) + assignment.step.id.round
    return in_order[(start + _place(assignment, person)) % len(in_order)]


def find_thread(assignment: Assignment) -> Thread | None:
    """Return the message that this draft answers or goes on from, if any."""
    outcome = assignment.application.outcome
    if assignment.step.kind is Kind.REJECTION_THANKS:
        return Thread(outcome.message_id, outcome.subject, outcome.references) if outcome.message_id else None
    if assignment.step.kind not in _GOES_ON or assignment.step.via:
        return None
    earlier = [touch for touch in _earlier(assignment) if touch.channel is Channel.EMAIL and touch.message_id]
    last = max(earlier, key=lambda touch: touch.at, default=None)
    return Thread(last.message_id, last.subject, last.references) if last else None


def bare_subject(subject: str) -> str:
    """Return a subject without any number of reply prefixes (Re, AW, SV, Antw, Odp, RIF) in front."""
    return re.sub(r"(?i)^\s*((re|aw|sv|antw|odp|rif)\s*(\[\d+\])?\s*:\s*)+", "", subject)


def _recipient(assignment: Assignment) -> tuple[Person, Mailbox]:
    step = assignment.step
    if step.person is None:
        raise FactsError(
            f"Nobody is known to whom the {step.kind} for {assignment.application.company} could go.",
            fix="Add the person, with an e-mail address, to the facts file.",
        )
    reached = step.via or step.person
    answered = assignment.application.outcome.by if step.kind is Kind.REJECTION_THANKS else None
    address = answered or reached.email
    if not address:
        raise FactsError(
            f"{reached.name} has no e-mail address.", fix="Add `email` for them, or for a recruiter who can pass it on."
        )
    return step.person, Mailbox(reached.name, address)


def gather_facts(writer: Writer, assignment: Assignment, person: Person) -> dict[str, object]:
    """Return the facts for one draft, by the names that templates use."""
    read = "\n".join(touch.text for touch in _earlier(assignment))
    application = assignment.application
    candidates = (*person.discussed, person.convinced, *application.fit, *application.not_mentioned)
    used = frozenset(fact for fact in candidates if fact and fact.rstrip(".") in read)
    # A second note comes back to the conversation, so what was discussed may be named again; reasons may not.
    occasion = Occasion(
        assignment.step.id.round,
        _place(assignment, person),
        assignment.sending_at,
        used - frozenset(person.discussed),
    )
    facts = facts_for(application, person, writer.sender, occasion)
    promised = {promise.file: promise.what for promise in application.promised}
    attached = [promised.get(one.path.name, one.filename) for one in assignment.attachments]
    return {**facts, "attached": in_words(attached)} if attached else facts


def render_wording(writer: Writer, wording: Wording, facts: Mapping[str, object]) -> str:
    """Render a wording; the user's own in a process of its own (``bounded``)."""
    renderer = writer.render_own if wording.own else render
    return renderer(writer.folders.search_path(), wording.template, facts)


def _split(rendered: str, wording: Wording) -> tuple[str, str]:
    """Cut what a template rendered into subject and text."""
    head, _, body = rendered.lstrip().partition("\n")
    label, colon, subject = head.partition(":")
    if not colon or label.strip().lower() != "subject" or not subject.strip():
        raise TemplateError(f'{wording.template}:1: the first line must be "Subject: ...".', fix="Write it there.")
    if not body.strip():
        raise TemplateError(f"{wording.template}: has no text under its subject.", fix="Write it there.")
    return " ".join(subject.split()), tidy(body)


def tidy(text: str) -> str:
    """Return a text without trailing spaces and with one empty line, never more, between paragraphs."""
    lines = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _earlier(assignment: Assignment) -> list[Touch]:
    return [touch for touch in assignment.history.touches if touch.step.person == assignment.step.id.person]


def _place(assignment: Assignment, person: Person) -> int:
    """Return the recipient's place among the people of the round, from 0."""
    of_round = [one for one in assignment.application.interviews if one.round == assignment.step.id.round]
    people = [met for one in of_round for met in one.people]
    return next((place for place, met in enumerate(people) if is_same_person(met, person)), 0)

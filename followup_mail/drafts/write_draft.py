"""Write the draft of a step: pick the wording, render it, make the HTML, find the thread it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.step import Kind, Touch, Waiting
from followup_mail.drafts.assignment import Assignment, Writer
from followup_mail.drafts.html_layout import lay_out
from followup_mail.drafts.optional_sentences import leave_out_optional
from followup_mail.drafts.own_words import find_spans, marked_words, strip_marks
from followup_mail.drafts.template_context import Occasion, facts_for
from followup_mail.drafts.template_folders import Wording
from followup_mail.drafts.wording_choice import closes_as_before, list_wordings
from followup_mail.errors import FactsError, TemplateError
from followup_mail.facts.application import Person
from followup_mail.language.promises import is_nameless, name_files, promises_to
from followup_mail.message.draft import Draft, Mailbox, Thread
from followup_mail.message.thread import reply_subject

_SUBJECT_PART: Final = 45
"""So many characters of a subject an attachment may take."""
COVER: Final = "pass_on/cover.txt"


def write_draft(writer: Writer, assignment: Assignment) -> Draft:
    """Write one mail. The same assignment always gives the same draft.

    Raises ``FactsError`` when there is nobody to write to, ``TemplateError`` when a fact is missing or a template
    is broken.
    """
    person, to = _recipient(assignment)
    wording, words = _write_unread(writer, assignment, person, list_wordings(writer.folders, assignment, person))
    return replace(fill_draft(writer, _frame(writer, assignment, to), words), wording=wording.full_name)


def _write_unread(
    writer: Writer, assignment: Assignment, person: Person, wordings: Sequence[Wording]
) -> tuple[Wording, Words]:
    """Return the first wording, or a later one where that would close with what this person has read before."""
    first, *others = wordings
    words, read = write_words(writer, assignment, person, first), assignment.told()
    if closes_as_before(words.text, read):
        for wording in others:
            with suppress(TemplateError):
                fresh = write_words(writer, assignment, person, wording)
                if not closes_as_before(fresh.text, read):
                    return wording, fresh
    return first, words


def frame_draft(writer: Writer, assignment: Assignment) -> Draft:
    """Return a draft without words: everything around them. Raises ``FactsError`` when there is nobody to write to."""
    return _frame(writer, assignment, _recipient(assignment)[1])


def fill_draft(writer: Writer, frame: Draft, words: Words) -> Draft:
    """Return a draft with these words; in a thread the subject is that of the thread, where it has one."""
    thread = frame.thread
    subject = reply_subject(thread.subject or words.subject) if thread else frame.subject or words.subject
    html = lay_out(writer.render, subject, words.text)
    return replace(frame, subject=subject, text=words.text, html=html, own_words=words.own)


def _frame(writer: Writer, assignment: Assignment, to: Mailbox) -> Draft:
    return Draft(
        step=assignment.step.id,
        sender=writer.sender,
        to=to,
        subject=_subject_of_answer(assignment),
        text="",
        html="",
        wording="",
        thread=find_thread(assignment),
        attachments=assignment.attachments,
    )


class Words(NamedTuple):
    """Subject and text of a mail."""

    subject: str
    text: str
    own: tuple[tuple[int, int], ...] = ()
    """Where in the text the user's own words stand, as start and end."""


def write_words(writer: Writer, assignment: Assignment, person: Person, wording: Wording) -> Words:
    """Return subject and text of a mail in one wording. Raises ``TemplateError``."""
    facts = gather_facts(writer, assignment, person)
    rendered = leave_out_optional(writer, assignment, wording, writer.render(wording.template, facts))
    subject, text = _split(strip_marks(rendered), wording)
    if via := assignment.step.via:
        text = _cover(writer, assignment.step.kind, via, facts, text)
    return Words(subject, text, find_spans(text, marked_words(rendered.partition("\n")[2])))


def gather_facts(writer: Writer, assignment: Assignment, person: Person) -> dict[str, object]:
    """Return the facts for one draft, by the names that templates use."""
    read = assignment.told()
    occasion = Occasion(
        assignment.step.id.round,
        assignment.place_of(person),
        _looks_back_at(assignment, person),
        read,
        assignment.told_beside(),
        assignment.defaults,
        assignment.leaves_by,
        assignment.step.kind,
        writer.voice,
    )
    facts = facts_for(assignment.application, person, writer.sender, occasion)
    if not assignment.attachments:
        return facts
    names = [file.filename for file in assignment.attachments]
    attached = name_files(promises_to(assignment.application, person), names)
    is_called = not (is_nameless(attached) or any(name in attached for name in names))
    in_subject = attached if is_called and len(attached) < _SUBJECT_PART else ""
    return {**facts, "attached": attached, **({"attached_in_subject": in_subject} if in_subject else {})}


def find_thread(assignment: Assignment) -> Thread | None:
    """Return the message that this draft answers or goes on from, if any."""
    traits = assignment.step.kind.traits
    if traits.answers_rejection:
        return _their_thread(assignment)
    if not traits.continues_thread or assignment.step.via:
        return None
    earlier: list[tuple[datetime, Touch | Waiting]] = [
        (touch.at, touch) for touch in assignment.earlier() if touch.channel.traits.is_sent
    ]
    # A mail that is queued to leave before counts too; the check before sending makes sure that it did.
    earlier += [
        (entry.due_at, entry)
        for entry in assignment.history.waiting
        if entry.step.person == assignment.step.id.person
        and entry.state == State.QUEUED
        and not entry.stays
        and entry.due_at < assignment.sending_at
    ]
    mails = [(at, mail) for at, mail in earlier if mail.message_id and mail.step.kind.traits.can_be_continued]
    last = max(mails, key=lambda pair: pair[0])[1] if mails else None
    return Thread(last.message_id, last.subject, last.references) if last else None


def tidy(text: str) -> str:
    """Return a text as it leaves: no trailing spaces, one empty line at most, one mark at the end of a sentence.

    A fact may end in a mark of its own: that of "Yahoo!" or "Acme Inc." and the template's full stop are one too many.
    """
    lines = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    marked = re.sub(r"(?:(?<=[?!\u2026])|(?<=[^.]\.)|(?<=\w\.\.\.))\.(?=\s|$)", "", lines)
    return re.sub(r"\n{3,}", "\n\n", marked).strip("\n") + "\n"


def _recipient(assignment: Assignment) -> tuple[Person, Mailbox]:
    step = assignment.step
    if step.person is None:
        raise FactsError(
            f"No recipient is known for the {step.kind} for {assignment.application.company}.",
            fix="Add the person, with an e-mail address, to the facts file.",
        )
    reached = step.via or step.person
    if not reached.email:
        raise FactsError(
            f"{reached.name} has no e-mail address.", fix="Add `email` for them, or for a recruiter who can pass it on."
        )
    return step.person, Mailbox(reached.name, reached.email)


def _their_thread(assignment: Assignment) -> Thread | None:
    """Return their message, if the answer goes to the person who wrote it: nobody else has it."""
    outcome = assignment.application.outcome
    wrote = outcome.by is None or _goes_to(assignment, outcome.by)
    return Thread(outcome.message_id, outcome.subject, outcome.references) if outcome.message_id and wrote else None


def _subject_of_answer(assignment: Assignment) -> str:
    """Return the subject of an answer to a letter whose Message-ID nobody knows, as that of a copied text."""
    outcome = assignment.application.outcome
    if not (assignment.step.kind.traits.answers_rejection and outcome.subject and outcome.by) or outcome.message_id:
        return ""
    return reply_subject(outcome.subject) if _goes_to(assignment, outcome.by) else ""


def _goes_to(assignment: Assignment, address: str) -> bool:
    reached = assignment.step.via or assignment.step.person
    return reached is not None and (reached.email or "").casefold() == address.casefold()


def _looks_back_at(assignment: Assignment, person: Person) -> datetime:
    """Return the moment that a draft looks back from.

    For a thank-you that is asked for too early it is the end of the interview: the checks refuse the moment, and say
    why, while a wording could only say that no interview is known.
    """
    if not assignment.step.kind.traits.thanks_for_interview:
        return assignment.sending_at
    of_round = [
        interview for interview in assignment.application.interviews if interview.round == assignment.step.id.round
    ]
    ends = [interview.end for interview in of_round if interview.has(person)]
    return max([assignment.sending_at, *ends])


def _cover(writer: Writer, kind: Kind, via: Person, facts: Mapping[str, object], note: str) -> str:
    plain = {name: strip_marks(value) if isinstance(value, str) else value for name, value in facts.items()}
    cover = {**plain, "addressee": via.greeting_name, "about": kind.traits.cover_phrase, "note": note}
    return tidy(writer.render(COVER, cover))


def _split(rendered: str, wording: Wording) -> tuple[str, str]:
    """Cut what a template rendered into subject and text."""
    head, _, body = rendered.lstrip().partition("\n")
    label, colon, subject = head.partition(":")
    if not colon or label.strip().lower() != "subject" or not subject.strip():
        raise TemplateError(f'{wording.template}:1: the first line must be "Subject: ...".', fix="Write it there.")
    if not body.strip():
        raise TemplateError(f"{wording.template}: has no text under its subject.", fix="Write it there.")
    return " ".join(subject.split()), tidy(body)

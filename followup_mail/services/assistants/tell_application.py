"""The facts of one application for an assistant: by person, without addresses, numbers and private notes."""

from __future__ import annotations

from typing import Any

from followup_mail.cadence.roster import list_members
from followup_mail.cadence.set_aside import say_set_aside
from followup_mail.cadence.step import Touch
from followup_mail.facts.application import Application, Interview, Person, Promise
from followup_mail.language.note_promises import read_promise
from followup_mail.services.assistants.telling import Notes, Told
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.typed.kept_text import read_kept
from followup_mail.workspace import Workspace


def tell_application(workspace: Workspace, slug: str) -> Told:
    """Return what is known. Raises ``NotFoundError``, ``FactsFileError``, ``OutboxError``."""
    context = open_application(workspace, slug)
    application, notes = context.application, Notes()
    quoted = {
        "short_name": application.slug,
        "company": application.company,
        "job": application.role,
        "applied_on": application.applied,
        "country": application.country,
        "time_zone": application.time_zone,
        "set_aside": say_set_aside(application, context.now.date()),
        "what_they_said_about_next_steps": _said(application, notes),
        "interviews": [_interview(one) for one in application.interviews],
        "people": [_person(member.person, notes) for member in list_members(application)],
        "why_the_user_fits": notes.tell_each(application.fit),
        "not_said_in_the_interview": notes.tell_each(application.not_mentioned),
        "for_the_second_note": _told_values(application.unsaid, ("problem", "point", "use", "also"), notes),
        "why_this_employer": notes.tell(application.why_them),
        "promised": [_promise(one, notes) for one in application.promised],
        "outcome": _outcome(application, notes),
        "contacts_so_far": [_touch(application, touch, notes) for touch in context.history.touches],
        "waiting_in_the_outbox": _waiting(context),
    }
    return Told(quoted, (*_say_transcript(workspace, slug), *notes.say()))


def _say_transcript(workspace: Workspace, slug: str) -> tuple[str, ...]:
    return ("A transcript or notes are kept: read_transcript shows them.",) if read_kept(workspace, slug) else ()


def _told_values(fact: Any, names: tuple[str, ...], notes: Notes) -> dict[str, str]:
    return {name: notes.tell(getattr(fact, name)) for name in names}


def _said(application: Application, notes: Notes) -> dict[str, object]:
    said = application.said
    return {
        "decide_by": said.decision_by,
        "no_contact_before": said.not_before,
        "channel_they_asked_for": said.channel,
        "calls_welcome": said.calls,
        "want_no_contact": None if said.contact else True,
        "in_their_words": notes.tell(said.quote),
        "said_by": said.by,
        "person_to_ask": said.ask,
    }


def _interview(one: Interview) -> dict[str, object]:
    people = [person.name for person in one.people]
    return {"round": one.round, "start": one.start, "end": one.end, "format": one.format, "with": people}


def _person(person: Person, notes: Notes) -> dict[str, object]:
    """Return what may be told of somebody. Whether an address is known decides whether a mail can be written."""
    return {
        "name": person.name,
        "handle": person.key,
        "title": person.title,
        "part": person.role,
        "called": person.greeting_name,
        "register": person.tone,
        "mail_address": "known" if person.email else "not known",
        "discussed": notes.tell_each(person.discussed),
        "convinced_by": notes.tell(person.convinced),
        **_told_values(person, ("moment", "link", "offer"), notes),
    }


def _promise(one: Promise, notes: Notes) -> dict[str, object]:
    says = one.says or read_promise(one.what, ()).says
    kept = "a file" if one.file else "that sentence" if says else "nothing yet: propose promise-says, or ask for a file"
    what, sentence = notes.tell(one.what), notes.tell(says)
    return {"what": what, "to": one.to, "the_mail_says": sentence, "kept_by": kept}


def _outcome(application: Application, notes: Notes) -> dict[str, object]:
    """Return what came of it in the user's words; nothing of what the other side wrote."""
    outcome = application.outcome
    own = _told_values(outcome, ("reason", "understood", "onward", "parting"), notes)
    return {"status": outcome.status, "on": outcome.on, "told": outcome.told, **own}


def _touch(application: Application, touch: Touch, notes: Notes) -> dict[str, object]:
    text = "\n\n".join(notes.tell_each(touch.text.split("\n\n"))) if touch.channel.traits.is_sent else ""
    named = next((one.person.name for one in list_members(application) if one.handle == touch.step.person), "")
    return {"what": touch.step.kind, "to": named, "by": touch.channel, "at": touch.at, "the_user_wrote": text}


def _waiting(context: ApplicationContext) -> list[dict[str, object]]:
    waiting = context.history.waiting
    return [{"step": str(one.step), "what": one.step.kind, "at": one.due_at, "state": one.state} for one in waiting]

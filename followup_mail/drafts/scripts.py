"""What is not a mail: what to say on the phone, a letter to print, a short message. Written from templates too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from followup_mail.cadence.step import Kind
from followup_mail.drafts.write import Assignment, Writer, gather_facts, render_wording, tidy
from followup_mail.errors import FactsError, TemplateError
from followup_mail.facts.model import Channel, Person

# LinkedIn's limit for the note that goes with an invitation.
MESSAGE_LIMIT: Final = 300


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a script, with a heading."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """What to say or to print for one step that is not a mail."""

    channel: Channel
    person: Person
    parts: tuple[Part, ...]


def write_script(writer: Writer, assignment: Assignment) -> Script:
    """Write what a call, a letter or a message needs.

    Raises ``FactsError`` when nobody is known, ``TemplateError`` when a fact is missing or a message gets too long.
    """
    person = assignment.step.person
    if person is None:
        raise FactsError("Nobody is known for this step.", fix="Add the person to the facts file.")
    facts = gather_facts(writer, assignment, person)
    write = _WRITERS.get(assignment.step.channel, _write_mail)
    return Script(assignment.step.channel, person, write(writer, assignment.step.kind, facts))


def _write_call(writer: Writer, kind: Kind, facts: Mapping[str, object]) -> tuple[Part, ...]:
    return (
        Part("If somebody else answers", _render(writer, "gatekeeper", "plain", facts)),
        Part("When you reach them", _render(writer, "call_script", kind, facts)),
        Part("On voicemail", _render(writer, "voicemail", "plain", facts)),
    )


def _write_letter(writer: Writer, kind: Kind, facts: Mapping[str, object]) -> tuple[Part, ...]:
    return (Part("The letter", _render(writer, "letter", kind, facts)),)


def _write_message(writer: Writer, kind: Kind, facts: Mapping[str, object]) -> tuple[Part, ...]:
    text = _render(writer, "linkedin", kind, facts)
    if len(text) > MESSAGE_LIMIT:
        raise TemplateError(
            f"linkedin/{kind}: the message has {len(text)} characters; {MESSAGE_LIMIT} is LinkedIn's limit.",
            fix="Shorten the fact it uses, or the wording.",
        )
    return (Part("The message", text),)


def _write_mail(_: Writer, kind: Kind, __: Mapping[str, object]) -> tuple[Part, ...]:
    raise TemplateError(f"This {kind} is a mail, not a script.", fix="See it with `followup-mail preview`.")


def _render(writer: Writer, kind: str, name: str, facts: Mapping[str, object]) -> str:
    return tidy(render_wording(writer, writer.folders.wording(kind, name), facts)).rstrip("\n")


_WRITERS: Final = {Channel.PHONE: _write_call, Channel.POST: _write_letter, Channel.LINKEDIN: _write_message}

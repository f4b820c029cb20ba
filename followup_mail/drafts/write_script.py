"""What is not a mail: what to say on the phone, a letter to print, a short message. Written from templates too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from followup_mail.drafts.assignment import Assignment, Writer
from followup_mail.drafts.write_draft import gather_facts, tidy
from followup_mail.errors import FactsError, TemplateError
from followup_mail.facts.application import Channel, Person

CALL: Final = "call_script"
VOICEMAIL: Final = "voicemail"
LETTER: Final = "letter"
LINKEDIN: Final = "linkedin"
"""Folders of templates with one file for each kind of follow-up."""
GATEKEEPER: Final = "gatekeeper"
"""The folder of what to say to whoever answers; the same for every kind, in ``plain``."""
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
    person, channel, kind = assignment.step.person, assignment.step.channel, assignment.step.kind
    if person is None:
        raise FactsError("Nobody is known for this step.", fix="Add the person to the facts file.")
    if channel not in _PARTS:
        raise TemplateError(f"This {kind} is a mail, not a script.", fix="See it with `followup-mail preview`.")
    facts = gather_facts(writer, assignment, person)
    parts = (
        Part(heading, write_part(writer, folder, "plain" if folder == GATEKEEPER else kind, facts))
        for heading, folder in _PARTS[channel]
    )
    return Script(channel, person, tuple(parts))


def write_part(writer: Writer, folder: str, name: str, facts: Mapping[str, object]) -> str:
    """Write one part. Raises ``NotFoundError`` when there is no such template, else ``TemplateError``."""
    text = tidy(writer.render(writer.folders.wording(folder, name).template, facts)).rstrip("\n")
    if folder == LINKEDIN and len(text) > MESSAGE_LIMIT:
        raise TemplateError(
            f"{folder}/{name}: the message has {len(text)} characters; {MESSAGE_LIMIT} is LinkedIn's limit.",
            fix="Shorten the fact it uses, or the wording.",
        )
    return text


_PARTS: Final = {
    Channel.PHONE: (
        ("If somebody else answers", GATEKEEPER),
        ("When you reach them", CALL),
        ("On voicemail", VOICEMAIL),
    ),
    Channel.POST: (("The letter", LETTER),),
    Channel.LINKEDIN: (("The message", LINKEDIN),),
}

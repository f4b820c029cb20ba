"""What is not a mail: what to say on the phone, a letter to print, a short message. Written from templates too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from followup_mail.drafts.assignment import Assignment, Writer
from followup_mail.drafts.own_words import strip_marks
from followup_mail.drafts.write_draft import gather_facts, tidy
from followup_mail.errors import FactsError, TemplateError
from followup_mail.facts.application import Person
from followup_mail.facts.channels import Channel, ScriptPart

SCRIPT_PARTS: Final = {part.folder: part for channel in Channel for part in channel.traits.script}
"""Each part of any script, by its folder of templates."""


class Part(Struct, frozen=True):
    """One part of a script, with a heading."""

    heading: str
    text: str


class Script(Struct, frozen=True):
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
        raise FactsError("No person is known for this step.", fix="Add the person to the facts file.")
    if not channel.traits.script:
        raise TemplateError(f"This {kind} is a mail, not a script.", fix="See it with `followup-mail preview`.")
    facts = gather_facts(writer, assignment, person)
    names = _pick_files(writer, assignment)
    parts = (Part(part.heading, write_part(writer, part, names[part], facts)) for part in channel.traits.script)
    return Script(channel, person, tuple(parts))


def _pick_files(writer: Writer, assignment: Assignment) -> dict[ScriptPart, str]:
    """Return the template of each part: the kind's, or its other form where one is asked for and the part has it.

    Raises ``NotFoundError`` when no part has that form.
    """
    kind, script = assignment.step.kind, assignment.step.channel.traits.script
    names = {part: part.only or str(kind) for part in script}
    if not assignment.wording:
        return names
    form = f"{kind}_{assignment.wording}"
    for_kinds = [part for part in script if not part.only]
    having = [part for part in for_kinds if form in {wording.name for wording in writer.folders.wordings(part.folder)}]
    if not having:
        writer.folders.wording(for_kinds[0].folder, form)
    return names | dict.fromkeys(having, form)


def write_part(writer: Writer, part: ScriptPart, name: str, facts: Mapping[str, object]) -> str:
    """Write one part. Raises ``NotFoundError`` when there is no such template, else ``TemplateError``."""
    rendered = writer.render(writer.folders.wording(part.folder, name).template, facts)
    text = tidy(strip_marks(rendered)).rstrip("\n")
    if part.limit and len(text) > part.limit:
        limit = f"{part.limit_set_by}'s limit" if part.limit_set_by else "the limit"
        raise TemplateError(
            f"{part.folder}/{name}: the message has {len(text)} characters; {part.limit} is {limit}.",
            fix="Shorten the fact it uses, or the wording.",
        )
    return text

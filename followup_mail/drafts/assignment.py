"""What writing starts from: who writes and with which templates, and what is to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from followup_mail.cadence.step import History, Step, Touch
from followup_mail.cadence.worktime import NOWHERE, Place
from followup_mail.drafts.material import people_of
from followup_mail.drafts.template_engine import render
from followup_mail.drafts.template_folders import TemplateFolders, built_in_templates
from followup_mail.facts.application import Application, Person
from followup_mail.facts.people import place_among
from followup_mail.message.draft import Attachment, Sender
from followup_mail.own_voice.voice import Voice

Render = Callable[[Sequence[Path], str, Mapping[str, object]], str]


class Writer(Struct, frozen=True):
    """What writing needs besides the step: who writes, the templates, and who renders the user's own."""

    sender: Sender
    folders: TemplateFolders
    render_own: Render
    """``BoundedRenderer.render``: nobody vouches for the user's own templates."""
    voice: Voice | None = None
    """How the user writes, if they have shown it."""

    def render(self, template: str, facts: Mapping[str, object]) -> str:
        """Render a template. Raises ``TemplateError``.

        In this process only what ships, and nothing that a file of the user's could hide or be included by.
        """
        if self.folders.is_own(template):
            return self.render_own(self.folders.search_path(), template, facts)
        return render((built_in_templates(),), template, facts, is_ours=True)


class Assignment(Struct, frozen=True):
    """One draft to write."""

    application: Application
    step: Step
    history: History
    sending_at: datetime
    wording: str = ""
    """A wording by name, or the form of a script, such as "card"; empty to have one picked."""
    attachments: tuple[Attachment, ...] = ()
    defaults: Place = NOWHERE
    """The user's zone, country and office hours, for whatever the facts do not say."""

    leaves_by: datetime | None = None
    """The last moment at which it can leave; None when that is open."""

    def earlier(self) -> list[Touch]:
        """Return what was done for the same person so far; not this step, should it be looked at again."""
        theirs = (touch for touch in self.history.touches if touch.step.person == self.step.id.person)
        return [touch for touch in theirs if touch.step != self.step.id]

    def mails_beside(self) -> list[str]:
        """Return the mails of the same kind and round to other people, sent or waiting: they compare."""
        told = (touch for touch in self.history.told if touch.text and touch.channel.traits.is_sent)
        return [touch.text for touch in told if self.step.id.is_beside(touch.step)]

    def told(self) -> str:
        """Return what the same person has read, or will have read of what waits, by the time this leaves."""
        return "\n".join(touch.text for touch in self.history.told_before(self.step.id, self.sending_at))

    def told_beside(self) -> str:
        """Return all that mails which wait tell the same person, for what is no mail: the two are not to say the same.

        Nobody knows when somebody will call; and one of the two may be another way of doing the same step.
        """
        if self.step.channel.traits.is_sent:
            return ""
        waiting = (entry.told for entry in self.history.waiting if entry.told)
        return "\n".join(touch.text for touch in waiting if touch.step.person == self.step.id.person)

    def place_of(self, person: Person) -> int:
        """Return a person's place among the people of the round, from 0."""
        return place_among(people_of(self.application, self.step.id.round), person)

"""What a search looks through: every text of an application that somebody may remember it by, with a name for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from followup_mail.cadence.roster import list_entries
from followup_mail.facts.application import Application
from followup_mail.facts.place_tables import country_of
from followup_mail.facts.zone_and_country import country_names

Labelled: TypeAlias = tuple[str, str]
"""What a text is, and the text. The first is empty where the text speaks for itself."""
IN_EACH_LINE: Final = "itself"
"""What stands in each line of a list anyway."""


def list_names(application: Application) -> Iterator[Labelled]:
    """Yield what an application is called by: itself, the job, its people."""
    yield IN_EACH_LINE, application.slug
    yield IN_EACH_LINE, application.company
    yield "role", application.role
    yield "where they are", (application.time_zone or "").rpartition("/")[2].replace("_", " ")
    yield "their country", country_names().get(application.country or country_of(application.time_zone or ""), "")
    for person in list_entries(application):
        yield "", person.name
        yield f"title of {person.name}", person.title
        yield f"address of {person.name}", person.email or ""


def list_texts(application: Application) -> Iterator[Labelled]:
    """Yield everything else that was written down."""
    for person in list_entries(application):
        yield from ((f"discussed with {person.name}", text) for text in person.discussed)
        yield f"what {person.name} convinced you by", person.convinced
        yield from ((f"what you say to {person.name}", text) for text in (person.moment, person.link, person.offer))
    yield from (("your notes", line) for line in application.notes.split("\n"))
    yield from (("why you fit", text) for text in application.fit)
    yield from (("not mentioned", text) for text in application.not_mentioned)
    yield "why them", application.why_them
    unsaid, said, outcome = application.unsaid, application.said, application.outcome
    yield from (("your second note", text) for text in (unsaid.problem, unsaid.point, unsaid.use, unsaid.also))
    for promise in application.promised:
        yield from (("promised", text) for text in (promise.what, promise.says))
    yield "they said", said.quote
    yield from (("their answer", text) for text in (outcome.reason, outcome.subject))

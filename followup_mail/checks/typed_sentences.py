"""The sentences that the user typed into the facts, which stand in mails as they are."""

from __future__ import annotations

from collections.abc import Iterator

from followup_mail.facts.application import Application, Person


def typed_for(facts: Application, person: Person | None) -> Iterator[tuple[str, str]]:
    """Yield what the user typed for mails to somebody, with its key in the facts."""
    given = [*_of_person(person), *_of_application(facts)]
    yield from ((key, sentence.strip()) for key, sentence in given if sentence.strip())


def _of_person(person: Person | None) -> Iterator[tuple[str, str]]:
    if person:
        yield from (("moment", person.moment), ("link", person.link), ("offer", person.offer))


def _of_application(facts: Application) -> Iterator[tuple[str, str]]:
    unsaid, outcome = facts.unsaid, facts.outcome
    yield from (("why_them", facts.why_them), ("problem", unsaid.problem), ("point", unsaid.point))
    yield from (("use", unsaid.use), ("also", unsaid.also))
    yield from (("understood", outcome.understood), ("onward", outcome.onward), ("parting", outcome.parting))
    yield from (("says", promise.says) for promise in facts.promised)

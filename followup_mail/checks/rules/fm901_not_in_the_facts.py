"""What a writing model says and was not told: a name, a figure, a day, a quotation, a promise, a claim."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.context import Briefing
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot
from followup_mail.checks.samples import Sample


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if mail.context.briefing is None:
        return ()
    from followup_mail.checks.inventions import find_invented  # most mails are a person's own and never need it

    return find_invented(mail, mail.context.briefing)


_FACTS = (
    "Dr. Catherine Okafor", "Head of Data", "Sam Rivera", "Northwind Labs", "Data Engineer", "Tuesday 17 November",
    "moving the nightly jobs to streaming", "each team owns its pipelines",
    "I ran a similar move from nightly batches to streaming at a freight company, 2 yrs, 40 jobs",
)  # fmt: skip

RULE = Rule(
    code="FM901",
    name="not-in-the-facts",
    severity=ERROR,
    looks_for="A name, a figure, a day, a quotation, a promise or a claim that the writing model was not told.",
    why="What a model invents is believed, and it is the candidate who has to answer for it.",
    fix="Leave it out, or say only what a fact says.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs. At Brightline Cargo I moved 60 of them to streaming.",
        given="The facts say: 40 jobs, at a freight company.",
        changes={"briefing": Briefing(_FACTS)},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. At a freight company I moved 40 of them to streaming, and it "
        "took us two years.",
        given="The facts say so.",
        changes={"briefing": Briefing(_FACTS)},
    ),
    inspect=_inspect,
)

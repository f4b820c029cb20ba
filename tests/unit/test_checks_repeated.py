"""A second note whose point is in the thank-you is found before either of them is sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_mail.cadence.kinds import Kind
from followup_mail.checks import check_mail
from followup_mail.checks.rules.fm303_repeated_point import RULE
from followup_mail.checks.samples import Sample, sample_facts

POINT = "I wrote the runbook for refrigerated trucks."
LINK = "You want fewer night calls. I wrote a runbook for our refrigerated trucks, so I know where to begin."
OTHER = "You want fewer night calls. I taught four juniors to be on call."


def found(link: str, kind: Kind = Kind.ADDITIONAL_DETAIL, said_before: tuple[str, ...] = ()) -> list[str]:
    person = {"name": "Catherine Okafor", "email": "catherine.okafor@northwind.example", "link": link}
    meeting = {"start": "2026-11-17 14:00", "duration": "1 h", "people": [person]}
    facts = sample_facts(
        {"interviews": [meeting], "unsaid": {"point": POINT, "problem": "You want fewer night calls."}}
    )
    core = f"You want fewer night calls. There is one thing I did not say: {POINT}"
    context = Sample(core, kind=kind).context()
    reader = facts.interviews[0].people[0]
    context = replace(context, facts=facts, person=reader, said_before=said_before)
    return [finding.words for finding in check_mail(context, [RULE])]


@pytest.mark.parametrize(
    ("link", "words"), [(LINK, ["I wrote the runbook for refrigerated trucks"]), (OTHER, []), ("", [])]
)
def test_a_point_of_the_link_is_found(link: str, words: list[str]) -> None:
    """The point is named, and only when the link to the same person makes it."""
    assert found(link) == words


def test_a_problem_may_come_up_again() -> None:
    """That a thank-you named their problem is no reason not to answer it with something new."""
    assert found(OTHER, said_before=(f"Thank you for Tuesday. {OTHER}",)) == []


def test_other_mails_may_have_the_point() -> None:
    """The thank-you itself is not told that it repeats its own link."""
    assert found(LINK, Kind.THANK_YOU) == []

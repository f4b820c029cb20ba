"""Facts are jotted, mails are not: what a fact has in a short form passes, and its wrong twin is found."""

from __future__ import annotations

from datetime import date

from changing import replace

from followup_mail.checks import Finding, check_mail, choose_rules
from followup_mail.checks.context import Briefing
from followup_mail.checks.samples import Sample


def found(core: str, *facts: str) -> list[Finding]:
    """Return what FM901 finds in a mail that was written from some facts."""
    context = replace(Sample(core, subject="Our talk").context(), briefing=Briefing(("Sam Rivera", *facts)))
    return list(check_mail(context, choose_rules(["FM901"])))


def errors(core: str, *facts: str) -> list[str]:
    return [finding.words for finding in found(core, *facts) if finding.is_error]


def test_a_day_is_not_read_across_two_facts() -> None:
    """A note that ends with a weekday does not give its weekday to the date of the next fact."""
    facts = ("names I send on Monday", "10 December")
    assert not found("You hoped to decide by Thursday 10 December.", *facts)
    assert errors("You hoped to decide by Thursday 11 December.", *facts) == ["Thursday 11 December"]
    assert errors("You hoped to decide by Thursday 10 December.", "Friday 10 December") == ["Thursday 10 December"]


def test_the_weekday_of_the_decision_is_that_of_the_calendar() -> None:
    """A date of the facts with a wrong weekday is found where the facts file knows the year."""
    told = {"said": {"decision_by": date(2026, 12, 10)}}
    for day, is_wrong in (("Friday", True), ("Thursday", False)):
        sample = Sample(f"You hoped to decide by {day} 10 December.", subject="Our talk", facts=told).context()
        findings = check_mail(replace(sample, briefing=Briefing(("10 December",))), choose_rules(["FM901"]))
        assert [finding.words for finding in findings] == ["Friday 10 December"] * is_wrong

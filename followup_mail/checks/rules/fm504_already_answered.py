"""FM504: a follow-up to somebody who has answered."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.step import Against
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.plan_objections import find_objection, outcome_against, outcome_missing
from followup_mail.checks.rule import ERROR, Rule, Spot, in_header
from followup_mail.checks.samples import Sample

_BY_ANSWER = "they have answered: "
"""How the plan begins where an interview is the answer."""
_RECORD = "Write down their answer first: followup-mail rejected APP"
_ANOTHER_TALK = "Leave it out. If that interview does not take place, take it out of the facts: followup-mail edit APP"


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if why := outcome_against(mail.context):
        yield in_header(f"They have already answered: {why}.")
    elif found := find_objection(mail.context, Against.ANSWERED):
        why = found.words.removeprefix(_BY_ANSWER)
        fix = _ANOTHER_TALK if why != found.words else ""
        yield in_header(f"They have already answered: {why}.", fix=fix)
    elif outcome_missing(mail.context):
        yield in_header("This answers a no, and no no of theirs is written down.", fix=_RECORD)


RULE = Rule(
    code="FM504",
    name="already-answered",
    severity=ERROR,
    looks_for="A follow-up after a reply, a rejection, an offer or a withdrawal.",
    why="A question that they have already answered shows that you did not read their mail.",
    fix="Answer their message instead. If the facts are out of date, run `followup-mail outcome APP waiting`.",
    bad=Sample(
        "Could you tell me how far you have come with the nightly jobs and the Data Engineer position?",
        kind="status_inquiry",
        given="They rejected the application on 20 November.",
        facts={"outcome": {"status": "rejected", "on": "2026-11-20"}},
    ),
    good=Sample(
        "Thank you for letting me know. The talk about the nightly jobs was worth the visit.",
        kind="rejection_thanks",
        given="They rejected the application on 20 November.",
        facts={"outcome": {"status": "rejected", "on": "2026-11-20"}},
    ),
    inspect=_inspect,
)

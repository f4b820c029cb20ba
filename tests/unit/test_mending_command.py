"""A step that lacks a fact sends its reader to a question or an option, not to the file."""

from __future__ import annotations

from changing import replace
from plan_samples import DANA, apply, meet, only, plan

from followup_mail.cadence.step import Kind, StepState
from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.samples import Sample, sample_facts
from followup_mail.services.context.mending_command import mending_command


def test_a_missing_address_is_an_option_of_change() -> None:
    """The command names the person, ready to be completed."""
    facts = apply(contacts=[], interviews=[meet("2026-11-18 09:00", {**DANA, "email": None})])
    step = only(plan(facts), Kind.THANK_YOU)
    assert step.state is StepState.BLOCKED
    assert mending_command(step) == f'change {facts.slug} --address "dana-lee: ADDRESS"'


def test_a_missing_conversation_is_asked_for() -> None:
    """What was talked about is told to ``ask``."""
    bare = {"name": "Dana Lee", "email": "dana@acme.example"}
    facts = apply(interviews=[meet("2026-11-18 09:00", bare)])
    assert mending_command(only(plan(facts), Kind.THANK_YOU)) == f"ask {facts.slug}"


def test_a_fix_names_the_application_where_it_is_known() -> None:
    """The command of a fix can be typed as it is printed."""
    core = "Thank you for taking the time to meet with me on Tuesday. I look forward to hearing from you."
    facts = sample_facts({"interviews": [], "fit": [], "not_mentioned": []})
    context = replace(Sample(core, kind=Kind.THANK_YOU).context(), facts=facts)
    (known,) = check_mail(context, choose_rules(["FM301"]))
    assert known.fix.endswith(f"followup-mail ask {facts.slug}")
    (unknown,) = check_mail(replace(context, facts=None), choose_rules(["FM301"]))
    assert unknown.fix.endswith("followup-mail ask NAME")

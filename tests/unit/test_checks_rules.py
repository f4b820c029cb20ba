"""Every rule keeps what its own file promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from changing import replace

from followup_mail import checks
from followup_mail.cadence.step import Against, Objection, StepState
from followup_mail.checks import Rule, all_rules, check_mail, choose_rules, has_errors
from followup_mail.checks.explain import explain
from followup_mail.checks.plan_objections import RULE_AGAINST
from followup_mail.checks.samples import Sample, sample_step

RULES = all_rules()


def name_of(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}"


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_bad_sample_trips_the_rule(rule: Rule) -> None:
    """A rule finds what it shows as bad."""
    found = check_mail(rule.bad.context(), [rule])
    assert found
    assert {one.code for one in found} == {rule.code}
    assert all(one.message.endswith(".") and one.fix for one in found)


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_good_sample_passes_every_rule(rule: Rule) -> None:
    """What a rule shows as good has no error by any rule, and no finding by this one."""
    found = check_mail(rule.good.context())
    assert not has_errors(found), found
    assert rule.code not in {one.code for one in found}


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_rule_is_named_like_its_file(rule: Rule) -> None:
    """Code and name are those of the file, the severity that of the family: a rule is where one looks for it."""
    stem = f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    folder = Path(checks.__file__).parent / "rules"
    assert [path.suffix in {".py", ".toml"} for path in folder.glob(f"{stem}.*")] == [True]
    assert re.fullmatch(r"FM\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    # An address may look wrong and be right, so this one of its family stops nothing.
    assert (rule.severity == "warning") == (rule.code.startswith("FM8") or rule.code == "FM706")


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_rule_is_explained(rule: Rule) -> None:
    """`--explain` says what, why and how to mend, and prints both samples."""
    said = explain(rule.name)
    assert f"{rule.code} {rule.name}" in said
    assert rule.why in said
    assert rule.fix in said
    for sample in (rule.bad, rule.good):
        assert sample.words.split("\n", 1)[0].strip() in said


def test_codes_and_names_are_unique() -> None:
    """No code and no name is used twice: both are what users write into `--ignore`."""
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("kind", list(Against))
def test_each_kind_of_objection_has_the_rule_that_can_be_ignored_for_it(kind: Against) -> None:
    """Whatever the plan says against a step, just the rule named for its kind speaks up, with the plan's words."""
    step = sample_step(StepState.SKIPPED, against=Objection(kind, "of no matter: limit, reply, called off"))
    found = check_mail(replace(Sample("One more thought.").context(), step=step), choose_rules(["FM502,FM503,FM504"]))
    assert [one.code for one in found] == [RULE_AGAINST[kind]]
    assert "of no matter" in found[0].message


def test_two_objections_are_both_told() -> None:
    """One objection does not hide another one: to ignore the first is not to ignore the second."""
    step = sample_step(StepState.QUEUED)
    step = replace(step, objections=(Objection(Against.ANSWERED, "they replied"), Objection(Against.LIMIT, "enough")))
    found = check_mail(replace(Sample("One more thought.").context(), step=step), choose_rules(["FM502,FM503,FM504"]))
    assert [one.code for one in found] == ["FM502", "FM504"]


def test_an_interview_that_answers_is_said_once_with_what_helps() -> None:
    """Where a further round is the answer, neither the answer is said twice nor an outcome to be changed."""
    against = Objection(Against.ANSWERED, "they have answered: round 2 is on Thu 8 Oct")
    step = sample_step(StepState.SKIPPED, against=against)
    context = replace(Sample("One more thought.", facts={"company": "Northwind"}).context(), step=step)
    found = check_mail(context, choose_rules(["FM504"]))[0]
    assert found.message == "They have already answered: round 2 is on Thu 8 Oct."
    assert "outcome" not in found.fix
    assert found.fix.endswith("followup-mail edit northwind")


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_a_saved_mail_is_mended_in_its_own_words(rule: Rule) -> None:
    """Whoever wrote a mail elsewhere mends it there: no fix sends them to a command or an option for our drafts."""
    context = replace(rule.bad.context(), is_saved=True)
    for finding in check_mail(context, [rule]):
        assert "followup-mail ask" not in finding.fix
        assert not {"`--at", "`--wording`", "--ready"} & set(finding.fix.split())

"""Every rule keeps what its own file promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from followup_mail.drafts import checks
from followup_mail.drafts.checks import Rule, all_rules, check_letter, has_errors
from followup_mail.drafts.checks.explain import explain

RULES = all_rules()


def name_of(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}"


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_bad_sample_trips_the_rule(rule: Rule) -> None:
    """A rule finds what it shows as bad."""
    found = check_letter(rule.bad.letter(), [rule])
    assert found
    assert {one.code for one in found} == {rule.code}
    assert all(one.message.endswith(".") and one.fix for one in found)


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_good_sample_passes_every_rule(rule: Rule) -> None:
    """What a rule shows as good has no error by any rule, and no finding by this one."""
    found = check_letter(rule.good.letter())
    assert not has_errors(found), found
    assert rule.code not in {one.code for one in found}


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_rule_is_named_like_its_file(rule: Rule) -> None:
    """Code and name are those of the file, the severity that of the family: a rule is where one looks for it."""
    path = Path(checks.__file__).parent / "rules" / f"{rule.code.lower()}_{rule.name.replace('-', '_')}.py"
    assert path.exists()
    assert re.fullmatch(r"FM\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert (rule.severity == "warning") == rule.code.startswith("FM8")


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

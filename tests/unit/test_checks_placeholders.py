"""What a template left to be filled in is found in every usual form, and real brackets are left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from changing import replace

from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.samples import Sample, sample_facts

RULE = choose_rules(["FM101"])
BRACKETS = tomllib.loads((Path(__file__).parents[1] / "corpus_brackets.toml").read_text("utf-8"))


def found(core: str = "", text: str = "") -> list[str]:
    return [one.words for one in check_mail(Sample(core, text).context(), RULE)]


@pytest.mark.parametrize("sentence", BRACKETS["innocent"])
def test_real_brackets_names_and_dots_pass(sentence: str) -> None:
    """A remark in brackets, a name that sounds like a hint, an ellipsis and code are what the writer meant."""
    assert found(sentence) == []


@pytest.mark.parametrize("sentence", BRACKETS["guilty"])
def test_hints_of_templates_are_found(sentence: str) -> None:
    """What career offices and templates leave to be filled in is found: in brackets, in capitals, as a gap."""
    assert found(sentence)


@pytest.mark.parametrize("greeting", BRACKETS["blank_greetings"])
def test_greetings_to_nobody_yet_are_found(greeting: str) -> None:
    """A greeting to a blank, to a hint, or to either of two titles was never finished."""
    assert found(text=f"{greeting}\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera")


@pytest.mark.parametrize("greeting", BRACKETS["greetings"])
def test_finished_greetings_pass(greeting: str) -> None:
    """An impersonal greeting, a pet name and two titles of one person are no placeholders."""
    said = f"{greeting}\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera"
    assert found(text=said) == []


def test_a_hint_folded_over_two_lines_is_found() -> None:
    """Mail programs break lines where they like; a hint is one all the same."""
    assert found("Thank you for the talk about (insert the topic\nof the interview) on Tuesday.")
    assert found("I would like to work at XYZ\nCompany very much.")


@pytest.mark.parametrize("company", ["XYZ Company", "ABC Corporation Ltd", "Company Name Registry", "XYZ"])
def test_a_company_that_is_really_called_so_passes(company: str) -> None:
    """What the facts call the company is its name, though others use it as an example."""
    called = {"XYZ": "XYZ Company"}.get(company, company)
    context = Sample(f"I would like to bring the nightly jobs to {called}.").context()
    assert check_mail(replace(context, facts=sample_facts({"company": company})), RULE) == ()
    assert company == "Company Name Registry" or check_mail(context, RULE)


def test_a_topic_that_sounds_like_a_hint_passes() -> None:
    """A film called Your Name was talked about; it stands in the facts."""
    facts = sample_facts({"fit": ["I translated the subtitles of Your Name"]})
    context = Sample("The subtitles of Your Name took me a summer, as I said.").context()
    assert check_mail(replace(context, facts=facts), RULE) == ()

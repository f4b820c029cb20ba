"""Each kind and each channel is one row: complete, true to the rest, and the only place that knows it by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace

import pytest
from changing import replace

import followup_mail
from followup_mail.cadence.kinds import Anchor, Kind, SampleCase
from followup_mail.checks import choose_rules
from followup_mail.checks.rule import FOLLOW_UPS, INQUIRIES, REJECTIONS, THANKS
from followup_mail.drafts.template_folders import TemplateFolders, built_in_templates
from followup_mail.facts.application import Person, Status
from followup_mail.facts.channels import Channel
from followup_mail.services.writing.template_check import _CASES

PACKAGE = Path(followup_mail.__file__).parent
NOBODYS = TemplateFolders(Path("/nowhere"))
KNOWING_KINDS = {
    *(
        "cadence/thank_yous.py",
        "cadence/application_steps.py",
        "cadence/large_panels.py",
    ),  # they propose steps of these kinds
    *("services/answers/answer_rejection.py", "cli/views/show_demo.py"),  # they write such a mail
    *(
        "services/asking/ask_questions.py",
        "services/asking/asked_before.py",
        "cli/views/finished_mails.py",
        "cli/views/show_answers.py",
        "cli/commands/asking.py",
    ),  # what such a mail lacks
    "mcp/prompts/__init__.py",  # a prompt for such a mail
    "checks/samples.py",
    "checks/mail_kind.py",  # it tells them apart, for a mail that nobody planned
}
KNOWING_CHANNELS = {
    "cadence/application_steps.py",  # the answer to a rejection that is part of every cadence
    "cadence/thank_yous.py",  # a large panel is thanked through one mail
    *(
        "cadence/requested_step.py",
        "cadence/steps_outside_plan.py",
        "outbox/application_history.py",
        "services/mailbox/count_by_hand.py",
        "services/answers/safe_answer.py",
    ),  # what the outbox sends is mail
    *("checks/samples.py", "services/writing/template_check.py"),
}


@pytest.mark.parametrize("rows", [Kind, Channel])
def test_a_member_without_its_row_is_refused(rows: type[StrEnum]) -> None:
    """A kind or channel that somebody adds without its traits is named at the first import."""
    with pytest.raises(TypeError, match="fax needs its traits"):
        rows.__new_member__(rows, "fax")  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_wordings(kind: Kind) -> None:
    """There are two wordings of each kind at least, so that two people of a panel get different ones."""
    assert len(NOBODYS.wordings(kind)) >= 2


def test_kinds_have_names_of_their_own() -> None:
    """No two kinds are called the same, in sentences, headings or calendars."""
    for names in (
        [kind.traits.in_sentence for kind in Kind],
        [kind.traits.in_heading for kind in Kind],
        [kind.traits.in_calendar for kind in Kind],
    ):
        assert all(names)
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", Kind)
def test_the_row_of_a_kind_makes_sense(kind: Kind) -> None:
    """What follows from one trait is said by the others too."""
    traits = kind.traits
    assert traits.outcomes
    assert traits.samples
    assert traits.deadline.count > 0
    assert not traits.in_chain or (traits.presses and traits.counts and set(traits.anchors) > {Anchor.INTERVIEW})
    assert not traits.can_be_series or traits.in_chain
    assert not traits.answered_by_interview or Anchor.APPLICATION in traits.anchors
    assert not traits.thanks_for_interview or traits.waits_for_interview
    assert traits.answers_rejection == (Anchor.REJECTION in traits.anchors)
    assert not traits.continues_thread or not traits.answers_rejection


def test_outcomes_say_when_a_kind_may_be_sent() -> None:
    """All but the answer to a rejection is for an application that waits; what is planned is held after a reply."""
    assert [kind for kind in Kind if Status.WAITING not in kind.traits.outcomes] == [Kind.REJECTION_THANKS]
    planned = [kind for kind in Kind if kind.traits.anchors]
    assert not any(Status.REPLIED in kind.traits.outcomes for kind in planned)


def test_rules_look_at_the_kinds_that_their_rows_name() -> None:
    """The groups of kinds that rules are for."""
    assert {Kind.THANK_YOU} == THANKS
    assert {Kind.STATUS_INQUIRY, Kind.APPLICATION_CHECK} == INQUIRIES
    assert {Kind.REJECTION_THANKS} == REJECTIONS
    assert {Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY} == FOLLOW_UPS


def test_a_row_exempts_from_rules_that_there_are() -> None:
    """The codes of rules that do not look at a kind are codes of rules."""
    codes = {rule.code for rule in choose_rules()}
    assert all(kind.traits.not_for_rules <= codes for kind in Kind)


def test_a_rule_does_not_look_at_a_kind_that_its_row_exempts() -> None:
    """What a rule finds may be what a mail of one kind is for: its row says so."""
    rule = choose_rules()[0]
    context = rule.bad.context()
    traits = replace(Kind.THANK_YOU.traits, not_for_rules=frozenset({rule.code}))
    exempted = SimpleNamespace(kind=SimpleNamespace(traits=traits))
    assert rule.applies_to(context)
    assert not rule.applies_to(exempted)  # type: ignore[arg-type]


def test_every_sample_case_has_its_facts() -> None:
    """A wording can be tried on each case that a row may name."""
    assert set(_CASES) == set(SampleCase)


def test_channels_have_names_of_their_own() -> None:
    """No two channels are called the same, and no word that the user types means two of them."""
    for names in (
        [channel.traits.label for channel in Channel],
        [channel.traits.by for channel in Channel],
        [channel.traits.event_title for channel in Channel],
        [channel.traits.event_category for channel in Channel],
        [word for channel in Channel for word in channel.traits.words],
    ):
        assert all(names)
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("channel", Channel)
def test_the_row_of_a_channel_makes_sense(channel: Channel) -> None:
    """A channel is sent by the program or has a script, names a kind, and a field of a person as its address."""
    traits = channel.traits
    assert traits.is_sent == (not traits.script)
    assert Kind(traits.usual_kind)
    assert bool(traits.address_field) == bool(traits.address_missing) == bool(traits.address_label)
    assert not traits.address_field or traits.address_field in Person.fields
    for part in traits.script:
        assert (built_in_templates() / part.folder / f"{part.only or traits.usual_kind}.txt").is_file()


def test_nobody_else_asks_for_a_kind_or_a_channel_by_name() -> None:
    """What depends on the kind or the channel stands in its row: other modules ask the row."""
    assert set(_modules_naming(Kind)) <= KNOWING_KINDS
    assert set(_modules_naming(Channel)) <= KNOWING_CHANNELS


def _modules_naming(rows: type[StrEnum]) -> Iterator[str]:
    """Yield each module that names a member, but for that with the rows and the rules."""
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE).as_posix()
        if place.startswith("checks/rules/") or place in {"cadence/kinds.py", "facts/channels.py"}:
            continue
        nodes = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute))
        if any(node.attr in rows.__members__ and ast.unparse(node.value) == rows.__name__ for node in nodes):
            yield place

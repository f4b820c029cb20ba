"""Nobody is thanked twice because a name was put right or a facts file was renamed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from followup_mail.cadence.step import Kind, StepState
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.outbox.entry import State
from followup_mail.services.applications.forget import forget_application, is_only_in_outbox
from followup_mail.services.context.application_context import open_all, open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.workspace import Workspace


@pytest.fixture
def workspace(due: Workspace) -> Workspace:
    """A workspace in which Tom was thanked."""
    assert [one.entry.state for one in deliver_once(due)] == [State.SENT]
    return due


def thanked(workspace: Workspace, slug: str, person: str) -> StepState:
    """Where the thank-you to somebody stands."""
    steps = open_application(workspace, slug).plan.steps
    return next(one.state for one in steps if one.kind is Kind.THANK_YOU and one.id.person == person)


def rewrite(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.facts.path(SLUG)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_name_put_right_is_the_same_person(workspace: Workspace) -> None:
    """Tom is Thomas, at the same address: he was thanked, and is not thanked again."""
    rewrite(workspace, "Tom Okafor", "Thomas Okafor")
    assert thanked(workspace, SLUG, "thomas-okafor") is StepState.DONE
    with pytest.raises(RefusedError, match="done already"):
        enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("thomas",)))


def test_another_name_at_another_address_is_somebody_else(workspace: Workspace) -> None:
    """Who has neither the name nor the address was not thanked yet."""
    rewrite(workspace, "Tom Okafor", "Thomas Okafor")
    rewrite(workspace, "tom.okafor@", "thomas.okafor@")
    assert thanked(workspace, SLUG, "thomas-okafor") is StepState.DUE


def test_a_renamed_file_is_the_same_application(workspace: Workspace) -> None:
    """The file was renamed: who was thanked stays thanked, the others are still due."""
    workspace.facts.path(SLUG).rename(workspace.facts.path("lumen"))
    assert thanked(workspace, "lumen", "tom-okafor") is StepState.DONE
    assert thanked(workspace, "lumen", "elena-petrova") is StepState.DUE
    with pytest.raises(RefusedError, match="done already"):
        enqueue(workspace, Request("lumen", Kind.THANK_YOU, to=("tom",)))


def test_a_second_application_beside_the_first_is_its_own(workspace: Workspace) -> None:
    """Both files are there: two positions, and each is thanked for."""
    workspace.facts.create("lumen", workspace.facts.text(SLUG))
    assert thanked(workspace, "lumen", "tom-okafor") is StepState.DUE


def test_what_waits_for_a_file_that_is_gone_is_told_at_once(workspace: Workspace) -> None:
    """Not only when its moment has come: the user hears which file is missing, and which mails wait for it."""
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("elena",)))
    assert open_all(workspace)[1] == []
    workspace.facts.path(SLUG).rename(workspace.facts.path("lumen"))
    (error,) = open_all(workspace)[1]
    assert str(workspace.facts.path(SLUG)) in error.sentence
    assert "#2" in error.sentence


def test_what_is_left_of_a_file_that_is_gone_can_be_forgotten(workspace: Workspace) -> None:
    """The file was removed by hand: names and mails in the outbox can still be deleted."""
    workspace.facts.path(SLUG).unlink()
    assert is_only_in_outbox(workspace, SLUG)
    assert "Deleted 1 entry with all history" in forget_application(workspace, SLUG)[0]
    assert workspace.store.applications() == ()
    with pytest.raises(NotFoundError):
        forget_application(workspace, SLUG)


def test_years_later_the_same_people_are_thanked_again(workspace: Workspace, clock: Clock) -> None:
    """An old application was thrown away; a new interview with the same people is a new story."""
    text = workspace.facts.text(SLUG).replace("2026-11-18 14", "2026-12-16 14").replace("2026-11-02", "2026-12-01")
    workspace.facts.create("lumen", text)
    workspace.facts.path(SLUG).unlink()
    clock.shows = NEXT_MORNING + timedelta(days=28, hours=1)
    assert thanked(workspace, "lumen", "tom-okafor") is StepState.DUE

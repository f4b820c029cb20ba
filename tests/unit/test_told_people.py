"""The people typed into ``add``: what nobody can be made of is asked about, and whom it understood is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from followup_mail.cli.views.show_understood import show_understood
from followup_mail.facts.debrief import Answers, MetPerson
from followup_mail.facts.terms import Role
from followup_mail.services.adding.add_draft import AddDraft
from followup_mail.services.adding.told_people import read_people_told

GUESTS = "2 guests\nAda Ray\nada.ray@x.example\nx77@x.example\nYes   No   Maybe\n"


def test_an_address_without_a_name_is_asked_about() -> None:
    """A guest without a readable name is not dropped without a yes."""
    understood = read_people_told(AddDraft(), GUESTS, frozenset())
    assert [person.name for person in understood.draft.people] == ["Ada Ray"]
    assert understood.doubt == "Nobody is named beside x77@x.example. Is it right to leave that out?"
    assert not understood.notes


def test_a_wrong_name_can_be_seen(capsys: pytest.CaptureFixture[str]) -> None:
    """Each person is said with title and part as they were read."""
    people = (MetPerson(name="Ada Ray", title="CTO"), MetPerson(name="Tom Okafor", role=Role.RECRUITER))
    start = datetime(2026, 11, 16, 14, tzinfo=UTC).replace(tzinfo=None)
    show_understood(Answers(company="Acme", role="Engineer", time_zone="Europe/Berlin", start=start, people=people))
    assert "Understood: Ada Ray (CTO); Tom Okafor, recruiter." in capsys.readouterr().err

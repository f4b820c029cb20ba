"""Proof points: kept once, used where they have to do with the role or the conversation."""

from __future__ import annotations

from typing import Any

from followup_mail.facts.application import Application
from followup_mail.facts.proof_points import with_proof_points

POINTS = ("moved a warehouse in 3 days", "trained 12 apprentices", "cut invoices errors 4 -> 1 %")


def application(**changes: Any) -> Application:
    facts = {"slug": "acme", "company": "Acme", "role": "Warehouse lead", "fit": ["5 yrs nights"]}
    return Application.read({**facts, **changes})


def test_a_point_about_the_role_is_taken() -> None:
    """What has to do with the role comes behind the reasons of the application, everything else stays out."""
    assert with_proof_points(application(), POINTS).fit == ("5 yrs nights", POINTS[0])


def test_a_point_about_the_conversation_is_taken() -> None:
    """What somebody talked about calls for the point that answers it, the nearest first."""
    people = [{"name": "Gord Pakulak", "email": "g@x.example", "discussed": ["apprentices, 3 trained so far"]}]
    interviews = [{"start": "2026-11-18 14:00", "duration": "45 min", "time_zone": "America/Chicago", "people": people}]
    assert with_proof_points(application(interviews=interviews, role="Lead"), POINTS).fit[1] == POINTS[1]


def test_without_reasons_the_first_points_serve() -> None:
    """An application that has no reason of its own and none that fits in particular still has some."""
    assert with_proof_points(application(fit=[], role="Cook"), POINTS).fit == POINTS


def test_a_reason_that_stands_in_both_is_there_once() -> None:
    """The same note in the application and among the points is one reason."""
    assert with_proof_points(application(fit=[POINTS[0].upper()]), POINTS).fit == (POINTS[0].upper(),)

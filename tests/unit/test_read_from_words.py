"""Company and position are proposed as the invitation spells them."""

from __future__ import annotations

import pytest

from followup_mail.incoming.found import Found, FoundEvent
from followup_mail.services.importing.read_from_words import find_company_name, find_position, find_round


def test_the_company_is_spelled_as_in_the_text() -> None:
    """The domain says which words are the name, the text how they are written; an address is no spelling."""
    text = "Thank you for applying to Henn Health.\nDenise Okafor\nHenn Health | denise@hennhealth.example"
    assert find_company_name(Found(text=text), "hennhealth") == "Henn Health"
    event = FoundEvent(uid="a", title="Interview: Head Baker at Sugar Pine Bakery")
    assert find_company_name(Found(events=(event,)), "sugarpine") == "Sugar Pine Bakery"
    assert find_company_name(Found(text="Welcome to Sugar Pine Monday at ten."), "sugarpine") == "Sugar Pine"
    assert find_company_name(Found(text="see hennhealth.example"), "hennhealth") == ""


@pytest.mark.parametrize(
    ("title", "text", "role"),
    [
        ("Infusion Nurse (RN) interview", "", "Infusion Nurse (RN)"),
        ("Staff Nurse phone interview", "", "Staff Nurse"),
        ("Interview", "We would like to talk about the Charge Nurse position.", "Charge Nurse"),
        ("Interview: Data Engineer", "", "Data Engineer"),
        ("Priya Raman interview", "", ""),
        ("Phone interview", "The position is open.", ""),
    ],
)
def test_a_position_that_is_named_is_proposed(title: str, text: str, role: str) -> None:
    """From the summary, else from the text; what is no job title is not."""
    assert find_position(Found(events=(FoundEvent(uid="a", title=title),), text=text)) == role


@pytest.mark.parametrize(
    ("subject", "text", "named"),
    [
        ("Interview 2 - Data Engineer", "", (2, "Interview 2")),
        ("Re: Second interview", "", (2, "Second interview")),
        ("2nd round with Lumen", "", (2, "2nd round")),
        ("Third technical interview", "", (3, "Third technical interview")),
        ("Final round interviews", "", (0, "Final round")),
        ("Invitation", "We would like to invite you to a second interview on Friday.", (2, "second interview")),
        ("Stage 2 of 3", "", (2, "Stage 2")),
        ("Interview 2 December", "", (1, "")),
        ("Interview 2.12. um 10 Uhr", "", (1, "")),
        ("Interview 2pm", "", (1, "")),
        ("Interview 2nd December", "", (1, "")),
        ("First interview", "", (1, "")),
        ("Interview 1", "If all goes well, there will be a second interview.", (1, "")),
        ("Your interview", "", (1, "")),
    ],
)
def test_a_further_round_is_recognised_by_what_it_is_called(subject: str, text: str, named: tuple[int, str]) -> None:
    """In a subject, a title or an invitation; a day behind the word is none, and what may come later neither."""
    assert find_round(Found(text=f"{subject}\n{text}")) == named
    if not text:
        assert find_round(Found(events=(FoundEvent(uid="1", title=subject),))) == named

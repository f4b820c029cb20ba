"""Tests for names that are typed without their accents."""

from __future__ import annotations

import pytest

from followup_mail.facts.addressees import is_meant, names_meant
from followup_mail.facts.debrief import MetPerson
from followup_mail.services.adding.debrief_options import with_topics
from followup_mail.services.changing.facts_draft import FactsDraft

FACTS = 'contacts = [{ name = "In\u00eas Carvalho" }, { name = "Bj\u00f8rn Dahl" }, { name = "Fergal Tuohy" }]\n'


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ines", "In\u00eas Carvalho"),
        ("Ines Carvalho", "In\u00eas Carvalho"),
        ("In\u00eas", "In\u00eas Carvalho"),
        ("bjorn", "Bj\u00f8rn Dahl"),
        ("INE\u0302S", "In\u00eas Carvalho"),
    ],
)
def test_first_name_is_enough_without_accents(typed: str, meant: str) -> None:
    """The first name alone means somebody, however it is typed."""
    assert is_meant(typed, meant)
    assert [entry["name"] for entry in FactsDraft(FACTS).entries_of(typed)] == [meant]
    people = with_topics([MetPerson(name=meant), MetPerson(name="Fergal Tuohy")], {"discussed": [f"{typed}: tail"]})
    assert [person.discussed for person in people] == [("tail",), ()]


def test_accents_tell_two_people_apart() -> None:
    """Who has a namesake with an accent is meant by the name without it, and the other way round."""
    names = ("Ines Moura", "In\u00eas Carvalho")
    assert names_meant("Ines", names) == ("Ines Moura",)
    assert names_meant("In\u00eas", names) == ("In\u00eas Carvalho",)
    assert not is_meant("Ina", names[1])

"""How formal a mail to somebody is, and the first line that follows from it."""

from __future__ import annotations

import pytest

from followup_mail.drafts.addressing import Addressing
from followup_mail.facts.people import Person
from followup_mail.facts.terms import Role, Tone
from followup_mail.facts.tone import greeting, tone_of

FORMAL, NEUTRAL, FRIENDLY = Tone.FORMAL, Tone.NEUTRAL, Tone.FRIENDLY


@pytest.mark.parametrize(
    ("facts", "country", "tone", "line"),
    [
        ({"name": "Dale Krug", "address_as": "Dale"}, "US", FRIENDLY, "Hi Dale"),
        ({"name": "Marisol Vega"}, "US", FRIENDLY, "Hi Marisol"),
        ({"name": "Joan Ellery", "address_as": "Ms Ellery"}, "GB", FORMAL, "Dear Ms Ellery"),
        ({"name": "Dr Anil Wadekar"}, "GB", FORMAL, "Dear Dr Wadekar"),
        ({"name": "Dr. Priya Raman"}, "US", FORMAL, "Dear Dr. Raman"),
        ({"name": "Judge Ada Okonkwo"}, "US", FORMAL, "Dear Judge Okonkwo"),
        ({"name": "Dr. Tobias Wernecke", "address_as": "Tobias"}, "DE", FRIENDLY, "Hi Tobias"),
        ({"name": "Jochen Brandis"}, "DE", FORMAL, "Dear Jochen Brandis"),
        ({"name": "Brandis, Jochen"}, "AT", FORMAL, "Dear Jochen Brandis"),
        ({"name": "Ayako Shinozuka", "address_as": "Shinozuka-san"}, "JP", FORMAL, "Dear Shinozuka-san"),
        ({"name": "Yamada Tarō"}, "JP", FORMAL, "Dear Yamada Tarō"),
        ({"name": "Ines Castellow", "address_as": "Chef"}, "US", FRIENDLY, "Hi Chef"),
        ({"name": "Ada Okonkwo", "address_as": "Judge"}, "US", FORMAL, "Dear Judge"),
        ({"name": "Beatriz Sampaio Lenz"}, "BR", NEUTRAL, "Dear Beatriz"),
        ({"name": "Rohan Tambe", "title": "Staff Engineer"}, "IN", NEUTRAL, "Dear Rohan"),
        ({"name": "Rohan Tambe", "title": "Vice President"}, "IN", FORMAL, "Dear Rohan Tambe"),
        ({"name": "Rohan Tambe", "role": Role.HIRING_MANAGER}, "IN", FORMAL, "Dear Rohan Tambe"),
        ({"name": "Joan Reed", "title": "Chief Executive"}, "US", NEUTRAL, "Dear Joan"),
        ({"name": "Jochen Brandis", "address_as": "Jochen Brandis"}, "US", FORMAL, "Dear Jochen Brandis"),
        ({"name": "Thomas Reed", "address_as": "Tom"}, "FR", FRIENDLY, "Hi Tom"),
        ({"name": "Thomas Reed", "country": "DE"}, "US", FORMAL, "Dear Thomas Reed"),
        ({"name": "Thomas Reed", "country": "US"}, "DE", FRIENDLY, "Hi Thomas"),
        ({"name": "Thomas Reed"}, None, NEUTRAL, "Dear Thomas"),
        ({"name": "J. R. Reed"}, "US", FRIENDLY, "Dear J. R. Reed"),
        ({"name": "Thomas Reed", "tone": "formal"}, "US", FORMAL, "Dear Thomas Reed"),
        ({"name": "Jochen Brandis", "tone": "friendly"}, "DE", FRIENDLY, "Hi Jochen"),
        ({"name": "Joan Ellery", "address_as": "Ms Ellery", "tone": "friendly"}, "GB", FRIENDLY, "Hi Ms Ellery"),
        ({"name": "Hiring team", "address_as": "hiring team"}, "US", FORMAL, "Dear hiring team"),
    ],
)
def test_tone_and_first_line(facts: dict[str, object], country: str | None, tone: Tone, line: str) -> None:
    """The field wins, then the form of address, then a title in the name, then the country."""
    person = Person.read(facts)
    assert tone_of(person, country) is tone
    assert greeting(person, tone, country) == line


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("given", ["Tom", "Mr Reed", "Reed-san", "TJ", "de Reed"])
def test_address_as_is_written_as_given(tone: Tone, given: str) -> None:
    """What the facts say about the form of address wins over everything that a name could tell."""
    person = Person(name="Dr. Thomas Reed", address_as=given)
    assert greeting(person, tone).partition(" ")[2] == given
    assert person.greeting_name == given


@pytest.mark.parametrize(
    ("title", "role", "at_theirs"),
    [
        ("recruiter at Medacs", Role.INTERVIEWER, "at Northwind"),
        ("Talent Acquisition Lead", Role.INTERVIEWER, "at Northwind"),
        ("matron", Role.INTERVIEWER, "with you"),
        ("Head of Recruitment", Role.HIRING_MANAGER, "with you"),
        ("", Role.COORDINATOR, "at Northwind"),
    ],
)
def test_nobody_will_work_with_a_recruiter(title: str, role: Role, at_theirs: str) -> None:
    """Whoever recruits by title or by part is told of work at the company; others of work with them."""
    person = Person.read({"name": "Tariq Aziz", "title": title, "role": role})
    assert Addressing(person, "Northwind", "GB").facts()["at_theirs"] == at_theirs

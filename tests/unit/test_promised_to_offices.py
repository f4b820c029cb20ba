"""A promise to an office reaches the one person met who holds it."""

from __future__ import annotations

import pytest
from draft_samples import apply

from followup_mail.facts.application import Application
from followup_mail.facts.people import Person
from followup_mail.facts.terms import Role
from followup_mail.language.promises import promises_to, promises_to_nobody

ANN = Person(name="Ann Reed", title="Headteacher")
SARA = Person(name="Sara Ito", title="Admissions and HR Officer")
TOM = Person(name="Tom Okafor", title="Deputy Head")
LUCY = Person(name="Lucy Brennan", role=Role.RECRUITER)
ADMIN = Person(name="Jo Hill", title="Panel Administrator")


def met(what: str, *people: Person) -> Application:
    application = apply(promised=[{"what": what, "file": "a.pdf"}])
    only = application.interviews[0].copy_with(people=people)
    return application.copy_with(interviews=(only,), contacts=())


@pytest.mark.parametrize(
    ("what", "name", "thing"),
    [
        ("my references to HR", "Sara Ito", "my references"),
        ("my references to human resources", "Sara Ito", "my references"),
        ("my references for the HR team by friday", "Sara Ito", "my references"),
        ("my references to the recruiter", "Lucy Brennan", "my references"),
        ("my certificates for the panel's admin", "Jo Hill", "my certificates"),
        ("my references (HR)", "Sara Ito", "my references"),
        ("my references to the HR officer", "Sara Ito", "my references"),
        ("my references to the deputy head", "Tom Okafor", "my references"),
    ],
)
def test_an_office_that_one_person_holds_is_that_person(what: str, name: str, thing: str) -> None:
    """Where the title or the part of exactly one person met fits, the promise was made to them."""
    application = met(what, ANN, SARA, TOM, LUCY, ADMIN)
    kept = {person.name: one.thing for person in application.everyone() for one in promises_to(application, person)}
    assert kept == {name: thing}


@pytest.mark.parametrize(
    ("what", "people"),
    [
        ("my references to HR", (ANN, TOM)),
        ("my references to HR", (ANN, SARA, Person(name="Max Li", title="HR Manager"))),
        ("my references to the head", (SARA, TOM)),
        ("my references to the HR director", (ANN, SARA)),
        ("my reading list for the museum", (ANN, Person(name="Max Li", title="Museum Manager"))),
        ("my plan for the new hire", (ANN, SARA)),
    ],
)
def test_an_office_that_nobody_or_several_hold_is_asked(what: str, people: tuple[Person, ...]) -> None:
    """Where nobody, two people or only the deputy could be meant, or no office is told, who it is has to be asked."""
    application = met(what, *people)
    assert [one.what for one in promises_to_nobody(application)] == [what]

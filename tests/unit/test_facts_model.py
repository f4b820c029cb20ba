"""The vocabulary: values that are frozen, aware, converted from nothing, and sure who is who."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from followup_mail.facts.application import Application, Person, Role
from followup_mail.facts.plain_facts import as_tables
from followup_mail.facts.unfit_values import UnfitFactsError

START = "2026-11-18 14:30"


def application(**facts: Any) -> Application:
    return Application.read(
        {"slug": "acme", "company": "Acme", "role": "Engineer", "time_zone": "Europe/Berlin", **facts}
    )


def interview(**facts: Any) -> dict[str, Any]:
    return {"start": START, "duration": "45 min", **facts}


def problems(**facts: Any) -> list[tuple[tuple[int | str, ...], str]]:
    with pytest.raises(UnfitFactsError) as caught:
        application(**facts)
    return [(found.where, str(found.reason or found.wrong)) for found in caught.value.findings]


def test_a_value_cannot_be_changed():
    """Facts are values: nothing later on the road can alter them."""
    with pytest.raises(AttributeError, match="frozen"):
        application().company = "Other"


def test_a_value_made_by_name_passes_the_same_gates():
    """Whoever makes a person gets it cleaned, or everything that is wrong with it at once."""
    assert Person(name=" Ann Lee ") == Person(name="Ann Lee", email=None)
    assert Person(name="Ann Lee", title="").given == {"name", "title"}
    with pytest.raises(UnfitFactsError) as caught:
        Person(emial="ann@example.com", role="boss", discussed=["tea", 5])
    found = [(found.where, found.wrong) for found in caught.value.findings]
    assert found == [
        (("name",), "missing"),
        (("role",), "choice"),
        (("discussed", 1), "shape"),
        (("emial",), "unknown"),
    ]


def test_a_copy_knows_what_was_given():
    """What is changed in a copy counts as given; the value it was made from stays as it is."""
    ann = Person(name="Ann Lee")
    changed = ann.copy_with(title="Head")
    assert (changed.title, changed.given) == ("Head", {"name", "title"})
    assert (ann.title, ann.given) == ("", {"name"})


def test_times_are_aware_and_the_end_is_known():
    """A wall time is placed in the application's zone, and a duration becomes an end."""
    met = application(interviews=[interview()]).interviews[0]
    assert met.start == datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
    assert met.end - met.start == timedelta(minutes=45)
    assert met.end.utcoffset() == timedelta(hours=1)


def test_a_duration_counts_real_time_over_a_change_of_clocks():
    """Two hours from 1:30 on the night the clocks go back end at 2:30, the second one."""
    met = application(interviews=[interview(start="2026-10-25 01:30", duration="2 h")]).interviews[0]
    assert met.end.isoformat() == "2026-10-25T02:30:00+01:00"


def test_an_interview_has_its_own_zone_when_it_names_one():
    """The zone of the application holds only where an interview names none."""
    met = application(interviews=[interview(time_zone="America/Chicago"), interview()]).interviews
    assert [one.time_zone for one in met] == ["America/Chicago", "Europe/Berlin"]


@pytest.mark.parametrize(
    ("facts", "where", "wrong"),
    [
        ({"start": "2026-03-29 02:30"}, "start", "does not exist"),
        ({"start": "2026-10-25 02:30"}, "start", "happens twice"),
        ({"duration": None}, "duration", "has neither"),
        ({"end": "2026-11-18 15:00"}, "duration", "do not agree"),
        ({"duration": None, "end": START}, "duration", "is not after"),
        ({"duration": None, "end": "2026-11-18 13:00"}, "duration", "is not after"),
        ({"duration": "25 h"}, "duration", "longer than a day"),
        ({"duration": None, "end": "2027-11-18 15:00"}, "duration", "longer than a day"),
        ({"start": 1_700_000_000}, "start", "is not a moment"),
        ({"duration": 45}, "duration", "is not a span"),
    ],
)
def test_an_interview_takes_a_sensible_time(facts, where, wrong):
    """An interview begins at a time that was, ends after it, and within a day; a bare number says neither."""
    [(place, said)] = problems(interviews=[interview(**facts)])
    assert place == ("interviews", 0, where)
    assert wrong in said


def test_problems_of_time_are_told_beside_others():
    """A wrong end does not wait until a slip in a person is mended."""
    found = problems(interviews=[interview(start="2026-03-29 02:30", people=[{"nam": "Ann"}])])
    assert {place[-1] for place, _ in found} == {"start", "name", "nam"}


@pytest.mark.parametrize(
    "facts",
    [
        {"said": {"calls": "no"}},
        {"said": {"calls": 0}},
        {"interviews": [interview(round="1")]},
        {"interviews": [interview(round=True)]},
        {"interviews": [interview(round=21)]},
        {"company": 5},
        {"applied": 20261118},
        {"fit": {"a": "b"}},
        {"contacts": [{"name": f"P{number}"} for number in range(51)]},
    ],
)
def test_nothing_is_converted_in_silence(facts):
    """Text is not taken for a flag, a number not for a text or a day, and no list is endless."""
    assert problems(**facts)


def test_one_text_is_a_list_of_one_and_empty_ones_are_dropped():
    """A list that only looks full would make a template begin a sentence it cannot end."""
    known = application(fit="because", not_mentioned=["", " ", "one"], contacts=[{"name": "Ann", "discussed": ""}])
    assert known.fit == ("because",)
    assert known.not_mentioned == ("one",)
    assert known.contacts[0].discussed == ()


def test_a_value_can_be_read_again():
    """A finished application passes its own checks."""
    known = application(interviews=[interview(people=[{"name": "Ann Lee"}])], said={"interval": "2 weeks"})
    assert Application.read(as_tables(known)) == known


def test_somebody_met_twice_is_one_person_with_all_that_is_known():
    """The address noted in the first round and the role noted for a contact are known in the second round too."""
    known = application(
        contacts=[{"name": "Ann Lee", "role": "recruiter"}],
        interviews=[
            interview(people=[{"name": "Ann Lee", "email": "ann@example.com", "discussed": ["tea"]}]),
            interview(round=2, people=[{"name": "Ann Lee", "title": "Head"}]),
        ],
    )
    [ann] = known.everyone()
    assert (ann.email, ann.role, ann.title) == ("ann@example.com", Role.RECRUITER, "Head")
    assert [one.people[0].email for one in known.interviews] == ["ann@example.com"] * 2


def test_the_latest_entry_of_a_person_wins():
    """A new title replaces the old one in the list of everyone; each meeting keeps what was noted for it."""
    known = application(
        interviews=[
            interview(people=[{"name": "Ann Lee", "title": "Lead"}]),
            interview(round=2, people=[{"name": "Ann Lee", "title": "Head"}]),
        ]
    )
    assert [one.title for one in known.everyone()] == ["Head"]
    assert [one.people[0].title for one in known.interviews] == ["Lead", "Head"]


def test_what_was_discussed_belongs_to_one_conversation():
    """A note for round 2 never thanks for what was said in round 1."""
    known = application(
        interviews=[
            interview(people=[{"name": "Ann Lee", "discussed": ["tea"], "convinced": "the milk"}]),
            interview(round=2, people=[{"name": "Ann Lee"}]),
        ]
    )
    second = known.interviews[1].people[0]
    assert (second.discussed, second.convinced) == ((), "")


def test_nobody_is_dropped_for_sharing_a_name():
    """Two people of one name with different addresses stay two."""
    people = [{"name": "Anna Li", "email": "a@example.com"}, {"name": "Anna Li", "email": "b@example.com"}]
    everyone = application(interviews=[interview(people=people)]).everyone()
    assert [one.email for one in everyone] == ["a@example.com", "b@example.com"]


def test_everyone_is_found_quickly_among_many():
    """Twenty interviews with fifty people each are a thousand people, each once, in the order of the file."""
    interviews = [interview(people=[{"name": f"P {row} {seat}"} for seat in range(50)]) for row in range(20)]
    everyone = application(interviews=interviews).everyone()
    assert len(everyone) == len({one.key for one in everyone}) == 1000
    assert everyone[0].name == "P 0 0"


def test_greeting():
    """How to address somebody is what the user says, else the first name or title."""
    assert Person(name="Dr. Priya Raman").greeting_name == "Dr. Raman"
    assert Person(name="Priya Raman", address_as="Ms. Raman").greeting_name == "Ms. Raman"


@pytest.mark.parametrize(("hour", "latest"), [(10, 0), (16, 1), (20, 2)])
def test_latest_round(hour, latest):
    """A round counts once it has ended."""
    known = application(interviews=[interview(), interview(round=2, start="2026-11-18 18:00")])
    assert known.latest_round(datetime(2026, 11, 18, hour, tzinfo=UTC)) == latest

"""Thank-yous: who, when, in which order, through whom."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import pairwise
from typing import Any

import pytest
from plan_samples import DANA, RITA, SAM, apply, at, meet, of_kind, only, past, plan, touch, when

from followup_mail.cadence.step import Kind, StepState
from followup_mail.cadence.worktime import Place


@pytest.mark.parametrize(
    ("start", "facts", "due", "words"),
    [
        ("2026-11-18 09:00", {}, "Wed 18 Nov 12:00", "two hours after your interview on Wed 18 Nov"),
        ("2026-11-18 06:00", {}, "Wed 18 Nov 09:00", "two hours after"),
        ("2026-11-18 05:00", {}, "Wed 18 Nov 08:30", "two hours after"),
        ("2026-11-18 13:30", {}, "Wed 18 Nov 16:30", "two hours after"),
        ("2026-11-18 13:31", {}, "Thu 19 Nov 08:30", "once offices open again"),
        ("2026-11-20 14:00", {}, "Mon 23 Nov 08:30", "past the weekend"),
        ("2026-11-25 14:00", {}, "Fri 27 Nov 08:30", "past Thanksgiving Day"),
        ("2026-12-24 14:00", {}, "Mon 28 Dec 08:30", "past Christmas Day and the weekend"),
        ("2026-12-31 14:00", {}, "Mon 04 Jan 08:30", "past New Year's Day and the weekend"),
        ("2028-02-28 18:00", {}, "Tue 29 Feb 08:30", "two hours after your interview on Mon 28 Feb 2028"),
        ("2026-11-25 14:00", {"country": "DE", "time_zone": "Europe/Berlin"}, "Thu 26 Nov 08:30", "once offices"),
        (
            "2027-10-29 14:00",
            {"country": "DE", "region": "SN", "time_zone": "Europe/Berlin"},
            "Mon 01 Nov 08:30",
            "the weekend",
        ),
        ("2027-10-29 14:00", {"country": "DE", "time_zone": "Europe/Berlin"}, "Tue 02 Nov 08:30", "All Saints' Day"),
        (
            "2028-08-25 14:00",
            {"country": "GB", "time_zone": "Europe/London"},
            "Tue 29 Aug 08:30",
            "past the weekend and Late Summer Bank Holiday",
        ),
        (
            "2027-10-29 14:00",
            {"country": "DE", "region": "BY", "time_zone": "Europe/Berlin"},
            "Tue 02 Nov 08:30",
            "past the weekend and All Saints' Day",
        ),
        ("2026-11-26 16:00", {"country": "IL", "time_zone": "Asia/Jerusalem"}, "Sun 29 Nov 08:30", "past the weekend"),
        ("2026-11-27 16:00", {"country": "AE", "time_zone": "Asia/Dubai"}, "Mon 30 Nov 08:30", "past the weekend"),
        (
            "2026-11-20 16:00",
            {"country": "JP", "time_zone": "Asia/Tokyo"},
            "Tue 24 Nov 08:30",
            "past the weekend and Labor Thanksgiving Day",
        ),
        ("2026-11-26 14:00", {"country": None}, "Fri 27 Nov 08:30", "once offices open again"),
    ],
)
def test_first_office_hour(start: str, facts: dict[str, Any], due: str, words: str) -> None:
    """balanced thanks at the first office hour two hours after the end, by the recipient's country and clock."""
    thanks = only(plan(apply(interviews=[meet(start)], **facts)), Kind.THANK_YOU)
    assert when(thanks) == due
    assert words in thanks.reason


def test_over_midnight() -> None:
    """An interview over midnight is thanked for on the day on which it ended."""
    late = meet("2026-11-17 23:30", DANA, end="2026-11-18 00:30")
    thanks = only(plan(apply(interviews=[late])), Kind.THANK_YOU)
    assert when(thanks) == "Wed 18 Nov 08:30"
    assert thanks.reason == "two hours after your interview on Tue 17 Nov"


def test_clocks_change_after_the_interview() -> None:
    """Two hours are two real hours, also over a change of clocks: on a Sunday night, a working day in Israel."""
    late = meet("2026-10-24 23:00", DANA, end="2026-10-25 00:30")
    facts = apply(country="IL", time_zone="Asia/Jerusalem", interviews=[late])
    thanks = only(plan(facts, defaults=Place(opens=time(0), closes=time(23))), Kind.THANK_YOU)
    assert thanks.due_at is not None
    assert thanks.due_at.astimezone(UTC) == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    assert when(thanks) == "Sun 25 Oct 01:30"


def test_missed_after_three_working_days() -> None:
    """A thank-you makes sense until the close of the third working day after its date; then it is missed."""
    facts = apply(interviews=[meet("2026-11-20 14:00")])
    last = only(plan(facts, now=at("2026-11-27 16:30")), Kind.THANK_YOU)
    assert (last.state, last.last_at) == (StepState.DUE, at("2026-11-27 16:30"))
    missed = only(plan(facts, now=at("2026-11-27 16:31")), Kind.THANK_YOU)
    assert (missed.state, missed.note) == (StepState.MISSED, "its time passed on Fri 27 Nov")


def test_panel_minutes_apart() -> None:
    """The mails to one panel leave a few minutes apart, in the order of the file, in office hours."""
    panel = [{"name": f"Person {n}", "email": f"p{n}@acme.example", "discussed": "x"} for n in range(50)]
    thanks = of_kind(plan(apply(interviews=[meet("2026-11-18 12:00", *panel)])), Kind.THANK_YOU)
    moments = [one.due_at for one in thanks]
    assert [one.id.person for one in thanks] == [f"person-{n}" for n in range(50)]
    assert all((later - earlier).total_seconds() >= 240 for earlier, later in pairwise(moments) if earlier and later)
    assert when(thanks[0]) == "Wed 18 Nov 15:00"
    assert when(thanks[22]) == "Wed 18 Nov 16:28"
    assert when(thanks[23]) == "Thu 19 Nov 08:30"


def test_turn_is_kept() -> None:
    """Somebody's turn does not depend on whose mail was sent already."""
    facts = apply(interviews=[meet("2026-11-18 09:00", DANA, SAM)])
    sent = past(touch(Kind.THANK_YOU, "2026-11-18 12:01", "dana-lee"))
    before, after = plan(facts), plan(facts, history=sent)
    assert of_kind(before, Kind.THANK_YOU)[1].due_at == of_kind(after, Kind.THANK_YOU)[1].due_at


def test_panel_in_three_zones() -> None:
    """People of one panel get their mail in their own working time, each in their own zone and by their holidays."""
    berlin = {**SAM, "name": "Ute Wolf", "email": "ute@acme.example", "time_zone": "Europe/Berlin", "country": "DE"}
    tokyo = {**SAM, "name": "Kei Ito", "email": "kei@acme.example", "time_zone": "Asia/Tokyo", "country": "JP"}
    found = plan(apply(interviews=[meet("2026-11-25 09:00", DANA, berlin, tokyo)]))
    moments = {one.id.person: f"{when(one)} {one.place.country}" for one in of_kind(found, Kind.THANK_YOU)}
    assert moments == {
        "dana-lee": "Wed 25 Nov 12:00 US",
        "ute-wolf": "Thu 26 Nov 08:30 DE",
        "kei-ito": "Thu 26 Nov 08:30 JP",
    }


def test_every_round_thanks_its_people() -> None:
    """Each round thanks the people of that round, somebody met twice is thanked twice, with that day's conversation."""
    again = {**DANA, "discussed": ["the budget"], "convinced": ""}
    facts = apply(interviews=[meet(), meet("2026-12-01 14:00", again, SAM, round=2)])
    found = plan(facts, now=at("2026-12-02 09:00"))
    thanks = {(one.id.round, one.id.person): one.person for one in of_kind(found, Kind.THANK_YOU)}
    assert set(thanks) == {(1, "dana-lee"), (2, "dana-lee"), (2, "dr-sam-roe")}
    first, second = thanks[1, "dana-lee"], thanks[2, "dana-lee"]
    assert first is not None
    assert second is not None
    assert (first.discussed, second.discussed) == (("the move to streams",), ("the budget",))


def test_met_twice_in_a_round() -> None:
    """Somebody met in two conversations of one round gets one thank-you, after the last, about both."""
    facts = apply(interviews=[meet(), meet("2026-11-19 10:00", {**DANA, "discussed": ["the budget"]})])
    thanks = only(plan(facts), Kind.THANK_YOU)
    assert when(thanks) == "Thu 19 Nov 13:00"
    assert thanks.person is not None
    assert thanks.person.discussed == ("the move to streams", "the budget")


def test_two_of_one_name() -> None:
    """Two people of one name, told apart by their addresses, are both thanked."""
    other = {**DANA, "email": "dana.lee2@acme.example", "discussed": ["hiring"]}
    thanks = of_kind(plan(apply(interviews=[meet("2026-11-18 09:00", DANA, other)])), Kind.THANK_YOU)
    assert [(one.id.person, one.person.email if one.person else "") for one in thanks] == [
        ("dana-lee", "dana@acme.example"),
        ("dana-lee-2", "dana.lee2@acme.example"),
    ]


def test_no_address_goes_through_the_recruiter() -> None:
    """Without an address, the thank-you goes through the recruiter, in the recruiter's working time."""
    away = {**DANA, "email": None, "time_zone": "Asia/Tokyo", "country": "JP"}
    thanks = only(plan(apply(interviews=[meet("2026-11-18 09:00", away)])), Kind.THANK_YOU)
    assert thanks.via is not None
    assert (thanks.via.name, thanks.id.person, thanks.place.country) == ("Rita Recruit", "dana-lee", "US")
    assert when(thanks) == "Wed 18 Nov 12:00"


def test_no_address_goes_through_the_coordinator() -> None:
    """A coordinator passes it on when there is no recruiter with an address."""
    contacts = [{**RITA, "email": None}, {"name": "Cora", "role": "coordinator", "email": "cora@acme.example"}]
    facts = apply(contacts=contacts, interviews=[meet("2026-11-18 09:00", {**DANA, "email": None})])
    thanks = only(plan(facts), Kind.THANK_YOU)
    assert thanks.via is not None
    assert thanks.via.name == "Cora"


def test_nobody_to_pass_it_on() -> None:
    """Without an address and anybody to pass it on, it is blocked and names the address that is missing."""
    facts = apply(contacts=[], interviews=[meet("2026-11-18 09:00", {**DANA, "email": None})])
    thanks = only(plan(facts), Kind.THANK_YOU)
    assert (thanks.state, thanks.needs) == (StepState.BLOCKED, ("an e-mail address for Dana Lee",))
    assert thanks.note == "it needs an e-mail address for Dana Lee"


def test_nothing_is_missing_before_the_interview() -> None:
    """Before the interview is over, what it will bring is not missing: the step is upcoming and lists its needs."""
    bare = {"name": "Dana Lee", "email": "dana@acme.example"}
    thanks = only(plan(apply(interviews=[meet("2026-11-25 09:00", bare)])), Kind.THANK_YOU)
    assert (thanks.state, thanks.needs) == (StepState.UPCOMING, ("what you talked about with Dana Lee",))


def test_nobody_on_record() -> None:
    """A round without people says so, so that nobody is left out by oversight."""
    found = plan(apply(interviews=[{"start": "2026-11-18 09:00", "duration": "1 h"}]))
    assert "Nobody is on record for round 1: add everyone you met, so that nobody is left out." in found.notes


def test_contact_details_from_elsewhere() -> None:
    """An address that only another entry of the same person gives is used."""
    contact = {"name": "Dana Lee", "role": "hiring manager", "email": "dana@acme.example"}
    facts = apply(contacts=[contact], interviews=[meet("2026-11-18 09:00", {"name": "Dana Lee", "discussed": "x"})])
    thanks = only(plan(facts), Kind.THANK_YOU)
    assert thanks.person is not None
    assert (thanks.person.email, thanks.via) == ("dana@acme.example", None)


def test_one_address_two_names() -> None:
    """Two names with one address count as one person, and the plan says so: it may be a typing error."""
    found = plan(apply(interviews=[meet("2026-11-18 09:00", DANA, {**SAM, "email": "Dana@acme.example"})]))
    assert len(of_kind(found, Kind.THANK_YOU)) == 1
    assert "Dana Lee and Dr. Sam Roe have one address, dana@acme.example, so they count as one person." in found.notes


def test_the_day_in_a_reason_is_the_readers() -> None:
    """An interview late on Monday in Los Angeles was on Tuesday for whoever sat in Tokyo, and so it is told."""
    facts = apply(
        time_zone="Asia/Tokyo",
        country="JP",
        interviews=[meet("2026-11-30 23:30", time_zone="America/Los_Angeles")],
    )
    found = plan(facts, now=at("2026-12-01 01:00", "America/Los_Angeles"))
    assert "your interview on Tue 1 Dec" in only(found, Kind.THANK_YOU).reason
    assert "your interview on Tue 1 Dec" in only(found, Kind.ADDITIONAL_DETAIL).reason


def test_nothing_counts_from_a_thank_you_that_was_missed() -> None:
    """The inquiry after it says what they said, not how long after a mail it is that nobody got."""
    boss = {**DANA, "role": "hiring manager"}
    facts = apply(contacts=[], interviews=[meet("2026-11-18 14:00", boss)], said={"decision_by": "2026-11-18"})
    ahead = only(plan(facts), Kind.STATUS_INQUIRY)
    assert (when(ahead), ahead.reason) == ("Tue 24 Nov 08:30", "three working days after the thank-you of Thu 19 Nov")
    later = plan(facts, now=at("2026-11-25 08:00"))
    assert only(later, Kind.THANK_YOU).state is StepState.MISSED
    asked = only(later, Kind.STATUS_INQUIRY)
    assert (asked.state, when(asked)) == (StepState.DUE, "Fri 20 Nov 08:30")
    assert asked.reason == "they decide by Wed 18 Nov, plus two working days"

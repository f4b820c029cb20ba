"""Facts as templates see them: what is missing is left out, and what is there can be put into a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from draft_samples import LATER, NEXT_DAY, PRIYA, ROBIN, SENDER, TOM, TYPED, UNSAID, apply, at, meet, person_named
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cadence.step import Kind
from followup_mail.drafts.day_wording import say_day, say_past_day
from followup_mail.drafts.own_words import strip_marks
from followup_mail.drafts.template_context import Occasion, facts_for
from followup_mail.drafts.template_names import FACTS
from followup_mail.facts.application import Application
from followup_mail.facts.people import name_together
from followup_mail.message.draft import Mailbox, Sender
from followup_mail.own_voice.voice import Voice

MOMENT = Occasion(round=1, place=0, at=NEXT_DAY)


def facts(application: Application, name: str = "Dr. Priya Raman", occasion: Occasion = MOMENT) -> dict[str, Any]:
    return facts_for(application, person_named(application, name), SENDER, occasion)


def test_what_is_missing_is_left_out() -> None:
    """No fact is there with nothing in it, so that a template that writes it is told."""
    bare = apply(fit=[], not_mentioned=[], applied=None, interviews=meet({"name": "Dr. Priya Raman"}))
    found = facts_for(bare, person_named(bare, "Dr. Priya Raman"), Sender(Mailbox("Jo", "jo@x.example")), MOMENT)
    assert all(found[name] for name in set(found) - {"turn"})
    gone = {"topic", "convinced", "fit", "detail", "applied_day", "decision_day", "quote", "promised", "my_phone"}
    assert gone.isdisjoint(found)


def test_where_nothing_was_told_a_template_knows() -> None:
    """Neither a typed sentence nor a note that can be said: then, and only then, the mail names the post instead."""
    silent = apply(fit=[], interviews=meet({"name": "Dr. Priya Raman"}))
    typed = apply(fit=[], interviews=meet({"name": "Dr. Priya Raman", "moment": "I liked that you asked about scrap."}))
    assert facts(silent)["nothing_told"]
    assert "nothing_told" not in facts(typed)
    assert "nothing_told" not in facts(apply())


def test_nobody_who_only_sat_in_is_said_to_have_told() -> None:
    """What a colleague told is nobody else's: whoever sat in is thanked for what was heard from that colleague."""
    told = {"name": "Dr. Priya Raman", "discussed": ["the press room"]}
    found = facts(apply(fit=[], interviews=meet(told, {"name": "Bo Lind"})), "Bo Lind")
    assert found["thanks_for"] == "what I heard from Dr. Priya Raman about the press room"
    assert "topic" not in found
    assert facts(apply(fit=[], interviews=meet(told, {"name": "Bo Lind"})))["topic"] == "the press room"


def every_fact() -> Iterator[dict[str, Any]]:
    """Facts of applications that tell different things: notes, typed sentences, a phone call, a rejection."""
    dates = {"decision_by": "2026-12-04", "not_before": "2026-12-01"}
    said = {**dates, "quote": "We will call you. No call, ask Priya.", "by": TOM["name"]}
    promised = [{"what": "the case study"}, {"what": "a date", "says": "I can start on Monday."}]
    promised = [{**promise, "to": "everybody"} for promise in promised]
    talk = {
        "discussed": [
            "wants scrap down from 9% to 3%",
            "press room",
            "showed me the press room",
            '"no owner, no merge"',
        ]
    }
    jotting = {**PRIYA, **talk, "convinced": "sits w/ every new engineer"}
    noted = apply(
        said={**said, "ask": PRIYA["name"]},
        promised=promised,
        interviews=meet(jotting, TOM, format="phone"),
        fit=["cut scrap 8 -> 3%"],
        not_mentioned=["cut scrap from 9 to 2%"],
    )
    asking = Occasion(1, 0, LATER, kind=Kind.STATUS_INQUIRY, voice=Voice(closings=("Many thanks",)))
    yield facts(apply(), "Tom Okafor", asking)
    yield facts(noted, occasion=Occasion(1, 0, NEXT_DAY, "A mail. I am glad of it, and I'm still very interested."))
    yield facts(
        apply(interviews=meet(TYPED, {**TOM, "tone": "friendly"}, format="onsite"), unsaid=UNSAID, why_them="You mend.")
    )
    told = {"problem": "You told me about the night shifts.", "point": "I wrote the roster."}
    yield facts(apply(interviews=meet(PRIYA), unsaid=told, why_them="I would like to join you because you mend."))
    yield facts(apply(interviews=meet({**TYPED, "moment": "Thank you for the tour.", "tone": "friendly"})))
    yield facts(
        apply(
            interviews=meet(
                {**PRIYA, "discussed": ["nap room", "forest days on Thursdays", "snack rota"], "convinced": ""}
            )
        )
    )
    yield facts(apply(not_mentioned=["boat licence"], said={"quote": "x"}, fit=["5 yrs spark/airflow"]))
    yield facts(apply(fit=[], interviews=meet({"name": "Dr. Priya Raman"})))
    pressing = {**PRIYA, "discussed": ["the press room"]}
    internal = "Press operator (internal transfer)"
    yield facts(apply(role=internal, interviews=meet(pressing), not_mentioned=["ran the press room 2 yrs, no scrap"]))
    yield facts(apply(contacts=[{**ROBIN, "email": "robin@agency.example"}]), ROBIN["name"])
    for reason in (
        '"it was close", promoted from within, called me herself, "please apply again"',
        '"it was close"',
        "hiring freeze",
        "not enough experience",
    ):
        no = {
            "status": "rejected",
            "reason": reason,
            "understood": "" if "within" in reason else "I see.",
            "onward": "If a post opens, I will apply.",
            "parting": "I hope that the move goes well.",
        }
        yield facts(apply(outcome=no), occasion=Occasion(1, 0, LATER))
        next_step = "I will take the course next."
        called = {**no, "told": "called", "parting": "", "onward": next_step, "by": TYPED["email"]}
        plan = {"what": "my plan", "file": "plan.pdf", "to": "everybody"}
        had = Occasion(1, 0, LATER, "Here is my plan.")
        yield facts(apply(outcome=called, interviews=meet(TYPED), promised=[plan]), occasion=had)
        yield facts(apply(outcome=no, interviews=meet(PRIYA, TOM, {"name": "Bo Lind"})), occasion=Occasion(1, 0, LATER))


def test_every_fact_is_described() -> None:
    """Whatever a template can get has a description and a way to supply it, and nothing else is described."""
    assert set().union(*(set(found) for found in every_fact())) | {"attached", "attached_in_subject"} == set(FACTS)


def test_facts_come_ready_for_a_sentence() -> None:
    """A full stop or capital that stood in the file does not end up inside a sentence."""
    person = {**PRIYA, "discussed": ["The move to streaming."], "convinced": "How you spoke."}
    found = facts(apply(interviews=meet(person), fit=["At Harbor I did it."]))
    assert (found["topic"], found["convinced"], strip_marks(found["fit"])) == (
        "the move to streaming",
        "how you spoke",
        "At Harbor I did it",
    )


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Crane Technician (m/w/d)", "Crane Technician"),
        ("Data Engineer [f/m/x]", "Data Engineer"),
        ("Engineer (Berlin)", "Engineer (Berlin)"),
        ("(m/w/d)", "(m/w/d)"),
    ],
)
def test_a_position_is_said_without_what_the_law_adds(role: str, said: str) -> None:
    """Nobody says "m/w/d" in a letter; a place in brackets stays."""
    assert facts(apply(role=role))["role"] == said


@pytest.mark.parametrize(
    ("day", "read_on", "said"),
    [
        (18, 18, "Wednesday"),
        (18, 19, "Wednesday"),
        (18, 24, "Wednesday"),
        (18, 25, "November 18"),
        (19, 18, "November 19"),
    ],
)
def test_a_past_day_is_a_weekday_while_it_is_near(day: int, read_on: int, said: str) -> None:
    """A weekday for six days, then the date; never "today", which would be wrong the next morning."""
    assert say_past_day(date(2026, 11, day), "US", date(2026, 11, read_on)) == said


@pytest.mark.parametrize(
    ("leaves", "by", "said"),
    [
        ("2026-11-18 16:00", "2026-11-18 23:59", "today"),
        ("2026-11-19 09:00", "2026-11-19 09:00", "yesterday"),
        ("2026-11-18 16:00", "2026-11-19 00:00", "on Wednesday"),
        ("2026-11-19 09:00", "", "on Wednesday"),
        ("2026-11-20 09:00", "2026-11-20 09:00", "on Wednesday"),
    ],
)
def test_a_day_is_near_only_in_a_mail_that_leaves_on_the_day(leaves: str, by: str, said: str) -> None:
    """ "Today" and "yesterday" are said where the first and the last moment of leaving are on the same day."""
    occasion = Occasion(1, 0, at(leaves), leaves_by=at(by) if by else None)
    found = facts(apply(), occasion=occasion)
    assert found["when_we_met"] == said
    assert found["when_we_met_short"] == said.removeprefix("on ")
    assert found["day_we_met"] == "Wednesday"


def test_today_is_the_readers_day() -> None:
    """Where the reader's calendar shows another day than the interview's, the weekday is said."""
    tokyo = apply(interviews=meet({**PRIYA, "time_zone": "Asia/Tokyo"}))
    occasion = Occasion(1, 0, at("2026-11-18 16:00"), leaves_by=at("2026-11-18 16:00"))
    assert facts(tokyo, occasion=occasion)["when_we_met"] == "on Wednesday"


@pytest.mark.parametrize(
    ("country", "near", "far"),
    [
        ("US", "December 4", "December 4, 2026"),
        ("DE", "4 December", "4 December 2026"),
        (None, "4 December", "4 December 2026"),
    ],
)
def test_a_day_is_said_as_they_say_it(country: str | None, near: str, far: str) -> None:
    """Month or day first; with the year when the day is half a year away."""
    assert say_day(date(2026, 12, 4), country, date(2026, 11, 20)) == near
    assert say_day(date(2026, 12, 4), country, date(2027, 9, 1)) == far


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.integers(0, 400))
def test_no_two_days_of_half_a_year_are_said_alike(day: date, later: int) -> None:
    """What a past day is called can be understood on the day it is read."""
    read_on = date.fromordinal(day.toordinal() + later)
    others = (date.fromordinal(read_on.toordinal() - back) for back in range(180) if back != later)
    assert say_past_day(day, "US", read_on) not in {say_past_day(other, "US", read_on) for other in others}


def test_the_day_is_counted_where_the_interview_was() -> None:
    """A mail that leaves on Thursday in Tokyo leaves on Wednesday in Chicago, where the talk was six days ago."""
    application = apply()
    midnight = at("2026-11-24 23:30")
    assert facts(application, occasion=Occasion(1, 0, midnight))["when_we_met"] == "on Wednesday"
    assert facts(application, occasion=Occasion(1, 0, at("2026-11-25 00:30")))["when_we_met"] == "on November 18"


@pytest.mark.parametrize(
    ("zone", "country", "said", "hour"),
    [
        ("America/Chicago", "US", "on Wednesday", "at 11:30 pm"),
        ("Asia/Tokyo", "JP", "on Thursday", "at 14:30"),
        ("Pacific/Honolulu", "US", "on Wednesday", "at 7:30 pm"),
        ("Pacific/Kiritimati", "KI", "on Thursday", "at 19:30"),
    ],
)
def test_the_day_of_a_late_interview_is_the_readers(zone: str, country: str, said: str, hour: str) -> None:
    """An interview near midnight was on the day that it was where the reader is, at the hour of their clock."""
    late = {
        "start": "2026-11-18 23:30",
        "duration": "30 min",
        "time_zone": "America/Chicago",
        "people": [{**PRIYA, "time_zone": zone, "country": country}],
    }
    found = facts(apply(interviews=[late]), occasion=Occasion(1, 0, at("2026-11-20 09:00")))
    assert (found["when_we_met"], found["time_we_met"]) == (said, hour)


def test_a_persons_own_country_decides_how_days_are_said() -> None:
    """A colleague in Hamburg reads the day first, although the company is American."""
    application = apply(interviews=meet({**PRIYA, "country": "DE"}))
    assert facts(application, occasion=Occasion(1, 0, LATER))["when_we_met"] == "on 18 November"


def test_a_person_who_was_not_there_is_not_told_that_we_met() -> None:
    """The recruiter gets the day of the interview and who was in it, and nothing that claims a conversation."""
    found = facts(apply(), "Robin Recruit")
    assert "when_we_met" not in found
    assert "when_we_met_short" not in found
    assert found["when_interviewed"] == "on Wednesday"
    assert found["interviewers"] == "Dr. Priya Raman and Tom Okafor"
    assert (found["colleague"], found["colleague_topic"]) == ("Dr. Priya Raman", PRIYA["discussed"][0])


def test_a_colleague_is_somebody_else() -> None:
    """In a note to Priya the colleague is Tom."""
    assert facts(apply())["colleague"] == "Tom Okafor"
    assert "colleague" not in facts(apply(interviews=meet(PRIYA)))


def test_an_interview_that_lies_ahead_did_not_take_place() -> None:
    """A rejection that comes before the interview gets no thanks for a conversation."""
    found = facts(apply(), occasion=Occasion(1, 0, at("2026-11-18 13:00")))
    assert not {"when_we_met", "when_interviewed", "interviewers", "colleague"} & set(found)


def test_the_round_before_is_looked_back_on_while_the_next_lies_ahead() -> None:
    """Rejected between two rounds, it is the first that one has been to."""
    second = {"round": 2, "start": "2026-12-10 10:00", "duration": "1 h", "people": [TOM]}
    application = apply(interviews=[*meet(PRIYA), second])
    assert facts(application, occasion=Occasion(2, 0, LATER))["interviewers"] == "Dr. Priya Raman"


def test_of_several_interviews_in_a_round_each_person_gets_their_own_day() -> None:
    """Two people of one round, met on different days."""
    tuesday = {"start": "2026-11-17 10:00", "duration": "1 h", "people": [TOM]}
    application = apply(interviews=[*meet(PRIYA), tuesday])
    assert facts(application, "Tom Okafor")["when_we_met_short"] == "Tuesday"
    assert facts(application)["when_we_met_short"] == "Wednesday"
    assert facts(application, "Robin Recruit")["when_interviewed"] == "on Wednesday"


def test_people_of_a_panel_get_different_reasons() -> None:
    """Each gets another reason; with fewer reasons than people somebody has none, and no reason comes round again."""
    application = apply(
        fit=["I ran the payroll", "I kept the archive"], interviews=meet(PRIYA, TOM, {"name": "Ola Berg"})
    )
    reasons = [facts(application, name).get("fit", "") for name in ("Dr. Priya Raman", "Tom Okafor", "Ola Berg")]
    assert [strip_marks(reason) for reason in reasons] == ["I ran the payroll", "I kept the archive", ""]


def test_a_reason_goes_to_whoever_it_answers() -> None:
    """Priya is first on the panel, but it was Tom who spoke of the archive."""
    application = apply(
        fit=["I kept the archive", "I ran the payroll"],
        interviews=meet(PRIYA, {**TOM, "discussed": ["the state of the archive"]}),
    )
    reasons = [strip_marks(facts(application, name)["fit"]) for name in ("Dr. Priya Raman", "Tom Okafor")]
    assert reasons == ["I ran the payroll", "I kept the archive"]


def test_a_reason_that_was_read_is_not_given_again() -> None:
    """Whatever its capital and line breaks became in the mail."""
    application = apply(
        fit=["At Harbor I did it"],
        not_mentioned=["I also ran the archive", "I also kept the books"],
        interviews=meet(PRIYA),
    )
    assert strip_marks(facts(application)["fit"]) == "At Harbor I did it"
    read = "Why I fit: at  Harbor\nI did it. I also ran the Archive."
    found = facts(application, occasion=Occasion(1, 0, NEXT_DAY, read))
    assert "fit" not in found
    assert strip_marks(found["note_point"]) == "I also kept the books."


def test_a_topic_may_be_come_back_to() -> None:
    """A second topic goes first when the first was named already; the only one is named again."""
    two = apply(interviews=meet({**PRIYA, "discussed": ["the rota", "the press room"]}))
    occasion = Occasion(1, 0, LATER, "We talked about the rota.")
    assert facts(two, occasion=occasion)["topic"] == "the press room"
    one = apply(interviews=meet({**PRIYA, "discussed": ["the rota"]}))
    assert facts(one, occasion=occasion)["topic"] == "the rota"


def test_what_convinced_is_said_once() -> None:
    """It is praise: said twice it reads like flattery."""
    assert "convinced" not in facts(apply(), occasion=Occasion(1, 0, LATER, f"... {PRIYA['convinced']} ..."))


def test_a_decision_date_from_before_the_interview_is_stale() -> None:
    """The day they named for the first round says nothing about the second."""
    assert "decision_day" not in facts(apply(said={"decision_by": "2026-11-17"}))
    assert facts(apply(said={"decision_by": "2026-11-18"}))["decision_day"] == "November 18"


def test_a_day_to_wait_until_is_named_while_it_lies_ahead() -> None:
    """Once it has come, it is no news."""
    application = apply(said={"not_before": "2026-12-01"})
    assert facts(application)["wait_until"] == "December 1"
    assert "wait_until" not in facts(application, occasion=Occasion(1, 0, LATER))


def test_the_signature_holds_what_is_set() -> None:
    """Name, phone and links, each on a line; nothing for what is not set."""
    person = person_named(apply(), "Tom Okafor")
    plain = facts_for(apply(), person, Sender(Mailbox("Jo", "jo@x.example")), MOMENT)
    assert plain["signature"] == "Jo"
    full = Sender(Mailbox("Jo", "jo@x.example"), phone="+1 312 555 0142", links=("jo.example",))
    assert facts_for(apply(), person, full, MOMENT)["signature"] == "Jo\n+1 312 555 0142\njo.example"


def test_before_any_interview_there_is_none() -> None:
    """An application check knows the position and the day, and no conversation."""
    found = facts(apply(interviews=[], contacts=[ROBIN]), "Robin Recruit", Occasion(0, 0, NEXT_DAY))
    assert found["applied_day"] == "November 2"
    assert not {"when_we_met", "when_interviewed", "topic"} & set(found)


def test_a_recruiter_of_an_agency_is_told_the_company() -> None:
    """Whoever writes from another domain fills posts of several companies; one of the house does not."""
    outside = apply(contacts=[{**ROBIN, "email": "robin@agency.example"}])
    assert facts(outside, ROBIN["name"])["through_agency"]
    assert "through_agency" not in facts(apply(), ROBIN["name"])


def test_people_in_one_sentence_are_called_alike() -> None:
    """Where one is known by the whole name only and others are not, they are not named in one breath."""
    tom, ola = {**TOM, "tone": "friendly"}, {"name": "Ola Berg Hansen", "tone": "formal"}
    (together,) = apply(interviews=meet(tom, ola, PRIYA)).interviews
    assert name_together(together.people) == []
    (alone,) = apply(interviews=meet(tom, PRIYA)).interviews
    assert name_together(alone.people) == ["Tom", "Dr. Raman"]


def test_a_colleague_is_called_as_in_their_own_mail() -> None:
    """Who is "Dear Silke Ahrens" in her own mail is no "Silke" in that of a colleague."""
    met = apply(country="DE", interviews=meet(PRIYA, {"name": "Silke Ahrens"}))
    assert facts(met)["people_met"] == "you and Silke Ahrens"
    assert facts(met, "Silke Ahrens")["addressee"] == "Silke Ahrens"


@pytest.mark.parametrize("role", ["Store manager, York (internal transfer)", "Internal candidate for team lead"])
def test_who_is_from_within_lost_to_no_internal_candidate(role: str) -> None:
    """Somebody who works there already does not say that they chose an internal candidate: they are one themselves."""
    lost = {"outcome": {"status": "rejected", "reason": "york's own deputy got it"}}
    granted = facts(apply(role=role, **lost))["granted"]
    assert granted == "I can see why you chose somebody from the team"
    outside = facts(apply(**lost))["granted"]
    assert outside == "I can see why you chose an internal candidate"


@pytest.mark.parametrize(
    ("notes", "about"),
    [
        (["nap room", "forest days on Thursdays", "snack rota"], "the nap room and forest days on Thursdays"),
        (["keys"], "keys"),
        (["parents who stay at the fence", "boots"], "parents who stay at the fence"),
        (["he cooked an omelette"], ""),
    ],
)
def test_a_mail_from_notes_names_what_was_talked_about(notes: list[str], about: str) -> None:
    """Where the notes tell no more, a mail begins with one or two things that were talked about."""
    found = facts(apply(interviews=meet({**PRIYA, "discussed": notes, "convinced": ""})))
    assert found.get("talked_about", "") == about
    assert bool(found.get("nothing_of_theirs")) is not bool(about)


def test_what_was_liked_stands_beside_one_thing_talked_about() -> None:
    """What convinced the candidate is told after a topic, unless both are about the same."""
    person = {**PRIYA, "discussed": ["quern loft", "nap room"], "convinced": "counts the beds in the nap room herself"}
    found = facts(apply(interviews=meet(person)))
    assert (strip_marks(found["you_did"]), found["talked_about"]) == (
        "you count the beds in the nap room yourself",
        "the quern loft",
    )


def test_own_sentences_need_nothing_beside_them() -> None:
    """Whoever typed what they want to say is not given a list of topics."""
    found = facts(
        apply(interviews=meet({**TYPED, "discussed": ["nap room", "forest days on Thursdays", "snack rota"]}))
    )
    assert "talked_about" not in found

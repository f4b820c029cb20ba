"""Notes in many trades become sentences that keep what makes them telling, and nothing odd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.drafts.material import read_for_mail, say_liked
from followup_mail.language.note_results import own_point

STRENGTHS = {
    "forklift licence (class C) since 2019": "I have held a forklift licence (class C) since 2019.",
    "first aid certificate (St John) valid until 2027": ("I have a first aid certificate (St John) valid until 2027."),
    "chainsaw certificate (ECC2), renewed in may": "I have a chainsaw certificate (ECC2), renewed in May.",
    "tuned 300 pianos/yr for 2 schools + concert hall": "I tuned 300 pianos a year for two schools.",
    "cut spoilage 12 -> 4% in one season (new racks, daily check)": (
        "I cut spoilage from 12% to 4% in one season, with new racks and a daily check."
    ),
    "scrap 8% -> 3%, new jig": "In my own work, scrap went from 8% to 3%, with a new jig.",
    "scrap 8% -> 3% (my idea)": "In my own work, scrap went from 8% to 3%.",
    "calls to the ward at 2 h -> bed wait 40 to 15 min in 8 mths": (
        "In my own work, the bed wait went from 40 to 15 minutes in eight months."
    ),
    "9 of 10 seedlings survived": "In my own work, 9 of 10 seedlings survived.",
    "6 yrs driving night trams, 0 at-fault accidents": (
        "I have driven night trams for six years, with no at-fault accidents."
    ),
    "5 yrs ICU, 2 as charge nurse": "I have five years of ICU experience, two of them as a charge nurse.",
    "ran press room 14 yrs, 3 presses": "I ran a press room for 14 years.",
    "replanted 40 ha w/ crew of 6, 91% survival": "I replanted 40 hectares with a crew of six.",
    "cut costs 10% (new supplier)": "I cut costs by 10%.",
    "3 summers in a boatyard": "I have spent three summers in a boatyard.",
    "teacher 2019-22": "I was a teacher from 2019 to 2022.",
    "mend own nets, every winter": "I mend my own nets.",
    "welding licence (ISO 9606) since 2017": "I have held a welding licence (ISO 9606) since 2017.",
    "rejects 5 -> 2% in 6 mo (new jig)": "In my own work, rejects went from 5% to 2% in six months, with a new jig.",
    "kept bees 9 yrs": "I kept bees for nine years.",
}
UNSAID = {
    "wrote parser script for invoices in CI, falls 9 -> 4 in 1 yr": (
        "I wrote a parser script for invoices in CI, and falls went from nine to four in one year."
    ),
    "built checklist, 14 wards, falls 9 -> 4 in 1 yr": (
        "I built a checklist for 14 wards, and falls went from nine to four in one year."
    ),
    "wrote nurse handover card (SBAR), falls 12 -> 5 in 1 yr": (
        "I wrote a nurse handover card (SBAR), and falls went from 12 to 5 in one year."
    ),
    "deckhand on ferry, 2 seasons, before college": "I was a deckhand on a ferry for two seasons.",
    "covered for head brewer 3 months while he was ill": "I covered for the head brewer for three months.",
    "wrote the handover sheet for night vet, missed doses 7 -> 1/month": (
        "I wrote the handover sheet for the night vet, and missed doses went from seven to one a month."
    ),
}
WANTED = {
    "reprints 6% of run -> wants under 2": "You want to bring reprints down from 6% of the run to under 2%.",
    "waste 12% → goal under 8%": "You want to bring waste down from 12% to under 8%.",
    "turnaround 9 days (target: 4)": "You want to bring turnaround down from nine days to four.",
    "output 40/day, wants 55/day": "You want to bring output up from 40 a day to 55.",
    "shrink 7.8% produce → wants <5": "You want to bring shrink down from 7.8% to under 5%.",
    "returns 8%, has to be below 3%": "You want to bring returns down from 8% to below 3%.",
}
TOLD = {
    "one lift is down since march": "one lift has been down since March",
    "half the price labels wrong since the new till": "half the price labels have been wrong since the new till",
    "elderly riders drop out at seat map, 41%": "41% of elderly riders drop out at the seat map",
    "every teacher calls 5 homes in first 2 wks": "every teacher calls five homes in the first two weeks",
    "no truck leaves w/o parts list checked": "no truck leaves without the parts list checked",
    "plates drift in summer heat": "the plates drift in summer heat",
    "draws the flow backwards, from refund to purchase": "you draw the flow backwards",
    "runs the apprentices, 3 of them": "you run the apprentices",
}
LIKED = {
    "answers owners' calls herself on sundays": "you answer owners' calls yourself on Sundays",
    "won't let a change go on stage till the dressers have done it six times": (
        "you won't let a change go on stage till the dressers have done it six times"
    ),
    "in fog he climbs up to tower, never touches the mike": "in fog you climb up to the tower and never touch the mike",
    "changed his mind when query plan said so": "you changed your mind when the query plan said so",
    "exam plan sent 2 days before test": "the exam plan was sent two days before the test",
}
NOT_LIKED = (
    "half the hives weak since the wet spring, said so straight",
    "in june she moves to oslo",
    "elderly riders drop out at seat map, 41%",
)
NOT_TOLD = (
    "each ward has own fridge", "no show since may", "boss out since monday", "one nurse down since may",
    "closes at 6", "starts 1 june, ends dec", "told her about the leak at my last place",
    "calls from the council", "signs on the wall wrong since may",
    "she was on a train", "hire store is 4,000 pieces and the catalogue is Femi's head",
)  # fmt: skip
NOT_MINE = (
    "grade 4 hives", "own a van", "send her the link", "ask about the rota", "taught piano 12 yrs, 40 pupils",
    "wait 3 weeks", "readers 400 -> 900/month",
)  # fmt: skip
RULES = {
    "her rule: no owner in dag file, no merge": "no owner in DAG file, no merge",
    "his rule - no weld without a second look": "no weld without a second look",
    "her rule: be nice": "",
    "the rule: no plan, no boat": "",
}


@pytest.mark.parametrize("note", STRENGTHS)
def test_a_strength_keeps_its_name_its_means_and_its_span(note: str) -> None:
    """Short names in brackets, how it was done, how long and how often are said where the grammar is sure."""
    assert next(read_for_mail([note], is_own=True)).mine == STRENGTHS[note]


@pytest.mark.parametrize("note", UNSAID)
def test_a_point_keeps_for_whom_and_for_how_many(note: str) -> None:
    """What was made is said with what it was for, and a job with how long it was held."""
    assert own_point(note, next(read_for_mail([note], is_own=True)).mine) == UNSAID[note]


@pytest.mark.parametrize("note", WANTED)
def test_a_target_is_read_in_every_spelling(note: str) -> None:
    """An arrow, a goal and a limit with its sign all say what the reader wants."""
    assert next(read_for_mail([note])).yours == WANTED[note]


@pytest.mark.parametrize("note", TOLD)
def test_how_things_are_becomes_a_clause(note: str) -> None:
    """What lacks a verb or an article gets it where only one fits."""
    assert next(read_for_mail([note])).clause == TOLD[note]


@pytest.mark.parametrize("note", NOT_TOLD)
def test_people_who_are_out_and_loose_words_are_not_told(note: str) -> None:
    """Nobody is told who is absent, and no clause is built on a guess."""
    assert not any(read.clause for read in read_for_mail([note]))


@pytest.mark.parametrize("note", LIKED)
def test_what_they_never_do_and_when_they_do_it_is_liked(note: str) -> None:
    """A modal, a place before the subject and a habit of never doing are said to the reader."""
    assert say_liked(next(read_for_mail([note])), note) == LIKED[note]


@pytest.mark.parametrize("note", NOT_LIKED)
def test_trouble_is_not_liked(note: str) -> None:
    """How badly things stand, and what is only once, is nothing to like."""
    assert not any(say_liked(read, note) for read in read_for_mail([note]))


@pytest.mark.parametrize("note", NOT_MINE)
def test_a_reminder_or_a_thing_is_no_habit(note: str) -> None:
    """A note that may be a reminder, a noun, or a figure without its unit says nothing of the candidate."""
    assert not any(read.mine for read in read_for_mail([note], is_own=True))


@pytest.mark.parametrize("note", RULES)
def test_a_rule_of_theirs_is_quoted_when_it_is_one_of_theirs(note: str) -> None:
    """A short rule that says no to something is in the reader's own words; other advice is not."""
    assert "".join(read.quotation for read in read_for_mail([note])) == RULES[note]


@given(now=st.integers(2, 99), aim=st.integers(1, 99), mark=st.sampled_from((",", " ->", " -")))
def test_a_target_goes_the_way_of_its_figures(now: int, aim: int, mark: str) -> None:
    """The reader wants a rate down where the aim is lower, and up where it is not."""
    said = "".join(read.yours for read in read_for_mail([f"scrap {now}%{mark} wants {aim}"]))
    assert said == f"You want to bring scrap {'down' if aim < now else 'up'} from {now}% to {aim}%."

"""What a writing model is given: the facts of one person, without names, addresses and what is private."""

from __future__ import annotations

import json
from typing import Any

import pytest
from draft_samples import LATER, ROBIN, TOM, WRITER, Job, apply, assign, meet, sent, write
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cadence.step import History, Kind
from followup_mail.drafts.write_draft import gather_facts
from followup_mail.facts.application import Application
from followup_mail.writing_model.brief import Brief, make_brief
from followup_mail.writing_model.stand_ins import StandIns, make_stand_ins

NADIA: dict[str, Any] = {
    "name": "Dr. Nadia Bríd-Keller",
    "role": "hiring manager",
    "email": "nadia@lumen.example",
    "tone": "formal",
    "discussed": [
        "Nadia wants the returns desk open on saturdays",
        "tom okafor told her about the barcode scanners",
        "she looked exhausted and cried a bit",
        "salary: between us, 52k",
        "call her at +1 (312) 555-0199 or write nadia@lumen.example",
    ],
    "convinced": "brid-keller tries each scanner herself",
}


THANKS = Job(to=NADIA["name"])


def brief_for(application: Application, job: Job, beside: tuple[str, ...] = ()) -> Brief:
    assignment = assign(application, job)
    reader = assignment.step.person
    assert reader is not None
    stand_ins = make_stand_ins(application, reader, "Jordan Example", ["hunter2-app-password"])
    return make_brief(assignment, reader, gather_facts(WRITER, assignment, reader), stand_ins, beside)


def stand_ins_for(*others: dict[str, Any]) -> StandIns:
    application = apply(interviews=meet(NADIA, *others), contacts=[ROBIN])
    reader = application.interviews[0].people[0]
    return make_stand_ins(application, reader, "Jordan Example", ["hunter2-app-password"])


def test_no_name_of_anybody_is_given_away() -> None:
    """Names of the reader, of colleagues and of the candidate have stand-ins, however the notes spell them."""
    found = json.dumps(brief_for(apply(interviews=meet(NADIA, TOM)), THANKS).given)
    assert not [
        name for name in ("nadia", "keller", "brid", "tom", "okafor", "robin", "jordan") if name in found.lower()
    ]
    assert "[reader] wants the returns desk open on saturdays" in found
    assert "[colleague 2] told her about the barcode scanners" in found
    assert "[reader] tries each scanner herself" in found


def test_addresses_and_numbers_of_people_stay_here() -> None:
    """Mail addresses, web addresses and phone numbers in notes are left out; years, amounts and dates stay."""
    hidden = stand_ins_for().hide(
        "write to a.b@c.example or +44 7700 900318, see www.lumen.example/jobs; 2024-25: 12,500 on 12.03.2026, ISO 9001"
    )
    assert not [part for part in ("a.b", "7700", "lumen.example") if part in hidden]
    assert [part for part in ("2024-25", "12,500", "12.03.2026", "ISO 9001") if part in hidden] == [
        "2024-25",
        "12,500",
        "12.03.2026",
        "ISO 9001",
    ]


def test_a_password_in_a_note_stays_here() -> None:
    """A secret of the settings is left out wherever somebody pasted it."""
    assert "hunter2" not in stand_ins_for().hide("my pw is hunter2-app-password, dont forget")


def test_private_and_tactless_notes_stay_here() -> None:
    """A note that says it is private, or that nobody would like to see written down, is not given."""
    found = json.dumps(brief_for(apply(interviews=meet(NADIA), notes="diary"), THANKS).given)
    assert not [word for word in ("cried", "52k", "diary") if word in found]


def test_a_note_with_a_code_or_a_password_stays_here() -> None:
    """A note that holds a secret is not given; one that talks about codes is."""
    nadia = NADIA | {"discussed": ["the gate code is 4417, come by ten", "code review within a day"], "convinced": ""}
    found = json.dumps(brief_for(apply(interviews=meet(nadia), fit=["my wiki pw: marble77"]), THANKS).given)
    assert "4417" not in found
    assert "marble77" not in found
    assert "code review within a day" in found


def test_the_facts_of_others_stay_here() -> None:
    """What was talked about with a colleague is not given for a mail to somebody else."""
    found = json.dumps(brief_for(apply(interviews=meet(NADIA, TOM)), THANKS).given)
    assert "quiet hours" not in found


def test_a_name_that_is_a_word_needs_its_capital() -> None:
    """Will and Mark are people; "will" and "mark" in a note are not."""
    will = {"name": "Will Mark", "email": "will@lumen.example"}
    hidden = stand_ins_for(will).hide("Will said they will mark each box; ask Mark")
    assert hidden == "[colleague 2] said they will mark each box; ask [colleague 2]"


def test_a_name_in_the_name_of_the_employer_is_public() -> None:
    """Somebody called like the firm does not take the firm's name out of the notes."""
    lumen = {"name": "Ida Lumen", "email": "ida@lumen.example"}
    assert (
        stand_ins_for(lumen).hide("Ida started Lumen Freight in 1998") == "[colleague 2] started Lumen Freight in 1998"
    )


WILL = {"name": "Dr. Will Grace May", "email": "will@lumen.example"}
PAT = {"name": "Pat O'Brien", "email": "pat@lumen.example"}
THI = {"name": "Thi Petrova-Marsh", "email": "thi@lumen.example"}


@pytest.mark.parametrize(
    ("note", "hidden"),
    [
        ("Petrovas list and wills", "[colleague 4]s list and wills"),
        ("Wills desk, Mays rota", "[colleague 2]s desk, [colleague 2]s rota"),
        ("ask dr may about the forklift", "ask [colleague 2] about the forklift"),
        ("the PetrovaTeam scans by hand", "the [colleague 4]Team scans by hand"),
        ("sent to patobrien at noon", "sent to [colleague 3] at noon"),
        ("O\u2019Brien's shelf", "[colleague 3]'s shelf"),
        ("OBrien counts, obrien packs", "[colleague 3] counts, [colleague 3] packs"),
        ("Pеtrova and Petrоva's van", "[colleague 4] and [colleague 4]'s van"),
        ("Nadıa orders pallets", "[reader] orders pallets"),
        ("\u24c3\u24d0\u24d3\u24d8\u24d0 orders pallets", "[reader] orders pallets"),
        ("Pe\u200btrova\u0301 tapes boxes", "[colleague 4] tapes boxes"),
    ],
)
def test_a_name_is_known_however_it_is_spelt(note: str, hidden: str) -> None:
    """Endings, lost apostrophes, camel case and look-alike letters do not give a name away."""
    assert stand_ins_for(WILL, PAT, THI).hide(note) == hidden


@pytest.mark.parametrize(
    "note",
    [
        "This shelf is full",
        "it's what we're after",
        "the marshes may flood",
        "JavaScript on an iPhone",
        "a will of iron",
    ],
)
def test_a_word_that_is_like_a_name_stays(note: str) -> None:
    """ "This" is not the plural of Thi, and short forms keep their apostrophe."""
    assert stand_ins_for(WILL, PAT, THI).hide(note) == note


def test_an_employer_called_like_an_address_keeps_its_name() -> None:
    """What the model is given in any case is not taken out of the notes."""
    reader = apply(interviews=meet(NADIA)).interviews[0].people[0]
    stand_ins = StandIns(reader, (), "Jordan Example", ("Lumen.ai",))
    assert stand_ins.hide("lumen.ai sorts by weight, see okafor.ai") == "lumen.ai sorts by weight, see [left out]"


PIECES = st.sampled_from(
    ["Tom", "okafor", "s", "\u2019", "'", "@", ".", "de", " dot ", "com", "(at)", "[left out]", "[reader]", "312",
     "555", "-", " ", "/", "4471", "x12", "www", "Dr.", "Nadia", "+", "(", ")", "ext", "2024", ",", "one ", "]", "["]
)  # fmt: skip


@given(st.lists(PIECES, max_size=16).map("".join))
def test_hiding_twice_is_hiding_once(text: str) -> None:
    """What is left when something was taken out is not taken for a name or an address the next time."""
    stand_ins = stand_ins_for(TOM, PAT)
    hidden = stand_ins.hide(text)
    assert stand_ins.hide(hidden) == hidden


def test_names_come_back_as_the_mail_calls_people() -> None:
    """A stand-in in the model's mail becomes the name that a greeting would have; an unknown one stays to be found."""
    stand_ins = stand_ins_for(TOM)
    assert (
        stand_ins.show("Please thank [colleague 2] for me, [colleague 9].") == "Please thank Tom for me, [colleague 9]."
    )
    assert "Keller" in stand_ins.show("Thank you, [reader].")


def test_a_title_goes_with_its_name() -> None:
    """No "Dr. Dr." comes of putting a name back."""
    stand_ins = stand_ins_for()
    assert stand_ins.show(stand_ins.hide("Dr. Keller said so")).count("Dr.") == 1


def test_what_was_written_to_colleagues_is_no_fact() -> None:
    """A colleague's mail says what not to repeat; a claim of this mail cannot rest on it."""
    brief = brief_for(apply(interviews=meet(NADIA, TOM)), THANKS, ("Hi Tom,\n\nI once kept bees.\n",))
    assert any("bees" in text for text in brief.given_of_others)
    assert not any("bees" in fact for fact in brief.facts)
    assert "bees" not in json.dumps(brief.given)


def test_what_this_person_has_read_is_given() -> None:
    """The later mail gets the earlier one, without names."""
    application = apply()
    thanked = sent(write(application, Job()), "2026-11-19 09:00")
    later = Job(Kind.ADDITIONAL_DETAIL, at=LATER, history=History((thanked,)))
    given_ = brief_for(application, later).given
    assert given_["already_written_to_the_reader"]
    assert "Priya" not in json.dumps(given_)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_hiding_never_fails_and_never_adds_a_name(text: str) -> None:
    """Whatever somebody jotted, hiding it leaves no word of a name that is not an ordinary word."""
    hidden = stand_ins_for(TOM).hide(f"{text} okafor {text}")
    assert "okafor" not in hidden

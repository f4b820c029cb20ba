"""Kinds of faults that a writer put into mails who had not read the rules, each with its innocent neighbour."""

from __future__ import annotations

import pytest

from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.samples import Sample

PROMISED = {"promised": [{"what": "names and phone numbers of two references", "to": "Dr. Catherine Okafor"}]}
OTHER = {"other_companies": ("Halden Rail Systems",)}


def _finds(code: str, core: str, **given: object) -> bool:
    context = Sample(core, **given).context()
    return code in {one.code for one in check_mail(context, choose_rules([code]))}


@pytest.mark.parametrize(
    ("code", "bad", "good"),
    [
        (
            "FM602",
            "My drawing of the frame travels in the same envelope as this letter.",
            "The bus travels in the same lane as the lorries.",
        ),
        (
            "FM206",
            "Thank you for the hour you gave me on Monday.",
            "I have listened to the talk you gave in Boston on 3 October, about the nightly jobs.",
        ),
        ("FM206", "We spoke on Monday.", "I spoke to my landlord on Monday, and I could move in January."),
        (
            "FM206",
            "It was good talking with you on Monday.",
            "I talked to Ann, your old cook, on Monday, and it was good talking with somebody who knows the kitchen.",
        ),
        ("FM206", "Your panel met me on Monday.", "Your recruiter met me on Monday, and was as frank as you."),
        (
            "FM403",
            "I have been waiting for an answer since Monday.",
            "This is the kind of job that I have been waiting for.",
        ),
        (
            "FM403",
            "Your office has ignored my two messages.",
            "The engine ignored me for a whole morning, and then I found the fuse.",
        ),
        (
            "FM206",
            "Thank you for our meeting on Monday.",
            "My visit to your stand on 4 June is where it all began.",
        ),
        ("FM602", "The bridge unit rides along with this one.", "The trailer rides along without a driver."),
        (
            "FM102",
            "Thank you for the undefined you took out of your Tuesday.",
            "The role is still undefined, you said.",
        ),
        (
            "FM101",
            "I dressed about (ask Jun how many) wounds in a week.",
            "I dressed forty wounds a week (ask me how I slept).",
        ),
        ("FM101", "We moved there in (check the exact year) with two ovens.", "We moved there in 2019 (twice)."),
        (
            "FM101",
            "We drove it forty times. (Sam: say here how it ended.)",
            "We drove it forty times. (Marcus: never less.)",
        ),
        (
            "FM101",
            "As for the nightly jobs: BENEFIT TO THE READER IN ONE LINE",
            "The sign said: ALL TRAINS TO ROTTERDAM CENTRAL STATION",
        ),
        (
            "FM102",
            "Thank you for the talk about None.",
            "A missing value reaches us as null, None, undefined or N/A, and each is read in another way.",
        ),
        (
            "FM602",
            "His lab report is pinned to the corner of this mail.",
            "The report is pinned to the corner of their door.",
        ),
        (
            "FM602",
            "My cloud certificate keeps this message company.",
            "My dog keeps me company.",
        ),
        (
            "FM205",
            "To pass or fail the bales as your quality inspector is just the work that I like.",
            "As your guide in the vault I would be no use.",
        ),
        (
            "FM106",
            "I enjoyed arguing with Catherine about the nightly jobs.",
            "I enjoyed arguing with Marcus about the nightly jobs.",
        ),
        ("FM106", "Interpreters, never enough, Creole?? mention purser years.", "Is that not odd? I thought so."),
        (
            "FM106",
            "She said that the alarm went to a telephone nobody carried.",
            "My sister is a nurse. She said that alarms are for the night.",
        ),
        ("FM814", "Please excuse it that I write. Forgive me that I wrote.", "You asked whether I forgive easily."),
    ],
)
def test_a_fault_is_found_and_its_neighbour_passes(code: str, bad: str, good: str) -> None:
    """The one is found in whatever mail it stands, the other is none."""
    assert _finds(code, bad)
    assert not _finds(code, good)


@pytest.mark.parametrize(
    ("core", "is_open"),
    [
        ("You will have their names and telephone numbers from me on Wednesday.", False),
        ("The references and their phone numbers: I'll send both names on Friday.", False),
        ("I liked the names of your two meeting rooms.", True),
        ("It was good to talk about the nightly jobs.", True),
    ],
)
def test_a_promise_is_open_until_the_mail_says_when_it_comes(core: str, is_open: bool) -> None:
    """Who says in one sentence what comes, and that it comes, has not forgotten it."""
    assert _finds("FM605", core, kind="thank_you", facts=PROMISED) is is_open


@pytest.mark.parametrize(
    ("core", "is_wrong"),
    [
        ("In my division we fitted Halden Rail Systems counters at three stations.", False),
        ("I would love to join the Halden Rail Systems team.", True),
        ("We discussed how Halden Rail Systems could grow.", True),
        ("I enjoyed the Halden Rail Systems interview.", True),
    ],
)
def test_a_thing_of_another_company_may_be_part_of_your_past(core: str, is_wrong: bool) -> None:
    """A company where you apply too is named wrongly as the employer, not as the maker of what you worked with."""
    assert _finds("FM204", core, changes=OTHER) is is_wrong


@pytest.mark.parametrize(("outcome", "is_found"), [({}, True), ({"status": "rejected", "on": "2026-11-20"}, False)])
def test_an_answer_to_a_no_waits_for_the_no(outcome: dict[str, str], is_found: bool) -> None:
    """Thanks for a no that nobody wrote down are stopped, with what to do first."""
    core = "Thank you for letting me know. I wish the chosen person good luck."
    assert _finds("FM504", core, kind="rejection_thanks", facts={"outcome": outcome}) is is_found

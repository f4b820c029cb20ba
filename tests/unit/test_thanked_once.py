"""What somebody is thanked for is said to one person of a panel; and what they said comes with its time."""

from __future__ import annotations

import pytest
from draft_samples import NEXT_DAY, PRIYA, TOM, Job, apply, meet, write

from followup_mail.cadence.step import Kind
from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.context import CheckContext, Companion
from followup_mail.drafts.next_step_facts import about_their_word

MOMENT = "I liked that you drew the whole network on a napkin."
BARE = {"convinced": "", "discussed": [], "link": ""}


def test_two_of_a_panel_are_not_thanked_in_the_same_words() -> None:
    """The second is thanked for something else where more is known."""
    people = [{**PRIYA, "moment": MOMENT}, {**TOM, "moment": MOMENT}]
    application = apply(interviews=meet(*people))
    assert "napkin" in write(application, Job(at=NEXT_DAY)).text
    assert "napkin" not in write(application, Job(to="Tom Okafor", at=NEXT_DAY)).text


def test_the_same_sentence_to_two_of_a_panel_is_found() -> None:
    """Where nothing else is known, the check names the sentence and who has it, too."""
    application = apply(interviews=meet(*({**one, **BARE, "moment": MOMENT} for one in (PRIYA, TOM))))
    first = write(application, Job(at=NEXT_DAY, wording="thanks_first")).text
    second = write(application, Job(to="Tom Okafor", at=NEXT_DAY, wording="good_to_meet")).text
    context = CheckContext(
        "Thank you", second, Kind.THANK_YOU, person=application.interviews[0].people[1], facts=application,
        companions=(Companion("Dr. Priya Raman", first),),
    )  # fmt: skip
    found = [one.message for one in check_mail(context, choose_rules(["FM302"]))]
    assert len(found) == 1
    assert MOMENT.rstrip(".") in found[0]
    assert "Dr. Priya Raman" in found[0]


@pytest.mark.parametrize(
    ("quote", "would"),
    [
        ("You will hear from us in two weeks.", "I'd hear within two weeks"),
        ("You will hear from us.", ""),
        ("I'll call you within the next 10 days.", "you'd call within 10 days"),
        ("You'll hear from us in two or three weeks.", ""),
        ("I'll call you.", "you'd call"),
    ],
)
def test_a_time_without_a_day_is_kept(quote: str, would: str) -> None:
    """ "You said that I'd hear" is no sentence that one would send: it says by when, or is left out."""
    application = apply(said={"quote": quote})
    assert about_their_word(application, application.interviews[0].people[0], "")["they_would"] == would

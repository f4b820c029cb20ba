"""A second note whose point is in the thank-you is found before either of them is sent."""

from __future__ import annotations

import pytest
from changing import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.checks import CheckContext, Companion, check_mail
from followup_mail.checks.figures import figures
from followup_mail.checks.rules import fm302_panel_sameness
from followup_mail.checks.rules.fm303_repeated_point import RULE
from followup_mail.checks.samples import Sample, sample_facts

POINT = "I wrote the runbook for refrigerated trucks."
LINK = "You want fewer night calls. I wrote a runbook for our refrigerated trucks, so I know where to begin."
OTHER = "You want fewer night calls. I taught four juniors to be on call."


def found(link: str, kind: Kind = Kind.ADDITIONAL_DETAIL, said_before: tuple[str, ...] = ()) -> list[str]:
    person = {"name": "Catherine Okafor", "email": "catherine.okafor@northwind.example", "link": link}
    meeting = {"start": "2026-11-17 14:00", "duration": "1 h", "people": [person]}
    facts = sample_facts(
        {"interviews": [meeting], "unsaid": {"point": POINT, "problem": "You want fewer night calls."}}
    )
    core = f"You want fewer night calls. There is one thing I did not say: {POINT}"
    context = Sample(core, kind=kind).context()
    reader = facts.interviews[0].people[0]
    context = replace(context, facts=facts, person=reader, said_before=said_before)
    return [finding.words for finding in check_mail(context, [RULE])]


@pytest.mark.parametrize(
    ("link", "words"), [(LINK, ["I wrote the runbook for refrigerated trucks"]), (OTHER, []), ("", [])]
)
def test_a_point_of_the_link_is_found(link: str, words: list[str]) -> None:
    """The point is named, and only when the link to the same person makes it."""
    assert found(link) == words


def test_a_problem_may_come_up_again() -> None:
    """That a thank-you named their problem is no reason not to answer it with something new."""
    assert found(OTHER, said_before=(f"Thank you for Tuesday. {OTHER}",)) == []


def test_other_mails_may_have_the_point() -> None:
    """The thank-you itself is not told that it repeats its own link."""
    assert found(LINK, Kind.THANK_YOU) == []


EARLIER = """Thank you for the hour on Tuesday. At the dairy I wrote a labelling tool that cut our returns from 140
crates a week to 30, and the night shift stopped phoning me. Your silo 12 made me curious. You can reach me on 555 0142,
application no. 4471."""
TOLD_AGAIN = """
One thing I should add. In my last job at a dairy the returns fell from a hundred and forty crates every week to thirty,
after I had written a program for the labels.

I did not say how we dealt with wrong labels. My tool brought the weekly returns down to 30 crates, and nobody on nights
had to ring me again.

Before I joined, 140 crates came back weekly. With a small program I got that below 31.
""".strip().split("\n\n")
SOMETHING_NEW = """
You showed me silo 12 and I have thought about it since. At the brewery I sealed two of that kind with food wax, and no
mouse came in for a year.

When we met on Tuesday, I forgot one thing. For two years I trained the apprentices in welding; seven of them passed.

My application no. 4471 is three weeks old. May I ask whether you have decided? My number is 555 0142.

One more thought about your labels: we printed them on yellow paper, so that a wrong one was seen from the forklift.

I left out the audit. In March we had four inspectors for 30 minutes each, and none of them found a fault in the cold
store.
""".strip().split("\n\n")


def repeats(core: str, kind: Kind = Kind.ADDITIONAL_DETAIL) -> bool:
    return bool(check_mail(replace(Sample(core, kind=kind).context(), said_before=(EARLIER,)), [RULE]))


@pytest.mark.parametrize("core", TOLD_AGAIN)
def test_a_point_in_other_words_is_found(core: str) -> None:
    """The same things, or the same figures in words or digits, make the same point."""
    assert repeats(core)
    assert not repeats(core, Kind.REJECTION_THANKS)


@pytest.mark.parametrize("core", SOMETHING_NEW)
def test_a_new_point_about_an_old_topic_passes(core: str) -> None:
    """A topic, a telephone number and the number of an application may come back, and so may a figure alone."""
    assert not repeats(core)


def test_their_own_figure_may_come_back() -> None:
    """What they have so many of is a topic; what the sender had so many of is a point."""
    for before, again in (("your 340 papers", "the 340 papers"), ("the 340 papers", "your 340 papers")):
        said = f"I thought of {before} on the train, and of my lamp."
        context = Sample(f"For {again} I would use two colours.", kind=Kind.ADDITIONAL_DETAIL).context()
        assert check_mail(replace(context, said_before=(said,)), [RULE]) == ()
    said = "At my school I marked 340 papers on the train."
    context = Sample("I had to mark three hundred and forty of them by Monday.", kind=Kind.ADDITIONAL_DETAIL).context()
    assert check_mail(replace(context, said_before=(said,)), [RULE])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nine thousand pictures, two days", {9000}),
        ("9,000 pictures and forty-one hours", {9000, 41}),
        ("a hundred and forty reports from 31 percent to 12", {140, 31, 12}),
        ("40k a month, or 40,000", {40_000}),
        ("on 16 november 2026 at 5 o'clock, may 3, the 23rd, 17:30, 8 am", set()),
        ("room 12, iso 9001, ref. 4471, +1 312 555 0142", set()),
    ],
)
def test_figures_count_in_digits_and_in_words(text: str, expected: set[int]) -> None:
    """A figure is what says how many; dates, hours and numbers of things are none."""
    assert figures(text) == expected


NOTE = """Thank you for the interview on Friday. I was struck by how carefully your bakery looks after its ovens, with
two people at every firing. In my present shop I do the same with a checklist, and we have had no burnt batch in eleven
months."""
PANEL = {
    """Thank you for meeting me on Friday. I was struck by how carefully your bakery takes care of its ovens, with two
    people present at each firing. In my present shop I do the same with the help of a checklist, and for eleven months
    we have had no burnt batch.""": True,
    """Your sourdough is fed by whoever closes, you said, and I have copied that since. My aunt laughed, and the bread
    rose. In my present shop I do the same with a checklist, and we have had no burnt batch in eleven months. The
    delivery van and its broken lamp would be my first errand; I have a friend who mends such things on Sundays, for a
    loaf. The rye on your top shelf sold itself while we talked. I would learn that slope by heart.""": True,
    """Thank you for the interview on Friday. Your rye on the top shelf sold itself while we talked, and the van with
    the broken lamp would be my first errand: I have a friend who mends them.""": False,
}


@pytest.mark.parametrize(("core", "is_same"), PANEL.items())
def test_notes_of_a_panel_are_compared_by_sentence(core: str, is_same: bool) -> None:
    """A note in other words is the same note, and one long sentence that is copied is enough."""
    context = replace(Sample(core, kind=Kind.THANK_YOU).context(), companions=(Companion("Marcus", NOTE),))
    assert bool(check_mail(context, [fm302_panel_sameness.RULE])) == is_same


def test_words_in_a_message_are_not_cut_in_two() -> None:
    """A long sentence is shown up to a whole word, and dots say that it goes on."""
    said = "Last winter I moved the payroll of nine hundred people to another system in four nights, and nobody "
    said += "lost an hour of pay, which I would gladly do for your nightly jobs as well."
    text = f"Dear Dr. Okafor,\n\n{said}\n\nBest regards,\nSam Rivera"
    (found,) = check_mail(CheckContext("", text, Kind.ADDITIONAL_DETAIL, said_before=(text,)), [RULE])
    assert found.message.endswith("lost an hour of ...'.")

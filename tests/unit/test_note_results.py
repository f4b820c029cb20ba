"""A note on what did not get said becomes a sentence with what came of it, or nothing."""

from __future__ import annotations

import pytest

from followup_mail.language.note_results import own_point
from followup_mail.language.notes import is_said, read_note

SAID = {
    "did a choir job on nights once, 6 wks, no class day lost": (
        "I once did a choir job on nights for six weeks, and no class day was lost."
    ),
    "trained 2 apprentices at old shop, both licensed now": (
        "I trained two apprentices at my old shop, and both are licensed now."
    ),
    "made A5 checklist for our ward, still in use": "I made an A5 checklist for our ward, and it is still in use.",
    "redesigned intake form, 9 pages to 3, mistakes -40%": (
        "I redesigned the intake form, from nine pages to three, and mistakes fell by 40%."
    ),
    "cut the packing list, 61 items down to 34": "I cut the packing list, from 61 items down to 34.",
    "reorganised stock room, 40 minutes down to 12": "I reorganised the stock room, from 40 minutes down to 12.",
    "improved pick rate, 81 -> 96%": "I improved the pick rate, from 81% to 96%.",
    "moved nightly jobs to streaming, 5 hours -> 90 minutes": (
        "I moved nightly jobs to streaming, from 5 hours to 90 minutes."
    ),
    "trained 12 volunteers, resignations 9 → 3 in one year": (
        "I trained 12 volunteers, and resignations went from nine to three in one year."
    ),
    "worked w/ 2 banks on loans, 11 clinics approved": (
        "I worked with two banks on loans, and 11 clinics were approved."
    ),
    "taught an evening class for 2 yrs, 31 of 34 passed": (
        "I taught an evening class for two years, and 31 of the 34 passed."
    ),
    "wrote the on-call handbook, team of 12 works by it": (
        "I wrote the on-call handbook, and a team of 12 works by it."
    ),
    "collected 94% of invoices inside 60 days in 2025": "I collected 94% of invoices inside 60 days in 2025.",
    "I also kept the books": "I also kept the books.",
    "took songs to the tram depot, 14 Saturdays, 400 kids": (
        "I took songs to the tram depot on 14 Saturdays for 400 kids."
    ),
    "taught climbing to 22 volunteers over 2 summers, no injuries": (
        "I taught climbing to 22 volunteers over two summers, and there were no injuries."
    ),
    "made a map of our stores, museum still uses it": "I made a map of our stores, and the museum still uses it.",
    "sat with patients on a surgical ward, volunteer, 3 years, Sundays": (
        "I sat with patients on a surgical ward on Sundays for three years as a volunteer."
    ),
    "set up hive log w/ photos, swarms went from 11 to 4 in a year": (
        "I set up a hive log with photos, and swarms went from 11 to 4 in a year."
    ),
    "bred salmon in cold tanks, 300 fry, first time at our site": (
        "I bred salmon in cold tanks, for the first time at our site."
    ),
    "wrote the wet weather jetty checklist at my harbour, walks skipped: 0 since": (
        "I wrote the wet-weather jetty checklist at my harbour, and no walks have been skipped since."
    ),
    "ran winter camp, 2 wks, 40 incoming 7th graders, 33 passed fall math": (
        "I ran a winter camp for two weeks with 40 incoming seventh graders, and 33 of them passed fall math."
    ),
    "onboarded 12 clerks in 2 wks, 11 stayed thru xmas": (
        "I onboarded 12 clerks in two weeks, and 11 of them stayed through Christmas."
    ),
    "ran the Q&A move to the lobby in York, 3 days, stayed open": (
        "I ran the Q&A move to the lobby in York in three days, and we stayed open."
    ),
    "mentored new tenants at the depot, 9 of them, all stayed": (
        "I mentored new tenants at the depot, nine of them, and all stayed."
    ),
    "made a walk for deaf visitors, with 12 stops to see": ("I made a walk for deaf visitors with 12 stops to see."),
    "surveyed 40 km of coast in 3 weeks, two of us": ("I surveyed 40 km of coast in three weeks, in a team of two."),
    "texted patients the day before, no-shows 19% to 8%": (
        "I texted patients the day before, and no-shows went from 19% to 8%."
    ),
    "did the ordering at old shop, wasted flowers from $4k to $600 a year": (
        "I did the ordering at my old shop, and wasted flowers went from $4,000 to $600 a year."
    ),
    "surgery days: prepped trays night before and we finished by 3": (
        "I prepped trays the night before, and we finished by three."
    ),
    "ferry, riders 65+: tested list instead of seat map, drop out 33 -> 19%": (
        "I tested a list instead of a seat map with riders aged 65 and over, and the drop-out rate went from 33% to "
        "19%."
    ),
    "fresh bread every am at last place, 18 lbs": (
        "At my last place it was fresh bread every morning, 18 pounds of it."
    ),
    "sea safety certificate valid until 2028": "I have a sea safety certificate valid until 2028.",
}
CUT = {
    "ran a summer bridge, 40 kids": "I ran a summer bridge, with 40 kids.",
    "I made photo card for each room type. Before new girl was learning 5 days, after 2 days": (
        "I made a photo card for each room type."
    ),
    "repaired the organ: 412 pipes in 5 months": "I repaired the organ: 412 pipes in five months.",
    "catalogued 900 maps with photos, museum still uses it": "I catalogued 900 maps with photos.",
}
"""What came of it cannot be said; what was done is enough for a note."""
THIN = (
    "ran a summer bridge",
    "wrote a booking guide, 5 -> 2",
    "wrote a guide, took 3 weeks",
    "booking calendar for 4 microscopes, 5 conflicts a week → almost none",
    "ran a winter camp, 33 passed fall math",
    "spoons every morning, 40",
    "Kiswahili, English, some Kikuyu",
    'told them "no" once, 3 times',
    "",
)


@pytest.mark.parametrize("note", SAID)
def test_what_came_of_it_is_said_with_its_figure(note: str) -> None:
    """The sentence has what was done and what came of it, each figure as it was jotted."""
    assert own_point(note, read_note(note, is_own=True).mine) == SAID[note]


@pytest.mark.parametrize("note", CUT)
def test_what_was_done_is_said_without_a_result_that_cannot_be(note: str) -> None:
    """A deed that says something by itself is a point, also where the rest of the note is left out."""
    assert own_point(note, read_note(note, is_own=True).mine) == CUT[note]


@pytest.mark.parametrize("note", THIN)
def test_a_point_that_says_too_little_is_not_made(note: str) -> None:
    """Where neither the deed nor its result can be said in full, nothing is written, and the question stays open."""
    assert own_point(note, read_note(note, is_own=True).mine) == ""


@pytest.mark.parametrize("note", SAID)
def test_a_point_that_was_sent_counts_as_said(note: str) -> None:
    """A mail that holds the sentence has said the note, so that it is not planned again."""
    assert is_said(note, f"Hello, one more thing: {SAID[note]} Yours")


def test_what_came_of_it_is_said_once() -> None:
    """A sentence that has the result already keeps it as it is."""
    note = "redid transfer bag list, 61 items -> 34"
    assert read_note(note).mine.count("61 items") == 1
    assert own_point(note, read_note(note, is_own=True).mine).count("61 items") == 1

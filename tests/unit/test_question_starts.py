"""Sentences to take at a question: from the notes, whole or with an ending still to choose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_mail.language.beginnings import Beginning, asking_for
from followup_mail.language.known_words import Known
from followup_mail.services.asking.question_starts import (
    start_also,
    start_moment,
    start_point,
    start_problem,
    start_reason,
    words_of_deeds,
)

KNOWN = Known(reader="Ada Lovelace", names=("Ada Lovelace", "Tom Berg"), country="US")
MOMENT, LINK, POINT = map(asking_for, ("moment", "link", "point"))


def test_what_convinced_comes_first() -> None:
    """The sentence from what convinced the candidate is the first to take, then what can be thanked for."""
    starts = start_moment(MOMENT, "visits every farm herself", ["showed me the seed vault"], KNOWN)
    assert [start.sentence for start in starts] == [
        "I liked that you visit every farm yourself.",
        "Thank you for showing me the seed vault.",
    ]


def test_what_is_only_likely_is_liked_only_where_it_convinced() -> None:
    """Not everything that was talked about was liked: what only may be meant is read from no other note."""
    note = "no parcel leaves w/o second signature"
    assert [start.sentence for start in start_moment(MOMENT, note, [], KNOWN)][:1] == [
        "I liked that no parcel leaves without the second signature."
    ]
    assert not start_moment(MOMENT, "", [note], KNOWN)


def test_a_wish_of_theirs_begins_the_link() -> None:
    """What they want comes before what they told, and the candidate's own words are still to follow."""
    starts = start_problem(LINK, ["court reports eat her fridays", "wants people who call early"], KNOWN)
    assert [start.sentence for start in starts] == [
        "You want people who call early. I ….",
        "You said that the court reports eat your Fridays. I ….",
    ]


def test_deeds_follow_i() -> None:
    """What the candidate noted on themselves can be taken behind "I", sure before likely."""
    notes = ["trained 2 apprentices at old shop, both licensed now", "taught own crew in the yard"]
    assert words_of_deeds(notes, replace(KNOWN, notes=tuple(notes))) == (
        "trained two apprentices at my old shop, and both are licensed now",
        "taught my own crew in the yard",
    )


def test_a_point_is_a_sentence_to_take() -> None:
    """A note on what did not get said becomes the sentence that the second note needs."""
    [start] = start_point(POINT, ["wrote the guide for new volunteers, still in use"], KNOWN)
    assert start.sentence.startswith("I wrote the guide for new volunteers")


def test_a_second_point_is_another_one() -> None:
    """What the first point says is not offered again, and each start goes on behind "I also"."""
    notes = ["wrote the guide for new volunteers, still in use", "trained 2 apprentices at old shop, both licensed now"]
    also = asking_for("also")
    first, second = start_also(also, notes, KNOWN)
    assert first.shown.startswith("I also wrote the guide for new volunteers")
    assert second.shown.startswith("I also trained two apprentices")
    [left] = start_also(also, notes, KNOWN, ("I wrote the guide for new volunteers, and it is still in use.",))
    assert left == second
    [left] = start_also(also, notes, KNOWN, ("I wrote the guide for new volunteers, and 14 stayed.",))
    assert left == second


@pytest.mark.parametrize(
    ("reason", "sentences"),
    [
        ("took an internal candidate", ["I can see why you chose an internal candidate."]),
        ("none", []),
        ("", []),
    ],
)
def test_a_reason_is_granted(reason: str, sentences: list[str]) -> None:
    """The reason that was noted can be granted with one key; without one there is nothing to take."""
    assert [start.sentence for start in start_reason(reason, KNOWN)] == sentences


@pytest.mark.parametrize("key", ["moment", "link", "offer", "use", "onward"])
def test_everything_to_take_is_sound(key: str) -> None:
    """No ending and no sentence to take is one that the proof-reader would remark on, for any person of a panel."""
    from followup_mail.language.answers import complete
    from followup_mail.language.beginnings import OWN_WORDS

    words = {"you": "visit every farm", "clause": "the gate is open", "did": "ran ours", "ing": "showing me the vault"}
    for number in range(4):
        asking = asking_for(key).for_person(number)
        for sentence in asking.ready:
            assert complete(OWN_WORDS, [sentence], KNOWN).remarks == ()
        for beginning in (*asking.beginnings, *asking.started):
            if asking.endings and _ends_alike(beginning, asking.beginnings[0]):
                first = [words.get(gap.shape, "fewer gaps") for gap in beginning.gaps[:-1]]
                for ending in asking.endings:
                    assert complete(beginning, [*first, ending], KNOWN).remarks == (), ending


def _ends_alike(one: Beginning, other: Beginning) -> bool:
    """Return whether what is taken for the last gap of one goes on from the other, too."""
    last = [(beginning.gaps[-1].shape, beginning.gaps[-1].optional) for beginning in (one, other) if beginning.gaps]
    return last == [last[0]] * 2 and last[0][1]


def test_two_people_of_a_panel_are_offered_other_endings() -> None:
    """Colleagues who compare their mails do not find the same ending in both."""
    first, second = (set(MOMENT.for_person(number).endings) for number in (0, 1))
    assert first.isdisjoint(second)

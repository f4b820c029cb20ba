"""What came of something joins as somebody typed it, and figures are asked about only when no note has them."""

from __future__ import annotations

import pytest

from followup_mail.language.beginnings import asking_for
from followup_mail.language.figures import ask_about_figures
from followup_mail.language.known_words import Known


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("18 of them are still there", "I wrote a guide, and 18 of them are still there."),
        ("and nobody left", "I wrote a guide, and nobody left."),
        ("because there were not enough people", "I wrote a guide because there were not enough people."),
        ("so nobody left", "I wrote a guide, so nobody left."),
        ("so far nobody has left", "I wrote a guide, and so far nobody has left."),
    ],
)
def test_a_typed_joint_stands_for_ours(typed: str, sentence: str) -> None:
    """Nobody reads "and and", and a reason stays one."""
    assert asking_for("point").beginnings[0].fill(("wrote a guide", typed)) == sentence


@pytest.mark.parametrize(
    ("note", "typed"),
    [
        ("started in '19", "I started in 2019."),
        ("2,4 % loss", "Losses were 2.4 percent."),
        ("0.31 of calls", "31 percent of the calls."),
    ],
)
def test_a_figure_in_another_form_is_known(note: str, typed: str) -> None:
    """Years in short, decimal commas and shares are figures of the notes as well."""
    assert not [*ask_about_figures([typed], Known(notes=(note,)))]


def test_a_figure_that_no_note_has_is_asked_about() -> None:
    """A slip of the finger is named."""
    assert [*ask_about_figures(["We lost 13 of them."], Known(notes=("lost 31",)))] == [
        "is 13 right? Your notes say 31"
    ]

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


@pytest.mark.parametrize("ending", asking_for("link").endings)
@pytest.mark.parametrize(
    "deed",
    [
        "rewrote our rota so that everybody can read it",
        "moved the night jobs, so the reports are there at six",
        "kept the list so nobody had to ask",
    ],
)
def test_an_ending_brings_no_second_so(deed: str, ending: str) -> None:
    """A deed that is told with a *so* goes on with *and*: "so that …, so I can tell you what worked" is nobody's."""
    for beginning in asking_for("link").every_beginning[:4]:
        sentence = beginning.fill(["shorter queues at the desk", deed, ending])
        assert sentence.count(" so ") == 1
        assert f", and {ending}." in sentence


def test_a_so_of_a_sentence_before_does_not_count() -> None:
    """Only the sentence that goes on is looked at, and *so far* joins nothing."""
    beginning = asking_for("link").beginnings[0]
    deed = "took ours from nine days to five so far"
    sentence = beginning.fill(["a sheet, so the night shift sees it", deed, "I know what it takes"])
    assert sentence.endswith(", so I know what it takes.")

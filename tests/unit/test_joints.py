"""The word that joins an answer follows from the answer."""

from __future__ import annotations

import pytest

from followup_mail.language.answers import complete
from followup_mail.language.beginnings import asking_for
from followup_mail.language.joints import join
from followup_mail.language.known_words import Known
from followup_mail.language.sentence_faults import find_faults


@pytest.mark.parametrize(
    ("typed", "joined"),
    [
        ("most of them passed", ", and most of them passed"),
        ("I can begin at once", ", so I can begin at once"),
        ("so I know the way", ", so I know the way"),
        ("your evenings would be free", ", so your evenings would be free"),
        ("it takes an hour now", ". It takes an hour now"),
        ("and they came back", ", and they came back"),
        ("which is why I ask", ", which is why I ask"),
        ("built the board for it", " and built the board for it"),
        ("trained 9 people", " and trained 9 people"),
        ("lost orders fell by half", ", and lost orders fell by half"),
        ("and so 18 of them stayed", ", so 18 of them stayed"),
        ("and 18 of them stayed", ", and 18 of them stayed"),
    ],
)
def test_the_answer_decides_how_it_is_joined(typed: str, joined: str) -> None:
    """A result is joined by *and*, what it means by *so*, and a new thought begins a sentence."""
    assert join(typed) == joined


@pytest.mark.parametrize("typed", ["so I know the way", "and I kept a list", "built the board for it"])
def test_a_typed_joint_is_taken_silently(typed: str) -> None:
    """A typed *so* or *and* and a verb without a subject are no fault, when typed and when the file is checked."""
    done = complete(asking_for("link").beginnings[0], ["shorter queues", "took ours to five days", typed], Known())
    assert done.remarks == ()
    assert done.sentence.count(" so ") <= 1
    assert find_faults("link", done.sentence, Known()).words == ()


def test_an_open_joint_is_shown_as_a_gap() -> None:
    """Neither the list nor the growing sentence shows words that nobody is to type."""
    beginning = asking_for("link").beginnings[0]
    assert beginning.shown == "You want …. I …, …"
    assert beginning.fill(["calm nights", "drew up a rota", "…"]) == "You want calm nights. I drew up a rota, …."


def test_a_clause_told_is_no_thing() -> None:
    """A clause behind *You told me about* is offered as *You told me that*, in the same words."""
    beginning = asking_for("link").beginnings[1]
    done = complete(beginning, ["the fact that the boats come late", "drew up a rota"], Known())
    assert done.remarks
    assert done.corrected == "You told me that the boats come late. I drew up a rota."


def test_openings_differ_within_a_panel() -> None:
    """The second person of a panel is not written to with the opening of the first."""
    asking = asking_for("link")
    first, second = asking.for_person(0).beginnings, asking.for_person(1).beginnings
    assert not {beginning.pattern for beginning in first} & {beginning.pattern for beginning in second}


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("moment", "I liked that you wait for the slowest, because nobody is lost."),
        ("link", "You want calm nights. I drew up a rota, so most of them stayed."),
    ],
)
def test_sentences_of_earlier_files_are_still_read(key: str, sentence: str) -> None:
    """A file keeps its sentences: the joins and beginnings of before are no fault."""
    assert not find_faults(key, sentence, Known()).words

"""A sentence in the facts is read as the answer to its question would be, wherever it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.language.known_words import Known
from followup_mail.language.sentence_faults import find_faults

KEYS = ("moment", "link", "offer", "why_them", "problem", "point", "use", "says", "understood", "onward")
NOTES = ("courthouse windows 1840s", "3 of 400 sashes cracked")
KNOWN = Known("Declan Tierney", ("Declan Tierney",), NOTES, "Corrib Sash & Joinery", "IE")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("moment", "I liked that you check each sash, because it matters to me."),
        ("moment", "Thank you for showing me the bench."),
        ("link", "You want the apprentice taught properly. I trained two."),
        ("offer", "Which ten questions do you hear most?"),
        ("why_them", "I would like to join you because old windows are repaired there."),
        ("why_them", "I would like to work at Corrib Sash & Joinery."),
        ("point", "I polish the floors myself."),
        ("use", "I could send you the list."),
        ("says", "I can start on Monday 11 January."),
        ("understood", "I can see why you chose somebody who already knows the shop."),
        ("onward", "If another post opens, I would be glad to talk again."),
        ("link", "I run ward C4, and we met at gate B4."),
        ("moment", ""),
    ],
)
def test_a_sound_sentence_has_no_fault(key: str, sentence: str) -> None:
    """With or without a given beginning, a sentence that reads well is left in peace."""
    assert find_faults(key, sentence, KNOWN).words == ()


@pytest.mark.parametrize(
    ("key", "sentence", "corrected"),
    [
        ("moment", "I liked that you checks each sash.", "I liked that you check each sash."),
        ("moment", "Thank you for show me the bench.", "Thank you for showing me the bench."),
        ("use", "I could sent you the list.", "I could send you the list."),
        (
            "understood",
            "I can see why you chose somebody who have done it.",
            "I can see why you chose somebody who has done it.",
        ),
        ("point", "I speak polish.", "I speak Polish."),
        ("says", "I can start on monday.", "I can start on Monday."),
    ],
)
def test_a_fault_is_named_and_corrected(key: str, sentence: str, corrected: str) -> None:
    """What is surely wrong comes with the sentence as it should be, which has no fault left."""
    faults = find_faults(key, sentence, KNOWN)
    assert faults.words
    assert faults.corrected == corrected
    assert find_faults(key, corrected, KNOWN).words == ()


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("moment", "I liked that Declan checks each sash."),
        ("offer", "Could you a list?"),
        ("why_them", "windows"),
        ("link", "You want him taught. I trained two, they both passed, they are licensed now."),
        ("moment", "I LIKED THAT YOU CHECK EACH SASH"),
    ],
)
def test_what_does_not_fit_is_named(key: str, sentence: str) -> None:
    """The reader's name, a missing verb, a comma splice and capitals throughout are named."""
    assert find_faults(key, sentence, KNOWN).words


@examples(0.5)
@given(st.sampled_from(KEYS), st.text(max_size=60))
def test_any_text_can_be_read(key: str, sentence: str) -> None:
    """No text breaks the reading, and nothing is named twice."""
    words = find_faults(key, sentence, KNOWN).words
    assert len(words) == len(set(words))


@pytest.mark.parametrize("verb", ["round with every nurse", "chart at once", "triage every call", "huddle at six"])
def test_a_verb_of_work_that_looks_like_a_noun_is_a_verb(verb: str) -> None:
    """Hospitals round, chart and huddle: behind *you* these are verbs."""
    assert find_faults("moment", f"I liked that you {verb}, because it shows how you lead.", KNOWN).words == ()
    assert find_faults("moment", "I liked that you the night shift.", KNOWN).words

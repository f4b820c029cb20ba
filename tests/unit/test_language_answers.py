"""Answers become sentences; what does not fit is said, and good answers are left alone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.language.answers import Completed, complete
from followup_mail.language.beginnings import OPEN_GAP, OWN_WORDS, Beginning, asking_for
from followup_mail.language.known_words import Known

KEYS = ("moment", "link", "offer", "why_them", "problem", "point", "use", "says", "understood", "onward")
KNOWN = Known(
    reader="Dale Krug",
    names=("Dale Krug", "Marisol Vega", "Piotr Nowak"),
    notes=("OSHA 30 card", "14 of 14 inspections passed last 2 yrs", "11 days", "mispicks 1.4 -> 0.4"),
    company="Brackwater Electric",
    country="US",
)


def _beginning(key: str, number: int) -> Beginning:
    """Return a beginning; of the moment the one whose second half is a clause, for which the answers were typed."""
    beginning = (*asking_for(key).beginnings, OWN_WORDS)[number]
    return (beginning.other_end or beginning) if key == "moment" else beginning


def _answers(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((Path(__file__).parents[1] / name).read_text("utf-8"))["answers"]


def _completed(answer: dict[str, Any]) -> Completed:
    return complete(_beginning(answer["key"], answer["beginning"]), answer["typed"], KNOWN)


def test_good_answers_are_left_alone() -> None:
    """Fewer than three in a hundred good answers get a remark, questions about figures aside."""
    found = [_completed(answer) for answer in _answers("answers_good.toml")]
    alarms = [done for done in found if any(not remark.is_question for remark in done.remarks)]
    assert len(found) >= 100
    assert len(alarms) * 100 < 3 * len(found), alarms


def test_bad_answers_are_noticed() -> None:
    """At least nineteen of twenty bad answers get a remark."""
    found = [_completed(answer) for answer in _answers("answers_bad.toml")]
    silent = [done.sentence for done in found if not done.remarks]
    assert len(found) >= 60
    assert len(silent) * 20 <= len(found), silent


@pytest.mark.parametrize(
    ("key", "number", "typed", "corrected"),
    [
        ("moment", 0, ["checks every list himself"], "I liked that you check every list yourself."),
        ("moment", 0, ["he checks every list"], "I liked that you check every list."),
        ("moment", 0, ["Dale checks every list"], "I liked that you check every list."),
        ("moment", 0, ["I liked that you check it"], "I liked that you check it."),
        ("moment", 0, ["was open", "shows me a lot"], "I liked that you were open. It told me that it shows me a lot."),
        ("moment", 0, ["CHECK EVERY LIST AND TELL DALE"], "I liked that you check every list and tell Dale."),
        ("moment", 1, ["told me her rule", "i believe it"], "You told me your rule, so I believe it."),
        ("moment", 5, ["show me the vans"], "Thank you for showing me the vans."),
        ("link", 0, ["cut the close", "seen it done"], "You want to cut the close. I have seen it done."),
        ("link", 0, ["he wants ppl who call", "call"], "You want people who call. I call."),
        ("link", 1, ["the list", "passed w/ an osha card"], "You told me about the list. I passed with an OSHA card."),
        ("link", 1, ["fridays", "started in may"], "You told me about Fridays. I started in May."),
        ("offer", 1, ["to showing you the form"], "I would like to show you the form."),
        ("point", 0, ["done it before", "it work"], "I have done it before, and it works."),
        ("understood", 0, ["know the district"], "I can see why you chose somebody who knows the district."),
    ],
)
def test_what_is_sure_is_corrected(key: str, number: int, typed: list[str], corrected: str) -> None:
    """A correction that is sure is offered as the whole sentence, with a remark that says why."""
    done = complete(_beginning(key, number), typed, KNOWN)
    assert done.corrected == corrected
    assert done.remarks


@pytest.mark.parametrize(
    ("key", "number", "typed", "said"),
    [
        ("moment", 0, ["numbers she could explain"], "a verb must follow *you*"),
        ("link", 0, ["court reports eat my Fridays", "have a template"], "You said that"),
        ("link", 0, ["2 failed inspections", "passed all of mine"], "is that what they want"),
        ("link", 2, ["eleven days for panels", "have done it"], "there is no verb"),
        ("link", 1, ["labeling (red tape)", "did it"], "brackets"),
        ("offer", 1, ["no prob with nights"], "chat"),
        ("moment", 6, ["Great tour of the shop"], "half a sentence"),
    ],
)
def test_what_is_not_sure_is_only_said(key: str, number: int, typed: list[str], said: str) -> None:
    """Where nobody but the person knows what was intended, it is said and not changed."""
    done = complete(_beginning(key, number), typed, KNOWN)
    assert any(said in remark.words for remark in done.remarks), done.remarks


def test_a_figure_that_no_note_holds_is_asked_about() -> None:
    """A figure is compared with the notes: one that is a digit away is named, and nothing is called wrong."""
    done = complete(_beginning("point", 0), ["passed 41 of 14 inspections"], KNOWN)
    assert [(remark.words, remark.is_question) for remark in done.remarks] == [
        ("is 41 right? Your notes say 14", True),
    ]
    assert complete(_beginning("point", 0), ["passed 14 of 14 inspections"], KNOWN).remarks == ()


def test_somebody_else_may_be_he() -> None:
    """*He* after another person is that person, not the reader."""
    done = complete(_beginning("moment", 0), ["let the driver finish before he had to leave"], KNOWN)
    assert done.remarks == ()


def test_an_optional_part_may_stay_empty() -> None:
    """Without what it told you, the sentence ends before that; without what is needed it is not whole."""
    beginning = _beginning("moment", 0)
    assert complete(beginning, ["check every list", ""], KNOWN).sentence == "I liked that you check every list."
    assert complete(beginning, ["check every list", "it helps"], KNOWN).sentence.endswith(". It told me that it helps.")
    assert not complete(beginning, [], KNOWN).is_whole
    assert OPEN_GAP in complete(beginning, [], KNOWN).sentence


@pytest.mark.parametrize(
    ("typed", "said", "corrected"),
    [
        ("how I was taught", "", ""),
        ("what a good nurse does", "", ""),
        ("exactly the standard that I like to work to", "", ""),
        ("the kind of workshop I want to learn in", "", ""),
        ("you care about people", "does not follow *That is*", ""),
        ("that is how I learned the trade", "leave out the beginning", "how I learned the trade"),
        ("kind of place I want", "an article is missing", ""),
    ],
)
def test_what_a_moment_is_to_somebody_follows_that_is(typed: str, said: str, corrected: str) -> None:
    """Behind *That is* come *how*, *what* or a thing; a sentence of its own does not go on there."""
    done = complete(asking_for("moment").beginnings[0], ["check every list", typed], KNOWN)
    assert [said in remark.words for remark in done.remarks] == ([True] if said else [])
    assert not corrected or done.answers[1] == corrected


def test_a_joint_that_was_typed_stays() -> None:
    """Whoever types *so* means *so*; without one, a result is joined by *and*."""
    beginning = asking_for("link").beginnings[0]
    so = complete(beginning, ["fewer gaps", "moved the desk", "so the late rows were done by noon"], KNOWN)
    assert so.sentence == "You want fewer gaps. I moved the desk, so the late rows were done by noon."
    assert complete(beginning, ["fewer gaps", "moved the desk", "the late rows were done"], KNOWN).sentence.endswith(
        "I moved the desk, and the late rows were done."
    )


@pytest.mark.parametrize("key", KEYS)
def test_every_beginning_has_a_hint_for_each_gap(key: str) -> None:
    """Nobody looks at an empty gap without an example of what could be in it."""
    for beginning in asking_for(key).beginnings:
        assert len(beginning.hints) == len(beginning.gaps), beginning.pattern
        if not beginning.gaps:
            assert beginning.fill(()).endswith((".", "?"))


@given(
    st.sampled_from([beginning for key in KEYS for beginning in (*asking_for(key).beginnings, OWN_WORDS)]),
    st.lists(st.text(max_size=60), max_size=3),
)
def test_any_answer_makes_a_clean_sentence(beginning: Beginning, typed: list[str]) -> None:
    """Whatever is typed: no error, no arrow, no double space, no two marks in a row, one line."""
    done = complete(beginning, typed, KNOWN)
    for text in filter(None, (done.sentence, done.corrected)):
        assert not re.search(r"->|→|=>", text)
        assert "  " not in text
        assert "\n" not in text
        assert not re.search(r"[.!?,;:]\s*[.!?,;:]", text), text


@given(st.text(alphabet="abcdehiosuvwy ',.-/()ICW", max_size=80), st.sampled_from(["", "US", "GB", "IN"]))
def test_likely_letters_make_no_error(text: str, country: str) -> None:
    """Text that looks like words takes the same road without an error, in every English."""
    done = complete(OWN_WORDS, [text], Known("Ada Lovelace", ("Ada Lovelace",), ("3 loads",), country=country))
    assert isinstance(done.sentence, str)

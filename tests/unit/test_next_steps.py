"""What they said they would do is taken up in a mail as they said it; what is unsure is only a date."""

from __future__ import annotations

from typing import Any

import pytest
from draft_samples import LATER, PRIYA, ROBIN, TOM, Job, apply, meet, write
from said_quotes import AFTER, BEFORE

from followup_mail.cadence.step import Kind
from followup_mail.language.next_step_phrases import say_invitation, say_next_step
from followup_mail.language.next_steps import NextStep, read_next_step

READER = "Dr. Priya Raman"
DAY = "Friday, December 4"
# Where nobody is to call or write, a mail takes up the date alone.
ONLY_A_DATE = {
    f"{words} by {DAY}" for words in ("you expected a decision", "you hoped to have a decision", "you'd know")
}


@pytest.mark.parametrize(("quote", "promise", "invitation"), [*BEFORE, *AFTER])
def test_a_quote_is_taken_up_as_it_was_said(quote: str, promise: str, invitation: str) -> None:
    """Who calls or writes, whether the candidate was to get in touch; a condition or a denial promises nothing."""
    step = read_next_step(quote, [READER])
    said = say_next_step(step, READER, DAY, said_by_reader=True).rpartition(" and that ")[2]
    is_elsewhen = step.is_after or step.own_day not in {"", "friday", "4"}
    if promise and not is_elsewhen:
        assert said in {f"{promise} by {DAY}", f"{promise} on {DAY}"}
    else:
        assert said in ONLY_A_DATE
    assert say_invitation(step, READER, said_by_reader=True) == invitation


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("I'll ring you on Friday.", f"you'd ring on {DAY}"),
        ("We sit on Tuesday, then I'll ring you.", f"you'd ring by {DAY}"),
        ("I'll ring you by Friday at the latest.", f"you'd ring by {DAY}"),
        ("We'll be in touch after we've met everybody.", f"you expected a decision by {DAY}"),
        ("Once we've met everybody, we'll be in touch.", f"you expected a decision by {DAY}"),
        ("I'll ring you on Tuesday.", f"you expected a decision by {DAY}"),
        ("I'll ring you on the 4th.", f"you'd ring on {DAY}"),
        ("We should be able to decide on Friday.", f"you hoped to have a decision by {DAY}"),
        (
            "Our board meets on the 3rd, and I'll email you.",
            f"the board would meet on the 3rd and that you'd email me by {DAY}",
        ),
    ],
)
def test_the_day_is_named_as_they_named_it(quote: str, said: str) -> None:
    """On a day or by it, but by no day where they named another time; a meeting that they waited for is named first."""
    assert say_next_step(read_next_step(quote), READER, DAY, said_by_reader=True) == said


@pytest.mark.parametrize(
    ("quote", "said", "could"),
    [
        ("I'll call the candidate myself.", f"a decision was expected by {DAY}", ""),
        ("We'll call you.", f"I'd get a call by {DAY}", ""),
        ("Priya will write to you.", f"you'd write to me by {DAY}", ""),
        ("Tom will write to you.", f"I'd hear by {DAY}", ""),
        ("Back from leave on the 4th, just ping Priya.", f"a decision was expected by {DAY}", "get in touch with you"),
        ("Ask Priya, not me.", f"a decision was expected by {DAY}", "ask you"),
        ("Email me if it goes quiet.", f"a decision was expected by {DAY}", ""),
    ],
)
def test_what_somebody_else_said_is_not_put_in_the_readers_mouth(quote: str, said: str, could: str) -> None:
    """The reader does only what was said by name; to get in touch with the speaker is no word about the reader."""
    step = read_next_step(quote, [READER, "Tom Okafor"])
    assert say_next_step(step, READER, DAY, said_by_reader=False) == said
    assert say_invitation(step, READER, said_by_reader=False) == could


@pytest.mark.parametrize(("quote", "said"), [("We'll be in touch.", "you'd be in touch"), ("You'll know soon.", "")])
def test_without_a_date_only_a_deed_is_taken_up(quote: str, said: str) -> None:
    """ "You said that you'd be in touch" reads well without a date; "that you'd know" does not."""
    assert say_next_step(read_next_step(quote), READER, "", said_by_reader=True) == said


def test_nothing_said_is_nothing_read() -> None:
    """No quote, no promise."""
    assert read_next_step("") == NextStep()


def inquiry(wording: str, *people: dict[str, Any], to: str = READER, **said: str) -> str:
    application = apply(said={"decision_by": "2026-12-04", **said}, interviews=meet(*people))
    text = write(application, Job(Kind.STATUS_INQUIRY, to=to, wording=wording, at=LATER)).text
    return " ".join(text.split())


@pytest.mark.parametrize("wording", ["any_news", "still_considered", "where_things_stand"])
def test_an_inquiry_takes_them_at_their_word(wording: str) -> None:
    """What they would do, by when, and that the candidate may write."""
    text = inquiry(wording, PRIYA, TOM, quote="I'll call you. If I forget, email me.", by=READER)
    for words in ("you would call by Friday, December 4", "email you if I had not heard"):
        assert words in text
    assert text.count("?") == 1


@pytest.mark.parametrize("wording", ["any_news", "still_considered", "where_things_stand"])
def test_an_inquiry_to_somebody_who_was_not_there_says_whom_one_met(wording: str) -> None:
    """The recruiter reads who spoke with the candidate and when, and who said what."""
    text = inquiry(wording, PRIYA, TOM, to=ROBIN["name"], quote="By the 4th. Ask Robin, please.", by=TOM["name"])
    assert "talk with Dr. Raman and Tom on November 18" in text
    assert "that a decision was expected by Friday, December 4" in text
    assert "ask you" in text


@pytest.mark.parametrize("names", [("Ito",), ("Ito", "Berg", "Roy")])
def test_a_panel_is_not_a_list(names: tuple[str, ...]) -> None:
    """Of several people who sat with the reader none is named: two names behind "you" could be meant as its readers."""
    more = [{**TOM, "name": f"Tom {name}", "email": f"{name}@x.example"} for name in names]
    assert "you and the others" in inquiry("where_things_stand", PRIYA, TOM, *more)

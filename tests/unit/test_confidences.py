"""Tests for what of a talk is nobody else's business."""

from __future__ import annotations

import pytest

from followup_mail.language.confidences import Said, asks_for_silence, find_confided, is_about_health
from followup_mail.language.fit_to_tell import keep_fit

TALK = (
    ("Omar", "Any movable bridges?"),
    ("Ana", "We have one, and it opens twice a day."),
    ("Ana", "Look, one thing, and it stays in this room."),
    ("Ana", "My husband starts chemo in January, so I'm off Fridays from then on."),
    ("Ana", "I'm telling you because you'd notice."),
    ("Ana", "I don't want it around."),
    ("Jo", "I'm sorry to hear that."),
    ("Jo", "Of course."),
    ("Ana", "Thanks."),
    ("Omar", "Okay, I do the references, and I need them by Wednesday."),
    ("Jo", "By Wednesday."),
)


@pytest.mark.parametrize(
    "said",
    [
        "It stays in this room.", "I don't want it around.", "You didn't hear that from me.", "This is between us.",
        "Between you and me, they are closing.", "Keep that to yourself, please.", "Off the record.",
        "I told her in confidence.", "told in confidence, NOT for mail", "Nobody else knows.",
        "Please don't tell anyone.",
        "It isn't public yet.", "It's a family matter.", "I won't tell a soul.", "It stays with me.",
        "I'd rather you didn't mention it.", "The team don't know yet.", "My lips are sealed.",
        "I don\u2019t want this getting out.", "Don't repeat that.",
    ],
)  # fmt: skip
def test_requests_for_silence_are_known(said: str) -> None:
    """Whoever asks for silence, or promises it, is understood."""
    assert asks_for_silence(said)


@pytest.mark.parametrize(
    "said",
    [
        "My husband starts chemo in January.", "Her dad has cancer.", "I'm having surgery in March.",
        "She had a miscarriage.", "He is going through a divorce.", "Tom is off sick until Monday.",
        "My son was diagnosed with diabetes.", "I was in hospital for a week.", "Priya starts chemo on Monday.",
        "I got divorced in spring.", "Her mum's surgery is on Thursday.", "I've been struggling with depression.",
    ],
)  # fmt: skip
def test_health_of_anybody_is_known(said: str) -> None:
    """Whoever's illness, treatment or loss it is: it is known as such."""
    assert is_about_health(said)


@pytest.mark.parametrize(
    "said",
    [
        "I worked in a hospital for seven years.", "The chemo unit has twelve chairs.", "Rehab. Biggest job you ran?",
        "I ran the surgery list for the whole clinic.", "We had forty bridges to load rate.",
        "Our treatment plant runs at night.", "Keep it under four hours.", "The split between us and sales is unclear.",
        "I decided between the two tools.", "She had no confidence in the figures.", "Don't use that template.",
        "The delay stays at six hours.", "I cut the time to a diagnosis from nine days to four.",
        "They want it out by Friday.", "I do not know about SQLite.",
    ],
)  # fmt: skip
def test_work_is_no_secret(said: str) -> None:
    """What is said about work may be told, in a hospital too."""
    assert not asks_for_silence(said)
    assert not is_about_health(said)


def test_request_covers_what_stands_around_it() -> None:
    """The topic before a request, what follows it and the answer to it are kept back; the rest of the talk is not."""
    confided = find_confided([Said(*line) for line in TALK])
    assert {2, 3, 4, 5, 6, 7} <= confided
    assert not confided & {0, 9, 10}


def test_request_in_a_later_turn_covers_the_turn_before() -> None:
    """A request that stands alone means what the same person said last, with whatever was answered in between."""
    talk = [
        Said("Ana", "We are closing Leeds in June."),
        Said("Jo", "Oh."),
        Said("Ana", "You didn't hear that from me."),
    ]
    assert find_confided([*talk, Said("Jo", "Sure."), Said("Omar", "Now the money.")]) >= {0, 1, 2, 3}


def test_request_before_its_topic_covers_the_turn_after() -> None:
    """Somebody may ask for silence first, and tell once they are promised it."""
    talk = [Said("Ana", "Can this stay between us?"), Said("Jo", "Sure."), Said("Ana", "We are closing Leeds in June.")]
    assert find_confided(talk) == {0, 1, 2}


def test_notes_without_speakers_lose_what_stands_beside_the_request() -> None:
    """Jotted notes name nobody: the notes beside a request are kept back, not all of them."""
    notes = ["a", "b", "c", "they close Leeds in June", "told in confidence, NOT for mail", "d", "e", "f", "g"]
    confided = find_confided([Said("", note) for note in notes])
    assert {3, 4} <= confided
    assert not confided & {0, 1, 7, 8}


def test_correction_takes_back_one_sentence() -> None:
    """ "Scratch that" is about the sentence before it, and no more of the talk."""
    talk = [Said("Ana", "It takes a week."), Said("Ana", "It takes forty hours."), Said("Ana", "Scratch that.")]
    assert find_confided([*talk, Said("Ana", "Fifty.")]) == {1, 2}


def test_request_that_says_about_what_covers_no_more() -> None:
    """ "Between us, ..." is about what follows: what was said before it, and a long answer, stay."""
    talk = [Said("Ana", "The rota is quiet on purpose."), Said("Ana", "Between us, two of them leave in spring.")]
    talk += [
        Said("Ana", "I count on nobody."),
        Said("Jo", "I moved our nightly batch to streaming last year, as I said."),
    ]
    assert find_confided(talk) == {1, 2}


def test_note_before_a_bare_request_is_not_told() -> None:
    """Notes are typed in a hurry: "told in confidence, NOT for mail" on a line of its own means the line before."""
    notes = ["pitch fault on T14", "2 lads away at xmas", "told in confidence, NOT for mail", "four crews"]
    assert keep_fit(notes) == ["pitch fault on T14", "four crews"]
    assert keep_fit(["late manifests", "leeds closes, you didnt hear that from me"]) == ["late manifests"]

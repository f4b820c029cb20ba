"""How an office stands, in sentences: the first says what somebody in a hurry needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from followup_mail.worker.standing import Resting, SeenWorker, Standing
from followup_mail.worker.standing_words import (
    is_well,
    say_details,
    say_resting,
    say_span,
    say_standing,
    standing_json,
)

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)
AT_WORK = SeenWorker("host:1:abc", NOW - timedelta(seconds=5), has_ended=False)
SILENT = SeenWorker("host:2:abc", NOW - timedelta(minutes=12), has_ended=False)
ENDED = SeenWorker("host:3:abc", NOW - timedelta(hours=3), has_ended=True)


def _standing(**given: Any) -> Standing:
    return Standing(at=NOW, **given)


@pytest.mark.parametrize(
    ("standing", "well", "said"),
    [
        (_standing(workers=(AT_WORK,)), True, "Everything is fine: 1 worker is at work, nothing waits."),
        (
            _standing(workers=(AT_WORK, AT_WORK), waiting=1240),
            True,
            "Everything is fine: 2 workers are at work, 1,240 mails wait, none is late.",
        ),
        (
            _standing(workers=(SILENT,), waiting=60, late=42),
            False,
            "42 mails are late: no worker was seen for 12 minutes. Start one: followup-mail worker",
        ),
        (
            _standing(waiting=1, late=1),
            False,
            "1 mail is late: no worker was ever seen. Start one: followup-mail worker",
        ),
        (
            _standing(workers=(AT_WORK,), late=3, waiting=3, oldest_ready_at=NOW - timedelta(hours=2)),
            False,
            (
                "3 mails are late, by up to 2 hours, though 1 worker is at work. Start more (followup-mail worker), "
                "and look at what they write."
            ),
        ),
        (
            _standing(waiting=2),
            False,
            "Nothing is late yet, but 2 mails wait and no worker was ever seen. Start one: followup-mail worker",
        ),
        (
            _standing(workers=(AT_WORK,), jobs_stalled=1),
            False,
            "1 job of a worker that gives no sign of life: another takes them up within a minute.",
        ),
        (
            _standing(workers=(AT_WORK,), unclear=2),
            True,
            (
                "Everything is fine: 1 worker is at work, nothing waits. 2 mails are unclear: their candidates say "
                "what became of them (outbox resolve)."
            ),
        ),
        (_standing(workers=(ENDED,)), True, "Nothing waits, and the last worker ended 3 hours ago."),
        (_standing(workers=(SILENT,)), True, "Nothing waits, and no worker was seen for 12 minutes."),
    ],
)
def test_the_first_sentence_says_how_things_stand(standing: Standing, well: bool, said: str) -> None:
    """It says what is late, why, and what to type; and whether that is well."""
    assert say_standing(standing) == said
    assert is_well(standing) is well


def test_an_account_that_rests_is_told_without_its_address() -> None:
    """Whose it is by number, at which provider, how long, and the number of the server's answer."""
    resting = Resting(12, "example.com", NOW, None, "535", 3)
    assert say_resting(resting, NOW) == (
        "candidate 12, example.com: rests until its owner has settled it, since its server answered 535; 3 mails wait"
    )
    for_a_while = Resting(13, "", NOW, NOW + timedelta(minutes=30), "", 0)
    assert say_resting(for_a_while, NOW) == (
        "candidate 13, an account: rests for another 30 minutes, since its server could not be used"
    )


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=59), "59 seconds"),
        (timedelta(minutes=1, seconds=59), "1 minute"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(seconds=-3), "0 seconds"),
    ],
)
def test_spans_are_said_in_their_largest_unit(span: timedelta, said: str) -> None:
    """Nobody reads seconds where hours count."""
    assert say_span(span) == said


def test_everything_counted_is_told_and_in_json() -> None:
    """What is shown to people is there for scripts too, with the sentence."""
    standing = _standing(
        workers=(AT_WORK, SILENT), unclear=2, no_account=1, resting=(Resting(1, "x.example", NOW, NOW, "", 0),)
    )
    assert dict(say_details(standing))["unclear"] == "2"
    assert "no account" in dict(say_details(standing))
    told = standing_json(standing)
    assert told["well"] is True
    assert [one["at_work"] for one in told["workers"]] == [True, False]
    assert told["resting"][0]["domain"] == "x.example"

"""An achievement told twice is found when hardly a word came back, and a second one from the same place passes."""

from __future__ import annotations

import pytest
from changing import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.checks import check_mail
from followup_mail.checks.paraphrase import ENOUGH, likeness, telling
from followup_mail.checks.rules.fm303_repeated_point import RULE
from followup_mail.checks.samples import Sample

EARLIER = """Thank you for Tuesday. At the clinic in Sligo I rewrote the consent leaflets, and patients no longer rang
the front desk; the calls fell from nineteen a day to seven."""
AGAIN = """One thing I left out. In a hospital where I worked, people telephoned reception almost twenty times a day,
since nobody could follow the forms for their operation. I drafted them anew, and within weeks
it was fewer than eight."""
NEW = """One thing I left out. At the clinic in Sligo I also moved the rota to a shared calendar, and the nurses could
swap their nights without asking me."""


def repeats(core: str, kind: Kind = Kind.ADDITIONAL_DETAIL) -> bool:
    return bool(check_mail(replace(Sample(core, kind=kind).context(), said_before=(EARLIER,)), [RULE]))


def test_a_point_in_other_words_is_found() -> None:
    """Other words for the same things, and figures that are only rounded, make the same point."""
    assert repeats(AGAIN)


def test_a_new_point_from_the_same_place_passes() -> None:
    """Who worked somewhere has done more than one thing there."""
    assert not repeats(NEW)


def test_an_inquiry_may_name_what_was_told() -> None:
    """A status inquiry tells nothing new, so other words for a point are no repeat of it."""
    assert not repeats(AGAIN, Kind.STATUS_INQUIRY)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("the wait fell from nine to three", "the wait fell by two thirds"),
        ("the wait fell to half an hour", "the wait fell to thirty minutes"),
        ("we lost nineteen crates", "we lost close to twenty crates"),
        ("the crew ate at dusk", "the team ate in the evening"),
    ],
)
def test_what_means_the_same_counts(first: str, second: str) -> None:
    """Shares, units, rounded figures and words of one meaning count; without them less is in common."""
    filler = " by the harbour wall near the lighthouse"
    both = likeness(telling(first + filler), telling(second + filler), frozenset(), frozenset())
    without = likeness(telling(first + filler), telling("the" + filler), frozenset(), frozenset())
    assert both > without


def test_what_is_set_aside_does_not_count() -> None:
    """What the conversation was about may come back."""
    point = telling("i painted the harbour wall near the lighthouse with a broom and tar")
    assert likeness(point, point, frozenset(), frozenset()) >= ENOUGH
    assert likeness(point, point, frozenset({"~sea", "~wall", "~paint", "lighthous"}), frozenset()) < ENOUGH

"""The labelled mails of ``tests/corpus/answers``: each is understood as its label says."""

from __future__ import annotations

import pytest
from answers_corpus import DEVELOPMENT, NONE, Judged, judge

JUDGED = judge(DEVELOPMENT)
WRITTEN_BY_OTHERS = [one for number in (1, 2) for one in judge(DEVELOPMENT.with_name(f"development_{number}"))]


@pytest.mark.parametrize("one", [*JUDGED, *WRITTEN_BY_OTHERS], ids=lambda one: one.name)
def test_a_mail_is_understood(one: Judged) -> None:
    """Answers, absences, receipts, bounces, mails by hand and others' mail: each is taken for what it is."""
    assert one.mistakes() == []


@pytest.mark.parametrize(
    "name", ["friend-tom", "aunt-anna", "friend-names-company", "other-company", "linkedin-alert", "other-newsletter"]
)
def test_others_mail_is_not_read(name: str) -> None:
    """The headers of private mail, of other companies and of their newsletters do not lead to their bodies."""
    one = next(one for one in JUDGED if one.name == name)
    assert one.expected == (NONE,)
    assert one.why_read == ""

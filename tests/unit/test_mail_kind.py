"""Which kind of mail somebody wrote elsewhere."""

from __future__ import annotations

from collections import Counter

import pytest
from changing import replace
from corpus_loader import load_collection

from followup_mail.cadence.step import Kind
from followup_mail.checks import CheckContext, guess_kind


def test_the_kind_of_most_mails_is_found() -> None:
    """of the development mails, with their facts, 9 in 10 are taken for what they are; without, 7 in 10."""
    right: Counter[str] = Counter()
    notes = list(load_collection("development"))
    for note in notes:
        unknown = replace(note.context, kind=None)
        right["facts"] += guess_kind(unknown) is note.context.kind
        right["words"] += guess_kind(replace(unknown, facts=None, person=None)) is note.context.kind
    assert right["facts"] >= 0.9 * len(notes)
    assert right["words"] >= 0.7 * len(notes)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thank you for letting me know. I wish the new colleague well.", Kind.REJECTION_THANKS),
        ("I applied on Monday. Could you tell me whether my application has arrived?", Kind.APPLICATION_CHECK),
        ("Could you tell me whether a decision has been made?", Kind.STATUS_INQUIRY),
        ("There is one thing that I left out on Tuesday: I hold a crane licence.", Kind.ADDITIONAL_DETAIL),
        ("Thank you for the hour on Tuesday, and for the tour of the yard.", Kind.THANK_YOU),
        ("The minutes of the meeting are on the shared drive.", None),
    ],
)
def test_words_alone_tell(text: str, kind: Kind | None) -> None:
    """Without facts the words decide, and a mail that is none of these has no kind."""
    assert guess_kind(CheckContext("", f"Dear Ada,\n\n{text}\n\nKind regards,\nBo")) is kind

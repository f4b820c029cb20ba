"""No mail closes with a sentence that its reader knows from an earlier one."""

from __future__ import annotations

import pytest
from draft_samples import LATER, PRIYA, ROBIN, TOM, WRITER, Job, apply, at, meet, sent, write

from followup_mail.cadence.step import History, Kind
from followup_mail.drafts.wording_choice import closes_as_before
from followup_mail.message.draft import Draft

SECOND = at("2026-12-02 14:00")


def closing(draft: Draft) -> str:
    return draft.text.strip().split("\n\n")[-2]


@pytest.mark.parametrize("slug", ["acme", "lumen-freight", "harbor", "north-2"])
def test_two_thank_yous_to_one_person_close_differently(slug: str) -> None:
    """Second in one round and first in the next, somebody would have had the same wording twice."""
    rounds = [*meet(TOM, PRIYA, round=1), *meet(PRIYA, ROBIN, round=2, start="2026-12-02 11:00")]
    application = apply(slug=slug, interviews=rounds)
    first = write(application, Job())
    read = sent(first, "2026-11-19 09:00")
    second = write(application, Job(at=SECOND, round=2, history=History((read,))))
    beside = write(application, Job(to="Robin Recruit", at=SECOND, round=2))
    assert closing(first) != closing(second)
    assert len({first.wording, second.wording, beside.wording}) == 3


def test_an_inquiry_closes_otherwise_than_the_mails_before_it() -> None:
    """Whichever wordings came before: a thank-you, a second note and the inquiry have three closings."""
    application = apply()
    for thanks in ("good_to_meet", "wanted_to_thank"):
        for note in WRITER.folders.wordings("additional_detail"):
            first = write(application, Job(wording=thanks))
            second = write(application, Job(Kind.ADDITIONAL_DETAIL, at=LATER, wording=note.name))
            earlier = (sent(first, "2026-11-19 09:00"), sent(second, "2026-11-25 09:00"))
            for nth in (1, 2, 3):
                job = Job(Kind.STATUS_INQUIRY, at=LATER, nth=nth, history=History(earlier))
                draft = write(application, job)
                assert not closes_as_before(draft.text, "\n".join(touch.text for touch in earlier)), draft.text


def test_a_wording_that_was_asked_for_is_taken_all_the_same() -> None:
    """Somebody who names a wording gets it."""
    first = write(apply(), Job(wording="short_note", round=2))
    read = sent(first, "2026-11-18 19:00")
    assert write(apply(), Job(wording="short_note", history=History((read,)))).wording == "thank_you/short_note"

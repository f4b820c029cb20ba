"""An inquiry remembers what its reader did, and only to whoever did it."""

from __future__ import annotations

import pytest
from draft_samples import LATER, PRIYA, TOM, Job, apply, meet, write

from followup_mail.cadence.step import Kind

DID = "you told me what went wrong in March"
THANKED = {**PRIYA, "moment": f"I liked that {DID}. It told me that few things are hidden."}


@pytest.mark.parametrize("wording", ["any_news", "still_considered", "where_things_stand"])
def test_the_reader_is_reminded_of_what_they_did(wording: str) -> None:
    """In each wording, in half a sentence; readers took such inquiries over the same ones without in 31 of 38 pairs."""
    job = Job(Kind.STATUS_INQUIRY, to=PRIYA["name"], wording=wording, at=LATER)
    assert f"liked how {DID}" in write(apply(interviews=meet(THANKED, TOM)), job).text


@pytest.mark.parametrize("wording", ["any_news", "still_considered", "where_things_stand"])
def test_nobody_is_reminded_of_what_a_colleague_did(wording: str) -> None:
    """To somebody else of the panel, "you" would be wrong."""
    job = Job(Kind.STATUS_INQUIRY, to=TOM["name"], wording=wording, at=LATER)
    assert DID not in write(apply(interviews=meet(THANKED, TOM)), job).text

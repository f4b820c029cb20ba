"""What a thank-you says of the day is true when it leaves, and would be noticed the day after."""

from __future__ import annotations

from typing import Any

import pytest
from changing import replace
from draft_samples import JOTTED, NEXT_DAY, PRIYA, TOM, TYPED, WRITER, Job, apply, assign, at, meet

from followup_mail.cadence.step import Kind
from followup_mail.checks import CheckContext, check_mail, choose_rules, with_facts
from followup_mail.drafts.write_draft import write_draft

_SAT_IN: dict[str, Any] = {"name": "Dr. Priya Raman", "email": "priya.raman@lumen.example"}
_QUOTED = {**PRIYA, "moment": '"Quiet hours are quiet", because people need their sleep.'}


@pytest.mark.parametrize("wording", [wording.name for wording in WRITER.folders.wordings(Kind.THANK_YOU)])
@pytest.mark.parametrize("place", ["video", "phone", "onsite"])
def test_yesterday_is_noticed_once_it_is_wrong(wording: str, place: str) -> None:
    """Wherever a wording says "yesterday", FM206 is silent on that day and speaks on the next."""
    for person in (PRIYA, JOTTED, TYPED, _SAT_IN, _QUOTED):
        application = apply(interviews=meet(person, TOM, format=place))
        draft = write_draft(WRITER, replace(assign(application, Job(wording=wording)), leaves_by=NEXT_DAY))
        assert "on Wednesday" not in f"{draft.subject}\n{draft.text}"
        if "yesterday" in f"{draft.subject}\n{draft.text}":
            mail = CheckContext(draft.subject, draft.text, Kind.THANK_YOU, recipient=draft.to)
            wrong = [
                check_mail(with_facts(replace(mail, sends_at=moment), application), choose_rules(["FM206"]))
                for moment in (NEXT_DAY, at("2026-11-20 00:01"))
            ]
            assert (not wrong[0], bool(wrong[1])) == (True, True), draft.text

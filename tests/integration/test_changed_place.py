"""Changes of facts: the holidays go where the place goes, and what differs is said in lines that can be read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.step import Kind
from followup_mail.errors import OptionsError
from followup_mail.services.changing.change_application import apply_change, plan_change
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.carried_through import find_outdated, rewrite
from followup_mail.services.queueing.enqueue import enqueue


@pytest.mark.parametrize(
    ("given", "country", "told"),
    [
        ({"zone": "Tokyo"}, "JP", "The holidays are those of Japan now. Another country: --country CODE"),
        ({"zone": "Denver"}, "US", ""),
        ({"zone": "Tokyo", "country": "Canada"}, "CA", ""),
        ({"zone": "UTC"}, "US", ""),
    ],
)
def test_the_holidays_go_with_the_place(
    tmp_path: Path, clock: Clock, given: dict[str, str], country: str, told: str
) -> None:
    """A place in another country brings its holidays and says so; one that was named with it stays."""
    workspace = make_demo_workspace(tmp_path, clock)
    said: list[str] = []
    apply_change(workspace, plan_change(workspace, SLUG, given, said.append))
    assert workspace.facts.load(SLUG).country == country
    assert "".join(said) == told


def test_what_differs_reads_in_one_line_each(tmp_path: Path, clock: Clock) -> None:
    """A note taken out is one line, whatever stands around it; a day of another year has its year."""
    workspace = make_demo_workspace(tmp_path, clock)
    for given in ({"note": ["Kettle is broken"]}, {"note": ["renamed it"]}, {"decision_by": "2027-01-29"}):
        apply_change(workspace, plan_change(workspace, SLUG, given, print))
    gone = plan_change(workspace, SLUG, {"remove": ["note: kettle", "decision-by"]}, print).differences
    notes = [line for line in gone if line.startswith("notes")]
    assert len(notes) == 1
    assert notes[0].startswith("notes: - ")
    assert notes[0].endswith(": Kettle is broken")
    assert "decision_by: Fri 29 Jan 2027 -> not set" in gone


def test_an_interview_does_not_take_a_promise_with_it(tmp_path: Path, clock: Clock) -> None:
    """What was promised to somebody who was met there alone has to be settled first; it says with which options."""
    workspace = make_demo_workspace(tmp_path, clock)
    given = {
        "start": "2026-11-17 9:00",
        "person": ["Lea Ott <lea@lumen-freight.example>"],
        "promised": ["a link"],
        "promised_to": ["a link: lea"],
    }
    apply_change(workspace, plan_change(workspace, SLUG, given, print))
    with pytest.raises(OptionsError, match="Lea Ott was promised a link: remove that too") as refused:
        plan_change(workspace, SLUG, {"remove": ["interview: 1"]}, print)
    assert "--promised-to" in refused.value.sentence


def test_a_queued_mail_goes_with_a_place_an_hour_away(tmp_path: Path, clock: Clock) -> None:
    """A city put right moves what is queued by the clock of the former one: it is offered by that of the new one."""
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    (entry,) = enqueue(workspace, Request(SLUG, Kind.STATUS_INQUIRY)).entries
    apply_change(workspace, plan_change(workspace, SLUG, {"zone": "Denver"}, print))
    (found,) = find_outdated(workspace, SLUG)
    assert found.only_moves
    was, new = (line[2:].rpartition(" in ") for line in found.differences())
    assert (was[0], was[2], new[2]) == (new[0], "Chicago", "Denver")
    assert found.now.timing.due_at - entry.timing.due_at == timedelta(hours=1)
    rewrite(workspace, [found])
    assert find_outdated(workspace, SLUG) == ()

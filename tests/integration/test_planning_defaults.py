"""What the settings say about zone, country and office hours holds on every way from facts to a mail."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from changing import replace

from followup_mail.cadence.step import Kind
from followup_mail.checks import check_mail
from followup_mail.services.by_hand.scripts import choose_script, letter_page, script_for
from followup_mail.services.checking.check_saved_mail import read_draft
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.edit_entry import check_words, reschedule_entry
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace

MANILA = ZoneInfo("Asia/Manila")
HOLIDAY_MORNING = datetime(2026, 11, 30, 7, tzinfo=MANILA)
"""Bonifacio Day, a public holiday in the Philippines; a working Monday elsewhere."""
APPLIED = """
company = "Acme"
role = "Engineer"
applied = 2026-11-02
fit = ["I have moved two teams to streams"]
contacts = [{ name = "Rita Recruit", role = "recruiter", email = "rita@acme.example" }]
"""


def _settle(workspace: Workspace, now: datetime, **settings: object) -> Workspace:
    """Return the workspace with other settings and another clock."""
    changed = replace(workspace.settings, **settings)
    return Workspace(replace(workspace.loaded, settings=changed), Clock(now))


def _manila(home: Path, facts: str = APPLIED, **settings: object) -> Workspace:
    workspace = make_demo_workspace(home, Clock())
    workspace.facts.create("acme", facts)
    return _settle(workspace, HOLIDAY_MORNING, **{"time_zone": "Asia/Manila", "country": "PH", **settings})


def _sending_day(workspace: Workspace, slug: str = "acme") -> date:
    (mail,) = prepare(workspace, Request(slug, Kind.APPLICATION_CHECK)).prepared
    return mail.written.timing.due_at.date()


def test_a_requested_step_knows_the_holidays_of_the_settings(tmp_path: Path) -> None:
    """A mail asked for on a holiday waits for the next day, whether the facts name the country or the settings do."""
    assert _sending_day(_manila(tmp_path / "settings")) == date(2026, 12, 1)
    named = _manila(tmp_path / "facts", f'{APPLIED}country = "PH"\n', country="")
    assert _sending_day(named) == date(2026, 12, 1)


def test_a_requested_call_keeps_the_days_and_hours_of_the_settings(tmp_path: Path) -> None:
    """So does a call asked for by its channel, in the office hours of the settings."""
    workspace = _manila(tmp_path, office_hours=(time(10, 15), time(12)))
    step = choose_script(open_application(workspace, "acme"), "rita", "call")
    assert step.due_at == datetime(2026, 12, 1, 10, 15, tzinfo=MANILA)


FRIDAY_MORNING = datetime(2026, 11, 27, 10, tzinfo=MANILA)
"""A day of the weekend in Yemen."""


@pytest.mark.parametrize("facts", [APPLIED, f'{APPLIED}country = "YE"\n'], ids=["settings", "facts"])
def test_the_rule_about_sending_days_knows_the_weekend_of_the_settings(tmp_path: Path, facts: str) -> None:
    """FM820 speaks up on the weekend of the recipient's country, whoever names it."""
    country = "" if "country" in facts else "YE"
    workspace = _settle(_manila(tmp_path, facts), FRIDAY_MORNING, country=country)
    (mail,) = prepare(workspace, Request("acme", Kind.APPLICATION_CHECK, at="in 5 min")).prepared
    assert "FM820" in {found.code for found in mail.findings}


def test_the_rule_about_sending_days_holds_for_a_queued_mail(tmp_path: Path) -> None:
    """The rules about day and hour go by the recipient's place as well when an entry is checked again."""
    workspace = _settle(_manila(tmp_path), FRIDAY_MORNING, country="YE")
    (entry,) = enqueue(workspace, Request("acme", Kind.APPLICATION_CHECK)).entries
    moved = reschedule_entry(workspace, entry.id, "2026-12-04 22:30")
    kept = workspace.store.get(moved.id)
    codes = {found.code for found in check_words(workspace, kept, kept.message.subject, kept.message.text, ())}
    assert {"FM820", "FM821"} <= codes


def test_a_saved_mail_is_checked_by_the_place_of_the_settings(tmp_path: Path) -> None:
    """Day and hour of a mail written elsewhere are those at the recipient's place, by facts or by settings."""
    workspace = _settle(_manila(tmp_path), FRIDAY_MORNING, country="YE")
    path = tmp_path / "own.eml"
    path.write_bytes(
        b"From: me@x.example\r\nTo: rita@acme.example\r\nSubject: Hello\r\n"
        b"Date: Fri, 27 Nov 2026 14:30:00 +0000\r\n\r\nDear Rita,\r\n\r\nhello.\r\n"
    )
    context = read_draft(workspace, path, "acme")
    assert context.sends_at == datetime(2026, 11, 27, 22, 30, tzinfo=MANILA)
    assert {"FM820", "FM821"} <= {found.code for found in check_mail(context)}


def test_days_are_written_as_in_the_country_of_the_settings(tmp_path: Path) -> None:
    """A mail names days in the order that the recipient's country has them, whoever names the country."""
    (abroad,) = prepare(_manila(tmp_path / "a", country="DE"), Request("acme", Kind.APPLICATION_CHECK)).prepared
    (at_home,) = prepare(_manila(tmp_path / "b"), Request("acme", Kind.APPLICATION_CHECK)).prepared
    assert "2 November" in abroad.written.draft.text
    assert "November 2" in at_home.written.draft.text


def test_scripts_and_letters_name_days_as_mails_do(tmp_path: Path) -> None:
    """What is said on the phone or printed goes by the country of the settings too."""
    workspace = make_demo_workspace(tmp_path, Clock())
    path = workspace.facts.path(SLUG)
    path.write_text(path.read_text("utf-8").replace('country = "US"\n', ""), "utf-8")
    workspace = _settle(workspace, datetime(2026, 12, 14, 10, tzinfo=MANILA), country="US")
    context = open_application(workspace, SLUG)
    letter = choose_script(context, "priya", "letter")
    assert "December 14, 2026" in letter_page(workspace, context, letter)
    call = choose_script(context, "priya", "call")
    assert "November 18" in "\n".join(part.text for part in script_for(workspace, context, call).parts)

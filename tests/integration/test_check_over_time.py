"""The checks of a whole application: what waits, what is still to be written, and a mail written elsewhere."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from changing import replace

from followup_mail.cadence.step import Kind
from followup_mail.checks import all_rules
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.services.checking.check_mails import check_all, check_named
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import Clock, make_demo_workspace
from followup_mail.services.queueing.edit_entry import reword_entry
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.writing.checked import Checked
from followup_mail.workspace import Workspace

LISBON = ZoneInfo("Europe/Lisbon")
THURSDAY = datetime(2026, 11, 19, 10, tzinfo=LISBON)
FACTS = """
company = "Casa do Mar"
role = "Pastry Chef"
country = "PT"
time_zone = "Europe/Lisbon"
fit = ["four years of laminated dough"]

[[interviews]]
start = "2026-11-18 15:00"
duration = "1 h"

[[interviews.people]]
name = "Inês Duarte"
role = "hiring manager"
email = "ines@casadomar.example"
discussed = ["the oven that runs hot on the left"]
moment = "I liked that you let me turn the trays myself before you said a word about the oven."
link = "The oven runs hot on the left. In Faro I baked for a year with one like it, and drew a map of it."

[[interviews.people]]
name = "Rui Costa"
role = "interviewer"
email = "rui@casadomar.example"
discussed = ["bread at four in the morning"]
moment = "Your story of the bread that was sold before it was baked made me laugh on the bus."
link = "You start at four. At home I have started at three since my apprenticeship, because the market opens at six."
"""
SAID_TWICE = "The rye that you let me taste in the back room has stayed with me, crust and all, a day and a night."


@pytest.fixture
def bakery(tmp_path: Path) -> Workspace:
    """The day after an interview with two people."""
    workspace = make_demo_workspace(tmp_path / "home", Clock())
    for slug in workspace.facts.slugs():
        workspace.facts.path(slug).unlink()
    workspace.facts.create("casa", FACTS)
    settings = replace(workspace.settings, time_zone="Europe/Lisbon", country="PT")
    return Workspace(replace(workspace.loaded, settings=settings), Clock(THURSDAY))


def found(checked: Checked) -> list[tuple[str, str]]:
    """Return the names of mails with the rules that they trip."""
    return [(mail.name, finding.name) for mail in checked.mails for finding in mail.findings]


def save(path: Path, to: str, text: str, day: str = "Thu, 19 Nov 2026 10:00:00 +0000") -> Path:
    """Write a mail as a mail program saves it."""
    head = f"From: me@mailbox.example\r\nTo: {to}\r\nSubject: The pastry chef and the oven\r\nDate: {day}\r\n"
    kind = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    path.write_bytes(f"{head}{kind}{text}\r\n".encode())
    return path


def test_what_waits_is_checked(bakery: Workspace) -> None:
    """A mail in the outbox is looked at again, by the facts as they are now."""
    enqueue(bakery, Request("casa", Kind.THANK_YOU))
    assert found(check_all(bakery, all_rules())) == []
    path = bakery.facts.path("casa")
    path.write_text(path.read_text("utf-8").replace('name = "Inês Duarte"', 'name = "Dr. Inês Duarte"'), "utf-8")
    assert ("casa, thank_you to Inês Duarte (#1, queued)", "title-dropped") in found(check_all(bakery, all_rules()))


@pytest.mark.parametrize("ignored", ["FM203", "title-dropped", "FM20", "FM203,FM802"])
def test_a_rule_that_was_left_out_when_it_was_queued_stays_out(bakery: Workspace, ignored: str) -> None:
    """What the user chose to ignore for a mail is not brought up again, however they wrote it."""
    enqueue(bakery, Request("casa", Kind.THANK_YOU, ignore=(ignored,)))
    path = bakery.facts.path("casa")
    path.write_text(path.read_text("utf-8").replace('name = "Inês Duarte"', 'name = "Dr. Inês Duarte"'), "utf-8")
    assert "title-dropped" not in {rule for _, rule in found(check_all(bakery, all_rules()))}


def say(entry: Entry, name: str) -> str:
    """Return the text of an entry with another body."""
    return (
        f"{entry.message.text.partition(chr(10))[0]}\n\nThank you for Wednesday. {SAID_TWICE}\n\nKind regards,\n{name}"
    )


def test_waiting_mails_to_one_panel_are_compared(bakery: Workspace) -> None:
    """A note that waits is not turned into what another one says that waits too."""
    first, second = enqueue(bakery, Request("casa", Kind.THANK_YOU)).entries
    name = bakery.settings.name
    reword_entry(bakery, first, first.message.subject, say(first, name), ("FM301", "FM802"))
    with pytest.raises(RefusedError) as caught:
        reword_entry(bakery, second, second.message.subject, say(second, name), ("FM301", "FM802"))
    assert "--ignore FM302" in caught.value.fix


def test_a_note_is_compared_with_one_that_waits(bakery: Workspace) -> None:
    """Queued one after the other, two notes to a panel are compared as well."""
    path = bakery.facts.path("casa")
    same = re.sub(r'(moment|link) = ".*"', rf'\1 = "{SAID_TWICE}"', path.read_text("utf-8"))
    path.write_text(same, "utf-8")
    enqueue(bakery, Request("casa", Kind.THANK_YOU, ("Inês",)))
    with pytest.raises(RefusedError) as caught:
        enqueue(bakery, Request("casa", Kind.THANK_YOU, ("Rui",)))
    assert "--ignore FM302" in caught.value.fix
    assert "has the same sentence" in str(caught.value)


def test_a_saved_mail_is_taken_for_what_it_is(bakery: Workspace, tmp_path: Path) -> None:
    """A file is judged as the kind of mail that it is; which one, its name says."""
    text = "Dear Inês,\n\nThank you for your time. I am excited about the role and believe I am a great fit.\n\nMe"
    saved = save(tmp_path / "own.eml", "Inês Duarte <ines@casadomar.example>", text)
    checked = check_named(bakery, str(saved), "casa", all_rules())
    assert checked.mails[0].name == f"{saved}, thank_you to Inês Duarte"
    assert (checked.mails[0].name, "generic") in found(checked)


def test_the_user_may_say_what_a_saved_mail_is(bakery: Workspace, tmp_path: Path) -> None:
    """``--kind`` decides, whatever the mail looks like."""
    text = "Dear Inês,\n\nYou let me turn the trays myself. The oven is still on my mind.\n\nMe"
    saved = save(tmp_path / "own.eml", "Inês Duarte <ines@casadomar.example>", text)
    checked = check_named(bakery, str(saved), "casa", all_rules(), Kind.STATUS_INQUIRY)
    assert checked.mails[0].name.endswith("status_inquiry to Inês Duarte")
    assert "no-question" in {rule for _, rule in found(checked)}


def test_a_saved_mail_is_judged_by_the_plan(bakery: Workspace, tmp_path: Path) -> None:
    """A thank-you from elsewhere, for a step that is queued already, is the same step again."""
    enqueue(bakery, Request("casa", Kind.THANK_YOU))
    text = "Dear Inês,\n\nThank you for letting me turn the trays myself; the oven is still on my mind.\n\nMe"
    saved = save(tmp_path / "own.eml", "Inês Duarte <ines@casadomar.example>", text)
    assert "same-step" in {rule for _, rule in found(check_named(bakery, str(saved), "casa", all_rules()))}


def test_an_application_needs_no_kind(bakery: Workspace) -> None:
    """``--kind`` beside an application is refused: it would be passed over in silence."""
    with pytest.raises(RefusedError) as caught:
        check_named(bakery, "casa", "", all_rules(), Kind.STATUS_INQUIRY)
    assert "--kind says what a file is" in str(caught.value)

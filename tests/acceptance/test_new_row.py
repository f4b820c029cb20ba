"""A new kind is a row and its wordings, a new channel a row and its scripts: nothing else has to know of them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from desk import Desk

import followup_mail
from followup_mail.drafts.template_folders import built_in_templates

WITHDRAWAL = """
    WITHDRAWAL = (
        "withdrawal",
        KindTraits(
            in_sentence="withdrawal",
            in_heading="Withdrawal",
            in_calendar="withdrawal",
            deadline=Offset(1, Unit.WEEK),
            counts=False,
            presses=False,
            asks=False,
            outcomes=frozenset({Status.WAITING, Status.REPLIED, Status.OFFER}),
            waits_for_interview=False,
            not_for_rules=frozenset({"FM402"}),
        ),
    )
"""
WORDINGS = {
    "withdrawal/with_thanks.txt": """Subject: My application as {{ role }}

Dear {{ addressee }},

I would like to withdraw my application for the {{ role }} position at {{ company }}. I have decided on another one.

Thank you for the time that you and your colleagues took. I wish you a good choice.

Kind regards,
{{ signature }}
""",
    "withdrawal/in_short.txt": """Subject: Withdrawing as {{ role }}

Dear {{ addressee }},

Please take my application for the {{ role }} position at {{ company }} off your list. Thank you for your time so far.

Kind regards,
{{ signature }}
""",
}
TEXT_MESSAGE = """
    TEXT_MESSAGE = (
        "text message",
        ChannelTraits(
            label="text message",
            by="by text message",
            words=("text", "sms"),
            event_title="Text message to",
            event_category="Text message",
            address_field="phone",
            address_missing="a phone number for",
            address_label="Phone",
            script=(ScriptPart("The text message", "text_message", limit=320),),
        ),
    )
"""
SCRIPTS = {
    f"text_message/{kind}.txt": "Hello {{ addressee }}, thank you for your time. Is there any news? {{ my_name }}\n"
    for kind in ("thank_you", "status_inquiry")
}
BY_TEXT = """
title = "By text message"

[[steps]]
kind = "thank_you"
channel = "text message"
audience = "everyone met"
anchor = "interview"
offset = "2 hours"
"""


def _with_row(interviewed: Desk, tmp_path: Path, row: str, into: str, templates: Mapping[str, str]) -> Desk:
    """Return the desk with a copy of the program, to which one row and its templates were added."""
    copy = tmp_path / "program"
    package = Path(followup_mail.__file__).parent
    shutil.copytree(package, copy / "followup_mail", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(built_in_templates(), copy / "templates", dirs_exist_ok=True)
    with (copy / "followup_mail" / into).open("a", encoding="utf-8") as file:
        file.write(row)
    for name, text in templates.items():
        path = copy / "templates" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Desk(
        interviewed.folder,
        {**interviewed.environment, "PYTHONPATH": str(copy)},
        (sys.executable, "-P", "-m", "followup_mail"),
    )


@pytest.fixture
def withdrawing(interviewed: Desk, tmp_path: Path) -> Desk:
    """Somebody after an interview, whose program has one more kind."""
    return _with_row(interviewed, tmp_path, WITHDRAWAL, "cadence/kinds.py", WORDINGS)


@pytest.fixture
def texting(interviewed: Desk, tmp_path: Path) -> Desk:
    """Somebody after an interview, whose program has one more channel."""
    return _with_row(interviewed, tmp_path, TEXT_MESSAGE, "facts/channels.py", SCRIPTS)


def test_a_new_kind_is_a_row_and_its_wordings(withdrawing: Desk) -> None:
    """A kind that only the user asks for can be checked, shown, sent, planned, exported and listed."""
    assert "withdrawal/in_short" in withdrawing.say("templates", "check")
    assert "Withdrawal to Dr. Priya Raman" in withdrawing.say("preview", "lumen", "withdrawal", "--to", "priya")
    for wording in ("in_short", "with_thanks"):
        withdrawing.say("preview", "lumen", "withdrawal", "--to", "priya", "--wording", wording)
    withdrawing.say("send", "lumen", "withdrawal", "--to", "priya", "--yes")
    (mail,) = withdrawing.home.joinpath("delivered").rglob("*.eml")
    assert b"Lumen Freight" in mail.read_bytes()
    assert "Withdrawal" in withdrawing.say("plan", "lumen")
    assert "withdrawal" in withdrawing.say("outbox", "list", "--all")
    exported = withdrawing.folder / "plan.ics"
    withdrawing.say("calendar", "lumen", str(exported))
    assert "(Lumen Freight): withdrawal" in exported.read_text("utf-8").replace("\r\n ", "")


def test_a_new_kind_takes_its_outcomes_from_its_row(withdrawing: Desk) -> None:
    """A kind whose row allows it is sent after an offer; nothing else is, and after a rejection neither is."""
    withdrawing.say("outcome", "lumen", "offer")
    assert withdrawing.run("queue", "lumen", "thank_you", "--to", "priya").returncode != 0
    withdrawing.say("queue", "lumen", "withdrawal", "--to", "priya")
    withdrawing.say("outcome", "lumen", "rejected")
    assert withdrawing.run("queue", "lumen", "withdrawal", "--to", "tom").returncode != 0


def test_no_cadence_plans_a_kind_that_only_the_user_asks_for(withdrawing: Desk) -> None:
    """A cadence with a step that nobody would make is refused, and the reason is given."""
    folder = withdrawing.home / "cadences"
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text(BY_TEXT.replace("thank_you", "withdrawal").replace("text message", "email"))
    done = withdrawing.run("cadence", "show", "mine")
    assert done.returncode != 0
    assert "a withdrawal is only written when you ask for it" in " ".join(done.stderr.split())


def test_a_new_channel_is_a_row_and_its_scripts(texting: Desk) -> None:
    """A channel with scripts can be checked, written, planned, exported and logged."""
    assert "text_message/thank_you" in texting.say("templates", "check")
    assert "The text message" in texting.say("script", "lumen", "--channel", "text", "--to", "priya")
    folder = texting.home / "cadences"
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text(BY_TEXT)
    facts = texting.home / "applications" / "lumen.toml"
    facts.write_text('cadence = "mine"\n' + facts.read_text("utf-8"), "utf-8")
    assert "text message" in texting.say("plan", "lumen")
    assert "needs a phone number for" in " ".join(texting.say("plan", "lumen").split())
    assert "Recorded: text message to Dr. Priya Raman" in texting.say("log", "lumen", "sms", "--to", "priya")
    exported = texting.folder / "plan.ics"
    texting.say("calendar", "lumen", str(exported))
    assert "Text message to Dr. Priya Raman" in exported.read_text("utf-8").replace("\r\n ", "")
    assert "text" in texting.say("log", "--help")

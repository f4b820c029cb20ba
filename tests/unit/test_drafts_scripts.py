"""Scripts for calls, letters to print, short messages: complete, speakable, within LinkedIn's limit."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from draft_samples import LATER, PRIYA, SENDER, WRITER, Job, apply, assign, meet, own_folder

from followup_mail.cadence.step import Kind
from followup_mail.drafts.template_folders import TemplateFolders
from followup_mail.drafts.write_script import Script, write_script
from followup_mail.errors import FactsError, NotFoundError, TemplateError
from followup_mail.facts.application import Application, Channel
from followup_mail.facts.channels import LINKEDIN_LIMIT
from followup_mail.message.draft import Mailbox, Sender

WORDS_A_MINUTE = 150
BY_PHONE = (Kind.STATUS_INQUIRY, Kind.ADDITIONAL_DETAIL, Kind.APPLICATION_CHECK, Kind.THANK_YOU)
PLANNED = tuple(kind for kind in Kind if kind.traits.anchors)
PEOPLE = [("Dr. Priya Raman", 1), ("Robin Recruit", 1), ("Robin Recruit", 0)]
SAMPLES: dict[str, Application] = {
    "rich": apply(),
    "bare": apply(fit=[], applied=None, interviews=meet({**PRIYA, "convinced": ""})),
    "convinced": apply(fit=[], interviews=meet({**PRIYA, "discussed": []})),
    "long": apply(
        company="Norddeutsche Hafen- und Lagerhausgesellschaft mbH & Co. KG",
        role="Postdoctoral Researcher in Glaciology and Remote Sensing of Permafrost",
        not_mentioned=["I also " + "write the handbook that everybody works by and " * 5],
        interviews=meet(
            {**PRIYA, "discussed": ["the gap between the borehole temperatures and the model of 2019 " * 3]}
        ),
    ),
}


def script(sample: str, channel: Channel, kind: Kind, who: tuple[str, int], sender: Sender = SENDER) -> Script:
    job = Job(kind, who[0], at=LATER, round=who[1], channel=channel)
    return write_script(replace(WRITER, sender=sender), assign(SAMPLES[sample], job))


def cases(kinds: tuple[Kind, ...]) -> list[Any]:
    """Every sample, kind and person that go together: only people met are thanked, only outsiders ask about arrival."""
    return [
        pytest.param(sample, kind, who, id=f"{sample}-{kind}-{who[0].split()[0]}-{who[1]}")
        for sample in SAMPLES
        for kind in kinds
        for who in PEOPLE
        if (kind is not Kind.THANK_YOU or who == PEOPLE[0]) and (kind is not Kind.APPLICATION_CHECK or who[1] == 0)
    ]


@pytest.mark.parametrize(("sample", "kind", "who"), cases(BY_PHONE))
def test_a_call_has_three_parts_that_can_be_spoken(sample: str, kind: Kind, who: tuple[str, int]) -> None:
    """What to say to whoever answers, to them, and to the machine; each says who is calling."""
    parts = script(sample, Channel.PHONE, kind, who).parts
    assert [part.heading for part in parts] == ["If somebody else answers", "When you reach them", "On voicemail"]
    assert all("Jordan Example" in part.text for part in parts)
    assert not any(re.search(r"[{}]|None|  |\?\.|\.\.", part.text) for part in parts)


@pytest.mark.parametrize(("sample", "kind", "who"), cases(BY_PHONE))
def test_a_voicemail_takes_20_to_30_seconds_and_says_the_number_twice(
    sample: str, kind: Kind, who: tuple[str, int]
) -> None:
    """At 150 words a minute, digits spoken one by one; a very long position and company get five seconds more."""
    text = script(sample, Channel.PHONE, kind, who).parts[2].text
    assert text.count(SENDER.phone) == 2
    words = re.findall(r"\d|[^\W\d]+(?:['-]\w+)*", text)
    assert 20 <= len(words) * 60 / WORDS_A_MINUTE <= (35 if sample == "long" else 30)


@pytest.mark.parametrize("kind", [Kind.THANK_YOU])
def test_a_call_of_thanks_asks_for_nothing(kind: Kind) -> None:
    """It thanks, and says so to the caller too."""
    text = script("rich", Channel.PHONE, kind, PEOPLE[0]).parts[1].text
    assert "?" not in text
    assert "Do not ask for anything" in text


def test_a_call_about_the_status_says_what_the_guides_ask_for() -> None:
    """G4: who and when, where it stands, how the credentials compare, references; G1: that they are busy."""
    text = script("rich", Channel.PHONE, Kind.STATUS_INQUIRY, PEOPLE[0]).parts[1].text
    for words in ("November 18", "where the decision stands", "credentials compare", "references", "busy"):
        assert words in text


def test_a_missing_phone_number_names_its_setting() -> None:
    """A voicemail without a number to call back is none."""
    with pytest.raises(TemplateError, match="needs `my_phone`") as caught:
        script("rich", Channel.PHONE, Kind.STATUS_INQUIRY, PEOPLE[0], Sender(Mailbox("Jo", "jo@x.example")))
    assert caught.value.fix == "Set FOLLOWUP_PHONE in .env or the environment."


@pytest.mark.parametrize(("sample", "kind", "who"), cases(PLANNED))
def test_a_message_keeps_to_linkedins_limit(sample: str, kind: Kind, who: tuple[str, int]) -> None:
    """At most 300 characters, whatever the facts, and never cut in the middle of a word."""
    (part,) = script(sample, Channel.LINKEDIN, kind, who).parts
    assert len(part.text) <= LINKEDIN_LIMIT
    assert part.text.endswith("Jordan Example")
    assert "\n" not in part.text


def test_a_message_over_the_limit_is_refused(tmp_path: Path) -> None:
    """A wording that does not shorten is told how long its message is."""
    folders = own_folder(tmp_path, {"linkedin/status_inquiry.txt": "{{ company * 30 }}"})
    job = Job(Kind.STATUS_INQUIRY, channel=Channel.LINKEDIN)
    with pytest.raises(TemplateError, match=r"has \d+ characters; 300 is LinkedIn's limit"):
        write_script(replace(WRITER, folders=folders), assign(apply(), job))


@pytest.mark.parametrize(("sample", "kind", "who"), cases(PLANNED))
def test_a_letter_is_a_letter(sample: str, kind: Kind, who: tuple[str, int]) -> None:
    """Greeting, text, closing, name; nothing about a conversation to somebody who was in none."""
    (part,) = script(sample, Channel.POST, kind, who).parts
    assert part.text.startswith("Dear ")
    assert part.text.endswith("Sincerely,\n\nJordan Example")
    assert ("we spoke" in part.text.lower() or "our conversation" in part.text) <= (who == PEOPLE[0])


def test_a_letter_of_thanks_announces_what_comes() -> None:
    """G4: one week. When they named a day, nothing before it."""
    assert "about a week" in script("rich", Channel.POST, Kind.THANK_YOU, PEOPLE[0]).parts[0].text
    told = apply(said={"decision_by": "2026-12-18"})
    text = write_script(WRITER, assign(told, Job(channel=Channel.POST, at=LATER))).parts[0].text
    assert "until December 18" in text
    assert "week" not in text


def test_a_mail_is_no_script() -> None:
    """The error says how to see it."""
    with pytest.raises(TemplateError, match="is a mail") as caught:
        write_script(WRITER, assign(apply(), Job()))
    assert "preview" in caught.value.fix


def test_nobody_to_call_is_told() -> None:
    """Without a person there is nothing to say."""
    assignment = assign(apply(), Job(channel=Channel.PHONE))
    with pytest.raises(FactsError, match="No person is known"):
        write_script(WRITER, replace(assignment, step=replace(assignment.step, person=None)))


def test_what_nobody_does_by_phone_has_no_script() -> None:
    """An answer to a rejection is written."""
    with pytest.raises(NotFoundError, match="no wording 'rejection_thanks'"):
        script("rich", Channel.PHONE, Kind.REJECTION_THANKS, PEOPLE[0])


def test_every_script_folder_has_only_files_that_are_used() -> None:
    """A file is found by the name of its kind."""
    folders: TemplateFolders = WRITER.folders
    names = {
        one.full_name for kind in ("call_script", "voicemail", "letter", "linkedin") for one in folders.wordings(kind)
    }
    assert {name.partition("/")[2] for name in names} <= set(Kind)

"""Scripts for calls, letters to print, short messages: complete, speakable, within LinkedIn's limit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from changing import replace
from draft_samples import (
    LATER,
    SENDER,
    TOM,
    WRITER,
    Job,
    apply,
    assign,
    at,
    meet,
    own_folder,
    person_named,
    sent,
    write,
)

from followup_mail.cadence.step import History, Kind, Waiting
from followup_mail.drafts.day_wording import say_hour
from followup_mail.drafts.template_folders import TemplateFolders
from followup_mail.drafts.write_draft import gather_facts
from followup_mail.drafts.write_script import SCRIPT_PARTS, Script, write_part, write_script
from followup_mail.errors import FactsError, NotFoundError, TemplateError
from followup_mail.facts.application import Application, Channel, Word
from followup_mail.facts.channels import CARD, LINKEDIN_LIMIT
from followup_mail.message.draft import Mailbox, Sender

WORDS_A_MINUTE = 150
BY_PHONE = (Kind.STATUS_INQUIRY, Kind.ADDITIONAL_DETAIL, Kind.APPLICATION_CHECK, Kind.THANK_YOU)
PLANNED = tuple(kind for kind in Kind if kind.traits.anchors)
PEOPLE = [("Dr. Priya Raman", 1), ("Robin Recruit", 1), ("Robin Recruit", 0)]
NUMBER = "3 1 2, 5 5 5, 0 1 4 2"
"""The number of ``SENDER`` as one says it in the United States."""
MANAGER = {"name": "Dr. Priya Raman", "role": "hiring manager", "email": "priya.raman@lumen.example"}
POINT = {
    "problem": "You said that newcomers are on call too early.",
    "point": "I wrote a handbook that lets somebody new take a shift after two weeks.",
    "use": "I could write one for your team.",
}
SENTENCES = {
    "moment": "I liked that newcomers fix a bug in their first week, because I learn a system best that way.",
    "link": "You want fewer alerts at night. I cut those of my team from 40 a week to 6.",
    "offer": "I would like to hear which of them wake people most often.",
}
NOTES = {
    "discussed": [
        "walked me through the outage in March",
        '"an alert that nobody acts on is noise"',
        "nightly batches",
    ],
    "convinced": "spoke openly about the outage in March",
}
WITHOUT_FACTS: dict[str, Any] = {
    "fit": [],
    "applied": None,
    "not_mentioned": ["wrote the on-call handbook, still in use"],
}
"""A second note without a point is none: that fact is never missing."""
LONG = "the gap between the borehole temperatures and the model of 2019 " * 3
SAMPLES: dict[str, Application] = {
    "rich": apply(
        unsaid=POINT,
        why_them="I want to work where the people who build a service also run it.",
        outcome={
            "status": "rejected",
            "understood": "I can see why you chose somebody who has run a larger system.",
            "onward": "If another role opens up next year, I would like to apply again.",
        },
        interviews=meet({**MANAGER, **SENTENCES}, TOM),
    ),
    "notes": apply(
        fit=["built the alert dashboard"],
        not_mentioned=["wrote the on-call handbook, still in use"],
        outcome={"status": "rejected", "reason": "went to an internal candidate"},
        interviews=meet({**MANAGER, **NOTES}),
    ),
    "bare": apply(**WITHOUT_FACTS, interviews=meet(MANAGER)),
    "long": apply(
        company="Norddeutsche Hafen- und Lagerhausgesellschaft mbH & Co. KG",
        role="Postdoctoral Researcher in Glaciology and Remote Sensing of Permafrost",
        unsaid={"point": "I also " + "write the handbook that everybody works by and " * 5 + "more."},
        outcome={"status": "rejected", "understood": f"I see {LONG}.", "onward": f"I will read {LONG}."},
        interviews=meet({**MANAGER, "moment": f"I liked that you told me about {LONG}."}),
    ),
}


def script(sample: str, channel: Channel, kind: Kind, who: tuple[str, int], sender: Sender = SENDER) -> Script:
    job = Job(kind, who[0], at=LATER, round=who[1], channel=channel)
    return write_script(replace(WRITER, sender=sender), assign(SAMPLES[sample], job))


def say(application: Application, channel: Channel, kind: Kind = Kind.THANK_YOU, form: str = "") -> str:
    """The text to Dr. Raman; of a call, what is said to her."""
    job = Job(kind, at=LATER, channel=channel, wording=form)
    parts = write_script(WRITER, assign(application, job)).parts
    return parts[min(1, len(parts) - 1)].text


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
    assert text.count(NUMBER) == 2
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
    for words in ("November 18 at 2 pm", "where the decision stands", "credentials compare", "references", "busy"):
        assert words in text


@pytest.mark.parametrize("kind", [Kind.STATUS_INQUIRY, Kind.ADDITIONAL_DETAIL])
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_call_says_the_hope_and_where_to_call_back(sample: str, kind: Kind) -> None:
    """G2: still hopes to be under consideration. The number is given as it is said; without one, the mail address."""
    text = say(SAMPLES[sample], Channel.PHONE, kind)
    assert "I hope I'm still being considered" in text
    assert f"reach me at {NUMBER}." in text
    without = replace(WRITER, sender=replace(SENDER, phone=""))
    job = Job(kind, at=LATER, channel=Channel.PHONE)
    with pytest.raises(TemplateError, match=r"A fact is missing for .+: your phone number"):
        write_script(without, assign(SAMPLES[sample], job))
    assignment = assign(SAMPLES[sample], job)
    facts = gather_facts(without, assignment, person_named(SAMPLES[sample], "Dr. Priya Raman"))
    assert "reach me by mail, at jordan@example.com." in write_part(without, SCRIPT_PARTS["call_script"], kind, facts)


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ({}, "on November 18 at 2 pm"),
        ({"country": "DE", "time_zone": "Europe/Berlin"}, "on 18 November at 21:00"),
        ({"time_zone": "America/New_York"}, "on November 18 at 3 pm"),
        ({"country": "JP", "time_zone": "Asia/Tokyo"}, "on 18 November about"),
    ],
)
def test_the_hour_is_that_of_the_recipients_clock(theirs: dict[str, str], said: str) -> None:
    """As it is said there; where it was another day already, only the day of the interview is named."""
    application = apply(interviews=meet({**MANAGER, **theirs}))
    assert f"We spoke {said}" in say(application, Channel.PHONE, Kind.STATUS_INQUIRY)


@pytest.mark.parametrize(
    ("clock", "country", "said"),
    [
        ("09:00", "GB", "9 am"),
        ("12:00", "US", "noon"),
        ("12:05", "US", "12:05 pm"),
        ("00:30", "IN", "12:30 am"),
        ("15:30", "AU", "3:30 pm"),
        ("09:00", "FR", "09:00"),
        ("15:30", None, "15:30"),
    ],
)
def test_an_hour_is_said_as_they_say_it(clock: str, country: str | None, said: str) -> None:
    """With am and pm where that is usual."""
    assert say_hour(at(f"2026-11-18 {clock}"), country) == said


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.POST, Channel.LINKEDIN])
def test_a_second_note_without_a_point_names_what_is_missing(channel: Channel) -> None:
    """As the mails do, instead of a note that says nothing."""
    application = apply(not_mentioned=["thermography lvl 1 (see CV)"], interviews=meet(MANAGER))
    with pytest.raises(TemplateError, match=r"A fact is missing for .+: what you did not get to say") as caught:
        say(application, channel, Kind.ADDITIONAL_DETAIL)
    assert "not_mentioned" in caught.value.fix


def test_a_second_call_says_their_problem_and_then_the_point() -> None:
    """In the candidate's sentences, in the order that answers something."""
    text = say(SAMPLES["rich"], Channel.PHONE, Kind.ADDITIONAL_DETAIL)
    assert " ".join(POINT.values()) in text


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.POST])
@pytest.mark.parametrize("who", PEOPLE[1:])
def test_nobody_is_told_what_somebody_else_said(channel: Channel, who: tuple[str, int]) -> None:
    """ "You said ..." is for people met; the recruiter gets the point alone."""
    texts = [part.text for part in script("rich", channel, Kind.ADDITIONAL_DETAIL, who).parts]
    assert [text for text in texts if "You said" in text] == []
    assert POINT["point"] in texts[min(1, len(texts) - 1)]


CLAIMS = re.compile(
    r"\b(?:enjoy\w*|(?<!would have )liked|loved|remember\w*|stayed with|impress\w*|excit\w*|inspir\w*|learn\w*)\b",
    re.I,
)


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.POST, Channel.LINKEDIN])
def test_what_no_fact_carries_is_not_claimed(channel: Channel) -> None:
    """Where nothing is known but the interview, nothing is said about how it was."""
    kinds = BY_PHONE if channel is Channel.PHONE else PLANNED
    texts = [part.text for kind in kinds for part in script("bare", channel, kind, PEOPLE[0]).parts]
    assert [text for text in texts if CLAIMS.search(text)] == []


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.POST, Channel.LINKEDIN])
def test_notes_are_not_pasted(channel: Channel) -> None:
    """What cannot safely become a phrase or a sentence is left out, and its sentence with it."""
    rough = {
        "discussed": ["2 failed inspections last yr, hurt", "labeling!! pic of panel"],
        "convinced": "no hide & seek",
    }
    application = apply(**{**WITHOUT_FACTS, "fit": ["OSHA 30, 9 yrs"]}, interviews=meet({**MANAGER, **rough}))
    assert not re.search(r"hurt|pic of|hide|yrs?\b|!!", say(application, channel))


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("rich", SENTENCES["moment"]),
        ("notes", "I liked that you spoke openly about the outage in March"),
        ("bare", "hank you for"),
    ],
)
@pytest.mark.parametrize("channel", [Channel.POST, Channel.LINKEDIN])
def test_a_thank_you_is_made_of_what_is_known(sample: str, words: str, channel: Channel) -> None:
    """The candidate's sentence first, else a note that can follow "I liked that", else thanks for the time."""
    assert words in say(SAMPLES[sample], channel)


def test_a_missing_phone_number_names_its_setting() -> None:
    """A voicemail without a number to call back is none."""
    with pytest.raises(TemplateError, match=r"A fact is missing for .+: your phone number") as caught:
        script("rich", Channel.PHONE, Kind.STATUS_INQUIRY, PEOPLE[0], Sender(Mailbox("Jo", "jo@x.example")))
    assert caught.value.fix == "Set FOLLOWUP_PHONE in .env or the environment."


@pytest.mark.parametrize(("sample", "kind", "who"), cases(PLANNED))
def test_a_message_keeps_to_linkedins_limit(sample: str, kind: Kind, who: tuple[str, int]) -> None:
    """At most 300 characters, whatever the facts, and never cut in the middle of a word."""
    (part,) = script(sample, Channel.LINKEDIN, kind, who).parts
    assert len(part.text) <= LINKEDIN_LIMIT
    assert part.text.endswith("Jordan Example")
    assert "\n" not in part.text


@pytest.mark.parametrize("kind", [Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL, Kind.REJECTION_THANKS])
def test_a_message_has_a_sentence_whole_or_not_at_all(kind: Kind) -> None:
    """However long the sentence, the position and the company are."""
    for length in range(20, 420, 10):
        own = f"I liked that {'a' * length} we talked."
        application = apply(
            company=f"Lumen {'x' * (length % 70)}",
            role=f"Engineer {'y' * (length % 90)}",
            unsaid={"point": own},
            outcome={"status": "rejected", "understood": own, "onward": own},
            interviews=meet({**MANAGER, "moment": own}),
        )
        text = say(application, Channel.LINKEDIN, kind)
        assert len(text) <= LINKEDIN_LIMIT
        assert own in text or "aaa" not in text
        assert own in text or length > 40


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


@pytest.mark.parametrize("said", [{}, {"decision_by": "2026-12-18"}])
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_card_is_a_short_letter_of_thanks(sample: str, said: dict[str, str]) -> None:
    """40 to 60 words, which fit on a card by hand, with the same announcement; a long sentence is left out."""
    application = SAMPLES[sample].copy_with(said=Word.read(said))
    text = say(application, Channel.POST, form=CARD)
    assert text.startswith("Dear Dr. Raman,\n\n")
    assert 40 <= len(text.split()) <= (70 if sample == "long" else 60)
    assert ("December 18" if said else "about a week") in text


@pytest.mark.parametrize("opening", ["I liked that", "Thank you for telling me that"])
def test_a_card_stays_short_whatever_the_sentence(opening: str) -> None:
    """The candidate's sentence is on it whole, or not at all."""
    for more in range(1, 40):
        moment = f"{opening} we {'really ' * more}talked."
        text = say(apply(interviews=meet({**MANAGER, "moment": moment})), Channel.POST, form=CARD)
        assert 40 <= len(text.split()) <= 60
        assert moment in text or "really" not in text


def test_a_letter_keeps_to_the_day_they_named() -> None:
    """Where they said when a follow-up is welcome, that day comes before the one of the decision."""
    told = apply(said={"decision_by": "2026-12-18", "not_before": "2026-12-14"}, interviews=meet(MANAGER))
    text = say(told, Channel.POST)
    assert "As you asked, I will wait until December 14" in text
    assert "December 18" not in text


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.LINKEDIN])
def test_a_form_that_there_is_not_is_refused(channel: Channel) -> None:
    """A call cannot be a card; the error says what there is."""
    with pytest.raises(NotFoundError, match="no wording 'thank_you_card'"):
        say(SAMPLES["rich"], channel, form=CARD)


@pytest.mark.parametrize(("country", "closing"), [("US", "Sincerely,"), ("GB", "Yours sincerely,")])
def test_a_letter_is_formal_and_closes_as_letters_do_there(country: str, closing: str) -> None:
    """Also to somebody who is greeted with Hi in a mail: Dear, and no contractions."""
    application = apply(country=country, interviews=meet({**MANAGER, "tone": "friendly", "address_as": "Priya"}))
    text = say(application, Channel.POST)
    assert text.startswith("Dear Priya,")
    assert f"\n\n{closing}\n\n" in text
    assert "'" not in text


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
    """A file is found by the name of its kind, or of its kind and a form of it."""
    folders: TemplateFolders = WRITER.folders
    names = {
        one.full_name for kind in ("call_script", "voicemail", "letter", "linkedin") for one in folders.wordings(kind)
    }
    assert {name.partition("/")[2].removesuffix(f"_{CARD}") for name in names} <= set(Kind)


@pytest.mark.parametrize("kind", [Kind.THANK_YOU, Kind.STATUS_INQUIRY])
def test_a_letter_says_no_reason_that_a_mail_which_waits_will_say(kind: Kind) -> None:
    """Whether it leaves before the letter or weeks after; but the letter thanks for the first time, not "again"."""
    deed = "a nightly batch system to streaming without a day of downtime"
    told = sent(write(apply(), Job()), "2026-12-18 09:00", text=f"At Harbor Logistics I moved {deed}.")
    told = replace(told, step=replace(told.step, kind=kind))
    history = History(waiting=(Waiting(told.step, "#7", told.at, "queued", told=told),))
    alone, beside = (
        write_script(WRITER, assign(apply(), Job(channel=Channel.POST, history=known))).parts[0].text
        for known in (History(), history)
    )
    assert deed in alone
    assert deed not in beside
    assert "again" not in beside

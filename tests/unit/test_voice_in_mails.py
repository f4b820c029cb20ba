"""A mail of ours takes the user's voice over where it fits the reader, and is as sound as without."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from changing import replace
from draft_samples import LATER, PRIYA, ROBIN, TOM, TYPED, UNSAID, WRITER, Job, apply, assign, meet
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.cadence.step import Kind
from followup_mail.checks import CheckContext, check_mail
from followup_mail.drafts.write_draft import gather_facts, write_draft
from followup_mail.facts.application import Application
from followup_mail.facts.terms import Tone
from followup_mail.message.draft import Draft
from followup_mail.own_voice import closings
from followup_mail.own_voice.voice import Voice
from followup_mail.writing_model.brief import make_brief
from followup_mail.writing_model.prompt import key_of
from followup_mail.writing_model.stand_ins import make_stand_ins
from followup_mail.writing_model.told_voice import with_voice

EASY = Voice(Tone.FRIENDLY, "Hi", True, ("Cheers", "Best"), "Thanks", True, 30, 9, 2)
STIFF = Voice(Tone.FORMAL, "Dear", False, ("Yours sincerely",), "Thank you", False, 90, 18, 4)
COURTEOUS = Voice(Tone.FORMAL, "Dear", True, ("Kind regards",), "Thank you", False, 90, 14, 3)
WARM = Voice(Tone.NEUTRAL, "Hello", True, ("Many thanks", "Best wishes"), "Thank you", True, 60, 14, 2)
CLOSINGS = tomllib.loads(Path(closings.__file__).with_suffix(".toml").read_text("utf-8"))
KNOWN = [closing for name in ("every", "not_formal", "light", "thankful") for closing in CLOSINGS[name]]
KIM: dict[str, Any] = {"name": "Kim Vale", "email": "kim@lumen.example", "discussed": ["the night rota"]}


def write_as(voice: Voice | None, application: Application, job: Job) -> Draft:
    return write_draft(replace(WRITER, voice=voice), assign(application, job))


def first_and_last(voice: Voice | None, kim: dict[str, Any], country: str | None = "US") -> tuple[str, str]:
    """The greeting and the closing of a thank-you."""
    application = apply(interviews=meet({**KIM, **kim}), country=country)
    lines = write_as(voice, application, Job(to=str(kim.get("name", "Kim Vale")), wording="thanks_first")).text.split(
        "\n"
    )
    return lines[0], lines[lines.index("Jordan Example") - 1]


@pytest.mark.parametrize(
    ("voice", "kim", "country", "said"),
    [
        (None, {}, "US", ("Hi Kim,", "Best,")),
        (EASY, {}, "US", ("Hi Kim,", "Cheers,")),
        (WARM, {}, "US", ("Hello Kim,", "Best wishes,")),
        (COURTEOUS, {}, "US", ("Dear Kim,", "Kind regards,")),
        (STIFF, {}, "US", ("Dear Kim Vale,", "Yours sincerely,")),
        # Where the country is not known, or only a director would be greeted otherwise, the voice decides.
        (EASY, {}, None, ("Hi Kim,", "Cheers,")),
        (EASY, {"title": "Director"}, "US", ("Hi Kim,", "Cheers,")),
        # Politeness goes first: a title, a country, how somebody asked to be addressed.
        (EASY, {}, "DE", ("Dear Kim Vale,", "Kind regards,")),
        (EASY, {"title": "Director"}, "IN", ("Dear Kim Vale,", "Kind regards,")),
        (EASY, {"name": "Dr. Kim Vale"}, "US", ("Dear Dr. Vale,", "Sincerely,")),
        (EASY, {"address_as": "Ms Vale"}, "US", ("Dear Ms Vale,", "Sincerely,")),
        (WARM, {}, "DE", ("Dear Kim Vale,", "Best wishes,")),
        (STIFF, {"address_as": "Kim"}, "US", ("Dear Kim,", "Yours sincerely,")),
        # What the facts say goes before all.
        (STIFF, {"tone": "friendly"}, "US", ("Hi Kim,", "Yours sincerely,")),
        (EASY, {"tone": "formal"}, "US", ("Dear Kim Vale,", "Sincerely,")),
        (EASY, {"tone": "neutral"}, "US", ("Dear Kim,", "Best,")),
        # "Hi J. R. Vale" is what a machine writes.
        (EASY, {"name": "J. R. Vale"}, "US", ("Dear J. R. Vale,", "Cheers,")),
    ],
)
def test_who_is_written_to_goes_before_who_writes(
    voice: Voice | None, kim: dict[str, Any], country: str | None, said: tuple[str, str]
) -> None:
    """The facts come first, then title and country, then the voice, then what is usual."""
    assert first_and_last(voice, kim, country) == said


def test_contractions_are_the_writers_where_the_reader_allows() -> None:
    """A neutral mail of somebody who contracts does, a friendly one of somebody who does not does not."""
    american, german = apply(interviews=meet(KIM)), apply(interviews=meet(KIM), country="DE")
    job = Job(to="Kim Vale", wording="thanks_first")
    assert "I'd be pleased" in write_as(WARM, american, job).text
    plain = replace(EASY, contractions=False)
    assert "I would be very glad" in write_as(plain, american, Job(to="Kim Vale", wording="thanks_last")).text
    assert "'" not in write_as(WARM, german, job).text


def test_a_thankful_closing_is_for_mails_that_ask() -> None:
    """ "Many thanks" ends a status inquiry, and neither a thank-you nor the answer to a no."""
    no = {"status": "rejected", "on": "2026-12-01"}
    application = apply(interviews=meet(KIM), outcome=no)
    ends = {
        kind: "Many thanks," in write_as(WARM, application, Job(kind=kind, to="Kim Vale", at=LATER)).text
        for kind in (Kind.THANK_YOU, Kind.STATUS_INQUIRY, Kind.REJECTION_THANKS)
    }
    assert ends == {Kind.THANK_YOU: False, Kind.STATUS_INQUIRY: True, Kind.REJECTION_THANKS: False}
    job = Job(kind=Kind.STATUS_INQUIRY, to="Kim Vale", at=LATER, wording="where_things_stand")
    assert "for your help" in write_as(None, application, job).text
    assert "for your help" not in write_as(WARM, application, job).text


def test_words_of_the_user_stay_as_they_are() -> None:
    """What the user typed is neither contracted nor spelt out."""
    own = "I liked that you don't page people, and I would have liked to see it."
    application = apply(interviews=meet({**KIM, "moment": own}))
    for voice in (EASY, STIFF, WARM):
        assert own in write_as(voice, application, Job(to="Kim Vale", wording="thanks_first")).text


def test_who_writes_short_mails_spares_the_offer_to_answer() -> None:
    """It goes where enough is left without it; an inquiry keeps it."""
    application = apply(interviews=meet(TYPED, TOM), unsaid=UNSAID)
    full = replace(EASY, words=80)
    job = Job(wording="left_out", kind=Kind.ADDITIONAL_DETAIL, at=LATER, to="Tom Okafor")
    short = len(write_as(EASY, application, job).text.split())
    assert 45 < short <= len(write_as(full, application, job).text.split())
    bare = Job(to="Tom Okafor", wording="with_interest")
    told = apply(fit=[], interviews=meet({"name": "Tom Okafor", "email": "t@x.example", "discussed": ["rotas"]}))
    assert write_as(EASY, told, bare).text == write_as(full, told, bare).text
    asking = Job(kind=Kind.STATUS_INQUIRY, to="Tom Okafor", at=LATER)
    assert write_as(EASY, application, asking).text == write_as(full, application, asking).text


VOICES = st.builds(
    Voice,
    register=st.none() | st.sampled_from(Tone),
    greeting=st.sampled_from(["", "Dear", "Hello", "Hi"]),
    uses_first_name=st.sampled_from([None, True, False]),
    closings=st.lists(
        st.sampled_from(["Best", "Cheers", "Thanks", "Many thanks", "Kind regards", "Yours sincerely", "Take care"]),
        max_size=3,
        unique=True,
    ).map(tuple),
    thanks=st.sampled_from(["", "Thanks", "Thank you"]),
    contractions=st.sampled_from([None, True, False]),
    words=st.sampled_from([0, 20, 90]),
)
KINDS = (Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY, Kind.REJECTION_THANKS, Kind.APPLICATION_CHECK)
WORDINGS = [(kind, wording.name) for kind in KINDS for wording in WRITER.folders.wordings(kind)]
PEOPLE = (PRIYA, TYPED, TOM, {**TOM, "country": "DE"}, {**TOM, "tone": "neutral"}, {**TOM, "address_as": "Tom"})


@examples(2)
@given(VOICES, st.sampled_from(WORDINGS), st.sampled_from(PEOPLE))
def test_no_voice_makes_a_mail_less_sound(voice: Voice, wording: tuple[Kind, str], person: dict[str, Any]) -> None:
    """With any voice a mail passes every check that it passes without one."""
    kind, name = wording
    no = {"status": "rejected", "on": "2026-12-01"} if kind is Kind.REJECTION_THANKS else {}
    met = [] if kind is Kind.APPLICATION_CHECK else meet(person)
    to = ROBIN if kind is Kind.APPLICATION_CHECK else person
    application = apply(interviews=met, outcome=no, unsaid=UNSAID)
    job = Job(kind=kind, to=to["name"], wording=name, at=LATER)
    assert _codes(write_as(voice, application, job), application, job) <= _codes(
        write_as(None, application, job), application, job
    )


def _codes(draft: Draft, application: Application, job: Job) -> set[str]:
    step = assign(application, job).step
    around = CheckContext(
        draft.subject,
        draft.text,
        kind=job.kind,
        sender=draft.sender.mailbox,
        recipient=draft.to,
        person=step.person,
        facts=application,
        sends_at=job.at,
    )
    return {finding.code for finding in check_mail(around)}


GREETINGS = ("Hi Tom,", "Hello Tom,", "Hey Tom,", "Dear Tom,", "Good morning Tom,", "Tom,", "Tom -", "Hi Tom")


@pytest.mark.parametrize("greeting", GREETINGS)
def test_no_rule_finds_fault_with_how_the_user_greets_and_closes(greeting: str) -> None:
    """A mail of the user's own, with any closing that is known, has the findings that ours has: none."""
    application = apply(interviews=meet(TOM))
    job = Job(to="Tom Okafor", wording="thanks_first", at=LATER)
    ours = write_as(None, application, job)
    for closing in ("Speak soon", *KNOWN):
        text = ours.text.replace("Hi Tom,", greeting).replace("Best,", f"{closing},")
        assert _codes(replace(ours, text=text), application, job) == _codes(ours, application, job), closing


def test_a_writing_model_is_told_and_asked_again() -> None:
    """It gets the register, numbers and words of closed lists, none of which is a fact; another voice has its key."""
    application = apply(interviews=meet(KIM))
    assignment = assign(application, Job(to="Kim Vale"))
    reader = assignment.step.person
    assert reader is not None
    keys = set()
    for voice, contracts in ((EASY, "yes"), (STIFF, "no")):
        words = gather_facts(replace(WRITER, voice=voice), assignment, reader)
        stand_ins = make_stand_ins(application, reader, "Jordan Example", [])
        plain = make_brief(assignment, reader, words, stand_ins, ())
        brief = with_voice(plain, voice, words)
        assert brief.given["reader"]["register"] == voice.register
        assert brief.given["voice"]["contractions"] == contracts
        assert brief.given["voice"]["words_in_a_mail"] == voice.words
        assert brief.facts == plain.facts
        keys.add(key_of("model", "guide", brief, ()))
    assert len(keys) == 2


@pytest.mark.parametrize(("kind", "tone"), list(product(KINDS, Tone)))
def test_a_voice_without_a_habit_changes_no_byte(kind: Kind, tone: Tone) -> None:
    """A voice that shows nothing is as good as none."""
    no = {"status": "rejected", "on": "2026-12-01"} if kind is Kind.REJECTION_THANKS else {}
    application = apply(interviews=meet({**KIM, "tone": str(tone)}), outcome=no)
    job = Job(kind=kind, to="Kim Vale", at=LATER)
    assert write_as(Voice(), application, job) == write_as(None, application, job)

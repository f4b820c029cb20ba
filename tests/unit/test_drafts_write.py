"""Drafts: the right wording for each person, the right thread, the right recipient, the same every time."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from changing import replace
from draft_samples import (
    FITS,
    LATER,
    PRIYA,
    ROBIN,
    TOM,
    TYPED,
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
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cadence.step import History, Kind
from followup_mail.drafts.write_draft import find_thread, tidy, write_draft
from followup_mail.errors import FactsError, NotFoundError, TemplateError
from followup_mail.facts.application import Application, Channel
from followup_mail.message.draft import Attachment, Thread

REJECTED = {
    "status": "rejected",
    "on": "2026-12-07",
    "by": "priya.raman@lumen.example",
    "message_id": "<no@lumen.example>",
    "references": ["<a@lumen.example>", "<b@lumen.example>"],
    "subject": "AW: RE: Your application",
}


def test_somebody_met_twice_in_a_round_counts_once_in_the_panel() -> None:
    """Who sat in two interviews of a round takes one place, so that each of the panel gets a wording of their own."""
    twice = [*meet(PRIYA, TOM, round=1), *meet(PRIYA, ROBIN, round=1, start="2026-11-18 16:00")]
    application = apply(interviews=twice)
    people = [person_named(application, one["name"]) for one in (PRIYA, TOM, ROBIN)]
    assert [assign(application, Job()).place_of(person) for person in people] == [0, 1, 2]


def attachment(name: str = "study.pdf") -> Attachment:
    return Attachment(Path(name), name, "application/pdf", sha256(b"x").hexdigest(), b"x")


def rejected(**changes: Any) -> Application:
    return apply(outcome={**REJECTED, **changes})


def test_the_same_assignment_gives_the_same_draft() -> None:
    """Written twice it is equal to the last character, so that a preview is what is sent."""
    assert write(apply(), Job()) == write(apply(), Job())


def test_a_draft_holds_what_was_asked() -> None:
    """Recipient, greeting, signature at the end, the wording's full name."""
    draft = write(apply(), Job(wording="thanks_first"))
    assert draft.to.email == "priya.raman@lumen.example"
    assert draft.subject == "Thank you for Wednesday"
    assert draft.text.startswith("Dear Dr. Raman,\n\nThank you for talking to me ")
    assert draft.text.endswith("Sincerely,\nJordan Example\n+1 312 555 0142\n")
    assert draft.wording == "thank_you/thanks_first"
    assert draft.thread is None


@pytest.mark.parametrize("slug", ["lumen-freight", "acme", "a", "zz-top", "northwind"])
def test_neighbours_on_a_panel_get_different_wordings_and_reasons(slug: str) -> None:
    """Four people of one panel: four wordings, the next reason for the next person, and none for two of them."""
    people = [{**TOM, "name": f"Person {n}", "email": f"p{n}@x.example"} for n in "ABCD"]
    application = apply(slug=slug, interviews=meet(*people))
    drafts = [write(application, Job(to=person["name"])) for person in people]
    assert len({draft.wording for draft in drafts}) == 4
    assert [FITS[0][1:] in draft.text for draft in drafts] == [True, False, False, False]
    assert [FITS[1][1:] in draft.text for draft in drafts] == [False, True, False, False]


def test_a_second_inquiry_to_one_person_has_another_wording() -> None:
    """The next of a series does not repeat the one before."""
    first, second, third = (write(apply(), Job(Kind.STATUS_INQUIRY, at=LATER, nth=nth)).wording for nth in (1, 2, 3))
    assert len({first, second, third}) == 3


def test_a_wording_that_is_not_there_is_told_with_those_that_are() -> None:
    """The names to choose from stand in the error."""
    with pytest.raises(NotFoundError, match="no wording 'warm'") as caught:
        write(apply(), Job(wording="warm"))
    assert "short_note" in caught.value.fix


def test_without_a_topic_the_thank_you_lives_on_what_convinced() -> None:
    """One of the two is enough; with neither the mail is short, and claims nothing about the conversation."""
    convinced = apply(interviews=meet({**PRIYA, "discussed": []}))
    for wording in WRITER.folders.wordings("thank_you"):
        assert PRIYA["convinced"] in write(convinced, Job(wording=wording.name)).text
        bare = apply(interviews=meet({"name": "Dr. Priya Raman", "email": "p@x.example"}))
        text = write(bare, Job(wording=wording.name)).text.replace("talk about the Data Engineer role", "")
        assert not re.search(r"(?i)\b(?:talk about|told me|telling me|convinced|liked)\b", text)


# -- threads ----------------------------------------------------------------------------------------------------------


def test_the_second_note_answers_the_thank_you() -> None:
    """In its thread, with one Re: and the ids that it referred to."""
    thanks = write(apply(), Job())
    touch = sent(thanks, "2026-11-19 09:00", message_id="<thanks@example.com>", references=("<0@x.example>",))
    draft = write(apply(), Job(Kind.ADDITIONAL_DETAIL, at=LATER, history=History((touch,))))
    assert draft.subject == f"Re: {thanks.subject}"
    assert draft.thread == Thread("<thanks@example.com>", thanks.subject, ("<0@x.example>",))


def test_a_third_mail_goes_on_in_the_same_thread_with_one_re() -> None:
    """It answers the latest mail; marks of answers do not pile up."""
    thanks = sent(write(apply(), Job()), "2026-11-19 09:00", message_id="<1@x.example>")
    second = sent(write(apply(), Job(Kind.ADDITIONAL_DETAIL, at=LATER)), "2026-11-25 09:00", message_id="<2@x.example>")
    second = replace(second, subject="Re: Our talk", references=("<1@x.example>",))
    draft = write(apply(), Job(Kind.STATUS_INQUIRY, at=LATER, history=History((thanks, second))))
    assert draft.subject == "Re: Our talk"
    assert draft.thread == Thread("<2@x.example>", "Re: Our talk", ("<1@x.example>",))


@pytest.mark.parametrize(
    "touch",
    [
        sent(write(apply(), Job(to="Tom Okafor")), "2026-11-19 09:00"),
        sent(write(apply(), Job()), "2026-11-19 09:00", channel=Channel.PHONE),
        sent(write(apply(), Job()), "2026-11-19 09:00", message_id=""),
        sent(
            write(apply(), Job(Kind.STATUS_INQUIRY, at=LATER)),
            "2026-11-19 09:00",
            step=assign(apply(), Job(Kind.APPLICATION_CHECK)).step.id,
        ),
    ],
    ids=["another person's", "a call", "no id", "the application check"],
)
def test_what_cannot_be_answered_begins_no_thread(touch) -> None:
    """A mail to somebody else, a call, a mail without an id; nor one about another matter."""
    draft = write(apply(), Job(Kind.STATUS_INQUIRY, at=LATER, history=History((touch,))))
    assert draft.thread is None
    assert not draft.subject.startswith("Re:")


def test_a_thank_you_begins_a_thread_of_its_own() -> None:
    """Also after an earlier round: its subject names the day."""
    touch = sent(write(apply(), Job()), "2026-11-19 09:00")
    assert write(apply(), Job(history=History((touch,)))).thread is None


def test_a_rejection_is_answered_in_their_thread() -> None:
    """With their references, their subject, and one Re:, whatever marks of answers it had."""
    draft = write(rejected(), Job(Kind.REJECTION_THANKS, at=LATER))
    assert draft.subject == "Re: Your application"
    assert draft.thread == Thread("<no@lumen.example>", REJECTED["subject"], ("<a@lumen.example>", "<b@lumen.example>"))
    assert draft.to.email == "priya.raman@lumen.example"


def test_without_their_subject_the_answer_has_its_own() -> None:
    """It stays an answer, and says so."""
    draft = write(rejected(subject=""), Job(Kind.REJECTION_THANKS, at=LATER, wording="door_open"))
    assert draft.subject == "Re: Data Engineer: thank you"


def test_without_their_message_the_answer_is_a_new_mail() -> None:
    """Told on the phone: no thread, no Re:."""
    application = apply(outcome={"status": "rejected", "on": "2026-12-07"})
    draft = write(application, Job(Kind.REJECTION_THANKS, at=LATER))
    assert draft.thread is None
    assert not draft.subject.startswith("Re:")


def test_an_answer_to_somebody_else_is_in_no_thread() -> None:
    """A no-reply address wrote; the recruiter, who gets the thanks, never had that message."""
    draft = write(rejected(by="no-reply@ats.example"), Job(Kind.REJECTION_THANKS, "Robin Recruit", at=LATER))
    assert draft.to.email == ROBIN["email"]
    assert draft.thread is None


# -- recipients -------------------------------------------------------------------------------------------------------


def test_a_note_through_the_recruiter_has_a_cover() -> None:
    """It goes to the recruiter, who is asked to pass it on; the note itself greets the one it is for."""
    application = apply(interviews=meet({**TOM, "email": None}))
    draft = write(application, Job(to="Tom Okafor", via=person_named(application, "Robin Recruit")))
    cover, _, note = draft.text.partition("\n----\n")
    assert draft.to.email == ROBIN["email"]
    assert cover.startswith(
        "Dear Robin,\n\nBelow is a short word of thanks for Tom Okafor, whose address I do not have."
    )
    assert note.lstrip("\n").startswith("Hi Tom,")
    assert draft.thread is None


def test_without_an_address_there_is_no_draft() -> None:
    """The error says whose address is missing and what to do."""
    with pytest.raises(FactsError, match="Tom Okafor has no e-mail address") as caught:
        write(apply(interviews=meet({**TOM, "email": None})), Job(to="Tom Okafor"))
    assert "recruiter" in caught.value.fix


def test_without_a_person_there_is_no_draft() -> None:
    """Nobody is known: the facts file is where to add them."""
    assignment = assign(apply(), Job())
    with pytest.raises(FactsError, match="No recipient is known"):
        write_draft(WRITER, replace(assignment, step=replace(assignment.step, person=None)))


# -- what is said -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wording", [one.name for one in WRITER.folders.wordings("thank_you")])
def test_what_is_attached_is_mentioned_as_it_was_promised(wording: str) -> None:
    """By the name that the candidate gave it; a file of no promise by its own name."""
    application = apply(promised=[{"what": "the case study", "file": "papers/study.pdf", "to": "everybody"}])
    draft = write(application, Job(wording=wording, attachments=(attachment(), attachment("plan.pdf"))))
    assert "the case study and plan.pdf" in draft.text
    assert [one.filename for one in draft.attachments] == ["study.pdf", "plan.pdf"]
    assert "attach" not in write(application, Job(wording=wording)).text


def test_a_reason_that_was_given_is_not_given_again() -> None:
    """The second note has its own point and not the reason of the thank-you; the inquiry recites neither."""
    thanks = sent(write(apply(), Job()), "2026-11-19 09:00")
    second = write(apply(), Job(Kind.ADDITIONAL_DETAIL, at=LATER, history=History((thanks,))))
    assert FITS[0][1:] in thanks.text
    assert FITS[0][1:] not in second.text
    assert PRIYA["convinced"] not in second.text
    third = write(
        apply(), Job(Kind.STATUS_INQUIRY, at=LATER, history=History((thanks, sent(second, "2026-11-25 09:00"))))
    )
    assert FITS[0][1:] not in third.text
    assert "handbook" in second.text
    assert "handbook" not in third.text


def test_a_mail_that_was_sent_reads_the_same_when_looked_at_again() -> None:
    """What it said itself does not count as said before."""
    draft = write(apply(), Job(Kind.ADDITIONAL_DETAIL, at=LATER))
    touch = sent(draft, "2026-12-08 09:00")
    assert write(apply(), Job(Kind.ADDITIONAL_DETAIL, at=LATER, history=History((touch,)))) == draft


def test_a_point_that_was_made_is_not_made_again() -> None:
    """When all points were made, the draft says which fact is missing."""
    first = sent(write(apply(), Job(Kind.ADDITIONAL_DETAIL, at=LATER)), "2026-11-25 09:00")
    with pytest.raises(TemplateError, match=r"A fact is missing for .+: what you did not get to say"):
        write(apply(), Job(Kind.ADDITIONAL_DETAIL, at=LATER, nth=2, history=History((first,))))


def test_a_thank_you_asked_for_too_early_is_still_written() -> None:
    """The checks refuse the moment and say why; a template could only say that no interview is known."""
    assert "Wednesday" in write(apply(), Job(at=at("2026-11-18 09:00"))).subject


@pytest.mark.parametrize(
    ("company", "said"),
    [("Yahoo!", "join Yahoo!\n"), ("Acme Inc.", "join Acme Inc.\n"), ("Lumen", "join Lumen.\n")],
)
def test_a_name_with_a_mark_at_its_end_gets_no_second_one(company: str, said: str) -> None:
    """The full stop of the template does not follow another mark."""
    recruiter = {**TYPED, "role": "recruiter", "offer": ""}
    application = apply(company=company, interviews=meet(recruiter))
    assert said in write(application, Job(Kind.THANK_YOU, at=LATER, wording="reason_to_join")).text


@given(st.text("ab .?!\n\r\t", max_size=60))
def test_tidying_is_done_once(text: str) -> None:
    """No trailing blanks, no two empty lines, one line end; and tidying again changes nothing."""
    tidied = tidy(text.replace("\r", ""))
    assert tidied.endswith("\n")
    assert "\n\n\n" not in tidied
    assert not any(line != line.rstrip() for line in tidied.split("\n"))
    assert tidied.split() == tidy(tidied).split()


def test_three_dots_stay_three() -> None:
    """They are a mark of their own."""
    assert tidy("and so on... And Inc.. Why?. Well....\n") == "and so on... And Inc. Why? Well...\n"


# -- names that are hard ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "address_as", "greeting"),
    [
        ("Dr. Priya Raman", "", "Dear Dr. Raman,"),
        ("Nguyễn Văn An", "Anh An", "Hi Anh An,"),
        ("山田太郎", "", "Hi 山田太郎,"),
        ("O'Neil, Siobhán", "", "Hi Siobhán,"),
        ("J. Smith", "", "Dear J. Smith,"),
        ("{{ 7*7 }} <b>", "", "Hi {{,"),
    ],
)
def test_everybody_is_greeted_by_name(name: str, address_as: str, greeting: str) -> None:
    """As the facts say; a name is never a template."""
    person = {**TOM, "name": name, "address_as": address_as}
    assert write(apply(interviews=meet(person)), Job(to=name)).text.startswith(greeting)


def test_a_users_wording_is_used_for_every_kind(tmp_path: Path) -> None:
    """A folder of one wording is enough, and nothing built-in is added to it."""
    folders = own_folder(tmp_path, {"thank_you/mine.txt": "Subject: {{ topics | in_words }}\n\n{{ interviewers }}"})
    draft = write(apply(), Job(wording="mine"), replace(WRITER, folders=folders))
    assert draft.subject == PRIYA["discussed"][0]
    assert draft.text == "Dr. Priya Raman and Tom Okafor\n"


def test_the_outcome_decides_nothing_but_the_thread() -> None:
    """An inquiry written while an outcome is known is in no thread of theirs."""
    application = apply(outcome={"status": "replied", "message_id": "<x@x.example>"})
    assert find_thread(assign(application, Job(Kind.STATUS_INQUIRY, at=LATER))) is None

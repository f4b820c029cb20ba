"""Which kind of mail somebody wrote elsewhere."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from changing import replace
from corpus_loader import load_collection

from followup_mail.cadence.step import Kind
from followup_mail.checks import CheckContext, check_mail, choose_rules, guess_kind
from followup_mail.checks.samples import sample_facts


def test_the_kind_of_most_mails_is_found() -> None:
    """of the development mails, with their facts, 9 in 10 are taken for what they are; without, 7 in 10."""
    right: Counter[str] = Counter()
    notes = list(load_collection("development"))
    for note in notes:
        unknown = replace(note.context, kind=None)
        right["facts"] += guess_kind(unknown) is note.context.kind
        right["words"] += guess_kind(replace(unknown, facts=None, person=None)) is note.context.kind
    assert right["facts"] >= 0.9 * len(notes)
    assert right["words"] >= 0.7 * len(notes)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thank you for letting me know. I wish the new colleague well.", Kind.REJECTION_THANKS),
        ("I applied on Monday. Could you tell me whether my application has arrived?", Kind.APPLICATION_CHECK),
        ("Could you tell me whether a decision has been made?", Kind.STATUS_INQUIRY),
        ("There is one thing that I left out on Tuesday: I hold a crane licence.", Kind.ADDITIONAL_DETAIL),
        ("Thank you for the hour on Tuesday, and for the tour of the yard.", Kind.THANK_YOU),
        ("I am grateful for the conversation we had on Tuesday.", Kind.THANK_YOU),
        ("My sincere gratitude for the opportunity to interview.", Kind.THANK_YOU),
        ("What a delightful conversation that was on Tuesday.", Kind.THANK_YOU),
        ("Such a treat to meet you on Tuesday!", Kind.THANK_YOU),
        ("I look back on our conversation with joy.", Kind.THANK_YOU),
        ("I have one thing to add to our talk: I hold a crane licence.", Kind.ADDITIONAL_DETAIL),
        ("Thank you ever so much for seeing me on Tuesday.", Kind.THANK_YOU),
        ("Thank you very much for the offer, which I am delighted to accept.", None),
        ("Thank you for the invitation. I am happy to confirm Tuesday at two.", None),
        ("Thank you for the time you have given to my application. I withdraw it.", None),
        ("Many thanks for your message. Both days suit me.", None),
        ("The minutes of the meeting are on the shared drive.", None),
    ],
)
def test_words_alone_tell(text: str, kind: Kind | None) -> None:
    """Without facts the words decide, and a mail that is none of these has no kind."""
    assert guess_kind(CheckContext("", f"Dear Ada,\n\n{text}\n\nKind regards,\nBo")) is kind


def test_a_subject_that_thanks_tells() -> None:
    """Where the text says it in no usual words, a subject that thanks says what the mail is."""
    text = "Dear Ada,\n\nI keep thinking of Tuesday.\n\nKind regards,\nBo"
    assert guess_kind(CheckContext("Thank you: Data Engineer", text)) is Kind.THANK_YOU
    assert guess_kind(CheckContext("Data Engineer", text)) is None


@pytest.mark.parametrize(
    ("days", "text", "kind"),
    [
        (6, "Thank you for the hour on Tuesday, and for the tour of the yard.", Kind.THANK_YOU),
        (13, "Thank you for the hour, and forgive that I write so late.", Kind.THANK_YOU),
        (13, "Thank you for the hour. May I ask where things stand?", Kind.STATUS_INQUIRY),
        (30, "Thank you for the hour on the 17th. I remain interested.", Kind.STATUS_INQUIRY),
    ],
)
def test_late_thanks_are_thanks(days: int, text: str, kind: Kind) -> None:
    """The first mail to somebody that thanks and asks nothing is a thank-you, though it comes a week late."""
    facts = sample_facts({})
    sends_at = facts.interviews[0].end + timedelta(days=days)
    assert guess_kind(CheckContext("", f"Dear Ada,\n\n{text}\n\nBo", facts=facts, sends_at=sends_at)) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thank you for inviting me. I look forward to Tuesday.", None),
        ("Many thanks for the message. I confirm Tuesday at two.", None),
        ("I applied in October. Has my application arrived?", Kind.APPLICATION_CHECK),
    ],
)
def test_an_answer_to_an_invitation_asks_for_nothing(text: str, kind: Kind | None) -> None:
    """Before the interview a mail that accepts it is no follow-up."""
    facts = sample_facts({})
    sends_at = facts.interviews[0].start - timedelta(days=3)
    mail = CheckContext("", f"Dear Ada,\n\n{text}\n\nBo", facts=facts, sends_at=sends_at)
    assert guess_kind(mail) is kind
    if kind is None:
        found = check_mail(replace(mail, is_saved=True), choose_rules(["FM501", "FM802", "FM808", "FM301"]))
        assert found == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could you tell me how far you have come with your decision?", Kind.STATUS_INQUIRY),
        ("Something did not come up on Tuesday: I hold a crane licence.", Kind.ADDITIONAL_DETAIL),
        ("Thank you for the hour. One thing did not come up: I hold a crane licence.", Kind.THANK_YOU),
        ("Thank you for the hour. May I ask when you will decide?", Kind.THANK_YOU),
        ("The crane in your yard is still on my mind.", Kind.THANK_YOU),
    ],
)
def test_what_thanks_for_nothing_is_no_thank_you(text: str, kind: Kind) -> None:
    """The day after an interview a mail that only asks or adds is an inquiry or a second note, and comes early."""
    facts = sample_facts({})
    sends_at = facts.interviews[0].end + timedelta(days=1)
    assert guess_kind(CheckContext("", f"Dear Ada,\n\n{text}\n\nBo", facts=facts, sends_at=sends_at)) is kind

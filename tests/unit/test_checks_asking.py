"""What asks for feedback more than once, what asks for nothing, and a subject that says nothing or too much."""

from __future__ import annotations

import pytest
from changing import replace

from followup_mail.cadence.step import Kind
from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.samples import Sample

SEVERAL_REQUESTS = [
    "Would you tell me where I went wrong? And what did the winner have that I do not?",
    (
        "I should be glad of an honest word on my portfolio. Please also say which question I answered worst,"
        " and whether my rates were the trouble."
    ),
    (
        "May I ask for your honest opinion of my interview? Could we have a call to discuss it? I would also "
        "like to see the notes of the panel."
    ),
    "Could you write to me what I lacked, how I ranked, and which courses you would recommend?",
    "Was it my German? Was it the gap in my CV? I would love to know.",
    "Can you share how the decision was made? What should I improve before I apply again? Any tips are welcome.",
    "I'd love some pointers for next time. What would have changed your mind?",
    (
        "If you could spare ten minutes on the phone to walk me through my results, I would learn a lot. Some"
        " notes on my sample lesson would help as well."
    ),
]
ONE_REQUEST = [
    (
        "Thank you for the feedback on my sample lesson, which I found fair. If there is one book that you "
        "would recommend, I would be glad to know."
    ),
    "I understand the reason for your decision. If you have a minute, which part of the presentation should I work on?",
    "Thank you for telling me why you chose somebody from inside. I would have done the same.",
    "If you have a word of advice for me, I would take it gladly; if not, I understand.",
    "Your remarks on the roof stayed with me. I wish you a dry winter.",
    "I took your advice about parking, and your tips for the tower crane are in my notebook.",
    (
        "I was sorry to hear it, and the reasons for it are plain to me. I would be glad of a word of "
        "feedback should you have time."
    ),
    "What made the day for me was the boat. Tell Oskar that I still think of it.",
]
ONE_REQUEST += [
    "I can see why you chose somebody with more management experience. I would be grateful for any feedback.",
    "I understand why the panel decided so. Do you have any feedback for me?",
]
SEVERAL_REQUESTS += [
    "I would be grateful for any feedback. A line would do, so that I can see why you chose somebody else.",
]
ASKS_NOTHING = [
    "I remain interested. Please let me know if you need anything else from me.",
    "I'd be happy to provide references. I look forward to hearing from you.",
    "I wanted to stay in touch and to say that I am still keen. Feel free to reach out at any time.",
    "I am writing about my application. It has been three weeks. Thank you for your patience.",
    "Let me know if there is anything further I can send. I think of the workshop often.",
    "A short note from me to say that the job is still on my mind.",
]
ASKS = [
    "I would be glad to hear how far you have come.",
    "Please let me know if you have reached a decision.",
    "Let me know if there is any news.",
    "A short answer would help me to plan.",
    "I wonder whether the date still stands.",
    "Kindly share an update on the position.",
    "I would be grateful for a sign of where things stand.",
    "Let me know if I should still expect an answer this month.",
]
EMPTY = ["Thank you!", "Thanks again", "Checking in", "Quick question", "Following up!!", "Hello Catherine", "Update?"]
EMPTY += ["Thank you for your time", "With gratitude", "(no subject)", "Thank you, Dr. Okafor", "Gentle reminder"]
ENOUGH = ["Thank you for yesterday", "Our conversation", "Thanks for the coffee", "My application", "Your decision"]
ENOUGH += ["Thank you for the interview", "Kafka", "Re: thanks", "Following up on our conversation", "The job"]
LONG = "Thank you very much for the conversation about the position of Data Engineer on Tuesday"


def is_found(code: str, text: str, kind: Kind) -> bool:
    context = Sample(f"The nightly jobs are on my mind. {text}", kind=kind).context()
    return bool(check_mail(context, choose_rules([code])))


def is_subject_found(code: str, subject: str) -> bool:
    context = replace(Sample("The nightly jobs are on my mind.").context(), subject=subject)
    return bool(check_mail(context, choose_rules([code])))


@pytest.mark.parametrize("text", SEVERAL_REQUESTS)
def test_several_requests_for_feedback_are_found(text: str) -> None:
    """In several sentences or in one, in whatever words."""
    assert is_found("FM825", text, Kind.REJECTION_THANKS)


@pytest.mark.parametrize("text", ONE_REQUEST)
def test_one_request_is_polite(text: str) -> None:
    """Thanks for feedback, and the reason that they gave, are no requests."""
    assert not is_found("FM825", text, Kind.REJECTION_THANKS)


@pytest.mark.parametrize("text", ASKS_NOTHING)
def test_an_offer_is_no_question(text: str) -> None:
    """Somebody who offers more papers has asked nothing."""
    assert is_found("FM808", text, Kind.STATUS_INQUIRY)


@pytest.mark.parametrize("text", ASKS)
def test_a_question_needs_no_question_mark(text: str) -> None:
    """Whoever would be glad to hear asks."""
    assert not is_found("FM808", text, Kind.STATUS_INQUIRY)


@pytest.mark.parametrize("subject", EMPTY)
def test_an_empty_subject_is_vague(subject: str) -> None:
    """A subject made of nothing but courtesy could be about anything."""
    assert is_subject_found("FM812", subject)


@pytest.mark.parametrize("subject", ENOUGH)
def test_a_short_subject_may_say_enough(subject: str) -> None:
    """One word that hints at what it is about is enough."""
    assert not is_subject_found("FM812", subject)


def test_only_a_very_long_subject_is_too_long() -> None:
    """Up to eighty characters pass."""
    assert not is_subject_found("FM811", LONG[:80])
    assert is_subject_found("FM811", LONG)

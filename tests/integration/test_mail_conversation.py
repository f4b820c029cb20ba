"""A mail's questions without anybody who asks them: answers go in one by one, and the rules stay those of the road."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import WritingModelError
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.writing.mail_conversation import MOST_QUESTIONS, MailConversation, Question, hold, replay
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.who_writes import Asking, Author
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.remembered import Remembered

GOOD = (
    "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously.\n\nYou want people "
    "who fix an alert instead of muting it. I'd be glad to look at your loudest ones with you."
)
DOUBTED = "glad to look at your loudest ones"
INVENTED = f"{GOOD} Sandra Bloom and her 40 engineers would be glad too."


def mail(body: str = GOOD) -> str:
    return json.dumps({"subject": "The on-call rota", "body": body})


def claims(*words: str) -> str:
    return json.dumps({"claims": words})


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MailConversation:
    """The conversation about the thank-you to Tom, as the ordinary road begins it."""
    begun: list[MailConversation] = []

    def keep(conversation: MailConversation, _: object) -> Remembered:
        begun.append(conversation)
        raise WritingModelError("Nobody is asked in this test.")

    monkeypatch.setattr("followup_mail.services.writing.model_job.hold", keep)
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    workspace.__dict__["writing_model"] = Endpoint("http://127.0.0.1:1/v1", "tiny-writer", str, 1)
    prepare(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",)), asking=Asking(Author.MODEL, agree=lambda _: True))
    return begun[0]


ROADS = {
    "good": [mail(), claims()],
    "doubted, and mended": [mail(), claims(DOUBTED), mail(GOOD.replace(DOUBTED, "you mean it")), claims()],
    "doubted twice": [mail(), claims(DOUBTED), mail(), claims(DOUBTED)],
    "invented, and mended": [mail(INVENTED), mail(), claims()],
    "invented twice": [mail(INVENTED), mail(INVENTED)],
    "no second look": [mail(), "not even JSON"],
}


@pytest.mark.parametrize("answers", ROADS.values(), ids=ROADS)
def test_a_replay_asks_what_a_whole_conversation_asks(talk: MailConversation, answers: list[str]) -> None:
    """Each question comes again, letter for letter, whether the conversation goes on or begins anew for each answer."""
    asked: list[Question] = []

    def ask(question: Question) -> str:
        asked.append(question)
        return answers[len(asked) - 1]

    end = hold(talk, ask)
    assert len(asked) == len(answers) <= MOST_QUESTIONS
    assert [replay(talk, answers[:count]) for count in range(len(answers))] == asked
    assert replay(talk, answers) == replay(talk, [*answers, "more than was asked for"]) == end


def test_what_the_rules_make_of_the_answers(talk: MailConversation) -> None:
    """A good mail is used, one that stays bad is refused with the reason, and a doubt that is left is kept."""
    ends = {name: replay(talk, answers) for name, answers in ROADS.items()}
    assert all(isinstance(end, Remembered) for end in ends.values())
    refused = {name for name, end in ends.items() if isinstance(end, Remembered) and end.refused}
    doubted = {name for name, end in ends.items() if isinstance(end, Remembered) and end.doubts}
    assert (refused, doubted) == ({"invented twice"}, {"doubted twice"})


def test_an_answer_that_did_not_come(talk: MailConversation) -> None:
    """Without a mail there is nothing, and that is said; without a second look the mail is used as it is."""
    away = WritingModelError("It is away.")
    with pytest.raises(WritingModelError, match="away"):
        replay(talk, [away])
    with pytest.raises(WritingModelError, match="away"):
        replay(talk, [mail(INVENTED), away])
    assert isinstance(end := replay(talk, [mail(), away]), Remembered)
    assert (end.body, end.refused, end.doubts) == (GOOD, "", ())


def test_no_question_has_a_name(talk: MailConversation) -> None:
    """Whatever an answer brought along, the questions that follow it have stand-ins for the people of the facts."""
    questions = [replay(talk, answers[:count]) for answers in ROADS.values() for count in range(len(answers))]
    said = json.dumps([question.messages for question in questions if isinstance(question, Question)])
    for word in ("Tom", "Okafor", "Priya", "Raman", "Elena", "Petrova", "Jordan", ".example", "555"):
        assert word not in said, word

"""Somebody with a writing model: what they see, what a script may do, and what leaves nobody's hands unread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from desk import Desk
from model_server import Asked, ModelServer, fails, well

from followup_mail.errors import ExitCode

BODY = (
    "Thank you for the talk about the on-call rota. Quiet hours are what I would ask for first.\n\n"
    "I have been on call for five years, so I would be glad to take my turn from the first month. Would you send me "
    "the rota as it is now?"
)
ANSWER = json.dumps({"subject": "The quiet hours", "body": BODY})
TO_TOM = ("lumen", "thank_you", "--to", "tom")


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer((well(ANSWER),)).running() as running:
        yield running


@pytest.fixture
def person(interviewed: Desk, model: ModelServer) -> Desk:
    """Somebody after an interview, with a writing model on this machine."""
    interviewed.environment |= {"FOLLOWUP_WRITER_URL": model.url, "FOLLOWUP_WRITER_MODEL": "tiny-writer"}
    return interviewed


def mails_asked(model: ModelServer) -> list[Asked]:
    """The requests for a mail, without those that look at one again."""
    return [asked for asked in model.asked if '"plan"' in json.dumps(asked.json["response_format"])]


def test_a_preview_shows_the_models_mail_and_says_so(person: Desk, model: ModelServer) -> None:
    """The mail names its author, what leaves is said before it is asked, and a second look asks nothing."""
    first = person.run("preview", *TO_TOM)
    assert "written by tiny-writer; greeting and signature are ours" in first.stdout
    assert "Quiet hours are what I would ask for first." in first.stdout
    assert "Nothing leaves this machine" in first.stderr
    second = person.run("preview", *TO_TOM)
    assert second.stdout == first.stdout
    assert second.stderr == ""
    assert len(mails_asked(model)) == 1


def test_a_script_queues_only_what_was_read(person: Desk) -> None:
    """Without a terminal an unread mail is refused with the next step; after a preview it is queued as shown."""
    refused = person.run("queue", *TO_TOM)
    assert refused.returncode == ExitCode.REFUSED
    assert "nobody has read" in refused.stderr
    assert "--ours" in refused.stderr
    assert person.run("send", *TO_TOM, "--yes").returncode == ExitCode.REFUSED
    (shown,) = person.json("preview", *TO_TOM)
    person.say("queue", *TO_TOM)
    (entry,) = person.json("outbox", "list")
    assert person.json("outbox", "show", str(entry["id"]))["text"] == shown["text"]
    assert (entry["wording"], shown["model"]) == ("written by tiny-writer", "tiny-writer")


def test_ours_needs_nobody_to_read_it(person: Desk, model: ModelServer) -> None:
    """`--ours` queues our own wording as ever, and asks the model nothing."""
    person.say("queue", *TO_TOM, "--ours")
    assert not model.asked


def test_again_has_it_written_anew(person: Desk, model: ModelServer) -> None:
    """`--again` asks once more, and the new mail is the one that is shown from then on."""
    person.say("preview", *TO_TOM)
    model.plays = (well(ANSWER.replace("glad", "happy")),)
    assert "happy" in person.say("preview", *TO_TOM, "--again")
    assert "happy" in person.say("preview", *TO_TOM)
    assert person.run("preview", *TO_TOM, "--again", "--ours").returncode == ExitCode.REFUSED


def test_a_model_that_is_down_leaves_our_mail(person: Desk, model: ModelServer) -> None:
    """The preview has our own wording and one sentence that says why, with exit code 0."""
    model.plays = (fails(500),)
    shown = person.say("preview", *TO_TOM)
    assert "Model    not used." in shown
    assert "Hi Tom," in shown


def test_the_prompt_is_for_everybody_to_read(person: Desk, model: ModelServer) -> None:
    """`--prompt` prints word for word what would be asked, and asks nothing; without a model it says so."""
    printed = person.json("preview", *TO_TOM, "--prompt")
    assert not model.asked
    person.say("preview", *TO_TOM)
    assert printed["Tom Okafor"] == mails_asked(model)[0].json["messages"]
    without = person.run("preview", *TO_TOM, "--prompt", FOLLOWUP_WRITER_URL="", FOLLOWUP_WRITER_MODEL="")
    assert without.returncode == ExitCode.REFUSED
    assert "Traceback" not in without.stderr


def test_an_address_elsewhere_gets_nothing_without_a_yes(person: Desk, model: ModelServer) -> None:
    """Where nobody can be asked, a provider is asked nothing: our own wording, and the sentence on what would leave."""
    shown = person.run("preview", *TO_TOM, FOLLOWUP_WRITER_URL="https://models.example/v1")
    assert shown.returncode == 0
    assert "this goes to models.example" in " ".join(shown.stderr.split())
    assert "nobody has agreed" in " ".join(shown.stdout.split())


def test_a_guide_of_ones_own(person: Desk, model: ModelServer) -> None:
    """A copied guide is the one that the model gets, the list says whose it is, and another guide is another mail."""
    person.say("preview", *TO_TOM)
    person.say("templates", "copy", "thank_you/guide")
    own = person.home / "templates" / "thank_you" / "guide.md"
    own.write_text("Version: mine\n\nMention the weather never.\n", "utf-8")
    assert re.search(rf"thank_you/guide +mine +{re.escape(str(own))}", person.say("templates", "list"))
    assert "weather" in person.say("templates", "show", "thank_you/guide")
    person.say("preview", *TO_TOM)
    assert "Mention the weather never." in mails_asked(model)[1].json["messages"][0]["content"]


def test_a_script_that_answers_is_not_asked_by_the_model(person: Desk, model: ModelServer) -> None:
    """Answers from a pipe are for our questions: without a terminal nothing is asked of the model, nor by it."""
    person.run("ask", "lumen", "--for", "thank_you", "--plain", typed="\n" * 40)
    assert not model.asked


def test_guides_for_questions_and_corrections(person: Desk) -> None:
    """Both are listed with their version, shown, and copied to be changed."""
    listed = person.say("templates", "list")
    for name in ("question/guide", "proofreading/guide"):
        assert re.search(rf"{name} +1 ", listed)
        assert person.say("templates", "show", name).startswith("Version: 1")
        person.say("templates", "copy", name)
        assert (person.home / "templates" / f"{name}.md").read_text("utf-8").startswith("Version: 1")


def test_json_shows_no_mail_so_it_sends_none_unread(person: Desk) -> None:
    """`send --json` prints no text to read, so a mail that nobody has seen is refused before anything is asked."""
    refused = person.run("send", *TO_TOM, "--json")
    assert refused.returncode == ExitCode.REFUSED
    assert "nobody has read" in refused.stderr


def test_a_model_that_is_passed_on_needs_a_yes(person: Desk, model: ModelServer) -> None:
    """A server here that passes a model on to its maker is asked nothing without a yes, whatever ran before."""
    person.say("preview", *TO_TOM)
    asked = len(model.asked)
    shown = person.run("preview", *TO_TOM, FOLLOWUP_WRITER_MODEL="big-writer:120b-cloud")
    assert "nobody has agreed" in " ".join(shown.stdout.split())
    assert len(model.asked) == asked


TALK = """\
Tom Okafor: We lose two nights a week to alerts that nobody needs.
Jordan Example: I removed half of ours in a year.
Tom Okafor: Delete that, my wife says I talk too much.
"""
NOTED = {
    "sentences": [1],
    "about": "[colleague 1]",
    "what": "discussed",
    "note": "two nights a week lost to alerts nobody needs",
}
MADE_UP = {"sentences": [1], "about": "[colleague 1]", "what": "discussed", "note": "nine engineers left last year"}


def keep(person: Desk) -> None:
    file = person.home / "talk.txt"
    file.write_text(TALK, "utf-8")
    person.say("change", "lumen", "--notes", str(file))


def test_a_transcript_becomes_one_proposal(person: Desk, model: ModelServer) -> None:
    """`ask --transcript` shows each note with its sentence, leaves out what nobody said, and changes no fact."""
    keep(person)
    before = person.json("show", "lumen")
    model.plays = (well(json.dumps({"notes": [NOTED, MADE_UP]})),)
    asked = person.run("ask", "lumen", "--transcript")
    shown = " ".join(asked.stdout.split())
    assert "discussed: Tom Okafor: two nights a week lost to alerts nobody needs" in shown
    assert '"We lose two nights a week to alerts that nobody needs."' in shown
    assert "nine engineers" not in shown
    assert "Nothing leaves this machine" in asked.stderr
    assert "1 note was left out" in asked.stderr
    assert person.json("show", "lumen") == before
    (kept,) = person.json("proposals", "list")
    assert kept["by"] == "tiny-writer"
    assert "Okafor" not in model.asked[0].body.decode()


def test_a_transcript_goes_nowhere_without_a_yes(person: Desk, model: ModelServer) -> None:
    """Where nobody can be asked, a provider gets nothing of it; without a model or a transcript that is said."""
    keep(person)
    person.say("preview", *TO_TOM)
    refused = person.run("ask", "lumen", "--transcript", FOLLOWUP_WRITER_URL="https://models.example/v1")
    assert refused.returncode == ExitCode.REFUSED
    assert "more than your notes goes to models.example" in " ".join(refused.stderr.split())
    without = person.run("ask", "lumen", "--transcript", FOLLOWUP_WRITER_URL="", FOLLOWUP_WRITER_MODEL="")
    assert without.returncode == ExitCode.REFUSED
    assert "none is set" in without.stderr
    assert person.run("ask", "lumen", "--transcript", "--again").returncode == ExitCode.REFUSED
    assert "Traceback" not in refused.stderr + without.stderr

"""From facts over a writing model to a mail that may be queued: a real server answers, well and badly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from changing import replace
from model_server import Asked, ModelServer, Play, fails, late, well

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import RefusedError, TemplateError, WritingModelError
from followup_mail.services.applications.forget import forget_application
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import Asking, Author, note_shown
from followup_mail.workspace import Workspace
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.json_answer import read_object

ASK = Asking(Author.MODEL, agree=lambda _: True)
TO_TOM = Request(SLUG, Kind.THANK_YOU, ("tom",))
SECRET = "hunter2-app-password"

MOMENT = "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously."
LINK = "You want people who fix an alert instead of muting it. In five years on call I removed more than I wrote."
OFFER = "I'd be glad to look at your loudest ones with you. Which of them would you be happiest to see gone?"
GOOD = f"{MOMENT}\n\n{LINK} {OFFER}"
TO_ELENA = (
    "Reading the first design of every newcomer yourself is a generous habit, and I could see what it would do for "
    "me.\n\nI would be glad to bring mine early. Which part of the first ninety days is hardest for people?"
)


def mail(body: str = GOOD, subject: str = "The on-call rota") -> str:
    return json.dumps({"subject": subject, "body": body})


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer((well(mail()),)).running() as running:
        yield running


def house(folder: Path, server: ModelServer, clock: Clock | None = None, timeout: float = 5) -> Workspace:
    """The house of the demonstration, with a writing model on this machine, the morning after the interview."""
    workspace = make_demo_workspace(folder, clock or Clock(NEXT_MORNING))
    workspace.__dict__["writing_model"] = Endpoint(server.url, "tiny-writer", lambda: SECRET, timeout)
    return workspace


def mails_asked(server: ModelServer) -> list[Asked]:
    """The requests for a mail, without those that look at one again."""
    return [asked for asked in server.asked if '"plan"' in json.dumps(asked.json["response_format"])]


def write(workspace: Workspace, request: Request = TO_TOM, asking: Asking = ASK) -> Prepared:
    (prepared,) = prepare(workspace, request, asking=asking).prepared
    return prepared


def asked_for(asked: Asked) -> dict[str, Any]:
    """The facts that a request gave to the model."""
    given = json.loads(asked.json["messages"][1]["content"])
    assert isinstance(given, dict)
    return given


def change(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.facts.path(SLUG)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_without_a_model_nothing_changes(tmp_path: Path) -> None:
    """With no writing model set, a request that may ask for one gets our own wording, and nothing is noted."""
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    written = write(workspace).written
    assert written.model_use is None
    assert written.draft.wording.startswith("thank_you/")
    assert not (tmp_path / "written").exists()


def test_a_good_mail_is_used_between_our_greeting_and_signature(tmp_path: Path, server: ModelServer) -> None:
    """Paragraphs and subject are the model's, greeting and signature ours, the user's own sentence is marked."""
    draft = write(house(tmp_path, server)).written.draft
    assert draft.text == f"Hi Tom,\n\n{GOOD}\n\nBest,\nJordan Example\n+1 312 555 0142\n"
    assert (draft.subject, draft.model, draft.wording) == ("The on-call rota", "tiny-writer", "written by tiny-writer")
    assert [draft.text[start:end] for start, end in draft.own_words] == [MOMENT.rstrip("."), LINK.rstrip(".")]
    assert GOOD.split("\n", maxsplit=1)[0] in draft.html


def test_the_same_facts_give_the_same_mail(tmp_path: Path, server: ModelServer) -> None:
    """What was answered is remembered, so nothing is asked twice and a preview is what is queued."""
    first = write(house(tmp_path, server))
    server.plays = (well(mail(GOOD.replace("glad", "happy"))),)
    again = house_again(tmp_path, server)
    assert write(again).written.draft.text == first.written.draft.text
    assert len(mails_asked(server)) == 1
    assert "happy" in write(again, asking=replace(ASK, author=Author.MODEL_AGAIN)).written.draft.text
    assert "happy" in write(again).written.draft.text


def house_again(folder: Path, server: ModelServer) -> Workspace:
    """The same house in a later command."""
    template = make_demo_workspace(folder / "aside", Clock(NEXT_MORNING))
    workspace = Workspace(replace(template.loaded, home=folder), Clock(NEXT_MORNING))
    workspace.__dict__["writing_model"] = Endpoint(server.url, "tiny-writer", lambda: SECRET, 5)
    return workspace


def test_other_facts_give_another_mail(tmp_path: Path, server: ModelServer) -> None:
    """A note that changed is a new question; one about somebody else is not."""
    workspace = house(tmp_path, server)
    write(workspace)
    change(workspace, "reads the first design of every newcomer herself", "reads every design")
    write(workspace)
    assert len(mails_asked(server)) == 1
    change(workspace, "quiet hrs", "quiet hrs at night")
    write(workspace)
    assert len(mails_asked(server)) == 2


def test_what_nobody_has_read_is_not_queued(tmp_path: Path, server: ModelServer) -> None:
    """A mail of the model's is queued when the user has seen it, or sees it now and says yes; bytes as they saw."""
    workspace = house(tmp_path, server)
    with pytest.raises(RefusedError, match="nobody has read that"):
        enqueue(workspace, TO_TOM, asking=ASK)
    assert not list(workspace.store.entries())
    shown = write(workspace)
    note_shown(workspace, [shown])
    (entry,) = enqueue(workspace, TO_TOM, asking=ASK).entries
    assert entry.message.text == shown.written.draft.text
    assert len(mails_asked(server)) == 1


def test_a_yes_at_the_terminal_queues_it(tmp_path: Path, server: ModelServer) -> None:
    """Whoever reads it when it is to be queued needs no preview; whoever says no has queued nothing."""
    workspace, seen = house(tmp_path, server), list[str]()

    def read(unread: Any, answer: bool) -> bool:
        seen.extend(one.written.draft.text for one in unread)
        return answer

    with pytest.raises(RefusedError):
        enqueue(workspace, TO_TOM, asking=replace(ASK, approve=lambda unread: read(unread, False)))
    (entry,) = enqueue(workspace, TO_TOM, asking=replace(ASK, approve=lambda unread: read(unread, True))).entries
    assert seen == [entry.message.text] * 2


INVENTED = GOOD.replace("your loudest ones with you", "the 40 loudest ones with you and Sandra Bloom")


def test_an_invented_fact_goes_back_once(tmp_path: Path, server: ModelServer) -> None:
    """The model gets its own mail with what was found, and a second one without the fault is used."""
    server.plays = (well(mail(INVENTED)), well(mail()))
    draft = write(house(tmp_path, server)).written.draft
    assert draft.model
    assert "Sandra" not in draft.text
    first, second = (asked.json["messages"] for asked in mails_asked(server))
    assert second[:2] == first
    assert json.loads(second[2]["content"])["body"] == INVENTED
    assert "Sandra" in second[3]["content"]


def test_invented_twice_is_ours_with_the_reason(tmp_path: Path, server: ModelServer) -> None:
    """Our own wording is used and says why, the next command remembers that, and no third question is asked."""
    server.plays = (well(mail(INVENTED)),)
    workspace = house(tmp_path, server)
    written = write(workspace).written
    assert not written.draft.model
    assert written.draft.wording.startswith("thank_you/")
    assert written.model_use is not None
    assert "did not pass" in written.model_use.why_not
    assert write(workspace).written.draft.text == written.draft.text
    assert len(mails_asked(server)) == 2


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("Gracias por recibirme el martes y por hablarme de las guardias con tanta franqueza, de verdad.", "Gracias"),
        (f"{GOOD}\n\nAttached you will find my references.", "The rota"),
        (f"{GOOD}\n\nI'll call you on Friday at 9.", "The rota"),
        (f"{GOOD}\n\nSee [my page](https://evil.example/x).", "The rota"),
        (f"{GOOD}\n\n<b>Hire me</b>", "The rota"),
        (f'{GOOD}\n\nYou said, "we never hire anybody like that".', "The rota"),
        (f"As an AI language model, I wrote this: {GOOD}", "The rota"),
        (f"{GOOD}\n\nPlease thank [colleague 7] for me.", "The rota"),
        ("I hope this email finds you well. Thank you for taking the time to meet with me on Wednesday.", "Thank you"),
        (f"{GOOD}\n\n{GOOD}\n\n{GOOD * 6}", "The rota"),
    ],
)
def test_what_no_mail_may_have_is_never_used(tmp_path: Path, server: ModelServer, body: str, subject: str) -> None:
    """Another language, files and promises nobody made, links, markup, quotations, stand-ins, stock phrases."""
    server.plays = (well(mail(body, subject)),)
    assert not write(house(tmp_path, server)).written.draft.model


def test_a_header_in_the_subject_stays_words(tmp_path: Path, server: ModelServer) -> None:
    """A line break in a subject makes no header of its own, in the mail or out of it."""
    server.plays = (well(mail(subject="The rota\r\nBcc: eve@evil.example\r\n\r\nHello")),)
    prepared = write(house(tmp_path, server))
    head = prepared.message.content.partition(b"\r\n\r\n")[0]
    assert b"\nBcc" not in head
    assert b"\n\n" not in head.replace(b"\r", b"")


@pytest.mark.parametrize("play", [fails(500), well("not a mail"), well('{"subject": "x"'), fails(401), late])
def test_a_model_that_is_away_costs_nothing(tmp_path: Path, server: ModelServer, play: Play) -> None:
    """Our own wording is used, with a sentence that says why; once it answers, it is asked again."""
    server.plays = (play,)
    workspace = house(tmp_path, server, timeout=0.4)
    written = write(workspace).written
    assert written.draft.wording.startswith("thank_you/")
    assert written.model_use is not None
    assert written.model_use.why_not
    assert SECRET not in written.model_use.why_not
    server.plays = (well(mail()),)
    assert write(workspace).written.draft.model


def test_the_wire_has_no_name_no_address_and_nobody_else(tmp_path: Path, server: ModelServer) -> None:
    """All that leaves for the mail to Tom is about Tom, without his name; the key is a header and nothing else."""
    workspace = house(tmp_path, server)
    change(workspace, '"on-call rota, quiet hrs"', '"on-call rota, quiet hrs", "he is ill - keep private", "ask Priya"')
    write(workspace)
    wire = mails_asked(server)[0].wire.decode()
    for word in ("Tom", "Okafor", "Priya", "Raman", "Elena", "Petrova", "Jordan", "keep private", ".example", "555"):
        assert word not in wire, word
    assert wire.count(SECRET) == 1
    assert f"authorization: Bearer {SECRET}".lower() in wire.lower()
    assert "first design of every newcomer" not in wire


def test_the_prompt_that_is_shown_is_the_one_that_leaves(tmp_path: Path, server: ModelServer) -> None:
    """What `preview --prompt` shows is what is asked, word for word, and showing it asks nothing."""
    workspace, shown = house(tmp_path, server), dict[str, Any]()
    prepare(workspace, TO_TOM, asking=Asking(Author.NOBODY, show_prompt=shown.__setitem__))
    assert not server.asked
    write(workspace)
    assert list(shown["Tom Okafor"]) == mails_asked(server)[0].json["messages"]


def test_a_panel_is_written_one_after_the_other(tmp_path: Path, server: ModelServer) -> None:
    """The second mail is asked for with the first beside it; changing the first does not change the second."""
    server.plays = (well(mail()), well(mail(TO_ELENA, "The first ninety days")))
    workspace = house(tmp_path, server)
    both = Request(SLUG, Kind.THANK_YOU, ("tom", "elena"))
    mails = prepare(workspace, both, asking=ASK).prepared
    assert "already_written_to_colleagues" not in asked_for(mails_asked(server)[0])
    assert "on-call rota" in asked_for(mails_asked(server)[1])["already_written_to_colleagues"][0]
    server.plays = (well(mail(GOOD.replace("glad", "happy"))),)
    write(workspace, asking=replace(ASK, author=Author.MODEL_AGAIN))
    assert prepare(workspace, both, asking=ASK).prepared[1].written.draft.text == mails[1].written.draft.text
    assert len(mails_asked(server)) == 3


def test_an_address_that_nobody_agreed_to_gets_nothing(tmp_path: Path, server: ModelServer) -> None:
    """Without a yes nothing is asked, a yes is asked for once, and another address is another question."""
    workspace, questions = house(tmp_path, server), list[str]()

    def agree(endpoint: Endpoint) -> bool:
        questions.append(endpoint.url)
        return len(questions) > 1

    asking = replace(ASK, agree=agree)
    written = write(workspace, asking=asking).written
    assert not server.asked
    assert written.model_use is not None
    assert "agreed" in written.model_use.why_not
    assert write(workspace, asking=asking).written.draft.model
    write(workspace, replace(TO_TOM, to=("elena",)), asking)
    assert len(questions) == 2


def test_looking_asks_nothing(tmp_path: Path, server: ModelServer) -> None:
    """A check of all mails, which only wants what is there, never asks; it sees what was written before."""
    workspace = house(tmp_path, server)
    assert not write(workspace, asking=Asking()).written.draft.model
    assert not server.asked
    write(workspace)
    assert write(workspace, asking=Asking()).written.draft.model


def test_ours_and_a_named_wording_ask_nothing(tmp_path: Path, server: ModelServer) -> None:
    """`--ours` and `--wording` are for whoever does not want the model this time."""
    workspace = house(tmp_path, server)
    assert not write(workspace, asking=Asking(Author.OURS)).written.draft.model
    named = write(workspace, replace(TO_TOM, wording="short_note")).written
    assert (named.draft.wording, named.model_use) == ("thank_you/short_note", None)
    assert not server.asked


def test_a_mail_that_our_wordings_cannot_write(tmp_path: Path, server: ModelServer) -> None:
    """A second note from a bare note takes a person or a model; without its answer the error is what it was."""
    workspace = house(tmp_path, server)
    facts = workspace.facts.path(SLUG).read_text("utf-8")
    before, _, rest = facts.partition("[unsaid]")
    bare = before.replace("wrote our on-call handbook, team of 12 works by it", "the on-call handbook")
    workspace.facts.path(SLUG).write_text(f"{bare}[said]{rest.partition('[said]')[2]}", "utf-8")
    second = Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",), at="2026-11-30 09:00")
    server.plays = (fails(500),)
    with pytest.raises(TemplateError, match="is no sentence yet"):
        write(workspace, second)
    server.plays = (well(mail("New people dread the first night on call. I could send you our on-call handbook.")),)
    assert write(workspace, second).written.draft.model


def test_forgetting_takes_what_was_written(tmp_path: Path, server: ModelServer) -> None:
    """What a model wrote goes with the facts that it was written from."""
    workspace = house(tmp_path, server)
    write(workspace)
    assert list((tmp_path / "written").glob("*.json"))
    forget_application(workspace, SLUG)
    assert not list((tmp_path / "written").glob("*.json"))


def test_two_people_with_the_same_notes_are_two_mails(tmp_path: Path, server: ModelServer) -> None:
    """A mail that was read for one person is not read for another, however alike what is known of them."""
    workspace = house(tmp_path, server)
    change(workspace, "the first ninety days in the team", "on-call rota, quiet hrs")
    note_shown(workspace, [write(workspace)])
    with pytest.raises(RefusedError, match="nobody has read"):
        enqueue(workspace, replace(TO_TOM, to=("elena",)), asking=ASK)


def test_another_name_behind_a_stand_in_is_another_mail(tmp_path: Path, server: ModelServer) -> None:
    """A mail that names a colleague is not taken for read when the name would be another by now."""
    server.plays = (well(mail(f"{GOOD}\n\nPlease thank [colleague 2] for me.")),)
    workspace = house(tmp_path, server)
    shown = write(workspace)
    assert "Please thank Elena for me." in shown.written.draft.text
    note_shown(workspace, [shown])
    change(workspace, 'name = "Elena Petrova"', 'name = "Zed Zeller"')
    with pytest.raises(RefusedError, match="nobody has read"):
        enqueue(workspace, TO_TOM, asking=ASK)


def test_only_the_mail_that_was_shown_counts_as_read(tmp_path: Path, server: ModelServer) -> None:
    """A mail that another command had written meanwhile stays unread, and so does one that was changed in its file."""
    workspace = house(tmp_path, server)
    shown = write(workspace)
    server.plays = (well(mail(GOOD.replace("glad", "happy"))),)
    write(workspace, asking=replace(ASK, author=Author.MODEL_AGAIN))
    note_shown(workspace, [shown])
    with pytest.raises(RefusedError, match="nobody has read"):
        enqueue(workspace, TO_TOM, asking=ASK)
    note_shown(workspace, [write(workspace)])
    (path,) = (tmp_path / "written").glob("*.json")
    path.write_text(path.read_text("utf-8").replace("happy", "sorry"), "utf-8")
    with pytest.raises(RefusedError, match="nobody has read"):
        enqueue(workspace, TO_TOM, asking=ASK)


def test_ours_does_not_slip_in_for_a_mail_that_was_read(tmp_path: Path, server: ModelServer) -> None:
    """Whoever read the model's mail is told when ours would be queued, since the facts changed and it is away."""
    workspace = house(tmp_path, server)
    note_shown(workspace, [write(workspace)])
    change(workspace, "quiet hrs", "quiet hrs at night")
    server.plays = (fails(500),)
    with pytest.raises(RefusedError, match="this would be another"):
        enqueue(workspace, TO_TOM, asking=ASK)
    assert enqueue(workspace, TO_TOM, asking=Asking(Author.OURS)).entries


def test_ours_for_want_of_the_model_is_said(tmp_path: Path, server: ModelServer) -> None:
    """A mail that nobody saw from the model is queued in our wording, and says so."""
    server.plays = (fails(500),)
    queued = enqueue(house(tmp_path, server), TO_TOM, asking=ASK)
    assert len(queued.entries) == 1
    assert "our own wording" in queued.not_by_model[0]


def test_what_was_noted_of_a_call_stays_here(tmp_path: Path, server: ModelServer) -> None:
    """A logged call is a note for oneself: it goes into no request, neither for the same person nor for a colleague."""
    workspace = house(tmp_path, server)
    said = "She is expecting, between us. I bid 95k."
    log_touch(workspace, Done(SLUG, "call", "priya", "thank_you", said=said))
    write(workspace, replace(TO_TOM, to=("elena",)))
    assert "95k" not in server.asked[0].wire.decode()
    assert "expecting" not in server.asked[0].wire.decode()


def test_another_application_is_not_given_away(tmp_path: Path, server: ModelServer) -> None:
    """What goes back to the model says of a firm only that no fact has it, not that the user applies there too."""
    workspace = house(tmp_path, server)
    other = workspace.facts.path(SLUG).read_text("utf-8").replace("Lumen Freight", "Secretive Holdings")
    workspace.facts.create("secretive", other)
    server.plays = (well(mail(f"{GOOD}\n\nSecretive Holdings would like me too.")), well(mail()))
    write(workspace)
    back = mails_asked(server)[1].json["messages"][3]["content"]
    assert "another company" not in back


@pytest.mark.parametrize("content", ["```json\n" + "\n" * 20_000, "{" * 200_000, "```" * 50_000])
def test_a_hostile_answer_takes_no_time(content: str) -> None:
    """An answer made to keep a pattern busy is refused at once."""
    with pytest.raises(WritingModelError):
        read_object(content)


def test_a_damaged_memory_is_no_memory(tmp_path: Path, server: ModelServer) -> None:
    """A file of other types, or of no text at all, is as if nothing had been written."""
    workspace = house(tmp_path, server)
    write(workspace)
    (path,) = (tmp_path / "written").glob("*.json")
    kept = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({key: {**row, "subject": 5, "body": ["a"]} for key, row in kept.items()}), "utf-8")
    (tmp_path / "written" / ".agreed").write_bytes(b"\xff\xfe")
    assert write(workspace).written.draft.model

"""Notes from a transcript by the user's own model: a real server answers, well and badly, and a person decides."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_server import ModelServer, well
from test_propose_from_transcript import TALK

from followup_mail.errors import NotFoundError, WritingModelError
from followup_mail.incoming.transcript_passage import find_passage, words_of_speech
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import MOST_CHANGES, ProposedChange, ProposedFacts
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.proposals.transcript_notes import (
    NotesProposed,
    open_transcript,
    propose_notes,
    what_is_asked,
)
from followup_mail.services.typed.kept_text import keep_text, kept_lines
from followup_mail.services.writing.model_privacy import may_tell_transcript
from followup_mail.workspace import Workspace
from followup_mail.writing_model.answer_form import NOTES, WHAT
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.json_answer import ask_for_object
from followup_mail.writing_model.note_gate import find_strange


def note(sentences: Sequence[int], about: str, text: str, what: str = "discussed") -> dict[str, Any]:
    return {"sentences": [*sentences], "about": about, "what": what, "note": text}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))
    keep_text(workspace, SLUG, TALK)
    return workspace


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as running:
        yield running


def ask(workspace: Workspace, server: ModelServer, *answers: object) -> NotesProposed:
    """Have notes made by a model that answers this."""
    server.plays = tuple(well(one if isinstance(one, str) else json.dumps({"notes": one})) for one in answers)
    endpoint = Endpoint(server.url, "tiny-writer", str, 5)
    return propose_notes(
        workspace, open_transcript(workspace, SLUG), lambda given: ask_for_object(endpoint, "guide", NOTES, given), "me"
    )


def changes(done: NotesProposed) -> tuple[ProposedChange, ...]:
    if done.proposed is None:
        return ()
    assert isinstance(done.proposed.proposal.what, ProposedFacts)
    return done.proposed.proposal.what.changes


def values(done: NotesProposed) -> list[tuple[str, str]]:
    return [(change.option, change.value) for change in changes(done)]


LATE = "they lose two days a week to late manifests"


def test_notes_wait_as_one_proposal_with_their_sentences(workspace: Workspace, server: ModelServer) -> None:
    """What the model notes is one proposal: each note with its sentence, and no fact is changed."""
    before = workspace.facts.text(SLUG)
    done = ask(
        workspace,
        server,
        [
            note([2], "[reader]", LATE),
            note([7], "[candidate]", "moved the nightly batch to streaming", "fit"),
            note([8], "[candidate]", "the write-up", "promised"),
        ],
    )
    assert values(done) == [
        ("discussed", f"Dr. Priya Raman: {LATE}"),
        ("fit", "moved the nightly batch to streaming"),
        ("promised", "the write-up"),
    ]
    assert changes(done)[0].sentence.startswith("We lose two days a week because")
    assert workspace.facts.text(SLUG) == before
    assert len(KeptProposals(workspace.home).waiting()) == 1


@pytest.mark.parametrize(
    "bad",
    [
        note([2], "[reader]", "they lose 40 days a week"),
        note([2], "[reader]", "Siemens loses two days a week"),
        note([4], "[colleague 1]", "they muted an alert in March"),
        note([6], "[colleague 2]", "pregnant"),
        note([10], "[reader]", "send the thank-you"),
        note([2], "[colleague 7]", LATE),
        note([2], "Priya", LATE),
        note([2], "[candidate]", LATE),
        note([2], "[reader]", LATE, "fit"),
        note([2], "[reader]", LATE, "notes"),
        note([2, 7], "[reader]", LATE),
        note([3, 4], "[reader]", "black Monday alert"),
        note([99], "[reader]", LATE),
        note([0], "[reader]", LATE),
        note([], "[reader]", LATE),
        note([2], "[reader]", "x" * 5_000),
        {"sentences": ["2"], "about": "[reader]", "what": "discussed", "note": LATE},
        {"sentences": [True], "about": "[reader]", "what": "discussed", "note": LATE},
        {"sentence": 2, "note": LATE},
        "they lose two days",
        None,
    ],
)
def test_what_does_not_keep_to_its_sentence_is_left_out(
    workspace: Workspace, server: ModelServer, bad: dict[str, Any]
) -> None:
    """A figure, name or sense that nobody said, a private or ordering sentence, somebody unknown: no note of it."""
    done = ask(workspace, server, [bad, note([5], "[colleague 1]", "the rota is quiet on purpose")])
    assert values(done) == [("discussed", "Tom Okafor: the rota is quiet on purpose")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a marvellous culture of silence", '"Our rota is quiet on purpose."'),
        ("we keep the rota quiet", '"Our rota is quiet on purpose."'),
    ],
)
def test_words_of_its_own_give_way_to_the_sentence(
    workspace: Workspace, server: ModelServer, text: str, kept: str
) -> None:
    """Where a note has words that its sentence has not, or speaks as "we", the sentence itself is the note."""
    assert values(ask(workspace, server, [note([5], "[colleague 1]", text)])) == [("discussed", f"Tom Okafor: {kept}")]


@pytest.mark.parametrize("answer", ["", "no JSON", '{"notes": 5}', '{"notes": {}}', "[]", '{"notes": [[[[]]]]}'])
def test_no_answer_is_no_proposal(workspace: Workspace, server: ModelServer, answer: str) -> None:
    """An answer in another form leaves nothing behind, whether it is an error or an empty list."""
    with contextlib.suppress(WritingModelError):
        assert ask(workspace, server, answer).proposed is None
    assert KeptProposals(workspace.home).all() == ()


def test_what_leaves_has_no_name_and_nothing_private(workspace: Workspace, server: ModelServer) -> None:
    """No known name, no confidence and no order to a machine is on the wire; somebody unknown has no label."""
    keep_text(workspace, SLUG, "Sandra Bloom: Call Tom on +1 312 555 0188 or tom@lumen.example.")
    ask(workspace, server, [])
    wire = "".join(asked.wire.decode() for asked in server.asked)
    for word in ("Priya", "Raman", "Tom", "Okafor", "Jordan", "Sandra", "pregnant", "ignore all", "555", "lumen.ex"):
        assert word not in wire, word
    assert "somebody else" in wire
    assert "lose two days a week" in wire


def test_a_long_transcript_is_read_in_pieces(workspace: Workspace, server: ModelServer) -> None:
    """Each sentence is asked about once, in pieces, and a note may only name sentences of its piece."""
    more = "\n".join(
        f"Tom Okafor: We keep machine {n} quiet at night, and nobody minds that at all." for n in range(700)
    )
    keep_text(workspace, SLUG, more)
    transcript = open_transcript(workspace, SLUG)
    asked = [number for piece in transcript.pieces for number, _ in piece]
    assert asked == sorted(set(asked))
    assert len(asked) + transcript.kept_back + transcript.unread == len(transcript.lines)
    assert all(len(json.dumps(what_is_asked(transcript, piece))) < 25_000 for piece in transcript.pieces)
    done = ask(workspace, server, [note([2], "[reader]", LATE)])
    assert len(server.asked) == len(transcript.pieces) > 3
    assert [value for _, value in values(done)] == [f"Dr. Priya Raman: {LATE}"]
    assert done.dropped == len(transcript.pieces) - 1


def test_too_many_notes_are_no_more_than_a_person_reads(workspace: Workspace, server: ModelServer) -> None:
    """However many notes a model makes, there are at most sixty, and no more for one person than facts take."""
    keep_text(workspace, SLUG, "\n".join(f"Tom: We keep machine {n} quiet at night." for n in range(30)))
    lines = kept_lines(workspace, SLUG)
    many = [note([at], "[colleague 1]", line.text) for at, line in enumerate(lines, 1) if "machine" in line.text]
    done = ask(workspace, server, many * 4)
    assert 0 < len(changes(done)) <= MOST_CHANGES
    assert sum(change.value.startswith("Tom Okafor") for change in changes(done)) <= 20


def test_what_the_facts_say_is_not_proposed_again(workspace: Workspace, server: ModelServer) -> None:
    """A note that is written down already, or that comes twice, is proposed once or not at all."""
    keep_text(workspace, SLUG, "Tom: On-call rota, quiet hrs.")
    number = len(kept_lines(workspace, SLUG))
    known = note([number], "[colleague 1]", "on-call rota, quiet hrs")
    assert ask(workspace, server, [known, known]).proposed is None
    assert len(changes(ask(workspace, server, [note([2], "[reader]", LATE)] * 3))) == 1


def test_a_yes_counts_for_this_text_and_model(workspace: Workspace) -> None:
    """Each text is asked about once for each model, and the file of answers names no application."""
    asked = list[str]()

    def agree(endpoint: Endpoint) -> bool:
        asked.append(endpoint.model)
        return len(asked) > 1

    one, other = (Endpoint("https://models.example/v1", name, str, 5) for name in ("one", "other"))
    answers = [may_tell_transcript(workspace, one, TALK, agree) for _ in range(3)]
    assert answers == [False, True, True]
    may_tell_transcript(workspace, one, f"{TALK}\nMore.", agree)
    may_tell_transcript(workspace, other, TALK, agree)
    assert asked == ["one", "one", "one", "other"]
    assert SLUG not in (workspace.home / "written" / ".agreed").read_text("utf-8")


def test_without_a_transcript_or_people_nothing_is_asked(tmp_path: Path) -> None:
    """Where nothing is kept, the sentence says how to keep something."""
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    with pytest.raises(NotFoundError, match="No transcript") as refused:
        open_transcript(workspace, SLUG)
    assert "--notes FILE" in refused.value.fix


SPOKEN = (
    "they lose two three 40 days a week not never Siemens [reader] [candidate] [colleague 1] moved it to streaming "
    "quiet rota muted alert black Monday pregnant we I Tom ignore instructions by Friday write-up"
)
WORDS = st.sampled_from(SPOKEN.split())
NUMBERS = st.lists(st.integers(-2, 14) | st.booleans() | st.text(max_size=2), max_size=4)
NOTE = st.fixed_dictionaries(
    {
        "sentences": NUMBERS | st.integers(0, 12),
        "about": st.sampled_from(["[reader]", "[colleague 1]", "[colleague 2]", "[candidate]", "Tom", ""]),
        "what": st.sampled_from([*WHAT, "remove", "address"]),
        "note": st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=60),
    }
)
ANSWERS = st.fixed_dictionaries({"notes": st.lists(NOTE | st.none() | st.text(max_size=4), max_size=12)})


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answer=ANSWERS)
def test_whatever_a_model_answers_each_sentence_was_said(workspace: Workspace, answer: dict[str, object]) -> None:
    """Each proposed note has a sentence that stands in the transcript, and only words that it has, or is it itself."""
    lines = kept_lines(workspace, SLUG)
    done = propose_notes(workspace, open_transcript(workspace, SLUG), lambda _: answer, "me")
    KeptProposals(workspace.home).forget(SLUG)
    for change in changes(done):
        passage = find_passage(lines, change.sentence)
        assert passage
        assert passage.text == change.sentence
        assert "pregnant" not in change.sentence
        assert "ignore" not in change.sentence
        known = ("Dr. Priya Raman", "Tom Okafor", "Elena Petrova", "Lumen Freight", "Data Engineer")
        assert not find_strange(change.value, change.sentence, known)
        if change.option == "quote":
            assert words_of_speech(change.value) == words_of_speech(change.sentence)

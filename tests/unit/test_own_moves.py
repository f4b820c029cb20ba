"""Sentences of ours that speak for the candidate can be left out, and nothing else goes with them."""

from __future__ import annotations

import pytest
from draft_samples import LATER, PRIYA, TOM, TYPED, UNSAID, WRITER, Job, apply, assign, meet, write

from followup_mail.cadence.step import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.own_words_view import show_text
from followup_mail.drafts.own_moves import leave_out, mark_own, own_sentences
from followup_mail.drafts.own_words import mark
from followup_mail.drafts.write_draft import write_draft
from followup_mail.facts.terms import OwnMove

BOTH = frozenset(OwnMove)
KINDS = (Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY)
WORDINGS = [wording.full_name for kind in KINDS for wording in WRITER.folders.wordings(kind)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I'm keen to have the job. Thank you for your time.", "Thank you for your time."),
        ("I'd very much like the job, and if you have questions, I'm happy to answer them.", ""),
        ("I'm very interested in the post, and I'm grateful for our talk.", "I'm grateful for our talk."),
        ("You asked for two sites. I'd like to see them.", "You asked for two sites. I'd like to see them."),
    ],
)
def test_a_move_is_left_out_and_the_rest_stays(before: str, after: str) -> None:
    """A sentence goes whole; of two clauses the other one stays as a sentence."""
    assert leave_out(before, BOTH) == after


def test_only_the_move_that_was_named_is_left_out() -> None:
    """Without interest, the offer to answer questions stays, and the other way round."""
    text = "I'd very much like the job, and I'm glad to answer any question you still have."
    assert leave_out(text, {OwnMove.INTEREST}) == "I'm glad to answer any question you still have."
    assert leave_out(text, {OwnMove.ANSWERS}) == "I'd very much like the job."


def test_words_of_the_user_stay() -> None:
    """What the user typed is theirs to say, whatever it says."""
    text = f"Thank you. {mark('I would very much like the job.')}"
    assert leave_out(text, BOTH) == text
    assert not list(own_sentences(text))


def test_a_move_right_behind_words_of_the_user_is_left_out() -> None:
    """Our sentence is told from theirs before it, and of its clauses only the one that was named goes."""
    own = mark("I have been on call for five years.")
    text = f"{own} I'd love to do this work, and if you have any questions, I'm happy to answer them."
    assert leave_out(text, {OwnMove.ANSWERS}) == f"{own} I'd love to do this work."


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("person", [TYPED, PRIYA], ids=["typed", "noted"])
def test_no_wording_says_what_is_left_out(wording: str, person: dict[str, object]) -> None:
    """Each wording without its moves has none left, keeps all words of the user, and still says something."""
    kind, _, name = wording.partition("/")
    told = {"interviews": meet(person, TOM), "unsaid": UNSAID}
    job = Job(kind=Kind(kind), wording=name, at=LATER)
    full, bare = write(apply(**told), job), write_draft(WRITER, assign(apply(**told, leave_out=[*BOTH]), job))
    assert not list(own_sentences(mark_own(bare.text, bare.own_words)))
    assert [full.text[a:b] for a, b in full.own_words] == [bare.text[a:b] for a, b in bare.own_words]
    assert len(bare.text.split()) > 20
    if not list(own_sentences(mark_own(full.text, full.own_words))):
        assert bare.text == full.text


@pytest.mark.parametrize(("has_colour", "how"), [(True, "Underlined"), (False, "Lines with │")])
def test_the_marks_of_a_preview_are_explained(
    has_colour: bool, how: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal the lines below a mail say whose words are marked, what ours say for the user, and the way out."""
    monkeypatch.setattr(screen, "is_read", lambda: True)
    monkeypatch.setattr(screen, "has_colour", lambda: has_colour)
    jobs = (Job(kind=Kind(kind), wording=name, at=LATER) for kind, _, name in (one.partition("/") for one in WORDINGS))
    drafts = (write(apply(interviews=meet(PRIYA, TOM), unsaid=UNSAID), job) for job in jobs)
    draft = next(one for one in drafts if one.own_words and list(own_sentences(mark_own(one.text, one.own_words))))
    show_text(draft)
    legend = " ".join(capsys.readouterr().out.split())
    assert f"{how}: your words, or what we made of your notes. Everything else is our wording." in legend
    assert 'Our wording says for you (interest): "' in legend or 'Our wording says for you (answers): "' in legend
    assert f'followup-mail edit {draft.step.application}, there leave_out = ["' in legend

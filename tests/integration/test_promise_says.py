"""Tests for the sentence by which a mail keeps a promise: typed, proposed, told, and passed by the checks."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.errors import OptionsError, RefusedError
from followup_mail.proposals.proposal import ProposedChange, ProposedFacts, ProposedMail
from followup_mail.services.assistants.tell_application import tell_application
from followup_mail.services.assistants.tell_mail import tell_check
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.changing.change_application import plan_change
from followup_mail.services.changing.change_by_fields import plan_fields
from followup_mail.services.changing.fact_fields import read_fields
from followup_mail.services.changing.facts_draft import FactsDraft
from followup_mail.services.context.kept_promises import find_standings
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.proposals.proposable import tell_options
from followup_mail.services.proposals.propose import propose_facts, propose_mail
from followup_mail.services.sending.send_now import deliver_queued, queue_to_send
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace

SAID = "I will send you the access card tonight."
TO_TOM = StepId(SLUG, Kind.THANK_YOU, 1, "tom-okafor")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))
    change(workspace, promised=["access card"], promised_to=["access card: tom"])
    return workspace


def change(workspace: Workspace, **given: object) -> None:
    planned = plan_change(workspace, SLUG, given, lambda _: None)
    workspace.facts.path(SLUG).write_text(planned.changed, "utf-8")


def checked(workspace: Workspace, sentence: str) -> dict[str, dict[str, object]]:
    body = f"Thank you for the talk about the late manifests.\n\n{sentence}"
    told = tell_check(workspace, ProposedMail(TO_TOM, "The late manifests", body), "Helper")
    return {str(one["rule"])[:5]: one for one in told.quoted["findings"] if one["severity"] == "error"}


def test_sentence_is_set_and_taken_out(workspace: Workspace) -> None:
    """The command `change` gives a promise its sentence, and takes it out again."""
    change(workspace, promise_says=[f"access card: {SAID}"])
    assert f'says = "{SAID}"' in workspace.facts.text(SLUG)
    change(workspace, remove=["promise-says: access card"])
    assert SAID not in workspace.facts.text(SLUG)
    with pytest.raises(OptionsError, match="PROMISE: SENTENCE"):
        change(workspace, promise_says=["access card"])


def test_sentence_is_a_field_of_the_form(workspace: Workspace) -> None:
    """The page's form shows the sentence and changes it."""
    text = workspace.facts.text(SLUG)
    field = "promise/access-card/promise_says"
    assert read_fields(text)[field] == ""
    planned = plan_fields(workspace, SLUG, text, {field: SAID})
    assert not planned.problems
    assert planned.change is not None
    assert SAID in planned.change.changed
    assert plan_fields(workspace, SLUG, planned.change.changed, {field: ""}).change is not None


def test_a_promise_may_have_a_colon_in_it(workspace: Workspace) -> None:
    """What belongs to it is told from its own name, in the form and as an option, also beside a shorter promise."""
    change(workspace, promised=["case study", "case study: part two"])
    text = workspace.facts.text(SLUG)
    fields = {
        f"promise/case-study-part-two/{key}": value
        for key, value in {"promise_says": SAID, "promised_to": "tom"}.items()
    }
    planned = plan_fields(workspace, SLUG, text, fields)
    assert not planned.problems
    assert planned.change is not None
    assert f'says = "{SAID}"' in planned.change.changed
    change(workspace, promise_says=[f"Case study: part two: {SAID}", "case study: It is attached."])
    promised = {one["what"]: one.get("says") for one in FactsDraft(workspace.facts.text(SLUG)).tables("promised")}
    assert promised["case study: part two"] == SAID
    assert promised["case study"] == "It is attached."


def test_assistant_can_keep_a_promise_by_a_sentence(workspace: Workspace) -> None:
    """An assistant is told what is missing, proposes the sentence, and then its mail passes with it, contracted too."""
    assert "promise-says" in tell_options(is_new=False)
    assert "promise-says" in str(tell_application(workspace, SLUG).quoted["promised"])
    found = checked(workspace, "I hope to hear from you.")
    assert "promise-says" in str(found["FM605"]["fix"])
    with pytest.raises(RefusedError, match="promise-says"):
        propose_mail(workspace, ProposedMail(TO_TOM, "Late manifests", "Thank you for the talk."), "Helper", "")

    facts = ProposedFacts((ProposedChange("promise-says", f"access card: {SAID}"),))
    assert any(SAID in line for line in propose_facts(workspace, SLUG, facts, "Helper", "").differences)
    change(workspace, promise_says=[f"access card: {SAID}"])
    for written in (SAID, SAID.replace("I will", "I'll")):
        assert not checked(workspace, written).keys() & {"FM601", "FM602", "FM605", "FM901"}
    assert "FM901" in checked(workspace, "I will send you the code of the vault tonight.")


def test_offer_passes_letter_for_letter(workspace: Workspace) -> None:
    """A sentence that the user typed as an offer is in the facts, whatever it promises."""
    offer = "I will send you our alarm log of 2019 tonight."
    change(workspace, offer=[f"tom: {offer}"], promise_says=[f"access card: {SAID}"])
    assert "FM901" not in checked(workspace, f"{offer} {SAID}")


def test_a_region_is_given_and_taken_out(workspace: Workspace) -> None:
    """A part of the country is kept as it is named, one that the country has not is refused with those it has."""
    change(workspace, country="GB", region="England")
    assert FactsDraft(workspace.facts.text(SLUG)).document["region"] == "England"
    with pytest.raises(OptionsError, match="Known are"):
        change(workspace, region="Bavaria")
    change(workspace, remove=["region"])
    assert "region" not in FactsDraft(workspace.facts.text(SLUG)).document


def standing(workspace: Workspace) -> str:
    (found,) = find_standings(workspace, workspace.facts.load(SLUG))
    return found.said


def test_a_kept_promise_is_shown_as_kept(workspace: Workspace) -> None:
    """A promise lacks its file only while nothing keeps it: not with a sentence, nor once the user gave it by hand."""
    assert standing(workspace) == "no file yet"
    log_touch(workspace, Done(SLUG, "call", "tom", said="asked me about the access card"))
    assert standing(workspace) == "no file yet"
    change(workspace, promise_says=[f"access card: {SAID}"])
    assert standing(workspace) == f'"{SAID}"'
    log_touch(workspace, Done(SLUG, "linkedin", "tom", said="sent him the access card"))
    assert standing(workspace) == f'"{SAID}", kept on Thu 19 Nov 2026'


def test_a_mail_with_the_file_keeps_its_promise(workspace: Workspace) -> None:
    """Once the mail to which it was attached has left, the promise is kept, and the day is told."""
    (workspace.facts.folder / "access-card.pdf").write_bytes(b"%PDF-1.7")
    change(workspace, ready=["access card: access-card.pdf"])
    workspace = give_account(workspace)
    batch = prepare(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",), at="now", at_once=True))
    queued = queue_to_send(workspace, batch.prepared, Request(SLUG, Kind.THANK_YOU))
    assert standing(workspace) == "access-card.pdf"
    deliver_queued(workspace, queued, lambda _: None, threading.Event())
    assert standing(workspace) == "access-card.pdf, kept on Thu 19 Nov 2026"
    change(workspace, remove=["ready: access card"])
    assert standing(workspace) == "kept on Thu 19 Nov 2026"

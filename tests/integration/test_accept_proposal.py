"""What a person decides about proposals: as they stand now, done once, and taken back whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from changing import replace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId, StepState
from followup_mail.errors import FactsError, RefusedError
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.outbox.entry import State
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import ProposedChange, ProposedFacts, ProposedMail, Standing
from followup_mail.services.applications.forget import forget_application, forget_at_once
from followup_mail.services.applications.merge_applications import apply_merge, plan_merge
from followup_mail.services.applications.rename_application import rename_application
from followup_mail.services.changing.change_application import apply_change, plan_change
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import DAY_AFTER, NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.proposals.accept_proposal import accept_facts, accept_mail, choose_changes, decline_proposal
from followup_mail.services.proposals.caution import CautionKind
from followup_mail.services.proposals.list_proposals import OpenProposal, list_proposals, open_mail, open_proposal
from followup_mail.services.proposals.propose import propose_facts, propose_mail
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.undo.undo_step import look_back, take_step_back
from followup_mail.workspace import Workspace

BODY = (
    "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously.\n\nYou want people "
    "who fix an alert instead of muting it. I'd be glad to look at your loudest ones with you."
)
TO_TOM = ProposedMail(StepId(SLUG, Kind.THANK_YOU, 1, "tom-okafor"), "The on-call rota", BODY)


def changes(*given: tuple[str, str], is_new: bool = False) -> ProposedFacts:
    return ProposedFacts(tuple(ProposedChange(*change) for change in given), is_new)


def suggest(workspace: Workspace, *given: tuple[str, str], is_new: bool = False) -> OpenProposal:
    done = propose_facts(workspace, "" if is_new else SLUG, changes(*given, is_new=is_new), "Helper", "")
    return open_proposal(workspace, done.proposal.number)


def suggest_mail(workspace: Workspace, mail: ProposedMail = TO_TOM) -> OpenProposal:
    return open_proposal(workspace, propose_mail(workspace, mail, "Helper", "").proposal.number)


def next_command(workspace: Workspace, command: str, clock: Clock | None = None) -> Workspace:
    """Return the same home as another command opens it, which can be taken back."""
    return replace(workspace, command=command, clock=clock or workspace.clock)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))


def test_facts_are_written_and_the_proposal_waits_no_more(workspace: Workspace) -> None:
    """Accepting writes exactly what was shown, once; a second decision is refused."""
    shown = suggest(workspace, ("discussed", "tom: the pager"), ("decision-by", "2026-12-04"))
    done = accept_facts(workspace, shown)
    assert "the pager" in workspace.facts.text(SLUG)
    assert done.proposal.standing is Standing.ACCEPTED
    assert list_proposals(workspace) == ()
    with pytest.raises(RefusedError, match="accepted already"):
        accept_facts(workspace, shown)
    with pytest.raises(RefusedError, match="accepted already"):
        decline_proposal(workspace, done.proposal.number)


def test_some_of_the_changes_can_be_accepted(workspace: Workspace) -> None:
    """Of several changes only those that were chosen are written, and kept as what was accepted."""
    shown = suggest(workspace, ("discussed", "tom: the pager"), ("quote", "Never call."), ("fit", "can sing"))
    some = choose_changes(workspace, shown, [3, 1])
    assert some.differences == ("fit: + can sing", "Tom Okafor: discussed: + the pager")
    done = accept_facts(workspace, some)
    assert "Never call." not in workspace.facts.text(SLUG)
    assert done.proposal.what == changes(("discussed", "tom: the pager"), ("fit", "can sing"))
    for wrong in ([], [0], [4]):
        with pytest.raises(RefusedError, match="from 1 to 3"):
            choose_changes(workspace, shown, wrong)


def test_words_mean_what_they_meant_when_they_were_proposed(workspace: Workspace) -> None:
    """ "Friday" is the Friday after the proposal, although a person decides days later."""
    number = suggest(workspace, ("decision-by", "friday")).proposal.number
    later = next_command(workspace, "", Clock(DAY_AFTER))
    assert open_proposal(later, number).differences == ("decision_by: not set -> Fri 20 Nov",)


def test_a_file_that_changed_since_it_was_shown_is_not_overwritten(workspace: Workspace) -> None:
    """What somebody typed while the difference was on the screen stays, and the proposal still waits."""
    shown = suggest(workspace, ("fit", "can sing"))
    apply_change(workspace, plan_change(workspace, SLUG, {"fit": ["can dance"]}, print))
    with pytest.raises(RefusedError, match="changed by something else"):
        accept_facts(workspace, shown)
    assert "can sing" not in workspace.facts.text(SLUG)
    again = open_proposal(workspace, shown.proposal.number)
    assert again.stamp != shown.stamp
    accept_facts(workspace, again)
    assert {"can sing", "can dance"} <= set(workspace.facts.load(SLUG).fit)


def test_what_cannot_be_done_any_more_says_why(workspace: Workspace) -> None:
    """Changes about somebody who is gone, or of an application that is gone, can only be declined."""
    shown = suggest(workspace, ("discussed", "tom: the pager"))
    apply_change(workspace, plan_change(workspace, SLUG, {"remove": ["person: tom"]}, print))
    gone = open_proposal(workspace, shown.proposal.number)
    assert "tom" in gone.why_not
    assert not gone.can_be_accepted
    with pytest.raises(RefusedError, match="tom"):
        accept_facts(workspace, gone)
    workspace.facts.remove(SLUG)
    assert "no application" in open_proposal(workspace, shown.proposal.number).why_not
    assert decline_proposal(workspace, shown.proposal.number).standing is Standing.DECLINED


def test_what_was_smuggled_into_the_file_is_not_carried_out(workspace: Workspace) -> None:
    """Options that may not be proposed are refused also when something wrote them into the file of a proposal."""
    facts = changes(("ready", "case study: /etc/passwd"), ("account", "other"), ("discussed", "tom: \x1b[2J"))
    kept = KeptProposals(workspace.home).offer(SLUG, "Helper", facts, "", workspace.now())
    shown = open_proposal(workspace, kept.number)
    assert "--ready: cannot be proposed" in shown.why_not
    assert "--account: cannot be proposed" in shown.why_not
    mail = replace(TO_TOM, body="Hidden \x1b[2J words.")
    kept = KeptProposals(workspace.home).offer(SLUG, "Helper", mail, "", workspace.now())
    assert open_proposal(workspace, kept.number).why_not


def test_a_new_application_is_added(workspace: Workspace) -> None:
    """Accepting adds it, and a crash before the mark makes the second try only mark."""
    given = (("company", "Northwind"), ("role", "Analyst"), ("person", "Ada Byron <ada@northwind.example>; CTO"))
    shown = suggest(workspace, *given, is_new=True)
    assert shown.planned
    workspace.facts.create("northwind", shown.planned.changed)  # and here it died
    again = open_proposal(workspace, shown.proposal.number)
    assert again.done
    assert accept_facts(workspace, again).proposal.standing is Standing.ACCEPTED
    assert workspace.facts.load("northwind").company == "Northwind"


def test_facts_written_before_a_crash_are_only_marked(workspace: Workspace) -> None:
    """Where the program died between the facts and the mark, accepting again changes no facts and marks."""
    shown = suggest(workspace, ("fit", "can sing"))
    assert shown.planned
    workspace.facts.replace(SLUG, shown.planned.changed, instead_of=shown.planned.text)
    text = workspace.facts.text(SLUG)
    again = open_proposal(workspace, shown.proposal.number)
    assert "say all of that already" in again.done
    assert accept_facts(workspace, again).proposal.standing is Standing.ACCEPTED
    assert workspace.facts.text(SLUG) == text


def test_a_mail_is_queued_with_the_bytes_that_were_shown(workspace: Workspace) -> None:
    """An accepted mail waits in the outbox for its moment, with the bytes that were shown; nothing left."""
    shown = suggest_mail(workspace)
    assert shown.mail
    assert shown.differences
    done = accept_mail(workspace, shown)
    assert done.entry.state is State.QUEUED
    assert done.entry.content_sha256 == shown.mail.prepared.message.sha256
    assert done.entry.timing.due_at >= shown.mail.prepared.written.timing.due_at
    assert done.entry.message.wording == "written by Helper"
    assert done.proposal.queued == done.entry.content_sha256
    assert not (workspace.home / "delivered").exists()
    with pytest.raises(RefusedError, match="accepted already"):
        accept_mail(workspace, shown)
    assert len(workspace.store.entries()) == 1


def test_opening_twice_shows_the_same(workspace: Workspace) -> None:
    """The stamp of a proposal is the same while nothing changes, so that a page knows what it showed."""
    shown = suggest_mail(workspace)
    assert open_proposal(workspace, shown.proposal.number).stamp == shown.stamp


def test_a_mail_queued_before_a_crash_is_only_marked(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program died between the outbox and the mark, accepting again queues nothing and marks."""
    shown = suggest_mail(workspace)
    number = shown.proposal.number
    with monkeypatch.context() as crash:
        crash.setattr(KeptProposals, "decide", _die)
        with pytest.raises(KeyboardInterrupt):
            accept_mail(workspace, shown)
    with pytest.raises(RefusedError, match="in the outbox already: #1"):
        decline_proposal(workspace, number)
    again = open_proposal(workspace, number)
    assert "#1" in again.done
    assert accept_mail(workspace, again).entry.id == 1
    assert len(workspace.store.entries()) == 1
    assert list_proposals(workspace) == ()


def test_a_crash_before_the_outbox_leaves_everything_to_do(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail that was not queued yet when the program died is offered as before, and so is one that was cancelled."""
    shown = suggest_mail(workspace)
    with monkeypatch.context() as crash:
        crash.setattr("followup_mail.services.proposals.accept_proposal.queue_shown", _die)
        with pytest.raises(KeyboardInterrupt):
            accept_mail(workspace, shown)
    again = open_proposal(workspace, shown.proposal.number)
    assert not again.done
    assert again.can_be_accepted
    with monkeypatch.context() as crash:
        crash.setattr(KeptProposals, "decide", _die)
        with pytest.raises(KeyboardInterrupt):
            accept_mail(workspace, again)
    workspace.store.cancel(1, workspace.now())
    assert open_proposal(workspace, shown.proposal.number).can_be_accepted


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_mail_for_a_step_that_is_taken_says_so(workspace: Workspace) -> None:
    """A step that was queued in our own words since gets no second mail."""
    shown = suggest_mail(workspace)
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",)))
    with pytest.raises(RefusedError):
        accept_mail(workspace, shown)
    now = open_proposal(workspace, shown.proposal.number)
    assert "queued already" in now.why_not
    assert len(workspace.store.entries()) == 1
    assert decline_proposal(workspace, shown.proposal.number).standing is Standing.DECLINED


def test_a_mail_with_errors_by_the_facts_of_now_is_not_queued(workspace: Workspace) -> None:
    """What was in the facts when it was proposed and is not any more stops the mail; reworded it goes its way."""
    apply_change(workspace, plan_change(workspace, SLUG, {"discussed": ["tom: 240 alerts a week"]}, print))
    mail = replace(TO_TOM, body=f"{BODY} You spoke of 240 alerts a week.")
    shown = suggest_mail(workspace, mail)
    apply_change(workspace, plan_change(workspace, SLUG, {"remove": ["discussed: 240 alerts"]}, print))
    now = open_proposal(workspace, shown.proposal.number)
    assert now.mail
    assert not now.can_be_accepted
    with pytest.raises(RefusedError):
        accept_mail(workspace, now)
    assert workspace.store.entries() == ()
    reworded = open_mail(workspace, now.proposal, TO_TOM)
    assert accept_mail(workspace, reworded).entry.message.text.count("240") == 0


def test_undo_takes_back_facts_and_decision(workspace: Workspace) -> None:
    """Taking an acceptance back restores the facts, and the proposal waits again."""
    before = workspace.facts.text(SLUG)
    shown = suggest(workspace, ("fit", "can sing"))
    accept_facts(next_command(workspace, "proposals accept 1"), shown)
    take_step_back(workspace, look_back(next_command(workspace, "")))
    assert workspace.facts.text(SLUG) == before
    assert open_proposal(workspace, shown.proposal.number).can_be_accepted


def test_undo_takes_back_entry_and_decision_together(workspace: Workspace) -> None:
    """Taking an acceptance back cancels the mail, and the proposal waits again and can be accepted again."""
    shown = suggest_mail(workspace)
    accept_mail(next_command(workspace, "proposals accept 1"), shown)
    take_step_back(workspace, look_back(workspace))
    assert workspace.store.get(1).state is State.CANCELLED
    again = open_proposal(workspace, shown.proposal.number)
    assert again.can_be_accepted
    assert accept_mail(workspace, again).entry.id == 2


def test_a_proposal_does_not_wait_again_for_a_mail_that_has_left(workspace: Workspace) -> None:
    """What was sent can't be taken back, and then the proposal stays accepted."""
    shown = suggest_mail(workspace)
    done = accept_mail(next_command(workspace, "proposals accept 1"), shown)
    later = next_command(workspace, "", Clock(done.entry.timing.due_at))
    list(deliver_once(later))
    workspace.store.resolve(1, was_sent=True, now=later.now())
    assert not look_back(workspace).has_effect
    assert KeptProposals(workspace.home).get(shown.proposal.number).standing is Standing.ACCEPTED


def test_what_was_decided_is_gone_after_a_month(workspace: Workspace) -> None:
    """What was decided is removed a month later, also where nothing new is proposed; what waits stays."""
    gone, stays = suggest(workspace, ("fit", "can sing")), suggest(workspace, ("fit", "can dance"))
    decline_proposal(workspace, gone.proposal.number)
    later = next_command(workspace, "", Clock(NEXT_MORNING + timedelta(days=31)))
    assert look_at_today(later).proposals == (stays.proposal,)
    assert KeptProposals(workspace.home).all() == (stays.proposal,)


def test_declining_can_be_taken_back(workspace: Workspace) -> None:
    """A proposal that was declined by mistake waits again after undo."""
    shown = suggest(workspace, ("fit", "can sing"))
    decline_proposal(next_command(workspace, "proposals decline 1"), shown.proposal.number)
    take_step_back(workspace, look_back(workspace))
    assert [one.number for one in list_proposals(workspace)] == [shown.proposal.number]


DECEPTIONS = [
    (("address", "priya: priya@evil.example"), CautionKind.ADDRESS, "priya@evil.example instead of priya.raman@lumen"),
    (("person", "Priya Raman <p@evil.example>"), CautionKind.ADDRESS, "p@evil.example"),
    (("contact", "Mallory Black <m@evil.example>"), CautionKind.PERSON, "Mallory Black would be somebody new"),
    (("contact", "Mallory Black <m@evil.example>"), CautionKind.ADDRESS, "m@evil.example"),
    (("name", "tom: Mallory Black"), CautionKind.PERSON, "Tom Okafor would be called Mallory Black"),
    (("remove", "person: tom"), CautionKind.PERSON, "Tom Okafor would be in these facts no more"),
    (("company", "Evil Freight"), CautionKind.COMPANY, "Evil Freight instead of Lumen Freight"),
    (("role", "Data Mover"), CautionKind.COMPANY, "Data Mover instead of Data Engineer"),
    (("decision-by", "2026-12-11"), CautionKind.DATE, "decide would be Fri 11 Dec 2026; now it is not set"),
    (("not-before", "2026-12-11"), CautionKind.DATE, "they want no word would be Fri 11 Dec 2026"),
    (("offer", "priya: I put it on https://evil.example/x for you."), CautionKind.LINK, "https://evil.example/x"),
    (("discussed", "tom: write to me at me@evil.example"), CautionKind.LINK, "me@evil.example"),
]


@pytest.mark.parametrize(("change", "kind", "words"), DECEPTIONS)
def test_what_could_deceive_is_said_first(
    workspace: Workspace, change: tuple[str, str], kind: CautionKind, words: str
) -> None:
    """An address, a link, a new person, another company or date gets a line of its own with what it is now."""
    shown = suggest(workspace, change)
    said = [caution.words for caution in shown.cautions if caution.kind is kind]
    assert said, shown
    assert words in " ".join(said)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("priya@lumenfreight.example", ""),
        ("priya@1umenfreight.example", "Nobody else in these facts has an address at 1umenfreight.example"),
        ("priya@lum\u0435nfreight.example", "Not all letters of"),
    ],
)
def test_an_address_that_only_looks_right_is_told(workspace: Workspace, address: str, said: str) -> None:
    """A domain of nobody else's, and letters of another alphabet, are told beside the change."""
    (caution,) = suggest(workspace, ("address", f"priya: {address}")).cautions
    assert caution.kind is CautionKind.ADDRESS
    assert said in caution.words
    assert bool(said) == ("Nobody" in caution.words or "alphabet" in caution.words)


def test_somebody_taken_out_and_put_in_again_is_no_way_around(workspace: Workspace) -> None:
    """Removing a person and adding them with another address is told as what it is: mails go elsewhere."""
    shown = suggest(workspace, ("contact", "Tom Okafor <tom@evil.example>"), ("remove", "fit: trained"))
    assert any("tom@evil.example instead of tom.okafor@" in caution.words for caution in shown.cautions)


MEI = ("contact", "Mei Lin Zhao <mei@lumen.example>; recruiter")
DESK = ("contact", "Lumen Scheduling <desk@evil.example>; coordinator")
TAKEOVERS = [
    ((("name", "lumen scheduling: Mei Lin Zha\u043e"), ("remove", "person: mei lin zhao")), "desk@evil.example"),
    ((("name", "lumen scheduling: Mei L. Zhao"), ("remove", "person: mei lin zhao")), "desk@evil.example"),
    ((("name", "tom: Mei L. Zhao"), ("remove", "person: mei lin zhao")), "tom.okafor@lumenfreight.example"),
    ((("name", "tom: Elena Petrova"), ("name", "elena petrova: Tom Okafor")), "tom.okafor@lumenfreight.example"),
    ((("address", "mei: desk@evil.example"),), "desk@evil.example"),
]


@pytest.mark.parametrize(("given_changes", "goes"), TAKEOVERS)
def test_taking_over_a_name_is_asked_twice(
    workspace: Workspace, given_changes: tuple[tuple[str, str], ...], goes: str
) -> None:
    """However a name comes to another address, by a new name, a removal or a swap: it is asked by itself."""
    accept_facts(workspace, suggest(workspace, MEI, DESK))
    try:
        shown = suggest(workspace, *given_changes)
    except FactsError:
        return  # refused before anybody is asked
    assert shown.cautions[0].is_asked_twice
    twice = [caution.words for caution in shown.cautions if caution.is_asked_twice]
    assert any(goes in words for words in twice), twice


def test_a_name_that_looks_like_another_is_told(workspace: Workspace) -> None:
    """Letters of another alphabet in a name are told, with whose name it is like and where their mails go now."""
    accept_facts(workspace, suggest(workspace, MEI, DESK))
    shown = suggest(workspace, ("name", "lumen scheduling: Mei Lin Zha\u043e"), ("remove", "person: mei lin zhao"))
    words = next(caution.words for caution in shown.cautions if caution.is_asked_twice)
    assert "the address of Lumen Scheduling" in words
    assert "like that of Mei Lin Zhao, who would be in these facts no more" in words
    assert "mei@lumen.example" in words
    assert "not all letters of that name" in words.casefold()


def test_an_address_that_would_be_gone_is_asked_twice(workspace: Workspace) -> None:
    """The first half of a change of address in two proposals is told as what it is."""
    (caution,) = [one for one in suggest(workspace, ("remove", "address: tom")).cautions if one.is_asked_twice]
    assert "tom.okafor@lumenfreight.example any more" in caution.words


PEOPLE = [
    ("name", "tom: Elena Petrova"), ("name", "tom: Mei L. Zhao"), ("name", "priya: Priya"), ("remove", "person: tom"),
    ("name", "lumen scheduling: Mei Lin Zha\u043e"), ("remove", "person: mei lin zhao"), ("part", "tom: recruiter"),
    ("address", "tom: t@evil.example"), ("address", "mei: desk@evil.example"), ("remove", "address: mei"),
    ("contact", "Ann Lee <ann@evil.example>; recruiter"), ("remove", "person: priya"), ("zone", "Europe/London"),
    ("part", "elena: hiring manager"), ("name", "elena: Tom Okafor"), ("address", "elena: priya.raman@lumen.example"),
]  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(proposed=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
def test_every_address_that_mails_would_newly_go_to_is_asked_twice(
    tmp_path_factory: pytest.TempPathFactory, proposed: list[tuple[str, str]]
) -> None:
    """Whatever is accepted: an open mail goes to the address its person had, or to one that was asked by itself."""
    workspace = make_demo_workspace(tmp_path_factory.mktemp("home") / "home", Clock(NEXT_MORNING))
    apply_change(workspace, plan_change(workspace, SLUG, {"contact": [MEI[1], DESK[1]]}, print))
    had = {(one.name, one.email) for one in workspace.facts.load(SLUG).everyone()}
    try:
        shown = suggest(workspace, *proposed)
    except FactsError:
        return
    accept_facts(workspace, shown)
    twice = " ".join(caution.words for caution in shown.cautions if caution.is_asked_twice)
    for step in open_application(workspace, SLUG).plan.steps:
        to = step.via or step.person
        if step.state in {StepState.DUE, StepState.UPCOMING} and to and to.email and (to.name, to.email) not in had:
            assert to.email in twice


MOVES = [
    ("zone", "Europe/London"), ("country", "GB"), ("channel", "phone"), ("calls", "yes"), ("interval", "3 weeks"),
    ("part", "tom: recruiter"),
]  # fmt: skip


@pytest.mark.parametrize("change", MOVES)
def test_what_moves_mails_is_said(workspace: Workspace, change: tuple[str, str]) -> None:
    """A zone, a country, a way, an interval or a part gets a line of its own: mails may leave at other moments."""
    shown = suggest(workspace, change)
    said = [caution.words for caution in shown.cautions if caution.kind is CautionKind.DATE]
    assert any("Mails may leave at other moments or go to others" in words for words in said), shown


def test_a_part_that_swaps_who_gets_a_mail_is_asked_twice(workspace: Workspace) -> None:
    """Who gets the status inquiry follows from parts: another reader is told with both addresses, and asked."""
    shown = suggest(workspace, ("part", "tom: recruiter"))
    twice = [caution.words for caution in shown.cautions if caution.is_asked_twice]
    assert any("tom.okafor@lumenfreight.example instead of priya.raman@" in words for words in twice), shown.cautions


def test_another_moment_of_a_mail_that_waits_is_said(workspace: Workspace) -> None:
    """A mail in the outbox that another zone moves is named, with the moment it has now."""
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",)))
    shown = suggest(workspace, ("zone", "Pacific/Auckland"))
    said = " ".join(caution.words for caution in shown.cautions)
    assert "The mail #1 to Tom Okafor, which waits, would leave" in said


def test_what_is_harmless_needs_no_caution(workspace: Workspace) -> None:
    """A note, a point that fits or a title is only shown as a difference."""
    assert suggest(workspace, ("discussed", "tom: Node.js, e.g. on call"), ("title", "tom: SRE")).cautions == ()
    assert suggest_mail(workspace).cautions == ()


FOUND = [
    "https://evil.example/a?b=1", "www.evil.example", "evil.example/login", "bit.ly/x", "evil.zip", "evil.tech",
    "ex\u0430mple.com", "\u4f8b\u3048.\u30c6\u30b9\u30c8", "10.20.30.40", "name(at)evil.com",
]  # fmt: skip


@pytest.mark.parametrize("found", FOUND)
def test_a_link_in_a_mail_is_said(workspace: Workspace, found: str) -> None:
    """A link in proposed words gets a line of its own, whether it looks like one or not."""
    mail = replace(TO_TOM, body=f"{BODY} My notes are at {found}.")
    (caution,) = open_mail(workspace, suggest_mail(workspace).proposal, mail).cautions
    assert (caution.kind, found in caution.words) == (CautionKind.LINK, True)


def test_a_link_with_another_full_stop_is_said(workspace: Workspace) -> None:
    """A full stop of another script, and letters that nobody sees, hide no link in facts."""
    for value in ("evil\u3002com", "ev\u200dil.tech", "evil\uff0ezip"):
        (caution,) = suggest(workspace, ("discussed", f"tom: notes are at {value} for you")).cautions
        assert (caution.kind, "evil." in caution.words) == (CautionKind.LINK, True)


def test_an_application_beside_the_true_one_is_told(workspace: Workspace) -> None:
    """A new application with people whose address is another one elsewhere, or with a company's name, is seen."""
    given = (("company", "Lumen Freight Ltd"), ("role", "Analyst"), ("person", "Dr Priya Raman <p@evil.example>"))
    shown = suggest(workspace, *given, is_new=True)
    twice = [one.words for one in shown.cautions if one.is_asked_twice]
    assert any("In lumen-freight" in words and "priya.raman@lumenfreight.example" in words for words in twice), twice
    assert any(one.kind is CautionKind.COMPANY and "lumen-freight" in one.words for one in shown.cautions)
    other = suggest(workspace, ("company", "Kestrel"), ("role", "Analyst"), ("person", "Ada Byron"), is_new=True)
    assert not any("lumen" in one.words for one in other.cautions)


OPTIONS = [
    ("discussed", "tom: the pager"), ("discussed", "priya: streams"), ("remove", "person: tom"), ("fit", "can sing"),
    ("remove", "fit: trained"), ("address", "tom: t@lumen.example"), ("name", "priya: Priya Shah"), ("role", "Boss"),
    ("decision-by", "2026-12-11"), ("remove", "decision-by"), ("contact", "Ann Lee"), ("remove", "interview: 1"),
    ("promised", "a paper"), ("remove", "promised: paper"), ("note", "be brief"), ("title", "elena: CTO"),
]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    proposed=st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=3),
    meanwhile=st.lists(st.sampled_from(OPTIONS), max_size=3),
)
def test_facts_that_moved_on_are_never_damaged(
    tmp_path_factory: pytest.TempPathFactory, proposed: list[tuple[str, str]], meanwhile: list[tuple[str, str]]
) -> None:
    """Whatever changed in between: it either says why not and writes nothing, or writes exactly what it shows."""
    workspace = make_demo_workspace(tmp_path_factory.mktemp("home") / "home", Clock(NEXT_MORNING))
    kept = KeptProposals(workspace.home).offer(SLUG, "Helper", changes(*proposed), "", workspace.now())
    for option, value in meanwhile:
        try:
            told = value if option in {"role", "decision-by"} else [value]
            apply_change(workspace, plan_change(workspace, SLUG, {option.replace("-", "_"): told}, print))
        except (FactsError, UnfitError):
            continue
    before = workspace.facts.text(SLUG)
    shown = open_proposal(workspace, kept.number)
    if shown.why_not:
        with pytest.raises(RefusedError):
            accept_facts(workspace, shown)
        assert workspace.facts.text(SLUG) == before
        return
    accept_facts(workspace, shown)
    assert shown.planned
    assert workspace.facts.text(SLUG) == shown.planned.changed
    assert (workspace.facts.text(SLUG) != before) == bool(shown.differences)
    workspace.facts.load(SLUG)


def test_forgetting_an_application_forgets_its_proposals(workspace: Workspace) -> None:
    """Forgotten with the application, they come back with it, and are gone for good with the rest."""
    shown = suggest(workspace, ("fit", "can sing"))
    forget_application(next_command(workspace, f"forget {SLUG}"), SLUG)
    assert list_proposals(workspace, every=True) == ()
    take_step_back(workspace, look_back(workspace))
    assert list_proposals(workspace) == (shown.proposal,)
    forget_at_once(next_command(workspace, f"forget {SLUG}"), SLUG)
    assert list_proposals(workspace, every=True) == ()
    assert not any("can sing" in path.read_text() for path in workspace.home.rglob("*") if path.is_file())


def test_proposals_follow_another_short_name(workspace: Workspace) -> None:
    """A proposal is about the application under its new name, and about the old one again after undo."""
    shown, mail = suggest(workspace, ("fit", "can sing")), suggest_mail(workspace)
    rename_application(next_command(workspace, f"change {SLUG} --rename lumen"), SLUG, "lumen")
    assert open_proposal(workspace, shown.proposal.number).can_be_accepted
    assert open_proposal(workspace, mail.proposal.number).can_be_accepted
    take_step_back(workspace, look_back(workspace))
    assert {one.application for one in list_proposals(workspace)} == {SLUG}
    assert open_proposal(workspace, mail.proposal.number).can_be_accepted


def test_proposals_follow_into_another_application(workspace: Workspace) -> None:
    """A mail proposed for an application that becomes part of another one is for the same person there."""
    text = workspace.facts.text(SLUG).replace("Dr. Priya Raman", "Dr Priya Raman")
    workspace.facts.create("lumen", text)
    mail = suggest_mail(workspace)
    merging = plan_merge(workspace, SLUG, "lumen", lambda _: True)
    apply_merge(next_command(workspace, f"merge {SLUG} lumen"), merging)
    opened = open_proposal(workspace, mail.proposal.number)
    assert opened.proposal.application == "lumen"
    assert opened.can_be_accepted, opened.why_not

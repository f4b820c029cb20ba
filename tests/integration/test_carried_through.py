"""After facts have changed: which queued mails are told, how they are written again, and what is left alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from changing import replace
from workspace_samples import give_account

from followup_mail.cadence.step import Kind, StepId
from followup_mail.cadence.turns import PANEL_GAP
from followup_mail.cli.views.show_outdated import rewrite_and_show
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import BY_USER, Entry, Rewording, Rewriting, State
from followup_mail.outbox.transitions import Cause
from followup_mail.proposals.proposal import ProposedMail
from followup_mail.services.applications.pause_application import pause_application
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.context.departures import as_it_leaves
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import CHICAGO, SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.overview.urgent_first import list_headlines
from followup_mail.services.proposals.accept_proposal import accept_mail
from followup_mail.services.proposals.list_proposals import open_proposal
from followup_mail.services.proposals.propose import propose_mail
from followup_mail.services.queueing.carried_through import Outdated, find_outdated, rewrite
from followup_mail.services.queueing.edit_entry import reschedule_entry, reword_entry
from followup_mail.services.queueing.enqueue import enqueue, enqueue_planned, queue_prepared
from followup_mail.services.queueing.outdated_entries import find_outdated_entries
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.writing.worded import Words, prepare_worded
from followup_mail.workspace import Workspace

Change = Callable[[str, str], None]
TOM = 'name = "Tom Okafor"\ntitle = "Site Reliability Engineer"\nemail = "tom.okafor@'
WEST = ('time_zone = "America/Chicago"', 'time_zone = "America/Los_Angeles"')
ANN = TOM.replace("Tom Okafor", "Ann Hill").replace("tom.okafor", "ann.hill")


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Workspace:
    """A workspace in which everything that the plan has is queued, three thank-yous and two notes to Priya."""
    made = give_account(make_demo_workspace(tmp_path, clock))
    enqueue_planned(made, Request(SLUG, None))
    return made


@pytest.fixture
def change(workspace: Workspace) -> Change:
    """Change the text of the facts."""

    def replace_text(old: str, new: str) -> None:
        path = workspace.facts.path(SLUG)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return replace_text


def look(workspace: Workspace) -> dict[str, Outdated]:
    return {found.entry.label: found for found in find_outdated(workspace, SLUG)}


def entry_of(workspace: Workspace, number: int) -> Entry:
    return workspace.store.get(number)


def test_nothing_is_told_while_nothing_has_changed(workspace: Workspace, clock: Clock) -> None:
    """Neither right away, nor after the first mails have left."""
    assert look(workspace) == {}
    clock.shows += timedelta(hours=18)
    for _ in range(4):
        list(deliver_once(workspace))
        clock.shows += timedelta(minutes=5)
    assert len(workspace.store.entries(states={State.SENT})) == 3
    assert look(workspace) == {}


def test_a_sentence_that_changed_is_told_and_rewritten(workspace: Workspace, change: Change) -> None:
    """Only that mail; its Message-ID, wording and moment stay, and its history says that it was rewritten."""
    change("how openly you spoke", "how frankly you spoke")
    found = look(workspace)
    assert list(found) == ["#1"]
    went, came = found["#1"].differences()
    assert went.startswith("- I liked how openly you spoke")
    assert came.startswith("+ I liked how frankly you spoke")
    before = entry_of(workspace, 1)
    (after,) = rewrite(workspace, tuple(found.values()))
    assert "frankly" in after.message.text
    assert "frankly" in workspace.store.content(1).decode()
    assert (after.message.message_id, after.message.wording) == (before.message.message_id, before.message.wording)
    assert (after.timing, after.state) == (before.timing, before.state)
    assert workspace.store.transitions(1)[-1].cause is Cause.REWRITTEN
    assert look(workspace) == {}


def test_a_corrected_address_is_carried_through(workspace: Workspace, change: Change, clock: Clock) -> None:
    """The mail goes to the new one, in its header and in its envelope, and the check before sending lets it leave."""
    change("tom.okafor@", "tomas.okafor@")
    found = look(workspace)
    assert found["#2"].differences()[1] == "+ To: Tom Okafor <tomas.okafor@lumenfreight.example>"
    rewrite(workspace, tuple(found.values()))
    clock.shows = entry_of(workspace, 2).timing.due_at
    sent = [result.entry for result in deliver_once(workspace, only=frozenset({2}))]
    assert [(one.state, one.message.rcpt_to) for one in sent] == [(State.SENT, ("tomas.okafor@lumenfreight.example",))]


def test_a_corrected_name_is_carried_through(workspace: Workspace, change: Change, clock: Clock) -> None:
    """The mail is written again for the new name, under its step, and leaves; undone, it is as before."""
    before = entry_of(workspace, 2)
    change('name = "Tom Okafor"', 'name = "Tom Okafor-Hill"')
    found = look(workspace)
    assert [(one.renamed, one.lost, bool(one.message)) for one in found.values()] == [(True, "", True)]
    assert found["#2"].differences()[:2] == [
        "- To: Tom Okafor <tom.okafor@lumenfreight.example>",
        "+ To: Tom Okafor-Hill <tom.okafor@lumenfreight.example>",
    ]
    rewrite(workspace, tuple(found.values()))
    after = entry_of(workspace, 2)
    assert (after.step, after.state) == (replace(before.step, person="tom-okafor-hill"), State.QUEUED)
    assert (after.message.message_id, after.timing) == (before.message.message_id, before.timing)
    assert look(workspace) == {}
    clock.shows = after.timing.due_at
    sent = [result.entry for result in deliver_once(workspace, only=frozenset({2}))]
    assert [(one.state, one.message.to.name) for one in sent] == [(State.SENT, "Tom Okafor-Hill")]


@pytest.mark.parametrize("edited", [True, False])
def test_a_mail_worded_by_hand_follows_a_corrected_name(
    workspace: Workspace, change: Change, clock: Clock, edited: bool
) -> None:
    """With or without the facts before the change, edited or only agreed to, its own words leave to the new name."""
    entry = entry_of(workspace, 2)
    text = entry.message.text.replace("Best,", "With kind regards,")
    reword_entry(workspace, entry, entry.message.subject, text, ())
    before = workspace.facts.load(SLUG)
    change('name = "Tom Okafor"', 'name = "Tom Okafor-Hill"')
    for facts in (before, None):
        (found,) = find_outdated(workspace, SLUG, facts)
        assert (bool(found.message), found.told_only, found.lost, found.renamed) == (True, "", "", True)
        assert [line[:5] for line in found.differences()] == ["- To:", "+ To:"]
    waits = entry_of(workspace, 2)
    if edited:
        reword_entry(workspace, waits, waits.message.subject, text, ())
    else:
        rewrite(workspace, [found])
    assert "With kind regards" in entry_of(workspace, 2).message.text
    assert look(workspace) == {}
    clock.shows = entry_of(workspace, 2).timing.due_at
    sent = [result.entry for result in deliver_once(workspace, only=frozenset({2}))]
    assert [(one.state, one.message.to.name) for one in sent] == [(State.SENT, "Tom Okafor-Hill")]


def test_whoever_was_there_before_is_no_new_name(workspace: Workspace, change: Change) -> None:
    """An address that went to somebody else of the same facts makes nobody of them the former one."""
    change(TOM, ANN)
    change("priya.raman@", "tom.okafor@")
    assert "nobody called Tom Okafor" in look(workspace)["#2"].lost


def test_a_moment_that_moved_is_told_and_moved(workspace: Workspace) -> None:
    """They named a day: the inquiry goes after it, on a yes."""
    workspace.facts.change(SLUG, {"said": {"decision_by": date(2026, 12, 18)}})
    found = look(workspace)["#5"]
    assert found.differences()[:2] == [
        f"- Leaves: {found.was.timing.due_at:%a %d %b %Y, %H:%M} in Chicago",
        f"+ Leaves: {found.now.timing.due_at:%a %d %b %Y, %H:%M} in Chicago",
    ]
    rewrite(workspace, [found])
    assert entry_of(workspace, 5).timing.due_at.date() > date(2026, 12, 18)


def test_a_panel_that_is_elsewhere_keeps_its_minutes(workspace: Workspace, change: Change, clock: Clock) -> None:
    """At another place all three are due at once: what is told has them minutes apart, as they leave then."""
    clock.shows = datetime(2026, 11, 19, 8, tzinfo=CHICAGO)
    change("America/Chicago", "Europe/Berlin")
    told = look(workspace)
    moments = [told[f"#{number}"].now.timing.due_at for number in (1, 2, 3)]
    assert [later - first for first, later in pairwise(moments)] == [PANEL_GAP] * 2
    rewrite(workspace, list(told.values()))
    assert [entry_of(workspace, number).timing.due_at for number in (1, 2, 3)] == moments


def test_a_moment_that_the_user_chose_stays(tmp_path: Path, clock: Clock) -> None:
    """``--at`` is the user's word."""
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",), at="tomorrow 11:00"))
    path = workspace.facts.path(SLUG)
    path.write_text(path.read_text("utf-8").replace("quiet hours are", "sleep is"), "utf-8")
    (found,) = find_outdated(workspace, SLUG)
    assert found.now.timing == found.was.timing


def test_what_the_user_edited_by_hand_is_told_only(workspace: Workspace, change: Change) -> None:
    """With the facts before the change it is known that the mail is concerned; it is never rewritten."""
    entry = entry_of(workspace, 1)
    text = entry.message.text.replace("Sincerely", "With kind regards")
    reword_entry(workspace, entry, entry.message.subject, text, ())
    assert look(workspace) == {}
    before = workspace.facts.load(SLUG)
    change("how openly you spoke", "how frankly you spoke")
    (found,) = find_outdated(workspace, SLUG, before)
    assert (found.entry.id, found.message, found.told_only) == (1, None, "you changed its words by hand")
    assert rewrite(workspace, [found]) == ()
    assert entry_of(workspace, 1).message.text == text


@pytest.mark.parametrize(
    ("edit", "number", "why"),
    [
        ((TOM, ANN), 2, "nobody called Tom Okafor"),
        (('channel = "email"', "contact = false"), 3, "no contact"),
        (("fit = [", 'outcome.status = "rejected"\nfit = ['), 4, "rejected"),
    ],
)
def test_what_has_lost_its_point_is_cancelled_with_its_reason(
    workspace: Workspace, change: Change, edit: tuple[str, str], number: int, why: str
) -> None:
    """A person who is gone, a wish, a rejection: told as such, and cancelled on a yes."""
    change(*edit)
    found = look(workspace)[f"#{number}"]
    assert why in found.lost
    rewrite(workspace, [found])
    assert (entry_of(workspace, number).state, entry_of(workspace, number).reason) == (State.CANCELLED, found.lost)


def test_what_is_held_stays_held_and_what_is_ignored_stays_ignored(workspace: Workspace, change: Change) -> None:
    """A rewrite changes the words and nothing else."""
    workspace.store.hold(SLUG, workspace.now(), "they replied")
    change("how openly you spoke", "how frankly you spoke")
    rewrite(workspace, find_outdated(workspace, SLUG))
    assert entry_of(workspace, 1).held == "they replied"


def test_all_are_rewritten_or_none(workspace: Workspace, change: Change) -> None:
    """When one of them was cancelled meanwhile, the others stay as they were."""
    change('role = "Data Engineer"', 'role = "Data Platform Engineer"')
    found = find_outdated(workspace, SLUG)
    assert len(found) > 1
    before = [entry.content_sha256 for entry in workspace.store.entries()]
    workspace.store.cancel(found[-1].entry.id, workspace.now())
    with pytest.raises(RefusedError):
        rewrite(workspace, found)
    assert [entry.content_sha256 for entry in workspace.store.entries()] == before


def test_what_would_not_pass_the_checks_is_told_only(workspace: Workspace, change: Change) -> None:
    """A placeholder in the facts never gets into a queued mail."""
    change("how openly you spoke about the outage in March", "how openly you spoke about [topic]")
    found = look(workspace)["#1"]
    assert found.message is None
    assert "does not pass the checks" in found.told_only
    assert not found.told_only.endswith(".")


def test_lists_look_only_where_facts_were_changed_since(workspace: Workspace, change: Change, clock: Clock) -> None:
    """``today`` and ``outbox list`` name the mails; a file that is older than its mails is not compared."""
    change("how openly you spoke", "how frankly you spoke")
    assert [found.entry.id for found in find_outdated_entries(workspace)] == [1]
    long_ago = (clock.shows - timedelta(days=9)).timestamp()
    os.utime(workspace.facts.path(SLUG), (long_ago, long_ago))
    assert find_outdated_entries(workspace) == ()


def test_a_list_trusts_no_clock_but_the_programs_own(workspace: Workspace, clock: Clock) -> None:
    """What the program changed is compared even where the disk's clock is behind, so that the file looks old."""
    clock.shows += timedelta(minutes=2)
    text = workspace.facts.text(SLUG)
    changed = Workspace(workspace.loaded, workspace.clock, command="change")
    changed.facts.replace(SLUG, text.replace("how openly you spoke", "how frankly you spoke"))
    os.utime(workspace.facts.path(SLUG), (0, 0))
    assert [found.entry.id for found in find_outdated_entries(workspace)] == [1]


def test_a_mail_from_another_own_address_is_told_only(workspace: Workspace, change: Change) -> None:
    """Other words would leave as somebody else."""
    change("how openly you spoke", "how frankly you spoke")
    settings = replace(workspace.settings, email="jordan@new.example")
    moved = Workspace(replace(workspace.loaded, settings=settings), workspace.clock)
    found = {one.entry.id: one for one in find_outdated(moved, SLUG, None)}
    assert 1 not in found or found[1].message is None


TO_TOM = ProposedMail(
    StepId(SLUG, Kind.THANK_YOU, 1, "tom-okafor"),
    "The on-call rota",
    "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously.\n\nYou want people "
    "who fix an alert instead of muting it. I'd be glad to look at your loudest ones with you.",
)


@pytest.fixture
def with_assistant(tmp_path: Path, clock: Clock) -> Workspace:
    """A workspace in which a mail to Tom waits that an assistant worded, and one to Priya in our words."""
    made = give_account(make_demo_workspace(tmp_path, clock))
    proposed = propose_mail(made, TO_TOM, "Claude Desktop", "").proposal
    accept_mail(made, open_proposal(made, proposed.number))
    enqueue(made, Request(SLUG, Kind.THANK_YOU, to=("priya",)))
    return made


def replace_in_facts(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.facts.path(SLUG)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_mail_of_an_assistant_hides_no_other(with_assistant: Workspace) -> None:
    """The mail in our words is told and rewritten when its facts change, by the command and in lists."""
    assert look(with_assistant) == {}
    replace_in_facts(with_assistant, "how openly you spoke", "how frankly you spoke")
    found = look(with_assistant)
    assert list(found) == ["#2"]
    assert [found.entry.id for found in find_outdated_entries(with_assistant)] == [2]
    assert [entry.id for entry in rewrite(with_assistant, tuple(found.values()))] == [2]


def test_a_mail_of_an_assistant_is_told_only(with_assistant: Workspace) -> None:
    """With the facts from before the change it is told that ours would read differently; it is never rewritten."""
    before = with_assistant.facts.load(SLUG)
    with_assistant.facts.change(
        SLUG, {"moment": "I liked how the team treats its nights."}, ("interviews", 0, "people", 1)
    )
    (found,) = find_outdated(with_assistant, SLUG, before)
    assert (found.entry.id, found.message, found.can_be_settled) == (1, None, False)
    assert found.told_only == "a writing model or an assistant wrote it"


def test_a_wording_that_is_gone_hides_no_other(workspace: Workspace, change: Change) -> None:
    """A mail whose wording was deleted is told by itself; the others are compared as ever."""
    waits = entry_of(workspace, 2)
    gone = Rewording(replace(waits.message, wording="thank_you/gone"), waits.content_sha256, ())
    workspace.store.carry_through([Rewriting(2, gone, waits.timing)], {}, workspace.now())
    change("how openly you spoke", "how frankly you spoke")
    found = look(workspace)
    assert list(found) == ["#1", "#2"]
    assert "There is no wording" in found["#2"].told_only


def test_today_says_that_a_mail_has_lost_its_point(workspace: Workspace) -> None:
    """What was done by hand meanwhile is told in ``today``, long and short, with the reason."""
    assert look_at_today(workspace).outdated == ()
    log_touch(workspace, Done(SLUG, "call", "tom", kind="thank_you"))
    today = look_at_today(workspace)
    (found,) = (entry for entry in today.to_decide if entry.stays)
    assert found.stays.startswith("you did this yourself on ")
    assert not today.is_quiet
    assert today.outdated == ()
    (told,) = (one for one in list_headlines(workspace, today) if one.mark == "stays")
    assert told.text == f"{found.label} Thank-you to Tom Okafor does not leave: {found.stays}"
    assert told.command == f"outbox cancel {found.id}"
    workspace.store.cancel(found.id, workspace.now(), "it is done")
    assert not look_at_today(workspace).to_decide


def test_a_name_and_its_address_put_right_together(workspace: Workspace, change: Change) -> None:
    """Whoever has a name and an address put right at once is the same person: the mail is offered to them."""
    before = workspace.facts.load(SLUG)
    change(TOM, TOM.replace("Tom Okafor", "Tomas Okafor").replace("tom.okafor@", "tomas@"))
    found = {one.entry.label: one for one in find_outdated(workspace, SLUG, before)}["#2"]
    assert (found.lost, found.renamed, bool(found.message)) == ("", True, True)
    assert found.now.to.startswith("Tomas Okafor <tomas@")
    rewrite(workspace, [found])
    assert entry_of(workspace, 2).step.person == "tomas-okafor"


@pytest.mark.parametrize("at_once", [True, False])
def test_a_name_put_right_is_known_from_the_recorded_changes(workspace: Workspace, at_once: bool) -> None:
    """Without the facts before, as on the page: with its address in one change or in two."""
    renamed = {"Tom Okafor": "Tomas Okafor"}
    moved = {"tom.okafor@": "tomas@"}
    for step in [renamed | moved] if at_once else [renamed, moved]:
        recorded = Workspace(workspace.loaded, workspace.clock, command="change")
        text = recorded.facts.text(SLUG)
        for old, new in step.items():
            text = text.replace(old, new)
        recorded.facts.replace(SLUG, text)
    (found,) = (one for one in find_outdated(workspace, SLUG) if one.entry.id == 2)
    assert (found.lost, found.renamed, bool(found.message)) == ("", True, True)
    assert found.now.to == "Tomas Okafor <tomas@lumenfreight.example>"


def test_words_that_the_user_chose_before_queueing_stay_theirs(tmp_path: Path, clock: Clock) -> None:
    """A mail worded on the page before it was queued is none that we would write otherwise, and is not overwritten."""
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    request = Request(SLUG, Kind.THANK_YOU, to=("tom",))
    (plain,) = prepare_worded(workspace, request, {}).batch.prepared
    text = plain.message.text.replace("Best,", "With kind regards,")
    (own,) = prepare_worded(workspace, request, {"tom-okafor": Words(text=text)}).batch.prepared
    assert own.message.wording == BY_USER
    queue_prepared(workspace, (own,), request)
    assert look(workspace) == {}


def test_a_day_word_for_the_moment_that_it_had_is_no_change_of_facts(tmp_path: Path, clock: Clock) -> None:
    """A thank-you that says "yesterday" in its subject only, sent at once or moved within its day, is up to date."""
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    clock.shows += timedelta(days=1)
    for request in (Request(SLUG, Kind.THANK_YOU, at="now", at_once=True), Request(SLUG, Kind.THANK_YOU)):
        for entry in enqueue(workspace, request).entries:
            assert look(workspace) == {}
            reschedule_entry(workspace, entry.id, "in 3 hours")
            assert look(workspace) == {}, entry.message.subject
            workspace.store.cancel(entry.id, workspace.now(), "")


def test_words_that_are_not_ours_are_not_said_to_be_up_to_date(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """``outbox rewrite`` names the mail that was edited by hand: nobody knows whether the facts still fit it."""
    rewrite_and_show(workspace, SLUG, yes=False, json=False)
    assert capsys.readouterr().out == f"Every mail that waits for {SLUG} reads as it would be written now.\n"
    entry = entry_of(workspace, 1)
    reword_entry(workspace, entry, entry.message.subject, entry.message.text.replace("Thank you", "Many thanks"), ())
    rewrite_and_show(workspace, SLUG, yes=True, json=False)
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith(f"#1 to {entry.message.to.name} stays as it is: you changed its words by hand. Every other")


def test_today_says_when_an_outdated_mail_leaves_as_it_is(workspace: Workspace, change: Change) -> None:
    """Unless it is held, or does not leave anyway; and one whose moment alone differs is not said to read otherwise."""
    change("how openly you spoke", "how frankly you spoke")
    (told,) = (one for one in list_headlines(workspace, look_at_today(workspace)) if one.mark == "outdated")
    leaves = as_it_leaves(workspace, entry_of(workspace, 1)).ready_at.astimezone(CHICAGO)
    says = f"no longer reads like the facts, and leaves {leaves:%a %d %b %Y, %H:%M} in Chicago as it is"
    assert told.text.startswith("#1 Thank-you to ")
    assert told.text.endswith(says)
    pause_application(workspace, SLUG, None)
    assert "leaves" not in look_at_today(workspace).outdated[0].says_outdated


def test_a_mail_that_only_moves_is_told_so(workspace: Workspace, change: Change) -> None:
    """After a change of the place its words are the same."""
    reschedule_entry(workspace, 1, "mon 9:00")
    change(*WEST)
    assert look(workspace)["#1"].says_outdated.startswith("would leave at another moment by the facts")


def test_a_second_time_everything_planned_is_queued_already(workspace: Workspace) -> None:
    """``queue --planned`` says so, and not that nothing can be written."""
    assert enqueue_planned(workspace, Request(SLUG, None)).left_out == (
        "every mail that can be written now: each is in the outbox already (followup-mail outbox list)",
    )


def test_a_chosen_moment_moves_with_the_place(workspace: Workspace, change: Change) -> None:
    """One with a moment of the user's is told when the place has changed, and offered at the same hour there."""
    reschedule_entry(workspace, 1, "mon 9:00")
    change(*WEST)
    found = look(workspace)["#1"]
    assert found.differences() == [
        "- Leaves: Mon 23 Nov 2026, 09:00 in Chicago",
        "+ Leaves: Mon 23 Nov 2026, 09:00 in Los Angeles",
    ]
    rewrite(workspace, [found])
    timing = entry_of(workspace, 1).timing
    assert (timing.due_at.hour, timing.place.zone, timing.insisted) == (9, "America/Los_Angeles", True)
    assert "#1" not in look(workspace)


def test_a_moment_chosen_elsewhere_keeps_to_working_time(workspace: Workspace, change: Change, clock: Clock) -> None:
    """Where it was not moved, it still does not leave at six in the morning of its reader; lists show when it does."""
    entry = reschedule_entry(workspace, 1, "mon 8:00")
    change(*WEST)
    leaves = as_it_leaves(workspace, entry).ready_at.astimezone(ZoneInfo("America/Los_Angeles"))
    assert (leaves.day, leaves.hour) > (23, 6)
    clock.shows = entry.ready_at
    assert State.SENT not in {result.entry.state for result in deliver_once(workspace) if result.entry.id == 1}


def test_a_mail_is_given_another_moment_at_the_place_of_today(workspace: Workspace, change: Change) -> None:
    """``outbox reschedule`` reads an hour by the clocks of the place that the facts name now."""
    change(*WEST)
    timing = reschedule_entry(workspace, 1, "mon 9:00").timing
    assert (timing.due_at.hour, timing.place.zone) == (9, "America/Los_Angeles")


def test_today_tells_what_is_past_its_time_until_a_week_after_it_was_found(workspace: Workspace, clock: Clock) -> None:
    """A thank-you that is three weeks late does not go; once a run has missed it, that is told for a week."""
    clock.shows += timedelta(weeks=3)
    told = [one for one in list_headlines(workspace, look_at_today(workspace)) if one.mark == "missed"]
    assert told
    assert all("does not go any more: its last sensible moment" in one.text for one in told if "#" in one.text)
    list(deliver_once(workspace))
    assert any(entry.state is State.MISSED for entry in look_at_today(workspace).undecided)
    clock.shows += timedelta(days=8)
    assert not any(entry.state is State.MISSED for entry in look_at_today(workspace).undecided)


def test_taking_a_change_back_tells_nothing_of_words_that_never_changed(workspace: Workspace, change: Change) -> None:
    """A mail edited by hand, which no change of facts has touched, reads right again once the change is taken back."""
    entry = entry_of(workspace, 1)
    text = entry.message.text.replace("Sincerely", "With kind regards")
    assert text != entry.message.text
    reword_entry(workspace, entry, entry.message.subject, text, ())
    change("how openly you spoke", "how frankly you spoke")
    changed = workspace.facts.load(SLUG)
    change("how frankly you spoke", "how openly you spoke")
    assert 1 not in {found.entry.id for found in find_outdated(workspace, SLUG, changed)}

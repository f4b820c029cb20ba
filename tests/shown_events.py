"""What may happen to a home of ``shown_home``: time passes, mails are queued and changed, facts change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from shown_home import CADENCES, NAMES, NO_QUARREL, PLACES, ShownHome

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import FollowupError
from followup_mail.facts.terms import Status
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.services.answers.record_outcome import record_outcome, resume_application
from followup_mail.services.applications.pause_application import pause_application
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.carried_through import find_outdated, rewrite
from followup_mail.services.queueing.change_entry import approve, cancel, reschedule, retry
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue, enqueue_planned, enqueue_prepared, refuse_unfit
from followup_mail.services.undo.undo_step import look_back, take_step_back
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace


def _slug(workspace: Workspace, random: Random) -> str:
    slugs = sorted(workspace.facts.slugs())
    if not slugs:
        raise FollowupError("There is none.")
    return random.choice(slugs)


def _day(home: ShownHome, random: Random, least: int, most: int) -> date:
    return home.clock.shows.date() + timedelta(days=random.randint(least, most))


def _pick(workspace: Workspace, random: Random, *states: State) -> Entry:
    found = workspace.store.entries(states=states or OPEN) if workspace.has_store else ()
    if not found:
        raise FollowupError("There is none.")
    return random.choice(found)


def _wait(home: ShownHome, random: Random) -> None:
    """Let time pass while a service runs every few minutes."""
    until = home.clock.shows + timedelta(minutes=random.choice((1, 7, 50, 300, 1_440, 2_880, 7_200)))
    step = timedelta(minutes=random.choice((1, 5, 10)))
    while home.clock.shows < until:
        home.run()
        with home.open() as workspace:
            due = workspace.store.next_due_at(workspace.now())
        ahead = (due - home.clock.shows) // step if due and due > home.clock.shows else 0
        left = -((home.clock.shows - until) // step)
        home.clock.shows += step * max(1, min(ahead, left) if due else min(left, 12 * 24))


def _be_off(home: ShownHome, random: Random) -> None:
    """Let time pass with the computer off."""
    home.clock.shows += timedelta(minutes=random.choice((3, 60, 600, 1_440, 4_320, 12_000)))


def _run(home: ShownHome, random: Random) -> None:
    home.run()


def _queue_all(home: ShownHome, random: Random) -> None:
    with home.open("queue --planned") as workspace:
        enqueue_planned(workspace, Request(_slug(workspace, random), None, ignore=NO_QUARREL))


def _queue(home: ShownHome, random: Random) -> None:
    with home.open("queue") as workspace:
        kind = random.choice((Kind.THANK_YOU, Kind.STATUS_INQUIRY, Kind.ADDITIONAL_DETAIL))
        to = random.choice(((), (random.choice(NAMES),)))
        at = random.choice(("", "", "", "tomorrow 9:00", "in 3 days"))
        early = random.choice(("", "", "they asked"))
        enqueue(workspace, Request(_slug(workspace, random), kind, to, at=at, early=early, ignore=NO_QUARREL))


def _draft(home: ShownHome, random: Random) -> None:
    with home.open("queue --draft") as workspace:
        kind = random.choice((Kind.THANK_YOU, Kind.STATUS_INQUIRY, Kind.ADDITIONAL_DETAIL))
        batch = prepare(workspace, Request(_slug(workspace, random), kind, ignore=NO_QUARREL))
        refuse_unfit(batch.prepared)
        enqueue_prepared(workspace, batch.prepared, QueueTerms(NO_QUARREL, state=State.DRAFT))


def _approve(home: ShownHome, random: Random) -> None:
    with home.open("outbox approve") as workspace:
        approve(workspace, _pick(workspace, random, State.DRAFT).id)


def _cancel(home: ShownHome, random: Random) -> None:
    with home.open("outbox cancel") as workspace:
        cancel(workspace, _pick(workspace, random).id)


def _retry(home: ShownHome, random: Random) -> None:
    with home.open("outbox retry") as workspace:
        retry(workspace, _pick(workspace, random, State.FAILED, State.MISSED).id)


def _reschedule(home: ShownHome, random: Random) -> None:
    with home.open("outbox reschedule") as workspace:
        entry = _pick(workspace, random, State.QUEUED)
        at = random.choice(("now", "tomorrow 9:00", "in 3 days", "monday 10:15", "in 2 weeks"))
        reschedule(workspace, entry.id, at, early=random.choice(("", "they asked")))


def _rewrite(home: ShownHome, random: Random) -> None:
    with home.open("outbox rewrite") as workspace:
        rewrite(workspace, find_outdated(workspace, _slug(workspace, random)))


def _log(home: ShownHome, random: Random) -> None:
    with home.open("log") as workspace:
        kind = random.choice(("", "", "status_inquiry", "additional_detail", "thank_you"))
        at = home.clock.shows - timedelta(minutes=random.choice((0, 0, 90, 1_600)))
        done = Done(
            _slug(workspace, random),
            random.choice(("call", "email", "linkedin")),
            random.choice((*NAMES, "")),
            kind,
            f"{at:%Y-%m-%d %H:%M}",
            reached=random.random() < 0.8,
        )
        log_touch(workspace, done)


def _outcome(home: ShownHome, random: Random) -> None:
    with home.open("outcome") as workspace:
        status = random.choice((Status.REPLIED, Status.REPLIED, Status.REPLIED, Status.REJECTED))
        record_outcome(workspace, _slug(workspace, random), status, None, None)


def _resume(home: ShownHome, random: Random) -> None:
    with home.open("resume") as workspace:
        name = random.choice(("decision_by", "not_before", ""))
        said = {name: _day(home, random, 1, 20)} if name else {}
        resume_application(workspace, _slug(workspace, random), said)


def _pause(home: ShownHome, random: Random) -> None:
    with home.open("pause") as workspace:
        until = random.choice((None, _day(home, random, 1, 12)))
        pause_application(workspace, _slug(workspace, random), until)


def _say(home: ShownHome, random: Random) -> None:
    with home.open("change") as workspace:
        name = random.choice(("decision_by", "not_before"))
        value = random.choice((None, _day(home, random, -3, 25), _day(home, random, -3, 25)))
        workspace.facts.change(_slug(workspace, random), {"said": {name: value}})


def _move(home: ShownHome, random: Random) -> None:
    with home.open("change") as workspace:
        zone, country = random.choice(PLACES)
        workspace.facts.change(_slug(workspace, random), {"time_zone": zone, "country": country})


def _choose_method(home: ShownHome, random: Random) -> None:
    with home.open("change") as workspace:
        workspace.facts.change(_slug(workspace, random), {"cadence": random.choice(CADENCES)})


def _remove_person(home: ShownHome, random: Random) -> None:
    """Take somebody out of the file, as an editor does."""
    with home.open() as workspace:
        path = workspace.facts.path(_slug(workspace, random))
        head, *people = path.read_text("utf-8").split("\n[[interviews.people]]\n")
        if people:
            gone = random.randrange(len(people))
            _, mark, rest = people[gone].partition("\n[[interviews]]\n")
            kept = [*people[:gone], *people[gone + 1 :]]
            if mark and gone:
                kept[gone - 1] += mark + rest
            elif mark:
                head += mark + rest
            path.write_text("\n[[interviews.people]]\n".join((head, *kept)), "utf-8")


def _undo(home: ShownHome, random: Random) -> None:
    with home.open() as workspace:
        take_step_back(workspace, look_back(workspace))


Event = Callable[[ShownHome, Random], None]
EVENTS: dict[str, tuple[Event, int]] = {
    "wait": (_wait, 6),
    "off": (_be_off, 3),
    "run": (_run, 2),
    "queue all": (_queue_all, 4),
    "queue": (_queue, 2),
    "draft": (_draft, 1),
    "approve": (_approve, 1),
    "cancel": (_cancel, 2),
    "retry": (_retry, 2),
    "reschedule": (_reschedule, 2),
    "rewrite": (_rewrite, 2),
    "log": (_log, 3),
    "outcome": (_outcome, 1),
    "resume": (_resume, 2),
    "pause": (_pause, 1),
    "say": (_say, 3),
    "move": (_move, 1),
    "method": (_choose_method, 1),
    "remove": (_remove_person, 1),
    "undo": (_undo, 1),
}


def happen(home: ShownHome, name: str, seed: int) -> str:
    """Let one thing happen; returns why it was refused, if it was."""
    try:
        EVENTS[name][0](home, Random(seed))
    except FollowupError as error:
        return error.sentence
    return ""


NAMES_OF_EVENTS = tuple(name for name, (_, weight) in EVENTS.items() for _ in range(weight))


def draw_walk(random: Random, steps: int) -> list[tuple[str, int]]:
    """Return names and seeds of things to happen; at first all mails are queued."""
    names = ["queue all", *(random.choice(NAMES_OF_EVENTS) for _ in range(steps))]
    return [(name, random.randrange(10**6)) for name in names]

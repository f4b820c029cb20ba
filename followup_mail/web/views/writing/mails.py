"""Read the mails of a step, change and check their words, choose their moment, and let them go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from msgspec import Struct
from msgspec.structs import replace
from starlette.responses import Response

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import FollowupError, WhenError
from followup_mail.services.asking.asked_before import essential_questions
from followup_mail.services.checking.remedies import apply_remedy
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.day_words import differ_by_day_only
from followup_mail.services.context.mail_accounts import of_message
from followup_mail.services.overview.working_month import WorkingMonth, lay_out_month
from followup_mail.services.proposals.reword_proposal import queue_reworded
from followup_mail.services.sending.queue_shown import Way, queue_shown
from followup_mail.services.sending.send_to_me import Trial, send_to_me
from followup_mail.services.writing.early import EarlyError, say_early, without_early
from followup_mail.services.writing.worded import Words
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.gate import answer_framed
from followup_mail.web.views.writing.cards import Card, Shown, look_at_mails
from followup_mail.web.views.writing.model import offer_model
from followup_mail.web.views.writing.proposed import take_up
from followup_mail.web.views.writing.wish import Wish, read_wish
from followup_mail.workspace import Workspace

_QUEUES: Final = frozenset(Way)


class Outcome(Struct, frozen=True):
    """What came of a button, where the same mails are shown again."""

    stopped: str = ""
    """Why nothing was done: a word that the template knows."""
    error: FollowupError | None = None
    early: str = ""
    """What the plan has against leaving that soon."""
    moment: WhenError | None = None
    """What is wrong with the moment that was typed."""
    trials: tuple[Trial, ...] = ()


def show_mails(asked: Asked) -> Response:
    """Show the mails of a kind: those of the address, as they would be queued."""
    with asked.open() as workspace:
        wish = take_up(workspace, read_wish(asked))
        return _page(asked, workspace, *_look(asked, workspace, wish))


def take_form(asked: Asked) -> Response:
    """Do what was pressed: change something about the mails and show them again, or let them go."""
    wish = read_wish(asked)
    if wish.action in _QUEUES:
        return _queue(asked, wish)
    with asked.open() as workspace:
        wish = _decide(asked, workspace, take_up(workspace, wish))
        wish, shown, outcome = _look(asked, workspace, wish)
        if wish.action == "test" and not outcome.moment:
            outcome = _test(workspace, shown)
        return _page(asked, workspace, wish, shown, outcome)


def look_while_typing(asked: Asked) -> Response:
    """Return what the checks find in the text as it is typed now, for the script to put in its place."""
    with asked.open() as workspace:
        wish = take_up(workspace, read_wish(asked))
        _, shown, outcome = _look(asked, workspace, replace(wish, do="look"))
        return asked.page("writing/look.html", shown=shown, outcome=outcome)


def show_framed(asked: Asked) -> Response:
    """Return the HTML part of a mail, as a reader of mails gets it, for a frame that may do nothing."""
    html = asked.visit.framed.get(asked.path["word"], "")
    return answer_framed(html, 200 if html else 404)


def _queue(asked: Asked, wish: Wish) -> Response:
    way = Way(wish.action)
    with asked.open(_command(wish)) as workspace:
        wish = asked_for = take_up(workspace, wish)
        if way is Way.NOW:
            wish = replace(wish, request=replace(wish.request, at="now", at_once=True))
        wish = replace(wish, request=replace(wish.request, to_drafts=way is Way.DRAFTS))
        wish, shown, outcome = _look(asked, workspace, wish)
        outcome = outcome if outcome.moment else _object(asked, shown, way)
        if outcome.stopped == "changed" and _only_moved(asked, workspace, asked_for, shown):
            outcome = _find_fault(asked, shown)
        if not outcome.stopped and not outcome.moment:
            try:
                prepared = [card.prepared for card in shown.taken]
                if wish.proposal:
                    entry = queue_reworded(workspace, wish.proposal, prepared[0], wish.request, way)
                    return asked.go(f"/outbox/{entry.id}", "proposals.queued_reworded")
                entries = queue_shown(workspace, prepared, wish.request, way)
                numbers = [("mail", str(entry.id)) for entry in entries]
                return asked.go(f"{_address(wish)}/done?{urlencode(numbers)}")
            except EarlyError as error:
                outcome = Outcome("early", early=error.sentence)
            except FollowupError as error:
                outcome = Outcome("refused", error)
        return _page(asked, workspace, wish, shown, outcome)


def _object(asked: Asked, shown: Shown, way: Way) -> Outcome:
    """Return why nothing is queued yet: what was shown must be what leaves, and fit to leave."""
    taken = [card.prepared for card in shown.taken]
    if not taken:
        return Outcome("none")
    moved = way is not Way.NOW and any(card.has_moved for card in shown.taken)
    if moved or any(card.differences for card in shown.taken) or asked.form.get("shown") != shown.version:
        return Outcome("changed")
    return _find_fault(asked, shown)


def _only_moved(asked: Asked, workspace: Workspace, wish: Wish, shown: Shown) -> bool:
    """Return whether what the page said differs only in the moment that the user chose with this press."""
    before = look_at_mails(asked, workspace, replace(wish, request=replace(wish.request, at=wish.at_before)))
    is_as_shown = not before.has_changed and asked.form.get("shown") == before.version
    if not is_as_shown or len(before.cards) != len(shown.cards):
        return False
    return all(
        was.person == now.person and was.mail.to == now.mail.to and differ_by_day_only(_words_of(was), _words_of(now))
        for was, now in zip(before.cards, shown.cards, strict=True)
    )


def _words_of(card: Card) -> str:
    draft = card.prepared.written.draft
    return f"{draft.subject}\n{draft.text}"


def _find_fault(asked: Asked, shown: Shown) -> Outcome:
    """Return why mails that are as they were shown are not fit to leave, or need another look."""
    taken = [card.prepared for card in shown.taken]
    stops = any(finding.is_error for mail in taken for finding in without_early(mail.findings))
    if stops or any(card.refused for card in shown.taken):
        return Outcome("unfit")
    if early := say_early(taken):
        return Outcome("early", early=early)
    unseen = any({*card.codes.split()} - {*asked.form.get(f"found-{card.person}").split()} for card in shown.taken)
    return Outcome("warned") if unseen else Outcome()


def _look(asked: Asked, workspace: Workspace, wish: Wish) -> tuple[Wish, Shown, Outcome]:
    """Return the mails; with a moment that cannot be read, at the moment from before."""
    try:
        return wish, look_at_mails(asked, workspace, wish), Outcome()
    except WhenError as error:
        before = wish.at_before if wish.at_before != wish.request.at else ""
        earlier = replace(wish, request=replace(wish.request, at=before))
        return wish, look_at_mails(asked, workspace, earlier), Outcome("moment", moment=error)


def _test(workspace: Workspace, shown: Shown) -> Outcome:
    """Send the mails to the user; those that are queued as they wait."""
    chosen = [card.prepared for card in shown.cards if card.is_taken]
    if not chosen:
        return Outcome("none")
    try:
        return Outcome(trials=send_to_me(workspace, chosen))
    except FollowupError as error:
        return Outcome("test", error)


def _decide(asked: Asked, workspace: Workspace, wish: Wish) -> Wish:
    """Return the wish with what was pressed beside a finding or a text."""
    if wish.action not in {"ignore", "heed", "fix", "reset"} or not wish.about:
        return wish
    what, person = wish.about[0], " ".join(wish.about[1:])
    words = wish.words.get(person, Words())
    if wish.action == "ignore":
        words = replace(words, ignore=tuple(dict.fromkeys((*words.ignore, what))))
    elif wish.action == "heed":
        words = replace(words, ignore=tuple(code for code in words.ignore if code != what))
    elif wish.action == "reset":
        words = replace(words, subject="", text="")
    else:
        _, shown, _ = _look(asked, workspace, wish)
        words = _mend(shown, person, what, words)
    return replace(wish, words={**wish.words, person: words})


def _mend(shown: Shown, person: str, number: str, words: Words) -> Words:
    """Return the words with the replacement of a finding in its place."""
    card = next((card for card in shown.open if card.person == person), None)
    found = next((marked.finding for marked in card.mail.found if str(marked.number) == number), None) if card else None
    if card is None or found is None:
        return words
    draft = card.prepared.written.draft
    return replace(words, subject=draft.subject, text=apply_remedy(draft.text, found))


def _page(asked: Asked, workspace: Workspace, wish: Wish, shown: Shown, outcome: Outcome) -> Response:
    request, slug = wish.request, wish.request.application
    assert request.kind is not None
    context = open_application(workspace, slug)
    ways = [of_message(workspace, card.prepared.message) for card in shown.open]
    values: dict[str, Any] = {
        "wish": wish,
        "shown": shown,
        "outcome": outcome,
        "slug": slug,
        "kind": request.kind,
        "company": context.application.company,
        "address": _address(wish),
        "month": _month(wish, shown.open, context.now.date()),
        "wordings": () if wish.given else workspace.template_folders.wordings(request.kind),
        "model": None if wish.given else offer_model(asked, workspace),
        "questions": essential_questions(context.application, context.now, request.kind, request.to),
        "has_drafts": bool(ways) and all(way.has_mailbox for way in ways),
        "leaves_machine": all(way.leaves_machine for way in ways),
    }
    return asked.page("writing/mails.html", 422 if outcome.stopped and asked.form.fields else 200, **values)


def _month(wish: Wish, cards: Sequence[Card], today: date) -> WorkingMonth | None:
    """Return the month in which the mails leave, or that was turned to, as it is for the first of the readers."""
    if not cards:
        return None
    timing = cards[0].prepared.written.timing
    planned = {card.mail.leaving.theirs.date() for card in cards}
    try:
        any_day = date.fromisoformat(f"{wish.month}-01")
    except ValueError:
        any_day = min(planned)
    step = cards[0].prepared.written.step
    return lay_out_month(timing.place, any_day, today, planned, step.last_at.date() if step.last_at else None)


def _address(wish: Wish) -> str:
    kind = wish.request.kind
    assert isinstance(kind, Kind)
    return f"/applications/{quote(wish.request.application)}/write/{kind}"


def _command(wish: Wish) -> str:
    """Return what would be typed for the same."""
    if wish.proposal:
        return f"proposals accept {wish.proposal}"
    name = "send" if wish.action == Way.NOW else "queue"
    people = "".join(f" --to {person}" for person in wish.taken or wish.request.to if person)
    return f"{name} {wish.request.application} {wish.request.kind}{people}"

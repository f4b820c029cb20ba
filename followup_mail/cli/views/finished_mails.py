"""The mails that answers went into, shown whole at the end of the questions: a sentence is judged where it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Final

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import ListPrompt
from followup_mail.cli.views import show_mail
from followup_mail.cli.views.ask_form import choose_prompter
from followup_mail.cli.views.model_view import ask_model
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.facts.questions import OF_PERSON
from followup_mail.facts.terms import Status
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.services.asking.own_claims import OwnClaim, find_claims, take_out
from followup_mail.services.context.request import Request
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import Asking, note_shown
from followup_mail.workspace import Workspace

_OF_SECOND_NOTE: Final = frozenset({"point", "problem", "use", "also", "why_them"})
_ENDS: Final = {
    Status.REPLIED: "They have answered",
    Status.REJECTED: "They have said no",
    Status.OFFER: "They have made an offer",
    Status.WITHDRAWN: "You have withdrawn",
}
_HEADING = ("We wrote this for you. Is there anything that you would not say?",)


def show_after_asking(
    workspace: Workspace,
    slug: str,
    kind: Kind,
    answered: Sequence[OpenQuestion],
    to: str,
    asking: Asking,
    *,
    is_done: bool,
) -> None:
    """Show the mails that the answers went into, and where there is nothing more to ask, what may be left out."""
    shown = show_as_it_stands(workspace, slug, kind, readers_of(answered, to), asking)
    if waits := say_what_waits({question.key for question in answered}, kind):
        screen.note(waits)
    if is_done:
        offer_to_take_out(workspace, slug, shown)


def show_as_it_stands(
    workspace: Workspace, slug: str, kind: Kind, to: tuple[str, ...] = (), asking: Asking | None = None
) -> tuple[Prepared, ...]:
    """Show each mail of a kind as it would leave now; what stands in the way is said, and is no error here."""
    try:
        request = Request(slug, kind, to, even_taken=True)
        batch = prepare(workspace, request, asking=asking or ask_model(workspace))
    except FollowupError as error:
        screen.note(f"The mail cannot be shown yet: {error.sentence}")
        return ()
    screen.out()
    _show(batch.prepared, workspace)
    note_shown(workspace, batch.prepared)
    screen.out()
    return batch.prepared


def _show(prepared: tuple[Prepared, ...], workspace: Workspace) -> None:
    """Show the mails, one screen after the other where they do not fit on one."""
    with screen.keeping_back() as kept:
        show_mail.show_all(prepared, workspace.own_zone)
    if len(prepared) < 2 or not screen.is_interactive() or screen.count_lines(kept) < screen.height():
        screen.let_out(kept)
        return
    # Whoever has seen enough ends the mails, and not what follows them.
    with suppress(EOFError, KeyboardInterrupt):
        for number, mail in enumerate(prepared, start=1):
            show_mail.show_all((mail,), workspace.own_zone)
            if number < len(prepared):
                screen.ask(f"\nEnter shows the next mail ({number + 1} of {len(prepared)}): ")


def readers_of(answered: Sequence[OpenQuestion], to: str) -> tuple[str, ...]:
    """Return whose mails answers went into: whom the user named, else whoever was answered about; nobody in particular
    where all of it is for the application.
    """
    if to:
        return (to,)
    return tuple(dict.fromkeys(question.about for question in answered if question.key in OF_PERSON))


def say_why_not(kind: Kind, application: Application) -> str:
    """Say before any question that the mail it is for would not leave; empty where it would."""
    status = application.outcome.status
    if status in kind.traits.outcomes:
        return ""
    if status is Status.WAITING:
        return f"They have not said no: the {kind.traits.in_sentence} waits until they do."
    return f"{_ENDS[status]}: the {kind.traits.in_sentence} will not go out. Your answers are kept all the same."


def offer_to_take_out(workspace: Workspace, slug: str, prepared: tuple[Prepared, ...]) -> None:
    """Let the user take out, one by one, what sentences of ours say for them; Enter keeps them."""
    claims = list(find_claims(prepared))
    try:
        while claims and (claim := _choose(claims)):
            take_out(workspace, slug, claim)
            screen.note(f"Left out from now on. To have it back, change `leave_out` with: followup-mail edit {slug}")
            claims = [other for other in claims if other.move is not claim.move]
    except (EOFError, KeyboardInterrupt):
        screen.note()


def say_what_waits(keys: Collection[str], shown: Kind) -> str:
    """Say which later mail has the answers that the mail shown has not; empty when it has all of them."""
    waiting = _OF_SECOND_NOTE.intersection(keys)
    if not waiting or shown is Kind.ADDITIONAL_DETAIL:
        return ""
    return "The rest is for your second note." if waiting < set(keys) else "Your answers are for your second note."


def _choose(claims: list[OwnClaim]) -> OwnClaim | None:
    options = ["keep all of it", *(f"leave out: {claim.sentence}" for claim in claims)]
    chosen = choose_prompter(plain=False).choose(ListPrompt(_HEADING, options))
    return claims[chosen - 1] if isinstance(chosen, int) and chosen else None

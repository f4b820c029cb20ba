"""Ask a person about a proposal, and do what they say. There is no other way in: no option answers for them."""

from __future__ import annotations

import sys
import textwrap
from typing import Final, NoReturn

import typer

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.labels import say_mailbox
from followup_mail.cli.views.show_proposals import show_again, show_cautions, show_differences, show_open
from followup_mail.errors import ExitCode, RefusedError
from followup_mail.proposals.proposal import Proposal, ProposedFacts, ProposedMail
from followup_mail.services.as_json.proposals_json import proposal_json
from followup_mail.services.proposals.accept_proposal import accept_facts, accept_mail, choose_changes, decline_proposal
from followup_mail.services.proposals.list_proposals import OpenProposal, list_proposals, open_mail, open_proposal
from followup_mail.workspace import Workspace

_EDITOR_WIDTH: Final = 76


@screen.breaking_words()
def accept_and_show(workspace: Workspace, number: int, ignore: tuple[str, ...]) -> None:
    """Show a proposal, ask, and carry out what was answered.

    Raises ``RefusedError`` without a terminal, and for what was decided or can't be carried out.
    """
    _require_person()
    opened = open_proposal(workspace, number, ignore)
    if not opened.proposal.waits:
        raise RefusedError(f"Proposal {number} was {opened.proposal.standing} already.")
    show_open(workspace, opened)
    if opened.why_not:
        raise RefusedError("Nothing was changed.", fix=f"followup-mail proposals decline {number}")
    if isinstance(opened.proposal.what, ProposedFacts):
        _decide_facts(workspace, opened, opened.proposal.what)
    else:
        _decide_mail(workspace, opened, opened.proposal.what, ignore)


def decline_and_show(workspace: Workspace, number: int | None, yes: bool, json: bool) -> None:
    """Decline one proposal, or all that wait after asking."""
    waiting = list_proposals(workspace)
    if number is None and waiting and not yes:
        if not screen.is_interactive():
            raise RefusedError("Nothing was declined: nobody can be asked.", fix="Add --yes.")
        if not screen.confirm(f"Decline {len(waiting)} {'proposals' if len(waiting) > 1 else 'proposal'}?"):
            _leave("Nothing was declined.")
    numbers = [proposal.number for proposal in waiting] if number is None else [number]
    declined = [decline_proposal(workspace, each) for each in numbers]
    if json:
        screen.emit_json([proposal_json(proposal) for proposal in declined])
        return
    for proposal in declined:
        _say_declined(proposal)
    if not declined:
        screen.out("No proposal waits.")


def _require_person() -> None:
    """Raise ``RefusedError`` unless somebody sits before a terminal: a program must not accept what a program wrote."""
    if not (screen.is_interactive() and sys.stdout.isatty()):
        raise RefusedError(
            "Only a person accepts a proposal: this needs a terminal to show it on and to ask.",
            fix="Type it on a terminal, or open the page: followup-mail open",
        )


def _decide_facts(workspace: Workspace, opened: OpenProposal, facts: ProposedFacts) -> None:
    if opened.done:
        _write(workspace, opened)
        return
    count = len(facts.changes)
    every = {"a": f"write all {count} changes", "c": "choose some of it"} if count > 1 else {"a": "write it"}
    show_again(workspace, opened)
    answer = _ask({**every, "d": "decline"})
    if answer == "d":
        _say_declined(decline_proposal(workspace, opened.proposal.number))
        return
    if answer == "c":
        opened = _choose(workspace, opened)
        screen.out("Of that:")
        show_differences(opened)
        screen.out()
        show_cautions(opened)
        screen.drop_typed()
        if not screen.confirm("Write this, and drop the rest?"):
            _leave_waiting(opened)
    _ask_twice(opened)
    _write(workspace, opened)


def _choose(workspace: Workspace, opened: OpenProposal) -> OpenProposal:
    """Ask for numbers until they name some of the changes that can be made without the others."""
    while True:
        try:
            typed = screen.ask("Numbers of what to write, such as 1 3 (Enter: nothing): ").replace(",", " ").split()
        except EOFError:
            typed = []
        if not typed:
            _leave_waiting(opened)
        try:
            numbers = [int(word) for word in typed if word.isascii() and word.isdigit() and len(word) < 6]
            chosen = choose_changes(workspace, opened, numbers if len(numbers) == len(typed) else [])
        except RefusedError as error:
            screen.note(error.sentence)
            continue
        if not chosen.why_not:
            return chosen
        screen.note(chosen.why_not)


def _write(workspace: Workspace, opened: OpenProposal) -> None:
    from followup_mail.cli.views.show_outdated import carry_through
    from followup_mail.cli.views.show_understood import show_warnings

    assert opened.planned is not None
    slug, is_there = opened.planned.application, bool(opened.planned.text)
    before = workspace.facts.load(slug) if is_there else None
    done = accept_facts(workspace, opened)
    if not done.differences:
        screen.out(f"Proposal {done.proposal.number} is accepted; nothing was left to write.")
        return
    screen.out(f"Wrote {done.file}")
    show_warnings(workspace, slug, before)
    if before:
        carry_through(workspace, slug, before)
    screen.note("To take it back: followup-mail undo")


def _decide_mail(workspace: Workspace, opened: OpenProposal, mail: ProposedMail, ignore: tuple[str, ...]) -> None:
    while not opened.done:
        queue = {"q": f"queue it for {_say_reader(opened)}"} if opened.can_be_accepted else {}
        show_again(workspace, opened)
        answer = _ask({**queue, "r": "reword it", "d": "decline"}, opened)
        if answer == "d":
            _say_declined(decline_proposal(workspace, opened.proposal.number))
            return
        if answer == "q":
            _ask_twice(opened)
            break
        opened = _reword(workspace, opened, mail, ignore)
        assert isinstance(opened.proposal.what, ProposedMail)
        mail = opened.proposal.what
        show_open(workspace, opened)
    _queue(workspace, opened)


def _say_reader(opened: OpenProposal) -> str:
    assert opened.mail is not None
    return say_mailbox(opened.mail.prepared.message.to)


def _reword(workspace: Workspace, opened: OpenProposal, mail: ProposedMail, ignore: tuple[str, ...]) -> OpenProposal:
    """Let the person change subject and paragraphs in their editor; greeting, closing and signature stay ours."""
    from followup_mail.cli.views.edit_text import edit_until
    from followup_mail.services.queueing.edit_session import split_mail

    def use(typed: str) -> OpenProposal:
        reworded = open_mail(workspace, opened.proposal, ProposedMail(mail.step, *split_mail(typed)), ignore)
        if reworded.why_not:
            raise RefusedError(reworded.why_not)
        return reworded

    screen.note("Subject and paragraphs open in your editor; greeting, closing and signature stay ours.")
    body = "\n\n".join(textwrap.fill(paragraph, _EDITOR_WIDTH) for paragraph in mail.body.split("\n\n"))
    try:
        done = edit_until(f"Subject: {mail.subject}\n\n{body}\n", ".txt", use)
    except RefusedError as error:
        screen.note(f"{error.sentence} {error.fix}".strip())
        return opened
    if done is None:
        screen.note("Nothing was changed.")
    return done or opened


def _queue(workspace: Workspace, opened: OpenProposal) -> None:
    from followup_mail.cli.views.sending import show_queued
    from followup_mail.services.queueing.enqueue import Queued

    done = accept_mail(workspace, opened)
    if opened.done:
        screen.out(f"Proposal {done.proposal.number} is accepted; {done.entry.label} was queued before.")
        return
    show_queued(workspace, Queued((done.entry,)))
    screen.note(f"To take it back: followup-mail undo, or followup-mail outbox cancel {done.entry.id}")


def _ask(choices: dict[str, str], opened: OpenProposal | None = None) -> str:
    """Return the letter of a choice. Raises ``Exit`` for Enter, and for the end of the input: decided later."""
    if opened and opened.mail and "q" not in choices:
        screen.note(
            screen.bad("The checks found an error, so it can't be queued as it is. --ignore leaves a rule out.")
        )
    offered = ", ".join(f"{letter} = {what}" for letter, what in choices.items())
    while True:
        # Whoever pastes two lines that a program gave them has not answered what they could not read yet.
        screen.drop_typed()
        try:
            typed = screen.ask(f"{screen.wrap(f'{offered}, Enter = decide later')}: ").strip().lower()
        except EOFError:
            typed = ""
        if not typed:
            _leave("Nothing was changed. It still waits.")
        if typed in choices:
            return typed


def _ask_twice(opened: OpenProposal) -> None:
    """Ask about each address and link by itself."""
    for caution in opened.cautions:
        if caution.is_asked_twice:
            screen.drop_typed()
            if not screen.confirm(f"{caution.words} Do you know that this is right?"):
                _leave_waiting(opened)


def _leave_waiting(opened: OpenProposal) -> NoReturn:
    number = opened.proposal.number
    _leave(f"Nothing was changed. It still waits; to decline it: followup-mail proposals decline {number}")


def _leave(sentence: str) -> NoReturn:
    screen.note(sentence)
    raise typer.Exit(ExitCode.REFUSED)


def _say_declined(proposal: Proposal) -> None:
    screen.out(f"Proposal {proposal.number} is declined. To bring it back: followup-mail undo")

"""Print what assistants propose: a few lines each, or one as it stands now."""

from __future__ import annotations

import textwrap
from typing import Final

from followup_mail.cadence.wording import say_day
from followup_mail.cli.terminal import screen
from followup_mail.proposals.proposal import Proposal, ProposedFacts
from followup_mail.services.as_json.proposals_json import open_json, proposal_json
from followup_mail.services.proposals.list_proposals import OpenProposal, list_proposals, open_proposal
from followup_mail.services.proposals.proposal_words import say_by, say_decided, say_quoted, say_what
from followup_mail.workspace import Workspace

_WIDTH: Final = 76
_HANG: Final = " " * 4
_MARGIN: Final = "      | "


@screen.breaking_words()
def list_and_show(workspace: Workspace, every: bool, json: bool) -> None:
    """Print the proposals that wait; with ``every`` also those that were decided."""
    found = list_proposals(workspace, every=every)
    if json:
        screen.emit_json([proposal_json(proposal) for proposal in found])
        return
    for proposal in found:
        show_line(workspace, proposal)
    if not found:
        screen.out("No proposal waits.")
    elif any(proposal.waits for proposal in found):
        screen.note("To look at one and decide: followup-mail proposals accept N")


def show_line(workspace: Workspace, proposal: Proposal) -> None:
    """Print a proposal in two or three lines."""
    standing = "" if proposal.waits else f"  ({say_decided(proposal)})"
    screen.out(f"{screen.strong(str(proposal.number))}  {say_what(workspace, proposal)}{standing}", _HANG)
    screen.out(f"{_HANG}{_day(workspace, proposal)}, {say_by(proposal)}", _HANG)
    if proposal.why:
        screen.out(f"{_HANG}It says: {say_quoted(proposal.why)}", _HANG)


@screen.breaking_words()
def show_one(workspace: Workspace, number: int, json: bool) -> None:
    """Print one as it stands now."""
    opened = open_proposal(workspace, number)
    if json:
        screen.emit_json(open_json(opened))
        return
    show_open(workspace, opened)
    if opened.proposal.waits:
        accept, decline = (f"followup-mail proposals {word} {number}" for word in ("accept", "decline"))
        screen.note()
        screen.note(f"To decline it: {decline}" if opened.why_not else f"To decide: {accept}, or {decline}")


def show_open(workspace: Workspace, opened: OpenProposal) -> None:
    """Print a proposal with what to look at twice, and what it comes to."""
    show_line(workspace, opened.proposal)
    screen.out()
    show_cautions(opened)
    if opened.mail:
        _show_mail(workspace, opened)
    elif isinstance(opened.proposal.what, ProposedFacts):
        _show_facts(opened, opened.proposal.what)
    else:
        _show_words(opened)
    if opened.done:
        screen.out(opened.done)
    if opened.why_not:
        screen.out()
        screen.out(screen.bad(f"It can't be accepted any more: {opened.why_not}"))


def show_again(workspace: Workspace, opened: OpenProposal) -> None:
    """Print what a question is about, who wrote it and what to look at twice: nothing of theirs comes between."""
    screen.out()
    heading = f"Proposal {opened.proposal.number}, {say_by(opened.proposal)}: {say_what(workspace, opened.proposal)}"
    screen.out(screen.strong(heading), _HANG)
    show_cautions(opened)


def show_cautions(opened: OpenProposal) -> None:
    """Print what to look at twice, a line for each."""
    for caution in opened.cautions:
        screen.out(screen.bad(f"Look twice: {caution.words}"), _HANG)
    if opened.cautions:
        screen.out()


def show_differences(opened: OpenProposal) -> None:
    """Print what would change in the facts, a line for each."""
    for line in opened.differences:
        screen.out(f"    {_with_margin(line)}", _MARGIN)


def _show_facts(opened: OpenProposal, facts: ProposedFacts) -> None:
    screen.out("Proposed:")
    quoted = opened.quoted or (False,) * len(facts.changes)
    for number, (change, is_quoted) in enumerate(zip(facts.changes, quoted, strict=True), start=1):
        screen.out(f"{number:>3} {change.option}: {_with_margin(change.value)}", _MARGIN)
        if change.sentence:
            whence = "from your notes" if is_quoted else "it quotes, and that is not in your notes"
            screen.out(f"      {whence}: {say_quoted(change.sentence)}", " " * 6)
    if opened.differences:
        screen.out("What would change:")
        show_differences(opened)
    for sentence in opened.planned.told if opened.planned else ():
        screen.note(sentence)


def _with_margin(text: str) -> str:
    """Return a text whose further lines have a margin: none of them can be taken for a line of ours."""
    return text.replace("\n", f"\n{_MARGIN}")


def _show_mail(workspace: Workspace, opened: OpenProposal) -> None:
    from followup_mail.cli.views.show_mail import show_one as show_prepared

    assert opened.mail is not None
    show_prepared(opened.mail.prepared, workspace.own_zone)
    screen.out()
    if not opened.mail.ours:
        screen.out("We have no wording of our own for it.")
    elif opened.differences:
        screen.out("Against our own (- ours, + theirs):")
        for line in opened.differences:
            colour = screen.bad if line.startswith("-") else screen.good
            wrapped = textwrap.wrap(
                line, _WIDTH, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False
            )
            for piece in wrapped:
                screen.out(colour(piece))


def _show_words(opened: OpenProposal) -> None:
    """Print the words of a mail that can't be written now, or was decided about."""
    what = opened.proposal.what
    assert not isinstance(what, ProposedFacts)
    screen.out(f"  Subject: {what.subject}")
    screen.out()
    for paragraph in what.body.split("\n"):
        screen.out(screen.wrap(paragraph, "  ") if paragraph else "")


def _day(workspace: Workspace, proposal: Proposal) -> str:
    at = proposal.at.astimezone(workspace.own_zone)
    return f"{say_day(at.date(), workspace.now().year)} {at:%H:%M}"

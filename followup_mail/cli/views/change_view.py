"""A change of facts on the screen: what differs, and what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.choices import read_choice, show_options
from followup_mail.cli.views.debrief_form import ask_sentences, keep_notes, read_notes
from followup_mail.cli.views.show_outdated import carry_through
from followup_mail.cli.views.show_understood import show_warnings
from followup_mail.errors import OptionsError, RefusedError
from followup_mail.facts.unfit_values import quoted
from followup_mail.services.accounts.account_files import say_staying
from followup_mail.services.applications.merge_applications import apply_merge, plan_merge
from followup_mail.services.applications.merge_facts import Clash, Settle
from followup_mail.services.applications.rename_application import rename_application
from followup_mail.services.changing.change_application import FactsChange, apply_change, plan_change
from followup_mail.services.changing.fact_differences import say_fact
from followup_mail.workspace import Workspace

EXAMPLES = (
    ("somebody's address", '--address "PERSON: new@example.com"'),
    ("somebody more", '--person "Name <address>; title; role"'),
    ("another interview", '--start "2026-12-02 10:00" --duration "45 min" --person "Name"'),
    ("a note", '--discussed "PERSON: what was said"'),
    ("a day they named", "--decision-by 2026-12-11"),
    ("a promised file", '--ready "PROMISE: case-study.pdf"'),
    ("a transcript", "--notes FILE"),
    ("to take something out", '--remove "person: NAME"'),
    ("another short name", "--rename NEW"),
)


def change_facts(workspace: Workspace, application: str, given: Mapping[str, Any], as_json: bool) -> None:
    """Carry out the options, and print the difference. Raises ``OptionsError`` when nothing was given."""
    before = workspace.facts.load(application)
    slug = before.slug
    new, options = str(given.get("rename") or ""), {key: given[key] for key in given.keys() - {"rename", "notes"}}
    if not given:
        raise _nothing_given(slug)
    text = read_notes(given["notes"]) if given.get("notes") else ""
    done: FactsChange | None = None
    if options:
        done = plan_change(workspace, slug, options, screen.note, pick_name)
        apply_change(workspace, done)
    if done and not as_json:
        show_differences(done.differences)
        show_warnings(workspace, slug, before)
        screen.note(f"{'Saved' if done.differences else 'Nothing is different in'} {done.file}")
    if text:
        keep_notes(workspace, slug, text)
    renamed = rename_application(workspace, slug, new) if new else ()
    if as_json:
        name, differences = new or slug, done.differences if done else ()
        screen.emit_json({"application": name, "file": workspace.facts.path(name), "changes": differences})
        return
    for sentence in renamed:
        screen.out(sentence)
    if done and done.differences:
        carry_through(workspace, new or slug, before)
        if options.get("account") and (staying := say_staying(workspace, options["account"], new or slug)):
            screen.note(screen.doubtful(staying))
    if text and screen.is_interactive():
        ask_sentences(workspace, new or slug)


def merge_two(workspace: Workspace, names: tuple[str, str], prefer: str, *, yes: bool, as_json: bool) -> None:
    """Show what becomes of two applications, the second of which stays; ask, and put them together."""
    source, into = names
    say = screen.note if as_json else screen.out

    if prefer not in {"", source, into}:
        raise OptionsError(f"--prefer: '{prefer}' is neither {source} nor {into}")
    merging = plan_merge(workspace, source, into, _settle_by(source, into, prefer))
    say(f"Into {into} comes from {source}:")
    for line in merging.change.differences:
        say(line, "    ")
    say(f"mails of the outbox: {merging.mails}; calls, letters and messages that you logged: {merging.touches}")
    if not yes and not screen.is_interactive():
        raise RefusedError("Nothing was merged: there is no terminal to ask on.", fix="Add --yes.")
    if not yes and not screen.confirm(f"Merge them? '{source}' is gone then."):
        raise RefusedError("Nothing was merged.")
    before = workspace.facts.load(into)
    for sentence in apply_merge(workspace, merging):
        say(sentence)
    if not as_json:
        carry_through(workspace, into, before)
    else:
        change = merging.change
        screen.emit_json({"application": into, "file": change.file, "changes": change.differences})


def _settle_by(source: str, into: str, prefer: str) -> Settle:
    """Return what settles a difference: the application that is preferred, or a question on a terminal."""

    def settle(clash: Clash) -> bool | None:
        if prefer:
            return prefer == into
        if not screen.is_interactive():
            return None
        held = f"{say_fact(clash.ours)} ({into})", f"{say_fact(clash.theirs)} ({source})"
        picked = _pick(f"{clash.fact}: which holds?", held, "merge nothing")
        if not picked:
            raise RefusedError("Nothing was merged.")
        return picked == held[0]

    return settle


def show_differences(differences: Sequence[str]) -> None:
    """Print what changes, a line for each fact."""
    for line in differences:
        screen.out(line, "    ")


def pick_name(words: str, names: Sequence[str]) -> str:
    """Ask which of several is meant; empty where nobody can be asked, or nothing is chosen."""
    return _pick(f"{words} could be:", names, "none of them") if screen.is_interactive() else ""


def _pick(question: str, options: Sequence[str], otherwise: str) -> str:
    """Ask until one of the options is chosen; empty for Enter, which means ``otherwise``, and where the input ends."""
    screen.note(question)
    count = show_options(options)
    while True:
        try:
            typed = screen.ask(f"Number (Enter: {otherwise}): ")
        except EOFError:
            return ""
        chosen = read_choice(typed, count)
        if chosen is not None:
            return options[chosen]
        if not typed.strip():
            return ""
        screen.note(f"{quoted(typed)} is none of the numbers. Type one from 1 to {count}, or only press Enter.")


def _nothing_given(slug: str) -> OptionsError:
    width = max(len(what) for what, _ in EXAMPLES)
    shown = "\n".join(f"  {what.ljust(width)}  followup-mail change {slug} {options}" for what, options in EXAMPLES)
    return OptionsError(
        f"Say what is to change, for example\n{shown}",
        fix=f"All options: followup-mail change --help. In an editor: followup-mail edit {slug}",
    )

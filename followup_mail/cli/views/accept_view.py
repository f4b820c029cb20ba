"""Take up, correct or forget a mail that was seen, and say what came of it."""

from __future__ import annotations

import typer

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_inbox import show_seen
from followup_mail.errors import ExitCode, RefusedError
from followup_mail.facts.terms import Status
from followup_mail.outbox.seen_mail import SeenMail
from followup_mail.services.answers.letter_doubt import Doubt
from followup_mail.services.as_json.inbox_json import seen_json
from followup_mail.services.mailbox.accept_seen import as_file, find_proposal, next_round, note_accepted, read_again
from followup_mail.services.mailbox.correct_seen import correct_seen, read_understanding
from followup_mail.services.mailbox.inbox_list import Wish, find_seen, forget_seen, read_inbox
from followup_mail.workspace import Workspace


def accept_and_show(workspace: Workspace, number: int, yes: bool, json: bool) -> None:
    """Do what a mail proposes."""
    seen, wish = find_proposal(workspace, number)
    if wish is Wish.INVITATION:
        _add_appointment(workspace, seen, yes, json)
    else:
        _record(workspace, seen, Status.REJECTED if wish is Wish.REJECTION else Status.OFFER, yes, json)
    note_accepted(workspace, seen)


def _record(workspace: Workspace, seen: SeenMail, status: Status, yes: bool, json: bool) -> None:
    from followup_mail.cli.views.ask_whom import ask_whom
    from followup_mail.cli.views.settle_doubt import Ways, is_settled
    from followup_mail.cli.views.show_answers import record_and_show, record_outcome_and_show
    from followup_mail.services.answers.settle_letter import settle_letter
    from followup_mail.services.answers.take_letter import TakenLetter

    application = workspace.facts.load(seen.mail.applications[0])
    may_ask = screen.is_interactive() and not (yes or json)
    settled = settle_letter(workspace, application, status, TakenLetter(read_again(workspace, seen)))
    for doubt in settled.doubts:
        ways = Ways(f"inbox accept {seen.label}", _instead(doubt, seen.label, application.slug))
        is_settled(doubt, application.slug, ways, yes=yes, may_ask=may_ask)
    came = settled.came(ask_whom(settled.choices, may_ask=may_ask))
    if status is Status.REJECTED:
        record_and_show(workspace, came, None, "", json)
    else:
        record_outcome_and_show(workspace, came, status, None, json)


def _instead(doubt: Doubt, label: str, slug: str) -> str:
    """Return the command that takes a mail for what it is, as a sentence; empty where there is none."""
    if doubt.meant:
        return f"If it belongs to {doubt.meant}: followup-mail inbox correct {label} --application {doubt.meant}."
    if doubt.better is None:
        return ""
    if doubt.better is not Status.REPLIED:
        what = f"rejected {slug}" if doubt.better is Status.REJECTED else f"outcome {slug} {doubt.better}"
        return f"To record what it says: followup-mail {what}."
    then = f" Then, with their new day: followup-mail resume {slug} --decision-by DAY." if doubt.names_day else ""
    return f"If it is an answer and no more: followup-mail inbox correct {label} --as answer.{then}"


def _add_appointment(workspace: Workspace, seen: SeenMail, yes: bool, json: bool) -> None:
    from followup_mail.cli.views.import_dialogue import import_and_show

    given: dict[str, object] = {"yes": yes, "json": json}
    if not screen.is_interactive() or yes:
        given["round_"] = next_round(workspace, seen.mail.applications[0])
    with as_file(workspace, seen) as path:
        import_and_show(workspace, (path, ()), seen.mail.applications[0], given)
    if not json:
        screen.note(f"When you have answered them: followup-mail resume {seen.mail.applications[0]}")


def correct_and_show(workspace: Workspace, number: int, said: tuple[str, str, str], json: bool) -> None:
    """Say what a mail really is, and show what that did."""
    from followup_mail.facts.said_readings import Side
    from followup_mail.services.typed.said_options import read_day_option

    what, slug, back_on = said
    if not any(said):
        fix = f"e.g. followup-mail inbox correct m{number} --as nothing"
        raise RefusedError("Say what it is, with --as, --application or --back-on.", fix=fix)
    day = read_day_option(workspace, "--back-on", back_on, Side.COMING) if back_on else None
    seen = correct_seen(workspace, number, read_understanding(what) if what else None, slug, day)
    _show(workspace, seen, json)


def forget_and_show(workspace: Workspace, number: int | None, yes: bool, json: bool) -> None:
    """Delete what is kept of one mail, or of all of them after asking."""
    seen = read_inbox(workspace).seen if number is None else (find_seen(workspace, number),)
    numbers = [one.id for one in seen]
    if number is None and numbers and not yes:
        if not screen.is_interactive():
            raise RefusedError("Nothing was deleted: nobody can be asked.", fix="Add --yes.")
        if not screen.confirm(f"Delete what is kept of {len(numbers)} mails?"):
            screen.note("Nothing was deleted.")
            raise typer.Exit(ExitCode.REFUSED)
    forget_seen(workspace, numbers)
    if json:
        screen.emit_json({"forgotten": [f"m{one}" for one in numbers]})
        return
    what = f"m{numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} mails"
    screen.out(f"Forgotten: {what}. The mailbox itself is as it was.")


def _show(workspace: Workspace, seen: SeenMail, json: bool) -> None:
    if json:
        screen.emit_json(seen_json(seen))
    else:
        show_seen(workspace, seen, read_inbox(workspace).seen)

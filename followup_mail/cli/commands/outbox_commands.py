"""The command ``outbox``: look at what is queued, and change or stop it."""

from collections.abc import Callable
from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import App, Early, EntryId, Ignore, Json, Yes
from followup_mail.cli.commands.help_panels import OUTBOX
from followup_mail.cli.commands.places import open_workspace


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="Look at what is queued, and change or stop it."
    )
    commands: dict[str, Callable[..., None]] = {
        "list": list_entries,
        "show": show,
        "approve": approve,
        "cancel": cancel,
        "reschedule": reschedule,
        "edit": edit,
        "rewrite": rewrite,
        "to-drafts": to_drafts,
        "retry": retry,
        "resolve": resolve,
        "export": export,
        "verify": verify,
    }
    for name, command in commands.items():
        group.command(name)(command)
    app.add_typer(group, name="outbox", rich_help_panel=OUTBOX)


def list_entries(
    application: Annotated[str, typer.Argument(metavar="[APP]", help="Only this application.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Sent and cancelled ones too.")] = False,
    json: Json = False,
) -> None:
    """List what is queued, and first what needs you.

    \b
    followup-mail outbox list
    followup-mail outbox list lumen-freight --all
    """
    from followup_mail.cli.views.show_entries import list_and_show

    list_and_show(open_workspace(), application, every, json)


def show(
    entry: EntryId,
    history: Annotated[bool, typer.Option("--history", help="Every move, with its moment and cause.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="The message, byte for byte.")] = False,
    json: Json = False,
) -> None:
    """Show one entry: the mail, where it stands and why.

    \b
    followup-mail outbox show 4 --history
    """
    from followup_mail.cli.views.show_entries import show_entry

    show_entry(open_workspace(), entry, history, raw, json)


def approve(entry: EntryId, json: Json = False) -> None:
    """Put a draft into the queue.

    \b
    followup-mail outbox approve 4
    """
    from followup_mail.cli.views.show_entries import show_change
    from followup_mail.services.queueing import change_entry

    workspace = open_workspace()
    show_change(workspace, change_entry.approve(workspace, entry), json)


def cancel(entry: EntryId, json: Json = False) -> None:
    """Take a mail out of the queue for good.

    One that lies in the Drafts folder of your mailbox is deleted there too, unless you have changed it.

    \b
    followup-mail outbox cancel 4
    """
    from followup_mail.cli.views.show_entries import show_change
    from followup_mail.services.queueing import change_entry

    workspace = open_workspace()
    show_change(workspace, change_entry.cancel(workspace, entry), json)


def reschedule(
    entry: EntryId,
    at: Annotated[str, typer.Option(metavar="WHEN", help="The new moment, in the recipient's zone.")],
    early: Early = "",
    ignore: Ignore = None,
    json: Json = False,
) -> None:
    """Give a mail another moment.

    \b
    followup-mail outbox reschedule 4 --at "thu 9:00"
    """
    from followup_mail.cli.views.early_choice import or_early
    from followup_mail.cli.views.show_entries import show_change
    from followup_mail.services.queueing import change_entry

    workspace, ignored = open_workspace(), tuple(ignore or ())
    change = or_early(
        lambda why: change_entry.reschedule(workspace, entry, at, ignored, why),
        early,
        "Let it leave then anyway?",
        json,
    )
    show_change(workspace, change, json)


def edit(entry: EntryId, ignore: Ignore = None, json: Json = False) -> None:
    """Change subject and text of a queued mail in your editor.

    That is $VISUAL or $EDITOR. The mail is held meanwhile, and checked again afterwards.

    \b
    followup-mail outbox edit 4
    """
    from followup_mail.cli.views.edit_text import edit_entry
    from followup_mail.cli.views.show_entries import show_change

    workspace = open_workspace()
    show_change(workspace, edit_entry(workspace, entry, tuple(ignore or ())), json)


def rewrite(application: App, yes: Yes = False, json: Json = False) -> None:
    """Write queued mails again that would read differently now.

    After facts have changed: shows each difference and asks. A mail that has lost its point is cancelled, one that you
    edited by hand is only shown.

    \b
    followup-mail outbox rewrite lumen-freight
    """
    from followup_mail.cli.views.show_outdated import rewrite_and_show

    rewrite_and_show(open_workspace(), application, yes, json)


def to_drafts(entry: EntryId, json: Json = False) -> None:
    """Put a mail that waits into the Drafts folder of your mailbox.

    It is not sent from here then: you send it there, or delete it. A run notices which.

    \b
    followup-mail outbox to-drafts 4
    """
    from followup_mail.cli.views.drafts_view import put_and_show

    put_and_show(open_workspace(), entry, json)


def retry(entry: EntryId, json: Json = False) -> None:
    """Put a failed or missed mail back into the queue.

    A mail that was written while no mail server was set, and lies in the folder or still waits, leaves by the account
    that is set now.

    \b
    followup-mail outbox retry 4
    """
    from followup_mail.cli.views.show_entries import show_change
    from followup_mail.services.queueing import change_entry

    workspace = open_workspace()
    show_change(workspace, change_entry.retry(workspace, entry), json)


def resolve(
    entry: EntryId,
    sent: Annotated[bool, typer.Option("--sent", help="It arrived, or you sent it yourself: close it.")] = False,
    resend: Annotated[bool, typer.Option("--resend", help="It did not arrive: queue it again.")] = False,
    look: Annotated[bool, typer.Option("--look", help="Look into your Sent folder.")] = False,
    json: Json = False,
) -> None:
    """Decide what became of a mail that is unclear.

    Its sending was interrupted when nobody could know whether it went out. --look searches the Sent folder of your
    mailbox (FOLLOWUP_IMAP_HOST): a mail that lies there was sent, and is recorded so. Otherwise it stays unclear until
    you decide. Without a mailbox it says what to look for.

    \b
    followup-mail outbox resolve 4 --look
    followup-mail outbox resolve 4 --sent
    """
    from followup_mail.errors import RefusedError

    if sent + resend + look != 1:
        raise RefusedError(
            "Use one of --sent, --resend and --look.", fix=f"Begin with: followup-mail outbox resolve {entry} --look"
        )
    workspace = open_workspace()
    if look:
        from followup_mail.cli.views.show_look import look_and_say

        look_and_say(workspace, entry, json)
    else:
        from followup_mail.cli.views.show_entries import show_change
        from followup_mail.services.queueing import change_entry

        show_change(workspace, change_entry.resolve(workspace, entry, was_sent=sent), json)


def export(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A new folder for entries.json and .eml files.")],
) -> None:
    """Write everything the outbox holds into a new folder.

    That is entries.json, and one .eml file for each entry.

    \b
    followup-mail outbox export copy-of-outbox
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.errors import OutboxError
    from followup_mail.services.queueing.export_outbox import export_outbox

    exported, path = export_outbox(open_workspace(), folder)
    screen.out(f"Wrote {len(exported)} {'entry' if len(exported) == 1 else 'entries'} to {path}")
    if lost := ", ".join(one.entry.label for one in exported if not one.content):
        raise OutboxError(
            f"The mails of {lost} can't be read any more: their text is in entries.json, but there is no .eml of them.",
            fix="`followup-mail outbox verify` says what is damaged.",
        )


def verify(json: Json = False) -> None:
    """Check the outbox for damage.

    The database itself, and every mail against its hash. Exit code 6 when something is wrong.

    \b
    followup-mail outbox verify
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.errors import ExitCode
    from followup_mail.services.queueing.verify import verify_outbox

    problems = verify_outbox(open_workspace())
    if json:
        screen.emit_json({"problems": problems})
    else:
        screen.out("\n".join(problems) or "The outbox is sound.")
    if problems:
        raise typer.Exit(ExitCode.OUTBOX)

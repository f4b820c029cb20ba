"""The accounts that mails are written and sent from."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from followup_mail.cli.commands import sign_in_commands
from followup_mail.cli.commands.arguments import Json, Yes
from followup_mail.cli.commands.help_panels import DELIVERY
from followup_mail.cli.commands.places import open_workspace

Name = Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and hyphens; the first one is main.")]


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Your mail accounts, and signing in.")
    group.command("list")(show)
    group.command("add")(add)
    group.command("use")(use)
    group.command("remove")(remove)
    group.command("check")(check)
    sign_in_commands.add_to_group(group)
    app.add_typer(group, name="account", rich_help_panel=DELIVERY)


def show(json: Json = False) -> None:
    """Show every account.

    Its address, its server, how it signs in, and how many mails wait for it. The default one
    has a *. One whose file has a mistake is named with it, and the others go on.

    \b
    followup-mail account list
    """
    from msgspec.structs import asdict

    from followup_mail.cli.terminal import screen
    from followup_mail.services.accounts.account_files import list_accounts

    rows = list_accounts(open_workspace())
    if json:
        screen.emit_json([asdict(row) for row in rows])
        return
    fit = [row for row in rows if not row.problem]
    screen.table(
        ("Account", "Address", "Server", "Signs in by", "Waiting"),
        [
            (
                f"{row.name}{' *' if row.is_default else ''}",
                row.address or "-",
                row.server or "none",
                row.signs_in if row.server else "-",
                str(len(row.waits)),
            )
            for row in fit
        ],
    )
    for row in fit:
        if row.rests:
            screen.note(screen.doubtful(f"{row.name} rests: {row.rests}"))
    for row in rows:
        if row.problem:
            screen.note(screen.bad(row.problem))


def add(
    name: Name,
    address: Annotated[str, typer.Option(metavar="ADDRESS", help="The address that it writes from.")],
    smtp_host: Annotated[str, typer.Option(metavar="HOST", help="Its mail server.")],
    smtp_port: Annotated[str, typer.Option(metavar="PORT", help="Default: the usual one.")] = "",
    smtp_security: Annotated[str, typer.Option(metavar="WAY", help="starttls, tls or plain.")] = "",
    smtp_auth: Annotated[str, typer.Option(metavar="WAY", help="password, oauth, xoauth2 or none.")] = "",
    smtp_user: Annotated[str, typer.Option(metavar="USER", help="The account name, if it is not the address.")] = "",
    imap_host: Annotated[
        str, typer.Option(metavar="HOST", help="Its mailbox, so that it stops when they answer.")
    ] = "",
    imap_port: Annotated[str, typer.Option(metavar="PORT", help="Default: the usual one.")] = "",
    imap_security: Annotated[str, typer.Option(metavar="WAY", help="tls, starttls or plain.")] = "",
    imap_user: Annotated[
        str, typer.Option(metavar="USER", help="The account name there. Default: the one of the mail server.")
    ] = "",
    ca_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The certificate of a server that has its own.")
    ] = None,
    password_command: Annotated[str, typer.Option(metavar="COMMAND", help="A command that prints the password.")] = "",
    keyring: Annotated[str, typer.Option(metavar="SERVICE", help="The keyring service that has the password.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from input.")] = False,
) -> None:
    """Set up one more account.

    Its settings go into a file of its own, which only you can read. It uses nothing of the other accounts. A
    password is never given as an option: others could read it there.

    \b
    followup-mail account add work --address jordan@work.example \\
        --smtp-host smtp.work.example --password-stdin < password.txt
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.services.accounts.account_files import add_account

    given = {
        "email": address,
        "smtp_host": smtp_host,
        "smtp_port": smtp_port,
        "smtp_security": smtp_security,
        "smtp_auth": smtp_auth,
        "smtp_user": smtp_user,
        "imap_host": imap_host,
        "imap_port": imap_port,
        "imap_security": imap_security,
        "imap_user": imap_user,
        "smtp_ca_file": str(ca_file.expanduser().absolute()) if ca_file else "",
        "smtp_password_command": password_command,
        "smtp_keyring": keyring,
        "smtp_password": sys.stdin.readline().rstrip("\r\n") if password_stdin else "",
    }
    path = add_account(open_workspace(), name, given)
    screen.out(f"Added: {path}")
    screen.note(f"Try it: followup-mail account check {name}")
    screen.note(f"Use it for one application: followup-mail change APP --account {name}")
    screen.note(f"Use it for all that name none: followup-mail account use {name}")


def use(name: Name) -> None:
    """Write new mails from this account.

    An application whose facts name another one keeps that. What is queued already leaves by the account that it was
    written from.

    \b
    followup-mail account use work
    followup-mail account use main
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.services.accounts.account_files import explain_other_choice, say_staying, use_account

    workspace = open_workspace()
    path = use_account(workspace, name)
    screen.out(f"New mails are written from '{name}' ({path}).")
    if other := explain_other_choice(workspace, name):
        screen.note(screen.doubtful(other))
    elif staying := say_staying(workspace, name):
        screen.note(screen.doubtful(staying))


def remove(name: Name, yes: Yes = False) -> None:
    """Remove the file of an account.

    Refused while mails wait for it, unless you say --yes: then they wait until it is set again.

    \b
    followup-mail account remove work
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.services.accounts.account_files import remove_account

    waiting = remove_account(open_workspace(), name, yes=yes)
    screen.out(f"Removed '{name}'.")
    if waiting:
        screen.note(f"They wait until it is set again: {', '.join(entry.label for entry in waiting)}.")


def check(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Which one; all of them without it.")] = "",
) -> None:
    """Log in without sending anything.

    At the mail server, and at the mailbox where one is set. Exit code 7 when a login is refused.

    \b
    followup-mail account check
    followup-mail account check work
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.errors import ExitCode, FollowupError
    from followup_mail.services.accounts.account_files import check_account
    from followup_mail.services.context.mail_accounts import choose_account, every_account

    workspace = open_workspace()
    ways = (choose_account(workspace, name),) if name else every_account(workspace)
    failed = False
    for way in ways:
        try:
            found = check_account(way)
        except FollowupError as error:
            screen.out(f"{screen.bad('NO ')} {way.account_name}: {error.sentence}", "    ")
            screen.advise(error.fix)
            failed = True
            continue
        for one in found:
            mark = screen.good("ok ") if one.ok else screen.bad("NO ")
            screen.out(f"{mark} {way.account_name}, {one.what}: {one.said}", "    ")
            if not one.ok:
                screen.advise(one.fix)
            failed = failed or not one.ok
    if failed:
        raise typer.Exit(ExitCode.DELIVERY)

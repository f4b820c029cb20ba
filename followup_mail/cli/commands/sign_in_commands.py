"""Signing the account in at its provider by OAuth 2.0, and out again."""

from typing import TYPE_CHECKING, Annotated

import typer

from followup_mail.cli.commands.places import open_workspace

if TYPE_CHECKING:
    from followup_mail.workspace import Workspace


def add_to_group(group: typer.Typer) -> None:
    """Add the commands to a group of commands about accounts."""
    group.command("login")(login)
    group.command("logout")(logout)


Name = Annotated[str, typer.Argument(metavar="[NAME]", help="Which account. Default: the one that new mails leave by.")]


def login(
    name: Name = "",
    *,
    device: Annotated[
        bool, typer.Option("--device", help="Show a code to type in a browser on any other device.")
    ] = False,
    port: Annotated[
        int,
        typer.Option(
            min=0,
            max=65535,
            metavar="PORT",
            help="Where the browser comes back to. Default: any that is free.",
            show_default=False,
        ),
    ] = 0,
    in_file: Annotated[
        bool, typer.Option("--in-file", help="Keep the tokens in the home folder, not in the system's keyring.")
    ] = False,
) -> int:
    """Sign in at the provider: no password is needed.

    For FOLLOWUP_SMTP_AUTH=oauth; docs/oauth.md says what to set. Your browser opens the provider's page, and where
    there is no browser you get a code. The tokens are kept in the system's keyring if it works, else in a file that
    only you can read, and are renewed by themselves. At the end the login at the mail server is tried; no mail is sent.

    A service that runs without your keyring needs --in-file.

    \b
    followup-mail account login
    followup-mail account login --device
    """
    from followup_mail.cli.views.show_sign_in import sign_in_and_show

    return sign_in_and_show(_open_account(name), by_device=device, port=port, in_file=in_file)


def logout(name: Name = "") -> None:
    """Sign out: revoke the tokens and delete them.

    Not every provider can revoke them; then you are told so.

    What is queued stays queued until you sign in again.

    \b
    followup-mail account logout
    """
    from followup_mail.cli.views.show_sign_in import sign_out_and_show

    sign_out_and_show(_open_account(name))


def _open_account(name: str) -> "Workspace":
    from followup_mail.services.context.mail_accounts import choose_account, choose_default

    workspace = open_workspace()
    return choose_account(workspace, name) if name else choose_default(workspace)

"""Signing in and out, as a person sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_mail.cli.terminal import screen

if TYPE_CHECKING:
    from followup_mail.services.accounts.account_sign_in import SignedIn
    from followup_mail.workspace import Workspace


def sign_in_and_show(workspace: Workspace, *, by_device: bool, port: int, in_file: bool) -> int:
    """Sign in and say what came of it; return the exit code."""
    from followup_mail.services.accounts.account_sign_in import Ways, sign_in

    return _show(sign_in(workspace, Ways(_open_page, _show_code, by_device, port, in_file)), workspace)


def sign_out_and_show(workspace: Workspace) -> None:
    """Sign out and say what came of it."""
    from followup_mail.services.accounts.account_sign_in import sign_out

    address, revoked = sign_out(workspace)
    screen.out(f"Signed out: the tokens of {address} are deleted here.")
    if revoked:
        screen.out("The provider has revoked them too.")
    else:
        screen.note("The provider did not revoke them. You can do that on its page of connected apps.")


def _show(done: SignedIn, workspace: Workspace) -> int:
    from followup_mail.errors import ExitCode

    where = "your system's keyring" if done.place == "keyring" else str(workspace.home / "tokens")
    screen.out(f"Signed in as {done.address}. The tokens are in {where}.")
    if done.login is None:
        screen.note(workspace.say_folder())
        return ExitCode.OK
    if not done.works:
        screen.note(screen.doubtful(f"The mail server did not let it in: {done.login.said}"))
        screen.advise(done.login.fix)
        return ExitCode.DELIVERY
    screen.out(f"The mail server accepts it: {done.login.said}.")
    if done.queued_again:
        mails = "1 mail that waited" if done.queued_again == 1 else f"{done.queued_again} mails that waited"
        screen.out(f"Queued again: {mails} for this.")
    return ExitCode.OK


def _open_page(url: str) -> None:
    import webbrowser

    from followup_mail.services.accounts.account_sign_in import has_browser

    opened = has_browser() and webbrowser.open(url)
    screen.note("Your browser opens the page where you sign in." if opened else "Sign in on this page:")
    screen.note("If it does not open, this is its address:" if opened else "It must be a browser on this machine.")
    # An address that is broken over two lines can't be copied.
    screen.note_whole(url)
    screen.note("Waiting for you, five minutes at most. Ctrl-C stops.")


def _show_code(place: str, code: str) -> None:
    screen.note(f"On any device, open {place} and type this code: {screen.strong(code)}")
    screen.note("Waiting for you. Ctrl-C stops.")

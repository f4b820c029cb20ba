"""What ``setup`` did, on the screen and as JSON. No secret is among it."""

from __future__ import annotations

from typing import Any, Final

from followup_mail.cli.terminal import screen
from followup_mail.errors import FollowupError
from followup_mail.outbox.attempt import AttemptResult, Verdict
from followup_mail.services.accounts.recognise_provider import Recognised
from followup_mail.services.accounts.setup_account import LoginTrial, Saved, Tried
from followup_mail.services.accounts.setup_report import Report
from followup_mail.settings.mail_accounts import mailbox_account, sending_account
from followup_mail.settings.providers import SignIn
from followup_mail.settings.table import Settings, variable
from followup_mail.workspace import Workspace

_PARTS: Final = (
    ("OAUTH", "sign-in"),
    ("PASSWORD", "password"),
    ("KEYRING", "password"),
    ("SMTP", "mail server"),
    ("IMAP", "mailbox"),
)
"""What a part of a variable's name stands for; the first that fits."""


def show_report(workspace: Workspace, report: Report) -> None:
    """Print what was done."""
    if report.login:
        show_login(report.login)
    show_saved(report.saved)
    if report.test_mail:
        show_test(workspace, report.test_mail)
    if report.service:
        screen.out(report.service)


def show_login(login: LoginTrial) -> None:
    """Print what came of the logins, a sentence each."""
    for what, failing, tried in (
        ("mail server", "The login at", login.smtp),
        ("mailbox", "The look into", login.imap),
    ):
        if tried and tried.ok:
            screen.out(f"{screen.good('ok')}  Logged in at the {what}: {tried.said}", "    ")
        elif tried:
            screen.note(f"{screen.bad('NO')}  {failing} the {what} failed: {tried.said}", "    ")
            if tried.fix:
                screen.note(screen.wrap(tried.fix, "    "))


def show_saved(saved: Saved) -> None:
    """Print what was written, and where the password is."""
    if not saved.changed:
        screen.out("Nothing is different from what was set." if not saved.kept_in else "The password is kept.")
    else:
        screen.out(f"Saved in {saved.file}: {', '.join(_say_changed(saved))}", "    ")
    if saved.kept_in and saved.kept_in != str(saved.file):
        screen.note(f"The password is in the keyring of this system ({saved.kept_in}), not in the file.")
    elif saved.kept_in and saved.is_sealed:
        screen.note("The password is kept sealed in the office's database.")
    elif saved.kept_in:
        screen.note("The password stands in that file, which only you can read.")


def password_word(found: Recognised) -> str:
    """Return what the password of an account is called."""
    return "app password" if found.provider and found.sign_in[0] is SignIn.APP_PASSWORD else "password"


def say_put_off(found: Recognised | None) -> str:
    """Return what is still to do where an account is saved without its password, and what works until then."""
    what = password_word(found) if found else "password"
    of = f" of {found.name}" if found and found.name else ""
    return (
        f"Still to do: the {what}{of}. Until then mails can be written and looked at, and none is sent. "
        "When you have it: followup-mail setup"
    )


def show_test(workspace: Workspace, result: AttemptResult) -> None:
    """Print what became of the test mail."""
    if result.verdict is Verdict.ACCEPTED:
        screen.out(f"The test mail is sent. Look into the inbox of {workspace.settings.email}, and among the spam.")
        return
    screen.note(f"The test mail was not taken: {result.said}")
    if result.verdict is Verdict.UNCLEAR:
        screen.note("Perhaps it has arrived all the same; look there before you try again.")
    else:
        screen.advise(result.fix)


def tell_service(workspace: Workspace, wanted: bool) -> str:
    """Install the service, or leave it; return what came of it in a sentence."""
    if not wanted:
        return "The service was left as it is."
    from followup_mail.services.accounts.manage_service import install, propose_install

    try:
        proposal = propose_install(workspace, None, 5, force=False)
        install(workspace, proposal)
    except FollowupError as error:
        return f"The service was not installed: {error.sentence} {error.fix}".strip()
    return f"The service is installed with {proposal.kind}: it looks every 5 minutes and delivers what is due."


def say_account(own: Settings) -> list[str]:
    """Return what is set, a line each; no secret."""
    lines = [f"name      {own.name or '(not set)'}", f"address   {own.email or '(not set)'}"]
    if own.smtp_host:
        account = sending_account(own)
        lines.append(f"server    {account.host}:{account.port} ({account.security}), as {account.user or 'nobody'}")
        lines.append(f"password  {_say_password(own)}")
    else:
        lines.append("server    (not set): mails go into a folder")
    if own.imap_host:
        mailbox = mailbox_account(own)
        lines.append(f"mailbox   {mailbox.host}:{mailbox.port} ({mailbox.security})")
    return lines


def report_json(workspace: Workspace, report: Report) -> dict[str, Any]:
    """Return what was done, without secrets; ``null`` for what was not asked for."""
    own, found = workspace.settings, report.found
    smtp = sending_account(own) if own.smtp_host else None
    imap = mailbox_account(own) if own.imap_host else None
    test = report.test_mail
    return {
        "name": own.name or None,
        "address": own.email or None,
        "provider": found.provider.key if found and found.provider else None,
        "known_by": str(found.known_by) if found else None,
        "smtp": smtp and {"host": smtp.host, "port": smtp.port, "security": smtp.security, "user": smtp.user},
        "imap": imap and {"host": imap.host, "port": imap.port, "security": imap.security, "user": imap.user},
        "login": report.login
        and {"smtp": _tried_json(report.login.smtp), "imap": report.login.imap and _tried_json(report.login.imap)},
        "file": str(report.saved.file),
        "changed": list(report.saved.changed),
        "password_kept_in": report.saved.kept_in or None,
        "test_mail": test and {"state": test.verdict, "said": test.said or None, "fix": test.fix or None},
        "service": report.service,
    }


def _say_changed(saved: Saved) -> list[str]:
    """Return what changed, in words."""
    words = {variable("name"): "name", variable("email"): "address"}
    said = (words.get(key) or next(word for part, word in _PARTS if part in key) for key in saved.changed)
    return list(dict.fromkeys(said))


def _tried_json(tried: Tried) -> dict[str, Any]:
    return {"ok": tried.ok, "said": tried.said, "fix": tried.fix or None}


def _say_password(own: Settings) -> str:
    if own.smtp_password:
        return "(set, not shown)"
    if own.smtp_password_command:
        return "printed by a command"
    return f"in the keyring, service {own.smtp_keyring}" if own.smtp_keyring else "(not set)"

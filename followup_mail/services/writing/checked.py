"""What the checks found in several mails."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from followup_mail.checks import CheckContext, Finding, Rule, check_mail, has_errors


class CheckedMail(Struct, frozen=True):
    """One mail and what the rules found in it."""

    name: str
    """What to call it: application, kind and recipient; or the name of its file."""
    context: CheckContext
    findings: tuple[Finding, ...]


class Checked(Struct, frozen=True):
    """Several mails, and why others could not be checked."""

    mails: tuple[CheckedMail, ...]
    not_checked: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """True when an error was found, or a mail could not be checked."""
        return bool(self.not_checked) or any(has_errors(mail.findings) for mail in self.mails)


def check_one(name: str, context: CheckContext, rules: Sequence[Rule]) -> CheckedMail:
    """Check one mail."""
    return CheckedMail(name, context, check_mail(context, rules))

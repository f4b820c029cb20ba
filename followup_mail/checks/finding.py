"""What a check returns: findings, each with its place in the mail."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import asdict


class Severity(StrEnum):
    """What a finding means for sending."""

    ERROR = "error"
    """The mail is not queued or sent unless the user names the rule to ignore."""
    WARNING = "warning"
    """Worth a second thought; stops nothing."""


class MailPart(StrEnum):
    """The part of the mail that a finding points at, in the order in which findings are listed."""

    HEADER = "header"
    """Addresses, the moment of sending, the step: what is not in the words. Line and column are 0."""
    SUBJECT = "subject"
    BODY = "body"
    ATTACHMENT = "attachment"


class Finding(Struct, frozen=True):
    """Something that a rule found."""

    code: str
    """Stable, e.g. ``FM204``."""
    name: str
    """Stable, e.g. ``wrong-company``."""
    severity: Severity
    place: MailPart
    line: int
    """Counted from 1 in the subject or body; 0 when the finding belongs to no place in the words."""
    column: int
    """Counted from 1 in characters; 0 as for ``line``."""
    length: int
    """How many characters the offending words take, line breaks included."""
    words: str
    """The offending words as written; may be empty."""
    message: str
    """One sentence: what is wrong."""
    fix: str
    """One sentence: what to do about it."""
    by_choice: bool = False
    """Whether there is nothing to mend: it may leave earlier than planned, or than they asked, with a reason."""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def as_dict(self) -> dict[str, str | int]:
        """Return the finding for ``--json``: plain strings and numbers, keys as the fields are named."""
        shown = {key: value for key, value in asdict(self).items() if key != "by_choice"}
        return {key: str(value) if isinstance(value, StrEnum) else value for key, value in shown.items()}


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Return whether anything found stops the mail."""
    return any(finding.is_error for finding in findings)

"""Show findings on a terminal: what is wrong, the line with its words marked, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.checks.context import CheckContext
from followup_mail.checks.finding import Finding, MailPart, Severity
from followup_mail.checks.parsed_mail import one_line_end
from followup_mail.errors import RefusedError

_WIDTH: Final = 72


class FindingsError(RefusedError):
    """Checks found errors in a mail; it goes its way when they are mended, or named to be ignored."""

    def __init__(self, sentence: str, findings: Sequence[Finding], *, fix: str) -> None:
        super().__init__(sentence, fix=fix)
        self.findings = tuple(findings)
        """Those that stop it."""


def show_findings(context: CheckContext, findings: Sequence[Finding]) -> str:
    """Return all findings as plain text, each with its line of the mail and a mark under the offending words."""
    if not findings:
        return "Nothing found."
    return "\n\n".join((*(_show(context, finding) for finding in findings), summary(findings)))


def summary(findings: Sequence[Finding]) -> str:
    """Return how much was found: "1 error, 2 warnings"."""
    errors = sum(finding.is_error for finding in findings)
    return f"{_count(errors, Severity.ERROR)}, {_count(len(findings) - errors, Severity.WARNING)}"


def refuse_errors(findings: Sequence[Finding], what: str = "The mail") -> None:
    """Raise ``FindingsError`` when an error was found, with what mends each and how to send anyway."""
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        said = " ".join(dict.fromkeys(finding.message for finding in errors))
        codes = ",".join(sorted({finding.code for finding in errors}))
        anyway = f"Or add `--ignore {codes}` to send it anyway; the outbox remembers that."
        mending = dict.fromkeys(finding.fix for finding in errors if finding.fix)
        raise FindingsError(f"{what} is not fit to send: {said}", errors, fix="\n".join((*mending, anyway)))


def _show(context: CheckContext, finding: Finding) -> str:
    where = f"{finding.place}:{finding.line}:{finding.column}" if finding.line else str(finding.place)
    head = f"{where}: {finding.severity} {finding.code} {finding.name}: {finding.message}"
    parts = [head, *_excerpt(context, finding), f"  fix: {finding.fix}"]
    return "\n".join(part for part in parts if part)


def _excerpt(context: CheckContext, finding: Finding) -> tuple[str, ...]:
    """Return the line that the words stand in, cut to the screen, and a row of marks under the words."""
    if not finding.line:
        return (f"  | {finding.words}",) if finding.words else ()
    text = one_line_end(context.subject if finding.place is MailPart.SUBJECT else context.text)
    line = text.split("\n")[finding.line - 1].replace("\t", " ")
    at = finding.column - 1
    start = 0 if len(line) <= _WIDTH or at < _WIDTH // 2 else max(0, min(at - _WIDTH // 3, len(line) - _WIDTH))
    shown = "".join(letter if letter.isprintable() else "?" for letter in line[start : start + _WIDTH])
    length = max(1, min(finding.length, len(line) - at, _WIDTH - (at - start)))
    return f"  | {shown}", f"  | {' ' * (at - start)}{'^' * length}"


def _count(number: int, severity: Severity) -> str:
    return f"{number} {severity}{'' if number == 1 else 's'}"

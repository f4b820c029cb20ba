"""One tree of errors. Each owns its sentence, the next step for the user, and its exit code.

Rooms raise these; only ``cli`` turns them into output. A sentence says what is wrong and where; ``fix`` says
what to do about it. Neither ever holds a secret: callers pass names of settings, not their values.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from msgspec import Struct


class ExitCode(IntEnum):
    """What the process says to a script. Stable: documented in docs/exit-codes.md."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    FACTS = 3
    SETTINGS = 4
    TEMPLATE = 5
    OUTBOX = 6
    DELIVERY = 7
    REFUSED = 8
    NOT_FOUND = 9
    MAILBOX = 10
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


class FollowupError(Exception):
    """Base of everything this program raises on purpose."""

    exit_code = ExitCode.USAGE

    def __init__(self, sentence: str, *, fix: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fix = fix

    @property
    def in_full(self) -> str:
        """The sentence, and what to do about it."""
        return f"{self.sentence} {self.fix}".strip()


class Problem(Struct, frozen=True):
    """One thing wrong in a file the user wrote."""

    file: Path
    line: int
    """Counted from 1; 0 when the problem belongs to the file as a whole."""
    field: str
    """Dotted path, counted from 1 as people do: ``interviews[1].people[2].email``."""
    wrong: str
    right: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        said = f"{place}: {self.field}: {self.wrong}" if self.field else f"{place}: {self.wrong}"
        return f"{said}. {self.right}" if self.right else said


class ProblemsError(FollowupError):
    """A file the user wrote cannot be used. Carries every problem, not only the first."""

    def __init__(self, problems: Sequence[Problem], *, fix: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems), fix=fix)


class FactsError(FollowupError):
    """An application cannot be read, written or used as it stands."""

    exit_code = ExitCode.FACTS


class OptionsError(FactsError):
    """A fact given on the command line cannot be read, or one that is needed is missing there."""

    exit_code = ExitCode.USAGE


class FactsFileError(ProblemsError, FactsError):
    """A facts file with problems."""

    exit_code = ExitCode.FACTS


class SettingsError(FollowupError):
    """A setting is missing or has a value that cannot be used."""

    exit_code = ExitCode.SETTINGS


class TemplateError(FollowupError):
    """A template is missing, broken, unsafe, or wants a fact that is not there."""

    exit_code = ExitCode.TEMPLATE


class CadenceError(ProblemsError):
    """A cadence file with problems, or an unknown cadence."""

    exit_code = ExitCode.SETTINGS


class WhenError(FollowupError):
    """A moment in time that cannot be understood, is ambiguous, or is past."""

    def __init__(
        self, sentence: str, *, fix: str = "", said: str = "", readings: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(sentence, fix=fix)
        self.said = said
        """What was said, where it is ambiguous."""
        self.readings = tuple(readings)
        """What it can mean, each spelt out and as it would be written; empty when it is not ambiguous."""


class OutboxError(FollowupError):
    """The outbox cannot be opened, read or written."""

    exit_code = ExitCode.OUTBOX


class DeliveryError(FollowupError):
    """Nothing could be handed over, and nothing was."""

    exit_code = ExitCode.DELIVERY


class SignInError(FollowupError):
    """Nobody is signed in at the provider any more, or signing in failed; what was queued stays queued."""

    exit_code = ExitCode.SETTINGS


class SignInUnreachableError(SignInError):
    """The provider's sign-in server cannot be reached now, or is out of order; later it may answer."""


class MailboxError(FollowupError):
    """The user's mailbox cannot be reached or read; nothing was changed."""

    exit_code = ExitCode.MAILBOX


class ServiceError(FollowupError):
    """The system's own scheduler cannot be asked, or refused; nothing was changed."""

    exit_code = ExitCode.FINDINGS


class WritingModelError(FollowupError):
    """The writing model cannot be asked, or what it answered cannot be used; nothing was changed."""

    exit_code = ExitCode.FINDINGS


class RefusedError(FollowupError):
    """The program could, and does not: the state or the user's own limits forbid it."""

    exit_code = ExitCode.REFUSED


class LeftOutError(FollowupError):
    """A command lacks a word, and the error can say which there are."""

    exit_code = ExitCode.USAGE


class NotFoundError(FollowupError):
    """No application, person, entry or cadence of that name."""

    exit_code = ExitCode.NOT_FOUND

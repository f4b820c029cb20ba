"""The command line as a whole: the road that a command takes, and the one place where errors become output."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from followup_mail.cli.commands.places import closing_places
from followup_mail.cli.plain_roads import find_road
from followup_mail.cli.terminal.end_signals import Ended, EndedError
from followup_mail.cli.terminal.streams import give_up_unwritable, make_tolerant

# typer, and the errors, are imported when they are needed: help and the commands of every day must be quick.


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit code; prints every error as sentences on stderr."""
    try:
        make_tolerant()
        with closing_places():
            return _run(arguments)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is wrong.
        give_up_unwritable()
        return 0
    except (KeyboardInterrupt, EOFError):
        return _explain(KeyboardInterrupt())
    except Ended as error:
        return _explain(EndedError(error, "Stopped; nothing more was done."))
    except Exception as error:
        settled = _settle(error, arguments)
        return run(settled) if settled else _explain(error)


def _settle(error: Exception, arguments: Sequence[str]) -> list[str] | None:
    """Ask which of two readings of an option was meant, where somebody can be asked; None when there is none to ask."""
    if not getattr(error, "readings", ()):
        return None
    from followup_mail.cli.views.which_reading import settle_reading

    try:
        return settle_reading(error, arguments)
    except (KeyboardInterrupt, EOFError):
        return None


def _explain(error: BaseException) -> int:
    """Print an error as sentences; return its exit code."""
    try:
        return _explain_it(error)
    finally:
        for noted in getattr(error, "__notes__", ()):
            _complain(noted)


def _explain_it(error: BaseException) -> int:
    from followup_mail.errors import ExitCode, FollowupError

    if _is_typers(error, "Abort"):
        error = KeyboardInterrupt()
    match error:
        case Exception() if _is_typers(error, "Exit"):
            return int(getattr(error, "exit_code", 0))
        case KeyboardInterrupt():
            _complain("Stopped; nothing more was done.")
            return ExitCode.INTERRUPTED
        case FollowupError():
            _complain(error.sentence, error.fix)
            return error.exit_code
        case Exception() if _is_typers(error, "TyperException"):
            return _usage(error)
        case OSError():
            where = f"{error.filename}: " if error.filename else "Something could not be read or written: "
            _complain(f"{where}{error.strerror or error}.", "What was done before that stays done.")
            give_up_unwritable()
            return ExitCode.OUTBOX
        case _:
            _own_up(error)
            return ExitCode.OUTBOX


def _run(arguments: Sequence[str]) -> int:
    road = find_road(arguments)
    if road is None:
        from followup_mail.cli.program import run_program

        return run_program(arguments)
    try:
        road()
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write("\n")
        raise
    sys.stdout.flush()
    return 0


def _is_typers(error: BaseException, name: str) -> bool:
    """Return whether this is typer's exception of that name. Where nobody has imported typer, it is not."""
    typer = sys.modules.get("typer")
    return typer is not None and isinstance(error, getattr(typer, name))


def _complain(sentence: str, fix: str = "") -> None:
    from followup_mail.cli.terminal import screen

    # A sentence that begins with a file or an option keeps it as it is to be typed.
    plain = sentence.partition(" ")[0].isalpha()
    try:
        screen.note(sentence[:1].upper() + sentence[1:] if plain else sentence)
        screen.advise(fix)
    except OSError:
        give_up_unwritable()


def _usage(error: Any) -> int:
    from followup_mail.errors import ExitCode

    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        import typer

        typer.echo(error.format_message())
        return ExitCode.OK
    command = context.command_path if context else "followup-mail"
    _complain(error.format_message(), f"Help: {command} --help")
    return ExitCode.USAGE


def _own_up(error: BaseException) -> None:
    """Own up to a mistake of the program without showing its insides; they are there for who asks."""
    if os.environ.get("FOLLOWUP_TRACEBACK"):
        raise error
    _complain(
        f"followup-mail made a mistake of its own: {type(error).__name__}: {error}",
        "What was queued is still queued. With FOLLOWUP_TRACEBACK=1 it says where; please report that.",
    )

"""``python -m followup_mail`` and the ``followup-mail`` command. Answers what needs no command before importing any."""

import gc
import os
import sys

from followup_mail.working_folder import keep_out

# Before anything more is imported.
keep_out()


def main() -> int:
    """Run the command line; return its exit code (docs/exit-codes.md)."""
    _open_missing_streams()
    arguments = sys.argv[1:]
    answer = _find_answer(arguments)
    if answer is not None:
        try:
            sys.stdout.write(answer)
            sys.stdout.flush()
            return 0
        except OSError:
            pass  # It cannot be written; what follows says so.
    # What is imported stays. Looking through all of it for garbage after each 700 objects, which is Python's default,
    # takes a tenth of the time of a command; after each 50,000, a run that goes on for days still loses its garbage.
    gc.set_threshold(50_000, 10, 10)
    from followup_mail.cli.app import run

    return run(arguments)


def _find_answer(arguments: list[str]) -> str | None:
    """Return what needs no command to be run: the version, or a page of help."""
    if arguments in (["--version"], ["-V"]):
        from followup_mail import __version__

        return f"followup-mail {__version__}\n"
    if not arguments or arguments[0] == "help" or arguments[-1] in {"-h", "--help"}:
        from followup_mail.cli.kept_help import find_help

        return find_help(arguments)
    return None


def _open_missing_streams() -> None:
    """Stand in for streams that were closed before we began (``>&-``, a daemon, ``pythonw``).

    Otherwise the next file that is opened, perhaps the outbox, would take the number of standard output.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115  # open until the end


if __name__ == "__main__":
    sys.exit(main())

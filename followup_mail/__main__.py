"""``python -m followup_mail`` and the ``followup-mail`` command. Answers ``--version`` before importing anything."""

import sys


def main() -> int:
    """Run the command line; return its exit code (docs/exit-codes.md)."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from followup_mail import __version__

        sys.stdout.write(f"followup-mail {__version__}\n")
        return 0
    from followup_mail.cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

"""What commands share: the arguments that look the same everywhere."""

from collections.abc import Callable
from typing import Annotated, TypeAlias

import typer

from followup_mail.cli.commands.completing import (
    complete_application,
    complete_entry,
    complete_kind,
    complete_person,
    complete_rule,
)
from followup_mail.facts.unfit_values import quoted


def number_reader(letter: str, what: str) -> Callable[[str], int]:
    """Return what reads a number with or without a letter before it: ``4``, ``#4``; ``what`` says what it is not."""

    def read(text: str) -> int:
        bare = text.strip().lower().removeprefix(letter)
        if not bare.isascii() or not bare.isdigit() or len(bare) > _MOST_DIGITS:
            raise typer.BadParameter(f"{quoted(text)} is not the number of {what}")
        return int(bare)

    return read


_MOST_DIGITS = 18
"""SQLite reads no number of 20."""
read_entry_id = number_reader("#", "an entry; `followup-mail outbox list` shows them.")
read_mail_number = number_reader("m", "a mail; `followup-mail inbox` shows them: m4.")
read_proposal_number = number_reader("", "a proposal; `followup-mail proposals` shows them.")

App: TypeAlias = Annotated[
    str, typer.Argument(metavar="APP", autocompletion=complete_application, help="The application, e.g. lumen-freight.")
]
KindName: TypeAlias = Annotated[
    str, typer.Argument(metavar="KIND", autocompletion=complete_kind, help="What to write, e.g. thank_you.")
]
To: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--to", metavar="PERSON", autocompletion=complete_person, help="Only this person (name or address); repeatable."
    ),
]
EntryId: TypeAlias = Annotated[
    int,
    typer.Argument(
        metavar="ID", parser=read_entry_id, autocompletion=complete_entry, help="The number of the entry, e.g. 4."
    ),
]
Ignore: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="RULE",
        autocompletion=complete_rule,
        help="Leave out a check rule (code or name); repeatable.",
    ),
]
Early: TypeAlias = Annotated[
    str,
    typer.Option("--early", metavar="REASON", help="Let it leave days before the plan has it; the reason is kept."),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Ours: TypeAlias = Annotated[bool, typer.Option("--ours", help="Take our own wording, not the writing model's.")]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; for scripts.")]
OfficeCandidate: TypeAlias = Annotated[
    str, typer.Argument(metavar="CANDIDATE", help="Who, as `office candidates` lists them.")
]

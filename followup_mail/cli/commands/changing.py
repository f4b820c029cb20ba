"""The commands ``change`` and ``merge``: facts changed by options, in the words that ``add`` has for them."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from followup_mail.cli.commands.adding import add
from followup_mail.cli.commands.arguments import App, Json, Yes
from followup_mail.cli.commands.completing import complete_application
from followup_mail.cli.commands.places import open_workspace

_OF_ADD: Final = (
    "company", "role", "applied", "zone", "country", "cadence", "start", "duration", "format_", "person", "discussed",
    "convinced", "moment", "link", "offer", "fit", "not_mentioned", "promised", "decision_by", "not_before", "channel",
    "interval", "calls", "quote", "notes",
)  # fmt: skip


_REPEATABLE: Final = {
    "contact": ("PERSON", "Somebody of theirs whom you did not meet, such as a recruiter."),
    "address": ("TEXT", '"PERSON: priya@new.example": their address.'),
    "title": ("TEXT", '"PERSON: Head of Data": their title.'),
    "phone": ("TEXT", '"PERSON: +1 312 555 0142": their number.'),
    "part": ("TEXT", '"PERSON: hiring manager": their part in it.'),
    "name": ("TEXT", '"PERSON: Priya Raman-Shah": their name, put right.'),
    "ready": ("TEXT", '"PROMISE: case-study.pdf": the file of what you promised.'),
    "promised_to": ("TEXT", '"PROMISE: PERSON": whom you promised it to, or everybody.'),
    "promise_says": ("TEXT", '"PROMISE: SENTENCE": what the mail says about it where you attach no file.'),
    "note": ("TEXT", "A note for yourself; never part of a mail."),
    "remove": ("TEXT", 'Take out what an option gave: "person: tom", "fit: airflow", "decision-by".'),
}
_ONE: Final = {
    "interview": (
        "NUMBER",
        "The interview that --start, --duration, --format, --round, --person are about; without it, --start adds one.",
    ),
    "round": ("NUMBER", "The round of the interview."),
    "region": ("NAME", "The part of their country, for its public holidays: England, Bavaria, IL."),
    "account": ("NAME", "The account that its mails are written from; see `followup-mail account list`."),
    "rename": ("NAME", "Another short name for the application."),
}


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of ``add``, so that each is described once, and those above."""
    own = [each for each in inspect.signature(command).parameters.values() if each.name != "given"]
    of_add = inspect.signature(add).parameters
    options = [of_add[name] for name in _OF_ADD]
    options += [
        _option(name, Annotated[str, typer.Option(metavar=metavar, help=words)], "")
        for name, (metavar, words) in _ONE.items()
    ]
    options += [
        _option(name, Annotated[list[str] | None, typer.Option(metavar=metavar, help=f"{words} Repeatable.")], None)
        for name, (metavar, words) in _REPEATABLE.items()
    ]
    parameters = [own[0], *options, *own[1:]]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def _option(name: str, kind: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=kind)


@_with_options
def change(application: App, json: Json = False, **given: Any) -> None:
    """Change what is written down: people, notes, dates, promises.

    Says what changes. All of it is written at once, or nothing. An option that holds one thing replaces it, one that
    can be repeated adds to it, and --remove takes out.

    \b
    followup-mail change lumen-freight --decision-by 2026-12-11 \\
        --address "priya: priya@new.example" --discussed "tom: quiet hours"
    followup-mail change lumen-freight --start "2026-12-02 10:00" \\
        --duration "45 min" --person "Tom Okafor"
    followup-mail change lumen-freight --ready "case study: case-study.pdf"
    followup-mail change lumen-freight --remove "person: tom" --remove quote
    """
    from followup_mail.cli.views.change_view import change_facts

    told = {name: value for name, value in given.items() if value}
    change_facts(open_workspace(), application, told, json)


def merge(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The application that becomes part of the other.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The application that stays.")],
    prefer: Annotated[
        str,
        typer.Option(metavar="APP", autocompletion=complete_application, help="Whose facts hold where the two differ."),
    ] = "",
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Put two applications for the same position together. Shows what comes of it, and asks.

    People are known again, interviews come in order, notes together without doubles. Where the two differ you are
    asked. Mails and contacts come along, so that nothing is said twice and the limit counts both.

    \b
    followup-mail merge lumen-freight-2 lumen-freight
    """
    from followup_mail.cli.views.change_view import merge_two

    merge_two(open_workspace(), (source, into), prefer, yes=yes, as_json=json)

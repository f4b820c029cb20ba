"""The commands as typer has them: by stage of the road, made as far as the one that is asked for."""

import sys
from collections.abc import Sequence
from copy import copy
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from followup_mail.cli.commands.families import FAMILIES, find_family
from followup_mail.cli.commands.help_panels import DONE_BY, STAGES
from followup_mail.cli.commands.places import PLACE_OPTIONS, name_command, name_places
from followup_mail.cli.terminal.empty_arguments import refuse_blank
from followup_mail.cli.terminal.parameters import take_over


class StagedGroup(TyperGroup):
    """A group whose help lists the commands by stage of the road, and that reads their options by our own rules."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        take_over(self)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. typer would turn Ctrl-C into a bare exit code; here it is told like everything else."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo(err=True)
            raise typer.Abort from None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is meant. A word that another command does the work of is refused with that one."""
        if args and args[0] in DONE_BY and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"No such command '{args[0]}'. What you look for is `followup-mail {DONE_BY[args[0]]}`.")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write one section per stage, in the order of the road."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        limit = formatter.width - 6 - max(len(name) for name, _ in commands)
        for stage in STAGES:
            rows = [
                (name, command.get_short_help_str(limit))
                for name, command in commands
                if command is not None and not command.hidden and getattr(command, "rich_help_panel", None) == stage
            ]
            if rows:
                formatter.write_paragraph()
                formatter.write(f"{stage}\n")
                formatter.indent()
                formatter.write_dl(rows)
                formatter.dedent()


def _say_version(wanted: bool) -> None:
    if wanted:
        from followup_mail import __version__

        typer.echo(f"followup-mail {__version__}")
        raise typer.Exit


def whole(
    home: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Where facts and queue live, instead of FOLLOWUP_HOME.", show_default=False
        ),
    ] = None,
    candidate: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="One of the people you look after; see `followup-mail candidates`.",
            show_default=False,
        ),
    ] = None,
    env_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A file of settings that goes before the environment and the home folder's .env.",
            show_default=False,
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_say_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Follow up well after a job interview.

    Write down once who you met and what was said; followup-mail knows what is due, writes it, checks it, shows it,
    and sends it once, at the right hour for the recipient.

    \b
    New here?      followup-mail demo
    In a browser:  followup-mail open
    Start:         followup-mail add
    Your account:  followup-mail setup
    Each day:      followup-mail today
    """
    name_places(home, env_file, candidate)


@cache
def make_program(families: tuple[str, ...] = tuple(FAMILIES)) -> typer.Typer:
    """Return the program with the commands of these modules."""
    program = typer.Typer(
        cls=StagedGroup,
        name="followup-mail",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    program.callback()(whole)
    for family in families:
        import_module(f"followup_mail.cli.commands.{family}").register(program)
    return program


def run_program(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code. Raises what the command raises, and typer's own exceptions."""
    program = _narrow(arguments)
    refuse_blank(program, arguments)
    name_command(arguments)
    try:
        result = program(args=list(arguments), prog_name="followup-mail", standalone_mode=False)
    except SystemExit as ended:
        # typer ends the program itself, with code 1, when the reader goes away in the middle of a command.
        if isinstance(ended.__context__, BrokenPipeError):
            raise ended.__context__ from None
        raise
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _narrow(arguments: Sequence[str]) -> typer.Typer:
    """Return the program with the one command that is asked for: to prepare all forty takes a while.

    Without a command in the first place, which may well be a mistake or a wish for help, it is the whole program.
    """
    wanted = _command_word(arguments)
    family = find_family(wanted)
    if family is None or wanted == "help":  # which shows the help of any command
        return make_program()
    narrow = copy(make_program((family,)))
    narrow.registered_commands = [one for one in narrow.registered_commands if wanted == _name_of(one)]
    narrow.registered_groups = [one for one in narrow.registered_groups if wanted == one.name]
    return narrow


def _name_of(command: Any) -> str:
    return str(command.name or command.callback.__name__.replace("_", "-"))


def _command_word(arguments: Sequence[str]) -> str:
    """Return the first word behind the options that say where to work; nothing where something else stands there."""
    words = list(arguments)
    while words and words[0].partition("=")[0] in PLACE_OPTIONS:
        words = words[1:] if "=" in words[0] else words[2:]
    return words[0] if words else ""

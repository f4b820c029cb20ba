"""The command ``help``: pages about a topic, and the help of a command."""

from pathlib import Path
from typing import Annotated, Final

import typer

from followup_mail.cli.commands.help_panels import START

TOPICS: Final = Path(__file__).parents[1] / "topics"
"""A page for each topic, at 72 columns; its first line is its title."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("help", rich_help_panel=START)(show_help)


def name_topics() -> list[str]:
    """Return the names of all topics."""
    return sorted(path.stem for path in TOPICS.glob("*.txt"))


def _complete(incomplete: str) -> list[str]:
    return [name for name in name_topics() if name.startswith(incomplete)]


def show_help(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TOPIC]", autocompletion=_complete, help="A topic, or a command such as: outbox list."),
    ] = None,
) -> None:
    """Explain a topic from the beginning, or a command. Without a name, list the topics.

    \b
    followup-mail help
    followup-mail help getting-started
    followup-mail help outbox list
    """
    topic = "-".join(words or []).casefold()
    if not topic:
        _list_topics()
    elif topic in name_topics():
        typer.echo((TOPICS / f"{topic}.txt").read_text("utf-8").rstrip())
    else:
        _explain_command(ctx, list(words or []))


def _list_topics() -> None:
    typer.echo("Topics:")
    for name in name_topics():
        title = (TOPICS / f"{name}.txt").read_text("utf-8").partition("\n")[0]
        typer.echo(f"  followup-mail help {name:<17}{title}")
    typer.echo("\nFor all commands, type followup-mail --help; for one of them, followup-mail help and its name.")


def _explain_command(ctx: typer.Context, words: list[str]) -> None:
    """Print what ``--help`` of the command prints."""
    whole = ctx.find_root().command
    if words[0].startswith("-") or words[0] not in getattr(whole, "commands", {}):
        known = ", ".join(name_topics())
        raise typer.BadParameter(f"There is no topic and no command '{words[0]}'. Topics: {known}.")
    whole.main([*words, "--help"], prog_name="followup-mail", standalone_mode=False)

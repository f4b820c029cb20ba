"""The command ``office``: what belongs to a career office as a whole. Its parts are in modules of their own."""

from importlib import import_module
from typing import Final

import typer

from followup_mail.cli.commands.help_panels import DELIVERY

PARTS: Final = (
    "office_setup_commands",
    "office_file_commands",
    "office_moving_commands",
    "office_watch_commands",
    "office_sharing_commands",
    "office_restored_commands",
    "worker_commands",
)
"""Modules beside this one, in the order of the help; each has ``add_to(group)``, which adds its commands."""


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="A career office: all its candidates in one database.",
    )
    for part in PARTS:
        import_module(f"followup_mail.cli.commands.{part}").add_to(group)
    app.add_typer(group, name="office", rich_help_panel=DELIVERY)

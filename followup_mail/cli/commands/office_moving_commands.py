"""Commands that take a home folder into the office, and out of it."""

import typer


def add_to(group: typer.Typer) -> None:
    """Add these commands to ``office``."""

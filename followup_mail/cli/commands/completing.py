"""What a shell is told when somebody presses Tab. Where something goes wrong it is told nothing: nobody asked."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import typer

Found: TypeAlias = list[tuple[str, str]]


def complete_application(ctx: typer.Context, incomplete: str) -> Found:
    """Return the applications whose short name begins like this."""
    from followup_mail.services.overview.completions import name_applications

    return _begun(incomplete, lambda: name_applications(_home(ctx)))


def complete_person(ctx: typer.Context, incomplete: str) -> Found:
    """Return the people of the application that stands before on the line."""
    from followup_mail.services.overview.completions import name_people

    return _begun(incomplete, lambda: name_people(_home(ctx), _application(ctx)))


def complete_kind(incomplete: str) -> Found:
    """Return the kinds of mail that begin like this."""
    from followup_mail.services.overview.completions import name_kinds

    return _begun(incomplete, name_kinds)


def complete_method(ctx: typer.Context, incomplete: str) -> Found:
    """Return the methods that begin like this."""
    from followup_mail.services.overview.completions import name_methods

    return _begun(incomplete, lambda: name_methods(_home(ctx)))


def complete_wording(ctx: typer.Context, incomplete: str) -> Found:
    """Return the wordings that begin like this."""
    from followup_mail.services.overview.completions import name_wordings

    return _begun(incomplete, lambda: name_wordings(_home(ctx)))


def complete_rule(incomplete: str) -> Found:
    """Return the codes of check rules that begin like this."""
    from followup_mail.services.overview.completions import name_rules

    return _begun(incomplete, name_rules)


def complete_mail(ctx: typer.Context, incomplete: str) -> Found:
    """Return the numbers of seen mails that begin like this."""
    from followup_mail.services.overview.completions import number_mails

    return _begun(incomplete, lambda: number_mails(_home(ctx)))


def complete_proposal(ctx: typer.Context, incomplete: str) -> Found:
    """Return the numbers of waiting proposals that begin like this."""
    from followup_mail.services.overview.completions import number_proposals

    return _begun(incomplete, lambda: number_proposals(_home(ctx)))


def complete_entry(ctx: typer.Context, incomplete: str) -> Found:
    """Return the numbers of entries that begin like this."""
    from followup_mail.services.overview.completions import number_entries

    return _begun(incomplete, lambda: number_entries(_home(ctx)))


def _application(ctx: typer.Context) -> str:
    """Return the application on the line. While an option lacks its value, no argument has been assigned yet."""
    words = (word for word in ctx.args if not word.startswith("-"))
    return str(ctx.params.get("application") or next(words, ""))


def _home(ctx: typer.Context) -> Path:
    """Return the home folder that the line or the environment names. No settings file is read for it."""
    from followup_mail.settings.load_settings import defaults_for

    return defaults_for(os.environ, ctx.find_root().params.get("home")).home


def _begun(incomplete: str, find: Callable[[], Iterable[tuple[str, str]]]) -> Found:
    try:
        words = [(word, said) for word, said in find() if word.casefold().startswith(incomplete.casefold())]
        # typer offers only what begins exactly as it was typed.
        return [(incomplete + word[len(incomplete) :], said) for word, said in words]
    except Exception:  # a shell would print it into the line that somebody is typing
        return []

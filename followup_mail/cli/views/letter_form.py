"""Ask for a letter of theirs, for the application it belongs to, about what does not fit, and whom to answer."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.choices import read_choice, show_options
from followup_mail.cli.terminal.read_pasted import paste, read_pipe
from followup_mail.cli.views.ask_whom import ask_whom
from followup_mail.cli.views.settle_doubt import Ways, is_settled
from followup_mail.errors import FactsError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.terms import Status
from followup_mail.incoming.letter import COPY
from followup_mail.services.answers.fitting_applications import Fit, plainly_meant, rank_applications, say_candidate
from followup_mail.services.answers.letter_doubt import Doubt
from followup_mail.services.answers.record_letter import Came
from followup_mail.services.answers.settle_letter import RankedFits, SettledLetter, settle_letter
from followup_mail.services.answers.take_letter import TakenLetter, take_letter
from followup_mail.workspace import Workspace

_SHOWN = 5
_PIPE = Path("-")


class Asked(Struct, frozen=True):
    """What the command line says about a letter."""

    application: str
    """The short name; empty where the letter is to tell."""
    message: Path | None
    status: Status
    yes: bool
    """Whether what does not fit is recorded without being asked."""
    json: bool = False

    @property
    def may_ask(self) -> bool:
        return screen.is_interactive() and not (self.yes or self.json)


def take_answer(workspace: Workspace, asked: Asked, *, offers_paste: bool = False) -> Came:
    """Read the letter, find what it belongs to, and have the user settle what does not fit. Records nothing.

    Raises ``RefusedError`` where the user says no, or where there is no terminal to ask on.
    """
    application = workspace.facts.load(_as_slug(asked)) if asked.application else None
    source = _source(asked, offers_paste=offers_paste)
    if source is None:
        if application is None:
            raise RefusedError("There is no letter, and no application is named.", fix=_how(asked.status))
        return Came(application.slug)
    taken = take_letter(workspace, source, application)
    fits = rank_applications(workspace, taken.letter)
    slug = application.slug if application else _choose(asked, fits)
    fit = _fit_of(fits, slug)
    settled = _settle_all(workspace, asked, fit.application, taken, fits)
    came = settled.came(ask_whom(settled.choices, may_ask=asked.may_ask))
    return came if application else replace(came, told=(*came.told, f"The letter is for {say_candidate(fit)}."))


def _as_slug(asked: Asked) -> str:
    if "." in asked.application[:255] and Path(asked.application[:255]).is_file():
        raise FactsError(
            f"{asked.application} is a file, not an application.",
            fix=f"followup-mail rejected --message {shlex.quote(asked.application)}",
        )
    return asked.application


def _source(asked: Asked, *, offers_paste: bool) -> Path | bytes | None:
    if asked.message and asked.message != _PIPE:
        return asked.message
    if screen.is_interactive() and (offers_paste or asked.message) and not asked.json:
        text = _ask_for_text(is_optional=bool(asked.application) and not asked.message)
        return text.encode(errors="replace") if text.strip() else None
    content = read_pipe(is_promised=asked.message == _PIPE) if offers_paste or asked.message else b""
    if not content.strip() and asked.message == _PIPE:
        raise FactsError("Nothing came through standard input.", fix=COPY)
    return content if content.strip() else None


def _ask_for_text(*, is_optional: bool) -> str:
    none = "; Enter alone: you have none" if is_optional else ""
    what = "Paste their mail, with the lines above it (From, Date, Subject)"
    return paste(f"{what}; then Enter (or Ctrl-D){none}.", plain_heading=f"{what}{none}.")


def _choose(asked: Asked, fits: Sequence[Fit]) -> str:
    """Return the application that the letter belongs to: where that is not plain, the user says."""
    if meant := plainly_meant(fits):
        return meant.application.slug
    if not fits:
        raise RefusedError("There is no application yet that it could belong to.", fix="Begin with: followup-mail add")
    likely = [fit for fit in fits if fit.score > 0] or list(fits)
    lines = [say_candidate(fit) for fit in likely[:_SHOWN]]
    left = len(likely) - len(lines)
    if not asked.may_ask:
        listed = "\n".join(f"  {line}" for line in lines) + (f"\n  and {left} more" if left else "")
        order = " Likeliest first:" if likely[0].why else ""
        raise RefusedError(
            f"It is not plain which application the letter is for. Nothing was recorded.{order}\n{listed}",
            fix=f"Name it: followup-mail {_command(asked, _likeliest(likely))}{_once_more(asked)}",
        )
    if len(lines) == 1:
        return _confirm_only(likely[0])
    screen.note("Which application is it?")
    show_options(lines)
    if left:
        screen.note(f"  and {left} more: followup-mail list")
    return _read_choice(fits, lines, likely)


def _likeliest(likely: Sequence[Fit]) -> str:
    """Return the application that more speaks for than for any other; APP where there is none."""
    first, second = likely[0], likely[1].score if len(likely) > 1 else 0
    return first.application.slug if first.why and first.score > second else "APP"


def _confirm_only(fit: Fit) -> str:
    screen.note(f"The letter may be for {say_candidate(fit)}.")
    if not screen.agree(f"Record it for {fit.application.slug}?"):
        raise RefusedError("Nothing was recorded.", fix="See all applications with: followup-mail list")
    return fit.application.slug


def _read_choice(fits: Sequence[Fit], lines: Sequence[str], likely: Sequence[Fit]) -> str:
    slugs = {fit.application.slug for fit in fits}
    while True:
        typed = screen.ask("Number, or short name (Enter: none of them): ").strip().lower().rstrip(".)")
        if not typed:
            raise RefusedError("Nothing was recorded.", fix="See all applications with: followup-mail list")
        if typed in slugs:
            return typed
        if (chosen := read_choice(typed, len(lines))) is not None:
            return likely[chosen].application.slug
        screen.note(f"  Type a number from 1 to {len(lines)}, or a short name.")


def _settle_all(
    workspace: Workspace, asked: Asked, application: Application, taken: TakenLetter, fits: Sequence[Fit]
) -> SettledLetter:
    """Have the user settle every doubt; return the letter for the application that it is for in the end."""
    slug = application.slug
    settled = settle_letter(workspace, application, asked.status, taken, RankedFits(fits, bool(asked.application)))
    for doubt in settled.doubts:
        ways = Ways(_command(asked, slug), _instead(asked, doubt, slug), _once_more(asked), moves=bool(doubt.meant))
        if not is_settled(doubt, slug, ways, yes=asked.yes, may_ask=asked.may_ask):
            meant = _fit_of(fits, doubt.meant).application
            return _settle_all(workspace, replace(asked, application=meant.slug), meant, taken, fits)
    return settled


def _instead(asked: Asked, doubt: Doubt, slug: str) -> str:
    """Return the command that records a letter for what it is, as a sentence; empty where there is none."""
    if doubt.meant:
        return f"Did you mean: followup-mail {_command(asked, doubt.meant)}?"
    if doubt.better is None:
        return ""
    said = f"To record what it says: followup-mail {_command(replace(asked, status=doubt.better), slug)}."
    return (
        f"{said} Then, with their new day: followup-mail resume {slug} --decision-by DAY." if doubt.names_day else said
    )


def _fit_of(fits: Sequence[Fit], slug: str) -> Fit:
    return next(fit for fit in fits if fit.application.slug == slug)


def _command(asked: Asked, slug: str) -> str:
    """Return the command in full, for another application."""
    named = str(asked.message or (_PIPE if _is_piped(asked) else ""))
    message = f" --message {shlex.quote(named)}" if named else ""
    what = f"rejected {slug}" if asked.status is Status.REJECTED else f"outcome {slug} {asked.status}"
    return f"{what}{message}"


def _is_piped(asked: Asked) -> bool:
    return asked.message in {None, _PIPE} and not screen.is_interactive()


def _once_more(asked: Asked) -> str:
    """Return what such a command needs where the letter came through a pipe, which is empty now."""
    return (
        "\nSend the letter through the pipe again, or name its file in place of the dash." if _is_piped(asked) else ""
    )


def _how(status: Status) -> str:
    if status is Status.REJECTED:
        return "Name one (followup-mail rejected APP), give their mail (--message FILE), or send it through a pipe."
    return "Give their mail with --message FILE."

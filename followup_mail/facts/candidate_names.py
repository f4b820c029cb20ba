"""What a candidate may be called, on a list of home folders and in an office alike."""

from __future__ import annotations

from typing import Final

from followup_mail.errors import RefusedError

LONGEST: Final = 60


def clean_name(name: str) -> str:
    """Return a name as it is kept: without blanks around it, and single blanks within."""
    return " ".join(name.split())


def can_name_candidate(clean: str) -> bool:
    """Return whether a candidate can be called so: readable, and fit to be typed as the value of an option."""
    is_short = 0 < len(clean) <= LONGEST
    return is_short and clean.isprintable() and not clean.startswith("-") and not set(clean) & set("/\\")


def refuse_name(name: str) -> RefusedError:
    """Return the error for what cannot name a candidate."""
    return RefusedError(
        f"{name!a} can't be the name of a candidate.",
        fix=f"Use up to {LONGEST} letters, without slashes, and without a hyphen in front: e.g. anna.",
    )

"""What a program may propose about facts: some of the options of ``change`` and ``add``, and nothing else.

It is a list of what is allowed. What names a file or an account, or chooses wordings and methods, is not on it: an
option that somebody adds to ``change`` tomorrow cannot be proposed until it is listed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from followup_mail.errors import OptionsError
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.language.addresses import find_addresses
from followup_mail.language.fit_to_tell import is_fit_to_tell
from followup_mail.proposals.proposal import MOST_CHANGES, ProposedChange, clean_change
from followup_mail.services.change_removals import REMOVABLE
from followup_mail.services.debrief_options import OPTION_NAMES, TOPICS

_ONCE_NEW: Final = (
    "company", "role", "applied", "zone", "country", "start", "duration", "format", "decision-by", "not-before",
    "channel", "interval", "calls", "quote",
)  # fmt: skip
_OFTEN_NEW: Final = ("person", *TOPICS, "fit", "not-mentioned", "promised")
FOR_NEW: Final = (*_ONCE_NEW, *_OFTEN_NEW)
"""The options that may be proposed for an application that is to be added."""
_OFTEN: Final = (
    *_OFTEN_NEW, "contact", "address", "title", "phone", "part", "name", "promised-to", "promise-says", "note",
    "remove",
)  # fmt: skip
FOR_CHANGE: Final = (*_ONCE_NEW, "interview", "round", *_OFTEN)
"""The options that may be proposed for an application that is there."""
REMOVABLE_BY_PROPOSAL: Final = tuple(option for option in REMOVABLE if option not in {"cadence", "ready", "note"})
"""What may be proposed to be taken out: no private note, which no assistant has read."""


_UNTOLD: Final = frozenset({"address", "phone", "note"})


def is_untold(change: ProposedChange) -> bool:
    """Tell whether what a change is about may not be told: whether it is new or not, an assistant does not learn."""
    if change.option in {"person", "contact"}:
        return bool(find_addresses(change.value))
    what = change.value.partition(":")[0] if change.option == "remove" else change.option
    return _name(what) in _UNTOLD or not is_fit_to_tell(change.value)


def clean_changes(changes: Sequence[ProposedChange], *, is_new: bool) -> tuple[ProposedChange, ...]:
    """Return changes in the form in which they are kept: allowed, visible, each option by the name of the list.

    Raises ``OptionsError`` with all that is wrong.
    """
    if not changes:
        raise OptionsError("No change is proposed.", fix="Name one option and its value at least.")
    if len(changes) > MOST_CHANGES:
        raise OptionsError(f"These are {len(changes)} changes; {MOST_CHANGES} are the most.", fix="Propose fewer.")
    problems: list[str] = []
    clean: list[ProposedChange] = []
    for change in changes:
        try:
            clean.append(_clean(change, is_new))
        except UnfitError as error:
            problems.append(f"--{_name(change.option)}: {error}")
    problems += _given_twice(clean)
    if problems:
        allowed = ", ".join(FOR_NEW if is_new else FOR_CHANGE)
        raise OptionsError("\n".join(problems), fix=f"Nothing was kept. What can be proposed: {allowed}.")
    return tuple(clean)


def as_options(changes: Sequence[ProposedChange]) -> dict[str, Any]:
    """Return changes that are clean as the commands ``change`` and ``add`` have them."""
    given: dict[str, Any] = {}
    for change in changes:
        name = change.option.replace("-", "_")
        if change.option in _OFTEN:
            given.setdefault(name, []).append(change.value)
        else:
            given[OPTION_NAMES.get(name, name)] = change.value
    return given


def _clean(change: ProposedChange, is_new: bool) -> ProposedChange:
    clean = clean_change(change)
    option = _name(clean.option)
    if option not in (FOR_NEW if is_new else FOR_CHANGE):
        raise UnfitError("cannot be proposed")
    if not clean.value:
        raise UnfitError("has no value")
    if option == "remove" and _name(clean.value.partition(":")[0]) not in REMOVABLE_BY_PROPOSAL:
        raise UnfitError(
            f"{quoted(clean.value)} cannot be proposed",
            f'write "OPTION: WHICH", where OPTION is one of {", ".join(REMOVABLE_BY_PROPOSAL)}',
        )
    return ProposedChange(option, clean.value, clean.sentence)


def _given_twice(changes: Sequence[ProposedChange]) -> Iterator[str]:
    once = [change.option for change in changes if change.option not in _OFTEN]
    for option in dict.fromkeys(once):
        if once.count(option) > 1:
            yield f"--{option}: it is given {once.count(option)} times, and holds one thing"


def _name(option: str) -> str:
    """Return the name of an option as the lists have it, however it was written."""
    bare = option[:60].strip().casefold().lstrip("-").rstrip("_").replace("_", "-").replace(" ", "-")
    return "".join(letter if letter.isprintable() else "?" for letter in bare)

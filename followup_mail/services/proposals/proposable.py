"""What a program may propose about facts: some of the options of ``change`` and ``add``, and nothing else.

It is a list of what is allowed. What names a file or an account, or chooses wordings and methods, is not on it: an
option that somebody adds to ``change`` tomorrow cannot be proposed until it is listed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from followup_mail.errors import OptionsError
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.language.addresses import find_addresses
from followup_mail.language.fit_to_tell import is_fit_to_tell
from followup_mail.proposals.proposal import MOST_CHANGES, ProposedChange, clean_change
from followup_mail.services.adding.debrief_options import OPTION_NAMES
from followup_mail.services.changing.change_removals import REMOVABLE

REMOVABLE_BY_PROPOSAL: Final = tuple(option for option in REMOVABLE if option not in {"cadence", "ready", "note"})
"""What may be proposed to be taken out: no private note, which no assistant has read."""


class Option(Struct, frozen=True):
    """One option that may be proposed."""

    name: str
    told: str
    """What it is for and how its value is written, in words for assistants."""
    page: str
    """What it is about, in words for people who never type one."""
    often: bool = False
    """Whether it may be given several times."""
    for_new: bool = True
    """Whether it may be proposed for an application that is to be added."""
    for_mails: bool = False
    """Whether mails are written from it."""
    untold: bool = False
    """Whether an assistant may not learn what the facts hold of it."""


_TABLE: Final = (
    Option("company", 'The company. "Lumen Freight"', "the company"),
    Option("role", 'The position. "Data Engineer"', "the position"),
    Option("applied", 'When they applied. "2026-11-02", "2 nov"', "when you applied"),
    Option("zone", 'Where the employer is: a city, a zone or a country. "Denver"', "their time zone"),
    Option("country", 'Their country, for public holidays. "Germany"', "their country"),
    Option("start",
        'When an interview began, by their clock; adds one, unless `interview` names one. "2026-12-02 10:00"',
        "when the interview was"),
    Option("duration", 'How long it took. "45 min"', "how long the interview took"),
    Option("format", '"video", "phone" or "in person"', "how the interview was held"),
    Option("decision-by", 'They decide by this day. "friday", "4 dec"', "the day of their decision"),
    Option("not-before", 'They want to hear nothing before this day. "2026-12-01"',
        "the day before which they want nothing"),
    Option("channel", 'What they prefer. "email", "phone", "post" or "linkedin"', "how they want to be reached"),
    Option("interval", 'How often a follow-up is welcome. "2 weeks"', "how often they want to hear from you"),
    Option("calls", 'Whether calls are welcome, if they said so. "y" or "n"', "whether calls are welcome"),
    Option("quote", "Their own words about the next steps.", "what they said", for_mails=True),
    Option("interview", "The number of the interview that start, duration, format, round and person are about.",
        "which interview it is about", for_new=False),
    Option("round", 'The round of the interview. "2"', "which round it was", for_new=False),
    Option("person", 'Somebody met. "Priya Raman; Head of Data; hiring manager"', "a new person", often=True),
    Option("discussed",
        'A note on what was talked about with somebody. "priya: late manifests cost them two days a week"',
        "what you talked about", often=True, for_mails=True),
    Option("convinced", 'A note on what from somebody convinced the user. "priya: how openly she spoke of the outage"',
        "what convinced you", often=True, for_mails=True),
    Option("moment",
        'What to thank somebody for, as it will stand in the mail. "priya: I liked that you ..., because ..."',
        "what you thank somebody for", often=True, for_mails=True),
    Option("link", 'Their problem and what the user has done about one like it. "priya: You want .... I ..."',
        "their problem, and what you did about one like it", often=True, for_mails=True),
    Option("offer", 'What the user would like to do or to ask, as it will stand. "priya: Could you ...?"',
        "what you offer or ask", often=True, for_mails=True),
    Option("fit", "A note on why the user fits.", "why you fit", often=True, for_mails=True),
    Option("not-mentioned", "A note on what the user did not get to say.",
        "what you did not mention", often=True, for_mails=True),
    Option("promised", 'What the user promised to send. "the case study"',
        "a promise of yours", often=True, for_mails=True),
    Option("contact", 'Somebody of theirs whom the user did not meet. "Ana Ruiz; recruiter"',
        "a new person", often=True, for_new=False),
    Option("address", 'A mail address, when the user gives it to you. "priya: priya@new.example"',
        "their address", often=True, for_new=False, untold=True),
    Option("title", 'A job title. "priya: Head of Data"', "somebody's job title", often=True, for_new=False),
    Option("phone", 'A number, when the user gives it to you. "priya: +1 312 555 0142"',
        "a phone number", often=True, for_new=False, untold=True),
    Option("part", 'Their part in hiring. "priya: hiring manager"', "their part in hiring", often=True, for_new=False),
    Option("name", 'Their name, put right. "priya: Priya Raman-Shah"',
        "how somebody's name is spelled", often=True, for_new=False),
    Option("promised-to", 'Whom it was promised to. "case study: priya"',
        "whom you promised it", often=True, for_new=False),
    Option("promise-says", "How the mail keeps a promise, as a sentence that will stand in it; without a file or this "
        'sentence no mail leaves. "case study: I will send you the case study this week."',
        "the sentence that keeps a promise", often=True, for_new=False, for_mails=True),
    Option("note", "A note for the user alone; never part of a mail.",
        "a note", often=True, for_new=False, untold=True),
    Option("remove",
        f'Takes something out: "OPTION: WHICH". OPTION: {", ".join(REMOVABLE_BY_PROPOSAL)}. "fit: airflow"',
        "something is taken away", often=True, for_new=False),
)  # fmt: skip
OPTIONS: Final[Mapping[str, Option]] = {option.name: option for option in _TABLE}
FOR_NEW: Final = tuple(option.name for option in _TABLE if option.for_new)
"""The options that may be proposed for an application that is to be added."""
FOR_CHANGE: Final = tuple(OPTIONS)
"""The options that may be proposed for an application that is there."""


def tell_options(*, is_new: bool) -> str:
    """Return a line for each option, for assistants."""
    return "\n".join(f"{name}: {OPTIONS[name].told}" for name in (FOR_NEW if is_new else FOR_CHANGE))


def is_untold(change: ProposedChange) -> bool:
    """Return whether what a change is about may not be told: whether it is new or not, an assistant does not learn."""
    if change.option in {"person", "contact"}:
        return bool(find_addresses(change.value))
    what = change.value.partition(":")[0] if change.option == "remove" else change.option
    option = OPTIONS.get(_name(what))
    return (option is not None and option.untold) or not is_fit_to_tell(change.value)


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
        if OPTIONS[change.option].often:
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
    once = [change.option for change in changes if not OPTIONS[change.option].often]
    for option in dict.fromkeys(once):
        if once.count(option) > 1:
            yield f"--{option}: it is given {once.count(option)} times, and holds one thing"


def _name(option: str) -> str:
    """Return the name of an option as the lists have it, however it was written."""
    bare = option[:60].strip().casefold().lstrip("-").rstrip("_").replace("_", "-").replace(" ", "-")
    return "".join(letter if letter.isprintable() else "?" for letter in bare)

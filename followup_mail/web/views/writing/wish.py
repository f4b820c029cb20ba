"""What a form about mails says: for whom, in which words, at which moment, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from followup_mail.cadence.step import StepId
from followup_mail.services.context.request import Request, read_kind
from followup_mail.services.proposals.caution import Caution
from followup_mail.services.writing.who_writes import GivenWords
from followup_mail.services.writing.worded import Words
from followup_mail.web.frame.asked import Asked, Form, read_number
from followup_mail.web.frame.shown import facts_version


class Wish(Struct, frozen=True):
    """Everything that was typed or chosen."""

    request: Request
    do: str = "look"
    """What was pressed: a word, and perhaps what it is about."""
    words: Mapping[str, Words] = field(default_factory=dict)
    """What was decided about each mail, by the short name of the person."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """The text of each mail as the form brought it."""
    taken: tuple[str, ...] | None = None
    """Whose mails are meant; None: all of them."""
    at_before: str = ""
    """The moment in force when the form was made, as it was said."""
    month: str = ""
    """Which month is shown, as ``2026-12``; empty: that in which the mails leave."""
    proposal: int = 0
    """The number of the proposal whose words are changed before they are queued; 0: none."""
    given: Mapping[StepId, GivenWords] = field(default_factory=dict)
    """The words of that proposal, once it was read (``proposed.take_up``)."""
    cautions: tuple[Caution, ...] = ()
    """What to look at twice in them."""

    @property
    def action(self) -> str:
        return self.do.partition(" ")[0]

    @property
    def about(self) -> list[str]:
        """What the action is about, e.g. a code and a person."""
        return self.do.split()[1:]


def words_version(subject: str, text: str) -> str:
    """Return the version of subject and text; blank lines at both ends do not count, as browsers change them."""
    return facts_version(f"{subject.strip()}\n\n{text.strip()}")


def read_wish(asked: Asked) -> Wish:
    """Read it from a form, or from the address where there is none. Raises ``NotFoundError`` for an unknown kind."""
    form = asked.form if asked.form.fields else asked.query
    do = form.get("do") or "look"
    request = Request(
        asked.path["slug"],
        read_kind(asked.path["kind"]),
        form.all("to"),
        form.get("wording"),
        _read_at(form, do),
        early=form.get("early").strip(),
        even_taken=True,
    )
    people = form.fields.get("offered", ())
    return Wish(
        request,
        do,
        {person: words for person in people if (words := _read_words(form, person)) != Words()},
        {person: form.get(f"text-{person}") for person in people},
        tuple(form.fields.get("take", ())) if "offered" in form else None,
        form.get("was_at"),
        do.removeprefix("month ") if do.startswith("month ") else form.get("month"),
        read_number(form.get("proposal")),
    )


def _read_at(form: Form, do: str) -> str:
    """Return the moment in the user's words: what was typed, or the day and time chosen, whichever was changed."""
    at = form.get("at").strip()
    if do == "planned":
        return ""
    day, time = form.get("day"), form.get("time").strip()
    if at == form.get("was_at") and day and (day, time) != (form.get("was_day"), form.get("was_time")):
        return f"{day} {time}".strip()
    return at


def _read_words(form: Form, person: str) -> Words:
    subject, text = form.get(f"subject-{person}").strip(), _tidy(form.get(f"text-{person}"))
    is_own = bool(text) and words_version(subject, text) != form.get(f"base-{person}")
    ignore = tuple(dict.fromkeys(form.all(f"ignore-{person}")))
    own = (subject, text) if is_own else ("", "")
    return Words(form.get(f"wording-{person}"), *own, ignore)


def _tidy(text: str) -> str:
    """Return a text without spaces at the ends of its lines, and without blank lines at both ends."""
    lines = [line.rstrip() for line in text.split("\n")]
    tidy = "\n".join(lines).strip("\n")
    return f"{tidy}\n" if tidy.strip() else ""

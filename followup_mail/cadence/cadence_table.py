"""A cadence file's keys turned into a ``Cadence``: every problem is noted with its place, none stops the others."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

from msgspec import Struct

from followup_mail.cadence.kinds import Anchor, Audience, Kind
from followup_mail.cadence.method import Cadence, CadenceStep, Calls, Limit, Need, When
from followup_mail.cadence.offset import Offset
from followup_mail.facts.channels import Channel
from followup_mail.facts.clean import clean_line, clean_passage

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Where = tuple[str | int, ...]

_MOST_STEPS: Final = 30
TOP_KEYS: Final = ("title", "source", "about", "interval", "after_decision", "after_thanks", "calls", "ask", "never")
LIMIT_KEYS: Final = ("contacts", "calls_reached", "calls_tried", "single_thanks")
STEP_KEYS: Final = (
    *("kind", "channel", "audience", "anchor", "offset", "window", "deadline", "within"),
    *("when", "otherwise", "strict", "repeat", "needs", "say"),
)


class Wrong(Struct, frozen=True):
    """One thing wrong with a value."""

    where: Where
    wrong: str
    right: str = ""


@dataclass(slots=True)
class Table:
    """One table of the file, read key by key; what is wrong is collected."""

    keys: Mapping[str, Any]
    where: Where
    wrong: list[Wrong] = field(default_factory=list)

    def take(self, key: str, read: Callable[[Any], T], default: T) -> T:
        """Return the value of ``key``, read; the default when it is not there or cannot be read."""
        if key not in self.keys:
            return default
        try:
            return read(self.keys[key])
        except ValueError as error:
            self.wrong.append(Wrong((*self.where, key), *_halves(str(error))))
            return default

    def demand(self, *keys: str) -> None:
        """Note each key that must be there and is not."""
        self.wrong += [Wrong((*self.where, key), "is missing") for key in keys if key not in self.keys]

    def refuse_others(self, known: tuple[str, ...]) -> None:
        """Note each key that means nothing, with the nearest that does."""
        for key in self.keys:
            if key not in known:
                near = difflib.get_close_matches(str(key)[:60], known, n=1)
                right = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}"
                self.wrong.append(Wrong((*self.where, key), "is not a key of a cadence", right))

    def table(self, key: str) -> Table:
        """Return a table inside this one; empty when it is not there or is no table."""
        inner: dict[str, Any] = self.take(key, _read_table, {})
        return Table(inner, (*self.where, key), self.wrong)


def read_cadence(document: Mapping[str, Any], name: str, *, own: bool) -> tuple[Cadence, list[Wrong]]:
    """Return the cadence and everything wrong with it; only one without anything wrong may be used."""
    top = Table(document, ())
    top.refuse_others((*TOP_KEYS, "limit", "steps"))
    top.demand("title", "steps")
    usual = Cadence(name=name, title="", source="", about="", steps=())
    cadence = Cadence(
        name=name,
        title=top.take("title", read_text, name),
        source=top.take("source", read_text, ""),
        about=top.take("about", read_text, ""),
        steps=_read_steps(top),
        interval=top.take("interval", _read_long_span, usual.interval),
        after_decision=top.take("after_decision", read_span, usual.after_decision),
        after_thanks=top.take("after_thanks", read_span, None),
        calls=top.take("calls", _choice(Calls), usual.calls),
        limit=_read_limit(top.table("limit")),
        ask=top.take("ask", _read_texts, ()),
        never=top.take("never", _read_texts, ()),
        own=own,
    )
    return cadence, top.wrong


def _read_limit(table: Table) -> Limit:
    table.refuse_others(LIMIT_KEYS)
    usual = Limit()
    return Limit(
        contacts=table.take("contacts", _read_contacts, usual.contacts),
        calls_reached=table.take("calls_reached", _count(1, 10), usual.calls_reached),
        calls_tried=table.take("calls_tried", _count(1, 10), usual.calls_tried),
        single_thanks=table.take("single_thanks", _count(1, 50), usual.single_thanks),
    )


def _read_steps(top: Table) -> tuple[CadenceStep, ...]:
    steps = []
    given: list[dict[str, Any]] = top.take("steps", _read_tables, [])
    for n, keys in enumerate(given):
        table = Table(keys, ("steps", n), top.wrong)
        faults = len(top.wrong)
        step = _read_step(table)
        if len(top.wrong) == faults:
            top.wrong += check_step(step, table.where)
        steps.append(step)
    return tuple(steps)


def _read_step(table: Table) -> CadenceStep:
    table.refuse_others(STEP_KEYS)
    table.demand("kind", "channel", "audience", "anchor")
    return CadenceStep(
        kind=table.take("kind", _choice(Kind), next(iter(Kind))),
        channel=table.take("channel", _choice(Channel), next(iter(Channel))),
        audience=table.take("audience", _choice(Audience), Audience.ONE_PERSON),
        anchor=table.take("anchor", _choice(Anchor), Anchor.INTERVIEW),
        offset=table.take("offset", read_span, None),
        window=table.take("window", read_span, None),
        deadline=table.take("deadline", _read_deadline, None),
        within=table.take("within", _read_deadline, None),
        when=table.take("when", _choice(When), When.ALWAYS),
        otherwise=table.take("otherwise", _choice(Channel), None),
        strict=table.take("strict", _read_flag, False),
        repeat=table.take("repeat", _read_flag, False),
        needs=table.take("needs", _read_needs, ()),
        say=table.take("say", read_text, ""),
    )


def check_step(step: CadenceStep, where: Where) -> list[Wrong]:
    """Return what does not go together in one step."""
    anchors, audience = step.kind.traits.anchors, step.kind.traits.audience
    if not anchors:
        return [Wrong((*where, "kind"), f"a {step.kind} is only written when you ask for it", "Leave this step out")]
    wrong = []
    if step.anchor not in anchors:
        right = f"Write {say_choices(anchors)}"
        wrong.append(Wrong((*where, "anchor"), f"a {step.kind} cannot count from '{step.anchor}'", right))
    if step.audience is not audience:
        wrong.append(Wrong((*where, "audience"), f"a {step.kind} is for '{audience}'", f'Write "{audience}"'))
    if step.offset is None and step.anchor is not Anchor.PREVIOUS:
        wrong.append(Wrong((*where, "offset"), "is missing", 'Write how long after, like "2 hours" or "1 week"'))
    if step.window and step.offset and step.window.days < step.offset.days:
        wrong.append(Wrong((*where, "window"), "ends before the step's own offset", "Make it longer, or leave it out"))
    if step.within and not step.kind.traits.thanks_for_interview:
        wrong.append(Wrong((*where, "within"), "is only for a thank_you", "Write a deadline instead"))
    if step.within and step.offset and step.within.days < step.offset.days:
        wrong.append(Wrong((*where, "within"), "ends before the step's own offset", "Make it longer"))
    if step.repeat and not (step.channel.traits.is_call and step.kind.traits.can_be_series):
        series = " or ".join(kind for kind in Kind if kind.traits.can_be_series)
        wrong.append(Wrong((*where, "repeat"), f"only a {series} by phone can be a series", "Leave it out"))
    return wrong


def say_choices(values: tuple[str, ...] | type[StrEnum]) -> str:
    """Return the values one may write, quoted."""
    return ", ".join(f'"{value}"' for value in values)


def read_text(given: Any) -> str:
    """Read a passage; line breaks become spaces."""
    if not isinstance(given, str):
        raise ValueError("must be text; put it in quotes")
    return clean_passage(given)


def read_span(given: Any) -> Offset:
    """Read a span of planning."""
    if not isinstance(given, str):
        raise ValueError('must be a span in quotes; write "2 hours", "1 week" or "2 working days"')
    return Offset.read(given)


def _read_long_span(given: Any) -> Offset:
    span = read_span(given)
    if span.days < 1:
        raise ValueError(f"{span} is too short between two messages; a day is the least")
    return span


def _read_deadline(given: Any) -> Offset:
    span = read_span(given)
    if not span.count:
        raise ValueError("leaves no time at all; a day is the least")
    return span


def _read_flag(given: Any) -> bool:
    if not isinstance(given, bool):
        raise ValueError("must be true or false; write it without quotes")
    return given


def _read_contacts(given: Any) -> int | None:
    return None if given == "none" else _count(1, 6)(given)


def _count(least: int, most: int) -> Callable[[Any], int]:
    def read(given: Any) -> int:
        if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= most:
            raise ValueError(f"must be a number from {least} to {most}")
        return given

    return read


def _choice(values: type[E]) -> Callable[[Any], E]:
    def read(given: Any) -> E:
        try:
            return values(given)
        except ValueError:
            raise ValueError(_no_choice(given, tuple(values))) from None

    return read


def _no_choice(given: Any, values: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(given[:60], values, n=1) if isinstance(given, str) else []
    right = f'did you mean "{near[0]}"?' if near else f"write one of {say_choices(values)}"
    return f"{clean_line(repr(given)[:60])} is not known here; {right}"


def _read_needs(given: Any) -> tuple[Need, ...]:
    return tuple(_choice(Need)(item) for item in _read_list(given))


def _read_texts(given: Any) -> tuple[str, ...]:
    return tuple(read_text(item) for item in _read_list(given))


def _read_list(given: Any) -> list[Any]:
    if not isinstance(given, list):
        raise ValueError("must be a list; write it in [ ]")
    return given


def _read_table(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError("must be a table; write it as [limit] on a line of its own")
    return given


def _read_tables(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not given or not all(isinstance(table, dict) for table in given):
        raise ValueError("must be steps; begin each with [[steps]] on a line of its own")
    if len(given) > _MOST_STEPS:
        raise ValueError(f"are {len(given)}; {_MOST_STEPS} is the limit")
    return given


def _halves(sentence: str) -> tuple[str, str]:
    wrong, _, right = sentence.partition("; ")
    return wrong, right[:1].upper() + right[1:]

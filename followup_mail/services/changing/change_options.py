"""Options of `change` carried out on the facts: each is read as `add` reads it, and every problem is said at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from followup_mail.cadence.days_off import region_gap
from followup_mail.errors import FollowupError
from followup_mail.facts.addressees import take_addressee
from followup_mail.facts.clean import clean_passage
from followup_mail.facts.moments import read_moment, read_span
from followup_mail.facts.names import slugify
from followup_mail.facts.place_tables import country_of
from followup_mail.facts.questions import Question
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_places import Place
from followup_mail.facts.said_readings import AmbiguousError, Side, says_nothing
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.facts.zone_and_country import country_names
from followup_mail.services.adding.debrief_options import (
    OPTION_NAMES,
    OTHER_QUESTIONS,
    PERSON_QUESTIONS,
    TOPICS,
    read_answer,
)
from followup_mail.services.changing.change_people import add_person, read_person_values, tell_about
from followup_mail.services.changing.change_removals import remove_fact
from followup_mail.services.changing.facts_draft import (
    FactsDraft,
    Table,
    add_new,
    listed,
    start_of,
    to_fact,
    use_duration,
)
from followup_mail.services.changing.keep_note import add_to_notes
from followup_mail.services.context.mail_accounts import choose_account
from followup_mail.services.typed.change_table import OF_EACH_PERSON, OF_PROMISE, SAID, say_option
from followup_mail.services.typed.home_country import read_as_written
from followup_mail.services.typed.interview_length import length_of_new, length_told
from followup_mail.services.typed.promised_files import find_promised_file
from followup_mail.workspace import Workspace

OF_INTERVIEW: Final = ("start", "duration", "format")
_OF_PROMISE: Final = {"file": "FILE", "to": "PERSON", "says": "SENTENCE"}


@dataclass
class ChangeReader:
    """The options of one change, and what was wrong with them."""

    workspace: Workspace
    draft: FactsDraft
    given: Mapping[str, Any]
    tell: Callable[[str], object]
    problems: list[str] = field(default_factory=list)
    asked: list[AmbiguousError] = field(default_factory=list)
    """Those of them that come from words with several readings."""

    def read(self) -> None:
        """Carry out every option; what cannot be read stands in ``problems`` afterwards."""
        self._plain_facts()
        self._try("--cadence", self._choose, "cadence", lambda name: self.workspace.cadence(name).name)
        self._try("--account", self._choose, "account", lambda name: choose_account(self.workspace, name).account_name)
        self._try("--region", self._choose_region)
        interview = self._interview()
        for option in ("person", "contact"):
            for text in self._texts(option):
                self._try(f"--{option}", add_person, self, text, None if option == "contact" else interview)
        for option, key in OF_EACH_PERSON.items():
            for text in self._texts(option):
                self._try(f"--{option}", read_person_values, self, key, text)
        for option in TOPICS:
            for text in self._texts(option):
                self._try(f"--{option}", tell_about, self, option, text)
        self._promises()
        for text in self._texts("note"):
            self._note(text)
        for text in self._texts("remove"):
            self._try("--remove", remove_fact, self.draft, text)

    def question(self, name: str) -> Question:
        """Return the question of a person's key."""
        return next(question for question in PERSON_QUESTIONS if question.field == f"people.{name}")

    @property
    def where(self) -> Place:
        """What the facts say of where they are."""
        zone, country = (str(self.draft.document.get(key) or "") for key in ("time_zone", "country"))
        return Place(zone or self.workspace.own_zone.key, country)

    def answer(self, question: Question, text: str) -> Any:
        """Read one answer into a fact. Raises ``ValueError``."""
        if question.many and says_nothing(text):
            raise UnfitError(f"{quoted(text)} is nothing to write down", "leave the option out, or use --remove")
        value = read_answer(self.workspace, question, [text], self.where)
        return to_fact(value[0] if question.many else value)

    def _texts(self, name: str) -> Sequence[str]:
        told = self.given.get(name) or ()
        return [told] if isinstance(told, str) else [*told]

    def _try(self, option: str, do: Callable[..., object], *arguments: Any) -> None:
        try:
            do(*arguments)
        except ValueError as error:
            self.problems.append(f"{option}: {error}")
            self.asked += [error] if isinstance(error, AmbiguousError) else []

    def _plain_facts(self) -> None:
        for question in OTHER_QUESTIONS:
            name = OPTION_NAMES.get(question.field, question.field)
            if question.field not in OF_INTERVIEW:
                for text in self._texts(name):
                    self._try(f"--{say_option(name)}", self._keep, question, text)

    def _keep(self, question: Question, text: str) -> None:
        value, document = self.answer(question, text), self.draft.document
        if question.field == "promised":
            to, what = take_addressee(value, [str(person["name"]) for person in self.draft.people()])
            if all(slugify(promise["what"]) != slugify(what) for promise in self.draft.tables("promised")):
                self.draft.tables("promised").append({"what": what} | ({"to": to} if to else {}))
        elif question.many:
            add_new(listed(document, question.field), value)
        elif question.field in SAID:
            document.setdefault("said", {})[question.field] = value
        else:
            if question.field == "time_zone" and value != document.get("time_zone") and not self.given.get("country"):
                self._move_country(str(value))
            document[question.field] = value

    def _move_country(self, zone: str) -> None:
        """Let the holidays be those of the new place: another country, with no region of the former one."""
        code, document = country_of(zone), self.draft.document
        if not code or code == document.get("country"):
            return
        document["country"] = code
        document.pop("region", None)
        self.tell(f"The holidays are those of {country_names().get(code, code)} now. Another country: --country CODE")

    def _choose(self, key: str, choose: Callable[[str], str]) -> None:
        """Keep the cadence or the account that is named. Raises ``ValueError``."""
        if name := str(self.given.get(key) or ""):
            try:
                self.draft.document[key] = choose(name)
            except FollowupError as error:
                raise ValueError(error.in_full) from None

    def _choose_region(self) -> None:
        """Keep the part of the country that is named. Raises ``ValueError``."""
        if said := " ".join(str(self.given.get("region") or "").split()):
            country = str(self.draft.document.get("country") or "")
            if not country:
                raise ValueError("which country is it in? Add --country")
            if gap := region_gap(country, said, self.workspace.now().year):
                raise ValueError(gap)
            self.draft.document["region"] = said

    def _interview(self) -> Table | None:
        """Return the interview that the other options are about: a new one, a changed one, or the one named."""
        number, problems = str(self.given.get("interview") or ""), len(self.problems)
        told = self._told_of_interview()
        try:
            if "start" in told and not number:
                return self._new_interview(told) if len(self.problems) == problems else None
            if not told and not number:
                return None
            interview = self.draft.interview(number)
            _change_interview(interview, told)
        except ValueError as error:
            self.problems.append(f"--{'interview' if number else 'start'}: {error}" if number else str(error))
            return None
        return interview

    def _told_of_interview(self) -> Table:
        told: Table = {}
        for question in OTHER_QUESTIONS:
            if question.field in OF_INTERVIEW:
                read = self._start if question.field == "start" else self.answer
                for text in self._texts(OPTION_NAMES.get(question.field, question.field)):
                    self._try(
                        f"--{question.field}",
                        lambda q=question, t=text, read=read: told.update({q.field: read(q, t)}),
                    )
        if "start" in told:
            self._try("--start", lambda: told.update(_length_within(self._texts("start")[0], told)))
        for text in self._texts("round"):
            bare = text.strip().lstrip("0")
            if bare.isascii() and bare.isdigit() and len(bare) < 5 and 1 <= int(bare) <= 20:
                told["round"] = int(bare)
            else:
                self.problems.append(f"--round: {quoted(text)} is not a number from 1 to 20")
        return told

    def _start(self, question: Question, text: str) -> Any:
        """Read when an interview was. A further one is to come where it would be before the latest one held."""
        start = self.answer(question, text)
        known, today = [start_of(each) for each in self.draft.interviews], self.workspace.now().date()
        held = [each.date() for each in known if each.date() <= today]
        wall = read_moment(start).replace(tzinfo=None)
        if self.given.get("interview") or not held or wall in known or wall.date() >= max(held):
            return start
        zone = self.where.zone
        return to_fact(
            read_as_written(
                self.workspace,
                lambda one: read_moment_said(one, today, Side.FURTHER_INTERVIEW, zone),
                text,
                self.where,
            )
        )

    def _new_interview(self, told: Table) -> Table:
        """Add an interview in its place by time; on another day than the latest it is another round."""
        start = read_moment(told["start"])
        known = sorted(self.draft.interviews, key=start_of)
        if twin := next((each for each in known if start_of(each) == start.replace(tzinfo=None)), None):
            _change_interview(twin, told)
            return twin
        length = to_fact(length_of_new(self._texts("start")[0], _span_of(told), self.tell))
        interview = {"start": told["start"], "duration": length}
        interview |= {"format": told["format"]} if "format" in told else {}
        interview |= {"round": told.get("round") or _next_round(known, start)}
        self.draft.add_interview(interview)
        return interview

    def _promises(self) -> None:
        for option, key in OF_PROMISE.items():
            for text in self._texts(option):
                self._try(f"--{say_option(option)}", self._keep_promise, key, text)

    def _keep_promise(self, key: str, text: str) -> None:
        what, value = self._split_promise(text)
        if not value:
            raise ValueError(f'which promise? Write "PROMISE: {_OF_PROMISE[key]}"')
        promise = self.draft.promise(what)
        if key == "file":
            promise["file"] = find_promised_file(self.workspace, value, self.tell)
        elif key == "says":
            promise["says"] = clean_passage(value)
        elif value.casefold() in {"everybody", "everyone", "all"}:
            promise["to"] = "everybody"
        else:
            promise["to"] = self.draft.entries_of(value)[0]["name"]

    def _split_promise(self, text: str) -> tuple[str, str]:
        """Return the promise that a text begins with, and what it says of it. A promise may have a colon in it."""
        known = {str(promise["what"]).casefold() for promise in self.draft.tables("promised")}
        colons = [at for at, sign in enumerate(text) if sign == ":"] or [len(text)]
        at = next((at for at in reversed(colons) if text[:at].strip().casefold() in known), colons[0])
        return text[:at], text[at + 1 :].strip()

    def _note(self, text: str) -> None:
        known = str(self.draft.document.get("notes") or "")
        self.draft.document["notes"] = add_to_notes(known, text, self.workspace.now().date())


def _length_within(start: str, told: Table) -> Table:
    """Return the length where the beginning came with an end. Raises ``UnfitError`` where another was told."""
    length = length_told(start, _span_of(told))
    return {"duration": to_fact(length)} if length else {}


def _span_of(told: Table) -> timedelta | None:
    return read_span(told["duration"]) if "duration" in told else None


def _next_round(known: Sequence[Table], start: datetime) -> int:
    """Return the round of a new interview: that of an interview on the same day, else the next one."""
    same_day = [each.get("round", 1) for each in known if start_of(each).date() == start.date()]
    before = [each.get("round", 1) for each in known if start_of(each) < start.replace(tzinfo=None)]
    return int(max(same_day) if same_day else max(before, default=0) + 1)


def _change_interview(interview: Table, told: Table) -> None:
    """Change an interview; one that was written down with its end keeps its length when it is moved."""
    if "start" in told or "duration" in told:
        use_duration(interview)
    interview.update(told)

"""Puts the parts of a pasted text to the people they belong to. A name begins the next person."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.facts.clean import clean_email, clean_passage, clean_phone, clean_title
from followup_mail.facts.credentials import are_credentials, is_code, split_credentials
from followup_mail.facts.looks_like import (
    WORDS,
    is_capital_title,
    is_company,
    is_job_title,
    is_part_played,
    is_phone,
    is_unit,
    looks_like,
    may_be_name,
    strip_label,
)
from followup_mail.facts.name_case import is_listed, key_of
from followup_mail.facts.pasted import read_pasted
from followup_mail.facts.pasted_parts import split_parts
from followup_mail.facts.said_person import (
    MAILBOX,
    is_rank,
    is_titled,
    place_of_work,
    refuse_unclear,
    title_before_name,
    title_behind_name,
    title_with_colon,
    without_article,
    without_lead,
)
from followup_mail.facts.said_readings import plain_words
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.regex import regex

_GRADE: Final = regex(r"([A-Z]{2,6}\d{1,2}[a-z]?)\s+(\S+\s+\S.*)", re.DOTALL)
_DASHED_CREDENTIALS: Final = regex(r"(\S+)\s+[-\u2013\u2014]\s+(\S.*)")


class PastedPerson(Struct, frozen=True):
    """What was understood of one person."""

    name: str = ""
    title: str = ""
    role: Role | None = None
    email: str = ""
    phone: str = ""


class PeopleReader:
    """Puts parts to the person they belong to."""

    def __init__(self, company: str) -> None:
        self.people: list[PastedPerson] = []
        self.left_out: list[str] = []
        self.told: list[str] = []
        self._company = plain_words(company)
        self._title = ""
        """The title that the part before is, or ends with: what house or ward it is for may follow."""
        self._left_credential = False
        """Whether the part before was a credential."""
        self._is_shouted = False
        """Whether the whole line is in capitals, names included."""

    def read(self, lines: list[str], *, is_signature: bool) -> None:
        if is_signature:
            self.people.append(PastedPerson())
        for line in lines:
            self.add(line, is_signature=is_signature)

    def add(self, line: str, *, is_signature: bool = True) -> None:
        """Add the parts of a line; of credentials alone nothing is taken."""
        self._title, self._left_credential = "", False
        self._is_shouted = MAILBOX.sub("", line).isupper()
        for part in split_parts(without_lead(line)):
            before, self._title = self._title, ""
            bare = self._take_code(self._take_unit(part, before))
            last = self.people[-1] if self.people else PastedPerson()
            # Behind a name "Senior Recruiter - New York" is a title; where nobody is named yet, the name follows.
            is_of_last = ":" not in bare and bool(last.name) and not last.title
            name, title = (bare, "") if is_of_last else title_with_colon(bare)
            if name and not self._goes_on(name):
                self.take(name, is_signature=is_signature)
            if title:
                self.take(title, is_signature=True)

    def _take_unit(self, part: str, title: str) -> str:
        """Add "4 West" to the title before it, and return the address that stands beside it; else the part."""
        unit = MAILBOX.sub("", part).strip(" \t<>()-\u2013\u2014")
        if not title or not is_unit(unit):
            return part
        self._change(title=clean_title(f"{title}, {unit}"))
        return found[0] if (found := MAILBOX.search(part)) else ""

    def _goes_on(self, part: str) -> bool:
        """Leave out a certificate that is in no list, as they stand in capitals behind names: "CNL" of "RN, CNL".

        Return whether the part was one.
        """
        last = self.people[-1] if self.people else PastedPerson()
        is_behind_name = " " in last.name and not self._is_shouted
        is_one = (self._left_credential or is_behind_name) and is_code(part) and not is_capital_title(part)
        self._left_credential = is_one or are_credentials(part)
        if is_one:
            self.left_out.append(part)
        return is_one

    def _take_code(self, part: str) -> str:
        """Leave out the certificate before an address, "CEPC <moreau@x.example>", and return the address."""
        code = MAILBOX.sub("", part).strip(" \t<>()")
        found = MAILBOX.search(part)
        return found[0] if found and is_code(code) and self._goes_on(code) else part

    def take(self, part: str, *, is_signature: bool) -> None:
        """Add one part to the last person, or begin the next with it."""
        is_said = without_article(part) != part  # "the boss" is what somebody is, whatever it looks like
        part = self._leave_credentials(self._leave_grade(without_article(part)))
        last = self.people[-1] if self.people else PastedPerson()
        bare = strip_label(part, "emails")
        if MAILBOX.search(part):
            self._take_address(bare, last, is_signature=is_signature)
        elif re.search(r"\S@|@\S", part):
            clean_email(part)
        elif is_part_played(part):
            self._change(role=Role(part.strip().lower()))
        elif is_phone(part):
            self._take_once(part, "phone", clean_phone(strip_label(part, "phones")))
        elif work := place_of_work(part):
            self._take_work(work, part)
        elif self._take_post(part, last, is_signature=is_signature):
            pass
        elif not part or looks_like(part) == "a link" or plain_words(part) == self._company or is_company(part):
            self._leave(part)
        elif not is_said and self._is_next_name(part, last, is_signature=is_signature):
            self._begin(part, is_signature=is_signature)
        elif _may_be_title(part, last) and not is_titled(part):
            self._change(title=clean_title(part))
        else:
            refuse_unclear(part)
            self._leave(part)

    def _take_post(self, part: str, last: PastedPerson, *, is_signature: bool) -> bool:
        """Take a post that looks like a name or a certificate: "Rear Admiral", "CTO"; return whether it is one.

        A post below a motto takes its place.
        """
        looks = (is_capital_title(part) and part.isupper()) or (" " in last.name and is_rank(part))
        is_first = looks and bool(last.name) and not last.title
        is_better = is_signature and bool(last.title) and is_job_title(part) and not is_job_title(last.title)
        if is_first or (is_better and not is_company(part) and not looks_like(part)):
            self._leave(last.title)
            self._change(title=clean_title(part))
            return True
        return False

    def _take_work(self, work: str, part: str) -> None:
        """Take "HR" of "from HR" as a title; where else somebody is from is left out."""
        last = self.people[-1] if self.people else PastedPerson()
        if last.name and not last.title and is_job_title(work):
            self._change(title=clean_title(work))
        else:
            self._leave(part)

    def _is_next_name(self, part: str, last: PastedPerson, *, is_signature: bool) -> bool:
        if is_signature and last.name:
            return False
        # Beside a name without a title it is taken for the title: "Priya Raman, Sales Manager Europe".
        name, title = title_before_name(part)
        # Beside "Capt. Lee Wong" it is said of the next one, as the rank is.
        is_next = not last.name or bool(last.title) or is_titled(name) or _has_rank(last.name)
        is_before = bool(title) and is_next
        return may_be_name(part) or bool(title_behind_name(part)[1]) or is_before

    def _begin(self, part: str, *, is_signature: bool) -> None:
        name, title = _name_and_title(part)
        read = read_pasted(self._leave_credentials(name))
        self._tell(read.told)
        person = PastedPerson(read.name, title)
        if is_signature and self.people and not self.people[-1].name:
            last = self.people[-1]
            self.people[-1] = replace(last, name=read.name, title=title or last.title)
        else:
            self.people.append(person)
        self._title = title

    def _take_address(self, part: str, last: PastedPerson, *, is_signature: bool) -> None:
        """Add an address: to the last person when it stands alone, else with the name beside it."""
        email = clean_email(MAILBOX.search(part)[0].strip("'.:<>").removeprefix("mailto:"))  # type: ignore[index]
        rest = without_article(MAILBOX.sub("", part).strip(" \t<>()[]\"',;:|-\u2013\u2014"))
        is_alone = not rest or rest.lower() in {*WORDS["emails"], "mailto"}
        if is_alone and last.name and last.email in {"", email}:
            self._change(email=email)
        elif last.name and not last.email and is_part_played(rest):
            self._change(email=email, role=Role(rest.lower()))
        elif last.name and not (last.email or last.title) and (is_job_title(rest) or is_capital_title(rest)):
            self._change(email=email, title=clean_title(rest))
        elif is_alone and last.name and is_signature:
            raise UnfitError(f"{last.name} has two addresses, {last.email} and {email}", "keep one of them")
        elif last.name and not last.email and is_job_title(rest) and _may_be_title(rest, last):
            # "Priya Raman, Head of Data <priya@example.com>": nobody is called Head of Data.
            self._change(title=clean_title(rest), email=email)
        elif is_signature and last.name:
            self._change(email=email)
            self._leave(rest)
        else:
            name, title = _name_and_title(rest)
            name = self._leave_credentials(name)
            refuse_unclear(name)
            read = read_pasted(f"{name} <{email}>" if title else part)
            self._tell(read.told)
            merged = PastedPerson(read.name, title, email=read.email)
            if is_signature and self.people and not last.name:
                self.people[-1] = replace(last, name=read.name, title=title or last.title, email=read.email)
            else:
                self.people.append(merged)

    def _leave_grade(self, part: str) -> str:
        """Return a part without the grade before a name: "Grace Adeyemi" of "CNM2 Grace Adeyemi"."""
        found = _GRADE.match(part)
        if not found or not may_be_name(MAILBOX.sub("", found[2]).strip(" <>()\"'")):
            return part
        self._leave(found[1])
        return found[2]

    def _leave_credentials(self, part: str) -> str:
        """Return a part without "RN" and "PhD" behind the name, perhaps before an address; these are left out."""
        if (found := _DASHED_CREDENTIALS.match(part)) and are_credentials(found[1]):
            self.left_out.append(found[1])
            return found[2]
        if title_behind_name(part)[1]:
            return part
        bare, bracket, address = part.partition("<")
        name, left = split_credentials(bare)
        if bare.strip() and are_credentials(bare):
            name, left = "", (bare.strip(),)
        elif not may_be_name(name.replace(",", " ")):
            return part
        self.left_out += [word for word in left if word not in self.left_out]
        return f"{name} {bracket}{address}".strip() if left else part

    def _take_once(self, part: str, field: str, value: str) -> None:
        if self.people and getattr(self.people[-1], field):
            self._leave(part)
        else:
            self._change(**{field: value})

    def _change(self, **values: object) -> None:
        if not self.people:
            self.people.append(PastedPerson())
        self._title = str(values.get("title", ""))
        self.people[-1] = replace(self.people[-1], **values)

    def _leave(self, part: str) -> None:
        self.left_out += [clean_passage(part)] if part else []

    def _tell(self, told: str) -> None:
        self.told += [told] if told else []


def _name_and_title(part: str) -> tuple[str, str]:
    """Return a name, and the title behind or before it."""
    name, title = title_behind_name(part)
    return (name, title) if title else title_before_name(part)


def _has_rank(name: str) -> bool:
    """Return whether a name begins with a rank or a trade: behind "Dr" and "Mr" a post follows as behind any name."""
    first = name.partition(" ")[0]
    is_civil = is_listed(first, "civil_titles") or is_listed(first, "professor_titles") or key_of(first) == "dr"
    return is_titled(name) and not is_civil


def _may_be_title(part: str, last: PastedPerson) -> bool:
    if last.title or not (last.name or is_job_title(part)) or re.search(r"\d{3}", part):
        return False
    words = set(plain_words(part).split())
    return is_job_title(part) or (not re.search(r"\d", part) and words.isdisjoint(WORDS["places"]))

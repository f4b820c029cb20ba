"""Which application a letter belongs to: by who wrote it, what it answers, and what it names; with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.checks.known_names import company_words
from followup_mail.checks.prose import words_of
from followup_mail.checks.role_match import is_other_work
from followup_mail.facts.application import Application, Person, Status
from followup_mail.facts.mail_address import domain, is_public, is_same_address, share_domain
from followup_mail.facts.names import full_name
from followup_mail.incoming.letter import Letter
from followup_mail.incoming.names_in_text import folded, named_among
from followup_mail.incoming.signed_name import find_signature
from followup_mail.message.thread import reply_subject
from followup_mail.services.answers.answered_person import is_alike
from followup_mail.services.answers.letter_names import (
    companies_named,
    is_domain_of,
    is_system_of_many,
    positions_named,
    shortened_in,
)
from followup_mail.workspace import Workspace

_ANSWERS, _ADDRESS, _DOMAIN, _COMPANY, _LIKE_DOMAIN, _ROLE, _PERSON, _SHORT, _OTHER_ROLE = 12, 8, 5, 5, 4, 4, 4, 3, -3
_SIGNED: Final = 1
"""A first name alone, which many people have."""
_ENOUGH: Final = 4
"""So much has to speak for an application that is not named."""
_AHEAD: Final = 3
"""So much more than for the next one."""


class Clue(NamedTuple):
    """Something in a letter that speaks for an application, or against it."""

    weight: int
    words: str
    is_role: bool = False


class Fit(Struct, frozen=True):
    """How well a letter fits an application."""

    application: Application
    clues: tuple[Clue, ...]
    writes: bool
    """Whether it comes from somebody of this application, or from their domain."""
    names_company: bool
    """Whether it names the company in full."""
    short: str
    """The word by which alone it calls the company."""
    names_role: bool
    names_role_in_full: bool
    answers: bool
    """Whether it answers a mail that the user sent to them."""

    @property
    def is_theirs(self) -> bool:
        """Return whether more than the position speaks for it: many employers seek a Data Engineer."""
        return any(not clue.is_role and clue.weight != _SIGNED for clue in self.clues)

    @property
    def score(self) -> int:
        return sum(clue.weight for clue in self.clues)

    @property
    def why(self) -> str:
        """What speaks for it, the strongest first."""
        ordered = sorted(self.clues, key=lambda clue: -clue.weight)
        return "; ".join(clue.words for clue in ordered if clue.weight > 0)


def rank_applications(workspace: Workspace, letter: Letter) -> tuple[Fit, ...]:
    """Return how well a letter fits each application that can be read, the best first."""
    applications = workspace.facts.load_all()[0]
    inner = letter.passed_on
    # A recruiter's "see below" says nothing itself.
    whole = replace(letter, text=f"{letter.text}\n\n{inner.name}\n{inner.text}") if inner else letter
    found = [_fit(workspace, whole, application, applications) for application in applications]
    found = _with_signer(find_signature(letter.text), found)
    return tuple(sorted(found, key=lambda fit: (-fit.score, not _is_open(fit.application), fit.application.slug)))


def plainly_meant(fits: Sequence[Fit]) -> Fit | None:
    """Return the application that a letter plainly belongs to; None where none or several fit.

    A position by itself is nobody's: another company has one of that name as well.
    """
    if not fits or fits[0].score < _ENOUGH or not fits[0].is_theirs or not _is_open(fits[0].application):
        return None
    return fits[0] if len(fits) == 1 or fits[0].score - max(fits[1].score, 0) >= _AHEAD else None


def _with_signer(name: str, fits: list[Fit]) -> list[Fit]:
    """Return the fits with the one application, if there is one, that has a person of the name in the signature."""
    has = [fit for fit in fits if any(name and is_alike(name, one.name) for one in fit.application.everyone())]
    if len(has) != 1 or any(clue.weight in {_ADDRESS, _PERSON} for clue in has[0].clues):
        return fits
    clue = Clue(_SIGNED, f"it is signed {name}")
    return [replace(fit, clues=(*fit.clues, clue)) if fit is has[0] else fit for fit in fits]


def _is_open(application: Application) -> bool:
    return application.outcome.status in {Status.WAITING, Status.REPLIED}


def _fit(workspace: Workspace, letter: Letter, application: Application, all_: Sequence[Application]) -> Fit:
    writes = _by_sender(letter.received.sender, application)
    company = _by_company(letter, application, all_)
    role = _by_role(letter, application, all_)
    answered = _by_thread(workspace, letter, application)
    clues = (*answered, *writes, *company, *role, *_by_people(letter, application))
    return Fit(
        application,
        tuple(clues),
        writes=bool(writes) and writes[0].weight != _LIKE_DOMAIN,
        names_company=any(clue.weight == _COMPANY for clue in company),
        short=next((clue.words.split('"')[1] for clue in company if clue.weight == _SHORT), ""),
        names_role=any(clue.weight > 0 for clue in role),
        names_role_in_full=any(clue.weight == _ROLE for clue in role),
        answers=any(clue.weight == _ANSWERS for clue in answered),
    )


def _by_sender(sender: str, application: Application) -> list[Clue]:
    if not sender:
        return []
    people = [person for person in application.everyone() if person.email]
    known = next((person for person in people if is_same_address(sender, person.email or "")), None)
    if known:
        return [Clue(_ADDRESS, f"{known.name} wrote it")]
    if is_public(sender):
        return []
    near = next((person for person in people if share_domain(sender, person.email or "")), None)
    if near and not is_system_of_many(sender):
        return [Clue(_DOMAIN, f"it comes from {domain(sender)}, as {near.name} writes")]
    if is_domain_of(sender, application.company):
        return [Clue(_LIKE_DOMAIN, f"it comes from {domain(sender)}")]
    return []


def _by_company(letter: Letter, application: Application, all_: Sequence[Application]) -> list[Clue]:
    companies = [other.company for other in all_]
    if application.company in companies_named(letter, companies):
        return [Clue(_COMPANY, f"it names {application.company}")]
    full = [" ".join(company_words(company)) for company in companies]
    own = " ".join(company_words(application.company))
    short = shortened_in(letter, application.company, [other for other in full if other != own])
    return [Clue(_SHORT, f'it says "{short.capitalize()}"')] if short else []


def _by_role(letter: Letter, application: Application, all_: Sequence[Application]) -> list[Clue]:
    roles = [other.role for other in all_]
    if application.role in named_among(folded(f"{letter.received.subject}\n{letter.text}"), roles):
        return [Clue(_ROLE, f"it names the position, {application.role}", is_role=True)]
    own = frozenset(words_of(application.role)) | frozenset(words_of(application.company))
    titles = positions_named(letter)
    if titles and all(is_other_work(words_of(title), title, own) for title in titles):
        return [Clue(_OTHER_ROLE, f"it is about {titles[0]}", is_role=True)]
    role = set(words_of(application.role))
    alike = next((title for title in titles if 2 * len(role & set(words_of(title))) >= len(role)), "")
    return [Clue(2, f"it is about {alike}", is_role=True)] if alike else []


def _by_people(letter: Letter, application: Application) -> list[Clue]:
    written = folded(f"{letter.name}\n{letter.text}")
    sender = letter.received.sender
    others = (one for one in application.everyone() if not (one.email and is_same_address(one.email, sender)))
    named = named_among(written, (name for name in map(_bare, others) if " " in name))
    return [Clue(_PERSON, f"it names {name}") for name in sorted(named)[:1]]


def _bare(person: Person) -> str:
    return full_name(person.name)


def _by_thread(workspace: Workspace, letter: Letter, application: Application) -> list[Clue]:
    """Return whether it answers a mail that was sent for this application: by its ids, or by its subject."""
    touches = workspace.store.history(application.slug).touches
    if {touch.message_id for touch in touches if touch.message_id}.intersection(letter.received.references):
        return [Clue(_ANSWERS, "it answers a mail of yours to them")]
    subject = _without_marks(letter.received.subject)
    if subject and subject in {_without_marks(touch.subject) for touch in touches if touch.subject}:
        return [Clue(_SHORT, "it has the subject of a mail of yours to them")]
    return []


def _without_marks(subject: str) -> str:
    return reply_subject(subject).removeprefix("Re:").strip().casefold()


def say_candidate(fit: Fit) -> str:
    """Return an application with the reason for it."""
    application = fit.application
    why = f" ({fit.why})" if fit.why else ""
    ended = "" if _is_open(application) else f", {application.outcome.status} already"
    return f"{application.slug}: {application.role} at {application.company}{ended}{why}"

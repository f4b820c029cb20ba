"""Who and what a mail may rightly name: its recipient, the other people, the company, what was talked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from followup_mail.cadence.roster import list_entries
from followup_mail.checks.context import CheckContext
from followup_mail.checks.name_match import Likeness, compare, name_words, sounds_alike
from followup_mail.checks.prose import words_of
from followup_mail.facts.application import Application
from followup_mail.facts.company_names import LEGAL_FORMS
from followup_mail.facts.name_parts import split_name
from followup_mail.facts.names import short_name


class KnownNames(Struct, frozen=True):
    """What is known of the names in a mail. Words are in their normal form (``prose``)."""

    full_name: str
    """The recipient's, for messages; empty when nobody knows it."""
    greeting_name: str
    """What follows "Dear", by the facts, else by the display name of the address."""
    recipient: tuple[str, ...]
    """The words of every form of the recipient's name, titles aside."""
    others: Mapping[str, str]
    """The words of the names of everybody else in the facts, each with the full name."""
    company: tuple[str, ...]
    """What tells the company from others: without "Ltd" and the like."""
    role: tuple[str, ...]
    fact_texts: tuple[str, ...]
    """Company, position, topics, reasons, promises, job titles as the facts have them, in lower case."""
    topics: frozenset[str]
    """The words of topics, reasons, promises and job titles."""
    names: frozenset[str]
    """The words of names alone: people, sender, company, position."""

    @property
    def words(self) -> frozenset[str]:
        """Every word that the mail may use as a name."""
        return self.names | self.topics


def gather_known_names(context: CheckContext) -> KnownNames:
    """Gather what is known around a mail."""
    facts, via = context.facts, context.step.via if context.step else None
    reader = via or context.person
    forms = [context.recipient.name]
    for person in (context.person, via):
        forms += [person.name, person.address_as] if person else []
    names = tuple(dict.fromkeys(word for form in forms for word in name_words(form)))
    others = _others(facts, context, names) if facts else {}
    company = words_of(facts.company) if facts else ()
    role = words_of(facts.role) if facts else ()
    told = tuple(text.lower() for text in _told(facts)) if facts else ()
    return KnownNames(
        full_name=context.person.name if context.person else context.recipient.name,
        greeting_name=reader.greeting_name if reader else _greeting_of(context.recipient.name),
        recipient=names,
        others=others,
        company=company_words(facts.company) if facts else (),
        role=role,
        fact_texts=(facts.company.lower(), facts.role.lower(), *told) if facts else (),
        topics=frozenset(word.removesuffix("'s") for text in told for word in words_of(text)),
        names=frozenset((*names, *others, *company, *role, *words_of(context.sender.name))),
    )


def _greeting_of(name: str) -> str:
    return short_name(name) if name.strip() else ""


def closest_likeness(word: str, names: Iterable[str]) -> Likeness:
    """Return how a word compares with the name that it is most like."""
    found = {compare(word, name) for name in names}
    return next((same for same in Likeness if same in found), Likeness.OTHER)


def greeted_likeness(word: str, known: KnownNames) -> Likeness:
    """Return how a word of a greeting compares with the recipient's names: there a name may also only sound alike."""
    found = closest_likeness(word, known.recipient)
    if found is Likeness.OTHER and word not in known.others:
        return Likeness.NEAR if any(sounds_alike(word, name) for name in known.recipient) else found
    return found


@lru_cache(maxsize=4096)
def company_words(name: str) -> tuple[str, ...]:
    """Return the words that tell a company from others: without "Ltd", "GmbH" and the like, unless nothing is left."""
    words = words_of(re.sub(r"\b([A-Za-z])\.(?=[A-Za-z]\b)", r"\1", name))
    return tuple(word for word in words if word not in LEGAL_FORMS) or words


def _others(facts: Application, context: CheckContext, names: tuple[str, ...]) -> dict[str, str]:
    """Return the words of the names of everybody but the recipient, who may have an entry for each round."""
    own = {context.recipient.name, context.person.name if context.person else ""}
    found: dict[str, str] = {}
    for person in list_entries(facts):
        words = _words_without_title(person.name)
        if person.name not in own and set(words) != set(names):
            found |= dict.fromkeys(words, person.name)
    return found


def _words_without_title(name: str) -> tuple[str, ...]:
    """Return the words that name somebody: of "Judge Ada Okonkwo" two, of "Dean Smith", who may be a Dean, both."""
    titles = words_of(" ".join(split_name(name).titles))
    words = tuple(word for word in name_words(name) if word not in titles)
    return words if len(words) > 1 else name_words(name)


def _told(facts: Application) -> Iterator[str]:
    yield facts.said.quote
    yield from facts.fit
    yield from facts.not_mentioned
    yield from (promise.what for promise in facts.promised)
    for person in list_entries(facts):
        yield from (*person.discussed, person.convinced, person.moment, person.link, person.offer, person.title)

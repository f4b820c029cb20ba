"""FM201: the mail addresses somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from msgspec.structs import replace

from followup_mail.checks.company_mentions import NO_NAMES
from followup_mail.checks.known_names import closest_likeness, greeted_likeness
from followup_mail.checks.name_match import ABBREVIATIONS, TITLES, TITLES_OF_TRADES, Likeness, name_words
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.people_heard import people_heard
from followup_mail.checks.people_mentions import offices_of, people_named, titles_alone
from followup_mail.checks.people_met import listed_beside, reader_as_other, strangers_met
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import Prose, word_set, words_of
from followup_mail.checks.rule import ERROR, WARNING, Rule, Spot, in_body, in_both
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import COMMON, is_stock
from followup_mail.regex import regex

_NAME = "Write the right name, or add this person to the facts."
# Greetings that name a group: they are not personal, but not wrong either.
_GROUPS = word_set("""
    team all everyone everybody hiring manager managers committee colleagues colleague there sir madam both
    folks friends whom it may concern recruiter recruiters recruitment recruiting members member of the panel
    talent acquisition hr human resources and & und y et e or staff selection board ladies gentlemen people ma'am maam
    again you my search group department office your honor honour excellency
""")
# Where a name addresses the reader: "Thank you again, Marcus." "... to meet you, Marcus, and ..."
_ADDRESSED = regex(
    r"\b(?:(?:[Tt]hank you|[Tt]hanks)(?: again| so much| very much| once more| a lot)?|[Yy]ou(?: again| both)?),? "
    r"(?P<name>(?!(?:Atty|Engr|Hon|Dr|Prof|Mrs?|Ms|Adv|Fr|Sr|Rev|Capt)\.)[^\W\d_a-z][\w'’-]{1,30})"
    r"(?=[.!,](?:\s|$)|$)"
)
# In "you, Marcus, Atty. Cruz and Ola" the reader is in company: of people who are known, or somebody is wrong.
_GOES_ON_AS_LIST = regex(r"(?:, (?!I\b)[^\W\d_a-z][^!?\n]{0,90}?)?,? and (?!I\b)[^\W\d_a-z]")
_NO_VOCATIVES = {*WEEKDAYS} | word_set(
    "ma'am maam mam sirs boss friend friends ladies gentlemen yesterday today tomorrow tonight "
    "i we the it this that and but so as in on at for to sincerely regards best kind warm yours many from"
)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    names = mail.known.recipient
    if not names:
        return
    if wrong := _wrong_in_greeting(mail, names):
        yield in_body(mail, mail.greeted, f"The greeting is to '{wrong}', but the mail goes to {_to(mail)}.")
    message = f"The mail addresses '{{words}}', but it goes to {_to(mail)}."
    yield from in_both(mail, partial(_addressed, mail), mail.core, message)
    yield from _addressed_by_title(mail)
    yield from _strangers(mail)
    yield from _reader_as_other(mail)


def _wrong_in_greeting(mail: ParsedMail, names: tuple[str, ...]) -> str:
    """Return the name in the greeting when it is nobody's on the envelope; empty when all is well, or nearly."""
    company, is_bare = mail.known.company, mail.greeted.start == mail.greeting.start
    if is_bare and all(is_stock(word) for word in words_of(mail.plain(mail.greeted))):
        return ""  # "However," is no name
    words = [word for word in name_words(mail.plain(mail.greeted)) if word not in {*_GROUPS, *company}]
    # "Dear Judge" names nobody wrongly, unless Judge is a colleague's name.
    words = [word for word in words if word not in TITLES_OF_TRADES or word in names or word in mail.known.others]
    alike = {word: greeted_likeness(word, mail.known) for word in words}
    if not words or words == ["none"] or "[" in mail.plain(mail.greeted) or Likeness.NEAR in alike.values():
        return ""
    strangers = [word for word, like in alike.items() if like is Likeness.OTHER]
    mixed_up = len(strangers) < len(words) and " and " not in mail.plain(mail.greeted)
    if len(strangers) == len(words) or (mixed_up and not mail.known.others.keys().isdisjoint(strangers)):
        return " ".join(mail.written(mail.greeted).split())
    return ""


def _addressed(mail: ParsedMail, prose: Prose, within: TextSpan) -> Iterable[TextSpan]:
    """Yield names that address somebody else: known names, or any name after "Thank you,"."""
    for match in _ADDRESSED.finditer(prose.written, *within):
        span = TextSpan(*match.span("name"))
        word = prose.plain[span.start : span.end].removesuffix("'s")
        if word in _NO_VOCATIVES or closest_likeness(word, mail.known.recipient) is not Likeness.OTHER:
            continue
        is_known = word in mail.known.others
        if not is_known and word in TITLES_OF_TRADES | TITLES | ABBREVIATIONS:
            continue
        if _GOES_ON_AS_LIST.match(prose.written, span.end):
            is_wrong = not is_known and word not in mail.known.words
        else:
            is_wrong = is_known or word not in mail.known.words
        if is_wrong:
            yield span


def _addressed_by_title(mail: ParsedMail) -> Iterable[Spot]:
    """Yield titles that address a colleague: "Thank you, Your Honor" in the mail to the judge's assistant."""
    person, facts = mail.context.person, mail.context.facts
    if person is None or facts is None:
        return
    own = offices_of(person)
    theirs = frozenset[str]().union(*(offices_of(other) for other in facts.everyone())) - own
    for part in (mail.greeting, mail.core) if theirs else ():
        for span, office in titles_alone(mail.body, part):
            if office in theirs and mail.plain(span) not in mail.known.recipient:
                yield in_body(mail, span, f"'{{words}}' is a colleague, but the mail goes to {_to(mail)}.")


def _strangers(mail: ParsedMail) -> Iterable[Spot]:
    """Yield people whom the mail has among those who were met, and whom the facts do not know."""
    facts = mail.context.facts
    if facts is None or not facts.interviews:
        return
    known = mail.known.words
    unknown = [word.start for word in mail.body.capitalised if word.plain not in known and word.plain not in COMMON]
    for sentence in dict.fromkeys(mail.sentence_at(start) for start in unknown):
        sure = [span for span in _people_in(mail, sentence) if _is_stranger(mail, span)]
        for span in sure:
            yield in_body(mail, span, "'{words}' is nobody whom the facts know.", _NAME)
        for span in people_heard(mail.body, sentence) if not sure else ():
            if _is_stranger(mail, span):
                # It may be somebody whom both know, so the mail is not stopped.
                yield replace(in_body(mail, span, "The facts know nobody called '{words}'.", _NAME), severity=WARNING)


def _is_stranger(mail: ParsedMail, span: TextSpan) -> bool:
    """Return whether a name is nobody's in the facts: no short form in capitals, no likeness of a known name."""
    words = [word for word in words_of(mail.plain(span)) if word not in TITLES_OF_TRADES | TITLES]
    return bool(words) and not mail.written(span).isupper() and not any(_is_known(mail, word) for word in words)


def _reader_as_other(mail: ParsedMail) -> Iterable[Spot]:
    """Yield where the reader is spoken of as somebody else, as in a mail that was meant for a colleague."""
    step, facts = mail.context.step, mail.context.facts
    if facts is None or (step and step.via):
        return
    names = {*mail.known.recipient} - {*mail.known.others} - {*mail.known.company}
    here = (word.start for word in mail.body.capitalised if word.plain.removesuffix("'s") in names)
    for sentence in dict.fromkeys(mail.sentence_at(start) for start in here):
        for span in reader_as_other(mail.body, sentence):
            if mail.plain(span).removesuffix("'s") in names:
                yield in_body(mail, span, "'{words}' is the reader of this mail, and spoken of as somebody else.")


def _people_in(mail: ParsedMail, sentence: TextSpan) -> Iterable[TextSpan]:
    """Return the people whom a sentence has among those who were met, each once."""
    named = [*people_named(mail.body, sentence), *strangers_met(mail.body, sentence)]
    for span, beside in listed_beside(mail.body, sentence):
        if beside == "you" or beside in mail.known.others:
            named.append(span)
    return {span.start: span for span in named}.values()


def _is_known(mail: ParsedMail, word: str) -> bool:
    """Return whether a word is a name from the facts, or like one, or no name of a person at all."""
    plain = word.removesuffix("'s")
    if plain in mail.known.words or plain in COMMON or plain in NO_NAMES:
        return True
    return closest_likeness(plain, (*mail.known.others, *mail.known.recipient)) is not Likeness.OTHER


def _to(mail: ParsedMail) -> str:
    return mail.context.recipient.name or mail.known.full_name


RULE = Rule(
    code="FM201",
    name="wrong-recipient",
    severity=ERROR,
    looks_for="A greeting to somebody else, a text that addresses somebody else; somebody whom the facts do not know.",
    why="It is the mistake that everybody fears most: the note was clearly written to somebody else.",
    fix="Write the recipient's name, or send the mail to the person it addresses.",
    bad=Sample(
        text="Dear Marcus,\n\nThank you for the talk about moving the nightly jobs.\n\nBest regards,\nSam Rivera",
        given="The mail goes to Dr. Catherine Okafor.",
    ),
    good=Sample("Marcus told me about the on-call rota before you and I spoke about the nightly jobs. Thank you both."),
    inspect=_inspect,
)

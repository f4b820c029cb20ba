"""FM204: the name of another company."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from followup_mail.checks.company_mentions import (
    may_be_company,
    shortened_mentions,
    telling_words,
    wanted_companies,
    weak_words,
)
from followup_mail.checks.known_names import company_words
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose, words_of
from followup_mail.checks.rule import ERROR, Rule, Spot, in_both
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import COMMON
from followup_mail.regex import regex

_CLAUSE = 60
_WORKED_WITH = regex(
    r"\b(?:we|i)\s+(?:had\s+|have\s+|'ve\s+)?(?:\w+ly\s+)?(?:fitted|fit|installed|used|ran|built|repaired|serviced|"
    r"maintained|replaced|mounted|bought|tested|sold|cleaned|drove|handled|programmed|operated|calibrated|mended)\s+"
    r"(?:(?:the|our|their|two|three|four|some|old|new|a|an|\d+)\s+){0,2}\Z"
)
_THING = regex(
    r"\s(?!(?:roles?|positions?|posts?|jobs?|teams?|offices?|people|staff|interviews?|culture|openings?|vacanc|careers?|group|"
    r"company|headquarters|site|and|or|in|on|at|for|with|to|of|as|is|was|has|had|have|are|were|who|which|that|when|where|"
    r"because|so|but|before|after|since|until|last|this|next)\b)[a-z][\w-]{2,}"
)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    own = mail.context.facts.company if mail.context.facts else ""
    message = "'{words}' is another company" + (f"; this mail is about {own}." if own else ".")
    return in_both(mail, partial(_find, mail), TextSpan(0, mail.closing.start), message)


def _find(mail: ParsedMail, prose: Prose, within: TextSpan) -> Iterable[TextSpan]:
    for name in mail.context.other_companies:
        if not _is_ours(mail, name):
            named = _mentions(prose, within, company_words(name))
            yield from (span for span in named if not _is_their_product(prose, span))
            for word in telling_words(name, mail.known.words):
                yield from shortened_mentions(prose, within, word)
    if mail.context.facts:
        yield from _strangers(mail, prose, within)


def _is_ours(mail: ParsedMail, name: str) -> bool:
    """Return whether the facts themselves bring the name up: as part of the company's, or in what was talked about."""
    facts, words = mail.context.facts, company_words(name)
    if facts is None:
        return False
    return set(words) <= {*company_words(facts.company)} or set(words) <= mail.known.topics


def _mentions(prose: Prose, within: TextSpan, words: tuple[str, ...]) -> Iterable[TextSpan]:
    """Yield where the company is named with a capital; at the start of a sentence a common word is only a word."""
    if len("".join(words)) < 2:  # a company called "X" cannot be told from the letter
        return
    pattern = re.compile(r"\W{1,4}".join(re.escape(word) for word in words) + r"(?!\w)")
    for start in prose.starts.get(words[0], ()):
        match = pattern.match(prose.plain, start) if within.start <= start < within.end else None
        if match and _is_name(prose, start, words):
            yield TextSpan(*match.span())


def _is_their_product(prose: Prose, span: TextSpan) -> bool:
    """Return whether it is a thing of theirs that the candidate worked with: "we fitted Halden counters"."""
    before = prose.plain[max(0, span.start - _CLAUSE) : span.start]
    return bool(_WORKED_WITH.search(before) and _THING.match(prose.written, span.end))


def _is_name(prose: Prose, start: int, words: tuple[str, ...]) -> bool:
    """Return whether words are a name: written with a capital, and not only because they open a sentence."""
    if prose.written[start].islower():
        return False
    opens = re.search(r"(?:[.!?:\n]|^)[\s\"'(]*\Z", prose.plain[max(0, start - 5) : start])
    return not (opens and len(words) == 1 and words[0] in COMMON)


def _strangers(mail: ParsedMail, prose: Prose, within: TextSpan) -> Iterable[TextSpan]:
    """Yield the names of companies that the mail wants to join, when nothing that is known here goes by them."""
    address = re.split(r"[@.-]+", mail.context.recipient.email.casefold())
    known = mail.known.words.union(address, words_of(mail.context.advert))
    # "Hotel Bellevue" in a mail to Hotel Lindenhof is another one.
    weak = weak_words(mail.known.company) - mail.known.topics - mail.known.others.keys()
    known -= weak
    initials = "".join(word[0] for word in mail.known.company)
    for span in wanted_companies(prose, within, known, in_subject=prose is mail.subject):
        name = prose.written[span.start : span.end]
        words = {word.removesuffix("'s") for word in words_of(name)}
        said = {*words, "".join(words_of(name)), *(part for word in words for part in word.split("-"))}
        said -= _trade_behind(mail, words_of(name))
        if may_be_company(name) and not words <= weak and known.isdisjoint(said) and initials not in said:
            yield span


def _trade_behind(mail: ParsedMail, words: tuple[str, ...]) -> frozenset[str]:
    """Return the last word of a name when only the position has it: "Ormonde Lettings" for a Lettings Negotiator."""
    known = mail.known
    is_trade = len(words) > 1 and words[-1] in known.role and words[-1] not in known.company
    return frozenset(words[-1:]) if is_trade else frozenset()


RULE = Rule(
    code="FM204",
    name="wrong-company",
    severity=ERROR,
    looks_for="The company of another application, or a position at a company that is not the recipient's.",
    why="Nothing says 'copied' more clearly, and it can end an application that was going well.",
    fix="Write the name of the company that interviewed you.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs. I would like to join Fabrikam.",
        given="Fabrikam is the company of another application.",
        changes={"other_companies": ("Fabrikam Ltd.", "Target")},
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs. The target you named is ambitious. Northwind can reach it.",
        given="Target is the company of another application; a target is not.",
        changes={"other_companies": ("Fabrikam Ltd.", "Target")},
    ),
    inspect=_inspect,
)

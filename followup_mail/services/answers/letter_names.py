"""Which companies and positions a letter names: those of the applications, and others where only such can stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from followup_mail.checks.company_mentions import may_be_company, telling_words
from followup_mail.checks.known_names import company_words
from followup_mail.checks.prose import words_of
from followup_mail.checks.role_match import ends_in_profession
from followup_mail.checks.stock_words import is_stock
from followup_mail.facts.mail_address import domain, owner_labels
from followup_mail.facts.names import slugify
from followup_mail.facts.no_reply import is_unread
from followup_mail.incoming.letter import Letter
from followup_mail.incoming.names_in_text import folded, named_among
from followup_mail.regex import regex

_READ_LIMIT: Final = 20_000
_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w&'\u2019+/#-]*(?:\.\w[\w&'\u2019+/#-]*)*"
_NAME: Final = rf"{_WORD}(?:(?: (?:of|and|&|de|la|du|der|für))? {_WORD}){{0,3}}"
# Only a company can stand there: "the role at Orbital", "joining Orbital", "Bewerbung bei Orbital", "chez Orbital".
_AT: Final = regex(
    r"\b(?:(?:role|position|job|opportunity|opportunities|careers?|opening|vacancy|interview\w*|process|application|work|"
    r"working|team|time|everyone|candidacy|hiring|[Ww]e|us|[Hh]ere)(?: (?:here|process))? (?:at|with)|joining|join|"
    r"applying to|applied to|apply to|application to|on behalf of|"
    r"(?:Bewerbung|Stelle|Position|Mitarbeit|Interesse|Praktikum|Team) bei(?: der| dem)?|candidature chez|poste chez"
    rf"|entretien chez|équipe de|au sein d[eu'\u2019]) ?(?:the )?(?P<name>{_NAME})"
)
_INTEREST: Final = regex(
    r"\b(?:[Ii]nterest in|[Ii]nterested in|intérêt pour|[Ii]nteresse an)"
    rf"(?: working (?:at|for|with)| joining| der| dem)? (?P<name>{_NAME})"
)
_TEAM: Final = regex(
    rf"(?im)^\W*(?:the |your |das |ihr |l'équipe )?(?-i:(?P<name>{_NAME}?))[ ]"
    r"(?:talent|recruiting|recruitment|hiring|people|hr|careers?|talent acquisition|human resources|recruiting-)[ -]?"
    r"(?:team|department|group)?\W*$"
)
# How an agency calls a client: "Orbital Water have come back", "my client, Orbital".
_CLIENT: Final = regex(
    rf"(?:\b[Cc]lient,? (?P<after>{_NAME})|(?P<name>{_NAME}),? (?:have|'ve|\u2019ve) "
    r"(?:come|got|been|said|decided|gone|chosen|told|turned|rejected|passed|filled|now|just|sadly|unfortunately)\b)"
)
# Only a position can stand there. What is written there is a title where it ends in a profession.
_TITLE: Final = rf"{_WORD}(?:(?:[,]| (?:of|and|for|&|in|-|\u2013))? {_WORD}){{0,5}}"
_POSITIONS: Final = (
    regex(
        rf"\b(?:the|our|this|a|an|your) (?P<title>{_TITLE}) "
        r"(?:role|position|job|opening|vacancy|post|opportunity|interview|application|search)\b"
    ),
    regex(
        r"\b(?:[Rr]ole|[Pp]osition|[Jj]ob|[Pp]ost|[Vv]acancy|[Oo]pening|[Aa]pplication|[Aa]pplying|[Aa]pplied|[Cc]andidacy|"
        r"Stelle|Bewerbung|Ausschreibung|poste|[Cc]andidature)"
        r"(?:\s?:| (?:of|as|for|to|als|um die Stelle als|pour le poste de|de|d'|as part of))"
        rf"(?: (?:the|our|an?|un|une|eine?n?))? (?P<title>{_TITLE})"
    ),
    regex(rf"\b(?:candidate|applicant|someone|person) (?:for|as) (?:the|our|a|an) (?P<title>{_TITLE})"),
)
_IN_SUBJECT: Final = regex(rf"(?:^|[:|(\u2013\u2014-] ?|\b(?:as|als|for|re) (?:an? |the )?)(?P<title>{_TITLE})")
_TITLE_ENDS: Final = regex(r"\s+(?:at|with|bei|chez|in|-|\u2013|from|team)\s.*|\s*[,(].*", re.IGNORECASE)


def companies_named(letter: Letter, companies: Iterable[str]) -> frozenset[str]:
    """Return which companies a letter names in full, legal forms aside, in subject, text or sender."""
    written = f"{letter.received.subject}\n{letter.name}\n{letter.text[:_READ_LIMIT]}"
    cores = {" ".join(company_words(company)): company for company in companies}
    named = named_among(folded(written), cores)
    joined = {
        core for core in cores if " " in core and re.search(rf"\b{re.escape(core.replace(' ', ''))}\b", written.lower())
    }
    return frozenset(cores[core] for core in named | joined if _is_written_as_name(core, written))


def shortened_in(letter: Letter, company: str, others: Iterable[str]) -> str:
    """Return the word by which alone a letter calls a company; empty where other names have that word too."""
    written = f"{letter.received.subject}\n{letter.name}\n{letter.text[:_READ_LIMIT]}"
    for other in others:
        written = re.sub(rf"\b{re.escape(other)}\b", " ", written, flags=re.IGNORECASE) if other != company else written
    words = telling_words(company, frozenset()) or _initials(company)
    return next(
        (
            word
            for word in words
            if re.search(rf"\b(?-i:{re.escape(word[0].upper())})(?i:{re.escape(word[1:])})\b", written)
        ),
        "",
    )


def other_companies(letter: Letter) -> Iterator[tuple[str, bool]]:
    """Yield names that stand where only a company can; True for those that the mere interest in something names."""
    text = f"{letter.received.subject}\n{letter.text[:_READ_LIMIT]}"
    for pattern in (_AT, _TEAM, _INTEREST):
        for found in pattern.finditer(text):
            name = _TITLE_ENDS.sub("", found["name"]).strip(" .,'\u2019")
            if name and may_be_company(name) and not _is_position(name) and not is_stock(name.lower()):
                yield name, pattern is _INTEREST


def clients_named(letter: Letter) -> Iterator[str]:
    """Yield the companies that a letter of an agency is about."""
    yield from (name for name, is_loose in other_companies(letter) if not is_loose)
    for found in _CLIENT.finditer(letter.text[:_READ_LIMIT]):
        name = (found["after"] or found["name"]).strip(" .,'\u2019")
        if may_be_company(name) and not is_stock(name.lower()):
            yield name


def positions_named(letter: Letter) -> tuple[str, ...]:
    """Return the titles of positions that a letter is about, as it writes them."""
    text = letter.text[:_READ_LIMIT]
    found = [match["title"] for pattern in _POSITIONS for match in pattern.finditer(text)]
    found += [match["title"] for match in _IN_SUBJECT.finditer(letter.received.subject)]
    titles = (_TITLE_ENDS.sub("", title).strip(" .,-\u2013") for title in found)
    return tuple(dict.fromkeys(title for title in titles if _is_position(title)))


def is_domain_of(address: str, company: str) -> bool:
    """Return whether the domain of an address is called like a company: lumenfreight.example, careers.lumen.co.uk."""
    words = [slugify(word).replace("-", "") for word in company_words(company)]
    joined = "".join(words)
    short = [slugify(word) for word in telling_words(company, frozenset())]
    for label in _labels(address):
        if len(joined) > 2 and (
            label == joined or (len(joined) > 4 and (label.startswith(joined) or label.endswith(joined)))
        ):
            return True
        if label in short or label in {word.casefold() for word in _initials(company)}:
            return True
    return False


def is_system_of_many(sender: str) -> bool:
    """Return whether a sender is the system of many employers, whose domain says nothing."""
    return is_unread(sender) and is_unread(f"jobs@{domain(sender)}")


def company_of_domain(address: str) -> str:
    """Return the label of a domain that is likely the name of a company."""
    return next(iter(_labels(address)), "")


def _labels(address: str) -> list[str]:
    return [label.replace("-", "") for label in owner_labels(domain(address))]


def _initials(company: str) -> tuple[str, ...]:
    words = company_words(company)
    return ("".join(word[0] for word in words).upper(),) if len(words) > 2 else ()


def _is_position(title: str) -> bool:
    return ends_in_profession(words_of(title))


def _is_written_as_name(core: str, written: str) -> bool:
    """Return whether a name that is a common word is written with a capital, and not where a sentence begins."""
    if " " in core or not is_stock(core):
        return True
    starts = (match.start() for match in re.finditer(rf"\b{re.escape(core.title())}\b", written))
    return any(re.search(r"[^\s.!?:]\s?\Z", written[max(0, start - 2) : start]) for start in starts)

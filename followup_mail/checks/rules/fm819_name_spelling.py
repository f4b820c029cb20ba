"""FM819: a misspelt name of the company or of another person."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.known_names import KnownNames
from followup_mail.checks.name_match import TITLES, TITLES_OF_TRADES, Likeness, compare, fold, follows_title, is_near
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose, Word, words_of
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import COMMON, is_stock

_NO_FIRST_NAMES = COMMON | TITLES_OF_TRADES | TITLES


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    known, facts = mail.known, mail.context.facts
    names = {**dict.fromkeys(known.company, facts.company if facts else ""), **known.others}
    names |= dict.fromkeys(known.recipient, known.full_name)
    for prose, point in ((mail.subject, in_subject), (mail.body, in_body)):
        end = len(prose.plain) if prose is mail.subject else mail.closing.start
        for at, word in enumerate(prose.capitalised):
            right = _right_for(_named_by(word, known), names, known) if word.end <= end else ""
            right = right or (_right_behind_title(prose, word, known) if word.end <= end else "")
            right = right or (_right_before(prose, at, known) if word.end <= end else "")
            if right:
                yield point(mail, TextSpan(word.start, word.end), f"'{{words}}' is probably '{right}'.")


def _named_by(word: Word, known: KnownNames) -> str:
    """Return a word without the ending that says whose something is, which "St Brigid's" has as part of its name."""
    return word.plain if word.plain in known.words else word.plain.removesuffix("'s")


def _right_for(word: str, names: dict[str, str], known: KnownNames) -> str:
    """Return the full name that a word is a slip for; empty when it is right, or something else."""
    # "The" is not a slip for the name Thế.
    if len(word) < 3 or word in names or (len(word) == 3 and word in COMMON):
        return ""
    first = fold(word)[:1]
    for name, right in names.items():
        if fold(name)[:1] == first and _is_slip(word, name, known):
            return right
    return ""


def _right_behind_title(prose: Prose, word: Word, known: KnownNames) -> str:
    """Return the full name of a colleague whose short name is nearly right behind a title: "Dr. Wrenn" for Wren."""
    plain = _named_by(word, known)
    if len(plain) < 3 or not follows_title(prose, word):
        return ""
    if plain in known.words:
        return ""
    return next((right for name, right in known.others.items() if is_near(fold(plain), fold(name))), "")


def _right_before(prose: Prose, at: int, known: KnownNames) -> str:
    """Return the full name of a colleague of whom only the family name is right: "Graeme Liu" for Graham Liu."""
    word, follows = prose.capitalised[at], prose.capitalised[at + 1 : at + 2]
    if not follows or follows[0].start != word.end + 1 or prose.plain[word.end] != " ":
        return ""
    family = follows[0].plain.removesuffix("'s")
    right = known.others.get(family, "")
    if not right or len(word.plain) < 4 or word.plain in known.words or word.plain in _NO_FIRST_NAMES:
        return ""
    given = [name for name in words_of(right) if name != family]
    alike = [name for name in given if name[:1] == word.plain[:1] and compare(word.plain, name) is Likeness.OTHER]
    return right if words_of(right)[-1:] == (family,) and alike else ""


def _is_slip(word: str, name: str, known: KnownNames) -> bool:
    """Return whether a word is a name without its accents or, for others than the recipient (FM202), nearly a name."""
    if not name.isascii() and word.isascii() and compare(word, name) is Likeness.ACCENT:
        return word not in known.names
    if name in known.company and name in COMMON and is_stock(word):  # "Connect" is no slip for "Contact Centre"
        return False
    if len(word) < 4 or word in known.words or name in known.recipient or word.rstrip("s") == name.rstrip("s"):
        return False
    return min(len(word), len(name)) >= 5 and is_near(fold(word), fold(name))


RULE = Rule(
    code="FM819",
    name="name-spelling",
    severity=WARNING,
    looks_for="The company's or a colleague's name with a letter wrong; any name without its accents.",
    why="G0, G4: the right name shows attention, and people remember the wrong one.",
    fix="Write the name as it stands in the facts.",
    bad=Sample("Marcus Lindquist told me that Nortwind Labs moved the nightly jobs in a week."),
    good=Sample("Marcus Lindqvist told me that Northwind Labs moved the nightly jobs in a week."),
    inspect=_inspect,
)

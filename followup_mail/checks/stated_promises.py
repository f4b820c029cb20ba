"""What a mail promises for its sender that no fact has: "I'll send you ...", "I will call on Monday".

An offer ("I could send", "if you like") is no promise, and neither is what one will think, keep or look forward to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.checks.context import Briefing
from followup_mail.checks.day_mentions import DAY_WORDS
from followup_mail.checks.fact_index import FactIndex, index_facts
from followup_mail.checks.parsed_mail import Doubt, ParsedMail, TextSpan
from followup_mail.checks.prose import read_words, word_set, words_of
from followup_mail.checks.stock_words import is_stock
from followup_mail.checks.told_promises import SOON, Told, is_told
from followup_mail.regex import regex

_LISTS: Final = read_words("claims")
_DEEDS: Final = word_set(_LISTS["promised_deeds"])
_FEELINGS: Final = word_set(_LISTS["no_deeds"])
_NO_DAYS: Final = word_set("may mar march this ago last sun sat second dec jan jun")
_LONGEST: Final = 200
_GAP: Final = r"[ \n]+"
_BEFORE_DEED: Final = (
    rf"(?:(?:also|gladly|happily|then|just|certainly|personally|of course|still|already|even|now|soon|be sure to|"
    rf"make sure to|try to|do my best to){_GAP}){{0,2}}"
)
_DOING: Final = r"(?=sending|bringing|preparing|attaching|having|putting|calling)"
_SUBJECTS: Final = (
    rf"i(?:'ll|{_GAP}will|{_GAP}shall)|i(?:'m|{_GAP}am){_GAP}going{_GAP}to|i{_GAP}(?:promise|plan|intend){_GAP}to|"
    rf"you(?:'ll|{_GAP}will){_GAP}(?:have|get|receive)|let{_GAP}me"
)
_PROMISE: Final = regex(
    rf"\b(?:(?:{_SUBJECTS}){_GAP}{_BEFORE_DEED}|i(?:'m|{_GAP}am){_GAP}{_BEFORE_DEED}{_DOING})(?P<deed>[a-z]+)"
)
_OFFERED: Final = regex(
    r"\?\s*\Z|\bif (?:you|it|that|this|there|a|an|the|we|anything|something|so|needed|they|he|she|useful|helpful)\b|"
    r"\bshould you\b|\bwhen you (?:like|want)\b|\bwhenever\b|\bunless\b|\bwould\b.{0,40}\bif\b"
)
_JOINED: Final = regex(r",? (?:and|or|but|so) (?:i|you|we|it)\b|[;:]|, (?:which|who|so|but|and)\b")


def unknown_promises(mail: ParsedMail, briefing: Briefing) -> Iterator[Doubt]:
    """Yield the promises of a mail that none of the facts has."""
    index = index_facts(briefing)
    for sentence in mail.sentences:
        text = mail.plain(sentence)
        for match in _PROMISE.finditer(text):
            last = min(len(text), match.end() + _LONGEST)
            end = next((cut.start() for cut in _JOINED.finditer(text, match.end(), last)), last)
            if match["deed"] in _FEELINGS or _OFFERED.search(text):
                continue
            deed, rest = match["deed"], text[match.end() : end]
            span = TextSpan(sentence.start + match.start(), sentence.start + end)
            if _names_a_day(rest):
                told = is_told(deed, rest, briefing)
                if told is not Told.YES:
                    yield Doubt(span, is_sure=told is Told.NOT)
            elif not _is_known(deed, rest, index):
                yield Doubt(span, is_sure=deed in _DEEDS)


def _is_known(deed: str, rest: str, index: FactIndex) -> bool:
    """Return whether one fact has half of what is promised."""
    things = [word for word in words_of(rest) if not is_stock(word)]
    if not things:
        return deed not in _DEEDS and index.has(deed)
    return index.most_in_one(things) * 2 >= len(things) + (len(things) > 1)


def _names_a_day(rest: str) -> bool:
    return any((word in DAY_WORDS and word not in _NO_DAYS) or word in SOON for word in words_of(rest))

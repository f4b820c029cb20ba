"""The words of a mail that tell of something: what is left without stock words, hollow praise and claims.

"I am confident that my skills in patient care would be an asset" has words that few mails have, and tells of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Word, read_words, word_set
from followup_mail.checks.stock_words import is_hollow, is_stock, stem
from followup_mail.checks.text_overlap import shared_words
from followup_mail.regex import regex

_LISTS: Final = read_words("stock_words")
_SIGNS: Final = tuple(word_set(_LISTS[name]) for name in ("gifts", "sure", "worth"))
"""What a claim is made of: the candidate's gifts, how sure they are, what the employer would have of it."""
_ENOUGH_SIGNS: Final = 2
_OWN: Final = word_set("i i'm i'd my me")
_COPIED_RUN: Final = 4
_ABOUT: Final = regex(
    r"\b(?:discuss(?:ed|ing)|(?:talk(?:ed|ing)?|conversation|discussion|sp[eo]a?k(?:en|ing)?|chat|said|told me|thought|"
    r"thinking|ask(?:ed|ing)|remark|point|questions?)\s+(?:\w+\s+){0,2}(?:about|on|of))\s+(?:\w+\s+){0,2}\Z"
)
_BEFORE: Final = 60
_SENTENCE_BEFORE: Final = regex(r"[.!?:\n]\s*\Z")
_TITLE_AFTER: Final = regex(r"\s+(?:position|role|post|job|opening|vacancy|opportunity|interview|team|internship)s?\b")
_TITLE_BEFORE: Final = regex(
    r"\b(?:position|role|post|job|opening|vacancy|opportunity|interview(?:ing)?|internship)\s+(?:of|as|for|at|with)\s+"
    r"(?:an?\s+|the\s+|your\s+)?\Z|\b(?:at|join|joining)\s+(?:the\s+)?\Z"
)
_CAPITALISED: Final = regex(
    r"[^\W\d_a-z][\w'&/-]*(?:\s+(?:(?:of|and|for|in|the|de)\s+|&\s+)?[^\W\d_a-z][\w'&/-]*){0,6}"
)


def claims(mail: ParsedMail) -> frozenset[TextSpan]:
    """Return the sentences that only claim: "I am confident that my background would make me an asset"."""
    if sum(mail.body.has_any(sign) for sign in _SIGNS) < _ENOUGH_SIGNS:
        return frozenset()
    return frozenset(span for span in mail.sentences if _is_claim(mail.core_words[mail.words_in(span)]))


def concrete_stems(mail: ParsedMail) -> frozenset[str]:
    """Return the stems of the words that tell of something: not stock, hollow, claimed, copied, or a name."""
    return frozenset(stem(word.plain) for word in _concrete(mail))


def says_what_about(mail: ParsedMail) -> bool:
    """Return whether a mail that nothing is known of says what was talked about: "our talk about Kafka"."""
    plain = mail.body.plain
    return any(_ABOUT.search(plain, max(0, word.start - _BEFORE), word.start) for word in _concrete(mail))


def own_words(mail: ParsedMail) -> tuple[Word, ...]:
    """Return the words of the core that are not copied from the job advert."""
    if not mail.context.advert.strip():
        return mail.core_words
    copied = shared_words(mail, mail.context.advert, run=_COPIED_RUN)
    return tuple(word for word, is_copied in zip(mail.core_words, copied, strict=True) if not is_copied)


def _concrete(mail: ParsedMail) -> Iterator[Word]:
    empty, names = claims(mail), mail.known.names
    titles = frozenset() if mail.context.facts else _titles(mail)
    for word in own_words(mail):
        is_said_by_all = is_stock(word.plain) or is_hollow(word.plain) or word.plain in names
        if not is_said_by_all and word.start not in titles and mail.sentence_at(word.start) not in empty:
            yield word


def _is_claim(sentence: Iterable[Word]) -> bool:
    """Return whether a sentence has the words of a claim, speaks of the candidate, and has no figure in it."""
    words = {word.plain for word in sentence}
    if words.isdisjoint(_OWN) or any(word[0].isdigit() for word in words):
        return False
    return sum(not sign.isdisjoint(words) for sign in _SIGNS) >= _ENOUGH_SIGNS


def _titles(mail: ParsedMail) -> frozenset[int]:
    """Return where the words begin with which a mail that nothing is known of names the position or the employer."""
    plain = mail.body.plain
    found: set[int] = set()
    for run in _CAPITALISED.finditer(mail.body.written, mail.core.start, mail.core.end):
        before = plain[max(0, run.start() - _BEFORE) : run.start()]
        is_title = _TITLE_BEFORE.search(before) or _TITLE_AFTER.match(plain, run.end())
        if is_title and not _SENTENCE_BEFORE.search(before):
            found.update(range(*run.span()))
    return frozenset(found)

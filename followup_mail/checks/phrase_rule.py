"""Rules about tact: a TOML file each, with no code.

Beside the fields of a ``Rule`` the file has a ``message``, the tables ``bad`` and ``good`` (see ``Sample``) and one or
more ``[[find]]`` tables, each a list of phrases and what excuses them (see ``PhraseSearch``). With ``allowed``, so many
phrases may stand; the next one is the finding, and ``{count}`` and ``{all}`` in the message say what was counted. With
a ``[read]`` table the rule also points at sentences without any of the phrases (see ``TactReading``). With
``only_with_briefing`` the rule is silent unless a writing model wrote the mail.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.step import Kind
from followup_mail.checks.context import Briefing
from followup_mail.checks.finding import Severity
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import Phrases, phrase_pattern, phrases
from followup_mail.checks.prose import words_of
from followup_mail.checks.rule import FOLLOW_UPS, INQUIRIES, REJECTIONS, THANKS, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.checks.tact_reader import read_sentences
from followup_mail.regex import regex

_GROUPS: Final = {"thanks": THANKS, "inquiries": INQUIRIES, "rejections": REJECTIONS, "follow_ups": FOLLOW_UPS}
_CROWDED: Final = 3
_NEGATIONS: Final = frozenset({"not", "never", "no", "nor", "without", "neither", "cannot", "instead"})
_TEXTS: Final = ("code", "name", "severity", "looks_for", "why", "fix", "message")
_BESIDE: Final = ("only_beside", "unless_beside")
_OPTIONS: Final = ("allowed", "counted", "only_with_briefing")
_CHOICES: Final = {
    "where": {"subject", "core"},
    "excused_by": {"facts", "known_words", "nothing"},
    "counted": {"phrases", "sentences"},
}


class PhraseSearch(Struct, frozen=True):
    """A list of phrases, and when one of them is left alone."""

    phrases: Phrases
    where: tuple[str, ...]
    """``subject``, ``core`` (between greeting and closing), or both. The ``unless`` options look at the core only."""
    excused_by: str = "facts"
    """``facts``: in quotation marks, or word for word in the facts. ``known_words``: a name, or a word of a topic."""
    doubtful: bool = False
    """True for phrases that are only a warning, whatever the severity of the rule."""
    unless_briefing: bool = False
    """True for phrases that another rule finds in the mails of a writing model."""
    unless_negated: bool = False
    unless_granted: bool = False
    """True for phrases that ask for nothing behind "I can see": what you grant you do not ask about."""
    unless_after: str = ""
    """A phrase that must not stand directly before."""
    unless_told: tuple[str, ...] = ()
    """Beginnings of words that excuse a phrase when they stand both in it and in the facts."""
    only_beside: frozenset[str] = frozenset()
    """Words of which the same sentence must have one."""
    unless_beside: frozenset[str] = frozenset()
    """Words of which the same sentence must have none."""

    def in_subject(self, mail: ParsedMail) -> Iterator[TextSpan]:
        """Yield the phrases in the subject that nothing excuses."""
        for start, end in self.phrases.find(mail.subject) if "subject" in self.where else ():
            if not self._is_known(mail, mail.subject.plain[start:end]):
                yield TextSpan(start, end)

    def in_core(self, mail: ParsedMail) -> list[TextSpan]:
        """Return the phrases in the core that nothing excuses, in order, each place once."""
        core = mail.core
        spans = sorted(self.phrases.find(mail.body, core.start, core.end)) if "core" in self.where else ()
        found: list[TextSpan] = []
        for span in (TextSpan(*span) for span in spans):
            overlaps = bool(found) and span.start < found[-1].end
            if not overlaps and not self._is_known(mail, mail.plain(span)) and not self._is_quoted(mail, span):
                found.append(span)
        return [span for span in found if not self._is_meant_otherwise(mail, span)]

    def _is_known(self, mail: ParsedMail, words: str) -> bool:
        if self.excused_by == "known_words":
            return words in mail.known.words
        return self.excused_by == "facts" and any(words in text for text in mail.known.fact_texts)

    def _is_quoted(self, mail: ParsedMail, span: TextSpan) -> bool:
        """Return whether a double quote opens shortly before ``span`` and closes shortly after it."""
        plain = mail.body.plain
        before, after = plain[max(0, span.start - 100) : span.start], plain[span.end : span.end + 100]
        return self.excused_by != "nothing" and before.count('"') % 2 == 1 and '"' in after

    def _is_meant_otherwise(self, mail: ParsedMail, span: TextSpan) -> bool:
        plain = mail.body.plain
        if self.unless_negated and _is_negated(mail, span):
            return True
        if self.unless_granted and _GRANTED_NEXT.search(plain, max(0, span.start - 40), span.start):
            return True
        if self.unless_after and _before(self.unless_after).search(plain, max(0, span.start - 20), span.start):
            return True
        if self.only_beside or self.unless_beside:
            beside = words_of(mail.plain(mail.sentence_at(span.start)))
            if not self.unless_beside.isdisjoint(beside) or (self.only_beside and self.only_beside.isdisjoint(beside)):
                return True
        told = " ".join(mail.known.fact_texts) if self.unless_told else ""
        return any(term in told for term in self.unless_told if term in mail.plain(span))


_GRANTS: Final = regex(
    r"\b(?:i (?:do |can |fully |well )?(?:understand|see) (?:that|why)|it makes sense (?:that|to))\b(?!.*\bbut\b)"
)

_GRANTED_NEXT: Final = regex(
    r"(?<!so that )(?<!so )(?<!\bif )(?<!until )\bi (?:do |can |could |fully |well |quite |certainly |of course )*"
    r"(?:understand|see|appreciate)\s+\Z"
)
"""What stands before "why you chose somebody else" of a candidate who does not ask for it."""


class TactReading(Struct, frozen=True):
    """What the reader of tact adds to a rule: sentences that say it in other words than the phrases."""

    of: str
    """The class of ``tact_reader``."""
    above: float
    """The score from which on a sentence is found: so high that of the mails that it was not trained on, one in five
    hundred was found wrongly where that stops the mail, one in a hundred where it warns."""
    message: str = ""
    """Empty for the rule's own."""
    doubtful: float | None = None
    """The score from which on it is a warning, whatever the severity of the rule; None for no such range."""
    doubtful_message: str = ""
    unless_briefing: bool = False
    """As in ``PhraseSearch``."""
    unless_granted: bool = False
    """True where a sentence that grants their reason is none of this class, whatever the reason was."""
    unless_begun: str = ""
    """How sentences begin that are none of this class, as a pattern: what the questions offer as a beginning."""

    def find(self, mail: ParsedMail) -> Iterator[tuple[TextSpan, bool]]:
        """Yield the sentences of the core that read like this class, and whether there is a doubt."""
        least = self.above if self.doubtful is None else self.doubtful
        for span, scores in zip(mail.sentences, read_sentences(mail.body.written, mail.sentences), strict=True):
            score = scores.get(self.of, least)
            if score > least and not self._is_excused(mail.plain(span)):
                yield span, score <= self.above

    def _is_excused(self, said: str) -> bool:
        is_granted = self.unless_granted and _GRANTS.search(said)
        is_begun = self.unless_begun and re.match(self.unless_begun, said)
        return bool(is_granted or is_begun or '"' in said)


class PhraseInspection(Struct, frozen=True):
    """The function of a phrase rule: it points at each phrase, or at the first beyond those that are allowed."""

    message: str
    searches: tuple[PhraseSearch, ...]
    reading: TactReading | None = None
    allowed: int = 0
    counted: str = "phrases"
    """``phrases``, or ``sentences`` that have one; a sentence with three counts twice."""
    only_with_briefing: bool = False
    """True for a rule that is only for the mails of a writing model."""

    def __call__(self, mail: ParsedMail) -> Iterable[Spot]:
        """Yield what a rule says about ``mail``."""
        if self.only_with_briefing and mail.context.briefing is None:
            return
        searches = [search for search in self.searches if not (search.unless_briefing and mail.context.briefing)]
        for search in searches:
            yield from (in_subject(mail, span, self.message) for span in search.in_subject(mail))
        found = sorted(span for search in searches if not search.doubtful for span in search.in_core(mail))
        if self.counted == "sentences":
            crowd = Counter(mail.sentence_at(span.start) for span in found)
            # One sentence that has three of them says it more than once.
            found = [sentence for sentence, count in crowd.items() for _ in range(2 if count >= _CROWDED else 1)]
        if not self.allowed:
            yield from (in_body(mail, span, self.message) for span in found)
        elif len(found) > self.allowed:
            listed = ", ".join(dict.fromkeys(" ".join(mail.plain(span).split()) for span in found))
            message = self.message.replace("{count}", str(len(found))).replace("{all}", listed)
            yield in_body(mail, found[self.allowed], message)
        for span in (span for search in searches if search.doubtful for span in search.in_core(mail)):
            yield replace(in_body(mail, span, self.message), severity=Severity.WARNING)
        if self.reading and not (self.reading.unless_briefing and mail.context.briefing):
            yield from self._read(mail, found if not self.allowed else [])

    def _read(self, mail: ParsedMail, found: list[TextSpan]) -> Iterator[Spot]:
        """Yield what the reader finds in sentences in which no phrase was found."""
        assert self.reading
        for span, is_doubtful in self.reading.find(mail):
            if any(span.start <= phrase.start < span.end for phrase in found):
                continue
            if is_doubtful:
                yield replace(in_body(mail, span, self.reading.doubtful_message), severity=Severity.WARNING)
            else:
                yield in_body(mail, span, self.reading.message or self.message)


def read_phrase_rule(path: Path) -> Rule:
    """Read a rule from its TOML file. Raises ``ValueError``, with the name of the file, for anything amiss in it."""
    try:
        return _rule(tomllib.loads(path.read_text("utf-8")))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _rule(table: dict[str, Any]) -> Rule:
    if wrong := [key for key in _TEXTS if not isinstance(table[key], str)]:
        raise ValueError(f"{wrong[0]} must be a text")
    searches = tuple(_search(find) for find in table.pop("find"))
    options: dict[str, Any] = {key: table.pop(key) for key in _OPTIONS if key in table}
    _refuse_unknown(options)
    reading = TactReading(**table.pop("read")) if "read" in table else None
    inspect = PhraseInspection(table.pop("message"), searches, reading, **options)
    kinds = frozenset(kind for name in table.pop("kinds", ()) for kind in _kinds(name))
    severity, bad, good = Severity(table.pop("severity")), _sample(table.pop("bad")), _sample(table.pop("good"))
    return Rule(**table, severity=severity, bad=bad, good=good, inspect=inspect, kinds=kinds or None)


def _sample(table: dict[str, Any]) -> Sample:
    """Read a sample; ``told`` has the facts that a writing model was told for it."""
    told = table.pop("told", None)
    return Sample(**table, changes={} if told is None else {"briefing": Briefing(tuple(told))})


def _kinds(name: str) -> frozenset[Kind]:
    """Return the kinds of a group (``thanks``), or the kind of that name (``thank_you``)."""
    return _GROUPS.get(name) or frozenset({Kind(name)})


def _search(find: dict[str, Any]) -> PhraseSearch:
    _refuse_unknown(find)
    lists: dict[str, Any] = {key: tuple(find.pop(key)) for key in ("where", "unless_told") if key in find}
    sets: dict[str, Any] = {key: frozenset(words_of(find.pop(key))) for key in _BESIDE if key in find}
    return PhraseSearch(phrases(find.pop("phrases")), **sets, **lists, **find)


def _refuse_unknown(options: dict[str, Any]) -> None:
    """Raise ``ValueError`` for an option whose value is none of those that there are."""
    for key, known in _CHOICES.items():
        given = options.get(key, ())
        unknown = {*([given] if isinstance(given, str) else given)} - known
        if unknown:
            raise ValueError(f"{key} must be one of {sorted(known)}, not {sorted(unknown)}")


def _is_negated(mail: ParsedMail, span: TextSpan) -> bool:
    """Return whether "not", "never", "without", "don't" or "no" stands among the three words before ``span``."""
    before = mail.body.plain[max(mail.core.start, span.start - 40) : span.start]
    words = re.split(r"[.;:!?\n]", before)[-1].split()[-3:]
    if words[-2:] == ["you", "not"]:  # "could you not ..." asks
        return False
    return any(word.strip(",") in _NEGATIONS or word.strip(",").endswith("n't") for word in words)


@lru_cache(maxsize=64)
def _before(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b{phrase_pattern(phrase)}\s+\Z")

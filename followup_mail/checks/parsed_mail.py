"""A mail taken apart once for all rules: subject, body, greeting, core, signature, sentences.

What the mail quotes (``quotation``) is blanked out, so that nobody is blamed for the words of another; offsets stay
those of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec import Struct

from followup_mail.checks.context import CheckContext
from followup_mail.checks.known_names import KnownNames, gather_known_names
from followup_mail.checks.name_match import ABBREVIATIONS
from followup_mail.checks.prose import Prose, Word, read_prose
from followup_mail.facts.closings import is_closing
from followup_mail.incoming.quotation import blank_quotes
from followup_mail.regex import regex

READ_LIMIT: Final = 100_000
"""Characters of a text that are read. A follow-up has a thousand; the rest of a longer text is not read."""

_GREETING_WORD: Final = (
    r"dear|dearest|hi|hello|hey|hiya|greetings|good\s+(?:morning|afternoon|evening|day)|morning|afternoon|evening|"
    r"hola|bonjour|hallo|guten\s+(?:tag|morgen)|gr(?:ü|ue)ezi|servus|moin|ciao|buongiorno|namaste|olá|ola|hej|hei|salut|"
    r"kia\s+ora|g'day|to"
)
_GREETING: Final = regex(rf"(?:{_GREETING_WORD})(?![\w'-])(?P<rest>[^\n,:;!?—–]{{0,100}})")
_GREETING_AGAIN: Final = regex(rf"[,;]\s*(?=dear\b)(?:{_GREETING_WORD})[^\n,:;!?—–]{{0,100}}")
_GREETING_CUT: Final = regex(r"\s-+(?:\s|$)|(?<![\s.][a-z])\.(?=\s|$)")
_LAST_WORD: Final = regex(r"[^\W\d_]+\Z")
_AFTER_GREETING: Final = regex(r"[ ]?[,:;!—–-]{0,2}")
_BARE_GREETING: Final = regex(r"(?P<rest>[^\W\d_][^\n,:;!?—–]{0,60})[,:!—–-]{1,2}[ ]*(?=\n|$)")
_CLOSING: Final = regex(
    r"(?:(?:with|all|very|my|yours?|and|kind(?:est)?|warm(?:est|ly)?|best|sincere(?:ly)?|many|much|thank(?:s|\s+you)|again|"
    r"regards?|wishes|truly|faithfully|respectfully(?:\s+yours)?|respect|cordially|gratefully|gratitude|appreciation|cheers|"
    r"the|take|care|talk|soon|friendly|greetings|fondly|in|advance|warmth|so|until|then|salutations|from|"
    r"good|a|great|week(?:end)?|day|bien|cordialement)\b[ ]*){1,6}[,.!–—-]{0,2}"
)
_SENTENCE_END: Final = regex(r"(?<![.!?…])[.!?…]++[\"')\]]*+(?=\s|$)|\n[ ]*\n|\n(?=[ ]*(?:[-*•–]|\d{1,2}[.)])[ ])")
_ABBREVIATION: Final = regex(
    rf"(?:^|[\s(])(?:{'|'.join(sorted(ABBREVIATIONS))}|e\.g|i\.e|vs|approx|no|jr|inc|ltd|co|corp|etc|\w)$"
)


class TextSpan(NamedTuple):
    """A stretch of the body: offsets as in a slice."""

    start: int
    end: int


class Doubt(NamedTuple):
    """A stretch of the body that no fact holds."""

    span: TextSpan
    is_sure: bool
    """False where it may be something else: an ordinary word with a capital, a word or two only set apart."""
    message: str = ""


class ParsedMail(Struct, frozen=True):
    """A mail and its parts. Offsets point into ``subject.written`` and ``body.written``."""

    context: CheckContext
    known: KnownNames
    subject: Prose
    body: Prose
    """The whole text, with what it quotes blanked out."""
    greeting: TextSpan
    """The greeting up to its comma; empty when there is none."""
    greeted: TextSpan
    """What follows "Dear" or "Hi": the names; empty when there are none."""
    core: TextSpan
    """Between greeting and closing: what is said."""
    closing: TextSpan
    """From "Kind regards" to the end; empty when the mail is not closed."""
    sentences: tuple[TextSpan, ...]
    """The sentences of the core."""
    core_words: tuple[Word, ...]

    @property
    def whole_subject(self) -> TextSpan:
        """All of the subject."""
        return TextSpan(0, len(self.subject.plain))

    def plain(self, span: TextSpan) -> str:
        """Return a stretch of the body in its normal form."""
        return self.body.plain[span.start : span.end]

    def written(self, span: TextSpan) -> str:
        """Return a stretch of the body as written."""
        return self.body.written[span.start : span.end]

    def sentence_at(self, offset: int) -> TextSpan:
        """Return the sentence of the core that an offset lies in; an empty span outside the core."""
        nearest = bisect_right(self.sentences, offset, key=lambda span: span.start) - 1
        if nearest >= 0 and offset < self.sentences[nearest].end:
            return self.sentences[nearest]
        return TextSpan(offset, offset)

    def words_in(self, span: TextSpan) -> slice:
        """Return which of the words of the core lie in ``span``."""
        first = bisect_left(self.core_words, span.start, key=lambda word: word.start)
        return slice(first, bisect_left(self.core_words, span.end, key=lambda word: word.start))


def parse_mail(context: CheckContext) -> ParsedMail:
    """Take a mail apart."""
    parts = _read_text(one_line_end(context.text)[:READ_LIMIT], context.sender.name)
    subject = read_prose(one_line_end(context.subject)[:READ_LIMIT])
    return ParsedMail(context, gather_known_names(context), subject, *parts)


def parse_text(text: str, sender: str = "") -> ParsedMail:
    """Take a text apart, without anything around it: an earlier note, or the note to somebody else."""
    context = CheckContext("", text)
    parts = _read_text(one_line_end(text)[:READ_LIMIT], sender)
    return ParsedMail(context, gather_known_names(context), read_prose(""), *parts)


@lru_cache(maxsize=64)
def _read_text(
    text: str, sender: str
) -> tuple[Prose, TextSpan, TextSpan, TextSpan, TextSpan, tuple[TextSpan, ...], tuple[Word, ...]]:
    body = read_prose(blank_quotes(text))
    greeting, greeted = _find_greeting(body)
    closing = _find_closing(body.plain, greeting.end, sender.casefold().split())
    core = TextSpan(greeting.end, closing.start)
    words = tuple(word for word in body.words if core.start <= word.start < core.end)
    return body, greeting, greeted, core, closing, _split_sentences(body.plain, core), words


def one_line_end(text: str) -> str:
    """Return ``text`` with LF line ends; findings count lines in this form."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _find_greeting(body: Prose) -> tuple[TextSpan, TextSpan]:
    """Find the greeting in the first line that says anything: all of it with its comma, and what follows "Dear"."""
    plain = body.plain
    start = len(plain) - len(plain.lstrip())
    match = _GREETING.match(plain, start) or _bare_greeting(body, start)
    if match is None or len(match["rest"].split()) > 12:
        return TextSpan(start, start), TextSpan(start, start)
    rest_start, rest_end = match.span("rest")
    # "Hi Ada - thank you ..." and "Hi Ada. Thank you ...": the greeting ends at the dash or the full stop.
    cuts = _GREETING_CUT.finditer(plain, rest_start, rest_end)
    if cut := next((cut for cut in cuts if not _ends_abbreviation(plain, cut)), None):
        return TextSpan(start, cut.end()), TextSpan(rest_start, cut.start())
    end = rest_end
    while again := _GREETING_AGAIN.match(plain, end):
        end = again.end()
    return TextSpan(start, _AFTER_GREETING.match(plain, end).end()), TextSpan(rest_start, end)  # type: ignore[union-attr]


def _ends_abbreviation(plain: str, cut: re.Match[str]) -> bool:
    """Return whether a full stop belongs to a title: "Dear Engr. Tanko"."""
    word = _LAST_WORD.search(plain, max(0, cut.start() - 10), cut.start())
    return cut[0].startswith(".") and word is not None and word[0] in ABBREVIATIONS


def _bare_greeting(body: Prose, start: int) -> re.Match[str] | None:
    """Return a first line that is nothing but a name: "Ada," or "Dr. Okafor -"."""
    match = _BARE_GREETING.match(body.plain, start)
    words = body.written[match.start("rest") : match.end("rest")].split() if match else []
    return match if 0 < len(words) <= 5 and all(not word[0].islower() for word in words) else None


def _find_closing(plain: str, after: int, sender: list[str]) -> TextSpan:
    """Find where the closing begins, looking back from the end; the end of the text when there is none."""
    end = len(plain.rstrip())
    lines = [match for match in re.finditer(r"[^\n]+", plain[after:end]) if match[0].strip()][-14:]
    for match in reversed(lines):
        line, start = match[0].strip(), after + match.start()
        if line == "--" or is_closing(line) or _is_combined_closing(line, sender):
            return TextSpan(start, len(plain))
    if lines and _is_name_line(lines[-1][0], sender):
        return TextSpan(after + lines[-1].start(), len(plain))
    return TextSpan(len(plain), len(plain))


def _is_combined_closing(line: str, sender: list[str]) -> bool:
    """Return whether a line is a closing of several words of one, with the name or not: "Many thanks again, Sam"."""
    match = _CLOSING.match(line)
    if not match or len(line) > 80:
        return False
    rest = line[match.end() :].strip(" ,.!").split()
    ends_open = line.endswith(",") and len(rest) <= 3
    return not rest or ends_open or (len(rest) <= 4 and bool(sender) and rest[0] == sender[0])


def _is_name_line(line: str, sender: list[str]) -> bool:
    words = line.strip(" ,.-–—").split()
    return 0 < len(words) <= 5 and bool(sender) and words[0].strip(".,") in {*sender, sender[0][:1]}


def _split_sentences(plain: str, core: TextSpan) -> tuple[TextSpan, ...]:
    """Split the core at full stops, empty lines and list items, but not after "Dr." or an initial."""
    found, start = [], core.start
    for match in _SENTENCE_END.finditer(plain, core.start, core.end):
        if match[0] == "." and _ABBREVIATION.search(plain, max(0, match.start() - 8), match.start()):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, core.end))
    return tuple(span for span in (_trimmed(plain, *part) for part in found) if span.end > span.start)


def _trimmed(plain: str, start: int, end: int) -> TextSpan:
    text = plain[start:end]
    left = len(text) - len(text.lstrip(" \n,;:!—–-*•"))
    return TextSpan(start + left, max(start + left, start + len(text.rstrip())))

"""Find what a mail says about attachments: "attached", "as promised", "I will send it tomorrow"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from followup_mail.checks.files_sent_along import files_sent_along
from followup_mail.checks.name_match import fold
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import WEEKDAYS, phrases
from followup_mail.checks.prose import read_words, word_set, words_of
from followup_mail.checks.stock_words import GRAMMAR, is_stock, stem
from followup_mail.facts.application import Promise
from followup_mail.language.promises import filename_of
from followup_mail.regex import regex

_PHRASES: Final = read_words("attachments")
_SAYS_ATTACHED: Final = phrases(_PHRASES["attached"])
_CARRIED: Final = phrases(_PHRASES["carried"])
_CARRIED_FILE: Final = phrases(_PHRASES["carried_file"])
_FILES: Final = word_set(_PHRASES["files"])
_BOTH: Final = word_set("both it them they these two all")
_REPORTED: Final = regex(
    r"\b(?:said|promised|told you|mentioned|offered|agreed|announced)\s+(?:that\s+)?(?:i|it|they|we)"
    r"(?:\s+would|\s+will|'d|'ll)(?:\s+(?:send|share|forward|mail|get|bring|pass|let|have)\b)?|"
    r"\b(?:promised|offered|agreed)\s+to\s+\w+"
)
_CAMEL: Final = regex(r"(?<=[a-z])(?=[A-Z])")
_UNNAMED: Final = word_set(_PHRASES["unnamed"])
_TELLS_FROM: Final = 4
_WORD_PARTS: Final = regex(r"[^\W_]+")
_NOT_NOW: Final = regex(
    r"\b(?:can|could|would|may|might|happy to|glad to|not|never|no|nothing|if|shall|whether|used to|"
    r"last (?:week|month|year)|ago)\b|n't\b|(?<!you )\b(?:will|should)\b|\b(?:i|we|it|they)'ll\b"
)
_NEAR: Final = 200
_CLAUSE_END: Final = regex(r"[,;:()–—]\s")
_NOT_THAT: Final = regex(
    r"\b(?:strings?|not|never|get|getting|got|become|became|grown?|grew|too|very|so|deeply|much|label|value|importance|"
    r"meaning|you|network|emotionally|quite|still|condition|weight|price|sidecar|garage|people|feel|felt)\s+(?:\w+\s+)?"
    r"(?:is\s+|are\s+)?$|\bto\s+(?:be|get|become)\s+$"
)
_ATTACHED: Final = regex(r"\b(?:attach|enclos)(?:ed|ing|e)?\b")
_TO_SOMETHING: Final = regex(
    r"\s+to\s+(?:the|a|an|our|your|my|its|their|each|every|one|it|people|places?|them|him|her)\s+(?!e?-?mail|message|note)"
)
_NOW: Final = phrases(_PHRASES["comes_now"])
_LATER: Final = regex(
    r"\b(?:will|shall|'ll)\s+(?:\w+\s+){0,2}(?:send|follow|reach|forward|share|have|be with|get|mail|post|come)\b|"
    rf"\bby\s+(?:next|the end|tomorrow|weekend|{'|'.join(WEEKDAYS)})\b|\b(?:tomorrow|later this week|next week|once)\b|"
    r"\b(?:happy|glad|pleased)\s+to\s+(?:send|share)\b|"
    r"\b(?:can|could|would|may|might)\s+(?:\w+\s+){0,2}(?:send|share|bring)\b|"
    r"\b(?:on its|by)\s+(?:way|post)\b"
)
_COMES: Final = regex(
    r"\b(?:will|shall)\b|'ll\b|\b(?:i'm|i am) (?:also )?(?:sending|bringing|getting)\b|\bi (?:send|forward|bring)\b"
)
_SENTENCE_END: Final = regex(r"(?<=[.!?])\s+|\n\s*\n|\{%.*?%\}|\{#.*?#\}")
_LINK: Final = regex(r"https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|io|dev|example|ch|de|uk|eu)(?:/|\b)")


def says_attached(mail: ParsedMail) -> list[TextSpan]:
    """Return where the mail says that something is attached: not "grown attached to", not "I have not attached"."""
    found: list[TextSpan] = []
    text = mail.body.plain
    for start, end in sorted(_SAYS_ATTACHED.find(mail.body, mail.core.start, mail.core.end)):
        word = _ATTACHED.search(text, start, end + 1)
        at = word.start() if word else start
        if _NOT_THAT.search(text[max(0, at - 30) : at]) or (found and start < found[-1].end):
            continue
        if word and _TO_SOMETHING.match(text, word.end()):
            continue
        found.append(TextSpan(start, end))
    return sorted({*found, *_says_carried(mail), *([] if found else files_sent_along(mail))})


def _says_carried(mail: ParsedMail) -> Iterator[TextSpan]:
    """Yield where the mail says in other words that something comes with it: "my licence travels with this mail"."""
    start, end = mail.core
    spans = [TextSpan(*span) for span in _CARRIED.find(mail.body, start, end)]
    if mail.body.has_any(_FILES) and not _LINK.search(mail.plain(mail.core)):
        files = (TextSpan(*span) for span in _CARRIED_FILE.find(mail.body, start, end))
        spans += [span for span in files if _is_of_a_file(mail, span)]
    for span in spans:
        before = mail.body.plain[max(mail.sentence_at(span.start).start, span.start - _NEAR) : span.end]
        if not _NOT_NOW.search(_CLAUSE_END.split(_without_report(before))[-1]):
            yield span


def _is_of_a_file(mail: ParsedMail, span: TextSpan) -> bool:
    """Return whether a file is named in the sentence, or in the one before when this one only says "both"."""
    sentence = mail.sentence_at(span.start)
    if (
        ":" in mail.body.plain[span.end : min(sentence.end, span.end + _NEAR)]
    ):  # "Here is the sketch: two doors, one gate" is all of it.
        return False
    near = TextSpan(max(sentence.start, span.start - _NEAR), min(sentence.end, span.end + _NEAR))
    words = words_of(mail.plain(near))
    if _BOTH.isdisjoint(words):
        return not _FILES.isdisjoint(words)
    before = mail.sentence_at(max(mail.core.start, sentence.start - 3))
    return not _FILES.isdisjoint((*words, *words_of(mail.plain(before)[-_NEAR:])))


def _without_report(text: str) -> str:
    """Return a sentence without "I said that I would send ...": what was said then is not what comes later."""
    return _REPORTED.sub(" ", text)


def says_sent_now(mail: ParsedMail) -> list[TextSpan]:
    """Return the sentences in which something comes with this mail, or was promised and is not said to follow."""
    cues = [start for start, _ in _NOW.find(mail.body, mail.core.start, mail.core.end)]
    cues += [span.start for span in says_attached(mail)]
    sentences = {mail.sentence_at(cue): _without_report(mail.plain(mail.sentence_at(cue))) for cue in cues}
    return sorted(span for span, text in sentences.items() if not _LATER.search(text) and not _LINK.search(text))


def is_named(what: str, text: str) -> bool:
    """Return whether ``text`` names a promised thing: half of the words that matter in it."""
    words = _parts(what)
    wanted = {stem(word) for word in words if not is_stock(word)} or {
        stem(word) for word in words if word not in GRAMMAR
    }
    there = {stem(word) for word in _parts(text)}
    return bool(wanted) and len(wanted & there) * 2 >= len(wanted)


def is_announced(what: str, mail: ParsedMail) -> bool:
    """Return whether one sentence of the mail names a promised thing and says when it comes, or that it will."""
    return any(_announces(mail.plain(sentence), what) for sentence in mail.sentences)


def is_announced_in(what: str, text: str) -> bool:
    """Return the same of a text that is no mail yet: a typed sentence, or a wording."""
    return any(_announces(sentence, what) for sentence in _SENTENCE_END.split(text))


def _announces(sentence: str, what: str) -> bool:
    said = " ".join(sentence.split())
    return is_named(what, said) and bool(_COMES.search(said))


def is_file_of(filename: str, promise: Promise) -> bool:
    """Return whether an attached file is the promised one: by its name, however it is spelt, or by what it is."""
    base = filename.rpartition(".")[0] or filename
    parts = _parts(unquote(base))
    if not promise.file:
        return is_named(promise.what, base) or _is_run_together(promise.what, "".join(parts))
    meant = filename_of(promise)
    named = _parts(meant.rpartition(".")[0] or meant)
    there, wanted = ({stem(word) for word in words} for words in (parts, named))
    is_same = filename.casefold() == meant.casefold() or "".join(parts) == "".join(named)
    return is_same or (bool(wanted and there) and (wanted <= there or there <= wanted))


def names_nothing(filename: str) -> bool:
    """Return whether a file is called what a scanner or a camera calls it: "scan_0012.pdf"."""
    parts = _parts(filename.rpartition(".")[0] or filename)
    return all(part.isdigit() or part.rstrip("0123456789") in _UNNAMED for part in parts)


def _is_run_together(what: str, joined: str) -> bool:
    """Return whether a name without spaces has all words of a thing, of which one tells: "loadtestreport"."""
    words = [word for word in _parts(what) if word not in GRAMMAR]
    return any(len(word) >= _TELLS_FROM for word in words) and all(stem(word) in joined for word in words)


def _parts(text: str) -> list[str]:
    """Return the words of a name or a thing; hyphens, underscores and capitals inside a word part them too."""
    parts = _WORD_PARTS.findall(_CAMEL.sub(" ", text).casefold().replace("telephone", "phone"))
    return [fold(part) for part in parts]

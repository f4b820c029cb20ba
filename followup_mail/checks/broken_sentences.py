"""Sentences that cannot be right, whoever wrote them: a subject lost, two verbs that nothing joins, a clause cut off.

Only what no careful writer does is looked for. A sentence that merely sounds odd passes, and so does a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import read_words, word_set
from followup_mail.regex import regex

_LISTS: Final = read_words("broken_sentences")
_PAST_ONLY: Final = "|".join(_LISTS["past_only"].split())
_TOLD: Final = "|".join(_LISTS["told"].split())
_OBJECT: Final = (
    r"(?:the|a|an|my|your|our|his|her|their|it|me|us|them|where|how|what|why|when|which|that|from|about|in|to|for|two|"
    r"three|old)"
)
_SUBJECT: Final = r"(?:you|i|we|they|it|he|she|the|this|your|my|our|there|people|nobody|everybody)"
_LOST_SUBJECT: Final = (
    rf"\b(?:about|of|for|by|from|at|with|remember|liked|enjoyed|appreciated|admired|your|my|the|a) "
    rf"(?:{_PAST_ONLY}) {_OBJECT}\b"
)
# "The team I came from knew the log": the preposition belongs to a clause without "that".
_CONTACT_CLAUSE: Final = regex(
    rf"\b(?!(?:and|but|that|so|because|when|if|as|since|then|how) )[a-z]+ (?:i|you|we|they|he|she|it) "
    rf"(?:[a-z]+ ){{1,3}}"
    rf"(?:about|of|for|by|from|at|with) (?:{_PAST_ONLY}) [a-z]+\Z"
)
_HOW: Final = rf"\bhow (?:{_TOLD}) (?:about|for|the|a|an|me|us|that|my|your|each|every)\b"
_TWO_VERBS: Final = (
    r"\b(?:is|was) (?:the|an?) (?:[a-z]{2,20}ing |real |only |main |first |last |whole |best )?"
    r"(?!people|thing|things|work|way|reason|time|one|day)[a-z]{3,20} (?:would|will|could|should) "
    r"(?:have [a-z]+(?:ed|t|n|d)|be [a-z]+(?:ed|t|n))\b"
)
_NO_END: Final = (
    r", (?:which|who), (?:as soon as|as|when|if|because|since|once|after|before|while|although) [^,.;!?]{3,80}[.!?]"
)
_JOINED_TWICE: Final = rf"\A(?:because|since) {_SUBJECT}\b[^,;.!?]{{4,120}}, so that\b[^,;.!?]{{3,120}}[.!?]"
_IDEA_THAT: Final = (
    r"\A(?:your|the) (?:idea|point|remark|thought|observation|story|plan|view|rule|wish) that [^,;.!?]{3,120}, "
    r"and that [^,;.!?]{3,120}[.!]"
)
_THAT_OF_WHICH: Final = (
    r"\Athat (?:a|an|the|your) [^,;.!?]{3,60}, (?:of|to|in|on|for|about) (?:which|whom) [^,;.!?]{3,120}[.!]"
)
_BROKEN_OFF: Final = (
    r"(?:\b(?:because|although|whether|whose|in order to|such as|as well as)|[a-z,] (?:and|but)|"
    r"\b(?:that|which|because|who) (?:nobody|everybody|i|we|the)) ?\.(?=\s|\Z)"
)
_JOTTED: Final = r"(?:(?<=[a-z.,] )|\A)w/o?(?= ?[a-z\d])|(?<=[a-z,]) (?:s\.o\.|s\.th\.|sth|smth|b/c|bc|ppl)(?= [a-z])"
_FAULTS: Final = tuple(
    (word_set(signs), regex(find), why)
    for signs, find, why in (
        (_LISTS["past_only"], _LOST_SUBJECT, "the verb has no subject"),
        ("how", _HOW, "a subject is missing behind *how*"),
        ("would will could should", _TWO_VERBS, "two verbs that nothing joins"),
        ("which who", _NO_END, "the clause has no end"),
        ("because since", _JOINED_TWICE, "two words that join, and nothing that they join to"),
        (
            "idea point remark thought observation story plan view rule wish",
            _IDEA_THAT,
            "the sentence has no main verb",
        ),
        ("which whom", _THAT_OF_WHICH, "it has no main verb"),
        ("w s sth smth b bc ppl", _JOTTED, "that is how one writes a note"),
    )
)
"""The words without one of which a fault cannot be there, how it looks, and what it is."""
_ENDS_BROKEN: Final = regex(_BROKEN_OFF)
_ARROW: Final = regex(r"(?<=[a-z]) (?:->|=>|-->) ?(?=[a-z\d])")
_YOU_WITH_S: Final = regex(
    r"\b(?:that|how|when|because|if|where|why|what|and|as) you ([a-z]{2,20}s) "
    r"(?:the|a|an|it|them|me|us|each|every|my|your|no)\b"
)
_NO_VERB: Final = regex(r"\A(?:because|although|whether) [^.!?]{24,200}[.!]")
_LEAST_WORDS: Final = 6
# A sentence that begins with "because" or "when" needs a main clause, behind a comma or with a subject of its own.
_ONLY_SIDE: Final = regex(
    r"\A(?P<first>because(?! of\b)|although|whereas|when|while|(?:since|after)(?= (?:i|you|we|they) )) "
    r"[^.!?:;()-]{24,300}\.\Z"
)
_LONG_ENOUGH: Final = 12
_JOINS_ON: Final = regex(
    r"(?:and |or |but )?(?:that|which|who|whom|whose|because|although|without|with|as well as|so that|when|where|if|"
    r"including|like|such as|not|rather|to|in order|for|of|as|especially|even|just|only|whether|until|before|after|"
    r"while|since|by|from)\b"
)
_MAIN_SUBJECT: Final = regex(
    r"(?<!\bthat )(?<!\bwhich )(?<!\bwho )(?<!\bbecause )(?<!\bwhen )(?<!\bif )(?<!\bas )(?<!\bhow )(?<!\bwhat )"
    r"(?<!\bwhere )(?<!\bthan )\b(?:i|i'd|i'm|i've|we|you|it|it's|they|he|she|there|nobody|everybody|everyone|this|"
    r"those|these)\b"
)


class Fault(NamedTuple):
    """What is wrong with a sentence, and the words that show it."""

    span: TextSpan
    why: str


def find_broken(mail: ParsedMail) -> Iterator[Fault]:
    """Yield what cannot be right in the sentences of a mail, at most one fault for each."""
    patterns = [(pattern, why) for signs, pattern, why in _FAULTS if mail.body.has_any(signs)]
    if ">" in mail.body.plain:
        patterns.append((_ARROW, "that is how one writes a note"))
    for span in mail.sentences:
        fault = _fault_in(mail, span, patterns)
        if fault is not None:
            yield fault


def _fault_in(mail: ParsedMail, span: TextSpan, patterns: list[tuple[re.Pattern[str], str]]) -> Fault | None:
    written = mail.plain(span)
    start = span.start + len(written) - len(written.lstrip())
    text = written.strip().replace("\n", " ")
    if '"' in text:
        return None  # Nobody is blamed for the words of another.
    for pattern, why in patterns:
        if (match := pattern.search(text)) and not _CONTACT_CLAUSE.search(text[: match.end()]):
            return Fault(TextSpan(start + match.start(), start + match.end()), why)
    if _ENDS_BROKEN.search(text, max(0, len(text) - 20)):
        return Fault(TextSpan(start, start + len(text)), "the sentence breaks off")
    if " you " in text and (found := _YOU_WITH_S.search(text)) and _is_third(found[1]):
        return Fault(TextSpan(start + found.start(), start + found.end(1)), "the verb does not fit *you*")
    is_answer = mail.body.plain[: span.start].rstrip().endswith("?")
    why = "" if is_answer and not _NO_VERB.match(text) else _what_lacks(text, is_answer)
    return Fault(TextSpan(start, start + len(text)), why) if why else None


def _what_lacks(text: str, is_answer: bool) -> str:
    if not is_answer and _lacks_main_clause(text):
        return "the sentence has no main clause"
    if _NO_VERB.match(text) and len(text.split()) >= _LEAST_WORDS:
        from followup_mail.language.finite_verbs import has_verb

        return "" if has_verb(text) else "the sentence has no verb"
    return ""


def _lacks_main_clause(text: str) -> bool:
    """Return whether a sentence is only a clause of reason or of time: "Because the list grew so long that ..."."""
    match = _ONLY_SIDE.match(text)
    if match is None or len(text.split()) < _LONG_ENOUGH:
        return False
    first, *parts = text[match.end("first") + 1 :].split(", ")
    if not parts and match["first"] not in {"because", "although", "whereas"}:
        return False  # "When you showed me the loom the weaver looked up."
    subjects = list(_MAIN_SUBJECT.finditer(first))
    begins = first.split(" ", 1)[0]
    if len(subjects) - (bool(subjects) and subjects[0].start() <= len(begins)) > 0:
        return False
    if not parts:
        return bool(re.search(r"\b(?:that|which|who)\b", first))
    return all(_JOINS_ON.match(part) for part in parts)


def _is_third(word: str) -> bool:
    """Return whether a word is what a verb is after *she*, and nothing that several people are: "that you nurses"."""
    from followup_mail.language.verb_forms import as_base, as_third

    is_people = word.endswith(("ers", "ors", "ists")) or word in _LISTS["also_people"].split()
    return as_third(word) is not None and as_base(word) is None and not is_people

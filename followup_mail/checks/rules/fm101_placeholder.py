"""FM101: a placeholder that was not filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from followup_mail.checks.assistant_talk import find_assistant_talk
from followup_mail.checks.bare_hints import find_bare_hints
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.placeholders import find_placeholders
from followup_mail.checks.prose import Prose, word_set, words_of
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body, in_both
from followup_mail.checks.samples import Sample
from followup_mail.checks.spoken_labels import is_in_facts, is_spoken_of
from followup_mail.regex import regex

_MESSAGE = "'{words}' was never filled in."
_COPIED = "'{words}' is the chatbot talking to you; it is not part of your mail."
_NAME_WORDS = word_set("""
    name surname lastname firstname fname lname nachname vorname nom prénom nombre apellido nome cognome naam recipient
    contact
""")
# What cannot be a name: "Dear ......,", "Dear XX,"; and a choice that was not made: "Dear Mr./Ms. Raman,".
_BLANK = regex(
    r"(?:dear|hi|hello|hey|to|attn|sehr geehrte\w?)\.?[ ](?:(?:mr|mrs|ms|mx|dr|prof|herr|frau)\.?[ ]+)?[ ]*"
    r"(?P<blank>[.?*-]{2,}|\u2026+|x{2,})[ ]*[,:;!]"
)
_MR = r"(?:mr|mrs|ms|miss|mx|dr|herrn?|frau|m|mme|sr|sra)\b\.?"
_EITHER = regex(rf"\b{_MR}[ ]?(?:/|or\b)[ ]?{_MR}(?:[ ]?/[ ]?{_MR})*")
_EITHER_NAME = regex(rf"\b{_MR}[ ]?/[ ]?{_MR}(?:[ ]?/[ ]?{_MR})*[ ]+(?:last[ ]|sur|first[ ]|full[ ])?name\b")


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    yield from in_both(mail, partial(_find, mail), TextSpan(0, len(mail.body.plain)), _MESSAGE)
    yield from (in_body(mail, span, _MESSAGE) for span in _in_greeting(mail))
    yield from (in_body(mail, span, _COPIED) for span in find_assistant_talk(mail))


def _find(mail: ParsedMail, prose: Prose, within: TextSpan) -> Iterator[TextSpan]:
    yield from (TextSpan(*match.span()) for match in _EITHER_NAME.finditer(prose.plain, *within))
    for span in find_placeholders(prose, within):
        if not _is_topic(mail, prose, span):
            yield span
    for span in find_bare_hints(prose, within):
        if not _is_known(mail, prose.plain[span.start : span.end]) and not is_spoken_of(prose, span):
            yield span


def _is_topic(mail: ParsedMail, prose: Prose, span: TextSpan) -> bool:
    """Return whether a mark is what was talked about: in the facts, or spoken of as a label or a column."""
    return is_spoken_of(prose, span) or is_in_facts(prose.plain[span.start : span.end], mail.known)


def _is_known(mail: ParsedMail, words: str) -> bool:
    """Return whether the facts have the words, or a company is really called XYZ."""
    facts = (*mail.known.fact_texts, *(name.lower() for name in mail.context.other_companies))
    text = " ".join(words.split())
    if text.isalpha():
        return text in mail.known.names
    in_firm = {"xyz", "abc"} & {*words_of(text)} & {*mail.known.company}
    return bool(in_firm) or any(text in fact for fact in facts)


def _in_greeting(mail: ParsedMail) -> Iterator[TextSpan]:
    """Yield a greeting to a blank, to "Mr./Ms.", and to "Name"."""
    plain, names = mail.body.plain, {*mail.known.recipient}
    start = len(plain) - len(plain.lstrip())
    line = plain[start : start + 100].partition("\n")[0].rstrip()
    if blank := _BLANK.match(line):
        yield TextSpan(start + blank.start("blank"), start + blank.end("blank"))
    elif (choice := _EITHER.search(line)) and line.endswith((",", ":", "!")):
        yield TextSpan(start + choice.start(), start + choice.end())
    elif _NAME_WORDS & {*words_of(mail.plain(mail.greeted))} - names:
        yield mail.greeted


RULE = Rule(
    code="FM101",
    name="placeholder",
    severity=ERROR,
    looks_for="Template marks, brackets around 'Name' or 'Company', 'Company Name', 'XYZ Company', TODO, XXX, TBD.",
    why="One left-over placeholder tells the reader that everyone got the same mail.",
    fix="Fill it in, or delete the sentence.",
    bad=Sample(text="Dear [Name],\n\nThank you for the talk about {{ topic }}.\n\nBest regards,\nSam Rivera"),
    good=Sample(
        "The TODO app you showed me [the one with the offline mode] stayed with me, and so did the way you moved the "
        "nightly jobs."
    ),
    inspect=_inspect,
)

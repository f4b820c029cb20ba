"""Where the writer says, in whatever verb, that a file comes with this mail: "I'm popping the chart in with this".

Verbs of putting and sending are everyday words. They count only in the present ("I put") or the perfect ("I have put"),
with something that is a file, and with this mail as the place of it; or where they can mean nothing but this mail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import read_words, word_set, words_of
from followup_mail.regex import regex

_LISTS: Final = read_words("attachments")
_PAPERS: Final = word_set(_LISTS["papers"]) | word_set(_LISTS["files"])
_VERBS: Final = word_set(_LISTS["sent_along"])
_REACH: Final = 160
_I: Final = regex(
    r"\bi(?P<time>(?:'m|'ve| am| have)?)(?: (?:also|now|just|hereby|herewith|therefore|simply|too|again|already|"
    r"once|more|gladly|attach|taken|the|liberty|of)){0,4} \Z"
)
_IS: Final = regex(r"\b(?:is|are|has been|have been)(?: (?:also|now|already|both|all)){0,2} \Z")
_MAIL: Final = r"(?:mail|email|e-mail|message|note|letter|reply|lines?|mails|emails)"
_HERE: Final = regex(
    rf"\b(?:in|into|inside|with|to|onto|on|under|underneath|alongside|below|beneath|behind|of) "
    rf"(?:this|the present|my|these) (?:\w+ )?{_MAIL}\b|\b(?:in |along |together )?with this(?=\s*(?:[.,;:!)]|$|so\b))|"
    r"\b(?:herewith|alongside|below|in here)(?=\s*(?:[.,;:!)]|$|so\b|for you\b))"
)
_FOR_YOU: Final = regex(
    r"\b(?:so(?: that)? you(?:r| (?:can|may|have|see|get|know))|"
    r"in case (?:you|your|the (?:first|form|portal|system|other))|for you(?:r \w+)?\b(?! to)|"
    r"as (?:the|your) (?:portal|form|page|system)|as (?:a|one) (?:pdf|scan)|"
    r"if you (?:\w+ )?(?:like|want|wish|care)|as you (?:asked|wished|wanted))"
)
_SOMEWHERE_ELSE: Final = regex(
    r"\b(?:in|to|into|on|onto|at|up) (?:the|our|their|his|her|each|every|a|an|my|your|all|both|that|it)\b"
    rf"(?! (?:\w+ )?(?:{_MAIL}|pdf|end|foot|bottom))|https?:|\bwww\.|"
    r"\b(?:whenever|when|every|each|always|usually|since|together a|tomorrow|never)\b"
)
_FOR_THIS_ALONE: Final = word_set(
    "enclosing attaching including append enclose attach popping slipping throwing tucking"
)
_TOGETHER: Final = regex(r"\A in (?=(?:my|the|a|an|both|two|three|some|one)\b)")
"""How a verb goes on that puts something in, without saying where."""
_OBJECT_ENDS: Final = regex(r"[.;:]| (?:in|to|into|on|with|that|which|so|for) ")
_NOT_AN_OBJECT: Final = regex(r"^ (?:up|off|out|down|away|my name|together)\b|^ in (?:on|at|to|for|if|when)\b")


def files_sent_along(mail: ParsedMail) -> Iterator[TextSpan]:
    """Yield where the mail says that a file comes with it."""
    if not (mail.body.has_any(_VERBS) and mail.body.has_any(_PAPERS)):
        return
    for verb in _VERBS & mail.body.starts.keys():
        for start in mail.body.starts[verb]:
            sentence = mail.sentence_at(start)
            if sentence.end > sentence.start and _sends(mail, sentence, start, verb):
                yield TextSpan(start, start + len(verb))


def _sends(mail: ParsedMail, sentence: TextSpan, start: int, verb: str) -> bool:
    before = mail.body.plain[max(sentence.start, start - 60) : start]
    after = mail.body.plain[start + len(verb) : min(sentence.end, start + _REACH)]
    clause, place = after.replace("\n", " "), _HERE.search(after.replace("\n", " "))
    if place:
        clause = clause[: place.end()]
    if _IS.search(before) and verb.endswith(("ed", "d", "put", "slipped")):
        return _is_of_this_mail(before, clause, after, verb, bool(place))
    found = _I.search(before.replace("\n", " "))
    if not found or not _fits(found["time"].strip(), verb) or _NOT_AN_OBJECT.search(clause):
        return False
    thing = _OBJECT_ENDS.split(_TOGETHER.sub(" ", clause), maxsplit=1)[0]
    if _PAPERS.isdisjoint(words_of(thing.strip()[:80] or clause)):
        return False
    return _is_of_this_mail("", clause, after, verb, bool(place))


def _is_of_this_mail(before: str, clause: str, after: str, verb: str, has_place: bool) -> bool:
    """Return whether this mail is where something was put, and nothing else can be."""
    if before and _PAPERS.isdisjoint(words_of(before)):
        return False
    if has_place:
        return not _SOMEWHERE_ELSE.search(clause)
    rest = _TOGETHER.sub(" ", " ".join(("", *after.split())))
    if _SOMEWHERE_ELSE.search(rest) or ":" in rest:
        return False
    is_put_in = not before and (verb in _FOR_THIS_ALONE or _TOGETHER.match(clause) is not None)
    return is_put_in or _FOR_YOU.search(rest) is not None


def _fits(time: str, verb: str) -> bool:
    """Return whether a form of a verb says what happens with this mail: "I put", "I'm putting", "I've put"."""
    if time in {"'m", "am"}:
        return verb.endswith("ing")
    is_past = verb.endswith("ed") or verb in _LISTS["sent_along_past"].split()
    return is_past if time else not verb.endswith(("ing", "ed")) and (not is_past or verb == "put")

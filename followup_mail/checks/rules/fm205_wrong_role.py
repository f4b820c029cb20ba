"""FM205: a position other than that of the application."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose, word_set, words_of
from followup_mail.checks.role_match import (
    PROFESSIONS,
    ends_in_profession,
    is_other_department,
    is_other_role,
    is_title,
)
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.regex import regex

# "about the Data Engineer role". "my role as", "a role that" and "the role" name no position.
_ROLE_NAMED = regex(
    r"\b(?:for|about|regarding|concerning|in|to|re)\s*:?\s+(?:the|your|this|an?)\s+"
    r"(?P<title>(?:(?!(?:about|regarding|concerning|the|this|your)\b)[\w/&+'-]+\s+){1,6}?)"
    r"(?:role|position|job|opening|vacancy|interview|opportunity|post)\b"
)
# "chosen as shop assistant", "work for you as an analyst", "the role of software architect".
_CHOSEN_AS = regex(
    r"\b(?:(?:apply|applied|application|interview(?:ed|ing)?|chosen|selected|considered|considering\s+me|candidate|"
    r"hir(?:ed|ing)|work\s+for\s+you|join\s+you)\b(?:\s+\w+){0,3}?\s+as|"
    r"\b(?:the|your|this)\s+(?:role|position|job|post|vacancy)\s+(?:of|as))\s+(?:an?\s+|the\s+|your\s+)?"
    r"(?P<title>(?:[\w/&+'-]+\s+){0,3}?[\w'-]+)(?=[.,;!?\n]|\s+(?:at|in|with|on|and|which|that|for|still|"
    r"(?:has|is|was)\s+(?:\w+\s+)?(?:filled|open|free|vacant|taken|given|available))\b)"
)
# "joining Northwind as a field technician": of the own company alone.
_JOINING = regex(
    r"\b(?:join(?:ing)?|work(?:ing)?\s+(?:at|for|with)|start(?:ing)?\s+(?:at|with))\s+(?P<where>(?:[\w'&.-]+\s+){1,5}?)as\s+"
    r"(?:an?\s+|the\s+|your\s+)?(?:next\s+|new\s+)?(?P<title>(?:[\w/&+'-]+\s+){0,4}?[\w'-]+)"
    r"(?=[.,;:!?\n]|\s+(?:at|in|with|on|from|for|i|and|would|will)\b)"
)
_JOINS, _AS = word_set("join joining work working start starting"), frozenset({"as"})
_WHERE = word_set("you your team the us and & all of your company firm staff crew")
# What is written as a title, where only the position in question can stand: "chosen a Planner".
_AS_TITLE = regex(
    r"(?:\b(?:looking for|seeking|searching for|[Aa]dvert(?:isement|ising|ised)?(?: for)?|\bad for|"
    r"search for|[Cc]hosen|choosing|[Dd]ecided on|[Dd]ecision on|"
    r"hire|hiring|make|be|being|become|becoming|gain|gaining|start(?:ing)? as|"
    r"about what|duties of|tasks of) (?:an? |the |your )?(?:good |new |next |keen |fine )?|"
    r"(?:^|[.!?\n] ?)(?:The|Your) )"
    r"(?P<title>[A-Z][a-z]+(?: [A-Z][a-z]+){1,3})(?![\w-])"
)
# "applied to be a field technician", "as your night nurse", "to be your next planner".
_TO_BE = regex(
    r"\b(?:(?:appl(?:y|ied|ying|ication)|interview(?:ed|ing)?|like|love|glad|happy|proud|keen|ready|honou?red|hope|"
    r"want|chance)\b[^.!?\n]{0,40}?\bto\s+(?:be|become|work\s+as|serve\s+as|join\s+you\s+as)\s+"
    r"(?:an?|the|your)\s+(?:next\s+|new\s+)?|\bas\s+your\s+(?:next\s+|new\s+|future\s+)?)"
    r"(?P<title>(?:[\w/&+'-]+\s+){0,4}?[\w'-]+)"
    r"(?=[.,;:!?\n]|\s+(?:at|in|with|on|from|for|i|and|would|will|is|was)\b)"
)
# "applied for Head of Procurement": only what is written as a title.
_FOR_TITLE = regex(
    r"\b(?:[Aa]ppl(?:y|ied|ying|ication)|[Ii]nterview(?:ed|ing)?|[Cc]andida(?:te|cy)|[Cc]onsider(?:ed|ing me)?)"
    r"(?: \w+){0,2}? (?:for|as) (?:the |your |an? )?(?P<title>[A-Z][\w/&'-]*(?: (?:of|and|&|in|for))?"
    r"(?: [A-Z][\w/&'-]*(?: (?:of|and|&|in|for)(?= [A-Z]))?){0,4})(?![\w-])"
)
_DEPARTMENT = regex(
    r"(?:[Rr]ole|[Pp]osition|[Pp]ost|[Jj]ob|[Vv]acancy|[Oo]pening) (?:in|on|with|for) (?:the |your )?"
    r"(?P<title>[A-Z]\w+(?:(?: (?:and|&))? [A-Z]\w+){0,2})"
)
# "Data Engineer at Northwind", "Thank you: Data Engineer interview" in a subject.
_SUBJECT_ROLE = regex(
    r"(?:^|[:,–—-]\s|\bfor\s|\bthe\s|\babout\s|\bre\s)\s*(?P<title>(?:[\w/&+'-]+\s+){1,5}?)"
    r"(?=(?:role|position|job|opening|vacancy|interview|application|at(?!\s+(?:the|an?|my|your|this)\b)|-|–)\b)"
)
_SUBJECT_PART = regex(
    r"(?:^|[:|,–—(]\s*|\s-\s|\bas (?:an? )?)(?=(?P<title>[A-Z][^:|,–—()]{0,60}?)(?:\s*[:|,–—()]|\s-\s|$))"
)
# The position of somebody else, or an earlier one.
_ELSEWHERE = regex(
    r"\b(?:held|worked|left|previous(?:ly)?|former(?:ly)?|years|currently|my\s+(?:current|old|last|first|job|role|own|"
    r"mentor|friend|wife|husband|brother|sister|mother|father|colleague|boss)|used\s+to|once|he|she|they|you\s+will|"
    r"you\s+plan\w*)\b"
)
_OF_A_POST = regex(r"\s+(?:role|position|post|vacancy|opening|job)\b")
_ANOTHER = regex(r"\b(?:also|too|as well|another|other|earlier|introduc\w+|met|first)\b")
_MESSAGE = "'{words}' is not the position of this application"


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    facts = mail.context.facts
    if facts is None:
        return
    message = f"{_MESSAGE}, which is '{facts.role}'."
    own = frozenset((*words_of(facts.role), *words_of(facts.company)))
    for span in (*_find(_SUBJECT_ROLE, mail.subject, mail.whole_subject, own), *_parts(mail, own)):
        yield in_subject(mail, span, message)
    for pattern in (_ROLE_NAMED, _CHOSEN_AS, _TO_BE):
        for span in _find(pattern, mail.body, mail.core, own):
            yield in_body(mail, span, message)
    found = {*_titles(mail, own), *_departments(mail, own), *_joined(mail, own), *_as_titles(mail, own)}
    for span in sorted(found):
        yield in_body(mail, span, message)


def _find(pattern: re.Pattern[str], prose: Prose, within: TextSpan, own: frozenset[str]) -> Iterable[TextSpan]:
    for match in pattern.finditer(prose.plain, *within):
        title = match["title"].rstrip()
        start = match.start("title")
        if pattern is _TO_BE and not ends_in_profession(words_of(title)):
            continue
        before = re.split(r"[.!?\n]", prose.plain[max(within.start, match.start() - 40) : match.start()])[-1]
        is_wrong = is_other_role(words_of(title), prose.written[start : start + len(title)], own)
        if is_wrong and not _ELSEWHERE.search(before):
            yield TextSpan(start, start + len(title))


def _joined(mail: ParsedMail, own: frozenset[str]) -> Iterable[TextSpan]:
    """Yield what the writer would join the own company as, when it is another position."""
    if not (mail.body.has_any(_JOINS) and mail.body.has_any(_AS)):
        return
    for match in _JOINING.finditer(mail.body.plain, *mail.core):
        title, span = words_of(match["title"]), TextSpan(*match.span("title"))
        where = set(words_of(match["where"]))
        if where <= own | _WHERE and ends_in_profession(title) and is_other_role(title, mail.written(span), own):
            yield span


def _as_titles(mail: ParsedMail, own: frozenset[str]) -> Iterable[TextSpan]:
    """Yield titles where only the position in question can stand; "also" and "my" are of another."""
    if all(word.plain in own or word.plain not in PROFESSIONS for word in mail.body.capitalised):
        return
    for match in _AS_TITLE.finditer(mail.body.written, *mail.core):
        words, span = words_of(match["title"]), TextSpan(*match.span("title"))
        sentence = mail.plain(mail.sentence_at(span.start))
        if match[0].lstrip(".!?\n ").startswith(("The ", "Your ")) and not _OF_A_POST.match(mail.body.plain, span.end):
            continue
        is_ours = not _ELSEWHERE.search(sentence) and not _ANOTHER.search(sentence)
        if is_ours and ends_in_profession(words) and is_other_role(words, match["title"], own):
            yield span


def _titles(mail: ParsedMail, own: frozenset[str]) -> Iterable[TextSpan]:
    """Yield what is written as a title in the body, and is one of another position."""
    for match in _FOR_TITLE.finditer(mail.body.written, *mail.core):
        if is_other_role(words_of(match["title"]), match["title"], own):
            yield TextSpan(*match.span("title"))


def _parts(mail: ParsedMail, own: frozenset[str]) -> Iterable[TextSpan]:
    """Yield parts of the subject that are nothing but a title: "Warehouse Supervisor: thank you"."""
    for match in _SUBJECT_PART.finditer(mail.subject.written):
        words = words_of(match["title"])
        is_whole = ends_in_profession(words) and is_title(match["title"]) and not mail.known.topics.issuperset(words)
        if is_whole and is_other_role(words, match["title"], own):
            yield TextSpan(*match.span("title"))


def _departments(mail: ParsedMail, own: frozenset[str]) -> Iterable[TextSpan]:
    """Yield departments that a post is said to be in, and that are not the one of the own role."""
    for match in _DEPARTMENT.finditer(mail.body.written, *mail.core):
        if is_other_department(match["title"], own, mail.known.words):
            yield TextSpan(*match.span("title"))


RULE = Rule(
    code="FM205",
    name="wrong-role",
    severity=ERROR,
    looks_for="A position in the mail other than the one you applied for.",
    why="The reader may be filling both, and will wonder which one you want, or whether you noticed.",
    fix="Write the position as it stands in the facts.",
    bad=Sample(
        "Thank you for the interview for the Product Manager position, and for the talk about the nightly jobs."
    ),
    good=Sample(
        "Thank you for the talk about the senior data engineering role, and about the product managers you hire."
    ),
    inspect=_inspect,
)

"""Where a mail says for which company the candidate wants to work, and where it shortens the name of one.

That a name is unknown is no evidence: mails name towns, products, earlier employers. It counts only where nothing but
the recipient's company can stand: "I would love to join ...", "everyone at ...", "the role at ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.checks.day_mentions import MONTHS
from followup_mail.checks.known_names import company_words
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import Prose, read_words, word_set, words_of
from followup_mail.checks.role_match import DEPARTMENTS, PROFESSIONS
from followup_mail.checks.stock_words import COMMON, GRAMMAR, is_stock
from followup_mail.regex import regex

_LISTS: Final = read_words("companies")
_KINDS: Final = word_set(_LISTS["kinds"])
NO_NAMES: Final = (
    GRAMMAR
    | DEPARTMENTS
    | PROFESSIONS
    | {*WEEKDAYS, *MONTHS}
    | word_set("""
    christmas easter english
    german french spanish italian dutch europe america asia africa london linkedin zoom teams slack github google
    excel word python java sql mr mrs ms mx dr prof professor sir your skype meet
""")
)
_POST: Final = (
    r"(?:roles?|positions?|jobs?|openings?|vacancy|post|interviews?|selection|opportunity|opportunities|application|"
    r"candidacy|recruitment|hiring|search|decision|team|board|staff|colleagues|people|crew|company)"
)
_WISH: Final = (
    r"(?:love|like|happy|glad|keen|excited|eager|delighted|thrilled|proud|honou?red|hop(?:e|ing)|want|wish|chance|"
    r"opportunity|prospect|pleasure|privilege|ready|forward|idea|thought|enthus\w+|interest\w*|motivated|determined|"
    r"dream\w*|pleased|readiness|joy|mind|myself|i\s+(?:could|would|can))"
)
_REACH: Final = 150
"""Characters before a name in which must stand what the candidate wants."""
_GAP: Final = r"(?:[^.!?;:\n]|(?<=\bmr)\.|(?<=\bms)\.|(?<=\bdr)\.|(?<=\bmrs)\.|(?<=\bprof)\.)"
_CUES: Final = regex(
    r"(?:"
    # "see myself doing good work at", "keen to work as Fund Accountant at", "growing with"
    rf"\b{_WISH}\b{_GAP}{{0,60}}?\b(?:(?:work(?:ing)?|start(?:ing)?|serve|serving|teach(?:ing)?|career|difference|impact|"
    r"same(?:\s+thing)?|begin(?:ning)?|succeed)(?:\s+[\w'-]+){0,5}?\s+(?:at|for|within)|to\s+be\s+at|"
    r"(?:career|future|place|grow(?:ing)?|myself)\s+(?:\w+\s+){0,3}?(?:at|with|within)|(?:part|member)\s+of)\s+|"
    # "the Data Engineer role at": only the position in question, not an earlier one
    r"\b(?:for|about|regarding|concerning|in|of|on)\s+(?:the|your|this)\s+(?:[\w/&'-]+\s+){0,6}?"
    r"(?:role|position|job|opening|vacancy|post|opportunity|interview)\s+(?:(?<!interview\s)with|at)\s+|"
    r"\b(?:the|your|this)\s+(?:selection|recruitment|hiring)(?:\s+process)?\s+(?:at|with)\s+|"
    # "I wish everyone at", "thanks to the whole team at"
    rf"\b(?:wish\w*|thank\w*|regards|success|luck|greetings|grateful|you(?:\s+all)?\s+and|hello|meet(?:ing)?|best)\b"
    rf"{_GAP}{{0,50}}?\b(?:everyone|everybody|all|those|(?:the|your)\s+(?:\w+\s+){{0,2}}{_POST})\s+(?:of\s+you\s+)?at\s+|"
    # "my interest in", "a fit for", "what you do at", "life at"
    r"\b(?:my|great|strong|continued|sincere|keen)\s+(?:interest|enthusiasm|excitement)\s+(?:in|for|about)\s+"
    r"(?:joining|working\s+(?:at|for|with))\s+|"
    r"\b(?:an?|the)\s+(?:[\w-]+\s+){0,2}?(?:fit|asset|addition|match)\s+(?:for|to|at|with)\s+|"
    r"\b(?:what|everything|all)\s+you(?:\s+(?:all|guys|both))?\s+(?:do|are\s+doing|have\s+built|are\s+building)\s+at\s+|"
    r"\b(?:about|of)\s+(?:the\s+)?(?:life|culture|working)\s+at\s+|"
    r"\b(?:interviewing|considering|hiring|having)\s+me\s+(?:at|for|with)\s+|"
    r"\b(?:bring|offer|contribute)\w*\s+(?:my|these|this|that|the)\s+(?:[\w-]+\s+){0,3}?(?:skills|experience|energy|"
    r"passion|creativity|background|expertise|knowledge|mindset|ideas|commitment|dedication)\s+to\s+"
    r")(?:the\s+)?\Z"
)
_MORE_CUES: Final = regex(
    r"(?:"
    # "the vacancy of Data Engineer at"
    r"\b(?:the|your|this)\s+(?:role|position|job|vacancy|post|opening)\s+(?:of|as)\s+(?:[\w/&'-]+\s+){1,6}?at\s+|"
    # "I will keep following the progress of"
    r"\b(?:will|shall|i'll|continue|keep|going)\b[^.!?\n]{0,30}?\b(?:follow|watch)(?:ing)?\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?:progress|work|growth|story|news|journey|path|development|fortunes|success)\s+(?:of|at)\s+|"
    r"\b(?:will|would|gladly|happy|hope|shall)\b[^.!?\n]{0,20}?\bapply\s+(?:again\s+)?(?:to|at|with)\s+|"
    r"\bmy\s+application\s+(?:to|at|with)\s+|"
    r"\b(?:other|another|any|future|further|similar|suitable|next|new)\s+(?:\w+\s+){0,2}?(?:openings?|posts?|positions?|"
    r"roles?|vacanc\w+|opportunit\w+|jobs?)\s+(?:at|with)\s+|"
    r"\b(?:working|work)\s+with\s+you\s+(?:all\s+)?at\s+|\b(?:cross|see\s+you|meet)\s+again\s+at\s+|"
    r"\b(?:picture|see|imagine|imagining)\s+myself\s+(?:\w+\s+){0,2}?at\s+|\byour\s+(?:vacancy|opening)\s+(?:at|with)\s+|"
    # "the way you nurse at", "one of the people at", "wear the uniform of"
    r"\bthe\s+way\s+(?:that\s+)?you\s+\w+\s+(?:\w+\s+)?at\s+|"
    r"\b(?:to\s+be|be|become)\s+one\s+of\s+the\s+(?:people|team|staff|crew)\s+(?:at|of)\s+|"
    r"\bwear(?:ing)?\s+the\s+(?:uniform|apron|badge|colours|colors)\s+of\s+|\bunder\s+the\s+roof\s+of\s+|"
    r"\b(?:see|picture)\s+my\s+(?:desk|bench|place|future|name)\s+(?:standing\s+)?at\s+|\ba\s+(?:place|seat|desk|bench)\s+(?:in\s+the\s+(?:\w+\s+)?team\s+of|"
    r"at)\s+(?=(?:the\s+)?\Z)|"
    r"\bbring\s+(?:this|that|it|them|all\s+(?:of\s+)?(?:this|that))\s+to\s+"
    r")(?:the\s+)?\Z"
)
_JOIN: Final = regex(rf"\b{_WISH}\b{_GAP}{{0,60}}?\bjoin(?:ing)?\s+(?:the\s+)?\Z")
_IN_SUBJECT: Final = regex(
    rf"\b(?:{'|'.join(sorted(PROFESSIONS))}|role|position|job|post|vacancy|opening|application|interview|career|opportunity)"
    r"\s+(?:at|with)\s+\Z|\bjoining\s+\Z"
)
_MINE: Final = regex(
    r"\b(?:my\s+(?:current|previous|former|old|last|present|first|own|time|years)|when\s+i|i\s+(?:used\s+to|worked|spent|"
    r"joined|left)|ago|in\s+(?:19|20)\d\d|currently|before\s+i|back\s+(?:in|at|when)|his|her|their|he|she|they)\b"
)
_NAME_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w&'’-]*"
_NAME: Final = regex(rf"{_NAME_WORD}(?:(?: (?:of|and|&|de|la|du|der|für|for))?[ ]{_NAME_WORD}){{0,4}}")
_ENDS: Final = regex(r"(?:['’]s?)?(?:\s*(?:[.,;:!?)\n\u2013\u2014-]|\Z)|\s+(?P<next>[\w'’-]+))")
# What stands before and after a company that is spoken of; the first only of names that are surely no person's.
_OF_TWO_WORDS: Final = (
    regex(r"\b(?:should|if|once|whether|whenever|why|what|help|(?:hope|glad|sure)\s+that)\s+(?:the\s+)?\Z"),
    regex(
        r" (?:see|want|need|have|has|needs|wants|ever|still|should|decides?|chooses?|stands|does|is|grow|reach|achieve|"
        r"become)\b"
    ),
)
_WISHED: Final = (
    regex(r"\bwish(?:ing)?\s+(?:you\s+and\s+)?(?:the\s+)?\Z"),
    regex(r" (?:every|all the|much|continued|good luck|the best|well\b|success|a successful)"),
)
_SPOKEN_OF: Final = (
    (
        regex(r"\b(?:whether|if|when|has) (?:the )?\Z"),
        regex(
            r" (?:(?:has|have) )?(?:already |yet |now |since )?"
            r"(?:decided|chosen|filled|come to|made (?:a|its|their|up))\b"
        ),
    ),
    (
        regex(r"\bthe (?:people|team|whole team|staff|crew) (?:at|of) (?:the )?\Z"),
        regex(r" (?:made|welcomed|received|gave) (?:me|us)\b"),
    ),
    (regex(r"\bi left (?:the )?\Z"), regex(rf" (?:on (?:{'|'.join(WEEKDAYS)})|yesterday|this morning)\b")),
    (regex(r"\bconsidered (?:again )?by (?:the )?\Z"), regex(r"")),
    (
        regex(r""),
        regex(
            r" (?:is|would be|seems|feels like) (?:exactly |just )?(?:an?|the) (?:\w+ ){0,3}?(?:place|company|employer|"
            r"firm|school|hospital|workplace) (?:for me|to work|to grow|to learn|to do|to start|where i|i)\b"
        ),
    ),
    (
        regex(r"\b(?:sure|convinced|certain|believe|feel|know|think) (?:that )?(?:the )?\Z"),
        regex(
            r" is (?:exactly )?the (?:right )?(?:place|company|firm|workshop|shop|school|hospital|employer|team|house) "
            r"for me\b"
        ),
    ),
    (regex(r"\bworking (?:for|at) (?:the )?\Z"), regex(r" (?:would|will|means|appeals)\b")),
    (
        regex(
            r"\b(?:contribut\w+ to|part of|drawn to|align\w* with|believe in|share|excited (?:about|by)|support|"
            r"further) (?:the )?\Z"
        ),
        regex(
            r"(?:(?<='s)|'s?) (?:\w+ ){0,2}?(?:mission|growth|values|culture|future|success|vision|goals|story|"
            r"reputation|commitment|team|work|community)\b"
        ),
    ),
)
_PLACES: Final = word_set("""
    project programme program team phase terminal ward building site gate room floor street road avenue park square
    station hall campus wing branch bay lane level year unit shift line platform
""")
"""What makes of a name that of a place or a project, of which any company has some."""
_NEW_SENTENCE: Final = regex(r"(?:\A|\n|[.!?:]\s)\Z")
_LINKS: Final = word_set("at for with within of in to about join joining the")
# "at Norvane", "the work of Norvane": where the first word of another company's name is not a street or a person.
_SHORTENED: Final = regex(r"\b(?:at|join|joining|with|for|within|by|of)\s+(?:the\s+)?\Z")
_OPENS: Final = regex(r"(?:\A|[.!?:\n])\s*at\s+(?:the\s+)?\Z")


def telling_words(name: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a company's name by which alone people call it: of "Hotel Lindenhof" the second."""
    words = company_words(name)
    own = [word for word in words if len(word) > 3 and not (word in _KINDS or word in COMMON or word in known)]
    return tuple(own[:1]) if len(words) > 1 else ()


def shortened_mentions(prose: Prose, within: TextSpan, word: str) -> Iterator[TextSpan]:
    """Yield where a company is called by one word of its name, and that word can be nothing else."""
    for start in prose.starts.get(word, ()):
        before, end = prose.plain[max(within.start, start - 16) : start], start + len(word)
        if not within.start <= start < within.end or prose.written[start].islower():
            continue
        goes_on = re.match(r"[ ][^\W\d_a-z]", prose.written[end : end + 2])
        if _SHORTENED.search(before) and not goes_on and not _OPENS.search(before):
            yield TextSpan(start, end)


def wanted_companies(
    prose: Prose, within: TextSpan, known: frozenset[str], *, in_subject: bool = False
) -> Iterator[TextSpan]:
    """Yield the names, none of them in ``known``, of the companies that the candidate is said to want to work for."""
    end = within.start
    for word in prose.capitalised:
        if not end <= word.start < within.end or word.plain in NO_NAMES or word.plain.removesuffix("'s") in known:
            continue
        if is_stock(word.plain) and _NEW_SENTENCE.search(prose.plain, max(0, word.start - 2), word.start):
            continue
        name = _NAME.match(prose.written, word.start, within.end)
        end = name.end() if name else end
        if name and (_is_wanted(prose, within, name, in_subject=in_subject) or _is_spoken_of(prose, within, name)):
            yield TextSpan(*name.span())


def _is_wanted(prose: Prose, within: TextSpan, name: re.Match[str], *, in_subject: bool) -> bool:
    before = prose.plain[max(within.start, name.start() - _REACH) : name.start()]
    last = before[-12:].split()[-1:]
    if not last or last[0] not in _LINKS:
        return False
    cue = _CUES.search(before) or _MORE_CUES.search(before) or (in_subject and _IN_SUBJECT.search(before))
    if not cue and "join" in before and _stands_alone(prose, name):
        cue = _JOIN.search(before)
    if not cue:
        return False
    start = name.start() - len(before) + cue.start()
    return not _MINE.search(prose.plain, max(within.start, start - 40), min(name.end() + 25, within.end))


def _is_spoken_of(prose: Prose, within: TextSpan, name: re.Match[str]) -> bool:
    before = prose.plain[max(within.start, name.start() - 24) : name.start()]
    sides = (_OF_TWO_WORDS, _WISHED, *_SPOKEN_OF) if " " in name[0] else _SPOKEN_OF
    return any(ahead.match(prose.plain, name.end()) and behind.search(before) for behind, ahead in sides)


def weak_words(company: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a company's name that others have too: of "Hotel Lindenhof" the first."""
    weak = frozenset(word for word in company if word in _KINDS)
    return weak if len(weak) < len(company) else frozenset()


def may_be_company(name: str) -> bool:
    """Return whether a name can be that of a company: no department, month, trade or abbreviation."""
    words = words_of(name)
    is_short = len(words) == 1 and ((name.isupper() and len(name) < 6) or words[0] in COMMON)
    return not is_short and not NO_NAMES.issuperset(words) and _PLACES.isdisjoint(words)


def _stands_alone(prose: Prose, name: re.Match[str]) -> bool:
    """Return whether a name is not only the beginning of something else: "join Kafka meetings"."""
    after = _ENDS.match(prose.plain, name.end())
    return after is not None and (not after["next"] or after["next"] in GRAMMAR)

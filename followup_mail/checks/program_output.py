"""What programs write where a value should be: "None", "<Topic object at 0x7f>", "#N/A", "Invalid Date"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import Prose
from followup_mail.regex import regex

_WORD_SIGNS: Final = frozenset(
    {
        "none",
        "null",
        "undefined",
        "nan",
        "n",
        "nonetype",
        "function",
        "nat",
        "nil",
        "true",
        "false",
        "invalid",
        "infinity",
    }
)
_BEFORE: Final = (
    r"\b(?:[Dd]ear|[Hh]i|[Hh]ello|at|about|on|with|for|the|as|from|of|by|in|to|our|your|and|joining|join|meeting|"
    r"after|since|until|till|before|"
    r"[Mm][rs]s?\.?|[Dd]r\.?)\s+"
)
# "None" with a capital inside a sentence, where a name, topic or day belongs; other forms before punctuation, or
# before the words that end a phrase.
_IN_A_SENTENCE: Final = regex(
    rf"{_BEFORE}"
    r"(?P<value>None(?!\s+[A-Z])|(?:null|NULL|undefined|Undefined|NaN|nan|nil|NaT|N/A)"
    r"(?=\s*(?:[,.;:!?)\n]|$)|\s+(?:yesterday|today|with|on|at|and|last|this|I|we|years?|days?|percent|per)\b)|"
    r"(?:undefined|Undefined|NaN|NaT)(?=\s+(?:for|about|until|till|in|by|to|from|of|as|but|so|because|when|where|while|which|"
    r"who|that|my|your|our|the|a|next|before|after|since|are|is|was|you|he|she|they)\b)|"
    r"none(?=\s+(?:role|position|team))|(?:True|False)(?=[,.]|\s+(?:yesterday|on|at|and)\b))(?![\w-])"
)
_AS_A_VALUE: Final = regex(
    r"\b(?:is|was|I am|I was|after|number|by)\s+(?P<value>(?:null|NULL|undefined|NaN|nan|NaT|None|True|"
    r"Infinity)(?![\w-])"
    r"(?=[.,;]|\s+(?:that|days|years|percent|months|weeks|hours|on)\b))"
)
_ANYWHERE: Final = regex(
    r"(?m)(?P<value>\bNoneType\b|(?<=\bteam of )NaN\b|(?<=\bhave )(?:False|True|None|NaN)(?= (?:to|of|for|about|in)\b)|"
    r"^None(?=\s*(?:$|,))|\bNone,|\((?:null|none|None|NULL|nan|NaN|undefined)\)|"
    r"<built-in|<function\b|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!still )(?<!left )(?<!mains )\bundefined,|"
    r"\bNaT\b|\bInvalid Date(?:Time)?\b|"
    r"\binvalid date\b(?=\s*[.,;]|\s+(?:at|and|with|"
    r"about|for|to)\b)|"
    r"(?<![Mm]y )(?<!the )(?<![Hh]er )(?<![Hh]is )(?<![Oo]ur )(?<=[a-z] )nan(?= (?!bread)[a-z]))"
)
# Each stands for itself: no person writes it in a sentence.
_BY_A_PROGRAM: Final = regex(
    r"\[object \w+\]|#(?:REF!|VALUE!|NUM!|NULL!|DIV/0!|NAME\?|N/A)|<[\w.<> ]{1,80} at 0x[0-9A-Fa-f]+>|"
    r"<(?:generator|coroutine|bound method|class|module|map|filter|Undefined|undefined|null|nil|no value|NA|"
    r"unset)\b[^<>\n]{0,80}>|"
    r"\[(?:Undefined|undefined|null|None|NULL|NaN|nan|nil)\]|"
    r"\b(?:System\.\w+(?:\.\w+)*(?:\[\])?|java\.\w+\.\w+(?:@\w+)?)(?=[ ,.;])|"
    r"\[['\"][^\[\]\n]{0,120}['\"]\]|\{['\"]\w[^{}\n]{0,40}['\"]:[^{}\n]{0,120}\}|\[\](?=[ ,.])|"
    r"\b(?:datetime\.(?:date|datetime)|Timestamp|Decimal|dict_keys|dict_values|odict_items|Optional|Markup|"
    r"defaultdict)"
    r"[(\[][^()\n]{0,60}[)\]]|%!\w\([^\n]{0,20}\)|\b\d{4}-\d\d-\d\d(?:[ T]00:00:00|"
    r"T\d\d:\d\d(?::\d\d)?)(?:[+-]\d\d:?\d\d|Z|\.\d+)?|"
    r"<[A-Z]\w*(?:: | \[|\(| \w+=)[^<>\n]{0,80}>|\b\d+\.\d{0,6}(?:0{8,}|9{8,})\d{0,3}\b|"
    r"\{\w{2,20}:[%.,>^][^{}\n]{1,20}\}|(?<=[a-z] )\('[^'()\n]{1,60}'(?:,|(?:, ?'[^'()\n]{1,60}'){1,9},?)\)|"
    r"\{[a-z_]{4,30}(?=[.,;!?](?:\s|$))|#(?:ERROR|SPILL|CALC|FIELD|N/V|WERT)!|\b(?:Series|DataFrame|array|Index)\(\["
    r"[^\n]{0,60}?\)|"
    r"(?<=\bon )(?:0?1/0?1/1970|1970-01-01|0000-00-00|00/00/0000|0?1/0?[01]/1900|12/30/1899|January 1, 1970|"
    r"1 January 1970)"
)
# A number that a program joined to what it did not have: "+44None".
_JOINED: Final = regex(r"(?<!\w)\+?\d[\d ]{0,14}(?:None|null|undefined|NaN)\b")
_JOINED_SIGNS: Final = tuple(f"{digit}{word}" for digit in range(10) for word in ("none", "null", "undefined", "nan"))
_SIGNS: Final = (
    "[",
    "<",
    "#",
    "{",
    "system.",
    "java.",
    "(",
    "%!",
    "00:",
    "0000",
    "9999",
    "1970",
    "00/00",
    "1900",
    "1899",
)
# Text that was turned into other text on the way: HTML in a plain mail, UTF-8 read as something else.
_GARBLED: Final = regex(
    r"&(?:nbsp|amp|quot|apos|lt|gt|rsquo|lsquo|ldquo|rdquo|ndash|mdash|eacute|uuml|ouml|auml|#\d{2,5}|"
    r"#x[0-9A-Fa-f]{2,4});|"
    r"â€[™œ˜“”¦\u009d\u0080-\u009f]?|Ã[©¨¼¶¤±³¡¢§ª®´º]|=E2=80=9\d|=C3=[0-9A-F]{2}|</?(?:p|br|div|span|strong|b|i|"
    r"ul|li)\s?/?>|\\[nr](?=\\n|\s|[A-Z])"
)
_GARBLED_SIGNS: Final = ("&", "â", "ã", "=", "<", "\\")


def find_missing_values(prose: Prose) -> Iterator[TextSpan]:
    """Yield what a program wrote for a fact that it did not have, or could not write out."""
    if any(sign in prose.plain for sign in _SIGNS):
        yield from (TextSpan(*match.span()) for match in _BY_A_PROGRAM.finditer(prose.written))
    if any(sign in prose.plain for sign in _JOINED_SIGNS):
        yield from (TextSpan(*match.span()) for match in _JOINED.finditer(prose.written))
    if not prose.has_any(_WORD_SIGNS):
        return
    for pattern in (_IN_A_SENTENCE, _AS_A_VALUE, _ANYWHERE):
        yield from (TextSpan(*match.span("value")) for match in pattern.finditer(prose.written))


def find_garbled(prose: Prose) -> Iterator[TextSpan]:
    """Yield letters that came out as code: "&nbsp;", "donâ€™t", "<br>"."""
    if any(sign in prose.plain for sign in _GARBLED_SIGNS):
        yield from (TextSpan(*match.span()) for match in _GARBLED.finditer(prose.written))

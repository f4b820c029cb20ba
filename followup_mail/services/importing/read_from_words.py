"""What the words of an invitation propose: the company as it spells itself, the position, the round that it names."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from followup_mail.facts.looks_like import is_job_title
from followup_mail.incoming.found import Found
from followup_mail.regex import regex

_NAME: Final = r"(?P<role>[A-Z][\w&/+#.-]*(?: (?:[A-Z(][\w&/+#.()-]*|of|and|&|for)){0,5})"
_POSITIONS: Final = (
    regex(rf"\b(?:[Tt]he|[Oo]ur|[Aa]n?) {_NAME} (?:position|role|opening|vacancy)\b"),
    regex(rf"\b(?:position|role) of {_NAME}"),
)
_TITLES: Final = (
    regex(rf"^{_NAME} (?:[Pp]hone |[Vv]ideo |[Oo]n-?site |[Ff]irst |[Ff]inal |[Pp]anel )?[Ii]nterview\b"),
    regex(rf"^[Ii]nterview(?: for|:| -) (?:the )?{_NAME}"),
)
_STAGE: Final = regex(r"(?i)\s+(?:(?:phone|video|on-?site|first|second|final|panel|position|role)\b\s*)+$")
_LONGEST: Final = 60
_COUNTED: Final = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 0, "last": 0}
_KINDS: Final = r"(?:[a-z]+[ -]){0,2}?"
"""What may stand within "second technical interview"."""
_CONVERSATION: Final = r"(?:interviews?|rounds?|stages?)"
_NO_DAY: Final = (
    r"(?![\d./:-]*\d|(?:st|nd|rd|th)\b| ?[ap]\.?m\b"
    r"| (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)"
)
_ROUNDS: Final = (
    regex(rf"(?i)\b(?P<count>{'|'.join(_COUNTED)})[ -]{_KINDS}{_CONVERSATION}\b"),
    regex(rf"(?i)\b(?:interview|round|stage) ?(?:no\. ?|number )?#?(?P<number>[1-9]){_NO_DAY}"),
)
_INVITED: Final = regex(
    r"(?i)\binvit(?:e|ing) you (?:back )?(?:to|for) (?:an? |the |our |your )?(?P<what>[^.\n]{5,60})"
)
_MORE: Final = (
    r"(?:(?: (?:&|and))? (?:Resorts?|Spa|Hotels?|Inn|Lodge|Bakery|Bakers|Café|Kitchens?|Restaurants?|Brewery|Foods?"
    r"|Farms?|Hospitals?|Clinics?|Health|Healthcare|Care|Medical|Dental|Schools?|College|University|Academy|Institute"
    r"|Museum|Foundation|Trust|Bank|Insurance|Capital|Partners|Associates|Consulting|Group|Labs?|Studios?"
    r"|Design|Media|Press|Systems|Software|Technologies|Technology|Solutions|Services|Industries|Energy|Power|Logistics"
    r"|Freight|Shipping|Airlines|Motors|Works|Stores?|Market|Shop|Salon|Club|Sons|Company|Inc|Ltd|LLC|GmbH|AG)\b)*"
)
"""Words that belong to the name of a company where they stand behind what its domain spells: "Sugar Pine Bakery"."""
_BETWEEN: Final = r"[ &.'\u2019-]{0,3}"


def find_company_name(found: Found, label: str) -> str:
    """Return how the text spells the company of a domain: "Henn Health" for ``hennhealth``; empty when nowhere."""
    letters = [re.escape(letter) for letter in label if letter.isalnum()]
    if len(letters) < 3:
        return ""
    spelling = re.compile(rf"(?<![\w@./-])(?i:{_BETWEEN.join(letters)})(?![\w@-]|\.\w){_MORE}")
    text = "\n".join((found.text, *(part for event in found.events for part in (event.title, event.text))))
    seen = Counter(match[0] for match in spelling.finditer(text) if match[0][:1].isupper())
    return seen.most_common(1)[0][0] if seen else ""


def find_position(found: Found) -> str:
    """Return the position that a summary or the text names; empty when none is sure."""
    titles = [event.title for event in found.events]
    texts = [*titles, *(event.text for event in found.events), found.text]
    matches = [form.search(title) for title in titles for form in _TITLES]
    matches += [form.search(text) for text in texts for form in _POSITIONS]
    roles = (_STAGE.sub("", match["role"]).strip(" .,-") for match in matches if match)
    return next((role for role in roles if len(role) <= _LONGEST and is_job_title(role)), "")


def find_round(found: Found) -> tuple[int, str]:
    """Return which round the title, the subject or the invitation in the text names, and how it calls it.

    The number is 0 where it is the last one, whichever that is; the words are empty where no further round is named.
    """
    subject, _, _ = found.text.partition("\n")
    invited = [match["what"] for match in _INVITED.finditer(found.text)]
    for text in (subject, *(event.title for event in found.events), *invited):
        for form in _ROUNDS:
            if match := form.search(text):
                told = match.groupdict()
                number = int(told["number"]) if told.get("number") else _COUNTED[match["count"].lower()]
                return (number, match[0]) if number != 1 else (1, "")
    return 1, ""

"""What the words of an invitation propose: the company as it spells itself, and the position that it names."""

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

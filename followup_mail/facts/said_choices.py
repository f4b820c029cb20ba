"""Two days in one phrase: "tuesday or wednesday", "the 10th or 11th of december", "in 2-3 weeks"."""

from __future__ import annotations

from typing import Final

from followup_mail.regex import regex

_SPANS: Final = regex(
    r"(?P<lead>in |within )?(?P<first>\d{1,3}|[a-z]+)(?: ?- ?| to | or )(?P<last>\d{1,3}|[a-z]+) "
    r"(?P<unit>days|weeks|fortnights)(?P<rest> ago|'? time)?"
)
_DAY_ALONE: Final = regex(r"(?P<lead>(?:on |by )?(?:the )?)\d{1,2}(?:st|nd|rd|th)?")
_REST: Final = regex(r"(?:the )?\d{1,2}(?:st|nd|rd|th)?(?P<rest> .+)")
_MONTH_FIRST: Final = regex(r"(?P<month>(?:on |by )?[a-z]+ )(?:the )?\d{1,2}(?:st|nd|rd|th)?")


def split_choices(words: str) -> tuple[str, ...]:
    """Return the two phrases that tidy ``words`` put together; none where they name one day."""
    if found := _SPANS.fullmatch(words):
        lead, rest = found["lead"] or ("" if found["rest"] else "in "), found["rest"] or ""
        return tuple(f"{lead}{found[each]} {found['unit']}{rest}" for each in ("first", "last"))
    first, sign, last = (part.strip() for part in words.partition(" or "))
    if not sign or not first or not last:
        return ()
    if _DAY_ALONE.fullmatch(first) and (rest := _REST.fullmatch(last)):
        return f"{first}{rest['rest']}", last
    if (month := _MONTH_FIRST.fullmatch(first)) and last[:1].isdigit() and len(last.split()) == 1:
        return first, f"{month['month']}{last}"
    return first, last

"""Which kind of follow-up a mail is that was written elsewhere, so that it is judged as strictly as our own.

What stands in the facts decides first: nobody thanks for an interview that has not been. Then what was sent before, and
what the mail says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from followup_mail.cadence.step import Kind
from followup_mail.checks.context import CheckContext
from followup_mail.checks.parsed_mail import ParsedMail, parse_mail
from followup_mail.checks.phrase_patterns import Phrases, phrases
from followup_mail.checks.prose import read_words
from followup_mail.checks.questions import asks
from followup_mail.facts.application import Application, Status
from followup_mail.regex import regex

_THANKS_FOR: Final = timedelta(days=5)
"""After an interview; methods plan the thank-you within two days, and the note after it from the fifth
working day on."""
_LATE_THANKS: Final = timedelta(days=14)
_OTHER: Final = "other"
_BY_WORDS: Final = (Kind.REJECTION_THANKS, Kind.APPLICATION_CHECK, Kind.STATUS_INQUIRY, Kind.ADDITIONAL_DETAIL)
"""In this order: a mail that asks may also add something, and thanks in passing."""
_SUBJECT_THANKS: Final = regex(r"\A(?:(?:re|fwd?|aw):\s*)*(?:many |with |a big |my )?(?:thanks?\b|thank-you\b)")


def guess_kind(context: CheckContext) -> Kind | None:
    """Return the kind that a mail most likely is; None when nothing in it or around it tells."""
    mail, facts = parse_mail(context), context.facts
    if facts is None:
        found = (kind for kind in _BY_WORDS if _says(mail, kind) and (asks(mail) or not kind.traits.asks))
        return next(found, Kind.THANK_YOU if _thanks(mail) and not _says(mail, _OTHER) else None)
    asks_about_it = asks(mail) and _says(mail, Kind.STATUS_INQUIRY)
    if facts.outcome.status is Status.REJECTED and (_says(mail, Kind.REJECTION_THANKS) or not asks_about_it):
        return Kind.REJECTION_THANKS
    last = _last_end(facts, context.sends_at)
    if last is None:
        return None if _says(mail, _OTHER) and not asks(mail) else Kind.APPLICATION_CHECK
    is_soon = context.sends_at is not None and context.sends_at - last <= _THANKS_FOR
    goes_on = bool(context.said_before) and _says(mail, Kind.ADDITIONAL_DETAIL)
    adds = _says(mail, Kind.ADDITIONAL_DETAIL) and not asks_about_it
    is_of_thanks = _thanks(mail) or not (adds or asks_about_it)
    if (is_soon or context.sends_at is None or _thanks_late(context, mail, last)) and is_of_thanks and not goes_on:
        return Kind.THANK_YOU
    return Kind.ADDITIONAL_DETAIL if adds else Kind.STATUS_INQUIRY


def _last_end(facts: Application, at: datetime | None) -> datetime | None:
    """Return when the last interview before a moment ended; None when there was none."""
    ends = [interview.end for interview in facts.interviews if at is None or interview.start <= at]
    return max(ends, default=None)


def _says(mail: ParsedMail, kind: str) -> bool:
    return any(True for _ in _phrases()[kind].find(mail.body, mail.core.start, mail.core.end))


def _thanks_late(context: CheckContext, mail: ParsedMail, last: datetime) -> bool:
    """Return whether a mail is the first to this person, thanks, and asks nothing: nobody inquires so."""
    is_first = not context.said_before and context.sends_at is not None and context.sends_at - last <= _LATE_THANKS
    return is_first and _thanks(mail) and not asks(mail) and not _says(mail, Kind.ADDITIONAL_DETAIL)


def _thanks(mail: ParsedMail) -> bool:
    return _says(mail, Kind.THANK_YOU) or _SUBJECT_THANKS.search(mail.subject.plain) is not None


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Phrases]:
    return {name: phrases(text) for name, text in read_words("mail_kinds").items()}

"""How people will meet, where an invitation or a mail says so: by a street or a room, a link, a telephone number."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.facts.terms import Format
from followup_mail.incoming.conference_text import is_video_place, names_conference
from followup_mail.incoming.found_names import is_room
from followup_mail.regex import regex

_PHONE_WORD: Final = (
    r"\b(?:(?:tele)?phone|telefon\w*|téléphon\w*|anruf|i(?:'|\u2019)?ll (?:call|ring) you|will call you)\b"
)
_NUMBER: Final = r"[+(]?\d[\d\s()./-]{6,}"
_PHONE: Final = regex(rf"(?i){_PHONE_WORD}|\A{_NUMBER}\Z")
_ONLY_PHONE: Final = regex(rf"(?i)\A(?:{_PHONE_WORD}\W*)?{_NUMBER}(?:,.*)?\Z")
"""A number, maybe with what to dial then: no street, although it has a comma."""
_LINK: Final = regex(r"(?i)\bhttps?://|\bwww\.")
_STREET: Final = regex(
    r"\d.*,|,.*\d|\d+\s+\w+\s+(?:st|street|ave|avenue|road|rd|blvd|lane|way)\b|stra(?:ß|ss)e\b"
    r"|\b(?:street|avenue|road|rue|calle|via|plaza|piazza)\b"
    r"|\w(?:platz|weg|allee|gasse|ring|damm|ufer|markt|str\.)\s+\d",
    re.I,
)
_ROOMS: Final = regex(
    r"(?i)\b(?:offices?|büro|bureau|oficinas?|ufficio|reception|empfang|accueil|lobby|building|gebäude|bâtiment|edificio"
    r"|floor|etage|étage|stock|piso|raum|room|salle|sala|zimmer|headquarters|hq|campus|caf[eé]|starbucks|vor ort"
    r"|on-?site|in person|sur place|en persona)\b"
)
_BY_VIDEO: Final = regex(r"(?i)\b(?:zoom|teams|google meet|webex|video(?:\s?call|\s?chat|konferenz|gespräch)?|visio)\b")
_THERE: Final = regex(
    r"(?i)\b(?:at|in) our (?:\w+ )?(?:offices?|headquarters|building|premises)\b|\bon-?site\b|\bin person\b|\bvor ort\b"
    r"|\b(?:in|bei) uns(?:erem|eren|erer)?(?: \w+)? (?:büro|räumen|haus|standort|geschäftsstelle)\w*"
    r"|\bdans nos (?:locaux|bureaux)\b|\ben nuestras? oficinas?\b"
)
_BY_PHONE: Final = regex(
    r"(?i)\b(?:by|over the|on the) phone\b|\bphone (?:interview|call|screen)\b|\btelefonisch|\btelefoninterview"
    r"|\b(?:i|we)(?:'|\u2019)?(?:ll| will) (?:call|ring) you\b|\bpar téléphone\b|\bpor teléfono\b"
)


def format_of_event(location: str, description: str, summary: str, *, is_conference: bool) -> Format | None:
    """Return how they will meet by an invitation; None where that is not plain."""
    if _ONLY_PHONE.search(location):
        return Format.PHONE
    is_video = is_video_place(location)
    if not is_video and not _LINK.search(location) and (_STREET.search(location) or is_room(location, "")):
        return Format.ONSITE
    if is_video or names_conference(description) or is_conference:
        return Format.VIDEO
    if _PHONE.search(location) or (not location and _PHONE.search(summary)):
        return Format.PHONE
    return Format.ONSITE if _ROOMS.search(location) and not _LINK.search(location) else None


def format_of_mail(text: str) -> Format | None:
    """Return how they will meet by the words of a mail; None where it names no way, or several."""
    ways = {
        Format.VIDEO: bool(_BY_VIDEO.search(text)) or names_conference(text),
        Format.ONSITE: bool(_THERE.search(text)),
        Format.PHONE: bool(_BY_PHONE.search(text)),
    }
    named = [way for way, is_named in ways.items() if is_named]
    return named[0] if len(named) == 1 else None

"""What mail programs write above the mail that they quote. The phrases are in ``quotation_words.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import read_phrases
from followup_mail.regex import regex

_PHRASES: Final = read_phrases(Path(__file__).with_suffix(".toml"))
_KINDS: Final = {
    label: name.removeprefix("label_")
    for name, labels in _PHRASES.items()
    if name.startswith("label_")
    for label in labels
}
_IN_BRACKETS: Final = regex(r"\s*\([^()]*\)\s*\Z")
FRAMED: Final = _PHRASES["framed"]
ANNOUNCED: Final = _PHRASES["announced"]
OPENERS: Final = _PHRASES["openers"]
SPEAKERS: Final = _PHRASES["speakers"]
WROTE: Final = (
    r"wrote|writes|quoting|zitat von|schrieb|geschrieben|écrit|ecrit|escribi[óo]|scritto|schreef|"
    r"geschreven|escreveu|skrev|skrifaði|"
    r"napisał(?:\(?a\)?)?|pisze|napsal(?:\(?a\)?)?|napísal(?:\(?a\)?)?|napisao(?:/la)?|je napisao|"
    r"написал(?:\(?[аa]\)?)?|пишет|пише|писал(?:\(?а\)?)?|написа(?:в|ла)|kirjoitti|írta|yazdı|a scris|scris|έγραψε|"
    r"menulis|đã viết|va escriure|kirjutas|rašė|rakstīja|"
    r"写道|寫道|书写|書きました|のメール|작성|כתב/?ה?|كتب"
)
"""The verb of an attribution: what stands before or after the name."""


def kind_of_label(label: str) -> str:
    """Return what a label of a heading labels: "from", "sent", "date", "to", "copy", "subject", "other", or nothing.

    Thunderbird writes some with the English one in brackets: "Kopie (CC)".
    """
    plain = label.strip(" \t*_|").casefold()
    return _KINDS.get(plain) or _KINDS.get(_IN_BRACKETS.sub("", plain), "")

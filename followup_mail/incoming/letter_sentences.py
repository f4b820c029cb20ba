"""The sentences of a letter, without the lines that stand below every mail of a company."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.regex import regex

_SENTENCE: Final = regex(r"(?:[^.!?\u3002\n]|\.(?=\S)|\n(?!\s*\n))+[.!?\u3002]*")
# "am 10. kann", "bis 15. Dezember", "z. B.", "i. A.": these stops end nothing.
_GERMAN_MONTH: Final = regex(
    r"(\d)\.\s(?=(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b)",
    re.IGNORECASE,
)
_ABBREVIATED: Final = regex(r"(?<=\b[a-zA-Z])\.\s(?=[a-zA-Z]{1,2}\.)|(?:(?<=\b\d)|(?<=[.\s]\d\d))\.\s(?=[a-zäöü])")
# What companies put below each mail, whatever it says.
_FOOTER: Final = regex(
    r"(?i)\b(?:confidential\w*|intended (?:recipient|solely|only)|privileged|disclaimer"
    r"|registered (?:office|in england)"
    r"|privacy (?:notice|policy|statement)|unsubscribe|equal opportunit\w+ employer"
    r"|high volume of (?:applications|cvs)"
    r"|vertraulich\w*|datenschutz\w*|geschäftsführ(?:er|ung)\s*:|sitz der gesellschaft|amtsgericht|irrtümlich"
    r"|confidentiel\w*|destinataires?|données personnelles|siège social|politique de confidentialité|confidencial\w*"
    r"|destinatario|protección de datos|privacidad|riservat[eoi]\w*|trattamento dei dati|vertrouwelijk\w*|geadresseerde"
    r"|privacyverklaring)\b"
)
_LEGAL: Final = regex(
    r"(?i)\bintended (?:recipient|solely|only)|\bregistered (?:office|in england)"
    r"|\bsitz der gesellschaft|\bsiège social"
    r"|\bdisclaimer\b|\bvertrauliche informationen"
)
_TEXT_LIMIT: Final = 20_000
_SENTENCE_LIMIT: Final = 600


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each on one line, with straight apostrophes."""
    plain = text[:_TEXT_LIMIT].replace("\u2019", "'").replace("\u2018", "'")
    plain = _ABBREVIATED.sub(".\u2024", _GERMAN_MONTH.sub("\\1.\u2024", plain))
    found = (" ".join(one.replace("\u2024", " ").split())[:_SENTENCE_LIMIT] for one in _SENTENCE.findall(plain))
    return [one for one in found if one]


def without_footer(text: str) -> str:
    """Return a text without what companies put below each mail.

    A paragraph goes where it has the words of one; all below the first of the legal kind goes. The first one stays.
    """
    kept: list[str] = []
    for paragraph in re.split(r"\n[ \t]*\n", text[:_TEXT_LIMIT]):
        if kept and _LEGAL.search(paragraph):
            break
        if not (kept and _FOOTER.search(paragraph)):
            kept.append(paragraph)
    return "\n\n".join(kept)

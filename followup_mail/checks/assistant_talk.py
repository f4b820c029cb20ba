"""What a chat assistant said to the candidate around the mail it wrote, copied along with it.

Before the greeting or behind the signature its talk about versions, tone and drafts is not the candidate's. Inside the
mail only what nobody else says is found: "As an AI, I ...".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.regex import regex

_PARAGRAPH: Final = regex(r"[^\n]+(?:\n[^\n]+)*")
_LONGEST: Final = 400
_GREETS: Final = regex(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|hola|bonjour)\b[^\n]{0,80}[,:!]?\s*(?:\Z|\n)"
)
_A_TEXT: Final = (
    r"(?:version|draft|e-?mail|message|mail|note|letter|rewrite|rewording|follow-up|template|reply|response|"
    r"thank-you|"
    r"revision|option)s?"
)
_OPENING: Final = regex(
    r"(?:sure|certainly|absolutely|of course|great|okay|ok|got it|gladly|no problem|happy to help|understood|here|"
    r"here's|"
    r"below|this is|i've|i have|i rewrote|updated|revised|polished|improved|draft|option \d|version \d|\*\*)\b"
)
_HANDS_OVER: Final = regex(
    rf"\b{_A_TEXT}\b|\bhere(?:'s| is| are| you go| it is)\b|:\s*\Z|\b(?:rewritten|polished|revised|rephrased|"
    rf"reworded)\b"
)
_SUBJECT_LINE: Final = regex(r"(?:\*\*)?(?:subject|subject line|re|betreff|asunto|objet):[^\n]{1,120}\Z")
_OFFERS: Final = regex(
    r"\b(?:let me know|would you like|do you want|feel free|want me to|remember to|make sure to|don't forget to|"
    r"be sure to|"
    r"i can (?:also )?(?:make|write|adjust|shorten|add|tailor|turn|rewrite|create|provide|draft)|if you(?:'d|"
    r" would)? (?:like|want|prefer)|"
    r"i (?:hope|trust) (?:this|that) helps|hope (?:this|that) helps|you can (?:adjust|replace|customi[sz]e|"
    r"personali[sz]e|tweak)|"
    rf"this (?:{_A_TEXT}|one) (?:keeps|is|sounds|strikes|maintains|conveys|expresses|shows|avoids|uses|highlights|"
    rf"balances|focuses)|"
    r"i(?:'ve| have) (?:kept|made|adjusted|rewritten|written|tried to|used|removed|added|toned|shortened)|"
    r"note: (?:replace|adjust)|"
    r"replace (?:the|any|all))\b"
)
_ABOUT_THE_TEXT: Final = regex(
    r"\b(?:version|tone|shorter|longer|warmer|more (?:formal|casual|concise|personal|natural|enthusiastic|"
    r"detailed)|formal|"
    r"draft|e-?mail|wording|bracket\w*|placeholder\w*|personali[sz]e\w*|customi[sz]e\w*|tweak\w*|tailor\w*|"
    r"rewrite|rephrase|adjust\w*|"
    r"a line about|another (?:paragraph|version|sentence|line)|details as needed|your own details|subject line|"
    r"changes)\b"
)
_POSTSCRIPT: Final = regex(r"p\.? ?s\.?\b")
_COUNTED: Final = regex(r"\(?(?:word count|words|characters)\s*[:=]\s*\d+\s*(?:words)?\)?\Z")
_SAID_BY_NOBODY_ELSE: Final = regex(
    r"\bas an? (?:ai|artificial intelligence|large language model|language model)(?: language)?(?: model|"
    r" assistant| chatbot)?, (?:i|my)\b|"
    r"\bi(?:'m| am) (?:just |only )?an ai (?:language model|assistant|model)\b|oaicite|contentreference\[|"
    r"\bturn\d+(?:search|view|news)\d+|\u3010\d+\u2020|"
    r"\b(?:your|the) bracketed (?:parts|text|sections|fields|placeholders|details)\b|"
    r"\b(?:chatgpt|claude|gemini|copilot) said:|\bi cannot (?:fulfil?l|assist with) (?:this|that) request\b"
)
_SIGNS: Final = frozenset({"ai", "oaicite", "bracketed", "said", "model", "request", "contentreference"})


def find_assistant_talk(mail: ParsedMail) -> Iterator[TextSpan]:
    """Yield the paragraphs, or the words, that an assistant addressed to the candidate."""
    plain = mail.body.plain
    if mail.body.has_any(_SIGNS) or "\u3010" in plain:
        yield from (TextSpan(*match.span()) for match in _SAID_BY_NOBODY_ELSE.finditer(plain))
    paragraphs = [TextSpan(*match.span()) for match in _PARAGRAPH.finditer(plain)]
    yield from _before_greeting(plain, paragraphs)
    yield from _behind_signature(mail, paragraphs)


def _before_greeting(plain: str, paragraphs: list[TextSpan]) -> Iterator[TextSpan]:
    """Yield what stands before the greeting, where that is one of the first paragraphs and not the first."""
    greets = next((at for at, span in enumerate(paragraphs[:4]) if _GREETS.match(plain, *span)), 0)
    for span in paragraphs[:greets]:
        text = plain[span.start : span.end].strip()
        is_talk = len(text) < _LONGEST and _OPENING.match(text) and _HANDS_OVER.search(text)
        if is_talk or _SUBJECT_LINE.match(text):
            yield span


def _behind_signature(mail: ParsedMail, paragraphs: list[TextSpan]) -> Iterator[TextSpan]:
    """Yield what stands behind the closing and is about the mail itself. A postscript is the candidate's."""
    plain, closing = mail.body.plain, mail.closing
    last = closing.start if closing.end > closing.start else paragraphs[-1].start if paragraphs else 0
    for span in paragraphs[1:]:
        text = plain[span.start : span.end].strip("-*_ \n")
        if span.start < last or (span.start == last and closing.end > closing.start) or len(text) > _LONGEST:
            continue
        if _COUNTED.match(text) or (
            not _POSTSCRIPT.match(text) and _OFFERS.search(text) and _ABOUT_THE_TEXT.search(text)
        ):
            yield span

"""What says that a day is the day of the interview, and what says that it is another.

A follow-up names many days: of the interview, of the answer, of a call in between, of what was talked about. Only what
stands right beside a day tells which it is, so everything here looks at one clause.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.regex import regex

_NEAR: Final = 90
"""Characters before the day in which the interview must be named."""
_TALK: Final = (
    r"(?:conversations?|interviews?|meetings?|talks?|chats?|discussions?|visits?|sessions?|time|tours?|hours?|minutes|"
    r"day|afternoon|morning|walk|round)"
)
# "your board meeting", "the market day", "an open day": only what says how a talk was makes these the interview.
_OUR_TALK: Final = (
    r"(?:our|the|your|my|that|an?)\s+(?:(?:\w+\s+){0,2}(?:conversations?|interviews?|talks?|chats?|discussions?|visits?)|"
    r"(?:(?:very|good|kind|long|short|great|first|second|little|half|full|whole|two|three|six|extra|quick|brief|"
    r"interview|video|phone|zoom|teams|online|recent|last|hour|minutes?|of|\w+(?:ing|ful|ly|nt|ive|able|ty))\s+){0,3}"
    r"(?:meetings?|sessions?|time|tours?|hours?|minutes|day|afternoon|morning|walk|round))\b"
)
_AT_YOURS: Final = (
    r"i\s+(?:was\s+(?:(?:at|in)\s+your\s+(?!open|stall|booth|stand\b|talk|lecture|concert|shop|store|event|fair|"
    r"exhibition|market)|with\s+you\b|your\s+guest)|"
    r"sat\s+(?:down\s+)?(?:in|at|across\s+from|opposite|beside|next\s+to|with)\s+your?\b|"
    r"left\s+(?:you\b(?!\s+(?:an?|my|the)\b)|your\b)|came\s+to\s+(?:see\s+)?your?\b|visited\s+your?\b)"
)
# That two people met, in words that nobody uses for a letter or for a call about the decision.
_MET: Final = regex(
    r"\b(?:(?<!before\s)(?<!until\s)(?:we|you)\s+(?:\w+\s+){0,2}?met\b|i\s+(?:\w+\s+){0,2}?met\s+(?!an?\b|some|the\b|my\b|one\b|two\b)|"
    r"met\s+(?:with\s+)?you\b|(?:having|had|panel|committee|team|colleagues|all|both|who)\s+met\s+(?:with\s+)?me\b|interviewed\b|"
    r"interviewing\s+me\b|interviews?\b|(?:sat|sit|sitting)\s+(?:down\s+)?with\b|introduced\s+myself\b|when\s+i\s+(?:visited|came)\b|"
    r"(?:came|come|coming)\s+(?:in|over|out)\b(?=\s+(?:\w+\s+){0,4}$)|meeting\s+(?:with\s+)?(?:you|me|the\s+(?:team|panel))\b|"
    r"(?:having|seeing|receiving|hosting|welcoming|showing|taking|walking)\s+(?:me|us)\b|"
    r"(?:good|lovely|great|nice|pleasure|wonderful|glad|pleased|delighted|chance|opportunity|time)\s+(?:to|of)\s+"
    r"(?:meet|see|visit|sit|meeting|seeing)\b|and\s+(?:meet|sit\s+down)\b|(?:the|your|our|my)\s+(?:\w+\s+){0,2}(?:visit|tour)\b|"
    rf"{_AT_YOURS}|you\s+(?:\w+\s+)?(?:welcomed|received|showed|walked|took|led|interviewed|hosted|drove)\s+(?:me|us)\b|"
    r"when\s+i\s+was\s+(?:at|in)\s+the\s+(?:\w+\s+){1,3}on\s+$|"
    r"(?:giv(?:e|ing)|gave|spar(?:e|ed|ing)|offer(?:ed|ing)|clear(?:ed|ing)|len[dt]|lending|tak(?:e|ing)|took)\s+"
    r"(?:(?:up|me|us)\s+){0,2}(?:(?:\w+\s+){1,3}of\s+)?your\s+$)"
)
# Not "to my landlord", "with Ann, your old cook".
_TO_ANOTHER: Final = (
    r"(?!\s+(?:to|with)\s+(?:(?:my|his|her|their|an?|another|some\w*|one|him|them)\b|(?!you\b|all\b|everyone\b)\w+,))"
)
# The same in words that may be of a call in between.
_SPOKE: Final = regex(
    rf"\b(?:(?:spoke|spoken|talked|chatted){_TO_ANOTHER}|{_OUR_TALK}|"
    rf"our\s+(?:\w+\s+){{0,2}}calls?\b|(?:speaking|talking|chatting){_TO_ANOTHER}\s+(?:with|to)\b|"
    r"(?<!board\s)(?<!team\s)(?<!staff\s)(?<!your\s)meeting\b|"
    r"(?<!due\s)(?<!was\s)(?<!were\s)(?<!going\s)(?<!set\s)(?<!planned\s)(?<!meant\s)(?:to|and)\s+(?:meet|talk|speak|interview)\b)"
)
# Words that in a thank-you go with the interview, and elsewhere with whatever came after it.
_THANKED: Final = regex(r"\b(?:(?:thank\s+you|thanks)(?:\s+\w+){0,2}\s+for\b|(?:phone\s+|video\s+)?calls?\b)")
_AFTER: Final = regex(
    rf"(?:'s|s')\s+(?:\w+\s+){{0,2}}?(?P<talk>{_TALK})\b|"
    r"\s+(?:(?:video|phone|morning|afternoon)\s+)?(?P<noun>conversation|interview|meeting|talk|chat|discussion|visit|tour)\b|"
    r"(?:\s+(?:morning|afternoon|evening))?,?\s+(?:you|we)\s+"
    r"(?:(?P<met>met|(?:showed|walked|took|led|welcomed|interviewed)(?:\s+me)?)|(?P<spoke>spoke|talked|discussed)|told|"
    rf"asked|explained)\b|(?:\s+(?:morning|afternoon|evening))?,?\s+(?:that\s+)?(?P<yours>{_AT_YOURS})"
)
_WHEN: Final = regex(
    r"(?:\s+(?:morning|afternoon|evening))?,\s+when\s+(?:(?:you|we|i)\s+(?:and\s+\w+\s+)?"
    r"(?:showed|met|walked|drove|took|sat|spoke|talked|came|had|interviewed|visited|discussed)\b)"
)
# What stands right before a day that is none of the past.
_NOT_THE_DAY: Final = regex(
    r"\b(?:an?|any|every|each|per|by|until|till|before|after|since|over|next|coming|following|through|most|some|"
    r"another|trial|to|good|black|ash|easter|palm|shrove|cyber|maundy|whit|casual|super|between|(?<!thanks\s)"
    r"(?<!thank\syou\s)(?<!again\s)(?<!much\s)for)\s+\Z"
)
# Between the interview and a day: another clause, or another thing that has a day.
_ELSEWHERE: Final = regex(
    r"[;:()\u2013\u2014]|,\s*(?:but|so|then|or|and(?!\s+(?:for|to|the|your)\b))|"
    r"\b(?:that|which|whose|when|where|why|how|because|if|what|while|about|regarding|concerning|is|are|was|were|"
    r"by\s+the\s+end|until|till|before|next|from|since|decide\w*|decision|hear\w*|start\w*|begin\w*|again\s+on|offer\w*|if|would|"
    r"could|can|will|available|free|another|further|follow\w*|applied|application|wrote|sent|read|every|each|on-call|"
    r"per|mentioned|said|told|named|promised|expect\w*|and\s+on|coming|deadline|due|ship\w*|releas\w*|"
    r"call(?:ing|ed)|ring(?:ing)?|rang|phon(?:ing|ed)|writing|telling|answering|replying|reply|answer|getting\s+back|"
    r"letting\s+(?:me|us)\s+know|picking|sending|inviting|arranging|organi[sz]ing|confirming|moving|passing|forwarding|"
    r"meetup|conference|webinar|lecture|podcast|keynote|summit|fair|letter|e?-?mails?|message|note|news|invitation|outcome|result|hearing|wedding|opening|launch|"
    r"match|game|concert|party|radio|television|film|parents|family|church|trip|exhibition|market|holiday|funeral|"
    r"you\s+(?:\w+\s+)?(?:gave(?!\s+(?:me|us)\b)|held|published|presented|recorded|posted|wrote)|"
    r"stand|booth|stall|open\s+day|rejection|update|voicemail|stays?|stayed|falls?|fell|runs?|happens?|takes?\s+place|remains?|repeats?)\b"
)
# The clause looks ahead: "I would be glad to speak on Friday".
_AHEAD: Final = regex(
    r"\b(?:would|could|can|will|shall|may|might|should|i'd|i'll|we'll|you'll|forward|hope|hoping|available|free|"
    r"happy|if|let|suggest|propose|please|invite\w*|upcoming|next|second|final|third|further|another|follow-up|"
    r"planned|scheduled|coming|trial)\b"
)
_ONLY_THANKS: Final = regex(
    r"\b(?:i\s+would|i'd|we\s+would)\s+(?:just\s+|also\s+)?(?:like|love|want|wish)\s+to\s+(?:thank|say|express|tell)\b|"
    r"\b(?:please|may\s+i|let\s+me)\s+(?:accept|thank|say)\b"
)
_BY_WIRE: Final = regex(
    r"\b(?:(?:on|over|by)\s+the\s+(?:tele)?phone|by\s+(?:tele)?phone|rang|rung|called|calling|ringing|phoned|phoning|"
    r"voicemail|e-?mail\w*|texted|wrote|letter|your\s+(?:\w+\s+){0,2}(?:call|answer|reply|message|note))\b"
)


class Cue(Enum):
    """How a day is tied to the interview."""

    NONE = "none"
    MET = "met"
    SPOKE = "spoke"
    """By words that fit a call in between as well."""
    THANKED = "thanked"
    """By thanks alone."""


def cue_for(plain: str, within: TextSpan, day: TextSpan) -> Cue:
    """Return what ties a day to the interview, in a sentence or subject in its normal form."""
    before = plain[max(within.start, day.start - _NEAR) : day.start]
    if _WHEN.match(plain, day.end, within.end):
        return Cue.SPOKE
    if _NOT_THE_DAY.search(before) or _looks_ahead(before):
        return Cue.NONE
    after = _cue_after(plain, within, day)
    if after in {Cue.MET, Cue.SPOKE}:
        return after
    if before.endswith((" the ", "\nthe ")) and plain[slice(*day)] in WEEKDAYS:  # "you showed me the Monday release"
        return after
    for cue, pattern in ((Cue.MET, _MET), (Cue.SPOKE, _SPOKE), (Cue.THANKED, _THANKED)):
        found = list(pattern.finditer(before))
        if found and not _ELSEWHERE.search(before, found[-1].end()):
            return cue
    return after


def _cue_after(plain: str, within: TextSpan, day: TextSpan) -> Cue:
    after = _AFTER.match(plain, day.end, within.end)
    if after is None:
        return Cue.NONE
    if (
        after["met"]
        or after["yours"]
        or (after["talk"] or after["noun"] or "").startswith(("interview", "visit", "tour"))
    ):
        return Cue.MET
    return Cue.SPOKE if after.lastgroup else Cue.THANKED


def is_by_wire(sentence: str) -> bool:
    """Return whether a sentence is of what was said by telephone or in writing."""
    return _BY_WIRE.search(sentence) is not None


def _looks_ahead(before: str) -> bool:
    """Return whether the clause before a day is of what is still to come."""
    clause = re.split(r"[;:]|,\s*(?:but|so|and)\b", _ONLY_THANKS.sub(" ", before))[-1]
    return _AHEAD.search(clause) is not None

"""Who signed a letter: the name under "Best regards,", as far as it is that of one person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from followup_mail.facts.clean import clean_person
from followup_mail.facts.closings import CLOSINGS, is_closing, is_sent_from
from followup_mail.facts.name_case import NAME_WORDS, is_listed
from followup_mail.facts.tidy_name import tidy_name
from followup_mail.incoming.letter_parts import NO_PERSON, is_greeting
from followup_mail.regex import regex

_LAST_LINES: Final = 30
_BELOW: Final = 3
"""Lines below a closing in which the name may stand."""
_BLOCK: Final = 6
"""Lines that a signature without a closing may have."""
_WORDS_LIMIT: Final = 5
_NAME: Final = regex(r"[^\W\d_][\w.'\u2019-]*(?:\s+[^\W\d_][\w.'\u2019-]*)*\Z")
_CUT: Final = regex(r"\s*(?:[|/\u2022\u00b7]|\s[-\u2013\u2014]\s|,\s|\s{3,}|\()")
_ENDS: Final = regex(r"[.!?]\s+(?:[-\u2013\u2014]\s?)?(?P<name>[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?)\Z")
"""A name behind the last sentence: "... and good luck. Jonas"."""
_TITLE_BEHIND: Final = regex(r"(?P<name>[^()]+?)\s*\((?P<title>[^\W\d_]{2,9}\.?)\)(?P<rest>.*)")
_AT: Final = regex(r"\s+(?:at|from|bei|chez|@)\s+\S.*\Z", re.IGNORECASE)
_FOR: Final = regex(r"(?:on behalf of|for|i\. ?a\.|i\. ?v\.|p\. ?p\.|pp|im auftrag|pour)\s", re.IGNORECASE)
_PARTICLES: Final = frozenset("van von der den de da di la le du del dos al bin ten ter zu of y e".split())
_LOCAL: Final = regex(r"[^\W\d_]{2,}(?:[._-][^\W\d_]{2,}){1,2}\Z")


def find_signature(text: str) -> str:
    """Return the name of the person who signed a letter; empty where nobody did."""
    lines = [line.strip(" \t*_>") for line in text.strip().split("\n")]
    last = [line for line in lines if line][-_LAST_LINES:]
    for at in range(len(last) - 1, -1, -1):
        line = last[at]
        if is_closing(line) or line in {"--", "\u2014"}:
            return _first_name_in(last[at + 1 : at + 1 + _BELOW])
        if name := _closed_on_one_line(re.split(r"[.!?]\s+", line)[-1]):
            return name
    return _bare_name(text)


def name_of_sender(shown: str, address: str = "") -> str:
    """Return the name of the person in what a mail program shows; empty for a team, a machine or a bare address."""
    plain = " ".join(shown.replace('"', " ").split()).strip("' ")
    if "@" in plain:
        return _name_in_address(plain)
    plain = re.sub(r"\s+via\s.*", "", plain).strip("' ")
    plain = _title_first(plain)
    bare = _AT.sub("", plain) if _AT.search(plain) else plain
    if "," not in bare:
        bare = _CUT.split(bare)[0]
    try:
        name = clean_person(tidy_name(clean_person(bare), address)) if bare else ""
    except ValueError:
        return ""
    return name if is_personal(name) else ""


def _title_first(name: str) -> str:
    """Return "Mrs J. Whitaker" for "J. Whitaker (Mrs)"; "(MS)" may be a degree, "(Sr)" the older of two."""
    found = _TITLE_BEHIND.match(name)
    if not found or found["title"].isupper() or found["title"].casefold() == "sr":
        return name
    is_said = any(is_listed(found["title"], kind) for kind in ("civil_titles", "titles", "professor_titles"))
    return f"{found['title']} {found['name'].strip(' ,')}{found['rest']}" if is_said else name


def is_personal(name: str) -> bool:
    """Return whether a name can be that of one person: "The Lumen Team" is nobody's."""
    words = re.findall(r"[\w.'\u2019-]+", name)
    lower = [word.casefold().strip(".") for word in words]
    if not 0 < len(words) <= _WORDS_LIMIT or any(char.isdigit() for char in name) or "@" in name:
        return False
    if lower[0] in {"the", "your", "our", "das", "ihr", "le", "la", "votre"} and len(words) > 1:
        return False
    if any(word in NO_PERSON or word in NAME_WORDS["groups"] or word in NAME_WORDS["jobs"] for word in lower):
        return False
    return all(word[0].isupper() or word in _PARTICLES or not word.isascii() for word in words)


def is_shared_mailbox(address: str) -> bool:
    """Return whether an address is that of a team: "recruiting@", "talent.team@"."""
    words = re.split(r"[._+-]", address.partition("@")[0].casefold())
    return not NO_PERSON.isdisjoint(words) or not NAME_WORDS["not_names"].isdisjoint(words)


def _first_name_in(lines: Sequence[str]) -> str:
    for line in lines:
        if is_closing(line) or _FOR.match(line):
            continue
        if is_sent_from(line):
            return ""
        if name := _name_in(line):
            return name
        if not _is_of_somebody(line):
            return ""
    return ""


def _is_of_somebody(line: str) -> bool:
    """Return whether a line is that of a team, above which or below which a person may stand."""
    return len(line.split()) <= _WORDS_LIMIT


def _name_in(line: str) -> str:
    line = _title_first(line)
    bare = line.rstrip(" ,.!") if not re.search(r"\b\w\.\Z", line) else line.rstrip(" ,!")
    head, _, tail = bare.partition(",")
    if tail and all(is_listed(word, "suffixes") for word in tail.split()):
        bare = head
    cut = _AT.sub("", _CUT.split(bare)[0]).strip()
    if not _NAME.match(cut) or not is_personal(cut):
        return ""
    return name_of_sender(cut)


def _closed_on_one_line(line: str) -> str:
    """Return the name in "Best, Tom" or "Viele Grüße Anna"."""
    head, comma, tail = line.partition(",")
    if comma and " ".join(head.casefold().split()) in CLOSINGS and len(tail.split()) <= _WORDS_LIMIT:
        return _name_in(tail.strip())
    words = line.split()
    for count in range(min(5, len(words) - 1), 0, -1):
        if " ".join(words[:count]).casefold().rstrip(",") in CLOSINGS and count >= 2 and len(words) - count <= 3:
            return _name_in(" ".join(words[count:]))
    return ""


def _bare_name(text: str) -> str:
    """Return the name that begins the last lines, below a sentence and without a closing: "Tom", or a whole block."""
    lines = [line.strip(" \t*_>") for line in text.strip().split("\n")]
    kept = [line for line in lines if not is_sent_from(line)]
    while kept and not kept[-1]:
        kept.pop()
    first = max((at for at, line in enumerate(kept) if not line), default=len(kept) - 2) + 1
    if first < 1 or first >= len(kept) or len(kept) - first > _BLOCK:
        return _last_line(kept)
    above = next((line for line in reversed(kept[:first]) if line), "")
    line = kept[first].lstrip("-\u2013\u2014~ ")
    if is_greeting(line) or not re.search(r"[.!?\u2026)]\Z", above) or len(line.split()) > _WORDS_LIMIT:
        return _last_line(kept)
    return _name_in(line) or _last_line(kept)


def _last_line(lines: Sequence[str]) -> str:
    """Return the name that is the last line, directly below a sentence, or that follows the last sentence."""
    last = lines[-1] if lines else ""
    if ended := _ENDS.search(last):
        return _name_in(ended["name"])
    if len(lines) < 2 or is_greeting(last) or not re.search(r"[.!?\u2026)]\Z", lines[-2]):
        return ""
    return _name_in(lines[-1].lstrip("-\u2013\u2014~ ")) if len(lines[-1].split()) <= 3 else ""


def _name_in_address(shown: str) -> str:
    local = shown.strip("<> ").partition("@")[0]
    if not _LOCAL.match(local) or is_shared_mailbox(local):
        return ""
    words = re.split(r"[._-]", local.casefold())
    return " ".join(word.capitalize() for word in words)

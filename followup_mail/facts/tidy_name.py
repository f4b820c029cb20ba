"""A name as a mail program or a directory shows it, made the name that somebody would write.

Directories write "Raman, Priya (London)", calendars "'Priya Raman' via Calendar", other offices "RAMAN Priya". What is
changed is said, since it is a guess.
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import Final

from followup_mail.facts.credentials import is_credential, is_generation, split_credentials
from followup_mail.facts.name_case import is_shouted, plain_key
from followup_mail.facts.name_parts import NameParts, is_group, is_title, split_name
from followup_mail.regex import regex

_ENCODED: Final = regex(r"=\?[\w-]+(?:\*[\w-]+)?\?[bqBQ]\?[^?\s]*\?=(?:\s+=\?[\w-]+\?[bqBQ]\?[^?\s]*\?=)*")
_VIA: Final = regex(r"\A(?P<name>.*\S)\s+via\s+(?P<sender>\S.*)\Z")
# "Anna Li (Design)" tells one Anna Li from another; this tells nothing about a person, or is more than a name says.
_NOTICE: Final = regex(
    r"\[[^\[\]]*\]|\((?:[^()]*(?:[/,|]|\s[-\u2013\u2014]\s)[^()]*|ext|ext\.|extern|external|guest|contractor|unverified)\)",
    re.IGNORECASE,
)
_REMARK: Final = regex(r"\([^()]*\)")
_LAST_REMARK: Final = regex(r"(?<=\S)\s*\((?P<said>[^()]*)\)\s*\Z")
_TEAMS: Final = ("team", "department", "office", "acquisition")
_DASHED: Final = regex(r"\A(?P<first>[^-\u2013\u2014|]*\S)(?:\s+[-\u2013\u2014|]+\s+)(?P<second>\S.*?)\s*\Z")
_SERVICE: Final = regex(r"(?<=[A-Z])\s+(?:CIV|CTR|MIL|NFG)\s+[A-Z]{2,}\b[^,]*")
"""What directories of armed forces put behind a name: "CIV USARMY"."""
_TAIL: Final = regex(r"\s+(?:[-\u2013\u2014|]+|/+)\s.*")


def decode_words(text: str) -> str:
    """Return a text with its encoded words (RFC 2047) decoded; one that cannot be decoded stays as it is."""
    return _ENCODED.sub(_decoded, text) if "=?" in text else text


def _decoded(match: re.Match[str]) -> str:
    try:
        return str(make_header(decode_header(match[0])))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return match[0]


def sender_of(name: str) -> str:
    """Return the list or program that sent in the name of somebody: "Calendar" for "'Priya Raman' via Calendar"."""
    return match["sender"] if (match := _VIA.match(name)) else ""


def tidy_name(name: str, email: str = "") -> str:
    """Return the name alone, in the order in which it is said, and not in capitals. A plain name stays as it is."""
    bare = match["name"].strip("'\"\u2018\u2019\u201c\u201d ") if (match := _VIA.match(name)) else name
    bare = _parts_shown(bare)[0]
    bare = " ".join(_TAIL.sub("", _SERVICE.sub("", _NOTICE.sub(" ", _without_title(bare)))).split()) or name
    bare = _given_first(bare, email)
    if not any(map(str.isalnum, bare)):
        return name
    parts = split_name(bare)
    if not parts.is_clear and (turned := _turned_by_address(bare, parts, email)):
        return turned
    plain = _REMARK.sub(" ", bare).replace("\uff0c", ",")
    if _is_in_order(plain, parts) and not _is_in_wrong_case(plain):
        return without_credentials(bare)
    ends = list(filter(is_generation, re.split(r"[,\s]+", plain)))
    said = " ".join((*parts.titles, parts.full, *(word for word in ends if word not in parts.titles)))
    return said if any(map(str.isalnum, said)) else bare


def title_shown(name: str) -> str:
    """Return the job title that a mail program shows with a name: "Recruiter" of "Dana Whitfield - Recruiter"."""
    from followup_mail.facts.looks_like import is_job_title

    title = _parts_shown(name)[1]
    remark = _LAST_REMARK.search(name)
    said = title or (remark["said"].strip() if remark else "")
    return said if is_job_title(said) and not said.casefold().endswith(_TEAMS) else ""


def _parts_shown(name: str) -> tuple[str, str]:
    """Return the name of "Hiring Coordinator - Dana Whitfield", in either order, and what is said of them."""
    from followup_mail.facts.looks_like import is_job_title, may_be_name

    found = _DASHED.match(name)
    first, second = (found["first"], found["second"]) if found else (name, "")
    if found and (is_job_title(first) or is_group(first)) and may_be_name(second) and not is_group(second):
        return second, first
    return name, second if is_job_title(second) else ""


def _given_first(name: str, email: str) -> str:
    """Return "Dana Whitfield" for "Whitfield Dana", where the address is that of dana.whitfield."""
    words = name.split()
    local = re.split(r"[._-]", email.rpartition("@")[0].casefold())
    return " ".join(reversed(words)) if len(words) == 2 and local == [*map(plain_key, reversed(words))] else name


def _without_title(name: str) -> str:
    """Return "Priya Raman" for "Priya Raman (Head of Data)": a title belongs to the title, and so does "(HR)"."""
    remark = _LAST_REMARK.search(name)
    if not remark or (len(remark["said"].split()) < 2 and not remark["said"].isupper()):
        return name
    from followup_mail.facts.looks_like import is_job_title

    return name[: remark.start()] if is_job_title(remark["said"]) else name


def without_credentials(text: str) -> str:
    """Return a name without "RN" or "SHRM-CP" behind it, with a comma or without: no part of it, but "Jr." is."""
    head, comma, after = text.partition(",")
    words = after.replace(",", " ").split()
    if not comma:
        return split_credentials(text)[0]
    if not head.strip() or not all(is_generation(word) or is_credential(word) for word in words):
        return text
    return ", ".join((split_credentials(head.strip())[0], *filter(is_generation, words)))


def _is_in_order(text: str, parts: NameParts) -> bool:
    """Return whether a name is written as it is said: nothing but a degree follows a comma."""
    head, comma, after = text.partition(",")
    if not comma:
        return True
    begins = [word.casefold() for word in head.split() if not is_title(word)][:1]
    is_degree = all(is_generation(word) or is_credential(word) for word in re.split(r"[,\s]+", after) if word)
    return is_degree and begins == parts.full.casefold().split()[:1]


def _is_in_wrong_case(text: str) -> bool:
    words = [word for word in re.split(r"[,\s]+", text) if word and not (is_generation(word) or is_credential(word))]
    return any(map(is_shouted, words)) or (text == text.lower() and text != text.upper() and len(words) > 1)


def _turned_by_address(text: str, parts: NameParts, email: str) -> str:
    """Return "Priya Raman Menon" for "Raman Menon, Priya", where the address begins with the first name."""
    said = text.partition(",")[2].split()
    local = re.split(r"[._-]", email.rpartition("@")[0].casefold())
    if len(said) != 1 or plain_key(said[0]) != local[0]:
        return ""
    return " ".join((*parts.titles, said[0], parts.full))

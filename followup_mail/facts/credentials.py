"""What somebody may sign with behind the name: degrees, licences and certificates. It is no name and no title."""

from __future__ import annotations

from typing import Final

from followup_mail.facts.name_case import is_listed, is_shouted, key_of
from followup_mail.regex import regex

_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_CERTIFIED: Final = regex(r"[A-Z]{1,9}(?:-[A-Z]{1,5}){0,2}-(?:A|AC|AP|BC|C|CC|CM|CMC|CP|CSC|E|K|L|NIC|OB|P|R|SCP)")
"""Boards of nurses, social workers and others put theirs behind a hyphen: "NEA-BC", "FNP-C", "SHRM-SCP"."""
_CODE: Final = regex(r"(?P<code>[A-Z](?:[A-Z]|[.&/-](?=[A-Z])){1,8})[\u00ae\u2122]?(?:\s+(?:Level\s+)?(?:\d|I{1,3}))?")
_LONGEST_CODE: Final = 6
_NURSES: Final = frozenset({"rn", "lpn", "lvn", "np", "cna", "crna", "pa"})
_POSTS: Final = frozenset("charge staff lead senior head chief float triage travel school ward bedside clinic".split())


def is_generation(word: str) -> bool:
    """Return whether a word tells a son from his father: "Jr.", "III". It belongs to the name."""
    return key_of(word.strip(",")) in _GENERATIONS


def is_credential(word: str) -> bool:
    """Return whether a word is a degree or the like; "MA" is one, "Ma" may be a name."""
    bare = word.strip(",()")
    if is_generation(bare):
        return False
    if is_listed(bare, "suffixes_also_names"):
        return bare.replace(".", "").isupper()
    return is_listed(bare, "suffixes") or _CERTIFIED.fullmatch(bare) is not None


def are_credentials(text: str) -> bool:
    """Return whether a text is nothing but such words: "BSN, RN", "PhD"."""
    words = text.replace("/", " ").split()
    return bool(words) and all(map(is_credential, words))


def is_code(text: str) -> bool:
    """Return whether a text stands in capitals, as certificates do that are in no list: "CEPC", "WSET Level 3"."""
    found = _CODE.fullmatch(text.strip())
    return found is not None and sum(map(str.isalpha, found["code"])) <= _LONGEST_CODE


def is_nurses_post(text: str) -> bool:
    """Return whether a licence is part of a title: "Charge RN"."""
    *before, last = [key_of(word) for word in text.split()] or [""]
    return last in _NURSES and bool(before) and _POSTS.issuperset(before)


def _ends_with_credential(words: list[str]) -> bool:
    """Return whether the last word is a credential, or one that is in no list behind one that is: "FCA ACIB"."""
    *before, last = words
    is_known = not last.islower() and is_credential(last)
    return is_known or (
        len(before) > 2 and is_code(last.strip(",")) and before[-1].isupper() and is_credential(before[-1])
    )


def split_credentials(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a name of two words or more without the credentials behind it, and these."""
    words = name.split()
    is_shouting = all(map(is_shouted, words))
    end = len(words)
    while end > 2 and not is_shouting and _ends_with_credential(words[:end]):
        end -= 1
    said = tuple(word.strip(",()") for word in words[end:])
    return " ".join(words[:end]).rstrip(" ,") if said else name, said

"""Addresses that nobody reads: no-reply senders, and the machines of applicant tracking systems. The only list of them.

An answer to such an address is lost, and its silence looks like theirs. A person may well be called Reply, Mailer or
Nobody, so a word that can be a name counts only where no other word is beside it.
"""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import WordLists
from followup_mail.regex import regex

_WORDS: Final = WordLists(Path(__file__).with_suffix(".toml"))
_NO_REPLY: Final = _WORDS["no_reply"] | {
    f"{no}{verb}"
    for no in ("no", "not", "donot", "dont", "never", "cannot")
    for verb in ("reply", "replies", "replyto", "respond", "response", "answer", "email", "mail")
}
_MACHINES: Final = _WORDS["machines"] | _WORDS["maybe_machines"]
_BESIDE_MACHINES: Final = _WORDS["beside_machines"]
_POSTS: Final = _BESIDE_MACHINES | {"candidature", "candidatures", "info", "support", "recruiter", "bewerbung"}
_ORACLE_SENDER: Final = regex(r"fa\.(?:ext\.)?sender\Z")


def is_unread(address: str) -> bool:
    """Return whether nobody reads what is sent to an address, such as ``no-reply@`` or ``jobs-noreply@``."""
    local, _, host = address.strip().casefold().rpartition("@")
    name, _, tag = local.partition("+")
    words = _split(name)
    return bool(
        _says_no_reply(words)
        or _says_no_reply(_split(tag))
        or _is_machine(words)
        or _is_tracking_system(name, words, frozenset(host.split(".")[:-1]))
    )


def _split(name: str) -> list[str]:
    """Return the words of the part before the @, without the numbers after them."""
    return [word for part in re.split(r"[-_.=]", name) if (word := part.rstrip("0123456789"))]


def _says_no_reply(words: list[str]) -> bool:
    runs = ("".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2) if end - start <= 4)
    return any(run in _NO_REPLY for run in runs) or any(
        word.startswith(("noreply", "donotreply")) or word.endswith(("noreply", "donotreply")) for word in words
    )


def _is_machine(words: list[str]) -> bool:
    beside = _BESIDE_MACHINES | _WORDS["maker_domains"] | _WORDS["machine_domains"]
    return (
        "".join(words) in _MACHINES
        or not _WORDS["machines"].isdisjoint(words)
        or (not _MACHINES.isdisjoint(words) and set(words) <= _MACHINES | beside)
    )


def _is_tracking_system(name: str, words: list[str], labels: frozenset[str]) -> bool:
    if name.startswith("reply"):  # reply+4711@ leads back into their system, where a person reads it
        return False
    return bool(labels & _WORDS["machine_domains"]) or bool(
        labels & _WORDS["maker_domains"] and words and (set(words) <= _POSTS or _ORACLE_SENDER.search(name))
    )

"""Addresses that nobody reads: no-reply senders, and the machines of applicant tracking systems. The one list of them.

An answer to such an address is lost, and its silence is taken for theirs. A person may well be called Reply, Mailer
or Nobody: words that can be somebody's name count only where nothing else stands beside them.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import Final


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Nobody is called so. They count wherever they stand in an address, in its tag too; written without separators.
_NO_REPLY: Final = frozenset(
    f"{no}{verb}"
    for no in ("no", "not", "donot", "dont", "never", "cannot")
    for verb in ("reply", "replies", "replyto", "respond", "response", "answer", "email", "mail")
) | _names(
    "autoreply autoreplies autorespond autoresponder autoresponse unmonitored notmonitored unattended "
    "keineantwort nichtantworten nepasrepondre sansreponse noresponder nocontestar noresponda naoresponda "
    "naoresponder nonrispondere nietbeantwoorden nietreageren geenantwoord svaraej svarainte ikkesvar svarikke "
    "eivastausta eivastata nieodpowiadaj nieodpowiadac neodpovidat neodpovidejte nevalaszoljon"
)
# The machine that sends, said by a word that is nobody's name.
_MACHINES: Final = _names(
    "notification notifications notify notifier mailerdaemon maildaemon automail automailer automated "
    "bounce bounces unsubscribe autonotify autonotification autonotifications systemmail systemmailer"
)
# Words that may be part of a name or of a post, as in norman.mailer@ or system.analyst@.
_MAYBE_MACHINES: Final = _names(
    "alert alerts auto automatic bot cron daemon devnull mailer mailbot nobody null postmaster robot system systems "
    "workflow"
)
# What stands beside those words in the address of a machine.
_BESIDE: Final = _names(
    "admin app application applications applicant applicants apply ats candidate candidates career careers email "
    "emails hiring hr job jobs mail message messages online portal recruiting recruitment service talent team the "
    "update updates web"
)
# Where only the machine of an applicant tracking system sends: the name before .com, .net, .eu.
_MACHINE_DOMAINS: Final = _names(
    "myworkday myworkdayjobs myworkdaysite myworkdaymail taleo taleoemail successfactors greenhouse-mail oraclecloud "
    "brassring kenexa silkroad"
)
# Where people of the maker have their own mailbox too: only names that are no person's are the machine.
_MAKER_DOMAINS: Final = _names(
    "applicantstack applytojob ashby ashbyhq bamboohr breezy breezy-mail bullhorn cornerstoneondemand csod "
    "greenhouse hire2retire icims jazzhr jobvite lever oracle personio pinpointhq recruitee rippling smartrecruiters "
    "softgarden teamtailor teamtailor-mail ultipro umantis workable workablemail workday"
)
_POSTS: Final = _BESIDE | _names("candidature candidatures info support recruiter bewerbung")
_ORACLE_SENDER: Final = re.compile(r"fa\.(?:ext\.)?sender\Z")


def is_unread(address: str) -> bool:
    """Tell whether nobody reads what is sent to an address, such as ``no-reply@`` or ``jobs-noreply@``."""
    local, _, host = address.strip().casefold().rpartition("@")
    name, _, tag = local.partition("+")
    words = _words(name)
    return bool(
        _holds_no_reply(words)
        or _holds_no_reply(_words(tag))
        or _is_machine(words)
        or _is_tracking_system(name, words, frozenset(host.split(".")[:-1]))
    )


def _words(name: str) -> list[str]:
    """Return the words of a local part, without the numbers behind them."""
    return [word for one in re.split(r"[-_.=]", name) if (word := one.rstrip("0123456789"))]


def _holds_no_reply(words: list[str]) -> bool:
    runs = ("".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2) if end - start <= 4)
    return any(run in _NO_REPLY for run in runs) or any(
        word.startswith(("noreply", "donotreply")) or word.endswith(("noreply", "donotreply")) for word in words
    )


def _is_machine(words: list[str]) -> bool:
    machine = _MACHINES | _MAYBE_MACHINES
    return (
        "".join(words) in machine
        or not _MACHINES.isdisjoint(words)
        or (not machine.isdisjoint(words) and set(words) <= machine | _BESIDE | _MAKER_DOMAINS | _MACHINE_DOMAINS)
    )


def _is_tracking_system(name: str, words: list[str], labels: frozenset[str]) -> bool:
    if name.startswith("reply"):  # reply+4711@ leads back into their system, where a person reads it
        return False
    return bool(labels & _MACHINE_DOMAINS) or bool(
        labels & _MAKER_DOMAINS and words and (set(words) <= _POSTS or _ORACLE_SENDER.search(name))
    )

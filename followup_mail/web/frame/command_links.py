"""From a command to the page that does the same: services say what to type, and a reader of pages wants to press."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from followup_mail.cadence.kinds import Kind
from followup_mail.regex import regex

_PLAIN: Final = {
    "account": "/accounts",
    "add": "/add",
    "allow-file": "/files",
    "candidate": "/candidates",
    "candidates": "/candidates",
    "check": "/check",
    "doctor": "/doctor",
    "list": "/applications",
    "proposals": "/proposals",
    "run": "/outbox",
    "service": "/service",
    "settings": "/settings",
    "setup": "/setup",
    "templates": "/wordings",
    "today": "/",
    "undo": "/undo",
    "voice": "/voice",
}
_OF_APPLICATION: Final = {
    "archive": "/applications/{}#decide",
    "ask": "/applications/{}/questions",
    "change": "/applications/{}/change",
    "edit": "/applications/{}/facts",
    "forget": "/applications/{}#decide",
    "log": "/applications/{}/log",
    "note": "/applications/{}#notes",
    "outcome": "/applications/{}/answer",
    "pause": "/applications/{}#decide",
    "plan": "/applications/{}",
    "rejected": "/applications/{}/answer?status=rejected",
    "resume": "/applications/{}/resume",
    "script": "/applications/{}/script",
    "show": "/applications/{}",
    "skip": "/applications/{}#plan",
    "snooze": "/applications/{}#decide",
}
_WRITES: Final = frozenset({"preview", "queue", "send"})
_SPOKEN: Final = regex(r"`?followup-mail ((?:[^`\s.,;:]|[.,:](?=[^\s`]))+(?: (?:\"[^\"]*\"|[^`\s.,;:]+))*)`?")

_OPTION: Final = regex(
    r"(?::| with) `(?:--|followup-mail [^`]*\b(?:APP|NAME)\b)[^`]*`|: followup-mail [^`.]*\b(?:APP|NAME)\b[^`.]*"
    r'|: --[a-z][\w-]*(?: "[^"]*")?'
)
"""What only a terminal needs of a sentence: an option, or a command in which something is still to be filled in."""
_DEED: Final = regex(
    r"(?P<what>(?:(?<=[,;:] )|(?<=\bor )|(?<=\band )|(?<![^\s(])(?=[A-Z]))(?!or |and |run )[^.;:,`]*?)(?: with |: )"
    r"(?:`followup-mail (?P<with>[^`]+)`"
    r"|followup-mail (?P<bare>(?:[^`\s.,;:]|[.,:](?=\S))+(?: (?:\"[^\"]*\"|[^`\s.,;:]+))*)"
    r"(?=[.;]|$))"
    r"|\brun `followup-mail (?P<run>[^`]+)` to (?P<to>[^.;`]+)"
)
"""What is done, with the command that does it: "Cancel it with ...", "run ... to send it as it is"."""
_NAMES: Final = {
    "archive": "its page",
    "pause": "its page",
    "plan": "its plan",
    "resume": "its page",
    "outbox": "the outbox",
    "inbox": "the inbox",
    "proposals": "the proposals",
    "settings": "the settings",
    "setup": "the settings",
    "service": "the service",
    "templates": "the wordings",
    "today": "the first page",
    "undo": "the page for taking back",
    "show": "its page",
    "list": "the applications",
}
"""What the page of a command is called where a sentence says only the command."""
_NUMBERED: Final = {"outbox": "mail", "inbox": "answer", "proposals": "proposal"}
_COUNTRY: Final = "add `country` to the facts"
_SAY_COUNTRY: Final = "name the country among the facts"


@lru_cache(maxsize=4_096)
def address_of(command: str) -> str:
    """Return the address of the page for a command, typed without the program's name; empty where there is none."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = command.split()
    name, rest = (words[0], words[1:]) if words else ("", [])
    if name == "cadence":
        return f"/methods/{quote(rest[1])}" if rest[:1] == ["show"] and len(rest) > 1 else "/methods"
    if name == "account" and rest[:1] == ["login"]:
        return "/setup/sign-in"
    return _of_number(name, rest) or _of_application(name, rest) or _PLAIN.get(name, "")


def _of_number(name: str, rest: Sequence[str]) -> str:
    """Return the page of a mail in the outbox or the inbox, or of a proposal, or the list of them."""
    if name not in {"outbox", "inbox", "proposals"}:
        return ""
    if name == "outbox" and rest[:1] == ["rewrite"]:
        return f"/outbox/rewrite?app={quote(rest[1])}" if rest[1:] else "/outbox"
    if name == "outbox" and rest[:1] == ["verify"]:
        return "/outbox/sound"
    number = next((bare for word in rest[1:] if (bare := word.lstrip("#m")).isdigit()), "")
    return f"/{name}/{number}" if number else f"/{name}"


def _of_application(name: str, rest: Sequence[str]) -> str:
    if name == "archive" and "--ended" in rest:
        return "/applications?show=ended"
    if name in {"pause", "resume"} and "--all" in rest:
        return "/applications#together"
    if not rest or rest[0].startswith("-") or rest[0].isupper():
        return ""
    if name in _WRITES:
        return _write_address(rest[0], rest[1:])
    return _OF_APPLICATION[name].format(quote(rest[0])) + _person(rest) if name in _OF_APPLICATION else ""


def _write_address(application: str, rest: Sequence[str]) -> str:
    kind = rest[0] if rest and rest[0] in set(Kind) else ""
    if not kind:
        return f"/applications/{quote(application)}"
    return f"/applications/{quote(application)}/write/{kind}{_person(rest)}"


def _person(rest: Sequence[str]) -> str:
    """Return the person whom a command names, as a query."""
    named = [after for word, after in pairwise(rest) if word == "--to"]
    return f"?{urlencode([('to', person) for person in named])}" if named else ""


def link_commands(text: str, here: str = "") -> Markup:
    """Return a sentence in which what a command does leads to the page that does it; commands and options are left out.

    ``here`` is the address of the page itself, which leads nowhere.
    """
    parts, at, text = list[Markup](), 0, _OPTION.sub("", text).replace(_COUNTRY, _SAY_COUNTRY)
    for found in _DEED.finditer(text):
        if address := address_of(found["with"] or found["bare"] or found["run"]):
            parts += [_link_names(text[at : found.start()], here), _link(found["what"] or found["to"], address, here)]
            at = found.end()
    return Markup().join([*parts, _link_names(text[at:], here)])


def _link_names(text: str, here: str) -> Markup:
    """Return words in which each command that a page can do is called as its page, and leads there."""
    parts, at = list[Markup](), 0
    for found in _SPOKEN.finditer(text):
        if address := address_of(found[1]):
            parts += [escape(text[at : found.start()]), _link(_name(found[1]), address, here)]
            at = found.end()
    return Markup().join([*parts, escape(text[at:])])


def _name(command: str) -> str:
    """Return what the page of a command is called in a sentence."""
    name = command.split(maxsplit=1)[0]
    number = address_of(command).rpartition("/")[2]
    if name in _NUMBERED and number.isdigit():
        return f"{_NUMBERED[name]} {number}"
    return _NAMES.get(name, "its page" if name in {*_OF_APPLICATION, *_WRITES} else "the page for it")


def _link(words: str, address: str, here: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words) if address != here else escape(words)

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
)
"""What only a terminal needs of a sentence: an option, or a command in which something is still to be filled in."""


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


def link_commands(text: str) -> Markup:
    """Return a sentence in which each command that a page can do leads to that page; options are left out."""
    parts, at, text = [], 0, _OPTION.sub("", text)
    for found in _SPOKEN.finditer(text):
        if not (address := address_of(found[1])):
            continue
        parts += [escape(text[at : found.start()]), Markup('<a href="{}">{}</a>').format(address, found[1])]
        at = found.end()
    return Markup().join([*parts, escape(text[at:])])

"""Where a sentence names an application, the page names its company, and leads there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from markupsafe import Markup

from followup_mail.web.frame.command_links import link_commands


def link_companies(text: str, slugs: Iterable[str], companies: Mapping[str, str]) -> Markup:
    """Return a sentence in which the first mention of each application leads to its page, by the company's name.

    It is mentioned by its company or its short name. Commands lead to their pages, as ``link_commands`` does it.
    """
    parts: list[Markup | str] = [text]
    for slug in slugs:
        company = companies.get(slug, slug)
        link = Markup('<a href="/applications/{}">{}</a>').format(quote(slug), company)
        parts = _link_first(parts, (company, slug), link)
    return Markup().join(part if isinstance(part, Markup) else link_commands(part) for part in parts)


def mentions(text: str, slug: str, companies: Mapping[str, str]) -> bool:
    """Return whether a sentence names an application."""
    return any(_find(text, name) for name in (companies.get(slug, slug), slug))


def _link_first(parts: list[Markup | str], names: Iterable[str], link: Markup) -> list[Markup | str]:
    """Return the parts with the first mention replaced by a link; what is a link already is left alone."""
    for name in names:
        for at, part in enumerate(parts):
            found = None if isinstance(part, Markup) else _find(part, name)
            if found:
                return [*parts[:at], part[: found.start()], link, part[found.end() :], *parts[at + 1 :]]
    return parts


def _find(text: str, name: str) -> re.Match[str] | None:
    """Return where a name stands as a word of its own; a part of a command is none."""
    if name not in text:
        return None
    for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
        if not re.search(r"followup-mail [^`.;:]*$", text[: found.start()]):
            return found
    return None

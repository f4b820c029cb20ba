"""Links and addresses in words that somebody else wrote: rather one too many than one too few.

A mail program makes a link of more than a web address with its scheme: of any word with a full stop and an ending, and
there are endings of every kind (".zip", ".tech"). What is no link is known: endings of files and of programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.language.addresses import compatible, find_addresses
from followup_mail.regex import regex

_ADDRESS: Final = regex(r"[^\s<>\"(),;:@]+@[^\s<>\"(),;:@]+\.[^\s<>\"(),;:@.]+")
_LINK: Final = regex(
    r"(?i)\b[a-z][a-z0-9+.-]*://[^\s<>\"]+|\bwww\.[^\s<>\"]+"
    r"|(?<![\w.])(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:xn--[a-z0-9-]+|[^\W\d_]{2,})(?![\w-])(?::\d+)?(?:[/?#][^\s<>\"]*)?"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b[^\s<>\"]*"
)
_FILES: Final = """
js ts jsx tsx json toml yaml yml xml txt csv tsv pdf doc docx odt xls xlsx ods ppt pptx odp png jpg jpeg gif svg html
css sql ipynb exe dll tar log bak ini cfg conf
"""
_NO_ENDING: Final = frozenset(_FILES.split())
_STOPS: Final = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61\u2024", "."))
_MOST: Final = 200
"""A link longer than so many letters is shortened."""


def find_links(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is in a text that leads elsewhere: "an address" or "a link", and its words as a program reads them."""
    plain = _as_read(text)
    addresses = list(dict.fromkeys(_ADDRESS.findall(plain)))
    yield from (("an address", found[:_MOST]) for found in addresses)
    links = [link for match in _LINK.finditer(plain) if _leads(link := match[0].rstrip(".,;:!?)"))]
    spoken = [words for start, end in find_addresses(plain) if _has_letter(words := plain[start:end])]
    links = [link for link in links if not any(link in words and link != words for words in spoken)]
    told = [*addresses, *links]
    links += [words for words in spoken if not any(words in each or each in words for each in told)]
    for found in dict.fromkeys(links):
        if not any(found in address for address in addresses):
            yield "a link", found[:_MOST]


def _as_read(text: str) -> str:
    """Return a text as a mail program reads it for links: without unseen letters, any full stop as the plain one."""
    return compatible(_between_words(text))[0]


def _between_words(text: str) -> str:
    """Make a full stop of other scripts the plain one where Latin letters follow: else it ends a sentence."""
    stops = {at for at, one in enumerate(text) if ord(one) in _STOPS and text[at + 1 : at + 2].isascii()}
    return "".join("." if at in stops else one for at, one in enumerate(text))


def _leads(found: str) -> bool:
    host = found.partition("/")[0]
    return "/" in found or host.rpartition(".")[2].casefold() not in _NO_ENDING


def _has_letter(words: str) -> bool:
    return any(map(str.isalpha, words))

"""The words of an HTML mail, for one that has no plain text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

HTML_LIMIT: Final = 500_000
_BREAKS: Final = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"})
_PARAGRAPHS: Final = frozenset({"p", "blockquote", "ul", "ol", "table", "h1", "h2", "h3", "h4"})
_SILENT: Final = frozenset({"script", "style", "head", "title"})


def text_of_html(html: str) -> str:
    """Return the text of a page, blocks on lines of their own. What a mail program would not show is left out."""
    reader = _Reader()
    reader.feed(html[:HTML_LIMIT])
    lines = "".join(reader.found).split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


class _Reader(HTMLParser):
    """Collects what is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _PARAGRAPHS:
            self.found.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(" ".join(data.replace("\n", " ").split(" ")))

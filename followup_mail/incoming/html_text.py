"""The words of an HTML mail, for one that has no plain text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from followup_mail.facts.quotation_words import ANNOUNCED

HTML_LIMIT: Final = 500_000
_BREAKS: Final = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"})
_PARAGRAPHS: Final = frozenset({"p", "blockquote", "ul", "ol", "table", "h1", "h2", "h3", "h4"})
_CELLS: Final = frozenset({"td", "th", "dt", "dd"})
_SILENT: Final = frozenset({"script", "style", "title"})


def text_of_html(html: str) -> str:
    """Return the text of a page, blocks on lines of their own. What a mail program would not show is left out."""
    reader = _Reader()
    reader.feed(html[:HTML_LIMIT])
    lines = [" ".join(line.split()) for line in "".join(reader.found).split("\n")]
    # Apple Mail puts what is passed on into the same block as what is quoted.
    if any(line.startswith(">") and line.strip("> :").casefold() in ANNOUNCED for line in lines):
        lines = [line.removeprefix(">").lstrip() for line in lines]
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


class _Reader(HTMLParser):
    """Collects what is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0
        self.quoted: list[bool] = []
        """For each block that is open: whether it is what a mail quotes."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BREAKS:
            self.quoted.append(_is_quotation(attrs)) if tag == "blockquote" else None
            self.found.append(self._break(1))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _CELLS:
            self.found.append(" ")
        elif tag in _PARAGRAPHS:
            if tag == "blockquote" and self.quoted:
                self.quoted.pop()
            self.found.append(self._break(2))

    def _break(self, count: int) -> str:
        """Return line breaks, with the mark of a quotation where the next line is one."""
        return ("\n" * count) + ("> " if any(self.quoted) else "")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(" ".join(data.replace("\n", " ").split(" ")))


def _is_quotation(attrs: list[tuple[str, str | None]]) -> bool:
    """Tell what an answer quotes from what is only indented, by the marks of mail programs."""
    said = {name: (value or "").lower() for name, value in attrs}
    return said.get("type") == "cite" or "quote" in said.get("class", "")

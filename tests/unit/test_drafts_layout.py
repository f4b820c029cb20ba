"""HTML from text: paragraphs, lists and links, and nothing that a fact could make of it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from draft_samples import WRITER, Job, apply, meet, write
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.drafts.html_layout import Block, Piece, blocks_of, lay_out, link_up

ALLOWED = {"html", "head", "meta", "title", "body", "div", "p", "br", "ul", "li", "a"}


class Page(HTMLParser):
    """What a mail program would see of a page: its tags, its links, its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self._in_head = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self._in_head = tag == "head" or (self._in_head and tag != "body")
        self.text += " " if tag in {"p", "br", "li"} else ""

    def handle_data(self, data: str) -> None:
        if not self._in_head:
            self.text += data


def page_of(text: str, subject: str = "A subject") -> Page:
    return Page(lay_out(WRITER.render, subject, text))


def test_paragraphs_lines_and_lists() -> None:
    """Empty lines part paragraphs, line breaks stay, lines with a bullet become a list."""
    assert blocks_of("Dear Tom,\n\nTwo things:\n- one\n- two\nBye,\nJo\n") == (
        Block(lines=((Piece("Dear Tom,"),),)),
        Block(lines=((Piece("Two things:"),),)),
        Block(entries=((Piece("one"),), (Piece("two"),))),
        Block(lines=((Piece("Bye,"),), (Piece("Jo"),))),
    )


def test_the_page_is_a_page() -> None:
    """It begins with its doctype, names its character set, and has the subject as its title."""
    html = lay_out(WRITER.render, "A & B", "Dear Tom,\n\n- one\n- two")
    assert html.startswith("<!doctype html>\n")
    assert "<title>A &amp; B</title>" in html
    assert '<meta charset="utf-8">' in html
    assert Page(html).tags.count("li") == 2


@pytest.mark.parametrize(
    ("line", "shown", "target"),
    [
        ("see https://x.example/a.", "https://x.example/a", "https://x.example/a"),
        ("(https://x.example/a)", "https://x.example/a", "https://x.example/a"),
        ("https://x.example/a_(b)!", "https://x.example/a_(b)", "https://x.example/a_(b)"),
        ("write to jo@x.example, please", "jo@x.example", "mailto:jo@x.example"),
        ("http://x.example/?a=1&b=2", "http://x.example/?a=1&b=2", "http://x.example/?a=1&b=2"),
        ("(see https://x.example/a.)", "https://x.example/a", "https://x.example/a"),
    ],
)
def test_addresses_become_links(line: str, shown: str, target: str) -> None:
    """The mark that ends a sentence, or the bracket around it, is not part of an address."""
    assert Piece(shown, target) in link_up(line)
    assert "".join(piece.text for piece in link_up(line)) == line


@pytest.mark.parametrize(
    "line",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https://...",
        "C++ at @work",
        "ftp://x.example",
        "JAVASCRIPT://x%0aalert(1)",
        "www.x.example",
        "a@b",
    ],
)
def test_nothing_else_becomes_a_link(line: str) -> None:
    """Only web and mail addresses."""
    assert link_up(line) == (Piece(line),)


MARKUP = st.sampled_from(
    [
        "<b>",
        "</p>",
        "<script>",
        "&amp;",
        "&#60;",
        '"',
        "'",
        "<!--",
        "-->",
        "<img src=x onerror=y>",
        "]]>",
        "</title>",
        "https://x.example/\"onclick='a'",
        "https://x.example/<b>",
        "jo@x.example",
        "- ",
        "* ",
        "{{ 7*7 }}",
        "{% if %}",
    ]
)
WORDS = st.text(st.characters(blacklist_categories=("C", "Z")), max_size=12)
LINES = st.lists(st.one_of(MARKUP, WORDS), min_size=1, max_size=6).map(" ".join)
BODIES = st.lists(LINES, min_size=1, max_size=8).map("\n".join)


@given(BODIES, LINES)
def test_no_text_makes_markup(text: str, subject: str) -> None:
    """Whatever stands in a text, the page has only the tags and attributes of the layout, and only safe links."""
    page = page_of(text, subject)
    assert set(page.tags) <= ALLOWED
    assert page.tags.count("meta") == 2
    assert page.attributes <= {"lang", "charset", "name", "content", "style", "href"}
    assert all(link.startswith(("https://", "http://", "mailto:")) for link in page.links)


@given(BODIES)
def test_both_parts_say_the_same_words(text: str) -> None:
    """The visible text of the page is the words of the plain text; only bullets are shown in another way."""
    plain = [line[2:].lstrip(" ") if line[:2] in {"- ", "* ", "\u2022 "} else line for line in text.split("\n")]
    assert page_of(text).text.split() == " ".join(plain).split()


@given(LINES, LINES, LINES)
def test_no_fact_makes_markup_or_lines(moment: str, link: str, company: str) -> None:
    """Facts of a whole draft: the tags of its page are those of any other draft."""
    person = {"name": "Tom", "email": "tom@x.example", "moment": f"a {moment}", "link": f"a {link}"}
    draft = write(apply(company=f"A {company}", interviews=meet(person)), Job(to="Tom", wording="short_note"))
    page = Page(draft.html)
    assert set(page.tags) <= ALLOWED - {"ul", "li"}
    assert page.tags.count("p") == draft.text.strip().count("\n\n") + 1
    assert page.text.split() == draft.text.split()

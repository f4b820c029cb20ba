"""The templates of pages: every sentence can be translated, and none loads anything or runs anything inside a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

import followup_mail

PAGES = Path(followup_mail.__file__).parent / "web" / "pages"
TEMPLATES = sorted(PAGES.rglob("*.html"))
_WORDS = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_SPOKEN = re.compile(r'\b(?:title|placeholder|aria-label|alt|label)="([^"{]*[A-Za-z]{2,}[^"{]*)"')
_NOT_SPOKEN = re.compile(
    r"<(style|script|svg)\b.*?</\1>|<!--.*?-->|<(?:code|kbd)>.*?</(?:code|kbd)>|&[a-z]+;", re.DOTALL
)


def _texts(path: Path) -> str:
    """Return a template with a mark where something is filled in, and without what is marked for translation."""
    parts, inside = [], False
    tokens = Environment(extensions=["jinja2.ext.i18n"]).lex(path.read_text("utf-8"))
    names: list[str] = []
    for _, kind, value in tokens:
        if kind == "block_begin":
            names = []
        elif kind == "name":
            names.append(value)
        elif kind == "block_end" and names:
            inside = names[0] == "trans" or (inside and names[0] != "endtrans")
        elif kind == "data" and not inside:
            parts.append(value)
        elif kind == "variable_begin":
            parts.append("\x00")
    return "".join(parts)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PAGES)))
def test_every_sentence_is_marked_for_translation(path: Path) -> None:
    """What a reader sees stands inside ``_()`` or ``{% trans %}``; names of the program and of keys aside."""
    text = _NOT_SPOKEN.sub(" ", _texts(path))
    spoken = _SPOKEN.findall(text)
    bare = re.sub(r"<[^>]*>", " ", text).replace("followup-mail", " ")
    assert [*spoken, *_WORDS.findall(re.sub(r"[<>].*", " ", bare))] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PAGES)))
def test_nothing_is_loaded_from_elsewhere_or_run_inside_a_page(path: Path) -> None:
    """No address of another site, no script, style or event inside the text: the policy of the page would stop it."""
    text = path.read_text("utf-8")
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"https?:", text) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)|\son[a-z]+=\"|\sstyle=\"|<style", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PAGES)))
def test_every_form_that_changes_something_carries_the_word(path: Path) -> None:
    """Each form that is posted has the hidden word of the browser that it was made for."""
    for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text("utf-8"), re.DOTALL):
        assert "form_word()" in form

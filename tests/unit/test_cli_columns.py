"""A table looks the same whether it was set by hand or by rich."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.cli.terminal import columns
from followup_mail.cli.terminal.columns import set_in_columns

STYLE = re.compile(r"\x1b\[[\d;]*m")
PLAIN = st.text(st.characters(max_codepoint=0x2FF), max_size=12)
STYLED = st.builds("\x1b[{}m{}\x1b[0m".format, st.sampled_from(["1", "2", "31", "32", "33"]), PLAIN.filter(bool))
ANY = PLAIN | STYLED | st.text(max_size=6)
# What a row is named by, its first cell, is never styled.
ROWS = st.integers(0, 4).flatmap(
    lambda count: st.lists(st.tuples(PLAIN, st.lists(ANY, min_size=count, max_size=count)), max_size=5)
)


@examples(times=3)
@given(ROWS, st.integers(20, 120), st.booleans())
def test_by_hand_as_by_rich(pairs: list[tuple[str, list[str]]], width: int, colour: bool) -> None:
    """Whatever stands in the cells, what is seen is what rich would show; without colour, to the byte."""
    rows = [[name, *others] for name, others in pairs]
    names = ["", "State", "When", "To", "Application"][: len(rows[0]) if rows else 3]
    by_rich = columns._fold_in_columns(names, rows, width, colour=colour)
    found = set_in_columns(names, rows, width, colour=colour)
    assert [STYLE.sub("", line).rstrip() for line in found] == [STYLE.sub("", line).rstrip() for line in by_rich]
    if not colour:
        assert found == by_rich


@pytest.mark.parametrize("cell", ["日本", "e\u0301", "a\tb", " a", "a\nb", "\u200b", "\x1b[31mred"])
def test_what_is_hard_to_measure_is_left_to_rich(monkeypatch: pytest.MonkeyPatch, cell: str) -> None:
    """Wide characters, marks and breaks are not set by hand."""
    monkeypatch.setattr(columns, "_fold_in_columns", lambda *_, **__: ["by rich"])
    assert set_in_columns(["Name"], [[cell]], 80, colour=False) == ["by rich"]
    assert set_in_columns(["Name"], [["Ada"]], 80, colour=False) == ["Name", "Ada"]

"""Values of letters, digits and signs that no mistake is made of are passed without the patterns being read."""

from __future__ import annotations

from itertools import product

from followup_mail.regex import regex
from followup_mail.settings.env_mistakes import _PLAIN, _data, explain_value

PLAIN = [one for one in map(chr, range(128)) if _PLAIN.fullmatch(one)]


def test_no_pattern_finds_anything_in_a_plain_value() -> None:
    """Each sign beside each other one, and words that look like settings, pass every pattern."""
    pairs = [f"{one}{other}x{one}{other}" for one, other in product(PLAIN, repeat=2)]
    values = [*pairs, "FOLLOWUP_HOME", "a FOLLOWUP_HOME b", "".join(PLAIN), ""]
    for mistake in _data()["values"]:
        assert [one for one in values if regex(mistake["pattern"]).search(one)] == []


def test_a_mistake_is_no_plain_value() -> None:
    """A sign of any mistake is still told."""
    assert explain_value("KEY", "> x", is_secret=False)
    assert explain_value("KEY", "x\n", is_secret=False) == ""  # what is around a value is left out
    assert explain_value("KEY", "x\ny", is_secret=False)
    assert explain_value("KEY", "x FOLLOWUP_NAME=y", is_secret=False)
    assert explain_value("KEY", "$(x)", is_secret=False)

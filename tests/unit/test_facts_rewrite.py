"""Rewriting a facts file: the facts change, the user's hand stays."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_mail.facts import rewrite as rewriting
from followup_mail.facts.application import Status
from followup_mail.facts.rewrite import apply_changes, rewrite

FILE = """\
# my notes on Acme
company = "Acme"  # the parent company
role = 'Engineer'

# what they said
[said]
calls = false  # she was clear
# quote = "..."

# the meetings
[[interviews]]
start = 2026-11-18T14:30:00

  [[interviews.people]]
  name = "Ann"

# end
"""


def test_a_change_touches_its_own_line_only():
    """Changing one value leaves every other character as it was."""
    assert rewrite(FILE, {"company": "Apex"}) == FILE.replace('"Acme"  #', '"Apex"  #')
    assert rewrite(FILE, {"said": {"calls": True}}) == FILE.replace("calls = false", "calls = true")


def test_new_keys_join_their_table_before_the_remark_on_the_next():
    """A new key stands behind the last of its table, not under the heading of what follows."""
    changed = rewrite(FILE, {"country": "DE", "said": {"interval": timedelta(weeks=2)}})
    assert changed == FILE.replace("role = 'Engineer'\n", "role = 'Engineer'\ncountry = \"DE\"\n").replace(
        "she was clear\n", 'she was clear\ninterval = "2 weeks"\n'
    )


def test_a_missing_table_is_made_at_the_end():
    """The first outcome gets a table of its own, after everything that is there."""
    outcome = {"status": Status.REJECTED, "on": date(2026, 12, 1), "references": ("<a@b>",), "by": None}
    assert rewrite(FILE, {"outcome": outcome}) == (
        f'{FILE}\n[outcome]\nstatus = "rejected"\non = 2026-12-01\nreferences = ["<a@b>"]\n'
    )


def test_nothing_is_added_for_nothing():
    """Removing what is not there changes nothing, and no empty table is made for it."""
    assert rewrite(FILE, {"outcome": {"on": None}, "cadence": None, "said": {"quote": None}}) == FILE


def test_a_key_is_removed_with_its_line():
    """None removes a key."""
    assert rewrite(FILE, {"said": {"calls": None}}) == FILE.replace("calls = false  # she was clear\n", "")


def test_line_ends_of_windows_stay():
    """A file with CRLF keeps CRLF, in new lines too."""
    changed = rewrite(FILE.replace("\n", "\r\n"), {"country": "DE", "outcome": {"status": "offer"}})
    assert changed == rewrite(FILE, {"country": "DE", "outcome": {"status": "offer"}}).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text",
    [
        'outcome = { status = "waiting" }\n',
        'outcome.status = "waiting"\n[said]\nquote = "x"\n',
        '[outcome]\n[said]\nquote = "x"',
        '[ "outcome" ]  # odd\nstatus = "waiting"\n',
        '[[interviews]]\nround = 1\n[outcome]\nstatus = "waiting"\n[[interviews]]\nround = 2\n',
        '[said]\nquote = """\n[outcome]\nstatus = "x"\n"""\n',
        "",
    ],
)
def test_every_way_to_write_a_table(text):
    """Inline, dotted, empty, oddly spelt or split tables are changed rightly, or refused; never wrongly."""
    changes = {"outcome": {"status": "rejected", "subject": 'a "b"\n\x7f\\'}, "country": "DE"}
    try:
        changed = rewrite(text, changes)
    except ValueError:
        return
    assert tomllib.loads(changed) == apply_changes(tomllib.loads(text), changes)


VALUES = st.none() | st.booleans() | st.integers(0, 99) | st.dates() | st.text(st.characters(exclude_categories=["Cs"]))
TABLES = st.dictionaries(st.sampled_from(["status", "on", "by", "quote"]), VALUES, max_size=4)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "company": VALUES,
        "notes": VALUES,
        "said": TABLES,
        "outcome": TABLES,
        "fit": st.lists(st.text(max_size=5).filter(str.isprintable)),
    },
)


@settings(max_examples=40)
@given(first=CHANGES, second=CHANGES)
def test_any_changes_arrive_and_the_remarks_stay(first, second):
    """After any two changes the file says exactly what it should, and every remark of its own is still there."""
    changed = rewrite(rewrite(FILE, first), second)
    assert tomllib.loads(changed) == apply_changes(apply_changes(tomllib.loads(FILE), first), second)
    for remark in ("# my notes on Acme", "# what they said", '# quote = "..."', "# the meetings", "# end"):
        assert remark in changed.splitlines()


def test_a_change_that_would_touch_more_is_not_made(monkeypatch):
    """The new text is read again: when it says anything but what was wanted, it is thrown away."""
    monkeypatch.setattr(rewriting, "_dump", lambda _values: 'role = "other"\n')
    with pytest.raises(ValueError, match="cannot be changed safely"):
        rewrite('company = "Acme"\n', {"country": "DE"})


def test_a_broken_file_is_not_rewritten():
    """What is not TOML is left to the user."""
    with pytest.raises(ValueError, match="not TOML"):
        rewrite("company = ", {"company": "x"})

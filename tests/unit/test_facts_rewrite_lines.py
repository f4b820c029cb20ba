"""Whatever the layout of a facts file: a change leaves each line outside the changed table as it is, byte for byte."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.facts.rewrite import apply_changes, rewrite

OUTCOME = {"outcome": {"status": "replied", "on": date(2026, 11, 30)}}
INTERRUPTED = """\
company = "Kestrel Optics"

[[interviews]]
round = 1
  [[interviews.people]]
  name = "Ines Duarte"

# nothing from them so far
[outcome]
status = "waiting"\t # still

[[interviews]]
round = 2
"""


def test_a_list_that_a_table_interrupts_stays_interrupted():
    """The second interview stays behind the outcome that stands between the two."""
    then = INTERRUPTED.replace('"waiting"\t # still\n', '"replied"\t # still\non = 2026-11-30\n')
    assert rewrite(INTERRUPTED, OUTCOME) == then


def test_a_new_table_does_not_move_what_interrupts_a_list():
    """A table that is made goes to the end; what is there keeps its order and its blank lines."""
    text = INTERRUPTED.replace("[outcome]\nstatus =", "[said]\nquote =") + "\n\n"
    assert rewrite(text, OUTCOME) == f'{text}[outcome]\nstatus = "replied"\non = 2026-11-30\n'


@pytest.mark.parametrize("ends", [("\r\n", "\n"), ("\n", "\r\n")])
def test_mixed_line_ends_stay_mixed(ends):
    """Where some lines end with CRLF and some with LF, each keeps its end, and a new line ends like the one before."""
    text = "".join(f"{line}{ends[at % 2]}" for at, line in enumerate(INTERRUPTED.splitlines()))
    at = INTERRUPTED.splitlines().index('status = "waiting"\t # still')
    lines = text.splitlines(keepends=True)
    lines[at] = lines[at].replace("waiting", "replied") + f"on = 2026-11-30{ends[at % 2]}"
    assert rewrite(text, OUTCOME) == "".join(lines)


def test_a_file_without_a_last_line_end_gets_none():
    """The last line gets a line end only where one is needed between it and a new line."""
    assert rewrite('a = 1\r\n[outcome]\r\nstatus = "x"', OUTCOME) == (
        'a = 1\r\n[outcome]\r\nstatus = "replied"\r\non = 2026-11-30'
    )
    assert rewrite('a = 1\n[outcome]\nstatus = "x"', {"outcome": {"status": "y"}}) == 'a = 1\n[outcome]\nstatus = "y"'


def test_a_value_that_is_there_already_is_left_as_it_is_written():
    """Saying again what the file says changes not a single character."""
    text = "[outcome]\n  status  =  'replied'\t\non=2026-11-30  # a Monday \n"
    assert rewrite(text, OUTCOME) == text


@pytest.mark.parametrize(
    ("text", "then"),
    [
        (
            'outcome . status = "waiting" # so far\nrole = "x" \n',
            'outcome . status = "replied" # so far\noutcome.on = 2026-11-30\nrole = "x" \n',
        ),
        (
            "[outcome.more]\nx = 1\n\t\n[outcome]\n\n# end",
            '[outcome.more]\nx = 1\n\t\n[outcome]\nstatus = "replied"\non = 2026-11-30\n\n# end',
        ),
        (
            "[outcome.more]\nx = 1\n# end\n",
            '[outcome.more]\nx = 1\n# end\n\n[outcome]\nstatus = "replied"\non = 2026-11-30\n',
        ),
        (
            "\t[outcome]\n\t\tby = '#'\t#\n#\n",
            "\t[outcome]\n\t\tby = '#'\t#\n\t\tstatus = \"replied\"\n\t\ton = 2026-11-30\n#\n",
        ),
        (
            '[outcome]\nstatus = """\\\n  waiting""" # a\n# b\n',
            '[outcome]\nstatus = "replied" # a\non = 2026-11-30\n# b\n',
        ),
    ],
)
def test_every_form_of_a_table_is_changed_where_it_stands(text, then):
    """Dotted, inline, indented, empty tables, and one behind its own sub-table, change in their place and form."""
    assert rewrite(text, OUTCOME) == then


def test_a_dotted_table_without_its_last_key_is_empty():
    """A table that only its dotted keys made stays, as an empty one."""
    text = "a = 1\nsaid.calls = true # yes\n# b\n"
    assert rewrite(text, {"said": {"calls": None}}) == "a = 1\nsaid = {}\n# b\n"


def test_an_inline_table_is_changed_in_its_line():
    """A table in one line stays in that line, with the remark behind it."""
    before, after = 'role = "x" \n', "  # so far\n\n\n[said]\n"
    changed = rewrite(f'{before}outcome = {{ status = "waiting" }}{after}', OUTCOME)
    line = changed.removeprefix(before).removesuffix(after)
    assert changed == f"{before}{line}{after}"
    assert tomllib.loads(line) == OUTCOME


def test_a_value_over_several_lines_goes_as_a_whole():
    """Removing or replacing a list that is spread over lines takes its lines and no other."""
    text = "[outcome]\r\nreferences = [ # ids\r\n  '<a@b>', # ]\n]\r\n\n# next\n"
    assert rewrite(text, {"outcome": {"references": None}}) == "[outcome]\r\n\n# next\n"
    changed = rewrite(text, {"outcome": {"references": ["<c@d>"]}})
    assert changed == '[outcome]\r\nreferences = ["<c@d>"]\r\n\n# next\n'


REMARKS = st.lists(
    st.sampled_from(["", " \t", "# naïve — «день» 🦉 ", "\t#!", '# outcome = "x" \t', "#[outcome]"]), max_size=3
)
VALUES = st.sampled_from(
    ["'a'", '"b # c"', "[1, # [\n 2]", '"""\n[outcome]\n#"""', "2026-11-30", "{ x = '#' }", "true"]
)


@st.composite
def tables(draw):
    """Return statements of one table, each with the name of the table that it belongs to."""
    name = draw(st.sampled_from(["said", "outcome"]))
    keys = draw(st.lists(st.sampled_from(["status", "on", "by"]), unique=True, max_size=3))
    pairs = [(key, draw(VALUES)) for key in keys]
    form = draw(st.sampled_from(["header", "inline", "dotted"]))
    indent, remark = draw(st.sampled_from(["", "  ", "\t"])), draw(st.sampled_from(["", " ", "\t# r", " #"]))
    if form == "inline" and not any("#" in value or "\n" in value for _, value in pairs):
        return name, form, [f"{name} = {{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}{remark}"]
    if form == "dotted" and pairs:
        return name, form, [f"{indent}{name}.{key} = {value}{remark}" for key, value in pairs]
    return name, "header", [f"{indent}[{name}]{remark}", *(f"{indent}{key} = {value}{remark}" for key, value in pairs)]


@st.composite
def layouts(draw):
    """Return a file as (line with its end, the table it belongs to), in which tables interrupt lists and each other."""
    found = {name: (form, lines) for name, form, lines in draw(st.lists(tables(), max_size=2))}
    blocks = [("", ["company = 'K'  "])]
    blocks += [(name, lines) for name, (form, lines) in found.items() if form != "header"]
    rest = [(name, lines) for name, (form, lines) in found.items() if form == "header"]
    rest += [("", ["[[interviews]]", "round = 1", "  [[interviews.people]] ", "  name = 'I'"])] * draw(
        st.integers(0, 2)
    )
    rest += [("", ["[said.more]", "x.y = [ ]"])] if "said" not in found or found["said"][0] == "header" else []
    blocks += draw(st.permutations(rest))
    lines = []
    for owner, statements in blocks:
        lines += [(line, "") for line in draw(REMARKS)]
        lines += [(line, owner) for one in statements for line in one.split("\n")]
    lines += [(line, "") for line in draw(REMARKS)]
    ends = draw(st.lists(st.sampled_from(["\n", "\r\n"]), min_size=len(lines), max_size=len(lines)))
    if draw(st.booleans()):
        ends[-1] = ""
    return [(line + end, owner) for (line, owner), end in zip(lines, ends, strict=True)]


NEW = (
    st.none() | st.booleans() | st.dates() | st.text("ab#\"'\\\n[é", max_size=5) | st.lists(st.text("a#]", max_size=2))
)
TABLE = st.dictionaries(st.sampled_from(["status", "on", "by", "quote"]), NEW, max_size=4)


@examples(times=2)
@given(layout=layouts(), changes=st.dictionaries(st.sampled_from(["said", "outcome"]), TABLE, min_size=1))
def test_all_other_lines_survive_any_change(layout, changes):
    """In random layouts, after random changes, every line of another table is there, in order, byte for byte."""
    text = "".join(line for line, _ in layout)
    changed = rewrite(text, changes)
    assert tomllib.loads(changed) == apply_changes(tomllib.loads(text), changes)
    left = changed.split("\n")
    for line in [line for line, owner in layout if owner not in changes]:
        wanted = line.removesuffix("\n")
        while left and left[0] != wanted and left[0] != f"{wanted}\r":
            left.pop(0)
        assert left, f"lost: {line!r}"
        assert left.pop(0) == wanted or not line.endswith("\n")

"""One person of a list is changed, and every other byte of the file stays."""

from __future__ import annotations

import tomllib

import pytest

from followup_mail.facts.rewrite_listed import rewrite_listed

FILE = """\
# my remark
company = "Acme"   # odd   spacing
fit = [
  "one",  # inside
]

[[interviews]]
start = "2026-11-18 14:00"

[[interviews.people]]
name = "Ada"
  email = "ada@x.example"   # hers
# moment = "an example"

[[interviews.people]]
name = "Tom"
discussed = [
  "a",
  "b",
]

[said]
quote = "soon"

[[interviews]]
start = "2026-11-20 14:00"

  [[interviews.people]]
  name = "Zoë"
  moment = "I liked that you wait."  # keep this

[[promised]]
what = "my start date\""""

ADA, TOM, ZOE = ("interviews", 0, "people", 0), ("interviews", 0, "people", 1), ("interviews", 1, "people", 0)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("place", [ADA, TOM, ZOE, ("promised", 0), ("interviews", 1)])
def test_a_new_key_is_one_more_line(place: tuple[str | int, ...], end: str) -> None:
    """A key that was not there becomes one line below the others of its table; all other lines stay, in order."""
    before = FILE.replace("\n", end)
    after = rewrite_listed(before, place, {"link": 'You say "no". I say ü.'})
    added = [line for line in after.split(end) if "link =" in line]
    assert len(added) == 1
    rest = [line for line in after.split(end) if "link =" not in line]
    assert [line for line in rest if line] == [line for line in before.split(end) if line]
    node: object = tomllib.loads(after)
    for part in place:
        node = node[part]  # type: ignore[index]
    assert isinstance(node, dict)
    assert node["link"] == 'You say "no". I say ü.'


def test_a_key_is_changed_in_its_line() -> None:
    """A key that is there keeps its line, indentation and remark; taken away, only that line goes."""
    after = rewrite_listed(FILE, ZOE, {"moment": "You wait."})
    assert after == FILE.replace("I liked that you wait.", "You wait.")
    assert rewrite_listed(FILE, ZOE, {"moment": None}) == FILE.replace(
        '  moment = "I liked that you wait."  # keep this\n', ""
    )


def test_a_list_that_grows_keeps_its_lines_and_remarks() -> None:
    """One more note on a person leaves the others where they are, with what is remarked on them."""
    text = '[[people]]\nname = "Ada"\ndiscussed = [\n  "the vans",  # twice\n  "the depot",\n]\n'
    grown = rewrite_listed(text, ("people", 0), {"discussed": ["the vans", "the depot", "fewer gaps"]})
    assert grown == text.replace('"the depot",\n', '"the depot",\n  "fewer gaps",\n')


def test_people_in_one_line_are_changed_too() -> None:
    """People written as inline tables are changed inside their line."""
    text = 'company = "A" # x\n[[interviews]]\npeople = [{ name = "Ada" }, { name = "Tom" }] # two\nround = 1\n'
    after = rewrite_listed(text, TOM, {"moment": "You wait."})
    assert tomllib.loads(after)["interviews"][0]["people"][1] == {"name": "Tom", "moment": "You wait."}
    lines = after.split("\n")
    assert [lines[0], lines[1], lines[3]] == ['company = "A" # x', "[[interviews]]", "round = 1"]
    assert lines[2].endswith("# two")


@pytest.mark.parametrize("place", [("interviews", 5, "people", 0), ("interviews", 0, "people", 7), ("promised", 1)])
def test_an_entry_that_is_not_there_is_refused(place: tuple[str | int, ...]) -> None:
    """Nothing is written for somebody who is not in the file any more."""
    with pytest.raises(ValueError, match="no such entry"):
        rewrite_listed(FILE, place, {"link": "x"})

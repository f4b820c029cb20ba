"""What the documentation shows of the code is what the code says now."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import followup_mail
from followup_mail.cli.kept_help import PLACE, is_made_by_installed
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.schema import facts_schema

ROOT = Path(followup_mail.__file__).parents[1]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh", DOCS / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_made_pages_are_up_to_date(refresh: ModuleType) -> None:
    """Every page and part that is made from the code says what the code says; `python docs/refresh.py` makes it so."""
    pages = refresh.fresh_pages()
    stale = {path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text}
    if not is_made_by_installed(Path(PLACE).read_text("utf-8")):
        stale.discard(Path(PLACE).name)  # it is not used with another version of typer, and may well read otherwise
    assert stale == set(), "run: python docs/refresh.py"


def test_every_room_is_on_the_map() -> None:
    """The page about the architecture names every room; every room says what it is for."""
    page = (DOCS / "architecture.md").read_text("utf-8")
    package = ROOT / "followup_mail"
    rooms = {one.parent.name: one.read_text("utf-8") for one in package.glob("*/__init__.py")}
    assert [room for room in rooms if f"`{room}`" not in page] == []
    assert [room for room, text in rooms.items() if not text.startswith('"""')] == []


def test_the_sample_facts_file_is_sound() -> None:
    """The example on the page about the facts file is read without a problem."""
    parse_application(_sample_facts(), Path("lumen-freight.toml"), "lumen-freight")


def test_every_fact_has_an_example(refresh: ModuleType) -> None:
    """Every key that a facts file may hold stands in the example, and so in a table of the page."""
    page = (DOCS / "facts-file.md").read_text("utf-8")
    schema = facts_schema()
    tables = {
        "top": schema,
        **{name: schema["$defs"][name] for name in schema["$defs"] if "properties" in schema["$defs"][name]},
    }
    places = {
        "Word": "said",
        "Person": "people",
        "Interview": "interviews",
        "Promise": "promised",
        "Outcome": "outcome",
        "Unsaid": "unsaid",
    }
    wanted = {(places.get(table, table), key) for table, node in tables.items() for key in node["properties"]}
    nested = {(table, key) for table, key in wanted if key in {"people", *places.values(), "contacts"}}
    assert wanted - nested - set(refresh.read_examples(page)) == set()


def _sample_facts() -> str:
    found = re.search(r"```toml\n(.*?)```", (DOCS / "facts-file.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]

"""Write again whatever in the documentation is made from the code: ``python docs/refresh.py``.

With ``--pictures`` those of the page are taken again as well, in a browser: docs/pictures.py says how.

Whole pages are made by the function that knows them. Inside a page written by hand, a made part stands between
``<!-- made: NAME -->`` and ``<!-- end -->``. tests/unit/test_docs_fresh.py checks that all of it is up to date.
"""

from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from inspect import getdoc, signature
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
_PART: Final = re.compile(r"(<!-- made: (?P<name>[^>]+?) -->\n).*?(<!-- end -->\n)", re.DOTALL)
_EXAMPLE: Final = re.compile(r"```toml\n(.*?)```", re.DOTALL)
# Of each kind of value that the schema knows by a pattern, one that fits no other.
_SAMPLES: Final = {
    "2026-11-18": "a day",
    "2026-11-18 14:30": "a moment",
    "45 min": "a span of time",
    "DE": "two letters",
    "priya@example.com": "an address",
}


def fresh_pages() -> dict[Path, str]:
    """Return the text that each made page, or page with made parts, should have."""
    from followup_mail.checks import rules_page
    from followup_mail.cli.help_texts import help_texts
    from followup_mail.cli.kept_help import PLACE
    from followup_mail.cli.man_page import man_page
    from followup_mail.cli.reference import cli_page
    from followup_mail.settings.env_example import env_example

    pages = {
        ROOT / "docs" / "cli.md": cli_page(),
        ROOT / "docs" / "rules.md": rules_page(),
        ROOT / "man" / "followup-mail.1": man_page(),
        ROOT / ".env.example": env_example(),
        Path(PLACE): help_texts(),
    }
    for path in sorted((ROOT / "docs").glob("*.md")):
        if path not in pages and _PART.search(text := path.read_text("utf-8")):
            pages[path] = refill(text)
    return pages


def refill(text: str) -> str:
    """Return a page with its made parts made again."""
    return _PART.sub(lambda found: f"{found[1]}{_make(found['name'], text)}{found[3]}", text)


def _make(name: str, page: str) -> str:
    kind, _, what = name.partition(" ")
    return _MAKERS[kind](what, page)


def _fields(table: str, page: str) -> str:
    """Return a table of the facts file's keys in one table of it, with the examples that the page gives."""
    from followup_mail.facts.schema import facts_schema

    schema = facts_schema()
    name = {"said": "Word", "people": "Person", "interviews": "Interview", "promised": "Promise", "unsaid": "Unsaid"}
    node: Mapping[str, Any] = schema["$defs"][name.get(table, "Outcome")] if table != "top" else schema
    tables = {"said", "contacts", "interviews", "people", "promised", "outcome", "unsaid"}
    examples = read_examples(page)
    rows = [
        (
            f"`{key}`{' (required)' if key in node.get('required', ()) else ''}",
            _say_type(value),
            f"`{examples[table, key]}`" if (table, key) in examples else "",
            value.get("description", "").replace("``", "`"),
        )
        for key, value in node["properties"].items()
        if key not in tables
    ]
    return _table(("key", "value", "example", "meaning"), rows)


def read_examples(page: str) -> dict[tuple[str, str], str]:
    """Return, for table and key, the first line of the page's example file that gives it."""
    found = _EXAMPLE.search(page)
    assert found, "the page about the facts file holds an example file"
    examples: dict[tuple[str, str], str] = {}
    table = "top"
    for line in found[1].split("\n"):
        if header := re.fullmatch(r"\[\[?([a-z.]+)\]\]?", line):
            table = {"contacts": "people", "interviews.people": "people"}.get(header[1], header[1])
        elif pair := re.match(r"([a-z_]+) = (.+?)(?:\s+# .*)?$", line):
            examples.setdefault((table, pair[1]), f"{pair[1]} = {pair[2]}")
    return examples


def _say_type(node: Mapping[str, Any]) -> str:
    """Return what kind of value a schema wants, in words."""
    kind = node.get("type", "array" if "anyOf" in node else "")
    if "$ref" in node:
        return "one of its words"
    if "pattern" in node and "maxLength" not in node:
        return next(words for sample, words in _SAMPLES.items() if re.search(node["pattern"], sample))
    if kind == "integer":
        return f"a number from {node['minimum']} to {node['maximum']}"
    if kind == "string":
        return f"text, up to {node['maxLength']:,} characters" if "maxLength" in node else "text"
    return {"array": "a list of texts", "boolean": "`true` or `false`"}[kind]


def _template_facts(_: str, __: str) -> str:
    """Return the facts that templates can use, each as the example on the page about the facts file has it."""
    from followup_mail.drafts.template_names import FACTS

    values = _sample_values()
    rows = [(f"`{name}`", words, _show(values.get(name)), _code(fix)) for name, (words, fix) in FACTS.items()]
    return _table(("name", "what it is", "for example", "how to supply it"), rows)


def _sample_values() -> Mapping[str, object]:
    """Return what a wording for the first person of the example would find, the day after the interview."""
    from followup_mail.drafts.template_context import Occasion, facts_for
    from followup_mail.facts.application_file import parse_application
    from followup_mail.message.draft import Mailbox, Sender

    path = ROOT / "docs" / "facts-file.md"
    found = _EXAMPLE.search(path.read_text("utf-8"))
    assert found, "the page about the facts file holds an example file"
    application = parse_application(found[1], path, "lumen-freight")
    sender = Sender(Mailbox("Jordan Example", "jordan@example.com"), phone="+1 312 555 0199")
    interview = application.interviews[0]
    occasion = Occasion(round=1, place=0, at=interview.end + timedelta(days=1))
    facts = facts_for(application, interview.people[0], sender, occasion)
    return {**facts, "attached": application.promised[0].what}


def _show(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_show, value))
    return str(value).replace("\n", "<br>") if value is not True else "true"


def _filters(_: str, __: str) -> str:
    from followup_mail.drafts.filters import FILTERS

    rows = []
    for name, one in FILTERS.items():
        more = ", ".join(list(signature(one).parameters)[1:])
        rows.append((f"`{name}({more})`" if more else f"`{name}`", _plain(getdoc(one) or "")))
    return _table(("filter", "what it does"), rows)


def _channels(_what: str, _page: str) -> str:
    """Return the sentence with the words that ``channel`` may have."""
    from followup_mail.cadence.wording import say_list
    from followup_mail.facts.channels import Channel

    words = [f'`"{channel}"`' for channel in Channel]
    return f"`channel` is {say_list(words, 'or')}.\n"


def _wordings(_: str, __: str) -> str:
    """Return the wordings that come along, by kind."""
    folders = sorted(one for one in (ROOT / "templates").iterdir() if one.is_dir() and list(one.glob("*.txt")))
    rows = [(f"`{one.name}`", ", ".join(f"`{file.stem}`" for file in sorted(one.glob("*.txt")))) for one in folders]
    return _table(("kind", "wordings"), rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    cells = ((cell.replace("|", "\\|") for cell in line) for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def _plain(docstring: str) -> str:
    return " ".join(docstring.partition("\n\n")[0].split()).replace("``", "`")


def _code(sentence: str) -> str:
    """Put what is to be written into a file between backticks."""
    return re.sub(r"(?<![`\w])(\w+ = (?:\[.*?\]|\".*?\"|[\w-]+))", r"`\1`", sentence)


def _gallery(_: str, __: str) -> str:
    """Return the mails of the gallery with the answers that they came from."""
    return "\n" + runpy.run_path(str(ROOT / "docs" / "gallery" / "make_mails.py"))["mails_page"]() + "\n"


def _providers(_: str, __: str) -> str:
    """Return what is known about mail providers, and the pages behind it."""
    from followup_mail.settings.providers import list_providers

    ways = {"app_password": "app password", "password": "password", "oauth": "OAuth"}
    rows = [
        (
            f"{one.name} (`{one.key}`)",
            f"{one.smtp}<br>{one.imap}",
            ", ".join(ways[way] for way in one.sign_in),
            f"{one.per_day:,}" if one.per_day else "not said",
            str(one.files_sent),
            "<br>".join(
                f"[{page.tells}]({page.page}) {page.by}{f' {page.on}' if page.on else ''}" for page in one.checked
            ),
        )
        for one in list_providers().values()
    ]
    heads = ("provider", "sending, mailbox", "sign-in, the best first", "a day", "copy in Sent", "pages")
    return _table(heads, rows)


_MAKERS: Final[dict[str, Callable[[str, str], str]]] = {
    "fields": _fields,
    "template-facts": _template_facts,
    "filters": _filters,
    "channels": _channels,
    "wordings": _wordings,
    "gallery": _gallery,
    "providers": _providers,
}


def main() -> int:
    """Write each page that is not up to date, and say which."""
    sys.path.insert(0, str(ROOT))
    for path, text in fresh_pages().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            print(f"Wrote {path.relative_to(ROOT)}")
    if "--pictures" in sys.argv[1:]:
        for path in runpy.run_path(str(ROOT / "docs" / "pictures.py"))["draw"]():
            print(f"Wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

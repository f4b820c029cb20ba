"""Checking a thousand drafts with every rule, beside other checkers: ``python bench/checks.py``.

The drafts are the notes of ``tests/corpus``, each made different, so that nothing is answered from memory. The peers
are measured on the same texts in the same run, where they are installed (``pip install proselint codespell``):

- proselint, a linter for prose, with its default checks
- codespell, a search for common misspellings, through its dictionary
- a plain pass: one regular expression of fifty phrases over each text, the least that any such check costs

Times are of one core (``process_time``).
"""

from __future__ import annotations

import platform
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from followup_mail.checks import CheckContext, all_rules, check_mail  # noqa: E402
from tests.corpus_loader import load_notes  # noqa: E402

COUNT = 1_000
_PLAIN = re.compile(
    r"\b(?:just checking in|touching base|circling back|as soon as possible|other offers?|i beg|dream job|"
    + "|".join(f"phrase number {n}" for n in range(43))
    + r")\b",
    re.IGNORECASE,
)


def make_contexts() -> list[CheckContext]:
    """Return a thousand different mails."""
    notes = [note.context for folder in ("good", "bad") for note in load_notes(folder)]
    return [replace(one, text=f"{one.text}\n{n}") for n, one in enumerate((notes * (COUNT // len(notes) + 1))[:COUNT])]


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """Return how long ``work`` takes for all texts."""
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


def proselint() -> Callable[[str], object] | None:
    """Return proselint's check, when it is installed."""
    try:
        from proselint.checks import __register__
        from proselint.registry import CheckRegistry
        from proselint.tools import LintFile
    except ImportError:
        return None
    CheckRegistry().register_many(__register__)
    return lambda text: LintFile(source="draft", content=text).lint()


def codespell() -> Callable[[str], object] | None:
    """Return a look-up of every word in codespell's dictionary, when it is installed."""
    try:
        import codespell_lib
    except ImportError:
        return None
    path = Path(codespell_lib.__file__).parent / "data" / "dictionary.txt"
    wrong = {line.partition("->")[0] for line in path.read_text("utf-8").splitlines()}
    word = re.compile(r"[\w\-'’]+")
    return lambda text: [one for one in word.findall(text) if one.lower() in wrong]


def main() -> None:
    """Measure and print."""
    contexts = make_contexts()
    texts = [context.text for context in contexts]
    check_mail(contexts[0])
    began = time.process_time()
    found = sum(len(check_mail(context)) for context in contexts)
    ours = time.process_time() - began
    words = sum(len(text.split()) for text in texts)
    version = platform.python_version()
    print(f"{COUNT} drafts, {words:,} words, {len(all_rules())} rules, {found} findings; Python {version}")
    print(f"{'followup-mail, all rules':<28} {ours:7.2f} s   {1000 * ours / COUNT:6.2f} ms a draft")
    peers = {"proselint": proselint(), "codespell": codespell(), "a plain pass of one regex": _PLAIN.findall}
    for name, work in peers.items():
        if work is None:
            print(f"{name:<28}  not installed")
            continue
        work(texts[0])
        took = seconds(work, texts)
        each = f"{1000 * took / COUNT:6.2f} ms a draft"
        print(f"{name:<28} {took:7.2f} s   {each}   ours takes {ours / took:.2f} times as long")


if __name__ == "__main__":
    main()

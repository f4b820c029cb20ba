"""How mails from a mailbox are understood: ``python bench/answers_understood.py [FOLDER] [--mistakes]``.

Prints counts for a folder of labelled mails (``tests/corpus/answers/development`` where none is named): how each kind
was understood, the answers that were missed, the rejections that were found. ``--mistakes`` names the mails.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.answers_corpus import DEVELOPMENT, NONE, Judged, judge  # noqa: E402

KINDS = ("answer", "automatic reply", "returned", "by hand", NONE)


def table(judged: list[Judged]) -> str:
    """Return how many mails of each kind were understood as what; one that may be two things counts as either."""
    counts = Counter((one.said if one.said in one.expected else one.expected[0], one.said) for one in judged)
    head = f"{'labelled':<16}" + "".join(f"{kind:>16}" for kind in KINDS)
    rows = [f"{wanted:<16}" + "".join(f"{counts[wanted, got]:>16}" for got in KINDS) for wanted in KINDS]
    return "\n".join((head, *rows))


def totals(judged: list[Judged]) -> str:
    """Return the figures that matter: what was missed, what was taken for an answer, the rejections."""
    missed = [one for one in judged if one.expected == ("answer",) and one.said != "answer"]
    false = [one for one in judged if "answer" not in one.expected and one.said == "answer"]
    rejections = [one for one in judged if one.label.get("tenor") == "no"]
    unread = [one for one in judged if one.found and not one.why_read]
    rows = {
        "mails": len(judged),
        "answers missed": len(missed),
        "taken for an answer": len(false),
        "rejections found": f"{sum(one.is_no for one in rejections)} of {len(rejections)}",
        "false rejections": sum(one.is_no and one not in rejections for one in judged),
        "body would not be read": len(unread),
        "bodies of others' mail read": sum(one.expected == (NONE,) and bool(one.why_read) for one in judged),
        "right in everything": sum(not one.mistakes() for one in judged),
    }
    return "\n".join(f"{name:<28}{value!s:>10}" for name, value in rows.items())


def main() -> None:
    """Read, count, print."""
    named = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    judged = judge(named[0] if named else DEVELOPMENT)
    print(table(judged), "", totals(judged), sep="\n")
    if "--mistakes" in sys.argv:
        print()
        for one in judged:
            for mistake in one.mistakes():
                print(f"{one.name}: {mistake}")


if __name__ == "__main__":
    main()

"""Blind reading: write the mails of a set, make sheets for readers who do not know whose mail is whose, count.

    python bench/blind_reading.py write --set SET --out r1/ours.jsonl [--answers FILE] [--only a01,a02]
    python bench/blind_reading.py sheets --ours r1/ours.jsonl --other SET/plain.jsonl \\
        --out r1/sheets --keys r1/keys --seed 7
    python bench/blind_reading.py facts --set SET --ours r1/ours.jsonl --out r1/sheets --keys r1/keys --seed 7
    python bench/blind_reading.py count --answers r1/answers --keys r1/keys [--reasons]

A reader gets one sheet and nothing else, and answers with a file of lines. ``docs/mails-measured.md`` explains it all.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.mail_sets import Mail, MailKey, Notes, merge_answers, read_answers, read_applications, read_mails  # noqa: E402
from bench.mail_writing import write_mails  # noqa: E402
from bench.notes_to_facts import Notebook  # noqa: E402
from bench.reading_count import explain_losses, list_agreements, make_table, read_keys, read_readers  # noqa: E402
from bench.reading_sheets import PER_SHEET, Paper, list_missing, make_fact_sheets, make_sheets, pair_mails  # noqa: E402


def write(given: argparse.Namespace) -> None:
    """Write our mails of a set, as lines and as a text to read aloud."""
    applications = read_set(given)
    wanted = read_mails(given.like or given.set / "plain.jsonl")
    notebook = Notebook()
    mails: list[Mail] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, application in applications.items():
            mails += write_mails(application, wanted, Path(folder) / name, notebook)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text("".join(f"{mail.as_line()}\n" for mail in mails), "utf-8")
    given.out.with_suffix(".txt").write_text("\n\n".join(map(read_aloud, mails)) + "\n", "utf-8")
    print(f"{sum(not mail.missing for mail in mails)} of {len(mails)} mails written to {given.out}")
    tell("not written", [f"{mail.key}: {mail.missing}" for mail in mails if mail.missing])
    asked = {key for key in wanted if key.application in applications}
    tell("wanted, but not by the dates of the set", [str(key) for key in asked - {mail.key for mail in mails}])
    tell("findings", [f"{mail.key}: {', '.join(mail.findings)}" for mail in mails if mail.findings])
    tell("left out of the facts", notebook.sentences)


def sheets(given: argparse.Namespace) -> None:
    """Make the sheets of a reading and their keys."""
    applications = read_set(given)
    ours, other = (of_these(read_mails(path), applications) for path in (given.ours, given.other))
    papers = make_sheets(pair_mails(ours, other, given.seed), applications, given.per_sheet)
    missing = list_missing(ours, other)
    rows = [{**key._asdict(), "why": why} for key, why in missing.items()]
    save(papers, given.out, given.keys)
    (given.keys / "missing.key.json").write_text(json.dumps({"missing": rows}, ensure_ascii=False, indent=1), "utf-8")
    tell("pairs lost, since ours is missing", [f"{key}: {why}" for key, why in missing.items()])
    tell("left aside, since the other side has no such mail", [str(key) for key in ours.keys() - other.keys()])


def facts(given: argparse.Namespace) -> None:
    """Make the sheets of the second pass: our mails beside the notes."""
    applications = read_set(given)
    mails = of_these(read_mails(given.ours), applications).values()
    save(make_fact_sheets(mails, applications, given.seed, given.per_sheet), given.out, given.keys)


def count(given: argparse.Namespace) -> None:
    """Print the table of a reading, and what could not be counted."""
    keys = read_keys(path.read_text("utf-8") for path in sorted(given.keys.glob("*.key.json")))
    texts = {path.stem: path.read_text("utf-8") for path in sorted(given.answers.glob("*.jsonl"))}
    answers = read_readers(texts, keys)
    print(make_table(keys, answers))
    agreed = [f"{a} and {b}: {same} of {of} pairs" for a, b, same, of in list_agreements(answers)]
    tell("two readers of one sheet said the same", agreed)
    tell("not counted", answers.faults)
    if given.reasons:
        tell("what was held against ours", explain_losses(keys, answers))


def read_set(given: argparse.Namespace) -> dict[str, Notes]:
    """Return the applications asked for, with what was asked later."""
    folder = given.set or given.other.parent  # only `sheets` goes without: the other mails lie in their set
    applications = read_applications(folder, filter(None, given.only.split(",")))
    answers = read_answers(given.answers)
    return {name: merge_answers(notes, answers.get(name, {})) for name, notes in applications.items()}


def of_these(mails: dict[MailKey, Mail], applications: dict[str, Notes]) -> dict[MailKey, Mail]:
    """Return the mails of some applications."""
    return {key: mail for key, mail in mails.items() if key.application in applications}


def save(papers: list[Paper], out: Path, keys: Path) -> None:
    """Write sheets and keys into their folders."""
    if out.resolve() in (keys.resolve(), *keys.resolve().parents):
        raise SystemExit("The keys must not lie where the readers look: give --keys another folder than --out.")
    for folder in (out, keys):
        folder.mkdir(parents=True, exist_ok=True)
    for paper in papers:
        (out / f"{paper.name}.txt").write_text(paper.sheet, "utf-8")
        (keys / f"{paper.name}.key.json").write_text(paper.key, "utf-8")
    print(f"{len(papers)} sheets in {out}, their keys in {keys}")


def read_aloud(mail: Mail) -> str:
    """Return a mail with its circumstances, for reading it aloud."""
    beside = ", ".join(
        filter(None, (mail.wording, mail.why_not, *mail.findings, *(f"attached {name}" for name in mail.attached)))
    )
    words = f"NOT WRITTEN: {mail.missing}" if mail.missing else f"Subject: {mail.subject}\n\n{mail.body}"
    return f"=== {mail.key}, {mail.at[:10]} ({beside})\n\n{words}"


def tell(heading: str, lines: Iterable[str]) -> None:
    """Print lines below a heading, if there are any."""
    found = list(lines)
    if found:
        print(f"\n{heading}:")
        print("\n".join(f"  {line}" for line in found))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(required=True)
    for job in (write, sheets, facts, count):
        command = commands.add_parser(job.__name__, help=(job.__doc__ or "").partition("\n")[0])
        command.set_defaults(job=job)
        add_options(command, job.__name__)
    given = parser.parse_args()
    given.job(given)


def add_options(command: argparse.ArgumentParser, name: str) -> None:
    """Add the options that a command understands."""
    if name == "count":
        command.add_argument("--answers", type=Path, required=True, help="the folder of the readers' answers (.jsonl)")
        command.add_argument("--keys", type=Path, required=True)
        command.add_argument("--reasons", action="store_true", help="also print what readers held against ours")
        return
    is_named = name != "sheets"
    command.add_argument("--set", type=Path, required=is_named, help="the folder with applications.jsonl")
    command.add_argument("--answers", type=Path, default=None, help="facts asked later (.jsonl)")
    command.add_argument("--only", default="", help="ids of applications, with commas")
    command.add_argument("--out", type=Path, required=True)
    if name == "write":
        command.add_argument(
            "--like", type=Path, default=None, help="mails that name each reader; plain.jsonl of the set"
        )
        return
    command.add_argument("--ours", type=Path, required=True)
    command.add_argument("--keys", type=Path, required=True, help="a folder that no reader sees")
    command.add_argument("--seed", type=int, required=True)
    command.add_argument("--per-sheet", type=int, default=PER_SHEET)
    if name == "sheets":
        command.add_argument("--other", type=Path, required=True)


if __name__ == "__main__":
    main()

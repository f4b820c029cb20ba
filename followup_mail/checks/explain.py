"""Explain rules: for ``check --explain CODE``, and on the reference page."""

from __future__ import annotations

from typing import Final

from followup_mail.checks.registry import all_rules, rule_named
from followup_mail.checks.rule import Rule
from followup_mail.checks.samples import Sample

_FAMILIES: Final = {
    "FM1": "Left over from a template",
    "FM2": "Wrong person, company, role or day",
    "FM3": "Not personal",
    "FM4": "What is better not said",
    "FM5": "Not now, or not any more",
    "FM6": "Attachments",
    "FM7": "Addresses",
    "FM8": "Style and tact",
    "FM9": "Only for the mails of a writing model",
}


def explain(code_or_name: str) -> str:
    """Return what a rule is about, with a bad and a good sample. ``all`` lists every rule, each on a line.

    Raises ``NotFoundError`` with the nearest rule.
    """
    if code_or_name.strip().casefold() == "all":
        return "\n".join(f"{rule.code}  {rule.severity:<7}  {rule.name:<20}  {rule.looks_for}" for rule in all_rules())
    rule = rule_named(code_or_name)
    kinds = f"\nFor: {_kinds(rule)}." if rule.kinds else ""
    return (
        f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.looks_for}{kinds}\n\nWhy: {rule.why}\nFix: {rule.fix}\n\n"
        f"Bad:\n{_indented(rule.bad)}\n\nGood:\n{_indented(rule.good)}"
    )


def rules_page() -> str:
    """Return the reference page of all rules, in Markdown."""
    parts = [_HEAD]
    for prefix, title in _FAMILIES.items():
        family = [rule for rule in all_rules() if rule.code.startswith(prefix)]
        if family:
            rows = "".join(_row(rule) for rule in family)
            parts.append(f"## {title}\n\n| code | name | severity | looks for |\n| --- | --- | --- | --- |\n{rows}")
            parts += [_section(rule) for rule in family]
    return "\n".join(parts)


_HEAD: Final = """# Rules

What `followup-mail check` looks for. This page is made from the rules themselves; after a change to them run
`python docs/refresh.py`.

An **error** stops `queue` and `send` until you fix it or name its rule with `--ignore`. A **warning** stops
nothing. `--select` and `--ignore` take codes (`FM204`), the beginning of codes (`FM8`), names (`wrong-company`) and
`errors`, `warnings`, `all`. How well each rule does on a collection of notes: [rules-measured.md](rules-measured.md).

No rule looks whether an attached file is still the one of the preview: the [last check](scheduling.md#the-last-check)
before a mail leaves does. A mail whose file was changed or deleted meanwhile waits for your decision.

To add a rule, copy a file in `followup_mail/checks/rules/` under a new code and change it. The program finds it, tests
it with its own samples, explains it and lists it here.

In the samples Sam Rivera writes to Dr. Catherine Okafor, Head of Data, whom he met at Northwind Labs on Tuesday,
17 November 2026 about a position as Data Engineer, together with Marcus Lindqvist. G0 to G4 are the five published
guides that the cadences come from.
"""


def _row(rule: Rule) -> str:
    return f"| [{rule.code}](#{_anchor(rule)}) | {rule.name} | {rule.severity} | {_cell(rule.looks_for)} |\n"


def _section(rule: Rule) -> str:
    kinds = f" For {_kinds(rule)}." if rule.kinds else ""
    return (
        f"### {rule.code} {rule.name}\n\n*{rule.severity.capitalize()}.* {rule.looks_for}{kinds}\n\n"
        f"{rule.why}\n\n**Fix.** {rule.fix}\n\nBad:\n\n{_block(rule.bad)}\n\nGood:\n\n{_block(rule.good)}\n"
    )


def _block(sample: Sample) -> str:
    given = f"{sample.given}\n\n" if sample.given else ""
    return f"{given}```text\n{_mail(sample)}\n```"


def _indented(sample: Sample) -> str:
    given = f"({sample.given})\n" if sample.given else ""
    return "\n".join(f"    {line}".rstrip() for line in f"{given}{_mail(sample)}".split("\n"))


def _mail(sample: Sample) -> str:
    return f"Subject: {sample.subject}\n\n{sample.words}"


def _kinds(rule: Rule) -> str:
    return ", ".join(sorted(str(kind).replace("_", " ") for kind in rule.kinds or ()))


def _anchor(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.name}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

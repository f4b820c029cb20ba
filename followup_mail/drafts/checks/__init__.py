"""Is it fit to send: a linter for follow-up mails.

``check_letter`` looks at a ``Letter`` with every rule in ``rules/`` and returns findings with a code, a place, the
offending words and what to do about them. ``Letter`` holds the words and whatever is known around them, so a mail
that was written elsewhere is checked too. Pure: no clock, no disk, no network.

Reading order: ``letter`` (what comes in), ``finding`` (what comes out), ``rule`` (what a rule is), any file in
``rules/``, ``engine``. ``explain`` and ``show`` put rules and findings into words for a terminal or a page.
"""

from followup_mail.drafts.checks.eml import parse_eml
from followup_mail.drafts.checks.engine import check_letter
from followup_mail.drafts.checks.explain import explain, rules_page
from followup_mail.drafts.checks.finding import Finding, Place, Severity, has_errors
from followup_mail.drafts.checks.letter import Companion, Enclosure, Letter, with_facts
from followup_mail.drafts.checks.registry import all_rules, choose_rules, rule_named
from followup_mail.drafts.checks.rule import Rule
from followup_mail.drafts.checks.show import refuse_errors, show_findings, summary

__all__ = [
    "Companion",
    "Enclosure",
    "Finding",
    "Letter",
    "Place",
    "Rule",
    "Severity",
    "all_rules",
    "check_letter",
    "choose_rules",
    "explain",
    "has_errors",
    "parse_eml",
    "refuse_errors",
    "rule_named",
    "rules_page",
    "show_findings",
    "summary",
    "with_facts",
]

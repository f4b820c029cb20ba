"""Is it fit to send: a linter for follow-up mails.

``check_mail`` looks at a ``CheckContext`` with every rule in ``rules/`` and returns findings with a code, a place,
the offending words and what to do about them. ``CheckContext`` holds the words and whatever is known around them, so a
mail that was written elsewhere is checked too. Pure: no clock, no disk, no network.

Reading order: ``letter`` (what comes in), ``finding`` (what comes out), ``rule`` (what a rule is), any file in
``rules/``, ``template_engine``. ``explain`` and ``show`` put rules and findings into words for a terminal or a page.
"""

from followup_mail.checks.context import CheckContext, Companion, Enclosure, with_facts
from followup_mail.checks.explain import explain, rules_page
from followup_mail.checks.finding import Finding, MailPart, Severity, has_errors
from followup_mail.checks.registry import all_rules, choose_rules, rule_named
from followup_mail.checks.rule import Rule
from followup_mail.checks.run_rules import check_mail
from followup_mail.checks.saved_draft import parse_eml
from followup_mail.checks.show_findings import refuse_errors, show_findings, summary

__all__ = [
    "CheckContext",
    "Companion",
    "Enclosure",
    "Finding",
    "MailPart",
    "Rule",
    "Severity",
    "all_rules",
    "check_mail",
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

"""A linter for follow-up mails.

``check_mail`` runs every rule in ``rules/`` on a ``CheckContext`` and returns findings, each with a code, a place, the
offending words and what to do about them. A ``CheckContext`` has the words and whatever is known around them, so that a
mail from elsewhere can be checked too. Pure but for reading its own data files: no clock, no network.

Reading order: ``context`` (what comes in), ``finding`` (what comes out), ``rule`` (what a rule is), any file in
``rules/``, ``phrase_rule``, ``run_rules``. ``words/`` has lists of words and phrases. ``explain`` and ``show_findings``
write rules and findings for a terminal or a page.
"""

from followup_mail.checks.context import Briefing, CheckContext, Companion, with_facts
from followup_mail.checks.explain import explain, rules_page
from followup_mail.checks.finding import Finding, MailPart, Severity, has_errors
from followup_mail.checks.mail_kind import guess_kind
from followup_mail.checks.registry import all_rules, choose_rules, rule_named
from followup_mail.checks.rule import Rule
from followup_mail.checks.run_rules import check_mail
from followup_mail.checks.saved_draft import parse_eml
from followup_mail.checks.show_findings import refuse_errors, show_findings, summary

__all__ = [
    "Briefing",
    "CheckContext",
    "Companion",
    "Finding",
    "MailPart",
    "Rule",
    "Severity",
    "all_rules",
    "check_mail",
    "choose_rules",
    "explain",
    "guess_kind",
    "has_errors",
    "parse_eml",
    "refuse_errors",
    "rule_named",
    "rules_page",
    "show_findings",
    "summary",
    "with_facts",
]

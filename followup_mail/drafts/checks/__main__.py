"""Print the reference page of the rules: ``python -m followup_mail.drafts.checks > docs/rules.md``."""

import sys

from followup_mail.drafts.checks.explain import rules_page

sys.stdout.write(rules_page())

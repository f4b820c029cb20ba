"""What an assistant can do about a finding, where the rule names what only a person can: it sets no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from followup_mail.checks import Finding

_PROMISED: Final = (
    "You can't attach a file. Ask the user how they will get it. If they attach it, they name the file themselves: "
    "`followup-mail change`, or on the page. If the mail is to say something about it, propose that sentence with the "
    'option promise-says ("PROMISE: SENTENCE") of propose_facts; once the user accepted it, write it word for word.'
)
_FIXES: Final[Mapping[str, str]] = {
    "FM601": _PROMISED,
    "FM602": f"Leave these words out, or: {_PROMISED}",
    "FM605": f"{_PROMISED} If it is not said whom it was promised to, propose promised-to.",
}


def say_fix(finding: Finding) -> str:
    """Return how an assistant mends what was found."""
    return _FIXES.get(finding.code, finding.fix)

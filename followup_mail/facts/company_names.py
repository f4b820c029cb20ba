"""What tells a company from others: its name without "Ltd", "GmbH" and the like."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from followup_mail.facts.names import slugify
from followup_mail.facts.word_lists import WordLists

LEGAL_FORMS: Final = WordLists(Path(__file__).with_suffix(".toml"))["legal_forms"]


def company_core(company: str) -> str:
    """Return a company as one handle without its legal form: "moss-vine" for "Moss & Vine Ltd."."""
    words = slugify(company).split("-")
    return "-".join(word for word in words if word not in LEGAL_FORMS) or "-".join(words)

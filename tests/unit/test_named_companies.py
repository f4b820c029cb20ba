"""Sentences on Today name companies, and each name leads to the application."""

from __future__ import annotations

import pytest

from followup_mail.web.frame.named_companies import link_companies, mentions

COMPANIES = {"acme": "Acme <b>& Söhne", "lumen": "Lumen Freight"}
ACME = '<a href="/applications/acme">Acme &lt;b&gt;&amp; Söhne</a>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Thank-you to Tom, Acme <b>& Söhne", f"Thank-you to Tom, {ACME}"),
        ("acme has ended weeks ago", f"{ACME} has ended weeks ago"),
        ("acme-two has ended", "acme-two has ended"),
        (
            "<i> goes on with followup-mail resume acme",
            '&lt;i&gt; goes on with <a href="/applications/acme/resume">its page</a>',
        ),
        ("nothing", "nothing"),
    ],
)
def test_the_first_mention_leads_to_the_application(text: str, said: str) -> None:
    """A company or a short name becomes a link with the company's name; everything else stays text."""
    assert link_companies(text, ("acme",), COMPANIES) == said
    assert mentions(text, "acme", COMPANIES) == (ACME in said)


def test_several_applications_are_named_in_one_sentence() -> None:
    """Each of them gets its own link, and a name inside a link is not linked again."""
    said = link_companies("acme and lumen have ended", ("acme", "lumen"), COMPANIES)
    assert said == f'{ACME} and <a href="/applications/lumen">Lumen Freight</a> have ended'

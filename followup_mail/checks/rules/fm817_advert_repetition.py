"""FM817: words copied from the job advert."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.checks.text_overlap import longest_shared, shared_words

MOST = 12
"""Words in runs of four that may stand in the advert too: its title, and the name of a tool or two."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if not mail.context.advert.strip():
        return
    shared = shared_words(mail, mail.context.advert, run=4)
    if sum(shared) > MOST:
        message = "The advert says the same: '{words}'."
        yield in_body(mail, longest_shared(mail, shared), message)


_ADVERT = """We are looking for a Data Engineer who will design, build and maintain reliable data pipelines, work
closely with stakeholders across the business, and champion data quality in everything we do."""

RULE = Rule(
    code="FM817",
    name="advert-repetition",
    severity=WARNING,
    looks_for="Long passages copied from the job advert.",
    why="They know what they wrote. G3: stress fit in your own words, and bring something that was not discussed.",
    fix="Describe in your own words what you have done that shows it.",
    bad=Sample(
        "I can design, build and maintain reliable data pipelines, work closely with stakeholders across the business, "
        "and champion data quality.",
        given=(
            "The advert says: 'design, build and maintain reliable data pipelines, work closely with stakeholders ...'"
        ),
        changes={"advert": _ADVERT},
    ),
    good=Sample(
        "The pipelines that I built at the freight company carried customs papers; a wrong digit meant a truck at the "
        "border.",
        given=(
            "The advert says: 'design, build and maintain reliable data pipelines, work closely with stakeholders ...'"
        ),
        changes={"advert": _ADVERT},
    ),
    inspect=_inspect,
)

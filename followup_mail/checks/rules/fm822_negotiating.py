"""FM822: negotiating in a thank-you."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cadence.step import Kind
from followup_mail.checks.matching import in_body, phrase_spans
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import WARNING, Rule, Spot
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    my/expected/desired/minimum (annual/base/gross/net) salary/compensation/remuneration/pay/wage/package \
        expectation/expectations/requirement/requirements/is/of/would/needs/range/should/must
    salary/compensation/remuneration/pay/wage \
        expectation/expectations/requirement/requirements/negotiation/negotiations/package
    that/the/base/starting/annual/gross/net/higher/better salary/pay/compensation \
        i'm/i/would/could/if/than/of/plus
    match/matches/meet/beat/exceed that/this/the/my (base/starting/current) salary/offer/pay/figure/number/amount
    a/an salary/compensation/remuneration of/between/around/above/below/from
    salary of/between/around/above/below
    i expect/want/need/require/ask/am/would (for) (looking/hoping/asking/expect/need/want) (for) (a/an) \
        (base/gross/net/higher/better) salary/compensation/raise/bonus
    open/willing/happy/like/want/room/ready to (discuss) negotiate/negotiating/negotiation/negotiations
    negotiate/negotiating the/my/your/our/this/a salary/pay/terms/package/contract/offer/conditions
    room for negotiation
    discuss (the/my/your) salary/compensation/remuneration/bonus
    talk/speak about the/my/your salary/compensation/remuneration/bonus
    what salary/bonus/pay/compensation do/does/would/will/is/can
    is (the/your/this) (salary/pay/compensation) negotiable
    salary/pay/compensation/wage .. negotiable
    regarding/concerning/about (the/my/your) salary/compensation/remuneration i/we
    as for (the/my) salary/compensation/remuneration/pay
    not (start/work/come/sign/accept) (for) less than {number}
    signing/sign-on/relocation/joining bonus/package/allowance/payment
    least {number} (thousand/k) euros/dollars/pounds/percent/francs/thousand/k
    days/weeks of (paid) holiday/vacation
    vacation/holiday days/allowance/entitlement
    paid vacation/holiday/leave/overtime
    home/remote office/working days/allowance
    days/day a/per/each week from home
    work {number} days from home
    days/day of home/remote (office/work)
    salary/pay/wage be raised/increased/adjusted/higher
    gross/net/base/annual salary be/is/of/could/would/must/should/to/at
    as to/for the/my terms/conditions
    prefer/like/want/need to start in/on/not/later/earlier/only
    company car !pool/fleet/park
    stock/share options
    health insurance included/covered/offered/provided/is/would
    offer/provide/include/including/with (private) health insurance
    pension plan/contribution/scheme
    per diem
    higher/better pay/salary/wage
    pay rise/raise
    work/working from home (on) {number} days
    work/working remotely {number} days
    start date would/must/cannot/should/has
""")
_TERMS = ("salar", "compensation", "remuneration", "negotia", "pension", "insurance", "bonus", "wage", "leave", "stock")


def _look(reading: ParsedMail) -> Iterable[Spot]:
    told = " ".join(reading.parties.told)
    for span in phrase_spans(reading, _SAID):
        # Somebody who applies in payroll, or talked about pension plans, may well write about them.
        if not any(word in told for word in _TERMS if word in reading.plain(span)):
            yield in_body(reading, span, "'{words}' negotiates.")


RULE = Rule(
    code="FM822",
    name="negotiating",
    severity=WARNING,
    looks_for="Salary, bonus, days of leave or from home, in a thank-you.",
    why="A thank-you thanks. Terms belong into the talk about an offer, and there is none yet.",
    fix="Leave it out until they make an offer.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs. About my salary expectations: there is room to negotiate.",
        kind=Kind.THANK_YOU,
    ),
    good=Sample(
        "Thank you for the talk about the nightly jobs, the alarms and the payroll data. Our conversation about "
        "how you pay "
        "for the streaming service was worth the visit.",
        kind=Kind.THANK_YOU,
    ),
    look=_look,
    kinds=frozenset({Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL}),
)

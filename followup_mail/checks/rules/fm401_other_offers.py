"""FM401: other offers."""

from __future__ import annotations

from followup_mail.checks.matching import phrases_said
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import ERROR, Rule
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    other/another/competing/rival/outstanding/second/better/counter (job/written/firm) offer/offers from
    competing/rival/outstanding/multiple (job/written/firm) offers !of/to/for/on
    other (job/written/firm) offers i/from/elsewhere/that/which/open/pending/at
    two/three/four/five/several/many (other/more) (job/written/firm) offers \
        from/on/open/already/i/elsewhere/pending
    a/the/one/my job offer
    another (job/written/firm) offer (of/i've/i/that/which) employment/have/is/was/now/from/on/with/but/and/at
    another/competing/rival/better/counter job/written/firm offer
    competing/rival/outstanding/better/counter offer/offers
    employer has/have (now/already) offered (me)
    offered me more/better/higher money/salary/pay/conditions/terms
    with/to (two/one/some/several/three) (of) your competitor/competitors
    respond/reply/answer to a/an different/other/second offer
    courted/headhunted/approached by another/other/several/your
    counteroffer/counteroffers/counter-offer
    offer/offers from another/other/elsewhere/competitor/competitors/different/rival
    offer/offers .. on the table
    job/written/firm offer/offers from/elsewhere
    have/having/received/got/had/holding/hold/accepted/weighing/considering/expect/expecting (already) (also) \
        (just) (been) an/another/two/three/several/other (job/written/firm/attractive/formal/better/generous) \
        offer/offers from/elsewhere/already/too/in/on/with/pending/and/that/which/at
    have/having/received/got/holding/hold (now/already) two/three/four/several/many/other/more (job/other/more) \
        offers !of/to/for
    have/having (received/got/been) (received/got/made) two/three/four/several/many/other/more (job/other/more) \
        offers !of/to/for
    made an/another (job/attractive/good/very) (good/attractive) offer
    have/i've been made an/another offer
    second/another/other/different employer/company/firm/organisation/organization has/have/wants/asked
    other employers/companies/firms are/have/want/were/too
    received/receive an/another .. offer
    been offered a/another/the .. job/position/role/contract/post elsewhere/at/by/with
    been/was/were offered a/another .. job/position/role/contract/post
    offered me a/another .. job/position/role/contract/post
    have/made me an offer
    final/last/late/later/advanced round/rounds/stage/stages (of/interviews/interview) (interviews/talks) \
        with/at/elsewhere/for (two/three/several/other/another/a/one)
    final/last/late/later/advanced round/rounds/stage/stages elsewhere
    interviewing/interview/talks/process/processes with/at/elsewhere (several/other/two/three/a/few) \
        (few/number/other) (other) companies/employers/firms/competitors/organisations/organizations/places
    interviewing/interview/interviews elsewhere
    in talks with other/another/several/two/three/your
    other/several/two/three/multiple companies/employers/firms .. \
        interested/interviewing/waiting/want/wants/chasing/courting/competing
    other/another company/companies/employer/employers/firm/firms has/have (already/also) \
        offered/made/asked/invited/given
    other opportunities/options/positions/roles i .. considering/weighing/pursuing/have
    considering/weighing/pursuing/exploring other opportunities/options/positions/roles/offers
    your competitor has/have/is/offered/made/wants
    accept/accepting/take/taking another/other/their (job) offer/position
    turned/turn down another/other/two/three/several .. offer/offers
    made/makes me a/an .. offer
    my other interviews/applications
    decide/decision/answer .. other/another offer
    reply/respond/answer to another/other/their (job) offer
""")

RULE = Rule(
    code="FM401",
    name="other-offers",
    severity=ERROR,
    looks_for="Offers from others, final rounds elsewhere, 'several companies are interested'.",
    why=(
        "G2: never mention other offers in a follow-up. It reads as pressure; it belongs into a call, once they "
        "have made one."
    ),
    fix="Leave it out of the mail.",
    bad=Sample(
        "Thank you for the talk about the nightly jobs. I should say that I have received another offer this week."
    ),
    good=Sample(
        "Thank you for the talk, for the coffee that I was offered, and for the way you offer mentoring in every team.",
    ),
    look=phrases_said(_SAID, "'{words}' brings up other offers."),
)

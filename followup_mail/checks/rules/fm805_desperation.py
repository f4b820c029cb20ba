"""FM805: desperation."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.matching import in_body, is_negated, phrase_spans
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import WARNING, Rule, Spot
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    i'm/am/feel/felt/getting/become/becoming/grow/growing (very/so/quite/a/really/truly/rather) (little/bit) \
        desperate
    desperate for/to
    desperately need/want/hope/hoping/wish/wait/waiting/seek/seeking/looking/searching
    in despair
    losing hope
    lost/lose all hope
    my last/only hope/chance !for/of
    everything depends on
    my (whole/entire) future/life/world depends/hangs/rests
    means/mean everything to me
    means/mean the world to me
    can't/cannot/unable/couldn't/don't (to) (really) sleep/eat for/because/until/at/anymore/thinking/any/since
    can't/cannot sleep !on/in/under/with
    hundred/hundreds applications/rejections
    hundred/hundreds of applications/rejections
    can't/cannot think of/about anything else
    think of/about nothing else
    check/checking/checked/refresh/refreshing (my/the) inbox/email/emails/phone/mailbox/mail \
        every/each/all/constantly/daily/twice/ten
    after (so/many/six/seven/eight/nine/ten/eleven/twelve/several/countless) (many) months/years/weeks without \
        (a/any) work/job/income
    months/years/year/weeks without (a/any) job/work/income/salary !on/for/in/at
    months/years/year/weeks of unemployment/rejections/rejection
    been unemployed/jobless
    out of work for/since
    out of a job
    unemployed/jobless for/since
    running/run/ran out of savings/money/cash/options
    my savings are/is/have/will
    rent is due
    behind on/with my/the/our rent/mortgage/bills
    bills to pay
    visa expires/expiring/ends/depends
    my visa runs/is/will
    no other options/option/prospects/choice
    nobody else will/would/wants/wanted/invites/calls/answers
    no one else will/would/wants/wanted/invites/calls/answers
    cannot/can't live without it/this/the
    all i (ever/have/could) (ever) want/wanted/need/hoped
    hundreds/dozens/countless of applications/rejections
    any position/job/role/work/vacancy at all
    any position/job/role/work/vacancy whatever/whatsoever
    any position/job/role/work (that) you have/can
    take/accept/do any position/job/role/salary/work
    willing/ready/prepared to accept/take/do any/anything/whatever
    whatever you can/have offer/pay/available
    would/will/i'd/i'll (even/gladly) give anything/everything/my
    what will/would/shall become of me
    don't/not know what i will/would/'ll/shall/am do/going
    i (really/so/truly/desperately/do) want/need this (job/position/so/more/very) (very/than) much/badly/anything
    really need this/the/a job/position
    dream of a lifetime
    my (lifelong/absolute/biggest/greatest/life's) dream job/come
    my (lifelong/absolute/biggest/greatest) dream to work
    dreamed/dreamt of nothing
    heartbroken/devastated
    break my heart
""")


def _look(reading: ParsedMail) -> Iterable[Spot]:
    for span in phrase_spans(reading, _SAID):
        if not is_negated(reading, span):
            yield in_body(reading, span, "'{words}' sounds desperate.")


RULE = Rule(
    code="FM805",
    name="desperation",
    severity=WARNING,
    looks_for="'Desperate', 'my last hope', 'I cannot sleep', 'months without work', 'any position at all'.",
    why="G2: never sound desperate. It makes the reader wonder why nobody else has hired you.",
    fix="Say what draws you to this work, once, and calmly.",
    bad=Sample("After ten months without work this is my last hope, and I would take any position at all."),
    good=Sample(
        "Moving the nightly jobs is work that I would enjoy, and I hope to hear from you when you have decided."
    ),
    look=_look,
)

"""FM823: reproach in the answer to a rejection."""

from __future__ import annotations

from followup_mail.cadence.step import Kind
from followup_mail.checks.matching import phrases_said
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import REJECTIONS, WARNING, Rule
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    i don't/cannot/can't/fail/still (to/don't/cannot) (really/quite) understand/see why/how/your/this/what
    i do/can/could not (really/quite) understand/see/accept why/how/your/this
    i don't/cannot/can't/do (not) (really) accept/agree/believe (with) your/this/the \
        decision/reason/reasons/choice
    hard/difficult/impossible to understand/accept/believe/follow/swallow
    surprised/astonished/shocked/stunned/puzzled/baffled/bewildered/dismayed by/at your/this/the/that
    it/that/this (has) surprised/astonished/shocked/stunned/puzzled/baffled/bewildered/dismayed/hurt me
    i'm/am/was/i (have) (must/to) (say/admit) (that) (i) (am/was/quite/very/rather/really) \
        (quite/very/rather/really) \
        astonished/shocked/stunned/puzzled/baffled/bewildered/dismayed/hurt/insulted/offended
    disappointed by/with/in/at your/how
    deeply/bitterly/extremely disappointed
    you led me to
    you gave/made me (the) impression/believe/hope/think
    gave me every/good reason
    led me/us to believe
    false hopes/hope/impression/promises
    raised my hopes
    your (own/big/great) loss
    big/great/grave/serious mistake/error
    making a mistake
    you (have) made/make a (big/great/grave/serious) mistake/error
    will/may/might/you'll (come) (to) regret
    regret your/this decision
    unfair/unfairly/unjust/unjustified/discriminated/discrimination/discriminating
    not fair
    i deserve/deserved
    i was/am (clearly/obviously/surely/certainly/by/far) (the) (far) better/best/most/more \
        (qualified/suited/experienced) candidate/person/qualified/suited/experienced/choice
    overlooked/ignored/dismissed/disregarded my
    after all the time/effort/hours/work/weeks i
    after (all) that (time/effort/work) i
    so much time/effort/work/preparation into/for
    spent/invested (so/hours/days/weeks/a/many/three/several) (much/hours/days/lot/weeks) .. for nothing
    all/work/effort/hours for nothing
    in vain
    waste/wasted of time
    wasted my/on/a
    form/standard letter/email/mail/reply/rejection
    automated/two-line/one-line/generic/canned/impersonal rejection/email/mail/reply/message/answer/letter
    two lines from
    could (at) (least) have (at) (least) called/told/written/let/shown/had
    should/might have told/called/said/written/informed
    does not expect
    with more respect
    i would have thought
    one would (have) expect/think/expected/thought
    i (had) expected more/better from/of/than
    was/were led to believe
    rejection/decision/answer/news was/is/came a/as (a) shock/blow/insult
    i can only conclude/assume/suspect/suppose
    promised to a/somebody/someone/another
    decided/settled/chosen/fixed long before
    an insider/insiders
    you/you'll/will be sorry
    never again
    won't/not be applying/recommending
    i shall/will (not) tell/warn others/everyone/people
    wrong decision/choice/person/candidate
    whoever you chose/picked/hired
    lucky/luckier candidate/one
    no wonder
""")

RULE = Rule(
    code="FM823",
    name="reproach",
    severity=WARNING,
    looks_for="'I don't understand why', 'your loss', 'after all the time I put in', in the answer to a rejection.",
    why="G0: thank the employer for their time all the same. They will hire again.",
    fix="Thank them, wish them well, and stop.",
    bad=Sample(
        "Thank you for letting me know, although I do not understand why, after all the time that I put into the task.",
        kind=Kind.REJECTION_THANKS,
    ),
    good=Sample(
        "Thank you for letting me know. I had hoped for another answer; the talk about the nightly jobs was worth it.",
        kind=Kind.REJECTION_THANKS,
    ),
    look=phrases_said(_SAID, "'{words}' reproaches."),
    kinds=REJECTIONS,
)

"""FM404: begging."""

from __future__ import annotations

from followup_mail.drafts.checks.looking import phrases_in_core
from followup_mail.drafts.checks.phrases import phrases
from followup_mail.drafts.checks.rule import ERROR, Rule
from followup_mail.drafts.checks.sample import Sample

_SAID = phrases("""
    i beg/implore/beseech/plead you/for/with/that
    i'm/am/i'd/would/to (literally/practically/almost/not) beg/begging/pleading/beseeching/imploring \
        (you/for/with)
    begging/imploring/beseeching/beg you
    please .. please
    please/just/only/kindly give me a/one/this/the/another (single/last/fair/more/second) \
        chance/opportunity/shot/try
    give me a/one/this/the/another (single/last/fair/more/second) chance/shot
    please/just don't/do (not) reject/forget/refuse/dismiss/overlook me
    please/just let me (have/prove) (this/the) job/position/prove/show/work/work/try
    please/just hire/choose/pick/take/select/employ me
    i (really/badly/truly/so/do/desperately/just/urgently) need this/the/a/your/that/any \
        job/position/work/income/opportunity/money/salary/chance
    need the money/income/salary/pay
    i'd/would/will/i'll do anything/whatever (it/to/for/you) (takes/get/have/ask/want)
    do anything for/to (this/the/get/have/be/join/work)
    willing to do anything
    on my knees
    my/our family/children/kids/wife/husband/visa depends/depend/rely/relies/is/are/needs/need .. \
        on/upon/job/starving/salary
    feed my/our family/children/kids
    pay my/our/the rent/bills/mortgage
    work for free/nothing/less/half/any/no
    without pay/salary
    any job/position/role/salary/work (at/in/you/would/will/that/is) (all/have/can/do/fine)
    have mercy
    for god's/heaven's sake
    last/only/one hope
    you're/are my last/only hope
    lower/lesser salary if/is/would/than
    my life depends
    i have nobody/nothing else/left
""")

RULE = Rule(
    code="FM404",
    name="begging",
    severity=ERROR,
    looks_for="'Please give me a chance', 'I really need this job', 'I would do anything', 'my family depends on it'.",
    why="G2: never sound desperate. It shifts the talk from what you bring to what you lack.",
    fix="Say what you would bring, and leave the need out.",
    bad=Sample("Please give me a chance. I really need this job, and I would do anything to get it."),
    good=Sample("If there is a chance to see the pipelines at work, I would gladly come by, no matter which day."),
    look=phrases_in_core(_SAID, "'{words}' begs."),
)

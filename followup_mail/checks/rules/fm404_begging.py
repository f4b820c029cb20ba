"""FM404: begging."""

from __future__ import annotations

from followup_mail.checks.matching import phrases_said
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import ERROR, Rule
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    i beg/implore/beseech you/for
    i'm/am/i'd/would begging/beg/pleading/plead/beseeching/imploring (with) you/for
    begging/imploring/beseeching you
    pleading with you
    please .. please give/let/consider/help/hire
    please/just/only/kindly give me a/one/this/the/another (single/last/fair/more/second) \
        chance/opportunity/shot/try !at/on/with/and
    give me a/one/this/the/another (single/last/fair/more/second) chance/shot !at/on/with/and
    i plead/pleaded with
    please take me !through/to/round/back/along
    work harder/more than anyone/anybody/everyone
    work .. for free/nothing
    please/just don't/do (not) reject/forget/refuse/dismiss/overlook me
    please/just let me have/prove (this/the/myself) (job/position)
    please/just hire/choose/pick/employ me
    i (really/badly/truly/so/do/desperately/just/urgently) need this/the/a/any job/position/work/income/salary
    i (really/badly/truly/so/do/desperately/just/urgently) need this (very/so) badly/much
    need the money/income/salary
    i'd/would/will/i'll do anything/whatever for/to/it/you
    do anything for/to (get/have) (this/the/a) job/position/get/chance
    willing to do anything
    on my knees
    my/our family/children/kids/wife/husband/visa depends/depend/rely/relies on/upon
    feed my/our family/children/kids
    pay my/our/the rent/bills/mortgage
    behind on/with my/the/our rent/mortgage/bills
    i/i'll/i'd would/will/'ll/could/can (even/gladly/also) work for free/nothing/less/half
    work/start without/for pay/nothing/free
    have mercy
    for god's/heaven's sake
    you're/are my last/only hope
    for less/half/lower (salary/pay/money) if/than you
    my life depends
    save/saving my life
    i have nobody/nothing else
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
    look=phrases_said(_SAID, "'{words}' begs."),
)

"""FM402: ultimatums."""

from __future__ import annotations

from followup_mail.checks.matching import phrases_said
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import ERROR, Rule
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    if i don't/do/haven't/have/cannot/can't (not) hear/heard/receive/received/get/got .. by/before/within/until
    if i don't/do (not) hear/receive/get (anything/back) from/back/anything/nothing/an/a/your .. i'll/i
    if you don't/do/haven't/can't/cannot/fail (not/to) .. i'll/i/by/within/before
    if there/that is no reply/answer/response/decision/news by/within/until/before
    unless i hear/receive/get/have
    unless you/there .. by/within/before
    i need/require/expect/demand/want an/a/your .. answer/reply/response/decision/offer/update \
        by/before/within/today/tomorrow/now/this/no/soon/immediately
    i need to know/hear (from/back/your) .. by {day}
    i need to know/hear (from/back) (you/your) (answer/decision) by/before/within/no
    i must/have know/hear/have/insist/ask/receive/to .. by {day}
    please/kindly answer/reply/respond/decide/confirm/inform .. by/before/within/no {day}
    please/kindly let me know/have .. by/before/no/within {day}/later/latest
    let me know (your) (decision) by/before/within {day}
    answer/reply/response from you by {day}
    answer/reply/response/decision/hear/know/respond/decide/confirm .. no later than
    give me your/an/the answer/decision/reply .. by/before/within/today/tomorrow
    ask/want/expect you to decide/answer/reply/respond/confirm .. by/before/within {day}
    decide/answer/reply/respond/confirm before {day}
    should i hear/receive/get nothing/no
    can/will only wait until/till/for/to
    unless you (can/do/will) get/come/let/give/write/call/reply/answer/decide/make/send/confirm
    regard my application/candidacy/candidature as withdrawn/closed
    i will/shall/i'll (have/to) (to) pull out
    by {day} at the latest
    your/my last/final chance/warning/notice/deadline/reminder/opportunity
    this/that is my/your/the last/final chance/warning/notice/reminder/offer/deadline/attempt
    final/last warning/notice/reminder
    take it or leave
    or else i
    otherwise i/i'll (will/shall/must/have/am/would) (be/to/have) .. withdraw/accept/sign/assume/forced/decline
    i'll/will/shall/must be forced/obliged/compelled to
    i will/shall/would (have/be) (to/forced) (to) withdraw/accept/sign/decline .. by/on/unless/if/elsewhere/my
    i'll (have/be) (to/forced) (to) withdraw/accept/sign
    withdraw my application/candidacy/candidature
    i can't/cannot/won't wait any/much/for/longer/until/beyond
    i give/gave you until/till
    you have until/till {day}
    my patience is/has/wears/runs !with
    lose/losing/lost (my) patience !with
    the last time (that) i will/shall/write/ask/contact/call
    i expect (to) have/receive/get/hear your/a/an decision/answer/reply
    i expect your decision/answer/reply
    after/from {day} (on) i will/shall/am/can no longer
    i will/shall/am/i'm (then) no longer (be) available/interested
    am/be/i'm no longer available/interested
    i will/shall/i'll (have/to) (to) assume/conclude (that) you/there/this/i/the
    i give you {number} day/days/week/weeks
    must act/decide/answer/choose before/by/within
    clarity/certainty by {day}
    deadline for your/you .. answer/reply/decision/response/to
""")

RULE = Rule(
    code="FM402",
    name="ultimatum",
    severity=ERROR,
    looks_for="'If I don't hear by Friday', 'I need an answer by', 'I will withdraw', 'last chance'.",
    why="Nobody wins a position by a deadline of their own; G1: stay respectful at all times.",
    fix="Ask when they expect to decide, and leave the rest out.",
    bad=Sample("Thank you for the talk. If I don't hear from you by Friday, I will have to withdraw my application."),
    good=Sample("You hoped to decide by Friday. If you need anything from me before then, let me know."),
    look=phrases_said(_SAID, "'{words}' reads as an ultimatum."),
)

"""FM402: ultimatums."""

from __future__ import annotations

from followup_mail.drafts.checks.looking import phrases_in_core
from followup_mail.drafts.checks.phrases import phrases
from followup_mail.drafts.checks.rule import ERROR, Rule
from followup_mail.drafts.checks.sample import Sample

_SAID = phrases("""
    if i don't/do/haven't/have/cannot/can't (not) hear/heard/receive/received/get/got .. by/before/within/until/i
    if i don't/do (not) hear/receive/get .. i'll/i
    if you don't/do/haven't/can't/cannot/fail (not/to) .. i'll/i/by/within/before
    if there/that is no reply/answer/response/decision/news by/within/until/before
    unless i hear/receive/get/have
    unless you/there .. by/within/before
    i need/require/expect/demand/want an/a/your .. answer/reply/response/decision/offer/update \
        by/before/within/today/tomorrow/now/this/no/soon/immediately
    i need to know/hear (from/back/your) .. by/before/within/today/tomorrow/this/no
    i must/have know/hear/have/insist/ask/receive/to .. by {day}
    please/kindly answer/reply/respond/decide/confirm/inform .. by/before/within/no {day}
    please/kindly let me know/have .. by/before/no/within {day}/later/latest
    let me know (your) (decision) by/before/within {day}
    answer/reply/response from you by {day}
    no later than
    by {day} at the latest
    last/final chance/warning/notice/deadline/reminder/opportunity to/for/before/i
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
    my patience
    i will/shall/i'll assume/conclude/take that/you/the/your/this
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
    look=phrases_in_core(_SAID, "'{words}' reads as an ultimatum."),
)

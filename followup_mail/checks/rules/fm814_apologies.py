"""FM814: apologies piled up."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.matching import in_body, is_negated, phrase_spans
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import WARNING, Rule, Spot
from followup_mail.checks.samples import Sample

MOST = 1
_SAID = phrases("""
    sorry for/to/about/if/that/again/but/once
    i'm/am (so/very/really/truly/terribly/awfully/deeply/extremely/just) sorry
    so/very/really/truly/terribly/deeply sorry
    apologies/apology for/if/about/again/in
    my (sincere/sincerest/deepest/humble/profound) apologies
    i (do/must/want/would/really/sincerely/deeply/also/again) (to/like) (to) apologise/apologize
    i'd (like/want) (to) apologise/apologize
    please/kindly/do (also) forgive/excuse/pardon me/my/the/this
    please/kindly/do (also) accept my apologies
    forgive/excuse/pardon me for/if
    forgive/excuse/pardon my/the/this (long/poor/bad/late/repeated/brief/many/short)
    beg your pardon
    i hope you/this/i can/will/do/is/am/don't (not) (forgive/excuse/pardon) (a/an) \
        (me/bothering/disturbing/nuisance/intrusion/bother) me/my/you
    hate/hesitate/afraid/ashamed/embarrassed to bother/disturb/trouble/intrude
    bother/bothering/disturb/disturbing/trouble/troubling you
    don't/not want/mean/wish to bother/disturb/trouble/intrude
    my fault
""")


def _look(reading: ParsedMail) -> Iterable[Spot]:
    found = [span for span in phrase_spans(reading, _SAID) if not is_negated(reading, span)]
    if len(found) > MOST:
        yield in_body(reading, found[MOST], f"There are {len(found)} apologies; the last but one was enough.")


RULE = Rule(
    code="FM814",
    name="apologies",
    severity=WARNING,
    looks_for="Two or more apologies.",
    why="A follow-up is expected, not an intrusion. Apologising for it makes it one.",
    fix="Apologise once for what went wrong; for writing, not at all.",
    bad=Sample(
        "I am so sorry to bother you again, and I apologise for the length of my answer about the nightly jobs."
    ),
    good=Sample(
        "I was sorry to hear about the night alarms. My answer was: no, please don't apologise, ours were worse."
    ),
    look=_look,
)

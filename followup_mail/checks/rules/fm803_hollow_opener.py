"""FM803: openers that say nothing."""

from __future__ import annotations

from followup_mail.checks.matching import phrases_said
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import WARNING, Rule
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    just/quickly/simply (wanted/wanting) (to) (quickly/briefly) checking/check in
    just/quickly/simply (wanted/wanting) (to) (quickly/briefly) touch/touching base
    just/quickly/simply (wanted/wanting) (to) (quickly/briefly) circling/circle back
    just/quickly/simply (wanted/wanting) (to) (quickly/briefly) following/follow up
    just/quickly/simply (wanted/wanting) (to) (quickly/briefly) reaching/reach out
    just a (quick/brief/short/little/friendly/gentle) follow-up/followup/reminder/check-in/nudge/ping
    just a quick/brief/friendly/gentle line/note/word
    checking in on/with/to/about/again/regarding/quickly/briefly
    i'm/i'd/wanted/like/want/writing (like) (to) (quickly/briefly) check/checking in
    i'm/i'd/wanted/like/want/writing (like) (to) (quickly/briefly) touch/touching base
    i'm/i'd/wanted/like/want/writing (like) (to) (quickly/briefly) circling/circle/looping/loop back
    am (quickly/briefly) checking in
    am (quickly/briefly) touching base
    am (quickly/briefly) circling/looping back
    touching base on/with/about/regarding you/the/my/our/this/again
    circling/looping back on/about/regarding
    bumping/bump this
    following/follow up on my last/previous/earlier/recent/below/email/mail/message/application
    per my last/previous/earlier email/mail/message
    i hope this/the/my email/mail/message/note/letter finds/find/reaches
    hope/hoping/trust this/the/my email/mail/message/note/letter finds/find/reaches
    gentle/friendly/quick/kind/small reminder/nudge/ping/bump
    in case you missed my/this/the
    in case my last/previous/earlier
""")

RULE = Rule(
    code="FM803",
    name="hollow-opener",
    severity=WARNING,
    looks_for="'Just checking in', 'touching base', 'circling back', 'I hope this email finds you well'.",
    why="It tells a busy reader in the first line that nothing new follows.",
    fix="Begin with the reason for writing: the question, or the thing that came to mind.",
    bad=Sample("I am just checking in on the Data Engineer position. The nightly jobs are still on my mind."),
    good=Sample(
        "The nightly jobs have been on my mind since we spoke. When I checked in at the hotel I drew the plan."
    ),
    look=phrases_said(_SAID, "'{words}' says nothing."),
)

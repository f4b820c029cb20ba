"""FM804: pressure."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.matching import in_body, in_subject, is_negated, phrase_spans
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.prose import word_set, words_of
from followup_mail.checks.rule import WARNING, Rule, Spot
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    answer/reply/respond/decide/confirm/write/call (me) immediately/urgently/promptly
    please/kindly answer/reply/respond/decide/confirm/write/call (me) (back) today/now/quickly/at
    urgently need/require/request/await/ask
    time is running/short
    running out of time
    the clock is ticking
    can't/cannot wait (any/much) longer
    i need/want to hear (back) (from) (you) (back) urgently/soon/quickly/today/now
    i need to know (by/before/soon/now/today/whether/if/where/what/when) \
        by/before/soon/now/today/whether/if/where/what/when
    i need to know soon/now/today/whether/if
    i need/expect/require an/your answer/reply/response/decision
    i expect to hear
    your prompt/quick/immediate/swift/urgent answer/reply/response/decision
    hurry up
    when can/will/may i finally
    is/be (very/quite/extremely) urgent for/that/to me/you/i
    please hurry
    without (any) further/more delay
    every day counts
    why have/haven't you not/answered/replied/written/called
    what is taking/the hold-up
    keep calling/writing/phoning/emailing/ringing/messaging
    i/i'll will/shall/call/write/phone (again/you) (be) (again) every day/morning/week
    i will/shall/i'll (be) call/calling/phone/phoning/write/writing/email/emailing (you) (again) \
        every/daily/until/tomorrow
    until somebody/someone/you/i can/gives/give/get/answer/answers/hear/reply/have
    call/called/calling/phoned/phoning/written/emailed (you/your) (office/desk) (again/and) (again) every \
        day/morning/hour
    called/phoned/rang/tried/emailed (you/your/the) (office/desk/reception) three/four/five/six/several/many \
        times
    have/i've (now/already) (now/already) written/called/phoned/emailed/asked (you) (now) \
        three/four/five/six/several/many times
    call/phone/ring (you/your) (assistant/office/secretary/desk/reception/team) every/each/daily/until
    my third/fourth/fifth/sixth email/mail/message/call
    this is my third/fourth/fifth/sixth (email/mail/message/call/note)
""")
# Pressing only where something is wanted from the reader; patients are got out of bed as soon as possible too.
_HURRY = phrases("""
    asap
    as soon as possible
    as soon as you possibly can
    as quickly/promptly as possible
    at the (very) earliest/soonest
    immediate/urgent/prompt/swift/speedy/rapid/quick \
        answer/reply/response/attention/decision/action/feedback/news
""")
_WANTED = word_set("please kindly me i i'd my your reply respond hear decide decision update")


def _look(reading: ParsedMail) -> Iterable[Spot]:
    for span in phrase_spans(reading, _SAID):
        if not is_negated(reading, span):
            yield in_body(reading, span, "'{words}' presses.")
    for span in phrase_spans(reading, _HURRY):
        words = words_of(reading.plain(reading.sentence_at(span.start)))
        if not _WANTED.isdisjoint(words) and not is_negated(reading, span):
            yield in_body(reading, span, "'{words}' presses.")
    for word in reading.subject.words:
        if word.plain in {"urgent", "asap", "immediate"} - reading.parties.known:
            yield in_subject(reading, TextSpan(word.start, word.end), "'{words}' presses.")


RULE = Rule(
    code="FM804",
    name="pressure",
    severity=WARNING,
    looks_for="'As soon as possible', 'urgent', 'I need to know', 'I will keep calling'.",
    why="G0, G2: assertive and polite, never pestering. Your hurry is not theirs.",
    fix="Ask when they expect to decide, and leave the hurry out.",
    bad=Sample("The nightly jobs are on my mind. Please reply as soon as possible: I need to know where I stand."),
    good=Sample("The nightly jobs are on my mind. There is no hurry on my side; an answer next week is early enough."),
    look=_look,
)

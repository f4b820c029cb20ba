"""FM403: complaints."""

from __future__ import annotations

from followup_mail.checks.matching import phrases_said
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.rule import ERROR, Rule
from followup_mail.checks.samples import Sample

_SAID = phrases("""
    # silence
    i'm/am/i/been/we're/are (am) still waiting for/to
    i'm/am still waiting
    i've/have been waiting for/since/more/over/weeks/days/long/two/three
    kept/keep/keeping/left/leave/leaving me waiting/hanging/guessing
    have/i've yet/still to hear/receive/get
    have/i've not/never (yet/even) heard/received/had .. \
        back/anything/since/despite/although/reply/word/answer/response/single
    haven't (yet/even) heard/received/had .. \
        back/anything/since/despite/although/reply/word/answer/response/single
    nobody/no-one has (even/ever/yet/so/far) \
        called/replied/answered/written/contacted/informed/responded/bothered/cared/apologised/apologized
    nobody/no-one called/replied/answered/wrote/contacted/responded/bothered/cared/apologised/apologized \
        (me/my/to) !so
    no one has (even/ever/yet) bothered/cared/called/replied/answered/written/got/gotten/told/informed/contacted
    no one called/replied/answered/wrote/told/informed/contacted/responded/bothered/cared
    no reply/answer/response/word/sign from/despite/to/since
    despite (my/our) several/two/three/repeated/multiple/many/previous/earlier/your .. \
        emails/messages/calls/promise/promises/mails/attempts/reminders/mail/message/email
    ignored/ignoring my/me
    i/i've/have (been/feel/felt/was/am) (being) \
        ignored/ghosted/misled/insulted/humiliated/mistreated/disrespected
    ghosted/ghosting me/candidates/applicants
    disappointing/annoying/frustrating/regrettable that nobody/no/i/you/there/my/it/one
    frankly/honestly/quite/rather/simply/very/really \
        disappointing/inappropriate/rude/unfair/insulting/offensive/disorganised/disorganized/shocking
    was/were/is/are/seemed (frankly/simply/rather/quite/very/really) unfair/inappropriate/rude/chaotic
    had/have/having the courtesy/decency
    courtesy/decency to/of write/reply/answer/tell/inform/let/call/a
    without so much as/a
    was not (exactly/very/really) impressed to/by/with/that/when
    wasn't (exactly/very/really) impressed to/by/with/that/when
    to be kept waiting
    been/was/were kept waiting
    made to wait
    finally know/hear/learn/tell/get
    have/i've heard (absolutely) nothing (at/from/since/so)
    heard nothing at/from/since/so
    not a (single) word/reply/answer/line (from/since)
    had to wait .. minutes/hours/hour
    it's/is a pity/shame that you/your/nobody/no
    # broken word
    promised me/to/that .. but/yet/never/nothing
    you (had) promised/said .. call/reply/answer/write/decide/hear .. but/yet/never/nothing/still
    # treatment
    unprofessional/unacceptable/disrespectful/outrageous/insulting/appalling/disgraceful/inconsiderate/discourteous \
        to leave/keep/ignore/treat/make/reject/wait/be/have/say
    unprofessional/unacceptable/disrespectful/outrageous/insulting/appalling/disgraceful/inconsiderate/discourteous \
        of/from/towards you/your/me/the/candidates/applicants
    unprofessional/unacceptable/disrespectful/outrageous/insulting/appalling/disgraceful/inconsiderate/discourteous \
        behaviour/behavior/conduct/treatment/process/way/manner/attitude
    is/was/are/were/find/found/it/this/you (it/this/that) (simply/very/quite/rather/frankly/most/extremely/so) \
        unprofessional/disrespectful/outrageous/insulting/appalling/disgraceful/inconsiderate/discourteous
    waste/wasted/wasting of/my/everyone's (my/everyone's) time
    poor/bad/terrible/lacking communication/organisation/organization/management/treatment/manners
    lack of \
        communication/response/feedback/respect/courtesy/organisation/organization/professionalism/transparency
    frustrated/annoyed/angry/irritated/dissatisfied/displeased/offended with/by/that/about/at \
        your/you/nobody/no/i/my/how
    frustrated/annoyed/angry/irritated/dissatisfied/displeased/offended with/by/about/at the \
        lack/way/delay/silence/process/wait/treatment
    i'm/am/feel (a) (very/really/quite/rather/extremely/so/bit/little/somewhat/deeply/more) (than) (a) (little) \
        frustrated/annoyed/upset/angry/irritated/unhappy/dissatisfied/displeased/offended
    disappointed with/by/at/in your/how/the/this .. \
        process/delay/delays/wait/treatment/communication/silence/way/handled/response/lack/treated/questions/task
    disappointed not to hear/have
    disappointed to be/have (been) ignored/treated/received/heard/waited
    i do/must/really/have/want/would (like) (to) complain/protest/object
    complaint about/against/regarding
    takes/taking/took/taken far/so/too long to/for
    takes/taking/took/taken forever/ages
    why it/is/does/has .. taking/take/taken (so) long
    not how/the/a (way) (you/to/one) treat/treats
    not how you/one treat
    least you could
    i (had) expected better/more from
    could have been more/better organised/organized/prepared/respectful/polite/friendly/punctual
    you/he/she/they/interviewer/colleague were/was/seemed/looked/appeared \
        (very/rather/quite/so/clearly/obviously/totally/completely/not) \
        late/rude/unprepared/bored/distracted/uninterested/disorganised/disorganized/arrogant/dismissive
    # former employers
    my (old/former/previous/last/current/present) boss/manager/employer/company/director/supervisor (was/is/were) \
        .. terrible/awful/toxic/incompetent/horrible/nightmare/idiot/unfair/stupid/tyrant/bully
    toxic boss/manager/culture/workplace/company/environment/atmosphere
""")

RULE = Rule(
    code="FM403",
    name="complaint",
    severity=ERROR,
    looks_for="Blame for silence, delay or treatment; complaints about a former employer.",
    why="G1, G2: anything but polite and respectful ends the conversation. The delay has reasons that you cannot see.",
    fix="Leave it out. A status inquiry asks when they expect to decide, and says that you know they are busy.",
    bad=Sample("I am still waiting for your decision. Frankly, it is unprofessional to leave candidates in the dark."),
    good=Sample("I know that such decisions take their time. Waiting for a build of forty minutes taught me patience."),
    look=phrases_said(_SAID, "'{words}' reads as a complaint."),
)

"""Words that say nothing about one conversation: grammar, and what any follow-up mail is made of.

What is left of a mail without them is what it is really about. Words are compared by a crude stem: it needs only to
bring together "interviewing" and "interview", not to be right about English.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import word_set

_GRAMMAR: Final = word_set("""
    a about above across after again against ago ahead all almost alone along already also although always am
    among an and another any anybody anyone anything are around as aside at away back be became because become
    been before began behind being below beside between beyond both but by came can cannot come could did do
    does doing done down due during each either else enough especially even ever every everybody everyone
    everything except few first for forward from further gave get give given go goes going gone got had has have
    having he her here hers herself him himself his how however i if in indeed instead into is it its itself
    just kind last later least less let like likely little long lot made make many may maybe me meanwhile might
    mine more most mostly much must my myself near nearly need neither never nevertheless new next no nobody
    none nor not nothing now of off often on once one only onto or other others our ours ourselves out over own
    part per perhaps please put quite rather really said same say second see seem seen several shall she should
    since so some somebody someone something sometimes soon still such sure take taken than that the their them
    themselves then there therefore these they thing this those though three through throughout thus till to
    together too took toward towards truly two under unless until up upon us use used very via was way we well
    went were what whatever when where whether which while who whole whom whose why will wish with within
    without would yes yet you your yours yourself i'm i've i'd i'll it's that's there's you're you've you'd
    you'll we're we've we'd we'll don't didn't doesn't isn't wasn't can't couldn't won't wouldn't let's what's
    who's they're aren't haven't hasn't hi hello hey dear mr mrs ms dr prof sir madam re one's cc ps
""")
_LETTER: Final = word_set("""
    able absolutely academic accept accomplish achieve acknowledge act action add addition additional address
    advance advice afternoon agree align allow ambition amazing announce answer anticipate anything apologise
    apologize apology appeal applicant application apply appointment appreciate appreciation approach
    appropriate area arrange ask aspect asset assist assistance assume assure attach attend attention attitude
    attractive available await aware awesome background basis beginning believe benefit best better big bit body
    brief bring broad brilliant build business busy call candidate capable care career carefully case certain
    certainly chance chat check choose clarify clear close colleague collaborate collaboration collaborative
    comfortable commit commitment communicate communication company compelling competence competent competitive
    complete concern confident confirm connect consider consideration considered constructive contact continue
    contribute contribution conversation convince corporate correspondence cover create credentials culture
    curious current customer cv date day deal decide decision dedicated dedication deep deepen deeply definitely
    delight delighted deliver demonstrate department describe description deserve desire detail determine
    develop development difference different direct direction directly discuss discussion document doubt drive
    driven duty dynamic each eager early ease easily effective effort elaborate email employee employer
    encourage end engage engaging enjoy enjoyable enjoyment ensure enthusiasm enthusiastic entire environment
    equal establish evaluate evening event exactly example exceed excellence excellent exceptional exchange
    excite excited excitement exciting expect expectation expectations experience expert expertise explain
    explore express extend extra extremely face fact fair familiar fantastic far fast favourable favorable
    feedback feel feeling felt final finally find fine finish fit fitting focus follow follow-up followup forget
    form former forward found free friday friendly fulfil full fully fun future gain general generous genuine
    genuinely give glad goal good grateful gratitude great greatly group grow growth guidance guide hand happen
    happy hard hear heard heartfelt heart helpful help hesitate high highly hire hiring history honour honor
    hope hopefully hour idea ideal ideally immediate impact important impress impressed impression impressive
    improve include incredible incredibly indicate industry inform information informative initial initiative
    innovation innovative inquire inquiry insight insightful inspire inspiring instance intend interact
    interaction interest interested interesting interview interviewer introduce invaluable invest invitation
    invite involve issue job join journey keen keep kindly kindness knew know knowledge lead leader leadership
    leading learn learned learnt least leave left lesson let letter level life light line list listen live look
    love lovely luck mail main major manage management manager match material matter mean meaningful means meet
    meeting member memorable mention message met mind minute mission moment monday month morning motivate
    motivated motivation move name nature necessary nice note notice number objective obtain obvious occasion
    offer office open opening openly opinion opportunity option order organisation organization organisational
    organizational outcome outstanding overall overview paper particular particularly partner passion passionate
    past patience pay people perfect perfectly perform period person personal personally perspective phone place
    plan play pleasant please pleased pleasure plenty plus point polite position positive possess possibility
    possible possibly potential power practice prefer prepare present previous principle priority prior
    privilege probably problem process product productive profession professional professionalism proficient
    profile program progress project promise prompt prospect proud prove provide purpose qualification qualified
    qualify quality question quick quickly quiet range reach read ready real realise realize reason receive
    recent recently recommend reconfirm recruit recruiter recruiting recruitment refer reference regard
    regarding regards reiterate reject rejection relate relationship relevant remain remark remarkable remember
    remind reply report represent request require requirement requirements reserve resource respect respond
    response responsible responsibility rest result resume résumé review right role run satisfy saturday
    schedule search secure select selection send sense sent serious seriously serve service session set shape
    share shared short show significant similar simple simply sincere sincerely situation skill skilled skills
    small smart solid solution soon sort sought sound speak special specific specifically spend spent spoke
    spoken staff stage stand standard start state status stay step stop story strategic strength strengthen
    strengths strong strongly structure study stuff style subject submit succeed success successful suggest suit
    suitable summary super supply support suppose surely surprise talent talented talk task team teams teamwork
    tell term thank thankful thanks think thorough thoroughly thought thoughtful thoughts thrill thrilled
    thursday time timeline times timing title today told tomorrow tonight topic total touch track train training
    tremendous tried true trust try tuesday turn type ultimately understand understanding understood
    unfortunately unique update useful usual valuable value values various vast versatile view vision visit
    voice wait walk want warm warmly watch wednesday week weekend welcome welcoming willing win wise wonder
    wonderful word words work worked working world worth write written wrote year yesterday yesterday's regards
    faithfully creative candidacy exceed target customer results-oriented detail-oriented multitask deadline
    pressure adapt atmosphere environment marketing self-motivated proactive flexible reliable organised
    organized punctual ambitious cordially respectfully cheers hearing passed learnt favourably proceed applied
    interviewing vacancy post vacancies keenly appreciative gratefully beneficial excellent fruitful
    unforgettable knowledgeable
""")
# Words that are also the names of companies; as a name they are written with a capital inside a sentence.
_ALSO_NAMES: Final = word_set("""
    amazon apple ally asana atlas beacon block box branch bolt cisco compass course dash discord dropbox elastic
    figma first gap ghost giant github google greenhouse harvest hub indeed key lemonade lever lightspeed linear
    loom meta mint monzo notion nest next oak oracle orange peak pilot pinnacle plaid prime progressive ramp
    robin sage segment shell signal slack snap spring square stripe summit sun target triangle twitch uber unity
    vector visa vista wave wise wing workday yelp zoom intercom monday anchor arrow ascend bench bird bloom
    bridge bright canvas carbon cedar chime clear cloud core crisp current drift echo ember fable fast flex
    forge frame front fuse gem gusto heap honey ivy juniper lake lattice leap logic maple mercury modern mosaic
    north nova ocean olive optimal orchard origin pace paper path peach pendo pioneer plenty polar post pulse
    quartz radar relay river rocket sail sierra snow sonder spark split sprout stream tempo tide toast torch
    tower union upstart vine willow
""")


_ENDINGS: Final = (
    "ations ation ingly ments ment ness ings ing ions ion edly ies ied ers er ed es ly s e y".split()  # noqa: SIM905
)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the beginning that the forms of a word share, roughly."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word


GRAMMAR: Final = _GRAMMAR
COMMON: Final = _GRAMMAR | _LETTER | _ALSO_NAMES
"""Ordinary words: in a sentence they are not a name unless written with a capital."""
_STOCK_STEMS: Final = frozenset(stem(word) for word in _GRAMMAR | _LETTER | {*WEEKDAYS})


@lru_cache(maxsize=16_384)
def is_stock(word: str) -> bool:
    """Tell whether a word could stand in any follow-up mail."""
    return word in _GRAMMAR or len(word) < 2 or word.isdigit() or stem(word) in _STOCK_STEMS


# Ordinary words that people write in capitals for emphasis, and that are no abbreviation or name in capitals.
SHOUTED: Final = frozenset(
    word
    for word in _GRAMMAR | _LETTER
    if len(word) >= 3 and word not in {"who", "may", "mine", "cannot", "aim", "cv", "act"}
)

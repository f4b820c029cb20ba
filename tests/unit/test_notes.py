"""The grammar of notes: what it makes of a note, what it refuses, and what no output may ever hold."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.language.note_promises import read_promise
from followup_mail.language.notes import NoteShape, read_note
from followup_mail.language.rejection_reasons import ReasonKind, read_reason

MINE = {
    "trained 2 apprentices at old shop, both licensed now": (
        "I trained two apprentices at my old shop, and both are licensed now."
    ),
    "sat w/ finance every month end for 2 yrs": "I sat with finance every month-end for two years.",
    "own knives": "I have my own knives.",
    "3 yrs QA": "I have three years of QA experience.",
    "spotted sepsis early x2": "I spotted sepsis early twice.",
    "boat licence since 2023": "I have held a boat licence since 2023.",
    "never missed a shift in 2 yrs": "I have not missed a shift in two years.",
    "4 yrs selling cold chain equipment to clinics": "I have sold cold chain equipment to clinics for four years.",
    "70+ usability sessions moderated, riders 65+": "I have moderated more than 70 usability sessions.",
    "cut deploy time from 40 to 6 min": "I cut deploy time from 40 to 6 minutes.",
    "cut scrap 8 -> 3%": "I cut scrap from 8% to 3%.",
    "grew newsletter 300 -> 2,400 readers": "I grew the newsletter from 300 to 2,400 readers.",
    "took close from 15 to 6 days at dairy group": "I took the close from 15 to 6 days at a dairy group.",
    "court report template i wrote": "I wrote a court report template.",
    "14 yrs finance, 5 as CFO": "I have 14 years of experience in finance, five of them as CFO.",
    "5 yrs spark/airflow": "I have five years of experience with Spark and Airflow.",
    "punjabi, hindi, english": "I speak Punjabi, Hindi and English.",
    "yoruba, igbo, small hausa": "I speak Yoruba and Igbo, and a little Hausa.",
    "mandarin, basic cantonese": "I speak Mandarin and basic Cantonese.",
    "Kiswahili, Kalenjin, English": "I speak Kiswahili, Kalenjin and English.",
    "6 yrs chem + phys sci": "I have six years of experience in chemistry and physical science.",
    "led every audit since 2020": "I have led every audit since 2020.",
    "lashing cert, DG cert": "I have a lashing certificate and a DG certificate.",
    "closed 38 of 51 quotes 2025": "I closed 38 of 51 quotes in 2025.",
    "collected 94% of invoices inside 60 days in 2025": "I collected 94% of invoices inside 60 days in 2025.",
    "certified trainer for the new Environment Act": "I am a certified trainer for the new Environment Act.",
    "never missed a deadline": "I have never missed a deadline.",
    "taught english in osaka for 3 yrs": "I taught English in Osaka for three years.",
    "pt/en/de": "I speak Portuguese, English and German.",
    "keyholder, first aider": "I am a keyholder and a first aider.",
    "OSHA 30 card": "I have an OSHA 30 card.",
    "built react dashboard for ops": "I built a React dashboard for operations.",
    "made A6 handover card for our bay, still in use": (
        "I made an A6 handover card for our bay, and it is still in use."
    ),
}


@pytest.mark.parametrize("note", MINE)
def test_a_note_about_the_candidate_becomes_a_sentence(note: str) -> None:
    """Verbs, years, licences, languages, own things and figures become a sentence that begins with "I"."""
    assert read_note(note).mine == MINE[note]


YOURS = {
    "knew 3 of our saturday lot by name": "",
    "knows line operators by name": "You know line operators by name.",
    "picks for an hour himself, every fri": "You pick for an hour yourself every Friday.",
    "he wants ppl who call before its a problem": "You want people who call before it's a problem.",
    "visits every install at 90 days himself": "You visit every install at 90 days yourself.",
    "close takes 19 working days, wants 8": "You want to bring the close down from 19 working days to 8.",
    "waitlist 9 wks, wants 5": "You want to bring the waitlist down from nine weeks to five.",
    "refund flow 7 screens, he wants 3": "You want to bring the refund flow down from seven screens to three.",
    "stopped the tour to hear out a forklift driver": "You stopped the tour to hear out a forklift driver.",
    "has read the exit interviews": "You have read the exit interviews.",
    "mispicks 1.8%, wants under .5 by xmas": "You want to bring mispicks down from 1.8% to under 0.5% by Christmas.",
    "says no to the ministry over the cap": "You say no to the ministry over the cap.",
    "led every audit since 2020": "",
    "tests everything twice": "You test everything twice.",
    "sold 1200 subscriptions at last job": "",
    "keeps list of every manual journal + the reason": "You keep a list of every manual journal and the reason.",
    "she wants someone who can talk to finance": "You want someone who can talk to finance.",
}


@pytest.mark.parametrize("note", YOURS)
def test_a_note_about_the_reader_becomes_a_sentence_to_the_reader(note: str) -> None:
    """The subject becomes "you", the verb loses its -s, himself becomes yourself; a candidate's "our" is refused."""
    assert read_note(note).yours == YOURS[note]


TOPICS = {
    "bedside handover since nov, not at the desk any more": "bedside handover",
    "panel swaps @ school district, spring break, 11 days": "panel swaps at the school district",
    "fume hood broken since oct": "the fume hood",
    "2 night posts still open": "the two night posts",
    "load audit form, 2 pages, to be filled BEFORE quote": "the load audit form",
    "switch from jenkins to gitlab": "the switch from Jenkins to GitLab",
    "budget vote may 12, cld change things": "the budget vote",
    "refund flow 7 screens, he wants 3": "the refund flow",
    "new CRM since spring": "the new CRM",
    "seed orders for spring": "seed orders for spring",
    "3 hr get-in, village halls": "the three-hour get-in",
}


@pytest.mark.parametrize("note", TOPICS)
def test_a_noun_phrase_becomes_a_topic(note: str) -> None:
    """The first words of a note become what the conversation was about, with their article and their names."""
    assert read_note(note).topic == TOPICS[note]


@pytest.mark.parametrize(
    "note",
    [
        "ward round starts before handover is done",
        "job starts in spring",
        "deals stall month 4, customer waiting on bank",
        "count differences cold store B, every qtr",
        "tests on paper first, in the station",
        "reports to the CFO",
        "walk whole yard every morning",
        "her own loan file is on same shelf",
        "62 girls, bldg is for 50",
        "sales promises, service cops it",
        "late deliveries from the port",
        "falls down by a third (her figure)",
        "cut scrap 8 -> 3%",
        "HGV class 1",
        "scenario: deteriorating pt + shouting relatve, who first",
        "team works in pairs",
        "turnover - upfront abt it, lost 4 in 2025",
        "2 failed inspections last yr, hurt",
        "ticket backlog, 400 open",
        "PANEL SWAPS AT THE SCHOOL DISTRICT",
        "whenua ki te whenua: who explains",
    ],
)
def test_what_may_be_a_verb_or_a_sore_point_is_no_topic(note: str) -> None:
    """A word that may be a verb, a cut name, a scenario, a failure, a note in capitals: no topic."""
    assert read_note(note).topic == ""


@pytest.mark.parametrize(
    "note",
    [
        "notice 60 days, buyout maybe",
        "hybrid, 2 days office",
        "base/comission 60/40",
        "pushed for a salary no., gave range",
        "background check, 5 days",
        "tips pooled w/ BOH",
        "checked the last bus w/ me",
        "cricket, 5 min",
        "contacts of my references",
        "relocation n/a",
        "plant tour 2 h, hairnets",
        "parking behind the school",
    ],
)
def test_logistics_pay_and_small_talk_are_trivial(note: str) -> None:
    """A trivial note gives nothing that could be told to the reader."""
    found = read_note(note)
    assert (found.is_trivial, found.topic, found.yours, found.thanks_for, found.quotation) == (True, "", "", "", "")


@pytest.mark.parametrize(
    "note",
    [
        "doesnt get on w/ crew B lead (leave out)",
        "warehouse bill doubled in 1 yr (dont quote)",
        "cousin runs procurement - sensitive",
        "last rep left w/ customer list (gist, not for mail)",
        "bit burnt out in 2023, ok now (no!)",
        "looked shattered, i was 5th interview of the day",
        "i think she wanted the CFO job (dont touch)",
        "NB her remark about a colleague – strictly not for repeating",
    ],
)
def test_a_private_or_tactless_note_gives_nothing(note: str) -> None:
    """What a note itself calls private, and what would hurt, stays out whole."""
    found = read_note(note)
    assert found.is_private
    assert not any((found.topic, found.quotation, found.mine, found.yours, found.thanks_for))


QUOTATIONS = {
    '"no DMP, no boat"': "no DMP, no boat",
    '"tell me before the test, not after"': "tell me before the test, not after",
    '"I need someone who collects"': "",
    '"no plan survives the first guest"': "no plan survives the first guest",
    '"ask the daft questions early"': "ask the daft questions early",
    'her words: "quiet shifts are a gift"': "quiet shifts are a gift",
    '"any boy can sell a panel, I need someone who collects"': "",
    'handover = "two guys nodding at eachother"': "",
    'roleplay: landlord, "gen is cheaper"': "",
    'my demo lesson: "you waited after you asked"': "",
}


@pytest.mark.parametrize("note", QUOTATIONS)
def test_only_whole_and_civil_words_of_the_reader_are_quoted(note: str) -> None:
    """A saying is quoted; a scrap, rough words, another person's words and words about the candidate are not."""
    assert read_note(note).quotation == QUOTATIONS[note]


THANKS = {
    "study day really happens - showed me the rota w/ it blocked out": "showing me the rota",
    "walked me thru the load audit form": "walking me through the load audit form",
    "introduced me to the night crew": "introducing me to the night crew",
    "told me off": "",
    "gave me a hard time": "",
    "gave me her card": "",
    "walked me through her spreadsheet": "walking me through your spreadsheet",
    "plant tour 2 h": "the plant tour",
    "asked me abt nights": "",
}


@pytest.mark.parametrize("note", THANKS)
def test_what_the_reader_did_for_the_candidate_can_be_thanked_for(note: str) -> None:
    """Showing, walking through and introducing become what follows "Thank you for"; a question does not."""
    assert read_note(note).thanks_for == THANKS[note]


@pytest.mark.parametrize(
    "note",
    [
        "servsafe mgr",
        "never used dbt in prod",
        "stock loss 2.4 -> 1.3% in 18 mths",
        "rota rep for our ward",
        "go: so-so",
    ],
)
def test_a_note_without_a_sure_verb_gives_no_sentence(note: str) -> None:
    """No verb is invented, no weakness is told, and no figure is given an owner."""
    assert read_note(note).mine == ""


def test_names_get_their_capitals() -> None:
    """A name that is known is restored, also where the note has it in small letters."""
    note = read_note("trained 3 deckhands at kestrel", ["Kestrel Fork Distribution"])
    assert note.mine == "I trained three deckhands at Kestrel."


@pytest.mark.parametrize(
    ("note", "shape"),
    [
        ("he wants zero waste", NoteShape.WANTS),
        ("knew the crew by name", NoteShape.OTHER),
        ("6 yrs chem", NoteShape.OTHER),
        ('"no plan, no boat"', NoteShape.OTHER),
        ("", NoteShape.OTHER),
    ],
)
def test_a_note_tells_its_shape(note: str, shape: NoteShape) -> None:
    """A wish is told apart from anything else that can be said."""
    assert read_note(note).shape is shape


REASONS = {
    "promoted from within": (ReasonKind.INTERNAL, "you chose an internal candidate"),
    "funding for the 2nd post pulled": (ReasonKind.BUDGET, "the funding for the second post was withdrawn"),
    "position cut in the budget vote": (ReasonKind.BUDGET, "the position was cut"),
    "hiring freeze since monday": (ReasonKind.BUDGET, "there is a hiring freeze"),
    "went to someone w/ HDU exp.": (ReasonKind.EXPERIENCE, "you chose somebody with HDU experience"),
    "japanese, N2 needed for ops meetings": (ReasonKind.LANGUAGE, "you need Japanese at N2 level"),
    "hired a cook who worked there before": (ReasonKind.OTHER, "you chose somebody who worked with you before"),
    "budget, i think": (ReasonKind.BUDGET, ""),
    "no idea": (ReasonKind.OTHER, ""),
}


@pytest.mark.parametrize("note", REASONS)
def test_a_reason_gives_a_clause_only_where_it_is_sure(note: str) -> None:
    """The kind of a reason is told more often than it can be granted in a clause."""
    found = read_reason(note)
    assert (found.kind, found.clause) == REASONS[note]


PROMISES = {
    "scan of osha card to Dale": ("a scan of my OSHA card", "Dale", ""),
    "recon write-up to Dale": ("my reconciliation write-up", "Dale", ""),
    "90-day plan, 2 pages, to Dale": ("my 90-day plan", "Dale", ""),
    "thesis ch. 3 (gap filling) to Dale": ("", "Dale", ""),
    "photos from Ljubljana for Dale (before / after)": ("the photos from Ljubljana", "Dale", ""),
    "floor plan from the old shop to Dale": ("my floor plan", "Dale", ""),
    "Shortened version of our stock report to Dale": ("the shortened version of our stock report", "Dale", ""),
    "certified copies of testimonials to Dale": ("the certified copies of my testimonials", "Dale", ""),
    "tell her my start date - can start mon may 18": ("", "", "I can start on Monday, May 18."),
}


@pytest.mark.parametrize("note", PROMISES)
def test_a_promise_names_the_thing_and_for_whom_it_is(note: str) -> None:
    """What goes along gets its article, the person is cut off, and a date of starting becomes a sentence."""
    found = read_promise(note, ["Dale Krug"])
    assert (found.thing, found.to, found.says) == PROMISES[note]


_MET = ["Faizel Adams", "Dmitri Volkov", "Mrs Ruth Ogunyade", "Dr. Anna Brandt", "Will Grant"]
ROUTED = {
    "tell Faizel the start date": ("the start date", "Faizel"),
    "my notes on retries to Dmitri": ("my notes on retries", "Dmitri"),
    "notes on retries, to Dmitri by Friday": ("my notes on retries", "Dmitri"),
    "send Dmitri Volkov my case study": ("my case study", "Dmitri Volkov"),
    "promised Dmitri my notes on retries": ("my notes on retries", "Dmitri"),
    "get Mrs Ogunyade the contract": ("the contract", "Mrs Ogunyade"),
    "the paper for Dr. Brandt": ("the paper", "Dr Brandt"),
    "Dmitri: notes on retries": ("my notes on retries", "Dmitri"),
    "case study -> Dmitri": ("my case study", "Dmitri"),
    "portfolio (dmitri)": ("my portfolio", "Dmitri"),
    "let Faizel know my start date": ("my start date", "Faizel"),
    "my case study to Faizel and Dmitri": ("my case study", "Faizel and Dmitri"),
    "Faizel wants my portfolio": ("", ""),
    "my portfolio for the grant": ("", ""),
}


@pytest.mark.parametrize("note", ROUTED)
def test_a_promise_is_read_without_whom_it_is_for(note: str) -> None:
    """A first name, a full name or a title says whom it is for, wherever it stands; the thing goes without it."""
    found = read_promise(note, _MET)
    assert (found.thing, found.to) == ROUTED[note]


_WORDS = st.sampled_from(
    [
        "i",
        "he",
        "she",
        "his",
        "her",
        "him",
        "himself",
        "my",
        "our",
        "knows",
        "wrote",
        "cut",
        "picks",
        "runs",
        "wants",
        "told",
        "me",
        "showed",
        "the",
        "a",
        "3",
        "40",
        "->",
        "6",
        "min",
        "yrs",
        "w/",
        "w/o",
        "@",
        "&",
        "+",
        "/",
        "abt",
        "ppl",
        "report",
        "form",
        "crew",
        "team",
        "Kafka",
        "dbt",
        "licence",
        "own",
        "never",
        "said",
        '"',
        "(",
        ")",
        ",",
        ";",
        ":",
        "-",
        "—",
        "...",
        "'",
        "x2",
        "5%",
        "R$",
        "at",
        "of",
        "for",
        "and",
        "to",
        "since",
        "may",
        "fri",
        "2025",
        "who",
        "spreadsheet",
        "tape",
    ]
)
_JOTTED = st.lists(_WORDS, max_size=12).map(" ".join)
_RAW = re.compile(r"->|→|[\[\](){}<>@=&\"]|\bw/|\bx\d")


@given(st.one_of(_JOTTED, st.text(max_size=120)))
@examples(times=5)
def test_no_output_holds_a_sign_of_the_note(text: str) -> None:
    """Any text: a sentence begins with a capital and ends with one mark; no arrow, bracket or "she" is left."""
    note = read_note(text, ["Dale Krug"])
    for sentence, start in ((note.mine, r"I |[A-Z][^.]* I "), (note.yours, "You ")):
        if sentence:
            assert re.match(start, sentence)
            assert sentence.endswith(".")
            assert not sentence.endswith("..")
    for output in (note.mine, note.yours, note.topic, note.thanks_for, note.quotation):
        assert not _RAW.search(output)
        assert output == " ".join(output.split())
    for output in (note.yours, note.topic, note.thanks_for):
        assert not re.search(r"\b(?:he|she|his|her|him|himself|herself)\b", output, re.IGNORECASE)
    assert not re.search(r"\b(?:I|my|our)\b", note.topic)
    # What is written out already may be longer than what is built.
    assert len(note.topic.split()) <= (12 if note.topic.lower() in " ".join(text.split()).lower() else 8)


@given(st.one_of(_JOTTED, st.text(max_size=120)))
@examples(times=2)
def test_any_reason_and_promise_can_be_read(text: str) -> None:
    """Whatever the text, reading it ends with a value, and no sign of the note is left in it."""
    promised = read_promise(text, ["Dale Krug"])
    for output in (read_reason(text).clause, promised.thing, promised.says):
        assert not _RAW.search(output)


def test_a_note_is_read_quickly() -> None:
    """A note takes less than five milliseconds on average once the words are loaded."""
    notes = [*MINE, *YOURS, *TOPICS, *QUOTATIONS]
    read_note(notes[0])
    started = time.process_time()
    for note in notes:
        read_note(note)
    assert (time.process_time() - started) / len(notes) < 0.005


@pytest.mark.parametrize(
    "note",
    [
        "he wants somebody who trains the commis himself",
        "he needs a cook who can plate himself",
        "wants a cook who checks his own work",
    ],
)
def test_what_somebody_else_does_himself_is_not_the_readers(note: str) -> None:
    """Whoever is wanted does it: the sentence keeps "himself", or there is none."""
    found = read_note(note)
    assert not {"yourself", "yourself.", "your"} & {*f"{found.yours} {found.clause}".split()}

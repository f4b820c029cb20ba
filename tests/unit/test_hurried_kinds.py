"""What hurried people type: every kind of broken sentence is named, its sound neighbour is not."""

from __future__ import annotations

import pytest

from followup_mail.language.corrections import apply_corrections
from followup_mail.language.known_words import Known
from followup_mail.language.proofread import proofread
from followup_mail.language.sentence_faults import find_faults
from followup_mail.language.spelling import is_word

KNOWN = Known(
    "Dana Reyes", ("Dana Reyes",), ("ran the stall in Nuneatonby, Spryfield", "the blak hens"), "Reyes Farm", "GB"
)
needs_harper = pytest.mark.skipif(is_word("zzqx", "GB"), reason="harper is not installed here")


def _said(sentence: str) -> list[str]:
    return [found.why for found in proofread(sentence, KNOWN)]


def _corrected(sentence: str) -> str:
    return apply_corrections(sentence, proofread(sentence, KNOWN))


@pytest.mark.parametrize(
    "sentence",
    [
        "I set up lunchtime reading rota with the older girls.",
        "I made cleaning rota for the night crew.",
        "I wrote short training guide for new porters.",
        "I was trained in spray booth.",
    ],
)
def test_an_article_is_missing(sentence: str) -> None:
    """A noun behind a verb or a preposition lacks its article, also behind *set up* or with strange words before."""
    assert any("is missing before" in why for why in _said(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "I gave eight talks at the gate in our yard injuries fell to two.",
        "You said that the wards are half full our clinic has no space.",
        "I ran a minibus it took 12 people.",
        "If it helps, I could bring the list, I keep it on one page.",
        "I liked that you arrive at the gate the office without a key.",
    ],
)
def test_two_clauses_with_nothing_between_them(sentence: str) -> None:
    """A second subject and verb follow the first without a word that joins them."""
    assert any("two sentences" in why or "new sentence" in why or "side by side" in why for why in _said(sentence))


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("You care about the hens not just the eggs.", "You care about the hens, not just the eggs."),
        ("I listed repeats by door not by vehicle.", "I listed repeats by door, not by vehicle."),
        (
            "I liked how you read the numbers also the bad results.",
            "I liked how you read the numbers, also the bad results.",
        ),
    ],
)
def test_a_comma_before_not_and_also(sentence: str, right: str) -> None:
    """*Not* and *also* with another thing behind a noun get their comma."""
    assert _corrected(sentence) == right


@pytest.mark.parametrize(
    "sentence",
    [
        "You have the first years talking from the second week no books.",
        "I cooked for 80 children no complaints.",
        "You told me about two apprentices on nights, no time for them.",
        "I made the basin from a tank, 900 euros.",
    ],
)
def test_a_scrap_hangs_behind_a_noun(sentence: str) -> None:
    """*No …* and a price need a verb or a preposition."""
    assert any("verb" in why for why in _said(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "It takes an hour because no isolation points on the cards.",
        "You told me that the backlog of 410 work orders.",
        "You said that the Saturday rota always too late.",
        "You told me that the dishwasher broken since March.",
        "You told me that TNA slipping in the night.",
    ],
)
def test_a_clause_without_a_verb(sentence: str) -> None:
    """Behind *because* and *told me that*, somebody does something."""
    assert any("there is no verb after" in why for why in _said(sentence))


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("You want a planner who work from true figures.", "You want a planner who works from true figures."),
        ("I saw a debrief where the student speak first.", "I saw a debrief where the student speaks first."),
        ("You told me that all 3 NCs is about dates.", "You told me that all 3 NCs are about dates."),
        ("You said that most of the vans is late.", "You said that most of the vans are late."),
        ("I liked that everyone makes your own tests.", "I liked that everyone makes their own tests."),
        (
            "I liked that you listen to people and writes it down.",
            "I liked that you listen to people and write it down.",
        ),
        ("I would be glad to hear if anything come up.", "I would be glad to hear if anything comes up."),
        ("I liked that the older pupils reads to the younger.", "I liked that the older pupils read to the younger."),
        ("It told me that mistakes is talked about.", "It told me that mistakes are talked about."),
        ("It told me that each child get time.", "It told me that each child gets time."),
        ("You said that the staff room have no windows.", "You said that the staff room has no windows."),
        ("You told me that there is many thefts.", "You told me that there are many thefts."),
        ("I have learn a lot from it.", "I have learned a lot from it."),
        ("I managed to reduced the waste.", "I managed to reduce the waste."),
        ("I enjoy to work with children.", "I enjoy working with children."),
        ("I am used to work at night.", "I am used to working at night."),
        ("You said that half of the pots comes back.", "You said that half of the pots come back."),
        ("I hope that you and the team has a good year.", "I hope that you and the team have a good year."),
        ("I would be glad to helping with it.", "I would be glad to help with it."),
    ],
)
def test_the_verb_agrees(sentence: str, right: str) -> None:
    """A noun, *who*, *all* and *everyone* before a verb decide its form."""
    assert _corrected(sentence) == right


def test_a_verb_that_may_be_a_plural_is_only_asked_about() -> None:
    """*Your hands and stops early* has a verb without agreement, or a strange plural: nothing is offered."""
    [found] = proofread("You trust your hands and stops early.", KNOWN)
    assert found.right == ""


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("It saved a hole hour.", "It saved a whole hour."),
        ("The staff needed there payslips explained.", "The staff needed their payslips explained."),
        ("I matched patients who's group we already new.", "I matched patients whose group we already knew."),
        ("I would like to here about it.", "I would like to hear about it."),
        ("Your fitters loose the first hour.", "Your fitters lose the first hour."),
        ("It went from 2 a year too 26.", "It went from 2 a year to 26."),
        ("You rang strait away.", "You rang straight away."),
        ("You said that their is no lift.", "You said that there is no lift."),
        ("You chose somebody with more experience then me.", "You chose somebody with more experience than me."),
        ("You need someone which can drive.", "You need someone who can drive."),
        ("I was in charge off the keys.", "I was in charge of the keys."),
        ("I know the machine its the same as ours.", "I know the machine it's the same as ours."),
        ("I liked that nobodys hiding it.", "I liked that nobody's hiding it."),
        ("What nights write down gets red.", "What nights write down gets read."),
        ("I have worked their for two years.", "I have worked there for two years."),
        ("I have been too two trade fairs.", "I have been to two trade fairs."),
        ("I will take the test an try again.", "I will take the test and try again."),
        ("I could not except it.", "I could not accept it."),
        ("I had that to.", "I had that too."),
        ("Nobody is to good for sweeping.", "Nobody is too good for sweeping."),
        ("At noon, there grades went up.", "At noon, their grades went up."),
        ("I know each others names.", "I know each other's names."),
        ("I would happy to help.", "I would be happy to help."),
        ("I am good in cooking.", "I am good at cooking."),
    ],
)
def test_words_that_sound_alike(sentence: str, right: str) -> None:
    """A real word in place of another is corrected where the words beside it leave no doubt."""
    assert _corrected(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("You said that timesheets r late.", "You said that timesheets are late."),
        ("I set up a bench 4 repairing controllers.", "I set up a bench for repairing controllers."),
        ("I baked every arvo.", "I baked every afternoon."),
        ("The cat lost 2 deg in theatre.", "The cat lost 2 degrees in theatre."),
        ("It was 40ish a week.", "It was about 40 a week."),
        ("You said that the sat roster is short.", "You said that the Saturday roster is short."),
        ("I held ten minutes sessions at noon.", "I held ten-minute sessions at noon."),
        ("I have 8 weeks notice.", "I have 8 weeks' notice."),
        ("I wrote one page artwork guide.", "I wrote a one-page artwork guide."),
        ("Remakes went 14 a month to 5.", "Remakes went from 14 a month to 5."),
        ("You lose first morning to knots.", "You lose the first morning to knots."),
        ("I have a trade cert.", "I have a trade certificate."),
        ("I opened the door + rang the bell @ noon.", "I opened the door and rang the bell at noon."),
        ("You were straight about shifts n pay.", "You were straight about shifts and pay."),
        ("I did it because id apply again.", "I did it because I'd apply again."),
        ("We finish withing the hour.", "We finish within the hour."),
    ],
)
def test_letters_and_figures_for_words(sentence: str, right: str) -> None:
    """Short forms, letters and figures become the words that they stand for."""
    assert _corrected(sentence) == right


def test_a_short_form_with_two_meanings_is_only_named() -> None:
    """*Cert* is a certification as well in Calgary, and *avy* may be anything."""
    [found] = proofread("I have a trade cert.", Known(country="CA"))
    assert found.right == ""
    assert any("*avy*" in why for why in _said("I took avy training."))


@pytest.mark.parametrize(
    "sentence",
    [
        "I liked that you care about the hens, not just the eggs.",
        "It would help the crew with no budget.",
        "That gave the crew no choice.",
        "You show apprentices not only how but also why.",
        "You told me that the compressor trips at altitude.",
        "A decision like this can be made in an afternoon, so let's make it.",
        "The role play showed me that I explain too early.",
        "A person who has spent nine years among growers is hard to match.",
        "Complaints fell from 19 to 4 a month.",
        "I know the problem the team has.",
        "I like the way they work.",
        "If you agree, I would come on Monday, I promise you that.",
        "I waited for the time it takes.",
        "My sister and I are glad.",
        "If I were you, I would wait.",
        "I sat in the waiting room for an hour.",
        "You let the student speak first.",
        "I was glad that the goods come on time.",
        "I was head waiter for a summer.",
        "I painted the sign, sorted the stock and sold out by noon.",
        "I set up a stall, painted the sign and sold out by noon.",
        "I hope that the nine have a good exam.",
        "My notice there is four weeks.",
        "I listened to called numbers and used to work at sea.",
        "The tool is used to work on pipes.",
        "I waited from the moment the doors opened.",
        "I found the leak in bay 4 the day it began.",
        "The wind was 14 m/s that day.",
        "A paper of that kind needs no glue.",
        "You told me that NHS rules changed in May.",
        "You said that the training in May helped.",
        "There is the man who made the most of the day.",
        "I trained 4 working dogs.",
    ],
)
def test_sound_neighbours_are_left_alone(sentence: str) -> None:
    """What looks like one of these kinds and is right gets no remark."""
    assert _said(sentence) == []


@needs_harper
def test_a_typo_of_the_notes_is_named_in_a_mail() -> None:
    """A word that the notes have in small letters, and that is surely a typo, is named; a word of a trade is not."""
    known = Known(country="GB", notes=("impresion felt different", "stellite tippers, xarray"))
    [found] = proofread("The impresion of the stellite tippers felt different.", known)
    assert (found.wrong, found.right) == ("impresion", "impression")
    assert "notes" in found.why


@needs_harper
def test_names_of_places_get_their_capital() -> None:
    """A town typed small is corrected, and so is a name that the notes have with a capital and no dictionary has."""
    assert _corrected("I worked in manchester and in spryfield.") == "I worked in Manchester and in Spryfield."


def test_a_correction_begins_behind_the_words_of_the_question() -> None:
    """*Like to here* is corrected in the answer although the question has *like to* already."""
    faults = find_faults("offer", "I would like to here about the night shift.", KNOWN)
    assert faults.corrected == "I would like to hear about the night shift."


def test_what_begins_with_a_verb_has_nobody() -> None:
    """A sentence that begins with what was done lacks the person who did it."""
    assert any("who?" in why for why in _said("Cleaned the sheds and kept the books."))


def test_a_correction_keeps_the_joint_that_was_typed() -> None:
    """*So* between the two halves of a sentence stays *so* where only another word is corrected."""
    typed = "You stopped the slicer mid chat because a loaf went through, so allergens come before speed."
    assert find_faults("moment", typed, KNOWN).corrected == typed.replace("mid chat", "mid-chat")


@pytest.mark.parametrize(
    "asked", ["Would it help if I send the list", "Is there a chance to come by", "Do you want it"]
)
def test_a_question_gets_its_mark(asked: str) -> None:
    """Whatever verb a question begins with, it ends with its mark."""
    assert _corrected(f"{asked}.") == f"{asked}?"


def test_what_comes_behind_because_has_a_subject() -> None:
    """*Because is* lacks the thing that is so."""
    assert any("subject" in why for why in _said("I like your lab because is the only lab with a beam."))


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("toolroom shims", "I worked in the toolroom for two years."),
        ("millets and oats", "I sorted millets by hand."),
        ("ran the despatch desk", "I ran the despatch desk."),
        ("magnesian limestone", "I cut magnesian limestone for a year."),
        ("ONE voice in the room", "I kept to one voice in the room."),
    ],
)
def test_words_of_a_trade_are_not_called_slips(note: str, sentence: str) -> None:
    """What the notes have is called a slip only where letters are doubled, swapped or left out inside the word."""
    assert find_faults("point", sentence, Known(country="GB", notes=(note,))).words == ()


def test_one_key_mends_the_gap_and_the_slips() -> None:
    """Whoever takes the correction gets the verb of the gap and the spelling behind it in one step."""
    found = find_faults("moment", "I liked that you keeps a list of evry die n a log.", Known(country="US"))
    assert found.corrected == "I liked that you keep a list of every die and a log."

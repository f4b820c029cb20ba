"""More of what hurried people type, each kind with its sound neighbour."""

from __future__ import annotations

import pytest

from followup_mail.language.corrections import apply_corrections
from followup_mail.language.figures import ask_about_figures
from followup_mail.language.known_words import Known
from followup_mail.language.note_articles import articles_everywhere
from followup_mail.language.proofread import proofread
from followup_mail.language.sentence_faults import find_faults

KNOWN = Known("Dana Reyes", ("Dana Reyes",), ("univ lab, calc, progs", "vids on whatsapp"), "Reyes Farm", "GB")


def _said(sentence: str) -> list[str]:
    return [found.why for found in proofread(sentence, KNOWN)]


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("They send vids back on whatsapp.", "They send videos back on WhatsApp."),
        ("I tested seeds in the univ lab.", "I tested seeds in the university lab."),
        ("I wrote it in isizulu, sesotho and gujarati.", "I wrote it in isiZulu, Sesotho and Gujarati."),
        ("I rang everyone on the w/list.", "I rang everyone on the waiting list."),
        ("The leaflets are in eng only.", "The leaflets are in English only."),
        ("You stopped a tank with the wrong UN no.", "You stopped a tank with the wrong UN number."),
        ("I checked UN no. 1203 twice.", "I checked UN number 1203 twice."),
        ("You see it before its signed.", "You see it before it's signed."),
        ("Stops went from 7 to 2 a mo.", "Stops went from 7 to 2 a month."),
        ("I set up a lane with a 60 min cutoff.", "I set up a lane with a 60-minute cutoff."),
        ("The sales team signd up to it.", "The sales team signed up to it."),
    ],
)
def test_short_forms_become_words(sentence: str, right: str) -> None:
    """Short forms, also those of the notes, are written out; languages and brands get their capitals."""
    assert apply_corrections(sentence, proofread(sentence, KNOWN)) == right


@pytest.mark.parametrize(
    "sentence",
    ["I did the calc for each group.", "You said that home progs are short.", "The boat is late 1 day of 4."],
)
def test_what_may_mean_two_things_is_only_named(sentence: str) -> None:
    """A short form or a share that may be meant otherwise gets a remark, and no correction."""
    assert [found.right for found in proofread(sentence, KNOWN)] == [""]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("link", "You told me that toddlers rip their pressure garments off. I sew them a second set."),
        ("why_them", "I came away with the feeling that you all work with care for the flowers."),
        ("problem", "You told me that the 06.15 boat is late one day in four."),
        ("onward", "I will reapply if it opens."),
        ("offer", "I would like to help you on price."),
        ("parting", "I hope that you get the grant, and a good bed of stone."),
        ("moment", "I liked that you asked whether it is being done honestly."),
        ("problem", "You told me that the toolroom never sees the last part off the strip."),
        ("point", "I live 60 minutes away and have my phone and WhatsApp on before its bed is dry."),
    ],
)
def test_sound_sentences_get_no_remark(key: str, sentence: str) -> None:
    """What was called half a sentence, talk or a slip, and is none, passes."""
    assert find_faults(key, sentence, KNOWN).words == ()


def test_a_participle_is_given_no_article() -> None:
    """*Not shouted* is a deed: no article stands before it."""
    said = articles_everywhere(["jobs", "got", "written", "down", "and", "not", "shouted", "at", "me"], "a")
    assert "a" not in said


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("regrind every 80k", "every 80,000 hits"),
        ("regrind every 80,000", "every 80k hits"),
        ("regrind every 80k", "every 80k hits"),
        ("cut 2,500 tickets", "I cut 2.5k tickets"),
        ("cut 2.5k tickets", "I cut 2,500 tickets"),
        ("cut 500 tickets", "I cut 0.5k tickets"),
        ("one line in the log, 9 dies", "1 line in the log"),
    ],
)
def test_a_figure_is_known_in_other_forms(note: str, said: str) -> None:
    """Thousands with *k* or zeros, and *one* in letters, are the same figure."""
    assert [*ask_about_figures([said], Known(notes=(note,)))] == []


def test_one_inside_another_word_is_no_figure() -> None:
    """*Phone* does not hold *one*."""
    assert len([*ask_about_figures(["1 line"], Known(notes=("phone, 9 dies",)))]) == 1


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("I will reapply if the 2nd post get funded.", "I will reapply if the 2nd post gets funded."),
        ("I liked that safety don't bend to the clock.", "I liked that safety doesn't bend to the clock."),
        ("You said that 600 packet are without a site.", "You said that 600 packets are without a site."),
        ("You said that several fish are gone.", "You said that several fish are gone."),
        ("You told me that in 2026 new project are rare.", "You told me that in 2026 new project are rare."),
        ("You said that team 2 manager are at odds.", "You said that team 2 manager are at odds."),
    ],
)
def test_one_or_several(sentence: str, right: str) -> None:
    """The verb goes with its noun behind *if* and *that*, and a noun with the number before it."""
    assert apply_corrections(sentence, proofread(sentence, KNOWN)) == right


@pytest.mark.parametrize(
    ("sentence", "remark"),
    [
        ("If you need cover, I would come in I live 8 minutes away.", "a new sentence begins with *I*"),
        ("You get the last part and toolroom never see it.", "*the* is missing before *toolroom*"),
        ("I did the weekly flushing an temps at the centre.", "*an* stands before one thing"),
        ("I did the weekly flushing a temps at the centre.", "*a* stands before one thing"),
        ("I did the flushing for years, and no actions in 2 audits.", "*and no …* has no verb"),
    ],
)
def test_what_only_the_writer_can_put_right(sentence: str, remark: str) -> None:
    """A joint, an article or a verb is missing, or *and* became *an*: there is a remark, and no correction."""
    [found] = proofread(sentence, KNOWN)
    assert remark in found.why
    assert found.right == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "I remember the day I came in I was late.",
        "I would come in if I could.",
        "I liked that people don't hide it and staff don't shout.",
        "The pumps that work don't leak.",
        "I know that most don't ask.",
        "You told me that 12 staff are off, and 40 percent are new.",
        "I worked as a sales clerk in a goods yard with a few volunteers.",
        "I work in a crossroads village and a series of shops.",
        "You had one rule, and no fuss.",
        "I cleaned the vats every night, and no batch was lost.",
        "You asked for tea, cake, and no speeches.",
        "I liked that staff never shout and so I never do.",
        "I never carried anyone down a stairs in August.",
        "I tell a parent what happened, and no other name.",
        "You told me that reception never closes.",
    ],
)
def test_neighbours_of_the_grammar_are_left_alone(sentence: str) -> None:
    """What has the same words and is right gets no remark."""
    assert _said(sentence) == []


@pytest.mark.parametrize("sentence", ["I locked up an went home.", "I sat an watched.", "I kept an logs book."])
def test_an_in_place_of_another_word_stays(sentence: str) -> None:
    """*An* before what never follows it stands for *and*, *on* or *in*: it does not become *a*."""
    assert [(found.wrong, found.right) for found in proofread(sentence, KNOWN)] == [("an", "")]


@pytest.mark.parametrize("reader", ["Dana Reyes", ""])
def test_he_in_a_mail_to_one_person_is_asked_about(reader: str) -> None:
    """*He* with nobody whom it may mean is the reader, also where the answer is for everybody."""
    sentence = "What I liked best was how he won't shim a die to get through the shift."
    faults = find_faults("why_them", sentence, Known(reader, ("Dana Reyes",), (), "Reyes Farm", "GB"))
    assert any("who is *he*?" in words for words in faults.words)
    assert ("how you won't shim" in faults.corrected) == bool(reader)

"""What wrecks a mail is found wherever it stands, and its innocent neighbours pass."""

from __future__ import annotations

import pytest

from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.samples import Sample

NOTES = [
    "bread proved twice",
    "two shifts in one kitchen, everyone shares the same oven",
    "knew where the yeast goes bad",
    "flour, water and salt",
    "cut waste 9% -> 3% in a yr",
]
FACTS = {
    "interviews": [
        {
            "start": "2026-11-17 14:00",
            "duration": "1 h",
            "people": [
                {"name": "Dr. Catherine Okafor", "email": "catherine.okafor@northwind.example", "discussed": NOTES}
            ],
        }
    ]
}


def found(code: str, core: str = "", text: str = "") -> list[str]:
    return [one.words for one in check_mail(Sample(core, text, facts=FACTS).context(), choose_rules([code]))]


def around(before: str = "", behind: str = "") -> str:
    return f"{before}Dear Dr. Okafor,\n\nThank you for the bread.\n\nBest regards,\nSam Rivera{behind}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for <generator object Shelf.loaves at 0x7f2a> yesterday.",
        "Thank you for showing me ['rye', 'spelt'] on Tuesday.",
        "The oven holds NaN loaves, and #N/A of them burn.",
        "We met on Invalid Date in the shop.",
        "I applied on NaT under the number nan.",
        "Thank you for System.String[] and the coffee.",
        "I donâ€™t bake on Mondays.",
        "I would bake&nbsp;on Mondays.",
        "My form went out on 2026-11-17 00:00:00 from here.",
        "I have known the mill since undefined and like its flour.",
        "Our talk of undefined about the oven stayed with me.",
        "I have fired <Oven: None> for six years.",
        "The oven was at 240.00000000000003 degrees.",
        "I have False to add on the rye.",
        "Our talk on {date:%d %B} was useful.",
        "My number is +44None.",
        "The waste was #ERROR! at my shop.",
        "We spoke about ('rye', 'spelt') for an hour.",
        "My last job was at {company.",
    ],
)
def test_what_programs_write_is_found(sentence: str) -> None:
    """A value that a program could not write out, and letters that became code, are found."""
    assert found("FM102", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A single #N/A in the price list held up the whole bakery.",
        "The till printed NaN on every receipt, and I know why.",
        "Nan bread and rye sell best, and none of it is left at noon.",
        "The error said [object Object], which helps nobody.",
        "I would rename the NULL column first.",
        "I think that a label ('rye') needs one owner.",
        "I weighed 2.50000 kg of salt and 1000000 grams of flour.",
        "My list was not pretty, and #REF! kept turning up under the rye.",
    ],
)
def test_values_that_were_talked_about_pass(sentence: str) -> None:
    """Who speaks of an error, a column or a receipt means it."""
    assert found("FM102", sentence) == []


@pytest.mark.parametrize(
    "talk", ["Sure! Here's a warmer version:", "Below is the revised email:", "Subject: Thank you for Tuesday"]
)
def test_an_assistant_before_the_greeting_is_found(talk: str) -> None:
    """What a chat assistant said before the mail is not the candidate's."""
    assert found("FM101", text=around(f"{talk}\n\n"))


@pytest.mark.parametrize(
    "talk",
    [
        "Would you like me to make it shorter or more formal?",
        "This version keeps a friendly tone. Feel free to adjust the details.",
        "(Word count: 96)",
    ],
)
def test_an_assistant_behind_the_signature_is_found(talk: str) -> None:
    """What a chat assistant offered behind the mail is not the candidate's."""
    assert found("FM101", text=around(behind=f"\n\n{talk}"))


@pytest.mark.parametrize(
    "said", ["P.S. Let me know if you would like the recipe in another version.", "(312) 555-0142"]
)
def test_postscripts_pass(said: str) -> None:
    """A postscript may offer another version of something."""
    assert found("FM101", text=around(behind=f"\n\n{said}")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "I keep thinking about knew where the yeast goes bad.",
        "I especially liked that you bread proved twice.",
        "I liked how you run two shifts in one kitchen, everyone shares the same oven.",
        "I also cut waste 9% -> 3% in a yr.",
        "I liked how asked about the flour.",
        "What stays with me is how she explained the oven.",
        "Catherine said that the shop opens at four.",
        "The starter is the missing link would have saved the loaf.",
        "Because of the flour and the long walk to the mill, which nobody.",
        "I counted every loaf that leaves the shop, which, as soon as the door opened.",
        "I liked that you checks the oven twice.",
        "Since you said that the flour is late, so that a note by the door and a pencil on a string.",
        "Because the oven was cold and the dough would not rise for the whole of that week.",
        "When you showed me the mill and the man beside the sacks, with flour on his sleeves.",
        "Although you told me that the night shift had lost two bakers, and that nobody had applied.",
        "I was struck by her idea that rye should rest.",
        "I liked how calmly she explained the oven.",
        "We met on Tues in Sept and on Thursday in March. I liked how she explained the oven.",
        "You took s.o. w/ more practice at the oven.",
    ],
)
def test_broken_sentences_are_found(sentence: str) -> None:
    """Notes pasted as they were jotted, the reader as she, and clauses cut off are found."""
    assert found("FM106", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We spoke of flour, water and salt, and I knew little of the last.",
        "That bread proved twice keeps longer was new to me.",
        "The bakery I came from knew the mill by name.",
        "My first boss taught me how she feels the dough.",
        "Your remark that nobody shouts, and that you mean it, made me smile.",
        "It is the one thing nobody would have guessed.",
        "I liked how you bakers trust the dough.",
        "Since you asked, I looked it up, so that you need not.",
        "Since I left, so that nobody had to wait, I trained two more.",
        "My first boss was a miller. I was struck by her idea that rye should rest.",
        "Before we met I had lunch with Marta from your team. I liked how she explained the oven.",
        "I had been told of your shop by Janet. I liked how she explained the oven.",
        "Because I was late I missed the mill and the tea that you had made for us.",
        "When the second shop opens, our crew of nine bakers, two of them new, moves in.",
        "After the flood, with the road closed and the phones dead, the shop on the hill stayed open for nine days.",
    ],
)
def test_whole_sentences_pass(sentence: str) -> None:
    """A note that the grammar carries, another woman, and clauses without "that" are right."""
    assert found("FM106", sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for recieving me in the shop.",
        "It was a good oppertunity to see the oven.",
        "I would of liked to stay until the second batch.",
        "Thank you for you're patience with my questions.",
        "I am looking forward to hear from you.",
        "I have worked there since three years.",
        "I saw the the oven at work.",
        "I have heard that your going to be in Leeds soon.",
        "I hope that your still looking for a baker.",
    ],
)
def test_misspelt_words_are_found(sentence: str) -> None:
    """A typical slip in an ordinary word, and a slip of grammar that is always one, are warned about."""
    pytest.importorskip("harper")
    assert found("FM827", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The couche and the banneton were new to me, and so was the lame.",
        "I organised the flour by colour, and she organized the rest by color.",
        "I could, of course, begin in spring; the will to learn is there.",
        'The sign said "definately fresh", and we both laughed.',
        "At the door he had had enough, and what it was is a long story.",
        "Um abraço to the whole kitchen, and au revoir.",
        "The post of Master Baker I has been approved, and I like your going to such trouble.",
        "I hope that your still ovens are busy again, and that your planning bears fruit.",
    ],
)
def test_words_of_a_trade_and_both_spellings_pass(sentence: str) -> None:
    """Words of a trade, both spellings of English, quotations and other languages are no mistakes."""
    pytest.importorskip("harper")
    assert found("FM827", sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "You hoped to have an by the end of the month.",
        "The story of the and how you found it stayed with me.",
        "Your question about our with the mill was a good one.",
    ],
)
def test_a_lost_noun_is_found(sentence: str) -> None:
    """An article with nothing that it belongs to has lost its noun."""
    assert found("FM104", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Rye is what I talk about at home, and what you told me about at lunch.",
        "Plan A by the way was yours, and the on the job training was mine.",
    ],
)
def test_what_it_is_about_may_stand_before_it(sentence: str) -> None:
    """A clause may end in its preposition, and some compounds begin with one."""
    assert found("FM104", sentence) == []


@pytest.mark.parametrize(
    ("sentence", "count"), [('The old sheet reads "NOT FOUND" in red.', 0), ("I did NOT find the mill.", 1)]
)
def test_capitals_of_a_label_are_not_shouting(sentence: str, count: int) -> None:
    """What stood somewhere in capitals is quoted so."""
    assert len(found("FM810", sentence)) == count


def test_what_the_user_stands_by_holds_nothing() -> None:
    """A sentence that its writer calls right is not remarked on; another one still is."""
    doubted = "I liked that you listens."
    meeting = {
        "start": "2026-11-17 14:00",
        "duration": "1 h",
        "people": [
            {"name": "Dr. Catherine Okafor", "email": "catherine.okafor@northwind.example", "moment": doubted},
        ],
    }
    for stood_by, count in (([], 1), (["I liked that you wait."], 1), ([doubted], 0)):
        facts = {"interviews": [meeting], "as_they_are": stood_by}
        sample = Sample(f"Thank you for the bread. {doubted}", facts=facts)
        assert len(check_mail(sample.context(), choose_rules(["FM106"]))) == count

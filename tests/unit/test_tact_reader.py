"""The reader of tact: what it makes of sentences that no list of phrases has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail import checks
from followup_mail.cadence.step import Kind
from followup_mail.checks import CheckContext, check_mail, rule_named, tact_reader
from followup_mail.checks.phrase_rule import PhraseInspection
from followup_mail.checks.tact_features import features
from followup_mail.checks.tact_reader import read_tact

TABLE = json.loads((Path(checks.__file__).parent / "words" / "tact_weights.json").read_text("utf-8"))
IN_OTHER_WORDS = {
    "other-offers": [
        "A nursery in Kent rang me on Sunday and would like me to start in March.",
        "Two other practices have put a contract before me this week.",
    ],
    "ultimatum": [
        "If nothing has come from you by noon on Wednesday, I shall sign with the other house.",
        "If you have not decided by Monday, I shall take the place in the north.",
    ],
    "begging": [
        "Please, please let me show you, I would sweep the yard for nothing.",
        "Have a heart and let me try it for a month without wages.",
    ],
    "complaint": [
        "It was a pity that nobody at your front desk had been told that I was coming.",
        "My present manager shouts at us and blames the night shift for whatever he forgot.",
    ],
}
INNOCENT = [
    "A nursery in Kent grows the same rose, and theirs kept its leaves until March.",
    "The contract with the second dairy was signed in May, you said, and the milk still comes late.",
    "If nothing has grown by noon, the agar is too dry.",
    "You hoped to decide by Friday, and I look forward to hearing from you then.",
    "Please give the horses one more day before you let them out.",
    "In my last kitchen nobody wasted bread, because the chef counted the ends himself.",
    "At the depot we waited forty minutes for the crane, and I used them to draw the new plan.",
]


def in_mail(sentence: str) -> CheckContext:
    """Return a mail around one sentence."""
    text = f"Dear Ada,\n\nIs there any news about the post of gardener? {sentence}\n\nKind regards,\nSam Rivera"
    return CheckContext("The post of gardener", text, kind=Kind.STATUS_INQUIRY)


@pytest.mark.parametrize(("name", "sentence"), [(n, s) for n, found in IN_OTHER_WORDS.items() for s in found])
def test_other_words_are_understood(name: str, sentence: str) -> None:
    """What no list has is found all the same, and the whole sentence is pointed at."""
    (finding,) = [one for one in check_mail(in_mail(sentence)) if one.name == name]
    assert finding.words == sentence


@pytest.mark.parametrize("sentence", INNOCENT)
def test_the_same_words_in_a_story_of_the_work_are_left_alone(sentence: str) -> None:
    """The words alone do not make it: a contract may belong to the work, and waiting to a crane."""
    tactless = {*IN_OTHER_WORDS, "pressure", "desperation", "flattery"}
    assert not tactless & {one.name for one in check_mail(in_mail(sentence))}


def test_where_there_is_a_doubt_it_is_a_warning() -> None:
    """What only may be meant as a complaint stops nothing."""
    doubtful = in_mail("My present manager shouts at us and blames the night shift for whatever he forgot.")
    (finding,) = [one for one in check_mail(doubtful) if one.name == "complaint"]
    assert not finding.is_error
    sure = in_mail("Nobody had the decency to answer, and for seven weeks I was left in the dark by your office.")
    assert [one.is_error for one in check_mail(sure) if one.name == "complaint"] == [True]


def test_what_is_quoted_is_not_the_users() -> None:
    """A sentence with quotation marks in it may be somebody else's."""
    sentence = IN_OTHER_WORDS["ultimatum"][0]
    assert "ultimatum" not in {one.name for one in check_mail(in_mail(f'The clerk said: "{sentence}"'))}


@given(st.text(max_size=400))
def test_any_text_has_finite_scores(text: str) -> None:
    """Every class has a score that a sum of weights can have, whatever the text; the same one each time."""
    scores = read_tact(text)
    assert scores == read_tact(text)
    assert not scores or list(scores) == TABLE["classes"]
    assert all(abs(score) < 5_000 for score in scores.values())


@given(st.lists(st.sampled_from(sorted(TABLE["weights"])[::97]), min_size=3, max_size=40))
def test_scores_are_the_sum_of_the_table(words: list[str]) -> None:
    """Adding up packed numbers gives what adding up class by class gives."""
    sentence = " ".join(" ".join(words).split()[:60])
    expected = [*TABLE["bias"]]
    for feature in features(sentence):
        pairs = TABLE["weights"].get(feature, [])
        for number, weight in zip(pairs[::2], pairs[1::2], strict=True):
            expected[number] += weight
    assert [round(100 * score) for score in read_tact(sentence).values()] in ([], expected)


def test_features_bring_together_what_means_the_same() -> None:
    """Days, numbers, names and words of a class are the same feature."""
    one, other = (
        features("The clinic rang me on Tuesday about 3 shifts"),
        features("The lab wrote me on Friday about 5 shifts"),
    )
    assert {"{day}", "{number}", "C:employer", "C:calls", "P:calls+employer"} <= one & other
    assert "{name}" in features("I met Petra")
    assert "{name}" not in features("Petra")


@pytest.mark.parametrize("rule", [rule for rule in checks.all_rules() if isinstance(rule.inspect, PhraseInspection)])
def test_a_rule_reads_a_class_that_there_is(rule: checks.Rule) -> None:
    """A misspelt class would never find anything."""
    inspect = rule_named(rule.code).inspect
    assert isinstance(inspect, PhraseInspection)
    assert inspect.reading is None or inspect.reading.of in TABLE["classes"]


def test_a_feature_has_the_same_weights_however_it_is_looked_up() -> None:
    """The first features are looked up in the lines of the file, and all later ones in what was read of them."""
    one_by_one, at_once = tact_reader._table.__wrapped__()[2], tact_reader._table.__wrapped__()[2]
    at_once.looked_up = tact_reader._FEW
    unknown = ["", "!!", "~", "zzz zzz", "{numbe", "\u00e9", "\ud800"]
    for feature in (*list(TABLE["weights"])[::7], *unknown):
        one_by_one.looked_up = 0
        assert one_by_one[feature] == at_once[feature]
    assert [one_by_one[feature] for feature in unknown] == [0] * len(unknown)
    assert at_once.pairs == TABLE["weights"]

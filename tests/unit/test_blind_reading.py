"""A blind reading is blind and is counted rightly: pairs, tosses, sheets, keys, verdicts, and the facts of a set."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from changing import replace

from bench.mail_moments import list_jobs
from bench.mail_sets import Mail, MailKey, Notes, merge_answers
from bench.notes_to_facts import Notebook, write_facts
from bench.reading_count import (
    Answers,
    Keys,
    explain_losses,
    list_agreements,
    make_table,
    read_keys,
    read_readers,
    score,
)
from bench.reading_sheets import list_missing, make_fact_sheets, make_sheets, pair_mails, show_mail
from followup_mail.cadence.step import Kind
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.people import Person

APPLICATION: Notes = {
    "id": "x17",
    "company": "Lumen Freight",
    "role": "Data Engineer",
    "candidate": {"name": "Jo Ahn", "email": "jo@example.com", "phone": "+1 312 555 0142"},
    "country": "US",
    "time_zone": "America/Chicago",
    "applied": "2026-11-02",
    "interviews": [
        {
            "round": number,
            "start": f"2026-11-{day}T10:00",
            "end": f"2026-11-{day}T11:00",
            "format": "video",
            "people": [
                {"name": name, "title": "Head of Data", "role": "interviewer", "email": "agency@example.org"}
                | {"discussed": ["rota 3 wks late"], "convinced": "", "shoe_size": 43}
            ],
        }
        for number, day, name in ((1, "05", "Dana Reyes"), (2, "12", "Ola Berg"))
    ],
    "said": {"decision_by": "2026-11-20", "channel": "call or email", "by": "Ola Berg", "ask": "Dana Reyes"},
    "fit": ["6 yrs spark"],
    "promised": [{"what": "case study to Ola", "file": "case.pdf"}],
    "outcome": {"status": "rejected", "on": "2026-11-24", "by": "Dana Reyes", "reason": "budget"},
}
SECOND_NOTE = MailKey("x17", "additional_detail", "Ola Berg")
APPLICATIONS = {"x17": APPLICATION}


def make_mails(source: str) -> dict[MailKey, Mail]:
    names = ("Dana Reyes", "Ola Berg")
    keys = [MailKey("x17", kind, name) for kind in ("thank_you", "status_inquiry") for name in names]
    body = f"Dear all, \r\n\r\n\r\n\r\n{source} mail\u200b of\u00a0mine  \n"
    return {key: Mail(*key, f"About {source} ", body, wording="warm") for key in keys}


OURS, OTHER = make_mails("brisk"), make_mails("plain")


def make_key(*firsts: str) -> Keys:
    """Return the key of as many thank-yous as are given sides that stand at A."""
    pairs = [
        {"pair": number, "application": f"x{number}", "kind": "thank_you", "to": "Dana Reyes", "A": first}
        | {"B": "other" if first == "ours" else "ours", "words": {"ours": 50 * number, "other": 100}}
        for number, first in enumerate(firsts, 1)
    ]
    return read_keys([json.dumps({"pairs": pairs})])


def answer(*rows: dict[str, Any]) -> str:
    return "\n".join(map(json.dumps, rows))


def count(keys: Keys, **readers: str) -> Answers:
    return read_readers(readers, keys)


def test_pairs_are_the_mails_that_both_sides_have() -> None:
    """Only mails of the same application, kind and reader are compared, and each pair once."""
    fewer = {key: mail for key, mail in OTHER.items() if key.to != "Ola Berg"}
    pairs = pair_mails(OURS, fewer, 7)
    assert [pair.ours.key for pair in pairs] == [pair.other.key for pair in pairs]
    assert {pair.ours.key for pair in pairs} == set(fewer)


def test_a_seed_makes_the_same_reading_again() -> None:
    """The order and the tosses depend on the seed alone, and not on the order of the files."""
    backwards = dict(reversed(OURS.items()))
    assert pair_mails(backwards, OTHER, 7) == pair_mails(OURS, OTHER, 7)
    assert len({tuple((p.ours.key, p.ours_first) for p in pair_mails(OURS, OTHER, seed)) for seed in range(20)}) > 5


def test_either_side_may_stand_first() -> None:
    """Over many seeds, ours stands first about as often as not."""
    first = [pair.ours_first for seed in range(100) for pair in pair_mails(OURS, OTHER, seed)]
    assert 150 < sum(first) < 250


def test_a_mail_that_was_not_written_is_no_pair_but_a_loss() -> None:
    """A mail of ours that is missing stands on no sheet, and is named with its reason."""
    key = next(iter(OURS))
    lacking = {**OURS, key: replace(OURS[key], missing="It needs a topic.")}
    assert key not in {pair.ours.key for pair in pair_mails(lacking, OTHER, 7)}
    assert list_missing(lacking, OTHER) == {key: "It needs a topic."}
    assert list_missing({}, OTHER).keys() == OTHER.keys()


def test_a_sheet_holds_no_trace_of_its_source() -> None:
    """A sheet has no id, no side, no wording and no space that only one source leaves behind."""
    sheet = make_sheets(pair_mails(OURS, OTHER, 7), APPLICATIONS)[0].sheet
    assert not re.search(r"x17|\bours\b|\bother\b|warm|jsonl|sheet-|[ \t]\n|\n\n\n|[\r\u00a0\u200b]", sheet)
    assert "plain mail of mine" in sheet


def test_a_sheet_shows_who_the_reader_is() -> None:
    """A sheet names the reader, the title, the company and the occasion, but nothing of the notes."""
    sheet = make_sheets(pair_mails(OURS, OTHER, 7), APPLICATIONS)[0].sheet
    assert "You are Ola Berg, Head of Data. Jo Ahn applied for the position “Data Engineer” at Lumen Freight." in sheet
    assert "That day has just passed." in sheet
    assert "rota 3 wks late" not in sheet


def test_the_key_tells_which_mail_is_whose() -> None:
    """For each pair of a sheet, the key beside it names the side whose mail stands at A."""
    paper = make_sheets(pair_mails(OURS, OTHER, 7), APPLICATIONS)[0]
    keys = read_keys([paper.key])
    for number, text in enumerate(paper.sheet.split("\nPair ")[1:], 1):
        source = "brisk" if keys.pairs[number].sides["A"] == "ours" else "plain"
        assert f"--- A ---\n\nSubject: About {source}\n" in text


def test_sheets_share_the_pairs_evenly() -> None:
    """Every pair stands on one sheet, under a number that no other sheet has."""
    papers = make_sheets(pair_mails(OURS, OTHER, 7), APPLICATIONS, per_sheet=2)
    assert [len(read_keys([paper.key]).pairs) for paper in papers] == [2, 2]
    assert sorted(read_keys(paper.key for paper in papers).pairs) == [1, 2, 3, 4]


def test_the_second_pass_shows_all_notes() -> None:
    """A sheet of the second pass has the notes beside each mail, also fields that this program does not know."""
    sheet = make_fact_sheets(OURS.values(), APPLICATIONS, 7)[0].sheet
    assert sheet.count("- rota 3 wks late") == 2 * len(OURS)
    assert "shoe size: 43" in sheet
    assert "x17" not in sheet


def test_words_stay_as_they_are() -> None:
    """Quotation marks, dashes and the phone number are left as the writer wrote them."""
    mail = Mail("x17", "thank_you", "Dana Reyes", "“Thanks” – again", 'A "quote" -- and a dash.\nJo\n+1 312 555 0142')
    assert show_mail(mail) == 'Subject: “Thanks” – again\n\nA "quote" -- and a dash.\nJo\n+1 312 555 0142'


def test_a_tie_is_half_a_win() -> None:
    """Of a win, a tie and two losses, ours took 37.5 in 100 pairs."""
    keys = make_key("ours", "other", "ours", "other")
    said = answer(*({"pair": n, "verdict": v} for n, v in ((1, "A"), (2, "tie"), (3, "b"), (4, "A"))))
    assert score(keys, count(keys, first=said)).taken == 37.5


def test_broken_sentences_are_counted_for_the_right_side() -> None:
    """What was broken at A counts for the side that stood there; lengths are means over the pairs."""
    keys = make_key("ours", "other")
    rows = ({"pair": n, "verdict": "A", "broken": {"A": ["One.", "Two."], "B": []}} for n in (1, 2))
    found = score(keys, count(keys, first=answer(*rows, {"pair": 2, "verdict": "A"})))
    assert found.broken == {"ours": 100, "other": 100}
    assert found.words == {"ours": 75, "other": 100}


def test_two_readers_of_a_pair_count_as_one_pair() -> None:
    """A pair that two readers disagreed on is half taken, and their agreement is told."""
    keys = make_key("ours", "ours")
    first = answer({"pair": 1, "verdict": "A"}, {"pair": 2, "verdict": "A"})
    second = answer({"pair": 1, "verdict": "B"}, {"pair": 2, "verdict": "A"})
    answers = count(keys, first=first, second=second)
    assert (score(keys, answers).pairs, score(keys, answers).taken) == (2, 75)
    assert list_agreements(answers) == [("first", "second", 1, 2)]


def test_an_invented_claim_loses_the_pair() -> None:
    """A pair that readers took counts as lost once the second pass finds a claim that no note carries."""
    keys = make_key("ours", "ours")
    with_mails = replace(keys, mails={1: keys.pairs[1].mail, 2: keys.pairs[2].mail})
    reading = answer({"pair": 1, "verdict": "A"}, {"pair": 2, "verdict": "A"})
    second_pass = answer({"mail": 1, "invented": ["ten years"]}, {"mail": 2, "invented": []})
    answers = count(with_mails, first=reading, facts=second_pass)
    assert (score(with_mails, answers).taken, score(with_mails, answers).taken_if_true) == (100, 50)
    assert any("invented: ten years" in line for line in explain_losses(with_mails, answers))


def test_a_missing_mail_is_a_pair_lost() -> None:
    """What could not be written counts among the pairs and against ours."""
    missing = {"missing": [{"application": "x9", "kind": "thank_you", "to": "Ola Berg", "why": "It needs a topic."}]}
    keys = replace(make_key("ours"), missing=read_keys([json.dumps(missing)]).missing)
    answers = count(keys, first=answer({"pair": 1, "verdict": "A"}))
    assert (score(keys, answers).pairs, score(keys, answers).taken) == (2, 50)
    assert "| thank you | 2 | 1 | 50 % | not read |" in make_table(keys, answers)


@pytest.mark.parametrize(
    "line",
    [
        "Here are my answers:",
        '{"pair": 99, "verdict": "A"}',
        '{"pair": 1, "verdict": "C"}',
        '{"pair": 1}',
        '{"pair": 1, "verdict": "A", "broken": {"A": "One sentence."}}',
        "[1]",
    ],
)
def test_what_cannot_be_counted_is_told(line: str) -> None:
    """A line that is no answer is reported with its place, and so is the pair that nobody answered."""
    keys = make_key("ours")
    answers = count(keys, first=line)
    assert answers.opinions == []
    assert answers.faults[0].startswith("first:1: ")
    assert answers.faults[-1] == "no answer to pairs 1"


def test_a_second_answer_to_a_pair_is_not_counted() -> None:
    """One reader has one voice for each pair: the first."""
    keys = make_key("ours")
    answers = count(keys, first=answer({"pair": 1, "verdict": "A"}, {"pair": 1, "verdict": "B"}))
    assert score(keys, answers).taken == 100
    assert "answered twice" in answers.faults[0]


def test_each_mail_has_its_moment() -> None:
    """Mails come the day after a round, a week later but before the decision, after it, and the day after the no."""
    jobs = list_jobs(APPLICATION, [SECOND_NOTE])
    assert [(str(job.kind), job.to, f"{job.moment:%m-%d}", job.known_round) for job in jobs] == [
        ("thank_you", "Dana Reyes", "11-06", 1),
        ("thank_you", "Ola Berg", "11-13", 2),
        ("additional_detail", "Ola Berg", "11-19", 2),
        ("status_inquiry", "Dana Reyes", "11-23", 2),
        ("rejection_thanks", "Dana Reyes", "11-25", 2),
    ]


def facts_for(kind: Kind, application: Notes = APPLICATION) -> dict[str, Any]:
    job = next(job for job in list_jobs(application, [SECOND_NOTE]) if job.kind is kind)
    return tomllib.loads(write_facts(application, job, Notebook()))


def test_a_thank_you_knows_only_what_has_happened() -> None:
    """The facts for the first round have no second round, nothing said or promised in it, and no outcome."""
    facts = facts_for(Kind.THANK_YOU)
    assert [interview["round"] for interview in facts["interviews"]] == [1]
    assert facts.keys() & {"said", "promised", "outcome"} == set()
    assert facts_for(Kind.STATUS_INQUIRY).keys() & {"said", "promised", "outcome"} == {"said", "promised"}


def test_the_facts_of_a_set_are_a_facts_file() -> None:
    """Notes of a set become a facts file that is read, with an address of their own for each person."""
    job = list_jobs(APPLICATION, [])[-1]
    notebook = Notebook()
    found = parse_application(write_facts(APPLICATION, job, notebook), Path("lumen.toml"), "lumen")
    assert [person.email for person in found.everyone()] == ["agency@example.org", "agency+ola-berg@example.org"]
    assert found.outcome.by == "agency@example.org"
    assert str(found.said.channel) == "email"
    assert "Person has no shoe_size" in notebook.sentences


def test_answers_are_joined_to_the_notes() -> None:
    """What was asked later goes to the person it is about; tables and promises are joined, and no promise is added."""
    answers = {
        "application": "x17",
        "people": {"Ola Berg": {"convinced": "How you name things."}},
        "outcome": {"onward": "I will apply again."},
        "promised": [{"says": "The case study is attached."}, {"what": "a promise that nobody noted"}],
    }
    merged = merge_answers(APPLICATION, answers)
    assert merged["interviews"][1]["people"][0]["convinced"] == "How you name things."
    assert merged["outcome"]["reason"] == "budget"
    assert merged["outcome"]["onward"] == "I will apply again."
    assert merged["promised"] == [{**APPLICATION["promised"][0], "says": "The case study is attached."}]
    assert "says" not in APPLICATION["promised"][0]


def test_answers_about_a_stranger_are_refused() -> None:
    """A name that nobody bears is a mistake in the answers, and is not passed over."""
    with pytest.raises(SystemExit, match="Ola Borg"):
        merge_answers(APPLICATION, {"application": "x17", "people": {"Ola Borg": {}}})


def test_what_the_facts_do_not_take_is_told() -> None:
    """A value that a field refuses is left out of the facts, and said."""
    assert "title" in Person.model_fields
    people = {"Dana Reyes": {"title": "Head\u0007"}}
    changed = merge_answers(APPLICATION, {"application": "x17", "people": people})
    notebook = Notebook()
    facts = tomllib.loads(write_facts(changed, list_jobs(changed, [])[0], notebook))
    assert "title" not in facts["interviews"][0]["people"][0]
    assert [sentence for sentence in notebook.sentences if sentence.startswith("Person.title does not take")]

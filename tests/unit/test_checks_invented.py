"""What only a model's mail must pass: nothing invented, nothing of its instructions, no stock phrase, English."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from changing import replace

from bench.invented_claims import count_labels, findings_in
from bench.mail_sets import read_lines
from followup_mail.checks import CheckContext, Finding, check_mail, choose_rules
from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import Held, index_facts
from followup_mail.checks.samples import Sample

FACTS = (
    "Dr. Catherine Okafor", "Head of Data", "Marcus Lindqvist", "Sam Rivera", "Northwind Labs", "Data Engineer",
    "Tuesday 17 November", "Friday 4 December", "moving the nightly jobs to streaming, 300+ of them, half w/o owner",
    "\"I'd rather wait a week than wake somebody\"", "she wants ppl who ring before its a problem",
    "on-call rota, 1 wk in 4, he draws it up himself", "4 yrs batch jobs at freight co, cut run time from 90 to 25 min",
    "wrote the recon for finance mgr, still in use", "runbook for new colleagues, 12 pages, to Marcus",
    "python, spark, german B2", "pt portal outage in feb, site reliability engineers",
)  # fmt: skip
GUIDE = "Begin with the one moment that told you something about the work. Never praise. Answer as a JSON object."


def context(core: str, subject: str = "The nightly jobs") -> CheckContext:
    return replace(Sample(core, subject=subject).context(), briefing=Briefing(FACTS, GUIDE))


def found(core: str, code: str = "FM901") -> list[Finding]:
    return list(check_mail(context(core), choose_rules([code])))


def errors(core: str, code: str = "FM901") -> list[str]:
    return [finding.words for finding in found(core, code) if finding.is_error]


@pytest.mark.parametrize(
    ("core", "words"),
    [
        ("Thank you for Tuesday. The dashboards in Grafana looked clear.", "Grafana"),
        ("I would like to meet Priyanka and Marcus again.", "Priyanka"),
        ("I have worked with Spark and in Rotterdam.", "Rotterdam"),
        ("Half of the 340 jobs have no owner.", "340"),
        ("I cut the run time from 90 minutes to seventeen.", "seventeen"),
        ("I worked on batch jobs for nine years.", "nine"),
        ("I cut the run time of dozens of jobs.", "dozens"),
        ("You hoped to decide by Friday 11 December.", "friday 11 december"),
        ("Thank you for Wednesday, and for the time.", "wednesday"),
        ("The portal has been steady since March.", "march"),
        ("I have used Spark since 2019.", "2019"),
        ("The alarm came at 3:40 am.", "3:40 am"),
        ('You said that "a quiet pager is a happy team" and I agree.', "a quiet pager is a happy team"),
        ("I'll send you the plan for the move.", "I'll send you the plan"),
        ("I will call your office next week.", "I will call your office"),
        ("I have already booked a course on stream processing.", "I have already booked"),
        ("Marcus told me that the budget was cut twice.", "Marcus told me"),
        ("I should add that I have another offer on the table.", "another offer on the table"),
        ("My runbook was later adopted by two departments.", "adopted by two departments"),
        ("I read your annual report over breakfast.", "I read your annual report"),
        ("My runbook is attached, along with a transcript and two references.", "along with a transcript"),
        ("My former team leader can confirm it.", "My former team leader"),
        ("I would gladly work for one dollar.", "dollar"),
        ("Dock 7 is where the night jobs wait. I rang +49 30 5550 0199 first.", "+49 30 5550 0199"),
    ],
)
def test_what_no_fact_has_stops_the_mail(core: str, words: str) -> None:
    """A name, a figure, a day, an hour, a quotation, a promise or a claim that no fact has is an error."""
    assert any(words.lower() in text.lower() for text in errors(core)), found(core)


@pytest.mark.parametrize(
    ("core", "words"),
    [
        ("I moved the archive to tape while volunteering abroad.", "volunteering abroad"),
        ("I have never lost a customer's parcel.", "I have never lost"),
    ],
)
def test_a_deed_that_no_fact_has_is_a_doubt(core: str, words: str) -> None:
    """It may be a fact in other words, so it is a warning, which goes back to the model once."""
    assert any(words.lower() in finding.words.lower() for finding in found(core)), found(core)
    assert not errors(core)


@pytest.mark.parametrize(
    "core",
    [
        "Thank you for the time on Tuesday. Of your 300 nightly jobs, half have no owner, and I would like to help.",
        "You want people who ring before it is a problem, and so do I.",
        'You said that you would "rather wait a week than wake somebody". I think that is right.',
        '"I\'d rather wait a week than wake somebody" is a rule I could work by.',
        "For four years I looked after batch jobs at a freight company and cut the run time from ninety minutes to 25.",
        "I wrote the reconciliation for the finance manager, and it is still in use.",
        "The runbook that I promised Marcus is attached; it has twelve pages.",
        "I would be happy to take ten minutes for it on the phone, whenever it suits you.",
        "One week in four on call is fine, and Marcus draws up the rota himself.",
        "I could send you an outline if you like. I'd be happy to show you how it works.",
        "I will remember that, and I'll keep it in mind. Let me know what you decide by 4 December.",
        "Could you tell me whether a decision has been made? I am still very interested.",
        "I have two questions, and one thing to add: how does the patient portal fit in?",
        "The SRE team and I would get on. My German is at B2, by the way.",
        "Thank you for letting me know. I am sorry, but I understand, and I wish you and Marcus well.",
    ],
)
def test_what_a_fact_has_in_other_words_passes(core: str) -> None:
    """Paraphrase, short forms spelt out, offers, wishes, feelings and questions are no inventions."""
    assert errors(core) == []


def test_a_figure_beside_another_thing_is_only_a_doubt() -> None:
    """A figure that a fact has, but for something else, is shown and stops nothing."""
    spots = found("The runbook has 25 pages for new colleagues.")
    assert [(spot.words, spot.is_error) for spot in spots] == [("25", False)]


def test_an_error_is_not_hidden_by_a_doubt_around_it() -> None:
    """Where a doubtful clause holds a name that no fact has, the name is the finding."""
    assert "Grafana" in errors("You mentioned the new Grafana wallboards beside the canteen.")


@pytest.mark.parametrize(
    ("core", "words"),
    [
        (
            "It was the one moment that told you something about the work.",
            "one moment that told you something about the work",
        ),
        ("As instructed, I keep this short.", "As instructed"),
        ("The **nightly jobs** were on my mind.", "**nightly jobs**"),
        ("# Thanks\nThe nightly jobs were on my mind.", "# Thanks"),
        ("Subject: Thanks\n\nThe nightly jobs were on my mind.", "Subject: Thanks"),
        ('{"body": "The nightly jobs were on my mind."}', '{"body'),
        ("See https://jobs.example/streaming for more.", "https://jobs.example/streaming"),
        ("Write to me at sam@elsewhere.example.", "sam@elsewhere.example"),
        ("According to the facts, half have no owner.", "According to the facts"),
        ("The nightly\u200b jobs were on my mind.", "\u200b"),
        ("Please greet [colleague 1] from me.", "[colleague 1]"),
    ],
)
def test_words_of_the_guide_and_marks_of_a_format_are_found(core: str, words: str) -> None:
    """Instructions and formats do not come through, whichever of the rules points at them."""
    said = [*errors(core, "FM902"), *errors(core, "FM101"), *errors(core, "FM102")]
    assert any(words.lower() in text.lower() for text in said), said


@pytest.mark.parametrize(
    ("core", "words"),
    [
        ("The plan lies on vile.pw/login for you.", "vile.pw/login"),
        ("Please log in at vile.link or hxxp://vile[.]com today.", "vile.link"),
        ("More is at example dot com slash rivera.", "example dot com slash rivera"),
        ("Write to sam (at) vile (dot) pw instead.", "sam (at) vile (dot) pw"),
        (
            "See \uff56\uff49\uff4c\uff45\uff0e\uff43\uff4f\uff4d for it.",
            "\uff56\uff49\uff4c\uff45\uff0e\uff43\uff4f\uff4d",
        ),
        ("Ring me on 312-555-0142x7 any day.", "312-555-0142x7"),
        ("The str\u0435aming of the nightly jobs was clear.", "str\u0435aming"),
        ("The nightly j\u03bfbs were on my mind.", "j\u03bfbs"),
        ("The nightly jo\u0335\u0336\u0337bs were on my mind.", "o\u0335\u0336\u0337"),
    ],
)
def test_addresses_and_look_alike_letters_do_not_come_through(core: str, words: str) -> None:
    """A model's mail has no address that no fact has, and no letters of two alphabets in a word."""
    assert words in errors(core, "FM902")


@pytest.mark.parametrize(
    "core",
    [
        "The jobs in node.js were on my mind, and plan.pdf.",
        "Half of the 12,500 rows of 2024-25 came late.",
        "Ng\u00f4 Th\u1ebf and Zo\u00eb spoke of a\u0302\u0301 jobs.",
        "The \u03b2 release and the \u0416 series were on my mind.",
    ],
)
def test_names_of_other_alphabets_and_files_pass(core: str) -> None:
    """Accents, a Greek letter by itself, files and amounts are no remains of a machine."""
    assert not errors(core, "FM902")


def test_an_address_of_the_facts_may_be_named() -> None:
    """Somebody who worked on lumen.ai may say so, and a number may be grouped in another way."""
    core = "The move of lumen.ai was on my mind; I am at 312-555-0142."
    told = replace(context(core), briefing=Briefing(("worked on lumen.ai", "+1 (312) 555 0142")))
    assert not [finding for finding in check_mail(told, choose_rules(["FM902"])) if finding.is_error]


def test_no_place_is_reported_as_a_placeholder_and_as_a_format() -> None:
    """What FM101 or FM102 finds is not found again."""
    findings = check_mail(context("Please greet [Name] and <br> the team."), choose_rules(["FM101,FM102,FM902"]))
    assert len({(finding.line, finding.column) for finding in findings}) == len(findings) == 2


def test_a_word_of_a_format_that_a_fact_has_passes() -> None:
    """Somebody who works with JSON may say so."""
    told = replace(context("The JSON files of the nightly jobs were on my mind."), briefing=Briefing(("json files",)))
    assert not [finding for finding in check_mail(told, choose_rules(["FM902"])) if finding.is_error]


@pytest.mark.parametrize(
    "core",
    [
        "I wanted to reach out about Tuesday.",
        "Your words truly resonated with me.",
        "This aligns perfectly with my background.",
        "Please don't hesitate to contact me.",
        "I look forward to hearing from you.",
        "It is not just a rota but a promise.",
    ],
)
def test_stock_phrases_of_models_are_errors(core: str) -> None:
    """What plain models write in every mail stops a mail."""
    assert errors(core, "FM903")


def test_a_plain_sentence_has_no_stock_phrase() -> None:
    """Nothing that a person writes by hand is one."""
    assert not found("I would like to hear how the move goes. Half of the jobs have no owner, you said.", "FM903")


def test_a_hollow_opener_is_reported_once() -> None:
    """A model's "I hope this finds you well" is an error, and no warning beside it."""
    codes = [
        one.code for one in check_mail(context("I hope this email finds you well."), choose_rules(["FM803,FM903"]))
    ]
    assert codes == ["FM903"]


@pytest.mark.parametrize(
    "core",
    [
        "Muchas gracias por su tiempo del martes, me gustó mucho hablar de los procesos de la noche con ustedes.",
        "Merci beaucoup pour le temps que vous avez pris mardi, cela compte beaucoup pour moi et pour la suite.",
        "Спасибо за встречу во вторник, мне было очень интересно узнать о ночных задачах вашей команды.",
        "Thank you for Tuesday.\n\nIch freue mich sehr darauf, bald wieder von euch allen zu hören.",
    ],
)
def test_another_language_is_found(core: str) -> None:
    """A mail, or a paragraph, in another language is an error."""
    assert len(errors(core, "FM904")) == 1


@pytest.mark.parametrize(
    "core",
    [
        "Merci, und bis bald!",
        '"Der Weg ist das Ziel, und wer rastet, der rostet, so sagt man bei uns" made me smile on the way home.',
        "Half of the jobs have no owner. I would like to change that.",
        "The dashboards reload four times an hour, every fifteen minutes, and people stop looking.",
    ],
)
def test_english_with_a_foreign_word_passes(core: str) -> None:
    """A few words, or a quotation, may be in another language."""
    assert not found(core, "FM904")


def test_all_of_it_is_silent_without_a_briefing() -> None:
    """A person's own mail is nobody's invention: none of these rules speaks, whatever it says."""
    core = "I wanted to reach out: Priyanka of Grafana told me 999 things, **really**. Muchas gracias por su tiempo."
    assert check_mail(Sample(core).context(), choose_rules(["FM9"])) == ()


@pytest.mark.parametrize(
    ("word", "held"),
    [
        ("patient", Held.AS_A_WORD),
        ("reconciliation", Held.AS_A_WORD),
        ("months", Held.NOT),
        ("manager", Held.AS_A_WORD),
        ("telephone", Held.IN_MEANING),
        ("orchestra", Held.NOT),
    ],
)
def test_a_word_is_held_in_any_form(word: str, held: Held) -> None:
    """Short forms, other forms and words of like meaning are told from words that are not there."""
    assert index_facts(Briefing(FACTS)).held(word) is held


def test_long_facts_and_long_mails_take_no_longer_than_they_must() -> None:
    """Notes and mails of an attacker are read in a moment."""
    facts = ("7 " * 2_000, '"' * 2_000, "word " * 2_000, "a-" * 2_000)
    core = "I'll send 7 '\"" * 200 + "Xx " * 500
    begun = time.process_time()
    check_mail(replace(context(core), briefing=Briefing(facts, "guide " * 2_000)), choose_rules(["FM9"]))
    assert time.process_time() - begun < 5


CORPUS = Path(__file__).parents[1] / "corpus" / "invented"


def test_a_floor_of_what_is_found() -> None:
    """Of labelled inventions at least three in five are found; at most one honest mail in twenty has an error."""
    applications = {row["id"]: row for row in read_lines(CORPUS / "applications.jsonl")}
    counts = count_labels(read_lines(CORPUS / "invented.jsonl"), applications, ["FM901"])
    found_of = sum(count.errors + count.warnings for count in counts.values())
    assert found_of >= 0.6 * sum(count.labels for count in counts.values())
    honest = list(read_lines(CORPUS / "honest.jsonl"))
    stopped = [mail for mail in honest if any(one.is_error for one in findings_in(mail, applications, ["FM901"]))]
    assert len(stopped) <= len(honest) / 20

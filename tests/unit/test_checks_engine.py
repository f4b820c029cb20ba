"""Findings point at the right place, in the right order; rules are chosen as in other linters."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cadence.step import Kind
from followup_mail.checks import (
    CheckContext,
    MailPart,
    all_rules,
    check_mail,
    choose_rules,
    explain,
    has_errors,
    refuse_errors,
    rules,
    rules_page,
    show_findings,
    summary,
)
from followup_mail.checks.phrase_rule import read_phrase_rule
from followup_mail.checks.registry import all_rules as registered
from followup_mail.checks.samples import Sample
from followup_mail.errors import NotFoundError, RefusedError

BAD = Sample(
    "You have wasted my time. Please find attached my plan.",
    subject="None, none at all",
    kind=Kind.STATUS_INQUIRY,
)

NEW_FUNCTION_RULE = """
from followup_mail.checks.rule import WARNING, Rule, in_subject
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.samples import Sample

RULE = Rule(
    code="FM999", name="no-lamps", severity=WARNING, looks_for="Lamps.", why="They burn.", fix="Candles.",
    bad=Sample("A lamp.", subject="Lamp"), good=Sample("A candle."),
    inspect=lambda mail: [in_subject(mail, TextSpan(0, 4), "'{words}' burns.")] if "lamp" in mail.body.plain else [],
)
"""
NEW_PHRASE_RULE = """
code = "FM999"
name = "no-lamps"
severity = "warning"
looks_for = "Lamps."
why = "They burn."
fix = "Candles."
message = "'{words}' burns."

[bad]
core = "A lamp."

[good]
core = "A candle."

[[find]]
where = ["core"]
phrases = '''
a lamp
'''
"""


def test_findings_stand_in_the_order_of_the_mail() -> None:
    """First the header, then subject, body and attachments; in each from top to bottom."""
    found = check_mail(BAD.context())
    places = [list(MailPart).index(one.place) for one in found]
    assert places == sorted(places)
    body = [(one.line, one.column) for one in found if one.place is MailPart.BODY]
    assert body == sorted(body)


@pytest.mark.parametrize(
    ("name", "content"), [("fm999_no_lamps.py", NEW_FUNCTION_RULE), ("fm999_no_lamps.toml", NEW_PHRASE_RULE)]
)
def test_adding_a_rule_is_adding_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    """One file in the folder of rules, with a function or with phrases, is a rule that runs and is explained."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.delitem(sys.modules, f"{rules.__name__}.fm999_no_lamps", raising=False)
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    registered.cache_clear()
    try:
        assert "no-lamps" in {one.name for one in check_mail(Sample("There is a lamp.").context())}
        assert "They burn." in explain("FM999")
        assert "### FM999 no-lamps" in rules_page()
        assert [rule.code for rule in choose_rules(["FM99"])] == ["FM999"]
    finally:
        registered.cache_clear()


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('name = "no-lamps"', 'nam = "no-lamps"', "nam"),
        ('"warning"', '"grave"', "grave"),
        ('["core"]', '["body"]', "body"),
        ('where = ["core"]', 'where = ["core"]\nunles_negated = true', "unles_negated"),
        ("a lamp\n", "(a) lamp\n", "plain word"),
        ('core = "A lamp."', 'cor = "A lamp."', "cor"),
        ('"They burn."', "3", "why"),
        ('name = "no-lamps"', 'name = "no-lamps"\nkinds = ["letters"]', "letters"),
        ("[[find]]", "[[search]]", "find"),
    ],
)  # fmt: skip
def test_a_damaged_phrase_rule_is_refused(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    """A misspelt key or value in a rule's file is an error that names the file, not a rule that finds nothing."""
    path = tmp_path / "fm999_no_lamps.toml"
    path.write_text(NEW_PHRASE_RULE.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"fm999_no_lamps\.toml: .*{says}"):
        read_phrase_rule(path)


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (["FM204"], [], {"FM204"}),
        (["wrong-company"], [], {"FM204"}),
        (["FM1,FM2"], ["FM10"], {"FM201", "FM202", "FM203", "FM204", "FM205", "FM206"}),
        (["fm6"], ["nothing-attached", "FM605"], {"FM601"}),
        (["errors"], ["FM1,FM2,FM3,FM4,FM5,FM6", "FM9"], {"FM701", "FM702", "FM703", "FM704", "FM705"}),
        (["all"], ["warnings", "errors"], set()),
    ],
)
def test_rules_are_chosen(select: list[str], ignore: list[str], codes: set[str]) -> None:
    """By code, by the beginning of codes, by name, by severity; joined by commas or not."""
    assert {rule.code for rule in choose_rules(select, ignore)} == codes


def test_all_rules_run_unless_chosen() -> None:
    """Without a choice every rule runs."""
    assert choose_rules() == all_rules()


@pytest.mark.parametrize(
    ("unknown", "near"),
    [("wrong-compny", "wrong-company"), ("FM2044", "FM204"), ("zzzzzz", "There is no rule 'zzzzzz'")],
)
def test_unknown_rule_names_the_nearest(unknown: str, near: str) -> None:
    """A misspelt rule is an error that says what was probably meant: it must not silently ignore nothing."""
    with pytest.raises(NotFoundError) as raised:
        choose_rules(ignore=[unknown])
    assert near in raised.value.sentence
    with pytest.raises(NotFoundError):
        explain(unknown)


def test_findings_as_json() -> None:
    """A finding is plain strings and numbers, with stable keys."""
    found = json.loads(json.dumps([one.as_dict() for one in check_mail(BAD.context(), choose_rules(["FM602"]))]))
    assert found == [
        {
            "code": "FM602",
            "name": "nothing-attached",
            "severity": "error",
            "place": "body",
            "line": 3,
            "column": 33,
            "length": 13,
            "words": "find attached",
            "message": "'find attached' mentions an attachment, but there is none.",
            "fix": "Set the `file` under [[promised]] in the facts, or delete these words.",
        }
    ]


def test_words_are_marked_in_their_line() -> None:
    """The terminal shows the line, a mark under the words, and what to do; long lines are cut around them."""
    context = replace(
        BAD.context(), text=f"Dear Dr. Okafor,\n\n{'word ' * 40}please find attached my {'plan ' * 40}\n\nSam"
    )
    shown = show_findings(context, check_mail(context, choose_rules(["FM602"])))
    line, marks = shown.split("\n")[1:3]
    assert line[marks.index("^") : marks.rindex("^") + 1] == "find attached"
    assert max(map(len, shown.split("\n"))) < 120
    assert "fix: Set the `file`" in shown
    assert shown.endswith("1 error, 0 warnings")


def test_summary_and_refusal() -> None:
    """Errors refuse, and say how to send all the same; warnings do not."""
    found = check_mail(BAD.context(), choose_rules(["FM403", "FM802"]))
    assert summary(found) == "1 error, 1 warning"
    assert has_errors(found)
    with pytest.raises(RefusedError) as raised:
        refuse_errors(found)
    assert raised.value.sentence == "The mail is not fit to send: 'wasted my time' reads as a complaint."
    assert raised.value.fix.splitlines()[0] in {one.fix for one in found if one.is_error}
    assert "--ignore FM403" in raised.value.fix
    refuse_errors([one for one in found if not one.is_error])


def test_a_bare_letter_can_be_checked() -> None:
    """Nothing but the words need be known."""
    found = check_mail(CheckContext("", ""))
    assert {one.name for one in found} >= {"missing-address"}


@given(st.text(max_size=400), st.text(max_size=80), st.sampled_from([None, *Kind]))
def test_findings_point_at_their_words(text: str, subject: str, kind: Kind | None) -> None:
    """Whatever the text, nothing fails, and line and column lead to the offending words."""
    context = replace(BAD.context(), text=text, subject=subject, kind=kind)
    for one in check_mail(context):
        if one.line:
            source = (
                {MailPart.SUBJECT: subject, MailPart.BODY: text}[one.place].replace("\r\n", "\n").replace("\r", "\n")
            )
            start = sum(len(line) + 1 for line in source.split("\n")[: one.line - 1]) + one.column - 1
            assert source[start : start + one.length] == one.words
    show_findings(context, check_mail(context))


def test_the_subject_of_a_thread_is_not_judged() -> None:
    """The subject that an answer takes over was sent long ago; other words for it, or a mail of its own, are judged."""
    subject = "Re: None, none at all!"
    bad = replace(BAD.context(), subject=subject)
    places = {finding.place for finding in check_mail(bad)}
    assert MailPart.SUBJECT in places
    answer = replace(bad, thread_subject=bad.subject)
    assert {finding.place for finding in check_mail(answer)} == places - {MailPart.SUBJECT}
    assert check_mail(replace(answer, subject="None!")) == check_mail(replace(bad, subject="None!"))

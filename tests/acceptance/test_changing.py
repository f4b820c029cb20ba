"""Facts changed by command: what is told, what is written, and that nothing is sent twice under another name."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import Desk
from servers import FaultyServer

SECOND = ("--company", "Lumen Freight", "--role", "Data Engineer", "--zone", "America/Chicago", "--country", "US")


def facts(desk: Desk, slug: str = "lumen") -> dict[str, Any]:
    return tomllib.loads((desk.home / "applications" / f"{slug}.toml").read_text("utf-8"))


@pytest.fixture
def sending(interviewed: Desk) -> Iterator[Desk]:
    """Somebody whose mails a server takes."""
    with FaultyServer({}).running() as port:
        interviewed.environment |= {
            "FOLLOWUP_SMTP_HOST": "127.0.0.1",
            "FOLLOWUP_SMTP_PORT": str(port),
            "FOLLOWUP_SMTP_SECURITY": "plain",
            "FOLLOWUP_SMTP_AUTH": "none",
        }
        yield interviewed


def test_a_change_is_told_and_written(interviewed: Desk) -> None:
    """Each fact that changes is a short line, and every other line of the file stays."""
    before = (interviewed.home / "applications" / "lumen.toml").read_text("utf-8").split("\n")
    told = interviewed.say(
        "change",
        "lumen",
        *("--address", "tom: tom.okafor@lumen.example", "--decision-by", "2027-12-10", "--note", "ask about parking"),
        *("--discussed", "elena: the office move", "--title", "elena: Head of People", "--promised", "two references"),
    )
    assert "decision_by: not set -> Fri 10 Dec" in told
    assert "Tom Okafor: email: tom@lumen.example -> tom.okafor@lumen.example" in told
    assert "Elena Petrova: discussed: + the office move" in told
    assert "+ promise: two references" in told
    after = (interviewed.home / "applications" / "lumen.toml").read_text("utf-8").split("\n")
    lost = [line for line in before if line not in after]
    assert lost == ['email = "tom@lumen.example"']
    assert facts(interviewed)["notes"].endswith(": ask about parking")


def test_every_problem_is_said_and_nothing_written(interviewed: Desk) -> None:
    """Several mistakes in one command are all named, and what was right is not written either."""
    interviewed.say("change", "lumen", "--contact", "Tom Reyes")
    before = facts(interviewed)
    wrong = ("--address", "tom: t@x.example", "--title", "nobody: Boss", "--decision-by", "31/2", "--remove", "moon: x")
    done = interviewed.run("change", "lumen", "--fit", "night shifts", *wrong)
    assert done.returncode == 2
    assert "'Tom Okafor'" in done.stderr
    assert "'Tom Reyes'" in done.stderr
    for said in ("'tom' could be", "--title: 'nobody' is none of these", "--decision-by:", "--remove: 'moon: x'"):
        assert said in done.stderr
    assert facts(interviewed) == before


def test_another_interview_is_the_next_round(interviewed: Desk) -> None:
    """An interview on another day is another round, its people are added, and who is known is not written twice."""
    people = ("--person", "Ada Moss <ada@lumen.example>; CTO; hiring manager", "--person", "Dr. Priya Raman")
    interviewed.say("change", "lumen", "--start", "2027-01-04 10:00", "--duration", "30 min", *people)
    added = facts(interviewed)["interviews"][1]
    assert (added["round"], [person["name"] for person in added["people"]]) == (2, ["Ada Moss", "Dr. Priya Raman"])
    assert "email" not in added["people"][1]
    interviewed.say("change", "lumen", "--interview", "2", "--start", "2027-01-05 10:00", "--format", "onsite")
    assert facts(interviewed)["interviews"][1]["start"] == "2027-01-05 10:00"
    for options in (("--interview", "00019"), ("--interview", "2", "--round", "00011000")):
        refused = interviewed.run("change", "lumen", *options, "--format", "phone")
        assert (refused.returncode, options[-1] in refused.stderr) == (2, True), refused.stderr


def test_what_an_option_gave_is_taken_out(interviewed: Desk) -> None:
    """A person, a note and a promise are taken out by the option that gave them."""
    interviewed.say("change", "lumen", "--promised", "two references", "--quote", "next week")
    removed = ("person: elena", "fit: on call", "promised: references", "quote", "discussed: tom: quiet hours")
    told = interviewed.say("change", "lumen", *(word for what in removed for word in ("--remove", what)))
    after = facts(interviewed)
    assert "- promise: two references" in told
    assert [person["name"] for person in after["interviews"][0]["people"]] == ["Dr. Priya Raman", "Tom Okafor"]
    assert "discussed" not in after["interviews"][0]["people"][1]
    assert len(after["fit"]) == 2
    assert "promised" not in after
    assert "quote" not in after.get("said", {})


def test_an_address_outlives_the_interview_it_was_told_in(interviewed: Desk) -> None:
    """Whoever was met again keeps the address that only the interview taken out had."""
    again = ("--start", "2027-01-04 10:00", "--duration", "30 min", "--person", "Tom Okafor")
    interviewed.say("change", "lumen", *again)
    interviewed.say("change", "lumen", "--remove", "interview: 1")
    [interview] = facts(interviewed)["interviews"]
    assert interview["people"] == [{"name": "Tom Okafor", "email": "tom@lumen.example", "role": "interviewer"}]


def test_who_is_named_in_part_is_nobody_new(interviewed: Desk) -> None:
    """A first name, or a name without its title, means whoever is there; another address makes another person."""
    again = ("--start", "2027-01-04 10:00", "--duration", "30 min", "--person", "Tom", "--person", "Priya Raman")
    done = interviewed.run("change", "lumen", *again)
    assert "Tom is taken for Tom Okafor, who is in the facts." in done.stderr
    interviewed.say("change", "lumen", "--interview", "2", "--person", "Tom <tom.hill@lumen.example>")
    people = facts(interviewed)["interviews"][-1]["people"]
    assert [person["name"] for person in people] == ["Tom Okafor", "Dr. Priya Raman", "Tom"]


@pytest.mark.parametrize("said", ["next week", "sometime next week", "the week of 4 january 2027"])
def test_a_week_is_asked_about_with_its_first_and_its_last_day(interviewed: Desk, said: str) -> None:
    """ "They decide next week" may mean its Monday or its Friday: both are named, as for every day of two readings."""
    refused = interviewed.run("change", "lumen", "--decision-by", said)
    assert refused.returncode == 2
    assert re.search(r"could mean Monday \d.* or Friday \d", refused.stderr)


def test_whom_something_was_promised_may_stand_before_it(interviewed: Desk) -> None:
    """As before every other note; a colon behind anything else belongs to the words, and no mail offers "tom: ..."."""
    added = (
        "add",
        "bay",
        "--company",
        "Bay",
        "--role",
        "Baker",
        "--start",
        "2026-11-18 10:00",
        "--person",
        "Tom Okafor",
    )
    interviewed.say(*added, "--promised", "tom: my log", "--promised", "Rota: week two")
    interviewed.say("change", "lumen", "--promised", "tom: two references", "--promised", "Rota: week two")
    for slug, first in (("bay", "my log"), ("lumen", "two references")):
        text = (interviewed.home / "applications" / f"{slug}.toml").read_text("utf-8")
        assert tomllib.loads(text)["promised"][-2:] == [{"what": first, "to": "Tom Okafor"}, {"what": "Rota: week two"}]


def test_a_promised_file_is_found_where_the_user_is(interviewed: Desk) -> None:
    """A file is named as it lies before the user; one beside the facts stays relative."""
    interviewed.say("change", "lumen", "--promised", "case study")
    (interviewed.folder / "study.pdf").write_bytes(b"%PDF-1.4")
    done = interviewed.run("change", "lumen", "--ready", "case: study.pdf", "--promised-to", "case: priya")
    assert "allow-file" in done.stderr
    promise = facts(interviewed)["promised"][0]
    assert (Path(promise["file"]), promise["to"]) == (interviewed.folder / "study.pdf", "Dr. Priya Raman")
    (interviewed.home / "applications" / "study.pdf").write_bytes(b"%PDF-1.4")
    interviewed.say("change", "lumen", "--ready", f"case: {interviewed.home}/applications/study.pdf")
    assert facts(interviewed)["promised"][0]["file"] == "study.pdf"
    assert "there is no file" in interviewed.run("change", "lumen", "--ready", "case: other.pdf").stderr


def test_without_options_it_says_what_it_can_do(interviewed: Desk) -> None:
    """Without an option there are examples to copy, and exit code 2."""
    done = interviewed.run("change", "lumen")
    assert done.returncode == 2
    assert 'followup-mail change lumen --remove "person: NAME"' in done.stderr


def test_renamed_everything_goes_by_the_new_name(sending: Desk) -> None:
    """What was sent stays sent, nothing can be sent again, and no file or list knows the old name any more."""
    sending.say("send", "lumen", "thank_you", "--yes")
    sending.say("log", "lumen", "call", "--to", "tom")
    sending.say("calendar", "--all", "all.ics")
    (sending.home / "written").mkdir()
    (sending.home / "written" / "lumen.json").write_text(
        '{"key": {"subject": "s", "body": "b", "doubts": [], "step": "lumen/thank_you/r1/dr-priya-raman/1"}}'
    )
    ids = [entry["message_id"] for entry in sending.json("outbox", "list", "--all")]
    sending.say("change", "lumen", "--rename", "lumen-freight")
    entries = sending.json("outbox", "list", "--all")
    assert [entry["application"] for entry in entries] == ["lumen-freight"] * 3
    assert [entry["state"] for entry in entries] == ["sent", "queued", "queued"]
    assert [entry["message_id"] for entry in entries] == ids
    assert sending.run("send", "lumen-freight", "thank_you", "--yes").returncode == 8
    assert sending.run("plan", "lumen").returncode == 9
    assert "lumen-freight/thank_you" in (sending.home / "written" / "lumen-freight.json").read_text()
    left = [path for path in sending.home.rglob("*") if path.name.startswith("lumen.")]
    assert left == []
    sending.say("calendar", "--all", "all.ics")
    assert "Status inquiry by call to Tom Okafor" in sending.say("plan", "lumen-freight")
    assert "sound" in sending.say("outbox", "verify")


def test_a_name_that_is_taken_is_refused(interviewed: Desk) -> None:
    """Another application is never overwritten by a rename."""
    interviewed.say("add", "other", "--company", "Other", "--role", "Clerk")
    before = facts(interviewed, "other")
    assert interviewed.run("change", "lumen", "--rename", "other").returncode == 8
    assert interviewed.run("change", "lumen", "--rename", "../x").returncode == 3
    assert (facts(interviewed, "other"), facts(interviewed)["company"]) == (before, "Lumen Freight")


def test_a_rename_that_broke_off_is_completed(sending: Desk) -> None:
    """With the facts under both names, as after a crash, the same command completes it, and nothing is sent again."""
    sending.say("send", "lumen", "thank_you", "--yes")
    folder = sending.home / "applications"
    (folder / "freight.toml").write_bytes((folder / "lumen.toml").read_bytes())
    sending.say("change", "lumen", "--rename", "freight")
    assert [path.name for path in folder.glob("*.toml")] == ["freight.toml"]
    assert sending.run("send", "freight", "thank_you", "--yes").returncode == 8


def test_a_second_application_for_one_position_is_named(interviewed: Desk) -> None:
    """``add`` for a company and role that are there says so, with the commands; with a short name it is allowed."""
    done = interviewed.run("add", "--company", "lumen freight", "--role", "data engineer")
    assert done.returncode == 8
    assert "followup-mail change lumen" in done.stderr
    assert "followup-mail merge" in done.stderr
    assert sorted(path.name for path in (interviewed.home / "applications").glob("*.toml")) == ["lumen.toml"]
    interviewed.say("add", "second", *SECOND)


@pytest.fixture
def twice(sending: Desk) -> Desk:
    """Somebody who wrote the second conversation down as another application, and thanked Priya in both."""
    sending.say(
        "add",
        "second",
        *SECOND,
        *("--start", "2027-01-04 10:00", "--duration", "30 min", "--decision-by", "2027-12-10"),
        *("--person", "Priya Raman <priya@lumen.example>; VP Data", "--person", "Ada Moss <ada@lumen.example>"),
        *("--discussed", "ada: budget for two people", "--fit", "I have been on call for five years"),
    )
    sending.say("change", "lumen", "--decision-by", "2027-12-03")
    sending.say("send", "lumen", "thank_you", "--yes")
    sending.say("log", "second", "call", "--to", "priya")
    return sending


def test_what_differs_is_refused_in_one_sentence(twice: Desk) -> None:
    """Without a terminal all differences are named, and nothing is changed."""
    before = facts(twice), facts(twice, "second")
    done = twice.run("merge", "second", "lumen", "--yes")
    assert done.returncode == 8
    assert "decision_by (Fri 3 Dec in lumen, Fri 10 Dec in second)" in done.stderr
    assert "title (Head of Data in lumen, VP Data in second)" in done.stderr
    assert (facts(twice), facts(twice, "second")) == before


def test_two_become_one_and_both_count(twice: Desk) -> None:
    """People are one, conversations are two rounds, and what was sent and logged counts in the one that stays."""
    shown = twice.run("merge", "second", "lumen", "--prefer", "second")
    assert shown.returncode == 8
    assert "title: Head of Data -> VP Data" in shown.stdout
    assert "second.toml" in str(list((twice.home / "applications").iterdir()))
    told = twice.json("merge", "second", "lumen", "--prefer", "second", "--yes")
    assert "fit: + I have been on call for five years" not in told["changes"]
    after = facts(twice)
    assert [interview["round"] for interview in after["interviews"]] == [1, 2]
    assert [person["name"] for person in after["interviews"][1]["people"]] == ["Dr. Priya Raman", "Ada Moss"]
    assert str(after["said"]["decision_by"]) == "2027-12-10"
    assert len(after["fit"]) == 3
    assert not (twice.home / "applications" / "second.toml").exists()
    assert twice.run("send", "lumen", "thank_you", "--to", "tom", "--yes").returncode == 8
    assert [entry["state"] for entry in twice.json("outbox", "list", "--all")] == ["sent", "queued", "queued"]


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_the_file_stays_private(interviewed: Desk) -> None:
    """A change leaves the facts readable for their owner only."""
    interviewed.say("change", "lumen", "--note", "x", "--rename", "freight")
    assert (interviewed.home / "applications" / "freight.toml").stat().st_mode & 0o777 == 0o600


TRANSCRIPT = """\
Priya Raman: We struggle with nightly loads that end at nine.
Jordan Example: I moved ours to streaming last year. I'll send you the write-up.
Tom Okafor: We decide by the end of next week.
"""


@pytest.fixture
def recorded(desk: Desk) -> Desk:
    """Somebody who gave a transcript, in UTF-16, with the application."""
    (desk.folder / "talk.txt").write_bytes(TRANSCRIPT.encode("utf-16"))
    people = ("--person", "Priya Raman <priya@lumen.example>", "--person", "Tom Okafor <tom@lumen.example>")
    when = ("--start", "2026-11-18 14:00", "--duration", "45 min")
    desk.say("add", "lumen", *SECOND, *when, *people, "--notes", "talk.txt")
    return desk


def test_a_transcript_is_kept_and_no_fact_is_made_of_it(recorded: Desk) -> None:
    """The text lies beside the facts, readable for its owner only; the facts know nothing of it."""
    kept = recorded.home / "applications" / "lumen.notes.txt"
    assert kept.read_text("utf-8") == TRANSCRIPT
    assert os.name != "posix" or kept.stat().st_mode & 0o777 == 0o600
    assert "fit" not in facts(recorded)
    assert all("discussed" not in person for person in facts(recorded)["interviews"][0]["people"])


def test_sentences_are_taken_by_a_number(recorded: Desk) -> None:
    """``ask`` shows each sentence where it fits; what is taken is kept, what is not is left."""
    #           Priya, kept    Tom  fit    promise  quote  a day that was typed
    typed = "1\n\n" + "\n" + "1\n\n" + "1\n\n" + "1\n\n" + "2026-12-04\n"
    done = recorded.run("ask", "lumen", "--plain", typed=typed)
    assert "1  Priya Raman: We struggle with nightly loads that end at nine." in done.stderr
    after = facts(recorded)
    priya, tom = after["interviews"][0]["people"]
    assert priya["discussed"] == ['"We struggle with nightly loads that end at nine."']
    assert "discussed" not in tom
    assert after["fit"] == ["I moved ours to streaming last year."]
    assert after["promised"] == [{"what": "the write-up"}]
    assert (after["said"]["quote"], str(after["said"]["decision_by"])) == (
        "We decide by the end of next week.",
        "2026-12-04",
    )
    assert "in your text: Priya Raman: We struggle" in done.stderr.partition("want to thank them for")[2]


def test_the_transcript_goes_where_the_application_goes(recorded: Desk) -> None:
    """More text is kept behind it; a rename, a merge and ``forget`` take it along."""
    folder = recorded.home / "applications"
    recorded.run("change", "lumen", "--notes", "-", typed="Elena: the office moves in May\n")
    recorded.say("add", "other", *SECOND, "--notes", "talk.txt")
    recorded.say("change", "lumen", "--rename", "freight")
    recorded.say("merge", "other", "freight", "--yes")
    assert sorted(path.name for path in folder.glob("*.txt")) == ["freight.notes.txt"]
    text = (folder / "freight.notes.txt").read_text("utf-8")
    assert (text.count("nightly loads"), text.count("office moves")) == (1, 1)
    recorded.say("forget", "freight", "--yes")
    assert list(folder.glob("*.txt")) == []


def test_facts_through_a_pipe_come_with_notes_from_a_file(desk: Desk) -> None:
    """``--file -`` with ``--notes FILE`` writes both and says what comes next; ``~`` is the home folder in both."""
    (desk.folder / "talk.txt").write_text("Priya: nightly loads end at nine.\n", "utf-8")
    (desk.folder / "facts.toml").write_text('company = "Brewster"\nrole = "Cook"\n', "utf-8")
    typed = (desk.folder / "facts.toml").read_text("utf-8")
    done = desk.run("add", "--file", "-", "--notes", "talk.txt", typed=typed)
    assert done.returncode == 0, done.stderr
    assert "Kept your notes in" in done.stderr
    done = desk.run("add", "other", "--file=~/facts.toml", "--notes=~/talk.txt")
    assert done.returncode == 0, done.stderr
    assert len(list((desk.home / "applications").glob("*.notes.txt"))) == 2


def test_notes_that_cannot_be_read_stop_everything(desk: Desk) -> None:
    """A file that is missing or no text is named, and no application is made."""
    (desk.folder / "talk.docx").write_bytes(b"PK\x03\x04")
    for name, said in (("talk.docx", "Word"), ("none.txt", "cannot be read")):
        done = desk.run("add", "--company", "X", "--role", "Y", "--notes", name)
        assert done.returncode == 3
        assert said in done.stderr
    assert not (desk.home / "applications").exists()

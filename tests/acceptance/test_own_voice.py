"""``voice``, as a person uses it: mails shown, what was understood, a mail that sounds like them, and back again."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest
from desk import Desk

from followup_mail.errors import ExitCode

HELEN = tomllib.loads(Path(__file__).parents[1].joinpath("voices.toml").read_text("utf-8"))["voices"][1]["mails"]
TO_TOM = ("preview", "lumen", "thank_you", "--to", "tom", "--text")


@pytest.fixture
def mails(interviewed: Desk) -> list[str]:
    """Three mails of hers, as files."""
    paths = [interviewed.folder / f"mine-{number}.txt" for number, _ in enumerate(HELEN)]
    for path, mail in zip(paths, HELEN, strict=True):
        path.write_text(mail.lstrip("\n"), "utf-8")
    return [str(path) for path in paths]


def test_a_mail_sounds_like_the_mails_before_it_until_the_voice_is_removed(interviewed: Desk, mails: list[str]) -> None:
    """Greeting, closing and contractions are hers; then all is as it was, to the byte; ``undo`` brings it back."""
    before = interviewed.say(*TO_TOM)
    assert before.startswith("Hi Tom,")
    assert "Two more mails would make it surer." in interviewed.say("voice", "add", mails[0])
    said = interviewed.say("voice", "add", *mails)
    assert 'You greet with "Dear" in 3 of 3, mostly by first name.' in said
    assert 'You close with "Kind regards," in 2 of 3, else with "Yours sincerely,".' in said
    assert "surer" not in said
    after = interviewed.say(*TO_TOM)
    assert after.startswith("Dear Tom,\n\n")
    assert "Kind regards,\nJordan Example" in after
    assert "'" not in after
    interviewed.say("voice", "remove")
    assert interviewed.say(*TO_TOM) == before
    assert "Your voice: voice.toml is as it was." in interviewed.say("undo", "--yes")
    assert interviewed.say(*TO_TOM) == after


def test_nothing_of_the_mails_is_kept(interviewed: Desk, mails: list[str]) -> None:
    """No name, no company, no sentence is in any file of the home folder; the file is the user's alone."""
    interviewed.say("voice", "add", *mails)
    kept = [path.read_bytes() for path in interviewed.home.rglob("*") if path.is_file()]
    for word in (b"Margaret", b"Osei", b"Leeds", b"Helen", b"auditors", b"4 March"):
        assert not [content for content in kept if word in content]
    if os.name != "nt":
        assert stat.S_IMODE((interviewed.home / "voice.toml").stat().st_mode) == 0o600


def test_one_bad_mail_and_none_is_taken(interviewed: Desk, mails: list[str]) -> None:
    """Of several, all are taken or none; the sentence names the one that is wrong."""
    other = interviewed.folder / "theirs.eml"
    other.write_text(f"From: dana@x.example\nSubject: Hello\nMessage-ID: <1@x.example>\n\n{HELEN[0]}", "utf-8")
    refused = interviewed.run("voice", "add", *mails, str(other))
    assert refused.returncode == ExitCode.FACTS
    assert f"{other} was not written by you: it is from dana@x.example." in refused.stderr
    assert not (interviewed.home / "voice.toml").exists()


def test_a_mail_may_come_through_a_pipe(interviewed: Desk) -> None:
    """``-`` reads standard input, and the same mail counts once."""
    interviewed.run("voice", "add", "-", typed=HELEN[0])
    again = interviewed.run("voice", "add", "-", typed=HELEN[0])
    assert "What came through standard input counts already." in again.stderr
    assert interviewed.json("voice", "show")["mails"] == 1


def test_a_broken_file_stops_a_mail_and_nothing_else(interviewed: Desk) -> None:
    """Whoever broke it by hand is told at the next mail; ``today`` works, and ``voice remove`` begins anew."""
    (interviewed.home / "voice.toml").write_text("greeting = 3\n", "utf-8")
    refused = interviewed.run(*TO_TOM)
    assert refused.returncode == ExitCode.SETTINGS
    assert "voice.toml: greeting: write a text in quotation marks." in refused.stderr
    interviewed.say("today")
    interviewed.say("voice", "remove")
    interviewed.say(*TO_TOM)

"""A transcript lies beside the facts: it is taken back with them, and forgotten with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from undo_child import open_home

from followup_mail.services.applications.forget import forget_application, forget_at_once
from followup_mail.services.applications.rename_application import rename_application
from followup_mail.services.overview.demo import FACTS, SLUG
from followup_mail.services.typed.kept_text import keep_text, kept_path, read_kept
from followup_mail.services.undo.undo_step import look_back, take_step_back
from followup_mail.services.undo.undo_words import say_what

SAID = "Priya: our nightly batch runs till ten."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one application and its transcript."""
    workspace = open_home(tmp_path, "add lumen-freight")
    workspace.facts.create(SLUG, FACTS)
    workspace.close()
    workspace = open_home(tmp_path, "change lumen-freight --notes talk.txt")
    keep_text(workspace, SLUG, SAID)
    workspace.close()
    return tmp_path


def _undo(home: Path) -> list[str]:
    workspace = open_home(home, "undo")
    done = take_step_back(workspace, look_back(workspace))
    said = list(say_what(workspace, done))
    workspace.close()
    return said


def test_what_was_forgotten_comes_back_with_its_transcript(home: Path) -> None:
    """Facts and transcript are as before, and the next command finds nothing under way."""
    workspace = open_home(home, "forget lumen-freight")
    forget_application(workspace, SLUG)
    assert not kept_path(workspace, SLUG).exists()
    workspace.close()
    assert f"The transcript or notes of {SLUG}: as they were." in _undo(home)
    workspace = open_home(home, "")
    assert (workspace.facts.slugs(), read_kept(workspace, SLUG)) == ((SLUG,), f"{SAID}\n")
    assert not workspace.journal.needs_tidying
    workspace.close()


def test_to_keep_a_transcript_is_a_step(home: Path) -> None:
    """Taking back the last step takes back the transcript, and not the change of facts before it."""
    assert _undo(home) == [f"The transcript or notes of {SLUG}: not kept any more."]
    workspace = open_home(home, "")
    assert workspace.facts.slugs() == (SLUG,)
    assert not kept_path(workspace, SLUG).exists()
    workspace.close()


def test_a_rename_that_is_taken_back_takes_the_transcript_along(home: Path) -> None:
    """There and back; and what is forgotten for good then leaves no transcript under any name."""
    workspace = open_home(home, "change lumen-freight --rename elm")
    rename_application(workspace, SLUG, "elm")
    assert read_kept(workspace, "elm") == f"{SAID}\n"
    workspace.close()
    _undo(home)
    workspace = open_home(home, "forget lumen-freight --now")
    assert read_kept(workspace, SLUG) == f"{SAID}\n"
    forget_at_once(workspace, SLUG)
    assert list(home.rglob("*.notes.txt")) == []
    assert not any(SAID.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())
    workspace.close()


def test_forgetting_that_broke_off_is_completed(home: Path) -> None:
    """A program that died behind the facts left a transcript: forgetting once more, for good, deletes it."""
    workspace = open_home(home, "forget lumen-freight")
    forget_application(workspace, SLUG)
    kept_path(workspace, SLUG).write_text(SAID)
    workspace.close()
    workspace = open_home(home, "forget lumen-freight --now")
    forget_at_once(workspace, SLUG)
    assert not kept_path(workspace, SLUG).exists()
    workspace.close()

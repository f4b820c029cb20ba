"""The first hour with the program, without a mail server: everything works, and everything says so."""

from __future__ import annotations

import email
import re
import stat
import subprocess
from email import policy
from pathlib import Path

from desk import COMMAND, Desk


def _delivered(desk: Desk) -> list[Path]:
    return sorted((desk.home / "delivered" / "new").glob("*.eml"))


def test_empty_home_says_how_to_begin(stranger: Desk) -> None:
    """On a new machine each list says that there is nothing yet and what to type; nothing is created by looking."""
    for command in (["list"], ["today"]):
        assert "followup-mail add" in stranger.say(*command)
    assert "Nothing is queued" in stranger.say("outbox", "list")
    assert not stranger.home.exists()


def test_demo_plays_the_whole_road(stranger: Desk) -> None:
    """The demonstration delivers three thank-yous and an answer to the rejection, and cancels the second note."""
    shown = stranger.say("demo", "--keep")
    folder = Path(re.search(r"Everything lies in (\S+):", shown)[1])
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (folder / "delivered" / "new").glob("*.eml")
    ]
    assert len(mails) == 4
    assert {str(mail["Subject"]) for mail in mails} >= {"Re: Your application as Data Engineer"}
    answer = next(mail for mail in mails if str(mail["Subject"]).startswith("Re:"))
    assert answer["In-Reply-To"] == "<20261123-7f3a@lumenfreight.example>"
    assert "Cancelled #4" in shown
    assert "followup-mail add" in shown.rsplit("==", 1)[1]


def test_preview_changes_nothing(interviewed: Desk) -> None:
    """A preview shows every mail and writes nothing, not even an empty outbox."""
    before = sorted(interviewed.home.rglob("*"))
    shown = interviewed.say("preview", "lumen", "thank_you")
    assert all(name in shown for name in ("Dr. Priya Raman", "Tom Okafor", "Elena Petrova"))
    assert sorted(interviewed.home.rglob("*")) == before


def test_panel_gets_different_notes(interviewed: Desk) -> None:
    """Three people on one panel get three wordings, three subjects and three reasons."""
    notes = interviewed.json("preview", "lumen", "thank_you")
    assert len({note["wording"] for note in notes}) == 3
    assert len({note["subject"] for note in notes}) == 3
    sentences = [
        set(re.split(r"(?<=[.!?])\s+", note["text"].split("\n\n", 1)[1].rsplit("\n\n", 1)[0])) for note in notes
    ]
    assert sentences[0] & sentences[1] == sentences[1] & sentences[2] == sentences[0] & sentences[2] == set()


def test_bytes_of_the_preview_are_the_bytes_sent(interviewed: Desk) -> None:
    """What --eml wrote is what was delivered, but for the Date header on top."""
    interviewed.say("preview", "lumen", "thank_you", "--to", "priya", "--at", "now", "--eml", "mine.eml")
    interviewed.say("send", "lumen", "thank_you", "--to", "priya", "--yes")
    (path,) = _delivered(interviewed)
    date, _, rest = path.read_bytes().partition(b"\r\n")
    assert date.startswith(b"Date: ")
    assert rest == (interviewed.folder / "mine.eml").read_bytes()


def test_without_a_terminal_nothing_is_sent_unless_told(interviewed: Desk) -> None:
    """``send`` without a terminal and without --yes sends nothing, says so, and queues nothing."""
    done = interviewed.run("send", "lumen", "thank_you")
    assert done.returncode == 8
    assert "Nothing was sent" in done.stderr
    assert interviewed.json("outbox", "list", "--all") == []


def test_the_same_step_is_not_queued_twice(interviewed: Desk) -> None:
    """A second ``queue`` of the same step is refused, with or without --to."""
    interviewed.say("queue", "lumen", "thank_you")
    for more in ([], ["--to", "priya"], ["--to", "priya", "--ignore", "FM505"]):
        assert interviewed.run("queue", "lumen", "thank_you", *more).returncode == 8
    assert len(interviewed.json("outbox", "list")) == 3


def test_rejection_cancels_and_is_answered_in_thread(interviewed: Desk) -> None:
    """A rejection cancels what is queued and drafts an answer in its thread, which waits for approval."""
    interviewed.say("send", "lumen", "thank_you", "--yes")
    interviewed.say("queue", "lumen", "additional_detail")
    (interviewed.folder / "their.eml").write_text(
        "From: Priya Raman <priya@lumen.example>\r\nSubject: RE: AW: Your application\r\n"
        "Message-ID: <no-1@lumen.example>\r\nReferences: <a@x> <b@y>\r\n\r\nSorry.\r\n"
    )
    said = interviewed.json("rejected", "lumen", "--message", "their.eml")
    assert [entry["kind"] for entry in said["cancelled"]] == ["additional_detail"]
    assert said["drafts"][0]["subject"] == "Re: Your application"
    assert said["drafts"][0]["in_reply_to"] == "<no-1@lumen.example>"
    assert interviewed.json("run") == []
    approved = interviewed.json("outbox", "approve", str(said["entries"][0]))
    assert approved["state"] == "queued"


def test_cancelled_mail_never_leaves(interviewed: Desk) -> None:
    """After ``outbox cancel`` a run delivers nothing, and a second cancel is refused."""
    interviewed.say("queue", "lumen", "thank_you", "--to", "tom", "--at", "+1m")
    interviewed.say("outbox", "cancel", "1")
    assert interviewed.json("run") == []
    assert interviewed.run("outbox", "cancel", "#1").returncode == 8


def test_forget_leaves_nothing(interviewed: Desk) -> None:
    """``forget --now`` deletes facts, queue, copies and what was put aside; without a terminal only with --yes."""
    interviewed.say("send", "lumen", "thank_you", "--yes")
    assert interviewed.run("forget", "lumen", "--now").returncode == 8
    interviewed.say("forget", "lumen", "--now", "--yes")
    assert _delivered(interviewed) == []
    assert interviewed.json("outbox", "list", "--all") == []
    assert not any(
        "Priya" in path.read_text("utf-8", "replace") for path in interviewed.home.rglob("*") if path.is_file()
    )


def test_files_are_private(interviewed: Desk) -> None:
    """Everything in the home folder is for its owner's eyes only."""
    interviewed.say("send", "lumen", "thank_you", "--yes")
    for path in (interviewed.home, *interviewed.home.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_missing_settings_are_named(stranger: Desk) -> None:
    """Without name and address a preview says which settings are missing and where to put them."""
    stranger.say("add", "--company", "Acme", "--role", "Welder", "--applied", "2026-11-02", "--zone", "Europe/Berlin")
    done = stranger.run("preview", "acme", "application_check")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_broken_pipe_is_no_error(interviewed: Desk) -> None:
    """``followup-mail list | head -0`` ends quietly."""
    done = subprocess.run(
        f"'{COMMAND}' schema | head -1",
        shell=True,
        cwd=interviewed.folder,
        env=interviewed.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_no_colour_in_a_pipe(interviewed: Desk) -> None:
    """Output into a pipe holds no escape sequence."""
    assert "\x1b" not in interviewed.say("plan", "lumen") + interviewed.say("preview", "lumen", "thank_you")


def test_whole_plan_queued_at_once_is_one_thread(interviewed: Desk) -> None:
    """Queued together, each later note goes on from the one before; when that is cancelled, it leaves by itself."""
    queued = interviewed.json("queue", "lumen", "--planned")["queued"]
    by_kind = {one["kind"]: one for one in queued if one["to"]["email"] == "priya@lumen.example"}
    assert by_kind["additional_detail"]["subject"] == f"Re: {by_kind['thank_you']['subject']}"
    assert by_kind["status_inquiry"]["subject"] == f"Re: {by_kind['thank_you']['subject']}"
    interviewed.say("outbox", "cancel", str(by_kind["thank_you"]["id"]))
    note = str(by_kind["additional_detail"]["id"])
    interviewed.say("outbox", "reschedule", note, "--at", "now", "--ignore", "FM5")
    interviewed.say("run")
    alone = interviewed.json("outbox", "show", note)
    assert alone["state"] == "in folder"
    assert not alone["subject"].startswith("Re:")


def test_what_lies_in_the_folder_is_not_called_sent(interviewed: Desk) -> None:
    """Without a mail server nobody is told that a mail was sent: the outbox, the plan and the lists say "in folder"."""
    interviewed.say("send", "lumen", "thank_you", "--to", "priya", "--yes")
    (entry,) = interviewed.json("outbox", "list", "--all")
    assert (entry["state"], entry["account"], entry["sent_at"]) == ("in folder", "", None)
    listed, shown = interviewed.say("outbox", "list", "--all"), interviewed.say("outbox", "show", "1", "--history")
    assert "in folder" in listed
    assert not re.search(r"\bsent\b", listed)
    assert "State    in folder: nothing left this machine" in shown
    assert "Left " not in shown
    assert interviewed.json("list")["applications"][0]["last_contact_at"] is None
    plan = " ".join(interviewed.say("plan", "lumen").split())
    assert "in folder" in plan
    assert "its mail is in the folder and never left this computer" in plan
    again = ("send", "lumen", "thank_you", "--to", "priya", "--yes")
    refused = interviewed.run(*again, "--ignore", "FM").stderr
    assert "#1, in folder" in refused
    assert str(_delivered(interviewed)[0]) in refused


def test_today_says_what_only_lies_in_the_folder(interviewed: Desk) -> None:
    """``today`` says that nothing leaves; once a server is set, it names what counts as done and reached nobody."""
    told = interviewed.run("today")
    assert "nothing leaves this machine" in told.stderr
    interviewed.say("send", "lumen", "thank_you", "--to", "priya", "--yes")
    assert interviewed.json("today")["in_folder"] == [1]
    told = interviewed.run("today", FOLLOWUP_SMTP_HOST="mail.example")
    assert "nothing leaves this machine" not in told.stderr
    assert "#1" in told.stdout
    assert "never left this machine" in told.stdout
    assert "outbox retry 1" in told.stdout

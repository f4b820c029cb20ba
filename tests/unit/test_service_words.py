"""What is said where others may read it: lines of the log, and words on the desktop."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import cast

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st
from outbox_samples import BAD_PASSWORD, NO_SUCH_USER, NOW, OFFLINE, make_entry

from followup_mail.background.desktop import notification_command
from followup_mail.background.log_lines import say_entry, say_pause, say_summary
from followup_mail.background.logfile import clean_line
from followup_mail.errors import SettingsError
from followup_mail.message.message import fingerprint
from followup_mail.outbox.entry import State
from followup_mail.outbox.pre_send_check import Ruling, SendContext
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.worker_changes import rule

HOSTILE = 'x" & (do shell script "id") & "\\n$(id) `id` %PATH% <b>&amp; \' -- \u202e'


def test_an_entry_in_the_log() -> None:
    """A line has number, state, application, kind, the server's codes, and whether somebody is needed."""
    failed = make_entry(State.FAILED, reason=NO_SUCH_USER.said, outcome=NO_SUCH_USER)
    assert say_entry(failed, NO_SUCH_USER) == "#12 failed lumen thank_you rcpt: 550 5.1.1 NEEDS YOU"
    later = make_entry(reason="no network", next_attempt_at=NOW + timedelta(minutes=2))
    assert say_entry(later, OFFLINE) == "#12 queued lumen thank_you connect: no network next try 2026-11-18T15:02Z"


def test_an_entry_that_was_only_looked_at() -> None:
    """Where nothing was tried, the line says why, as far as that quotes neither facts nor people."""
    held = make_entry(held="they replied")
    assert say_entry(held) == "#12 queued, held lumen thank_you they replied NEEDS YOU"
    blocked = make_entry(State.FAILED, reason="its facts file cannot be read: lumen.toml:3: 'Dr. Raman' is not a day")
    assert say_entry(blocked) == "#12 failed lumen thank_you its facts file cannot be read NEEDS YOU"
    apart = make_entry(reason="kept minutes apart from the mails to the others of the panel")
    assert say_entry(apart) == "#12 queued lumen thank_you kept minutes apart from the mails next try 2026-11-18T15:00Z"
    objected = make_entry(State.FAILED, reason="they said 'call Tom instead'")
    assert say_entry(objected) == "#12 failed lumen thank_you (why: outbox show 12) NEEDS YOU"


def test_a_failed_check_is_named_in_the_log() -> None:
    """When the check before sending fails, the line says so, without what the check said of the facts."""

    def fail(*_: object) -> Ruling:
        raise SettingsError("There is no cadence 'Dr. Raman'.")

    entry = replace(make_entry(), content_sha256=fingerprint(b"bytes"))
    ruling = rule(entry, b"bytes", fail, cast("SendContext", None), NOW)
    assert "Raman" in ruling.reason
    line = say_entry(replace(entry, reason=ruling.reason))
    assert line.startswith("#12 queued lumen thank_you the check before sending failed next try")


def test_no_line_has_words_of_the_mail_or_the_server() -> None:
    """Neither subject, text, name or address, nor what the server said, is in a line."""
    said = "550 5.1.1 <person1@employer.example> Person 1 is unknown here"
    outcome = replace(NO_SUCH_USER, said=said, refused=(("person1@employer.example", "550 no"),))
    for attempted in (outcome, None):
        line = say_entry(make_entry(State.FAILED, reason=f"given up: {said}", outcome=outcome), attempted)
        assert "550 5.1.1" in line
        assert not any(word in line for word in ("Person", "person1", "employer", "Tuesday", "thank you", "unknown"))


def test_accounts_and_sums() -> None:
    """A rest without an end needs the user, and names no account; a run ends with what came of it."""
    assert say_pause(Pause("jordan@home.example", BAD_PASSWORD.said)) == (
        "the account is paused until you settle it NEEDS YOU"
    )
    assert say_pause(Pause("jordan@home.example", "no network", NOW)) == "the account is paused until 2026-11-18T15:00Z"
    assert say_summary([], []) == "nothing was due"
    states = [State.SENT, State.FAILED, State.SENT]
    assert say_summary(states, [make_entry(State.FAILED)]) == "2 sent, 1 failed; NEEDS YOU: #12"


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    """Whatever is to be logged stays one printable line of bounded length without a mail address."""
    line = clean_line(f"{text} jordan@home.example {text}")
    assert line.isprintable()
    assert len(line) <= 1_000
    assert "jordan@" not in line


def test_applescript_gets_words_as_arguments() -> None:
    """On macOS the script is the same whatever the words; they come after it, each by itself."""
    one, other = (notification_command("darwin", "title", text).words for text in (HOSTILE, "plain"))
    assert one[:-1] == other[:-1]
    assert one[-1].startswith('x" & (do shell script "id") & "\\n$(id)')
    assert not any("shell" in word for word in one[:-1])


def test_powershell_gets_words_as_variables() -> None:
    """On Windows the program is the same whatever the words; they are in variables, and become text nodes."""
    one, other = (notification_command("win32", "title", text) for text in (HOSTILE, "plain"))
    assert one.words == other.words
    program = base64.b64decode(one.words[-1]).decode("utf-16-le")
    assert "CreateTextNode($env:FOLLOWUP_TOAST_TEXT)" in program
    assert dict(one.environment)["FOLLOWUP_TOAST_TEXT"].startswith('x" & (do shell')


def test_notify_send_shows_words_as_they_are() -> None:
    """On Linux the words can't be options, markup or escapes."""
    words = notification_command("linux", "--help", "<b>a</b> & \\n -x").words
    assert words[-3:] == ("--", "--help", "&lt;b&gt;a&lt;/b&gt; &amp; \\\\n -x")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@given(text=st.text())
def test_any_words_can_be_passed_on(platform: str, text: str) -> None:
    """No argument or variable holds a character that the system would refuse or a terminal obey."""
    command = notification_command(platform, "title", text)
    for word in (*command.words[1:], *(value for _, value in command.environment)):
        assert all(character.isprintable() or character == "\n" for character in word)

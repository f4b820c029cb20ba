"""The line in the crontab: ours is put in and taken out, all others stay byte for byte."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_samples import ODD, SERVICE, SERVICES, heard

from followup_mail.background import cron
from followup_mail.background.changes import Command
from followup_mail.background.service_definition import Service
from followup_mail.errors import ServiceError

OTHERS = b'# mine\nMAILTO=""\n\n0 5 * * 1 echo 100\\% \xff weird\n@reboot true # followup-mail\n'
TABLES = st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"")), max_size=5).map(
    lambda lines: b"".join(line + b"\n" for line in lines)
)


def _as_the_shell_reads(service: Service) -> list[str]:
    """Return the words after cron has undone its own escape and the shell its quotes."""
    line = cron.write_block(service).split("\n")[1].split(" ", 5)[5]
    return shlex.split(line.replace("\\%", "%"))


def test_the_line() -> None:
    """The command runs in the home folder, this installation on this home, and nothing it prints becomes a mail."""
    assert cron.write_block(SERVICE).split("\n")[1] == (
        "*/5 * * * * cd '/home/jo/.local/share/followup-mail' && '/opt/venv/bin/python' '-P' '-m' 'followup_mail'"
        " '--home' '/home/jo/.local/share/followup-mail' 'run' '--background' >/dev/null 2>&1"
    )


@pytest.mark.parametrize(("every", "minutes"), [(1, "*"), (7, "*/7"), (60, "0")])
def test_how_often(every: int, minutes: str) -> None:
    """The first field says how often; cron knows no step of 60, so that is the full hour."""
    assert cron.write_block(Service("/p", "/h", every)).split("\n")[1].startswith(f"{minutes} * * * * ")


def test_odd_paths_arrive_as_they_are() -> None:
    """After cron and the shell have read the line, each word is what was meant, percent signs included."""
    words = _as_the_shell_reads(ODD)
    assert words[:2] == ["cd", ODD.home]
    assert words[3] == f"PATH={ODD.search_path}"
    assert tuple(words[4:-2]) == ODD.words


def test_no_percent_sign_is_left_to_cron() -> None:
    """Every percent sign has a backslash before it, or cron would end the command there."""
    line = cron.write_block(ODD).split("\n")[1]
    assert all(line[index - 1] == "\\" for index, character in enumerate(line) if character == "%")


@given(SERVICES)
def test_any_service_is_read_back(service: Service) -> None:
    """What was written is read back as it was, and stays one line."""
    block = cron.write_block(service)
    assert cron.read_block(block.encode()) == service
    assert block.count("\n") == 3


@given(TABLES, SERVICES, SERVICES)
def test_other_lines_stay_byte_for_byte(table: bytes, first: Service, second: Service) -> None:
    """Installing, installing anew and removing leaves the table as it was, with one line of ours in between."""
    once = cron.with_block(table, first)
    twice = cron.with_block(once, second)
    assert once.startswith(table)
    assert twice.count(cron.begin_mark().encode()) == 1
    assert cron.read_block(twice) == second
    assert cron.without_block(twice) == table


def test_a_table_without_a_last_line_end_gets_one() -> None:
    """cron ignores a last line without an end, so one is added before ours."""
    assert cron.with_block(b"0 5 * * * true", SERVICE).startswith(b"0 5 * * * true\n# >>> followup-mail")


def test_ours_in_the_middle_stays_in_its_place() -> None:
    """Lines that the user put below ours are neither moved nor lost."""
    below = b"30 1 * * * below\n"
    table = cron.with_block(OTHERS, SERVICE) + below
    changed = cron.with_block(table, Service("/p", "/h", 9))
    assert changed.startswith(OTHERS)
    assert changed.endswith(below)
    assert cron.without_block(changed) == OTHERS + below


@pytest.mark.parametrize(
    "spoil",
    [
        lambda table: table.replace(cron.end_mark().encode(), b"# gone"),
        lambda table: table.replace(cron.begin_mark().encode(), b"# gone"),
        lambda table: table.replace(b"\n*/5", b"\n0 1 * * * somebody's line\n*/5"),
    ],
)
def test_changed_marks_are_not_guessed_at(spoil: object) -> None:
    """When a mark is gone or a line was put between them, nothing is touched: it might be the user's."""
    assert callable(spoil)
    table = spoil(cron.with_block(OTHERS, SERVICE))
    with pytest.raises(ServiceError, match="were changed"):
        cron.plan_removal(table)
    with pytest.raises(ServiceError, match="were changed"):
        cron.plan_install(SERVICE, table)


@pytest.mark.parametrize("words", ["no crontab for jo", "crontab: no crontab for jo"])
def test_no_table_yet(words: str) -> None:
    """Somebody who never had a crontab has an empty one."""
    assert cron.read_table(heard(code=1, err=words)) == b""


@pytest.mark.parametrize("words", ["You (jo) are not allowed to use this program", "", "cannot open spool: I/O error"])
def test_a_table_that_cannot_be_read_is_not_taken_for_empty(words: str) -> None:
    """Any other failure is an error, since writing an empty table over it would lose the user's lines."""
    with pytest.raises(ServiceError, match="cannot be read"):
        cron.read_table(heard(code=1, err=words))


@pytest.mark.parametrize("shell", [b"SHELL=/usr/bin/fish", b"SHELL = '/bin/tcsh'"])
def test_a_shell_that_would_not_understand(shell: bytes) -> None:
    """A crontab whose commands go to another kind of shell is refused, rather than given a line that fails unseen."""
    with pytest.raises(ServiceError, match="sets SHELL"):
        cron.plan_install(SERVICE, shell + b"\n" + OTHERS)


def test_a_usual_shell_is_fine() -> None:
    """A crontab that sets a POSIX shell is fine."""
    assert cron.plan_install(SERVICE, b"SHELL=/bin/bash\n").changes


def test_a_table_of_ours_alone_is_removed_whole() -> None:
    """When nothing else is in the table, there is none afterwards."""
    (change,) = cron.plan_removal(cron.with_block(b"", SERVICE)).changes
    assert isinstance(change, Command)
    assert change.words == ("crontab", "-r")

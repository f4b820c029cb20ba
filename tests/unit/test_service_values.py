"""What no scheduler accepts is refused, and the right scheduler is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from service_samples import LINUX, MAC, SERVICE, WINDOWS, Tools, heard

from followup_mail.background.scheduler import choose_kind
from followup_mail.background.service_definition import (
    Machine,
    SchedulerKind,
    Service,
    check_service,
    parse_command_line,
)
from followup_mail.errors import ServiceError


@pytest.mark.parametrize(
    "text", ["/a\nExecStartPre=rm", "/a\x00b", "/a\rb", "/a\x1b[31m", "/\udcff", "/a\u2028b", "/\uffff"]
)
def test_a_path_that_would_end_the_line_is_refused(text: str) -> None:
    """A path that holds a line end, a control character or half a character is refused, and shown without harm."""
    for service in (Service(text, "/h"), Service("/p", text), Service("/p", "/h", 5, text)):
        with pytest.raises(ServiceError, match="no scheduler accepts") as caught:
            check_service(service)
        assert caught.value.sentence.isprintable()


@pytest.mark.parametrize("every", [0, -1, 61])
def test_odd_spans_are_refused(every: int) -> None:
    """Less than a minute and more than an hour are refused."""
    with pytest.raises(ServiceError, match="not possible"):
        check_service(Service("/p", "/h", every))


def test_unicode_and_spaces_are_fine() -> None:
    """Spaces, emoji and letters of any script are fine."""
    check_service(Service("/opt/pÿthon 3/👩‍💻/python", "/home/ジョー/no break"))


@pytest.mark.parametrize("words", [(), SERVICE.words[:-1], ("/p", "-m", "http.server"), (*SERVICE.words, "--limit")])
def test_other_commands_are_not_ours(words: tuple[str, ...]) -> None:
    """A command line that is not exactly ours is not taken for it."""
    assert parse_command_line(words, 5) is None


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """A PATH with nothing on it yet."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return Tools(tmp_path / "bin")


@pytest.mark.parametrize(
    ("machine", "tools", "code", "kind"),
    [
        (MAC, (), 1, SchedulerKind.LAUNCHD),
        (WINDOWS, (), 1, SchedulerKind.WINDOWS),
        (LINUX, ("systemctl", "crontab"), 0, SchedulerKind.SYSTEMD),
        (LINUX, ("systemctl", "crontab"), 1, SchedulerKind.CRON),
        (LINUX, ("crontab",), 0, SchedulerKind.CRON),
    ],
)
def test_the_scheduler_of_the_machine_is_chosen(
    machine: Machine, tools: tuple[str, ...], code: int, kind: SchedulerKind, bare_path: Tools
) -> None:
    """Each system's own scheduler is chosen; cron where the user has no systemd that answers."""
    bare_path.provide(*tools)
    assert choose_kind(machine, lambda _: heard(code=code)) is kind


@pytest.mark.usefixtures("bare_path")
def test_a_machine_without_any() -> None:
    """Where there is nothing to install it with, the sentence says what to do instead."""
    with pytest.raises(ServiceError, match="neither") as caught:
        choose_kind(LINUX, lambda _: heard())
    assert "run --watch" in caught.value.fix

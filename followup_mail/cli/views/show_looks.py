"""Shows what ``doctor`` finds, look by look."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.slow_notice import saying_when_slow
from followup_mail.services.accounts.setup_look import SetupCheck, Severity
from followup_mail.services.health.doctor import Announce


def show_looks(examine: Callable[[Announce], Iterator[SetupCheck]], *, as_json: bool) -> bool:
    """Print what is found. Returns False when there is a fault."""
    found = []
    for check in examine(saying_when_slow):
        found.append(check)
        if not as_json:
            _show(check)
    if as_json:
        from followup_mail.services.as_json.json_overviews import setup_json

        screen.emit_json(setup_json(found))
    return all(check.ok for check in found)


def _show(check: SetupCheck) -> None:
    marks = {
        Severity.OK: screen.good("ok "),
        Severity.WARNING: screen.doubtful("!! "),
        Severity.FAULT: screen.bad("NO "),
    }
    said = check.said.replace("\n", "\n    ")
    screen.out(f"{marks[check.severity]} {check.what}: {said}", "    ")
    if check.fix:
        screen.out(screen.wrap(check.fix, "    "))

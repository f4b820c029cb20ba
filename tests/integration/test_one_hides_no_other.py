"""One application that cannot be worked out is named, and hides none of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from changing import replace

from followup_mail.cli.views.show_checks import check_and_show
from followup_mail.errors import FactsError, OutboxError, SettingsError
from followup_mail.services.context.application_context import open_all, open_application
from followup_mail.services.context.request import Request, read_kind
from followup_mail.services.health.doctor import check_setup
from followup_mail.services.overview.demo import FACTS, SLUG, Clock, make_demo_workspace
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with a sound application, one with an unknown method, and one that is no TOML."""
    workspace = make_demo_workspace(tmp_path, Clock())
    workspace.facts.create("odd", f'cadence = "nonsense"\n{FACTS}')
    (tmp_path / "applications" / "broken.toml").write_text("company =", "utf-8")
    return workspace


def test_the_others_are_still_seen(workspace: Workspace) -> None:
    """The sound one is worked out; each of the others is an error that names its file."""
    cases, broken = open_all(workspace)
    assert [case.application.slug for case in cases] == [SLUG]
    assert sorted(Path(error.sentence.split(":")[0]).name for error in broken) == ["broken.toml", "odd.toml"]


def test_a_damaged_outbox_is_told_once_not_for_each(workspace: Workspace) -> None:
    """What concerns all of them is one error."""
    (workspace.home / "outbox.sqlite3").write_bytes(b"")
    with pytest.raises(OutboxError):
        open_all(workspace)


def test_checking_everything_goes_on(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """``check --all`` checks the sound one, names the others, and says by its exit code that something was left out."""
    assert check_and_show(workspace, "", "", True, ((), ()), json=False)
    told = capsys.readouterr()
    assert "nothing found" in told.out
    assert "nonsense" in told.err


def test_the_doctor_finds_it(workspace: Workspace) -> None:
    """``doctor`` does not call facts sound that no plan can be made of."""
    (facts,) = [one for one in check_setup(workspace) if one.what == "facts"]
    assert not facts.ok
    assert "odd.toml: cadence" in facts.said


def test_an_unknown_method_is_laid_at_the_right_door(workspace: Workspace) -> None:
    """The error names the facts file, or the setting, whichever holds the name."""
    with pytest.raises(FactsError, match=r"odd\.toml: cadence"):
        open_application(workspace, "odd")
    loaded = replace(
        workspace.loaded, settings=replace(workspace.settings, cadence="weird"), places={"cadence": "the place"}
    )
    with pytest.raises(SettingsError, match=r"the place: FOLLOWUP_CADENCE: .*'weird'"):
        open_application(Workspace(loaded, workspace.clock), SLUG)


@pytest.mark.parametrize("name", ["\u00e9" * 199, "nothing.txt", "fifo"])
def test_an_advert_that_cannot_be_read_is_no_obstacle(workspace: Workspace, name: str) -> None:
    """The advert only serves a warning: a name without a readable file stops no mail, and nothing waits for a pipe."""
    if name == "fifo":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no named pipes here")
        os.mkfifo(workspace.home / "applications" / name)
    workspace.facts.create("advertised", f'advert = "{name}"\n{FACTS}')
    assert prepare(workspace, Request("advertised", read_kind("thank_you"))).prepared


@pytest.mark.parametrize("name", ["../.env", "lumen-freight.toml", "../applications/../.env"])
def test_what_holds_the_password_or_the_notes_is_never_attached(workspace: Workspace, name: str) -> None:
    """A slip in ``file``, or facts that somebody else wrote, cannot send the user's own secrets."""
    (workspace.home / ".env").write_text("FOLLOWUP_SMTP_PASSWORD=x", "utf-8")
    workspace.facts.create("promising", f'{FACTS}\n[[promised]]\nwhat = "it"\nto = "everybody"\nfile = "{name}"\n')
    with pytest.raises(FactsError, match="followup-mail itself"):
        prepare(workspace, Request("promising", read_kind("thank_you")))

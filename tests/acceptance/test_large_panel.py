"""A panel of fourteen: one mail asks the coordinator to thank them all, or the plan says what is missing for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from desk import Desk

TOP = """\
company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"
country = "US"
"""
COORDINATOR = """
[[contacts]]
name = "Cora Lind"
role = "coordinator"
email = "cora@lumen.example"
"""
HELD = datetime.now(ZoneInfo("America/Chicago")) - timedelta(hours=6)
MEETING = f'\n[[interviews]]\nstart = "{HELD:%Y-%m-%d %H:%M}"\nduration = "45 min"\n'
GIVEN = ("Ada", "Ben", "Chen", "Dora", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim", "Lea", "Max", "Noa")
NAMES = [f"{given} Berg{given.lower()}" for given in GIVEN]
PEOPLE = "".join(
    f'\n[[interviews.people]]\nname = "{name}"\nemail = "{name.split()[0].lower()}@lumen.example"\n' for name in NAMES
)


@pytest.fixture
def panel(desk: Desk) -> Desk:
    """A desk whose user met fourteen people this afternoon."""
    (desk.home / "applications").mkdir(parents=True)
    write(desk, COORDINATOR)
    return desk


def write(desk: Desk, contacts: str, more: str = "") -> None:
    """Write the facts."""
    path = desk.home / "applications" / "lumen.toml"
    path.write_text(f"{TOP}{contacts}{MEETING}{PEOPLE}{more}", "utf-8")


def test_the_coordinator_is_asked_to_thank_them_all(panel: Desk) -> None:
    """The plan has one thank-you, and its mail names nobody of the fourteen."""
    shown = " ".join(panel.say("plan", "lumen").split())
    assert shown.count("Thank-you by mail") == 1
    assert "Thank-you by mail to Cora Lind" in shown
    assert "passed on to the 14 people you met" in shown
    mail = panel.say("preview", "lumen", "thank_you")
    assert "pass my thanks on to everyone" in " ".join(mail.split())
    assert not [name for name in NAMES if name.split()[1] in mail]
    assert "error" not in mail


def test_it_can_be_queued_and_the_rest_needs_no_mail(panel: Desk) -> None:
    """Queued once, it is the only thank-you; a person of the panel can still be thanked by name."""
    write(panel, COORDINATOR, '\nmoment = "I liked that you wait."\n')
    assert "Cora" in panel.say("queue", "lumen", "thank_you")
    assert panel.say("plan", "lumen").count("Thank-you by mail") == 1
    refused = panel.run("queue", "lumen", "thank_you")
    assert refused.returncode != 0
    assert "Ada" in panel.say("preview", "lumen", "thank_you", "--to", "ada")


def test_without_a_coordinator_it_is_said_what_is_missing(panel: Desk) -> None:
    """Then everybody is thanked one by one, and the plan says about whom nothing is on record."""
    write(panel, "", '\nmoment = "I liked that you wait."\n')
    for shown in (panel.run("plan", "lumen"), panel.run("preview", "lumen", "thank_you")):
        said = " ".join(f"{shown.stdout} {shown.stderr}".split())
        assert "You met 14 people in round 1" in said
        assert 'role = "coordinator"' in said
        assert "Lea Berglea and Max Bergmax: `followup-mail ask lumen`" in said
    assert panel.say("plan", "lumen").count("Thank-you by mail") == 14


def test_what_is_missing_is_said_today(panel: Desk) -> None:
    """``today`` lists fourteen thank-yous, and what would make one mail of them."""
    write(panel, "")
    long_ago = f"{HELD - timedelta(days=2):%Y-%m-%d} 09:00"
    path = panel.home / "applications" / "lumen.toml"
    path.write_text(path.read_text("utf-8").replace(f"{HELD:%Y-%m-%d %H:%M}", long_ago), "utf-8")
    assert any("You met 14 people in round 1" in sentence for sentence in panel.json("today")["missing"])


def test_a_promise_to_one_of_many_is_not_lost(panel: Desk) -> None:
    """The coordinator's mail does not bring it, and the plan says so."""
    write(panel, COORDINATOR, '\n[[promised]]\nwhat = "the case study"\nto = "Ada Bergada"\n')
    assert "does not bring what you promised to others (the case study)" in " ".join(panel.say("plan", "lumen").split())

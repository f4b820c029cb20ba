"""How long planning takes: ten thousand applications, and date arithmetic alone for as many dates, in one run.

Run it with ``python bench/plan_many.py [how many]``. The peers work out one date per step and nothing else: no person,
no channel, no history, no state, no reason. They show what dates cost, so what planning costs beside them:

- ``holidays``: ``get_nth_working_day`` of the package that the plan gets its holidays from;
- ``dateutil``: an ``rrule`` over weekdays in an ``rruleset`` without the holidays, asked for the first date after.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from followup_mail.cadence.cadence_files import find_cadence, name_cadences
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import make_context
from followup_mail.cadence.step import History, Kind, StepId, Touch
from followup_mail.cadence.worktime import NOWHERE
from followup_mail.facts.application import Application, Channel

NOW = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
PLACES = (
    ("US", "", "America/Chicago"),
    ("DE", "BY", "Europe/Berlin"),
    ("IL", "", "Asia/Jerusalem"),
    ("AE", "", "Asia/Dubai"),
    ("JP", "", "Asia/Tokyo"),
)


def make_application(number: int, random: Random) -> Application:
    """One application: one or two rounds in November 2026, a panel of one to four, a recruiter, some word of theirs."""
    country, region, zone = PLACES[number % len(PLACES)]
    rounds = [
        {
            "round": n,
            "start": f"2026-11-{random.randint(1, 14) + 14 * (n - 1):02} {random.randint(9, 17):02}:30",
            "duration": "45 min",
            "people": [make_person(f"Person {letter}", number) for letter in "ABCD"[: random.randint(1, 4)]],
        }
        for n in range(1, random.randint(1, 2) + 1)
    ]
    return Application.read(
        {
            "slug": f"company-{number}",
            "company": f"Company {number}",
            "role": "Engineer",
            "applied": "2026-10-20",
            "country": country,
            "region": region,
            "time_zone": zone,
            "contacts": [{**make_person("Rita Recruit", number), "role": "recruiter"}],
            "interviews": rounds,
            "not_mentioned": ["the handbook"],
            "said": {"decision_by": "2026-12-11"} if random.random() < 0.5 else {},
        }
    )


def make_person(name: str, number: int) -> dict[str, Any]:
    """Somebody with an address."""
    email = f"{name.replace(' ', '.').lower()}@company-{number}.example"
    return {"name": name, "email": email, "discussed": ["the roadmap"]}


def make_history(application: Application) -> History:
    """The first thank-you is sent."""
    step = StepId(application.slug, Kind.THANK_YOU, 1, "person-a")
    return History((Touch(step, Channel.EMAIL, datetime(2026, 11, 16, 15, 0, tzinfo=UTC)),))


def time_plans(applications: list[Application]) -> tuple[float, list[datetime]]:
    """Plan all of them; return the seconds of processor time it took and the date of every step."""
    cadences = [find_cadence(name) for name in name_cadences()]
    histories = [make_history(one) for one in applications]
    started = time.process_time()
    plans = [
        plan_from(make_context(one, cadences[n % len(cadences)], history, NOW, NOWHERE))
        for n, (one, history) in enumerate(zip(applications, histories, strict=True))
    ]
    took = time.process_time() - started
    return took, [step.due_at for plan in plans for step in plan.steps if step.due_at]


def time_peer(dates: list[datetime], date_one: Callable[[int, datetime], object]) -> float:
    """Work out one date per step; return the seconds of processor time it took."""
    started = time.process_time()
    for n, moment in enumerate(dates):
        date_one(n % len(PLACES), moment)
    return time.process_time() - started


def make_holidays_peer() -> Callable[[int, datetime], object]:
    """The second working day after a day, by ``holidays``."""
    import holidays

    calendars = [
        holidays.country_holidays(country, subdiv=region or None, years=(2026, 2027)) for country, region, _ in PLACES
    ]
    return lambda place, moment: calendars[place].get_nth_working_day(moment.date(), 2)


def make_dateutil_peer() -> Callable[[int, datetime], object]:
    """The next weekday at 08:30 that is no holiday, by ``dateutil``, from a week before."""
    import holidays
    from dateutil.rrule import DAILY, FR, MO, SA, SU, TH, TU, WE, rrule, rruleset

    week = (MO, TU, WE, TH, FR, SA, SU)
    calendars = [
        holidays.country_holidays(country, subdiv=region or None, years=(2026, 2027)) for country, region, _ in PLACES
    ]

    def date_one(place: int, moment: datetime) -> object:
        start = moment.replace(tzinfo=None, hour=8, minute=30) - timedelta(days=7)
        weekdays = [day for n, day in enumerate(week) if n not in calendars[place].weekend]
        rules = rruleset()
        rules.rrule(rrule(DAILY, dtstart=start, byweekday=weekdays, count=14))
        for n in range(14):
            if (start + timedelta(days=n)).date() in calendars[place]:
                rules.exdate(start + timedelta(days=n))
        return rules.after(start + timedelta(days=7), inc=True)

    return date_one


def main() -> None:
    """Print times and ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    random = Random(7)
    applications = [make_application(n, random) for n in range(count)]
    took, dates = time_plans(applications)
    again, _ = time_plans(applications)
    steps = len(dates)
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    print(f"{count} applications, {steps} steps")
    print(f"{'planning, first run (imports holidays)':42} {took:8.2f} s {took / count * 1e6:8.0f} us an application")
    print(f"{'planning, second run':42} {again:8.2f} s {again / steps * 1e6:8.1f} us a step")
    for name, make in (("holidays", make_holidays_peer), ("dateutil", make_dateutil_peer)):
        peer = time_peer(dates, make())
        print(f"{f'{name}: a date per step, nothing else':42} {peer:8.2f} s {peer / steps * 1e6:8.1f} us a step")
        print(f"{f'planning takes, in times of {name}':42} {again / peer:8.2f}")


if __name__ == "__main__":
    main()

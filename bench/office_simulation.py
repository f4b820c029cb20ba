"""Ten million candidates over a season of graduations: what does an office need? Reckoned, not run.

    python bench/office_simulation.py
    python bench/office_simulation.py --candidates 5000 --plan-ms 250

A fluid model, hour by hour: mails fall due by the hours of working days in several time zones, workers take them at a
fixed rate, what they do not get done waits for the next hour. The service times are those that ``office_scale.py``
measured (``docs/benchmarks.md``); each is an option, so another machine's can be put in. Every step prints what it was
reckoned from: with a pocket calculator each line follows from lines above it. ``--seed`` draws how lively each day is.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from followup_mail.worker import sweep

ZONES: Final = {-8: 0.10, -6: 0.15, -5: 0.25, 0: 0.10, 1: 0.20, 5: 0.12, 8: 0.08}
"""Hours from UTC, rounded down, and the share of the candidates' recipients there."""
HOURS: Final = {8: 0.10, 9: 0.22, 10: 0.16, 11: 0.10, 12: 0.05, 13: 0.09, 14: 0.10, 15: 0.08, 16: 0.06, 17: 0.04}
"""At which hour of the recipient's day mails fall due, as shares of a day."""
DAYS, WORKDAYS = 91, 65
"""A season of thirteen weeks, with five working days each."""
PEAK: Final = 1.8
"""The liveliest week against the mean one; the weeks rise to it and fall again in a straight line."""
LIVELINESS: Final = 0.15
"""How far a day may be from what its week lets one expect."""


class Terms(Struct, frozen=True):
    """What goes in."""

    candidates: int
    mails_each: float
    mail_ms: float
    database_ms: float
    home_ms: float
    plan_ms: float
    look_ms: float
    looks_a_day: float
    mail_bytes: int
    home_bytes: int
    wal_bytes: int
    jobs: int
    links: int
    busy: float
    commit_limit: float
    cores: int


class Load(Struct, frozen=True):
    """What one hour asks for."""

    hour: int
    """Of the season, in UTC."""
    due: float


def week_shares() -> list[float]:
    """Return the share of the season that each of the thirteen weeks has."""
    middle, weeks = 6, DAYS // 7
    raw = [1 + (PEAK - 1) * (1 - 2 * abs(week - middle) / middle) for week in range(weeks)]
    return [one / sum(raw) for one in raw]


def day_shares(seed: int) -> list[float]:
    """Return the share of the season that each day has; none on Saturdays and Sundays."""
    chance, shares = random.Random(seed), list[float]()
    for week in week_shares():
        lively = [1 + chance.uniform(-LIVELINESS, LIVELINESS) for _ in range(5)]
        shares += [week * one / sum(lively) for one in lively] + [0.0, 0.0]
    return shares


def loads(terms: Terms, seed: int) -> Iterator[Load]:
    """Yield what falls due in each hour of the season."""
    days, total = day_shares(seed), terms.candidates * terms.mails_each
    for hour in range(-24, (DAYS + 1) * 24):
        due = 0.0
        for offset, weight in ZONES.items():
            day, clock = divmod(hour + offset, 24)
            if 0 <= day < DAYS:
                due += total * days[day] * weight * HOURS.get(clock, 0.0)
        yield Load(hour, due)


def delays(found: Sequence[Load], a_second: float) -> tuple[float, float]:
    """Let so many mails leave a second; return the most that ever waited, and the longest wait in seconds."""
    waiting = most = 0.0
    for load in found:
        waiting = max(0.0, waiting + load.due - a_second * 3600)
        most = max(most, waiting)
    return most, most / a_second


def show_inputs(terms: Terms, seed: int) -> None:
    """Print what goes in."""
    print(f"inputs (seed {seed})")
    for name in terms.__struct_fields__:
        print(f"  {name:<14}{getattr(terms, name):>16,}")
    print(
        f"  shares of time zones add up to {sum(ZONES.values()):.2f}, of hours to {sum(HOURS.values()):.2f}, of days "
        f"{sum(day_shares(seed)):.2f}"
    )
    print(
        f"  {WORKDAYS} working days; the liveliest week has {max(week_shares()):.4f} of the season, the mean one "
        f"{1 / 13:.4f}"
    )


def show_mails(terms: Terms, found: Sequence[Load], seed: int) -> float:
    """Print how many mails there are, and when; return the mails a second of the fullest hour."""
    total, top = terms.candidates * terms.mails_each, max(found, key=lambda one: one.due)
    a_second = top.due / 3600
    day, clock = divmod(top.hour, 24)
    that_day = total * day_shares(seed)[day]
    print("\n1. mails")
    print(
        f"  {terms.candidates:,} x {terms.mails_each:g} = {total:,.0f} in the season; a working day has "
        f"{total / WORKDAYS:,.0f} on average"
    )
    print(f"  the fullest hour is {clock}:00 UTC of day {day + 1}: {top.due:,.0f} mails, {a_second:,.1f} a second")
    parts = [(offset, weight, HOURS.get((clock + offset) % 24, 0.0)) for offset, weight in ZONES.items()]
    sum_of = " + ".join(f"{weight:g}x{share:g}" for _, weight, share in parts if share)
    print(f"    that day has {that_day:,.0f}, and of these fall into that hour {sum_of}")
    print(f"    = {sum(weight * share for _, weight, share in parts):.4f}; by 3,600 seconds")
    return a_second


def workers_for(rate: float, milliseconds: float, terms: Terms) -> int:
    """Return how many processes of one processor each do that, when each is busy for ``terms.busy`` of its time."""
    return math.ceil(rate * milliseconds / 1000 / terms.busy)


def show_workers(terms: Terms, a_second: float, found: Sequence[Load]) -> int:
    """Print how many workers that takes; return it."""
    kinds = (
        ("mails", a_second, terms.mail_ms),
        ("plans, in six hours of night", plans(terms), terms.plan_ms),
        ("looks into mailboxes", looks(terms), terms.look_ms),
    )
    print("\n2. workers: rate x time / busy, rounded up")
    need = {name: workers_for(rate, spent, terms) for name, rate, spent in kinds}
    for name, rate, spent in kinds:
        print(f"  {name:<30}{rate:>10,.1f} a second x {spent:g} ms / {terms.busy:g} = {need[name]:,}")
    day = need["mails"] + need["looks into mailboxes"]
    night = need["plans, in six hours of night"] + need["looks into mailboxes"]
    print(f"  by day {day:,} (mails and looks), by night {night:,} (plans and looks): {max(day, night):,} processors")
    most_rounds, wanted = sweep._MOST_ROUNDS, by_round(terms)  # noqa: SLF001 - what the program does
    print(
        f"  a sweep hands out {most_rounds:,} rounds each 15 seconds, {most_rounds / 15:,.1f} a second; by night "
        f"{wanted:,.1f} are wanted:"
    )
    print(f"    {'enough' if most_rounds / 15 >= wanted else f'it has to be {math.ceil(wanted * 15):,} for that'}")
    print("  with fewer for the mails, over the season:")
    for part in (1.0, 0.75, 0.5, 0.25):
        capacity = a_second * part
        most, wait = delays(found, capacity)
        print(f"    {capacity:10,.1f} a second: {most:12,.0f} wait at most, {wait / 60:8,.1f} minutes")
    return max(day, night)


def show_connections(terms: Terms, workers: int) -> None:
    """Print how many connections that makes."""
    processes = math.ceil(workers / terms.jobs)
    links = processes * (terms.jobs + terms.links)
    print("\n3. connections")
    print(
        f"  a process does {terms.jobs} jobs at once and has {terms.jobs} + {terms.links} links: {workers:,} / "
        f"{terms.jobs} = {processes:,} processes, {links:,} links"
    )
    if links > 500:
        print(
            "  PostgreSQL takes that many with max_connections raised, at some megabytes each. A pooler does not help:"
        )
        print("  who asks is proved for one connection (docs/security.md), so none can be shared between transactions.")


def show_database(terms: Terms, a_second: float) -> None:
    """Print what the database has to hold and to write."""
    total = terms.candidates * terms.mails_each
    in_mails, in_homes = total * terms.mail_bytes, terms.candidates * terms.home_bytes
    print("\n4. the database")
    print(
        f"  {total:,.0f} mails x {terms.mail_bytes:,} bytes = {in_mails / 1e9:,.0f} GB a season; homes "
        f"{terms.candidates:,} x {terms.home_bytes:,} = {in_homes / 1e9:,.0f} GB"
    )
    print(f"  by month: {in_mails / 3 / 1e9:,.0f} GB")
    print(
        f"  WAL in the fullest hour: {a_second:,.1f} x {terms.wal_bytes:,} = {a_second * terms.wal_bytes / 1e6:,.1f} "
        f"MB/s; the season {total * terms.wal_bytes / 1e9:,.0f} GB, which is what a backup by WAL keeps"
    )
    print(f"  commits: {a_second:,.1f} x 2 = {2 * a_second:,.0f} a second, of {terms.commit_limit:,.0f} a disk takes")
    print("  its processors: mails and the homes that are opened, by day (looks) and by night (looks and plans)")
    for name, homes, mails in (("day", looks(terms), a_second), ("night", by_round(terms), 0.0)):
        need = cores_for(terms, mails, homes)
        print(
            f"    {name}: ({mails:,.1f} x {terms.database_ms:g} ms + {homes:,.1f} x {terms.home_ms:g} "
            f"ms) / 1000 / {terms.busy:g} = {need:,.1f} of {terms.cores}"
        )


def plans(terms: Terms) -> float:
    """Return the daily plans a second, which are made in six hours of night."""
    return terms.candidates / (6 * 3600)


def by_round(terms: Terms) -> float:
    """Return what the sweeps hand out by night, a second."""
    return looks(terms) + plans(terms)


def looks(terms: Terms) -> float:
    """Return the looks into mailboxes a second."""
    return terms.candidates * terms.looks_a_day / 86_400


def cores_for(terms: Terms, mails: float, homes: float) -> float:
    """Return how many processors the database needs for so many a second."""
    return (mails * terms.database_ms + homes * terms.home_ms) / 1000 / terms.busy


def show_limits(terms: Terms, a_second: float) -> None:
    """Print where one server ends, and what then."""
    used = max(cores_for(terms, a_second, looks(terms)), cores_for(terms, 0, looks(terms) + plans(terms)))
    by_cpu, by_disk = terms.candidates * terms.cores / used, terms.candidates * terms.commit_limit / (2 * a_second)
    print("\n5. when one PostgreSQL is not enough")
    print(
        f"  by processors: {terms.candidates:,} x {terms.cores} / {used:,.1f} = {by_cpu:,.0f} candidates; by commits: "
        f"x {terms.commit_limit:,.0f} / (2 x {a_second:,.1f}) = {by_disk:,.0f}"
    )
    limit = min(by_cpu, by_disk)
    servers = math.ceil(terms.candidates / limit)
    print(f"  the smaller counts: {terms.candidates:,} need {servers}; what beyond that:")
    print("  - by office: an office is a database of its own, as no statement of ours joins two candidates. Limits per")
    print("    employer's domain count within an office only, which is what they are for. Nothing has to be written.")
    print("  - or Citus, all tables with a candidate distributed by it and placed together: every key and unique index")
    print("    begins with the candidate, so each statement goes to one node. What goes over all (due_accounts,")
    print("    handed_to_domain_by_all) would ask every node. On paper; not tried.")
    print(
        "  partitions: entries, contents and moves by hash of the candidate, if a table outgrows one vacuum. By month"
    )
    print("  only what is appended and has no such key: moves, file_versions. Entries by month would need the month in")
    print("  entries_one_per_step, and then one follow-up could leave twice, in two months: not done.")


def show_growth(terms: Terms, a_second: float) -> None:
    """Show that the work follows what is due."""
    print("\n6. what grows with what: processors for mails in the fullest hour")
    print(f"  {'due':>8}{'kept':>8}{'mails a second':>18}{'workers':>12}{'gigabytes':>12}")
    for due, kept in ((1, 1), (2, 1), (4, 1), (1, 2), (1, 10)):
        size = terms.candidates * terms.mails_each * kept * terms.mail_bytes / 1e9
        need = workers_for(a_second * due, terms.mail_ms, terms)
        print(f"  {f'x {due}':>8}{f'x {kept}':>8}{a_second * due:>18,.1f}{need:>12,}{size:>12,.0f}")
    print("  That the time of a mail does not grow with what is kept is measured: office_scale.py, due among many.")


def read_terms() -> tuple[Terms, int]:
    """Read the options; defaults are what was measured (docs/benchmarks.md), or said there to be assumed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for name, default, said in (
        ("candidates", 10_000_000, ""),
        ("mails-each", 8.0, "a season; assumed"),
        ("mail-ms", 40.0, "processor time of a worker for a mail, its candidate's home opened for it"),
        ("database-ms", 4.0, "processor time of the database for a mail"),
        ("home-ms", 3.0, "processor time of the database for a candidate's files; assumed"),
        ("plan-ms", 250.0, "processor time of a daily plan"),
        ("look-ms", 60.0, "processor time of a look into a mailbox without news; assumed"),
        ("looks-a-day", 24.0, "how often a mailbox is looked into; assumed"),
        ("mail-bytes", 6_500, "of a mail in the database, with history and indexes"),
        ("home-bytes", 60_000, "of a candidate's files with their versions; assumed"),
        ("wal-bytes", 9_000, "written ahead for a mail from claim to settled"),
        ("jobs", 4, "at once in a worker"),
        ("links", 4, "of the engine in a worker"),
        ("busy", 0.7, "how much of its time a processor may be busy"),
        ("commit-limit", 10_000.0, "commits a second that the database's disk takes, many at once; assumed"),
        ("cores", 32, "of the database"),
    ):
        options.add_argument(f"--{name}", type=type(default), default=default, help=said)
    options.add_argument("--seed", type=int, default=19)
    given = vars(options.parse_args())
    seed = given.pop("seed")
    return Terms(**given), seed


def main() -> None:
    """Reckon, and print each step."""
    terms, seed = read_terms()
    found = tuple(loads(terms, seed))
    total = sum(one.due for one in found)
    assert math.isclose(total, terms.candidates * terms.mails_each, rel_tol=1e-9), "mails were lost in the reckoning"
    show_inputs(terms, seed)
    a_second = show_mails(terms, found, seed)
    workers = show_workers(terms, a_second, found)
    show_connections(terms, workers)
    show_database(terms, a_second)
    show_limits(terms, a_second)
    show_growth(terms, a_second)


if __name__ == "__main__":
    main()

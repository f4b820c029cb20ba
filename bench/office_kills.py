"""Two delivering processes on one PostgreSQL, and a killer: is a mail ever lost, or sent twice?

    python bench/office_kills.py 20000 1            # so many kills, from this seed; takes long
    python bench/office_kills.py 500 7 --database-every 50

Kills are SIGKILL to one of the two at a random moment; with ``--database-every`` the database server is killed too
(``pg_ctl stop -m immediate``) after so many of them, and started again. After each round of mails, what the mail server
took is compared with what the outboxes say: it stops at the first mail that was taken twice, that is called sent and
was never taken, or that was taken and waits again; and when more are unclear than were blows.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path

from msgspec import Struct

HERE = Path(__file__).resolve().parents[1]
FOLDERS = [str(HERE), str(HERE / "tests"), str(HERE / "tests" / "integration")]
sys.path[:0] = FOLDERS
# For the process that forks the others.
os.environ["PYTHONPATH"] = os.pathsep.join(FOLDERS)

import office_play as play  # noqa: E402
from crash_server import Counting, count_mails  # noqa: E402
from office_samples import new_candidate  # noqa: E402
from office_server import OfficeServer, running_server  # noqa: E402

MAILS, CANDIDATES, DATABASE = 25, 4, "kills"


class Totals(Struct):
    """What was counted, over all rounds."""

    mails: int = 0
    kills: int = 0
    database_kills: int = 0
    lost_database: int = 0
    unclear: int = 0
    rounds: int = 0


class Round:
    """So many mails of some new candidates, and what happens to who delivers them."""

    def __init__(self, server: OfficeServer, running: tuple[Counting, int], chance: random.Random, every: int) -> None:
        self.server, self.chance, self.every = server, chance, every
        self.counting, port = running
        url = server.url(DATABASE)
        self.job = play.Job(url, [new_candidate(url) for _ in range(CANDIDATES)], port)
        play.fill_office(url, self.job.names, MAILS)
        self.slots = play.Slots(self.job, chance.randrange(2**31))
        self.database_kills = 0

    def strike(self, totals: Totals) -> None:
        """Kill until all is delivered."""
        mean = self.chance.choice([0.003, 0.01, 0.03])
        while True:
            self.slots.fill()
            killed = totals.kills + self.slots.kills
            if self.every and killed >= (totals.database_kills + self.database_kills + 1) * self.every:
                self.kill_database()
            else:
                self.slots.kill(self.chance, mean)
            if self.chance.random() < 0.2:
                left = play.look_at(self.server, DATABASE, self.job.names)
                if not left.count("queued") + left.count("sending"):
                    return

    def kill_database(self) -> None:
        """Kill the server at a random moment, and start it again."""
        time.sleep(self.chance.uniform(0, 0.05))
        self.server.stop("immediate")
        self.server.start()
        self.database_kills += 1

    def look(self, totals: Totals) -> None:
        """Compare what the mail server took with what the outboxes say."""
        self.slots.end()
        play.deliver(self.job, 0)
        play.verify(self.job.url, self.job.names)
        found = play.look_at(self.server, DATABASE, self.job.names)
        assert len(found.states) == CANDIDATES * MAILS, "mails are gone"
        # The end of the server can strike both processes.
        play.check(self.counting, found, self.slots.kills + 2 * self.database_kills)
        assert found.count("sent") + found.count("unclear") == len(found.states), "something was not delivered"
        totals.mails += len(found.states)
        totals.kills += self.slots.kills
        totals.database_kills += self.database_kills
        totals.lost_database += self.slots.lost
        totals.unclear += found.count("unclear")
        totals.rounds += 1
        self.counting.taken.clear()


def main() -> None:
    """Play rounds until there were enough kills, and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("kills", type=int)
    options.add_argument("seed", type=int)
    options.add_argument("--database-every", type=int, default=0, metavar="KILLS")
    options.add_argument("--minutes", type=float, default=0, help="stop after so many minutes, however many kills")
    given = options.parse_args()
    totals, chance, began = Totals(), random.Random(given.seed), time.monotonic()
    with running_server() as server, count_mails() as running:
        server.make_database(DATABASE)
        while totals.kills < given.kills:
            one = Round(server, running, chance, given.database_every)
            one.strike(totals)
            one.look(totals)
            spent = time.monotonic() - began
            if totals.rounds % 10 == 0:
                print(f"{totals.kills} kills in {spent:.0f} s", flush=True)
            if given.minutes and spent > given.minutes * 60:
                break
    spent = time.monotonic() - began
    a_blow = totals.unclear / max(1, totals.kills + totals.database_kills)
    print(
        f"{totals.kills:,} workers and {totals.database_kills:,} times the database killed while {totals.mails:,} "
        f"mails left, in {spent:,.0f} s ({totals.kills / spent:.1f} kills a second): none lost, none twice, "
        f"{totals.unclear:,} unclear ({a_blow:.3f} a blow); {totals.lost_database:,} processes gave up without it."
    )


if __name__ == "__main__":
    main()

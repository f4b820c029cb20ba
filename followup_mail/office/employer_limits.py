"""How many mails of all candidates one employer gets within an hour: the last check before a mail of an office leaves.

Decided inside the claiming transaction, under a lock of the employer's domain (at a public provider, of the address),
so that of two workers who take the last free place one waits for the other and then sees what it did. What crosses
candidates are moments, and nothing else (``handed_to_domain_by_all``).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.cadence.turns import take_turn
from followup_mail.facts.mail_address import is_public
from followup_mail.office.database import OfficeDatabase, explained
from followup_mail.outbox.entry import FOLDER, Entry
from followup_mail.outbox.moments import to_moment
from followup_mail.outbox.pre_send_check import GO, Action, PreSendCheck, Ruling, SendContext, rewrite_command

SPAN: Final = timedelta(hours=1)
EMPLOYER_LOCKS: Final = 0x464E
"""The first key of the advisory locks that keep claims for one employer apart. They come after a candidate's own lock,
and a transaction takes at most one of them: so nobody waits for each other in a ring."""
_AHEAD: Final = timedelta(days=14)
"""How far ahead mails that wait are given their turns."""


class EmployerLimits(Struct, frozen=True):
    """The most mails within an hour, over all candidates."""

    per_domain: int = 10
    """To one employer's domain; at providers where anybody has an address, only the address counts."""
    per_address: int = 2


class _Others(Struct, frozen=True):
    """What one limit counts: moments in UTC, sorted."""

    most: int
    name: str
    handed: tuple[datetime, ...]
    """When mails were handed over within the last hour, or are being so."""
    waiting: tuple[datetime, ...]
    """When others that wait are to be looked at."""


def check_employer(database: OfficeDatabase, limits: EmployerLimits) -> PreSendCheck:
    """Return the check of the office's limits, for a store on ``database``; it asks in that store's transaction.

    A mail that must wait gets its own turn: as many minutes after the previous mail as the limit asks for. If waiting
    would make it miss its last sensible moment, it leaves anyway, up to twice the limit, if it does not press for
    anything (a thank-you is expected, and being late is worse than one mail too many). Otherwise it is missed now, with
    the reason, while there is still time to call instead.
    """

    def check(entry: Entry, _: SendContext, now: datetime) -> Ruling:
        if entry.account == FOLDER:
            return GO  # nobody gets it
        now = now.astimezone(UTC)
        with explained():
            if _left_before_deletion(database, entry):
                return Ruling(Action.BLOCK, "it left already, before this candidate was deleted from the office")
            for others in _read(database, limits, entry, now):
                if (ruling := _rule(entry, others)).action is not Action.GO:
                    return ruling
        return GO

    return check


def _left_before_deletion(database: OfficeDatabase, entry: Entry) -> bool:
    row = database.link.execute("SELECT left_before_deletion(%s) AS left", (entry.message.message_id,)).fetchone()
    return bool(row and row["left"])


def _read(database: OfficeDatabase, limits: EmployerLimits, entry: Entry, now: datetime) -> tuple[_Others, ...]:
    """Return what the limits count, as it is once no other claim for this employer is under way."""
    domain, address = entry.message.domain, entry.message.to.email.lower()
    public = is_public(address)
    database.link.execute(
        "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (EMPLOYER_LOCKS, address if public else domain)
    )
    given = {"domain": domain, "address": address, "since": now - SPAN, "now": now, "until": now + _AHEAD}
    rows = database.link.execute(
        "SELECT 1 AS list, at FROM handed_to_domain_by_all(%(domain)s, %(since)s) AS at "
        "UNION ALL SELECT 2, at FROM handed_to_address_by_all(%(domain)s, %(address)s, %(since)s) AS at "
        "UNION ALL SELECT CASE WHEN same THEN 4 ELSE 3 END, at "
        "FROM waiting_by_all(%(domain)s, %(address)s, %(now)s, %(until)s)",
        given,
    ).fetchall()
    lists: dict[int, list[datetime]] = {n: [] for n in (1, 2, 3, 4)}
    for row in rows:
        lists[row["list"]].append(to_moment(row["at"]))
    # A moment ahead comes from a machine whose clock is wrong: it counts as if it were now, and so for an hour or two.
    handed = [tuple(sorted(min(at, now) for at in lists[n] if at <= now + SPAN)) for n in (1, 2)]
    of_address = _Others(limits.per_address, entry.message.to.email, handed[1], tuple(sorted(lists[4])))
    if public:
        return (of_address,)
    return (of_address, _Others(limits.per_domain, domain, handed[0], tuple(sorted(lists[3] + lists[4]))))


def _rule(entry: Entry, others: _Others) -> Ruling:
    if len(others.handed) < others.most:
        return GO
    mails = "1 mail" if others.most == 1 else f"{others.most} mails"
    reason = f"the office's limit of {mails} an hour to {others.name} is reached"
    until, last_at = _turn(others, others.most), entry.timing.last_at
    if last_at is None or until <= last_at:
        return Ruling(Action.POSTPONE, reason, until)
    if not entry.step.kind.traits.presses:
        if len(others.handed) < 2 * others.most:
            return GO
        if (until := _turn(others, 2 * others.most)) <= last_at:
            return Ruling(Action.POSTPONE, reason, until)
    fix = (
        f"Call, or write again with `followup-mail {rewrite_command(entry)}`; `followup-mail outbox reschedule "
        f"{entry.id} --at WHEN` sends it later as it is."
    )
    return Ruling(Action.MISS, f"{reason}, and its last sensible moment comes before its turn", fix=fix)


def _turn(others: _Others, most: int) -> datetime:
    """Return when there is a free place within ``most`` an hour, apart from the turns of those that wait already."""
    return take_turn(others.handed[-most] + SPAN, list(others.waiting), lambda moment: moment, SPAN / most)

"""Looks of ``doctor`` at an office: its database, its key, its clock, and then what is a candidate's.

Nothing of a home folder on this machine is looked at: nothing of an office is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from typing import Final

from followup_mail.errors import FollowupError
from followup_mail.office.database import Link, OwnLink
from followup_mail.office.health import Health, look_at_database
from followup_mail.office.migrate import check_ready, read_migrations
from followup_mail.office.sealing import Seal
from followup_mail.services.accounts.setup_look import SetupCheck, fault, fine, warning
from followup_mail.services.health.doctor import LOOKS, Announce, check_setup
from followup_mail.settings.load_settings import Loaded
from followup_mail.workspace import Workspace, read_clock

_OF_MACHINE: Final = frozenset({"home", "disk space", "permissions", "database", "service"})
"""Looks at what an office does not have on this machine."""
_SLIGHT: Final = timedelta(seconds=5)


def check_office(
    loaded: Loaded, open_candidate: Callable[[], Workspace] | None, announce: Announce = nullcontext
) -> Iterator[SetupCheck]:
    """Do one look after the other; with ``open_candidate`` also those at what is the candidate's."""
    links = OwnLink(loaded.settings.database_url.reveal())
    try:
        with announce("Looking at the office's database"):
            found = list(_look_at_office(links, loaded))
    finally:
        links.close()
    yield from found
    if open_candidate is None or not all(one.ok for one in found):
        return
    try:
        workspace = open_candidate()
    except FollowupError as error:
        yield fault("candidate", error.sentence, error.fix)
        return
    yield fine("candidate", "everything is there, and what is sealed can be opened")
    looks = tuple(look for look in LOOKS if look.what not in _OF_MACHINE)
    yield from check_setup(workspace, None, announce, looks)


def _look_at_office(links: OwnLink, loaded: Loaded) -> Iterator[SetupCheck]:
    try:
        link = links.take()
        links.give_back(link)
        health = look_at_database(link, read_clock)
    except FollowupError as error:
        yield fault("database", error.sentence, error.fix)
        return
    yield fine("database", f"reached: PostgreSQL {health.server}, signed in as {health.role}")
    yield _look_at_schema(link, health)
    yield _look_at_key(loaded)
    yield _look_at_clock(health)


def _look_at_schema(link: Link, health: Health) -> SetupCheck:
    try:
        check_ready(link)
    except FollowupError as error:
        return fault("schema", error.sentence, error.fix)
    version = read_migrations()[-1].number
    return fine(
        "schema", f"version {version}, the newest that this program knows; {health.role} sees a candidate a time"
    )


def _look_at_key(loaded: Loaded) -> SetupCheck:
    try:
        Seal(loaded.settings.office_key.reveal())
    except FollowupError as error:
        return fault("key", error.sentence, error.fix)
    return fine("key", "FOLLOWUP_OFFICE_KEY can be read")


def _look_at_clock(health: Health) -> SetupCheck:
    apart = abs(health.clock_offset)
    if apart <= _SLIGHT:
        return fine("office clock", "this machine's clock agrees with the database's")
    which = "ahead of" if health.clock_offset < timedelta() else "behind"
    return warning(
        "office clock",
        f"this machine's clock is {int(apart.total_seconds())} s {which} the database's",
        "Have the system set both over the network: mails leave by the clock of the machine that sends them.",
    )

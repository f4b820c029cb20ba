"""The commands of whoever answers for an office: the trail, the deletion on request, the change of the key."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from desk import Desk
from office_server import OWNER, OfficeServer
from outbox_samples import make_new

from followup_mail.office.candidates import find_candidate
from followup_mail.office.claims import Claims
from followup_mail.office.database import OfficeDatabase, OwnLink
from followup_mail.office.files import OfficeFiles
from followup_mail.office.postgres_store import PostgresStore
from followup_mail.office.sealing import Seal, new_key


def test_the_office_answers_for_what_is_done(office_server: OfficeServer, stranger: Desk) -> None:
    """From an empty database to a trail, another key and a deletion: each command says what it did and what stays."""
    office_server.sql(f"CREATE DATABASE answers OWNER {OWNER}")
    old, new = new_key(), new_key()
    stranger.environment |= {
        "FOLLOWUP_DATABASE_URL": office_server.url("answers"),
        "FOLLOWUP_DATABASE_OWNER_URL": office_server.url("answers", OWNER),
        "FOLLOWUP_OFFICE_KEY": old,
        "FOLLOWUP_ACTOR": "eve@desk-5",
        "FOLLOWUP_TIME_ZONE": "Europe/Vienna",
    }
    stranger.say("office", "migrate")
    stranger.say("office", "add", "ann")
    with closing(OwnLink(office_server.url("answers"))) as link:
        database = OfficeDatabase(link, Claims(old))
        asker = find_candidate(database, "ann", "bo@desk-4")
        PostgresStore(database, asker).add([make_new()], datetime(2026, 7, 1, 8, tzinfo=UTC))
        OfficeFiles(database, asker, Seal(old)).put({".env": b"FOLLOWUP_NAME=Ann"}, {}, datetime.now(UTC))

    assert "2026-07-01 10:00:00 CEST  bo@desk-4  added #1 thank_you" in stranger.say("office", "audit", "ann")
    deeds = stranger.json("office", "audit", "ann", "--entry", "#1")
    assert [(deed["actor"], deed["what"]) for deed in deeds] == [("bo@desk-4", "added")]
    assert "There is no entry #7 of ann." in _refused(stranger, "audit", "ann", "--entry", "7")

    stranger.environment["FOLLOWUP_OFFICE_KEY"] = f"{new},{old}"
    assert "does not believe who asks" in _refused(stranger, "reseal")
    stranger.say("office", "migrate")
    assert "1 file sealed again" in stranger.say("office", "reseal")
    stranger.environment["FOLLOWUP_OFFICE_KEY"] = new
    stranger.say("office", "migrate")
    assert "0 files sealed again" in stranger.say("office", "reseal")

    assert "add --yes" in _refused(stranger, "delete", "ann")
    assert "ann is deleted, with 1 mail and everything else." in stranger.say("office", "delete", "ann", "--yes")
    assert "no candidate 'ann'" in _refused(stranger, "audit", "ann")


def _refused(desk: Desk, *arguments: str) -> str:
    done = desk.run("office", *arguments)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr

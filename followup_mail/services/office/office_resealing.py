"""The change of an office's key: every candidate's secrets sealed again with the first one."""

from __future__ import annotations

from collections.abc import Iterator

from followup_mail.errors import SettingsError
from followup_mail.office.asker import Asker
from followup_mail.office.candidates import list_candidates
from followup_mail.office.resealing import Resealed, reseal_candidate
from followup_mail.office.sealing import Seal
from followup_mail.services.office.office_setup import office_database
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import variable


def reseal_office(loaded: Loaded) -> Iterator[tuple[Asker, Resealed]]:
    """Seal again whatever the first key did not seal; yield each candidate when that is on disk.

    Stopped and run again it goes on where it was. Raises ``SettingsError`` without a key, and ``OutboxError``.
    """
    keys = loaded.settings.office_key.reveal()
    if not keys:
        raise SettingsError(
            f"{variable('office_key')} is not set, so nothing can be sealed.",
            fix="Set it to the new key, a comma and the old one.",
        )
    seal = Seal(keys)
    with office_database(loaded) as (database, actor):
        for asker in list_candidates(database, actor):
            yield asker, reseal_candidate(database, asker, seal)

"""A candidate of the office deleted on request."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.errors import RefusedError
from followup_mail.office.candidates import find_candidate
from followup_mail.office.deletion import delete_candidate
from followup_mail.services.office.office_setup import office_database
from followup_mail.settings.candidates import quote_name
from followup_mail.settings.load_settings import Loaded


class Deleted(Struct, frozen=True):
    """What was deleted."""

    number: int
    name: str
    entries: int


def delete_from_office(loaded: Loaded, name: str, *, sure: bool) -> Deleted:
    """Delete everything of a candidate. Raises ``RefusedError`` unless ``sure``, and while a mail is being sent."""
    with office_database(loaded) as (database, actor):
        asker = find_candidate(database, name, actor)
        if not sure:
            copy = f"followup-mail office export {quote_name(asker.name)} FOLDER"
            raise RefusedError(
                f"This would delete everything of {asker.name} (candidate {asker.candidate}), for ever.",
                fix=f"To keep a copy: {copy}. To delete it, add --yes.",
            )
        return Deleted(asker.candidate, asker.name, delete_candidate(database, asker))

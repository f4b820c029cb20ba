"""Commands for whoever answers for the office: the audit trail, deletion on request, the change of the key."""

from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json, OfficeCandidate, Yes, read_entry_id
from followup_mail.cli.commands.places import open_office


def add_to(group: typer.Typer) -> None:
    """Add these commands to ``office``."""
    group.command("audit")(audit)
    group.command("delete")(delete)
    group.command("reseal")(reseal)


def audit(
    candidate: OfficeCandidate,
    entry: Annotated[
        int | None,
        typer.Option("--entry", metavar="N", parser=read_entry_id, help="Only what was done with this entry."),
    ] = None,
    json: Json = False,
) -> None:
    """Say who did what for a candidate, and when.

    Who approved, queued, changed and sent what; the newest comes last. Moments are in the office's zone
    (FOLLOWUP_TIME_ZONE). Workers are named as they name themselves.

    \b
    followup-mail office audit ann
    followup-mail office audit ann --entry 12
    """
    office = open_office()
    from followup_mail.cli.views.show_office_watch import audit_and_show

    audit_and_show(office, candidate, entry, json)


def delete(candidate: OfficeCandidate, yes: Yes = False) -> None:
    """Delete everything of a candidate, for ever, on their request.

    Mails, histories, facts, settings, passwords, jobs: all of it, with all versions. Only their number and the moment
    stay, and checksums by which no mail is sent twice. Backups still hold what they held. Refused while a mail of
    theirs is being sent.

    \b
    followup-mail office delete ann --yes
    """
    office = open_office()
    from followup_mail.cli.views.show_office_watch import delete_and_show

    delete_and_show(office, candidate, yes)


def reseal() -> None:
    """Seal passwords and tokens again, with a new key.

    The new key is the first of FOLLOWUP_OFFICE_KEY.

    To change the key, put the new one before the old one and a comma, on every machine. Run `office migrate`, then this
    command; then take the old one away. It can be stopped and run again, also twice at once.

    \b
    followup-mail office reseal
    """
    office = open_office()
    from followup_mail.cli.views.show_office_watch import reseal_and_show

    reseal_and_show(office)

"""The one folder for a purpose: as the user names it, as the server marks it, or by a usual name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from followup_mail.delivery.redaction import one_line
from followup_mail.errors import MailboxError
from followup_mail.mailbox.folders import Role, find_folders, list_folders

if TYPE_CHECKING:
    from imapclient import IMAPClient

_PURPOSES: Final = {
    Role.SENT: ("for sent mails", "FOLLOWUP_IMAP_SENT"),
    Role.DRAFTS: ("for drafts", "FOLLOWUP_IMAP_DRAFTS"),
}


def name_folder(client: IMAPClient, role: Role, named: str = "") -> str:
    """Return the folder: ``named`` if given, else the marked one, else one with a usual name.

    Raises ``MailboxError`` when there is none.
    """
    if named and client.folder_exists(named):
        return named
    folders = list_folders(client)
    if not named and (found := find_folders(folders, role)):
        return found[0].name
    purpose, setting = _PURPOSES[role]
    names = ", ".join(sorted(one_line(folder.name)[:100] for folder in folders)[:20])
    wrong = f"The mailbox has no folder '{named}'" if named else f"The mailbox has no folder {purpose}"
    raise MailboxError(f"{wrong}; it has: {names or 'none'}.", fix=f"Set {setting} to the right folder.")

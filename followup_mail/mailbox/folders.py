"""Says which folder of a mailbox is what, in any language, and which of them are read for answers.

What the server marks counts first (RFC 6154, and XLIST, which Gmail had before it), then what mail programs usually
call their folders: ``folder_names.toml``.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

if TYPE_CHECKING:
    from imapclient import IMAPClient

INBOX: Final = "INBOX"


class Role(StrEnum):
    """What a folder is for."""

    INBOX = "inbox"
    SENT = "sent"
    DRAFTS = "drafts"
    ALL = "all"
    """Every mail of the account, wherever it lies; never known by its name alone."""
    ARCHIVE = "archive"
    JUNK = "junk"
    TRASH = "trash"
    """The bin, where the server marks it: what was deleted on a phone was an answer all the same."""


class Folder(Struct, frozen=True):
    """A folder of the mailbox."""

    name: str
    """As the server lists it, decoded."""
    role: Role | None = None
    is_marked: bool = False
    """True when the server says what it is for; False when only its name does."""
    rank: int = 0
    """Of a name that says it: how usual it is; 0 is the commonest."""


_MARKS: Final = {
    b"\\inbox": Role.INBOX,
    b"\\sent": Role.SENT,
    b"\\drafts": Role.DRAFTS,
    b"\\all": Role.ALL,
    b"\\allmail": Role.ALL,
    b"\\archive": Role.ARCHIVE,
    b"\\junk": Role.JUNK,
    b"\\spam": Role.JUNK,
    b"\\trash": Role.TRASH,
}
"""``\\AllMail`` and ``\\Spam`` are words of XLIST."""
_CLOSED: Final = {b"\\noselect", b"\\nonexistent"}
"""Folders that only hold other folders (RFC 3501 section 7.2.2, RFC 5258 section 3)."""
_LONGEST_NAME: Final = 1_000


def list_folders(client: IMAPClient) -> tuple[Folder, ...]:
    """Return the folders that can be opened, in the order of the server, with what they are for."""
    listed = _listed(client)
    beginnings = _own_beginnings(client)
    return tuple(_folder(flags, name, beginnings) for flags, name in listed if not flags & _CLOSED)


def find_folders(folders: Iterable[Folder], role: Role) -> tuple[Folder, ...]:
    """Return the folders of this role: marked ones first, then those with a usual name, the commonest first."""
    fitting = (folder for folder in folders if folder.role is role)
    return tuple(sorted(fitting, key=lambda folder: (not folder.is_marked, folder.rank)))


def folders_to_read(folders: Sequence[Folder], also: Iterable[str] = ()) -> tuple[Folder, ...]:
    """Return the folders in which answers and the user's own mails are looked for, each once.

    With a folder that holds all mails, that one (RFC 6154: ``\\All``); else the inbox, the archive and the Sent folder.
    The junk folder and the bin too, which providers leave out of ``\\All``, and those that the user names (``also``),
    whether the server lists them or not.
    """
    everything = [folder for folder in find_folders(folders, Role.ALL) if folder.is_marked][:1]
    usual = everything or [
        Folder(INBOX, Role.INBOX, is_marked=True),
        *find_folders(folders, Role.ARCHIVE),
        *find_folders(folders, Role.SENT),
    ]
    left_out = [*find_folders(folders, Role.JUNK), *find_folders(folders, Role.TRASH)]
    wanted = [*usual, *left_out, *(_named(folders, name) for name in also)]
    once: dict[str, Folder] = {}
    for folder in wanted:
        once.setdefault(_key(folder.name), folder)
    return tuple(once.values())


def _key(name: str) -> str:
    """Return what tells folders apart: only INBOX is the same in any case (RFC 3501 section 5.1)."""
    return INBOX if name.upper() == INBOX else name


def _named(folders: Iterable[Folder], name: str) -> Folder:
    """Return the folder that the user means; one that nobody lists is tried as it was typed."""
    exact = next((folder for folder in folders if folder.name == name), None)
    return exact or next((folder for folder in folders if _plain(folder.name) == _plain(name)), Folder(name))


def _listed(client: IMAPClient) -> list[tuple[frozenset[bytes], str]]:
    """Return flags and name of each folder. One whose name makes no sense hides no other."""
    try:
        listed = client.list_folders()
    except UnicodeError:
        with _undecoded(client):
            listed = client.list_folders()
    parts = _parts(listed)
    if not any(_marked(flags) for flags, _ in parts):
        marks = {name: flags for flags, name in _parts(_list_with_marks(client))}
        parts = [(flags | marks.get(name, frozenset()), name) for flags, name in parts]
    return parts


def _list_with_marks(client: IMAPClient) -> Any:
    """Ask for the marks where the server does not tell them without being asked (RFC 6154 section 2, XLIST)."""
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

    from followup_mail.mailbox.imap_client import BoundedClient

    try:
        if client.has_capability("SPECIAL-USE") and isinstance(client, BoundedClient):
            return client.list_marked_folders()
        return client.xlist_folders() if client.has_capability("XLIST") else ()
    except IMAPClientAbortError:
        raise
    except (IMAPClientError, UnicodeError):
        return ()


@contextmanager
def _undecoded(client: IMAPClient) -> Iterator[None]:
    client.folder_encode = False
    try:
        yield
    finally:
        client.folder_encode = True


def _parts(listed: Iterable[tuple[Any, Any, Any]]) -> list[tuple[frozenset[bytes], str]]:
    return [
        (frozenset(flag.lower() for flag in flags if isinstance(flag, bytes)), decoded)
        for flags, _, name in listed
        if isinstance(flags, tuple) and (decoded := _decoded(name))
    ]


def _decoded(name: object) -> str:
    """Return the name as text; nothing for one that is not written as RFC 3501 section 5.1.3 has it."""
    from imapclient.imap_utf7 import decode

    with suppress(UnicodeError):
        text = decode(name) if isinstance(name, bytes) else name
        if isinstance(text, str) and len(text) <= _LONGEST_NAME and text.isprintable():
            return text
    return ""


def _marked(flags: frozenset[bytes]) -> Role | None:
    return next((role for mark, role in _MARKS.items() if mark in flags), None)


def _folder(flags: frozenset[bytes], name: str, beginnings: Sequence[str]) -> Folder:
    if role := _marked(flags):
        return Folder(name, role, is_marked=True)
    if _key(name) == INBOX:
        return Folder(name, Role.INBOX, is_marked=True)
    role, rank = _usual_names().get(_last(name, beginnings), (None, 0))
    return Folder(name, role, rank=rank)


def _last(name: str, beginnings: Sequence[str]) -> str:
    """Return a name without what servers put before the usual folders."""
    known = (*beginnings, *_beginnings())
    begins = next((beginning for beginning in known if name.lower().startswith(beginning.lower())), "")
    return _plain(name[len(begins) :])


def _own_beginnings(client: IMAPClient) -> tuple[str, ...]:
    """Return what the names of the user's own folders begin with at this server (RFC 2342)."""
    if not client.has_capability("NAMESPACE"):
        return ()
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

    try:
        personal = client.namespace().personal or ()
        return tuple(prefix for prefix, *_ in personal if isinstance(prefix, str) and prefix)
    except IMAPClientAbortError:
        raise
    except (IMAPClientError, ValueError, TypeError):
        return ()


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@cache
def _names() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("folder_names.toml").read_text("utf-8"))


@cache
def _usual_names() -> dict[str, tuple[Role, int]]:
    """Return what a folder of this name is for, and how common the name is: 0 is the commonest."""
    usual: dict[str, tuple[Role, int]] = {}
    for role in (Role.SENT, Role.DRAFTS, Role.ARCHIVE, Role.JUNK):
        for rank, name in enumerate(_names()[role]):
            usual.setdefault(_plain(name), (role, rank))
    return usual


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(_names()["beginnings"])

"""A preview as files: as the message and its HTML where the user says, or as a page for the browser.

The page is one file per application in the home folder, until the application is forgotten.

A browser reads the page when it likes, long after the command has ended, and again when the user reloads it. So the
page stays, where everything else about the application is, and not among the system's temporary files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from followup_mail.facts.atomic_files import make_folder, said_plainly, write_over
from followup_mail.services.typed.user_files import write_user_file
from followup_mail.services.writing.prepared import Prepared
from followup_mail.workspace import Workspace

FOLDER: Final = "previews"


def save_messages(prepared: Sequence[Prepared], eml: Path | None, html: Path | None) -> Iterator[Path]:
    """Write each mail as a message, as HTML or as both, and yield each file once it is written.

    Of several mails each gets files of its own, named after the person. Raises ``RefusedError``.
    """
    for mail in prepared:
        for path, content in ((eml, mail.message.content), (html, mail.written.draft.html.encode())):
            if path:
                own = path if len(prepared) == 1 else _name_after_person(path, mail)
                write_user_file(own, content)
                yield own


def _name_after_person(path: Path, mail: Prepared) -> Path:
    return path.with_name(f"{path.stem}-{mail.written.draft.step.person}{path.suffix}")


def write_page(workspace: Workspace, slug: str, page: str) -> Path:
    """Write the page of an application over the last one, and remove those of applications that are gone.

    Raises ``FactsError`` when it cannot be written.
    """
    path = page_file(workspace, slug)
    make_folder(workspace.home, path.parent)
    with said_plainly(path, "written"):
        write_over(path, page)
    known = workspace.facts.slugs()
    for other in path.parent.glob("*.html"):
        if other.stem not in known:
            with suppress(OSError):
                other.unlink()
    return path


def forget_page(workspace: Workspace, slug: str) -> None:
    """Remove the page of an application, if there is one. Raises ``FactsError`` when it cannot be removed."""
    path = page_file(workspace, slug)
    with said_plainly(path, "removed"):
        path.unlink(missing_ok=True)


def page_file(workspace: Workspace, slug: str) -> Path:
    """Return where the page of an application is, or would be."""
    return workspace.home / FOLDER / f"{slug}.html"

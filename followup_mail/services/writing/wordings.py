"""Look at the wordings that mails are written from, and copy one to change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from followup_mail.drafts.template_folders import (
    FACT_CHECK,
    PROOFREADING,
    QUESTION,
    TRANSCRIPT,
    VOICE,
    TemplateFolders,
    Wording,
    built_in_templates,
)
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.atomic_files import make_folder, said_plainly, write_new
from followup_mail.facts.clean import UnfitError, clean_line
from followup_mail.facts.names import is_slug, slugify

if TYPE_CHECKING:
    from followup_mail.drafts.render_process import BoundedRenderer


def list_wordings(folders: TemplateFolders) -> tuple[Wording, ...]:
    """Return every wording of every kind."""
    return tuple(wording for kind in folders.kinds() for wording in folders.wordings(kind))


def list_guides(folders: TemplateFolders) -> tuple[Wording, ...]:
    """Return the guides for a writing model: that for every mail, one for each kind, those for its other work."""
    for_other_work = (FACT_CHECK, QUESTION, PROOFREADING, TRANSCRIPT, VOICE)
    names = dict.fromkeys(("", *folders.kinds(), *for_other_work))
    return tuple(guide for name in names if (guide := folders.guide(name)))


def version_of(guide: Wording) -> str:
    """Return the version that a guide gives in its first line; empty where it gives none or cannot be read."""
    try:
        with guide.path.open(encoding="utf-8", errors="replace") as file:
            label, _, version = file.readline(100).partition(":")
    except OSError:
        return ""
    return version.strip() if label.strip().lower() == "version" else ""


def read_guide(guide: Wording) -> str:
    """Return what a guide tells a writing model, without its version. Raises ``TemplateError``."""
    text = read_source(guide)
    return text.partition("\n")[2].strip() if version_of(guide) else text.strip()


def find_wording(folders: TemplateFolders, name: str) -> Wording:
    """Return a wording by its full name, e.g. ``thank_you/short_note``, or a guide. Raises ``NotFoundError``."""
    kind, slash, rest = name.strip().replace("\\", "/").partition("/")
    known = {guide.full_name: guide for guide in list_guides(folders)}
    if guide := known.get(name.strip().replace("\\", "/").removesuffix(".md")):
        return guide
    if kind not in folders.kinds():
        raise NotFoundError(f"There is no kind '{kind}'.", fix=f"There are: {', '.join(folders.kinds())}.")
    if not slash:
        names = ", ".join(wording.full_name for wording in folders.wordings(kind))
        raise NotFoundError(f"'{name}' is a kind; name one of its wordings.", fix=f"There are: {names}.")
    return folders.wording(kind, rest)


def read_source(wording: Wording) -> str:
    """Return the text of a wording's file. Raises ``TemplateError`` when it cannot be read."""
    from followup_mail.drafts.template_files import read_template

    return read_template(wording.path)


def facts_in(folders: TemplateFolders, wording: Wording, renderer: BoundedRenderer | None = None) -> list[str]:
    """Return the names of the facts that a wording mentions. Raises ``TemplateError`` for a broken one.

    ``renderer`` is one that runs already; without it, one is started for an own wording.
    """
    from followup_mail.drafts.render_process import BoundedRenderer
    from followup_mail.drafts.template_engine import used_facts

    if not wording.own:
        return used_facts((built_in_templates(),), wording.template)
    if renderer:
        return renderer.used_facts(folders.search_path(), wording.template)
    with BoundedRenderer() as started:
        return started.used_facts(folders.search_path(), wording.template)


def copy_wording(folders: TemplateFolders, wording: Wording, as_name: str) -> Path:
    """Copy a wording to the user's folder and return the new file. Raises ``RefusedError`` when it is there already."""
    text = read_source(wording)
    path = folders.own / wording.kind / f"{_file_name(as_name) or wording.name}{wording.path.suffix}"
    for folder in (folders.own, path.parent):
        make_folder(folders.own.parent, folder)
    try:
        with said_plainly(path, "written"):
            write_new(path, text)
    except FileExistsError:
        raise RefusedError(
            f"{path} is there already.", fix="Change that file, or copy under another --as NAME."
        ) from None
    return path


def _file_name(given: str) -> str:
    if not given:
        return ""
    try:
        name = slugify(clean_line(given))
    except UnfitError as error:
        raise RefusedError(f"--as: {error}.", fix="Name it with letters and digits.") from None
    if not is_slug(name):
        raise RefusedError(f"'{given}' cannot name a file.", fix="Name it with a few letters or digits.")
    return name.replace("-", "_")

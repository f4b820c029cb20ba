"""The folder of facts files, one per application: found, read, made, changed and removed by slug.

A slug comes from the command line, so it is checked before it becomes a path. Whatever is written was parsed first.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from followup_mail.errors import FactsError, FactsFileError, NotFoundError, Problem, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_new, write_over
from followup_mail.facts.file_text import has_mark, read_content, read_facts
from followup_mail.facts.kept_facts import KeptFacts, stamp_of
from followup_mail.facts.names import is_slug, slugify
from followup_mail.facts.proof_points import read_proof_points, with_proof_points
from followup_mail.facts.rewrite import Changes, rewrite
from followup_mail.facts.rewrite_listed import Place, rewrite_listed
from followup_mail.facts.unfit_values import quoted

SUFFIX: Final = ".toml"
_MARK: Final = "\ufeff"


Read = TypeVar("Read")
RecordFile = Callable[[Path, bytes | None, bytes | None], object]


class FactsFolder:
    """All applications under one home folder, in ``applications/<slug>.toml``."""

    def __init__(
        self,
        home: Path,
        record: RecordFile | None = None,
        kept: KeptFacts | None = None,
        record_back: RecordFile | None = None,
    ) -> None:
        """Look after the facts under ``home``; ``record`` is called with a file before and after, before it changes.

        ``kept`` has what the same process read before. ``record_back`` is called like ``record`` when a step is taken
        back. What they raise leaves the file as it was.
        """
        self.home = home
        self._record = record
        self._record_back = record_back
        self._kept = kept
        self.folder = home / "applications"

    def slugs(self) -> tuple[str, ...]:
        """Return the slugs of all applications, sorted; files that no command can name are left to ``load_all``."""
        return tuple(name for name in self._names() if is_slug(name))

    def path(self, slug: str) -> Path:
        """Return where the file of ``slug`` is or would be. Raises ``NotFoundError`` for what is no slug."""
        if not is_slug(slug):
            raise self._not_found(slug)
        return self.folder / f"{slug}{SUFFIX}"

    def text(self, slug: str) -> str:
        """Return the file as it stands, for an editor. Raises ``NotFoundError`` and ``FactsFileError``."""
        try:
            return read_facts(self.path(slug))
        except FileNotFoundError:
            raise self._not_found(slug) from None

    def load(self, slug: str) -> Application:
        """Return the application, with the proof points that fit it.

        Raises ``NotFoundError``, and ``FactsFileError`` with every problem of the file.
        """
        return self._load(slug, lambda: read_proof_points(self.home))

    def _load(self, slug: str, read_points: Callable[[], tuple[str, ...]]) -> Application:
        path = self.path(slug)
        before = stamp_of(path) if self._kept is not None else None
        if self._kept is not None and before and (found := self._kept.find(path, before, read_points)):
            return found
        application = parse_application(self.text(slug), path, slug)
        points = read_points()
        application = with_proof_points(application, points)
        if self._kept is not None and before:
            self._kept.keep(path, before, points, application)
        return application

    def load_all(self) -> tuple[list[Application], list[FactsFileError]]:
        """Return every application that can be read, and what is wrong with the others."""
        read_points = cache(lambda: read_proof_points(self.home))
        applications, errors = self.read_each(lambda slug: self._load(slug, read_points))
        if self._kept is not None:
            self._kept.keep_only(self.folder, self._names())
        return applications, errors

    def read_each(self, read: Callable[[str], Read]) -> tuple[list[Read], list[FactsFileError]]:
        """Return what ``read`` returns for each slug, in order, and what is wrong with files that cannot be read."""
        found: list[Read] = []
        errors: list[FactsFileError] = []
        for name in self._names():
            try:
                if not is_slug(name):
                    raise self._misnamed(name)
                found.append(read(name))
            except FactsFileError as error:
                errors.append(error)
            except NotFoundError:
                continue  # removed meanwhile, or a link to nowhere
        return found, errors

    def parse(self, slug: str, text: str, points: tuple[str, ...]) -> Application:
        """Return the application that ``text``, read before, describes. Raises as ``load``."""
        return with_proof_points(parse_application(text, self.path(slug), slug), points)

    def load_these(self, slugs: Iterable[str]) -> list[Application]:
        """Return those of the applications that can be read."""
        read_points = cache(lambda: read_proof_points(self.home))
        applications: list[Application] = []
        for slug in slugs:
            with suppress(FactsFileError, NotFoundError):
                applications.append(self._load(slug, read_points))
        return applications

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield the slug and the bytes of each file that can be read, for a look without parsing (``unparsed``)."""
        for slug in self.slugs():
            with suppress(FactsError, NotFoundError, OSError):
                yield slug, read_content(self.folder / f"{slug}{SUFFIX}")

    def create(self, slug: str, text: str) -> Path:
        """Write a new file and return its path. Never overwrites, whoever else makes the same one.

        Raises ``FactsFileError`` for what is wrong with ``text``, ``RefusedError`` when there is such an application.
        """
        require_slug(slug)
        path = self.path(slug)
        parse_application(text, path, slug)
        make_folder(self.home, self.folder)
        try:
            with said_plainly(path, "written"):
                if self._record and not os.path.lexists(path):
                    self._record(path, None, text.encode())
                write_new(path, text)
        except FileExistsError:
            raise RefusedError(
                f"there is an application {slug} already, in {path}; it was not touched",
                fix=f"Change it with: followup-mail edit {slug}. Or choose another name.",
            ) from None
        return path

    def replace(self, slug: str, text: str, *, instead_of: str | None = None) -> Application:
        """Put ``text`` in place of the file.

        With ``instead_of``, the text that the new one was made from, raises ``RefusedError`` when the file has been
        changed since. Raises ``FactsFileError`` for what is wrong with ``text``. Either way the file stays as it was.
        """
        path = self.path(slug)
        application = parse_application(text, path, slug)
        self.text(slug)
        with said_plainly(path, "written"), alone_in(self.folder):
            if instead_of is not None and self.text(slug) != instead_of:
                raise _changed_meanwhile(path)
            self._write_back(path, text)
        return application

    def change(self, slug: str, changes: Changes | Callable[[Application], Changes], place: Place = ()) -> Application:
        """Change single facts, keeping the user's remarks and order; return the application as it is then.

        What is made of a fact as it stands, such as one more line, is a function; nobody else writes while it works.

        With ``place``, the facts of one table of a list, such as ``("interviews", 0, "people", 1)``.

        ``{"outcome": {"status": "rejected", "on": day}, "cadence": None}`` sets two keys of a table, which is made
        when it is missing, and removes one. Changes by other processes are waited for, none is lost. Raises
        ``NotFoundError``, ``FactsFileError`` when the file is wrong before or would be after, ``FactsError``,
        ``RefusedError`` when an editor saved the file in the same instant.
        """
        path = self.path(slug)
        self.text(slug)
        with said_plainly(path, "written"), alone_in(self.folder):
            text = self.text(slug)
            before = parse_application(text, path, slug)
            changed = _rewritten(path, text, changes(before) if callable(changes) else changes, place)
            application = parse_application(changed, path, slug)
            # An editor knows nothing of our lock.
            if self.text(slug) != text:
                raise _changed_meanwhile(path)
            if changed != text:
                self._write_back(path, changed)
        return application

    def remove(self, slug: str) -> None:
        """Remove the file, and what a crash while writing may have left of it. Raises ``NotFoundError``."""
        path = self.path(slug)
        if not os.path.lexists(path):
            raise self._not_found(slug)
        with said_plainly(path, "removed"), alone_in(self.folder):
            for left in self.folder.glob(f".{path.name}.*.tmp"):
                left.unlink(missing_ok=True)
            if self._record and path.is_file():
                self._record(path, path.read_bytes(), None)
            path.unlink(missing_ok=True)

    def restore(self, slug: str, content: bytes | None, *, instead_of: bytes | None) -> None:
        """Put back the bytes that a file had, None for no file. Raises ``RefusedError`` when it is not ``instead_of``.

        That is taking a step back, so it is not put on record as a step of its own.
        """
        path = self.path(slug)
        make_folder(self.home, self.folder)
        with said_plainly(path, "written"), alone_in(self.folder):
            if (path.read_bytes() if path.is_file() else None) != instead_of:
                raise _changed_meanwhile(path)
            if self._record_back:
                self._record_back(path, instead_of, content)
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_over(path, content)

    def _write_back(self, path: Path, text: str) -> None:
        """Replace the file; a byte order mark, which is no part of its text, stays."""
        content = (f"{_MARK}{text.removeprefix(_MARK)}" if has_mark(path) else text).encode()
        if self._record:
            self._record(path, path.read_bytes(), content)
        write_over(path, content)

    def _names(self) -> list[str]:
        with said_plainly(self.folder, "read"):
            found = [one.name for one in os.scandir(self.folder)] if self.folder.exists() else []
        return sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX) and name[0] != ".")

    def _not_found(self, slug: str) -> NotFoundError:
        known = self.slugs()
        wanted = slugify(slug[:200])
        near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
        near += [one for one in known if wanted and wanted in one and one not in near][: 3 - len(near)]
        if near:
            fix = f"Did you mean {' or '.join(near)}?"
        elif known:
            fix = "See all with: followup-mail list"
        else:
            fix = "There is none yet. Begin with: followup-mail add"
        return NotFoundError(f"there is no application {quoted(slug)} in {self.folder}", fix=fix)

    def _misnamed(self, name: str) -> FactsFileError:
        near = slugify(name)[:40].strip("-")
        right = f"Rename it to {near}{SUFFIX}" if is_slug(near) else "Rename it to small letters, digits and -"
        shown = "".join(one if one.isprintable() else "?" for one in name)
        wrong = "has a name that no command can use"
        return FactsFileError([Problem(self.folder / f"{shown}{SUFFIX}", 0, "", wrong, right)], fix="Rename the file.")


def _changed_meanwhile(path: Path) -> RefusedError:
    return RefusedError(
        f"{path} was changed by something else meanwhile; it was not touched",
        fix="Look at the file, and make your change again.",
    )


def _rewritten(path: Path, text: str, changes: Changes, place: Place) -> str:
    try:
        return rewrite_listed(text, place, changes) if place else rewrite(text, changes)
    except ValueError as error:
        raise FactsError(f"{path}: {error}; it was not touched", fix="Make this change in an editor.") from None


def require_slug(slug: str) -> None:
    """Raise ``FactsError`` for what cannot be the short name of an application."""
    if not is_slug(slug):
        near = slugify(slug)[:40].strip("-")
        right = f'Try "{near}".' if is_slug(near) else 'Write it like "northwind-analytics".'
        raise FactsError(f"{quoted(slug)} cannot name an application: small letters, digits and -", fix=right)

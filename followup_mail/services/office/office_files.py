"""The files of a candidate of the office, for people: a setting set, a file put there or read.

On one's own machine an editor does that; here there is no file to go to.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from followup_mail.errors import NotFoundError, RefusedError, SettingsError
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.atomic_files import make_folder, said_plainly, write_over
from followup_mail.office.candidate_home import opened_home
from followup_mail.office.files import is_secret
from followup_mail.office.kept_paths import check_path, is_kept
from followup_mail.services.office.office_setup import access_to
from followup_mail.settings.env_writing import write_settings
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.own_settings import OFFICE_ROWS
from followup_mail.settings.source import COMMANDS, KNOWN, SECRETS
from followup_mail.settings.table import setting_rows, variable

_FACTS = "applications/"


def set_settings(loaded: Loaded, name: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Set variables of a candidate's ``.env``; an empty text takes one away. Return those that changed.

    Raises ``SettingsError`` for what is no setting of theirs, or no value of it; nothing is changed then.
    """
    if wrong := [*_explain(texts)]:
        raise SettingsError("\n".join(wrong), fix="Nothing was changed.")
    with _laid_out(loaded, name) as folder:
        return write_settings(folder / ".env", texts)


def _explain(texts: Mapping[str, str]) -> Iterator[str]:
    rows = {variable(row.name): row for row in setting_rows()}
    office = {variable(row) for row in (*OFFICE_ROWS, "home")}
    for key, text in texts.items():
        if key not in KNOWN:
            yield f"{key} is not a setting; `followup-mail settings --example` explains every setting."
        elif key in office:
            yield f"{key} is not a candidate's to set."
        elif key in SECRETS | COMMANDS and text:
            yield f"{key} is a secret, and other programs can read a command line: use `followup-mail setup` for it."
        elif text:
            try:
                rows[key].read(text)
            except ValueError as error:
                yield f"{key}: {error}"


def put_file(loaded: Loaded, name: str, path: str, content: bytes) -> None:
    """Put a file into the home folder of a candidate. Facts are read first.

    Raises ``FactsFileError`` for what is wrong with them, ``RefusedError`` for a path that is not kept.
    """
    _check(path, name)
    if path.startswith(_FACTS) and path.endswith(".toml"):
        slug = path.removeprefix(_FACTS).removesuffix(".toml")
        parse_application(content.decode("utf-8-sig", "replace"), Path(f"{name}:{path}"), slug)
    with _laid_out(loaded, name) as folder:
        place = folder / path
        make_folder(folder, folder / path.partition("/")[0] if "/" in path else folder)
        with said_plainly(place, "written"):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_over(place, content)


def get_file(loaded: Loaded, name: str, path: str) -> bytes:
    """Return a file of a candidate. Raises ``RefusedError`` for what may hold a secret, ``NotFoundError``."""
    if is_secret(_check(path, name)):
        raise RefusedError(
            f"{path} of {name} may hold passwords or tokens, so it is not shown.",
            fix=f"`followup-mail --candidate {name} settings` shows what is set.",
        )
    with _laid_out(loaded, name) as folder:
        if not (folder / path).is_file():
            known = sorted(each.name for each in (folder / path).parent.glob("*") if each.name[0] != ".")
            there = f"There are: {', '.join(known)}." if known else ""
            raise NotFoundError(f"There is no file {path} of {name}.", fix=there)
        return (folder / path).read_bytes()


def _check(path: str, name: str) -> str:
    if not is_kept(check_path(path, name)):
        raise RefusedError(f"{path} is not among what the office keeps of {name}.", fix="Name another file.")
    return path


@contextmanager
def _laid_out(loaded: Loaded, name: str) -> Iterator[Path]:
    with opened_home(access_to(loaded), name, os.environ, with_steps=False) as home:
        yield home.folder

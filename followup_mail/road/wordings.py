"""Look at, copy and try the wordings that mails are written from."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from followup_mail.cadence.step import History, Kind, Step, StepId, StepState
from followup_mail.drafts.bounded import BoundedRenderer
from followup_mail.drafts.draft import Mailbox, Sender
from followup_mail.drafts.places import TemplateFolders, Wording
from followup_mail.drafts.write import Assignment, Writer, write_draft
from followup_mail.errors import FollowupError, NotFoundError, RefusedError, TemplateError
from followup_mail.facts.clean import clean_line
from followup_mail.facts.model import Application, Channel
from followup_mail.facts.names import slugify

_SENDER: Final = Sender(Mailbox("Jordan Example", "jordan@example.com"), phone="+1 312 555 0142")
_SENDING_AT: Final = datetime(2026, 11, 19, 15, tzinfo=UTC)
_MET: Final = {"start": "2026-11-18 14:00", "duration": "45 min", "time_zone": "America/Chicago"}
_PERSON: Final = {"name": "Sam Sample", "email": "sam@sample.example", "discussed": ["the first ninety days"]}


def find_wording(folders: TemplateFolders, name: str) -> Wording:
    """Return a wording by its full name, e.g. ``thank_you/to_the_point``. Raises ``NotFoundError``."""
    kind, slash, rest = name.strip().replace("\\", "/").partition("/")
    if kind not in folders.kinds():
        raise NotFoundError(f"There is no kind '{kind}'.", fix=f"There are: {', '.join(folders.kinds())}.")
    if not slash:
        names = ", ".join(wording.full_name for wording in folders.wordings(kind))
        raise NotFoundError(f"'{name}' is a kind; name one of its wordings.", fix=f"There are: {names}.")
    return folders.wording(kind, rest)


def read_source(wording: Wording) -> str:
    """Return the text of a wording's file. Raises ``TemplateError`` when it cannot be read."""
    try:
        return wording.path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"{wording.path} cannot be read: {error}.", fix="Save it as UTF-8 text.") from None


def copy_wording(folders: TemplateFolders, wording: Wording, as_name: str) -> Path:
    """Copy a wording to the user's folder and return the new file. Raises ``RefusedError`` when it is there already."""
    name = slugify(clean_line(as_name)).replace("-", "_") if as_name else wording.name
    path = folders.own / wording.kind / f"{name or 'mine'}.txt"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RefusedError(
            f"{path} is there already.", fix="Change that file, or copy under another --as NAME."
        ) from None
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(read_source(wording))
    return path


def try_wordings(folders: TemplateFolders) -> list[tuple[Wording, list[str]]]:
    """Write every wording on sample facts, rich and bare, and return what went wrong with each."""
    with BoundedRenderer() as renderer:
        writer = Writer(_SENDER, folders, renderer.render)
        kinds = [kind for kind in folders.kinds() if kind in set(Kind)]
        return [(one, _try(writer, one)) for kind in kinds for one in folders.wordings(kind)]


def _try(writer: Writer, wording: Wording) -> list[str]:
    problems = []
    for application in _samples():
        person = application.interviews[0].people[0]
        step_id = StepId(application.slug, Kind(wording.kind), 1, person.key)
        step = Step(step_id, step_id.kind, Channel.EMAIL, person, None, StepState.DUE, None, None, "a sample")
        try:
            write_draft(
                writer, Assignment(application, step, History(), datetime(2026, 11, 19, 15, tzinfo=UTC), wording.name)
            )
        except FollowupError as error:
            problems.append(
                error.sentence if application.slug == "rich" else f"with optional facts missing: {error.sentence}"
            )
            break
    return problems


@cache
def _samples() -> tuple[Application, ...]:
    detail = {"not_mentioned": ["I also write the on-call handbook"]}
    bare = {"company": "Sample", "role": "Engineer", "time_zone": "America/Chicago", **detail}
    rich = {
        **bare,
        "applied": "2026-11-02",
        "fit": ["I have run two such moves"],
        "said": {"decision_by": "2026-12-04", "quote": "We will be in touch."},
        "interviews": [{**_MET, "people": [{**_PERSON, "convinced": "the time that newcomers get"}]}],
    }
    met = [{**_MET, "people": [_PERSON]}]
    return (
        Application.model_validate({"slug": "rich", **rich}),
        Application.model_validate({"slug": "bare", **bare, "interviews": met}),
    )

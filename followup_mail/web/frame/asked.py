"""What a browser asked, as a value, and the few ways to answer it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup
from msgspec import Struct, field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from followup_mail.errors import FollowupError, SettingsError
from followup_mail.web.frame.desk import Desk
from followup_mail.web.frame.fill import Filler
from followup_mail.web.frame.shown import ChangedError
from followup_mail.web.frame.visits import Said, Visit
from followup_mail.web.frame.way_back import can_go_back
from followup_mail.workspace import Workspace

_MOST_DIGITS: Final = 15
"""Python reads no number of 5000 digits, and SQLite none of 20; an address has as many at most."""


def read_number(text: str, otherwise: int = 0) -> int:
    """Return a whole number that somebody typed or a form carried; ``otherwise`` for whatever is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else otherwise


class GivenFile(Struct, frozen=True):
    """A file that came with a form."""

    name: str
    """Without its folder."""
    content: bytes

    @classmethod
    def make(cls, name: str, content: bytes) -> GivenFile:
        return cls(PurePath(_sound(name).replace("\\", "/")).name, content)


class Form(Struct, frozen=True):
    """The fields of a form, or of the address; what is not there is empty."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[GivenFile, ...]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def get(self, name: str) -> str:
        """Return one field as it was typed, with the line ends of a text."""
        return self.fields.get(name, ("",))[0].replace("\r\n", "\n")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that may come several times, without empty values."""
        return tuple(value for value in self.fields.get(name, ()) if value.strip())


class Asked(Struct, frozen=True):
    """One question."""

    desk: Desk
    visit: Visit
    filler: Filler
    address: str
    """The address that was asked for, with its query."""
    path: Mapping[str, str]
    """The parts of the address that vary."""
    query: Form
    form: Form = field(default_factory=Form)
    language: str = ""
    """What the browser says about its language: the header ``Accept-Language``."""
    opened: list[Workspace] = field(default_factory=list)
    """The workspaces that were opened to answer it."""

    @property
    def number(self) -> int:
        """The number in the address: of a mail, or of a proposal."""
        return int(self.path["id"])

    @contextmanager
    def open(self, command: str = "") -> Iterator[Workspace]:
        """Open the workspace, as ``Desk.open``. Say as ``command`` what would be typed for the same change."""
        with self.desk.open(command) as workspace:
            self.opened.append(workspace)
            yield workspace

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Answer with a page: a template of ``pages``, filled."""
        said = self._say_again()
        frame = {"said": said, "proposals_wait": self._count_proposals()}
        return HTMLResponse(self.filler.fill(template, self, {**frame, **values}), status)

    def go(self, to: str, said: str = "", *, can_undo: bool = True, **values: Any) -> Response:
        """Answer a form by leading on to another page, where ``said`` is shown: ``outbox.cancelled`` is the macro
        ``cancelled`` of ``said/outbox.html``.

        ``to`` is an address of ours; so reloading the page that follows does nothing twice. What was put on record
        since ``open`` can be taken back there with a button, unless ``can_undo`` is false: to take back a taking back
        would let a mail go that the user has just stopped.
        """
        if said:
            step = max((workspace.journal.number for workspace in self.opened if can_undo), default=0)
            word = self.visit.keep_said(Said(self.filler.say(said, self, values), step))
            place, mark, part = to.partition("#")
            to = f"{place}{'&' if '?' in place else '?'}{urlencode({'said': word})}{mark}{part}"
        return RedirectResponse(to, 303)

    def _count_proposals(self) -> int:
        """Return how many proposals wait in the home that the page shows."""
        from followup_mail.proposals.kept import KeptProposals

        home = self.opened[-1].home if self.opened else self.desk.where
        return len(KeptProposals(home).waiting())

    def _say_again(self) -> Markup | None:
        """Return what was done by the form before this page, with the way back while it is open."""
        said = self.visit.said.get(self.query.get("said"))
        if said is None or not can_go_back(self.desk, said.step):
            return said.text if said else None
        return said.text + self.filler.say("taking_back.offer", self, {"number": said.step})

    def refuse(self, error: FollowupError, status: int = 422) -> Response:
        """Answer with the reason why it is not done, and with what was typed, so that it is not lost."""
        typed = [
            (name, value)
            for name, values in self.form.fields.items()
            for value in values
            if "\n" in value and name != "password"
        ]
        about_settings = isinstance(error, SettingsError)
        return self.page("refused.html", status, error=error, typed=typed, about_settings=about_settings)

    def require_shown(self, *now: str) -> None:
        """Raise ``ChangedError`` unless the form was made from what is there now."""
        if self.form.get("shown") not in now:
            raise ChangedError(self.filler.sentence("changed"), fix=self.filler.sentence("changed_fix"))


def read_fields(items: Sequence[tuple[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the texts among the items of a form or a query, in the order in which they came."""
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in items:
        if isinstance(value, str):
            fields[_sound(name)] = (*fields.get(_sound(name), ()), _sound(value))
    return fields


def _sound(text: str) -> str:
    """Return a text that can be written and shown: halves of a character, as some encodings have them, cannot."""
    return text.encode(errors="replace").decode()

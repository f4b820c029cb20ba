"""The questions for the sentences that mails are made of: one card for each person met, every answer kept at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace
from starlette.responses import Response

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.language.spelling import prepare_spelling
from followup_mail.services.asking.keep_answer import keep_answer
from followup_mail.services.asking.question_cards import NamedQuestion, is_open, make_cards, name_questions
from followup_mail.services.asking.stand_by import stand_by
from followup_mail.services.asking.standing_mails import mails_of_answers
from followup_mail.services.context.request import read_kind
from followup_mail.web.frame.asked import Asked, Form
from followup_mail.web.views.facts.after_change import what_follows
from followup_mail.web.views.facts.typed_answers import (
    Shown,
    Typed,
    answer_version,
    kept,
    look_at,
    press,
    read_typed,
    sentence_of,
)
from followup_mail.workspace import Workspace


class Scope(Struct, frozen=True):
    """What is asked about."""

    kind: Kind | None
    to: str
    again: bool

    @classmethod
    def read(cls, form: Form) -> Scope:
        """Read it from an address or a form. Raises ``NotFoundError`` for an unknown kind."""
        kind = form.get("kind")
        return cls(read_kind(kind) if kind else None, form.get("to"), bool(form.get("again")))

    @property
    def query(self) -> str:
        told = {"kind": str(self.kind or ""), "to": self.to, "again": "1" if self.again else ""}
        return urlencode({name: value for name, value in told.items() if value})

    def address(self, slug: str) -> str:
        """Return the address of these questions."""
        return f"/applications/{slug}/questions{f'?{self.query}' if self.query else ''}"


def show_questions(asked: Asked) -> Response:
    """Show what is open; with ``again``, what is answered too."""
    with asked.open() as workspace:
        return _page(asked, workspace, Scope.read(asked.query), {})


def answer_questions(asked: Asked) -> Response:
    """Fill fields, or keep answers. What is not kept is on the page that follows, as it was typed."""
    slug, scope = asked.path["slug"], Scope.read(asked.form)
    what, name, which = _pressed(asked)
    with asked.open(f"ask {slug}") as workspace:
        before = workspace.facts.load(slug)
        shown = {posed.name: posed for posed in _read(asked, workspace, before, scope)}
        if what not in {"save", "keep", "right"}:
            if posed := shown.get(name):
                shown[name] = replace(posed, typed=press(posed.question, posed.typed, what, which))
            return _page(asked, workspace, scope, shown)
        saved = _keep(workspace, before.slug, shown, name, is_meant=what in {"keep", "right"})
        for posed in saved if what == "right" else ():
            stand_by(workspace, before.slug, posed.sentence)
        now = workspace.facts.load(slug)
        values = {"saved": saved, **what_follows(workspace, now, before)}
        left = {name: posed for name, posed in shown.items() if posed not in saved}
        if any(not posed.typed.is_empty and not posed.is_kept for posed in left.values()):
            said = asked.filler.say("facts.answered", asked, values) if saved else ""
            return _page(asked, workspace, scope, left, said)
        return asked.go(
            scope.address(slug), "facts.answered" if saved else "facts.nothing_typed", **(values if saved else {})
        )


def look(asked: Asked) -> Response:
    """Answer a script with one question as it is typed: the sentence alone, or all of its fields after a button."""
    scope, wanted = Scope.read(asked.form), asked.form.get("only")
    what, name, which = _pressed(asked)
    with asked.open() as workspace:
        application = workspace.facts.load(asked.path["slug"])
        posed = next((posed for posed in _read(asked, workspace, application, scope) if posed.name == wanted), None)
        if posed is None:
            raise NotFoundError(asked.filler.sentence("changed"), fix=asked.filler.sentence("changed_fix"))
        if name == wanted:
            posed = replace(posed, typed=press(posed.question, posed.typed, what, which), is_changed=False)
        posed = replace(posed, looks=look_at(posed.question, posed.typed, is_finished=bool(name)))
        return asked.page("facts/answer.html" if name == wanted else "facts/look.html", one=posed)


def _pressed(asked: Asked) -> tuple[str, str, str]:
    """Return what was pressed: ``save``, ``start:priya-raman.moment:2`` and so on, in three parts."""
    what, _, rest = (asked.form.get("do") or "save").partition(":")
    name, _, which = rest.partition(":")
    return what, name, which


def _read(asked: Asked, workspace: Workspace, application: Application, scope: Scope) -> Iterator[Shown]:
    """Yield the questions that the form has, with what was typed."""
    for posed in name_questions(workspace, application, scope.kind, scope.to):
        if f"shown-{posed.name}" in asked.form:
            is_changed = asked.form.get(f"shown-{posed.name}") != answer_version(posed.question)
            yield Shown(posed.name, posed.question, read_typed(asked.form, posed), is_changed=is_changed)


def _keep(workspace: Workspace, slug: str, shown: dict[str, Shown], name: str, *, is_meant: bool) -> list[Shown]:
    """Keep the answer to one question, or to all without a name; ``shown`` says then why others are not kept."""
    saved = []
    for posed in [shown[name]] if name in shown else list(shown.values()):
        if posed.typed.is_empty or posed.is_kept:
            continue
        done = _try(workspace, slug, posed, is_meant=is_meant)
        shown[posed.name] = done
        if not done.wrong and not done.is_doubted and not done.is_changed:
            saved.append(done)
    return saved


def _try(workspace: Workspace, slug: str, posed: Shown, *, is_meant: bool) -> Shown:
    if posed.is_changed:
        return posed
    looks = look_at(posed.question, posed.typed, is_finished=True)
    if looks and not looks[0].is_whole:
        return replace(posed, looks=looks, wrong="gap")
    if any(look.holds for look in looks) and not is_meant:
        return replace(posed, looks=looks, wrong="doubt", is_doubted=True)
    try:
        for answer in _answers(posed):
            keep_answer(workspace, slug, posed.question, answer)
    except UnfitError as error:
        return replace(posed, looks=looks, wrong=str(error))
    except RefusedError as error:
        return replace(posed, looks=looks, wrong=error.sentence)
    return replace(posed, looks=looks)


def _answers(posed: Shown) -> list[str]:
    """Return what is to be kept: each line where several answers can be."""
    if posed.form == "lines":
        return [line for line in posed.typed.words[0].split("\n") if line.strip()]
    return [sentence_of(posed.question, posed.typed)]


def _page(asked: Asked, workspace: Workspace, scope: Scope, typed: Mapping[str, Shown], said: str = "") -> Response:
    """Show the questions: those that are open, those that were typed in, and with ``again`` all."""
    application = workspace.facts.load(asked.path["slug"])
    prepare_spelling(application.country or "")
    everything = name_questions(workspace, application, scope.kind, scope.to)
    cards = make_cards([posed for posed in everything if _is_wanted(application, posed, scope, typed)])
    shown = {posed.name: _shown(posed, typed.get(posed.name)) for card in cards for posed in card.questions}
    lost = list(_find_lost(asked.form, {posed.name for posed in everything}))
    more = {"said": said} if said else {}
    status = 422 if any(posed.wrong for posed in typed.values()) else 200
    return asked.page(
        "facts/questions.html", status, application=application, scope=scope, cards=cards, shown=shown, lost=lost,
        answered=len(everything) - sum(is_open(application, posed.question) for posed in everything),
        mails=mails_of_answers(application, workspace.now(), scope.kind, scope.to), **more,
    )  # fmt: skip


def _find_lost(form: Form, names: Set[str]) -> Iterator[str]:
    """Yield what was typed for questions that are there no longer: somebody was taken out of the facts since."""
    for field, words in form.fields.items():
        name = field.removeprefix("word-")
        if field.startswith("word-") and name not in names and f"shown-{name}" in form:
            yield from (word for word in words if word.strip())


def _is_wanted(application: Application, posed: NamedQuestion, scope: Scope, typed: Mapping[str, Shown]) -> bool:
    is_typed = posed.name in typed and not (typed[posed.name].typed.is_empty and not typed[posed.name].typed.start)
    return scope.again or is_typed or is_open(application, posed.question)


def _shown(posed: NamedQuestion, typed: Shown | None) -> Shown:
    if typed is None or (typed.typed == Typed() and not typed.wrong):
        return Shown(posed.name, posed.question, typed.typed if typed else kept(posed.question))
    looks = typed.looks or look_at(posed.question, typed.typed, is_finished=bool(typed.wrong))
    return replace(typed, question=posed.question, looks=looks)

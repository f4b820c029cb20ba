"""The writing model on the page: what leaves the machine for it, whether that may be, and whose words are shown."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.services.writing.model_privacy import is_agreed
from followup_mail.services.writing.who_writes import REMEMBERED, Asking, Author, find_model
from followup_mail.web.frame.asked import Asked
from followup_mail.web.views.writing.wish import Wish
from followup_mail.workspace import Workspace
from followup_mail.writing_model.endpoint import Endpoint, say_what_leaves


class ModelOffer(Struct, frozen=True):
    """The writing model that is set, and what asking it means."""

    name: str
    leaves: str
    """What leaves the machine, in a sentence."""
    needs_yes: bool
    """Whether the user has to agree to that first."""
    ours: bool
    """Whether the user has chosen our own wordings instead."""


def offer_model(asked: Asked, workspace: Workspace) -> ModelOffer | None:
    """Return the writing model; None where none is set."""
    endpoint = find_model(workspace, Asking(Author.MODEL))
    if endpoint is None:
        return None
    needs_yes = not _is_here(endpoint) and not is_agreed(workspace, endpoint)
    return ModelOffer(endpoint.model, say_what_leaves(endpoint), needs_yes, is_ours(asked))


def choose_author(asked: Asked, wish: Wish) -> Asking:
    """Return who writes. The model is asked by its own button alone; else what it wrote before is shown.

    Words of a proposal are those that are changed, whoever else could write.
    """
    if wish.given:
        return Asking(Author.GIVEN, given=wish.given)
    if wish.action in {"model", "again"}:
        author = Author.MODEL_AGAIN if wish.action == "again" else Author.MODEL
        return Asking(author, agree=lambda endpoint: _is_here(endpoint) or bool(asked.form.get("may_leave")))
    return Asking(Author.OURS) if is_ours(asked) else REMEMBERED


def is_ours(asked: Asked) -> bool:
    """Return whether to take our own wordings although a writing model is set."""
    do = asked.form.get("do")
    form = asked.form if asked.form.fields else asked.query
    return do == "ours" or (bool(form.get("ours")) and do not in {"model", "again"})


def _is_here(endpoint: Endpoint) -> bool:
    return endpoint.is_here and not endpoint.is_passed_on

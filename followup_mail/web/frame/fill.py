"""Fill the templates of pages. Whatever comes from facts or mails is escaped; every sentence can be translated.

The built-in i18n extension of Jinja marks what is to be translated; until there is a translation, the English of the
templates is used as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from followup_mail.web.frame.command_links import address_of, link_commands
from followup_mail.web.frame.reader_dates import say_clock, say_day, say_moment
from followup_mail.web.frame.shown import entries_version, entry_version, facts_version

if TYPE_CHECKING:
    from followup_mail.web.frame.asked import Asked


class Filler:
    """The templates of ``pages`` and ``said``."""

    def __init__(self) -> None:
        self._environment = _make_environment()

    def fill(self, template: str, asked: Asked, values: Mapping[str, Any]) -> str:
        """Return a page."""
        return self._environment.get_template(template).render(asked=asked, **values)

    def say(self, name: str, asked: Asked, values: Mapping[str, Any]) -> Markup:
        """Return what a macro says: ``outbox.cancelled`` is the macro ``cancelled`` of ``said/outbox.html``."""
        file, _, macro = name.partition(".")
        module = self._environment.get_template(f"said/{file}.html").make_module({"asked": asked})
        return Markup(getattr(module, macro)(**values))  # noqa: S704 - a macro of ours, which escapes what it is given

    def sentence(self, name: str) -> str:
        """Return a sentence of ``said/sentences.html``, for an error that a view raises."""
        module = self._environment.get_template("said/sentences.html").make_module()
        return str(Markup(getattr(module, name)()).unescape()).strip()  # noqa: S704 - a macro of ours


@cache
def _make_environment() -> Environment:
    """Return the templates of this process: each is compiled once, for whichever home it is filled."""
    environment = Environment(
        loader=PackageLoader("followup_mail.web", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_translations(NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "moment": _moment,
        "day": _day,
        "clock": _clock,
        "linked": _linked,
        "address": address_of,
        "facts_version": facts_version,
        "entry_version": entry_version,
        "entries_version": entries_version,
    }
    return environment


@pass_context
def _linked(context: Context, text: str) -> Markup:
    asked = context.get("asked")
    return link_commands(text, asked.address.partition("?")[0] if asked else "")


@pass_context
def _moment(context: Context, at: Any) -> Markup:
    return say_moment(at, context["asked"].language)


@pass_context
def _day(context: Context, day: Any) -> Markup:
    return say_day(day, context["asked"].language)


@pass_context
def _clock(context: Context, at: Any) -> Markup:
    return say_clock(at, context["asked"].language)

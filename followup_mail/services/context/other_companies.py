"""The companies of the other applications, as far as a mail can name them: most files need no parsing for that."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from followup_mail.checks.mail_words import MailWords
from followup_mail.facts.application import Application
from followup_mail.facts.facts_folder import FactsFolder


class OtherCompanies:
    """Those of one application's others. Each file is read once, and parsed when its company matters to a mail."""

    def __init__(self, facts: FactsFolder, application: Application) -> None:
        self._facts = facts
        self._own = application
        self._parsed: dict[str, str | None] = {}
        """The company of each file that mattered; None for one that cannot be read."""

    def named_in(self, subject: str, text: str) -> tuple[str, ...]:
        """Return the companies that can make a difference to the checks of a mail, sorted."""
        words = MailWords.read(subject, text)
        slugs = [slug for slug, name in self._names.items() if name is None or words.may_name(name)]
        self._parse([slug for slug in slugs if slug not in self._parsed])
        found = {name for slug in slugs if (name := self._parsed[slug])}
        return tuple(sorted(found - {self._own.company}))

    @cached_property
    def _names(self) -> dict[str, str | None]:
        """The company of each file by its short name; None where that takes parsing."""
        return dict(self._look())

    def _look(self) -> Iterator[tuple[str, str | None]]:
        from followup_mail.facts.unparsed import find_company

        for slug, content in self._facts.contents():
            if slug != self._own.slug and (name := find_company(content)) != self._own.company:
                yield slug, name

    def _parse(self, slugs: list[str]) -> None:
        found = {one.slug: one.company for one in self._facts.load_these(slugs)}
        self._parsed |= {slug: found.get(slug) for slug in slugs}

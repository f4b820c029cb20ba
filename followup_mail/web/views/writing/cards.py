"""The mails of a request as the page shows them: written again, or as they wait in the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from msgspec import Struct

from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import Entry
from followup_mail.services.asking.own_claims import OwnClaim, find_claims
from followup_mail.services.checking.shared_sentences import Shared, find_shared
from followup_mail.services.queueing.as_queued import take_queued
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.text_difference import differing_sentences
from followup_mail.services.writing.worded import Words, prepare_worded
from followup_mail.web.drawing.read_mail import Envelope, Leaving, ReadMail, read_mail
from followup_mail.web.drawing.read_mail import Words as ShownWords
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import entries_version, facts_version
from followup_mail.web.views.writing.model import choose_author
from followup_mail.web.views.writing.wish import Wish, words_version
from followup_mail.workspace import Workspace

_NEARLY: Final = timedelta(minutes=30)
"""What leaves as soon as it is queued leaves later the longer it is read; nobody minds minutes."""
Made: TypeAlias = tuple[Prepared, Prepared, Entry | None]
"""A mail in the user's words, the same as it is written without them, and the entry that waits for its step."""


class Card(Struct, frozen=True):
    """One mail with what the form says about it."""

    person: str
    """The short name; empty where nobody is known."""
    name: str
    mail: ReadMail
    prepared: Prepared
    entry: Entry | None
    """The entry that waits for this step; then there is nothing to decide here."""
    words: Words
    is_taken: bool
    base: str
    """The version of its words as they are written without those of the user."""
    differences: tuple[str, ...]
    """What changed since the page that the form came from, in sentences after ``+`` or ``-``."""
    has_moved: bool
    """Whether it leaves at another moment than that page said."""
    refused: FollowupError | None
    """Why the words of the user cannot become a mail."""

    @property
    def is_edited(self) -> bool:
        return bool(self.words.text or self.words.subject)

    @property
    def codes(self) -> str:
        """The codes of what the checks found, with spaces between them: the form says which of them were shown."""
        return " ".join(dict.fromkeys(found.finding.code for found in self.mail.found))

    @property
    def claims(self) -> tuple[OwnClaim, ...]:
        """What sentences of ours say for the user; in words of the user's none is ours."""
        return () if self.is_edited else find_claims([self.prepared])

    @property
    def is_answer(self) -> bool:
        """Whether it goes on in a thread: then its subject is that of the thread."""
        return self.prepared.written.draft.thread is not None


class Shown(Struct, frozen=True):
    """All mails of a request."""

    cards: tuple[Card, ...]
    left: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version of all that the user did not type."""
        parts = [repr((card.person, card.mail.to, card.mail.sender, card.base, _files(card))) for card in self.cards]
        return facts_version("\n".join([*parts, entries_version(card.entry for card in self.cards if card.entry)]))

    @property
    def open(self) -> tuple[Card, ...]:
        """Those that are not queued."""
        return tuple(card for card in self.cards if card.entry is None)

    @property
    def taken(self) -> tuple[Card, ...]:
        """Those that the next button is about."""
        return tuple(card for card in self.open if card.is_taken)

    @property
    def leaves_early(self) -> bool:
        """Whether one of them would leave earlier than the plan or they have it, which needs a reason."""
        return any(finding.by_choice for card in self.open for finding in card.prepared.findings)

    @property
    def has_changed(self) -> bool:
        return any(card.differences or card.has_moved for card in self.taken)


def look_at_mails(asked: Asked, workspace: Workspace, wish: Wish) -> Shown:
    """Write and check the mails that are wished for. Raises what ``prepare`` raises."""
    worded = prepare_worded(workspace, wish.request, wish.words, choose_author(asked, wish))
    prepared, entries = take_queued(workspace, worded.batch.prepared)
    waiting = {entry.step: entry for entry in entries}
    shared = find_shared(prepared)
    cards = []
    for number, (prepared_mail, plain) in enumerate(zip(prepared, worded.written, strict=True), start=1):
        entry = waiting.get(prepared_mail.written.step.id)
        mail = _read(asked, workspace, f"m{number}", (prepared_mail, plain, entry), shared[number - 1])
        cards.append(_card(asked, wish, (prepared_mail, plain, entry), mail, worded.refused))
    return Shown(tuple(cards), worded.batch.left, worded.batch.missing)


def _card(asked: Asked, wish: Wish, made: Made, mail: ReadMail, refused: Mapping[str, FollowupError]) -> Card:
    prepared_mail, plain, entry = made
    person = prepared_mail.written.step.id.person
    draft = plain.written.draft
    base = words_version("" if draft.thread else draft.subject, draft.text)
    before = asked.form.get(f"base-{person}")
    words = wish.words.get(person, Words())
    is_known_text = before and before != base and not words.text
    return Card(
        person,
        prepared_mail.written.step.person.name if prepared_mail.written.step.person else mail.to.name,
        mail,
        prepared_mail,
        entry,
        words,
        wish.taken is None or person in wish.taken,
        base,
        tuple(differing_sentences(wish.typed.get(person, ""), draft.text)) if is_known_text else (),
        has_moved(asked.form.get(f"leaves-{person}"), mail.leaving),
        refused.get(person),
    )


def _read(asked: Asked, workspace: Workspace, key: str, made: Made, shared: Sequence[Shared]) -> ReadMail:
    prepared_mail, _, _ = made
    written, draft = prepared_mail.written, prepared_mail.written.draft
    envelope = Envelope(
        draft.to,
        draft.sender.mailbox,
        Leaving.make(written.timing.due_at, written.timing, workspace.own_zone),
        written.why,
        tuple(file.path for file in draft.attachments),
    )
    frame = asked.visit.keep_framed(draft.html)
    words = ShownWords(prepared_mail.message.subject, draft.text, frame, draft.own_words, tuple(shared))
    return read_mail(key, envelope, words, prepared_mail.findings)


def read_prepared(asked: Asked, workspace: Workspace, key: str, prepared: Prepared) -> ReadMail:
    """Return a mail that nobody has changed and that does not wait, as a page shows it."""
    return _read(asked, workspace, key, (prepared, prepared, None), ())


def _files(card: Card) -> tuple[str, ...]:
    return tuple(file.sha256 for file in card.prepared.written.draft.attachments)


def has_moved(before: str, now: Leaving) -> bool:
    """Return whether a moment is not that which was shown (``before``, in ISO 8601; empty where none was).

    A moment that moves on by some minutes while the page is open is the same.
    """
    if not before:
        return False
    try:
        shown = datetime.fromisoformat(before)
    except ValueError:
        return True
    return shown.tzinfo is None or abs(now.theirs - shown) > _NEARLY

"""The one gate in front of the finished message: what may not become bytes is refused here, before any is made.

Facts were cleaned on the way in, templates and attachments were not. Everything wrong is said at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from followup_mail.errors import FactsError
from followup_mail.facts.unfit_values import name_of, quoted
from followup_mail.message.address_syntax import wire_address
from followup_mail.message.draft import Attachment, Draft, Thread
from followup_mail.regex import regex

SUBJECT_LIMIT: Final = 300
"""Characters. Parsers need seconds for a subject of a megabyte, and nobody reads one of 300."""
NAME_LIMIT: Final = 200
"""Characters of a display name or a file name."""
TEXT_LIMIT: Final = 50 * 1024
"""Bytes of the text in UTF-8."""
HTML_LIMIT: Final = 10 * TEXT_LIMIT
ATTACHMENTS_LIMIT: Final = 20 * 1024 * 1024
"""Bytes of all attachments before encoding; many servers stop at 25 MB, and base64 adds a third."""
ATTACHMENT_COUNT_LIMIT: Final = 20
ID_LIMIT: Final = 900
"""Octets of a Message-ID: it may not be folded, and no line may pass 998 (RFC 5322 section 2.1.1)."""

_REASONS_SHOWN: Final = 8

# Controls, line and paragraph separators, bidi overrides, lone surrogates, noncharacters and a byte order mark.
_INVISIBLE: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
)
_BAD_IN_LINE: Final = regex(f"[{_INVISIBLE}\t\n]")
_BAD_IN_TEXT: Final = regex(f"[{_INVISIBLE}]")
# A path would choose its own folder; an encoded word in a file name is decoded by many readers, though it must not be.
_BAD_IN_FILENAME: Final = regex(r"[/\\]|=\?")
# Of their mail, so also one without a domain; our own always has one.
_ID: Final = regex(r"<[^\s<>]+>")
_MEDIA_TYPE: Final = regex(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}")


def refuse_unsendable(draft: Draft) -> None:
    """Let a draft pass, or raise ``FactsError`` with every reason why no message can be made of it."""
    wrong = [*_subject(draft), *_mailboxes(draft), *_bodies(draft), *_attachments(draft.attachments)]
    if draft.thread:
        wrong += _thread(draft.thread)
    if wrong:
        more = [f"and {len(wrong) - _REASONS_SHOWN} things more"] if len(wrong) > _REASONS_SHOWN else []
        raise FactsError(
            f"The {draft.step.kind.replace('_', '-')} mail cannot be made: "
            f"{'; '.join([*wrong[:_REASONS_SHOWN], *more])}.",
            fix="Correct it in the facts file, the settings or the template it comes from.",
        )


def _subject(draft: Draft) -> Iterator[str]:
    yield from _line("the subject", draft.subject, SUBJECT_LIMIT)
    if not draft.subject.strip():
        yield "the subject is empty"


def _mailboxes(draft: Draft) -> Iterator[str]:
    for what, mailbox in (("the recipient", draft.to), ("the sender", draft.sender.mailbox)):
        yield from _line(f"the name of {what}", mailbox.name, NAME_LIMIT)
        yield from _reason(wire_address, mailbox.email)
    if draft.sender.reply_to:
        yield from _reason(wire_address, draft.sender.reply_to)


def _bodies(draft: Draft) -> Iterator[str]:
    if not draft.text.strip():
        yield "its text is empty"
    for what, body, limit in (("text", draft.text, TEXT_LIMIT), ("HTML", draft.html, HTML_LIMIT)):
        size = len(body.encode(errors="replace"))
        if size > limit:
            yield f"its {what} is {size // 1024} KB long, and {limit // 1024} KB is the limit"
        elif bad := _BAD_IN_TEXT.search(body):
            line = body.count("\n", 0, bad.start()) + 1
            yield f"its {what} holds {name_of(bad[0])} in line {line}"


def _thread(thread: Thread) -> Iterator[str]:
    yield from _reason(_check_id, thread.message_id)
    for reference in thread.references:
        yield from _reason(_check_id, reference)


def _attachments(attachments: tuple[Attachment, ...]) -> Iterator[str]:
    if len(attachments) > ATTACHMENT_COUNT_LIMIT:
        yield f"it has {len(attachments)} attachments, and {ATTACHMENT_COUNT_LIMIT} is the limit"
    size = sum(len(attachment.content) for attachment in attachments)
    if size > ATTACHMENTS_LIMIT:
        yield f"its attachments are {size / 2**20:.1f} MB together, and {ATTACHMENTS_LIMIT >> 20} MB is the limit"
    for attachment in attachments:
        yield from _line("the file name of an attachment", attachment.filename, NAME_LIMIT)
        if not attachment.filename.strip() or _BAD_IN_FILENAME.search(attachment.filename):
            yield f"{quoted(attachment.filename)} cannot be the file name of an attachment"
        if not _MEDIA_TYPE.fullmatch(attachment.media_type):
            yield f"{quoted(attachment.media_type)} is not a media type such as 'application/pdf'"


def _check_id(message_id: str) -> None:
    bad = _BAD_IN_LINE.search(message_id)
    # A parser may decode an encoded word anywhere in a field that it knows nothing about.
    if bad or "=?" in message_id or len(message_id.encode()) > ID_LIMIT or not _ID.fullmatch(message_id):
        raise ValueError(f"{quoted(message_id)} is not a Message-ID like '<CAF1x@mail.example.com>'")


def _line(what: str, text: str, limit: int) -> Iterator[str]:
    if len(text) > limit:
        yield f"{what} is {len(text)} characters long, and {limit} is the limit"
    elif bad := _BAD_IN_LINE.search(text):
        yield f"{what} holds {name_of(bad[0])} at character {bad.start() + 1}"


def _reason(check: Callable[[str], object], value: str) -> Iterator[str]:
    try:
        check(value)
    except ValueError as error:
        yield str(error)

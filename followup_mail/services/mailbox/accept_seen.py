"""Take up what a mail in the mailbox proposes: as a letter to be recorded, or as a file with an appointment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from followup_mail.errors import FactsError, MailboxError, RefusedError
from followup_mail.incoming.letter import Letter, read_letter
from followup_mail.incoming.reply import Received
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.seen_mail import SeenMail, SeenState
from followup_mail.services.context.mail_accounts import find_mailbox
from followup_mail.services.mailbox.inbox_list import Wish, wish_of
from followup_mail.workspace import Workspace


def find_proposal(workspace: Workspace, number: int) -> tuple[SeenMail, Wish]:
    """Return a mail and what it proposes.

    Raises ``NotFoundError`` for an unknown number, ``RefusedError`` when it proposes nothing, or for several
    applications.
    """
    seen = workspace.store.get_seen(number)
    wish = wish_of(seen)
    if wish is Wish.CHOOSE:
        some = " or ".join(seen.mail.applications)
        fix = f"followup-mail inbox correct {seen.label} --application APP, with {some}"
        raise RefusedError(f"Nothing tells which application {seen.label} belongs to.", fix=fix)
    if wish is not Wish.NONE:
        return seen, wish
    if seen.state is SeenState.ACCEPTED:
        raise RefusedError(f"{seen.label} was taken up already.", fix="To take that back: followup-mail undo")
    is_answer = seen.mail.understanding is Understanding.ANSWER and seen.mail.applications
    fix = f"When you have answered: followup-mail resume {seen.mail.applications[0]}" if is_answer else ""
    raise RefusedError(f"{seen.label} proposes nothing: it is understood as {_article(seen)}.", fix=fix)


def _article(seen: SeenMail) -> str:
    what = str(seen.mail.understanding)
    return f"an {what}" if what[0] in "a" else f'"{what}"'


def note_accepted(workspace: Workspace, seen: SeenMail) -> None:
    """Write that the user took up what a mail proposes."""
    workspace.store.settle_seen(seen.id, SeenState.ACCEPTED, workspace.now())


def next_round(workspace: Workspace, slug: str) -> int:
    """Return the number of the round to which an invitation leads, where nobody can be asked."""
    return max((interview.round for interview in workspace.facts.load(slug).interviews), default=0) + 1


@contextmanager
def as_file(workspace: Workspace, seen: SeenMail) -> Iterator[Path]:
    """Yield the whole mail as a file that is gone afterwards. Raises ``MailboxError`` when it cannot be had."""
    content = fetch_again(workspace, seen)
    if content is None:
        raise MailboxError(
            f"The mail {seen.label} is not in the mailbox any more.",
            fix="Save it as a file where you have it, then: followup-mail add --from FILE",
        )
    with TemporaryDirectory(prefix="followup-mail-") as folder:
        path = Path(folder) / f"{seen.label}.eml"
        path.write_bytes(content)
        yield path


def fetch_again(workspace: Workspace, seen: SeenMail) -> bytes | None:
    """Return a mail from the mailbox; None where it is not there any more. Raises ``MailboxError``."""
    from followup_mail.mailbox.one_mail import fetch_one

    way = find_mailbox(workspace, seen.place.account)
    if way is None:
        raise MailboxError(f"No mailbox is set for {seen.place.account}.", fix="followup-mail setup --imap")
    with way.open_mailbox() as client:
        return fetch_one(client, seen.place, seen.mail.message_id, way.settings.imap_folders)


def read_again(workspace: Workspace, seen: SeenMail) -> Letter:
    """Return a mail as a letter, read in the mailbox again; where that cannot be done, what was kept of it."""
    mail, today = seen.mail, workspace.now().date()
    try:
        content = fetch_again(workspace, seen)
        letter = read_letter(content, seen.label, today) if content else None
    except (MailboxError, FactsError):
        letter = None
    if letter is not None and letter.received.message_id == mail.message_id:
        return letter
    on = mail.sent_at.astimezone(workspace.own_zone).date() if mail.sent_at else None
    received = Received(mail.sender, mail.subject, mail.message_id, mail.references, on)
    return Letter(received, mail.name, mail.sentence)

"""From a draft to the finished message, byte for byte as it will leave, Date aside.

``gate`` refuses what may not become a message, ``heading`` and ``body_parts`` write it, ``proof`` reads it back. What
is previewed is what is queued is what is sent: the same draft always gives the same bytes.
"""

from __future__ import annotations

from hashlib import sha256

from msgspec.structs import replace

from followup_mail.message.body_parts import write_body
from followup_mail.message.draft import Draft
from followup_mail.message.gate import refuse_unsendable
from followup_mail.message.heading import head, write_heading
from followup_mail.message.message import Attached, Message
from followup_mail.message.proof import prove


def compose(draft: Draft, message_id: str = "") -> Message:
    """Make the finished message. Raises ``FactsError`` for a draft that may not become one.

    ``message_id`` is for other words of a mail that has one already; by default the draft makes its own.

    Raises ``RefusedError`` when the message, read back, does not say what the draft says: then nothing may be queued.
    """
    refuse_unsendable(draft)
    seed = _identify(draft)
    heading = head(draft, seed[:32])
    heading = replace(heading, message_id=message_id) if message_id else heading
    content = write_heading(heading) + write_body(draft, seed[32:])
    prove(content, heading, draft)
    sender, recipient = heading.sender.email, heading.recipient.email
    wants_copy = draft.sender.bcc_self and sender != recipient
    return Message(
        to=draft.to,
        subject=heading.subject,
        text=draft.text,
        message_id=heading.message_id,
        mail_from=sender,
        rcpt_to=(recipient, sender) if wants_copy else (recipient,),
        references=heading.references,
        smtputf8=heading.needs_smtputf8,
        wording=draft.wording,
        attached=tuple(Attached(file.path, file.sha256) for file in draft.attachments),
        content=content,
    )


def renew_id(message_id: str, content_sha256: str) -> str:
    """Return the id for other words of a mail that somebody may have seen: on the same domain, and never used before.

    It follows from the old id and the old bytes, so a chain of changes never comes back to an id.
    """
    seed = sha256(f"{message_id} {content_sha256}".encode()).hexdigest()[:32]
    return f"<{seed}@{message_id.rpartition('@')[2]}"


def _identify(draft: Draft) -> str:
    """Return 64 hexadecimal digits that stand for this draft: the seed of its Message-ID and boundaries.

    Each field is hashed with its length, so that no two drafts can run together into the same bytes.
    """
    sender, thread = draft.sender, draft.thread
    fields = [str(draft.step), sender.mailbox.name, sender.mailbox.email, sender.reply_to]
    fields += [draft.to.name, draft.to.email, draft.subject, draft.text, draft.html]
    fields += [thread.message_id, *thread.references] if thread else []
    for attachment in draft.attachments:
        fields += [attachment.filename, attachment.media_type, sha256(attachment.content).hexdigest()]
    hashed = sha256()
    for field in fields:
        octets = field.encode(errors="surrogatepass")
        hashed.update(len(octets).to_bytes(8, "big") + octets)
    return hashed.hexdigest()

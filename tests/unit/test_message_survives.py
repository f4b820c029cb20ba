"""What is written is what is read: finished messages, read by a parser that shares no code with writer or proof."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from message_samples import ADDRESSES, CVE_2024_6923, IDS, NAMES, PLAIN, SUBJECTS, TEXTS, attach, read_back

from followup_mail.message.compose import compose
from followup_mail.message.draft import Draft, Mailbox, Sender, Thread
from followup_mail.message.message import Message

_FILENAMES = NAMES.map(lambda name: (re.sub(r"[/\\]|=\?", "-", name) + ".pdf")[-200:])
_MEDIA_TYPES = st.sampled_from(["application/pdf", "text/plain", "message/rfc822", "multipart/mixed"])
_drafts = st.builds(
    Draft,
    step=st.just(PLAIN.step),
    sender=st.builds(Sender, st.builds(Mailbox, NAMES, ADDRESSES), st.just("") | ADDRESSES),
    to=st.builds(Mailbox, NAMES, ADDRESSES),
    subject=SUBJECTS,
    text=TEXTS,
    html=st.just("") | TEXTS,
    wording=st.just("thank_you/warm"),
    thread=st.none() | st.builds(Thread, IDS, SUBJECTS, st.lists(IDS, max_size=4).map(tuple)),
    attachments=st.lists(st.builds(attach, _FILENAMES, st.binary(max_size=200), _MEDIA_TYPES), max_size=2).map(tuple),
)
_hostile = Draft(
    PLAIN.step, PLAIN.sender, Mailbox(f'{CVE_2024_6923}, "', "a@b.example"), CVE_2024_6923, CVE_2024_6923, "", "w"
)
_unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@_unhurried
@given(_drafts)
@example(_hostile)
def test_nothing_is_added(draft: Draft) -> None:
    """Whatever the facts hold, no field and no recipient appears that was not meant, and every line is lawful.

    Read by the standard library's newer parser: the one whose habits made CVE-2024-6923.
    """
    mail = compose(draft)
    read = read_back(mail)
    assert sorted(read.keys()) == sorted(fields_of(draft))
    for field, address in (("From", mail.mail_from), ("To", mail.rcpt_to[0])):
        assert [one.addr_spec for one in read[field].addresses] == [address]
    assert len(mail.rcpt_to) == 1
    assert re.search(rb"\r(?!\n)|(?<!\r)\n|\0", mail.content) is None
    assert max(map(len, mail.content.split(b"\r\n"))) <= 998
    head, _, body = mail.content.partition(b"\r\n\r\n")
    assert body.isascii()
    assert head.isascii() or mail.smtputf8


@_unhurried
@given(_drafts)
@example(_hostile)
def test_nothing_is_lost_or_changed(draft: Draft) -> None:
    """Names, subject, ids and files come out as they went in; only blanks are not compared: that parser adds some."""
    mail = compose(draft)
    read = read_back(mail)
    for field, mailbox in (("From", draft.sender.mailbox), ("To", draft.to)):
        assert squeeze(read[field].addresses[0].display_name) == squeeze(mailbox.name)
    assert squeeze(read["Subject"]) == squeeze(mail.subject)
    files = [part for part in read.walk() if part.get_content_disposition() == "attachment"]
    assert [part.get_payload(decode=True) for part in files] == [one.content for one in draft.attachments]
    assert [squeeze(part.get_filename() or "") for part in files] == [
        squeeze(one.filename) for one in draft.attachments
    ]
    check_ids(mail, draft)


def check_ids(mail: Message, draft: Draft) -> None:
    """Compare the ids with the raw lines: no parser touches them."""
    unfolded = re.sub(rb"\r\n[ \t]", b" ", mail.content.partition(b"\r\n\r\n")[0]).decode()
    raw = dict(line.split(":", 1) for line in unfolded.split("\r\n"))
    assert raw["Message-ID"].strip() == mail.message_id
    if draft.thread:
        assert raw["In-Reply-To"].strip() == draft.thread.message_id
        assert raw["References"].split() == list(mail.references)
        assert set(mail.references) == {*draft.thread.references, draft.thread.message_id}


def fields_of(draft: Draft) -> list[str]:
    """Return the names of the fields that the message should have, each once."""
    fields = ["From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type"]
    fields += ["Reply-To"] if draft.sender.reply_to else []
    fields += ["In-Reply-To", "References"] if draft.thread else []
    return fields if draft.html.strip() or draft.attachments else [*fields, "Content-Transfer-Encoding"]


def squeeze(text: str) -> str:
    """Return a text without any blanks, which the newer parser adds between encoded words."""
    return "".join(text.split())

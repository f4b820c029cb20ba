"""Drafts to make messages of, plain ones and hostile ones, for the tests of ``message.compose`` and its neighbours."""

from __future__ import annotations

from email import message_from_string, policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from hypothesis import strategies as st

from followup_mail.cadence.step import Kind, StepId
from followup_mail.message.draft import Attachment, Draft, Mailbox, Sender
from followup_mail.message.message import Message

CVE_2024_6923 = "=?utf-8?q?a=0D=0ABcc=3Aeve=40evil.example?="

SENDER = Sender(Mailbox("Sam Okafor", "sam@example.com"))

PLAIN = Draft(
    step=StepId("acme-data-engineer", Kind.THANK_YOU, 1, "priya-raman"),
    sender=SENDER,
    to=Mailbox("Priya Raman", "priya@acme.example"),
    subject="Thank you for Tuesday",
    text="Dear Priya,\n\nThank you for your time.\n\nBest regards,\nSam Okafor\n",
    html="<p>Dear Priya,</p>\n<p>Thank you for your time.</p>\n<p>Best regards,<br>Sam Okafor</p>\n",
    wording="thank_you/warm",
)


def attach(filename: str, content: bytes = b"%PDF-1.7", media_type: str = "application/pdf") -> Attachment:
    """Return a file to attach, as the writer would."""
    return Attachment(Path("cv.pdf"), filename, media_type, sha256(content).hexdigest(), content)


def read_back(mail: Message) -> EmailMessage:
    """Return a message as the standard library's value."""
    # From a string: read from bytes, an address beyond ASCII would come out as surrogates.
    return message_from_string(mail.content.decode(), policy=policy.default)


# What an attacker or an odd keyboard would put into a name, a subject or a text; no character that the gate refuses.
_TRICKY = st.sampled_from(
    [
        CVE_2024_6923,
        "=?utf-8?b?QmNjOiBldmVAZXZpbA==?=",
        "=?",
        "?=",
        "a=?b?=c",
        "eve@evil.example,",
        "<eve@evil.example>",
        "Bcc:",
        '"',
        "\\",
        '\\"',
        "(comment",
        ")",
        ";",
        ":",
        "undisclosed-recipients:;",
        "Renée",
        "Łukasz",
        "山田太郎",
        "محمد",
        "שלום",
        "👩🏽‍💻",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "e\u0301\u0327",
        "\u00a0",
        "\u3000",
        "\u200f",
        "straße",
        "%0d%0aBcc:",
        "&#13;",
        "x" * 90,
        "é" * 60,
        "",
        "_",
        "=20",
        "--",
        ".",
    ]
)
_LETTERS = st.text(
    st.characters(
        blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Cn"),
        blacklist_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
    ),
    max_size=20,
)
_WORDS = st.lists(st.one_of(_TRICKY, _LETTERS, st.text("abcXYZ 019.,'-", max_size=20)), min_size=1, max_size=12)


def lines(limit: int, *, empty: bool = True) -> st.SearchStrategy[str]:
    """Return one-line texts of at most ``limit`` characters, hostile ones often."""
    joined = st.builds(lambda glue, words: glue.join(words)[:limit], st.sampled_from([" ", "", "  "]), _WORDS)
    return joined if empty else joined.filter(lambda line: line.strip() != "")


NAMES = lines(200)
SUBJECTS = lines(300, empty=False)
TEXTS = st.lists(
    st.one_of(
        lines(200),
        st.sampled_from(["", "-- ", "--", "From here on", "> quoted", " indented", ".", "- item", "a -- " + "b" * 80]),
        st.text("ab -", max_size=200),
    ),
    min_size=1,
    max_size=12,
).map(lambda paragraphs: "\n".join(["Dear you,", *paragraphs]))
_LOCAL_PARTS = st.one_of(
    st.from_regex(r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]{1,20}(\.[a-z0-9]{1,10})?", fullmatch=True),
    st.sampled_from(["josé", "用户", "δοκιμή", "a=?b", "o'neil", "a" * 64]),
)
_DOMAINS = st.sampled_from(
    [
        "example.com",
        "müller.example",
        "例え.テスト",
        "xn--mller-kva.example",
        "localhost",
        "A.EXAMPLE",
        f"{'x' * 60}.example",
    ]
)
ADDRESSES = st.builds("{}@{}".format, _LOCAL_PARTS, _DOMAINS)
IDS = st.one_of(
    st.text("abcXYZ019.!#$%&'*+/^_`{|}~:;,()[]\"-=", min_size=1, max_size=190).map("<{}@mail.example>".format),
    st.sampled_from(["<é@example.com>", f"<{'y' * 800}@example.com>", "<1@[192.0.2.1]>"]),
).filter(lambda one: "=?" not in one)

"""Questions in a mail: with a question mark, or asked politely without one."""

from __future__ import annotations

from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import phrases

ASKS_POLITELY: Final = phrases("""
    could/can/would/might/may you (please/kindly/perhaps/possibly/be)
    could/can/may/might i ask/know/enquire/inquire/learn/hear
    i would/should/want/wanted/wish/hope/am/was/will (like/love/be/writing/only/just) \
        (to/glad/grateful/happy/pleased) (to) ask/know/hear/learn/enquire/inquire/if/whether/when
    i'd/i'm/i'll (like/love/be/writing/only/just) (to/glad/grateful/happy/pleased) (to) \
        ask/know/hear/learn/enquire/inquire/if/whether/when
    i ask/enquire/inquire/wonder/wondered if/whether/when/how/about/what/where
    i was/am wondering/asking/enquiring/inquiring
    i'm wondering/asking/enquiring/inquiring
    i/i'd/we would/should (be) (very/most/so) grateful/obliged/glad/thankful/happy/pleased/appreciate \
        for/if/to/it/any/a/an
    i'd (be) (very/most/so) grateful/obliged/glad/thankful/happy/pleased/appreciate for/if/to/it/any/a/an
    i'd/would appreciate/welcome a/an/any/it/your/hearing/knowing/some
    grateful for/if a/an/any/you/some
    please/kindly/do let me know
    please/kindly tell/inform/advise/confirm/share/update
    let me know if/whether/when/how/where/what/about
    tell me if/whether/when/how/where/what
    any news/update/word/information/indication would/is/will/on/about
    a short/brief/quick/one-line (word/reply/answer/note/line/update/confirmation) (would/is/from)
    a line/word/note/yes/reply/sign/confirmation would/is/from
    one line/word (from) (you) would/is
    wondering if/whether/when/how/about/what/where
    my (only/one) question is
    curious if/whether/when/how/about/what/where
    interested to know/hear/learn
    would it be possible
    is it possible
""")


def questions(mail: ParsedMail) -> list[TextSpan]:
    """Return the sentences of the core that end in a question mark and are not quoted."""
    return [
        one for one in mail.sentences if mail.plain(one).rstrip("\"')] ").endswith("?") and not _is_quoted(mail, one)
    ]


def asks(mail: ParsedMail) -> bool:
    """Tell whether the mail asks for anything at all."""
    core = mail.core
    return bool(questions(mail)) or any(True for _ in ASKS_POLITELY.find(mail.body, core.start, core.end))


def _is_quoted(mail: ParsedMail, span: TextSpan) -> bool:
    """Tell whether the question is somebody else's: it closes with a quotation mark."""
    return mail.body.plain[span.start : span.end].rstrip().endswith(('"', "?'")) or '"' in mail.plain(span)

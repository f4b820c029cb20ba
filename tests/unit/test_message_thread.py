"""Subjects and references of an answer."""

from __future__ import annotations

import pytest

from followup_mail.message.draft import Thread
from followup_mail.message.thread import list_references, reply_subject


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Your application", "Re: Your application"),
        ("Re: Your application", "Re: Your application"),
        ("RE: re:  AW: Your application", "Re: Your application"),
        ("SV:VS: Antw: Odp: Your application", "Re: Your application"),
        ("Re[3]: Your application", "Re: Your application"),
        ("Re (2): Your application", "Re: Your application"),
        ("RE：Your application", "Re: Your application"),
        ("Ref: 4711 Data Engineer", "Re: Ref: 4711 Data Engineer"),
        ("Reply: yes", "Re: Reply: yes"),
        ("Data Engineer (re: London)", "Re: Data Engineer (re: London)"),
        ("Fwd: Your application", "Re: Fwd: Your application"),
        ("Re:", "Re:"),
    ],
)
def test_one_mark_of_a_reply(subject: str, answer: str) -> None:
    """An answer has exactly one "Re:", whatever language the others' mail programs speak."""
    assert reply_subject(subject) == answer
    assert reply_subject(answer) == answer


def test_references_grow_by_the_answered_message() -> None:
    """An answer refers to all that its parent referred to, and to the parent last, each once."""
    assert list_references(Thread("<3@x>", "", ("<1@x>", "<2@x>", "<1@x>", "<3@x>"))) == ("<1@x>", "<2@x>", "<3@x>")


def test_long_threads_keep_their_ends() -> None:
    """Of a very long thread the first id and the latest stay, so that every reader still finds the place."""
    kept = list_references(Thread("<99@x>", "", tuple(f"<{number}@x>" for number in range(99))))
    assert len(kept) == 20
    assert kept[:2] == ("<0@x>", "<81@x>")
    assert kept[-1] == "<99@x>"

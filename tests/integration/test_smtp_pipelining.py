"""The envelope of the next mail behind the final dot (RFC 2920): quicker, and judged as if it had come by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from outbox_samples import make_handed
from servers import Action, FaultyServer, Sink, Talk, drip, hang_up, hang_up_hard, never_end, serve, stay_silent

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.timeouts import Timeouts
from followup_mail.delivery.transport import SmtpTransport
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

QUICK = Timeouts(attempt=2, answer=1, grace=0.3, farewell=0.3)


def mail(n: int, *more: str) -> Message:
    return make_handed("jordan@example.com", (f"p{n}@example.org", *more), b"Subject: Hi\r\n\r\nDear %d,\r\n" % n)


def nothing() -> None:
    """Stand in for the intent on disk."""


@pytest.fixture(autouse=True)
def offers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FaultyServer, "offers_too", ("PIPELINING",))


def connect(port: int) -> SmtpTransport:
    return SmtpTransport(Account("127.0.0.1", port, Security.PLAIN, auth=Auth.NONE, timeout=0.5), limits=QUICK)


def send_two(
    server: FaultyServer, then: Callable[[], None] = nothing, second: Message | None = None
) -> tuple[AttemptResult, AttemptResult]:
    """Deliver mail 1, foretelling mail 2; then ``second``, or mail 2."""
    foretold = mail(2)
    with server.running() as port:
        transport = connect(port)
        first = transport.deliver_on(mail(1), nothing, lambda: foretold)
        then()
        other = transport.deliver_on(second or foretold, nothing, lambda: None)
        transport.close()
    return first, other


def test_the_next_envelope_comes_with_the_dot() -> None:
    """Mail 2 needs no MAIL of its own later, and each mail is taken once."""
    heard: list[list[str]] = []
    server = FaultyServer({})
    first, second = send_two(server, lambda: heard.append(list(server.verbs)))
    assert (first.verdict, second.verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)
    assert server.took == [mail(1).content, mail(2).content]
    assert server.verbs == ["ehlo", "mail", "rcpt", "data", "mail", "rcpt", "data", "quit"]


def test_not_without_the_servers_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not offer it gets one command after the other."""
    monkeypatch.setattr(FaultyServer, "offers_too", ())
    server, heard = FaultyServer({}), list[list[str]]()
    send_two(server, lambda: heard.append(list(server.verbs)))
    assert heard == [["ehlo", "mail", "rcpt", "data"]]
    assert len(server.took) == 2


def test_another_mail_than_foretold_goes_to_its_own_reader() -> None:
    """What was offered early is abandoned: no mail ever goes to the recipients of another."""
    rcpts: list[str] = []
    server = FaultyServer({"rcpt": lambda talk: (rcpts.append(talk.line), talk.say("250 ok"))[1]})
    first, other = send_two(server, second=mail(3))
    assert (first.verdict, other.verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)
    assert server.verbs[4:] == ["mail", "rcpt", "rset", "mail", "rcpt", "data", "quit"]
    assert [line[len("RCPT TO:") :] for line in rcpts] == [f"<p{n}@example.org>" for n in (1, 2, 3)]
    assert server.took == [mail(1).content, mail(3).content]


@pytest.mark.parametrize("reply", ["451 4.3.0 later", "554 5.0.0 never"])
@pytest.mark.parametrize(("point", "phase"), [("mail", Phase.MAIL), ("rcpt", Phase.RCPT)])
def test_a_refusal_behind_the_dot_is_asked_for_again(point: str, phase: Phase, reply: str) -> None:
    """Refused early it is offered by itself, and that answer is what counts: both ways."""
    for stays in (False, True):
        server, said = FaultyServer({}), list[str]()

        def refuse(talk: Talk, said: list[str] = said, stays: bool = stays) -> None:
            said.append(talk.line)
            talk.say(reply if len(said) == 2 or (stays and len(said) > 1) else "250 ok")

        server.at[point] = refuse
        first, second = send_two(server)
        assert first.verdict is Verdict.ACCEPTED
        assert len(said) == 3
        if stays:
            assert (second.phase, second.said) == (phase, reply)
            assert server.took == [mail(1).content]
        else:
            assert second.verdict is Verdict.ACCEPTED
            assert server.took == [mail(1).content, mail(2).content]


@pytest.mark.parametrize("answer", ["451 4.3.0 later", "554 5.7.1 spam"])
def test_a_refused_mail_does_not_take_the_next_with_it(answer: str) -> None:
    """The dot is refused and the envelope behind it taken: one is not sent, the other is."""
    said = iter([answer, "250 ok"])
    server = FaultyServer({"dot": lambda talk: talk.say(next(said))})
    first, second = send_two(server)
    assert (first.said, second.verdict) == (answer, Verdict.ACCEPTED)
    assert (server.connections, len(server.took)) == (1, 2)


def on_second(action: Action) -> Callable[[Talk], None]:
    """Do something at the second time of a point, and as usual at the first."""
    turns = iter([False, True])

    def act(talk: Talk) -> None:
        if not next(turns, False):
            talk.say("250 ok")
        elif callable(action):
            action(talk)
        else:
            talk.say(action)

    return act


FAULTS: list[Any] = [hang_up, hang_up_hard, stay_silent, drip, never_end, "421 4.3.2 closing", "HTTP/1.1 400 no"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("point", ["mail", "rcpt"])
def test_a_link_that_breaks_behind_the_dot_is_made_anew(point: str, fault: Action) -> None:
    """The first mail is sent, or nobody knows; the second goes over another connection, once."""
    server = FaultyServer({point: on_second(fault)}, once=True)
    first, second = send_two(server)
    assert first.verdict in {Verdict.ACCEPTED, Verdict.UNCLEAR}
    assert fault is hang_up_hard or first.verdict is Verdict.ACCEPTED
    assert second.verdict is Verdict.ACCEPTED
    assert server.took == [mail(1).content, mail(2).content]
    assert server.connections == 2


@pytest.mark.parametrize("fault", [hang_up, hang_up_hard, stay_silent, drip, "25", "354 again", "250-ok\r\n550 no"])
def test_no_answer_to_the_dot_is_unclear_whatever_follows(fault: Action) -> None:
    """The envelope behind the dot says nothing about the mail before."""
    server = FaultyServer({"dot": fault}, once=True)
    first, second = send_two(server)
    assert (first.verdict, second.verdict) == (Verdict.UNCLEAR, Verdict.ACCEPTED)
    assert server.connections == 2


def test_an_answer_too_many_does_not_shift_the_others() -> None:
    """A server that answers the dot twice is out of step: nothing more is said to it, and nothing is taken for sent."""
    server = FaultyServer({"dot": "250 ok\r\n250 2.0.0 Ok: queued as FAKE"}, once=True)
    first, second = send_two(server)
    assert first.verdict is Verdict.ACCEPTED
    assert second.verdict in {Verdict.ACCEPTED, Verdict.DEFERRED}
    assert len(server.took) == 1 + (second.verdict is Verdict.ACCEPTED)


def test_refused_data_takes_nothing_along() -> None:
    """When the dot never leaves, the next envelope does not either."""
    said = iter(["451 4.3.0 later", "354 go on"])
    server = FaultyServer({"data": lambda talk: talk.say(next(said))})
    first, second = send_two(server)
    assert (first.verdict, first.phase) == (Verdict.DEFERRED, Phase.DATA)
    assert second.verdict is not Verdict.UNCLEAR
    assert server.verbs[:6] == ["ehlo", "mail", "rcpt", "data", "rset", "mail"]


class Pipelining(Sink):
    """A real server that offers it."""

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:  # noqa: N802
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]


@pytest.fixture
def real() -> Iterator[tuple[Pipelining, SmtpTransport]]:
    sink = Pipelining()
    with serve(sink) as port:
        transport = connect(port)
        yield sink, transport
        transport.close()


def test_a_real_server_takes_each_once(real: tuple[Pipelining, SmtpTransport]) -> None:
    """Twenty mails, every fifth refused, some with a copy: each to its own readers, over one connection."""
    sink, transport = real
    sink.refused = {f"p{n}@example.org": "550 5.1.1 no such user" for n in range(0, 20, 5)}
    mails = [mail(n, *(["jordan@example.com"] if n % 3 == 0 else [])) for n in range(20)]
    results = [
        transport.deliver_on(one, nothing, lambda after=after: after)
        for one, after in zip(mails, [*mails[1:], None], strict=True)
    ]
    assert [result.verdict is Verdict.ACCEPTED for result in results] == [n % 5 != 0 for n in range(20)]
    assert [one.rcpt_to for one in sink.received] == [one.rcpt_to for n, one in enumerate(mails) if n % 5]
    assert [one.content for one in sink.received] == [one.content for n, one in enumerate(mails) if n % 5]
    assert sink.connections == 1

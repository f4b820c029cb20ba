"""The port of the page: free for the next one as soon as the former page has ended."""

from __future__ import annotations

import socket

import pytest

from followup_mail.web.serve import Wish, listening


@pytest.mark.skipif("os.name != 'posix'")
def test_the_port_of_a_page_that_just_ended_is_taken_again() -> None:
    """What the former page closed first still lingers at the port for a minute; that is no hindrance."""
    with listening(Wish()) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as browser:
            served, _ = listener.accept()
            served.close()  # the page ends it, and so its end lingers
            assert browser.recv(1) == b""
    with listening(Wish(port=port)) as again:
        assert again.getsockname()[1] == port

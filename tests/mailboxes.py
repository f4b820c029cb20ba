"""A mailbox to test against: pymap, a real IMAP server in memory, in a thread, on a port of its own."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pysasl.hashing import BuiltinHash
from servers import PASSWORD, USER

FILED_AT = datetime(2026, 11, 18, 15, 2, tzinfo=UTC)


@contextlib.contextmanager
def keep_mailbox(tls: ssl.SSLContext, *, implicit: bool = True) -> Iterator[int]:
    """Run the server, encrypted from the first byte or by STARTTLS; yield its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    stack = AsyncExitStack()
    try:
        yield asyncio.run_coroutine_threadsafe(_start(stack, tls, implicit), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _start(stack: AsyncExitStack, tls: ssl.SSLContext, implicit: bool) -> int:
    args = Namespace(host=None, port=0, debug=False, cert=None, key=None, tls=not implicit, passlib_cfg=None)
    args.__dict__ |= {"proxy_protocol": None, "demo_data": False, "demo_user": USER, "demo_password": PASSWORD}
    hurried = {"invalid_user_sleep": 0.0, "hash_context": BuiltinHash(rounds=1)}
    backend, config = await DictBackend.init(args, ssl_context=tls, **hurried)
    config.apply_context()
    await backend.start(stack)
    serve = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(backend.login, config))
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls if implicit else None)
    await stack.enter_async_context(server)
    return int(server.sockets[0].getsockname()[1])


@contextlib.contextmanager
def as_user(port: int, ca_file: Any) -> Iterator[IMAPClient]:
    """Log in to a mailbox with implicit TLS, as the server would that files what it sent."""
    context = ssl.create_default_context(cafile=str(ca_file))
    with IMAPClient("localhost", port, ssl=True, ssl_context=context) as client:
        client.plain_login(USER, PASSWORD)
        yield client


def file_copy(client: IMAPClient, folder: str, content: bytes, filed_at: datetime = FILED_AT) -> None:
    """Put a mail into a folder, made if it is not there."""
    if not client.folder_exists(folder):
        client.create_folder(folder)
    client.append(folder, content, msg_time=filed_at)

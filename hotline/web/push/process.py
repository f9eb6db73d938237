"""The process of the push: opens streams that the web server asks for, and carries the connections that it sends.

It ends with the line to the web server, whichever way that goes: a server that is killed leaves none behind.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle

from hotline.domain.errors import StorageError
from hotline.web.push.hub import PushUnavailable
from hotline.web.push.opening import Asked, NotOpened
from hotline.web.push.service import Push

logger = logging.getLogger(__name__)

#: Readers whose streams are opened at once: each reads the database, and waits for the headers to be sent.
_AT_ONCE = 16
#: Seconds after which a connection that was announced is not waited for any more.
_PATIENCE = 30.0


def run(push: Push, line: socket.socket) -> None:
    """Until the web server ends the line, or SIGTERM. Ctrl-C in a terminal comes to the server too, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    readers = ThreadPoolExecutor(_AT_ONCE, "push-opening")
    try:
        line.sendall(b"r")  # ready
        while True:
            _word, descriptors, _flags, _address = socket.recv_fds(line, 1, 1)
            if not descriptors:
                return
            readers.submit(_serve, push, Connection(descriptors[0]))
    finally:
        line.close()  # first, so that the server asks for no more
        push.close()
        readers.shutdown(wait=False, cancel_futures=True)


def _serve(push: Push, conversation: Connection) -> None:
    try:
        with conversation:
            _converse(push, conversation)
    except (OSError, EOFError):
        return  # the server let go of it, or has ended
    except Exception:
        logger.exception("a stream could not be opened")


def _converse(push: Push, conversation: Connection) -> None:
    asked: Asked = conversation.recv()
    try:
        stream = push.open(asked.reader, asked.after)
    except (PushUnavailable, StorageError) as error:
        if push.stopping.is_set():
            return  # the server opens it itself
        conversation.send(NotOpened(error.kind, error.reason))
        return
    try:
        conversation.send(stream.greeting())
        connection, chunked = _received(conversation)
    except BaseException:
        stream.close()
        raise
    push.holder.carry(connection, stream, chunked)


def _received(conversation: Connection) -> tuple[socket.socket, bool]:
    """The connection, once the server has sent its headers and the first words. Raises EOFError without one."""
    if not conversation.poll(_PATIENCE):
        raise EOFError
    chunked: bool = conversation.recv()
    return socket.socket(fileno=recv_handle(conversation)), chunked

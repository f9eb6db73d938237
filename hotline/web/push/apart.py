"""The push in a process of its own, as the web server has it: begun with the server, begun anew when it has died.

Python runs one thread of a process at a time, so pages that many people ask for would hold up what rings. The web
server still lets readers in and answers up to the headers; then the connection itself goes over to that process. While
the process is not there, the server pushes itself; once it is, these pages come back and are taken over.
"""

from __future__ import annotations

import logging
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from threading import Condition, Thread

from hotline.domain.errors import StorageError
from hotline.domain.operators.push import Reader
from hotline.web.push.hub import PushUnavailable
from hotline.web.push.opening import Answer, Asked

logger = logging.getLogger(__name__)

#: Seconds for which an answer of the process is waited for, and for its beginning when the server begins.
PATIENCE = 10.0
#: Seconds from the end of a process that died to the next one's beginning.
AGAIN = 0.3
#: Seconds that a process which is told to end has for it: its own last words take up to 3.
ENDING = 5.0


class StreamApart:
    """One reader's stream, opened by the process, which closes it when the conversation ends without a connection."""

    def __init__(self, conversation: Connection, greeting: bytes) -> None:
        self._conversation, self._greeting = conversation, greeting

    def greeting(self) -> bytes:
        return self._greeting

    def __iter__(self) -> Iterator[bytes]:
        """Ends: of a server that does not show its connection only the browser is left, which comes back."""
        return iter(())

    def give(self, connection: socket.socket, chunked: bool) -> None:
        """Raises OSError when the process has died meanwhile."""
        self._conversation.send(chunked)
        send_handle(self._conversation, connection.fileno(), None)

    def close(self) -> None:
        self._conversation.close()


class PushApart:
    """For any thread. `command` begins the process; the number of its end of the line is added to it. `there`: called
    each time that one has begun."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._changed = Condition()
        self._begun: socket.socket | None = None
        self._line: socket.socket | None = None
        self._stopping = False
        self._keeper = Thread(target=self._keep, name="push-keeper", daemon=True)
        self.there: Callable[[], None] = lambda: None

    def start(self) -> None:
        self._keeper.start()

    def wait(self) -> None:
        """Until it is there, or PATIENCE is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._line is not None or self._stopping, PATIENCE)

    def open(self, reader: Reader, after: int | None) -> StreamApart | None:
        """As `Push.open`; None while the process is not there."""
        line = self._line
        if line is None:
            return None
        try:
            return self._ask(line, Asked(reader, after))
        except (OSError, EOFError):
            return None  # it has died, and whoever keeps it finds out in a moment

    def carry(self, connection: socket.socket, feed: StreamApart, chunked: bool) -> None:
        """From now on the connection is the process's; one whose process has died is closed, and its browser comes
        back."""
        try:
            feed.give(connection, chunked)
        except OSError:
            logger.warning("a page was let go, for the process of the push has ended")
        connection.close()
        feed.close()

    def close(self) -> None:
        """Every stream ends in good order. Returns when the process has ended."""
        with self._changed:
            self._stopping = True
            self._end_line()
        if self._keeper.ident is not None:
            self._keeper.join(ENDING + 2)

    def _ask(self, line: socket.socket, asked: Asked) -> StreamApart:
        ours, theirs = socket.socketpair()
        conversation = Connection(ours.detach())
        try:
            with theirs:
                socket.send_fds(line, [b"r"], [theirs.fileno()])
            conversation.send(asked)
            if not conversation.poll(PATIENCE):
                raise EOFError
            return StreamApart(conversation, _greeting(conversation.recv()))
        except BaseException:
            conversation.close()
            raise

    def _keep(self) -> None:
        while not self._stopping:
            process, line = self._begin()
            if line.recv(1):
                self._take(line)
            code = process.wait()
            with self._changed:
                self._line = None
                line.close()
                if not self._stopping:
                    logger.error("the process of the push has ended with %s; it begins anew", code)
                    self._changed.wait_for(lambda: self._stopping, AGAIN)

    def _begin(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            process = subprocess.Popen([*self._command, str(number)], pass_fds=(number,), stdin=subprocess.DEVNULL)
        with self._changed:
            self._begun = ours
            if self._stopping:
                self._end_line()
        return process, ours

    def _take(self, line: socket.socket) -> None:
        """The process says that it is there."""
        line.settimeout(PATIENCE)
        with self._changed:
            if self._stopping:
                return
            self._line = line
            self._changed.notify_all()
        self.there()

    def _end_line(self) -> None:
        """The process ends when it meets the end of the line."""
        self._line = None
        if self._begun is not None:
            with suppress(OSError):  # it has ended by itself
                self._begun.shutdown(socket.SHUT_RDWR)
        self._changed.notify_all()


def _greeting(answer: Answer) -> bytes:
    """Raises what kept the process from opening the stream."""
    if isinstance(answer, bytes):
        return answer
    kinds = {each.kind: each for each in (PushUnavailable, StorageError)}
    raise kinds[answer.kind].of(answer.reason)

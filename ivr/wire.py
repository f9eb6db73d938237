"""Lines over a socket, with a deadline and a limit of length, since the peer is not trusted."""

from __future__ import annotations

import socket
import time

from ivr.errors import PeerFault

#: AGI lines are short; the longest are answers of GET VARIABLE.
MAX_LINE = 16_384


class Wire:
    """The stdin and stdout that pyst2 wants, in text. `patience`: seconds a line may take from when it is awaited."""

    def __init__(self, connection: socket.socket, patience: float) -> None:
        self._connection = connection
        self._unread = b""
        self.patience = patience

    def readline(self) -> str:
        """The next line with its end; "" when the peer closed. Raises PeerFault when it takes too long to come."""
        deadline = time.monotonic() + self.patience
        while b"\n" not in self._unread:
            if len(self._unread) > MAX_LINE:
                raise PeerFault(f"a line of more than {MAX_LINE} bytes came")
            received = self._receive(deadline)
            if not received:
                return ""
            self._unread += received
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode("utf-8", "replace") + "\n"

    def write(self, text: str) -> None:
        self._connection.settimeout(self.patience)
        self._connection.sendall(text.encode("utf-8"))

    def flush(self) -> None:
        """Everything is sent at once."""

    def _receive(self, deadline: float) -> bytes:
        left = deadline - time.monotonic()
        try:
            if left <= 0:
                raise TimeoutError
            self._connection.settimeout(left)
            return self._connection.recv(4096)
        except TimeoutError:
            raise PeerFault(f"no answer within {self.patience:.0f} s") from None
        except ConnectionError:
            return b""

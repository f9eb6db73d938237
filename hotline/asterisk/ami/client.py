"""asterisk-ami's client without its faults, for one action a connection.

As it comes, its reader dies of three seconds' silence, of a bad banner, or when it is closed while reading,
and nobody is told; it has neither TLS nor IPv6; it sends a part of a long action; it takes U+2028 and its
like in a value for the end of a line.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from asterisk.ami import Action, AMIClient, Response

from hotline.asterisk.ami.session import Peer, open_connection

_LINE_SEPARATORS = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), " ")


class Client(AMIClient):
    """`on_lost` is called, from the reader's thread, when nothing more will come, with the reason if
    known."""

    def __init__(self, peer: Peer, connect_seconds: float, on_lost: Callable[[Exception | None], None]) -> None:
        # Without a timeout of its own: how long an answer may take is the caller's to decide.
        super().__init__(peer.host, peer.port, timeout=None, buffer_size=64 * 1024)
        self._peer, self._connect_seconds, self._on_lost = peer, connect_seconds, on_lost

    def connect(self) -> None:
        """Raises OSError."""
        self._socket = open_connection(self._peer, self._connect_seconds)
        self._socket.settimeout(None)
        self.finished = Event()
        self._thread = Thread(target=self.listen, name="ami-actions", daemon=True)
        self._thread.start()

    def listen(self) -> None:
        reason: Exception | None = None
        try:
            super().listen()
        except Exception as error:  # whatever the library stumbles over ends this connection and no more
            reason = error
        self._on_lost(reason)

    def send(self, pack: Action) -> None:
        self._socket.sendall(f"{pack}\r\n".encode())

    def fire_recv_reponse(self, response: Response) -> None:
        """Listeners only: the library's own futures call what newer Pythons do without (Condition.notifyAll)."""
        self._fire_on_response(response=response)

    def disconnect(self) -> None:
        """Leaves neither thread nor descriptor: closing alone would not wake the reader."""
        if self.finished is None:
            return
        self.finished.set()
        with suppress(OSError):  # the peer was quicker
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _decode_pack(self, pack: bytes) -> str:
        return super()._decode_pack(pack).translate(_LINE_SEPARATORS)

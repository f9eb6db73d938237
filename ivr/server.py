"""The FastAGI server: a thread a call, a limited number of them, and no stranger can hold one for long."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable

from ivr.errors import CallerGone, SessionEnded
from ivr.session import Session

log = logging.getLogger(__name__)

#: Callers in greeting or menu at once. Each costs a thread asleep in a read (tens of kB); past this the machine's
#: trunk and CPU are long exhausted. A call over it is closed at once, and the dialplan goes its safe way.
MAX_SESSIONS = 500
#: How long running sessions may go on after `stop`. What is left then goes the dialplan's safe way.
DRAIN_SECONDS = 10.0
ACCEPT_POLL_SECONDS = 0.2

Script = Callable[[Session], None]


class IvrServer:
    """Listens from the start; `serve` accepts until `stop`. `scripts` by the name in agi://host:port/<name>."""

    def __init__(self, host: str, port: int, scripts: dict[str, Script], max_sessions: int = MAX_SESSIONS) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family, backlog=512)
        self._listener.settimeout(ACCEPT_POLL_SECONDS)
        #: The port it listens on: the one that was free when 0 was given.
        self.port: int = self._listener.getsockname()[1]
        self._scripts = scripts
        self._max_sessions = max_sessions
        self._lock = threading.Lock()
        self._running: dict[threading.Thread, socket.socket] = {}
        self._stopping = threading.Event()

    @property
    def sessions(self) -> int:
        """Sessions running now."""
        with self._lock:
            return len(self._running)

    def serve(self) -> None:
        """Accept until `stop` is called, then return; sessions may still be running (see `drain`)."""
        with self._listener:
            while not self._stopping.is_set():
                try:
                    connection, _ = self._listener.accept()
                except TimeoutError:
                    continue
                except OSError as error:
                    # Out of descriptors: those of ended calls come free; spinning would not make it sooner.
                    log.error("a call could not be accepted: %s", error)
                    self._stopping.wait(ACCEPT_POLL_SECONDS)
                    continue
                self._start(connection)

    def stop(self) -> None:
        """Accept no more. May be called from a signal handler."""
        self._stopping.set()

    def drain(self, seconds: float = DRAIN_SECONDS) -> int:
        """Once `serve` has returned: let running sessions end, and close those that have not after so long.

        Returns how many those were.
        """
        deadline = time.monotonic() + seconds
        for thread in self._threads():
            thread.join(max(0.0, deadline - time.monotonic()))
        with self._lock:
            left = dict(self._running)
        for connection in left.values():
            _shut(connection)
        for thread in left:
            thread.join(1.0)
        return len(left)

    def _threads(self) -> list[threading.Thread]:
        with self._lock:
            return list(self._running)

    def _start(self, connection: socket.socket) -> None:
        thread = threading.Thread(target=self._run, args=(connection,), name="ivr-session", daemon=True)
        problem = ""
        # Started under the lock, so that `drain` never meets a thread that has not begun.
        with self._lock:
            if len(self._running) >= self._max_sessions:
                problem = f"{self._max_sessions} sessions are running"
            else:
                try:
                    thread.start()
                    self._running[thread] = connection
                except RuntimeError as error:
                    problem = str(error)
        if problem:
            log.error("a call is left to the dialplan's safe way: %s", problem)
            connection.close()

    def _run(self, connection: socket.socket) -> None:
        try:
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._session(connection)
        except CallerGone as error:
            log.info("session ended: %s", error)
        except SessionEnded as error:
            log.warning("session dropped: %s", error)
        except Exception:
            # One call's fault must not reach the next; this call goes the dialplan's safe way.
            log.exception("a session failed")
        finally:
            with self._lock:
                del self._running[threading.current_thread()]

    def _session(self, connection: socket.socket) -> None:
        session = Session(connection)
        script = self._scripts.get(session.variables.script)
        if script is None:
            log.error("call %s asked for an unknown script", session.variables.uniqueid)
            return
        script(session)


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It ended by itself in this moment.
        return

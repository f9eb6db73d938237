"""The web server: gunicorn, one process with a thread a request; what stands for long hotline.web.held takes over."""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from threading import Thread
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.base import Worker

from hotline.domain.errors import HotlineError
from hotline.settings import Settings
from hotline.web.page_worker import PageWorker
from hotline.web.push.apart import PushApart
from hotline.web.push.service import Push, push_of
from hotline.web.push.warm import warm_up_pages

#: Ctrl-C and SIGTERM: what is being answered may finish; pages that wait for news are cut off after this.
_GRACE_SECONDS = 3


#: Threads that make pages let the one that holds connections go on after this, where Python's own 5 ms a page would add
#: up.
_SWITCH_SECONDS = 0.0005


class CannotListen(HotlineError):
    """The port is taken, or the address is not of this machine."""

    kind = "cannot_listen"


def listen(host: str, port: int) -> int:
    """A listening socket's descriptor, to be closed by who serves it.

    Raises CannotListen at once, where gunicorn would try for five seconds and end with a trace.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256).detach()
    except OSError as error:
        raise CannotListen("machine.http_port", host=str(host), port=port, why=os.strerror(error.errno or 0)) from None


class WebServer(BaseApplication):
    """Serves what `make_app` makes: called in the serving process, so that nothing is shared across a fork.

    `served`: what `listen` gave; gunicorn closes it. `push`: how the process that pushes is begun; without it
    the server pushes itself.
    """

    def __init__(
        self, make_app: Callable[[], Flask], settings: Settings, served: int, push: Sequence[str] = ()
    ) -> None:
        self._make_app, self._push = make_app, push
        self._settings = settings
        self._served = served
        _open_many_files()
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"fd://{self._served}",
            "worker_class": PageWorker,
            "workers": 1,  # counters of sign-in attempts and pushed pages live in one process
            "threads": self._settings.web.threads,
            "keepalive": 5,
            "graceful_timeout": _GRACE_SECONDS,
            "timeout": 60,
            "accesslog": None,  # addresses hold callers' numbers; the audit log has what matters
            "errorlog": "-",
            "loglevel": "warning",
            "limit_request_line": 8190,
            "proc_name": "hotline-web",
            "post_worker_init": _ready_to_serve,
            "worker_exit": _say_goodbye,
            # Newer gunicorns open a control socket in the person's home: two instances would share it.
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:  # type: ignore[override]  # its environ is a dict, not any mapping
        if not self._push:
            return self._make_app()
        apart = PushApart(self._push)
        apart.start()  # both begin at once
        app = self._make_app()
        push_of(app).hold_apart(apart)
        apart.wait()
        return app


def _open_many_files() -> None:
    """As many as the system lets us: each page that is pushed to has one, and a shell often begins with 1024."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _app_of(worker: Worker) -> Flask:
    app: Any = worker.wsgi  # what `load` gave
    assert isinstance(app, Flask)
    return app


def _say_goodbye(_server: object, worker: Worker) -> None:
    """The server does not wait for connections that it knows nothing of any more. In its watching process there is no
    application."""
    if getattr(worker, "wsgi", None) is not None:  # a worker that could not be made has none
        push_of(_app_of(worker)).close()


def _ready_to_serve(worker: Worker) -> None:
    """In the serving process, once its own signal handlers stand."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    end_streams_on_signal(push_of(_app_of(worker)))
    warm_up_pages()


def end_streams_on_signal(push: Push) -> None:
    """Streams never end by themselves, and the server waits for what it is answering: so they are ended first."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, _after(push.close, signal.getsignal(number)))


def _after(act: Callable[[], None], handler: object) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        # In a thread of its own: whom the signal interrupts may hold the very lock that is needed.
        Thread(target=act, daemon=True).start()
        if callable(handler):
            handler(number, frame)

    return handle

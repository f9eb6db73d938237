"""`hotline ivr`: the FastAGI server that greets callers and asks where their calls go."""

from __future__ import annotations

import logging
import signal
import threading

import click

from hotline.bootstrap import bootstrap
from hotline.bootstrap.ivr import make_server
from hotline.cli.kit.language import said
from hotline.cli.kit.logs import log_as_set
from hotline.domain.reasons import because

log = logging.getLogger("hotline.ivr")


@click.command("ivr")
def command() -> None:
    """Greet callers and decide where each call goes (FastAGI). Ends on SIGTERM when its calls have been passed on."""
    hotline = bootstrap()
    log_as_set(hotline)
    server = make_server(hotline)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    accepting = threading.Thread(target=server.serve, name="ivr-accept", daemon=True)
    accepting.start()
    log.info("listening on %s:%d", hotline.settings.listen.host, server.port)
    while accepting.is_alive() and not ended.wait(1.0):
        pass
    if not ended.is_set():
        raise click.ClickException(said(because("machine.ivr_stopped")))
    server.stop()
    accepting.join()
    left = server.drain()
    log.info("stopped; %d calls left to the dialplan", left)

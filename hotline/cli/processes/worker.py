"""`hotline worker`: recordings in, and measured."""

from __future__ import annotations

import os
import signal
import threading

import click

from hotline.bootstrap import bootstrap
from hotline.bootstrap.worker import make_worker
from hotline.cli.kit.logs import log_as_set

#: Calls come first: what is taken in a minute later is lost to nobody, sound that stutters is.
LOWEST_PRIORITY = 19


@click.command()
def command() -> None:
    """Take the recordings of finished calls into the store. Ends on SIGTERM or Ctrl-C, after the one in hand."""
    os.nice(LOWEST_PRIORITY)
    hotline = bootstrap()
    log_as_set(hotline)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    make_worker(hotline).run(stop)

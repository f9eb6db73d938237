"""`hotline worker`: recordings in, and measured."""

from __future__ import annotations

import logging
import os
import signal
import threading

import click

from hotline.bootstrap import bootstrap
from hotline.bootstrap.worker import make_worker

#: Calls come first: what is taken in a minute later is lost to nobody, sound that stutters is.
LOWEST_PRIORITY = 19


@click.command()
def command() -> None:
    """Take the recordings of finished calls into the store. Ends on SIGTERM or Ctrl-C, after the one in hand."""
    os.nice(LOWEST_PRIORITY)
    hotline = bootstrap()
    logging.basicConfig(level=hotline.settings.log.level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    make_worker(hotline).run(stop)

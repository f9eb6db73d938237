"""`hotline worker`: recordings in, and measured."""

from __future__ import annotations

import logging
import os
import signal
import threading

import click

from hotline.bootstrap import Hotline, bootstrap
from recordings.evaluation import Evaluation
from recordings.finalising import Finaliser
from recordings.worker import Worker

#: Calls come first: what is taken in a minute later is lost to nobody, sound that stutters is.
LOWEST_PRIORITY = 19


def make_finaliser(hotline: Hotline) -> Finaliser:
    return Finaliser(
        hotline.storage,
        hotline.settings.site.node,
        hotline.home.incoming,
        hotline.home.recordings,
        hotline.files,
        hotline.settings.recording.format,
        hotline.clock,
    )


@click.command()
def command() -> None:
    """Take the recordings of finished calls into the store. Ends on SIGTERM or Ctrl-C, after the one in hand."""
    os.nice(LOWEST_PRIORITY)
    hotline = bootstrap()
    logging.basicConfig(level=hotline.settings.log.level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Worker(
        hotline.storage,
        hotline.settings.site.node,
        hotline.home.incoming,
        hotline.home.recordings,
        hotline.settings.recording.min_free_megabytes,
        hotline.clock,
        Evaluation(hotline.storage, hotline.settings, hotline.clock).taken_in,
        make_finaliser(hotline),
    ).run(stop)

"""`hotline transcriber`: recordings to text."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import click

from hotline.bootstrap import Hotline
from hotline.cli.kit.instance import hotline_of
from hotline.cli.kit.logs import log_as_set
from recordings.speech.alive import say_alive

#: Calls come first.
LOWEST_PRIORITY = 19
#: Between two looks at whether a model is chosen.
LOOK_SECONDS = 2


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Transcribe what is waiting, until SIGTERM or Ctrl-C; without a model, wait until one is chosen. Several may run,
    on several machines too if the queue is on Redis."""
    hotline = hotline_of(ctx)
    log_as_set(hotline)
    os.nice(LOWEST_PRIORITY)
    # Whoever waits, and who is told of as alive, must be told of as gone.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    while not hotline.settings.speech.model:
        time.sleep(LOOK_SECONDS)
    run(hotline)


def run(hotline: Hotline) -> None:
    # They bring arithmetic and sound with them: whoever waits for a model does without.
    from hotline.bootstrap.transcriber import make_transcriber
    from recordings.speech.models import find
    from recordings.speech.queue import Feeder, make_queue

    speech = hotline.settings.speech
    find(hotline.home.models, speech.model)
    queue = make_queue(speech.queue, hotline.home.speech_queue)

    @queue.task(name="transcribe")  # type: ignore[untyped-decorator]
    def transcribe(transcript_id: int) -> None:
        transcriber.one(transcript_id)

    def put(transcript_id: int, priority: int) -> object:
        return queue.enqueue(transcribe.s(transcript_id, priority=priority))

    stop = threading.Event()
    feeder = Feeder(hotline.storage, queue, put, hotline.clock)
    transcriber = make_transcriber(hotline, feeder.look)
    told = threading.Thread(
        target=say_alive, args=(hotline.storage, transcriber.name, hotline.clock, stop), daemon=True
    )
    threading.Thread(target=_end_without_model, args=(hotline, stop), daemon=True).start()
    try:
        threading.Thread(target=feeder.run, args=(stop,), daemon=True).start()
        told.start()
        queue.create_consumer(workers=1, periodic=False, initial_delay=0.1, max_delay=0.3).run()
    finally:
        stop.set()
        if told.ident:
            told.join(5)


def _end_without_model(hotline: Hotline, stop: threading.Event) -> None:
    """Where nothing is to be transcribed any more this process ends, as by a signal: the next waits."""
    while not stop.wait(LOOK_SECONDS):
        if not hotline.settings.speech.model:
            os.kill(os.getpid(), signal.SIGTERM)
            return

"""What `hotline transcriber` is made of."""

from __future__ import annotations

import functools
import os
import secrets
import socket
from collections.abc import Callable

from hotline.bootstrap import Hotline
from recordings.evaluation import Evaluation, read_once, sound_reader
from recordings.speech.models import find
from recordings.speech.recogniser import Recogniser
from recordings.speech.transcriber import Transcriber
from recordings.speech.vosk_recogniser import VoskRecogniser


def make_transcriber(hotline: Hotline, taken: Callable[[], object]) -> Transcriber:
    """This process's, known by a name of its own. It goes by the model that is in force for each transcript; one is
    loaded at a time. `taken`: told of each that was taken."""
    load = functools.lru_cache(1)(VoskRecogniser)

    def recogniser() -> Recogniser:
        return load(find(hotline.home.models, hotline.settings.speech.model))

    return Transcriber(
        hotline.storage,
        f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}",
        recogniser,
        read_once(sound_reader(hotline.files)),
        Evaluation(hotline.storage, hotline.in_force, hotline.clock).measure,
        lambda: hotline.settings.speech.attempts,
        hotline.clock,
        taken,
    )

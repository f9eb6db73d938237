"""What the forms with a sound have in common, and how a sound is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from flask import Response, request

from hotline.domain.errors import Refused
from hotline.domain.prompts.version import MAX_WORDS, checked_words
from hotline.services.prompts.sounds import MOST_BYTES, GivenSound
from hotline.web.kit.said import said

#: What a form has besides its file.
MOST_FORM_BYTES = MOST_BYTES + (1 << 20)

WAYS = ("spoken", "file", "recorded")


def way_typed() -> str:
    way = request.form.get("way", "")
    return way if way in WAYS else WAYS[0]


def words_typed() -> str:
    return request.form.get("words", "")[: MAX_WORDS * 2]


@contextmanager
def noted(faults: dict[str, str]) -> Iterator[None]:
    """What is refused within is said at its field, so that all faults of a form are said at once."""
    try:
        yield
    except Refused as error:
        faults.setdefault(error.field or "sound", said(error))


def sound_given() -> GivenSound:
    """Raises Refused for a file that was announced and is not there, or no words to speak."""
    way = way_typed()
    if way == "spoken":
        return GivenSound(checked_words(words_typed()))
    sent = request.files.get("sound")
    if sent is None or not sent.filename:
        if way == "recorded":
            raise Refused("prompts.no_recording", field="sound")
        raise Refused("prompts.no_file", field="sound")
    return GivenSound(words_typed(), cast(BinaryIO, sent.stream), way == "recorded")


def sent_sound(content: bytes, tag: str) -> Response:
    """To be listened to; whole or by range."""
    response = Response(content, mimetype="audio/wav")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(tag)
    response.make_conditional(request.environ, accept_ranges=True, complete_length=len(content))
    return response

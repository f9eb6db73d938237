"""What every view is given: the parts of this instance, kept with the application, not in globals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from hotline.domain.time import Clock
from hotline.services.pbx import Pbx
from hotline.services.recordings.clips import Clips
from hotline.services.recordings.files import RecordingFiles
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets
from hotline.storage.transaction import Storage

_KEY = "hotline"


@dataclass(frozen=True)
class WebContext:
    """The parts of one instance as the web needs them."""

    settings: Settings
    home: Home
    secrets: Secrets
    storage: Storage
    clock: Clock
    pbx: Pbx
    files: RecordingFiles
    clips: Clips

    def now(self) -> datetime:
        return self.clock()


def attach(app: Flask, context: WebContext) -> None:
    app.extensions[_KEY] = context


def web() -> WebContext:
    """The context of the application that handles this request."""
    return context_of(current_app)


def context_of(app: Flask) -> WebContext:
    context: WebContext = app.extensions[_KEY]
    return context
